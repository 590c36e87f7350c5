"""The meeting page opened from disk: silent, alone, and inert whatever its texts are."""

import pytest

from models.round import Round
from scheduler.report.page.frame import tables_page
from scheduler.report.page.meeting import report_page
from scheduler.report.sheets.people import placements_table
from scheduler.report.texts import Delivery
from tests.browser.conftest import Open

HOSTILE = (
    "<script>window.hit = 1</script>",
    '"><img src=x onerror="window.hit=1">',
    "</style><style>body{display:none}</style>",
    "</title></svg><svg onload='window.hit=1'>",
    "\u202egnidaer\u202c",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:window.hit=1",
    "N" * 200,
)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_opens_from_disk_without_a_word(
    opened: Open, small_page: bytes, vest_page: bytes, conflict_page: bytes, scheme: str
) -> None:
    for content in (small_page, vest_page, conflict_page):
        shown = opened(content, scheme)
        assert shown.page.title().startswith("Plan for ")
        assert shown.page.locator("a.bar").count()
        assert shown.breaches() == []


def test_a_page_of_tables_has_the_same_frame(opened: Open, small: Delivery) -> None:
    table = placements_table(small)
    shown = opened(tables_page([table], small.translator, "Sammenligning"))
    shown.page.get_by_role("button", name=table.columns[2].header, exact=True).click()
    assert shown.page.locator("tbody tr").count() == len(table.rows)
    assert shown.breaches() == []


def test_the_policy_stops_what_gets_in_all_the_same(opened: Open, small_page: bytes) -> None:
    shown = opened(small_page)
    shown.js(
        "() => document.body.insertAdjacentHTML('beforeend',"
        ' \'<p id=in style="color: red" onclick="window.hit=1">x</p>'
        "<img src=http://example.org/x onerror=window.hit=1>')"
    )
    shown.page.locator("#in").click()
    assert shown.js("() => window.hit") is None
    assert (
        shown.js("() => getComputedStyle(document.getElementById('in')).color") != "rgb(255, 0, 0)"
    )
    broken = set(shown.breaches())
    assert {"style-src-attr", "script-src-attr", "img-src"} <= broken


def _hostile(round: Round) -> Round:
    people = [
        c.model_copy(update={"name": HOSTILE[n % len(HOSTILE)]})
        for n, c in enumerate(round.candidates)
    ]
    towns = [
        m.model_copy(update={"name": HOSTILE[n % len(HOSTILE)]})
        for n, m in enumerate(round.municipalities)
    ]
    return round.changed(candidates=people, municipalities=towns, name=HOSTILE[0])


@pytest.mark.parametrize("width", [1280, 390])
def test_hostile_texts_are_shown_and_do_nothing(opened: Open, small: Delivery, width: int) -> None:
    round = _hostile(small.round)
    shown = opened(report_page(Delivery(small.plan, round, small.translator)), width=width)
    assert shown.breaches() == []
    assert shown.js("() => window.hit") is None
    assert shown.page.locator("img, iframe, object, form").count() == 0
    assert shown.page.locator("script").count() == shown.page.locator("style").count() == 1
    text = shown.page.locator("body").text_content() or ""
    assert [name for name in HOSTILE if name not in text] == []
    assert "49" not in (shown.page.locator("#serving").text_content() or "").replace("1849", "")
    assert shown.js("() => document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.parametrize("width", [1280, 390])
def test_nothing_runs_over_the_edge(opened: Open, vest_page: bytes, width: int) -> None:
    shown = opened(vest_page, width=width)
    assert shown.js("() => document.documentElement.scrollWidth <= innerWidth")


def test_it_is_whole_without_its_script(opened: Open, small: Delivery, small_page: bytes) -> None:
    shown = opened(small_page, script=False)
    names = {small.name(p.candidate_id) for p in small.placements}
    told = " ".join(shown.page.locator("a.bar > title").all_text_contents())
    assert all(name in told for name in names)
    assert not shown.page.locator("button:visible, input:visible").count()
    number = shown.page.locator("a.bar").first.get_attribute("href")
    assert shown.page.locator(f"tr{number}").is_visible()
