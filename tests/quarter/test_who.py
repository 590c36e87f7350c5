"""Who could take a vacancy that came: in what order, and what it would do to others."""

import json
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from models.lock import LockStatus
from models.placement import Placement
from models.round import Round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.quarter.asking.who import WhoCould, who_could
from scheduler.report.quarter.who import (
    WhoAnswer,
    unable_table,
    who_data,
    who_lines,
    who_table,
)
from scheduler.rules.catalogue import TOGETHER
from scheduler.solver.solve import solve
from scheduler.support.resources import data_folder
from tests.builders import (
    Decline,
    Municipality,
    Priority,
    a_round,
    candidate,
    lock,
    vacancy,
    wish,
)
from tests.quarter.command import alis
from tests.random_rounds import enough, few, random_round

OCT1, MAR31 = date(2026, 10, 1), date(2027, 3, 31)
SMALL = data_folder() / "samples" / "small"


# The departments in Lofoten and in Bodø.
BOTH = a_round([], [vacancy(), vacancy("W", site="Bodø")]).departments


def with_new(round: Round, **facts: object) -> Round:
    """The round with NY, a vacancy like the first but for what is said."""
    new = round.vacancies[0].model_copy(update={"vacancy_id": "NY", **facts})
    return round.changed(vacancies=[*round.vacancies, new])


def asked(round: Round, **facts: object) -> WhoCould:
    """Who could take NY, beside the best plan without it."""
    plan = solve(make_case(round)).placements
    return who_could(make_case(with_new(round, **facts)), plan, "NY")


def phone_call() -> Round:
    """Situation 16: a full plan, K12, K31 and K19 without a place, and K07 placed far off."""
    bodo = {"site": "Bodø"}
    people = [
        candidate("K07", municipality="1804", registered_on=date(2025, 1, 1)),
        candidate("K12", municipality="1806", registered_on=date(2025, 9, 1)),
        candidate("K19", municipality="1860", registered_on=date(2026, 2, 1)),
        candidate("K31", municipality="1865", registered_on=date(2025, 12, 1)),
    ]
    people = [p.model_copy(update={"first_wished_start": date(2025, 1, 1)}) for p in people]
    wishes = [
        wish("K07", 1, **bodo),
        wish("K07", 2, site="Lofoten"),
        wish("K12", 1, **bodo),
        wish("K31", 1, **bodo),
        wish("K19", 1, site="Lofoten"),
    ]
    windows = [vacancy("V03"), vacancy("V09", site="Narvik"), vacancy("V01", OCT1, MAR31, **bodo)]
    return a_round(
        people, windows[:2], wishes=wishes, departments=[*a_round(people, windows).departments]
    )


def test_16_a_phone_call_in_the_middle_of_the_quarter() -> None:
    round = phone_call()
    assert [p.candidate_id for p in solve(make_case(round)).placements] == ["K07"]
    found = asked(round, site="Bodø", start=OCT1, end=MAR31)
    assert [p.candidate_id for p in found.without_place] == ["K12", "K31"]
    (nearer,) = found.improved
    assert (nearer.candidate_id, nearer.left) == ("K07", ("V03",))
    assert nearer.freed is not None
    assert nearer.freed.candidate_id == "K19"
    assert nearer.freed.placement.bare[0].vacancy_id == "V03"
    assert nearer.now is not None
    assert nearer.placement.points < nearer.now.points
    answer = WhoAnswer(found, with_new(round, site="Bodø"), Translator("nb"))
    lines = list(who_lines(answer))
    assert lines[1].startswith("Ingen flyttes uten å bli spurt")
    (k12,) = (n for n, line in enumerate(lines) if "K12:" in line)
    (k07,) = (n for n, line in enumerate(lines) if "K07:" in line)
    assert k12 < k07
    assert "Arbeidsavtale innen 1.7.2026." in lines[k12]
    assert any("Ville frigjort V03 for K19" in line for line in lines)


