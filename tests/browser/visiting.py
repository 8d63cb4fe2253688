"""Browser of a visitor: signs in, opens pages, waits until a page is drawn and counts the socket's bytes."""

from __future__ import annotations

import base64
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from playwright.sync_api import Browser, Page, StorageState, sync_playwright

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
class Socket:
    """Traffic of a page's web socket: bytes received, and the time of the last frame."""

    received: int = 0
    frames: int = 0

    def take(self, event: dict[str, dict[str, object]]) -> None:
        """Count one frame; the browser reports binary ones in base64."""
        payload, is_text = str(event["response"]["payloadData"]), event["response"]["opcode"] == 1
        self.received += len(payload.encode()) if is_text else len(base64.b64decode(payload))
        self.frames += 1


@dataclass
class Visitor:
    """One page of a browser and its socket."""

    page: Page
    expected: ExpectedPage
    socket: Socket = field(default_factory=Socket)

    def __post_init__(self) -> None:
        session = self.page.context.new_cdp_session(self.page)
        session.send("Network.enable")
        session.on("Network.webSocketFrameReceived", self.socket.take)

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
        box = self.page.locator(f"[class*='st-key-{key}'] input[role=combobox]").first
        # A page that scrolls closes the list again.
        box.scroll_into_view_if_needed()
        self.page.wait_for_timeout(POLL_MS)
        box.click()
        options = self.page.locator("[role=option][aria-selected=false]")
        options.first.wait_for()
        received, frames = self.socket.received, self.socket.frames
        options.nth(position % options.count()).click()
        elapsed = self._settled(since="clicked", after_frames=frames)
        return elapsed, self.socket.received - received

    def press(self, selector: str, position: int = 0) -> float:
        """Press a button and return milliseconds to the last change of the page."""
        frames = self.socket.frames
        self.page.locator(selector).nth(position).click()
        return self._settled(since="clicked", after_frames=frames)

    def slide(self, key: str, arrow: str) -> float:
        """Move the slider by a key and return milliseconds to the last change of the page."""
        frames = self.socket.frames
        self.page.locator(f"[class*='st-key-{key}'] input[type=range]").press(arrow)
        return self._settled(since="clicked", after_frames=frames)

    def _settled(self, *, since: str, after_frames: int = -1) -> float:
        until = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < until:
            self.page.wait_for_timeout(POLL_MS)
            state = self.page.evaluate(
                "([charts, maps]) => window.hamkorState?.(charts, maps)", [self.expected.charts, self.expected.maps]
            )
            is_quiet = bool(state) and state["isDrawn"] and state["now"] - state["last"] > QUIET_MS
            if is_quiet and self.socket.frames > after_frames:
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
    browser: Browser, expected: ExpectedPage, state: StorageState | None = None, **options: object
) -> Iterator[Visitor]:
    """A new visitor with an empty cache; ``state`` holds the cookies of one who signed in."""
    context = browser.new_context(storage_state=state, **options)  # type: ignore[arg-type]
    context.add_init_script(path=WATCH)
    yield Visitor(context.new_page(), expected)
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
