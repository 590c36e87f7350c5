"""Policies: every number has limits, and every problem names file, key and what is allowed."""

import os
from pathlib import Path

import pytest

from scheduler.input.files import policies
from scheduler.input.files.policies import policy_at, policy_beside
from scheduler.locale import LANGUAGES, Translator
from scheduler.support.errors import UnreadableError
from scheduler.support.resources import shipped_policies
from tests.hostile.package import run

BASE = shipped_policies()["nord-2024"].read_text(encoding="utf-8")
HUGE = 10**16


def said(folder: Path, text: str | bytes, name: str = "egen.toml") -> list[str]:
    """What is said to a policy file, in English; it can be said in every language."""
    path = folder / "egen.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    with pytest.raises(UnreadableError) as caught:
        policy_beside(name, folder)
    found = caught.value.findings
    for language in LANGUAGES:
        assert all(Translator(language).finding(one) for one in found)
    return str(caught.value).splitlines()


def changed(old: str, new: str) -> str:
    assert old in BASE
    return BASE.replace(old, new, 1)


NUMBERS = {
    "practice_months = 24": (
        ["-1", "100000", "24.0", '"24"', "true", "2026-01-01", str(HUGE)],
        120,
    ),
    "max_late_months = 6": (["-6", "121", "inf", "nan", "[6]"], 120),
    "max_early_months = 6": (["-6", "999"], 120),
    "lead_months = 3": (["-3", "100000"], 120),
    "max_gap_months = 12": (["-1", "100000"], 120),
    "horizon_months = 24": (["-1", "100000"], 120),
    "hard_points = 84": (["-1", str(HUGE), "1e3"], 100_000),
    "reply_days = 14": (["-1", "366"], 365),
}


@pytest.mark.parametrize(
    ("line", "value", "high"),
    [(line, value, high) for line, (values, high) in NUMBERS.items() for value in values],
)
def test_a_number_that_no_region_means(tmp_path: Path, line: str, value: str, high: int) -> None:
    key = line.split(" = ")[0]
    (text,) = said(tmp_path, changed(line, f"{key} = {value}"))
    assert text.startswith(f"egen.toml: {key} is ")
    assert text.endswith(f"write a whole number from 0 to {high}.")


OTHERS = [
    ("allow_split = true", 'allow_split = "ja"', "allow_split is", "true or false"),
    ("allow_split = true", "allow_split = 1", "allow_split is 1", "true or false"),
    ('municipal_order = "placed"', 'municipal_order = "lax"', '"lax"', "placed, strict, off"),
    ('extension = "goals"', "extension = []", "extension is []", "goals, weighty"),
    ("start_days = [1]", "start_days = []", "start_days is []", "from 1 to 31 values"),
    ("start_days = [1]", f"start_days = {[1] * 1000}", "start_days is", "from 1 to 31 values"),
    ("start_days = [1]", "start_days = [0]", "start_days is 0", "from 1 to 31"),
    ("start_days = [1]", "start_days = [32]", "start_days is 32", "from 1 to 31"),
    ("start_days = [1]", "start_days = [[[1]]]", "start_days is [[1]]", "whole number"),
    ("start_days = [1]", "start_days = 1", "start_days is 1", "square brackets"),
    ("place = [0, 6", "place = [0, 5", "points.place is 5", "even whole number from 0 to 1000"),
    ("place = [0, 6", "place = [0, -6", "points.place is -6", "even whole number"),
    ("place = [0, 6", f"place = [0, {HUGE}", f"points.place is {HUGE}", "even whole number"),
    ("period = [0, 2, 6, 12, 20, 30, 42]", "period = []", "points.period is []", "square brackets"),
    ("other_site = 60", f"other_site = {HUGE}", "points.other_site", "0 to 1000"),
    ("beyond_period = 14", "beyond_period = 13", "points.beyond_period is 13", "even"),
    ("none = [2, 2]", "none = [2]", "points.factors.none", "missing"),
    ("none = [2, 2]", "none = [2, 2, 2]", "points.factors.none is", "two whole numbers"),
    ("none = [2, 2]", "none = [-1, 2]", "points.factors.none is -1", "0 to 10"),
    ("none = [2, 2]", "none = [99999999, 2]", "points.factors.none is", "0 to 10"),
    ("none = [2, 2]", "", "points.factors.none is missing", "add it"),
    ("[points]", "[points]\nluck = 2", "points.luck is not known", "beyond_period"),
    ("lead_months = 3", "", "lead_months is missing", "add it"),
    ("lead_months = 3", "lead_month = 3", "lead_month is not known", "lead_months"),
    ('"placed", "waiting"', '"placed", "fame"', '"fame"', "municipal-rank"),
    ('"placed", "waiting"', '"placed", "placed"', "placed is named twice", "keep one"),
    ('"unchanged", "lot"', '"lot", "unchanged"', "must be lot", "nothing can come after"),
    (', "lot"]', "]", "must be lot", "same every time"),
    ('"last-chance", "placed"', '"wishes", "placed"', "placing nobody", "put placed or order"),
    ('"last-chance", "placed"', '"hard-hit", "placed"', "placing nobody", "put placed or order"),
    ('goals = "choice"', 'fame = "choice"', "source names fame", "does not have"),
    ('goals = "choice"', 'goals = "\\u001b[31m"', "source.goals", "all of them visible"),
    ('goals = "choice"', f'goals = "{"x" * 600}"', "source.goals", "at most 500"),
    ("lead_months = 3", "lead_months = = 3", "line 10", "not TOML"),
    ("lead_months = 3", "lead_months = 3\nlead_months = 3", "line 1", "not TOML"),
    ("lead_months = 3", f"lead_months = {'9' * 5000}", "not TOML", "shipped policies"),
    ("start_days = [1]", f"start_days = {'[' * 9000}{']' * 9000}", "not TOML", "shipped policies"),
]


