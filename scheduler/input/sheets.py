"""The sheets of the input: which noun each holds, and what it and its columns may be called."""

from collections.abc import Mapping
from functools import cache

from models.base import Noun
from models.candidate import Candidate
from models.department import Department
from models.history import Changed, History
from models.lock import Decline, Lock
from models.municipality import Agreement, Municipality, Priority
from models.policy import Policy
from models.settings import RoundSettings
from models.vacancy import Vacancy
from models.waiver import Pair, Waiver
from models.wish import Wish
from scheduler.input.cells import fold
from scheduler.locale import LANGUAGES, Translator

# In the order of SPEC section 7; the settings have keys and values instead of columns.
NOUNS: Mapping[str, type[Noun]] = {
    noun.sheet: noun
    for noun in (
        Candidate,
        Wish,
        Priority,
        Vacancy,
        Department,
        Municipality,
        Agreement,
        Lock,
        Waiver,
        Decline,
        Pair,
    )
}
SETTINGS = RoundSettings.sheet
SHEETS: tuple[str, ...] = (SETTINGS, *NOUNS)
KEY, VALUE = "key", "value"
# What alis itself has written into an input: told to people, never planned with.
OWN: Mapping[str, type[Noun]] = {noun.sheet: noun for noun in (Changed, History)}

_ALWAYS = ("candidates", "wishes", "vacancies", "departments", "municipalities")


def required_sheets(policy: Policy | None) -> tuple[str, ...]:
    """The sheets that must be there, apart from the settings."""
    extra = []
    if policy is not None and policy.require_priority:
        extra.append(Priority.sheet)
    if policy is not None and policy.require_agreement:
        extra.append(Agreement.sheet)
    return (*_ALWAYS, *extra)


def noun_of(sheet: str) -> type[Noun]:
    """The noun of a sheet, the settings included."""
    nouns: dict[str, type[Noun]] = {**NOUNS, **OWN, SETTINGS: RoundSettings}
    return nouns[sheet]


@cache
def sheet_names() -> Mapping[str, str]:
    """Folded name in any language → sheet."""
    translators = [Translator(language) for language in LANGUAGES]
    return {fold(t.sheet(sheet)): sheet for t in translators for sheet in SHEETS}


@cache
def field_names(sheet: str) -> Mapping[str, str]:
    """Folded header in any language → field of the sheet's noun."""
    noun = noun_of(sheet)
    translators = [Translator(language) for language in LANGUAGES]
    names = {}
    for field in noun.model_fields:
        header = noun.header(field)
        names.update({fold(t.column(header)): field for t in translators})
    return names


@cache
def key_value_names() -> Mapping[str, str]:
    """Folded header of the settings sheet in any language → key or value."""
    translators = [Translator(language) for language in LANGUAGES]
    return {fold(t.column(name)): name for t in translators for name in (KEY, VALUE)}
