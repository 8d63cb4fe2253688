"""Pages have no serious fault that axe-core can find, fit each screen, are walked by keyboard and printed whole."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Frame, Page, StorageState

from components.shell.streamlit_words import OWN_WORDS
from data.effectiveness.method_version import METHOD_EDITION
from data.language import Language, Translator
from tests.browser.visiting import ExpectedPage, Visitor
from tests.office import page_texts

pytestmark = pytest.mark.browser

AXE, LOOK = (Path(__file__).with_name(name) for name in ("axe.min.js", "look.js"))
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
    "district?area=1730401&view=outlook": ExpectedPage(charts=2),
    "memoranda": ExpectedPage(),
    "plan": ExpectedPage(),
    "desk?view=supports&area=1730401": ExpectedPage(),
    "evaluations?area=1730401": ExpectedPage(charts=1),
    "evaluations?area=1730401&part=problems": ExpectedPage(charts=1),
    "evaluations?area=1730401&part=coverage": ExpectedPage(),
    "evaluations?area=1730401&part=recommendations": ExpectedPage(),
    "effectiveness?area=1730401&weights=9-5-5-5-1-5": ExpectedPage(charts=4),
    "meeting": ExpectedPage(),
    "method": ExpectedPage(),
}
DESK = {"width": 1440, "height": 900}
PHONE = {"width": 360, "height": 740}
# Projector, laptop, small window, tablet, a laptop at 200 % and a phone.
WIDTHS = (1920, 1366, 1024, 820, 683, 360)
# More stops than this nobody walks through.
MOST_STOPS = 150
SMALLEST_TARGET = 24


@pytest.fixture
def page(guarded: BrowserContext, cookies: StorageState) -> Page:
    """A page of the national leadership, signed in."""
    guarded.add_cookies([{**cookie} for cookie in cookies["cookies"]])  # type: ignore[typeddict-item]
    return guarded.new_page()


def serious_faults(frame: Frame) -> list[str]:
    """Return axe's serious and critical findings in a frame: rule and elements, one text each."""
    frame.evaluate(AXE.read_text(encoding="utf-8"))
    faults: list[str] = frame.evaluate(RUN, [STANDARD, STREAMLITS_OWN])
    return faults


def look(page: Page, name: str, argument: object = None) -> Any:  # noqa: ANN401 - each function has its own
    """Return what a function of ``look.js`` says about the page."""
    return page.evaluate(f"argument => ({LOOK.read_text(encoding='utf-8')}).{name}(argument)", argument)


def faults_of_screens(page: Page) -> list[str]:
    """Return what is cut or leaves the screen at some width."""
    faults = []
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        page.wait_for_timeout(400)
        faults += [f"at {width} px {fault}" for fault in look(page, "cut")]
    page.set_viewport_size(DESK)  # type: ignore[arg-type]
    return faults


def faults_of_keyboard(page: Page) -> list[str]:
    """Return what is wrong with the places that Tab leads to."""
    look(page, "followFocus", SMALLEST_TARGET)
    for number in range(MOST_STOPS):
        page.keyboard.press("Tab")
        if number % 10 == 9 and page.evaluate("hamkorIsWalked"):
            break
    stops = page.evaluate("hamkorStops")
    return [
        *(["too many stops"] if len(stops) >= MOST_STOPS else []),
        *(f"no name after {before['name']!r}" for before, stop in pairwise(stops) if not stop["name"]),
        *(f"no visible focus: {stop['name']}" for stop in stops if not stop["hasRing"]),
        *(f"small target: {stop['name']}" for stop in stops if stop["isSmall"]),
    ]


def english_names(page: Page) -> list[str]:
    """Return names of Streamlit's own that are still in English."""
    english = {word.text for word in OWN_WORDS if "{" not in word.text}
    return [name for name in look(page, "names") if name in english or name.endswith(" icon") or "Help for" in name]


def faults_of_print(page: Page, file: Path, language: Language) -> list[str]:
    """Return what is wrong with the page as a PDF: all of it is there, and nothing that only a screen needs."""
    page.pdf(path=file, prefer_css_page_size=True)
    text, translate = " ".join(page_texts(file)), Translator(language)
    last, menu = translate("Method version {version}", version=METHOD_EDITION), translate("Sign out")
    return [
        *([] if last in text else ["is not printed to its end"]),
        *(["is printed with the menu"] if menu in text else []),
    ]


def test_the_sign_in_page_is_accessible(guarded: BrowserContext, server: str) -> None:
    page = guarded.new_page()
    page.goto(f"{server}/sign-in")
    assert serious_faults(page.main_frame) == []


def test_pages_are_accessible_fit_every_screen_and_are_printed_whole(page: Page, server: str, tmp_path: Path) -> None:
    faults = []
    for path, expected in PAGES.items():
        Visitor(page, expected).open(f"{server}/{path}")
        assert page.locator("html").get_attribute("lang") == "uz-Latn"
        found = [
            *(fault for frame in page.frames for fault in serious_faults(frame)),
            *faults_of_print(page, tmp_path / "page.pdf", Language.UZ_LATN),
            *(f"English: {name}" for name in english_names(page)),
            *faults_of_keyboard(page),
            *faults_of_screens(page),
        ]
        faults += [f"{path} {fault}" for fault in found]
    assert not faults, "\n".join(faults)
