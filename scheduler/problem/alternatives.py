"""Another plan told as what changes for whom."""

from collections.abc import Sequence

from models.entry import ChangeEntry, PlacementEntry
from models.placement import Placement


def changes(plan: Sequence[Placement], other: Sequence[Placement]) -> list[ChangeEntry]:
    """What candidates have in the other plan who have something else, or nothing, in this one."""
    now = {p.candidate_id: p for p in plan}
    then = {p.candidate_id: p for p in other}
    return [
        ChangeEntry(
            candidate_id=who,
            placement=PlacementEntry.from_placement(then[who]) if who in then else None,
        )
        for who in sorted(now.keys() | then.keys())
        if now.get(who) != then.get(who)
    ]


def changed(plan: Sequence[Placement], entries: Sequence[ChangeEntry]) -> tuple[Placement, ...]:
    """The other plan that the changes stand for."""
    people = {p.candidate_id: p for p in plan}
    for entry in entries:
        people.pop(entry.candidate_id, None)
        if entry.placement is not None:
            people[entry.candidate_id] = entry.placement.placement()
    return tuple(people[who] for who in sorted(people))
