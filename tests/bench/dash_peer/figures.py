"""Figures of the Overview by district, as plain SQL of SQLite and pandas, without any of our queries.

Five of the six are those of the page. The rating is the plain mean of the events of an area: how the page draws areas
towards the nation is a model of its own, which a plain app would not have.
"""

# ruff: noqa: S608 - the statements are made of names of this module and nothing else

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.dates.period import shift_month
from data.dates.working_days import reminder_until
from data.indicators import INDICATORS
from tests.bench.plain_overview import AGREED, CLOSED, bounds

if TYPE_CHECKING:
    from datetime import date

    from sqlalchemy import Connection

    from data.dates.period import Period

NATION = "uz"
DISTRICTS = (
    "SELECT d.soato, d.region_soato, count(m.id) AS mahallas"
    " FROM district d LEFT JOIN mahalla m ON m.district_soato = d.soato"
    " WHERE coalesce(d.valid_from <= :last_day, 1) AND coalesce(d.valid_to >= :last_day, 1) GROUP BY d.soato"
)
MONTHS = (
    "SELECT district_soato, sum(plan_items) AS plan_items, sum(plan_fulfilled) AS plan_fulfilled,"
    " sum(events_marked) AS marked, sum(event_mark_sum) AS mark_sum FROM district_month"
    " WHERE direction_code = '' AND year_month BETWEEN :first_month AND :last_month GROUP BY 1"
)
BATCHES = (
    "SELECT district_soato, sum(events_marked) AS marked, sum(event_mark_sum) AS mark_sum FROM confidential_batch"
    " WHERE first_year_month >= :first_month AND last_year_month <= :last_month GROUP BY 1"
)
REACHED = (
    "SELECT district_soato, count(DISTINCT mahalla_id) AS reached FROM mahalla_year WHERE direction_code = ''"
    " AND (year = :reach_first_year AND month_mask & :reach_first_mask"
    " OR year = :reach_last_year AND month_mask & :reach_last_mask) GROUP BY 1"
)
ACTIVE = (
    "SELECT DISTINCT memorandum_id FROM joint_event WHERE state_code = 'held' AND withdrawn_at IS NULL"
    " AND memorandum_id IS NOT NULL AND event_date BETWEEN date(:last_day, '-90 days') AND :last_day"
)
# What an indicator is a ratio of, and its factor; of one district the coverage is one of days.
RATIOS = {
    "memorandum_coverage": ("covered", "districts", 100),
    "memorandum_alive": ("alive", "judged", 100),
    "plan_execution": ("plan_fulfilled", "plan_items", 100),
    "mahalla_reach": ("reached", "mahallas", 100),
    "evaluation_score": ("mark_sum", "marked", 1),
    "recommendations_closed": ("closed", "released", 100),
}
OF_DISTRICTS = RATIOS | {"memorandum_coverage": ("days_covered", "days", 100)}

_RUNNING = (
    "WITH running AS (SELECT m.*, coalesce((SELECT a.expiry_date FROM memorandum_amendment a"
    " WHERE a.memorandum_id = m.id AND a.withdrawn_at IS NULL AND a.signed_date <= :today"
    " AND a.expiry_date IS NOT NULL ORDER BY a.number DESC LIMIT 1), m.expiry_date) AS expiry"
    " FROM memorandum m WHERE m.withdrawn_at IS NULL AND m.signed_date <= :today AND m.start_date <= :today"
    " AND coalesce(m.terminated_date > :today, 1))"
)
ATTENTION = (
    f"{_RUNNING} SELECT kind, district_soato, coalesce(region, region_soato) AS region_soato, count(*) AS number"
    " FROM ("
    " SELECT 'expiring' AS kind, district_soato, NULL AS region FROM running"
    " WHERE expiry BETWEEN :today AND date(:today, '+90 days')"
    " UNION ALL SELECT 'on_paper', r.district_soato, NULL FROM running r WHERE coalesce(r.expiry >= :today, 1)"
    " AND max(r.signed_date, r.start_date) <= date(:today, '-90 days') AND NOT EXISTS (SELECT 1 FROM joint_event e"
    " WHERE e.memorandum_id = r.id AND e.state_code = 'held' AND e.withdrawn_at IS NULL"
    " AND e.event_date BETWEEN date(:today, '-90 days') AND :today)"
    " UNION ALL SELECT 'obligation_overdue', m.district_soato, NULL FROM obligation o"
    " JOIN memorandum m ON m.id = o.memorandum_id WHERE o.due_date < :today AND o.fulfilled_date IS NULL"
    " AND o.withdrawn_at IS NULL AND m.withdrawn_at IS NULL"
    " UNION ALL SELECT 'recommendation_overdue', district_soato, NULL FROM recommendation"
    " WHERE state_code NOT IN ('declined', 'closed', 'done') AND released_date <= :today"
    " AND (deadline_date < :today OR answered_date IS NULL AND released_date < date(:today, '-60 days'))"
    " UNION ALL SELECT 'decision_overdue', m.district_soato, m.region_soato FROM decision d"
    " JOIN meeting m ON m.id = d.meeting_id WHERE d.due_date < :today AND d.done_date IS NULL"
    " UNION ALL SELECT 'event_passed', district_soato, NULL FROM joint_event"
    " WHERE state_code = 'planned' AND event_date < :today AND withdrawn_at IS NULL"
    " UNION ALL SELECT 'not_evaluated', district_soato, NULL FROM joint_event e WHERE e.state_code = 'held'"
    " AND e.withdrawn_at IS NULL AND e.event_date BETWEEN date(:today, '-60 days') AND date(:today, '-15 days')"
    " AND NOT EXISTS (SELECT 1 FROM evaluation v WHERE v.event_id = e.id AND v.is_current"
    " AND v.state_code = 'submitted')"
    " UNION ALL SELECT 'request_overdue', district_soato, NULL FROM information_request"
    " WHERE due_date < :today AND answered_date IS NULL AND withdrawn_at IS NULL"
    " UNION ALL SELECT 'request_due', district_soato, NULL FROM information_request"
    " WHERE due_date BETWEEN :today AND :until AND answered_date IS NULL AND withdrawn_at IS NULL"
    " UNION ALL SELECT 'proposal_waiting', district_soato, NULL FROM proposal WHERE state_code = 'proposed'"
    ") LEFT JOIN district ON soato = district_soato GROUP BY 1, 2, 3"
)


