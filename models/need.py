"""What the region lacks, as plan.json has it; ids only."""

from datetime import date

from models.entry import Entry


class NeedPlaceEntry(Entry):
    """How many have a place as their first wish, by the quarter of the year in which they wish to
    begin; blank parts of the place are any. `quarter` is its first day. `unmet` have not got it.
    """

    trust: str
    site: str
    department: str
    quarter: date
    first_wishes: int
    placed: int
    unmet: int


class PositionServiceEntry(Entry):
    """Service that somebody without a place could have in a further position."""

    candidate_id: str
    start: date
    end: date


class PositionNeedEntry(Entry):
    """A further position that would place somebody, from its first day for so many months."""

    trust: str
    site: str
    department: str
    first: date
    months: int
    services: list[PositionServiceEntry]


class NeedEntry(Entry):
    """First wishes and what became of them, and the further positions that would place most of
    those without a place, one after the other: each after the ones before it. Not `examined`: time
    ran out before all were looked for.
    """

    examined: bool
    places: list[NeedPlaceEntry]
    positions: list[PositionNeedEntry]


class PersonEntry(Entry):
    """Somebody whom the plan is about: their municipality, and the quarters they had waited."""

    candidate_id: str
    municipality: str
    quarters_waited: int
