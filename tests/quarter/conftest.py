"""A plan of the small sample, and the answers to it."""

from pathlib import Path

import pytest

from models.plan import Plan
from tests.delivery import answers_in
from tests.quarter.helpers import deliver, fill
from tests.quarter.moving import ANSWERS, SMALL


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, Path]:
    folder = tmp_path_factory.mktemp("plan") / "plan"
    plan = deliver(SMALL, folder)
    return plan, fill(answers_in(folder), folder.parent / "svar.xlsx", ANSWERS)
