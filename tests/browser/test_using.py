"""The meeting page used: by mouse and keyboard, on paper, in both colour schemes, read aloud."""

import json
import re
import subprocess
from pathlib import Path
from typing import Any

import pytest

from scheduler.report.texts import Delivery
from tests.browser.conftest import AXE, Open, Opened

SERVING = "#serving table"


def _column(shown: Opened, table: str, number: int) -> list[str]:
    cells = shown.page.locator(f"{table} tbody tr:visible > :nth-child({number})")
    return [text.strip() for text in cells.all_text_contents()]


def test_a_table_shows_only_lines_with_what_is_written(
    opened: Open, small: Delivery, small_page: bytes
) -> None:
    shown = opened(small_page)
    every = _column(shown, SERVING, 1)
    box = shown.page.locator("#serving input[type=search]")
    box.fill("lofoten kirurgi")
    assert _column(shown, SERVING, 1) == ["K04", "K05"]
    assert "2 av " in (shown.page.locator("#serving output").text_content() or "")
    box.fill("")
    assert _column(shown, SERVING, 1) == every


def test_a_table_is_sorted_by_days_as_days_both_ways(opened: Open, small_page: bytes) -> None:
    shown = opened(small_page)
    head = shown.page.locator(f"{SERVING} thead th").nth(6)
    days = [tuple(map(int, day.split(".")[::-1])) for day in _column(shown, SERVING, 7)]
    assert len(set(days)) > 3
    for direction, expected in (("ascending", sorted(days)), ("descending", sorted(days)[::-1])):
        head.get_by_role("button").press("Enter")
        assert head.get_attribute("aria-sort") == direction
        told = [tuple(map(int, day.split(".")[::-1])) for day in _column(shown, SERVING, 7)]
        assert told == expected


def test_the_keyboard_leads_to_a_person_and_on_to_their_line(
    opened: Open, small_page: bytes
) -> None:
    shown = opened(small_page)
    on_bar = "() => document.activeElement.matches('a.bar')"
    for _ in range(40):
        shown.page.keyboard.press("Tab")
        if shown.js(on_bar):
            break
    assert shown.js(on_bar)
    card = shown.page.locator("#card")
    seen = []
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowLeft", "End", "Home"):
        seen.append((card.text_content() or "").splitlines()[0])
        assert card.is_visible()
        shown.page.keyboard.press(key)
        assert shown.js(on_bar), key
    assert len(set(seen)) > 3
    assert (card.text_content() or "").splitlines()[0] == seen[0]  # Home: the first again
    shown.page.keyboard.press("Escape")
    assert not card.is_visible()
    shown.page.keyboard.press("Tab")
    assert not shown.js(on_bar)  # one stop only
    shown.page.keyboard.press("Shift+Tab")
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_function("() => document.activeElement.matches('tr')")
    assert seen[0].split(" ")[0] in str(shown.js("() => document.activeElement.innerText"))
    shown.page.keyboard.press("Tab")
    shown.page.keyboard.press("Enter")  # the id in the line leads back
    shown.page.wait_for_function(on_bar)
    assert shown.breaches() == []


def test_a_link_to_a_line_that_was_filtered_out_shows_it(opened: Open, small_page: bytes) -> None:
    shown = opened(small_page)
    shown.page.locator("#serving input[type=search]").fill("K12")
    bar = shown.page.locator("a.bar", has_text="K03").first
    bar.focus()
    shown.page.keyboard.press("Enter")
    shown.page.wait_for_function("() => document.activeElement.matches('tr')")
    assert "K03" in str(shown.js("() => document.activeElement.innerText"))


def test_the_mouse_shows_who_it_is(opened: Open, small: Delivery, small_page: bytes) -> None:
    shown = opened(small_page)
    shown.page.locator("a.bar", has_text="K01").hover()
    told = shown.page.locator("#card").text_content() or ""
    assert small.name("K01") in told
    assert "1865 Vågan" in told
    assert "1.3.2027 til 31.8.2027" in told
    shown.page.locator("h1").hover()
    assert not shown.page.locator("#card").is_visible()


