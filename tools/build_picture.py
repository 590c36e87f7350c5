"""The pictures in README and docs/nb, taken of what the sample nord delivers: `make picture`."""

import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import sync_playwright

from scheduler.input import read_round
from scheduler.listing.options import make_case
from scheduler.locale import Translator
from scheduler.planning import make_plan
from scheduler.report.book import all_books
from scheduler.report.page.meeting import report_page
from scheduler.report.texts import Delivery
from scheduler.report.workbook import workbook
from scheduler.support.resources import data_folder

PICTURES = Path(__file__).parent.parent / "docs" / "pictures"
TRUST = "Helgelandssykehuset HF"
DEPARTMENT = "Helgelandssykehuset Sandnessjøen - Medisinsk avdeling"


def main() -> None:
    """Plan nord and take the pictures: one trust, and the first sheets of two workbooks."""
    read = read_round(data_folder() / "samples" / "nord")
    assert read.round is not None
    made = make_plan(make_case(read.round), origin=read.origin)
    delivery = Delivery(made.plan, read.round, Translator(read.language), made.proof)
    take(report_page(delivery), PICTURES / "calendar.png")
    books = all_books(delivery)
    (department,) = (path for path in books if DEPARTMENT in path)
    for path, name in ((delivery.names.plan, "start.png"), (department, "department.png")):
        first_sheet(workbook(books[path], delivery.translator), PICTURES / name)


def first_sheet(content: bytes, picture: Path) -> None:
    """Take the picture of the first page of a workbook on paper, without the blank margins."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "book.xlsx"
        file.write_bytes(content)
        office = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", folder, str(file)]
        subprocess.run(office, check=True, capture_output=True)
        cut = ["-r", "96", "-x", "25", "-y", "35", "-W", "1080", "-H", "695"]
        paper = ["pdftoppm", "-singlefile", "-png", *cut, f"{folder}/book.pdf"]
        subprocess.run([*paper, str(picture.with_suffix(""))], check=True)


def take(content: bytes, picture: Path) -> None:
    """Take the picture of the calendar of TRUST on a page."""
    path = shutil.which("chromium") or shutil.which("google-chrome")
    if path is None:
        sys.exit("Neither chromium nor google-chrome is installed.")
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        file = Path(folder) / "report.html"
        file.write_bytes(content)
        browser = playwright.chromium.launch(executable_path=path)
        page = browser.new_page(
            viewport={"width": 1180, "height": 900}, color_scheme="light", reduced_motion="reduce"
        )
        page.goto(file.as_uri())
        page.locator(".choice").get_by_role("button", name=TRUST, exact=True).click()
        page.evaluate("() => { document.activeElement.blur(); scrollTo(0, 0); }")
        shown = [
            page.locator(".legend").bounding_box(),
            page.locator(".trust:visible .pane").bounding_box(),
        ]
        boxes = [box for box in shown if box is not None]
        top, left = boxes[0]["y"] - 8, boxes[1]["x"] - 8
        page.screenshot(
            path=picture,
            full_page=True,
            clip={
                "x": left,
                "y": top,
                "width": boxes[1]["width"] + 16,
                "height": boxes[1]["y"] + boxes[1]["height"] + 8 - top,
            },
        )
        browser.close()


if __name__ == "__main__":
    main()
