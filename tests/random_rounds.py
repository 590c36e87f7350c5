"""Small random rounds that reach every rule, for comparing the product with brute force."""

import os
from datetime import date, timedelta
from random import Random

from models.candidate import Candidate, CandidateStatus, Importance, Scheme, SplitWish
from models.department import Department
from models.lock import Decline, Lock, LockStatus
from models.municipality import Agreement, Municipality, Priority
from models.policy import Policy
from models.round import Round
from models.vacancy import Vacancy
from models.waiver import WAIVABLE, Pair, PairKind, Waiver
from models.wish import NEVER, Wish
from scheduler.listing.options import make_case
from scheduler.problem.case import Case
from scheduler.support.resources import shipped_policies

RUN_DATE = date(2026, 3, 1)
# How many rounds the brute force is asked about: `make night` asks for thousands, mutation tests
# for few, and other tests over random rounds for fewer in proportion to ALL of them.
ALL = 360
ROUNDS = int(os.environ.get("ALIS_ROUNDS", "210"))
_FEW_ROUNDS = 200  # in fewer, what is rare may not come up


def enough(count: int, least: int) -> bool:
    """Whether something was seen more often than `least`, in proportion to ALL rounds."""
    return count > few(least) or ROUNDS < _FEW_ROUNDS


def few(count: int) -> int:
    """So many of ALL rounds, or fewer where fewer are asked for."""
    return max(1, count * min(ROUNDS, ALL) // ALL)


PLACES = (
    ("Nord HF", "Bodø", "Kirurgi"),
    ("Nord HF", "Bodø", "Medisin"),
    ("Nord HF", "Lofoten", "Medisin"),
    ("Sør HF", "Lofoten", "Kirurgi"),
)


def random_round(seed: int, *, people: int = 4, windows: int | None = None) -> Round:
    """The round of this seed: `people` candidates and so many windows, or a handful."""
    return round_from(Random(seed), f"Runde {seed}", people=people, windows=windows)


def round_from(
    r: Random, name: str = "Runde", *, people: int = 4, windows: int | None = None
) -> Round:
    """The round that these random choices make."""
    policy = _policy(r)
    few = r.randint(2, 5)
    vacancies = [_vacancy(r, n) for n in range(windows or few)]
    candidates = [_candidate(r, n) for n in range(people)]
    locks = [k for c in candidates for k in _locks(r, c, vacancies)]
    locked = {k.candidate_id for k in locks}
    candidates = [
        c.model_copy(update={"remaining_months": 3})
        if c.candidate_id in locked and r.random() < 0.7
        else c
        for c in candidates
    ]
    if r.random() < 0.3:
        vacancies = _cut(r, vacancies)
    if r.random() < 0.8:
        candidates, vacancies = _crowded(r, candidates, vacancies)
    ids = [c.candidate_id for c in candidates]
    # In large rounds caps and cover leave room for more than a handful too.
    own = Random(repr(vacancies))  # so that the other choices stay as they were
    arrivals = (*[None] * 4, *(n * max(1, people // 12) for n in (1, 2)))
    limits = (None, None, *(n * max(1, people // 12) for n in (1, 2)))
    return Round.build(
        name=name,
        run_date=RUN_DATE,
        next_round_date=date(2026, 6, 1),
        policy_name="test",
        policy=policy,
        seed=str(r.randint(0, 9)),
        seed_reason="test",
        candidates=candidates,
        wishes=[w for c in candidates for w in _wishes(r, c)],
        priority=_priorities(r, candidates),
        vacancies=vacancies,
        departments=[
            Department(
                trust=t,
                site=s,
                department=d,
                approved=r.random() < 0.95,
                max_concurrent=r.choice(limits),
                max_arrivals=own.choice(arrivals),
            )
            for t, s, d in PLACES
        ],
        municipalities=[
            Municipality(
                municipality=m,
                name=m,
                registered_from=r.choice((*[True] * 20, False, date(2026, 9, 15))),
                max_away=r.choice(limits),
            )
            for m in ("1804", "1865")
        ],
        agreements=[
            Agreement(
                municipality=m,
                trust=t,
                valid_from=r.choice((None, date(2026, 8, 1))),
                valid_to=r.choice((None, None, None, None, date(2027, 1, 31))),
            )
            for m in ("1804", "1865")
            for t in ("Nord HF", "Sør HF")
            if r.random() < 0.95
        ],
        locks=locks,
        waivers=[
            Waiver(
                candidate_id=who,
                rule=r.choice((*WAIVABLE, "municipal-order", "municipal-order")),
                approved_by="X",
                approved_on=RUN_DATE,
                reason="test",
            )
            for who in ids
            if r.random() < 0.25
        ],
        declines=[
            Decline(candidate_id=who, vacancy_id=r.choice(vacancies).vacancy_id)
            for who in ids
            if r.random() < 0.15
        ],
        pairs=[
            Pair(
                candidate_a=ids[0],
                candidate_b=ids[1],
                kind=r.choice(list(PairKind)),
                alone_ok=r.random() < 0.5,
            )
        ]
        if r.random() < 0.4
        else [],
    )


def _cut(r: Random, vacancies: list[Vacancy]) -> list[Vacancy]:
    """The first window in two that meet, so that joined placements become possible."""
    whole = vacancies[0]
    cut = whole.start + timedelta(days=r.choice((61, 92, 122)))
    if cut > whole.end:
        return vacancies
    end = min(whole.end, whole.start + timedelta(days=r.choice((183, 184, 215))))
    one = whole.model_copy(update={"end": cut - timedelta(days=1)})
    two = whole.model_copy(update={"vacancy_id": "VX", "start": cut, "end": end})
    return [one, two, *vacancies[1:]] if two.start <= two.end else vacancies


def _crowded(
    r: Random, candidates: list[Candidate], vacancies: list[Vacancy]
) -> tuple[list[Candidate], list[Vacancy]]:
    """The same people, but with little in their way, so that they stand in each other's."""
    easy: dict[str, object] = {
        "fte": 100.0,
        "unavailable": (),
        "earliest_start": None,
        "latest_start": None,
        "practice_met_on": date(2025, 1, 1),
        "on_call": True,
        "open_to_other_sites": True,
        "open_to_other_departments": True,
        "wished_start_latest": r.choice((None, date(2026, 10, 31))),
    }
    # Who wishes to begin later has no claim to an early place, though perhaps an option.
    wished = (date(2026, 8, 1), date(2026, 8, 1), r.choice((date(2026, 8, 1), date(2026, 10, 1))))
    latest = r.choice((date(2026, 10, 1), date.max))
    return (
        [c.model_copy(update={**easy, "wished_start": r.choice(wished)}) for c in candidates],
        [
            v.model_copy(update={"fte": 100.0, "start": min(v.start, latest), "on_call": False})
            for v in vacancies[: max(3, len(candidates) // 6)]
        ],
    )


def _policy(r: Random) -> Policy:
    name = r.choice(("nord-2024", "nord-2024", "vest-2023", "turn-2024"))
    policy = Policy.from_toml(shipped_policies()[name].read_text(encoding="utf-8"))
    goals = policy.goals
    if r.random() < 0.2:
        goals = ("municipal-rank", *goals)
    if r.random() < 0.2:
        goals = ("unchanged", *(g for g in goals if g != "unchanged"))
    return policy.model_copy(
        update={
            "allow_split": r.random() < 0.8,
            "max_points": r.choice((None, None, None, 60, 100)),
            "hard_points": r.choice((30, 60, 84)),
            "max_late_months": r.choice((6, 6, 6, 3)),
            "max_gap_months": r.choice((12, 1, 0)),
            "start_days": r.choice(((1,), (1,), (31,), (15,))),
            "practice_months": 24,
            "municipal_order": r.choice((*["placed"] * 6, "strict", "strict", "off")),
            "lead_months": r.choice((3, 3, 3, 6)),
            "horizon_months": r.choice((24, 24, 24, 9)),
            "goals": goals,
        }
    )


def _day(r: Random, months: int) -> date:
    first = date(2026, 6, 1)
    index = first.month - 1 + r.randint(0, months)
    return date(first.year + index // 12, index % 12 + 1, r.choice((1, 1, 1, 15, 28)))


def _vacancy(r: Random, n: int) -> Vacancy:
    start = _day(r, 8)
    length = r.choice((62, 92, 123, 153, 184, 184, 184, 186, 215, 275, 365, 365))
    trust, site, department = r.choice(PLACES)
    return Vacancy(
        vacancy_id=f"V{n}",
        trust=trust,
        site=site,
        department=department,
        start=start,
        end=start + timedelta(days=length - 1),
        positions=r.choice((1, 1, 1, 2)),
        fte=r.choice((*[100.0] * 19, 50.0)),
        short_notice=r.random() < 0.3,
        on_call=r.random() < 0.5,
    )


def _candidate(r: Random, n: int) -> Candidate:
    wished = _day(r, 6)
    return Candidate(
        candidate_id=f"K{n}",
        name=f"Kandidat {n}",
        municipality=r.choice(("1804", "1804", "1804", "1865")),
        wished_start=wished,
        wished_start_latest=r.choice((None, wished + timedelta(days=r.randint(0, 70)))),
        first_wished_start=r.choice((None, None, date(2025, 9, 1))),
        earliest_start=r.choice((*[None] * 6, wished)),
        latest_start=r.choice((*[None] * 6, wished + timedelta(days=120))),
        practice_start=r.choice((date(2023, 1, 1), date(2023, 1, 1), date(2024, 9, 15))),
        practice_met_on=r.choice((*[None] * 6, date(2026, 10, 1))),
        scheme=r.choice((*[Scheme.NEW] * 16, Scheme.CONVERTED, Scheme.OLD)),
        remaining_months=r.choice((*[6] * 12, 3, 3, 4)),
        split=r.choice(list(SplitWish)),
        fte=r.choice((*[100.0] * 19, 80.0)),
        on_call=r.random() < 0.8,
        open_to_other_sites=r.random() < 0.7,
        open_to_other_departments=r.random() < 0.7,
        most_important=r.choice((None, *Importance)),
        registered_on=date(2025, 1, 1) + timedelta(days=r.randint(0, 420)),
        unavailable=r.choice(((), (), (), ((date(2026, 11, 1), date(2026, 12, 15)),))),
        status=r.choice((*[CandidateStatus.WAITING] * 15, CandidateStatus.ON_HOLD)),
        plan_rest=r.random() < 0.7,
    )


def _wishes(r: Random, c: Candidate) -> list[Wish]:
    rows = []
    for rank in range(1, r.randint(1, 3) + 1):
        trust, site, department = r.choice(PLACES)
        rows.append(
            Wish(
                candidate_id=c.candidate_id,
                rank=rank,
                trust=r.choice((trust, "")),
                site=r.choice((site, site, "")),
                department=r.choice((department, "", "")),
            )
        )
    if r.random() < 0.2:
        trust, site, _ = r.choice(PLACES)
        rows.append(Wish(candidate_id=c.candidate_id, rank=NEVER, trust=trust, site=site))
    return [w for w in rows if _known(w)]


def _known(w: Wish) -> bool:
    return any(w.matches(*place) for place in PLACES)


def random_case(seed: int) -> Case:
    """5 to 11 people, 3 to 6 vacancies."""
    return make_case(random_round(seed, people=5 + seed % 7, windows=3 + seed % 4))


def _priorities(r: Random, candidates: list[Candidate]) -> list[Priority]:
    found = []
    for m in ("1804", "1865"):
        own = [c.candidate_id for c in candidates if c.municipality == m and r.random() < 0.8]
        r.shuffle(own)
        found += [
            Priority(municipality=m, priority=n, candidate_id=who) for n, who in enumerate(own, 1)
        ]
    return found


def _locks(r: Random, c: Candidate, vacancies: list[Vacancy]) -> list[Lock]:
    if r.random() > 0.2:
        return []
    vacancy = r.choice(vacancies)
    start = vacancy.start + timedelta(days=r.choice((0, 0, 31)))
    end = start + timedelta(days=r.choice((91, 120, 183)))
    vanished = r.random() < 0.15
    return [
        Lock(
            candidate_id=c.candidate_id,
            vacancy_id="BORTE" if vanished else vacancy.vacancy_id,
            start=start,
            end=end,
            status=r.choice(list(LockStatus)),
        )
    ]
