"""Memoranda, obligations, plan items and joint events."""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import (
    Direction,
    EventForm,
    EventState,
    Partner,
    Party,
    ProposalKind,
    ProposalState,
    SupportKind,
)
from data.schema.base import CODE_LENGTH, Base, Numbered, Withdrawable, key_of_number, one_of

IS_PLANNED = text("state_code = 'planned'")


class Memorandum(Numbered, Withdrawable, Base):
    """A memorandum of cooperation. Without a signing date it is a draft; without an expiry it is open-ended.

    Its status on a date is derived (:mod:`queries.memoranda.register`), never stored.
    """

    __tablename__ = "memorandum"
    __table_args__ = (
        UniqueConstraint("district_soato", "number_key"),
        CheckConstraint("expiry_date IS NULL OR start_date IS NULL OR expiry_date >= start_date", name="expiry"),
        CheckConstraint("terminated_date IS NULL OR termination_reason <> ''", name="termination_reason"),
        CheckConstraint("signed_date IS NULL OR start_date IS NOT NULL", name="start"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    title: Mapped[str]
    signed_date: Mapped[date | None]
    start_date: Mapped[date | None]
    expiry_date: Mapped[date | None]
    terminated_date: Mapped[date | None]
    termination_reason: Mapped[str] = mapped_column(default="")


class MemorandumNgo(Base):
    """An NGO that is a party to a memorandum."""

    __tablename__ = "memorandum_ngo"

    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id", ondelete="CASCADE"), primary_key=True)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"), primary_key=True, index=True)


class MemorandumDirection(Base):
    """A kind of activity that a memorandum names."""

    __tablename__ = "memorandum_direction"
    __table_args__ = (one_of("direction_code", Direction),)

    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id", ondelete="CASCADE"), primary_key=True)
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)


class MemorandumSupport(Base):
    """A form of support that a memorandum promises."""

    __tablename__ = "memorandum_support"
    __table_args__ = (one_of("support_code", SupportKind),)

    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id", ondelete="CASCADE"), primary_key=True)
    support_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)


