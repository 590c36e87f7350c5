"""Ids, names of places and municipalities as their own sheet has them, in every sheet."""

from collections import defaultdict
from collections.abc import Mapping

from models.finding import Finding
from models.nearness import fold_case
from scheduler.input.message import Severity
from scheduler.input.rows import Row, Table
from scheduler.input.values.municipality import Names, names_of, shipped_names

# Each kind of name, the sheet that spells it, and the fields that hold it.
_KINDS: tuple[tuple[str, tuple[str, ...]], ...] = (
    ("candidates", ("candidate_id", "candidate_a", "candidate_b")),
    ("vacancies", ("vacancy_id",)),
    ("departments", ("trust",)),
    ("departments", ("site",)),
    ("departments", ("department",)),
)
_MUNICIPALITY = "municipality"


def spell_alike(tables: Mapping[str, Table]) -> None:
    """Give every value the spelling of the sheet that it belongs to (the first of several there);
    tell of municipalities that cannot be made out.
    """
    for own, fields in _KINDS:
        spelt: dict[str, str] = {}
        for table in sorted(tables.values(), key=lambda t: t.noun.sheet != own):
            for row in table.rows:
                for field in fields:
                    value = row.values.get(field)
                    if value is not None:
                        row.values[field] = spelt.setdefault(fold_case(value), value)
    _municipalities(tables)


def _municipalities(tables: Mapping[str, Table]) -> None:
    """Numbers in place of names; the municipalities sheet says what is called what."""
    own = tables.get("municipalities")
    given: dict[str, str] = {}
    if own is not None:
        shipped = shipped_names()
        for row in own.rows:
            _read(own, row, shipped)
            number = row.values.get(_MUNICIPALITY)
            if number is not None and _MUNICIPALITY not in row.broken:
                given[number] = str(row.values.get("name", ""))
    names = names_of(given)
    for table in tables.values():
        if table is not own and _MUNICIPALITY in table.columns:
            for row in table.rows:
                _read(table, row, names)


def _read(table: Table, row: Row, names: Names) -> None:
    text = row.values.get(_MUNICIPALITY)
    if text is None:
        return
    number = names.read(text)
    if isinstance(number, Finding):
        del row.values[_MUNICIPALITY]
        if _MUNICIPALITY in table.guessed:
            row.broken.add(_MUNICIPALITY)
        else:
            table.say(Severity.ERROR, row.line, _MUNICIPALITY, number)
    else:
        row.values[_MUNICIPALITY] = table.told(row, _MUNICIPALITY, number)


def uncertain(tables: Mapping[str, Table], unread: set[str]) -> frozenset[str]:
    """The sheets whose rows could not all be read, so that a reference to something that is not
    there may be to one of those.
    """
    keys: dict[str, tuple[str, ...]] = defaultdict(tuple)
    keys.update(
        candidates=("candidate_id",),
        vacancies=("vacancy_id",),
        departments=("trust", "site", "department"),
        municipalities=("municipality",),
    )
    broken = {
        name
        for name, table in tables.items()
        if not set(keys[name]) <= table.columns.keys()
        or any(row.broken & set(keys[name]) for row in table.rows)
    }
    return frozenset(broken | unread)
