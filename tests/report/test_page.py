"""The meeting page: what it says is the plan's, and nothing else gets in."""

import hashlib
import re
from base64 import b64encode
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from models.lock import Decline, DeclinedBy, Lock, LockStatus
from models.waiver import Waiver
from scheduler.listing.options import make_case
from scheduler.locale import LANGUAGES, Translator
from scheduler.planning import make_plan
from scheduler.report.delivered.checking import check_delivered, read_plan
from scheduler.report.files import PLAN_JSON, write_plan
from scheduler.report.page.calendar import charts, scale_of
from scheduler.report.page.meeting import report_page
from scheduler.report.page.services import services
from scheduler.report.sheets.summary import figures
from scheduler.report.texts import Delivery, deviation_text
from tests.builders import a_round, candidate, lock, vacancy
from tests.report.test_files import deliver

TEMPLATES = Path(__file__).parents[2] / "scheduler" / "report" / "page" / "templates"


@pytest.fixture(scope="module")
def small() -> Delivery:
    return deliver("small")


@pytest.fixture(scope="module")
def conflict() -> Delivery:
    return deliver("conflict")


class _Read(HTMLParser):
    """The page as a reader meets it: texts by element, and attributes."""

    def __init__(self, content: bytes) -> None:
        super().__init__()
        self.open: list[str] = []
        self.texts: dict[str, list[str]] = {}
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(content.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open.append(tag)
        self.found.append((tag, dict(attrs)))
        self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        while self.open and self.open.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        for tag in {*self.open}:
            self.texts[tag][-1] += data


def test_the_policy_names_the_style_and_the_script_by_their_hashes(small: Delivery) -> None:
    page = report_page(small)
    read = _Read(page)
    policy = next(
        a["content"] or ""
        for t, a in read.found
        if a.get("http-equiv") == "Content-Security-Policy"
    )
    rules = dict(rule.strip().split(" ", 1) for rule in policy.split(";"))
    assert rules["default-src"] == rules["base-uri"] == rules["form-action"] == "'none'"
    for kind in ("style", "script"):
        (text,) = read.texts[kind]
        digest = b64encode(hashlib.sha256(text.encode()).digest()).decode()
        assert rules[f"{kind}-src"] == f"'sha256-{digest}'"
    assert not any(
        {"style", "src"} & a.keys() or any(k[:2] == "on" for k in a) for _, a in read.found
    )
    assert all(a["href"][0] == "#" for _, a in read.found if a.get("href"))  # type: ignore[index]
    assert b"\r" not in page


def test_every_text_is_escaped(small: Delivery) -> None:
    evil = "</td><script>alert(1)</script>\"'&"
    round = small.round.changed(
        name=evil,
        candidates=[c.model_copy(update={"name": evil}) for c in small.round.candidates],
        municipalities=[m.model_copy(update={"name": evil}) for m in small.round.municipalities],
    )
    text = report_page(replace(small, round=round)).decode()
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)") > 30
    # Only what is ours is written as it stands.
    for template in TEMPLATES.glob("*.html"):
        safe = re.findall(r"\{\{(.*?)\| safe", template.read_text(encoding="utf-8"))
        assert all(s.strip() in ("style", "script") or s.strip()[0] == "'" for s in safe), template
    for name in ("page.css", "page.js"):
        assert "</" not in (TEMPLATES / name).read_text(encoding="utf-8")


def test_the_same_plan_gives_the_same_bytes(small: Delivery) -> None:
    round = small.round
    again = round.changed(
        candidates=round.candidates[::-1], vacancies=round.vacancies[::-1], locks=round.locks[::-1]
    )
    assert report_page(small) == report_page(replace(small, round=again))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_the_plan_says(small: Delivery, conflict: Delivery, language: str) -> None:
    for told in (small, conflict):
        delivery = Delivery(told.plan, told.round, Translator(language))
        t = delivery.translator
        read = _Read(report_page(delivery))
        assert list(zip(read.texts["dt"], map(int, read.texts["dd"]), strict=True)) == figures(
            delivery
        )
        bars = [a for tag, a in read.found if tag == "a" and str(a.get("class")).startswith("bar")]
        gone = [k for k in told.round.locks if k.vacancy_id not in told.round.vacancy]
        lines = [a["id"] for tag, a in read.found if tag == "tr" and "id" in a]
        served = sum(len(p.segments) for p in told.placements) + len(told.round.locks)
        assert len(lines) == served
        assert len(bars) == served - len(gone)
        rows = [" ".join(row.split()) for row in read.texts["tr"]]
        marked = [a for tag, a in read.found if tag == "tr"]
        serving = [row for row, a in zip(rows, marked, strict=True) if "id" in a]
        for placement in told.placements:
            for segment in placement.bare:
                (row,) = [
                    r
                    for r in serving
                    if r.startswith(placement.candidate_id + " ")
                    and f" {segment.vacancy_id} " in r
                    and t.day(segment.start) in r
                ]
                assert t.day(segment.end) in row
        for entry in told.plan.unplaced:
            assert any(r.startswith(entry.candidate_id) and t.word(entry.part) in r for r in rows)


