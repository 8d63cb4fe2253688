"""Memoranda page: status of every district for all, the register for those who see the area in full."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.tables.paging import PAGE_ROWS
from data.database.engine import reading
from data.policy import Actor, Role, Scope
from data.schema import Account
from queries.memoranda.register import district_status, memorandum_register, obligations
from tests.pages.conftest import TODAY, Desk
from tests.shown import record_cells, record_links

HOME, FOREIGN = "1730401", "1726266"
TITLE = "Register of memoranda"
ADMIN = Actor(Role.ADMIN)


@pytest.mark.parametrize(
    ("role", "scope"),
    [
        (Role.NATIONAL, Scope.nation()),
        (Role.ADMIN, Scope.nation()),
        (Role.REGIONAL, Scope.region(HOME[:4])),
        (Role.DISTRICT, Scope.district(HOME)),
        (Role.COORDINATOR, Scope.district(HOME)),
    ],
)
def test_the_register_holds_what_the_role_sees_in_full(desk: Desk, role: Role, scope: Scope) -> None:
    app = desk.open(role, "memoranda", area="uz", lang="en")
    with reading(desk.engine) as connection:
        register = memorandum_register(connection, ADMIN, scope=scope, today=TODAY)
    assert record_cells(app, TITLE, "Memorandum") == list(register["number"])[:PAGE_ROWS]


def test_an_ngo_sees_its_own_memoranda(desk: Desk) -> None:
    app = desk.open(Role.NGO, "memoranda", area="uz", lang="en")
    with reading(desk.engine) as connection:
        ngo_id = connection.scalar(select(Account.ngo_id).where(Account.role_code == Role.NGO.value))
        actor = Actor(Role.NGO, ngo_id=ngo_id)
        register = memorandum_register(connection, actor, scope=actor.home_scope, today=TODAY)
    assert len(register)
    assert record_cells(app, TITLE, "Memorandum") == list(register["number"])[:PAGE_ROWS]


def test_a_foreign_register_is_not_shown(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "memoranda", area=FOREIGN, lang="en")
    assert not app.exception
    assert not record_cells(app, TITLE, "Memorandum")
    assert "The register of this area is shown to the leaders of the area itself." in [c.value for c in app.caption]


def test_the_counts_by_status_are_those_of_the_query(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "memoranda", lang="en")
    with reading(desk.engine) as connection:
        counts = district_status(connection, ADMIN, scope=Scope.nation(), today=TODAY)["status_code"].value_counts()
    table = next(text.value for text in app.markdown if text.value.startswith("| Status"))
    assert f"In force | {counts['in_force']} |" in table
    assert f"No memorandum | {counts['none']} |" in table


@pytest.mark.parametrize("typed", ["yunusobod", "Юнусобод", "Yunus'obod tumani"])
def test_the_register_is_searched_in_any_spelling(desk: Desk, typed: str) -> None:
    app = desk.open(Role.NATIONAL, "memoranda", area="uz")
    app.text_input(key="memoranda_search").set_value(typed).run()
    assert set(record_cells(app, "Memorandumlar reyestri", "Tuman")) == {"Yunusobod tumani"}


def test_a_search_without_a_hit_says_so(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "memoranda", lang="en")
    app.text_input(key="memoranda_search").set_value("qwertyuiop").run()
    assert not record_cells(app, TITLE, "Memorandum")
    assert "Nothing was found." in [caption.value for caption in app.caption]


def test_what_was_searched_stays_when_the_language_changes(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "memoranda", lang="en")
    app.text_input(key="memoranda_search").set_value("yunusobod").run()
    app.selectbox(key="language_switch").select("ru").run()
    assert app.text_input(key="memoranda_search").value == "yunusobod"


def test_obligations_and_timeline_are_one_click_away(desk: Desk) -> None:
    app = desk.open(Role.DISTRICT, "memoranda", lang="en")
    app.query_params["view"] = "obligations"
    app.run()
    with reading(desk.engine) as connection:
        expected = obligations(connection, ADMIN, scope=Scope.district(HOME), today=TODAY)
    assert record_cells(app, "Obligations", "Obligation") == list(expected["text"])[:PAGE_ROWS]
    app.query_params["view"] = "timeline"
    app.run()
    assert not app.exception
    timeline = next(block.proto.body for block in app.get("html") if "hamkor-timeline" in block.proto.body)
    assert timeline.count("<li>") == timeline.count('href="/memorandum?') > 0


def rows_of(app: AppTest) -> list[str]:
    """Return the record that each row of the register leads to, as in its address."""
    return [address.rpartition("&")[2] for address in record_links(app, TITLE, "Memorandum")]


def test_every_row_leads_to_its_page_and_the_next_ones_are_a_page_further(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "memoranda", area="uz", lang="en")
    with reading(desk.engine) as connection:
        register = memorandum_register(connection, ADMIN, scope=Scope.nation(), today=TODAY)
    records = [f"record={key}" for key in register["memorandum_id"]]
    assert rows_of(app) == records[:PAGE_ROWS]
    app.query_params["page"] = "memoranda_page.2"
    app.run()
    assert rows_of(app) == records[PAGE_ROWS : 2 * PAGE_ROWS]


def test_only_who_may_write_is_offered_a_new_memorandum_and_to_mark_obligations(desk: Desk) -> None:
    for role, offered in ((Role.COORDINATOR, True), (Role.DISTRICT, False)):
        app = desk.open(role, "memoranda", area=HOME, lang="en")
        assert [button.key for button in app.button if button.key == "new_memorandum"] == ["new_memorandum"] * offered
        app.query_params["view"] = "obligations"
        app.run()
        marks = record_links(app, "Obligations", "Mark fulfilled")
        assert bool(record_cells(app, "Obligations", "Mark fulfilled")) is offered
        assert all("do=fulfil&part=" in mark for mark in marks)