class MemorandumAmendment(Withdrawable, Base):
    """A numbered extension or change of terms. The expiry of the highest-numbered one that sets it counts."""

    __tablename__ = "memorandum_amendment"
    __table_args__ = (
        # The number of a withdrawn one is free for another.
        Index(
            None,
            "memorandum_id",
            "number",
            unique=True,
            sqlite_where=text("withdrawn_at IS NULL"),
            postgresql_where=text("withdrawn_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id", ondelete="CASCADE"))
    number: Mapped[int]
    signed_date: Mapped[date]
    expiry_date: Mapped[date | None]
    text: Mapped[str] = mapped_column(default="")


class Obligation(Withdrawable, Base):
    """Promise of a party in a memorandum, by when, and when it was fulfilled.

    ``number`` is its number in the memorandum, null where it has none.
    """

    __tablename__ = "obligation"
    __table_args__ = (
        one_of("party_code", Party),
        Index("ix_obligation_due", "due_date", "memorandum_id", "fulfilled_date", "withdrawn_at"),
        Index(None, "memorandum_id", "number_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    memorandum_id: Mapped[int] = mapped_column(ForeignKey("memorandum.id", ondelete="CASCADE"), index=True)
    number: Mapped[str | None]
    number_key: Mapped[str | None] = mapped_column(default=key_of_number)
    party_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    text: Mapped[str]
    due_date: Mapped[date]
    fulfilled_date: Mapped[date | None]
    evidence: Mapped[str] = mapped_column(default="")


class PlanItem(Withdrawable, Base):
    """A line of the yearly joint plan, for a mahalla or (null) the whole district.

    ``number`` is its number in the district's plan of the year, null where it has none.
    """

    __tablename__ = "plan_item"
    __table_args__ = (
        one_of("direction_code", Direction),
        one_of("form_code", EventForm),
        CheckConstraint("month BETWEEN 1 AND 12", name="month"),
        Index(None, "district_soato", "year", "month"),
        Index(None, "district_soato", "year", "number_key", unique=True),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    mahalla_id: Mapped[int | None] = mapped_column(ForeignKey("mahalla.id"))
    year: Mapped[int]
    month: Mapped[int]
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    form_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    number: Mapped[str | None]
    number_key: Mapped[str | None] = mapped_column(default=key_of_number)
    responsible_ngo_id: Mapped[int | None] = mapped_column(ForeignKey("ngo.id"))


class JointEvent(Numbered, Withdrawable, Base):
    """A joint event. ``number`` is the district's own; the four groups of participants may overlap."""

    __tablename__ = "joint_event"
    __table_args__ = (
        UniqueConstraint("district_soato", "number_key"),
        one_of("direction_code", Direction),
        one_of("form_code", EventForm),
        one_of("state_code", EventState),
        CheckConstraint(
            "participants_total >= 0 AND participants_young BETWEEN 0 AND participants_total"
            " AND participants_women BETWEEN 0 AND participants_total"
            " AND participants_at_risk BETWEEN 0 AND participants_total"
            " AND participants_victims BETWEEN 0 AND participants_total",
            name="participants",
        ),
        Index(None, "district_soato", "event_date"),
        # All that the year's grid of a wide area counts, so that hundreds of thousands of rows stay unread.
        Index("ix_joint_event_date", "event_date", "state_code", "district_soato", "direction_code", "withdrawn_at"),
        Index("ix_joint_event_planned", "event_date", sqlite_where=IS_PLANNED, postgresql_where=IS_PLANNED),
        Index(None, "memorandum_id", "event_date"),
        Index(None, "plan_item_id", "state_code"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    mahalla_id: Mapped[int | None] = mapped_column(ForeignKey("mahalla.id"))
    event_date: Mapped[date]
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    form_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    title: Mapped[str]
    memorandum_id: Mapped[int | None] = mapped_column(ForeignKey("memorandum.id"))
    plan_item_id: Mapped[int | None] = mapped_column(ForeignKey("plan_item.id"))
    participants_total: Mapped[int]
    participants_young: Mapped[int]
    participants_women: Mapped[int]
    participants_at_risk: Mapped[int]
    participants_victims: Mapped[int]
    state_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    cancel_reason: Mapped[str] = mapped_column(default="")


class JointEventNgo(Base):
    """An NGO that holds an event."""

    __tablename__ = "joint_event_ngo"

    event_id: Mapped[int] = mapped_column(ForeignKey("joint_event.id", ondelete="CASCADE"), primary_key=True)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"), primary_key=True, index=True)


class Proposal(Base):
    """Joint event or plan item that an NGO proposes to its district, and what the coordinator answered.

    ``form_id`` was made with the form, so that sending it twice makes one. Of ``wanted_date`` only the month counts for
    a plan item. ``record_id`` is the event or plan item that an accepted one became.
    """

    __tablename__ = "proposal"
    __table_args__ = (
        one_of("kind_code", ProposalKind),
        one_of("direction_code", Direction),
        one_of("form_code", EventForm),
        one_of("state_code", ProposalState),
        CheckConstraint("(state_code = 'accepted') = (record_id IS NOT NULL)", name="accepted"),
        CheckConstraint("state_code <> 'declined' OR reason <> ''", name="declined"),
        Index(None, "state_code", "district_soato", "proposed_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    form_id: Mapped[str] = mapped_column(String(36), unique=True)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"), index=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    wanted_date: Mapped[date]
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    form_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    title: Mapped[str]
    proposed_date: Mapped[date]
    state_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    reason: Mapped[str] = mapped_column(default="")
    record_id: Mapped[int | None]


class JointEventPartner(Base):
    """Another body that took part in an event."""

    __tablename__ = "joint_event_partner"
    __table_args__ = (one_of("partner_code", Partner),)

    event_id: Mapped[int] = mapped_column(ForeignKey("joint_event.id", ondelete="CASCADE"), primary_key=True)
    partner_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
