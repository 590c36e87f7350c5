"""What is looked up, or carried over, against the same made anew."""

import itertools
from collections import Counter
from functools import cached_property

from models.conflict import Conflict
from models.lock import LockStatus
from models.round import Round
from scheduler.conflicts.promises import find_conflicts
from scheduler.conflicts.remedies import choices_with, proposals
from scheduler.explanations import shut_out
from scheduler.explanations.refusals import Refusals
from scheduler.listing.options import list_choices, make_case, trials
from scheduler.problem.windows import Windows
from scheduler.rules.catalogue import AGREEMENT, OPTION_RULES
from scheduler.rules.occupancy import CANDIDATE, DEPARTMENT, HOME, VACANCY, Stays
from tests.plans import every_plan
from tests.random_rounds import enough, few, random_case, random_round

LISTS = (VACANCY, DEPARTMENT, HOME, CANDIDATE)


def test_another_placement_gives_the_stays_that_a_new_count_gives() -> None:
    moved = 0
    for seed in range(few(60)):
        case = make_case(random_round(seed))
        plans = every_plan(case, 60)
        for plan, other in zip(plans[::7], plans[3::7], strict=False):
            stays = Stays(case.round, plan)
            before = {place: {k: list(v) for k, v in stays.at(place).items()} for place in LISTS}
            for placement in other:
                beside = [p for p in plan if p.candidate_id != placement.candidate_id]
                expected = Stays(case.round, [*beside, placement])
                found = stays.instead(case.round, placement)
                for place in LISTS:
                    for key in expected.at(place).keys() | found.at(place).keys():
                        assert found.at(place)[key] == expected.at(place)[key]
                moved += placement not in plan
            after = {place: {k: list(v) for k, v in stays.at(place).items()} for place in LISTS}
            assert after == before  # the first count stays as it was
    assert enough(moved, 200)


def test_a_round_with_other_rows_looks_everything_up_as_a_new_round_does() -> None:
    names = [n for n, v in vars(Round).items() if isinstance(v, cached_property)]
    assert "candidate" in names
    one, two = random_round(3), random_round(4)
    for name in names:
        getattr(one, name)
    for sheet, rows in two.sheets().items():
        other = one.swapped(**{sheet: rows})
        own = {field: getattr(other, field) for field in Round.model_fields}
        fresh = Round.model_construct(**own)
        for name in names:
            assert getattr(other, name) == getattr(fresh, name), (sheet, name)


def test_what_shuts_vacancies_out_is_what_each_of_them_says() -> None:
    shut = 0
    messages = {rule.id: rule.shuts_out for rule in OPTION_RULES}
    own = {shut_out.SHORT, shut_out.NO_PARTNER}
    told = {"fit": {*own, messages["fit"]}, "ceiling": own}
    for seed in range(few(240)):
        case = random_case(seed)
        refusals = Refusals(case.round, case.choices)
        for who, choices in case.choices.items():
            if choices.any:
                continue
            candidate = case.round.candidate[who]
            found = shut_out.causes(case.round, candidate)
            assert [len(c.vacancies) for c in found] == sorted(
                (len(c.vacancies) for c in found), reverse=True
            )
            causes = {v: c.message for c in found for v in c.vacancies}
            for vacancy in case.round.vacancies:
                true = refusals.why_no_option(candidate, vacancy).rule
                message = causes[vacancy.vacancy_id]
                assert message in (told[true] if true in told else {messages[true]}), (seed, who)
            trusts = AGREEMENT.trusts(case.round, candidate)
            shut += sum(trusts is not None and v.trust not in trusts for v in case.round.vacancies)
    assert enough(shut, 100)


