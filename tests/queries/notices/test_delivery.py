"""Deliveries: sent once and never twice, tried again where refused for a while, and told what was wrong."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from datetime import datetime, timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from sqlalchemy import select, update

from data.codes import DeliveryFault, DeliveryState, NoticeChannel
from data.database.engine import reading, writing
from data.dates import clock
from data.language import Language
from data.notices.kinds import NOTICES, NoticeText, letter
from data.schema import Account, AuditEntry, NoticeChoice, NoticeDelivery, NoticeSender
from data.settings import ROOT, Settings
from queries.notices.choices import choose_kind, choose_mail, make_link_code, unlink_chat
from queries.notices.delivery import CLAIM_LIFE, RETRY_AFTER, Run, claim_next, send_waiting
from queries.notices.health import notice_health, try_again
from queries.notices.reminders import make_reminders
from tests.bot_server import TOKEN, BotServer
from tests.mail_server import MAIL_PASSWORD, USER, MailServer
from tests.queries.notices.office import ADDRESS, CHAT, NOW, TODAY, Office, bot_settings, mail_settings
from tests.worlds import (
    OTHER_DISTRICT,
    make_evaluation,
    make_event,
    make_memorandum,
    make_obligation,
    make_recommendation,
)

Change = Callable[[MailServer], dict[str, object]]


def send(office: Office, settings: Settings, *, now: datetime = NOW) -> Run:
    """Send what waits at a moment."""
    return send_waiting(office.engine, settings, clock=lambda: now)


def test_a_mail_is_in_the_persons_language_with_a_link_and_headers_that_stay(office: Office, mail: MailServer) -> None:
    office.tell("2026-7")
    assert send(office, mail_settings(mail)).states == Counter({DeliveryState.SENT: 1})
    (message,) = mail.mails
    assert mail.recipients == ["n@post.test"]
    assert message["From"] == "Hamkor <xabar@hamkor.test>"
    assert message["Subject"] == "Hamkor: Информационный запрос № 2026-7: ответ ожидается до 30.11.2026"
    assert message["List-Unsubscribe"] == f"<{ADDRESS}/notices>"
    assert message["Message-ID"].endswith("@hamkor.test>")
    assert f"{ADDRESS}/desk?record=5" in message.get_content()
    assert office.deliveries()[0].settled_at is not None


def test_the_identity_of_a_mail_is_the_same_when_it_is_tried_again(office: Office) -> None:
    office.tell("1", "2")
    first = claim_next(office.engine, NoticeChannel.MAIL, now=NOW)
    other = claim_next(office.engine, NoticeChannel.MAIL, now=NOW)
    with writing(office.engine) as connection:
        connection.execute(update(NoticeDelivery).values(state_code="waiting"))
    again = claim_next(office.engine, NoticeChannel.MAIL, now=NOW)
    assert first is not None
    assert other is not None
    assert again is not None
    assert first.identity == again.identity != other.identity


def test_no_line_break_of_a_number_or_an_address_reaches_the_headers(office: Office, mail: MailServer) -> None:
    office.tell("1\r\nBcc: all@post.test")
    send(office, mail_settings(mail))
    assert mail.mails[0]["Bcc"] is None
    assert mail.recipients == ["n@post.test"]
    for number, address in enumerate(("x@post.test\nBcc: all@post.test", "x@post.test, y@post.test", "<x>@post.test")):
        with writing(office.engine) as connection:
            connection.execute(update(Account).where(Account.login == "n").values(email=address))
        office.tell(f"next {number}")
        send(office, mail_settings(mail))
    assert len(mail.mails) == 1
    assert office.states() == ["sent", "failed", "failed", "failed"]


@contextmanager
def silent_port() -> Iterator[int]:
    """Yield a port where a connection is taken and nothing is ever said."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        yield server.getsockname()[1]


