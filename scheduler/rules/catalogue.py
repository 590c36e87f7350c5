"""The policy's rules, in the order a person would tell them."""

from collections.abc import Mapping

from models.finding import Term
from scheduler.rules.acceptance import Acceptance
from scheduler.rules.agreement import AgreementRule
from scheduler.rules.approved import Approved
from scheduler.rules.arrivals import Arrivals
from scheduler.rules.availability import Availability
from scheduler.rules.base import Rule
from scheduler.rules.capacity import Capacity
from scheduler.rules.ceiling import Ceiling
from scheduler.rules.cover import Cover
from scheduler.rules.declined import Declined
from scheduler.rules.department_cap import DepartmentCap
from scheduler.rules.deviation import Deviation
from scheduler.rules.duration import Duration
from scheduler.rules.fit import Fit
from scheduler.rules.horizon import Horizon
from scheduler.rules.lead_time import LeadTime
from scheduler.rules.municipal_order import MunicipalOrder
from scheduler.rules.on_call import OnCall
from scheduler.rules.one_placement import OnePlacement
from scheduler.rules.pairs import Pairs
from scheduler.rules.part_time import PartTime
from scheduler.rules.practice import Practice
from scheduler.rules.registered import Registered
from scheduler.rules.scheme import SchemeRule

ACCEPTANCE = Acceptance()
AGREEMENT = AgreementRule()
CEILING = Ceiling()
DEVIATION = Deviation()
DURATION = Duration()
FIT = Fit()
HORIZON = Horizon()
LEAD_TIME = LeadTime()

# Rules about one candidate and one option (SPEC section 4a).
OPTION_RULES: tuple[Rule, ...] = (
    SchemeRule(),
    Practice(),
    Registered(),
    AGREEMENT,
    Approved(),
    DURATION,
    PartTime(),
    FIT,
    DEVIATION,
    LEAD_TIME,
    HORIZON,
    Availability(),
    ACCEPTANCE,
    OnCall(),
    Declined(),
    CEILING,
)

# Rules about several placements at once (SPEC sections 4b and 4c); the last one asks the others.
TOGETHER: tuple[Rule, ...] = (
    OnePlacement(),
    Capacity(),
    DepartmentCap(),
    Arrivals(),
    Cover(),
    Pairs(),
)
ORDER = MunicipalOrder(TOGETHER)
PLAN_RULES: tuple[Rule, ...] = (*TOGETHER, ORDER)

RULES: tuple[Rule, ...] = OPTION_RULES + PLAN_RULES

# What people call that which each rule asks for.
NAMES: Mapping[str, Term] = {rule.id: Term(rule.name) for rule in RULES}
