"""What can go wrong, as one tree:

AlisError
├── UnreadableError     there is nothing to read, or it is no workbook and no CSV file
├── InputError          the input has errors; it tells every one of them
├── NotAPlanError       the file is not a plan that alis wrote
├── NotApplicableError  answers and input do not fit together; nothing was written
├── RefusedError        the plan that was made did not pass its own check
├── CannotWriteError    the files could not be written; nothing was changed
└── SolverFaultError    the solver contradicts itself
"""

from models.finding import N_, Finding, finding
from scheduler.locale import Translator


class AlisError(Exception):
    """Something that whoever called has to know: one or more findings. As a string, whole sentences
    in English; `Translator(language).finding` gives each in another language.
    """

    def __init__(self, *findings: Finding) -> None:
        super().__init__(*findings)
        self.findings = findings

    @property
    def finding(self) -> Finding:
        """The first of them."""
        return self.findings[0]

    def __str__(self) -> str:
        english = Translator("en")
        return "\n".join(english.finding(found) for found in self.findings)


class UnreadableError(AlisError):
    """The input cannot be read at all."""


class NotAPlanError(AlisError):
    """The file is not a plan that alis wrote."""


class NotApplicableError(AlisError):
    """Answers cannot be applied to the input as they stand."""


class RefusedError(AlisError):
    """The finished plan did not pass its own check, so nothing is written."""


class CannotWriteError(AlisError):
    """The plan could not be written; nothing was changed."""


class SolverFaultError(AlisError):
    """The solver said something that cannot be: a fault in the program, never the input."""

    @classmethod
    def because(cls, detail: str) -> "SolverFaultError":
        """With what it said, for those who look into it."""
        text = N_(
            "The solver contradicts itself ({detail}). This is a fault in the program, not in the "
            "input; please report it."
        )
        return cls(finding(text, detail=detail))
