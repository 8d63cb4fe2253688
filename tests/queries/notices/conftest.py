"""Fixtures: an office whose people chose notices, and the servers of both channels."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine

from tests.bot_server import BotServer, bot_server
from tests.mail_server import MailServer, mail_server
from tests.queries.notices.office import Office, make_office


@pytest.fixture
def office(engine: Engine) -> Office:
    """People of a district and its NGO."""
    return make_office(engine)


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """Mail server."""
    with mail_server() as server:
        yield server


@pytest.fixture
def bot(monkeypatch: pytest.MonkeyPatch) -> Iterator[BotServer]:
    """Server of the bot API."""
    monkeypatch.setenv("NO_PROXY", "localhost")
    with bot_server() as server:
        yield server
