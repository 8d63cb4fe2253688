"""PDF of the weekly summary: of one's own area, in one's language, by one's rights; the mail goes without it too."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from sqlalchemy import Engine, update

from components.notices.summary import SUMMARY_CODES
from data.accounts.accounts import NewAccount, add_account
from data.codes import AttentionKind, DeliveryState, NoticeKind
from data.database.engine import reading, writing
from data.dates import clock
from data.directory import area_names
from data.indicators import INDICATORS
from data.indicators.agreement import MEMORANDUM_COVERAGE
from data.language import Language, Translator
from data.notices.kinds import NoticeFile
from data.policy import Actor, Role
from data.schema import Account, NoticeChoice
from queries.accounts.actors import actor_columns, actor_of
from queries.notices.delivery import MakeFile, Run, send_waiting
from queries.notices.outbox import News, tell
from queries.notices.reminders import make_reminders
from tests.bot_server import bot_server
from tests.mail_server import MailServer, mail_server
from tests.office import page_texts
from tests.queries.notices.office import CHAT, NOW, TODAY, Office, bot_settings, mail_settings, make_office
from tests.worlds import (
    DISTRICT,
    OTHER_DISTRICT,
    make_evaluation,
    make_event,
    make_memorandum,
    make_obligation,
    make_recommendation,
)
from web.notices.notify import notify
from web.notices.summary_file import SummaryFiles

RUSSIAN, ENGLISH = Translator(Language.RU), Translator(Language.EN)


@pytest.fixture
def office(engine: Engine) -> Office:
    """People of a district, whose leader reads Russian, and the coordinator of another one; something is overdue."""
    made = make_office(engine)
    made.choose(made.leader)
    ngo_id = int(made.ngo.ngo_id or 0)
    with writing(engine) as connection:
        connection.execute(update(Account).where(Account.login == "d").values(language_code=Language.RU.value))
        other = NewAccount(
            login="o",
            role=Role.COORDINATOR,
            email="o@post.test",
            language=Language.EN,
            district_soato=OTHER_DISTRICT,
        )
        other_id = add_account(connection, other, password=None, actor="test")
        memorandum = make_memorandum(connection, ngo_ids=(ngo_id,))
        make_obligation(connection, memorandum_id=memorandum, due_date=TODAY - timedelta(days=30))
        event = make_event(connection, event_date=TODAY - timedelta(days=90), ngo_ids=(ngo_id,))
        submitted, late = TODAY - timedelta(days=80), TODAY - timedelta(days=70)
        evaluation = make_evaluation(connection, event_id=event, ngo_id=ngo_id, submitted_date=submitted)
        make_recommendation(connection, evaluation_id=evaluation, created_date=late, released_date=late)
    made.choose(Actor(Role.COORDINATOR, other_id, "o", district_soato=OTHER_DISTRICT))
    return made


@pytest.fixture
def mail() -> Iterator[MailServer]:
    """Mail server."""
    with mail_server() as server:
        yield server


def send(office: Office, mail: MailServer, attach: MakeFile) -> Run:
    """Make the reminders of a Monday and send what waits."""
    make_reminders(office.engine, now=NOW)
    return send_waiting(office.engine, mail_settings(mail), clock=lambda: NOW, attach=attach)


def files_of(mail: MailServer) -> dict[str, Sequence[EmailMessage]]:
    """Return the attachments of mails by their recipient."""
    return {str(message["To"]): list(message.iter_attachments()) for message in mail.mails}


def text_of(content: bytes, folder: Path) -> str:
    """Return the text of a PDF of one or two pages."""
    path = folder / "summary.pdf"
    path.write_bytes(content)
    pages = page_texts(path)
    assert len(pages) in {1, 2}
    return " ".join(pages)


@pytest.mark.office
def test_each_gets_the_file_of_the_own_area_in_the_own_language(
    office: Office, mail: MailServer, tmp_path: Path
) -> None:
    run = send(office, mail, SummaryFiles(office.engine, NOW).make)
    found = files_of(mail)
    assert {address: len(files) for address, files in found.items()} == dict.fromkeys(
        ("a@post.test", "c@post.test", "d@post.test", "o@post.test"), 1
    )
    assert run.without_file == 0
    (file,) = found["d@post.test"]
    assert (file.get_content_type(), file.get_filename()) == ("application/pdf", f"hamkor-{DISTRICT}-{TODAY}.pdf")
    text = text_of(file.get_content(), tmp_path)
    assert area_names(Language.RU)[DISTRICT] in text
    assert f"{RUSSIAN(AttentionKind.OBLIGATION_OVERDUE.label)}: 1" in text
    assert RUSSIAN(MEMORANDUM_COVERAGE.name) in text
    (file,) = found["o@post.test"]
    text = text_of(file.get_content(), tmp_path)
    assert area_names(Language.EN)[OTHER_DISTRICT] in text
    assert area_names(Language.EN)[DISTRICT] not in text
    assert "Nothing needs attention today." in text


@pytest.mark.office
def test_the_file_has_nothing_of_what_ngos_say(office: Office, tmp_path: Path) -> None:
    files = SummaryFiles(office.engine, NOW)
    text = text_of(files.make(office.leader, Language.EN).content, tmp_path)
    said = [indicator.name for code, indicator in INDICATORS.items() if code not in SUMMARY_CODES]
    labels = [kind.label for kind in (AttentionKind.RECOMMENDATION_OVERDUE, AttentionKind.NOT_EVALUATED)]
    assert not [each for each in (*said, *labels) if ENGLISH(each) in text]


def test_people_of_one_area_language_and_rights_share_a_file(office: Office) -> None:
    files = SummaryFiles(office.engine, NOW)
    with reading(office.engine) as connection:
        leader = actor_of(connection.execute(actor_columns().where(Account.login == "d")).one())
    one = files.make(leader, Language.RU)
    assert files.make(Actor(Role.DISTRICT, 99, "z", leader.region_soato, DISTRICT), Language.RU) is one
    assert files.make(leader, Language.EN) is not one
    assert files.make(office.coordinator, Language.RU) is not one


def test_without_its_file_the_mail_goes_and_the_fault_is_noted(
    office: Office, mail: MailServer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def fail(*_: object, **__: object) -> bytes:
        raise RuntimeError("no room")

    monkeypatch.setattr("web.notices.summary_file.deck_pdf", fail)
    with writing(office.engine) as connection:
        news = News(
            kind=NoticeKind.WEEKLY_SUMMARY, place=office.leader.home_scope, key="k", path="/district", day=TODAY
        )
        tell(connection, news, now=clock.now())
    assert notify(office.engine, mail_settings(mail), ENGLISH, threading.Event()) == 1
    assert "without their PDF" in capsys.readouterr().err
    assert set(office.states()) == {DeliveryState.SENT.value}
    found = files_of(mail)
    assert {"c@post.test", "d@post.test"} <= set(found)
    assert not any(found.values())


@pytest.mark.parametrize("lines", [0, 60], ids=["short", "long"])
def test_a_chat_gets_text_and_file_in_one_message(office: Office, monkeypatch: pytest.MonkeyPatch, lines: int) -> None:
    monkeypatch.setenv("NO_PROXY", "localhost")
    more = [f"- {number} of many lines" for number in range(lines)]
    monkeypatch.setattr("queries.notices.delivery.summary_lines", lambda *_, **__: more)
    of_leader = NoticeChoice.account_id == office.leader.account_id
    with writing(office.engine) as connection:
        connection.execute(update(NoticeChoice).where(of_leader).values(has_mail=False, chat_id=CHAT))
    make_reminders(office.engine, now=NOW)
    with bot_server() as bot:
        file = NoticeFile("hamkor.pdf", b"%PDF-1.7 \r\n\x00\xff")
        send_waiting(office.engine, bot_settings(bot), clock=lambda: NOW, attach=lambda *_: file)
        ((chat, text),) = bot.sent
        assert bot.files == [file.content]
    assert chat == CHAT
    assert text.endswith("/district")
    assert len(text) <= 1024


def test_other_notices_have_no_file(office: Office, mail: MailServer) -> None:
    office.tell("1")
    run = send_waiting(
        office.engine, mail_settings(mail), clock=lambda: NOW, attach=SummaryFiles(office.engine, NOW).make
    )
    assert run.without_file == 0
    assert files_of(mail) == {"n@post.test": []}
