"""A hospital department at one site of one trust."""

from collections.abc import Iterator
from typing import ClassVar

from models.base import Noun, Problem, column
from models.finding import N_, finding
from models.vacancy import DepartmentKey


class Department(Noun):
    """A department and what it is approved for (SPEC section 7, sheet departments)."""

    sheet: ClassVar[str] = "departments"

    trust: str = column(N_("Health trust."))
    site: str = column(N_("Site: the hospital place."))
    department: str = column(N_("Department."))
    specialty: str = column(N_("Medical specialty, for your own use."), default="")
    approved: bool = column(
        N_("Whether the department is approved for learning goals ALM 055 and 085."), default=True
    )
    max_concurrent: int | None = column(
        N_("At most this many candidates at the same time; blank means no limit."), default=None
    )
    max_arrivals: int | None = column(
        N_("At most this many who begin on the same day; blank means no limit."), default=None
    )
    email: str = column(
        N_("E-mail address; printed in the workbooks for the department and its trust."), default=""
    )

    @property
    def key(self) -> DepartmentKey:
        """What the department is known by."""
        return DepartmentKey(self.trust, self.site, self.department)

    def problems(self) -> Iterator[Problem]:
        for field in ("max_concurrent", "max_arrivals"):
            limit = getattr(self, field)
            if limit is not None and limit < 0:
                yield Problem(field, finding(N_("Write a whole number, 0 or more.")))
