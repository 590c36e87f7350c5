"""Bring the catalogues nb.po and nn.po in line with the code: `make texts`.

New keys are added without a translation, keys that nothing uses go, and all are sorted. Fails, and
says which, while a translation is missing or marked as uncertain (fuzzy).
"""

import sys
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from tools.messages import Key, all_keys

LOCALE = Path(__file__).parent.parent / "scheduler" / "locale"
HEAD = "# Texts of alis. The keys are the English texts in the code."


def main() -> None:
    """Write both catalogues."""
    missing = [text for language in ("nb", "nn") for text in update(LOCALE, language)]
    if missing:
        sys.exit("To translate:\n" + "\n".join(missing))


def update(folder: Path, language: str) -> list[str]:
    """Write one catalogue; returns the keys that lack a certain translation."""
    path = folder / f"{language}.po"
    with path.open("rb") as stream:
        known = read_po(stream, locale=language)
    new = Catalog(locale=language)
    missing = []
    for key in sorted(all_keys()):
        old = known.get(_message_id(key), key.context or None)
        message = _message(key, old)
        new[message.id] = message
        texts = message.string if isinstance(message.string, tuple) else (message.string,)
        if message.fuzzy or not all(texts):
            missing.append(f"{path.name}: {key.message}")
    with path.open("wb") as stream:
        write_po(stream, new, width=100, sort_output=True, omit_header=True)
    body = path.read_text(encoding="utf-8")
    path.write_text(_head(language) + body.rstrip("\n") + "\n", encoding="utf-8", newline="\n")
    return missing


def _message_id(key: Key) -> str | tuple[str, str]:
    return (key.message, key.plural) if key.plural else key.message


def _message(key: Key, old: Message | None) -> Message:
    nothing = ("", "") if key.plural else ""
    # A text that is now counted, or no longer, is translated anew.
    same = old if old and isinstance(old.string, tuple) == bool(key.plural) else None
    return Message(
        _message_id(key),
        string=same.string if same else nothing,
        flags=() if old is None else old.flags,
        context=key.context or None,
    )


def _head(language: str) -> str:
    fields = (
        f"Language: {language}",
        "Plural-Forms: nplurals=2; plural=(n != 1);",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 8bit",
    )
    lines = "".join(f'"{field}\\n"\n' for field in fields)
    return f'{HEAD}\nmsgid ""\nmsgstr ""\n{lines}\n'


if __name__ == "__main__":
    main()
