"""Notices to people: what each chose, the outbox, and its deliveries on each channel.

A notice names a kind of thing, its number, a day and a link, never a text that people typed about it.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import DeliveryFault, DeliveryState, NoticeChannel, NoticeKind, NoticeStage
from data.policy import Role
from data.schema.base import CODE_LENGTH, Base, UtcDateTime, one_of

HASH_LENGTH = 64


class NoticeChoice(Base):
    """What an account chose: mail, a Telegram chat, a calendar link. Of codes and links only the SHA-256 is stored."""

    __tablename__ = "notice_choice"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    has_mail: Mapped[bool] = mapped_column(default=False)
    chat_id: Mapped[int | None] = mapped_column(BigInteger)
    link_code_hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH), unique=True)
    link_code_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    calendar_hash: Mapped[str | None] = mapped_column(String(HASH_LENGTH), unique=True)
    calendar_made_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class NoticeKindOff(Base):
    """A kind of notice that an account switched off."""

    __tablename__ = "notice_kind_off"
    __table_args__ = (one_of("kind_code", NoticeKind),)

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), primary_key=True)
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)


class Notice(Base):
    """A notice to one account. ``key`` names what it tells, so that telling it again makes no other.

    ``role_code`` and ``place_code`` are those for which the account got it: one that acts elsewhere by now is sent
    nothing. ``day`` is the deadline, or the day of what happened.
    """

    __tablename__ = "notice"
    __table_args__ = (
        one_of("kind_code", NoticeKind),
        one_of("stage_code", NoticeStage),
        one_of("role_code", Role),
        UniqueConstraint("account_id", "key"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(100))
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    stage_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    number: Mapped[str] = mapped_column(default="")
    day: Mapped[date | None]
    path: Mapped[str]
    role_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    place_code: Mapped[str] = mapped_column(String(CODE_LENGTH), default="")
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class NoticeDelivery(Base):
    """A notice on one channel: claimed and committed as ``sending`` before it is sent, its outcome noted afterwards.

    ``due_at`` is when it may be tried next, ``reply_code`` the number with which a server refused it (0: none).
    """

    __tablename__ = "notice_delivery"
    __table_args__ = (
        one_of("channel_code", NoticeChannel),
        one_of("state_code", DeliveryState),
        one_of("fault_code", DeliveryFault),
        UniqueConstraint("notice_id", "channel_code"),
        Index(None, "state_code", "channel_code", "due_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    notice_id: Mapped[int] = mapped_column(ForeignKey("notice.id", ondelete="CASCADE"))
    channel_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    state_code: Mapped[str] = mapped_column(String(CODE_LENGTH), default=DeliveryState.WAITING.value)
    attempts: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    claimed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    settled_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fault_code: Mapped[str | None] = mapped_column(String(CODE_LENGTH))
    reply_code: Mapped[int] = mapped_column(default=0)


class NoticeSender(Base):
    """The sender, one row: the day whose reminders it has made, when it ran last, and why it could not read the bot's
    messages last.
    """

    __tablename__ = "notice_sender"
    __table_args__ = (one_of("bot_fault_code", DeliveryFault),)

    id: Mapped[int] = mapped_column(primary_key=True)
    reminded_on: Mapped[date | None]
    last_run_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    bot_fault_code: Mapped[str | None] = mapped_column(String(CODE_LENGTH))
    bot_reply_code: Mapped[int] = mapped_column(default=0, server_default="0")
    bot_fault_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
