"""What became of every ranked wish (SPEC section 8a), and who holds what was possible."""

from collections.abc import Iterator, Sequence

from models.entry import FindingEntry
from models.explanation import BestEntry, ExplanationEntry, OpenWishEntry, Outcome, RefusalEntry
from models.wish import Wish
from scheduler.explanations.answers.obstacles import best_of
from scheduler.explanations.standing import Standing
from scheduler.problem.option import Option, departments_of, meets
from scheduler.problem.waiting import waiting_quarters
from scheduler.rules.obstacles import by_points


class Wishes:
    """Explains the ranked rows of every open candidate."""

    def __init__(self, standing: Standing) -> None:
        self._standing = standing
        self._case = standing.case
        self._round = standing.case.round
        self._known: dict[str, list[tuple[Option, int]]] = {}

    def rows(self) -> list[Wish]:
        """The ranked rows of every open candidate, in the order of id and rank."""
        return [
            row
            for candidate in self._round.open_candidates
            for row in self._round.ranked.get(candidate.candidate_id, ())
        ]

    def entry(self, row: Wish) -> ExplanationEntry:
        """What became of one row; what would get worse if it were met is not asked."""
        who = row.candidate_id
        now = self._standing.placed.get(who)
        if now and any(meets(self._round, row, s) for s in now.bare):
            return _entry(row, "given")
        matching = list(self._matching(row))
        if not matching:
            return _entry(row, "rule", refusals=self._why_not(row))
        if now and all(now.points <= points for _, points in matching):
            return _entry(row, "own_better")
        obstacles = self._standing.obstacles(who)
        best = best_of(self._standing, self._case, matching, obstacles)
        return _entry(row, "taken", best)

    def _matching(self, row: Wish) -> Iterator[tuple[Option, int]]:
        """The whole placements with a segment that the row matches, the fewest points first."""
        for option, points in self._own(row.candidate_id):
            if any(meets(self._round, row, s) for s in option.segments):
                yield option, points

    def _own(self, who: str) -> list[tuple[Option, int]]:
        if who not in self._known:
            self._known = {who: list(by_points(self._case, who))}  # one candidate at a time
        return self._known[who]

    def _why_not(self, row: Wish) -> list[RefusalEntry]:
        candidate = self._round.candidate[row.candidate_id]
        return [
            RefusalEntry(
                vacancy_id=v.vacancy_id,
                finding=FindingEntry.from_finding(
                    self._standing.refusals.why_no_option(candidate, v)
                ),
            )
            for v in self._round.vacancies
            if row.matches(*v.department_key)
        ]

    def open_wishes(self, entries: list[ExplanationEntry]) -> Iterator[OpenWishEntry]:
        """The wishes held by somebody with shorter waiting and a narrower list."""
        for entry in entries:
            who = entry.candidate_id
            if entry.outcome != "taken":
                continue
            quarters, width = waiting_quarters(self._round, who), self._width(who)
            for holder in self._holders(entry):
                theirs = waiting_quarters(self._round, holder)
                if theirs < quarters and self._width(holder) < width:
                    yield OpenWishEntry(
                        candidate_id=who,
                        rank=entry.rank,
                        quarters=quarters,
                        departments=width,
                        holder=holder,
                        holder_quarters=theirs,
                        holder_departments=self._width(holder),
                    )

    def _holders(self, entry: ExplanationEntry) -> list[str]:
        """Those in the way of the best of a wish who have a new placement that meets it; a promise
        is not weighed against a wish.
        """
        rows = self._round.ranked[entry.candidate_id]
        (row,) = (r for r in rows if r.rank == entry.rank)
        found = {w for o in entry.best.obstacles for w in o.people} if entry.best else set()
        placed = self._standing.placed
        return [
            who
            for who in sorted(found & placed.keys() - {entry.candidate_id})
            if any(meets(self._round, row, segment) for segment in placed[who].bare)
        ]

    def _width(self, who: str) -> int:
        """In how many departments the candidate has options."""
        return len(departments_of(self._round, self._case.choices[who].options))


def _entry(
    row: Wish,
    outcome: Outcome,
    best: BestEntry | None = None,
    refusals: Sequence[RefusalEntry] = (),
) -> ExplanationEntry:
    return ExplanationEntry(
        candidate_id=row.candidate_id,
        rank=int(row.rank),
        outcome=outcome,
        refusals=list(refusals),
        best=best,
        harm=None,
    )
