"""Rule approved."""

from models.department import Department
from models.finding import N_, Finding, finding
from models.round import Round
from scheduler.problem.option import Option
from scheduler.rules.base import Level, Rule


class Approved(Rule):
    """The department is approved for learning goals ALM 055 and ALM 085."""

    id = "approved"
    name = N_("the requirement of an approved department")
    shuts_out = N_(
        "{vacancies}: the department is not approved for hospital service. Check the sheet {sheet}."
    )
    cure = Department.sheet
    judges_locks = True
    each_lock = True
    level = Level.VACANCY

    def refuses(self, round: Round, option: Option) -> Finding | None:
        for vacancy in option.vacancies(round):
            if not round.department[vacancy.department_key].approved:
                return finding(
                    N_("{department} at {site} is not approved for ALM 055 and ALM 085."),
                    rule=self.id,
                    department=vacancy.department,
                    site=vacancy.site,
                )
        return None
