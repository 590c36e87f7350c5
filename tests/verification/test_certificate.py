"""Certificates: true ones pass, planted false ones do not, and no solver is needed."""

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from models.certificate import (
    Certificates,
    OrderEntry,
    PriceEntry,
    StageEntry,
)
from scheduler.input import ReadResult
from scheduler.listing.options import make_case
from scheduler.planning import make_plan
from scheduler.program.program import ZeroHalf
from scheduler.report.files import PROOF_JSON
from scheduler.rules.catalogue import PLAN_RULES
from scheduler.solver.certificates import proof_of
from scheduler.solver.clock import Clock
from scheduler.solver.solve import solve
from scheduler.support.resources import data_folder
from scheduler.verification.certificates.checking import check_proof
from scheduler.verification.certificates.order import Lemmas, NotProvedError
from tests.builders import made_of
from tests.delivery import plan_in
from tests.plans import every_plan, taken_columns, with_helpers
from tests.random_rounds import few, random_case, random_round


@pytest.mark.parametrize("start", range(0, 80, 20))
def test_certificates_of_random_rounds_hold(start: int) -> None:
    for seed in range(start, start + 20):
        case = random_case(seed)
        made = made_of(case)
        proof = Certificates.from_json(made.proof.to_json())
        assert proof == made.proof
        checked = check_proof(case, made.plan, proof)
        assert checked.findings == ()
        assert checked.certified <= checked.total


def test_certificates_of_plans_that_are_not_proved_are_about_them() -> None:
    refused = 0
    for seed in range(40, 60):
        case = random_case(seed)
        read = ReadResult((), "nb", case.round, ())
        made = make_plan(case, origin=read.origin, clock=Clock.after(None, 1e-9))
        if made.plan.status == "optimal":
            continue
        assert check_proof(case, made.plan, made.proof).findings == ()
        for number, goal in enumerate(made.plan.goals):
            if goal.id in ("placed", "hard-hit") and made.proof.parts:
                for step in (-1, 1):
                    other = moved(made.proof, 0, number, step)
                    refused += bool(check_proof(case, made.plan, other).findings)
    assert refused > 10


def test_most_goals_are_proved_by_certificates_some_leaning_on_the_order() -> None:
    certified = total = leaning = 0
    for seed in range(80):
        case = random_case(seed)
        proof = proof_of(solve(case, examine=False).work)
        stages = [s for p in proof.parts for s in p.stages]
        certified += sum(s.prices is not None for s in stages)
        total += len(stages)
        leaning += sum(isinstance(r, OrderEntry) for p in proof.parts for r in p.rows)
    assert certified >= 0.85 * total
    assert leaning >= 3


def test_every_derived_row_holds_in_every_plan_that_keeps_the_order() -> None:
    seen = 0
    for seed in range(few(360)):
        case = make_case(random_round(seed))
        work = solve(case, examine=False).work
        found = [r for result in work.results for r in result.pool.rows]
        rows = [r.why for r in found if isinstance(r.why, OrderEntry)]
        if not rows:
            continue
        lemmas = Lemmas(work.program)
        derived = [lemmas.row(why) for why in rows]
        for plan in every_plan(case, 300):
            if any(True for rule in PLAN_RULES for _ in rule.violations(case, plan)):
                continue
            taken = with_helpers(work.program, taken_columns(work.program, plan))
            for row in derived:
                assert sum(c for i, c in row.terms.items() if i in taken) <= row.upper
                seen += 1
    assert seen > few(200)


def test_derived_rows_are_the_rows_that_were_worked_with() -> None:
    compared = 0
    for seed in range(120):
        case = random_case(seed)
        work = solve(case, examine=False).work
        lemmas = Lemmas(work.program)
        for result in work.results:
            rows = result.pool.rows
            told = [r for r in rows if isinstance(r.why, OrderEntry)]
            for row in told:
                assert row.why is not None
                assert not isinstance(row.why, ZeroHalf)
                derived = lemmas.row(row.why)
                assert derived.upper == row.upper
                # Nothing may be larger than what was derived.
                assert all(c <= derived.terms.get(i, 0) for i, c in row.terms)
                compared += 1
    assert compared > 20


def changed(proof: Certificates, part: int, stage: int, entry: StageEntry) -> Certificates:
    stages = [*proof.parts[part].stages]
    stages[stage] = entry
    parts = [*proof.parts]
    parts[part] = parts[part].model_copy(update={"stages": stages})
    return proof.model_copy(update={"parts": parts})


def moved(proof: Certificates, part: int, stage: int, by: int) -> Certificates:
    entry = proof.parts[part].stages[stage]
    return changed(proof, part, stage, entry.model_copy(update={"least": entry.least + by}))


