"""What the commands about the quarter do alike: plans in folders, inputs, and one file to write."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from models.finding import N_, finding
from models.language import LanguageCode
from scheduler.commands.console import (
    leave,
    note,
    note_other_input,
    read_delivered,
    read_planned,
    talk,
    writing,
)
from scheduler.commands.options import Exit
from scheduler.locale import Translator

if TYPE_CHECKING:
    from models.plan import Plan
    from models.round import Round
    from scheduler.report.table import Table

PlanArgument = Annotated[
    Path,
    typer.Argument(
        metavar="PLAN",
        help=N_("The folder of a plan, its plan.json, or the coordinator's workbook."),
    ),
]
PlanOption = Annotated[
    Path,
    typer.Option(
        "--plan", help=N_("The folder of a plan, its plan.json, or the coordinator's workbook.")
    ),
]
OutFile = Annotated[
    Path | None, typer.Option("--out", help=N_("The file to write: .xlsx, or .html for a page."))
]
AddRow = Annotated[
    tuple[str, str] | None,
    typer.Option(
        "--add",
        metavar="SHEET ROW",
        help=N_('A row more: the sheet, and its columns: vacancy "site=Bodø, start=1.10.2026, …".'),
    ),
]

SetCells = Annotated[
    list[str] | None,
    typer.Option("--set", help=N_("A cell and its new value: V05.positions=2. May be repeated.")),
]

_PAGE, _BOOK = (".html", ".htm"), ".xlsx"


def read_plan_at(path: Path, translator: Translator) -> "Plan":
    """The plan in a folder or a file; ends the command where there is none."""
    from scheduler.report.files import PLAN_JSON

    own = path / PLAN_JSON
    file = own if path.is_dir() and own.is_file() else path
    return read_delivered(file, translator, Exit.USAGE).plan


def round_of(path: Path, lang: LanguageCode | None, plan: "Plan") -> "tuple[Round, Translator]":
    """The input of a plan; ends the command where it has errors or does not know the plan's people
    or vacancies.
    """
    round, translator, read = read_planned(path, lang, plan)
    note_other_input(plan, read, translator)
    people = {p.candidate_id for p in plan.placements} | {u.candidate_id for u in plan.unplaced}
    vacancies = {s.vacancy_id for p in plan.placements for s in p.segments}
    unknown = [*sorted(people - round.candidate.keys()), *sorted(vacancies - round.vacancy.keys())]
    if unknown:
        found = finding(
            N_("{path} is not the input of the plan: {ids} of the plan are not in it."),
            path=str(path),
            ids=tuple(unknown[:5]),
        )
        leave(found, translator, Exit.USAGE)
    return round, translator


def round_as_asked(
    round: "Round",
    translator: Translator,
    path: Path,
    cells: Sequence[str],
    row: tuple[str, str] | None,
) -> "Round":
    """The round with cells changed and a row more; ends the command where that cannot be."""
    from scheduler.quarter.asking.edits import edited

    folder = path if path.is_dir() else path.parent
    made = edited(round, translator, cells, [] if row is None else [row], folder)
    if made.round is not None:
        return made.round
    for found in (*made.misnamed, *made.invalid):
        talk(translator.finding(found))
    raise typer.Exit(Exit.USAGE if made.misnamed else Exit.INPUT)


def check_target(out: Path | None, translator: Translator, kinds: Sequence[str]) -> None:
    """End the command where the file to write is of another kind, before anything is done."""
    if out is not None and out.suffix.lower() not in kinds:
        found = finding(
            N_("{path}: name a file that ends in {kinds}."), path=str(out), kinds=tuple(kinds)
        )
        leave(found, translator, Exit.USAGE)


def write_tables(
    tables: "Sequence[Table]",
    title: str,
    out: Path,
    inputs: Sequence[Path],
    translator: Translator,
    *,
    overwrite: bool,
) -> None:
    """Write tables as a workbook or as a page, by what the file's name ends in."""
    from scheduler.report.page.frame import tables_page
    from scheduler.report.table import Book
    from scheduler.report.workbook import workbook

    if out.suffix.lower() in _PAGE:
        content = tables_page(tables, translator, title)
    else:
        content = workbook(Book(out.name, tuple(tables), title), translator)
    write_content(content, out, inputs, translator, overwrite=overwrite)


def write_content(
    content: bytes, out: Path, inputs: Sequence[Path], translator: Translator, *, overwrite: bool
) -> None:
    """Write a file and say where; ends the command where it cannot be written."""
    from scheduler.support.safe_write import write_file

    with writing(translator):
        notes = write_file(out, content, overwrite=overwrite, inputs=inputs)
    note(notes, translator)
    talk(str(out))


TABLE_KINDS = (_BOOK, *_PAGE)
