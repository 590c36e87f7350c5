"""Writing a row of the rule municipal-order, when it is known that it is broken."""

from collections import Counter
from dataclasses import dataclass

from models.certificate import OrderEntry
from scheduler.apart import grown
from scheduler.priority import RULE
from scheduler.program import Row
from scheduler.rules.order.filled import Filled
from scheduler.rules.order.ground import Ground
from scheduler.rules.order.stand import Stand, Trial


@dataclass(frozen=True, slots=True)
class Broken:
    """An order that is broken for a trial, and by how much: on the left the columns of a clique, or
    if that is empty all load on the row.
    """

    stand: Stand
    trial: Trial
    row: int
    clique: frozenset[int]
    much: float


def written(ground: Ground, filled: Filled, broken: Broken) -> Row:
    """The row against it, with all columns, also those that are not taken anywhere."""
    stand, trial, worst = broken.stand, broken.trial, broken.row
    own = {c.index for c in stand.own.all}
    good = {i for i in own if ground.as_good(stand, i, trial.points)}
    last, constant, crowd = _last_term(ground, filled, stand, trial)
    clique = broken.clique
    if clique:
        there = ground.in_the_way(stand, trial, lambda n: [i for i, _ in ground.rows[n].terms])
        clique, out = grown(ground.apart, clique, there, good | crowd)
        terms, share, upper = Counter(clique), 1, 0
        good, crowd = good - out, crowd - out
    else:
        share = trial.share[worst]
        on_row = ground.rows[worst].terms
        terms = Counter({i: c for i, c in on_row if ground.owners[i] != stand.who})
        upper = ground.room(worst, share) or 0
        good -= ground.taken_there(worst, share, own)
    for index in (*good, *crowd):
        terms[index] -= share
    for index, coefficient in last.items():
        terms[index] -= share * coefficient
    why = OrderEntry(
        kind="order",
        candidate_id=stand.who,
        option=[c.index for c in trial.columns],
        second=stand.second,
        left=sorted(clique),
        row=None if clique else worst,
    )
    return Row(
        f"{RULE} {'+'.join(c.name for c in trial.columns)}",
        tuple(sorted((i, c) for i, c in terms.items() if c)),
        None,
        upper + share * constant,
        why,
    )


def _last_term(
    ground: Ground, filled: Filled, stand: Stand, trial: Trial
) -> tuple[Counter[int], int, set[int]]:
    """How far those not after leave the trial no room, as columns and a constant; and the columns
    that count one by one.
    """
    crowd: set[int] = set()
    terms: Counter[int] = Counter()
    constant = 0
    for number, share in trial.share.items():
        room = ground.room(number, share)
        if room is None:
            continue
        staying = [(i, c) for i, c in ground.rows[number].terms if ground.stays(stand, i)]
        if room < 0:
            constant += 1
            for index, coefficient in staying:
                terms[index] += coefficient
        elif room == 0:
            crowd.update(i for i, _ in staying)
        elif (column := filled.column(stand.who, number)) is not None:
            terms[column] += 1
    return terms, constant, crowd
