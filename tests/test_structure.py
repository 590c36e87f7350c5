"""The shape of the project: nothing is forgotten when a rule or a goal is added."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import distributions, requires
from itertools import chain
from pathlib import Path
from typing import get_args

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from models.explanation import LimitChange
from models.policy import GOAL_IDS, Policy
from models.waiver import WAIVABLE
from scheduler.explanations.letter import refusals, remedies, wishes
from scheduler.explanations.wording import change_words, obstacle_words
from scheduler.goals.catalogue import GOALS
from scheduler.rules.base import Rule
from scheduler.rules.capacity import Capacity
from scheduler.rules.catalogue import OPTION_RULES, PLAN_RULES, RULES, TOGETHER
from scheduler.rules.fit import Fit
from scheduler.rules.limit import LimitRule
from scheduler.rules.one_placement import OnePlacement
from scheduler.rules.part_time import PartTime
from scheduler.support.resources import shipped_policies
from scheduler.support.sentences import sentence

ROOT = Path(__file__).parent.parent


@pytest.mark.parametrize("rule", RULES, ids=lambda r: r.id)
def test_every_rule_has_its_file_test_and_documentation(rule: Rule) -> None:
    name = rule.id.replace("-", "_")
    assert (ROOT / "scheduler" / "rules" / f"{name}.py").is_file()
    assert (ROOT / "tests" / "rules" / f"test_{name}.py").is_file()
    assert f"`{rule.id}`" in (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    assert sentence(rule).endswith(".")


def test_every_rule_file_is_in_rules() -> None:
    helpers = {"__init__", "base", "catalogue", "occupancy", "obstacles"}
    helpers |= {"limit", "pair_rows", "order_line", "order_rows", "order_cuts"}
    files = {p.stem for p in (ROOT / "scheduler" / "rules").glob("*.py")} - helpers
    assert files == {r.id.replace("-", "_") for r in RULES}


def test_every_goal_has_its_file_and_documentation() -> None:
    files = {p.stem for p in (ROOT / "scheduler" / "goals").glob("*.py")}
    assert files - {"__init__", "base", "catalogue"} == {g.replace("-", "_") for g in GOALS}
    text = (ROOT / "docs" / "policy.md").read_text(encoding="utf-8")
    assert all(f"`{g}`" in text for g in GOALS)
    assert set(GOALS) == set(GOAL_IDS)


# Words that are ids too, where they mean something else: sheets, a column, the kind of a proof.
_OTHER_WORDS = {
    ("scheme", "input"),
    ("wishes", "input"),
    ("approved", "input"),
    ("approved", "input"),
    ("wishes", "samples"),
    ("pairs", "samples"),
    ("order", "rules/order_cuts.py"),
    ("declined", "quarter/next_round/decisions.py"),
    ("declined", "commands/options.py"),
    ("placed", "studies/figures.py"),
}


def test_ids_of_rules_and_goals_stand_in_their_own_files_only() -> None:
    ids = {r.id for r in RULES} | set(GOALS)
    own = {"order_line": "municipal-order"}
    for path in (ROOT / "scheduler").rglob("*.py"):
        here = path.relative_to(ROOT / "scheduler").as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        named = {
            id(key) for node in ast.walk(tree) if isinstance(node, ast.Dict) for key in node.keys
        }
        marked = {
            id(node.args[0])
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "N_"
        }
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or node.value not in ids:
                continue
            if id(node) in named | marked or any(
                node.value == word and here.startswith(where) for word, where in _OTHER_WORDS
            ):
                continue
            assert node.value == own.get(path.stem, path.stem.replace("_", "-")), (here, node.value)


def test_every_rule_and_goal_is_said_to_those_who_have_not_the_sheets() -> None:
    limits = [r for r in TOGETHER if isinstance(r, LimitRule) and not isinstance(r, Capacity)]
    columns = {rule.column for rule in limits}
    assert columns == set(get_args(LimitChange.model_fields["column"].annotation))
    assert columns == set(change_words.LIMITS) == set(remedies.LIMITS)
    assert {rule.id for rule in limits} == set(obstacle_words.LIMITS)
    # A placement is complete, or there is none: nothing else can be in its way by that rule.
    assert {rule.id for rule in PLAN_RULES} - {OnePlacement.id} == set(wishes.OBSTACLES)
    # What two rules say depends on the candidate, and stands beside the others.
    assert {rule.id for rule in OPTION_RULES} - {Fit.id, PartTime.id} == set(refusals.SENTENCES)
    assert set(GOALS) == set(wishes.WORSE)


def test_waivers_are_possible_for_the_rules_that_say_so() -> None:
    elsewhere = {"last-chance"}
    assert {r.id for r in RULES if r.waivable} | elsewhere == set(WAIVABLE)


def test_every_shipped_number_has_a_source() -> None:
    for name, path in shipped_policies().items():
        shipped = Policy.from_toml(path.read_text(encoding="utf-8"))
        set_keys = set(shipped.to_json()) - {"source"}
        assert set(shipped.source) == set_keys, name


def _imports(path: Path) -> set[str]:
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found.update(a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
    return found


def test_the_oracle_shares_only_the_facts() -> None:
    for name in ("oracle.py", "oracle_options.py", "oracle_rules.py", "milp_loads.py"):
        imported = _imports(ROOT / "tests" / name)
        assert not any(m.startswith(("scheduler", "tests.builders")) for m in imported)


def test_files_stay_small_enough_to_read() -> None:
    for folder in ("models", "scheduler", "tools", "tests", "benchmarks"):
        for path in (ROOT / "cli.py", *(ROOT / folder).rglob("*.py")):
            assert len(path.read_text(encoding="utf-8").splitlines()) <= 320, path


def test_what_pages_are_made_of_is_shipped() -> None:
    shipped = {f.distribution_path for f in WheelBuilder(str(ROOT)).recurse_included_files()}
    folder = ROOT / "scheduler" / "report" / "page" / "templates"
    files = {path.relative_to(ROOT).as_posix() for path in folder.iterdir()}
    assert {Path(name).suffix for name in files} == {".html", ".css", ".js"}
    assert files <= shipped


def test_whoever_has_the_sources_can_do_what_readme_says() -> None:
    sources = {f.distribution_path for f in SdistBuilder(str(ROOT)).recurse_included_files()}
    own = {"Makefile", "requirements.lock", "requirements-dev.lock", ".ci/run"}
    assert own <= sources
    for folder in ("tools", "benchmarks", "tests"):
        assert {p.relative_to(ROOT).as_posix() for p in (ROOT / folder).glob("*.py")} <= sources


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *chain(*project["optional-dependencies"].values())]
    names = {Requirement(text).name for text in asked}
    table = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").split("\n\n")[1]
    told = {n for row in table.splitlines()[2:] for n in re.findall(r"[\w-]+", row.split("|")[1])}
    assert names - told == set()


def test_no_registry_is_named() -> None:
    ours = [*ROOT.glob("*.lock"), *ROOT.glob("*.toml"), ROOT / "Makefile", ROOT / ".ci" / "run"]
    browser = ROOT / "tests" / "browser"
    for path in (*ours, *browser.glob("*.json"), browser / ".npmrc"):
        text = path.read_text(encoding="utf-8")
        assert "://" not in text, path


@pytest.mark.parametrize("name", ["requirements.lock", "requirements-dev.lock"])
def test_locks_name_the_extras_that_packages_ask_for(name: str) -> None:
    # Without them an older pip looks for a newest version of the package, beside the one pinned,
    # and refuses it for having no hash: nothing can be installed once there is a newer one.
    pinned: dict[str, set[str]] = {}
    for line in (ROOT / name).read_text(encoding="utf-8").splitlines():
        if "==" in line and not line.startswith(" "):
            pin = Requirement(line.removesuffix("\\"))
            pinned.setdefault(canonicalize_name(pin.name), set()).update(pin.extras)
    asked = 0
    for package in {*pinned} & {canonicalize_name(d.name) for d in distributions()}:
        for wanted in map(Requirement, requires(package) or ()):
            here = [{"extra": extra} for extra in ("", *pinned[package])]
            if wanted.marker is None or any(wanted.marker.evaluate(extra) for extra in here):
                asked += 1
                assert wanted.extras <= pinned[canonicalize_name(wanted.name)], (package, wanted)
    assert asked


def test_help_loads_nothing_that_takes_long() -> None:
    program = (
        "import sys\n"
        "sys.argv = ['alis', '--help']\n"
        "import cli\n"
        "try:\n"
        "    cli.main()\n"
        "except SystemExit:\n"
        "    pass\n"
        "print(*sys.modules, file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    )
    loaded = set(done.stderr.split())
    assert "cli" in loaded
    assert not loaded & {"ortools", "pandas", "numpy", "openpyxl", "pydantic", "rich"}