@pytest.mark.parametrize(("old", "new", "what", "allowed"), OTHERS, ids=range(len(OTHERS)))
def test_what_no_region_means(tmp_path: Path, old: str, new: str, what: str, allowed: str) -> None:
    lines = said(tmp_path, changed(old, new))
    assert any(what in line and allowed in line for line in lines) or (
        what in lines[0] and any(allowed in line for line in lines)
    ), lines
    assert all(line.startswith("egen.toml") for line in lines)
    assert all(len(line) < 400 and "\x1b" not in line for line in lines)


def test_everything_is_told_at_once(tmp_path: Path) -> None:
    text = changed("lead_months = 3", "lead_months = -3").replace("[0, 6", "[1, 6")
    assert len(said(tmp_path, text.replace("reply_days = 14", "reply_days = 1000"))) == 3


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        (b"\xff\xfe\x00", "UTF-8"),
        (BASE.encode("utf-16"), "UTF-8"),
        (b"", "missing"),
        (b"PK\x03\x04", "not TOML"),
        (b"x = 1\0", "not TOML"),
        (b"#" * (2 << 20), "larger than 1 megabytes"),
    ],
)
def test_a_file_that_is_no_policy(tmp_path: Path, content: bytes, advice: str) -> None:
    assert advice in said(tmp_path, content)[0]


OUTSIDE = [
    r"\\host\share\p.toml",
    "//host/share/p.toml",
    r"\\?\C:\p.toml",
    "C:\\p.toml",
    "C:p.toml",
    "/etc/p.toml",
    "../p.toml",
    r"..\p.toml",
    "a/../../p.toml",
    "a//p.toml",
    "con.toml",
    "nul/p.toml",
    "COM1 .toml",
    "file:///p.toml",
    "http://example.org/p.toml",
    "a\x00b.toml",
    "a\x1bb.toml",
    "x" * 300 + ".toml",
    "a/" * 50 + "p.toml",
    " /p.toml",
]


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_path_out_of_the_folder_is_refused_before_any_file_is_asked_for(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def asked(*_: object) -> None:
        raise AssertionError("a file was asked for")

    for call in ("file_mode", "read_file"):
        monkeypatch.setattr(policies, call, asked)
    monkeypatch.setattr(Path, "resolve", asked)
    with pytest.raises(UnreadableError, match="beside the input"):
        policy_beside(name, tmp_path)


@pytest.mark.parametrize("name", ["nord", "nord-2025", "", "/etc/passwd", "input.xlsx", r"\\h\s"])
def test_what_is_no_path_of_a_policy_is_taken_for_a_name(tmp_path: Path, name: str) -> None:
    with pytest.raises(UnreadableError, match="nord-2024, turn-2024, vest-2023"):
        policy_beside(name, tmp_path)


@pytest.mark.skipif(os.name == "nt", reason="links need a privilege there")
def test_a_link_does_not_lead_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "p.toml").write_text(BASE, encoding="utf-8")
    (tmp_path / "in" / "p.toml").symlink_to(tmp_path / "p.toml")
    (tmp_path / "in" / "f").symlink_to(tmp_path)
    for name in ("p.toml", "f/p.toml", r"f\p.toml"):
        with pytest.raises(UnreadableError, match="beside the input"):
            policy_beside(name, tmp_path / "in")


@pytest.mark.parametrize(
    "name", ["p.toml", "./p.toml", "regler/p.toml", r"regler\p.TOML", "æ ø.toml"]
)
def test_a_path_beside_the_input_is_read_on_every_system(tmp_path: Path, name: str) -> None:
    path = tmp_path.joinpath(*name.replace("\\", "/").split("/"))
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"\xef\xbb\xbf" + BASE.encode())
    loaded = policy_beside(name, tmp_path)
    assert loaded.policy == policy_at("nord-2024").policy
    assert list(loaded.checksums) == [path.name]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_command_tells_every_problem_and_no_escape_reaches_the_terminal(
    tmp_path: Path, lang: str
) -> None:
    text = changed("lead_months = 3", "lead_months = -3").replace(
        "[points]", '[points]\n"\\u001b" = 1'
    )
    (tmp_path / "egen.toml").write_text(text, encoding="utf-8")
    told = run("policy", tmp_path / "egen.toml", "--lang", lang)
    assert told.code == 2
    assert "lead_months" in told.text
    assert "points" in told.text
    assert "\x1b" not in told.text
    assert "Input should be" not in told.text
