"""The files of a study, and the study for programs."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from models.finding import N_
from scheduler.locale import Translator
from scheduler.report.page.frame import tables_page
from scheduler.report.studies.frame import parquet
from scheduler.report.studies.pictures import pictures
from scheduler.report.studies.tables import study_tables
from scheduler.report.table import Book
from scheduler.report.workbook import workbook
from scheduler.studies.study import Study

STUDY_XLSX, STUDY_HTML, STUDY_PARQUET = "study.xlsx", "study.html", "study.parquet"
# A table with more rows is in the workbook only.
_MOST_ROWS = 200


def study_files(study: Study, t: Translator) -> Mapping[str, bytes]:
    """What is written of a study, by name."""
    tables = study_tables(study, t)
    title = t.text(N_("Policies tried on past rounds"))
    # Every plan, and everybody, would make a page that nobody reads.
    shown = [table for table in tables if not table.plain and len(table.rows) <= _MOST_ROWS]
    return {
        STUDY_XLSX: workbook(Book(STUDY_XLSX, tuple(tables), title), t),
        STUDY_HTML: tables_page(shown, t, title, pictures(study, t)),
        STUDY_PARQUET: parquet(study),
    }


def study_data(study: Study, written: Sequence[Path], t: Translator) -> dict[str, object]:
    """The study for programs."""
    return {
        "policies": list(study.variants),
        "files": [str(path) for path in written],
        "rows": [
            {
                "round": row.round,
                "run_date": row.run_date.isoformat(),
                "policy": row.variant,
                "seed": row.seed,
                **row.result.figures.model_dump(),
                "goals": row.result.goals,
                "proof": row.result.proof,
                "seconds": row.result.seconds,
            }
            for row in study.rows
        ],
        "missing": [
            {"round": u.round, "policy": u.variant, "seed": u.seed, "why": t.finding(u.why)}
            for u in study.undone
        ],
    }
