"""Coordination meetings and what they decided.

A few meetings a district and year, each with some decisions: no sums are kept, the covering index by deadline answers
the indicator. Texts, owners and evidence are typed by people: writers pass them through
:func:`data.texts.personal_data.refuse_personal_data`.
"""

from __future__ import annotations

from datetime import date
from uuid import uuid4

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import DecisionCauseKind
from data.schema.area import AreaColumns, scope_checks
from data.schema.base import CODE_LENGTH, SOATO_LENGTH, Base, one_of

PUBLIC_ID_LENGTH = 36


class Meeting(AreaColumns, Base):
    """A coordination meeting of a district, a region or the nation; ``number`` is that area's own."""

    __tablename__ = "meeting"
    __table_args__ = (
        UniqueConstraint("area_code", "number"),
        *scope_checks(),
        Index(None, "area_code", "meeting_date"),
        Index(None, "district_soato", "meeting_date"),
        Index(None, "region_soato", "meeting_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    area_code: Mapped[str] = mapped_column(String(SOATO_LENGTH), default="")
    number: Mapped[str]
    title: Mapped[str]
    meeting_date: Mapped[date]


class Decision(Base):
    """Decision of a meeting: who does what by when, and when it was done.

    Its state on a day (:class:`data.codes.DecisionState`) is derived from the dates, never stored. ``number`` counts
    within the meeting; ``owner`` is an office or an organisation, not a person. ``public_id`` is made with the form, so
    that sending it twice makes one decision; ``version`` grows with each change, so that of two people who change it at
    once the second one is told.
    """

    __tablename__ = "decision"
    __table_args__ = (
        UniqueConstraint("meeting_id", "number"),
        CheckConstraint("number > 0", name="number"),
        Index(None, "due_date", "meeting_id", "done_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(
        String(PUBLIC_ID_LENGTH), default=lambda: uuid4().hex, unique=True, index=True
    )
    version: Mapped[int] = mapped_column(default=1)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("meeting.id", ondelete="CASCADE"))
    number: Mapped[int]
    text: Mapped[str]
    owner: Mapped[str]
    due_date: Mapped[date]
    done_date: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")


class DecisionCause(Base):
    """Cause of a decision.

    ``reference`` names the thing as its kind is known: an indicator by its code, a recommendation or an earlier
    decision by its ``public_id``, anything else by its id. A text and no foreign key, so that the cause stays readable
    when the thing itself is gone.
    """

    __tablename__ = "decision_cause"
    __table_args__ = (one_of("kind_code", DecisionCauseKind), Index(None, "kind_code", "reference"))

    decision_id: Mapped[int] = mapped_column(ForeignKey("decision.id", ondelete="CASCADE"), primary_key=True)
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    reference: Mapped[str] = mapped_column(primary_key=True)
