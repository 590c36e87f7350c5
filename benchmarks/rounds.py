"""The rounds that are measured, as inputs: regions, countries, and two kinds that are hard."""

from collections.abc import Iterator
from itertools import cycle
from typing import Any

from models.candidate import SplitWish
from models.municipality import Agreement
from models.wish import Wish
from scheduler.input.values.municipality import discontinued
from scheduler.input.writing import InputFacts
from scheduler.samples.region import make_sample

# Kind, people and seed of the rounds that the program has to manage.
ROUNDS = (
    ("nord", 40, 1),
    ("nord", 40, 2),
    ("nord", 40, 3),
    ("nord", 120, 1),
    ("nord", 120, 2),
    ("nord", 120, 3),
    ("nord", 200, 1),
    ("nord", 200, 2),
    ("country", 600, 1),
    ("stress", 80, 1),
    ("stress", 100, 1000),
    ("hard", 120, 1),
)
LARGE = (("country", 2000, 1),)
# People in the regions of a country.
_REGIONS = (55, 75, 120, 350)
# How large a share of the candidates of a region are open to three plus three.
_SHARE = 0.05
_SHARES_IN_STRESS = {80: 0.21}
_SHARE_IN_STRESS = 0.20
_TRUST, _SITE = "Nordlandssykehuset HF", "Nordlandssykehuset Bodø"


def region(name: str, people: int, seed: int, split_share: float = _SHARE) -> InputFacts:
    """A sample of one region."""
    return make_sample(name, people, round(people / 1.2), seed, split_share)


def stress(people: int, seed: int) -> InputFacts:
    """A region where one in five is open to three plus three."""
    return region("nord", people, seed, _SHARES_IN_STRESS.get(people, _SHARE_IN_STRESS))


def country(people: int, seed: int) -> InputFacts:
    """Regions of four sizes beside each other, each with its own trusts and municipalities; their
    numbers are invented.
    """
    rows: dict[str, list[Any]] = {}
    numbers = (f"{n:04d}" for n in range(1, 10000) if f"{n:04d}" not in discontinued())
    for number, size in enumerate(_sizes(people)):
        own = region("nord" if number % 2 == 0 else "vest", size, seed * 1000 + number)
        towns = {town.municipality: next(numbers) for town in own.rows["municipalities"]}
        for sheet, nouns in own.rows.items():
            rows.setdefault(sheet, []).extend(_moved(noun, number, towns) for noun in nouns)
    return InputFacts(region("nord", 1, seed).settings, rows)


def _sizes(people: int) -> Iterator[int]:
    """The sizes of a country's regions, over and over; the last is what is left."""
    for size in cycle(_REGIONS):
        if people <= 0:
            return
        yield min(size, people)
        people -= size


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
    """The round of a kind: a region's name, `stress`, `country` or `hard`."""
    kinds = {"country": country, "hard": hard, "stress": stress}
    return kinds[kind](people, seed) if kind in kinds else region(kind, people, seed)
