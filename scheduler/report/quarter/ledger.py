"""The ledger as sheets: a row for each candidate, for each municipality, and for each round; and a
picture of how long each municipality's candidates have waited.
"""

from collections.abc import Iterable
from datetime import date

from models.finding import N_
from models.history import OfferAnswer
from scheduler.input.values.municipality import known_names
from scheduler.locale import Translator
from scheduler.quarter.ledger import Ledger, Record, Tally
from scheduler.report.table import Bars, Cell, Column, Table


def ledger_tables(ledger: Ledger, t: Translator) -> list[Table]:
    """The sheets, in order."""
    return [_municipalities(ledger, t), _candidates(ledger, t), _rounds(ledger, t)]


def _notes(ledger: Ledger, t: Translator) -> tuple[str, ...]:
    days = sorted({r.run_date for r in ledger.records})
    notes = [
        t.text(
            N_("{n} round, run from {first} to {last}."),
            N_("{n} rounds, run from {first} to {last}."),
            n=len(days),
            first=days[0],
            last=days[-1],
        )
        if days
        else t.text(N_("There are no rounds.")),
        t.text(
            N_(
                "Answers come from the sheet History of an input, or from the promises of the next "
                "plan; the others are counted as not known."
            )
        ),
    ]
    return tuple(notes)


def _answers(t: Translator) -> tuple[Column, ...]:
    return (
        Column(t.text(N_("Offers")), 9),
        Column(t.text(N_("Yes")), 7),
        Column(t.text(N_("No")), 7),
        Column(t.text(N_("The department's no")), 13),
        Column(t.text(N_("Withdrawn")), 10),
        Column(t.text(N_("Answer not known")), 12),
    )


def _counted(tally: Tally) -> tuple[Cell, ...]:
    return (
        tally.offers,
        tally.yes,
        tally.no,
        tally.department_no,
        tally.withdrawn,
        tally.unknown,
    )


def _municipalities(ledger: Ledger, t: Translator) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for number, records in ledger.by_municipality.items():
        waits = ledger.waiting(records)
        tally = Tally.of(records)
        rows.append(
            (
                _town(number) or t.text(N_("not known")),
                ledger.middle_wait(records),
                waits[-1] if waits else None,
                len({r.candidate_id for r in records}),
                tally.waited,
                *_counted(tally),
                _list(tally.points),
                _list(tally.ranks),
            )
        )
    return Table(
        name=t.text(N_("Waiting by municipality")),
        title=t.text(N_("How long each municipality's candidates have waited")),
        notes=(
            *_notes(ledger, t),
            t.text(
                N_(
                    "Quarters waited are those of each candidate's last round; the middle one has "
                    "as many above it as below it."
                )
            ),
        ),
        columns=(
            Column(t.heading("municipality"), 18),
            Column(t.text(N_("Quarters waited, the middle one")), 14),
            Column(t.text(N_("Quarters waited, the most")), 14),
            Column(t.text(N_("Candidates")), 11),
            Column(t.text(N_("Rounds without a place, of all together")), 16),
            *_answers(t),
            Column(t.text(N_("Points of the offers")), 24),
            Column(t.text(N_("Wishes met by the offers")), 24),
        ),
        rows=tuple(rows),
        bars=Bars(t.text(N_("Quarters waited, the middle one")), labels=0, values=1),
    )


def _candidates(ledger: Ledger, t: Translator) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for who, records in ledger.by_candidate.items():
        tally, last = Tally.of(records), records[-1]
        rows.append(
            (
                who,
                _town(last.municipality),
                tally.rounds,
                tally.waited,
                last.quarters,
                *_counted(tally),
                _list(tally.points),
                _list(tally.ranks),
                t.word(last.outcome),
                last.run_date,
            )
        )
    return Table(
        name=t.text(N_("Candidates")),
        title=t.text(N_("Every candidate over the rounds")),
        notes=_notes(ledger, t),
        columns=(
            Column(t.heading("candidate_id"), 12),
            Column(t.heading("municipality"), 18),
            Column(t.text(N_("Rounds")), 9),
            Column(t.text(N_("Rounds without a place")), 12),
            Column(t.text(N_("Quarters waited")), 10),
            *_answers(t),
            Column(t.text(N_("Points of the offers")), 18),
            Column(t.text(N_("Wishes met by the offers")), 18),
            Column(t.text(N_("Last outcome")), 18),
            Column(t.text(N_("In the round of")), 12),
        ),
        rows=tuple(rows),
    )


def _rounds(ledger: Ledger, t: Translator) -> Table:
    return Table(
        name=t.text(N_("Rounds")),
        title=t.text(N_("What each round was for each candidate")),
        columns=(
            Column(t.heading("run_date"), 12),
            Column(t.heading("candidate_id"), 12),
            Column(t.heading("round"), 28),
            Column(t.heading("municipality"), 18),
            Column(t.text(N_("Outcome")), 18),
            Column(t.text(N_("Vacancies")), 18),
            Column(t.text(N_("Points")), 9),
            Column(t.text(N_("Wish")), 8),
            Column(t.text(N_("Answer")), 22),
            Column(t.text(N_("Quarters waited")), 10),
        ),
        rows=tuple(
            (
                r.run_date,
                r.candidate_id,
                r.round,
                _town(r.municipality),
                t.word(r.outcome),
                r.vacancies,
                r.points,
                r.wish_rank,
                _answer(r, t),
                r.quarters,
            )
            for r in ledger.records
        ),
        keys=2,
    )


def _town(number: str) -> str:
    """A municipality's number, and its name if that is known."""
    return f"{number} {known_names().get(number, '')}".strip()


def _answer(record: Record, t: Translator) -> str:
    return "" if record.answer is None else t.word(record.answer)


def _list(numbers: Iterable[int]) -> str:
    return ", ".join(str(n) for n in numbers)


def ledger_data(ledger: Ledger) -> list[dict[str, object]]:
    """The records for programs."""
    return [
        {
            "round": r.round,
            "run_date": r.run_date.isoformat(),
            "candidate_id": r.candidate_id,
            "municipality": r.municipality,
            "outcome": r.outcome.value,
            "vacancies": r.vacancies,
            "points": r.points,
            "wish_rank": r.wish_rank,
            "answer": None if r.answer is None else OfferAnswer(r.answer).value,
            "quarters_waited": r.quarters,
        }
        for r in ledger.records
    ]


def ledger_line(ledger: Ledger, t: Translator) -> str:
    """How much the ledger holds, in a sentence."""
    days: set[date] = {r.run_date for r in ledger.records}
    return t.text(
        N_("{people} candidates over {n} round."),
        N_("{people} candidates over {n} rounds."),
        people=len(ledger.by_candidate),
        n=len(days),
    )
