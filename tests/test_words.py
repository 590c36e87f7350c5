"""Texts for people hold no ids of rules and goals and no words of the solver, and one form of each
word.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.waiver import WAIVABLE
from scheduler.explanations.wording.audience import Audience
from scheduler.explanations.wording.warnings import option_warnings
from scheduler.goals.catalogue import GOAL_NAMES, GOALS
from scheduler.input import read_round
from scheduler.input.message import message_line
from scheduler.listing.options import make_case
from scheduler.locale import LANGUAGES, Translator, catalogue
from scheduler.planning import make_plan
from scheduler.report.explain_lines import candidate_lines, letter_lines
from scheduler.report.files import write_plan
from scheduler.report.lines import plan_lines
from scheduler.report.marked import marked_copy
from scheduler.report.texts import Delivery
from scheduler.rules.catalogue import NAMES, RULES
from tests.report.test_files import SAMPLES

IDS = {rule.id for rule in RULES} | set(GOALS)
# Words of English that are ids too.
ORDINARY = {
    *("approved", "availability", "cover", "declined", "fit", "lot", "order", "pairs", "placed"),
    *("practice", "registered", "waiting", "wishes", "agreement", "scheme", "duration", "capacity"),
    *(
        "on-call",
        "part-time",
        "acceptance",
        "ceiling",
        "deviation",
        "arrivals",
        "horizon",
        "unchanged",
    ),
}
SOLVER = (
    "column index|objective|dual|feasible|infeasible|CP-SAT|OR-Tools|GLOP|solver|relaxation|bound|"
    "løseren|løysaren|sertifikat\\w*|certificate\\w*|None|Value error"
)
# Where ids are meant to be read, as they are typed into a policy.
TYPED = ("Teknisk – regelsett", "Technical – policy")


def every_cell(path: Path) -> Iterator[tuple[str, str]]:
    sheets = load_workbook(path).worksheets
    for sheet in sheets[:1] if path.name == "marked.xlsx" else sheets:
        if sheet.sheet_state != "visible" or sheet.title in TYPED:
            continue
        for row in sheet.iter_rows():
            for cell in row:
                where = f"{path.parent.name}/{path.name} {sheet.title} {cell.coordinate}"
                if isinstance(cell.value, str):
                    yield where, cell.value
                if cell.comment:
                    yield where, cell.comment.text


def bad(text: str, language: str) -> str | None:
    """The first word of a text that people should not have to read."""
    ids = IDS - (ORDINARY if language == "en" else set())
    found = re.search(rf"(?<![\w-])({'|'.join(map(re.escape, sorted(ids)))})(?![\w-])", text)
    found = found or re.search(rf"\b({SOLVER})\b", text)
    return found and found[0]


@pytest.mark.parametrize(
    ("sample", "language"),
    [("small", "nb"), ("small", "nn"), ("small", "en"), ("vest", "nn"), ("conflict", "nb")],
)
def test_no_text_for_people_holds_an_id_or_a_word_of_the_solver(
    sample: str, language: str, tmp_path: Path
) -> None:
    read = read_round(SAMPLES / sample, language)
    assert read.round is not None
    t = Translator(language)
    made = make_plan(make_case(read.round), origin=read.origin)
    delivery = Delivery(made.plan, read.round, t, made.proof)
    messages = [*read.messages, *option_warnings(read)]
    write_plan(delivery, tmp_path / "plan")
    (tmp_path / "plan" / "marked.xlsx").write_bytes(marked_copy(read, messages, t))
    texts = [("plan", line) for line in plan_lines(delivery)]
    texts += [("messages", message_line(message, t)) for message in messages]
    for person in read.round.candidates:
        who = person.candidate_id
        for audience in (Audience.COORDINATOR, Audience.MUNICIPALITY):
            lines = candidate_lines(delivery, who, audience)
            texts += [(f"{audience} {who}", line) for line in lines]
        texts += [(f"letter {who}", line) for line in letter_lines(delivery, who)]
    books = [*(tmp_path / "plan").rglob("*.xlsx")]
    own = [cell for book in books if book.parent == tmp_path / "plan" for cell in every_cell(book)]
    others = [
        cell for book in books if book.parent != tmp_path / "plan" for cell in every_cell(book)
    ]
    assert len(own) > 50
    assert len(others) > 50
    told = [(w, x, bad(x, language)) for w, x in (*texts, *own, *others)]
    assert [one for one in told if one[2]] == []
    read_by_others = [(w, x) for w, x in texts if w.startswith(("municipality", "letter"))]
    sentences = [(w, x) for w, x in others if x.endswith(".")]
    points = re.compile(r"\bpo(eng|ints?)\b")
    assert [x for x in (*read_by_others, *sentences) if points.search(x[1])] == []


def test_the_errors_of_a_bad_input_hold_none_either() -> None:
    for language in LANGUAGES:
        read = read_round(SAMPLES / "broken", language)
        # What is listed to be written into the sheet of waivers has its name beside it.
        said = [message_line(m, Translator(language)) for m in read.messages]
        said = [re.sub(r"«[a-z-]+» \(", "(", text) for text in said]
        assert len(said) > 35
        for text in said:
            own = re.sub(r"«[^»]*»", "", text)  # the value that stands in the cell
            assert bad(own, language) is None, text


def test_every_rule_and_goal_has_a_name_in_every_language() -> None:
    for language in ("nb", "nn"):
        t = Translator(language)
        for name in (*NAMES.values(), *GOAL_NAMES.values()):
            assert t.verbatim(name) != name
    for rule, called in WAIVABLE.items():
        assert called == {**NAMES, **GOAL_NAMES}[rule]


def test_of_each_word_one_form_is_used() -> None:
    page = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")
    for language in ("nb", "nn"):
        table = page.split(f"| {language} | not |\n|---|---|\n")[1].split("\n\n")[0]
        others = [line.strip("| ").split(" | ")[1] for line in table.splitlines()]
        assert len(others) > 3
        texts = [x for key, x in catalogue(language)._catalog.items() if key]  # type: ignore[attr-defined]
        for other in others:
            used = [x for x in texts if re.search(rf"\b{other}\b", str(x), re.IGNORECASE)]
            assert used == [], other