def closed_port() -> int:
    """Return a port where nobody listens."""
    with closing(socket.create_server(("127.0.0.1", 0))) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize(
    ("change", "fault", "code", "state"),
    [
        (lambda _: {"smtp_password": SecretStr("Boshqa-Sir-99")}, "sign_in_refused", 535, "waiting"),
        (lambda _: {"smtp_port": closed_port()}, "unreachable", 0, "waiting"),
        (lambda _: {"smtp_security": "starttls"}, "not_trusted", 0, "waiting"),
        (lambda mail: _refuse(mail, "450 4.2.1 busy"), "recipient_refused", 450, "waiting"),
        (lambda mail: _refuse(mail, "550 5.1.1 nobody"), "recipient_refused", 550, "failed"),
        (lambda mail: _answer(mail, "451 4.3.0 later"), "message_refused", 451, "waiting"),
        (lambda mail: _answer(mail, f"554 5.7.1 spam of {MAIL_PASSWORD}"), "message_refused", 554, "failed"),
    ],
    ids=["password", "down", "no TLS", "busy", "recipient", "later", "message"],
)
def test_what_was_wrong_is_told_without_secrets(
    office: Office, mail: MailServer, change: Change, fault: str, code: int, state: str
) -> None:
    office.tell("1")
    settings = mail_settings(mail, **change(mail))
    send(office, settings)
    (row,) = office.deliveries()
    assert (row.fault_code, row.reply_code, row.state_code, row.attempts) == (fault, code, state, 1)
    assert not any(secret in str(row) for secret in (MAIL_PASSWORD, "Boshqa-Sir-99"))
    assert mail.mails == []


def _refuse(mail: MailServer, reply: str) -> dict[str, object]:
    mail.refusals["n@post.test"] = reply
    return {}


def _answer(mail: MailServer, reply: str) -> dict[str, object]:
    mail.data_reply = reply
    return {}


def test_a_server_that_says_nothing_is_left_in_time(office: Office, mail: MailServer) -> None:
    office.tell("1", "2")
    with silent_port() as port:
        run = send(office, mail_settings(mail, smtp_port=port, channel_timeout_s=0.2))
    # The second one was not tried: the fault is the channel's.
    assert [(row.fault_code, row.state_code, row.attempts) for row in office.deliveries()] == [
        ("timeout", "waiting", 1),
        (None, "waiting", 0),
    ]
    assert list(run.faults) == [NoticeChannel.MAIL]


def test_a_mail_that_was_handed_over_without_an_answer_is_not_sent_again(office: Office, mail: MailServer) -> None:
    office.tell("1")
    mail.may_answer.clear()
    send(office, mail_settings(mail, channel_timeout_s=0.3))
    mail.may_answer.set()
    assert office.states() == ["unknown"]
    send(office, mail_settings(mail), now=NOW + timedelta(days=2))
    assert (len(mail.mails), office.states()) == (1, ["unknown"])


def test_what_is_refused_for_a_while_is_tried_later_and_later_and_then_fails(office: Office, mail: MailServer) -> None:
    office.tell("1")
    _refuse(mail, "450 4.2.1 busy")
    now = NOW
    for pause in RETRY_AFTER:
        send(office, mail_settings(mail), now=now)
        assert office.states() == ["waiting"]
        assert send(office, mail_settings(mail), now=now + pause - timedelta(seconds=1)).states.total() == 0
        now += pause
    send(office, mail_settings(mail), now=now)
    assert office.states() == ["failed"]
    mail.refusals.clear()
    assert try_again(office.engine, office.admin, channel=NoticeChannel.MAIL, now=now) == 1
    send(office, mail_settings(mail), now=now)
    assert (len(mail.mails), office.states()) == (1, ["sent"])


def _leave(office: Office, **values: object) -> None:
    with writing(office.engine) as connection:
        connection.execute(update(Account).where(Account.login == "n").values(**values))


def _switch_all_kinds_off(office: Office) -> None:
    for kind in NOTICES:
        choose_kind(office.engine, office.ngo, kind, is_on=False)


