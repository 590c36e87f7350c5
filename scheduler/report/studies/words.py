"""What the measures of a study are called, and what they count."""

from collections.abc import Mapping

from models.finding import N_

# Short, as the header of a column.
HEADS: Mapping[str, str] = {
    "candidates": N_("Open candidates"),
    "placed": N_("Placed"),
    "waiting": N_("Not placed"),
    "far": N_("Far from the wish"),
    "points_median": N_("Points, median"),
    "points_tenth": N_("Points, worst tenth"),
    "within_six": N_("Within six months"),
    "gave_way": N_("Gave way"),
    "passed_over": N_("Passed over"),
    "unplaced_alone": N_("Not placed, alone in the municipality"),
    "unplaced_few": N_("Not placed, municipality with 2–3"),
    "unplaced_many": N_("Not placed, municipality with 4 or more"),
    "unused_days": N_("Unused days in vacancies"),
}

# What each counts, for those who read it the first time.
MEANINGS: Mapping[str, str] = {
    "placed": N_("Candidates who get a new placement."),
    "waiting": N_("Candidates who could be placed in this round and are not."),
    "far": N_("Placed with at least as many points as the policy calls far off."),
    "points_median": N_("Half of those placed have at most so many points."),
    "points_tenth": N_("A tenth of those placed have at least so many points."),
    "within_six": N_("Placed at most six months earlier or later than wished."),
    "gave_way": N_(
        "Placed, while somebody their municipality ranks after them has a place that they would "
        "rather have had."
    ),
    "passed_over": N_(
        "Somebody whom the municipality ranks after them has what they could have had, in a way "
        'that the reading "placed" of the order does not allow.'
    ),
    "unplaced_alone": N_("Not placed, and their municipality has no other open candidate."),
    "unplaced_few": N_("Not placed, and their municipality has two or three open candidates."),
    "unplaced_many": N_("Not placed, and their municipality has four or more."),
    "unused_days": N_("Days on which a position in a vacancy stands empty, from the run date on."),
}
