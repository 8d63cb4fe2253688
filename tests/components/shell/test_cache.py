"""Results are cached until the data change, shared by equal rights only, and never stale."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd
import pytest
import streamlit as st
from sqlalchemy import Connection, Engine, func, select

from components.shell import cache as loading
from components.shell.request_context import RequestContext, SessionKey
from data.aggregates import data_version
from data.database.engine import reading, writing
from data.language import N_, DomainError, Language, Translator
from data.policy import Action, Actor, ForbiddenError, Role, require
from data.schema import JointEvent
from tests.worlds import DISTRICT, make_event

TODAY = date(2026, 11, 20)
ADMIN = Actor(Role.ADMIN, account_id=1, login="admin")
asked: list[Actor] = []


def count_events(connection: Connection, actor: Actor, *, district_soato: str) -> pd.DataFrame:
    """Query like those of the product: rights first, then a frame."""
    require(actor, Action.SEE_RECORDS)
    asked.append(actor)
    statement = select(func.count().label("events")).where(JointEvent.district_soato == district_soato)
    return pd.DataFrame(connection.execute(statement).all(), columns=["events"])


@pytest.fixture
def context(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[RequestContext]:
    """Return a request context of an administrator on the test's database."""
    monkeypatch.setattr(loading, "get_engine", lambda: engine)
    monkeypatch.setattr(loading, "reading", lambda: reading(engine))
    asked.clear()
    st.cache_resource.clear()
    yield enter(RequestContext(ADMIN, Translator(Language.EN), TODAY, data_version(engine)))
    st.cache_resource.clear()


def enter(context: RequestContext) -> RequestContext:
    """Make it the context of this run."""
    st.session_state[SessionKey.VISIT] = context
    return context


def events() -> int:
    """Return what the page shows."""
    return int(loading.cached_query(count_events, district_soato=DISTRICT)["events"].iloc[0])


@pytest.mark.usefixtures("context")
def test_an_answer_is_asked_once() -> None:
    assert [events(), events()] == [0, 0]
    assert len(asked) == 1


def test_an_answer_follows_another_writer_at_the_next_run(context: RequestContext, engine: Engine) -> None:
    assert events() == 0
    with writing(engine) as connection:
        make_event(connection, event_date=TODAY)
    enter(replace(context, data_version=data_version(engine)))
    assert events() == 1


def test_reference_data_are_not_read_again_after_another_writer(context: RequestContext, engine: Engine) -> None:
    def areas() -> None:
        loading.cached_reference(count_events, district_soato=DISTRICT)

    areas()
    with writing(engine) as connection:
        make_event(connection, event_date=TODAY)
    enter(replace(context, data_version=data_version(engine)))
    areas()
    assert len(asked) == 1
    enter(replace(context, actor=Actor(Role.PUBLIC)))
    with pytest.raises(ForbiddenError):
        areas()


@pytest.mark.usefixtures("context")
def test_changing_an_answer_does_not_change_the_kept_one() -> None:
    answer = loading.cached_query(count_events, district_soato=DISTRICT)
    answer.loc[0, "events"] = 99
    assert (answer["events"].iloc[0], events()) == (99, 0)
    answer["more"] = 1
    assert list(loading.cached_query(count_events, district_soato=DISTRICT)) == ["events"]


def test_equal_rights_share_answers_and_others_do_not(context: RequestContext) -> None:
    events()
    enter(replace(context, actor=replace(ADMIN, account_id=2, login="second")))
    events()
    assert len(asked) == 1
    enter(replace(context, actor=Actor(Role.DISTRICT, region_soato="1703", district_soato=DISTRICT)))
    events()
    assert len(asked) == 2


def test_a_kept_answer_opens_nothing_for_those_without_the_right(context: RequestContext) -> None:
    events()
    enter(replace(context, actor=Actor(Role.PUBLIC)))
    with pytest.raises(ForbiddenError):
        events()


@pytest.mark.usefixtures("context")
def test_a_query_never_learns_who_asks() -> None:
    events()
    assert (asked[0].account_id, asked[0].login) == (None, "")


def test_errors_of_the_domain_become_words(monkeypatch: pytest.MonkeyPatch) -> None:
    shown: list[str] = []
    monkeypatch.setattr(st, "error", lambda text, **_: shown.append(text))
    with loading.show_domain_errors(Translator(Language.EN)):
        raise DomainError(N_("No area is called {name}."), name="X")
    assert shown == ["No area is called X."]


def test_other_errors_go_on_to_the_server() -> None:
    with pytest.raises(ZeroDivisionError), loading.show_domain_errors(Translator(Language.EN)):
        raise ZeroDivisionError
