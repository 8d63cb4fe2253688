"""Counts of each reason of the formality check by district, from the monthly aggregates.

Each function returns a frame by district (index: SOATO; districts without anything to look at are absent) with the
columns ``COUNT_COLUMNS``: how many things were looked at, in how many the reason was found, and whether that is worth a
look by :data:`data.effectiveness.formality.FORMALITY_METHOD`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from scipy.stats import binom, false_discovery_control
from sqlalchemy import Connection, Select, Subquery, case, func, select

from data.codes import FormalityReason
from data.effectiveness.formality import FORMALITY_METHOD as METHOD
from data.schema import (
    District,
    DistrictDay,
    DistrictMonth,
    EvaluationText,
    Mahalla,
    MahallaYear,
    NgoMonth,
    Recommendation,
)
from data.schema.aggregates import ALL_DIRECTIONS
from queries.frames import read_frame
from queries.indicators.source import Window
from queries.row_filter import RowFilter

COUNT_COLUMNS = ("checked", "found", "is_for_review")
MONTHS = 12
_LAST_MONTHS_OF_QUARTERS = (3, 6, 9, 12)


def checked_year(window: Window) -> int:
    """Return the last calendar year that was over on the period's last day, or is today."""
    return (window.as_of + timedelta(days=1)).year - 1


