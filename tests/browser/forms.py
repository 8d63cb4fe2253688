"""Forms of registers in Chromium: what was filled in is on the server before the next field, as at a person's pace."""

from __future__ import annotations

import time

from playwright.sync_api import Page
from sqlalchemy import Engine, select

from data.database.engine import reading
from data.schema import RecordDraft
from tests.browser.evaluating import PATIENCE_MS


def wait_until_kept(page: Page, engine: Engine, **cells: str) -> None:
    """Wait until a draft on the server has these texts by field code."""
    until = time.monotonic() + PATIENCE_MS / 1000
    while time.monotonic() < until:
        with reading(engine) as connection:
            drafts = connection.scalars(select(RecordDraft.cells)).all()
        if any(all(draft.get(code) == text for code, text in cells.items()) for draft in drafts):
            return
        page.wait_for_timeout(50)
    raise AssertionError(f"no draft has {cells}: {drafts}")
