"""Registers and the cooperation desk: any register is listed, entered, corrected and withdrawn by its declaration."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components.registers.listing import REGISTERS
from components.registers.records import DESK_REGISTERS
from data.accounts.accounts import NewAccount, add_account
from data.codes import AwardGround, AwardKind, AwardRecipient
from data.database.engine import reading, writing
from data.language import Language
from data.policy import Role
from data.registers.entry import register_sheet
from data.schema import AuditEntry, Award
from tests.pages.conftest import Desk
from tests.registers import make_target
from tests.worlds import DISTRICT, make_ngo


def widget(app: AppTest, kind: str, code: str) -> object:
    """Return the widget of a field of the open form."""
    return next(found for found in app.get(kind) if re.search(rf":{code}:\w+$", found.key or ""))


def press(app: AppTest, key: str) -> AppTest:
    """Press the button whose key begins so."""
    return next(button for button in app.button if (button.key or "").startswith(key)).click().run()


def shown(app: AppTest) -> str:
    """Return everything that the page wrote."""
    return " ".join(str(getattr(element, "proto", "")) for element in app.main)


@pytest.fixture
def coordinator(bare_desk: Desk) -> Desk:
    """A district with an NGO, a coordinator and a coordinator's leader."""
    with writing(bare_desk.engine) as connection:
        make_ngo(connection, name="Oydin")
        for role in (Role.COORDINATOR, Role.DISTRICT):
            account = NewAccount(login=role.value, role=role, district_soato=DISTRICT)
            add_account(connection, account, password=None, actor="test")
    bare_desk.sign_in_everyone()
    return bare_desk


def test_targets_are_listed_with_the_name_of_their_area_and_all_digits(coordinator: Desk) -> None:
    with writing(coordinator.engine) as connection:
        make_target(connection, indicator_code="support_gini", year=2026, value=0.35)
        make_target(connection, indicator_code="plan_execution", year=2026, value=70)
    for language, name, figure in (
        (Language.RU, "Алтынкульский район", "0,35"),
        (Language.EN, "Oltinkol district", "0.35"),
    ):
        app = coordinator.open(Role.COORDINATOR, "registers", register="targets", lang=language.value)
        table = next(text.proto.body for text in app.get("html") if "hamkor-records" in text.proto.body)
        assert f">{DISTRICT}<" not in table
        assert name in table
        assert f">{figure}<" in table
        assert ">70<" in table


def enter_award(desk: Desk, language: Language = Language.EN) -> AppTest:
    """Enter a letter of thanks to three citizens."""
    app = desk.open(Role.COORDINATOR, "desk", view="awards", lang=language.value)
    app = press(app, "enter_record")
    widget(app, "button_group", "recipient").set_value(AwardRecipient.CITIZENS.value).run()  # type: ignore[attr-defined]
    widget(app, "number_input", "citizens").set_value(3).run()  # type: ignore[attr-defined]
    widget(app, "button_group", "kind").set_value(AwardKind.LETTER.value).run()  # type: ignore[attr-defined]
    widget(app, "selectbox", "ground").set_value(AwardGround.PREVENTION.value).run()  # type: ignore[attr-defined]
    return press(app, "save:")


@pytest.mark.parametrize("language", Language)
def test_a_record_is_entered_in_every_language(coordinator: Desk, language: Language) -> None:
    app = enter_award(coordinator, language)
    assert not app.exception
    with reading(coordinator.engine) as connection:
        row = connection.execute(select(Award.__table__)).one()
    assert (row.district_soato, row.recipient_code, row.citizens, row.kind_code) == (DISTRICT, "citizens", 3, "letter")
    assert register_sheet("awards").name.in_language(language) in shown(app)


@pytest.mark.parametrize("register", REGISTERS)
def test_every_register_is_listed(desk: Desk, register: str) -> None:
    app = desk.open(Role.ADMIN, "registers", register=register, lang="uz_Latn")
    assert not app.exception
    assert "hamkor-records" in shown(app)


def test_the_address_of_a_register_of_the_desk_opens_it_there(desk: Desk) -> None:
    for register in DESK_REGISTERS:
        app = desk.open(Role.COORDINATOR, "registers", register=register, lang="en")
        assert not app.exception
        assert [title.value for title in app.title] == ["Cooperation desk"]
        assert register_sheet(register).name.in_language(Language.EN) in shown(app)


def test_a_correction_needs_its_reason_and_stays_in_the_history(coordinator: Desk) -> None:
    enter_award(coordinator)
    app = coordinator.open(Role.COORDINATOR, "desk", view="awards", record="1", lang="en")
    app = press(app, "do-correct")
    widget(app, "number_input", "citizens").set_value(4).run()  # type: ignore[attr-defined]
    app = press(app, "save:")
    with reading(coordinator.engine) as connection:
        assert connection.scalar(select(Award.citizens)) == 3
    widget(app, "text_input", "reason").set_value("One was left out").run()  # type: ignore[attr-defined]
    app = press(app, "save:")
    with reading(coordinator.engine) as connection:
        assert connection.scalar(select(Award.citizens)) == 4
        entry = connection.execute(select(AuditEntry).order_by(AuditEntry.id.desc())).first()
    assert entry is not None
    assert (entry.action_code, entry.reason) == ("form_corrected", "One was left out")


def test_a_leader_who_may_not_write_has_no_button_and_no_form(coordinator: Desk) -> None:
    app = coordinator.open(Role.DISTRICT, "desk", view="awards", do="enter", lang="en")
    assert not [button for button in app.button if "enter_record" in (button.key or "")]
    assert not [button for button in app.button if (button.key or "").startswith("save:")]


def test_a_coordinator_sees_the_registers_of_the_administrator_and_enters_none(coordinator: Desk) -> None:
    app = coordinator.open(Role.COORDINATOR, "registers", register="targets", do="enter", lang="en")
    assert not app.exception
    assert not [button for button in app.button if (button.key or "").startswith("save:")]


def test_a_record_of_another_district_is_not_there(coordinator: Desk) -> None:
    app = coordinator.open(Role.COORDINATOR, "desk", view="awards", record="77", lang="en")
    assert not app.exception
    assert "No such record" in shown(app)
    with reading(coordinator.engine) as connection:
        assert connection.scalar(select(func.count()).select_from(Award)) == 0
