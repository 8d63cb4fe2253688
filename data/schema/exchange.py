"""Information requests between the sides, support given to NGOs, trainings of both sides.

These registers grow with districts and NGOs - some dozens of rows a district and year - and not with joint events. So
no sums are kept of them: covering indexes by date and by district answer the indicators from the rows themselves,
however many events there are. Topics and sources are typed by people: writers pass them through
:func:`data.texts.personal_data.refuse_personal_data`.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import AwardGround, AwardKind, AwardRecipient, Party, RequestKind, SupportKind, TrainingAudience
from data.schema.base import CODE_LENGTH, Base, Numbered, Withdrawable, one_of


class InformationRequest(Numbered, Withdrawable, Base):
    """Request of one side to the other; never about a named person.

    ``number`` is the district's own. ``asked_by_code`` is the side that asks, the other one owes the answer, by
    ``due_date``: :func:`data.dates.working_days.answer_due` of the day on which it was sent, unless agreed otherwise.
    ``purpose`` says what the information is for; ``answer`` is empty where the answer is a document alone.
    """

    __tablename__ = "information_request"
    __table_args__ = (
        UniqueConstraint("district_soato", "number_key"),
        one_of("asked_by_code", Party),
        one_of("kind_code", RequestKind),
        CheckConstraint("due_date >= sent_date", name="due"),
        CheckConstraint("answered_date >= sent_date", name="answered"),
        Index("ix_information_request_due", "due_date", "district_soato", "answered_date", "sent_date", "withdrawn_at"),
        Index(
            "ix_information_request_district",
            "district_soato",
            "due_date",
            "answered_date",
            "sent_date",
            "withdrawn_at",
        ),
        Index(None, "ngo_id", "due_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"))
    asked_by_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    topic: Mapped[str]
    purpose: Mapped[str] = mapped_column(default="", server_default=text("''"))
    sent_date: Mapped[date]
    due_date: Mapped[date]
    answered_date: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="", server_default=text("''"))


class Support(Numbered, Withdrawable, Base):
    """Support given to an NGO in a district; ``number`` is the district's own, ``source`` says who gave it.

    ``amount_uzs`` is null where the support has no amount, such as a room lent: that is support, and no zero.
    """

    __tablename__ = "support"
    __table_args__ = (
        UniqueConstraint("district_soato", "number_key"),
        one_of("kind_code", SupportKind),
        CheckConstraint("amount_uzs >= 0", name="amount"),
        Index("ix_support_date", "support_date", "district_soato", "ngo_id", "amount_uzs", "withdrawn_at"),
        Index("ix_support_district", "district_soato", "support_date", "ngo_id", "amount_uzs", "withdrawn_at"),
        Index(None, "ngo_id", "support_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"))
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    amount_uzs: Mapped[int | None] = mapped_column(BigInteger)
    support_date: Mapped[date]
    source: Mapped[str]


class Training(Numbered, Withdrawable, Base):
    """A training held in a district for inspectors or for NGO staff; ``number`` is the district's own."""

    __tablename__ = "training"
    __table_args__ = (
        UniqueConstraint("district_soato", "number_key"),
        one_of("audience_code", TrainingAudience),
        CheckConstraint("hours > 0", name="hours"),
        CheckConstraint("people > 0", name="people"),
        Index(None, "training_date", "district_soato"),
        Index(None, "district_soato", "training_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    audience_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    topic: Mapped[str]
    training_date: Mapped[date]
    hours: Mapped[int]
    people: Mapped[int]


class TrainingMahalla(Base):
    """A mahalla whose inspector's post took part in a training."""

    __tablename__ = "training_mahalla"

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id", ondelete="CASCADE"), primary_key=True)
    mahalla_id: Mapped[int] = mapped_column(ForeignKey("mahalla.id"), primary_key=True, index=True)


class TrainingNgo(Base):
    """An NGO whose staff took part in a training."""

    __tablename__ = "training_ngo"

    training_id: Mapped[int] = mapped_column(ForeignKey("training.id", ondelete="CASCADE"), primary_key=True)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"), primary_key=True, index=True)


class Award(Numbered, Withdrawable, Base):
    """An award for active part in prevention; ``number`` is the district's own.

    It goes to an NGO, or to ``citizens`` as a number, without names. ``amount_uzs`` is null where it has no amount.
    """

    __tablename__ = "award"
    __table_args__ = (
        UniqueConstraint("district_soato", "number_key"),
        one_of("recipient_code", AwardRecipient),
        one_of("ground_code", AwardGround),
        one_of("kind_code", AwardKind),
        CheckConstraint("amount_uzs >= 0", name="amount"),
        CheckConstraint("(ngo_id IS NULL) <> (citizens IS NULL)", name="recipient"),
        CheckConstraint("citizens > 0", name="citizens"),
        Index(None, "district_soato", "award_date"),
        Index(None, "ngo_id", "award_date"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    recipient_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    ngo_id: Mapped[int | None] = mapped_column(ForeignKey("ngo.id"))
    citizens: Mapped[int | None]
    ground_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    kind_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    award_date: Mapped[date]
    amount_uzs: Mapped[int | None] = mapped_column(BigInteger)
