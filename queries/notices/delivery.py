"""Sending what waits in the outbox, each delivery at most once.

A delivery is claimed (``sending``, committed) before it is handed to its channel, and its outcome noted afterwards. A
sender that is killed between the two leaves it ``sending``: after :data:`CLAIM_LIFE` it counts as ``unknown`` and is
not sent again, as nobody can tell whether it arrived. Two senders never claim the same one (decision 0043).
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Engine, exists, select, update

from data.codes import DeliveryFault, DeliveryState, NoticeChannel, NoticeKind, NoticeStage
from data.database.engine import reading, writing
from data.database.upsert import insert_missing
from data.dates.clock import day_of
from data.language import Language
from data.notices.faults import NotSentError, OutcomeUnknownError
from data.notices.kinds import NoticeFile, NoticeText, chat_text, letter
from data.notices.mail import MailChannel, mail_message
from data.notices.telegram import LONGEST_CAPTION, TelegramChannel
from data.policy import PLACE_COLUMNS, Actor, Role
from data.schema import Account, Notice, NoticeChoice, NoticeDelivery, NoticeKindOff, NoticeSender
from data.settings import Settings
from queries.accounts.actors import actor_columns, actor_of
from queries.notices.choices import unlink_blocked
from queries.notices.linking import link_chats
from queries.notices.reminders import SENDER_ID
from queries.notices.summary import summary_lines

RETRY_AFTER = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 720))
"""Pauses after a first, second, … refusal; after one more the delivery has failed."""
CLAIM_LIFE = timedelta(minutes=15)
"""Longer than a message can take on any channel: its server may be silent for two minutes at each of a few steps."""

_State = DeliveryState
Clock = Callable[[], datetime]
MakeFile = Callable[[Actor, Language], NoticeFile]
"""Makes the file of a summary, by the rights of whoever gets it and in that person's language."""
_log = logging.getLogger(__name__)


@dataclass(frozen=True, kw_only=True)
class ClaimedDelivery:
    """Delivery that this sender alone sends; without ``recipient`` there is nobody to send it to any more."""

    delivery_id: int
    account_id: int
    channel: NoticeChannel
    recipient: str
    language: Language
    text: NoticeText
    identity: str
    attempts: int


@dataclass
class Run:
    """What came of a run: deliveries by their state, and the fault for which each channel was left.

    ``without_file`` summaries were to be sent with a file that could not be made.
    """

    is_ended: Callable[[], bool]
    states: Counter[DeliveryState] = field(default_factory=Counter)
    faults: dict[NoticeChannel, DeliveryFault] = field(default_factory=dict)
    linked: int = 0
    without_file: int = 0
    attach: MakeFile | None = None


def send_waiting(
    engine: Engine,
    settings: Settings,
    *,
    clock: Clock,
    is_ended: Callable[[], bool] = lambda: False,
    attach: MakeFile | None = None,
) -> Run:
    """Link chats, then send what waits and is due on each channel that the settings name.

    ``is_ended`` is asked before each delivery: whether the rest shall wait for another run. ``attach`` makes the file
    of a summary, which is sent without one where that fails.
    """
    run = Run(is_ended=is_ended, attach=attach)
    _note_interrupted(engine, now=clock(), run=run)
    with ExitStack() as stack:
        if settings.has_mail:
            mail = stack.enter_context(MailChannel(settings))

            def send_mail(claimed: ClaimedDelivery) -> None:
                address = settings.public_address
                lines = _lines(engine, claimed, now=clock())
                subject, body = letter(claimed.text, language=claimed.language, public_address=address, lines=lines)
                message = mail_message(
                    settings,
                    recipient=claimed.recipient,
                    subject=subject,
                    body=body,
                    identity=claimed.identity,
                    now=clock(),
                    attached=_file(engine, claimed, run),
                )
                mail.send(message)

            _send_channel(engine, NoticeChannel.MAIL, send_mail, clock=clock, run=run)
        if settings.has_telegram:
            telegram = stack.enter_context(TelegramChannel(settings))
            try:
                run.linked = link_chats(engine, telegram, now=clock())
            except NotSentError as error:
                run.faults[NoticeChannel.TELEGRAM] = error.fault
                _note_bot_fault(engine, error, now=clock())
            else:

                def send_chat(claimed: ClaimedDelivery) -> None:
                    address = settings.public_address
                    lines = _lines(engine, claimed, now=clock())
                    attached = _file(engine, claimed, run)
                    text = chat_text(claimed.text, language=claimed.language, public_address=address, lines=lines)
                    while attached is not None and lines and len(text) > LONGEST_CAPTION:
                        lines.pop()
                        text = chat_text(claimed.text, language=claimed.language, public_address=address, lines=lines)
                    telegram.send(int(claimed.recipient), text, attached)

                _send_channel(engine, NoticeChannel.TELEGRAM, send_chat, clock=clock, run=run)
    return run