def test_bars_are_as_long_as_the_service(small: Delivery) -> None:
    text = report_page(small).decode()
    # Seven months from March 2026 to September, eighteen to the last month shown.
    months = text.count('class="month" x="') // text.count('class="axis"')
    found = re.search(r'K02 Kandidat 002.*?<svg x="([\d.]+)%" width="([\d.]+)%"', text, re.DOTALL)
    assert found is not None
    assert float(found[1]) == pytest.approx(100 * 6 / months, abs=0.01)  # 1 September 2026
    assert float(found[2]) == pytest.approx(100 * 6 / months, abs=0.01)  # to 28 February 2027


def test_a_position_too_many_and_a_conflict_are_marked(conflict: Delivery) -> None:
    text = report_page(conflict).decode()
    bars = re.findall(r'class="bar ([\w ]+)">\n<title>(\w+)', text)
    marked = {who for classes, who in bars if "conflict" in classes}
    assert marked == {"K01", "K02", "K04"}
    assert "K05 Kandidat 005" in text  # whose vacancy is gone, and who has no bar
    assert "K05" not in {who for _, who in bars}


def test_what_is_not_for_the_meeting_is_not_there(small: Delivery) -> None:
    canary = "KANARI"
    round = small.round
    who = round.candidates[0].candidate_id
    locks = [
        Lock(
            candidate_id=round.locks[0].candidate_id,
            vacancy_id=round.locks[0].vacancy_id,
            start=round.locks[0].start,
            end=round.locks[0].end,
            status=LockStatus.OFFERED,
            extended_from=round.locks[0].end.replace(day=1),
            reason=f"{canary} grunn",
            note=f"{canary} notat",
        )
    ]
    waiver = Waiver(
        candidate_id=who,
        rule="practice",
        approved_by=f"{canary} lege",
        approved_on=date(2026, 2, 1),
        reason=f"{canary} helse",
    )
    changed = round.changed(
        candidates=[
            c.model_copy(update={"email": f"{canary}{n}@example.org"})
            for n, c in enumerate(round.candidates)
        ],
        departments=[
            d.model_copy(update={"email": f"{canary}@example.org"}) for d in round.departments
        ],
        municipalities=[
            m.model_copy(update={"email": f"{canary}@example.org"}) for m in round.municipalities
        ],
        vacancies=[v.model_copy(update={"contact": f"{canary} 900"}) for v in round.vacancies],
        locks=locks,
        waivers=[waiver],
        coordinator_email=f"{canary}@example.org",
        coordinator_phone=canary,
        seed_reason=canary,
    )
    text = report_page(replace(small, round=changed)).decode()
    assert canary not in text
    assert "@" not in re.sub(r"<(style|script)>.*?</\1>", "", text, flags=re.DOTALL)


def test_a_changed_letter_in_the_page_is_found(small: Delivery, tmp_path: Path) -> None:
    folder = tmp_path / "plan"
    write_plan(small, folder)
    case = make_case(small.round)
    name = small.names.page
    page, plan = folder / name, folder / PLAN_JSON
    true = page.read_bytes()
    assert check_delivered(read_plan(folder), case) == []
    page.write_bytes(true.replace(b"Kandidat 003", b"Kandidat 004", 1))
    said = [small.translator.finding(f) for f in check_delivered(read_plan(folder), case)]
    assert said == [f"Filen {name} er endret etter at den ble skrevet."]
    # Nor does it help to write the new SHA-256 into plan.json.
    old, new = (hashlib.sha256(content).hexdigest() for content in (true, page.read_bytes()))
    text = plan.read_text(encoding="utf-8")
    assert old in text
    plan.write_text(text.replace(old, new), encoding="utf-8")
    said = [small.translator.finding(f) for f in check_delivered(read_plan(folder), case)]
    assert said == [f"Siden {name} sier ikke det samme som planen."]
    del_sum = re.sub(rf'"{re.escape(name)}": "\w+",\s*', "", text)
    assert del_sum != text
    plan.write_text(del_sum, encoding="utf-8")
    said = [small.translator.finding(f) for f in check_delivered(read_plan(folder), case)]
    assert said == [f"Filen {name} hører ikke til planen."]
    plan.write_text(text, encoding="utf-8")
    page.unlink()
    said = [small.translator.finding(f) for f in check_delivered(read_plan(folder), case)]
    assert said == [f"Filen {name} mangler."]


