"""Pages have no serious fault that axe-core can find, and fit on a phone."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import BrowserContext, Frame, StorageState

from tests.browser.visiting import ExpectedPage, Visitor

pytestmark = pytest.mark.browser

AXE = Path(__file__).with_name("axe.min.js")
STANDARD = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Faults of elements of Streamlit itself, by rule: the sections of its menu, which stand between a list and its items,
# and the hidden hover points in the small charts of its metrics.
STREAMLITS_OWN = {
    "list": "[data-testid=stSidebarNavItems]",
    "listitem": "[data-testid=stSidebarNavItems]",
    "svg-img-alt": "[data-testid=stMetricChart] *",
}
RUN = """async ([tags, own]) => {
    const { violations } = await axe.run(document, { runOnly: tags, iframes: false, resultTypes: ["violations"] });
    const isOurs = (rule, node) => !(own[rule] && document.querySelector(node.target[0])?.closest(own[rule]));
    return violations.filter(({ impact }) => ["serious", "critical"].includes(impact)).flatMap(
        ({ id, nodes }) => nodes.filter((node) => isOurs(id, node)).map((node) => `${id}: ${node.html.slice(0, 200)}`));
}"""
PAGES = {
    "overview": ExpectedPage(charts=1, maps=1),
    "district?area=1726262": ExpectedPage(),
    "memoranda": ExpectedPage(),
    "evaluations?area=1730401": ExpectedPage(charts=1),
    "evaluations?area=1730401&part=problems": ExpectedPage(charts=1),
    "evaluations?area=1730401&part=coverage": ExpectedPage(),
    "evaluations?area=1730401&part=recommendations": ExpectedPage(),
    "effectiveness?area=1730401&weights=9-5-5-5-1-5": ExpectedPage(charts=4),
    "method": ExpectedPage(),
}
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}


def serious_faults(frame: Frame) -> list[str]:
    """Return axe's serious and critical findings in a frame: rule and elements, one text each."""
    frame.evaluate(AXE.read_text(encoding="utf-8"))
    faults: list[str] = frame.evaluate(RUN, [STANDARD, STREAMLITS_OWN])
    return faults


def test_the_sign_in_page_is_accessible(guarded: BrowserContext, server: str) -> None:
    page = guarded.new_page()
    page.goto(f"{server}/sign-in")
    assert serious_faults(page.main_frame) == []


def test_pages_are_accessible_and_fit_a_phone(guarded: BrowserContext, cookies: StorageState, server: str) -> None:
    guarded.add_cookies([{**cookie} for cookie in cookies["cookies"]])  # type: ignore[typeddict-item]
    page, faults = guarded.new_page(), []
    for path, expected in PAGES.items():
        page.set_viewport_size(DESK)  # type: ignore[arg-type]
        Visitor(page, expected).open(f"{server}/{path}")
        faults += [f"{path} {fault}" for frame in page.frames for fault in serious_faults(frame)]
        page.set_viewport_size(PHONE)  # type: ignore[arg-type]
        page.wait_for_timeout(500)
        if page.locator("[data-testid=stMain]").evaluate("main => main.scrollWidth > main.clientWidth"):
            faults.append(f"{path} is wider than a phone")
    assert faults == []
