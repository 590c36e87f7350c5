"""The verb behind `alis verify`: a delivered plan against its input, rule by rule, cell by cell."""

from models.certificate import Proof
from models.finding import N_, Finding, finding
from models.placement import Placement
from models.plan import Plan
from models.round import Round
from scheduler.case import Case
from scheduler.locale import Translator
from scheduler.options import list_choices
from scheduler.proof.check import Checked, check_proof
from scheduler.report.check import DeliveredPlan, compare_cells
from scheduler.report.texts import Delivery
from scheduler.verify import verify


def check_delivered(
    delivered: DeliveredPlan, round: Round, previous: tuple[Placement, ...] | None
) -> list[Finding]:
    """Everything that is wrong: cells of the workbook first, then rules and numbers."""
    plan = delivered.plan
    if previous is None and any(g.id == "unchanged" for g in plan.goals):
        return [finding(N_("The plan builds on a plan before it; name that with --previous."))]
    wrong = verify(plan, Case(round, list_choices(round), previous))
    if delivered.sheets is None:
        return wrong
    if any(p.candidate_id not in round.candidate for p in plan.placements) or any(
        s.vacancy_id not in round.vacancy for p in plan.placements for s in p.segments
    ):
        return wrong  # the workbook cannot even be made again from this input
    # A workbook is compared in its own language, whatever language we talk in.
    own = Delivery(plan, round, Translator(plan.round.language))
    return [*compare_cells(own, delivered.sheets), *wrong]


def check_certificates(
    plan: Plan, proof: Proof, round: Round, previous: tuple[Placement, ...] | None
) -> Checked:
    """The certificates of a plan in which nothing else is wrong."""
    return check_proof(Case(round, list_choices(round), previous), plan, proof)
