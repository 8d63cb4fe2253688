"""Browser of a visitor of the Dash app, which is measured as the pages of Streamlit are."""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar

from playwright.sync_api import Locator, Response

from tests.browser.visiting import NotDrawnError, Visitor


class DashVisitor(Visitor):
    """One page of the Dash app and what the server sends to it."""

    WATCH: ClassVar[Path] = Path(__file__).with_name("watch.js")

    def __post_init__(self) -> None:
        super().__post_init__()
        self._has_failed = False
        self.page.on("response", self._count_answer)

    def _count_answer(self, response: Response) -> None:
        """Count the answer of a callback."""
        if "/_dash-update-component" in response.url:
            self.traffic.answers += 1
            self._has_failed |= not response.ok

    def open_select(self, key: str) -> Locator:
        """Open the list of the select with a key and return the field to type in."""
        self.page.locator(f"#{key}").click()
        return self.page.locator("input.dash-dropdown-search")

    def _settled(self, *, since: str, after_answers: int = -1) -> float:
        elapsed = super()._settled(since=since, after_answers=after_answers)
        if self._has_failed:
            raise NotDrawnError(f"{self.page.url}: a callback failed")
        return elapsed
