"""Nothing moves while a page loads: content that is drawn later has its space reserved."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, StorageState

from tests.browser.visiting import ExpectedPage, visiting

pytestmark = pytest.mark.browser

# A shift is the share of the window that moved times how far; a good page stays below 0.1 in all.
MOST_SHIFT = 0.06
NOTE_SHIFTS = """
window.hamkorShift = 0;
new PerformanceObserver((list) => {
  // Streamlit shows its sidebar only when the menu arrives, moves all of the page to the right and what stands below
  // the menu down; that is not ours.
  const isOurs = ({ sources }) => sources.some(({ node, previousRect, currentRect }) =>
    previousRect.x === currentRect.x && !node?.parentElement?.closest("[data-testid=stSidebar]"));
  for (const shift of list.getEntries().filter(isOurs)) window.hamkorShift += shift.value;
}).observe({ type: "layout-shift", buffered: true });
"""


@pytest.mark.parametrize("width", [1440, 360])
def test_nothing_moves_while_the_overview_loads(
    browser: Browser, server: str, cookies: StorageState, width: int
) -> None:
    size = {"width": width, "height": 900}
    with visiting(browser, ExpectedPage(charts=1, maps=1), cookies, viewport=size) as visitor:
        visitor.page.context.add_init_script(NOTE_SHIFTS)
        visitor.open(f"{server}/overview")
        cold = visitor.page.evaluate("window.hamkorShift")
        visitor.reload()
        assert max(cold, visitor.page.evaluate("window.hamkorShift")) < MOST_SHIFT
