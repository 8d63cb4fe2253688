"""Accounts on the pages: a person is invited, corrected, deactivated; and each looks after its own account."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Selectbox

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language
from data.policy import Role
from data.schema import Account, AccountSession, AuditEntry
from queries.accounts.sessions import session_actor
from queries.accounts.sign_in import SignInAttempt, WrongPasswordError, sign_in
from tests.pages.conftest import SIGNED_IN, Desk
from tests.people import PASSWORD
from tests.worlds import DISTRICT, REGION, make_ngo

OTHER_PASSWORD = "Sakkiz-Dengiz-82"


@pytest.fixture
def staff(ngo_desk: Desk) -> Desk:
    """App with an account of each role that has a password, signed in."""
    with writing(ngo_desk.engine) as connection:
        places = {
            Role.REGIONAL: {"region_soato": REGION},
            Role.DISTRICT: {"district_soato": DISTRICT},
            Role.COORDINATOR: {"district_soato": DISTRICT},
            Role.NGO: {"ngo_id": make_ngo(connection, name="Umid")},
        }
        for role in SIGNED_IN:
            account = NewAccount(login=role.value, role=role, **places.get(role, {}))  # type: ignore[arg-type]
            add_account(connection, account, password=PASSWORD, actor="test")
    ngo_desk.sign_in_everyone()
    return ngo_desk


def html(app: AppTest) -> str:
    return "".join(block.proto.body for block in app.get("html"))


def press(app: AppTest, prefix: str) -> AppTest:
    return next(button for button in app.button if (button.key or "").startswith(prefix)).click().run()


def pick(app: AppTest, code: str, value: str) -> AppTest:
    """Choose in the select of a field of the form that is open."""
    return select_of(app, code).set_value(value).run()


def type_place(app: AppTest, text: str) -> AppTest:
    """Type a text that is none of the options, as a browser sends it."""
    box = select_of(app, "place")
    box.options.append(text)
    return box.set_value(text).run()


def select_of(app: AppTest, code: str) -> Selectbox[str]:
    """Return the select of a field of the form that is open."""
    return next(box for box in app.selectbox if f":{code}" in (box.key or ""))


def account_id(engine: Engine, login: str) -> int:
    with reading(engine) as connection:
        return int(connection.execute(select(Account.id).where(Account.login == login)).scalar_one())


def invited(staff: Desk, role: Role, place: str = "") -> AppTest:
    """Fill the form of an invitation and send it."""
    app = press(staff.open(Role.ADMIN, "accounts", lang="en"), "do-invite")
    login = next(field for field in app.text_input if ":login" in (field.key or ""))
    app = pick(login.set_value("Zebo").run(), "role", role.value)
    return press(pick(app, "place", place) if place else app, "save:")


def listed(staff: Desk, **address: str) -> AppTest:
    """Open the list at an address."""
    app = staff.open(Role.ADMIN, "accounts", lang="en")
    for name, value in {"area": "uz", **address}.items():
        app.query_params[name] = value
    return app.run()


def is_open(staff: Desk, role: Role) -> bool:
    return session_actor(staff.engine, staff.sessions[role], now=clock.now()) is not None


def test_a_person_is_invited_in_three_fields_and_the_link_is_shown_once(staff: Desk) -> None:
    app = invited(staff, Role.COORDINATOR, DISTRICT)
    assert not app.exception
    link = app.code[0].value
    assert "/account-link?lang=en#" in link
    assert "Zebo" in app.success[0].value
    assert "Invited" in html(app)
    again = staff.open(Role.ADMIN, "accounts", lang="en")
    assert not again.code
    with reading(staff.engine) as connection:
        made = connection.execute(select(Account).where(Account.login == "Zebo")).one()
    assert (made.role_code, made.district_soato, made.password_hash) == ("coordinator", DISTRICT, None)


def test_an_ngo_is_found_by_a_part_of_its_name_in_any_script(staff: Desk) -> None:
    with writing(staff.engine) as connection:
        make_ngo(connection, name="Umid chirogʻi")
    app = press(staff.open(Role.ADMIN, "accounts", lang="en"), "do-invite")
    app = type_place(pick(app, "role", "ngo"), "умид чир")
    assert "Umid chirogʻi" in select_of(app, "place").options[0]
    app = type_place(app, "umi")
    assert "Found for “umi”: 2" in html(app)
    assert select_of(press(app, "form-account-0:found"), "place").value
    app = type_place(pick(app, "role", "district"), "фаргона")
    assert "Found for" in html(app)


def test_faults_stand_beside_their_fields_and_nothing_is_made(staff: Desk) -> None:
    app = press(press(staff.open(Role.ADMIN, "accounts", lang="en"), "do-invite"), "save:")
    texts = " ".join(error.value for error in app.error)
    assert "no spaces" in texts
    assert "Choose the role" in texts
    app = press(pick(app, "role", "regional"), "save:")
    assert "Choose the area or the NGO" in " ".join(error.value for error in app.error)
    login = next(field for field in app.text_input if ":login" in (field.key or ""))
    app = press(pick(login.set_value("admin").run(), "place", REGION), "save:")
    assert "already" in " ".join(error.value for error in app.error)
    assert next(field for field in app.text_input if ":login" in (field.key or "")).value == "admin"


def test_the_address_of_an_account_opens_nothing_for_others(staff: Desk) -> None:
    record = str(account_id(staff.engine, "national"))
    app = staff.open(Role.COORDINATOR, "accounts", lang="en", record=record, do="deactivate")
    assert "Your role does not allow this." in app.error[0].value
    assert not [button for button in app.button if (button.key or "").startswith(("do-", "deactivate"))]


def test_the_list_is_narrowed_by_search_role_state_and_area(staff: Desk) -> None:
    for address, logins in (
        ({}, {role.value for role in SIGNED_IN}),
        ({"role": "ngo"}, {"ngo"}),
        ({"state": "deactivated"}, set()),
        ({"find": "UMID"}, {"ngo"}),
        ({"find": "coord"}, {"coordinator"}),
        ({"area": DISTRICT}, {"district", "coordinator", "ngo"}),
        ({"area": REGION}, {"regional", "district", "coordinator", "ngo"}),
        ({"area": "1706"}, set()),
    ):
        page = html(listed(staff, **address))
        assert {role.value for role in SIGNED_IN if f">{role.value}</a>" in page} == logins, address


def test_role_and_place_are_corrected_and_what_changed_meanwhile_is_told(staff: Desk) -> None:
    record = str(account_id(staff.engine, "district"))
    address = {"record": record, "do": "correct", "lang": "en"}
    first, second = (staff.open(Role.ADMIN, "accounts", **address) for _ in range(2))
    second = pick(second, "role", "national")
    first = press(pick(pick(first, "role", "regional"), "place", REGION), "save:")
    assert "Corrected" in first.success[0].value
    second = press(second, "save:")
    assert "Someone else has changed this account" in " ".join(error.value for error in second.error)
    with reading(staff.engine) as connection:
        role = select(Account.role_code).where(Account.login == "district")
        assert connection.execute(role).scalar_one() == "regional"
    assert "Corrected" in press(second, "save:").success[0].value


def test_who_is_deactivated_is_out_at_once_and_the_reason_is_kept(staff: Desk) -> None:
    record = str(account_id(staff.engine, "ngo"))
    app = staff.open(Role.ADMIN, "accounts", record=record, do="deactivate", lang="en")
    assert "Say why" in press(app, "deactivate-").error[0].value
    reason = next(field for field in app.text_input if (field.key or "").startswith("deactivate-reason"))
    app = press(reason.set_value("Left the organisation").run(), "deactivate-")
    assert "signed out" in app.success[0].value
    assert "Left the organisation" in html(app)
    assert not is_open(staff, Role.NGO)
    app = press(app, "do-reactivate")
    assert "Reactivated" in app.success[0].value
    with reading(staff.engine) as connection:
        entries = connection.execute(
            select(AuditEntry.action_code, AuditEntry.reason).where(AuditEntry.entity_id == record)
        ).all()
    assert ("disable", "Left the organisation") in entries
    assert ("enable", "") in entries


def test_sessions_of_an_account_are_ended_one_or_all(staff: Desk) -> None:
    record = str(account_id(staff.engine, "ngo"))
    app = staff.open(Role.ADMIN, "accounts", record=record, lang="en")
    assert "Devices\\: 1" in press(app, "end-session-").success[0].value
    assert not is_open(staff, Role.NGO)


def test_one_does_not_lock_oneself_out(staff: Desk) -> None:
    record = str(account_id(staff.engine, "admin"))
    for do in ("", "correct", "deactivate"):
        app = staff.open(Role.ADMIN, "accounts", record=record, do=do, lang="en")
        assert "This is your own account" in html(app)
        actions = ("do-", "save:", "deactivate-", "end-session")
        assert not [button for button in app.button if (button.key or "").startswith(actions)]


@pytest.mark.parametrize("role", [Role.NGO, Role.ADMIN])
def test_everyone_changes_the_own_password_and_stays_in(staff: Desk, role: Role) -> None:
    elsewhere = sign_in(
        staff.engine, SignInAttempt(login=role.value, password=PASSWORD, address="192.0.2.9"), now=clock.now()
    ).session_id
    app = staff.open(role, "my_account", lang="en")
    typed = {"password-old": "wrong", "password-new": OTHER_PASSWORD, "password-again": OTHER_PASSWORD}
    for key, text in typed.items():
        app.text_input(key=key).set_value(text)
    app = app.button(key="change-password").click().run()
    assert "The old password is wrong" in app.error[0].value
    assert app.text_input(key="password-new").value == OTHER_PASSWORD
    app.text_input(key="password-old").set_value(PASSWORD)
    app = app.button(key="change-password").click().run()
    assert [error.value for error in app.error] == []
    assert not app.exception
    assert "The password is changed" in app.success[0].value
    assert app.text_input(key="password-new").value == ""
    assert is_open(staff, role)
    assert session_actor(staff.engine, elsewhere, now=clock.now()) is None
    with pytest.raises(WrongPasswordError):
        sign_in(staff.engine, SignInAttempt(login=role.value, password=PASSWORD, address=""), now=clock.now())


def test_one_sees_and_ends_the_own_sessions_but_not_this_one(staff: Desk) -> None:
    for _ in range(2):
        sign_in(staff.engine, SignInAttempt(login="ngo", password=PASSWORD, address="192.0.2.9"), now=clock.now())
    app = staff.open(Role.NGO, "my_account", lang="en")
    assert len([button for button in app.button if (button.key or "").startswith("end-session-")]) == 2
    app = press(app, "end-session-")
    assert "Devices\\: 1" in app.success[0].value
    app = press(app, "end-session-")
    assert is_open(staff, Role.NGO)
    with reading(staff.engine) as connection:
        ended = select(AccountSession.id_hash).where(AccountSession.revoked_at.is_not(None))
        assert len(connection.execute(ended).all()) == 2


def test_a_visitor_has_no_account(staff: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PUBLIC_VIEW", "true")
    from data.settings import get_settings

    get_settings.cache_clear()
    staff.sessions = {}
    app = staff.open(Role.PUBLIC, "my_account", lang="en")
    assert "Your role does not allow this." in app.error[0].value


def test_a_choice_of_language_is_stored_with_the_account(staff: Desk) -> None:
    app = staff.open(Role.NGO, "my_account")
    app.selectbox(key="language_switch").select("ru").run()
    with reading(staff.engine) as connection:
        stored = connection.execute(select(Account.language_code).where(Account.login == "ngo")).scalar_one()
    assert stored == "ru"
    app.selectbox(key="my_language").select("uz_Cyrl").run()
    with reading(staff.engine) as connection:
        stored = connection.execute(select(Account.language_code).where(Account.login == "ngo")).scalar_one()
    assert stored == "uz_Cyrl"


@pytest.mark.parametrize("language", Language)
def test_the_pages_speak_every_language(staff: Desk, language: Language) -> None:
    record = str(account_id(staff.engine, "ngo"))
    for role, page, address in (
        (Role.ADMIN, "accounts", {"do": "invite"}),
        (Role.ADMIN, "accounts", {"record": record, "do": "correct"}),
        (Role.ADMIN, "accounts", {"record": record, "do": "deactivate"}),
        (Role.NGO, "my_account", {}),
    ):
        app = staff.open(role, page, lang=language.value, **address)
        assert not app.exception
        assert not app.error
