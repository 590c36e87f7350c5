"""What the command says around the commands: help, version, and what was typed wrong."""

import os
import re
import sys
from unicodedata import normalize

import pytest

import cli
from scheduler.locale import LANGUAGES, Translator, asked_language
from scheduler.quarter.asking.names import candidate_called
from tests.builders import a_round, candidate

ENGLISH = re.compile(
    r"\b(Usage|Options|Arguments|Commands|Error|Missing|Invalid|Got|unexpected|required|default|"
    r"Show|this|message|Try|Did|requires|such|Input should|Value error)\b"
)
WRONG = {
    "no command": ["--lang", "{lang}", "plann"],
    "no such command": ["xyzzy"],
    "no such option": ["plan", "--nope"],
    "nearly an option": ["plan", "--ou", "x"],
    "nothing": ["plan"],
    "too much": ["check", "a", "b"],
    "no out": ["plan", "a"],
    "no value": ["plan", "a", "--out"],
    "a value too many": ["check", "a", "--json=3"],
    "not whole": ["plan", "a", "--out", "b", "--workers", "q"],
    "too small": ["plan", "a", "--out", "b", "--workers", "0"],
    "too large": ["sample", "--out", "b.xlsx", "--split-share", "2"],
    "no number": ["plan", "a", "--out", "b", "--time-limit", "q"],
    "no number at all": ["plan", "a", "--out", "b", "--time-limit", "inf"],
    "not one of": ["sample", "--out", "b.xlsx", "--region", "x"],
    "no file": ["check", "finnes.xlsx"],
}


def called(monkeypatch: pytest.MonkeyPatch, *words: str, language: str = "") -> int:
    monkeypatch.setattr(sys, "argv", ["alis", *words])
    monkeypatch.setitem(os.environ, "ALIS_LANG", language)
    with pytest.raises(SystemExit) as left:
        cli.main()
    assert isinstance(left.value.code, int)
    return left.value.code


@pytest.mark.parametrize("language", ["nb", "nn"])
@pytest.mark.parametrize("name", WRONG)
def test_what_is_typed_wrong_is_told_in_the_readers_language(
    name: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = [word.format(lang=language) for word in WRONG[name]]
    assert called(monkeypatch, *words, language=language) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.strip()
    assert not ENGLISH.search(told.err), told.err
    assert "INPUT" not in told.err


def test_the_last_language_that_is_named_counts() -> None:
    assert asked_language(["alis", "--lang", "nn", "x", "--lang", "en"], {}) == "en"
    assert asked_language(["alis", "--lang=en", "x", "--lang", "nn"], {"ALIS_LANG": "nb"}) == "nn"


@pytest.mark.parametrize("command", ["letters", "answers", "ledger"])
def test_what_stands_for_a_file_is_in_the_readers_language(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, command, "-h", "--lang", "nn") == 0
    text = capsys.readouterr().out
    assert not [wrong for wrong in ("FILE", "….", "list[") if wrong in text]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("command", ["", *cli.in_language("en").commands])  # type: ignore[attr-defined]
def test_help_is_in_the_readers_language(
    command: str,
    language: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words = ["--lang", language, *filter(None, [command]), "-h"]
    assert called(monkeypatch, *words) == 0
    text = capsys.readouterr().out
    assert text.startswith(Translator(language).text("Usage:"))
    if language != "en":
        assert not ENGLISH.search(text), text
        assert not re.search(r"\b(ROUND|VALUES|ADDRESS|INPUT|VACANCY|CANDIDATE)\b", text), text


def test_the_version_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, "--version") == 0
    assert re.fullmatch(r"alis \d+\.\d+.*\n", capsys.readouterr().out)


def test_commands_are_completed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for name, value in (
        ("_ALIS_COMPLETE", "complete_bash"), ("COMP_WORDS", "alis pl"), ("COMP_CWORD", "1"),
    ):  # fmt: skip
        monkeypatch.setitem(os.environ, name, value)
    assert called(monkeypatch) == 0
    assert capsys.readouterr().out.split() == ["plan"]


def test_without_a_command_the_help_is_shown(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert called(monkeypatch, language="nn") == 2
    assert capsys.readouterr().err.startswith("Bruk: alis [VAL]")


def test_a_candidate_may_be_named_where_only_one_has_the_name() -> None:
    people = [
        candidate("K01", name="Kari Nordmann"),
        candidate("K02", name="Ola Nordmann"),
        candidate("K03", name="Ola"),
        candidate("K04", name="Ola Nordmann"),
        candidate("K05", name="Åse Ødegård"),
        candidate("K06"),
    ]
    round = a_round(people, [])
    for text, who in (
        ("K02", "K02"), (" k02", "K02"), ("kari  nordmann", "K01"), ("Ola", "K03"),
        (normalize("NFD", "Åse Ødegård"), "K05"), (normalize("NFC", "åse ødegård"), "K05"),
    ):  # fmt: skip
        assert candidate_called(round, text) == who
    several = candidate_called(round, "ola nordmann")
    assert not isinstance(several, str)
    assert Translator("nb").finding(several) == (
        "Flere kandidater heter ola nordmann; skriv id-en til en av dem: Ola Nordmann (K02), Ola "
        "Nordmann (K04)."
    )
    part = candidate_called(round, "Åse")
    assert not isinstance(part, str)
    assert Translator("nb").finding(part) == (
        "Ingen kandidat har Åse som hele navnet sitt. Skriv id-en eller hele navnet til en av: "
        "Åse Ødegård (K05)."
    )
    near = candidate_called(round, "Kari Normann")
    assert not isinstance(near, str)
    assert "Mente du K01 (Kari Nordmann)?" in Translator("nb").finding(near)


def test_a_first_day_may_be_written_as_in_the_input() -> None:
    from scheduler.commands.console import day_of

    days = {day_of(text, Translator("nb")) for text in ("1.9.2026", "2026-09-01", "1. sept 2026")}
    assert len(days) == 1


def test_one_suggestion_is_made(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called(monkeypatch, "plann", language="nb")
    assert "Mente du «plan»?" in capsys.readouterr().err


def test_help_names_what_to_write_in_the_readers_words(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    called(monkeypatch, "who", "-h", language="nb")
    told = capsys.readouterr().out
    assert "--add ARK RAD" in told
    assert "--set <tekst>" in told
    called(monkeypatch, "letters", "-h", language="nb")
    assert "--letterhead FIL " in capsys.readouterr().out
