"""The sentence of a rule or goal: its docstring, which is also its gettext key."""

import inspect


def sentence(thing: object) -> str:
    """The first paragraph of the docstring of a rule's or goal's class, on one line."""
    text = inspect.getdoc(type(thing)) or ""
    return " ".join(text.split("\n\n")[0].split())
