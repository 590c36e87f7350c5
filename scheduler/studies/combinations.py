"""Which rounds are solved under which policies with which seeds of the lot."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import product as every
from pathlib import PurePath

from models.finding import N_, Finding, finding
from models.policy import Policy
from models.round import Round
from scheduler.input.files.policies import policy_at, policy_with
from scheduler.studies.bare import stripped, under
from scheduler.studies.task import Limits, Task
from scheduler.support.errors import ClusterError, UnreadableError

Settings = tuple[tuple[str, str], ...]

# Numbers, with a letter or two beside them: no word, and so no name.
_CODE = re.compile(r"(?=.*[0-9])(?!.*[^\W\d_]{3})[\w./-]+")

_FREE_SEED = N_(
    "{round}: the lot's seed is text ({seed}), and only ids and numbers may leave this machine. "
    "Do the work on this machine, or write a number as the seed."
)


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

    Raises UnreadableError with everything that is wrong with the policies.
    """
    loaded: list[tuple[str, Policy | None]] = []
    problems: list[Finding] = []
    for policy in policies:
        try:
            loaded.append((_name(policy, policies), policy_at(policy).policy))
        except UnreadableError as error:
            problems += error.findings
    if problems:
        raise UnreadableError(*dict.fromkeys(problems))
    chosen = loaded or [("", None)]
    ways = [tuple(zip(settings, values, strict=True)) for values in every(*settings.values())]
    return [
        Variant(" ".join([*filter(None, [name]), *_told(way)]), policy, way)
        for name, policy in chosen
        for way in ways
    ]


def refuse_settings(chosen: Sequence[Variant], rounds: Sequence[Round]) -> None:
    """Raises UnreadableError with every number that cannot be set so in one of the rounds."""
    problems: list[Finding] = []
    for variant in chosen:
        for setting in variant.settings:
            alone = Variant(variant.name, variant.policy, (setting,))
            for round in rounds:
                try:
                    alone.of(round)
                except UnreadableError as error:
                    problems += error.findings
    if problems:
        raise UnreadableError(*dict.fromkeys(problems))


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


def round_name(number: int) -> str:
    """What a round is called: its place among those that were named."""
    return f"R{number:02d}"


def refuse_seeds_in_words(rounds: Sequence[Round]) -> None:
    """Raises ClusterError where a seed of the lot may tell who drew it, or who was there."""
    problems = [
        finding(_FREE_SEED, round=round_name(number), seed=round.seed)
        for number, round in enumerate(rounds, 1)
        if not _CODE.fullmatch(round.seed)
    ]
    if problems:
        raise ClusterError(*problems)


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
