"""What the checks of a plan found."""

from dataclasses import dataclass

from models.finding import Finding


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of certificates found: how many stages of parts they prove, of how many; of how
    many wishes they prove what is said; and what is wrong.
    """

    certified: int
    total: int
    wishes: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class SearchedAgain:
    """How many goals no certificate is said to prove, and those of which a search finds another
    value.
    """

    goals: int
    findings: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class Replayed:
    """How many statements were replayed, how many of them say that something was not examined,
    and those that are not true.
    """

    total: int
    not_examined: int
    findings: tuple[Finding, ...]
