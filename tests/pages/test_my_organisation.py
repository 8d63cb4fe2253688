"""Track record of an NGO: on its own page and on the one that leaders read, each number leads to its rows."""

from __future__ import annotations

import re
from html import unescape

import pytest
from sqlalchemy import select
from streamlit.testing.v1 import AppTest

from data.database.engine import reading
from data.demo.accounts import HOME
from data.language import Language
from data.policy import Role
from data.schema import Ngo, Support
from tests.pages.conftest import Desk
from tests.pages.test_counted_rows import PAGE, html_of, number, opened, rows_shown
from tests.pages.test_requests import press


def facts(app: AppTest) -> dict[str, list[tuple[str, str]]]:
    """Return the address and text of each link beside the headings of the numbers of an NGO."""
    pairs = re.findall(r"<dt>([^<]*)</dt><dd>(.*?)</dd>", html_of(app))
    link = re.compile(r'<a [^>]*href="([^"]*)"[^>]*>([^<]*)</a>')
    return {unescape(name): [(unescape(address), text) for address, text in link.findall(cell)] for name, cell in pairs}


def of_supported(desk: Desk) -> str:
    """Return the id of an NGO that got support in the home district."""
    with reading(desk.engine) as connection:
        return str(connection.scalar(select(Support.ngo_id).where(Support.district_soato == HOME)))


@pytest.mark.parametrize("role", [Role.NGO, Role.COORDINATOR])
def test_each_number_leads_to_its_rows(desk: Desk, role: Role) -> None:
    page = {Role.NGO: "my_organisation"}.get(role, "ngo")
    app = desk.open(role, page, lang="en", **({} if role is Role.NGO else {"record": of_supported(desk)}))
    assert not app.exception
    anchors = {heading.proto.anchor: heading.value for heading in app.subheader if heading.proto.anchor}
    links = [link for name, cell in facts(app).items() if name != "Home district" for link in cell]
    assert len(links) > 5
    for address, text in links:
        if not address.startswith("#"):
            rows = rows_shown(opened(desk, role, address)[1])
            assert rows == min(number(f":{text}"), PAGE) or "desk" in address and rows, address
            continue
        heading = anchors[address[1:]]
        if ": " in heading and ":" not in text:
            assert number(heading) == number(f":{text}"), (heading, text)


def test_the_year_of_an_ngo_opens_its_entries_alone(desk: Desk) -> None:
    ngo_id = of_supported(desk)
    with reading(desk.engine) as connection:
        name = connection.scalar(select(Ngo.name).where(Ngo.id == int(ngo_id)))
    app = desk.open(Role.COORDINATOR, "plan", view="list", ngo=ngo_id, year="2026", lang="en")
    rows = re.findall(r"<tr>.*?</tr>", html_of(app).split("<tbody>")[1])
    assert rows
    assert all(str(name) in unescape(row) for row in rows)
    assert [button.label for button in app.button if button.key == "no_ngo"] == [name]


def test_an_ngo_proposes_from_its_own_page_and_no_one_else_opens_it(desk: Desk) -> None:
    app = press(desk.open(Role.NGO, "my_organisation", lang="en"), "do-propose")
    assert [button for button in app.button if (button.key or "").startswith("save:")]
    for role in (Role.ADMIN, Role.COORDINATOR):
        app = desk.open(role, "my_organisation", lang="en")
        assert [error.value for error in app.error] == ["Your role does not allow this."]


@pytest.mark.parametrize("language", Language)
def test_it_speaks_every_language(desk: Desk, language: Language) -> None:
    app = desk.open(Role.NGO, "my_organisation", lang=language.value)
    assert not app.exception
    assert not app.error
