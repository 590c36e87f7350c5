"""Letters of whole rounds, read as Word documents against the plan."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from email import message_from_bytes
from email.policy import default
from io import BytesIO
from pathlib import Path

import pytest
from docx import Document

from models.lock import LockStatus
from models.placement import Placement, Shape
from scheduler.explanations.letter.content import in_words
from scheduler.explanations.letter.standing import in_conflict
from scheduler.locale import Translator
from scheduler.problem.calendar import add_months, wished_period
from scheduler.quarter.answers.offers import Offer, reply_day
from scheduler.report.letters import printing
from scheduler.report.letters.files import Made, make_letters
from scheduler.report.texts import Delivery
from scheduler.support.resources import data_folder
from tests.report.test_files import deliver
from tools.build_letters import build

SECRET = "hemmelig-notat"


@pytest.fixture(autouse=True)
def no_office(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without LibreOffice, which takes seconds; the test of the PDF has it back."""
    monkeypatch.setattr(printing, "find_office", lambda: None)


@pytest.fixture(scope="module", params=["nord", "small", "vest", "conflict"])
def delivery(request: pytest.FixtureRequest) -> Delivery:
    return deliver(request.param)


def letters_of(delivery: Delivery, *, with_mail: bool = False) -> Made:
    return make_letters(delivery.plan, delivery.round, delivery.translator, with_mail=with_mail)


def text_of(content: bytes) -> str:
    return "\n".join(p.text for p in Document(BytesIO(content)).paragraphs)


def texts(delivery: Delivery) -> dict[str, str]:
    """Candidate → the text of their letter; files come in the order of candidates."""
    found = [text_of(content) for content in letters_of(delivery).files.values()]
    ids = [c.candidate_id for c in delivery.round.candidates]
    return dict(zip(ids, found, strict=True))


def test_every_letter_says_the_plan_and_no_more(delivery: Delivery) -> None:
    placed = {p.candidate_id: p for p in delivery.placements}
    parts = {u.candidate_id: u.part for u in delivery.plan.unplaced}
    for who, text in texts(delivery).items():
        offered = who in placed
        assert ("Du får tilbud om sykehustjeneste" in text) == offered, who
        assert ("ikke fått plass" in text) == (parts.get(who) in ("unplaced", "past_limit")), who
        if offered:
            _says(delivery, placed[who], text)
        else:
            assert "Du får plass" not in text
            assert "Du får en plass" not in text
        for lock in delivery.round.locks_of.get(who, ()):
            assert delivery.translator.day(lock.start) in text
            assert delivery.translator.day(lock.end) in text
        waits = [k for k in delivery.round.locks_of.get(who, ()) if k.status is LockStatus.OFFERED]
        waits = [k for k in waits if k.vacancy_id in delivery.round.vacancy]
        waits = [k for k in waits if not in_conflict(delivery.plan, k)]
        assert text.count("Svarslipp") == offered + len(waits), who


def _says(delivery: Delivery, placement: Placement, text: str) -> None:
    t, round, who = delivery.translator, delivery.round, placement.candidate_id
    found = list(re.finditer(r"Du får (?:en )?plass ([^.]*)\.", text))
    assert len(found) == len(placement.stretches)
    for number, (stretch, said) in enumerate(zip(placement.stretches, found, strict=True)):
        vacancy = round.vacancy[stretch[0].segment.vacancy_id]
        first, last = stretch[0].segment.start, stretch[-1].segment.end
        place = f"{vacancy.department}, {vacancy.site} ({vacancy.trust})"
        days = f"fra og med {t.day(first)} til og med {t.day(last)}"
        assert f"{place}, {days}" in text[: said.start()]
        rank = stretch[0].wish_rank
        assert ("som ikke står på ønskelisten" in said[1]) == (rank is None)
        assert ("du satte som ønske nummer" in said[1]) == (rank not in (None, 1))
        if rank not in (None, 1):
            assert f"nummer {rank}," in said[1]
        _says_when(delivery, placement, number, said[1])
    assert (placement.shape is Shape.SPLIT) == ("i to deler" in text)
    segments = tuple(placed.segment for placed in placement.stretches[0])
    by = reply_day(round, Offer(who, segments, locked=False))
    assert by is not None
    assert f"Svar innen {t.day(by)}" in text


def _says_when(delivery: Delivery, placement: Placement, number: int, said: str) -> None:
    """Days or months, early or late, worked out from the plan's own numbers."""
    placed = placement.stretches[number][0]
    wished = wished_period(delivery.round.candidate[placement.candidate_id])
    wished = wished.moved(3) if number else wished
    day, months = placed.segment.start, placed.deviation
    assert months == wished.deviation(day)
    assert ("senere enn" in said) == (day > wished.b)
    assert ("tidligere enn" in said) == (day < wished.a)
    if wished.a <= day <= wished.b:
        assert "til ønsket tid" in said
    elif add_months(wished.a, -1) < day < add_months(wished.b, 1):
        apart = max((day - wished.b).days, (wished.a - day).days)
        assert f" {apart} dag" in said
    elif abs(months) == 1:
        assert "én måned " in said
    else:
        assert f" {Translator('nb').show(in_words(abs(months)))} måneder" in said


