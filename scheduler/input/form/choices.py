"""What each cell of the form offers and checks while it is filled in."""

from collections.abc import Mapping, Sequence
from datetime import date
from types import UnionType
from typing import Any, Literal, Union, get_args, get_origin

from openpyxl.worksheet.datavalidation import DataValidation

from models.base import Noun
from models.candidate import Candidate
from models.department import Department
from models.finding import N_, CodeWord
from models.language import LanguageCode
from models.municipality import Municipality
from models.vacancy import Vacancy
from models.waiver import WAIVABLE
from models.wish import NEVER
from scheduler.input.form import lists
from scheduler.locale import Translator
from scheduler.support.resources import shipped_policies

_LISTED = N_("This is not in the list. Choose from the list, or add it to its own sheet first.")
_WORD = N_("Choose one of the words in the list.")
_OTHER = N_("This is not in the list. Is it meant so?")
_DAY = N_("Excel does not take this for a date. Write it like {example}.")
_WHOLE = N_("Write a whole number from {low} to {high}.")
_PERCENT = N_("Write the percentage, for example 100 or 50.")

_EPOCH = date(1899, 12, 30)
_DAYS = (date(1950, 1, 1), date(2100, 12, 31))
EXAMPLE = date(2026, 9, 1)
_RANKS = 10

# The least and the most of whole numbers; all others go from 0.
_LIMITS = {"remaining_months": (0, 12), "positions": (0, 99), "priority": (1, 999)}
_MOST = 999

# Columns that name something with a sheet of its own: the list of what is there, and that sheet.
_NAMED: Mapping[str, tuple[str, type[Noun]]] = {
    "candidate_id": (lists.CANDIDATES, Candidate),
    "candidate_a": (lists.CANDIDATES, Candidate),
    "candidate_b": (lists.CANDIDATES, Candidate),
    "vacancy_id": (lists.VACANCIES, Vacancy),
    "municipality": (lists.MUNICIPALITIES, Municipality),
    "trust": (lists.TRUSTS, Department),
    "site": (lists.SITES, Department),
    "department": (lists.DEPARTMENTS, Department),
}


def validation(
    noun: type[Noun], field: str, cells: Mapping[str, str], translator: Translator
) -> DataValidation:
    """What Excel shows and checks in the cells of a field: a message when one is chosen, a list, a
    kind of value. `cells` are the names of the first row's cells by field.
    """
    check = DataValidation(allow_blank=True, showErrorMessage=False)
    _fill(check, noun, field, cells, translator)
    title = translator.heading(noun.header(field))
    check.showInputMessage = True
    check.promptTitle = title
    check.prompt = translator.text(noun.model_fields[field].description or "")
    if check.showErrorMessage:
        check.errorTitle = title
    return check


def _fill(
    check: DataValidation,
    noun: type[Noun],
    field: str,
    cells: Mapping[str, str],
    translator: Translator,
) -> None:
    kinds = kinds_of(noun.model_fields[field].annotation)
    known, own = _NAMED.get(field, ("", noun))
    if own is not noun:
        _list(check, _formula(known, cells))
        # Typed, a municipality is its number alone, which is right and not in the list.
        if field != "municipality":
            _say(check, "warning", translator.text(_LISTED))
    elif field == "rule":
        _words(check, [*WAIVABLE])
        _say(check, "warning", translator.text(_WORD))
    elif field == "policy":
        _words(check, list(shipped_policies()))
        _say(check, "warning", translator.text(_OTHER))
    elif field == "rank":
        _words(check, [*map(str, range(1, _RANKS + 1)), translator.word(NEVER)])
        _say(check, "warning", translator.text(_OTHER))
    elif bool in kinds:
        _words(check, [translator.yes_no(True), translator.yes_no(False)])
        if date not in kinds:
            _say(check, "warning", translator.text(_WORD))
    elif words := words_of(kinds, translator):
        _words(check, words)
        _say(check, "warning", translator.text(_WORD))
    elif kinds == [date]:
        _between(check, "date", *((day - _EPOCH).days for day in _DAYS))
        _say(check, "warning", translator.text(_DAY, example=EXAMPLE))
    elif kinds == [int]:
        low, high = _LIMITS.get(field, (0, _MOST))
        _between(check, "whole", low, high)
        _say(check, "stop", translator.text(_WHOLE, low=low, high=high))
    elif kinds == [float]:
        _between(check, "decimal", 0, 100)
        _say(check, "stop", translator.text(_PERCENT))


def kinds_of(annotation: Any) -> list[Any]:
    """The types that a value may have, apart from none at all."""
    one_of = get_origin(annotation) in (Union, UnionType)
    kinds = get_args(annotation) if one_of else (annotation,)
    return [kind for kind in kinds if kind is not type(None)]


def words_of(kinds: Sequence[Any], translator: Translator) -> list[str]:
    """The words that stand for codes, if that is what a value is."""
    (kind, *_) = kinds
    if not isinstance(kind, type) or not issubclass(kind, CodeWord):
        return []
    if kind is LanguageCode:
        return [code.value for code in LanguageCode]
    return [translator.word(code) for code in kind]


def _formula(known: str, cells: Mapping[str, str]) -> str:
    trust, site = f"${cells.get('trust')}", f"${cells.get('site')}"
    if known == lists.SITES:
        return lists.site_formula(trust)
    if known == lists.DEPARTMENTS:
        return lists.department_formula(trust, site)
    return known


def _list(check: DataValidation, formula: str) -> None:
    check.type = "list"
    check.formula1 = formula


def _words(check: DataValidation, words: Sequence[str]) -> None:
    _list(check, f'"{",".join(words)}"')


def _between(
    check: DataValidation, kind: Literal["date", "whole", "decimal"], low: int, high: int
) -> None:
    check.type = kind
    check.operator = "between"
    check.formula1, check.formula2 = str(low), str(high)


def _say(check: DataValidation, style: Literal["stop", "warning"], text: str) -> None:
    check.showErrorMessage = True
    check.errorStyle = style
    check.error = text
