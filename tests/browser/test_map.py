"""The map of districts under keyboard and mouse: one tab stop, read out in the reader's language, and a way back."""

from __future__ import annotations

import re
from itertools import combinations

import pytest
from playwright.sync_api import BrowserContext, FrameLocator, Page, StorageState, expect

from data.directory import area_names
from data.language import Language, Translator
from tests.browser.visiting import ExpectedPage, Visitor

pytestmark = pytest.mark.browser

expect.set_options(timeout=30_000)

REGION = "1703"
LANGUAGES = [Language.UZ_LATN, Language.RU]
MOST_STOPS = 40
FOCUSED = """() => {
    const frame = document.activeElement;
    const inner = frame.tagName === "IFRAME" ? frame.contentDocument.activeElement : null;
    return inner ? (inner.id || inner.tagName) : "";
}"""
# Boxes of the map, of its legend and of everything that is written on it.
BOXES = """map => {
    const all = [map, map.nextElementSibling, ...map.querySelectorAll(".hamkor-label, .hamkor-sign")];
    const boxes = all.map((node) => node.getBoundingClientRect());
    return boxes.map(({ left, top, right, bottom }) => [left, top, right, bottom]);
}"""
SHAPE = "paths => paths.map((path) => ['d', 'stroke', 'stroke-width'].map((name) => path.getAttribute(name)).join())"
# Width and height of the land of the chosen region beside those of the map.
FILLED = """map => {
    const boxes = [...map.querySelectorAll("path.leaflet-interactive")].map((path) => path.getBoundingClientRect());
    const frame = map.getBoundingClientRect();
    const width = Math.max(...boxes.map(({ right }) => right)) - Math.min(...boxes.map(({ left }) => left));
    const height = Math.max(...boxes.map(({ bottom }) => bottom)) - Math.min(...boxes.map(({ top }) => top));
    return [width / frame.width, height / frame.height];
}"""


def the_map(page: Page) -> FrameLocator:
    """Return the frame of the map."""
    return page.frame_locator("iframe")


@pytest.fixture
def visitor(guarded: BrowserContext, cookies: StorageState) -> Visitor:
    """Visitor who signed in, before any page is opened."""
    guarded.add_cookies([{**cookie} for cookie in cookies["cookies"]])  # type: ignore[typeddict-item]
    page = guarded.new_page()
    page.set_viewport_size({"width": 1440, "height": 900})
    return Visitor(page, ExpectedPage(maps=1))


def tab_to_the_map(page: Page) -> None:
    """Press Tab from the choice of the indicator on until the map has the focus."""
    page.locator("[class*='st-key-indicator'] input[role=combobox]").first.focus()
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if page.evaluate(FOCUSED):
            return
    raise AssertionError("Tab does not reach the map")


@pytest.mark.each_value
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_map_is_one_tab_stop_that_arrows_read_and_enter_opens_and_back_leads_back(
    visitor: Visitor, server: str, language: Language
) -> None:
    visitor.open(f"{server}/overview?area={REGION}&period=year-1&lang={language}")
    page, names, translate = visitor.page, area_names(language), Translator(language)
    before = page.url
    container, said = the_map(page).locator("#map_div"), the_map(page).get_by_role("status")
    in_region = {name for soato, name in names.items() if soato.startswith(REGION) and soato != REGION}

    tab_to_the_map(page)
    assert page.evaluate(FOCUSED) == "map_div"
    expect(container).to_have_attribute("aria-label", re.compile("."))
    expect(container).to_have_attribute("aria-roledescription", translate("map of districts"))
    expect(the_map(page).locator(".hamkor-focus")).to_have_count(1)

    read = {said.inner_text()}
    for key in ("ArrowRight", "ArrowUp", "ArrowLeft", "ArrowLeft", "ArrowDown"):
        page.keyboard.press(key)
        read.add(said.inner_text())
    assert len(read) > 3
    assert {text.partition(",")[0] for text in read} <= in_region
    assert all(len(text.split(",")) > 1 for text in read)

    page.keyboard.press("Escape")
    expect(the_map(page).locator(".hamkor-focus")).to_have_count(0)
    assert page.evaluate(FOCUSED) != "map_div"
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED) == ""
    page.keyboard.press("Shift+Tab")
    assert page.evaluate(FOCUSED) == "map_div"

    page.keyboard.press("End")
    name = said.inner_text().partition(",")[0]
    page.keyboard.press("Enter")
    soato = next(code for code, each in names.items() if each == name and code.startswith(REGION))
    expect(page).to_have_url(re.compile(rf"/district\?.*area={soato}"))
    expect(page.locator("h1").first).to_contain_text(name)
    assert "period=year-1" in page.url
    page.go_back()
    expect(page).to_have_url(before)
    expect(page.locator("h1").first).to_contain_text(names[REGION])
    expect(the_map(page).locator("path.leaflet-interactive")).to_have_count(len(in_region))


def test_letters_find_a_district_by_its_name(visitor: Visitor, server: str) -> None:
    visitor.open(f"{server}/overview?area={REGION}&lang=en")
    tab_to_the_map(visitor.page)
    visitor.page.keyboard.type("ulu")
    expect(the_map(visitor.page).get_by_role("status")).to_have_text(re.compile("^Ulu"))


def test_borders_stay_when_the_pointer_leaves(visitor: Visitor, server: str) -> None:
    visitor.open(f"{server}/overview?area={REGION}&lang=en")
    page, paths = visitor.page, the_map(visitor.page).locator(".leaflet-overlay-pane path")
    before = paths.evaluate_all(SHAPE)
    the_map(page).locator("path.leaflet-interactive").nth(3).hover()
    expect(the_map(page).locator(".leaflet-tooltip")).to_be_visible()
    page.mouse.move(5, 5)
    expect(the_map(page).locator(".leaflet-tooltip")).to_have_count(0)
    assert paths.evaluate_all(SHAPE) == before


def overlap(one: list[float], other: list[float]) -> bool:
    """Return whether two boxes (left, top, right, bottom) overlap."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@pytest.mark.parametrize("width", [1440, 820, 360])
def test_names_cover_nothing_and_the_region_fills_the_frame_at_each_width(
    visitor: Visitor, server: str, width: int
) -> None:
    page, faults = visitor.page, []
    for area in ("uz", REGION):
        page.set_viewport_size({"width": width + 30, "height": 900})
        visitor.open(f"{server}/memoranda?area={area}&lang=ru")
        container = the_map(page).locator("#map_div")
        # A change of size fits the region again.
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
        frame, legend, *written = container.evaluate(BOXES)
        if overlap(frame, legend):
            faults.append(f"{area}: the legend covers the map")
        faults += [f"{area}: {box} is off the map" for box in written if not overlap(box, frame)]
        pairs = combinations(written, 2)
        faults += [f"{area}: {one} covers {other}" for one, other in pairs if overlap(one, other)]
        share = container.evaluate(FILLED)
        if not 0.85 < max(share) < 1:
            faults.append(f"{area}: the land fills {share} of the map")
    assert faults == []
