"""What the tests of a hostile world share."""

from pathlib import Path

import pytest

from scheduler.input.writing import write_input
from scheduler.locale import Translator
from tools.hand_samples import small_facts


@pytest.fixture(scope="session")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("input") / "Kari Nordmann.xlsx"
    write_input(path, small_facts(), Translator("nb"))
    return path