def ranked(*people: str) -> list[Priority]:
    return [
        Priority(municipality="1865", priority=n, candidate_id=who)
        for n, who in enumerate(people, 1)
    ]


def test_the_municipalitys_first_comes_before_one_who_has_waited_longer() -> None:
    round = a_round(
        [candidate("A"), candidate("B", registered_on=date(2025, 9, 1))],
        [vacancy(site="Bodø")],
        wishes=[wish("A", site="Lofoten"), wish("B", site="Lofoten")],
        priority=ranked("A", "B"),
        departments=BOTH,
    )
    found = asked(round, site="Lofoten")
    assert [p.candidate_id for p in found.proposals] == ["A", "B"]
    first, second = found.proposals
    assert (first.passes_over, second.passes_over) == ((), ("A",))
    text = " ".join(str(c) for c in who_table(answer_of(found, round)).rows[1])
    assert "Spør A først." in text


def answer_of(found: WhoCould, round: Round) -> WhoAnswer:
    return WhoAnswer(found, round, Translator("nb"))


@pytest.mark.parametrize(
    ("facts", "told"),
    [
        ({"practice_met_on": date(2027, 6, 1)}, "24 måneders praksis"),
        ({"on_call": False}, "vakt"),
        ({"latest_start": date(2026, 8, 1)}, "1.9.2026"),
    ],
)
def test_why_the_municipalitys_first_is_not_first_here_is_told(
    facts: dict[str, object], told: str
) -> None:
    round = a_round(
        [candidate("A", **facts), candidate("B")],
        [vacancy(site="Bodø")],
        wishes=[wish("A", site="Lofoten"), wish("B", site="Lofoten")],
        priority=ranked("A", "B"),
        departments=BOTH,
    )
    found = asked(round, site="Lofoten")
    (only,) = found.proposals
    assert only.candidate_id == "B"
    (ahead,) = only.ahead
    assert ahead.candidate_id == "A"
    assert told in Translator("nb").finding(ahead.why[0])
    data = json.dumps(who_data(answer_of(found, round)), ensure_ascii=False)
    assert told in data


def test_who_has_a_place_as_good_is_told_as_the_reason() -> None:
    round = a_round([candidate("A"), candidate("B")], [vacancy()], priority=ranked("A", "B"))
    (only,) = asked(round).proposals
    assert only.candidate_id == "B"
    assert "minst like god" in Translator("nb").finding(only.ahead[0].why[0])


def test_who_declined_or_is_promised_something_is_not_proposed() -> None:
    round = a_round(
        [candidate("A"), candidate("B"), candidate("C", status="on_hold")],
        [vacancy("V"), vacancy("W", site="Bodø")],
        locks=[lock("A", "V", date(2026, 9, 1), date(2027, 2, 28), status="offered")],
    )
    new = with_new(round.changed(wishes=[wish("B", site="Lofoten")]))
    new = new.changed(declines=[Decline(candidate_id="B", vacancy_id="NY")])
    found = who_could(make_case(new), solve(make_case(round)).placements, "NY")
    assert found.proposals == ()
    assert "Ingen i runden ville fått det bedre der." in list(who_lines(answer_of(found, new)))


def test_who_could_serve_there_and_who_cannot_are_told_apart() -> None:
    round = a_round(
        [candidate("A"), candidate("B", on_call=False), candidate("C", on_call=False)], [vacancy()]
    )
    found = asked(round)
    assert found.proposals == ()
    assert found.content == ("A",)
    *_, unable, _, content = who_lines(answer_of(found, with_new(round)))
    assert unable.startswith("B, C: ")
    assert "vakt" in unable
    assert content.endswith("minst like god: A.")
    table = unable_table(answer_of(found, with_new(round)))
    assert [row[0] for row in table.rows] == ["B", "C"]
    assert table.notes == (content,)


def test_a_limit_of_the_municipality_holds_here_too() -> None:
    round = a_round(
        [candidate("A"), candidate("B")],
        [vacancy()],
        municipalities=[
            Municipality(municipality="1865", name="V", registered_from=True, max_away=1)
        ],
        priority=ranked("A", "B"),
    )
    assert asked(round).proposals == ()


