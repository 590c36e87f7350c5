"""Rule acceptance: hand-worked edges."""

from datetime import date

from models.candidate import Candidate
from models.wish import Wish
from tests.builders import DEPARTMENT, SITE, TRUST, a_round, candidate, refusal, vacancy, wish

DAY = date(2026, 9, 1)
OTHER = vacancy("W", site="Bodø", department="Kirurgi")


def result(person: Candidate, *wishes: Wish) -> str:
    return refusal(a_round([person], [vacancy(), OTHER], wishes=wishes), DAY)


def test_a_ranked_row_matches_with_blanks_as_any() -> None:
    assert result(candidate(), wish(trust=TRUST, site=SITE, department=DEPARTMENT)) == ""
    assert result(candidate(), wish(site=SITE)) == ""
    assert result(candidate(), wish()) == ""
    assert result(candidate(), wish(site="Bodø")) == "acceptance"
    assert result(candidate()) == "acceptance"  # no wish at all


def test_never_goes_before_everything() -> None:
    never = wish(rank="never", site=SITE)
    assert result(candidate(open_to_other_sites=True), wish(), never) == "acceptance"
    assert result(candidate(), wish(), wish(rank="never", site="Bodø")) == ""


def test_another_site_and_another_department_need_their_own_openness() -> None:
    elsewhere = wish(site="Bodø", department="Kirurgi")
    for sites, departments, expected in (
        (True, True, ""),
        (True, False, "acceptance"),
        (False, True, "acceptance"),
    ):
        person = candidate(open_to_other_sites=sites, open_to_other_departments=departments)
        assert result(person, elsewhere) == expected


def test_a_site_wished_for_another_department_counts_as_a_wished_site() -> None:
    round = a_round(
        [candidate(open_to_other_departments=True)],
        [vacancy(), vacancy("W", department="Kirurgi")],
        wishes=[wish(site=SITE, department="Kirurgi")],
    )
    assert refusal(round, DAY) == ""
    closed = a_round(
        [candidate()],
        [vacancy(), vacancy("W", department="Kirurgi")],
        wishes=[wish(site=SITE, department="Kirurgi")],
    )
    assert refusal(closed, DAY) == "acceptance"
