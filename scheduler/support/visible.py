"""Text from files on its way to a terminal."""

import re

# Control characters move the cursor, colour the screen or answer for the user; the marks of writing
# direction turn a line round. Lone surrogates cannot be written at all.
_UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)


def visible(text: str) -> str:
    """The text with what a terminal would obey written out as in JSON (`\\u001b`)."""
    return _UNSEEN.sub(lambda match: f"\\u{ord(match[0]):04x}", text)
