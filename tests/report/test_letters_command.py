"""`alis letters` as a coordinator meets it: what is looked at first, written, and told."""

import json
import os
import stat
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest

from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.report.files import write_plan
from scheduler.report.letters.files import make_letters
from scheduler.report.letters.mail import draft, usable
from scheduler.report.letters.names import LetterNames
from scheduler.report.texts import Delivery
from scheduler.support.resources import data_folder
from tests.builders import a_round, candidate, made_of, vacancy
from tests.test_cli import alis

SMALL = data_folder() / "samples" / "small"
# Nothing is found on it, LibreOffice neither.
NOWHERE = {"PATH": os.devnull}


@pytest.fixture(scope="module")
def plan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a plan for small."""
    folder = tmp_path_factory.mktemp("plan") / "plan"
    read = read_round(SMALL)
    assert read.round is not None
    made = make_plan(make_case(read.round), origin=read.origin)
    write_plan(Delivery(made.plan, read.round, Translator("nb"), made.proof), folder)
    return folder


def test_letters_are_written_for_the_user_alone(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "brev"
    done = alis("letters", plan, SMALL, "--out", out, "--mail", **NOWHERE)
    assert done.returncode == 0, done.stderr
    assert f"12 brev ligger i {out}." in done.stdout
    assert "0 e-postutkast. Ingenting er sendt." in done.stdout
    assert "Uten e-postadresse som kan brukes: K01, K02" in done.stdout
    assert "LibreOffice finnes ikke på denne maskinen" in done.stderr
    assert "Derfor sier ikke brevene hvor svaret skal sendes" in done.stderr
    files = sorted(out.iterdir())
    assert files[0].name == "Brev Kandidat 001 - Liten runde våren 2026 (eksempel).docx"
    assert len(files) == 12
    if os.name == "posix":
        assert stat.S_IMODE(out.stat().st_mode) == 0o700
        assert {stat.S_IMODE(f.stat().st_mode) for f in files} == {0o600}


def test_letters_that_say_whom_to_ask_need_no_more() -> None:
    round = a_round([candidate("A")]).changed(coordinator_phone="75 00 00 00")
    made = make_letters(made_of(make_case(round)).plan, round, Translator("nb"))
    told = [Translator("nb").finding(found) for found in made.notes]
    assert not any("hvor svaret skal" in text for text in told)


def test_letters_in_another_language_told_to_a_program(plan: Path, tmp_path: Path) -> None:
    out = tmp_path / "letters"
    done = alis("letters", plan, SMALL, "--out", out, "--lang", "en", "--json", **NOWHERE)
    told = json.loads(done.stdout)
    assert told["pdf"] is None
    assert len(told["files"]) == 12
    assert all(Path(f).is_file() for f in told["files"])
    assert "Letter Kandidat 001 - " in told["files"][0]


def test_the_place_is_looked_at_before_anything_else(plan: Path, tmp_path: Path) -> None:
    full = tmp_path / "full"
    full.mkdir()
    (full / "mitt.txt").write_text("x")
    missing = ("--letterhead", tmp_path / "borte.docx")
    done = alis("letters", plan, SMALL, "--out", full, *missing)
    assert done.returncode == 7
    assert "har filer i seg fra før" in done.stderr
    assert [f.name for f in full.iterdir()] == ["mitt.txt"]
    for out in (plan, plan / "brev"):
        done = alis("letters", plan / "plan.json", SMALL, "--out", out)
        assert done.returncode == 2
        assert "ligger i planens mappe" in done.stderr
    assert not (plan / "brev").exists()


def test_a_letterhead_that_cannot_be_used_stops_before_anything_is_written(
    plan: Path, tmp_path: Path
) -> None:
    own = tmp_path / "brevark.docx"
    own.write_text("Hei")
    done = alis("letters", plan, SMALL, "--out", tmp_path / "brev", "--letterhead", own)
    assert done.returncode == 2
    assert "brevark.docx er ikke et Word-dokument" in done.stderr
    assert [f.name for f in tmp_path.iterdir()] == ["brevark.docx"]


def test_a_plan_of_another_input_is_refused(plan: Path, tmp_path: Path) -> None:
    other = data_folder() / "samples" / "vest"
    done = alis("letters", plan, other, "--out", tmp_path / "brev", "--lang", "nb")
    assert done.returncode == 6
    assert "ingen brev er skrevet" in done.stderr
    assert not (tmp_path / "brev").exists()


def test_letters_for_a_plan_with_one_before_need_that_and_say_nothing_else(
    plan: Path, tmp_path: Path
) -> None:
    again = tmp_path / "igjen"
    assert alis("plan", SMALL, "--previous", plan, "--out", again).returncode == 0
    done = alis("letters", again, SMALL, "--out", tmp_path / "brev", "--lang", "nb")
    assert done.returncode == 6
    assert "--previous" in done.stderr
    assert "passer ikke" not in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_address_is_one_address_or_not_used() -> None:
    assert usable("kari.nordmann+alis@example.no")
    for text in (
        *("", "kari", "kari@", "@example.no", "kari@example", "a@x.no, b@x.no", "a@x.no;b@x.no"),
        *("a@x.no\r\nBcc: b@x.no", "a@x.no b@x.no", "Kari <a@x.no>", "æ@x.no", "a@x.no,b@y.no"),
    ):
        assert not usable(text), text


def test_nothing_gets_into_the_head_of_a_draft() -> None:
    t = Translator("nb")
    text = "Tilbud Bcc: x@example.com"
    made = draft(t, "a@x.no", text, "Hei Å,", "Kari", ("Brev Å.docx", b"PK"))
    message = message_from_bytes(made, policy=default)
    assert message["To"] == "a@x.no"
    assert message["Subject"] == text
    assert message["X-Unsent"] == "1"
    assert message["Bcc"] is None
    assert message["From"] is None
    with pytest.raises(ValueError, match="linefeed"):
        draft(t, "a@x.no", "Tilbud\r\nBcc: x@example.com", "Hei", "Kari", ("Brev.docx", b""))


def test_everybody_has_a_name_of_their_own_that_every_system_takes() -> None:
    names = ["Kari", "KARI", "", "K04", "CON", "a/b:c*", "Å" * 200, "Å" * 199 + "x", ".", "Ola"]
    people = [candidate(f"K{n:02}", name=name) for n, name in enumerate(names)]
    own = LetterNames(a_round(people, name="Høst: 2026/27"), Translator("nb"))
    found = [own.letter(c.candidate_id) for c in people]
    assert len({name.casefold() for name in found}) == len(names)
    assert found[0] == "Brev Kari K00 - Høst- 2026-27.docx"
    assert found[2] == "Brev K02 - Høst- 2026-27.docx"
    assert found[3] == "Brev K04 K03 - Høst- 2026-27.docx"
    assert found[9] == "Brev Ola - Høst- 2026-27.docx"
    for name in (*found, *(own.draft(c.candidate_id).split("/")[1] for c in people)):
        assert not set(name) & set('<>:"/\\|?*')
        assert len(name.encode()) < 200
        assert name.split(".")[0].casefold() not in ("con", "prn", "aux", "nul")


def test_no_letter_is_lost_to_another_of_the_same_name() -> None:
    named = {"7": "Ola", "8": "Ola", "9": "Ola 7", "A/1": "", "A-1": "", "a:1": ""}
    named |= {f"NORD-2026-{n:04}-{'x' * 60}": "Kari" * 20 for n in range(3)}
    people = [candidate(who, name=name, email="a@x.no") for who, name in named.items()]
    round = a_round(people, [vacancy()], name="R")
    own = LetterNames(round, Translator("nb"))
    assert [own.letter(who) for who in ("7", "8", "9", "A-1", "A/1")] == [
        "Brev Ola 7 - R.docx",
        "Brev Ola 8 - R.docx",
        "Brev Ola 7 (2) - R.docx",
        "Brev A-1 - R.docx",
        "Brev A-1 (2) - R.docx",
    ]
    assert own.draft("9") == "e-postutkast/Ola 7 (2) - R.eml"
    made = make_letters(made_of(make_case(round)).plan, round, Translator("nb"), with_mail=True)
    assert len(made.files) == 2 * len(people) + (made.pdf is not None)


def test_letters_of_an_ordinary_sample_with_names(tmp_path: Path) -> None:
    sample, plan, out = tmp_path / "eksempel", tmp_path / "plan", tmp_path / "brev"
    assert alis("sample", "--candidates", 10, "--vacancies", 12, "--out", sample).returncode == 0
    assert alis("plan", sample, "--out", plan).returncode in (0, 4)
    done = alis("letters", plan, sample, "--out", out, "--lang", "nn", "--mail", **NOWHERE)
    assert done.returncode == 0, done.stderr
    read = read_round(sample)
    assert read.round is not None
    assert all(person.name for person in read.round.candidates)
    names = LetterNames(read.round, Translator("nn"))
    letters = {names.letter(c.candidate_id) for c in read.round.candidates}
    assert {f.name for f in out.iterdir() if f.is_file()} == letters
