"""The catalogues: complete, with the same values in every language."""

import string
from datetime import date
from importlib.resources import files
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from models.finding import N_, Finding, finding
from scheduler.input.sheets import NOUNS, SETTINGS, field_names, noun_of
from scheduler.input.values.cells import fold
from scheduler.locale import LANGUAGES, Translator
from tools.build_texts import update
from tools.messages import Key, all_keys


def _catalogue(language: str) -> dict[Key, tuple[str, ...]]:
    with (files("scheduler.locale") / f"{language}.po").open("rb") as stream:
        catalogue = read_po(stream, locale=language)
    found = {}
    for message in catalogue:
        if message.id:
            one, many = message.id if isinstance(message.id, tuple) else (message.id, "")
            texts = message.string if isinstance(message.string, tuple) else (message.string,)
            found[Key(message.context or "", str(one), str(many))] = tuple(str(t) for t in texts)
    return found


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name}


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_every_text_is_translated_and_nothing_else_is_there(language: str) -> None:
    assert set(_catalogue(language)) == all_keys()


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_make_texts_keeps_translations_adds_keys_and_names_what_is_missing(
    language: str, tmp_path: Path
) -> None:
    committed = (files("scheduler.locale") / f"{language}.po").read_bytes()
    own = tmp_path / f"{language}.po"
    own.write_bytes(committed)
    assert update(tmp_path, language) == []
    assert own.read_bytes() == committed
    text = committed.decode()
    before, _, after = text.partition('msgid "Gap"\n')
    gone = before + 'msgid "Nobody says this"\n' + after
    own.write_text(gone.replace('msgid "Candidate"\n', '#, fuzzy\nmsgid "Candidate"\n'), "utf-8")
    assert update(tmp_path, language) == [f"{language}.po: Candidate", f"{language}.po: Gap"]
    assert "Nobody says this" not in own.read_text("utf-8")


@pytest.mark.parametrize("language", ["nb", "nn"])
def test_translations_have_the_same_values(language: str) -> None:
    for key, texts in _catalogue(language).items():
        for text in texts:
            assert text
            if key.context == "" and "Avtale" not in key.message:
                assert _names(text) == _names(key.message), key
            assert text == text.strip() or key.message != key.message.strip()


@pytest.mark.parametrize("sheet", [*NOUNS, SETTINGS])
def test_no_two_columns_of_a_sheet_are_called_the_same(sheet: str) -> None:
    noun = noun_of(sheet)
    for language in LANGUAGES:
        t = Translator(language)
        names = [fold(t.column(noun.header(f))) for f in noun.model_fields]
        assert len(set(names)) == len(names), language
    by_name = field_names(sheet)
    for field in noun.model_fields:
        for language in LANGUAGES:
            assert by_name[fold(Translator(language).column(noun.header(field)))] == field


def test_plurals_and_dates() -> None:
    t = Translator("nb")
    one, many = N_("{n} day after the wish"), N_("{n} days after the wish")
    assert t.text(one, many, n=1) == "1 dag etter ønsket"
    assert t.text(one, many, n=2) == "2 dager etter ønsket"
    assert t.day(date(2026, 12, 1)) == "1.12.2026"
    assert Translator("en").day(date(2026, 12, 1)) == "2026-12-01"


def test_a_finding_survives_being_stored() -> None:
    given = finding("x {a} {b}", rule="fit", a=date(2026, 1, 1), b=("p", "q"), c=3, d=None)
    assert Finding.from_json(given.to_json()) == given
