"""A target that becomes unusable while the plan is sought: the plan is not lost."""

from errno import ENOSPC
from pathlib import Path

import pytest

from scheduler.report.delivered.checking import read_plan
from scheduler.report.files import write_plan
from scheduler.report.texts import Delivery
from scheduler.support import safe_write
from scheduler.support.errors import CannotWriteError
from tests.hostile.disk import fails, make
from tests.report.test_files import deliver
from tests.report.test_plan_folder import kept, told


@pytest.fixture(scope="module")
def small() -> Delivery:
    return deliver("small")


def test_a_target_that_has_become_unusable_gets_a_neighbour(
    small: Delivery, tmp_path: Path
) -> None:
    target = tmp_path / "plan"
    make(target, {"mine.txt": b""})
    with pytest.raises(CannotWriteError):
        write_plan(small, target)
    written = write_plan(small, target, beside=True)
    assert [written.folder] == kept(tmp_path)
    assert written.folder.name.startswith("plan.new-")  # an earlier plan is kept as plan.<date>
    assert read_plan(written.folder).plan.placements == small.plan.placements
    assert [p.name for p in target.iterdir()] == ["mine.txt"]
    assert all(p.is_relative_to(written.folder) and p.is_file() for p in written.files)
    text = told(list(written.notes))
    assert "holds other files (mine.txt)" in text
    assert f"The plan has been written into {written.folder} instead." in text


def test_where_nothing_can_be_written_the_first_reason_is_told(
    small: Delivery, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make(tmp_path / "plan", {"mine.txt": b""})

    monkeypatch.setattr(safe_write, "write_folder", lambda *_: fails(ENOSPC)())
    with pytest.raises(CannotWriteError) as raised:
        write_plan(small, tmp_path / "plan", beside=True)
    assert "holds other files" in told([raised.value.finding])
    assert kept(tmp_path) == []
