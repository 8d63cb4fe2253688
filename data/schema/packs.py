"""Packs: the figures of a coordination meeting, frozen."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from data.schema.area import AreaColumns, scope_checks
from data.schema.base import SOATO_LENGTH, Base, UtcDateTime

PACK_ID_LENGTH = 36


class Pack(AreaColumns, Base):
    """All that a meeting was shown of an area and period, as it stood. Append-only: triggers refuse changes.

    ``id`` is a random UUID and the stable link. ``content`` is the canonical JSON of a
    :class:`queries.meetings.packs.packs.PackContent` and ``content_sha256`` its digest; the other columns repeat of it
    what packs are found by. ``today`` is the day on which states were judged. ``account_id`` is no foreign key, as in
    the audit log: what is frozen does not hang on the account that froze it.
    """

    __tablename__ = "pack"
    __table_args__ = (
        *scope_checks(),
        CheckConstraint("first_day <= last_day", name="period"),
        Index(None, "area_code", "today"),
        Index(None, "meeting_id"),
    )

    id: Mapped[str] = mapped_column(String(PACK_ID_LENGTH), primary_key=True)
    area_code: Mapped[str] = mapped_column(String(SOATO_LENGTH), default="")
    meeting_id: Mapped[int | None] = mapped_column(ForeignKey("meeting.id"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    today: Mapped[date]
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None]
    author_name: Mapped[str]
    method_version: Mapped[str]
    data_version: Mapped[str]
    is_demo: Mapped[bool]
    previous_pack_id: Mapped[str | None] = mapped_column(ForeignKey("pack.id"))
    content: Mapped[str]
    content_sha256: Mapped[str] = mapped_column(String(64))
