"""Files that unpack to hundreds of megabytes end in a sentence, within 20 s and 1 GiB.

Each runs in a process of its own that the system ends when it takes more. Most only with
ALIS_HOSTILE (`make night`).
"""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.hostile.package import CANDIDATES, MAIN, STYLES, sample_parts, write_parts

GIB, SECONDS = 1 << 30, 20
NIGHT = pytest.mark.skipif("ALIS_HOSTILE" not in os.environ, reason="only at night")
HEAD = f'<worksheet xmlns="{MAIN}"><sheetData>'.encode()

LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_CPU, ({seconds}, {seconds}))
from cli import main  # what the program itself takes is not counted
used = int(open("/proc/self/statm").read().split()[0]) * resource.getpagesize()
resource.setrlimit(resource.RLIMIT_AS, (used + {memory}, used + {memory}))
sys.argv = ["alis", "check", sys.argv[1], "--lang", "en"]
main()
"""


def limited(path: Path) -> subprocess.CompletedProcess[str]:
    """`alis check` in a process of its own, with limits."""
    text = LIMITED.format(seconds=SECONDS, memory=GIB)
    root = Path(__file__).parent.parent.parent
    return subprocess.run(
        [sys.executable, "-c", text, str(path)], capture_output=True, text=True, cwd=root
    )


def repeated(head: bytes, piece: bytes, megabytes: int, tail: bytes = b"") -> Iterator[bytes]:
    yield head
    block = piece * ((1 << 20) // len(piece))
    for _ in range(megabytes):
        yield block
    yield tail


def numbered() -> Iterator[bytes]:
    yield HEAD
    for line in range(1, 1_048_577):
        yield b'<row r="%d"><c r="A%d" s="0"/><c r="XFD%d" s="0"/></row>' % (line, line, line)
    yield b"</sheetData></worksheet>"


Pieces = Callable[[], Iterator[bytes]]
SIZES: dict[str, tuple[str, Pieces]] = {
    "rows": (CANDIDATES, lambda: repeated(HEAD, b"<row/>", 290)),
    "cells": (CANDIDATES, lambda: repeated(HEAD + b"<row>", b"<c/>", 290)),
    "numbers": (CANDIDATES, lambda: repeated(HEAD + b'<row r="1">', b"<c><v>1</v></c>", 290)),
    "one text": (CANDIDATES, lambda: repeated(HEAD + b'<row><c t="str"><v>', b"x", 290)),
    "one attribute": (CANDIDATES, lambda: repeated(HEAD + b'<row a="', b"x", 290)),
    "one comment": (CANDIDATES, lambda: repeated(HEAD + b"<!--", b"x", 290)),
    "one instruction": (CANDIDATES, lambda: repeated(HEAD + b"<?a ", b"x", 290)),
    "depth": (CANDIDATES, lambda: repeated(HEAD, b"<a>", 290)),
    "blanks": (CANDIDATES, lambda: repeated(HEAD, b" ", 290)),
    "a million formatted rows": (CANDIDATES, numbered),
    "styles": (
        STYLES,
        lambda: repeated(f'<styleSheet xmlns="{MAIN}"><cellXfs>'.encode(), b"<xf/>", 280),
    ),
    "fonts": (
        STYLES,
        lambda: repeated(f'<styleSheet xmlns="{MAIN}"><fonts>'.encode(), b"<font/>", 280),
    ),
    "sheets": ("xl/workbook.xml", lambda: repeated(b"<workbook><sheets>", b"<sheet/>", 280)),
    "relations": ("xl/_rels/workbook.xml.rels", lambda: repeated(b"<Relationships>", b"<a/>", 280)),
    "declared size": ("xl/media/image1.png", lambda: repeated(b"", b"\0", 400)),
}


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits as Linux has them")
@pytest.mark.parametrize(
    "kind", [k if k == "rows" else pytest.param(k, marks=NIGHT) for k in SIZES]
)
def test_what_unpacks_to_hundreds_of_megabytes_ends_in_a_sentence(
    tmp_path: Path, kind: str
) -> None:
    part, pieces = SIZES[kind]
    path = write_parts(tmp_path / "input.xlsx", {**sample_parts(), part: pieces()})
    done = limited(path)
    assert done.returncode in (2, 3), done
    assert "Traceback" not in done.stderr
    assert any(sign in done.stdout + done.stderr for sign in ("Error: input.xlsx", "too large"))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="limits as Linux has them")
@NIGHT
def test_one_far_cell_in_each_sheet_takes_nothing(tmp_path: Path) -> None:
    parts = sample_parts()
    for name in [n for n in parts if n.startswith("xl/worksheets/sheet")]:
        far = b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>'
        parts[name] = parts[name].replace(b"</sheetData>", far)
    done = limited(write_parts(tmp_path / "input.xlsx", parts))
    assert done.returncode == 3, done
    assert "delete it" in done.stdout + done.stderr
