"""Explanations as plan.json has them: values, of which sentences are made when shown."""

from typing import Annotated, Literal

from pydantic import Field

from models.entry import (
    ChangeEntry,
    Day,
    Entry,
    FindingEntry,
    GoalNumber,
    PlacementEntry,
    told,
)
from models.proved import Proved


class RefusalEntry(Entry):
    """Why a vacancy was impossible for a candidate."""

    vacancy_id: str = told("the vacancy")
    finding: FindingEntry = told("the first rule that its best try breaks")


class HarmEntry(Entry):
    """What would get worse if somebody had something else.

    `goal`: the first goal that gets worse, from `before` to `after`, in the plan with these
    changes; `proof` tells how it is known that no plan with the wish is better in it or in those
    before it.
    `least`: what exactly was not found out, but in every plan with the wish this goal is at least
    as bad as `after` (null: some worse list), or one of those before it is worse than here; `proof`
    tells how that is known.
    `rules`: no plan that keeps the rules has the wish, by a search.
    `nothing`: a plan with the wish, with these changes, is as good; it needs no proof.
    """

    kind: Literal["goal", "least", "rules", "nothing"] = told("see above")
    goal: str = told("the goal that gets worse; blank: none")
    before: GoalNumber | None = told("its value in the plan")
    after: GoalNumber | None = told(
        "its value with the wish",
        unchecked="of `least`: that it is not even worse; a smaller least is true too",
    )
    proof: Proved = told("how that is known", unchecked="`none` where more is known")
    changes: list[ChangeEntry] = told("what everybody concerned would have instead")


class ObstacleEntry(Entry):
    """What a rule about several holds against a placement: `finding` states the limit and where it
    stands, naming nobody (of the municipality's order: whom the placement would pass over), and
    `people` are those who are there; nobody, where a limit is 0.
    """

    finding: FindingEntry = told("the limit and where it stands")
    people: list[str] = told("who is there")


class BestEntry(Entry):
    """A placement that a candidate could have, with everybody else where the plan has them, but for
    the obstacles; there is room if there are none.
    """

    placement: PlacementEntry = told("the placement")
    obstacles: list[ObstacleEntry] = told("what is in its way")


Outcome = Literal["given", "rule", "own_better", "taken"]


class ExplanationEntry(Entry):
    """What became of one ranked row of a wish list (SPEC section 8a).

    `own_better`: the candidate has something as good by their own wishes. `taken`: it was
    possible, but is not given; `best` is the best of it, with what is in its way, and `harm` (null:
    not examined) is what would get worse if the wish were met.
    """

    candidate_id: str = told("whose wish")
    rank: int = told("the rank of the row, as in the input")
    outcome: Outcome = told("what became of it")
    refusals: list[RefusalEntry] = told(
        "of `rule`: why each vacancy that the row matches was not possible"
    )
    best: BestEntry | None = told("of `taken`: the best of it")
    harm: HarmEntry | None = told(
        "of `taken`: what would get worse if it were met; null: not examined",
        unchecked="null where more is known",
    )


class PositionChange(Entry):
    """One more position in a vacancy."""

    kind: Literal["position"] = "position"
    vacancy_id: str = told("the vacancy")


class WindowChange(Entry):
    """A vacancy with other first and last days."""

    kind: Literal["window"] = "window"
    vacancy_id: str = told("the vacancy")
    first: Day = told("its first day then")
    last: Day = told("its last day then")


class OpennessChange(Entry):
    """The candidate accepts other sites, other departments, or three plus three months."""

    kind: Literal["openness"] = "openness"
    to: Literal["sites", "departments", "split"] = told("what is accepted")


class LimitChange(Entry):
    """A limit raised by one: the column of a department's row (`place` is its trust, site and
    department) or of a municipality's (its number).
    """

    kind: Literal["limit"] = "limit"
    column: Literal["max_concurrent", "max_arrivals", "max_away"] = told("the column")
    place: tuple[str, ...] = told("the row")


class PairChange(Entry):
    """A row of the pairs sheet changed: one of the two may be placed without the other (`alone`),
    or the row is taken out (`gone`).
    """

    kind: Literal["pair"] = "pair"
    candidate_a: str = told("as in the row")
    candidate_b: str = told("as in the row")
    pair: Literal["same_site", "not_together"] = told("as in the row")
    to: Literal["alone", "gone"] = told("what becomes of it")


class WaiverChange(Entry):
    """A waiver of a rule for the candidate."""

    kind: Literal["waiver"] = "waiver"
    rule: str = told("the rule")


class WishChange(Entry):
    """The candidate wishes for a period so many months later (earlier, if negative)."""

    kind: Literal["wish"] = "wish"
    months: int = told("later; negative: earlier")


Change = Annotated[
    PositionChange
    | WindowChange
    | LimitChange
    | PairChange
    | OpennessChange
    | WaiverChange
    | WishChange,
    Field(discriminator="kind"),
]


