"""Forms of the registers, unsent and sent, and the documents of records."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.schema.base import CODE_LENGTH, Base, UtcDateTime, Withdrawable


class RecordDraft(Base):
    """One person's unsent form of a register, stored as it is filled in.

    ``record_id`` is the record that it corrects, 0 for a new one; ``base_version`` the version that the person saw;
    ``topic`` tells new records of one register apart, such as an event from a plan item. ``cells`` are the values by
    field code as typed.
    """

    __tablename__ = "record_draft"
    __table_args__ = (UniqueConstraint("account_id", "register_code", "record_id", "topic"),)

    form_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    register_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    record_id: Mapped[int] = mapped_column(default=0)
    topic: Mapped[str] = mapped_column(String(CODE_LENGTH), default="")
    base_version: Mapped[int] = mapped_column(default=0)
    cells: Mapped[dict[str, Any]] = mapped_column(JSON)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class SentForm(Base):
    """A form that was saved, and the record that it made: the same form sent again makes no other."""

    __tablename__ = "sent_form"

    form_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    register_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    record_id: Mapped[int]
    sent_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Document(Withdrawable, Base):
    """A PDF of a record; the file is stored apart (:mod:`data.documents`) under ``stored_name``."""

    __tablename__ = "document"
    __table_args__ = (Index(None, "register_code", "record_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    register_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    record_id: Mapped[int]
    file_name: Mapped[str]
    stored_name: Mapped[str] = mapped_column(String(64), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
    size_bytes: Mapped[int]
    account_id: Mapped[int | None]
    uploaded_at: Mapped[datetime] = mapped_column(UtcDateTime)
