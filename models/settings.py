"""The round's own facts: the sheet with keys and values."""

from datetime import date
from typing import ClassVar

from models.base import Noun, column
from models.finding import N_
from models.language import LanguageCode


class RoundSettings(Noun):
    """Keys and values of the sheet round (SPEC section 7)."""

    sheet: ClassVar[str] = "round"

    name: str = column(N_("What you call the round; printed on everything."))
    run_date: date = column(N_("The day the round is run; deadlines and lead time count from it."))
    next_round_date: date | None = column(
        N_("The day of the next round; blank means three months later."), default=None
    )
    policy: str = column(N_("Name of a shipped policy, or path of a policy file of your own."))
    language: LanguageCode = column(
        N_("Language of workbooks and texts: nb, nn or en."), default=LanguageCode.NB
    )
    seed: str = column(
        N_("Seed of the lot; blank means the run date. Another seed needs a reason."), default=""
    )
    seed_reason: str = column(N_("Why the seed is not the run date."), default="")
    coordinator: str = column(
        N_("Who runs the round; departments and municipalities are told to ask there."), default=""
    )
    coordinator_email: str = column(N_("E-mail address of the coordinator."), default="")
    coordinator_phone: str = column(N_("Telephone number of the coordinator."), default="")
    channel: str = column(N_("How answers are to be sent, for example eFormidling."), default="")
