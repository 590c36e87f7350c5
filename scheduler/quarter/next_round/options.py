"""What the coordinator chooses about the next round, and the round's own days that follow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from models.finding import N_, Finding, finding
from models.history import History
from models.plan import Plan
from models.round import Round
from scheduler.problem.calendar import add_months
from scheduler.quarter.next_round.decisions import Unanswered
from scheduler.quarter.next_round.draft import SettingSet

_NEW_ROUND = N_("The next round begins.")
_REFILL = N_("Places are filled again within the quarter.")
_SEED = N_("The seed is the run date.")
_TOO_EARLY = N_(
    "The new run date {new} does not lie after {old}, the run date of the plan; name a later one "
    "with --run-date."
)
_TOO_LATE = N_(
    "A refill lies before the next round, which is on {day}; name an earlier day with --run-date, "
    "or leave out --refill."
)
_OTHER_DAY = N_(
    "The input has the run date {run_date}, but the plan was made for {plan_date}, and the next "
    "round is on {new}. Name the input that the plan was made from, or the day with --run-date."
)
_OTHER_ROUND = N_(
    "The input is the round {name} with run date {run_date}, but the plan was made for {own} with "
    "run date {own_date}. Name the input that the plan was made from."
)


@dataclass(frozen=True, slots=True)
class NextOptions:
    """What the coordinator chooses: `run_date` None is the plan's next round date, `name` "" the
    round's present name. A refill lies within the quarter; offers still running are kept.
    """

    run_date: date | None = None
    refill: bool = False
    unanswered: Unanswered | None = None
    name: str = ""


def input_wrong(
    round: Round, plan: Plan, run_date: date, options: NextOptions, recorded: Sequence[History]
) -> Iterator[Finding]:
    """What is wrong with the day of the next round; whether the input is another round's than the
    plan's, or the next one's that comes of it.
    """
    before = plan.round
    if run_date <= before.run_date:
        yield finding(_TOO_EARLY, new=run_date, old=before.run_date)
    elif round.run_date not in (before.run_date, run_date):
        yield finding(_OTHER_DAY, run_date=round.run_date, plan_date=before.run_date, new=run_date)
    elif round.name != before.name and not _comes_of(round, plan, options, recorded):
        yield finding(
            _OTHER_ROUND,
            name=round.name,
            run_date=round.run_date,
            own=before.name,
            own_date=before.run_date,
        )
    if options.refill and run_date >= before.next_round_date:
        yield finding(_TOO_LATE, day=before.next_round_date)


def _comes_of(round: Round, plan: Plan, options: NextOptions, recorded: Sequence[History]) -> bool:
    """Whether a round of another name is the next one: it has the name that is asked for, or the
    plan's round in its history.
    """
    before = plan.round
    own = any((h.round, h.run_date) == (before.name, before.run_date) for h in recorded)
    return round.run_date != before.run_date and (own or round.name == options.name)


def new_settings(
    round: Round, plan: Plan, run_date: date, options: NextOptions
) -> Iterator[SettingSet]:
    """The changes to the round's own facts."""
    why = finding(_REFILL if options.refill else _NEW_ROUND)
    if options.name and options.name != round.name:
        yield SettingSet("name", round.name, options.name, why)
    if round.run_date == run_date:
        return
    yield SettingSet("run_date", round.run_date, run_date, why)
    following = plan.round.next_round_date if options.refill else add_months(run_date, 3)
    yield SettingSet("next_round_date", round.next_round_date, following, why)
    if round.seed == f"{round.run_date:%Y%m%d}" and not round.seed_reason:
        seed = f"{run_date:%Y%m%d}"
        yield SettingSet("seed", round.seed, seed, finding(_SEED), written_only=True)
