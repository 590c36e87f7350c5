"""The command where the world is hostile: one sentence, the right exit code, nothing lost."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.hostile.disk import content, left_behind
from tests.test_cli import ROOT, SAMPLES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="pipes and limits as in POSIX")

SMALL = SAMPLES / "small"
Start = Callable[[], None]


def run(
    *words: object, before: Start | None = None, out: int | None = None, **env: str
) -> subprocess.CompletedProcess[str]:
    """Run the command; `before` is done in its process before it begins, in the folder of tests."""
    return subprocess.run(
        [sys.executable, "-m", "cli", *map(str, words)],
        stdout=subprocess.PIPE if out is None else out,
        stderr=subprocess.PIPE,
        encoding="utf-8",
        env={**os.environ, "PYTHONPATH": str(ROOT), **env},
        cwd=ROOT,
        preexec_fn=before,
        check=False,
    )


def no_traceback(done: subprocess.CompletedProcess[str]) -> bool:
    return "Traceback" not in done.stderr and "Exception" not in done.stderr


def test_a_full_disk_behind_standard_output_is_told() -> None:
    with Path("/dev/full").open("w") as full:
        for unbuffered in ("", "1"):
            done = run("policy", "vest-2023", out=full.fileno(), PYTHONUNBUFFERED=unbuffered)
            assert done.returncode == 7
            assert len(done.stderr.splitlines()) == 1
            assert no_traceback(done)


def test_a_reader_that_has_gone_changes_nothing() -> None:
    """The exit code is that of the command, as of `alis check … | head -1`."""
    for words, code in ((("check", SAMPLES / "broken"), 3), (("policy", "vest-2023"), 0)):
        reading, writing = os.pipe()
        os.close(reading)
        done = run(*words, out=writing)
        os.close(writing)
        assert done.returncode == code
        assert done.stderr == ""


def test_closed_streams_change_nothing() -> None:
    def close_both() -> None:
        os.close(1)
        os.close(2)

    for close in (lambda: os.close(1), close_both):
        done = run("check", SAMPLES / "broken", before=close)
        assert done.returncode == 3
        assert done.stderr == ""


@pytest.mark.parametrize(
    "env",
    [
        {"LC_ALL": "C"},
        {"PYTHONIOENCODING": "ascii"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0", "PYTHONIOENCODING": "ascii"},
    ],
)
def test_a_locale_without_our_letters_changes_nothing(env: dict[str, str]) -> None:
    call = [sys.executable, "-m", "cli", "policy", "vest-2023"]
    own = {**os.environ, **env}
    done = subprocess.run(
        call, cwd=ROOT, env=own, encoding="utf-8", capture_output=True, check=False
    )
    assert done.returncode == 0
    assert "måneder" in done.stdout


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()

    def away() -> None:
        os.chdir(gone)
        gone.rmdir()

    done = run("sample", "--out", "x.xlsx", "--candidates", 3, "--vacancies", 3, before=away)
    assert done.returncode == 7
    assert len(done.stderr.splitlines()) == 1
    gone.mkdir()
    done = run("check", "x.xlsx", before=away)
    assert done.returncode == 2
    gone.mkdir()
    done = run("plan", SMALL, "--out", tmp_path / "plan", before=away)
    assert done.returncode == 0
    assert no_traceback(done)


def test_a_file_size_limit_leaves_what_was_there(tmp_path: Path, workbook: Path) -> None:
    import resource

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (5_000, 5_000))

    (tmp_path / "old.xlsx").write_bytes(b"before")
    calls = (
        ("check", workbook, "--marked", tmp_path / "old.xlsx", "--overwrite"),
        ("plan", workbook, "--out", tmp_path / "plan"),
    )
    for words in calls:
        done = run(*words, before=limit)
        assert done.returncode == 7, done.stderr
        assert no_traceback(done)
        assert content(tmp_path) == {"old.xlsx": b"before"}
        assert left_behind(tmp_path) == []


def _begun(folder: Path) -> bool:
    return any(folder.glob(".out-*/new/*"))


SLOW = """
import sys, time
from scheduler.support import safe_write
true = safe_write.make_file
def slow(path, data):
    true(path, data)
    if path.suffix == ".xlsx":
        time.sleep(0.5)
safe_write.make_file = slow
import cli
cli.main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGKILL])
def test_a_stop_while_writing_leaves_nothing_or_is_cleared_by_the_next_run(
    tmp_path: Path, workbook: Path, number: int
) -> None:
    call = [sys.executable, "-c", SLOW, "plan", str(workbook), "--out", str(tmp_path / "out")]
    process = subprocess.Popen(
        call,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_DFL) and None,
    )
    while not _begun(tmp_path) and process.poll() is None:
        time.sleep(0.02)
    process.send_signal(number)
    _, errors = process.communicate(timeout=60)
    assert b"Traceback" not in errors
    assert not (tmp_path / "out").exists()
    if number != signal.SIGKILL:
        assert process.returncode == 130
        assert left_behind(tmp_path) == []
        return
    (left,) = left_behind(tmp_path)
    done = run("plan", workbook, "--out", tmp_path / "out")
    assert done.returncode == 0
    assert left in done.stderr
    assert left_behind(tmp_path) == []


def test_ctrl_c_in_the_first_second_is_no_traceback(workbook: Path) -> None:
    """Whatever is being loaded; modules written in C turn it into other errors."""
    program = (
        "import os, signal, sys\n"
        "class Finder:\n"
        "    def find_spec(self, name, path=None, target=None):\n"
        "        if name == {name!r}:\n"
        "            signal.raise_signal(signal.SIGINT)\n"
        "            raise ImportError('initialization failed')\n"
        "sys.meta_path.insert(0, Finder())\n"
        "import cli\n"
        "cli.main()\n"
    )
    for name in ("scheduler.locale", "typer", "openpyxl"):
        call = [sys.executable, "-c", program.format(name=name), "check", str(workbook)]
        done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == 130, (name, done.stderr)
        assert done.stderr == ""


def test_a_fault_in_the_program_says_where_the_details_are(tmp_path: Path) -> None:
    program = (
        "import sys, cli\n"
        "from scheduler.report.sheets import policy\n"
        "policy.policy_lines = lambda *_: 1 / 0\n"
        "cli.main()\n"
    )
    call = [sys.executable, "-c", program, "policy", "vest-2023", "--lang", "en"]
    env = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, env=env, check=False)
    assert done.returncode == 1
    (file,) = tmp_path.iterdir()
    assert str(file) in done.stderr
    assert len(done.stderr.splitlines()) == 1
    assert "ZeroDivisionError" in file.read_text(encoding="utf-8")
    assert file.stat().st_mode & 0o077 == 0
    env["TMPDIR"] = str(tmp_path / "missing")
    full = {**env, "TMP": env["TMPDIR"], "TEMP": env["TMPDIR"]}
    hidden = "import tempfile\ntempfile.mkstemp = open\n" + program  # nowhere to write to
    call[2] = hidden.replace("= open", "= lambda **_: open('/missing/x')")
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, env=full, check=False)
    assert done.returncode == 1
    assert "ZeroDivisionError" in done.stderr


def test_too_little_memory_is_told(workbook: Path) -> None:
    program = (
        "import cli\n"
        "from scheduler.input import reader\n"
        "def fail(*_):\n"
        "    raise MemoryError\n"
        "reader.find_source = fail\n"
        "cli.main()\n"
    )
    call = [sys.executable, "-c", program, "check", str(workbook)]
    done = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "minne" in done.stderr
    assert len(done.stderr.splitlines()) == 1
