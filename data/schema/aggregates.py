"""Aggregated sums for the pages, and the months of districts whose sums are stale.

Triggers on the base tables (:mod:`data.schema.triggers`) note a district's month as stale in the writer's own
transaction; a reader recomputes stale months from the rows before it reads (:mod:`data.aggregates`).
"""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, Index, Integer, String
from sqlalchemy.orm import Mapped, mapped_column

from data.codes import EvaluationItem, Problem
from data.schema.base import CODE_LENGTH, Base

ALL_DIRECTIONS = ""
ALL_PARTNERS = ""


class StaleMonth(Base):
    """Month (YYYYMM) of a district whose sums must be recomputed; without a district only the version grows."""

    __tablename__ = "stale_month"
    __table_args__ = (Index(None, "district_soato", "year_month"), {"sqlite_autoincrement": True})

    id: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(String(10), default="")
    year_month: Mapped[int] = mapped_column(default=0)


class DataVersion(Base):
    """Single row with the version of the data, which grows whenever stale months were recomputed."""

    __tablename__ = "data_version"

    id: Mapped[int] = mapped_column(primary_key=True)
    version: Mapped[int]


class DistrictMonth(Base):
    """Sums of a district, month and direction (empty: all directions).

    Events count when held, in the month of the event (``events_unplanned``: those that name no plan item); evaluations
    when submitted and current, in the month of their event, ``evaluations_waiting`` being confidential ones in no batch
    yet; plan items in their month; recommendations in the month they were released, those of confidential evaluations
    over all directions only. ``event_mark_*`` (over event means, the units of the evaluation score) and ``repeat_*``
    are those of :class:`EvaluationMonth`.
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
    evaluations_waiting: Mapped[int]
    repeat_yes: Mapped[int]
    repeat_no: Mapped[int]
    repeat_unsure: Mapped[int]
    recommendations: Mapped[int]
    recommendations_closed_60d: Mapped[int]
    events_unplanned: Mapped[int]


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


class EvaluationMonth(Base):
    """Sums of what named evaluations say, by district, month, direction and form (empty: all of them).

    Current submitted evaluations of held events, in the month of the event, whose event and NGO are in no batch of
    confidential ones. ``event_mark_*`` run over event means. For each item of the evaluation: ``marks_*`` (forms with a
    mark), ``mark_sum_*``, ``mark_square_sum_*``; for each problem ``problem_*``: evaluations that name it.
    """

    __tablename__ = "evaluation_month"
    __table_args__ = (Index(None, "district_soato", "year_month"),)

    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    form_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True)
    year_month: Mapped[int] = mapped_column(primary_key=True)
    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    evaluations: Mapped[int]
    events_marked: Mapped[int]
    event_mark_sum: Mapped[float]
    event_mark_square_sum: Mapped[float]
    repeat_yes: Mapped[int]
    repeat_no: Mapped[int]
    repeat_unsure: Mapped[int]


MARK_SUMS = ("marks", "mark_sum", "mark_square_sum")
ITEM_COLUMNS = tuple(f"{kind}_{item}" for item in EvaluationItem for kind in MARK_SUMS)
PROBLEM_COLUMNS = tuple(f"problem_{problem}" for problem in Problem)
for _name in (*ITEM_COLUMNS, *PROBLEM_COLUMNS):
    setattr(EvaluationMonth, _name, mapped_column(Integer, nullable=False))


class NgoMonth(Base):
    """Held events of a district and month by each of their NGOs, and those that this NGO evaluated, whenever.

    ``evaluations_marked`` are its named evaluations of that month's events that count and give a mark,
    ``evaluations_all_fives`` those of them that give nothing but fives, ``mark_sum`` the sum of what they give.
    """

    __tablename__ = "ngo_month"
    __table_args__ = (Index(None, "year_month"), Index(None, "ngo_id"))

    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    year_month: Mapped[int] = mapped_column(primary_key=True)
    ngo_id: Mapped[int] = mapped_column(ForeignKey("ngo.id"), primary_key=True)
    events_held: Mapped[int]
    events_evaluated: Mapped[int]
    evaluations_marked: Mapped[int]
    evaluations_all_fives: Mapped[int]
    mark_sum: Mapped[float] = mapped_column(server_default="0")


class PartnerMonth(Base):
    """Held events of a district, month and direction (empty: all) in which a partner took part (empty: any of them)."""

    __tablename__ = "partner_month"
    __table_args__ = (
        Index("ix_partner_month_sums", "direction_code", "year_month", "district_soato", "partner_code", "events_held"),
    )

    district_soato: Mapped[str] = mapped_column(ForeignKey("district.soato"), primary_key=True)
    year_month: Mapped[int] = mapped_column(primary_key=True)
    direction_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True, default=ALL_DIRECTIONS)
    partner_code: Mapped[str] = mapped_column(String(CODE_LENGTH), primary_key=True, default=ALL_PARTNERS)
    events_held: Mapped[int]


class DistrictDay(Base):
    """Sums of a district, day and direction (empty: all) of measures with a waiting time that may cross a month's end.

    Events by their date, recommendations by the day they were released; columns mean the same as in ``DistrictMonth``.
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