def attention_rows(connection: Connection, today: date) -> pd.DataFrame:
    """Return what :data:`ATTENTION` gives on a day."""
    asked = {"today": today.isoformat(), "until": reminder_until(connection, today).isoformat()}
    return pd.read_sql(ATTENTION, connection, params=asked)


def district_sums(connection: Connection, period: Period, day: date) -> pd.DataFrame:
    """Sums of the months of a period by district (SOATO): its region, and the columns of :data:`RATIOS`.

    The months are over by ``day``, today.
    """
    asked = bounds(period, day) | _reach_bounds(period)

    def read(statement: str) -> pd.DataFrame:
        return pd.read_sql(statement, connection, params=asked)

    found = read(DISTRICTS).set_index("soato").assign(districts=1, days=(period.last_day - period.first_day).days + 1)
    rated = pd.concat([read(MONTHS), read(BATCHES)]).groupby("district_soato").sum()
    closed = read(CLOSED).groupby("district_soato")[["released", "closed"]].sum()
    memoranda = _memoranda(read(AGREED), read(ACTIVE)["memorandum_id"], period)
    sums = found.join([rated, read(REACHED).set_index("district_soato"), closed, memoranda]).fillna(0)
    return sums.astype(dict.fromkeys(sums.columns.drop("region_soato"), np.float64))


def _reach_bounds(period: Period) -> dict[str, int]:
    """Return the years and months, as masks, of the 12 months up to the end of a period."""
    first, last = shift_month(period.last_day, -11), period.last_day
    return {
        "reach_first_year": first.year,
        "reach_first_mask": 0xFFF << (first.month - 1) & 0xFFF,
        "reach_last_year": last.year,
        "reach_last_mask": (1 << last.month) - 1,
    }


def _memoranda(agreed: pd.DataFrame, active: pd.Series[int], period: Period) -> pd.DataFrame:
    """Return by district what is known of its memoranda: those in force for 90 days on the last day, those of
    them with an event in these 90 days, whether any is in force on the last day, and the days on which any was."""
    dates = ["signed_date", "start_date", "expiry_date", "terminated_date", "amended_date", "amended_expiry_date"]
    agreed[dates] = agreed[dates].apply(pd.to_datetime)
    days = pd.date_range(period.first_day, period.last_day).to_numpy()
    one = agreed.drop_duplicates("id").set_index("id")
    expiry = np.repeat(one["expiry_date"].to_numpy()[:, None], len(days), axis=1)
    amended = agreed.dropna(subset="number").sort_values("number")
    places = one.index.get_indexer(pd.Index(amended["id"]))
    signed, until = (amended[name].to_numpy() for name in ("amended_date", "amended_expiry_date"))
    # The amendment with the highest number of those signed by a day decides.
    for place, signed_day, end in zip(places, signed, until, strict=True):
        expiry[place, days >= signed_day] = end
    start = one[["signed_date", "start_date"]].max(axis=1).to_numpy()
    ended = one["terminated_date"].to_numpy()[:, None]
    in_force = (start[:, None] <= days) & ~(expiry < days) & ~(ended <= days)
    judged = in_force[:, -1] & (start <= days[-1] - np.timedelta64(90, "D"))
    of_one = pd.DataFrame({"judged": judged, "alive": judged & one.index.isin(active)}, index=one["district_soato"])
    covered = pd.DataFrame(in_force, index=one["district_soato"]).groupby(level=0).any()
    of_district = of_one.groupby(level=0).sum()
    return of_district.assign(covered=covered.iloc[:, -1].astype(int), days_covered=covered.sum(axis=1))


def values(sums: pd.DataFrame, by: str | None) -> pd.DataFrame:
    """Values of the six indicators, a column each, by a column of the sums; without one by district.

    Missing where fewer are known than the indicator needs.
    """
    ratios = OF_DISTRICTS if by is None else RATIOS
    added = sums if by is None else sums.groupby(by).sum(numeric_only=True)
    found = {}
    for code, (numerator, denominator, factor) in ratios.items():
        is_enough = added[denominator] >= max(INDICATORS[code].minimum_n, 1)
        found[code] = factor * (added[numerator] / added[denominator]).where(is_enough)
    return pd.DataFrame(found)


def area_values(sums: pd.DataFrame, area: str) -> dict[str, float]:
    """Values of the six indicators of the nation (``uz``), a region or a district."""
    if area in sums.index:
        found = values(sums, None)
    elif area == NATION:
        found = values(sums.assign(nation=NATION), "nation")
    else:
        found = values(sums, "region_soato")
    return {code: float(found[code][area]) for code in RATIOS}


def attention_counts(counted: pd.DataFrame, area: str) -> dict[str, int]:
    """How many things of each kind need attention in an area; ``counted``: what :data:`ATTENTION` gives."""
    is_inside = (counted["district_soato"] == area) | (counted["region_soato"] == area) | (area == NATION)
    kinds = counted[is_inside].groupby("kind")["number"].sum()
    return {str(kind): int(number) for kind, number in kinds.items()}