def _note_interrupted(engine: Engine, *, now: datetime, run: Run) -> None:
    """Note that the sender runs, and that what it left half done before cannot be known."""
    with writing(engine) as connection:
        insert_missing(connection, NoticeSender, [{"id": SENDER_ID}])
        connection.execute(update(NoticeSender).values(last_run_at=now))
        left = (NoticeDelivery.state_code == _State.SENDING.value, NoticeDelivery.claimed_at < now - CLAIM_LIFE)
        noted = update(NoticeDelivery).where(*left)
        values = {"state_code": _State.UNKNOWN.value, "fault_code": DeliveryFault.INTERRUPTED.value}
        run.states[_State.UNKNOWN] += connection.execute(noted.values(**values, settled_at=now)).rowcount


def _lines(engine: Engine, claimed: ClaimedDelivery, *, now: datetime) -> list[str]:
    """Return what stands under the sentence of a summary: the numbers are those of the moment when it is sent."""
    if claimed.text.kind is not NoticeKind.WEEKLY_SUMMARY or claimed.text.day is None:
        return []
    with reading(engine) as connection:
        return summary_lines(
            connection, claimed.account_id, language=claimed.language, monday=claimed.text.day, today=day_of(now)
        )


def _file(engine: Engine, claimed: ClaimedDelivery, run: Run) -> NoticeFile | None:
    """Return the file of a summary; None for other notices, and where it cannot be made, which is noted."""
    if run.attach is None or claimed.text.kind is not NoticeKind.WEEKLY_SUMMARY:
        return None
    try:
        with reading(engine) as connection:
            actor = actor_of(connection.execute(actor_columns().where(Account.id == claimed.account_id)).one())
        return run.attach(actor, claimed.language)
    except Exception:
        # Whatever it is, the summary itself is to arrive.
        _log.exception("the file of delivery %s could not be made", claimed.delivery_id)
        run.without_file += 1
        return None


def _note_bot_fault(engine: Engine, error: NotSentError, *, now: datetime) -> None:
    """Note why the bot's messages could not be read, for the administrator."""
    fault = {"bot_fault_code": error.fault.value, "bot_reply_code": error.reply_code, "bot_fault_at": now}
    with writing(engine) as connection:
        connection.execute(update(NoticeSender).values(**fault))


def _send_channel(
    engine: Engine, channel: NoticeChannel, send: Callable[[ClaimedDelivery], None], *, clock: Clock, run: Run
) -> None:
    while not run.is_ended() and (claimed := claim_next(engine, channel, now=clock())) is not None:
        try:
            if not claimed.recipient:
                raise NotSentError(DeliveryFault.NO_ADDRESS, is_final=True)
            send(claimed)
        except OutcomeUnknownError:
            values: dict[str, Any] = {
                "state_code": _State.UNKNOWN.value,
                "fault_code": DeliveryFault.INTERRUPTED.value,
            }
            run.states[_State.UNKNOWN] += 1
        except NotSentError as error:
            values = _after_refusal(claimed, error, now=clock())
            run.states[_State(values["state_code"])] += 1
            if error.fault is DeliveryFault.BLOCKED:
                unlink_blocked(engine, account_id=claimed.account_id, chat_id=int(claimed.recipient))
            if error.is_of_channel:
                run.faults[channel] = error.fault
        else:
            values = {"state_code": _State.SENT.value, "fault_code": None, "reply_code": 0}
            run.states[_State.SENT] += 1
        _note(engine, claimed, values, now=clock())
        if channel in run.faults:
            return


