"""What further positions would do, as sheets; ids of people only."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from models.finding import N_
from models.vacancy import DepartmentKey
from scheduler.locale import Translator
from scheduler.report.page.frame import tables_page
from scheduler.report.quarter.need import quarter_text
from scheduler.report.table import Book, Cell, Column, Table, Tint
from scheduler.report.workbook import workbook
from scheduler.studies.checking import Result
from scheduler.studies.combinations import round_name
from scheduler.studies.positions import Positions, Tried

POSITIONS_XLSX, POSITIONS_HTML = "positions.xlsx", "positions.html"


def positions_files(found: Sequence[Positions], t: Translator) -> Mapping[str, bytes]:
    """What is written, by name; a study of positions for each round."""
    tables = [_best(found, t), _single(found, t)]
    title = t.text(N_("What further positions would do"))
    return {
        POSITIONS_XLSX: workbook(Book(POSITIONS_XLSX, tuple(tables), title), t),
        POSITIONS_HTML: tables_page(tables, t, title),
    }


def _places(t: Translator) -> tuple[Column, ...]:
    return (
        Column(t.heading("trust"), 28),
        Column(t.heading("site"), 24),
        Column(t.heading("department"), 26),
        Column(t.text(N_("Quarter")), 16),
    )


def _effects(t: Translator) -> tuple[Column, ...]:
    return (
        Column(t.text(N_("More placed")), 10),
        Column(t.text(N_("Placed then")), 10),
        Column(t.text(N_("Points in all then")), 11),
        Column(t.text(N_("Far from the wish then")), 12),
        Column(t.text(N_("Who gets a place")), 24),
        Column(t.text(N_("Who comes nearer to the wish")), 30),
        Column(t.text(N_("Who comes farther from it")), 24),
        Column(t.text(N_("Proved")), 9),
    )


def _place(key: DepartmentKey) -> tuple[Cell, ...]:
    return (key.trust, key.site, key.department)


def _effect(before: Result, tried: Tried, t: Translator) -> tuple[Cell, ...]:
    had = {h.candidate_id: h.points for h in before.held}
    has = {h.candidate_id: h.points for h in tried.result.held}
    new = sorted(has.keys() - had.keys())
    both = sorted(has.keys() & had.keys())
    return (
        len(has) - len(had),
        len(has),
        sum(has.values()),
        tried.result.figures.far,
        ", ".join(new),
        ", ".join(w for w in both if has[w] < had[w]),
        ", ".join(w for w in both if has[w] > had[w]),
        t.yes_no(tried.result.proof != "none"),
    )


def _single(found: Sequence[Positions], t: Translator) -> Table:
    """Every position by itself, the best first."""
    rows: list[tuple[Cell, ...]] = []
    tints: dict[tuple[int, int], Tint] = {}
    for number, own in enumerate(found, 1):
        if own.base is None:
            continue
        for tried in sorted(own.single, key=lambda one: (one.result.worth, one.position)):
            place, day = _place(tried.position.key), tried.position.first
            effect = _effect(own.base, tried, t)
            if isinstance(effect[0], int) and effect[0] > 0:
                tints[len(rows), 5] = Tint.GOOD
            rows.append((round_name(number), *place, quarter_text(t, day), *effect))
    return Table(
        name=t.text(N_("Each position alone")),
        title=t.text(N_("What each further position would do, if it were the only one")),
        notes=tuple(_notes(found, t)),
        columns=(Column(t.text(N_("Round")), 9), *_places(t), *_effects(t)),
        rows=tuple(rows),
        keys=5,
        tints=tints,
    )


def _best(found: Sequence[Positions], t: Translator) -> Table:
    """The best ones together, each beside the plan with those above it."""
    rows: list[tuple[Cell, ...]] = []
    for number, own in enumerate(found, 1):
        before = own.base
        for step, tried in enumerate(own.best, 1):
            assert before is not None
            place, day = _place(tried.position.key), tried.position.first
            effect = _effect(before, tried, t)
            rows.append((round_name(number), step, *place, quarter_text(t, day), *effect))
            before = tried.result
    return Table(
        name=t.text(N_("The best together")),
        title=t.text(N_("The positions that would do most together")),
        notes=(
            t.text(
                N_(
                    "Each is the best when those above it are there; the plan is then made anew "
                    "for everybody. Two that are best together need not be best one after the "
                    "other."
                )
            ),
        ),
        columns=(
            Column(t.text(N_("Round")), 9),
            Column(t.text(N_("No.")), 6),
            *_places(t),
            *_effects(t),
        ),
        rows=tuple(rows),
        keys=2,
    )


def _notes(found: Sequence[Positions], t: Translator) -> Iterator[str]:
    yield t.text(
        N_(
            "A position is an ordinary vacancy for one person, six months from the first day of "
            "the quarter. For each the whole plan is made anew, and others may come to stand "
            "otherwise."
        )
    )
    without = sum(own.without_use for own in found)
    if without:
        yield t.text(
            N_("{n} further position was tried that nobody could have; it is left out."),
            N_("{n} further positions were tried that nobody could have; they are left out."),
            n=without,
        )
    for number, own in enumerate(found, 1):
        for why in own.undone:
            yield t.text(
                N_("Not all plans of {round} were made: {why}"),
                round=round_name(number),
                why=t.finding(why),
            )


def positions_lines(found: Sequence[Positions], t: Translator) -> Iterator[str]:
    """The lines that a terminal shows: the best positions of each round."""
    for number, own in enumerate(found, 1):
        before = own.base
        if not own.best:
            yield t.text(
                N_("{round}: no further position would make the plan better."),
                round=round_name(number),
            )
        for tried in own.best:
            assert before is not None
            _, site, department = tried.position.key
            yield t.text(
                N_("{round}: {department} at {site}, {quarter}: {placed} placed, {before} before."),
                round=round_name(number),
                department=department,
                site=site,
                quarter=quarter_text(t, tried.position.first),
                placed=tried.result.figures.placed,
                before=before.figures.placed,
            )
            before = tried.result


def positions_data(
    found: Sequence[Positions], written: Sequence[Path], t: Translator
) -> dict[str, object]:
    """What was found, for programs."""
    return {
        "files": [str(path) for path in written],
        "rounds": [
            {
                "round": number,
                "placed": None if own.base is None else own.base.figures.placed,
                "best": [_tried_data(tried) for tried in own.best],
                "single": [_tried_data(tried) for tried in own.single],
                "without_use": own.without_use,
                "missing": [t.finding(why) for why in own.undone],
            }
            for number, own in enumerate(found, 1)
        ],
    }


def _tried_data(tried: Tried) -> dict[str, object]:
    trust, site, department = tried.position.key
    return {
        "trust": trust,
        "site": site,
        "department": department,
        "first": tried.position.first.isoformat(),
        **tried.result.figures.model_dump(),
        "goals": tried.result.goals,
        "proof": tried.result.proof,
    }
