"""Sheets, columns and rows by the names that people use for them, in any language."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import combinations, pairwise
from typing import Any
from unicodedata import normalize

from models.base import Noun
from models.finding import N_, Finding, finding
from models.nearness import closest
from models.round import Round
from scheduler.input.sheets import NOUNS, SETTINGS, field_names, noun_of, sheet_names
from scheduler.input.values.cells import fold
from scheduler.locale import LANGUAGES, Translator
from scheduler.quarter.comparing.input_changes import KEYS

_NO_ROW = N_("{text}: there is nothing called {key} in the input.")
_NO_ROW_NEAR = N_("{text}: there is nothing called {key} in the input. Maybe {nearest}?")
_NO_COLUMN = N_("{text}: there is no column {column}.")
_NO_COLUMN_NEAR = N_("{text}: there is no column {column}. Maybe {nearest}?")
_SEVERAL = N_(
    "{text}: this fits several rows ({rows}). Name the sheet first, and more of what the row is "
    "known by, with a full stop between."
)
_SEVERAL_CALLED = N_("Several candidates are called {name}; write the id of one: {candidates}.")
_PART_OF_NAME = N_(
    "No candidate's whole name is {name}. Write the id or the whole name of one of: {candidates}."
)
_NO_CANDIDATE_NEAR = N_("There is no candidate {candidate} in the input. Maybe {nearest}?")
_NO_SITE = N_("There is no site {name} in the input.")
_NO_SITE_NEAR = N_("There is no site {name} in the input. Maybe one of these: {nearest}?")
_NO_DEPARTMENT = N_("There is no department {name} in the input.")
_NO_DEPARTMENT_NEAR = N_(
    "There is no department {name} in the input. Maybe one of these: {nearest}?"
)
# A word shortened to fewer letters than these could be any.
_LETTERS = 4
_SHOWN = 6


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of the input: sheet, number of the row in the round, and field."""

    sheet: str
    row: int
    field: str


def sheet_of(text: str) -> str | None:
    """The sheet called so, in any language, in the singular too; None if none or several are."""
    name = sheet_names().get(fold(text))
    if name is not None:
        return name
    singular = {fold(noun.__name__): sheet for sheet, noun in NOUNS.items()}
    if fold(text) in singular:
        return singular[fold(text)]
    fits = {
        s for n, s in sheet_names().items() if len(text) >= _LETTERS and n.startswith(fold(text))
    }
    return fits.pop() if len(fits) == 1 else None


def column_of(noun: type[Noun], text: str) -> str | None:
    """The field whose column is called so, in any language, or so shortened that only one fits:
    each word the beginning or the end of its own.
    """
    name = field_names(noun.sheet).get(fold(text))
    if name is not None:
        return name
    words = _words(text)
    fits = {field for field, header in _headers(noun) if _shortens(words, _words(header))}
    return fits.pop() if len(fits) == 1 else None


def _headers(noun: type[Noun]) -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        t = Translator(language)
        yield from ((field, t.column(noun.header(field))) for field in noun.model_fields)


def _words(text: str) -> list[str]:
    return text.casefold().replace("_", " ").split()


def _shortens(words: Sequence[str], full: Sequence[str]) -> bool:
    return len(words) == len(full) and all(
        own == whole or (len(own) >= _LETTERS and (whole.startswith(own) or whole.endswith(own)))
        for own, whole in zip(words, full, strict=True)
    )


def find_cell(round: Round, text: str, address: str, translator: Translator) -> Cell | Finding:
    """The cell that an address like V05.positions names; else what is wrong with it, told of the
    whole `text`.

    A sheet may come first, and a row that is known by several things is named by as many of them as
    only one row has: 1804.Nordlandssykehuset HF.from.
    """
    *parts, column = (part.strip() for part in address.split("."))
    if not parts or (len(parts) == 1 and sheet_of(parts[0]) == SETTINGS):
        field = column_of(noun_of(SETTINGS), column)
        if field is None:
            return unknown_column(text, column, [SETTINGS], translator)
        return Cell(SETTINGS, 0, field)
    rows = _rows(round, parts)
    if not rows:
        return _unknown_row(round, text, parts)
    cells = list(_cells(rows, column))
    if not cells:
        return unknown_column(text, column, sorted({s for _, s, _ in rows}), translator)
    best = [cell for full, cell in cells if full == max(f for f, _ in cells)]
    if len(best) == 1:
        return best[0]
    shown = tuple(
        f"{translator.sheet(c.sheet)}.{'.'.join(row_key(round, c.sheet, c.row))}"
        for c in best[:_SHOWN]
    )
    return finding(_SEVERAL, text=text, rows=shown)


# Whether a row is named in full, its sheet and its number.
_Row = tuple[bool, str, int]


def _rows(round: Round, parts: Sequence[str]) -> list[_Row]:
    """The rows that the parts name, read in every way that is possible."""
    found: dict[tuple[str, int], bool] = {}
    for start in (0, 1):
        sheet = sheet_of(parts[0]) if start else None
        if start and (sheet is None or sheet == SETTINGS or len(parts) == 1):
            continue
        for keys in _joined(parts[start:]):
            for name in (sheet,) if sheet is not None else KEYS:
                for number in range(len(round.sheets()[name])):
                    own = _known_by(round, name, number)
                    if _named(keys, own):
                        full = len(keys) == len(own) or start == 1
                        found[name, number] = found.get((name, number), False) or full
    return [(full, sheet, number) for (sheet, number), full in found.items()]


def _joined(parts: Sequence[str]) -> Iterator[list[str]]:
    """The parts with full stops between some of them left standing: an id may have one."""
    places = range(1, len(parts))
    for count in range(len(parts)):
        for cuts in combinations(places, count):
            edges = [0, *cuts, len(parts)]
            yield [".".join(parts[a:b]) for a, b in pairwise(edges)]


