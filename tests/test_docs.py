"""The pages in docs/: made from the code, complete, with links that lead somewhere."""

import re
import shlex
from pathlib import Path

import pytest

from tests.quarter.command import alis
from tools.build_docs import SCHEMA_FILE, build
from tools.messages_page import SECTIONS, cause_and_cure, messages_in
from tools.plan_page import plan_schema

ROOT = Path(__file__).parent.parent
PAGES = sorted({*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), *(ROOT / "data").rglob("*.md")})
# What is said of plans and rules, not of input or of files.
NO_MESSAGES = (
    *("scheduler/rules/", "scheduler/goals/", "scheduler/listing/", "scheduler/conflicts/"),
    *("scheduler/explanations/", "scheduler/verification/", "scheduler/quarter/comparing/"),
    "scheduler/report/books/",
)


def test_the_pages_made_from_the_code_are_up_to_date(tmp_path: Path) -> None:
    build(tmp_path)
    made = [page for page in tmp_path.rglob("*") if page.is_file()]
    assert made
    for page in made:
        committed = ROOT / "docs" / page.relative_to(tmp_path)
        assert committed.read_text(encoding="utf-8") == page.read_text(encoding="utf-8"), page.name
    assert SCHEMA_FILE.read_text(encoding="utf-8") == plan_schema()


def test_the_messages_pages_have_every_message() -> None:
    told = {path for *_, patterns in SECTIONS for p in patterns for path in ROOT.glob(p)}
    for folder in ("models", "scheduler"):
        for path in (ROOT / folder).rglob("*.py"):
            name = path.relative_to(ROOT).as_posix()
            if path not in told and not name.startswith(NO_MESSAGES):
                assert not list(messages_in(path)), name


@pytest.mark.parametrize(
    ("message", "wrong", "cure"),
    [
        ("The file is no text; save it anew.", "The file is no text.", "Save it anew."),
        ("Filen er skadet. Åpne den i Excel.", "Filen er skadet.", "Åpne den i Excel."),
        ("Skriv ja eller nei.", "Skriv ja eller nei.", ""),
        ("{file} har 1. september.", "{file} har 1. september.", ""),
    ],
)
def test_a_message_is_parted_in_what_is_wrong_and_what_to_do(
    message: str, wrong: str, cure: str
) -> None:
    assert cause_and_cure(message) == (wrong, cure)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", text):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (page.parent / target).exists(), target


def test_every_page_is_reached_from_readme() -> None:
    found, left = set[Path](), [ROOT / "README.md"]
    while left:
        page = left.pop()
        if page not in found and page.suffix == ".md":
            found.add(page)
            targets = re.findall(r"\]\(([^)#\s:]+)[)#]", page.read_text(encoding="utf-8"))
            left += [(page.parent / target).resolve() for target in targets]
    assert {p.resolve() for p in (ROOT / "docs").rglob("*.md")} - found == set()


def test_the_first_steps_after_installing_work(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = (ROOT / "docs" / "nb" / "installere.md").read_text(encoding="utf-8")
    part = text.split("\n## 5.")[1].split("\n## ")[0]
    commands = re.findall(r"^alis (.+)$", part, flags=re.MULTILINE)
    assert [c.split()[0] for c in commands] == ["sample", "check", "plan", "template"]
    monkeypatch.chdir(tmp_path)
    for command in commands:
        done = alis(*shlex.split(command))
        assert done.exit_code in (0, 4), (command, done.stderr)


@pytest.mark.parametrize("page", PAGES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_alis_is_installed_from_its_folder_not_by_a_name_that_others_could_take(page: Path) -> None:
    assert not re.search(r"\binstall [^\n`]*alis-placement", page.read_text(encoding="utf-8"))
