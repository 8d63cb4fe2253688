"""Browser of a visitor: signs in, opens pages, waits until a page is drawn and counts the bytes that come."""

from __future__ import annotations

import base64
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Browser, Locator, Page, StorageState, sync_playwright

from tests.browser.chromium import FLAGS, find_chromium

WATCH = Path(__file__).with_name("watch.js")
QUIET_MS = 350
PATIENCE_SECONDS = 60
POLL_MS = 40


class NotDrawnError(Exception):
    """Raised where the page was not drawn in time."""


@dataclass(frozen=True)
class ExpectedPage:
    """Minimum numbers of charts and maps on a drawn page."""

    charts: int = 0
    maps: int = 0


@dataclass
class Traffic:
    """What the server sends to a page: bytes received, of files as they were sent, and the number of its answers."""

    received: int = 0
    answers: int = 0

    def take_frame(self, event: dict[str, dict[str, object]]) -> None:
        """Count a frame of the web socket as an answer; the browser reports binary ones in base64."""
        payload, is_text = str(event["response"]["payloadData"]), event["response"]["opcode"] == 1
        self.received += len(payload.encode()) if is_text else len(base64.b64decode(payload))
        self.answers += 1

    def take_file(self, event: dict[str, float]) -> None:
        """Count a file; one that the browser has already is nothing."""
        self.received += int(event["encodedDataLength"])


@dataclass
class Visitor:
    """One page of a browser and what the server sends to it."""

    page: Page
    expected: ExpectedPage
    traffic: Traffic = field(default_factory=Traffic)

    WATCH: ClassVar[Path] = WATCH

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameReceived", self.traffic.take_frame)
        session.on("Network.loadingFinished", self.traffic.take_file)

    def open(self, address: str) -> float:
        """Open a URL and return milliseconds from the start of the navigation to the last change of the drawn page."""
        self.page.goto(address, wait_until="commit")
        return self._settled(since="start")

    def reload(self) -> float:
        """Load the page again and return milliseconds as for :meth:`open`."""
        self.page.reload(wait_until="commit")
        return self._settled(since="start")

    def choose(self, key: str, position: int) -> tuple[float, int]:
        """Select another option with a key; returns milliseconds to the last change, bytes received."""
        self.open_select(key)
        options = self.page.locator("[role=option][aria-selected=false]")
        options.first.wait_for()
        return self._take(options.nth(position % options.count()))

    def choose_named(self, key: str, name: str, *, is_typed: bool = False) -> tuple[float, int]:
        """Select an option by its name, typed first where the list is long; returns as :meth:`choose`."""
        box = self.open_select(key)
        if is_typed:
            box.fill(name)
        return self._take(self.page.locator("[role=option]").filter(has_text=re.compile(f"^{re.escape(name)}$")))

    def open_select(self, key: str) -> Locator:
        """Open the list of the select with a key and return the field to type in."""
        box = self.page.locator(f"[class*='st-key-{key}'] input[role=combobox]").first
        # A page that scrolls closes the list again.
        box.scroll_into_view_if_needed()
        self.page.wait_for_timeout(POLL_MS)
        box.click()
        return box

    def _take(self, option: Locator) -> tuple[float, int]:
        received, answers = self.traffic.received, self.traffic.answers
        option.click()
        elapsed = self._settled(since="clicked", after_answers=answers)
        return elapsed, self.traffic.received - received

    def press(self, selector: str, position: int = 0) -> float:
        """Press a button and return milliseconds to the last change of the page."""
        answers = self.traffic.answers
        self.page.locator(selector).nth(position).click()
        return self._settled(since="clicked", after_answers=answers)

    def slide(self, key: str, arrow: str) -> float:
        """Move the slider by a key and return milliseconds to the last change of the page."""
        answers = self.traffic.answers
        self.page.locator(f"[class*='st-key-{key}'] input[type=range]").press(arrow)
        return self._settled(since="clicked", after_answers=answers)

    def _settled(self, *, since: str, after_answers: int = -1) -> float:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            self.page.wait_for_timeout(POLL_MS)
            state = self.page.evaluate(
                "([charts, maps]) => window.hamkorState?.(charts, maps)", [self.expected.charts, self.expected.maps]
            )
            is_quiet = bool(state) and state["isDrawn"] and state["now"] - state["last"] > QUIET_MS
            if is_quiet and self.traffic.answers > after_answers:
                return float(state["last"] - state[since])
        raise NotDrawnError(f"{self.page.url}: {state}")


@contextmanager
def chromium() -> Iterator[Browser]:
    """A Chromium without a window."""
    executable = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(FLAGS))
        yield browser
        browser.close()


@contextmanager
def visiting(
    browser: Browser,
    expected: ExpectedPage,
    state: StorageState | None = None,
    *,
    kind: type[Visitor] = Visitor,
    **options: object,
) -> Iterator[Visitor]:
    """A new visitor with an empty cache; ``state`` holds the cookies of one who signed in."""
    context = browser.new_context(storage_state=state, **options)  # type: ignore[arg-type]
    context.add_init_script(path=kind.WATCH)
    yield kind(context.new_page(), expected)
    context.close()


def sign_in(browser: Browser, address: str, *, login: str, password: str) -> StorageState:
    """Sign in on the sign-in page and return the cookies of the session."""
    context = browser.new_context()
    context.set_default_timeout(1000 * PATIENCE_SECONDS)
    page = context.new_page()
    page.goto(f"{address}/sign-in")
    page.fill("#login", login)
    page.fill("#password", password)
    page.click("form:has(#login) button[type=submit]")
    page.wait_for_url(lambda url: "/sign-in" not in url)
    state = context.storage_state()
    context.close()
    return state
