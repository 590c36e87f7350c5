"""Which rounds are solved under which policies with which seeds of the lot."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product as every
from pathlib import PurePath

from models.policy import Policy
from models.round import Round
from scheduler.input.files.policies import policy_at, policy_with
from scheduler.studies.bare import stripped, under
from scheduler.studies.task import Limits, Task

Settings = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Variant:
    """A policy (None: the one that each round names) with some of its numbers set; its name in the
    study.
    """

    name: str
    policy: Policy | None = None
    settings: Settings = ()

    def of(self, round: Round) -> Policy:
        """The policy for a round. Raises UnreadableError where a number cannot be set so."""
        policy = self.policy or round.policy
        for key, value in self.settings:
            policy = policy_with(policy, key, value)
        return policy


@dataclass(frozen=True, slots=True)
class Combination:
    """A round, a policy and a seed; rounds and seeds are counted from 1."""

    round: int
    variant: str
    seed: int
    task: Task


def variants(policies: Sequence[str], settings: Mapping[str, Sequence[str]]) -> list[Variant]:
    """Every policy with every way to set the numbers; without a policy, each round's own.

    Raises UnreadableError for a policy that there is not.
    """
    loaded = [(_name(p, policies), policy_at(p).policy) for p in policies]
    chosen: Sequence[tuple[str, Policy | None]] = loaded or [("", None)]
    ways = [tuple(zip(settings, values, strict=True)) for values in every(*settings.values())]
    return [
        Variant(" ".join([*filter(None, [name]), *_told(way)]), policy, way)
        for name, policy in chosen
        for way in ways
    ]


def _name(policy: str, among: Sequence[str]) -> str:
    """The policy's own name, without the folders that it lies in where that is enough."""
    short = PurePath(policy).stem
    return short if [PurePath(p).stem for p in among].count(short) == 1 else policy


def _told(settings: Settings) -> Iterator[str]:
    """The settings in few words: the value is enough where it is a word."""
    for key, value in settings:
        yield value if value.isalpha() and value not in ("true", "false") else f"{key}={value}"


def combinations(
    rounds: Sequence[Round], chosen: Sequence[Variant], seeds: int, limits: Limits
) -> Iterator[Combination]:
    """All of them, each with its task, in the order of rounds, policies and seeds."""
    for number, round in enumerate(rounds, 1):
        nameless = stripped(round)
        for variant in chosen:
            policy = variant.of(round)
            for seed in range(1, seeds + 1):
                text = round.seed if seed == 1 else f"{round.seed}/{seed}"
                task = Task.of(under(nameless, policy, text), limits)
                yield Combination(number, variant.name, seed, task)


def split_values(text: str) -> list[str]:
    """What stands between commas; a list in square brackets is one value."""
    return [part.strip() for part in re.split(r",(?![^\[]*\])", text)]


def points_alike(chosen: Sequence[Variant], rounds: Sequence[Round]) -> list[bool]:
    """Whether each policy counts points in every round as the first does."""
    told = [
        [(p.points, p.hard_points) for p in (variant.of(round) for round in rounds)]
        for variant in chosen
    ]
    return [own == told[0] for own in told]
