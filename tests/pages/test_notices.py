"""Notices on the page: each chooses for the own account, and the administrator sees the state of the channels."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update
from streamlit.testing.v1 import AppTest

from data.codes import NoticeKind
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language
from data.policy import Actor, Role
from data.schema import Account, AuditEntry, NoticeChoice, NoticeDelivery, NoticeSender
from data.settings import ROOT, get_settings
from queries.notices.choices import Choices, own_choices, secret_hash
from tests.pages.conftest import Desk
from tests.queries.notices.office import ADDRESS, Office, make_office

PATHS = re.compile(r'"(/[a-z-]+)[?"]')


@pytest.fixture
def chosen(bare_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> tuple[Desk, Office]:
    """App of a server with both channels, and the people of an office."""
    for name, value in {
        "PUBLIC_ADDRESS": ADDRESS,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_FROM": "xabar@hamkor.test",
        "TELEGRAM_BOT": "hamkor_bot",
        "TELEGRAM_TOKEN": "1:x",
    }.items():
        monkeypatch.setenv(name, value)
    get_settings.cache_clear()
    office = make_office(bare_desk.engine)
    bare_desk.sign_in_everyone()
    return bare_desk, office


def choices(office: Office, actor: Actor) -> Choices:
    """Return what an account chose."""
    with reading(office.engine) as connection:
        return own_choices(connection, actor)


def keys(app: AppTest) -> list[str]:
    """Return the keys of the switches."""
    return [str(toggle.key) for toggle in app.toggle]


def test_channels_and_kinds_are_switched_for_the_own_account(chosen: tuple[Desk, Office]) -> None:
    desk, office = chosen
    app = desk.open(Role.NGO, "notices", lang="en")
    assert app.toggle(key="notices:mail").label == "By e-mail to `n@post.test`"
    assert app.toggle(key="notices:mail").value
    app.toggle(key="notices:mail").set_value(False).run()
    assert app.success[0].value == "Your choice is saved\\."
    app.toggle(key="notices:request_asked").set_value(False).run()
    assert not app.exception
    ngo = choices(office, office.ngo)
    assert (ngo.has_mail, ngo.kinds_off) == (False, frozenset({NoticeKind.REQUEST_ASKED}))
    assert choices(office, office.coordinator).has_mail
    app = desk.open(Role.NGO, "notices", lang="en")
    assert not app.toggle(key="notices:mail").value
    assert not app.toggle(key="notices:request_asked").value
    with reading(office.engine) as connection:
        entry = select(AuditEntry.actor, AuditEntry.after).order_by(AuditEntry.id.desc())
        assert tuple(connection.execute(entry).first() or ()) == ("n", {"kind": "request_asked", "is_on": False})


def test_each_role_is_offered_the_kinds_that_it_can_get(chosen: tuple[Desk, Office]) -> None:
    desk, _ = chosen
    offered = {role: keys(desk.open(role, "notices", lang="en")) for role in (Role.NGO, Role.COORDINATOR, Role.ADMIN)}
    assert "notices:proposal_made" in offered[Role.COORDINATOR]
    assert "notices:proposal_made" not in offered[Role.NGO]
    assert "notices:recommendation_answered" in offered[Role.NGO]
    assert offered[Role.ADMIN] == ["notices:mail", "notices:weekly_summary"]
    of_both = {key.removeprefix("notices:") for role in offered for key in offered[role]} - {"mail"}
    assert of_both == {kind.value for kind in NoticeKind}


def test_a_chat_is_linked_by_a_link_that_is_shown_once(chosen: tuple[Desk, Office]) -> None:
    desk, office = chosen
    app = desk.open(Role.NGO, "notices", lang="en")
    app.button(key="notices:link").click().run()
    (shown,) = [code.value for code in app.code]
    assert shown.startswith("https://t.me/hamkor_bot?start=")
    with reading(office.engine) as connection:
        of_ngo = select(NoticeChoice.link_code_hash).where(NoticeChoice.account_id == office.ngo.account_id)
        assert connection.scalar(of_ngo) == secret_hash(shown.partition("start=")[2])
    assert not desk.open(Role.NGO, "notices", lang="en").code
    with writing(office.engine) as connection:
        linked = update(NoticeChoice).where(NoticeChoice.account_id == office.ngo.account_id)
        connection.execute(linked.values(chat_id=7))
    app = desk.open(Role.NGO, "notices", lang="en")
    app.button(key="notices:unlink").click().run()
    assert not choices(office, office.ngo).has_chat


def test_a_calendar_link_is_made_shown_once_and_switched_off(chosen: tuple[Desk, Office]) -> None:
    desk, office = chosen
    app = desk.open(Role.COORDINATOR, "notices", lang="en")
    app.button(key="notices:calendar").click().run()
    (shown,) = [code.value for code in app.code]
    assert re.fullmatch(rf"{re.escape(ADDRESS)}/calendar/[A-Za-z0-9_-]{{43}}\.ics", shown)
    app = desk.open(Role.COORDINATOR, "notices", lang="en")
    assert not app.code
    app.button(key="notices:revoke").click().run()
    assert choices(office, office.coordinator).calendar_made_at is None
    assert not app.code


def test_a_server_without_channels_and_an_account_without_an_address_say_so(
    chosen: tuple[Desk, Office], monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, office = chosen
    with writing(office.engine) as connection:
        connection.execute(update(Account).where(Account.login == "n").values(email=None))
    said = [caption.value for caption in desk.open(Role.NGO, "notices", lang="en").caption]
    assert "Your account has no e-mail address. The administrator can add one." in said
    for name in ("SMTP_HOST", "TELEGRAM_BOT", "PUBLIC_ADDRESS"):
        monkeypatch.delenv(name)
    get_settings.cache_clear()
    app = desk.open(Role.NGO, "notices", lang="en")
    said = [caption.value for caption in app.caption]
    assert len([text for text in said if text.endswith("The administrator can set it up.")]) == 3
    assert not app.exception


def test_the_administrator_sees_the_channels_and_lets_what_failed_be_tried_again(chosen: tuple[Desk, Office]) -> None:
    desk, office = chosen
    office.tell("1", "2", "3")
    app = desk.open(Role.ADMIN, "notices", lang="en")
    assert "never run" in app.warning[0].value
    with writing(office.engine) as connection:
        for delivery, state, fault in ((1, "failed", "recipient_refused"), (2, "unknown", "interrupted")):
            changed = update(NoticeDelivery).where(NoticeDelivery.id == delivery)
            values = {"state_code": state, "fault_code": fault, "reply_code": 550, "settled_at": clock.now()}
            connection.execute(changed.values(**values))
        connection.execute(insert(NoticeSender).values(id=1, last_run_at=clock.now() - timedelta(hours=2)))
    app = desk.open(Role.ADMIN, "notices", lang="en")
    assert "has not run since" in app.warning[0].value
    table = next(block.proto.body for block in app.get("html") if "State of the channels" in block.proto.body)
    assert [int(number) for number in re.findall(r">(\d+)</td>", table)][:3] == [1, 1, 1]
    assert "550" in table
    app.button(key="notices:again:mail").click().run()
    assert office.states() == ["waiting", "unknown", "waiting"]
    assert "wait again" in app.success[0].value
    assert not any(button.key == "notices:again:mail" for button in app.button)
    for role in (Role.NGO, Role.COORDINATOR):
        assert "State of the channels" not in [
            heading.value for heading in desk.open(role, "notices", lang="en").subheader
        ]


@pytest.mark.parametrize("language", Language)
def test_the_page_speaks_every_language(chosen: tuple[Desk, Office], language: Language) -> None:
    desk, _ = chosen
    for role in (Role.NGO, Role.ADMIN):
        app = desk.open(role, "notices", lang=language.value)
        assert not app.exception
        assert not app.error


def test_links_of_notices_and_calendars_are_pages_that_their_readers_may_open() -> None:
    known = set(
        re.findall(
            r'AppPage\(\s*"[^"]+",\s*N_\("[^"]+"\),\s*"[^"]+",\s*"([a-z-]+)"', (ROOT / "app.py").read_text("utf-8")
        )
    )
    modules = [ROOT / "queries" / "notices" / name for name in ("news.py", "calendar.py", "reminders.py")]
    used = {path for module in modules for path in PATHS.findall(module.read_text("utf-8"))}
    assert {path.removeprefix("/") for path in used} <= known
    assert len(used) > 5
