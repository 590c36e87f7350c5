"""Rule pairs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from models.conflict import Conflict
from models.finding import N_, Finding, SheetName, finding
from models.placement import Placement, Segment
from models.round import Round
from models.waiver import Pair, PairKind
from scheduler.problem.case import Case
from scheduler.problem.option import site_of
from scheduler.program.program import Program
from scheduler.rules.base import InTheWay, Obstacle, Rule
from scheduler.rules.occupancy import Beside, Stay, stays_of, together
from scheduler.rules.pair_rows import write_pair


class Apart(Enum):
    """How a pair is in the way: the other one has no place and may not be without, or serves on the
    same days, or elsewhere.
    """

    ALONE = auto()
    SAME_DAYS = auto()
    SITES = auto()


@dataclass(frozen=True, slots=True)
class Trouble:
    """A pair that is in somebody's way, and how."""

    pair: Pair
    why: Apart


STATED = {
    Apart.ALONE: N_(
        "By the sheet {sheet} these two may only be placed together, and the other one has no "
        "place."
    ),
    Apart.SAME_DAYS: N_(
        "By the sheet {sheet} these two cannot be away at the same time, and the other one serves "
        "then."
    ),
    Apart.SITES: N_(
        "By the sheet {sheet} these two must serve at the same single site, and the other one "
        "serves elsewhere."
    ),
}


class Pairs(Rule):
    """Two who belong together serve at the same single site, and both or neither where so
    agreed; two who cannot be away together share no day of service.
    """

    id = "pairs"
    name = N_("the pairs")
    judges_locks = True

    def constrain(self, program: Program) -> None:
        for pair in program.round.pairs:
            write_pair(program, self.id, pair)

    def violations(self, case: Case, placements: Sequence[Placement]) -> Iterator[Finding]:
        round = case.round
        stays = stays_of(round, placements)
        for pair in round.pairs:
            a, b = _of(stays, pair.candidate_a), _of(stays, pair.candidate_b)
            if not any(s.new for s in (*a, *b)):
                continue
            if pair.kind is PairKind.NOT_TOGETHER:
                for one, two in together(a, b):
                    if one.new or two.new:
                        yield self._both_away(pair, one, two)
            elif a and b and len(_sites(round, a) | _sites(round, b)) > 1:
                yield self._two_sites(round, pair, a, b)
            if not pair.alone_ok:
                for mine, partners in ((a, b), (b, a)):
                    if any(s.new for s in mine) and not partners:
                        yield self._alone(pair, mine[0].candidate_id)

    def conflicts(self, round: Round) -> Iterator[Conflict]:
        stays = stays_of(round, ())
        for pair in round.pairs:
            a, b = _of(stays, pair.candidate_a), _of(stays, pair.candidate_b)
            if pair.kind is PairKind.NOT_TOGETHER:
                for one, two in together(a, b):
                    yield _conflict(self._both_away(pair, one, two), one, two)
            elif a and b and len(_sites(round, a) | _sites(round, b)) > 1:
                yield _conflict(self._two_sites(round, pair, a, b), *a, *b)

    def in_the_way(self, beside: Beside) -> InTheWay | None:
        """The pairs whose other one's service, or want of any, keeps the candidate from some
        segments.
        """
        round, who = beside.round, beside.candidate_id
        partners = [
            (pair, partner, beside.standing(beside.stays.by_candidate[partner]))
            for pair in round.pairs
            for mine, partner in (
                (pair.candidate_a, pair.candidate_b),
                (pair.candidate_b, pair.candidate_a),
            )
            if mine == who
        ]
        if not partners:
            return None
        own_sites = _sites(round, beside.standing(beside.stays.by_candidate[who]))

        def apart(pair: Pair, stays: Sequence[Stay], segments: Sequence[Segment]) -> Apart | None:
            if not stays:
                return None if pair.alone_ok else Apart.ALONE
            if pair.kind is PairKind.NOT_TOGETHER:
                both = any(s.first <= g.end and g.start <= s.last for s in stays for g in segments)
                return Apart.SAME_DAYS if both else None
            here = {site_of(round, g.vacancy_id) for g in segments}
            return Apart.SITES if len(here | own_sites | _sites(round, stays)) > 1 else None

        def found(segments: Sequence[Segment]) -> list[Obstacle]:
            asked = ((pair, w, apart(pair, stays, segments)) for pair, w, stays in partners)
            return [
                Obstacle(self.id, Trouble(pair, why), frozenset({w}))
                for pair, w, why in asked
                if why is not None
            ]

        return found

    def stated(self, round: Round, where: Trouble) -> Finding:
        return finding(STATED[where.why], rule=self.id, sheet=SheetName(Pair.sheet))

    def _both_away(self, pair: Pair, one: Stay, two: Stay) -> Finding:
        return finding(
            N_("{a} and {b} must not serve at the same time, but both do from {first} to {last}."),
            rule=self.id,
            a=pair.candidate_a,
            b=pair.candidate_b,
            first=max(one.first, two.first),
            last=min(one.last, two.last),
        )

    def _two_sites(self, round: Round, pair: Pair, a: Sequence[Stay], b: Sequence[Stay]) -> Finding:
        return finding(
            N_("{a} and {b} must serve at the same single site, but the sites are {sites}."),
            rule=self.id,
            a=pair.candidate_a,
            b=pair.candidate_b,
            sites=tuple(sorted(site for _, site in _sites(round, a) | _sites(round, b))),
        )

    def _alone(self, pair: Pair, placed: str) -> Finding:
        other = pair.candidate_b if placed == pair.candidate_a else pair.candidate_a
        return finding(
            N_("{placed} is placed without {other}, but both or neither was agreed."),
            rule=self.id,
            placed=placed,
            other=other,
        )


def _of(stays: Sequence[Stay], candidate_id: str) -> list[Stay]:
    return [s for s in stays if s.candidate_id == candidate_id]


def _sites(round: Round, stays: Sequence[Stay]) -> set[tuple[str, str]]:
    """The sites of service; a vanished vacancy has none."""
    return {site_of(round, s.vacancy_id) for s in stays if s.vacancy_id in round.vacancy}


def _conflict(found: Finding, *stays: Stay) -> Conflict:
    return Conflict(
        found,
        tuple(sorted({s.candidate_id for s in stays})),
        tuple(sorted({s.vacancy_id for s in stays})),
        min(s.first for s in stays),
        max(s.last for s in stays),
    )
