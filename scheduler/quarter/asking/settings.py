"""A round with other settings: its days, its policy, its seed."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.input.files.policies import policy_beside
from scheduler.problem.calendar import add_months
from scheduler.support.errors import UnreadableError

_NEXT_ROUND = N_("The next round must come after the run date {run_date}.")
_SEED_REASON = N_("A seed that is not the run date needs a reason; write it in seed_reason.")


def with_settings(round: Round, values: Mapping[str, Any], folder: Path) -> Round | Finding:
    """The round with some settings changed, or what is wrong with them.

    What follows from the run date where nothing else is said, the next round and the seed, follows
    it still.
    """
    if not values:
        return round
    facts: dict[str, object] = {k: values[k] for k in ("name", "seed_reason") if k in values}
    run_date: date = values.get("run_date", round.run_date)
    following: date = values.get("next_round_date") or _following(round, run_date)
    if following <= run_date:
        return finding(_NEXT_ROUND, run_date=run_date)
    own_seed = round.seed != f"{round.run_date:%Y%m%d}"
    seed = values.get("seed") or (round.seed if own_seed else f"{run_date:%Y%m%d}")
    if seed != f"{run_date:%Y%m%d}" and not values.get("seed_reason", round.seed_reason):
        return finding(_SEED_REASON)
    if "policy" in values:
        try:
            policy = policy_beside(values["policy"], folder).policy
        except UnreadableError as error:
            return error.finding
        facts |= {"policy": policy, "policy_name": values["policy"]}
    return round.changed(run_date=run_date, next_round_date=following, seed=seed, **facts)


def _following(round: Round, run_date: date) -> date:
    """The next round's day: three months later, if it is so now."""
    as_usual = round.next_round_date == add_months(round.run_date, 3)
    return add_months(run_date, 3) if as_usual else round.next_round_date