def test_rules_told_before_the_agreement_do_not_look_at_the_place() -> None:
    before = list(itertools.takewhile(lambda rule: rule is not AGREEMENT, OPTION_RULES))
    assert before
    refused = 0
    for seed in range(few(60)):
        case = random_case(seed)
        round = case.round
        places = [(v.trust, v.site, v.department) for v in round.vacancies]
        moved = [
            vacancy.model_copy(
                update=dict(zip(("trust", "site", "department"), place, strict=True))
            )
            for vacancy, place in zip(round.vacancies, places[1:] + places[:1], strict=True)
        ]
        other = round.swapped(vacancies=tuple(moved))
        for candidate in round.open_candidates:
            for group in trials(round, candidate, Windows(round.vacancies).all):
                for option, rule in itertools.product(group, before):
                    found = rule.refuses(round, option)
                    assert found == rule.refuses(other, option)
                    refused += found is not None
    assert enough(refused, 200)


def test_the_tries_around_a_vacancy_are_those_of_all_that_have_a_part_in_it() -> None:
    joined = 0
    for seed in range(few(120)):
        round = random_round(seed)
        windows = Windows(round.vacancies)
        for candidate in round.open_candidates:
            every = [o for group in trials(round, candidate, windows.all) for o in group]
            for vacancy in round.vacancies:
                near = trials(round, candidate, windows.around(vacancy))
                found = [option for group in near for option in group]
                number = vacancy.vacancy_id
                assert found == [o for o in every if number in (s.vacancy_id for s in o.segments)]
                joined += any(len(o.segments) == 2 for o in found)
    assert enough(joined, 20)


def test_what_a_proposal_against_a_conflict_changes_is_listed_anew() -> None:
    """Rounds with a proposal are as if they had been read, and so are everybody's choices."""
    kinds: Counter[str] = Counter()
    opened = 0
    for seed in range(few(60)):
        case = random_case(seed)
        for conflict in find_conflicts(case.round):
            for proposal in itertools.chain.from_iterable(proposals(case.round, conflict)):
                assert proposal.round == proposal.round.changed()
                choices = choices_with(case, proposal)
                assert dict(choices) == list_choices(proposal.round), (seed, proposal.finding)
                assert len(choices) == len(dict(choices))
                kinds[proposal.finding.message] += dict(choices) != case.choices
                opened += len(choices) > len(case.choices)
    assert enough(sum(n > 0 for n in kinds.values()), 3), kinds
    assert enough(opened, 0)


def _what(conflict: Conflict) -> tuple[object, ...]:
    return conflict.finding.rule, conflict.candidate_ids, conflict.first, conflict.last


def test_no_other_place_is_left_out_that_would_resolve_a_conflict() -> None:
    resolved = left_out = 0
    for seed in range(few(120)):
        round = random_case(seed).round
        known = find_conflicts(round)
        for conflict in known:
            before = {_what(c) for c in known} - {_what(conflict)}
            told = [
                (p.finding.value("candidate"), p.finding.value("vacancy"))
                for p in itertools.chain.from_iterable(proposals(round, conflict))
                if p.finding.message.endswith("on the same days instead.")
            ]
            for lock, vacancy in itertools.product(round.locks, round.vacancies):
                whole = vacancy.start <= lock.start and lock.end <= vacancy.end
                concerned = lock.candidate_id in conflict.candidate_ids
                if not (whole and concerned and lock.vacancy_id in conflict.vacancy_ids):
                    continue
                moved = lock.model_copy(update={"vacancy_id": vacancy.vacancy_id})
                other = round.with_row("locks", lock, moved)
                if {_what(c) for c in find_conflicts(other)} <= before:
                    free = lock.status is not LockStatus.IN_SERVICE
                    overlaps = lock.start <= conflict.last and conflict.first <= lock.end
                    if free and overlaps and lock.vacancy_id != vacancy.vacancy_id:
                        assert (lock.candidate_id, vacancy.vacancy_id) in told
                        resolved += 1
                else:
                    left_out += (lock.candidate_id, vacancy.vacancy_id) not in told
    assert enough(resolved, 20)
    assert enough(left_out, 20)
