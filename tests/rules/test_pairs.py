"""Rule pairs: hand-worked edges."""

from datetime import date

from scheduler.listing.options import make_case
from scheduler.rules.pairs import Pairs
from tests.builders import PairKind, a_round, candidate, lock, outcome, pair, solved, vacancy

TWO = [candidate("A"), candidate("B")]
BOTH_SITES = [vacancy("V"), vacancy("W", site="Bodø")]
SAME = pair("A", "B", PairKind.SAME_SITE)
APART = pair("A", "B", PairKind.NOT_TOGETHER)
SPAN = (date(2026, 9, 1), date(2027, 2, 28))


def test_same_site_means_one_site_for_both() -> None:
    assert len(outcome(a_round(TWO, BOTH_SITES))) == 2
    assert len(outcome(a_round(TWO, BOTH_SITES, pairs=[SAME]))) == 1
    one_site = [vacancy("V"), vacancy("W")]
    assert len(outcome(a_round(TWO, one_site, pairs=[SAME]))) == 2


def test_both_or_neither() -> None:
    together = pair("A", "B", PairKind.SAME_SITE, alone_ok=False)
    assert outcome(a_round(TWO, BOTH_SITES, pairs=[together])) == {}
    assert len(outcome(a_round(TWO, [vacancy("V", positions=2)], pairs=[together]))) == 2


def test_a_locked_partner_decides_the_site() -> None:
    held = [lock("B", "W", *SPAN)]
    assert outcome(a_round(TWO, BOTH_SITES, pairs=[SAME], locks=held)) == {}
    assert set(outcome(a_round(TWO, BOTH_SITES, locks=held))) == {"A"}


def test_not_together_means_no_common_day() -> None:
    windows = [vacancy("V"), vacancy("W", end=date(2027, 8, 31))]
    found = outcome(a_round(TWO, windows, pairs=[APART]))
    assert sorted(day for _, day in found.values()) == [date(2026, 9, 1), date(2027, 3, 1)]
    held = [lock("B", "X", date(2026, 10, 1), date(2026, 10, 31))]
    late = outcome(a_round(TWO, [windows[1]], pairs=[APART], locks=held))
    assert late == {"A": ("W", date(2026, 11, 1))}


def test_breaking_it_is_a_violation() -> None:
    _, solution = solved(a_round(TWO, BOTH_SITES))
    for own in (SAME, APART):
        case = make_case(a_round(TWO, BOTH_SITES, pairs=[own]))
        assert [f.rule for f in Pairs().violations(case, solution.placements)] == ["pairs"]
    alone = pair("A", "B", PairKind.SAME_SITE, alone_ok=False)
    case = make_case(a_round(TWO, BOTH_SITES, pairs=[alone]))
    found = Pairs().violations(case, solution.placements[:1])
    assert [f.value("other") for f in found] == ["B"]


def test_locks_against_one_another_are_conflicts() -> None:
    held = [lock("A", "V", *SPAN), lock("B", "W", *SPAN)]
    for own in (SAME, APART):
        round = a_round(TWO, BOTH_SITES, pairs=[own], locks=held)
        assert [c.candidate_ids for c in Pairs().conflicts(round)] == [("A", "B")]
