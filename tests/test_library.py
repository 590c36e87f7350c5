"""The library: its verbs, loaded when first used."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import scheduler
from scheduler.support.resources import data_folder
from tests.delivery import plan_in

SAMPLES = data_folder() / "samples"
ROOT = Path(__file__).parent.parent


def test_a_round_is_read_solved_verified_explained_and_written(tmp_path: Path) -> None:
    round = scheduler.read(SAMPLES / "small")
    plan = scheduler.solve(round, language="en")
    assert plan.status == "optimal"
    assert scheduler.verify(plan, round) == []
    who = plan.placements[0].candidate_id
    assert any(who in line for line in scheduler.explain(plan, round, who))
    files = scheduler.write(plan, round, tmp_path / "plan")
    assert plan_in(tmp_path.resolve() / "plan") in files
    with pytest.raises(KeyError):
        scheduler.explain(plan, round, "nobody")


def test_a_plan_that_was_changed_is_found_out() -> None:
    round = scheduler.read(SAMPLES / "small")
    plan = scheduler.solve(round)
    changed = plan.model_copy(update={"placements": plan.placements[1:]})
    assert scheduler.verify(changed, round) != []


def test_every_problem_of_the_input_is_in_the_error() -> None:
    with pytest.raises(scheduler.InputError) as raised:
        scheduler.read(SAMPLES / "broken")
    lines = str(raised.value).splitlines()
    assert len(lines) == len(raised.value.messages) > 35
    assert "cell E2" in str(raised.value)
    assert "{" not in str(raised.value)


def test_what_cannot_be_read_or_written_says_so(tmp_path: Path) -> None:
    with pytest.raises(scheduler.AlisError, match="no file or folder"):
        scheduler.read(tmp_path / "nothing.xlsx")
    round = scheduler.read(SAMPLES / "small")
    plan = scheduler.solve(round, time_limit=0)
    (tmp_path / "letter.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(scheduler.AlisError, match=r"letter\.txt"):
        scheduler.write(plan, round, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["letter.txt"]


def test_the_same_work_gives_the_same_plan() -> None:
    round = scheduler.read(SAMPLES / "small")
    plans = [scheduler.solve(round, clock=scheduler.Clock.after(None, 0.5)) for _ in range(2)]
    assert plans[0].placements == plans[1].placements


def test_all_that_is_promised_is_there() -> None:
    for name in scheduler.__all__:
        assert callable(getattr(scheduler, name)), name
    with pytest.raises(AttributeError, match="nothing"):
        scheduler.__getattr__("nothing")


@pytest.mark.parametrize("page", ["README.md", "docs/library.md"])
def test_the_examples_run(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(data_folder(), tmp_path / "data")
    monkeypatch.chdir(tmp_path)
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = re.findall(r"```python\n(.*?)```", text, flags=re.DOTALL)
    assert blocks
    names: dict[str, object] = {}
    for block in blocks:
        if "needs matplotlib" not in block:
            exec(block, names)


def test_importing_the_library_loads_nothing_that_takes_long() -> None:
    program = "import sys, scheduler; print(*sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT
    )
    loaded = set(done.stdout.split())
    assert "scheduler" in loaded
    assert not loaded & {"ortools", "pandas", "numpy", "openpyxl", "pydantic"}
