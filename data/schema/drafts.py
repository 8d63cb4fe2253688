"""Unsent evaluations: drafts with each answer stored as it is given, and reopened events."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.schema.base import CODE_LENGTH, Base, UtcDateTime


class EvaluationDraft(Base):
    """One NGO's unsent evaluation of one event; ``submission_id`` becomes the evaluation's.

    ``base_version`` is the version that it corrects, 0 for a first evaluation.
    """

    __tablename__ = "evaluation_draft"
    __table_args__ = (UniqueConstraint("event_id", "ngo_id"),)

    submission_id: Mapped[str] = mapped_column(String(36), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("joint_event.id"))
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"), index=True)
    base_version: Mapped[int] = mapped_column(default=0)
    started_at: Mapped[datetime] = mapped_column(UtcDateTime)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EvaluationDraftAnswer(Base):
    """One answer of a draft: a row each, so that two tabs cannot overwrite each other's answers."""

    __tablename__ = "evaluation_draft_answer"

    submission_id: Mapped[str] = mapped_column(
        ForeignKey("evaluation_draft.submission_id", ondelete="CASCADE"), primary_key=True
    )
    item_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    value: Mapped[str] = mapped_column(Text)
    saved_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EventReopening(Base):
    """A coordinator's permission to evaluate an event after its window; what is sent under it is marked late."""

    __tablename__ = "event_reopening"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("joint_event.id", ondelete="CASCADE"), index=True)
    reopened_at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None]
    until_date: Mapped[date]
    reason: Mapped[str]
