"""Presentation in Chromium, loaded from memory with the server's headers, and measurements of what is visible."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from playwright.sync_api import BrowserContext, Page

from data.language import Language
from tests.components.deck.samples import sample_deck
from tests.web.presenting.full_decks import full_deck
from web.headers import FIXED_HEADERS, content_security_policy
from web.presenting.document import document

SIZES = {"1920x1080": (1920, 1080), "1366x768": (1366, 768), "1024x768": (1024, 768)}
SMALL = "1366x768"
# Nobody listens there: whatever a presentation asked for would fail and be noted.
ADDRESS = "http://localhost:9/present/1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed"
READY = "html[data-fitted]"
# Texts of the slide on the screen that are outside it, outside the box that cuts, or over one another's box.
CUT = """() => {
    const slide = document.querySelector(".slide.current"), body = slide.querySelector(".body");
    const holds = (outer, inner) => inner.left >= outer.left - 1.5 && inner.right <= outer.right + 1.5
        && inner.top >= outer.top - 1.5 && inner.bottom <= outer.bottom + 1.5;
    const shown = (node) => node.checkVisibility({ visibilityProperty: true }) && !node.closest(".apart, .speech");
    const texts = (root) => Array.from(root.querySelectorAll("*")).filter((node) => shown(node)
        && Array.from(node.childNodes).some((child) => child.nodeType === 3 && child.textContent.trim()));
    const boxOf = (node) => {
        const range = document.createRange();
        range.selectNodeContents(node);
        return range.getBoundingClientRect();
    };
    const screen = { left: 0, top: 0, right: innerWidth, bottom: innerHeight };
    const told = (node) => node.textContent.trim().slice(0, 60);
    const outside = texts(slide).filter((node) => !holds(screen, boxOf(node))).map(told);
    const cut = texts(body).filter((node) => !holds(body.getBoundingClientRect(), boxOf(node))).map(told);
    const cells = Array.from(slide.querySelectorAll("th, td, .tile")).filter((node) => shown(node)
        && node.scrollWidth > node.clientWidth + 1).map(told);
    const parts = [".top", "h2", ".body", ".foot"].map((part) => slide.querySelector(part).getBoundingClientRect());
    const isCrossed = (part, n) => part.top < parts[n].bottom - 1.5;
    const crossed = parts.slice(1).filter(isCrossed).map((part) => `at ${part.top}`);
    const page = document.scrollingElement;
    const scrolled = page.scrollHeight > innerHeight || page.scrollWidth > innerWidth ? ["scrolls"] : [];
    return [...outside, ...cut, ...cells, ...crossed, ...scrolled];
}"""
# The type of a body that is not drawn, and the smallest of one that is; in pixels of the screen.
TYPE = """() => {
    const body = document.querySelector(".slide.current .body");
    const drawn = Array.from(body.querySelectorAll("svg text")).filter((text) => text.checkVisibility());
    const drawnSize = (text) => parseFloat(getComputedStyle(text).fontSize) * Math.abs(text.getScreenCTM().d);
    return drawn.length ? Math.min(...drawn.map(drawnSize)) : parseFloat(getComputedStyle(body).fontSize);
}"""
IS_DRAWN = """() => document.querySelector(".slide.current .of-picture") !== null"""
# Each slide in turn, from the first to the last by the keys of the presentation, with what a function says of it.
EACH_SLIDE = """() => {
    const press = (key) => document.body.dispatchEvent(new KeyboardEvent("keydown", { key, code: key, bubbles: true }));
    press("Home");
    return Array.from(document.querySelectorAll("#slides > .slide"), () => {
        const said = [document.querySelector(".slide.current .count").innerText, (%s)()];
        press("ArrowRight");
        return said;
    });
}"""


@dataclass(frozen=True)
class PresentedDeck:
    """A presentation on the screen."""

    page: Page

    @property
    def count(self) -> int:
        """Number of slides."""
        return self.page.locator("#slides > .slide").count()

    @property
    def place(self) -> str:
        """Counter of the visible slide."""
        return self.page.locator(".slide.current .count").inner_text()

    @property
    def title(self) -> str:
        """Title of the visible slide."""
        return self.page.locator(".slide.current h2").inner_text()

    @property
    def visible(self) -> int:
        """Number of visible slides."""
        return self.page.locator("#slides > .slide:visible").count()

    def resize(self, size: str) -> None:
        """Set the size of the screen."""
        width, height = SIZES[size]
        self.page.set_viewport_size({"width": width, "height": height})
        self.wait_for(size)

    def wait_for(self, size: str) -> None:
        """Wait until all slides are fitted to a size of the screen."""
        self.page.wait_for_selector(f"html[data-fitted='{size}']")

    def press(self, *keys: str) -> str:
        """Press keys one after the other and return the counter afterwards."""
        for key in keys:
            self.page.keyboard.press(key)
        return self.place

    def of_each_slide(self, measure: str) -> list[tuple[str, Any]]:
        """Turn to each slide in order, and return its counter with what a function of the page says of it."""
        return [(place, said) for place, said in self.page.evaluate(EACH_SLIDE % measure)]

    def type_sizes(self) -> dict[str, tuple[bool, float]]:
        """Return of each slide whether its body is drawn, and the type size, the smallest one where it is drawn."""
        measured = self.of_each_slide(f"() => [({IS_DRAWN})(), ({TYPE})()]")
        return {place: (is_drawn, size) for place, (is_drawn, size) in measured}

    def faults(self) -> list[str]:
        """Return what is cut off, with the counter of its slide; "scrolls" where the page does."""
        return [f"{place} {text}" for place, texts in self.of_each_slide(CUT) for text in texts]

    def faults_on_each_screen(self) -> list[str]:
        """Return what is cut off, with the size of the screen and the counter of its slide."""
        found = []
        for size in SIZES:
            self.resize(size)
            found += [f"{size} {fault}" for fault in self.faults()]
        return found


def headers() -> Mapping[str, str]:
    """Return the server's headers of a presentation."""
    path = ADDRESS.removeprefix("http://localhost:9")
    policy = {"Content-Security-Policy": content_security_policy(path)}
    return {**FIXED_HEADERS, **policy, "Content-Type": "text/html; charset=utf-8"}


@cache
def sample_html(kind: str, language: Language) -> str:
    """Return the presentation of the sample pack of an area."""
    return document(sample_deck(kind, language))


@cache
def full_html(language: Language) -> str:
    """Return the presentation of a deck filled to its limits."""
    return document(full_deck(language))


def presented(context: BrowserContext, html: str) -> PresentedDeck:
    """Open a presentation on a small projector and wait until it is drawn."""
    screen = PresentedDeck(context.new_page())
    screen.page.route(ADDRESS, lambda route: route.fulfill(body=html, headers={**headers()}))
    width, height = SIZES[SMALL]
    screen.page.set_viewport_size({"width": width, "height": height})
    screen.page.goto(ADDRESS)
    screen.wait_for(SMALL)
    return screen
