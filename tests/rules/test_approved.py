"""Rule approved: hand-worked edges."""

from datetime import date

from tests.builders import DEPARTMENT, SITE, TRUST, Department, a_round, refusal


def test_the_department_is_approved() -> None:
    for approved, expected in ((True, ""), (False, "approved")):
        place = Department(trust=TRUST, site=SITE, department=DEPARTMENT, approved=approved)
        assert refusal(a_round(departments=[place]), date(2026, 9, 1)) == expected
