"""Two plans compared, for programs."""

from scheduler.locale import Translator
from scheduler.quarter.comparing.compare import Told
from scheduler.quarter.comparing.side import Service, Side
from scheduler.report.quarter.comparison import Comparison


def comparison_data(comparison: Comparison) -> dict[str, object]:
    """The comparison for programs, with the sentences in the reader's language."""
    t, before, after = comparison.translator, comparison.before, comparison.after
    return {
        "before": _side_data(before),
        "after": _side_data(after),
        "same_round": comparison.same_round,
        "notes": [t.finding(note) for note in comparison.notes],
        "people": [_told_data(one, t) for one in comparison.told],
    }


def _side_data(side: Side) -> dict[str, object]:
    return {
        "round": side.name,
        "run_date": side.run_date.isoformat(),
        "policy": side.policy_name,
        "proved": side.proved,
        "goals": dict(side.goals),
    }


def _told_data(told: Told, t: Translator) -> dict[str, object]:
    change = told.change
    return {
        "candidate_id": change.candidate_id,
        "kind": change.kind.value,
        "before": [_service_data(s) for s in change.before],
        "after": [_service_data(s) for s in change.after],
        "points_before": change.points_before,
        "points_after": change.points_after,
        "days_later": change.days,
        "part_before": change.part_before,
        "part_after": change.part_after,
        "cause": told.cause.value,
        "chain": list(told.chain),
        "reasons": [t.finding(found) for found in told.reasons],
    }


def _service_data(service: Service) -> dict[str, str]:
    return {
        "vacancy_id": service.vacancy_id,
        "start": service.start.isoformat(),
        "end": service.end.isoformat(),
    }
