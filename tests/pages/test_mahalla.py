"""Page of a mahalla: the administrator merges one that was entered twice, after a preview, and undoes it."""

from __future__ import annotations

import re
from datetime import date

import pytest
from sqlalchemy import select

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import reading, writing
from data.language import Language, Translator
from data.policy import Role
from data.schema import JointEvent, Mahalla
from tests.pages.conftest import Desk
from tests.shown import record_titles
from tests.worlds import DISTRICT, make_event, make_mahalla


@pytest.fixture
def directory(office: Desk) -> tuple[Desk, int, int]:
    """A district with a mahalla that was entered twice, and the administrator."""
    with writing(office.engine) as connection:
        add_account(connection, NewAccount(login="a", role=Role.ADMIN), password=None, actor="test")
        double, kept = (make_mahalla(connection, name=name) for name in ("Oqtepa-1 MFY", "Oqtepa MFY"))
        for day in (3, 4):
            make_event(connection, event_date=date(2026, 10, day), mahalla_id=double)
    office.sign_in_everyone()
    return office, double, kept


def test_a_mahalla_is_merged_after_a_preview_and_the_merge_is_undone(directory: tuple[Desk, int, int]) -> None:
    desk, double, kept = directory
    app = desk.open(Role.ADMIN, "mahalla", record=str(double), area=DISTRICT, do="merge", lang="en")
    html = "".join(str(getattr(element, "value", "")) for element in app.get("html"))
    assert "Joint events: 2" in html
    assert re.search(rf'href="/plan\?[^"]*mahalla={double}[^"]*year=2026[^"]*"[^>]*>2026: 2<', html)
    assert app.button(key="merge-now").disabled
    app.selectbox(key="merge_target").select(kept).run()
    app.button(key="merge-now").click().run()
    assert not app.exception
    assert app.title[0].value == "Oqtepa MFY"
    with reading(desk.engine) as connection:
        assert list(connection.scalars(select(Mahalla.id))) == [kept]
        assert set(connection.scalars(select(JointEvent.mahalla_id))) == {kept}
    [undo] = [button for button in app.button if str(button.key).startswith("undo-merge-")]
    undo.click().run()
    assert not app.exception
    assert app.title[0].value == "Oqtepa-1 MFY"
    with reading(desk.engine) as connection:
        assert set(connection.scalars(select(JointEvent.mahalla_id))) == {double}


def test_others_are_offered_no_merge(directory: tuple[Desk, int, int]) -> None:
    desk, double, _ = directory
    for role in (Role.COORDINATOR, Role.DISTRICT):
        app = desk.open(role, "mahalla", record=str(double), area=DISTRICT, do="merge", lang="en")
        assert not app.exception
        assert app.title[0].value == "Oqtepa-1 MFY"
        assert not [button for button in app.button if "merge" in str(button.key)]
        assert not record_titles(app, "Merge")


@pytest.mark.parametrize("language", Language)
def test_the_question_is_asked_in_every_language(directory: tuple[Desk, int, int], language: Language) -> None:
    desk, double, _ = directory
    app = desk.open(Role.ADMIN, "mahalla", record=str(double), area=DISTRICT, do="merge", lang=language.value)
    assert not app.exception
    assert app.selectbox(key="merge_target").label == Translator(language)("The mahalla that stays")