def with_secrets(delivery: Delivery) -> Delivery:
    """The round with names, e-mail, notes and reasons that must not be seen."""
    round = delivery.round
    people = [
        c.model_copy(update={"name": f"Navn{n}x Etternavn{n}x", "email": f"person{n}x@example.com"})
        for n, c in enumerate(round.candidates)
    ]
    locks = [k.model_copy(update={"note": SECRET, "reason": SECRET}) for k in round.locks]
    waivers = [w.model_copy(update={"reason": SECRET}) for w in round.waivers]
    changed = round.swapped(candidates=people, locks=locks, waivers=waivers)
    return Delivery(delivery.plan, changed, delivery.translator)


def parts_of(name: str, content: bytes) -> Iterator[str]:
    """Every text in a file, its name, and the files in it: parts of Word, attachments of mail."""
    yield name
    if name.endswith(".docx"):
        with zipfile.ZipFile(BytesIO(content)) as archive:
            yield from (archive.read(part).decode() for part in archive.namelist())
    elif name.endswith(".eml"):
        message = message_from_bytes(content, policy=default)
        yield from map(str, message.values())
        for part in message.walk():
            if part.get_filename():
                attached = part.get_content()
                assert isinstance(attached, bytes)
                yield from parts_of(str(part.get_filename()), attached)
            elif not part.is_multipart():
                yield str(part.get_content())


def test_no_part_of_any_file_is_about_anybody_else(delivery: Delivery) -> None:
    secret = with_secrets(delivery)
    made = letters_of(secret, with_mail=True)
    people = secret.round.candidates
    assert made.without_email == ()
    assert len(made.files) == 2 * len(people)
    ids = {c.candidate_id for c in people}
    for name, content in made.files.items():
        everything = "\n".join(parts_of(name, content))
        seen = {int(n) for n in re.findall(r"Navn(\d+)x", everything)}
        assert len(seen) == 1, name
        own = people[seen.pop()]
        assert set(re.findall(r"person\d+x@example.com", everything)) <= {own.email}
        shown = re.sub(r"<[^>]*>", " ", everything)
        assert set(re.findall(r"\w+", shown)) & ids <= {own.candidate_id}, name
        assert SECRET not in everything


def test_the_same_plan_gives_the_same_bytes() -> None:
    small = with_secrets(deliver("small"))
    assert letters_of(small, with_mail=True).files == letters_of(small, with_mail=True).files


def test_a_document_says_nothing_of_who_made_it() -> None:
    small = deliver("small")
    content = next(iter(letters_of(small).files.values()))
    own = Document(BytesIO(content)).core_properties
    assert (own.author, own.last_modified_by, own.comments) == ("", "", "")
    assert own.created is not None
    assert own.created.date() == small.round.run_date
    with zipfile.ZipFile(BytesIO(content)) as archive:
        assert not any("app.xml" in n or "custom" in n for n in archive.namelist())
        assert {i.date_time for i in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}


@pytest.mark.parametrize(
    "name", ["{{ 7*7 }}", "{% raw %}", "<b>&amp;", "{_{ 1 }_}", "Å & Ø <w:p/>", "{# x #}"]
)
def test_a_name_is_shown_as_it_is_written(name: str) -> None:
    small = deliver("small")
    people = [c.model_copy(update={"name": name}) for c in small.round.candidates]
    round = small.round.swapped(candidates=people)
    made = make_letters(small.plan, round, Translator("nb"))
    for content in made.files.values():
        assert f"Hei {name}," in text_of(content)
    assert not any(c in "".join(made.files) for c in '<>:"/\\|?*')
    assert len(made.files) == len(people)


def test_the_shipped_templates_are_those_of_the_tool(tmp_path: Path) -> None:
    build(tmp_path)
    for path in tmp_path.iterdir():
        with (
            zipfile.ZipFile(path) as new,
            zipfile.ZipFile(data_folder() / "letters" / path.name) as shipped,
        ):
            assert new.namelist() == shipped.namelist()
            assert all(new.read(n) == shipped.read(n) for n in new.namelist())
    assert {p.name for p in tmp_path.iterdir()} == {"nb.docx", "nn.docx", "en.docx"}


@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice")
def test_all_letters_are_printed_each_from_a_page_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.undo()
    small = deliver("small")
    made = letters_of(small)
    assert made.pdf == "Alle brev - Liten runde våren 2026 (eksempel).pdf"
    assert made.files[made.pdf].startswith(b"%PDF")
    (note,) = made.notes
    assert "verken e-postadresse eller telefonnummer" in Translator("nb").finding(note)


def test_a_printer_that_fails_or_hangs_leaves_the_letters(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    small = deliver("small")
    office = tmp_path / "soffice"
    monkeypatch.setattr(printing, "find_office", lambda: str(office))
    for script, told in (("exit 1", "laget ingen"), ("sleep 60 & wait", "mer enn 1 sekunder")):
        office.write_text(f"#!/bin/sh\n{script}\n")
        office.chmod(0o700)
        monkeypatch.setattr(printing, "_SECONDS", 1)
        monkeypatch.setattr(printing, "_SECONDS_EACH", 0)
        made = letters_of(small)
        assert len(made.files) == len(small.round.candidates)
        assert told in Translator("nb").finding(made.notes[-1])
