"""Where the workbooks of a delivered plan lie."""

from pathlib import Path

from models.plan import Plan
from scheduler.report.names import Names, names_of


def names_in(folder: Path) -> Names:
    """What the files of the plan in a folder are called."""
    return names_of(Plan.from_json((folder / "plan.json").read_text(encoding="utf-8")))


def plan_in(folder: Path) -> Path:
    """The coordinator's workbook."""
    return folder / names_in(folder).plan


def answers_in(folder: Path) -> Path:
    """The workbook of answers."""
    return folder / names_in(folder).answers


def departments_in(folder: Path) -> list[Path]:
    """The departments' workbooks."""
    return sorted((folder / names_in(folder).departments).iterdir())


def trusts_in(folder: Path) -> list[Path]:
    """The trusts' workbooks."""
    return sorted((folder / names_in(folder).trusts).iterdir())


def municipalities_in(folder: Path) -> list[Path]:
    """The municipalities' workbooks."""
    return sorted((folder / names_in(folder).municipalities).iterdir())