def test_one_trust_can_be_chosen_and_its_months_made_wider(opened: Open, vest_page: bytes) -> None:
    shown = opened(vest_page)
    trusts = shown.page.locator(".trust")
    every = trusts.count()
    assert every > 2
    name = trusts.nth(1).locator("h3").text_content() or ""
    button = shown.page.locator(".choice").get_by_role("button", name=name, exact=True)
    button.click()
    assert button.get_attribute("aria-pressed") == "true"
    assert shown.page.locator(".trust:visible h3").all_text_contents() == [name]
    bar = shown.page.locator(".trust:visible a.bar").first
    narrow = bar.bounding_box()
    shown.page.locator("button[data-zoom='1']").click()
    wide = bar.bounding_box()
    assert narrow is not None
    assert wide is not None
    assert wide["width"] > 1.4 * narrow["width"]
    shown.page.locator(".choice button").first.click()
    assert shown.page.locator(".trust:visible").count() == every


def test_a_person_is_found_in_the_calendar(
    opened: Open, small: Delivery, small_page: bytes
) -> None:
    shown = opened(small_page)
    find = shown.page.locator("input.find")
    find.fill(small.name("K06"))
    assert shown.page.locator("a.bar:not(.out)").count() == 2  # three plus three
    find.press("Enter")
    assert "K06" in str(shown.js("() => document.activeElement.getAttribute('aria-label')"))


def _printed(shown: Opened, path: Path) -> str:
    shown.page.pdf(path=path, prefer_css_page_size=True)
    done = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, check=True)
    return done.stdout.decode()


def test_paper_has_every_line_and_no_controls(
    opened: Open, vest_page: bytes, tmp_path: Path
) -> None:
    shown = opened(vest_page, "dark")
    lines = [re.sub(r"\s+", "", t) for t in _column(shown, "#serving table", 1)]
    people = shown.page.locator("#people tbody th").all_text_contents()
    shown.page.locator("#serving input[type=search]").fill("K02")
    shown.page.locator("#people input[type=search]").fill("K02")
    shown.page.locator(".choice button").nth(1).click()
    text = _printed(shown, tmp_path / "page.pdf")
    names = set(re.findall(r"\bK\d+\b", text))
    assert names >= set(lines) | {name.split()[0] for name in people}
    assert len(lines) > 40
    for trust in shown.page.locator(".trust h3").all_text_contents():
        assert trust in text
    assert "Skriv ut" not in text
    assert "Vis berre rader" not in text
    told = subprocess.run(["pdfinfo", tmp_path / "page.pdf"], capture_output=True, check=True)
    width, height = map(float, re.findall(rb"Page size: +([\d.]+) x ([\d.]+)", told.stdout)[0])
    assert (round(width), round(height)) == (842, 595)  # A4, lying
    shown.page.emulate_media(media="print", color_scheme="dark")
    assert shown.js("() => getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"


_CONTRAST = """() => {
  const light = (colour) => {
    const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((v) => v / 255)
      .map((v) => (v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const apart = (a, b) => {
    const [x, y] = [light(a), light(b)].sort((p, q) => q - p);
    return (x + 0.05) / (y + 0.05);
  };
  return [...document.querySelectorAll("a.bar")].map((bar) => {
    const of = (part, what) => getComputedStyle(bar.querySelector(part))[what];
    return [bar.getAttribute("class"), apart(of("text", "fill"), of(".ground", "fill")),
      apart(of(".strip", "stroke"), of(".ground", "fill"))];
  });
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_can_be_read_and_their_lines_told_apart(
    opened: Open, conflict_page: bytes, small_page: bytes, scheme: str
) -> None:
    seen: set[str] = set()
    for content in (conflict_page, small_page):
        bars: Any = opened(content, scheme).js(_CONTRAST)
        for classes, text, strip in bars:
            seen |= set(classes.split())
            assert text >= 4.5, classes
            assert strip >= 3, classes
    assert seen >= {"proposed", "offered", "accepted", "contract", "in_service", "far", "conflict"}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(
    opened: Open, small_page: bytes, conflict_page: bytes, scheme: str
) -> None:
    for content in (small_page, conflict_page):
        shown = opened(content, scheme)
        shown.js(AXE.read_text(encoding="utf-8"))
        found: Any = shown.js("() => axe.run(document, {resultTypes: ['violations']})")
        told = [
            (v["id"], v["impact"], [n["html"][:120] for n in v["nodes"]][:3])
            for v in found["violations"]
        ]
        assert len(found["passes"]) > 20
        assert told == [], json.dumps(told)  # nothing serious, and nothing less either


def test_the_chosen_trust_is_seen_where_the_system_sets_the_colours(
    opened: Open, vest_page: bytes
) -> None:
    shown = opened(vest_page)
    shown.page.emulate_media(forced_colors="active")
    colour = "button => getComputedStyle(button).backgroundColor"
    chosen, other = (shown.page.locator(".choice button").nth(n).evaluate(colour) for n in (0, 1))
    assert chosen != other
