"""Sums kept ready for the pages, and the marks that keep them exact.

Triggers on the base tables mark a cell (district and month) as stale in the writer's own transaction; a reader
recomputes stale cells from the rows before it reads (:mod:`data.aggregates`).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from data.schema.base import CODE_LENGTH, Base

ALL_DIRECTIONS = ""


class StaleCell(Base):
    """A district and month (YYYYMM) whose sums must be recomputed; ``district_soato`` empty: only the version moves."""

    __tablename__ = "stale_cell"
    __table_args__ = (Index(None, "district_soato", "year_month"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(String(10), default="")
    year_month: Mapped[int] = mapped_column(default=0)


class DataVersion(Base):
    """One row: the number of the data, which grows whenever stale cells were recomputed."""

    __tablename__ = "data_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class DistrictMonth(Base):
    """Sums of a district, month and direction (empty: all directions).

    Events count when held, in the month of the event; evaluations when submitted and current, in the month of their
    event; plan items in their month; recommendations in the month they were made. ``event_mark_*`` run over event
    means (mean over the event's evaluations), the units of the evaluation score.
    """

    __tablename__ = "district_month"
    __table_args__ = (Index(None, "direction_code", "year_month", "district_soato"),)

    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    year_month: Mapped[int] = mapped_column(primary_key=True)
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True, default=ALL_DIRECTIONS)
    events_held: Mapped[int]
    events_cancelled: Mapped[int]
    participants_total: Mapped[int]
    participants_young: Mapped[int]
    participants_women: Mapped[int]
    participants_at_risk: Mapped[int]
    participants_victims: Mapped[int]
    plan_items: Mapped[int]
    plan_fulfilled: Mapped[int]
    events_evaluated_14d: Mapped[int]
    events_marked: Mapped[int]
    event_mark_sum: Mapped[float]
    event_mark_square_sum: Mapped[float]
    evaluations: Mapped[int]
    evaluations_confidential: Mapped[int]
    repeat_yes: Mapped[int]
    repeat_no: Mapped[int]
    repeat_unsure: Mapped[int]
    recommendations: Mapped[int]
    recommendations_closed_60d: Mapped[int]


class MahallaYear(Base):
    """Months of a year with a held event in a mahalla: bit 0 is January. One row a direction (empty: all)."""

    __tablename__ = "mahalla_year"
    __table_args__ = (
        Index(None, "direction_code", "year", "district_soato", "mahalla_id", "month_mask"),
        Index(None, "district_soato", "year"),
    )

    mahalla_id: Mapped[int] = mapped_column(ForeignKey("mahalla.id"), primary_key=True)
    year: Mapped[int] = mapped_column(primary_key=True)
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True, default=ALL_DIRECTIONS)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"))
    month_mask: Mapped[int]


class EvaluationNgoMonth(Base):
    """Current submitted evaluations by one NGO of one district's events of a month and direction (empty: all)."""

    __tablename__ = "evaluation_ngo_month"
    __table_args__ = (Index(None, "direction_code", "year_month", "district_soato", "ngo_id"),)

    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    year_month: Mapped[int] = mapped_column(primary_key=True)
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True, default=ALL_DIRECTIONS)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"), primary_key=True)
    evaluations: Mapped[int]
    evaluations_confidential: Mapped[int]


class DistrictDay(Base):
    """Sums of a district, day and direction (empty: all): what has a waiting time that a month may cut in two.

    Events by their date, recommendations by the day they were made; columns mean what they mean in ``DistrictMonth``.
    """

    __tablename__ = "district_day"
    __table_args__ = (Index(None, "district_soato", "day_date"),)

    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True, default=ALL_DIRECTIONS)
    day_date: Mapped[date] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    events_held: Mapped[int]
    events_evaluated_14d: Mapped[int]
    recommendations: Mapped[int]
    recommendations_closed_60d: Mapped[int]
