"""Workbooks that no program writes, made from the small sample; and what is said to them."""

import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from typer.testing import CliRunner

from cli import app
from scheduler.input import ReadResult, read_round
from scheduler.input.message import message_line
from scheduler.locale import LANGUAGES, Translator
from scheduler.support.resources import data_folder

SAMPLE = data_folder() / "samples" / "small" / "input.xlsx"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
CANDIDATES = "xl/worksheets/sheet2.xml"
Parts = dict[str, bytes]


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


def replaced(part: str, old: str, new: str) -> Callable[[Parts], None]:
    """An edit of the first place in a part where the old text stands."""

    def edit(parts: Parts) -> None:
        text = parts[part].decode()
        assert old in text, (part, old)
        parts[part] = text.replace(old, new, 1).encode()

    return edit


def cell(old: str, new: str) -> Callable[[Parts], None]:
    """An edit of the sheet of candidates."""
    return replaced(CANDIDATES, old, new)


@dataclass(frozen=True)
class Said:
    """What a command ended with and said, on both streams."""

    code: int
    text: str


def run(*words: str | Path) -> Said:
    """Run a command; whatever is wrong, it must be said in words."""
    result = CliRunner().invoke(app, [str(word) for word in words])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert "Traceback" not in result.output
    return Said(result.exit_code, result.output)


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
