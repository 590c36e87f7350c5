"""What would resolve a conflict, as sentences."""

from collections.abc import Iterator

from models.finding import N_, Finding, finding
from models.plan import ResolutionEntry
from scheduler.explanations.wording.obstacle_words import OTHER_HALF


def resolution_findings(entry: ResolutionEntry) -> Iterator[Finding]:
    """A change that would resolve a conflict, and who would be placed there then."""
    yield entry.change.finding()
    if entry.then is None:
        return
    first, *others = entry.then.segments
    yield finding(
        N_("Then {candidate} could have {vacancy} from {first}."),
        candidate=entry.then.candidate_id,
        vacancy=first.vacancy_id,
        first=first.start,
    )
    for segment in others if entry.then.shape == "split" else ():
        yield finding(OTHER_HALF, vacancy=segment.vacancy_id, first=segment.start)