def test_planted_falsehoods_are_found() -> None:
    shifted = spoilt = caught = 0
    random = Random(4)
    for seed in range(70):
        case = random_case(seed)
        made = made_of(case)
        for number, part in enumerate(made.proof.parts):
            for at, stage in enumerate(part.stages):
                assert check_proof(case, made.plan, moved(made.proof, number, at, 1)).findings
                if stage.prices is not None and len(made.proof.parts) > 1:
                    # The sum stays right, but this part can do better than is said.
                    other = 1 if number == 0 else 0
                    wrong = moved(moved(made.proof, number, at, 1), other, at, -1)
                    assert check_proof(case, made.plan, wrong).findings
                    shifted += 1
            # Where nothing is settled yet, most prices count.
            prices = [*(part.stages[0].prices or ())]
            if prices:
                one = random.randrange(len(prices))
                prices[one] = prices[one].model_copy(update={"price": "-100000/7"})
                entry = part.stages[0].model_copy(update={"prices": prices})
                wrong = changed(made.proof, number, 0, entry)
                spoilt += 1
                caught += bool(check_proof(case, made.plan, wrong).findings)
    assert shifted > 10
    assert spoilt > 5
    assert caught > 0.5 * spoilt


def test_rows_that_do_not_follow_are_refused() -> None:
    case = make_case(random_round(3, people=12, windows=5))
    work = solve(case, examine=False).work
    lemmas = Lemmas(work.program)
    who = next(iter(work.program.candidates))
    nothing = OrderEntry(kind="order", first=who, claim=[], second=who, held=[], beside=[])
    with pytest.raises(NotProvedError):
        lemmas.row(nothing)
    part = next(p for p in proof_of(work).parts if p.stages[0].prices is not None)
    assert part.columns
    other = make_case(random_round(4, people=12, windows=5))
    assert check_proof(other, made_of(other).plan, proof_of(work)).findings


def test_an_order_row_that_says_something_else_is_refused() -> None:
    """Each entry that was leaned on, spoilt in every way that counts."""
    tried = 0
    for seed in range(60):
        work = solve(random_case(seed), examine=False).work
        lemmas = Lemmas(work.program)
        entries = [r.why for own in work.results for r in own.pool.rows]
        for entry in [e for e in entries if isinstance(e, OrderEntry)][:3]:
            wished = work.program.round.candidate[entry.first].wished_start
            early = [
                c.index
                for c in work.program.candidates[entry.first].whole
                if c.segments[0].start < wished
            ]
            changes: list[dict[str, object]] = [
                {"first": entry.second, "second": entry.first},
                {"claim": entry.held},
                {"held": entry.claim},
                {"held": []},
                {"beside": [*entry.beside, *entry.held]},
            ]
            changes += [{"claim": [index]} for index in early[:1]]
            for change in changes:
                with pytest.raises(NotProvedError):
                    lemmas.row(entry.model_copy(update=change))
                tried += 1
    assert tried > 20


def test_a_price_that_names_no_row_proves_nothing() -> None:
    case = make_case(random_round(3, people=12, windows=5))
    made = made_of(case)
    stage = made.proof.parts[0].stages[0].model_copy(update={"prices": [PriceEntry(price="1")]})
    assert check_proof(case, made.plan, changed(made.proof, 0, 0, stage)).findings


def test_neither_solver_nor_pandas_is_needed(tmp_path: Path) -> None:
    sample, out = str(data_folder() / "samples" / "small"), str(tmp_path / "plan")
    alis = [sys.executable, "-m", "cli"]
    subprocess.run([*alis, "plan", sample, "--out", out], check=True, capture_output=True)
    gone = "sys.modules['ortools'] = sys.modules['pandas'] = None"
    program = f"import sys\n{gone}\nimport cli\ncli.main()\n"
    call = [sys.executable, "-c", program, "verify", str(plan_in(Path(out))), sample, "--proof"]
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "Bevisene viser at det ikke finnes noen bedre plan" in done.stdout
    (tmp_path / "plan" / PROOF_JSON).write_text("{}")
    done = subprocess.run(call, capture_output=True, text=True, check=False)
    assert done.returncode == 6
    assert "proof.json" in done.stderr


def test_columns_that_are_not_there_prove_nothing() -> None:
    for seed in range(60):
        case = random_case(seed)
        made = made_of(case)
        part = made.proof.parts[0] if made.proof.parts else None
        if part is not None and part.rows:
            option = OrderEntry(
                kind="order", first="K1", claim=[99999], second="K2", held=[0], beside=[]
            )
            parts = [part.model_copy(update={"rows": [option]}), *made.proof.parts[1:]]
            wrong = made.proof.model_copy(update={"parts": parts})
            assert check_proof(case, made.plan, wrong).findings
            return
    pytest.fail("no round with a row to spoil")
