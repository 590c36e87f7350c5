"""The workbook of answers, with a row for every offer; and cells to answer in elsewhere."""

from collections.abc import Sequence

from models.answer import Answer, CandidateAnswer, DepartmentAnswer
from models.finding import N_, CodeWord
from scheduler.locale import Translator
from scheduler.report.table import Cell, Column, Entry, Table

_WIDTHS = {
    "candidate_id": 10,
    "name": 18,
    "home": 18,
    "vacancies": 11,
    "trust": 18,
    "site": 18,
    "department": 18,
    "candidate_answer": 12,
    "department_answer": 12,
    "comment": 24,
}
_WORDS: dict[str, type[CodeWord]] = {
    "candidate_answer": CandidateAnswer,
    "department_answer": DepartmentAnswer,
}


def answer_columns(translator: Translator, fields: Sequence[str]) -> tuple[Column, ...]:
    """Columns of the answers, as they are read again."""
    return tuple(
        Column(
            translator.heading(Answer.header(field)),
            _WIDTHS.get(field, 11),
            entry=_entry(translator, field),
        )
        for field in fields
    )


def _entry(translator: Translator, field: str) -> Entry | None:
    if field in _WORDS:
        return Entry(words=tuple(translator.word(code) for code in _WORDS[field]))
    if field == "answered_on":
        return Entry(day=True)
    return Entry() if field == "comment" else None


def answers_table(translator: Translator, round_name: str, rows: Sequence[Answer]) -> Table:
    """The sheet of answers; also after answers have been gathered into it."""
    t = translator
    return Table(
        name=t.sheet(Answer.sheet),
        title=t.text(N_("Answers to the offers of {round}"), round=round_name),
        notes=(
            t.text(
                N_(
                    "One row for each place; three plus three months are two rows, and the "
                    "candidate's answer counts for both."
                )
            ),
            t.text(
                N_("A department that says nothing agrees. A candidate who says nothing does not.")
            ),
        ),
        columns=answer_columns(t, tuple(Answer.model_fields)),
        rows=tuple(tuple(_cell(t, getattr(row, f)) for f in Answer.model_fields) for row in rows),
        asked=frozenset(range(len(rows))),
    )


def _cell(translator: Translator, value: str | Cell) -> Cell:
    return translator.word(value) if isinstance(value, CodeWord) else value or None
