"""The Meeting page of a small district, where a pack is finalised already for tests that ask for it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from queries.meetings.packs.packs import PackContent
from tests.databases import Databases, directory
from tests.pages.conftest import Desk
from tests.pages.meeting.holding import NOON, furnished, packs, with_pack


@pytest.fixture
def engine(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Engine]:
    """Database of one kind only: the queries behind the page are tested on both, and a page takes seconds to draw."""
    asked = request.fixturenames
    fill = with_pack if "pack" in asked else furnished if "meeting_desk" in asked else directory
    with databases.copy("sqlite", fill) as made:
        yield made


@pytest.fixture
def meeting_desk(bare_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Desk:
    """App in a small district at noon, where leaders of each kind have signed in."""
    monkeypatch.setattr("data.dates.clock.now", lambda: NOON)
    bare_desk.sign_in_everyone()
    return bare_desk


@pytest.fixture
def pack(meeting_desk: Desk) -> PackContent:
    """Pack of the district, finalised today."""
    (pack,) = packs(meeting_desk)
    return pack
