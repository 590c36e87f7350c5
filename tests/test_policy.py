"""Policies: what a file may say, and what is refused."""

import pytest

from models.policy import Policy
from scheduler.support.resources import shipped_policies
from tests.builders import policy


def points(**changes: object) -> dict[str, object]:
    """A change of the points of nord-2024."""
    return {"points": {**policy().points.model_dump(), **changes}}


@pytest.mark.parametrize(
    ("changes", "part"),
    [
        (points(place=[0, 5]), "multiple of 2"),
        (points(beyond_period=-2), "greater than or equal to 0"),
        (points(period=[]), "at least 1"),
        (
            points(factors={"none": [-1, 2], "period": [3, 1], "place": [1, 3]}),
            "greater than or equal to 0",
        ),
        ({"goals": ["placed", "fame"]}, "last-chance"),
        ({"goals": ["placed", "placed"]}, "twice"),
        ({"start_days": [0]}, "greater than or equal to 1"),
        ({"max_late_months": -1}, "greater than or equal to 0"),
        ({"municipal_order": "lax"}, "strict"),
        ({"source": {"luck": "choice"}}, "luck"),
        ({"luck": 1}, "luck"),
    ],
)
def test_what_is_refused(changes: dict[str, object], part: str) -> None:
    with pytest.raises(ValueError, match=part):
        policy(**changes)


def test_the_shipped_policies_say_what_the_specification_says() -> None:
    shipped = {
        name: Policy.from_toml(path.read_text(encoding="utf-8"))
        for name, path in shipped_policies().items()
    }
    nord, vest, turn = (shipped[n] for n in ("nord-2024", "vest-2023", "turn-2024"))
    assert (nord.practice_months, vest.practice_months) == (24, 36)
    assert (nord.allow_split, vest.allow_split) == (True, False)
    assert (nord.require_agreement, vest.require_agreement) == (True, False)
    assert (nord.require_priority, vest.require_priority) == (True, False)
    for one in shipped.values():
        assert (one.max_late_months, one.max_early_months, one.lead_months) == (6, 6, 3)
        assert (one.max_gap_months, one.horizon_months) == (12, 24)
        assert (one.municipal_order, one.start_days, one.hard_points) == ("placed", (1,), 84)
        assert (one.open_by_default, one.reply_days) == (False, 14)
        assert one.max_points is None
        assert "max_points" not in one.to_json()
    assert (nord.extension, vest.extension) == ("goals", "weighty")
    assert nord.source_of("practice_months") == "Avtale-2024"
    assert nord.source_of("hard_points") is None
    assert turn.goals == ("last-chance", "order", "unchanged", "lot")
    assert turn.model_copy(update={"goals": nord.goals}) == nord