def test_proposals_keep_the_rules_and_the_first_is_what_solving_would_choose() -> None:
    """The others' places promised, the whole round solved anew gives the vacancy to the first."""
    agreed = kept = 0
    for seed in range(few(60)):
        round = random_round(seed, people=6, windows=2)
        plan = solve(make_case(round)).placements
        if not plan:
            continue
        like = round.vacancy[plan[0].bare[0].vacancy_id]  # what somebody wants
        ny = like.model_copy(update={"vacancy_id": "NY", "positions": 1})
        new = round.changed(vacancies=[*round.vacancies, ny])
        case = make_case(new)
        found = who_could(case, plan, "NY")
        placed = {p.candidate_id: p for p in plan}
        assert all(one.why for one in found.unable), seed
        without = {p.candidate_id for p in found.without_place}
        without |= {one.candidate_id for one in found.unable}
        assert without == case.choices.keys() - placed.keys(), seed
        before = {f for rule in TOGETHER for f in rule.violations(case, plan)}
        for proposal in found.proposals:
            then = [*{**placed, proposal.candidate_id: proposal.placement}.values()]
            assert {f for rule in TOGETHER for f in rule.violations(case, then)} <= before
            kept += 1
        if round.pairs:
            continue
        chosen = solve(make_case(promised(new, plan))).placements
        if len(chosen) == 1 and {s.vacancy_id for s in chosen[0].bare} == {"NY"}:
            first = found.without_place[0]
            assert first.placement.bare == chosen[0].bare, seed
            assert first.candidate_id == chosen[0].candidate_id, seed
            agreed += 1
        if not chosen:
            assert not [p for p in found.without_place if not p.passes_over], seed
    assert enough(kept, 20)
    assert enough(agreed, 5)


def promised(round: Round, plan: tuple[Placement, ...]) -> Round:
    """The round with the plan's places accepted."""
    new = [
        lock(p.candidate_id, s.vacancy_id, s.start, s.end, status=LockStatus.ACCEPTED)
        for p in plan
        for s in p.bare
    ]
    people = {p.candidate_id for p in plan}
    return round.changed(
        locks=[*round.locks, *new],
        candidates=[
            c.model_copy(update={"plan_rest": False}) if c.candidate_id in people else c
            for c in round.candidates
        ],
    )


def test_the_command_takes_a_vacancy_of_the_input_or_a_new_one(tmp_path: Path) -> None:
    assert alis("plan", SMALL, "--out", tmp_path / "plan").exit_code == 0
    call = ("who", SMALL, "--plan", tmp_path / "plan", "--lang", "nb")
    done = alis(*call, "v01")
    assert done.exit_code == 0, done.stderr
    assert done.stdout.startswith("Hvem kan ta V01")
    missing = alis(*call, "V0")
    assert missing.exit_code == 2
    assert "Mente du V" in missing.stderr
    unnamed = alis(*call)
    assert unnamed.exit_code == 2
    assert "Hvilket vikariat gjelder det?" in unnamed.stderr
    assert "(–)" not in done.stdout
    place = load_place()
    row = f"{place}, første dag=1.10.2026, siste dag=31.3.2027"
    out = tmp_path / "hvem.xlsx"
    new = alis(*call, "--add", "vikariat", row, "--out", out, "--json")
    assert new.exit_code == 0, new.stderr
    data = json.loads(new.stdout)
    assert data["vacancy_id"] == "NY1"
    sheet = load_workbook(out).worksheets[0]
    ids = [row[1].value for row in sheet.iter_rows(min_row=sheet.max_row)]
    if data["proposals"]:
        assert ids == [data["proposals"][-1]["candidate_id"]]


def load_place() -> str:
    from scheduler.input import read_round

    round = read_round(SMALL).round
    assert round is not None
    first = round.vacancies[0]
    return f"tjenestested={first.site}, avdeling={first.department}"
