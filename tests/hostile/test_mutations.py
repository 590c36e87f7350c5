"""However a workbook is damaged, reading ends in a round or in errors, and never otherwise.

By default a few; ALIS_HOSTILE is how many (`make night`).
"""

import os
import random
import re
import zipfile
from pathlib import Path

import pytest

from scheduler.input import read_round
from tests.hostile.package import SAMPLE, Parts, judged, sample_parts, write_parts

COUNT = int(os.environ.get("ALIS_HOSTILE", "150"))
WORDS = [
    *(
        b"",
        b"0",
        b"-1",
        b"1",
        b"1e999",
        b"NaN",
        b"A1",
        b"XFD1048576",
        b"!!",
        b"s",
        b"d",
        b"b",
        b"n",
    ),
    *(b"inlineStr", b"e", b"&#x1b;", b"_x0000_", b"2026-09-01", b"9" * 400, b"\xc3\xa6", b"\xff"),
]
READ = ("xl/workbook.xml", "xl/_rels/workbook.xml.rels", "_rels/.rels", "xl/styles.xml")


def flipped(r: random.Random, data: bytes) -> bytes:
    """Some bytes changed, cut out, or twice there."""
    place = r.randrange(len(data))
    match r.randrange(4):
        case 0:
            return data[:place] + bytes([r.randrange(256)]) + data[place + 1 :]
        case 1:
            return data[:place] + data[place + r.choice((1, 5, 500)) :]
        case 2:
            return data[:place]
        case _:
            return data[:place] + data[max(0, place - 40) :]


def edited(r: random.Random, data: bytes) -> bytes:
    """An attribute, a text or an element changed, gone, or twice there; it often stays XML."""
    pattern = r.choice((rb'"[^"]*"', rb">[^<]+<", rb"<(c|row|v|is|t|xf|sheet)\b[^>]*>", rb"</\w+>"))
    found = list(re.finditer(pattern, data))
    if not found:
        return data
    spot = r.choice(found)
    old = spot[0]
    new = r.choice((old[:1] + r.choice(WORDS) + old[-1:], b"", old * 2, r.choice(found)[0]))
    return data[: spot.start()] + new + data[spot.end() :]


def mutated(r: random.Random, path: Path) -> Path:
    if r.random() < 0.2:  # the file itself, so that zip has to notice
        data = SAMPLE.read_bytes()
        for _ in range(r.choice((1, 3, 20))):
            data = flipped(r, data) or data
        path.write_bytes(data)
        return path
    parts: Parts = sample_parts()
    sheets = sorted(name for name in parts if name.startswith("xl/worksheets/sheet"))
    for _ in range(r.choice((1, 1, 1, 3))):
        name = r.choice((*READ, *sheets))
        change = r.choice((edited, edited, edited, flipped))
        parts[name] = change(r, parts[name]) or parts[name]
    return write_parts(path, parts)


@pytest.mark.parametrize("seed", range(0, COUNT, 25))
def test_any_damage_ends_in_a_round_or_in_errors(tmp_path: Path, seed: int) -> None:
    for number in range(seed, min(seed + 25, COUNT)):
        path = mutated(random.Random(number), tmp_path / f"{number}.xlsx")
        judged(path)


def test_the_damage_is_of_every_kind(tmp_path: Path) -> None:
    read = [
        read_round(mutated(random.Random(n), tmp_path / f"{n}.xlsx"), "en").round is not None
        for n in range(60)
    ]
    assert 2 < sum(read) < 58


def test_the_sample_is_what_is_damaged() -> None:
    with zipfile.ZipFile(SAMPLE) as archive:
        assert set(READ) <= set(archive.namelist())
    assert judged(SAMPLE).round is not None