def quarter_end_days(window: Window) -> list[date]:
    """Return the last days of the quarters of the period that have passed."""
    after = [date(month.year + month.month // 12, month.month % 12 + 1, 1) for month in window.months]
    ends = [day for month, day in zip(window.months, after, strict=True) if month.month in _LAST_MONTHS_OF_QUARTERS]
    days = (end - timedelta(days=back) for end in ends for back in range(METHOD.quarter_end_days, 0, -1))
    return [day for day in days if day <= window.as_of]


def _by_district(connection: Connection, statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    return read_frame(connection, statement).set_index("district_soato").astype(np.float64)


def _counted(frame: pd.DataFrame, is_for_review: pd.Series[bool]) -> pd.DataFrame:
    counts = frame[["checked", "found"]].astype(np.int64)
    return counts.assign(is_for_review=is_for_review.astype(np.bool_))[counts["checked"] > 0]


def _is_beyond_chance(frame: pd.DataFrame, trials: pd.Series[float], chance: pd.Series[float]) -> pd.Series[bool]:
    """Return whether fewer than ``METHOD.chance`` of districts would by chance have this many or more."""
    return pd.Series(binom.sf(frame["found"] - 1, trials, chance) < METHOD.chance, index=frame.index)


def one_event_a_year(connection: Connection, row_filter: RowFilter, window: Window) -> pd.DataFrame:
    """Mahallas with an event in the checked year, and those of them whose events were all in one month.

    By chance, with the district's months with an event scattered over its mahallas, 12 p (1 - p)^11 of all mahallas
    would have one such month, p being the share of mahallas and months with an event.
    """
    masks = select(MahallaYear.district_soato, MahallaYear.month_mask, func.count().label("mahallas")).where(
        MahallaYear.direction_code == ALL_DIRECTIONS,
        MahallaYear.year == checked_year(window),
        row_filter.districts(MahallaYear.district_soato),
    )
    rows = read_frame(connection, masks.group_by(MahallaYear.district_soato, MahallaYear.month_mask))
    months = np.bitwise_count(rows["month_mask"].to_numpy(np.int64))
    counts = {"checked": rows["mahallas"], "found": rows["mahallas"] * (months == 1), "held": rows["mahallas"] * months}
    frame = pd.DataFrame(counts).groupby(rows["district_soato"]).sum().astype(np.float64)
    every = select(Mahalla.district_soato, func.count().label("mahallas")).group_by(Mahalla.district_soato)
    mahallas = _by_district(connection, every)["mahallas"].reindex(frame.index)
    share = frame["held"] / (MONTHS * mahallas)
    is_often = frame["found"] >= METHOD.one_event_share * frame["checked"]
    is_enough = frame["checked"] >= METHOD.smallest_mahallas
    chance = MONTHS * share * (1 - share) ** (MONTHS - 1)
    return _counted(frame, is_often & is_enough & _is_beyond_chance(frame, mahallas, chance))


def _in_months(window: Window, row_filter: RowFilter, *sums: Any) -> Select[*tuple[Any, ...]]:  # noqa: ANN401 - any columns
    return (
        select(DistrictMonth.district_soato, *sums)
        .where(
            DistrictMonth.direction_code == ALL_DIRECTIONS,
            DistrictMonth.year_month.between(window.first_month, window.last_month),
            row_filter.districts(DistrictMonth.district_soato),
        )
        .group_by(DistrictMonth.district_soato)
    )


def quarter_end(connection: Connection, row_filter: RowFilter, window: Window) -> pd.DataFrame:
    """Held events, and those of them in the last days of a quarter; each day is as likely as another."""
    held = _by_district(
        connection, _in_months(window, row_filter, func.sum(DistrictMonth.events_held).label("checked"))
    )
    days = quarter_end_days(window)
    late = (
        select(DistrictDay.district_soato, func.sum(DistrictDay.events_held).label("found"))
        .where(
            DistrictDay.direction_code == ALL_DIRECTIONS,
            DistrictDay.day_date.in_(days),
            row_filter.districts(DistrictDay.district_soato),
        )
        .group_by(DistrictDay.district_soato)
    )
    frame = held.join(_by_district(connection, late)).fillna({"found": 0.0})
    share = len(days) / max((window.as_of - window.period.first_day).days + 1, 1)
    chance = pd.Series(share, index=frame.index)
    is_often = frame["found"] >= METHOD.quarter_end_share * frame["checked"]
    is_enough = (frame["checked"] >= METHOD.smallest_events) & (frame["found"] > 0)
    return _counted(frame, is_often & is_enough & _is_beyond_chance(frame, frame["checked"], chance))


def no_plan_item(connection: Connection, row_filter: RowFilter, window: Window) -> pd.DataFrame:
    """Held events, and those of them that name no plan item."""
    sums = (DistrictMonth.events_held, "checked"), (DistrictMonth.events_unplanned, "found")
    frame = _by_district(
        connection, _in_months(window, row_filter, *(func.sum(column).label(name) for column, name in sums))
    )
    is_enough = frame["checked"] >= METHOD.smallest_events
    return _counted(frame, is_enough & (frame["found"] >= METHOD.unplanned_share * frame["checked"]))


def never_answered(connection: Connection, row_filter: RowFilter, window: Window) -> pd.DataFrame:
    """Recommendations that reached the district in the period and long enough ago, and those without an answer."""
    is_open = Recommendation.answered_date.is_(None)
    statement = (
        select(
            Recommendation.district_soato,
            func.count().label("checked"),
            func.sum(case((is_open, 1), else_=0)).label("found"),
        )
        .where(Recommendation.released_date.between(*answerable_days(window)))
        .where(row_filter.districts(Recommendation.district_soato))
        .group_by(Recommendation.district_soato)
    )
    frame = _by_district(connection, statement)
    is_enough = frame["checked"] >= METHOD.smallest_recommendations
    return _counted(frame, is_enough & (frame["found"] == frame["checked"]))


def answerable_days(window: Window) -> tuple[date, date]:
    """First and last day of the period on which a recommendation that arrived should have an answer by now."""
    return window.period.first_day, min(window.period.last_day, window.today - timedelta(days=METHOD.answer_days))


def fives_by_ngo(connection: Connection, window: Window) -> pd.DataFrame:
    """One row a district of the nation and NGO with enough forms, tested against the base rate of the country.

    Columns: district_soato, ngo_id, n (named forms with a rating), found (those that rate everything 5), is_beyond:
    more than chance makes of the share that such forms are of all in the country, by a binomial test under a false
    discovery rate (Benjamini and Hochberg 1995).
    """
    forms, fives = func.sum(NgoMonth.evaluations_marked), func.sum(NgoMonth.evaluations_all_fives)
    statement = (
        select(NgoMonth.district_soato, NgoMonth.ngo_id, forms.label("n"), fives.label("found"))
        .where(NgoMonth.year_month.between(window.first_month, window.last_month))
        .group_by(NgoMonth.district_soato, NgoMonth.ngo_id)
        .having(forms > 0)
    )
    every = read_frame(connection, statement).astype({"n": np.int64, "found": np.int64})
    rows = every[every["n"] >= METHOD.smallest_evaluations].reset_index(drop=True)
    if rows.empty:
        return rows.assign(is_beyond=pd.Series(dtype=np.bool_))
    base = every["found"].sum() / every["n"].sum()
    p = binom.sf(rows["found"] - 1, rows["n"], base)
    return rows.assign(is_beyond=false_discovery_control(p) <= METHOD.false_share)


def texts_by_ngo(row_filter: RowFilter, window: Window) -> Subquery:
    """One row a district and NGO with enough texts: n (texts), found (those that the district has more than once)."""
    table, sent = EvaluationText, func.count()
    copies = func.sum(sent).over(partition_by=(table.district_soato, table.text_key))
    by_text = (
        select(table.district_soato, table.ngo_id, sent.label("sent"), copies.label("copies"))
        .where(table.year_month.between(window.first_month, window.last_month))
        .where(row_filter.districts(table.district_soato))
        .group_by(table.district_soato, table.ngo_id, table.text_key)
        .subquery()
    )
    texts = func.sum(by_text.c.sent)
    return (
        select(
            by_text.c.district_soato,
            by_text.c.ngo_id,
            texts.label("n"),
            func.sum(case((by_text.c.copies > 1, by_text.c.sent), else_=0)).label("found"),
        )
        .group_by(by_text.c.district_soato, by_text.c.ngo_id)
        .having(texts >= METHOD.smallest_texts)
        .subquery()
    )


def all_fives(connection: Connection, row_filter: RowFilter, window: Window) -> pd.DataFrame:
    """NGOs with enough named forms, and those of them that rate everything 5 more often than all do: one is enough."""
    by_district = fives_by_ngo(connection, window).groupby("district_soato")["is_beyond"]
    frame = pd.DataFrame({"checked": by_district.size(), "found": by_district.sum()}).astype(np.int64)
    inside = connection.scalars(select(District.soato).where(row_filter.districts(District.soato)))
    frame = frame[frame.index.isin(list(inside))]
    return _counted(frame, frame["found"] > 0)


def same_text(connection: Connection, row_filter: RowFilter, window: Window) -> pd.DataFrame:
    """NGOs with enough texts, and those of them whose texts were mostly sent more than once: one is enough."""
    by_ngo = texts_by_ngo(row_filter, window)
    is_beyond = case((by_ngo.c.found >= METHOD.same_text_share * by_ngo.c.n, 1), else_=0)
    counts = func.count().label("checked"), func.sum(is_beyond).label("found")
    frame = _by_district(connection, select(by_ngo.c.district_soato, *counts).group_by(by_ngo.c.district_soato))
    return _counted(frame, frame["found"] > 0)


COUNTS: Mapping[FormalityReason, Callable[[Connection, RowFilter, Window], pd.DataFrame]] = {
    FormalityReason.ONE_EVENT_A_YEAR: one_event_a_year,
    FormalityReason.QUARTER_END: quarter_end,
    FormalityReason.ALL_FIVES: all_fives,
    FormalityReason.SAME_TEXT: same_text,
    FormalityReason.NO_PLAN_ITEM: no_plan_item,
    FormalityReason.NEVER_ANSWERED: never_answered,
}