@pytest.mark.parametrize(
    "change",
    [
        lambda office: _leave(office, is_active=False),
        lambda office: _leave(office, role_code="national"),
        lambda office: _leave(office, email=None),
        lambda office: choose_mail(office.engine, office.ngo, has_mail=False),
        _switch_all_kinds_off,
    ],
    ids=["switched off", "another role", "no address", "left", "kinds off"],
)
def test_who_may_not_get_it_any_more_is_sent_nothing(
    office: Office, mail: MailServer, change: Callable[[Office], None]
) -> None:
    office.tell("1")
    change(office)
    send(office, mail_settings(mail))
    assert mail.mails == []
    assert [(row.state_code, row.fault_code) for row in office.deliveries()] == [("failed", "no_address")]
    assert try_again(office.engine, office.admin, channel=NoticeChannel.MAIL, now=NOW) == 0


@pytest.mark.both_databases
def test_two_senders_at_once_send_nothing_twice(office: Office, mail: MailServer) -> None:
    numbers = [str(number) for number in range(12)]
    office.tell(*numbers)
    with ThreadPoolExecutor(3) as pool:
        runs = list(pool.map(lambda _: send(office, mail_settings(mail)), range(3)))
    assert sum(run.states[DeliveryState.SENT] for run in runs) == len(numbers)
    assert len({message["Message-ID"] for message in mail.mails}) == len(mail.mails) == len(numbers)
    assert set(office.states()) == {"sent"}