def _after_refusal(claimed: ClaimedDelivery, error: NotSentError, *, now: datetime) -> dict[str, Any]:
    fault = {"fault_code": error.fault.value, "reply_code": error.reply_code}
    if error.is_final or claimed.attempts > len(RETRY_AFTER):
        return {"state_code": _State.FAILED.value, **fault}
    pause = max(RETRY_AFTER[claimed.attempts - 1], error.pause)
    return {"state_code": _State.WAITING.value, "due_at": now + pause, **fault}


def _note(engine: Engine, claimed: ClaimedDelivery, values: dict[str, Any], *, now: datetime) -> None:
    """Note an outcome; also of one that another sender took for lost meanwhile."""
    is_own = NoticeDelivery.state_code.in_([_State.SENDING.value, _State.UNKNOWN.value])
    with writing(engine) as connection:
        noted = update(NoticeDelivery).where(NoticeDelivery.id == claimed.delivery_id, is_own)
        connection.execute(noted.values(settled_at=now, **values))


def claim_next(engine: Engine, channel: NoticeChannel, *, now: datetime) -> ClaimedDelivery | None:
    """Claim the delivery that has waited longest of those that are due, in a transaction of its own; None: none is."""
    with writing(engine) as connection:
        waiting = (
            NoticeDelivery.state_code == _State.WAITING.value,
            NoticeDelivery.channel_code == channel.value,
            NoticeDelivery.due_at <= now,
        )
        # On SQLite the transaction has the only lock there is; on PostgreSQL others pass over a locked row.
        first = select(NoticeDelivery.id).where(*waiting).order_by(NoticeDelivery.due_at, NoticeDelivery.id).limit(1)
        found = connection.scalar(first.with_for_update(skip_locked=True))
        if found is None:
            return None
        taken = update(NoticeDelivery).where(NoticeDelivery.id == found)
        attempts = NoticeDelivery.attempts + 1
        connection.execute(taken.values(state_code=_State.SENDING.value, claimed_at=now, attempts=attempts))
        return _claimed(connection, found, channel)


def _claimed(connection: Connection, delivery_id: int, channel: NoticeChannel) -> ClaimedDelivery:
    statement = (
        select(
            NoticeDelivery.attempts,
            Notice.account_id,
            Notice.key,
            Notice.kind_code,
            Notice.stage_code,
            Notice.number,
            Notice.day,
            Notice.path,
            Notice.role_code.label("told_role"),
            Notice.place_code,
            Account.role_code,
            Account.district_soato,
            Account.region_soato,
            Account.ngo_id,
            Account.is_active,
            Account.email,
            Account.language_code,
            NoticeChoice.has_mail,
            NoticeChoice.chat_id,
            exists()
            .where(NoticeKindOff.account_id == Notice.account_id, NoticeKindOff.kind_code == Notice.kind_code)
            .correlate(Notice)
            .label("is_off"),
        )
        .join(Notice, Notice.id == NoticeDelivery.notice_id)
        .join(Account, Account.id == Notice.account_id)
        .outerjoin(NoticeChoice, NoticeChoice.account_id == Account.id)
        .where(NoticeDelivery.id == delivery_id)
    )
    row = connection.execute(statement).one()
    text = NoticeText(
        kind=NoticeKind(row.kind_code),
        stage=NoticeStage(row.stage_code),
        number=row.number,
        day=row.day,
        path=row.path,
    )
    identity = hashlib.sha256(f"{row.account_id} {row.key} {channel}".encode()).hexdigest()[:32]
    return ClaimedDelivery(
        delivery_id=delivery_id,
        account_id=row.account_id,
        channel=channel,
        recipient=_recipient(row, channel),
        language=Language.parse(row.language_code),
        text=text,
        identity=identity,
        attempts=row.attempts,
    )


def _recipient(row: Any, channel: NoticeChannel) -> str:  # noqa: ANN401 - a row of _claimed
    """Return the address of a notice on a channel as it is now, "" where the account is not to get it any more."""
    place = PLACE_COLUMNS.get(Role(row.role_code))
    acts_in = "" if place is None else str(getattr(row, place))
    if not row.is_active or row.is_off or (row.role_code, acts_in) != (row.told_role, row.place_code):
        return ""
    if channel is NoticeChannel.MAIL:
        return str(row.email) if row.has_mail and row.email else ""
    return "" if row.chat_id is None else str(row.chat_id)
