"""Confidential evaluations reach the figures only in batches, released whole and never changed afterwards.

A batch is a set of confidential evaluations of one district by at least the number of evaluations and NGOs that the
method asks for. Its sums are written when it is released and treat its members alike, so that no filter, no
difference of two figures and no later correction can single one of them out.
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import EvaluationItem, Problem
from data.schema.base import CODE_LENGTH, Base, one_of


class ConfidentialBatch(Base):
    """Released sums of a batch; ``first_year_month`` and ``last_year_month`` span the months of its events.

    ``events_marked`` counts its events, but no more than there are forms with a mark: units of the evaluation score
    that do not depend on whose form has none. ``event_mark_sum`` is the mean of the forms' means times that count and
    ``event_mark_square_sum`` the mean of their squares times that count, so each form weighs the same. Marks and
    answers of fewer than 5 forms, or of so few that two NGOs might have given all of them, are left out (zeros).
    """

    __tablename__ = "confidential_batch"
    __table_args__ = (
        CheckConstraint("evaluations >= 5 AND ngos >= 3", name="size"),
        Index("ix_confidential_batch_span", "district_soato", "first_year_month", "last_year_month"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    first_year_month: Mapped[int]
    last_year_month: Mapped[int]
    released_date: Mapped[date]
    evaluations: Mapped[int]
    ngos: Mapped[int]
    events_marked: Mapped[int]
    event_mark_sum: Mapped[float]
    event_mark_square_sum: Mapped[float]
    repeat_yes: Mapped[int]
    repeat_no: Mapped[int]
    repeat_unsure: Mapped[int]


class ConfidentialBatchItem(Base):
    """Number, sum and sum of squares of the marks of a batch for one item; no row where too few gave a mark."""

    __tablename__ = "confidential_batch_item"
    __table_args__ = (one_of("item_code", EvaluationItem),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("confidential_batch.id", ondelete="CASCADE"), primary_key=True)
    item_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    marks: Mapped[int]
    mark_sum: Mapped[int]
    mark_square_sum: Mapped[int]


class ConfidentialBatchProblem(Base):
    """How many evaluations of a batch name a problem."""

    __tablename__ = "confidential_batch_problem"
    __table_args__ = (one_of("problem_code", Problem),)

    batch_id: Mapped[int] = mapped_column(ForeignKey("confidential_batch.id", ondelete="CASCADE"), primary_key=True)
    problem_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    evaluations: Mapped[int]


class ConfidentialBatchMember(Base):
    """A confidential evaluation that was released in a batch; a later version of it never enters another."""

    __tablename__ = "confidential_batch_member"
    __table_args__ = (UniqueConstraint("event_id", "ngo_id"), Index(None, "batch_id"))

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"), primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("confidential_batch.id", ondelete="CASCADE"))
    event_id: Mapped[int] = mapped_column(ForeignKey("joint_event.id"))
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"))
