"""State of the channels for the administrator: what waits, what went wrong, and when the sender ran."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Engine, Row, case, func, or_, select, update

from data.codes import DeliveryFault, DeliveryState, NoticeChannel
from data.database import audit
from data.database.engine import writing_or_busy
from data.policy import Action, Actor, require
from data.schema import NoticeDelivery, NoticeSender
from queries.accounts.actors import require_account

# Nobody is there to get these.
_FOR_GOOD = (DeliveryFault.NO_ADDRESS.value, DeliveryFault.BLOCKED.value)


@dataclass(frozen=True, kw_only=True)
class ChannelHealth:
    """Deliveries of a channel by state, its last success, and its last fault with the server's number (0: none).

    ``again`` of the failed ones can be tried again: the others have nobody to get them.
    """

    channel: NoticeChannel
    waiting: int
    failed: int
    again: int
    unknown: int
    sent_at: datetime | None
    fault: DeliveryFault | None
    reply_code: int
    fault_at: datetime | None


def notice_health(connection: Connection, actor: Actor) -> list[ChannelHealth]:
    """Return the state of each channel. Raises ForbiddenError."""
    require(actor, Action.MANAGE_ACCOUNTS)
    return [_of_channel(connection, channel) for channel in NoticeChannel]


def last_run(connection: Connection, actor: Actor) -> datetime | None:
    """Return when the sender ran last, None where it never has. Raises ForbiddenError."""
    require(actor, Action.MANAGE_ACCOUNTS)
    return connection.scalar(select(NoticeSender.last_run_at))


def _of_channel(connection: Connection, channel: NoticeChannel) -> ChannelHealth:
    is_its = NoticeDelivery.channel_code == channel.value
    state = NoticeDelivery.state_code
    is_waiting = state.in_([DeliveryState.WAITING.value, DeliveryState.SENDING.value])
    is_failed = state == DeliveryState.FAILED.value
    counts = connection.execute(
        select(
            func.count(case((is_waiting, 1))).label("waiting"),
            func.count(case((is_failed, 1))).label("failed"),
            func.count(case((is_failed & _may_try_again(), 1))).label("again"),
            func.count(case((state == DeliveryState.UNKNOWN.value, 1))).label("unknown"),
            func.max(case((state == DeliveryState.SENT.value, NoticeDelivery.settled_at))).label("sent_at"),
        ).where(is_its)
    ).one()
    fault = _last_fault(connection, channel)
    return ChannelHealth(
        channel=channel,
        waiting=counts.waiting,
        failed=counts.failed,
        again=counts.again,
        unknown=counts.unknown,
        sent_at=counts.sent_at,
        fault=DeliveryFault(fault.code) if fault else None,
        reply_code=fault.reply if fault else 0,
        fault_at=fault.at if fault else None,
    )


def _last_fault(connection: Connection, channel: NoticeChannel) -> Row[*tuple[Any, ...]] | None:
    """Return code, reply and at of the last fault of a delivery; of the bot also of reading its messages."""
    code, at = NoticeDelivery.fault_code.label("code"), NoticeDelivery.settled_at.label("at")
    faulty = select(code, NoticeDelivery.reply_code.label("reply"), at).where(
        NoticeDelivery.channel_code == channel.value, NoticeDelivery.fault_code.is_not(None)
    )
    faults = [connection.execute(faulty.order_by(NoticeDelivery.settled_at.desc()).limit(1)).first()]
    if channel is NoticeChannel.TELEGRAM:
        columns = (
            NoticeSender.bot_fault_code.label("code"),
            NoticeSender.bot_reply_code.label("reply"),
            NoticeSender.bot_fault_at.label("at"),
        )
        faults.append(connection.execute(select(*columns).where(NoticeSender.bot_fault_code.is_not(None))).first())
    return max((fault for fault in faults if fault is not None), key=lambda fault: fault.at, default=None)


def _may_try_again() -> ColumnElement[bool]:
    fault = NoticeDelivery.fault_code
    return or_(fault.is_(None), fault.not_in(_FOR_GOOD))


def try_again(engine: Engine, actor: Actor, *, channel: NoticeChannel, now: datetime) -> int:
    """Let what failed on a channel wait again from now on, and return how many; what is unknown stays so.

    Raises ForbiddenError, BusyError.
    """
    require(actor, Action.MANAGE_ACCOUNTS)
    failed = (NoticeDelivery.state_code == DeliveryState.FAILED.value, NoticeDelivery.channel_code == channel.value)
    values = {"state_code": DeliveryState.WAITING.value, "due_at": now, "attempts": 0}
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        again = update(NoticeDelivery).where(*failed, _may_try_again()).values(**values)
        count = connection.execute(again).rowcount
        if count:
            told = {"channel": channel.value, "deliveries": count}
            audit.record(
                connection, actor=actor, action="tried_again", entity="notice_delivery", entity_id="", after=told
            )
    return count