@contextmanager
def sender(office: Office, mail: MailServer, *options: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run the command beside the test; today may be a Monday, on which others get a summary."""
    for actor in (office.coordinator, office.admin):
        choose_mail(office.engine, actor, has_mail=False)
    command = [sys.executable, "-m", "data", "notify", "--lang", "en", *options]
    settings = {
        "DATABASE_URL": office.engine.url.render_as_string(hide_password=False),
        "PUBLIC_ADDRESS": ADDRESS,
        "SMTP_HOST": "127.0.0.1",
        "SMTP_PORT": str(mail.port),
        "SMTP_SECURITY": "none",
        "SMTP_USER": USER,
        "SMTP_PASSWORD": MAIL_PASSWORD,
        "SMTP_FROM": "xabar@hamkor.test",
    }
    with subprocess.Popen(command, cwd=ROOT, env={**os.environ, **settings}, stdout=subprocess.DEVNULL) as process:
        yield process


def test_a_sender_killed_between_the_servers_answer_and_the_note_leaves_one_mail_of_unknown_outcome(
    office: Office, mail: MailServer
) -> None:
    office.tell("1", now=clock.now())
    mail.may_answer.clear()
    with sender(office, mail) as process:
        assert mail.has_taken.wait(60)
        process.send_signal(signal.SIGKILL)
    mail.may_answer.set()
    assert office.states() == ["sending"]
    with reading(office.engine) as connection:
        claimed = connection.execute(select(NoticeDelivery.claimed_at)).scalar_one()
    assert claimed is not None
    send(office, mail_settings(mail), now=claimed + CLAIM_LIFE)
    assert office.states() == ["sending"]
    run = send(office, mail_settings(mail), now=claimed + CLAIM_LIFE + timedelta(seconds=1))
    assert run.states[DeliveryState.UNKNOWN] == 1
    assert (len(mail.mails), office.states()) == (1, ["unknown"])


def test_a_sender_that_runs_for_ever_sends_what_comes_later_and_ends_when_asked(
    office: Office, mail: MailServer
) -> None:
    office.tell("1", now=clock.now())
    with sender(office, mail, "--forever", "--pause", "0.1") as process:
        assert mail.has_taken.wait(60)
        mail.has_taken.clear()
        office.tell("2", now=clock.now())
        assert mail.has_taken.wait(60)
        process.send_signal(signal.SIGTERM)
    assert process.returncode == 0
    # What was being sent was noted before the end.
    assert (len(mail.mails), office.states()) == (2, ["sent", "sent"])


def test_when_the_sender_ran_is_noted(office: Office, mail: MailServer) -> None:
    send(office, mail_settings(mail))
    with reading(office.engine) as connection:
        assert connection.execute(select(NoticeSender.last_run_at)).scalar_one() == NOW


def _link(office: Office, bot: BotServer, *, code: str | None = None, kind: str = "private") -> None:
    code = code or make_link_code(office.engine, office.ngo, now=NOW)
    bot.write(CHAT, f"/start {code}", kind=kind)


def _chat(office: Office) -> int | None:
    of_ngo = select(NoticeChoice.chat_id).where(NoticeChoice.account_id == office.ngo.account_id)
    with reading(office.engine) as connection:
        return connection.scalar(of_ngo)


@pytest.mark.both_databases
def test_a_chat_is_linked_by_its_code_once_and_gets_notices(office: Office, bot: BotServer) -> None:
    code = make_link_code(office.engine, office.ngo, now=NOW)
    _link(office, bot, code=code)
    assert send(office, bot_settings(bot)).linked == 1
    assert _chat(office) == CHAT
    office.tell("2026-7")
    bot.write(CHAT + 1, f"/start {code}")
    send(office, bot_settings(bot))
    assert _chat(office) == CHAT
    assert [chat for chat, _ in bot.sent] == [CHAT, CHAT]
    assert bot.sent[1][1] == f"Информационный запрос № 2026-7: ответ ожидается до 30.11.2026.\n{ADDRESS}/desk?record=5"
    # The mail waits for a sender with a mail server.
    assert office.states() == ["waiting", "sent"]
    with reading(office.engine) as connection:
        entries = connection.execute(select(AuditEntry.actor, AuditEntry.after).order_by(AuditEntry.id.desc())).first()
    assert entries is not None
    assert tuple(entries) == ("n", {"telegram": True})


@pytest.mark.parametrize("case", ["old", "unknown", "group", "withdrawn", "switched off"])
def test_a_code_that_does_not_count_links_nothing(office: Office, bot: BotServer, case: str) -> None:
    code = make_link_code(office.engine, office.ngo, now=NOW)
    if case == "withdrawn":
        unlink_chat(office.engine, office.ngo)
    if case == "switched off":
        _leave(office, is_active=False)
    _link(office, bot, code="qwerty" if case == "unknown" else code, kind="group" if case == "group" else "private")
    run = send(office, bot_settings(bot), now=NOW + timedelta(minutes=61 if case == "old" else 1))
    assert (run.linked, _chat(office), bot.sent) == (0, None, [])


def _linked(office: Office) -> None:
    with writing(office.engine) as connection:
        of_ngo = update(NoticeChoice).where(NoticeChoice.account_id == office.ngo.account_id)
        connection.execute(of_ngo.values(chat_id=CHAT, has_mail=False))


def test_a_blocked_bot_unlinks_the_chat_and_says_so(office: Office, bot: BotServer) -> None:
    _linked(office)
    office.tell("1")
    bot.refusals["sendMessage"] = (403, b'{"ok": false, "description": "Forbidden: bot was blocked by the user"}')
    send(office, bot_settings(bot))
    assert [(row.state_code, row.fault_code) for row in office.deliveries()] == [("failed", "blocked")]
    assert _chat(office) is None


@pytest.mark.parametrize(
    ("status", "body", "state", "fault", "pause"),
    [
        (429, b'{"ok": false, "parameters": {"retry_after": 900}}', "waiting", "message_refused", 900),
        (401, b'{"ok": false, "description": "Unauthorized"}', "waiting", "sign_in_refused", 60),
        (400, b'{"ok": false, "description": "Bad Request: chat not found"}', "failed", "recipient_refused", 0),
        (500, b'{"ok": false}', "waiting", "unreachable", 60),
        (502, b"<html>Bad gateway</html>", "unknown", "interrupted", 0),
    ],
)
def test_refusals_of_the_bot_api(
    office: Office, bot: BotServer, status: int, body: bytes, state: str, fault: str, pause: int
) -> None:
    _linked(office)
    office.tell("1")
    bot.refusals["sendMessage"] = (status, body)
    send(office, bot_settings(bot))
    (row,) = office.deliveries()
    assert (row.state_code, row.fault_code) == (state, fault)
    assert row.due_at == NOW + timedelta(seconds=pause)


def test_a_bot_that_cannot_be_reached_keeps_no_mail_waiting_and_tells_no_token(
    office: Office, bot: BotServer, mail: MailServer, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("DEBUG")
    office.tell("1")
    channels: dict[str, Any] = bot_settings(bot, telegram_url=f"http://localhost:{closed_port()}").model_dump()
    run = send(office, mail_settings(mail, **{name: channels[name] for name in channels if name.startswith("tele")}))
    assert list(run.faults) == [NoticeChannel.TELEGRAM]
    assert office.states() == ["sent"]
    with reading(office.engine) as connection:
        of_mail, of_bot = notice_health(connection, office.admin)
    assert (of_mail.fault, of_mail.sent_at) == (None, NOW)
    assert (of_bot.fault, of_bot.fault_at) == (DeliveryFault.UNREACHABLE, NOW)
    _linked(office)
    send(office, bot_settings(bot))
    assert TOKEN not in caplog.text


@pytest.mark.both_databases
def test_a_summary_counts_the_week_and_tells_nothing_of_evaluations(office: Office, mail: MailServer) -> None:
    office.choose(office.leader)
    ngo_id = int(office.ngo.ngo_id or 0)
    with writing(office.engine) as connection:
        for day in (-7, -1, 0):
            make_event(connection, event_date=TODAY + timedelta(days=day), ngo_ids=(ngo_id,))
        make_event(connection, event_date=TODAY - timedelta(days=3), district_soato=OTHER_DISTRICT)
        make_event(connection, event_date=TODAY - timedelta(days=20), ngo_ids=(ngo_id,))
        event = make_event(connection, event_date=TODAY - timedelta(days=90), ngo_ids=(ngo_id,))
        evaluation = make_evaluation(
            connection, event_id=event, ngo_id=ngo_id, submitted_date=TODAY - timedelta(days=80)
        )
        late = TODAY - timedelta(days=70)
        make_recommendation(connection, evaluation_id=evaluation, created_date=late, released_date=late)
        memorandum = make_memorandum(connection, ngo_ids=(ngo_id,))
        make_obligation(connection, memorandum_id=memorandum, due_date=TODAY - timedelta(days=30))
    make_reminders(office.engine, now=NOW)
    send(office, mail_settings(mail))
    texts = {message["To"]: message.get_content().replace("\r\n", "\n") for message in mail.mails}
    assert set(texts) == {"a@post.test", "c@post.test", "d@post.test"}
    assert "What changed:\n- Joint events held: 2\n" in texts["d@post.test"]
    assert "What needs attention:\n" in texts["d@post.test"]
    assert "- Overdue obligations: 1\n" in texts["d@post.test"]
    assert "- Joint events held: 3\n" in texts["a@post.test"]
    assert f"{ADDRESS}/district" in texts["d@post.test"]
    assert f"{ADDRESS}/overview" in texts["a@post.test"]
    assert not any(word in text for text in texts.values() for word in ("valuat", "ecommend"))


@pytest.mark.parametrize("language", Language)
def test_every_notice_has_its_words_in_every_language(language: Language) -> None:
    subjects = set()
    for kind, rule in NOTICES.items():
        for stage in rule.texts:
            text = NoticeText(kind=kind, stage=stage, number="12-3", day=TODAY, path="/plan")
            subject, body = letter(text, language=language, public_address=ADDRESS)
            assert "{" not in subject + body
            assert f"{ADDRESS}/plan" in body
            subjects.add(subject)
    assert len(subjects) == sum(len(set(rule.texts.values())) for rule in NOTICES.values())
