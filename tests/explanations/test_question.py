"""`alis explain`: questions about one candidate."""

import re
import subprocess
import sys
from datetime import date
from pathlib import Path

from openpyxl import load_workbook

from models.plan import Plan
from models.round import Round
from scheduler.explanations.question import Question
from scheduler.explanations.wording.audience import Audience
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.report.explain_lines import answer_lines, candidate_lines
from scheduler.report.texts import Delivery
from scheduler.support.resources import data_folder
from tests.builders import Priority, a_round, candidate, lock, vacancy
from tests.delivery import plan_in
from tests.test_cli import alis
from tests.verification.test_plan import made

SEP1, FEB28 = date(2026, 9, 1), date(2027, 2, 28)


def delivery(round: Round, language: str = "nb") -> Delivery:
    return Delivery(made(make_case(round)), round, Translator(language))


def two() -> Round:
    """B has waited longer for the one place that both wish for; A is from elsewhere."""
    people = [
        candidate("A", name="Kandidat 1"),
        candidate("B", name="Kandidat 2", municipality="1860", registered_on=date(2025, 1, 1)),
    ]
    late = vacancy("W", date(2027, 4, 1), date(2027, 9, 30))
    return a_round(people, [vacancy(), late])


def test_why_not_a_vacancy() -> None:
    found = delivery(two())
    assert list(answer_lines(found, Question("A", vacancy="V"), Audience.COORDINATOR)) == [
        "V (Lofoten, Indremedisin)",
        "  Mulig fra 1.9.2026 med 0 poeng.",
        "  V er da opptatt av B.",
        "  Om ønske 1, som dette hører til, sier planen:",
        "  De som fikk plass, ville ha ventet færre kvartaler til sammen: 0 i stedet for 1.",
        "  Det ville endre noe for B.",
        "  Planens eget bevis viser at ingen plan som oppfyller ønsket, er bedre.",
    ]
    assert list(answer_lines(found, Question("B", vacancy="v"), Audience.COORDINATOR)) == [
        "V (Lofoten, Indremedisin)",
        "  Dette er det planen gir kandidaten.",
    ]
    assert list(answer_lines(found, Question("A", site="Oslo"), Audience.COORDINATOR)) == [
        "Ingen vikariater i inndataene svarer til dette."
    ]


def test_a_municipality_is_told_of_its_own_only() -> None:
    lines = [
        *answer_lines(delivery(two()), Question("A", vacancy="V"), Audience.MUNICIPALITY),
        *candidate_lines(delivery(two()), "A", Audience.MUNICIPALITY),
    ]
    text = "\n".join(lines)
    assert "V er da opptatt av 1 kandidat fra en annen kommune." in text
    assert "Det ville endre noe for andre." in text
    assert not re.search(r"\bB\b", text)


def test_why_not_from_a_day() -> None:
    question = Question("A", vacancy="W", start=date(2027, 4, 1))
    assert list(answer_lines(delivery(two()), question, Audience.COORDINATOR)) == [
        "W (Lofoten, Indremedisin)",
        "  Første dag, 1.4.2027, er 7 måneder senere enn ønsket; grensen er 6.",
    ]


def test_another_first_day_in_the_vacancy_that_somebody_has_is_answered_for_that_day() -> None:
    long = a_round([candidate("A")], [vacancy("V", end=date(2027, 8, 31))])
    given = Question("A", vacancy="V", start=SEP1)
    assert list(answer_lines(delivery(long), given, Audience.COORDINATOR))[1:] == [
        "  Dette er det planen gir kandidaten."
    ]
    later = Question("A", vacancy="V", start=date(2026, 10, 1))
    assert list(answer_lines(delivery(long), later, Audience.COORDINATOR))[1:] == [
        "  Mulig fra 1.10.2026 med 4 poeng.",
        (
            "  Det kandidaten har fått, er minst like godt etter kandidatens egen ønskeliste, med "
            "0 poeng."
        ),
    ]
    never = Question("A", vacancy="V", start=date(2026, 10, 2))
    assert list(answer_lines(delivery(long), never, Audience.COORDINATOR))[1:] == [
        "  2.10.2026 er ikke en mulig første dag i vikariat V."
    ]


def test_somebody_who_has_stopped_is_told_so_once() -> None:
    for status, word in (("withdrawn", "trukket"), ("on_hold", "på vent")):
        round = a_round([candidate("A", status=status), candidate("B")])
        assert list(candidate_lines(delivery(round), "A", Audience.COORDINATOR))[1:] == [
            f"  A får ikke noe nytt: Status er «{word}»."
        ]
    gone = [lock("A", "BORTE", SEP1, FEB28)]
    round = a_round([candidate("A")], locks=gone)
    assert list(candidate_lines(delivery(round), "A", Audience.COORDINATOR))[1] == (
        "  A har plass i BORTE, som ikke lenger står i arket «Vikariater», fra 1.9.2026 til "
        "28.2.2027 (takket ja)."
    )


