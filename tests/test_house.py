"""The house: rooms in the order of a round's way, and arrows that run one way."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
# From the facts to the commands; a room may use those before it.
ROOMS = (
    *("version", "locale", "support", "problem", "input", "program", "rules", "goals", "listing"),
    *(
        "solver",
        "conflicts",
        "explanations",
        "verification",
        "quarter",
        "studies",
        "report",
        "samples",
    ),
    *("planning", "commands"),
)
_MODULES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
    for folder in ("models", "scheduler")
    for path in (ROOT / folder).rglob("*.py")
}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (a.name for a in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{a.name}" for a in node.names)


def _room(module: str) -> int:
    return ROOMS.index(module.split(".")[1])


def test_facts_know_nothing_of_the_house() -> None:
    for path in (ROOT / "models").glob("*.py"):
        assert not any(m.startswith(("scheduler", "cli")) for m in _imports(path)), path


def test_a_room_uses_only_rooms_before_it() -> None:
    for module, path in _MODULES.items():
        for used in _imports(path):
            assert used != "cli", module
            if used.startswith("scheduler.") and module.count("."):
                assert module.startswith("models") or _room(used) <= _room(module), (module, used)


def test_only_one_room_knows_a_solver() -> None:
    knowing = {m for m, p in _MODULES.items() if any(u.startswith("ortools") for u in _imports(p))}
    assert knowing
    assert all(m.startswith("scheduler.solver.") for m in knowing)


def test_every_module_can_be_imported_by_itself() -> None:
    # One process for all: what others have written stays loaded, what we have does not.
    program = (
        "import importlib, sys\n"
        "for module in sys.argv[1:]:\n"
        "    for loaded in [m for m in sys.modules if m.split('.')[0] == 'scheduler']:\n"
        "        del sys.modules[loaded]\n"
        "    importlib.import_module(module)\n"
        "    print(module)\n"
    )
    call = [sys.executable, "-c", program, *sorted(_MODULES)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.stdout.split() == sorted(_MODULES), done.stderr


def test_types_are_imported_like_all_else_but_where_commands_load_late() -> None:
    late = {m for m, p in _MODULES.items() if "TYPE_CHECKING" in p.read_text(encoding="utf-8")}
    late -= {"scheduler", "scheduler.studies.cluster"}  # Dask may not be installed
    late -= {m for m in late if m.startswith("scheduler.studies.asking.")}
    assert all(m.startswith("scheduler.commands.") for m in late)


def test_rooms_stay_small_enough_to_overlook() -> None:
    rooms = {p.parent for m, p in _MODULES.items() if m.startswith("scheduler")}
    # A rule, and a command, is a file.
    for room in rooms - {ROOT / "scheduler" / "rules", ROOT / "scheduler" / "commands"}:
        assert len([*room.glob("*.py")]) <= 12, room
    here = {p.name for p in (ROOT / "scheduler").glob("*.py")}
    assert here == {"__init__.py", "planning.py", "version.py"}


@pytest.mark.parametrize("room", [r for r in ROOMS if r not in ("version", "planning")])
def test_every_room_stands_in_the_picture(room: str) -> None:
    picture = (ROOT / "docs" / "how-it-works.md").read_text(encoding="utf-8").split("```")[1]
    assert f"  {room}/" in picture
