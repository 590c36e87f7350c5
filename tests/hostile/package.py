"""Workbooks that no program writes, made from the small sample; and what is said to them."""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest

from cli import in_language
from scheduler.input import ReadResult, read_round
from scheduler.input.message import message_line
from scheduler.locale import LANGUAGES, Translator
from tests.plain_book import small_plain

SAMPLE = small_plain()
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CANDIDATES = "xl/worksheets/sheet2.xml"
Parts = dict[str, bytes]
Edit = Callable[[Parts], None]
BOOK, RELATIONS, STYLES = "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml"
BAD = "nobody/looks/here.xml"


def sample_parts() -> Parts:
    """The parts of the small sample by name."""
    with zipfile.ZipFile(SAMPLE) as archive:
        return {info.filename: archive.read(info) for info in archive.infolist()}


def write_parts(path: Path, parts: Mapping[str, bytes | Iterable[bytes]]) -> Path:
    """A workbook of these parts; a large one comes in pieces."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for name, content in parts.items():
            with archive.open(name, "w", force_zip64=True) as stream:
                for piece in (content,) if isinstance(content, bytes) else content:
                    stream.write(piece)
    return path


def replaced(part: str, old: str, new: str) -> Edit:
    """An edit of the first place in a part where the old text stands."""

    def edit(parts: Parts) -> None:
        text = parts[part].decode()
        assert old in text, (part, old)
        parts[part] = text.replace(old, new, 1).encode()

    return edit


def cell(old: str, new: str) -> Edit:
    """An edit of the sheet of candidates."""
    return replaced(CANDIDATES, old, new)


def put(part: str, content: bytes) -> Edit:
    """An edit: the whole part is this."""
    return lambda parts: parts.update({part: content})


def gone(part: str) -> Edit:
    """An edit: the part is missing."""
    return lambda parts: parts.update({BAD: parts.pop(part)})


def both(one: Edit, other: Edit) -> Edit:
    """Two edits, one after the other."""

    def edit(parts: Parts) -> None:
        one(parts)
        other(parts)

    return edit


def value(text: str, kind: str = "n") -> Edit:
    """An edit: the first cell stores this, of this type."""
    return cell('<c r="A1" s="1" t="inlineStr">', f'<c r="A1" t="{kind}"><v>{text}</v>')


@dataclass(frozen=True)
class Said:
    """What a command ended with and said, on both streams."""

    code: int
    text: str


def run(*words: str | Path) -> Said:
    """Run a command; whatever is wrong, it must be said in words."""
    command: Any = in_language("nb")
    heard = StringIO()
    with redirect_stdout(heard), redirect_stderr(heard), pytest.raises(SystemExit) as left:
        command([str(word) for word in words])
    assert "Traceback" not in heard.getvalue()
    code = left.value.code
    assert code is None or isinstance(code, int)
    return Said(code or 0, heard.getvalue())


def refused(path: Path, *parts: str) -> list[str]:
    """The errors that reading ends with, in English; each can be told in every language."""
    said = run("check", path, "--lang", "en")
    assert said.code in (2, 3), said
    for part in parts:
        assert part in said.text, said.text
    return [line for line in said.text.splitlines() if line.startswith("Error:")]


def judged(path: Path) -> ReadResult:
    """What reading gives: a round, or errors that can be told in every language."""
    read = read_round(path, "en")
    assert (read.round is None) == bool(read.errors)
    for language in LANGUAGES:
        translator = Translator(language)
        assert all(message_line(message, translator) for message in read.messages)
    return read
