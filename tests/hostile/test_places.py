"""The input is an ordinary file with an ordinary name; what was read is what is hashed."""

import hashlib
import os
import shutil
from pathlib import Path

import pytest

from scheduler.input import read_round
from scheduler.input.writing import write_input
from scheduler.locale import Translator
from scheduler.support.resources import shipped_policies
from tests.hostile.package import SAMPLE, judged, refused, run
from tools.hand_samples import small_facts

POSIX = pytest.mark.skipif(os.name == "nt", reason="pipes and such names are of other systems")


@POSIX
@pytest.mark.parametrize("name", ["input.xlsx", "candidates.csv", "input.xls"])
def test_a_pipe_is_not_waited_for(tmp_path: Path, name: str) -> None:
    os.mkfifo(tmp_path / name)
    path = tmp_path if name.endswith(".csv") else tmp_path / name
    refused(path, "not an ordinary file")


@POSIX
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null", "/dev/urandom"])
def test_a_device_has_no_end_and_is_not_read(tmp_path: Path, device: str) -> None:
    (tmp_path / "input.xlsx").symlink_to(device)
    refused(tmp_path / "input.xlsx", "not an ordinary file")


@pytest.mark.parametrize("name", ["candidates.csv", "input.xlsx"])
def test_a_folder_with_the_name_of_a_file(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    refused(tmp_path, "not an ordinary file")


@POSIX
@pytest.mark.parametrize("target", ["gone.xlsx", "input.xlsx"])
def test_a_link_to_nothing_and_a_link_to_itself(tmp_path: Path, target: str) -> None:
    (tmp_path / "input.xlsx").symlink_to(target)
    refused(tmp_path / "input.xlsx")
    refused(tmp_path)


@pytest.mark.parametrize("name", ["x" * 400 + ".xlsx", "a\x1b[31mb.xlsx", "a\nb.xlsx", "x.xlsx/y"])
def test_a_name_that_cannot_be_used(tmp_path: Path, name: str) -> None:
    said = run("check", tmp_path / name, "--lang", "en")
    assert said.code == 2
    assert "\x1b" not in said.text


@POSIX
def test_a_name_that_is_not_utf_8(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/in\xff.xlsx"
    with open(raw, "wb") as stream:  # noqa: PTH123 - pathlib has no such names
        stream.write(SAMPLE.read_bytes())
    refused(Path(os.fsdecode(raw)), "Rename it")
    folder = os.fsencode(tmp_path) + b"/f"
    Path(os.fsdecode(folder)).mkdir()
    with open(folder + b"/candidates\xff.csv", "wb"):  # noqa: PTH123
        pass
    refused(tmp_path / "f", "Rename it")


@pytest.mark.parametrize(
    "name", ["inn[1].xlsx", "[a-z].xlsx", "in*.xlsx", "æøå ½ 🙂.xlsx", "a b.xlsx"]
)
def test_a_name_with_signs_of_a_pattern_is_an_ordinary_name(tmp_path: Path, name: str) -> None:
    if os.name == "nt" and "*" in name:
        pytest.skip("no such names there")
    shutil.copy(SAMPLE, tmp_path / name)
    assert judged(tmp_path / name).round is not None
    inside = tmp_path / f"mappe {name}"
    inside.mkdir()
    shutil.copy(SAMPLE, inside / name)
    assert judged(inside).round is not None


def test_what_lies_beside_an_open_workbook_is_not_the_input(tmp_path: Path) -> None:
    shutil.copy(SAMPLE, tmp_path / "input.xlsx")
    for name in ("~$input.xlsx", ".~lock.input.xlsx#", "._input.xlsx", ".DS_Store", "Thumbs.db"):
        (tmp_path / name).write_bytes(b"x")
    assert judged(tmp_path).round is not None


def test_a_folder_that_may_not_be_read(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    refused(tmp_path / "empty", "not exactly one workbook")


def test_a_file_of_twenty_six_megabytes_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "input.xlsx").open("wb") as stream:
        stream.write(SAMPLE.read_bytes())
        stream.truncate(26 << 20)
    refused(tmp_path / "input.xlsx", "larger than 25 megabytes")


def _checksum(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def test_the_checksum_is_of_what_was_read_not_of_what_lies_there_later(tmp_path: Path) -> None:
    write_input(tmp_path / "in", small_facts(), Translator("en"))
    policy = tmp_path / "in" / "egen.toml"
    shipped = shipped_policies()["nord-2024"].read_bytes()
    policy.write_bytes(shipped)
    settings = tmp_path / "in" / "round.csv"
    settings.write_text(settings.read_text("utf-8-sig").replace("nord-2024", "egen.toml"), "utf-8")
    true = {
        # A policy file is named by what it is, as its own name may be somebody's.
        ("policy.toml" if path == policy else path.name): _checksum(path)
        for path in (tmp_path / "in").iterdir()
    }
    read = read_round(tmp_path / "in")
    assert read.round is not None
    shutil.rmtree(tmp_path / "in")
    assert read.origin.files == true


def test_a_workbook_saved_meanwhile_does_not_pass_as_the_input(tmp_path: Path) -> None:
    path = tmp_path / "input.xlsx"
    shutil.copy(SAMPLE, path)
    read = read_round(path)
    path.write_bytes(b"something else")
    assert read.checksums == {"input.xlsx": hashlib.sha256(SAMPLE.read_bytes()).hexdigest()}
