"""Generated rounds: how many candidates a municipality has, and who is open to three plus three."""

from collections import Counter
from pathlib import Path

import pytest

from benchmarks.rounds import ROUNDS, facts_of
from models.candidate import CandidateStatus, SplitWish
from scheduler.input import read_round
from scheduler.input.writing import InputFacts, write_input
from scheduler.locale import Translator
from scheduler.samples.region import make_sample
from tests.test_cli import alis


def _piles(facts: InputFacts) -> list[int]:
    """Candidates in each municipality, the most first."""
    found = Counter(p.municipality for p in facts.rows["candidates"])
    return sorted(found.values(), reverse=True)


def _said(facts: InputFacts) -> Counter[SplitWish]:
    return Counter(p.split for p in facts.rows["candidates"])


@pytest.mark.parametrize("region", ["nord", "vest"])
@pytest.mark.parametrize("people", [40, 80, 120])
def test_one_town_has_twelve_to_fifteen_and_others_at_most_three(region: str, people: int) -> None:
    for seed in range(1, 6):
        largest, *others = _piles(make_sample(region, people, round(people / 1.2), seed))
        assert 12 <= largest <= 15
        assert max(others) <= 3
        assert largest + sum(others) == people


def test_small_rounds_have_small_towns_and_large_ones_are_spread_evenly() -> None:
    assert [_piles(make_sample("nord", n, 1, 1))[0] for n in (1, 2, 10, 20)] == [1, 1, 3, 6]
    for region in ("nord", "vest"):
        largest, *others = _piles(make_sample(region, 350, 290, 1))
        assert 12 <= largest <= 15
        assert max(others) - min(others) <= 1


def test_a_share_is_open_to_three_plus_three_and_four_accept_for_one_who_prefers() -> None:
    for share, accept, prefer in ((0.0, 0, 0), (0.05, 4, 1), (0.2, 16, 4), (1.0, 80, 20)):
        said = _said(make_sample("nord", 100, 83, 1, share))
        assert (said[SplitWish.ACCEPT], said[SplitWish.PREFER]) == (accept, prefer)
    assert make_sample("nord", 100, 83, 1) == make_sample("nord", 100, 83, 1, 0.05)


def test_another_share_changes_nothing_else() -> None:
    few, many = (make_sample("nord", 60, 50, 4, share).rows for share in (0.05, 0.5))
    for sheet, rows in few.items():
        if sheet != "candidates":
            assert rows == many[sheet], sheet
    for one, other in zip(few["candidates"], many["candidates"], strict=True):
        assert one.split in (SplitWish.NO, other.split)
        assert one.model_copy(update={"split": other.split}) == other


def test_a_municipality_ranks_all_of_its_own_who_wait() -> None:
    rows = make_sample("vest", 120, 100, 2).rows
    waiting: dict[str, set[str]] = {}
    for person in rows["candidates"]:
        if person.status is CandidateStatus.WAITING:
            waiting.setdefault(person.municipality, set()).add(person.candidate_id)
    for town, own in waiting.items():
        ranked = [p for p in rows["priority"] if p.municipality == town]
        if len(own) > 1:
            assert {p.candidate_id for p in ranked} == own
            assert [p.priority for p in ranked] == list(range(1, len(own) + 1))


def test_the_command_takes_a_share_from_0_to_1(tmp_path: Path) -> None:
    size = ("--candidates", 20, "--vacancies", 10)
    assert alis("sample", "--out", tmp_path / "a", *size, "--split-share", 0.5).returncode == 0
    read = read_round(tmp_path / "a").round
    assert read is not None
    assert sum(p.split is not SplitWish.NO for p in read.candidates) == 10
    for share in ("1.1", "-0.1", "nan", "ti"):
        call = ("sample", "--out", tmp_path / "b", *size, "--split-share", share)
        assert alis(*call).returncode == 2
    assert not (tmp_path / "b").exists()


@pytest.mark.parametrize(("kind", "people", "seed"), ROUNDS)
def test_the_rounds_that_are_measured_have_no_errors(
    kind: str, people: int, seed: int, tmp_path: Path
) -> None:
    facts = facts_of(kind, people, seed)
    assert len(facts.rows["candidates"]) == people
    assert len(facts.rows["vacancies"]) == pytest.approx(people / 1.2, abs=1)
    write_input(tmp_path / "input.xlsx", facts, Translator("nb"))
    assert read_round(tmp_path / "input.xlsx").round is not None


def test_one_in_five_is_open_to_three_plus_three_under_stress() -> None:
    for people, seed, open_ in ((100, 1000, 20), (80, 1, 17)):
        said = _said(facts_of("stress", people, seed))
        assert said.total() - said[SplitWish.NO] == open_


def test_a_country_repeats_four_regions() -> None:
    for people, sizes in ((600, [55, 75, 120, 350]), (700, [55, 75, 120, 350, 55, 45])):
        rows = facts_of("country", people, 1).rows
        regions = Counter(p.candidate_id.split("-")[0] for p in rows["candidates"])
        assert [regions[name] for name in sorted(regions)] == sizes
        towns = [t.municipality for t in rows["municipalities"]]
        assert len(towns) == len(set(towns))


def test_no_remark_about_a_source_is_a_departments_name() -> None:
    for region in ("nord", "vest"):
        names = {d.department for d in make_sample(region, 40, 33, 1).rows["departments"]}
        assert not [name for name in names if "kilde" in name or "avkortet" in name]