class RemedyEntry(Entry):
    """Changes that go together, and the placement that they make possible, everybody else having
    what the plan gives them.
    """

    changes: list[Change] = told("the changes")
    placement: PlacementEntry = told("what they make possible")


class HelpEntry(Entry):
    """What would place somebody, or place them better: single changes, the smallest first; where
    there is none, the smallest pair of those tried. Empty: none of those tried helps, or, if not
    `examined`, time ran out.
    """

    candidate_id: str = told("whom it would help")
    examined: bool = told(
        "whether all were tried, or time ran out", unchecked="false where more is known"
    )
    remedies: list[RemedyEntry] = told("what would help")


Reason = Literal[
    "too_short", "nobody_eligible", "nobody_wants", "better_placed", "held_back", "not_examined"
]


class UnusedEntry(Entry):
    """Days on which positions of a vacancy are unused, and why.

    `people` are, by reason: who without a place would come if the days were more (`too_short`),
    who could be asked (`nobody_wants`), who is better placed (`better_placed`), or who could come
    but for a rule about several (`held_back`): then `held` is the best that each of them could
    have there, with what is in its way.
    """

    vacancy_id: str = told("the vacancy")
    first: Day = told("the first of the days")
    last: Day = told("the last of the days")
    positions: int = told("how many positions are unused on all of them")
    reason: Reason = told("why")
    people: list[str] = told("see above")
    held: list[BestEntry] = told("of `held_back`: the best that each could have")


Turn = Literal[
    "promised",
    "rule",
    "own_better",
    "early",
    "taken",
    "needed",
    "other_days",
    "not_compared",
    "not_examined",
]


class TurnEntry(Entry):
    """Why somebody who goes before another has not the place that the other has.

    `promised`: it was promised before this round, and promises are kept; `withdrawn` is what the
    first could have if an unanswered offer of it were withdrawn. `rule`: no service there is
    possible for the first; `finding` says why. `own_better`: what the first has is as good by their
    own wishes. `early`: they could only have begun there before their wished start. `taken`: there
    is no room for them even without the second; `best` is the best of it, with what is in its way
    then. `needed`: the second cannot be left out, as those `needing` them may not be placed alone.
     Of the order that is kept strictly: `other_days`: they could have had it, but not
    on the second's very days; `not_compared`: one of the two has three plus three, or is in a pair.
    `not_examined`: none of these.
    """

    municipality: str = told("whose order, by number")
    first: str = told("who goes before")
    second: str = told("who has the place")
    vacancy_id: str = told("the place")
    start: Day = told("its first day")
    outcome: Turn = told("why the first has not got it")
    finding: FindingEntry | None = told("of `promised`, `rule` and `early`: what stands against it")
    best: BestEntry | None = told("of `taken`: the best of it")
    needing: list[str] = told("of `needed`: who needs the second")
    withdrawn: PlacementEntry | None = told("of `promised`: see above")


Takeover = Literal["other_place", "no_place", "rule", "not_examined"]


class GaveWayEntry(Entry):
    """Somebody ranked before another would rather have had the very place that the other has, and
    has something with more `points`; `there` is the place as it would be for them. `waived`: a
    waiver lets those after them go first.

    `outcome` is what it would cost if they took the place over, everybody but the two having what
    the plan gives them. `other_place`: the second would have `then`, the best that would have room.
    `no_place`: the second would have none. `rule`: a rule about several would be broken, as
    `finding` tells. `not_examined`: what the second would have was not found out. `harm` is the
    first goal that would get worse, if one would.
    """

    municipality: str = told("whose order, by number")
    first: str = told("who gave way")
    points: int = told("the points of what they have")
    second: str = told("who has the place")
    there: PlacementEntry = told("the place as it would be for the first")
    waived: bool = told("whether a waiver lets those after them go first")
    outcome: Takeover = told("what a takeover would cost")
    then: PlacementEntry | None = told("of `other_place`: what the second would have")
    finding: FindingEntry | None = told("of `rule`: what would be broken")
    harm: HarmEntry | None = told("the first goal that would get worse; null: none")


class ConsentEntry(Entry):
    """What keeping the municipality's order costs: if the first, whose order is kept, consented to
    another placement, the second could be placed.
    """

    municipality: str = told("whose order, by number")
    first: str = told("whose order is kept")
    instead: PlacementEntry = told("what the first would have")
    second: str = told("who could be placed")
    then: PlacementEntry = told("what the second would have")


class OpenWishEntry(Entry):
    """Somebody who would have their wish but for somebody who has waited for fewer quarters and
    could take fewer departments.
    """

    candidate_id: str = told("whose wish")
    rank: int = told("the rank of the row")
    quarters: int = told("for how many they have waited")
    departments: int = told("how many they could take")
    holder: str = told("who has a place that meets it")
    holder_quarters: int = told("for how many the holder has waited")
    holder_departments: int = told("how many the holder could take")
