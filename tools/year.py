"""A year of four quarters with invented doctors: plan, answers, refill, answers, next: `make year`.

Answers are drawn (75 % yes, 12 % no, 5 % withdrawn, 8 % none); each quarter somebody registers and
departments report vacancies. What was promised and what remains is counted here from the answers
alone, and the year stops where an input says anything else.
"""

import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from random import Random
from typing import Any

from openpyxl import load_workbook

from models.candidate import CandidateStatus
from models.lock import LockStatus
from models.plan import Plan
from models.round import Round
from scheduler.input import ReadResult, read_round
from scheduler.input.form.values import cell_value
from scheduler.input.writing import write_input
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.problem.calendar import add_months
from scheduler.quarter.answers.gathering import gather
from scheduler.quarter.next_round.decisions import Unanswered
from scheduler.quarter.next_round.next import next_round
from scheduler.quarter.next_round.options import NextOptions
from scheduler.quarter.own_files.applying import Applied
from scheduler.quarter.own_files.reading import check_applied, read_history
from scheduler.report.delivered.checking import check_delivered, read_plan
from scheduler.report.files import PLAN_JSON, write_plan
from scheduler.report.names import names_of
from scheduler.report.texts import Delivery
from scheduler.samples.region import make_sample

NB = Translator("nb")
_ANSWERS = ("yes",) * 75 + ("no",) * 12 + ("withdrawn",) * 5 + ("",) * 8

# Plans an input and delivers at least the workbook of answers into the folder.
Planner = Callable[[ReadResult, Path], Plan]


@dataclass
class Count:
    """What is promised, declined and left, counted from answers only."""

    months: dict[str, int]  # candidate → months that nothing is promised for at first
    since: dict[str, date]  # candidate → registered on
    held: set[tuple[str, str, date, date]] = field(default_factory=set)  # said yes to
    open_offers: dict[str, int] = field(default_factory=dict)  # candidate → months, not answered
    barred: set[tuple[str, str]] = field(default_factory=set)
    left: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, round: Round) -> "Count":
        """At the beginning of the year."""
        found = cls({}, {}, barred={(d.candidate_id, d.vacancy_id) for d in round.declines})
        found.newcomers(round)
        return found

    def newcomers(self, round: Round) -> None:
        """Those who are in the input for the first time."""
        for person in round.candidates:
            who = person.candidate_id
            if who in self.months:
                continue
            offers = [k for k in round.locks_of.get(who, ()) if k.status is LockStatus.OFFERED]
            self.open_offers[who] = sum(months_of(k.start, k.end) for k in offers)
            self.months[who] = person.remaining_months + self.open_offers[who]
            self.since[who] = person.registered_on
            if person.status is CandidateStatus.WITHDRAWN:
                self.left.add(who)

    def wrong(self, round: Round) -> Iterator[str]:
        """Everything in an input that is not as it must be."""
        days = {(k.candidate_id, k.vacancy_id, k.start, k.end) for k in round.locks}
        yield from (f"{d} is lost" for d in sorted(self.held - days))
        yield from (f"{w} has vanished" for w in self.since.keys() - round.candidate.keys())
        declined = {(d.candidate_id, d.vacancy_id) for d in round.declines}
        yield from (f"{d} is barred or not" for d in sorted(declined ^ self.barred))
        for person in round.candidates:
            who = person.candidate_id
            if person.registered_on != self.since[who]:
                yield f"{who} waits from another day"
            taken = sum(months_of(s, e) for w, _, s, e in self.held if w == who)
            taken += self.open_offers[who]
            if taken + person.remaining_months != self.months[who]:
                yield f"{who} has {person.remaining_months} months left and {taken} promised"
            if (person.status is CandidateStatus.WITHDRAWN) != (who in self.left):
                yield f"{who} is {person.status}"


def months_of(first: date, last: date) -> int:
    """Whole months between days."""
    after = last + timedelta(days=1)
    return (after.year - first.year) * 12 + after.month - first.month - (after.day < first.day)


def full_plan(read: ReadResult, folder: Path) -> Plan:
    """As `alis plan`: everything explained, written, and each file checked."""
    assert read.round is not None
    case = make_case(read.round)
    made = make_plan(case, origin=read.origin)
    write_plan(Delivery(made.plan, read.round, NB, made.proof), folder)
    for name in (PLAN_JSON, names_of(made.plan).plan):
        found = check_delivered(read_plan(folder / name), case)
        if found:
            raise RuntimeError("; ".join(NB.finding(f) for f in found))
    return made.plan


def play(
    folder: Path,
    planner: Planner = full_plan,
    *,
    people: int = 60,
    windows: int = 50,
    seed: int = 1,
    tell: Callable[[str], object] = lambda _: None,
) -> Count:
    """Play the year in the folder. Raises RuntimeError where anything promised does not hold."""
    dice = Random(seed)
    path = folder / "1 runde.xlsx"
    write_input(path, make_sample("nord", people, windows, seed), NB)
    read = read_round(path, "nb")
    assert read.round is not None
    count = Count.of(read.round)
    for quarter in range(1, 5):
        for refill in (False, True):
            round = read.round
            assert round is not None
            place = folder / f"{quarter} plan{' igjen' if refill else ''}"
            plan = planner(read, place)
            answers = _answer(place / names_of(plan).answers, plan, dice, count, last=refill)
            day = None if refill else round.run_date + timedelta(days=45)
            name = "" if not refill else f"Runde {quarter + 1}"
            kept = None if not refill else Unanswered.DECLINED
            options = NextOptions(day, not refill, kept, name)
            following = f"{quarter + 1} runde" if refill else f"{quarter} etterfylling"
            path = folder / f"{following}.xlsx"
            _next(read, plan, answers, options, path)
            read = read_round(path, "nb")
            assert read.round is not None
            wrong = list(count.wrong(read.round))
            if wrong:
                raise RuntimeError(f"{path.name}: {'; '.join(wrong)}")
            tell(
                f"{place.name}: {len(plan.placements)} offers, {len(plan.unplaced)} wait; "
                f"after the answers {len(count.held)} places held"
            )
        if quarter < 4:
            _type_news(path, quarter, people, windows, seed)
            read = read_round(path, "nb")
            assert read.round is not None, [NB.finding(m.finding) for m in read.errors]
            count.newcomers(read.round)
    return count


