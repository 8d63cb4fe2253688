"""Evaluations by the NGOs: ratings, problems and recommendations."""

from __future__ import annotations

from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import (
    CheckConstraint,
    Computed,
    Float,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import (
    EvaluationItem,
    EvaluationState,
    Party,
    Problem,
    RecommendationAction,
    RecommendationState,
    Visibility,
    WouldRepeat,
)
from data.schema.base import CODE_LENGTH, Base, UtcDateTime, one_of

MARK_COLUMNS = tuple(f"mark_{item}" for item in EvaluationItem)
_SUM = " + ".join(f"coalesce({column}, 0)" for column in MARK_COLUMNS)
_COUNT = " + ".join(f"CASE WHEN {column} IS NULL THEN 0 ELSE 1 END" for column in MARK_COLUMNS)


def _mark_check() -> CheckConstraint:
    return CheckConstraint(" AND ".join(f"{c} BETWEEN 1 AND 5" for c in MARK_COLUMNS), name="marks")


class Evaluation(Base):
    """One NGO's judgement of one held event; a correction is a new version and only one version is current.

    A null mark means "not applicable". ``mark_mean`` is the mean of the marks given, null where none was.
    ``recommendation_text`` keeps the words of its recommendation as this version sent them, for its receipt; what came
    of them is a :class:`Recommendation`, which belongs to the newest version.
    """

    __tablename__ = "evaluation"
    __table_args__ = (
        UniqueConstraint("event_id", "ngo_id", "version"),
        Index(
            "uq_evaluation_current",
            "event_id",
            "ngo_id",
            unique=True,
            sqlite_where=text("is_current"),
            postgresql_where=text("is_current"),
        ),
        _mark_check(),
        one_of("state_code", EvaluationState),
        one_of("visibility_code", Visibility),
        one_of("would_repeat_code", WouldRepeat),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[str] = mapped_column(String(36), unique=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("joint_event.id"))
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"), index=True)
    version: Mapped[int] = mapped_column(default=1)
    is_current: Mapped[bool] = mapped_column(default=True)
    state_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    mark_preparation: Mapped[int | None]
    mark_readiness: Mapped[int | None]
    mark_timeliness: Mapped[int | None]
    mark_roles: Mapped[int | None]
    mark_resources: Mapped[int | None]
    mark_needs: Mapped[int | None]
    mark_result: Mapped[int | None]
    mark_mean: Mapped[float | None] = mapped_column(
        Float, Computed(f"({_SUM}) * 1.0 / nullif({_COUNT}, 0)", persisted=True)
    )
    would_repeat_code: Mapped[str | None] = mapped_column(String(CODE_LENGTH))
    participants_counted: Mapped[int | None]
    comment: Mapped[str] = mapped_column(default="")
    recommendation_text: Mapped[str] = mapped_column(default="")
    visibility_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    is_late: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    submitted_date: Mapped[date | None]


class EvaluationProblem(Base):
    """A problem met, as an evaluation names it."""

    __tablename__ = "evaluation_problem"
    __table_args__ = (one_of("problem_code", Problem),)

    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id", ondelete="CASCADE"), primary_key=True)
    problem_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    other_text: Mapped[str] = mapped_column(default="")


IS_UNRELEASED = text("released_date IS NULL")
IS_OPEN = text("state_code NOT IN ('declined', 'closed')")


class Recommendation(Base):
    """Proposal of an NGO in an evaluation, and what came of it. ``closed_date`` is the NGO's confirmation.

    The district sees it from its ``released_date`` on: at once for a named evaluation; for a confidential one when its
    batch is released (:mod:`data.schema.confidentiality`), and then without NGO, event and day of writing. Outside the
    database it is known by ``public_id``, which is random: the ``id`` runs with the time of writing.
    """

    __tablename__ = "recommendation"
    __table_args__ = (
        one_of("state_code", RecommendationState),
        CheckConstraint("(state_code = 'closed') = (closed_date IS NOT NULL)", name="closed"),
        Index(None, "created_date", "district_soato", "closed_date"),
        Index(None, "district_soato", "released_date"),
        Index(None, "district_soato", "state_code", "deadline_date"),
        Index("ix_recommendation_open_deadline", "deadline_date", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        Index("ix_recommendation_open_released", "released_date", sqlite_where=IS_OPEN, postgresql_where=IS_OPEN),
        # All that counting and ordering threads reads, so that hundreds of thousands of texts stay unread.
        Index(
            "ix_recommendation_thread",
            *("state_code", "released_date", "deadline_date", "answered_date", "district_soato", "public_id"),
        ),
        Index(
            "ix_recommendation_unreleased",
            "district_soato",
            sqlite_where=IS_UNRELEASED,
            postgresql_where=IS_UNRELEASED,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(String(32), default=lambda: uuid4().hex, unique=True, index=True)
    evaluation_id: Mapped[int] = mapped_column(ForeignKey("evaluation.id"), unique=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    text: Mapped[str]
    created_date: Mapped[date]
    owner: Mapped[str] = mapped_column(default="")
    deadline_date: Mapped[date | None]
    answer: Mapped[str] = mapped_column(default="")
    answered_date: Mapped[date | None]
    state_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    closed_date: Mapped[date | None]
    released_date: Mapped[date | None]


class RecommendationStep(Base):
    """Step in the thread of a recommendation: who did what, when, with which text."""

    __tablename__ = "recommendation_step"
    __table_args__ = (
        one_of("side_code", Party),
        one_of("action_code", RecommendationAction),
        Index(None, "recommendation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recommendation_id: Mapped[int] = mapped_column(ForeignKey("recommendation.id", ondelete="CASCADE"))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None]
    side_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    action_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    text: Mapped[str] = mapped_column(default="")
