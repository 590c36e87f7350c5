"""Everything that people can come to read, found in the code itself."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import models
import scheduler
from models.finding import CodeWord
from models.policy import CHOICE, Policy
from scheduler.goals.catalogue import GOALS
from scheduler.input.sheets import KEY, OWN, SHEETS, VALUE, noun_of
from scheduler.rules.catalogue import RULES
from scheduler.support.resources import shipped_policies
from scheduler.support.sentences import sentence

ROOT = Path(__file__).parent.parent
# Words that are asked for by name, not as members of a code-word type.
PLAIN_WORDS = (
    "yes", "no", "never", "six", "joined", "split", "rest", "other",
    "given", "not_possible", "not_given", "proposed",
)  # fmt: skip


@dataclass(frozen=True, order=True)
class Key:
    """A gettext key: context, message and plural form (empty where there is none)."""

    context: str
    message: str
    plural: str = ""


def all_keys() -> set[Key]:
    """Every key that a catalogue must have."""
    for package in (models, scheduler):  # words are found once their modules are loaded
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
            importlib.import_module(module.name)
    return {*_marked(), *_sentences(), *_sheets(), *_words()}


def _sources() -> Iterator[Path]:
    yield ROOT / "cli.py"
    for folder in ("models", "scheduler"):
        yield from sorted((ROOT / folder).rglob("*.py"))


def _marked() -> Iterator[Key]:
    """The templates marked with N_; two in one call are singular and plural."""
    for path in _sources():
        tree = ast.parse(path.read_text(encoding="utf-8"))
        paired: set[int] = set()
        for node in ast.walk(tree):
            if isinstance(node, ast.Call):
                marks = [a for a in node.args[:2] if is_mark(a)]
                named = [k.value for k in node.keywords if k.arg == "plural" and is_mark(k.value)]
                if named or (len(marks) == 2 and not _is_conditional(node)):
                    marks += named
                    one, many = marks
                    paired.update((id(one), id(many)))
                    yield Key("", template(one), template(many))
        for node in ast.walk(tree):
            if is_mark(node) and id(node) not in paired:
                yield Key("", template(node))


def _is_conditional(node: ast.Call) -> bool:
    return not (isinstance(node.func, ast.Attribute) and node.func.attr == "text")


def is_mark(node: ast.AST) -> bool:
    """Whether it marks a template for the catalogues."""
    return isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "N_"


def template(node: ast.AST) -> str:
    """The template that is marked."""
    assert isinstance(node, ast.Call)
    return str(ast.literal_eval(node.args[0]))


def _sentences() -> Iterator[Key]:
    for thing in (*RULES, *GOALS.values()):
        yield Key("", sentence(thing))
    for path in shipped_policies().values():
        policy = Policy.from_toml(path.read_text(encoding="utf-8"))
        for source in policy.source.values():
            if source != CHOICE:
                yield Key("", source)


def _sheets() -> Iterator[Key]:
    for sheet in (*SHEETS, *OWN):
        yield Key("sheet", sheet)
        noun = noun_of(sheet)
        for field in noun.model_fields:
            yield Key("column", noun.header(field))
    yield Key("column", KEY)
    yield Key("column", VALUE)


def _words() -> Iterator[Key]:
    for word in PLAIN_WORDS:
        yield Key("code", word)
    for kind in _code_words(CodeWord):
        for member in kind:
            yield Key("code", member.value)


def _code_words(kind: type[CodeWord]) -> Iterator[type[CodeWord]]:
    for sub in kind.__subclasses__():
        yield sub
        yield from _code_words(sub)
