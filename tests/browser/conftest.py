"""A browser that opens pages from disk, and everything that it complains of.

The tests run with `make browser`, which sets ALIS_BROWSER=required and installs axe-core; then a
missing browser is a failure. Without it they are skipped.
"""

import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from scheduler.report.page.meeting import report_page
from scheduler.report.texts import Delivery
from tests.report.test_files import deliver

_HERE = Path(__file__).parent
_REQUIRED = os.environ.get("ALIS_BROWSER") == "required"
_NAMES = ("chromium", "chromium-browser", "google-chrome")
AXE = _HERE / "node_modules" / "axe-core" / "axe.min.js"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Skip the tests of this folder unless they are asked for."""
    asked = pytest.mark.skip(reason="the meeting page is tried in Chromium by `make browser`")
    for item in items:
        if not _REQUIRED and item.path.is_relative_to(_HERE):
            item.add_marker(asked)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    path = next(filter(None, map(shutil.which, _NAMES)), None)
    assert path, f"none of {', '.join(_NAMES)} is installed"
    with sync_playwright() as playwright:
        made = playwright.chromium.launch(executable_path=path)
        yield made
        made.close()


@dataclass
class Opened:
    """A page that was opened, and what must not have happened meanwhile: words in the console,
    breaches of the policy, dialogs, and requests for anything but the page itself.
    """

    page: Page
    complaints: list[str] = field(default_factory=list)

    def js(self, script: str, argument: object = None) -> object:
        """What a script gives in the page."""
        return self.page.evaluate(script, argument)

    def breaches(self) -> list[str]:
        """Everything that went wrong so far."""
        found = self.page.evaluate("() => window.breaches")
        return [*self.complaints, *found]


Open = Callable[..., Opened]


@pytest.fixture
def opened(browser: Browser, tmp_path: Path) -> Iterator[Open]:
    """Opens a page from disk: `content` in a colour scheme and a width."""
    contexts = []

    def do(
        content: bytes, scheme: str = "light", width: int = 1280, *, script: bool = True
    ) -> Opened:
        path = tmp_path / "report.html"
        path.write_bytes(content)
        context = browser.new_context(
            viewport={"width": width, "height": 900},
            color_scheme="dark" if scheme == "dark" else "light",
            java_script_enabled=script,
        )
        contexts.append(context)
        context.set_default_timeout(15_000)
        url = path.as_uri()
        context.route(lambda asked: asked != url, lambda route: route.abort())
        context.add_init_script(
            "window.breaches = [];"
            "document.addEventListener('securitypolicyviolation',"
            " (event) => window.breaches.push(event.violatedDirective));"
        )
        page = context.new_page()
        made = Opened(page)
        page.on("console", lambda said: made.complaints.append(said.text))
        page.on("pageerror", lambda error: made.complaints.append(str(error)))
        page.on("dialog", lambda dialog: made.complaints.append(dialog.message))
        page.on("request", lambda r: None if r.url == url else made.complaints.append(r.url))
        page.goto(url)
        return made

    yield do
    for context in contexts:
        context.close()


@pytest.fixture(scope="session")
def small() -> Delivery:
    """The small sample, in bokmål."""
    return deliver("small")


@pytest.fixture(scope="session")
def small_page(small: Delivery) -> bytes:
    """Its page."""
    return report_page(small)


@pytest.fixture(scope="session")
def vest_page() -> bytes:
    """The page of a round with several trusts."""
    return report_page(deliver("vest"))


@pytest.fixture(scope="session")
def conflict_page() -> bytes:
    """The page of a round with every status and with conflicts."""
    return report_page(deliver("conflict"))
