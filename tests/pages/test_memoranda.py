"""Memoranda page: status of every district for all, the register for those who see the area in full."""

from __future__ import annotations

import re
from html import unescape
from urllib.parse import parse_qsl, urlsplit

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.tables.paging import PAGE_ROWS
from data.codes import MemorandumStatus
from data.database.engine import reading
from data.policy import Actor, Role, Scope
from data.schema import Account
from queries.memoranda.register import district_status, memorandum_register, obligations
from tests.pages.conftest import TODAY, Desk
from tests.shown import record_cells, record_links

HOME, FOREIGN = "1730401", "1726266"
TITLE = "Register of memoranda"
ADMIN = Actor(Role.ADMIN)
COUNT_LINK = re.compile(r'href="([^"]*)" target="_self" aria-label="([^"]*)"')


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


def bodies_of(app: AppTest) -> list[str]:
    """Return the HTML of a page, block by block."""
    return [str(html.proto.body) for html in app.get("html")]


def test_the_counts_by_status_lead_to_as_many_districts(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "memoranda", lang="en")
    with reading(desk.engine) as connection:
        counts = district_status(connection, ADMIN, scope=Scope.nation(), today=TODAY)["status_code"].value_counts()
    [table] = [body for body in bodies_of(app) if "hamkor-counts" in body]
    shown = {unescape(name): unescape(address) for address, name in COUNT_LINK.findall(table)}
    numbers = {f"{MemorandumStatus(str(code)).label}: {number}": int(number) for code, number in counts.items()}
    assert set(shown) == set(numbers)
    for name, address in shown.items():
        listed = desk.open(Role.NATIONAL, "memoranda", **dict(parse_qsl(urlsplit(address).query)))
        districts = record_cells(listed, "Districts and cities by status", "District")
        assert len(districts) == min(numbers[name], PAGE_ROWS), name


def test_the_numbers_of_memoranda_lead_to_as_many_of_them(desk: Desk) -> None:
    for area, page in ((HOME, "district"), (HOME[:4], "memoranda"), ("uz", "memoranda")):
        app = desk.open(Role.NATIONAL, page, lang="en", area=area)
        [line] = [
            str(html.proto.body) for html in app.get("html") if "In force, expiring ones too: " in html.proto.body
        ]
        for address, text in re.findall(r'href="([^"]*)"[^>]*>([^<]*)</a>', line):
            listed = desk.open(Role.NATIONAL, "memoranda", **dict(parse_qsl(urlsplit(unescape(address)).query)))
            rows = record_cells(listed, "Register of memoranda", "Memorandum")
            assert len(rows) == min(int(text.rpartition(": ")[2]), PAGE_ROWS), (area, text)


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
