"""Rule acceptance."""

from models.candidate import Candidate
from models.finding import N_, Finding, finding
from models.round import Round
from models.vacancy import Vacancy
from models.wish import Wish
from scheduler.problem.option import Option
from scheduler.problem.windows import ANYWHERE, Area
from scheduler.rules.base import Level, Rule


class Acceptance(Rule):
    """The place is wished for, or the candidate is open to it, and never is respected."""

    id = "acceptance"
    name = N_("the candidate's list of wishes")
    shuts_out = N_(
        "{vacancies}: not on the wish list, and the candidate is not open to other "
        "places. Ask the candidate, and write the answer in the sheet {sheet}."
    )
    cure = Wish.sheet
    level = Level.VACANCY

    def refuses(self, round: Round, option: Option) -> Finding | None:
        for vacancy in option.vacancies(round):
            found = self._refuses_place(round, option.candidate_id, vacancy)
            if found:
                return found
        return None

    def areas(self, round: Round, candidate: Candidate) -> set[Area]:
        """Areas outside of which no place is accepted, and none matches a ranked row."""
        rows = round.ranked.get(candidate.candidate_id, ())
        if candidate.open_to_other_sites:
            anything = candidate.open_to_other_departments
            return {ANYWHERE} if anything else {("", "", row.department) for row in rows}
        return {(row.trust, row.site, "") for row in rows}

    def _refuses_place(self, round: Round, candidate_id: str, vacancy: Vacancy) -> Finding | None:
        candidate = round.candidate[candidate_id]
        key = vacancy.department_key
        if any(row.matches(*key) for row in round.never.get(candidate_id, ())):
            return finding(
                N_("The candidate never wants {department} at {site}."),
                rule=self.id,
                department=vacancy.department,
                site=vacancy.site,
            )
        ranked = round.ranked.get(candidate_id, ())
        if any(row.matches(*key) for row in ranked):
            return None
        site_wished = any(
            row.trust in ("", key.trust) and row.site in ("", key.site) for row in ranked
        )
        if not (site_wished or candidate.open_to_other_sites):
            return finding(
                N_("{site} is not on the wish list, and the candidate is not open to other sites."),
                rule=self.id,
                site=vacancy.site,
            )
        department_wished = any(row.department in ("", key.department) for row in ranked)
        if not (department_wished or candidate.open_to_other_departments):
            return finding(
                N_(
                    "{department} is not on the wish list, and the candidate is not open to "
                    "other departments."
                ),
                rule=self.id,
                department=vacancy.department,
            )
        return None
