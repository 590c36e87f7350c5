"""A ranked row of a wish list, or a row that says never."""

from collections.abc import Iterator
from typing import ClassVar, Literal

from models.base import Noun, Problem, column
from models.finding import N_, finding

NEVER: Literal["never"] = "never"


class Wish(Noun):
    """One wish: blank trust, site or department means any (SPEC section 2)."""

    sheet: ClassVar[str] = "wishes"

    candidate_id: str = column(N_("The candidate whose wish this is."))
    rank: int | Literal["never"] = column(N_("1 for the first wish, 2 for the next …, or never."))
    trust: str = column(N_("Health trust; blank means any."), default="")
    site: str = column(N_("Site; blank means any."), default="")
    department: str = column(N_("Department; blank means any."), default="")

    @property
    def never(self) -> bool:
        """Whether the row shuts places out rather than wishing for them."""
        return self.rank == NEVER

    def matches(self, trust: str, site: str, department: str) -> bool:
        """A row matches where each part that is not blank is equal (SPEC section 4a)."""
        return (
            self.trust in ("", trust)
            and self.site in ("", site)
            and self.department in ("", department)
        )

    def problems(self) -> Iterator[Problem]:
        yield from super().problems()
        if self.never and not (self.trust or self.site or self.department):
            yield Problem(
                "rank",
                finding(
                    N_("This row shuts out every place; name a trust, site or department in it.")
                ),
            )
        if not self.never and int(self.rank) < 1:
            yield Problem("rank", finding(N_("Write a whole number from 1 upwards, or never.")))
