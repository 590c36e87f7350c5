"""Days that are probably mistyped, and lengths of service that do not add up."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from typing import Any

from models.candidate import CandidateStatus, Scheme
from models.finding import N_, finding
from models.waiver import DURATION
from scheduler.input.message import Message
from scheduler.input.warnings.base import Given
from scheduler.problem.calendar import add_months, last_day

_AFTER_RUN_DATE = N_("{day} is after the run date, {run_date}; check both.")
_FAR_OFF = N_("{day} is more than five years from the run date, {run_date}; check the year.")
_OLD_SCHEME = N_(
    "The old scheme ended with 2026, so nobody is placed under it; write what the candidate has "
    "changed to, or a status that says why they stay in the list."
)
_ENDS = N_(
    "The agreement ends on {day}, and none follows it here; nobody from {municipality} is placed "
    "at {trust} after that."
)
_NOT_SIX = N_(
    "{candidate} has {locked} months in the sheet {locks} and {remaining} that remain, which are "
    "not six together. Correct one of them, or enter the exemption in the sheet {waivers}."
)

# Days that are past when they are written.
_PAST = (
    ("candidates", "registered_on"),
    ("vacancies", "advertised_on"),
    ("waivers", "approved_on"),
    ("declines", "declined_on"),
)
_YEARS = 5
# What may well have begun, or may end, long ago or far ahead.
_LONG_AGO = ("practice_start", "practice_met_on", "registered_from", "valid_from")
_FAR_AHEAD = ("valid_to",)
_SIX = 6


def about_days(given: Given) -> Iterator[Message]:
    """Warnings about days, most of which are judged by the run date."""
    run_date = given.run_date
    if run_date is not None:
        yield from _after_run_date(given, run_date)
        yield from _far_off(given, run_date)
        yield from _old_scheme(given, run_date)
        yield from _ending_agreements(given, run_date)
    yield from _lengths(given)


def _after_run_date(given: Given, run_date: date) -> Iterator[Message]:
    for sheet, field in _PAST:
        for row in given.rows(sheet):
            day = row.values.get(field)
            if day is not None and day > run_date:
                found = finding(_AFTER_RUN_DATE, day=day, run_date=run_date)
                yield given.warn(sheet, row, field, found)


def _far_off(given: Given, run_date: date) -> Iterator[Message]:
    first, last = add_months(run_date, -12 * _YEARS), add_months(run_date, 12 * _YEARS)
    for sheet, table in given.tables.items():
        for row in table.rows:
            for field, value in row.values.items():
                early = first if field not in _LONG_AGO else date.min
                late = last if field not in _FAR_AHEAD else date.max
                odd = next((d for d in _days(value) if not early <= d <= late), None)
                if odd is not None:
                    found = finding(_FAR_OFF, day=odd, run_date=run_date)
                    yield given.warn(sheet, row, field, found)


def _days(value: Any) -> Iterator[date]:
    if isinstance(value, date):
        yield value
    elif isinstance(value, tuple):
        for interval in value:
            yield from interval


def _old_scheme(given: Given, run_date: date) -> Iterator[Message]:
    for row in given.rows("candidates"):
        waits = row.values.get("status", CandidateStatus.WAITING) is CandidateStatus.WAITING
        starts = max(run_date, row.values.get("wished_start", run_date))
        if waits and row.values.get("scheme") is Scheme.OLD and starts.year > 2026:
            yield given.warn("candidates", row, "scheme", finding(_OLD_SCHEME))


def _ending_agreements(given: Given, run_date: date) -> Iterator[Message]:
    if given.policy is None or not given.policy.require_agreement:
        return
    horizon = add_months(run_date, given.policy.horizon_months)
    lasting: defaultdict[tuple[str, str], list[date]] = defaultdict(list)
    rows = [r for r in given.rows("agreements") if not r.broken]
    for row in rows:
        both = row.values["municipality"], row.values["trust"]
        lasting[both].append(row.values.get("valid_to", date.max))
    for row in rows:
        both, end = (row.values["municipality"], row.values["trust"]), row.values.get("valid_to")
        if end is not None and end < horizon and end == max(lasting[both]):
            found = finding(_ENDS, day=end, municipality=both[0], trust=both[1])
            yield given.warn("agreements", row, "valid_to", found)


def _lengths(given: Given) -> Iterator[Message]:
    waived = {
        w.values.get("candidate_id")
        for w in given.rows("waivers")
        if w.values.get("rule", DURATION) == DURATION
    }
    locked: defaultdict[str, int] = defaultdict(int)
    unclear = set(waived)
    for lock in given.rows("locks"):
        who = str(lock.values.get("candidate_id", ""))
        if lock.broken:
            unclear.add(who)
        else:
            locked[who] += _whole_months(lock.values["start"], lock.values["end"])
    staying = (CandidateStatus.WAITING, CandidateStatus.ON_HOLD)
    for row in given.rows("candidates"):
        who = str(row.values.get("candidate_id", ""))
        if who in unclear or row.broken & {"candidate_id", "remaining_months", "status"}:
            continue
        remaining = row.values.get("remaining_months", _SIX)
        status = row.values.get("status", CandidateStatus.WAITING)
        if status in staying and locked[who] + remaining != _SIX:
            found = finding(
                _NOT_SIX,
                candidate=who,
                locked=locked[who],
                locks=given.translator.sheet("locks"),
                remaining=remaining,
                waivers=given.translator.sheet("waivers"),
            )
            yield given.warn("candidates", row, "remaining_months", found)


def _whole_months(start: date, end: date) -> int:
    """How many whole months of service fit from the first day to the last."""
    months = (end.year - start.year) * 12 + end.month - start.month + 1
    while months > 0 and last_day(start, months) > end:
        months -= 1
    return months
