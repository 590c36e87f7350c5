"""What can go wrong, as one tree:

AlisError
├── UnreadableError     there is nothing to read, or it is no workbook and no CSV file
├── InputError          the input has errors; it tells every one of them
├── NotAPlanError       the file is not a plan that alis wrote
├── NotApplicableError  answers and input do not fit together; nothing was written
├── RefusedError        the plan that was made did not pass its own check
├── CannotWriteError    the files could not be written; nothing was changed
│   └── WrongTargetError    the place named for them cannot be meant: it is the input, say
├── NotInstalledError    a part of alis that is installed apart is asked for, and is not there
├── ClusterError        the cluster cannot be reached, or cannot do the work
└── SolverFaultError    the solver contradicts itself
"""

import errno
from importlib.util import find_spec
from pathlib import Path

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


_IN_USE = N_(
    "{place} cannot be written: it is open in another program, or you may not write there. Close "
    "it in Excel, or name another place. Nothing was changed."
)
_FULL = N_(
    "{place} cannot be written: the disk is full. Make room, or name a place on another disk. "
    "Nothing was changed."
)
_NAME = N_(
    "{place} cannot be written: its name, or that of a file in it, is too long for this system or "
    "has letters that it does not take. Nothing was changed."
)
_GONE = N_(
    "{place} cannot be written: a folder on the way to it, or the one you are in, is gone. Nothing "
    "was changed."
)
_RING = N_(
    "{place} cannot be written: it is a link that leads back to itself. Nothing was changed."
)
_OTHER = N_("{place} cannot be written ({reason}). Nothing was changed.")
_REASONS = {
    **dict.fromkeys((errno.EACCES, errno.EPERM, errno.EBUSY, errno.EROFS), _IN_USE),
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT, errno.EFBIG), _FULL),
    errno.ENAMETOOLONG: _NAME,
    errno.ENOENT: _GONE,
    errno.ELOOP: _RING,
}


class CannotWriteError(AlisError):
    """What was to be written could not be; nothing was changed."""

    @classmethod
    def of(cls, place: Path, error: OSError | UnicodeEncodeError) -> "CannotWriteError":
        """With why the system refused it, in words."""
        if isinstance(error, UnicodeEncodeError):
            return cls(finding(_NAME, place=str(place)))
        text = _REASONS.get(error.errno or 0, _OTHER)
        if text == _OTHER:
            return cls(finding(text, place=str(place), reason=error.strerror or str(error)))
        return cls(finding(text, place=str(place)))


class WrongTargetError(CannotWriteError):
    """The place named for what is written is one that must not be written over."""


class NotInstalledError(AlisError):
    """What is asked for needs packages that are not installed."""

    @classmethod
    def unless_there(cls, *packages: str) -> None:
        """Raises it, with what to install, unless all these packages are there."""
        missing = tuple(name for name in packages if find_spec(name) is None)
        if missing:
            text = N_("This needs {packages}. Install them beside alis; with pipx: {command}")
            # Never by a name that no registry has from us: somebody else could take it.
            command = " ".join(("pipx inject alis-placement", *missing))
            raise cls(finding(text, packages=missing, command=command))


class ClusterError(AlisError):
    """The machines that were to do the work cannot be reached, or cannot do it."""


class SolverFaultError(AlisError):
    """The solver said something that cannot be: a fault in the program, never the input."""

    @classmethod
    def because(cls, detail: str) -> "SolverFaultError":
        """With what it said, for those who look into it."""
        text = N_(
            "The search contradicts itself ({detail}). This is a fault in the program, not in the "
            "input; please report it."
        )
        return cls(finding(text, detail=detail))
