"""Real places for samples: towns, hospitals and departments of a region."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from random import Random
from typing import TypeVar

from models.candidate import Candidate
from models.department import Department
from models.municipality import Agreement, Municipality
from scheduler.support.resources import reference_rows

T = TypeVar("T")

# What the reference data call the trusts' areas, by region.
AREAS = {
    "nord": {
        "Nordland": "Nordlandssykehuset HF",
        "UNN": "Universitetssykehuset Nord-Norge HF",
        "Helgeland": "Helgelandssykehuset HF",
        "Finnmark": "Finnmarkssykehuset HF",
    },
    "vest": {
        "Bergen": "Helse Bergen HF",
        "Førde": "Helse Førde HF",
        "Fonna": "Helse Fonna HF",
        "Stavanger": "Helse Stavanger HF",
    },
}
# A large town of each region has the most candidates. The reference data do not have the
# municipalities' sizes, so the towns are named here.
_LARGE = {"nord": ("Bodø", "Tromsø"), "vest": ("Bergen", "Stavanger")}
# How many candidates other towns have at most, where the region has towns enough.
_MOST = 3
_SOMATIC = ("kirurgi", "indremedisin", "ortopedi", "pediatri", "gyn", "nevrologi", "akuttmedisin")


@dataclass(frozen=True, slots=True)
class Town:
    """A municipality, its trust and its local hospital."""

    number: str
    name: str
    trust: str
    hospital: str


class Dice:
    """Chance that is the same in every run."""

    def __init__(self, random: Random) -> None:
        self.random = random

    def maybe(self, chance: float, value: T) -> T | None:
        """The value with that chance, else None."""
        return value if self.random.random() < chance else None

    def weighted(self, choices: Sequence[tuple[T, int]]) -> T:
        """One of the choices, by their weights."""
        return self.random.choices([c for c, _ in choices], [w for _, w in choices])[0]


class Places(Dice):
    """The places of a region."""

    def __init__(self, region: str, random: Random) -> None:
        super().__init__(random)
        areas = AREAS[region]
        self.towns = [
            Town(r["kommunenr"], r["kommunenavn"], areas[r["hf_opptaksomrade"]], r["lokalsykehus"])
            for r in reference_rows("municipalities.csv")
            if r["hf_opptaksomrade"] in areas
        ]
        self.largest = self.random.choice([t for t in self.towns if t.name in _LARGE[region]])
        self.rhf_trusts = set(areas.values())
        trust_of = {r["sted"]: r["hf"] for r in reference_rows("sites.csv")}
        self.departments = [
            Department(
                trust=trust_of[r["sted"]],
                site=r["sted"],
                department=r["avdeling"],
                specialty=r["fagomrade"],
                approved=self.random.random() > 0.04,
                max_concurrent=self.maybe(0.12, 2),
            )
            for r in reference_rows("departments.csv")
            if trust_of.get(r["sted"]) in self.rhf_trusts
        ]

    def home(self, person: Candidate) -> Town:
        """The candidate's town."""
        return next(t for t in self.towns if t.number == person.municipality)

    def place(self, home: Town, near_chance: float) -> Department:
        """A department of the town's trust, oftener at the local hospital and somatic."""
        own = [d for d in self.departments if d.trust == home.trust]
        if self.random.random() < near_chance:
            own = [d for d in own if home.hospital.split("/")[0] in d.site] or own
        somatic = [d for d in own if d.specialty.split("/")[0] in _SOMATIC]
        return self.random.choice(somatic if somatic and self.random.random() < 0.75 else own)

    def homes(self, count: int) -> list[Town]:
        """A town for each of so many candidates.

        The largest town has three in ten of them, but no more than a number drawn from 12 to 15.
        Others have at most three. Where the region has too few towns for that, the others have
        equally many, give or take one.
        """
        others = [t for t in self.towns if t != self.largest]
        pile = min(self.random.randint(12, 15), max(1, round(0.3 * count)))
        each, over = divmod(count - pile, len(others))
        if each < _MOST:
            found = self.random.sample(others * _MOST, count - pile)
        else:
            found = others * each + self.random.sample(others, over)
        found += [self.largest] * pile
        self.random.shuffle(found)
        return found

    def municipality(self, town: Town, candidates: int) -> Municipality:
        """The town, with so many candidates, as a row of the input.

        The largest town is registered. A town with a limit can do without a third of its
        candidates at a time, and at least one.
        """
        registered: bool | date = True
        if self.random.random() < 0.08 and town != self.largest:
            registered = date(2026, 9, 1) if self.random.random() < 0.75 else False
        return Municipality(
            municipality=town.number,
            name=town.name,
            registered_from=registered,
            max_away=self.maybe(0.35, max(1, candidates // 3)),
        )

    def agreements(self, town: Town) -> list[Agreement]:
        """The town's agreements."""
        found = [
            Agreement(
                municipality=town.number,
                trust=town.trust,
                valid_from=date(2024, 6, 1),
                valid_to=self.maybe(0.05, date(2026, 12, 31)),
            )
        ]
        if self.random.random() < 0.2:
            other = self.random.choice(sorted(self.rhf_trusts - {town.trust}))
            found.append(Agreement(municipality=town.number, trust=other))
        return found
