"""Cooperation desk: each part answers its question, and each of its numbers opens as many rows."""

from __future__ import annotations

import re
from datetime import timedelta
from html import unescape

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from components.registers.records import DESK_REGISTERS
from data.codes import Party
from data.database.engine import reading, writing
from data.dates import clock
from data.demo.accounts import HOME
from data.language import Language
from data.policy import Role
from data.schema import Account, Ngo
from tests.pages.conftest import Desk
from tests.pages.test_counted_rows import PAGE, html_of, number, opened, rows_shown
from tests.registers import make_request
from tests.shown import record_cells
from tests.worlds import DISTRICT

REGION = HOME[:4]


def numbers_with_links(app: AppTest) -> dict[str, int]:
    """Return the address of each number in the tables of a page with the number."""
    cells = re.findall(r'<td class="number"[^>]*><a [^>]*href="([^"]*)"[^>]*>([^<]*)</a>', html_of(app))
    return {unescape(address): number(f":{text}") for address, text in cells}


@pytest.mark.parametrize(("role", "area"), [(Role.COORDINATOR, HOME), (Role.REGIONAL, REGION)])
def test_each_number_opens_as_many_rows(desk: Desk, role: Role, area: str) -> None:
    for part in DESK_REGISTERS:
        rows = "trained" if part == "trainings" else ""
        found = numbers_with_links(desk.open(role, "desk", view=part, area=area, rows=rows))
        assert found, part
        for address, count in list(found.items())[:: 1 if area == HOME else 9]:
            assert rows_shown(opened(desk, role, address)[1]) == min(count, PAGE), address


def test_indicators_of_the_desk_lead_to_what_they_rest_on(desk: Desk) -> None:
    for part, codes in (("requests", 2), ("supports", 2), ("trainings", 1)):
        html = html_of(desk.open(Role.COORDINATOR, "desk", view=part, lang="en"))
        links = re.findall(r'<dd>.*?href="([^"]*counted=[^"]*)"[^>]*>[^<]*: ([^<]*)<', html)
        assert len(links) == codes, part
        for address, count in links:
            _, listed = opened(desk, Role.COORDINATOR, unescape(address))
            if part != "trainings":
                assert rows_shown(listed) == min(int(count), PAGE), address


def test_who_was_given_nothing_stands_there_by_name(desk: Desk) -> None:
    app = desk.open(Role.COORDINATOR, "desk", view="supports", lang="en")
    without = record_cells(app, "Held events and were given no support", "NGO")
    given = record_cells(app, "Support by NGO", "NGO")
    assert without
    assert given
    assert not {*without} & {*given}
    app = desk.open(Role.COORDINATOR, "desk", view="awards", lang="en")
    assert record_cells(app, "Active NGOs never awarded", "NGO")


def test_an_ngo_sees_its_own_rows_and_no_other_ngo(desk: Desk) -> None:
    with reading(desk.engine) as connection:
        home = select(Account.ngo_id).where(Account.role_code == Role.NGO.value)
        others = connection.scalars(select(Ngo.name).where(Ngo.id.not_in(home))).all()
    for part in DESK_REGISTERS:
        app = desk.open(Role.NGO, "desk", view=part, lang="en")
        assert not app.exception
        shown = unescape(html_of(app))
        assert "hamkor-records" in shown, part
        assert not [name for name in others if name in shown], part


def clocked(office: Desk, days: int) -> int:
    """Insert a request to the NGO of the office that is due so many days from today."""
    with writing(office.engine) as connection:
        ngo_id = connection.scalar(select(Ngo.id)) or 0
        due = clock.today() + timedelta(days=days)
        return make_request(
            connection, ngo_id=ngo_id, sent_date=due - timedelta(days=14), due_date=due, asked_by=Party.POLICE
        )


def test_what_is_late_or_due_soon_stands_out_and_is_told_to_the_ngo_that_owes_it(office: Desk) -> None:
    late, soon, _ = (clocked(office, days) for days in (-1, 3, 12))
    app = office.open(Role.COORDINATOR, "desk", lang="en")
    assert record_cells(app, "Answers owed", "Overdue") == ["0", "1"]
    assert record_cells(app, "Answers owed", "Due within 3 working days") == ["0", "1"]
    assert re.findall(r'<span class="(late|soon)">', html_of(app)) == ["late", "soon"]
    strip = html_of(office.open(Role.NGO, event="all", lang="en"))
    links = dict(re.findall(r'href="([^"]*)"[^>]*>(1 request [^<]*)<', strip))
    assert list(links.values()) == ["1 request overdue", "1 request due within 3 working days"]
    for address, request in zip(links, (late, soon), strict=True):
        rows = html_of(opened(office, Role.NGO, unescape(address))[1])
        assert re.findall(r"/desk\?[^\"]*record=(\d+)", rows) == [str(request)]
    page = html_of(office.open(Role.COORDINATOR, "district", area=DISTRICT, lang="en"))
    assert "Information requests due within 3 working days" in page
    assert "in 3 days" in page


@pytest.mark.parametrize("language", Language)
def test_each_part_speaks_every_language(desk: Desk, language: Language) -> None:
    for part in DESK_REGISTERS:
        app = desk.open(Role.REGIONAL, "desk", view=part, lang=language.value)
        assert not app.exception
        assert not app.error