def test_what_is_free_and_yet_not_given() -> None:
    # A goes before B, could begin in W too, and would be passed over if only B were placed.
    order = [
        Priority(municipality="1865", priority=1, candidate_id="A"),
        Priority(municipality="1865", priority=2, candidate_id="B"),
    ]
    people = [candidate("A", latest_start=date(2026, 10, 1)), candidate("B", latest_start=SEP1)]
    windows = [vacancy("V"), vacancy("W", date(2026, 10, 1), date(2027, 3, 31))]
    round = a_round(people, windows, priority=order)
    plan = made(make_case(round))
    assert [p.candidate_id for p in plan.placements] == ["A", "B"]
    moved = Plan.from_json(plan.to_json()).model_copy(update={"placements": []})
    for audience in (Audience.COORDINATOR, Audience.MUNICIPALITY):
        lines = list(
            answer_lines(
                Delivery(moved, round, Translator("nb")), Question("B", vacancy="V"), audience
            )
        )
        assert "  Det er plass, men da ville A, som går foran B, blitt forbigått." in lines
    first = list(
        answer_lines(
            Delivery(moved, round, Translator("nb")),
            Question("A", vacancy="V"),
            Audience.COORDINATOR,
        )
    )
    assert "  Det er plass. Hvorfor planen ikke gir den, er ikke undersøkt." in first


def test_somebody_who_cannot_get_anything_new() -> None:
    held = [lock("A", "V", SEP1, FEB28)]
    round = a_round([candidate("A")], [vacancy()], locks=held)
    lines = list(answer_lines(delivery(round), Question("A", vacancy="V"), Audience.COORDINATOR))
    told = [
        "  A har plass i V (Lofoten, Indremedisin) fra 1.9.2026 til 28.2.2027 (takket ja).",
        "  A har allerede en plass og får ikke noe nytt. Resten av tjenesten planlegges "
        "bare når kolonnen «planlegg resten» sier det og det er måneder igjen.",
    ]
    assert lines[1:] == told
    assert list(candidate_lines(delivery(round), "A", Audience.MUNICIPALITY))[1:] == told


def test_the_command(tmp_path: Path) -> None:
    small = data_folder() / "samples" / "small"
    assert alis("plan", str(small), "--out", str(tmp_path / "p")).returncode == 0
    plan = str(plan_in(tmp_path / "p"))
    done = alis("explain", plan, str(small), "K08")
    assert done.returncode == 0
    assert "varte 28 dager lenger, til 28.2.2027, kunne K08 fått" in done.stdout
    assert alis("explain", plan, str(small), "K99").returncode == 2
    assert alis("explain", plan, str(small), "K08", "--start", "i dag").returncode == 2
    for option, name, told in (
        ("--vacancy", "V6", "Mente du V06?"),
        ("--site", "Lofot", "en av disse: Nordlandssykehuset Lofoten?"),
        ("--site", "Ålesund", "Det finnes ikke noe tjenestested Ålesund i inndataene."),
        ("--department", "Ortopdi", "en av disse: Ortopedi?"),
    ):
        wrong = alis("explain", plan, str(small), "K08", option, name)
        assert wrong.returncode == 2
        assert told in wrong.stderr
    asked = alis("explain", plan, str(small), "K08", "--vacancy", "V06", "--json")
    assert '"candidate": "K08"' in asked.stdout
    assert "for kort" in asked.stdout
    letter = alis("explain", plan, str(small), "K08", "--for", "candidate", "--lang", "nn")
    assert letter.stdout.startswith("Hei Kandidat 008,")
    book = load_workbook(small / "input.xlsx")
    (cell,) = (row[1] for row in book["Ønsker"].iter_rows() if row[0].value == "K08")
    cell.value = 2
    book.save(tmp_path / "other.xlsx")
    other = alis("explain", plan, str(tmp_path / "other.xlsx"), "K08")
    assert other.returncode == 6
    assert "Ønskene til K08 er ikke de som planen forklarer." in other.stderr
    checked = alis("verify", plan, str(small), "--explanations")
    assert checked.returncode == 0
    assert "Av 17 forklaringer stemmer 17" in checked.stdout


def test_a_question_loads_neither_solver_nor_pandas(tmp_path: Path) -> None:
    small = str(data_folder() / "samples" / "small")
    assert alis("plan", small, "--out", str(tmp_path / "p")).returncode == 0
    program = (
        "import sys\n"
        f"sys.argv = ['alis', 'explain', {str(tmp_path / 'p' / 'plan.json')!r}, {small!r}, 'K08']\n"
        "import cli\n"
        "try:\n"
        "    cli.main()\n"
        "except SystemExit:\n"
        "    pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    call = [sys.executable, "-c", program]
    done = subprocess.run(call, capture_output=True, text=True, check=True)
    assert "K08" in done.stdout
    assert not set(done.stderr.split()) & {"ortools", "pandas"}
