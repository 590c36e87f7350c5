"""Small multiples of a study: for each measure, how every round differs from the first policy."""

import re
from collections import Counter
from collections.abc import Sequence
from io import StringIO
from typing import Any

import matplotlib as mpl
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from models.finding import N_
from scheduler.locale import Translator
from scheduler.report.page.frame import Picture
from scheduler.report.studies.tables import policy_name
from scheduler.report.studies.words import HEADS
from scheduler.studies.differences import MEASURES, POINTS, pairs, values
from scheduler.studies.study import Study

_LEFT_OUT = ("within_six", "unplaced_alone", "unplaced_few", "unplaced_many")
_SHOWN = tuple(measure for measure in MEASURES if measure not in _LEFT_OUT)
_BLUE, _GREEN, _RED, _GREY = "#1f4e79", "#3c8d4a", "#c0533f", "#8a8a8a"
_COLUMNS = 2
_LOOK: Any = {
    "font.family": "sans-serif",
    "font.size": 9,
    "svg.fonttype": "none",
    "svg.hashsalt": "alis",
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.spines.left": False,
}


def pictures(study: Study, t: Translator) -> list[Picture]:
    """One picture of the values, and one of the differences if there is anything to compare."""
    if not study.rows:
        return []
    caption = t.text(
        N_(
            "A dot is a round; the larger it is, the more rounds have that value. The line is the "
            "mean."
        )
    )
    made = [Picture(_draw(study, t, list(study.variants), differences=False), caption)]
    if len(study.variants) > 1:
        base = policy_name(study.variants[0], t)
        caption = t.text(
            N_(
                "How each round differs from {base}. A dot is a round, and the number is how many "
                "rounds have that difference; in the middle there is none. Green is better, red is "
                "worse."
            ),
            base=base,
        )
        made.append(Picture(_draw(study, t, list(study.variants[1:]), differences=True), caption))
    return made


def _draw(study: Study, t: Translator, variants: Sequence[str], *, differences: bool) -> str:
    lines = -(-len(_SHOWN) // _COLUMNS)
    with mpl.rc_context(_LOOK):
        figure = Figure(figsize=(9.5, lines * (0.9 + 0.38 * len(variants))))
        FigureCanvasSVG(figure)
        panels = figure.subplots(lines, _COLUMNS, squeeze=False).flatten()
        for panel, measure in zip(panels, _SHOWN, strict=False):
            _panel(panel, study, t, variants, measure, differences=differences)
        figure.tight_layout()
        text = StringIO()
        figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    return _plain(text.getvalue())


def _panel(
    axes: Any,
    study: Study,
    t: Translator,
    variants: Sequence[str],
    measure: str,
    *,
    differences: bool,
) -> None:
    axes.set_title(t.text(HEADS[measure]), loc="left", fontsize=9, fontweight="bold", color=_BLUE)
    axes.set_yticks(range(len(variants)), [policy_name(v, t) for v in variants])
    axes.set_ylim(len(variants) - 0.5, -0.6)
    axes.tick_params(axis="y", length=0)
    axes.grid(axis="x", color="#e4e4e4", linewidth=0.6)
    axes.set_axisbelow(True)
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, integer=True, min_n_ticks=1))
    for line, variant in enumerate(variants):
        alike = study.alike[study.variants.index(variant)] or measure not in POINTS
        found = values(pairs(study, variant), measure) if alike or not differences else []
        shown = [two - one if differences else two for one, two in found]
        counts = Counter(shown)
        most = max(counts.values(), default=1)
        for value, count in sorted(counts.items()):
            colour = _colour(measure, value) if differences else _BLUE
            size = 30 + 170 * count / most
            axes.scatter([value], [line], s=size, color=colour, alpha=0.75, linewidths=0)
            if differences and count > 1:
                axes.text(
                    value, line, str(count), ha="center", va="center", fontsize=7, color="white"
                )
        if shown:
            mean = sum(shown) / len(shown)
            axes.plot([mean, mean], [line - 0.36, line + 0.36], color="#222222", linewidth=1.4)
    if differences:
        reach = max(1.0, *(abs(edge) for edge in axes.get_xlim()))
        axes.set_xlim(-reach, reach)
        axes.axvline(0, color=_GREY, linewidth=0.8, zorder=0)


def _colour(measure: str, value: float) -> str:
    better = MEASURES[measure]
    if not value or better is None:
        return _GREY
    return _GREEN if (value > 0) is better else _RED


def _plain(svg: str) -> str:
    """The drawing alone: what stands before it is for a file of its own, and names other places."""
    drawing = svg[svg.index("<svg") :]
    return re.sub(r"<metadata>.*?</metadata>", "", drawing, flags=re.DOTALL)
