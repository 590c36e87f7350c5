"""What has changed since the plan before, as plan.json has it; ids only."""

from typing import Literal

from models.entry import Day, Entry, FindingEntry, told


class ServiceEntry(Entry):
    """Days in a vacancy, promised or newly placed."""

    vacancy_id: str = told("the vacancy")
    start: Day = told("the first day")
    end: Day = told("the last day")


class SinceEntry(Entry):
    """Somebody who has something else than in the plan before, and why."""

    candidate_id: str = told("who it is about")
    kind: Literal["gained", "lost", "moved", "gone"] = told(
        "got a place, lost it, has another one or other days, or is no longer on the list"
    )
    before: list[ServiceEntry] = told("what they had and is not over; empty: nothing")
    now: list[ServiceEntry] = told("what they have; empty: nothing")
    reasons: list[FindingEntry] = told("why, as far as the two plans and this input show it")


class SincePlanEntry(Entry):
    """The plan before, and for whom something is otherwise than in it."""

    round: str = told("the name of its round")
    run_date: Day = told("its run date")
    plan: str = told("the SHA-256 of the plan, wherever it lies")
    changes: list[SinceEntry] = told("by candidate")
