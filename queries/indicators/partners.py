"""Partner NGOs and the support that they were given in twelve months: pooled by NGO, in whatever area is asked about.

A partner NGO held a joint event in these months or had a memorandum in force in them. In a wider area an NGO that works
in two of its districts counts once, with the support of both; so these rows are pooled and never added up by district.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from sqlalchemy import and_, func, literal, select

from data.dates.period import shift_month, year_month
from data.schema import District, Memorandum, MemorandumNgo, NgoMonth, Support
from queries.indicators.intervals.gini import gini_limits, resampled
from queries.indicators.intervals.normal import CONFIDENCES
from queries.indicators.source import Source
from queries.memoranda.status import effective_expiry

SUPPORT_MONTHS = 12
PARTNER_COLUMNS = ("partners", "partners_supported", "support_differences", "support_scaled", "support_gini")
_PAIR = ["district_soato", "ngo_id"]
_OPEN_END = np.datetime64("9999-12-31")

Days: TypeAlias = NDArray[np.datetime64]


@dataclass(frozen=True)
class PartnerRows:
    """What makes partners, by district and NGO: months with a held event, spans of memoranda, support given.

    ``held``: year_month; ``agreed``: start_date and end_date (days of :mod:`numpy`); ``given``: support_date (the
    same), amount_uzs (float; 0 where it has none).
    """

    held: pd.DataFrame
    agreed: pd.DataFrame
    given: pd.DataFrame


def window_start(day: date) -> date:
    """The first day of the twelve months that end with the month of ``day``."""
    return shift_month(day.replace(day=1), 1 - SUPPORT_MONTHS)


def partner_rows(source: Source, *, first_day: date, last_day: date) -> PartnerRows:
    """All rows of twelve months that end between two days; none where a direction is chosen."""
    first_month, is_asked = window_start(first_day), literal(source.direction is None)
    held = select(NgoMonth.district_soato, NgoMonth.ngo_id, NgoMonth.year_month).where(
        NgoMonth.year_month.between(year_month(first_month), year_month(last_day)),
        NgoMonth.events_held > 0,
        source.row_filter.districts(NgoMonth.district_soato),
        is_asked,
    )
    end = effective_expiry(last_day).label("end_date")
    agreed = (
        select(Memorandum.district_soato, MemorandumNgo.ngo_id, Memorandum.signed_date, Memorandum.start_date, end)
        .add_columns(Memorandum.terminated_date, District.valid_to)
        .join(Memorandum, Memorandum.id == MemorandumNgo.memorandum_id)
        .join(District, District.soato == Memorandum.district_soato)
        .where(
            and_(Memorandum.signed_date <= last_day, Memorandum.start_date <= last_day, is_asked),
            func.coalesce(Memorandum.terminated_date > first_month, True),
            func.coalesce(effective_expiry(last_day) >= first_month, True),
            source.row_filter.districts(Memorandum.district_soato),
        )
    )
    given = select(
        Support.district_soato,
        Support.ngo_id,
        Support.support_date,
        func.coalesce(Support.amount_uzs, 0).label("amount"),
    ).where(
        Support.support_date.between(first_month, last_day),
        source.row_filter.districts(Support.district_soato),
        is_asked,
    )
    return PartnerRows(source.table(held), _spans(source.table(agreed)), _amounts(source.table(given)))


def _days(values: pd.Series[Any]) -> Days:
    return values.to_numpy(dtype="datetime64[D]")


def _spans(rows: pd.DataFrame) -> pd.DataFrame:
    """The days from which and until which each memorandum was in force, at most until its district ended."""
    # On the day of its termination it is no longer in force.
    expiry, terminated = _days(rows["end_date"]), _days(rows["terminated_date"]) - np.timedelta64(1, "D")
    ends = (expiry, terminated, _days(rows["valid_to"]))
    end = np.minimum.reduce([np.where(np.isnat(each), _OPEN_END, each) for each in ends])
    start = np.maximum(_days(rows["signed_date"]), _days(rows["start_date"]))
    return rows[_PAIR].assign(start_date=start, end_date=end)


def _amounts(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[_PAIR].assign(support_date=_days(rows["support_date"]), amount_uzs=rows["amount"].astype(np.float64))


def partners(rows: PartnerRows, day: date) -> pd.DataFrame:
    """Partner NGOs of the twelve months that end on ``day`` and support given in them: one row a district and NGO.

    Columns: district_soato, ngo_id, is_partner, is_supported (floats, 0 or 1), amount_uzs (float). An NGO may be a
    partner in one district and be supported in another: of an area that holds both it is a partner with support.
    """
    return partners_by_month(rows, [day]).drop(columns="month")


def partners_by_month(rows: PartnerRows, days: Sequence[date]) -> pd.DataFrame:
    """Rows of :func:`partners` on each of the days, which lie in different months: one a month, district and NGO.

    Columns: month (YYYYMM) and those of :func:`partners`.
    """
    months = np.array([year_month(day) for day in days], dtype=np.int64)
    first_months = np.array([year_month(window_start(day)) for day in days], dtype=np.int64)
    first_days = np.array([window_start(day) for day in days], dtype="datetime64[D]")
    last_days = np.array(days, dtype="datetime64[D]")

    def on_each(frame: pd.DataFrame, start: str, end: str, firsts: NDArray[Any], lasts: NDArray[Any]) -> pd.DataFrame:
        """The rows whose span touches that of a day, once for each such day, with its month."""
        starts, ends = frame[start].to_numpy(firsts.dtype), frame[end].to_numpy(firsts.dtype)
        at, row = np.nonzero((starts <= lasts[:, None]) & (ends >= firsts[:, None]))
        return frame.iloc[row].assign(month=months[at])

    key = ["month", *_PAIR]
    held = on_each(rows.held, "year_month", "year_month", first_months, months)
    agreed = on_each(rows.agreed, "start_date", "end_date", first_days, last_days)
    given = on_each(rows.given, "support_date", "support_date", first_days, last_days)
    pairs = pd.concat([held[key], agreed[key]]).drop_duplicates()
    amounts = given.groupby(key, as_index=False)["amount_uzs"].sum()
    joined = pairs.assign(is_partner=1.0).merge(amounts, how="outer", on=key, sort=True)
    is_supported = joined["amount_uzs"].notna().astype(np.float64)
    filled = joined.fillna({"is_partner": 0.0, "amount_uzs": 0.0})
    return filled.assign(is_supported=is_supported)[[*key, "is_partner", "is_supported", "amount_uzs"]]


def pooled_partners(frame: pd.DataFrame, key: pd.Series[Any]) -> pd.DataFrame:
    """One row a ``key`` and partner NGO of it: key, ngo_id, is_supported and amount_uzs, wherever in it that was."""
    columns = {"is_partner": "max", "is_supported": "max", "amount_uzs": "sum"}
    pooled = frame.groupby([key.rename("key"), "ngo_id"], as_index=False)[list(columns)].agg(columns)
    return pooled[pooled["is_partner"] > 0].drop(columns="is_partner")


def partner_sums(frame: pd.DataFrame, key: pd.Series[Any], *, has_limits: bool = True) -> pd.DataFrame:
    """The columns :data:`PARTNER_COLUMNS` of each ``key``, from rows of :func:`partners`; an NGO counts once a key.

    ``support_gini`` is the coefficient of Gini (1912): the sum of the differences of all pairs divided by the number
    of partners times the sum of amounts; NaN where no amount was given. With limits there are columns support_gini_low
    and support_gini_high, with an ending for each of ``CONFIDENCES``.
    """
    pooled = pooled_partners(frame, key)
    pooled = pooled.sort_values(["key", "amount_uzs"], kind="stable")
    groups = pooled.groupby("key")
    place = groups.cumcount().to_numpy(np.float64) + 1
    number = groups["ngo_id"].transform("size").to_numpy(np.float64)
    pooled = pooled.assign(difference=(2 * place - number - 1) * pooled["amount_uzs"])
    sums = pooled.groupby("key")[["is_supported", "amount_uzs", "difference"]].sum()
    counted = pooled.groupby("key").size().astype(np.float64)
    scaled = counted * sums["amount_uzs"]
    found = pd.DataFrame(
        {
            "partners": counted,
            "partners_supported": sums["is_supported"],
            "support_differences": sums["difference"],
            "support_scaled": scaled,
            "support_gini": sums["difference"] / scaled.where(scaled > 0),
        }
    )
    return found.join(_gini_limits(pooled)) if has_limits else found


def _gini_limits(pooled: pd.DataFrame) -> pd.DataFrame:
    rows = {}
    for key, amounts in pooled.groupby("key")["amount_uzs"]:
        of_resamples = resampled(amounts.to_numpy(np.float64))
        rows[key] = [limit for each in CONFIDENCES.values() for limit in gini_limits(of_resamples, confidence=each)]
    names = [f"support_gini_{end}{suffix}" for suffix in CONFIDENCES for end in ("low", "high")]
    return pd.DataFrame.from_dict(rows, orient="index", columns=names, dtype=np.float64)
