"""Sheets and names that nothing, or something else than is meant, may come of."""

from collections.abc import Iterator

from models.candidate import CandidateStatus
from models.finding import N_, finding
from models.nearness import letters_off
from scheduler.input.message import Message
from scheduler.input.values.municipality import known_names
from scheduler.input.warnings.base import Given

_OTHER_NAME = N_("{municipality} is the number of {known}, not of {name}; check the number.")
_NO_TRUST = N_("No department of {trust} is in the departments sheet, so nothing comes of this.")
_VANISHED = N_(
    "There is no vacancy {value} in the vacancies sheet. The place is kept as promised; if "
    "{nearest} is meant, write that."
)
_UNKNOWN = N_(
    "There is no vacancy {value} in the vacancies sheet. The place is kept as promised; if the "
    "vacancy has another id there, write that."
)
_NO_VACANCIES = N_("There are no vacancies in the sheet, so nobody can be placed.")
_NOBODY = N_("Nobody in the sheet waits for a place, so there is nothing to plan.")


def about_places(given: Given) -> Iterator[Message]:
    """Warnings about municipalities, trusts and vacancies, and about a round without any."""
    yield from _names(given)
    yield from _trusts(given)
    yield from _vanished(given)
    if "vacancies" in given.tables and not given.rows("vacancies"):
        yield given.warn("vacancies", None, "", finding(_NO_VACANCIES))
    waiting = [
        row
        for row in given.rows("candidates")
        if row.broken
        or row.values.get("status", CandidateStatus.WAITING) == CandidateStatus.WAITING
    ]
    if "candidates" in given.tables and not waiting:
        yield given.warn("candidates", None, "", finding(_NOBODY))


def _names(given: Given) -> Iterator[Message]:
    known = known_names()
    for row in given.rows("municipalities"):
        number, name = row.values.get("municipality"), str(row.values.get("name", ""))
        right = known.get(str(number))
        plain = (right or "").split(" (")[0].casefold()
        if right and name and plain not in name.casefold():
            text = finding(_OTHER_NAME, municipality=str(number), known=right, name=name)
            yield given.warn("municipalities", row, "name", text)


def _trusts(given: Given) -> Iterator[Message]:
    known = set(given.values("departments", "trust"))
    for row in given.rows("agreements"):
        trust = row.values.get("trust")
        if known and trust and trust not in known and "trust" not in row.broken:
            yield given.warn("agreements", row, "trust", finding(_NO_TRUST, trust=str(trust)))


def _vanished(given: Given) -> Iterator[Message]:
    """A lock's vacancy may have vanished, or its id be mistyped: told of a promise that is not
    over, and wherever another vacancy is called nearly so.
    """
    known = set(given.values("vacancies", "vacancy_id"))
    for row in given.rows("locks"):
        value = row.values.get("vacancy_id")
        if value and value not in known and "vacancy_id" not in row.broken:
            near = next((v for v in sorted(known) if letters_off(value, v)), None)
            end = row.values.get("end")
            if near is not None:
                found = finding(_VANISHED, value=value, nearest=near)
                yield given.warn("locks", row, "vacancy_id", found)
            elif end is None or given.run_date is None or end >= given.run_date:
                yield given.warn("locks", row, "vacancy_id", finding(_UNKNOWN, value=value))
