"""What the files and folders of a plan are called: in the round's language, with its name."""

import re
from dataclasses import dataclass
from unicodedata import category, normalize

from models.finding import N_
from models.plan import Plan
from scheduler.locale import Translator

# Names that Windows keeps for devices, whatever the ending.
_DEVICE = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9¹²³]", re.IGNORECASE)
# Windows takes 260 signs for a whole path, with the folders of the user before these.
_SUBJECT_BYTES = 80
_ROUND_BYTES = 40


@dataclass(frozen=True, slots=True)
class Names:
    """The names for a round, in a language."""

    translator: Translator
    round: str

    @property
    def plan(self) -> str:
        """The coordinator's workbook."""
        return self.file(self.translator.text(N_("Plan")))

    @property
    def answers(self) -> str:
        """The workbook that answers are gathered in."""
        return self.file(self.translator.text(N_("Answers")))

    @property
    def page(self) -> str:
        """The page for the allocation meeting."""
        return self.file(self.translator.text(N_("Report")), ending=".html")

    @property
    def departments(self) -> str:
        """The folder of the departments' workbooks."""
        return self.translator.text(N_("departments"))

    @property
    def trusts(self) -> str:
        """The folder of the trusts' workbooks."""
        return self.translator.text(N_("trusts"))

    @property
    def municipalities(self) -> str:
        """The folder of the municipalities' workbooks."""
        return self.translator.text(N_("municipalities"))

    def file(self, subject: str, used: set[str] | None = None, ending: str = ".xlsx") -> str:
        """The name of a file about something in the round, different from those `used`."""
        about = cut(plain_name(subject), _SUBJECT_BYTES)
        round = cut(plain_name(self.round), _ROUND_BYTES)
        return file_name(f"{about} - {round}", used, ending)


def names_of(plan: Plan) -> Names:
    """The names of a plan's files, in the language that it was written in."""
    return Names(Translator(plan.round.language), plan.round.name)


def file_name(text: str, used: set[str] | None = None, ending: str = ".xlsx") -> str:
    """A file name that every system accepts, different from those used."""
    plain = plain_name(text)
    name, number = plain, 2
    while used is not None and name.casefold() in used:
        name, number = f"{plain} ({number})", number + 1
    if used is not None:
        used.add(name.casefold())
    return f"{name}{ending}"


def plain_name(text: str) -> str:
    """The text as a name that every system accepts: no signs with a meaning, none of the devices
    of Windows, at most 120 bytes.
    """
    composed = normalize("NFC", text)
    signs = ("-" if category(c)[0] == "C" or c in '<>:"/\\|?*' else c for c in composed)
    plain = cut(re.sub("-+", "-", "".join(signs)), 120)
    return f"_{plain}" if not plain or _DEVICE.fullmatch(plain.split(".")[0].strip()) else plain


def cut(text: str, most: int) -> str:
    """The text within so many bytes, without what a name must not end or begin with."""
    return text.encode()[:most].decode(errors="ignore").strip(" .~")
