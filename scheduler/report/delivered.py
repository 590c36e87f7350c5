"""The verb behind `alis verify`: a delivered plan against its input, rule by rule, cell by cell."""

from models.finding import N_, Finding, finding
from scheduler.locale import Translator
from scheduler.problem.case import Case
from scheduler.report.cells import DeliveredPlan, compare_cells
from scheduler.report.texts import Delivery
from scheduler.verify.plan import verify
from scheduler.verify.statements import check_statements


def check_delivered(delivered: DeliveredPlan, case: Case, workers: int = 1) -> list[Finding]:
    """Everything that is wrong: cells of the workbook first, then rules and numbers."""
    plan, round = delivered.plan, case.round
    if case.previous is None and any(g.id == "unchanged" for g in plan.goals):
        return [finding(N_("The plan builds on a plan before it; name that with --previous."))]
    wrong = verify(plan, case) or check_statements(plan, case, workers)
    if delivered.sheets is None:
        return wrong
    if any(p.candidate_id not in round.candidate for p in plan.placements) or any(
        s.vacancy_id not in round.vacancy for p in plan.placements for s in p.segments
    ):
        return wrong  # the workbook cannot even be made again from this input
    # A workbook is compared in its own language, whatever language we talk in.
    own = Delivery(plan, round, Translator(plan.round.language))
    return [*compare_cells(own, delivered.sheets), *wrong]
