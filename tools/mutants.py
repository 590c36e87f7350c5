"""Mutation tests: does some test fail when the code is wrong? `make mutants`.

In two rounds, because most mutants are found by quick tests: first these on every mutant, then
brute force on the mutants that are left. Works on a copy; prints the score and what is left.
"""

import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from tempfile import mkdtemp

ROOT = Path(__file__).parent.parent
QUICK = '    "tests/rules",\n'
DEEP = '    "tests/test_oracle.py",\n    "tests/test_others.py",\n'


def main() -> None:
    """Run both rounds, and print the score."""
    folder = Path(mkdtemp(prefix="mutants-"))
    copy = folder / "alis"
    ignore = shutil.ignore_patterns(".venv", ".git", "out", "mutants", ".*_cache", "__pycache__")
    shutil.copytree(ROOT, copy, ignore=ignore)
    _mutmut(copy, "run")
    results = _results(copy)
    left = sorted(name for name, outcome in results.items() if outcome in _ALIVE)
    print(f"{len(results)} mutants, {len(left)} left after the quick tests", flush=True)
    config = copy / "pyproject.toml"
    text = config.read_text(encoding="utf-8")
    config.write_text(text.replace(QUICK, DEEP + QUICK, 1), encoding="utf-8")
    # Few rounds each: a mutant that matters breaks one of them.
    os.environ["ALIS_ROUNDS"] = "10"
    _mutmut(copy, "run", *left)
    again = _results(copy)
    results.update({name: again[name] for name in left})
    alive = sorted(name for name, outcome in results.items() if outcome in _ALIVE)
    share = 100 * (1 - len(alive) / len(results))
    print(f"score: {share:.1f} per cent; {len(alive)} of {len(results)} mutants survive")
    where = Counter(re.sub(r"__mutmut_\d+$", "", name) for name in alive)
    for name, count in where.most_common():
        print(f"  {count:4} {name}")
    (folder / "alive.txt").write_text("\n".join(alive) + "\n", encoding="utf-8")
    print(f"{folder / 'alive.txt'} names them; in {copy}, `mutmut show NAME` shows one.")


_ALIVE = {"survived", "no tests"}


def _mutmut(copy: Path, *words: str) -> str:
    command = [sys.executable, "-m", "mutmut", *words]
    done = subprocess.run(command, cwd=copy, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(done.stdout[-2000:] + done.stderr[-2000:])
    return done.stdout


def _results(copy: Path) -> dict[str, str]:
    """Every mutant with what became of it."""
    lines = _mutmut(copy, "results", "--all", "true").splitlines()
    pairs = (line.strip().rsplit(": ", 1) for line in lines if ": " in line)
    return {pair[0]: pair[1] for pair in pairs}


if __name__ == "__main__":
    main()
