"""What the region lacks, as plan.json has it; ids only."""

from datetime import date

from models.entry import Entry, told


class NeedPlaceEntry(Entry):
    """How many have a place as their first wish, by the quarter of the year in which they wish to
    begin; blank parts of the place are any. `quarter` is its first day. `unmet` have not got it.
    """

    trust: str = told("the trust of the wish; blank: any")
    site: str = told("its site; blank: any")
    department: str = told("its department; blank: any")
    quarter: date = told("the first day of the quarter of the year in which they wish to begin")
    first_wishes: int = told("how many have it as their first wish")
    placed: int = told("how many of them have got it")
    unmet: int = told("how many have not")


class PositionServiceEntry(Entry):
    """Service that somebody without a place could have in a further position."""

    candidate_id: str = told("whose service")
    start: date = told("its first day")
    end: date = told("its last day")


class PositionNeedEntry(Entry):
    """A further position that would place somebody, from its first day for so many months."""

    trust: str = told("its trust")
    site: str = told("its site")
    department: str = told("its department")
    first: date = told("its first day")
    months: int = told("for how many months it is needed")
    services: list[PositionServiceEntry] = told("whom it would place, in order of time")


class NeedEntry(Entry):
    """First wishes and what became of them, and the further positions that would place most of
    those without a place, one after the other: each after the ones before it. Not `examined`: time
    ran out before all were looked for.
    """

    examined: bool = told(
        "whether all positions were looked for, or time ran out",
        unchecked="false where more is known",
    )
    places: list[NeedPlaceEntry] = told("first wishes by place and quarter")
    positions: list[PositionNeedEntry] = told("at most ten, each measured after those before it")


class PersonEntry(Entry):
    """Somebody whom the plan is about: their municipality, and the quarters they had waited."""

    candidate_id: str = told("who it is about")
    municipality: str = told("their municipality, by its number")
    quarters_waited: int = told("whole quarters from their registration to the run date")
