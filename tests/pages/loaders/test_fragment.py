"""Fragments look the actor up again, and rerun the whole app where it changed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from types import SimpleNamespace
from unittest.mock import patch

import pytest

from components.shell.request_context import RequestContext, SessionKey, open_context
from data.policy import Actor, Role
from pages.loaders import fragment as part
from tests.components.samples import ENGLISH

VISIT = RequestContext(Actor(Role.NATIONAL), ENGLISH, date(2026, 11, 20), 7)


class RerunError(Exception):
    """Replaces the rerun of the whole app that Streamlit starts."""


@pytest.fixture
def settled(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[RequestContext]]:
    """Run the whole app in the context; collects whose filters the fragment alone settled."""
    calls: list[RequestContext] = []
    monkeypatch.setattr(part, "settle_filters", lambda context, _book: calls.append(context))
    monkeypatch.setattr(part, "write_address", lambda: None)
    with (
        patch("streamlit.session_state", {SessionKey.VIEW: SimpleNamespace(directory="areas")}),
        patch("streamlit.rerun", side_effect=RerunError),
    ):
        open_context(VISIT)
        yield calls


def found(monkeypatch: pytest.MonkeyPatch, context: RequestContext | None) -> None:
    """Context that is found when the actor is looked up again."""
    monkeypatch.setattr(part, "find_context", lambda _translate: context)


def test_in_a_run_of_the_whole_app_nothing_is_asked_twice(
    settled: list[RequestContext], monkeypatch: pytest.MonkeyPatch
) -> None:
    found(monkeypatch, None)
    assert part.open_fragment()[1] == VISIT
    assert settled == []


def test_alone_it_settles_the_choices_again(settled: list[RequestContext], monkeypatch: pytest.MonkeyPatch) -> None:
    found(monkeypatch, replace(VISIT))
    part.open_fragment()
    part.open_fragment()
    assert settled == [VISIT]


@pytest.mark.parametrize(
    "now",
    [None, replace(VISIT, actor=Actor(Role.PUBLIC)), replace(VISIT, data_version=8)],
    ids=["nobody", "role", "data"],
)
def test_alone_it_gives_way_where_rights_or_data_changed(
    settled: list[RequestContext], monkeypatch: pytest.MonkeyPatch, now: RequestContext | None
) -> None:
    part.open_fragment()
    found(monkeypatch, now)
    with pytest.raises(RerunError):
        part.open_fragment()
    assert settled == []