def _charts(delivery: Delivery) -> dict[str, int]:
    page = report_page(delivery).decode()
    found = re.findall(r'<th scope="row">([^<]*)</th><td class="number">(\d+)</td><td aria', page)
    return {label: int(number) for label, number in found}


def test_a_few_days_are_no_whole_month(small: Delivery) -> None:
    assert [
        deviation_text(small, p, 0) for p in small.placements if p.segments[0].deviation == 1
    ] == ["14 dager etter ønsket"]
    assert _charts(small)["Inntil tre måneder etter"] >= 1


def test_three_plus_three_counts_by_the_half_farther_from_the_wish(small: Delivery) -> None:
    (entry,) = (p for p in small.plan.placements if p.shape == "split")
    before = _charts(small)
    assert "En plass i to deler" in report_page(small).decode()
    segments = [
        s.model_copy(update={"wish_rank": 1, "deviation_months": 0}) for s in entry.segments
    ]
    told = []
    for rank, months in ((1, 0), (9, 5)):
        later = segments[1].model_copy(update={"wish_rank": rank, "deviation_months": months})
        changed = entry.model_copy(update={"segments": [segments[0], later]})
        entries = [changed if p is entry else p for p in small.plan.placements]
        found = _charts(replace(small, plan=small.plan.model_copy(update={"placements": entries})))
        assert sum(found.values()) == sum(before.values()) == 2 * len(small.placements)
        told.append((found.get("Ønske 9", 0), found["Over tre og inntil seks måneder etter"]))
    (_, late), with_half = told
    assert told[0][0] == 0
    assert with_half == (1, late + 1)


def test_promises_that_collide_are_not_said_to_be_near_a_wish(conflict: Delivery) -> None:
    texts = " ".join(report_page(conflict).decode().split())
    assert "ingen av dem er langt fra ønsket sitt. Løfter som ble gitt før denne planen" in texts
    quiet = replace(conflict, plan=conflict.plan.model_copy(update={"conflicts": []}))
    assert "Løfter som ble gitt før" not in report_page(quiet).decode()


def test_a_position_is_free_only_when_nobody_too_many_takes_it(conflict: Delivery) -> None:
    everybody = services(conflict)
    drawn = charts(conflict, everybody, scale_of(conflict, everybody))
    first, second = (lane for c in drawn for g in c.groups for lane in g.lanes if lane.name == "V1")
    bars = {bar.service.stay.candidate_id: bar.span for bar in (*first.bars, *second.bars)}
    assert second.windows == ()
    before, after = first.windows
    assert before == bars["K01"]
    assert after == bars["K03"]


def test_only_the_days_of_a_conflict_are_marked() -> None:
    first, last = date(2026, 11, 30), date(2027, 8, 31)
    held = [
        lock("A", "V", date(2026, 9, 1), first),
        lock("A", "V", date(2027, 6, 1), last),
        lock("B", "V", date(2027, 6, 1), last),
    ]
    round = a_round([candidate("A"), candidate("B")], [vacancy(end=last)], locks=held)
    delivery = Delivery(make_plan(make_case(round)).plan, round, Translator("nb"))
    marked = {(s.stay.candidate_id, s.stay.last): s.conflict for s in services(delivery)}
    assert marked == {("A", first): False, ("A", last): True, ("B", last): True}


def test_many_windows_that_are_too_short_are_said_to_be_too_short() -> None:
    short = [vacancy(name, end=date(2026, 12, 31)) for name in "UVW"]
    round = a_round([candidate()], short)
    made = make_plan(make_case(round))
    texts = report_page(Delivery(made.plan, round, Translator("nb"), made.proof)).decode()
    assert "U, V, W: for kort for den tjenesten som gjenstår." in texts
    assert "Låste plasser» er slutt" not in texts


@pytest.mark.parametrize(("by", "who"), [("candidate", "Kandidaten"), ("department", "Avdelingen")])
def test_it_says_who_has_said_no(by: DeclinedBy, who: str) -> None:
    no = Decline(candidate_id="A", vacancy_id="V", by=by)
    round = a_round([candidate()], [vacancy("V")], declines=[no])
    texts = report_page(Delivery(make_plan(make_case(round)).plan, round, Translator("nb")))
    assert re.search(f"V: {who} har (sagt|takket) nei", texts.decode())
