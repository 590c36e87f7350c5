"""The sheets of study.xlsx; ids only."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from statistics import fmean

from models.finding import N_
from scheduler.locale import Translator
from scheduler.report.studies.words import HEADS, MEANINGS
from scheduler.report.table import Cell, Column, Table, Tint
from scheduler.studies.checking import Held
from scheduler.studies.combinations import round_name
from scheduler.studies.differences import MEASURES, Effect, Moved, moved, paired
from scheduler.studies.figures import Figures
from scheduler.studies.study import Row, Study

_PROOF = {
    "certificate": N_("by certificate"),
    "search": N_("by search"),
    "none": N_("not proved"),
}


def study_tables(study: Study, t: Translator) -> list[Table]:
    """The sheets, in order; those that would be empty are left out."""
    told = list(moved(study))
    tables = [_policies(study, t)]
    if len(study.variants) > 1:
        tables += [_differences(study, t), _effects(study, told, t), _moved(told, t)]
    tables.append(combinations_table(study, t))
    if study.undone:
        tables.append(_undone(study, t))
    return tables


def policy_name(variant: str, t: Translator) -> str:
    """What a policy is called in the study."""
    return variant or t.text(N_("each round's own"))


def _policies(study: Study, t: Translator) -> Table:
    measures = list(MEASURES)
    return Table(
        name=t.text(N_("Policies")),
        title=t.text(N_("What each policy gives, on average for a round")),
        notes=tuple(_notes(study, t)),
        columns=(
            Column(t.text(N_("Policy")), 24),
            Column(t.text(N_("Plans")), 8),
            Column(t.text(N_("Proved")), 9),
            *(Column(t.text(HEADS[m]), 13) for m in measures),
            Column(t.text(N_("Seconds")), 10),
        ),
        rows=tuple(_policy_row(study, v, t) for v in study.variants),
    )


def _policy_row(study: Study, variant: str, t: Translator) -> tuple[Cell, ...]:
    rows = [r for r in study.rows if r.variant == variant]
    means = (_mean([getattr(r.result.figures, m) for r in rows]) for m in MEASURES)
    return (
        policy_name(variant, t),
        len(rows),
        sum(r.result.proof != "none" for r in rows),
        *means,
        _mean([r.result.seconds for r in rows]),
    )


def _mean(values: list[float | None]) -> float | None:
    known = [v for v in values if v is not None]
    return round(fmean(known), 2) if known else None


def _notes(study: Study, t: Translator) -> Iterator[str]:
    rounds = len({r.round for r in study.rows} | {u.round for u in study.undone})
    yield t.text(
        N_("{n} round; rounds are called by their place among those that were named."),
        N_("{n} rounds; they are called by their place among those that were named."),
        n=rounds,
    )
    if not all(study.alike):
        yield t.text(
            N_("Not all policies count points alike; their points say nothing beside one another.")
        )
    if study.undone:
        yield t.text(
            N_("{n} plan is missing; see the sheet {sheet}."),
            N_("{n} plans are missing; see the sheet {sheet}."),
            n=len(study.undone),
            sheet=t.text(UNDONE),
        )


def _differences(study: Study, t: Translator) -> Table:
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    for own in paired(study):
        better = MEASURES[own.measure]
        if own.difference and better is not None:
            good = (own.difference > 0) is better
            tints[len(rows), 4] = Tint.GOOD if good else Tint.WARN
        rows.append(
            (
                policy_name(own.variant, t),
                t.text(HEADS[own.measure]),
                _rounded(own.base),
                _rounded(own.other),
                _rounded(own.difference),
                own.more,
                own.same,
                own.less,
                t.text(MEANINGS[own.measure]),
            )
        )
    base = policy_name(study.variants[0], t)
    return Table(
        name=t.text(N_("Differences")),
        title=t.text(N_("Every policy beside {base}, in the same rounds"), base=base),
        notes=(
            t.text(
                N_(
                    "Each round is compared with itself. A mean says little where most rounds are "
                    "the same: look at how many are more and how many are less."
                )
            ),
        ),
        columns=(
            Column(t.text(N_("Policy")), 24),
            Column(t.text(N_("Measure")), 34),
            Column(t.text(N_("Mean, {base}"), base=base), 14),
            Column(t.text(N_("Mean, this policy")), 14),
            Column(t.text(N_("Difference")), 12),
            Column(t.text(N_("Rounds with more")), 12),
            Column(t.text(N_("The same")), 10),
            Column(t.text(N_("Rounds with less")), 12),
            Column(t.text(N_("What is counted")), 60),
        ),
        rows=tuple(rows),
        keys=2,
        tints=tints,
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _effects(study: Study, told: list[Moved], t: Translator) -> Table:
    counts = Counter((m.variant, m.effect) for m in told)
    return Table(
        name=t.text(N_("Gains and losses")),
        title=t.text(N_("How many gain and lose, beside the first policy")),
        columns=(
            Column(t.text(N_("Policy")), 24),
            *(Column(t.word(effect), 16) for effect in Effect),
        ),
        rows=tuple(
            (policy_name(v, t), *(counts[v, effect] for effect in Effect))
            for v in study.variants[1:]
        ),
    )


_TINTS = {
    Effect.GAINS_PLACE: Tint.GOOD,
    Effect.NEARER: Tint.GOOD,
    Effect.LOSES_PLACE: Tint.WARN,
    Effect.FARTHER: Tint.WARN,
}


def _moved(told: list[Moved], t: Translator) -> Table:
    return Table(
        name=t.text(N_("Who gains, who loses")),
        title=t.text(N_("Everybody who has something else than under the first policy")),
        columns=(
            Column(t.text(N_("Round")), 9),
            Column(t.text(N_("Policy")), 24),
            Column(t.heading("candidate_id"), 14),
            Column(t.text(N_("Effect")), 18),
            Column(t.text(N_("Points before")), 10),
            Column(t.text(N_("Points after")), 10),
            Column(t.text(N_("Vacancies before")), 18),
            Column(t.text(N_("Vacancies after")), 18),
            Column(t.text(N_("First day before")), 22),
            Column(t.text(N_("First day after")), 22),
        ),
        rows=tuple(
            (
                round_name(m.round),
                policy_name(m.variant, t),
                m.candidate_id,
                t.word(m.effect),
                *(None if h is None else h.points for h in (m.before, m.after)),
                *("" if h is None else ", ".join(h.vacancies) for h in (m.before, m.after)),
                *(_first_days(h, t) for h in (m.before, m.after)),
            )
            for m in told
        ),
        keys=3,
        tints={(n, 3): _TINTS[m.effect] for n, m in enumerate(told) if m.effect in _TINTS},
    )


def _first_days(held: Held | None, t: Translator) -> Cell:
    """The first day; of two halves both, as only the second may be another."""
    days = [] if held is None else [date.fromisoformat(text[:10]) for text in held.days]
    return days[0] if len(days) == 1 else ", ".join(t.day(day) for day in days) or None


def combinations_table(study: Study, t: Translator) -> Table:
    """A row for each combination, with nothing above the header."""
    return Table(
        name=t.text(N_("All plans")),
        title=t.text(N_("A row for each round, policy and lot")),
        columns=(
            Column(t.text(N_("Round")), 9),
            Column(t.heading("run_date"), 12),
            Column(t.text(N_("Policy")), 24),
            Column(t.text(N_("Lot no.")), 8),
            *(Column(t.text(HEADS[m]), 13) for m in Figures.model_fields),
            Column(t.text(N_("Seconds")), 10),
            Column(t.text(N_("Proved")), 16),
        ),
        rows=tuple(_row(row, t) for row in study.rows),
        keys=4,
        plain=True,
    )


def _row(row: Row, t: Translator) -> tuple[Cell, ...]:
    return (
        round_name(row.round),
        row.run_date,
        policy_name(row.variant, t),
        row.seed,
        *(getattr(row.result.figures, m) for m in Figures.model_fields),
        row.result.seconds,
        t.text(_PROOF[row.result.proof]),
    )


UNDONE = N_("Missing plans")


def _undone(study: Study, t: Translator) -> Table:
    return Table(
        name=t.text(UNDONE),
        title=t.text(N_("Plans that were not made, and why")),
        columns=(
            Column(t.text(N_("Round")), 9),
            Column(t.text(N_("Policy")), 24),
            Column(t.text(N_("Lot no.")), 8),
            Column(t.text(N_("Why")), 90),
        ),
        rows=tuple(
            (round_name(u.round), policy_name(u.variant, t), u.seed, t.finding(u.why))
            for u in study.undone
        ),
        keys=3,
    )


def study_lines(study: Study, t: Translator) -> Iterator[str]:
    """A line for each policy: the figures, and in how many rounds they differ from the first's."""
    first = next(iter(MEASURES))
    beside = {p.variant: p for p in paired(study) if p.measure == first}
    for variant in study.variants:
        rows = [r.result.figures for r in study.rows if r.variant == variant]
        if not rows:
            continue
        name, base = policy_name(variant, t), policy_name(study.variants[0], t)
        placed = t.decimal(fmean(f.placed for f in rows))
        waiting = t.decimal(fmean(f.waiting for f in rows))
        if variant == study.variants[0]:
            yield t.text(
                N_("{policy}: on average {placed} placed and {waiting} not placed in a round."),
                policy=name,
                placed=placed,
                waiting=waiting,
            )
        else:
            own = beside[variant]
            yield t.text(
                N_(
                    "{policy}: on average {placed} placed and {waiting} not placed. Beside {base}, "
                    "rounds with more placed: {more}, as many: {same}, fewer: {less}."
                ),
                policy=name,
                placed=placed,
                waiting=waiting,
                base=base,
                more=own.more,
                same=own.same,
                less=own.less,
            )
