"""Pages in a real browser: accessibility (axe-core), nothing fetched from elsewhere, nothing that the policy stops."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from api.browser import Page, axe_source, chromium, serving_at
from etappe_api.app import create_app
from etappe_api.settings import Settings

PAGES = {
    "start": "/",
    "person": "/doc/person/christian-pegel.html",
    "organization": "/doc/organization/breitbandbuero-des-bundes.html",
    "stop": "/doc/stop/stralsund-2017.html",
    "photo": "/doc/photo/stralsund-2017.p1.html",
    "report": "/doc/report/stralsund-2017.html",
    "people": "/people.html",
    "photos": "/photos.html",
    "ontology": "/ontology.html",
    "shapes": "/shapes.html",
}
#: Rules of WCAG 2.2 at levels A and AA, and what axe holds to be good practice.
_AXE = """axe.run(document).then(found => found.violations.map(
    violation => [violation.id, violation.nodes.map(node => node.html.slice(0, 200))]))"""


@pytest.fixture(scope="module")
def axe() -> str:
    return axe_source()


@pytest.fixture(scope="module")
def browsing(axe: str, campaign: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Page, str]]:
    """A tab, and the address of a running service over the example campaign."""
    folder = tmp_path_factory.mktemp("browsing") / "data"
    shutil.copytree(campaign, folder)
    with serving_at(create_app(Settings(data=folder, workers=2))) as address, chromium() as browser:
        yield browser.page(), address


@pytest.mark.parametrize(("width", "dark"), [(1200, False), (400, True)], ids=["wide-light", "narrow-dark"])
@pytest.mark.parametrize("language", ["de", "en"])
@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_whole(browsing, axe, name, language, width, dark):
    page, address = browsing
    page.show(f"{address}{PAGES[name]}?lang={language}", width=width, dark=dark)
    assert page.complaints() == []
    assert page.requested() != []
    assert all(url.startswith(address) for url in page.requested())
    page.evaluate(f"{axe};0")
    assert page.evaluate(_AXE) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page scrolls sideways"


def test_the_first_tab_stop_skips_to_the_content_and_is_seen(browsing):
    page, address = browsing
    page.show(f"{address}/people.html?lang=en")
    for kind in ("keyDown", "keyUp"):
        page.command("Input.dispatchKeyEvent", type=kind, key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert page.evaluate("document.activeElement.textContent") == "Skip to content"
    assert page.evaluate("document.activeElement.getBoundingClientRect().left") >= 0
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_dark_and_light_differ(browsing):
    page, address = browsing
    colours = []
    for dark in (False, True):
        page.show(f"{address}/", dark=dark)
        colours.append(page.evaluate("getComputedStyle(document.body).backgroundColor"))
    assert colours == ["rgb(255, 255, 255)", "rgb(20, 23, 27)"]