def _answer(path: Path, plan: Plan, dice: Random, count: Count, *, last: bool) -> Path:
    """Type answers into the workbook, and count what they mean."""
    book = load_workbook(path)
    sheet = book.worksheets[0]
    head = next(n for n, row in enumerate(sheet.values, 1) if row[0] == "Kandidat-id")
    columns = {str(c.value): n for n, c in enumerate(sheet[head], 1)}
    placed = {p.candidate_id: p for p in plan.placements}
    said: dict[str, str] = {}
    for line in range(head + 1, sheet.max_row + 1):
        who = str(sheet.cell(line, 1).value)
        vacancies = str(sheet.cell(line, columns["Vikariater"]).value).split(", ")
        overdue = isinstance(sheet.cell(line, columns["Svarfrist"]).value, date)
        answer = said.setdefault(who, dice.choice(_ANSWERS) if overdue else "yes")
        if answer:
            sheet.cell(line, columns["Kandidatens svar"]).value = NB.word(answer)
            sheet.cell(line, columns["Besvart"]).value = plan.round.run_date + timedelta(days=5)
        new = [
            (s.vacancy_id, s.start, s.end)
            for s in (placed[who].segments if who in placed else ())
            if s.vacancy_id in vacancies
        ]
        old = [
            (k.vacancy_id, k.start, k.end)
            for k in plan.locks
            if not new and (k.candidate_id, k.status) == (who, "offered")
            if k.vacancy_id in vacancies
        ]
        count.open_offers[who] -= sum(months_of(s, e) for _, s, e in old)
        _count(count, who, answer, new or old, last=last)
    out = path.with_name("svar.xlsx")
    book.save(out)
    return out


def _count(
    count: Count, who: str, answer: str, offered: list[tuple[str, date, date]], *, last: bool
) -> None:
    if answer == "yes":
        count.held |= {(who, *place) for place in offered}
    elif answer == "withdrawn":
        count.left.add(who)
    elif answer == "no" or last:
        count.barred |= {(who, vacancy) for vacancy, _, _ in offered}
    else:
        count.open_offers[who] += sum(months_of(s, e) for _, s, e in offered)


def _next(read: ReadResult, plan: Plan, answers: Path, options: NextOptions, out: Path) -> None:
    """As `alis next`."""
    assert read.round is not None
    gathered = gather([answers], plan, NB)
    recorded, _ = read_history(read)
    made = next_round(read.round, plan, gathered.rows, options, recorded)
    applied = Applied(read, made)
    check_applied(applied.contents, read, made)
    out.write_bytes(applied.contents[read.files[0].name])


def _type_news(path: Path, quarter: int, people: int, windows: int, seed: int) -> None:
    """Write new candidates and vacancies into the workbook, as a coordinator does in Excel."""
    facts = make_sample("nord", people, windows, seed + 100 * quarter)
    book = load_workbook(path)
    towns = {str(c.value) for c in book[NB.sheet("municipalities")]["A"]}
    places = {tuple(row[:3]) for row in book[NB.sheet("departments")].values}
    named = {p for place in places for p in ((*place,), (place[0], place[1], None))}
    new: list[Any] = []
    for person in facts.rows["candidates"]:
        wishes = [w for w in facts.rows["wishes"] if w.candidate_id == person.candidate_id]
        fits = all((w.trust or None, w.site or None, w.department or None) in named for w in wishes)
        waits = person.status is CandidateStatus.WAITING and person.remaining_months == 6
        if fits and wishes and waits and person.municipality in towns and len(new) < people // 6:
            new.append((person, wishes))
    for person, wishes in new:
        who = f"N{quarter}{person.candidate_id}"
        moved = {
            name: add_months(value, 3 * quarter)
            for name, value in person
            if isinstance(value, date) and name != "practice_start"
        }
        _append(book, person.model_copy(update={**moved, "candidate_id": who, "unavailable": ()}))
        for one in wishes:
            _append(book, one.model_copy(update={"candidate_id": who}))
    free = [v for v in facts.rows["vacancies"] if tuple(v.department_key) in places]
    for window in free[: windows // 4]:
        moved = {
            name: add_months(value, 3 * quarter)
            for name, value in window
            if isinstance(value, date)
        }
        name = f"N{quarter}{window.vacancy_id}"
        _append(book, window.model_copy(update={**moved, "vacancy_id": name}))
    book.save(path)


def _append(book: Any, row: Any) -> None:
    sheet = book[NB.sheet(row.sheet)]
    filled = [n for n, line in enumerate(sheet.values, 1) if line[0] is not None]
    for column, name in enumerate(type(row).model_fields, 1):
        sheet.cell(filled[-1] + 1, column).value = cell_value(getattr(row, name), NB)


if __name__ == "__main__":
    where = Path(sys.argv[1])
    where.mkdir(parents=True)
    play(where, tell=lambda text: sys.stdout.write(f"{text}\n"))