def _known_by(round: Round, sheet: str, number: int) -> list[tuple[str, ...]]:
    """What a row is known by, each in all forms that it may be written in; blank parts left out."""
    forms = []
    for name, value in zip(KEYS[sheet], row_key(round, sheet, number), strict=True):
        own = [value]
        if name == "municipality" and value in round.municipality:
            town = round.municipality[value].name
            own += [town, f"{value} {town}"]
        if name.startswith("candidate_") and value in round.candidate:
            own += [round.candidate[value].name or value]
        forms.append(tuple(fold(form) for form in own))
    return [own for own in forms if own != ("",)]


def _named(keys: Sequence[str], known_by: Sequence[tuple[str, ...]]) -> bool:
    """Whether the keys are among what a row is known by, in its order."""
    left = iter(known_by)
    return all(any(fold(key) in forms for forms in left) for key in keys)


def row_key(round: Round, sheet: str, number: int) -> tuple[str, ...]:
    """What a row is known by."""
    row: Any = round.sheets()[sheet][number]
    values = (getattr(row, name) for name in KEYS[sheet])
    return tuple("" if value is None else str(value) for value in values)


def _cells(rows: Iterable[_Row], column: str) -> Iterator[tuple[bool, Cell]]:
    for full, sheet, number in rows:
        field = column_of(noun_of(sheet), column)
        if field is not None:
            yield full, Cell(sheet, number, field)


def unknown_column(
    text: str, column: str, sheets: Sequence[str], translator: Translator
) -> Finding:
    """A column that none of the sheets has, with the nearest name that one has."""
    headers = {fold(h): f for s in sheets for f, h in _headers(noun_of(s))}
    own = {
        f: translator.column(noun_of(s).header(f)) for s in sheets for f in noun_of(s).model_fields
    }
    near = get_close_matches(fold(column), list(headers), n=1, cutoff=0.5)
    if near:
        return finding(_NO_COLUMN_NEAR, text=text, column=column, nearest=own[headers[near[0]]])
    return finding(_NO_COLUMN, text=text, column=column)


def _unknown_row(round: Round, text: str, parts: Sequence[str]) -> Finding:
    key = ".".join(parts[1:] if sheet_of(parts[0]) and len(parts) > 1 else parts)
    known = {
        fold(form): form
        for names in (round.candidate, round.vacancy, round.municipality)
        for form in names
    }
    known |= {fold(m.name): m.name for m in round.municipalities}
    near = get_close_matches(fold(key), list(known), n=1, cutoff=0.5)
    if near:
        return finding(_NO_ROW_NEAR, text=text, key=key, nearest=known[near[0]])
    return finding(_NO_ROW, text=text, key=key)


def no_vacancy(name: str, round: Round) -> Finding:
    """There is no vacancy of that name, with the nearest that there is."""
    near = get_close_matches(name.upper(), [*round.vacancy], n=1, cutoff=0.5)
    if near:
        told = N_("There is no vacancy {vacancy} in the input. Maybe {nearest}?")
        return finding(told, vacancy=name, nearest=near[0])
    return finding(N_("There is no vacancy {vacancy} in the input."), vacancy=name or None)


def unknown_place(round: Round, vacancy: str, site: str, department: str) -> Finding | None:
    """What is wrong where a vacancy, site or department that is named (blank: any) is not in the
    input, with those whose name has it as a part, or the nearest.
    """
    if vacancy and not _among(vacancy, round.vacancy):
        return no_vacancy(vacancy, round)
    for name, known, told, near in (
        (site, {d.site for d in round.departments}, _NO_SITE, _NO_SITE_NEAR),
        (
            department,
            {d.department for d in round.departments},
            _NO_DEPARTMENT,
            _NO_DEPARTMENT_NEAR,
        ),
    ):
        if name and not _among(name, known):
            close = closest(name, known)
            part = sorted(own for own in known if fold(name) in fold(own))[:_SHOWN]
            nearest = part or ([close] if close else [])
            if nearest:
                return finding(near, name=name, nearest=tuple(nearest))
            return finding(told, name=name)
    return None


def _among(name: str, known: Iterable[str]) -> bool:
    return name.casefold() in {own.casefold() for own in known}


def candidate_called(round: Round, text: str) -> str | Finding:
    """The id of the candidate who has this id, or alone has this whole name, written in any case;
    else what is wrong, with those whose name has it as a part.
    """
    text = normalize("NFC", text).strip()
    ids = {who.casefold(): who for who in round.candidate}
    if text.casefold() in ids:
        return ids[text.casefold()]
    words = text.casefold().split()
    whole = [c for c in round.candidates if words and c.name.casefold().split() == words]
    if len(whole) == 1:
        return whole[0].candidate_id
    part = [c for c in round.candidates if words and {*words} <= {*c.name.casefold().split()}]
    if whole or part:
        shown = tuple(f"{c.name} ({c.candidate_id})" for c in (whole or part)[:_SHOWN])
        told = _SEVERAL_CALLED if whole else _PART_OF_NAME
        return finding(told, name=text, candidates=shown)
    known = {fold(form): c for c in round.candidates for form in (c.candidate_id, c.name) if form}
    near = get_close_matches(fold(text), list(known), n=1, cutoff=0.6)
    if near:
        own = known[near[0]]
        nearest = f"{own.candidate_id} ({own.name})" if own.name else own.candidate_id
        return finding(_NO_CANDIDATE_NEAR, candidate=text, nearest=nearest)
    return finding(N_("There is no candidate {candidate} in the input."), candidate=text)
