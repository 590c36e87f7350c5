"""The rounds that are measured, as inputs: regions, whole countries, and a family that is hard."""

from typing import Any

from models.candidate import SplitWish
from models.municipality import Agreement
from models.wish import Wish
from scheduler.samples import make_sample
from scheduler.tables.numbers import discontinued
from scheduler.tables.writing import InputFacts

# People in each region of a country.
_REGION = 100
_TRUST, _SITE = "Nordlandssykehuset HF", "Nordlandssykehuset Bodø"


def region(name: str, people: int, seed: int) -> InputFacts:
    """A sample of one region."""
    return make_sample(name, people, round(people / 1.2), seed)


def country(people: int, seed: int) -> InputFacts:
    """Many regions beside each other, each with its own trusts and municipalities; their numbers
    are invented.
    """
    count = people // _REGION
    rows: dict[str, list[Any]] = {}
    numbers = (f"{n:04d}" for n in range(1, 10000) if f"{n:04d}" not in discontinued())
    for number in range(count):
        own = region("nord" if number % 2 == 0 else "vest", _REGION, seed * 1000 + number)
        towns = {town.municipality: next(numbers) for town in own.rows["municipalities"]}
        for sheet, nouns in own.rows.items():
            rows.setdefault(sheet, []).extend(_moved(noun, number, towns) for noun in nouns)
    return InputFacts(region("nord", _REGION, seed).settings, rows)


def _moved(noun: Any, number: int, towns: dict[str, str]) -> Any:
    """The same row in another part of the country."""
    changed: dict[str, object] = {}
    for name in type(noun).model_fields:
        value = getattr(noun, name)
        if name in ("candidate_id", "vacancy_id", "candidate_a", "candidate_b"):
            changed[name] = f"{number:02d}-{value}"
        elif name == "municipality":
            changed[name] = towns[value]
        elif name == "trust" and value:
            changed[name] = f"{value} {number:02d}"
    return noun.model_copy(update=changed)


def hard(people: int, seed: int) -> InputFacts:
    """One big trust; everybody wants the same site first, two in five accept three plus three."""
    facts = region("nord", people, seed)
    rows = facts.rows
    places = [d for d in rows["departments"] if d.trust == _TRUST]
    vacancies = []
    for number, vacancy in enumerate(rows["vacancies"]):
        place = places[number % len(places)]
        there = {"trust": place.trust, "site": place.site, "department": place.department}
        vacancies.append(vacancy.model_copy(update=there))
    who = [c.candidate_id for c in rows["candidates"]]
    splits = {w for n, w in enumerate(who) if n % 5 < 2}
    candidates = [
        c.model_copy(
            update={"split": SplitWish.ACCEPT if c.candidate_id in splits else SplitWish.NO}
        )
        for c in rows["candidates"]
    ]
    wishes = [
        Wish(candidate_id=w, rank=rank, trust=_TRUST, site=site)
        for w in who
        for rank, site in ((1, _SITE), (2, ""))
    ]
    towns = [t.municipality for t in rows["municipalities"]]
    agreements = [Agreement(municipality=town, trust=_TRUST) for town in towns]
    changed = {
        "candidates": candidates,
        "vacancies": vacancies,
        "wishes": wishes,
        "agreements": agreements,
        "locks": [],
        "declines": [],
        "departments": places,
    }
    return InputFacts(facts.settings, {**rows, **changed})


def facts_of(kind: str, people: int, seed: int) -> InputFacts:
    """The round of a kind: a region's name, `country` or `hard`."""
    if kind == "country":
        return country(people, seed)
    return hard(people, seed) if kind == "hard" else region(kind, people, seed)
