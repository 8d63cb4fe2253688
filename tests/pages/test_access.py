"""Access to pages: each role on each page, by the menu and by the URL."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from data.database.engine import writing
from data.dates import clock
from data.language import Language
from data.policy import Role
from data.schema import Account
from queries.accounts.sessions import sign_out
from tests.pages.conftest import PAGES, RECORD_PAGES, SIGNED_IN, Desk
from tests.pages.tiles import tiles_of
from tests.shown import record_cells

REFUSAL = "Your role does not allow this."
# Pages that a role may not open; it may open all others.
OF_ADMINISTRATORS = {"accounts", "audit"}
REFUSED = {
    Role.NATIONAL: {"upload", *OF_ADMINISTRATORS},
    Role.REGIONAL: {"upload", *OF_ADMINISTRATORS},
    Role.DISTRICT: {"upload", *OF_ADMINISTRATORS},
    Role.COORDINATOR: OF_ADMINISTRATORS,
    Role.NGO: {"evaluations", "meeting", "upload", *OF_ADMINISTRATORS},
    Role.ADMIN: set(),
    Role.PUBLIC: {
        *("memoranda", "registers", "desk", "plan", "evaluations", "meeting", "upload", "notices"),
        *OF_ADMINISTRATORS,
    },
}
PAGES_OF_FIGURES = {"overview", "district", "evaluations", "effectiveness"}


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", SIGNED_IN)
def test_every_signed_in_role_opens_what_it_may(desk: Desk, role: Role, page: str) -> None:
    app = desk.open(role, page, lang="en")
    is_refused = page in REFUSED[role]
    assert not app.exception
    assert [error.value for error in app.error] == ([REFUSAL] if is_refused else [])
    assert len(app.title) == int(not is_refused)


@pytest.mark.parametrize("page", PAGES)
def test_a_visitor_sees_published_figures_only(desk: Desk, monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setenv("PUBLIC_VIEW", "true")
    app = desk.open(Role.PUBLIC, page, lang="en")
    assert not app.exception
    assert [error.value for error in app.error] == [REFUSAL] * (page in REFUSED[Role.PUBLIC])


def test_nobody_sees_anything_without_a_session(desk: Desk) -> None:
    app = desk.open(Role.PUBLIC, lang="en")
    assert [title.value for title in app.title] == ["You are not signed in"]
    assert not tiles_of(app)
    assert any("/sign-in" in link.proto.body for link in app.get("html"))


def test_the_way_to_sign_in_takes_along_only_a_language_that_was_chosen(desk: Desk) -> None:
    for address, link in (({"lang": "ru"}, 'href="/sign-in?lang=ru"'), ({}, 'href="/sign-in"')):
        app = desk.open(Role.PUBLIC, **address)
        assert [link in text.proto.body for text in app.get("html") if "/sign-in" in text.proto.body] == [True]


def test_a_session_that_is_revoked_ends_at_the_next_click(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, lang="en")
    assert tiles_of(app)
    sign_out(desk.engine, desk.sessions[Role.NATIONAL], now=clock.now())
    app.run()
    assert [title.value for title in app.title] == ["You are not signed in"]
    assert not tiles_of(app)


def test_a_role_that_is_taken_away_counts_at_the_next_click(desk: Desk) -> None:
    app = desk.open(Role.ADMIN, "memoranda", lang="en")
    assert record_cells(app, "Register of memoranda", "Memorandum")
    with writing(desk.engine) as connection:
        is_admin = Account.role_code == Role.ADMIN.value
        connection.execute(update(Account).where(is_admin).values(is_active=False))
    try:
        assert [title.value for title in app.run().title] == ["You are not signed in"]
        assert not record_cells(app, "Register of memoranda", "Memorandum")
    finally:
        with writing(desk.engine) as connection:
            connection.execute(update(Account).where(is_admin).values(is_active=True))


@pytest.mark.each_value
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("page", PAGES)
def test_every_page_speaks_every_language(desk: Desk, page: str, language: Language) -> None:
    app = desk.open(Role.REGIONAL, page, lang=language.value)
    assert not app.exception
    assert app.selectbox(key="language_switch").value == language.value


def test_demo_data_are_marked_on_every_page(desk: Desk) -> None:
    records = dict.fromkeys(PAGES, "") | dict.fromkeys(RECORD_PAGES, "1")
    for page, record in records.items():
        app = desk.open(Role.ADMIN, page, lang="en", record=record)
        assert not app.exception
        assert any("Demo data" in text.value for text in app.markdown), page


def test_real_data_carry_no_demo_mark(empty_desk: Desk) -> None:
    assert not any("Demo data" in text.value for text in empty_desk.open(Role.NATIONAL, lang="en").markdown)


@pytest.mark.each_value
@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("role", [Role.NATIONAL, Role.DISTRICT, Role.ADMIN])
def test_an_empty_database_says_what_to_do(empty_desk: Desk, role: Role, page: str) -> None:
    app = empty_desk.open(role, page, lang="en")
    assert not app.exception
    assert [error.value for error in app.error] == [REFUSAL] * (page in REFUSED[role])
    if page in PAGES_OF_FIGURES and not (page == "district" and role is not Role.DISTRICT):
        words = " ".join(caption.value for caption in app.caption)
        assert ("upload a workbook" in words) is (role is Role.ADMIN)
        assert ("ask the administrator" in words.lower()) is (role is not Role.ADMIN)


@pytest.mark.parametrize(
    ("page", "role", "advice"),
    [
        ("memoranda", Role.DISTRICT, "Ask the coordinator of the district to enter it."),
        ("memoranda", Role.ADMIN, "Enter the first one: press New memorandum."),
        ("registers", Role.DISTRICT, "Choose another area or register."),
        ("registers", Role.ADMIN, "Enter the first one above, or upload a workbook."),
        ("plan", Role.DISTRICT, "Choose another area or year. The coordinator of the district enters plan and events."),
        ("plan", Role.ADMIN, "Choose another year, record an event, or draw up the plan of the year."),
    ],
)
def test_without_a_record_it_says_who_enters_the_first(empty_desk: Desk, page: str, role: Role, advice: str) -> None:
    app = empty_desk.open(role, page, lang="en")
    assert advice in [caption.value for caption in app.caption]
