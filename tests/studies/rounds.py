"""Small rounds for studies, some with canaries where people write what concerns nobody else."""

from datetime import date

from models.lock import LockStatus
from models.round import Round
from scheduler.studies.combinations import Combination, combinations, variants
from scheduler.studies.task import Limits
from tests.builders import a_round, candidate, lock, policy, vacancy, waiver, wish
from tests.random_rounds import random_round

CANARY = "kanarifugl"


def told_of_people() -> Round:
    """Two candidates, a lock and a waiver; whatever a person may have written says CANARY."""
    round = a_round(
        candidates=[
            candidate("A", name=f"{CANARY} navn", email=f"{CANARY}@example.no"),
            candidate("B"),
        ],
        wishes=[wish("A"), wish("B")],
        vacancies=[
            vacancy("V", contact=f"{CANARY} kontakt"),
            vacancy("W", start=date(2026, 9, 1), end=date(2027, 2, 28)),
        ],
        locks=[
            lock(
                *("B", "W", date(2026, 3, 1), date(2026, 8, 31)),
                status=LockStatus.ACCEPTED,
                note=f"{CANARY} notat",
                extended_from=date(2026, 7, 31),
                reason=f"{CANARY} sykdom",
            )
        ],
    )
    rows = {
        "departments": [
            d.model_copy(update={"email": f"{CANARY}@avd.no", "specialty": f"{CANARY} fag"})
            for d in round.departments
        ],
        "municipalities": [
            m.model_copy(update={"email": f"{CANARY}@kommune.no", "name": f"{CANARY} kommune"})
            for m in round.municipalities
        ],
        "waivers": [
            waiver("A", "practice").model_copy(
                update={"approved_by": f"{CANARY} lege", "reason": f"{CANARY} unntak"}
            )
        ],
    }
    return round.changed(
        **rows,
        name=f"{CANARY} runde",
        coordinator=f"{CANARY} koordinator",
        coordinator_email=f"{CANARY}@helse.no",
        coordinator_phone=f"{CANARY} 99",
        channel=f"{CANARY} kanal",
        seed_reason=f"{CANARY} grunn",
        policy_name=f"{CANARY}.toml",
        policy=policy(source={"reply_days": f"{CANARY} kilde"}),
    )


def combined(count: int, first: int = 1) -> tuple[list[Round], list[Combination]]:
    """So many random rounds under two readings of the municipal order."""
    rounds = [random_round(seed) for seed in range(first, first + count)]
    chosen = variants([], {"municipal_order": ["placed", "off"]})
    return rounds, list(combinations(rounds, chosen, 1, Limits()))
