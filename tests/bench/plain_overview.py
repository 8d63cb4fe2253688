"""What the Overview shows of the nation, as plain SQL on the base tables of SQLite: its peer without any of our code.

Tiles of a period and of the year before, their lines over three years, the map and ranking of plan execution, and the
lists of what needs attention, whose statements are those of the page as text.
"""

# ruff: noqa: S608 - the statements are made of names of this module and nothing else

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

from sqlalchemy import Connection, event

from data.dates.clock import today
from data.dates.period import Period, shift_month
from data.policy import Actor, Role, Scope
from pages.loaders.attention import SHOWN_ON_OVERVIEW
from queries.attention import attention_counts, attention_list
from queries.indicators.trends import trend_period

_DISTRICTS = (
    "SELECT d.*, (SELECT count(*) FROM mahalla m WHERE m.district_soato = d.soato) AS mahallas,"
    " (SELECT i.inhabitants FROM inhabitants i WHERE i.district_soato = d.soato"
    " ORDER BY i.counted_date DESC LIMIT 1) AS inhabitants FROM district d ORDER BY d.soato"
)
_PLAN = (
    "SELECT p.district_soato, p.year * 100 + p.month AS month, count(*),"
    " sum(EXISTS (SELECT 1 FROM joint_event e WHERE e.plan_item_id = p.id AND e.state_code = 'held'"
    " AND e.withdrawn_at IS NULL))"
    " FROM plan_item p WHERE p.withdrawn_at IS NULL AND p.year * 100 + p.month BETWEEN :first_month AND :last_month"
    " GROUP BY 1, 2"
)
_REACH = (
    "SELECT e.district_soato, e.mahalla_id, sum(DISTINCT 1 << ((strftime('%Y', e.event_date) - :first_year) * 12"
    " + strftime('%m', e.event_date) - 1))"
    " FROM joint_event e JOIN mahalla m ON m.id = e.mahalla_id AND m.district_soato = e.district_soato"
    " WHERE e.state_code = 'held' AND e.withdrawn_at IS NULL AND e.event_date BETWEEN :year_earlier AND :last_day"
    " GROUP BY 1, 2"
)
_SAID = (
    "joint_event e JOIN evaluation v ON v.event_id = e.id"
    " WHERE e.state_code = 'held' AND e.withdrawn_at IS NULL AND v.is_current AND v.state_code = 'submitted'"
    " AND v.visibility_code = 'named' AND NOT EXISTS (SELECT 1 FROM confidential_batch_member b"
    " WHERE b.event_id = v.event_id AND b.ngo_id = v.ngo_id)"
)
_RATINGS = (
    "SELECT district_soato, month, count(mark), sum(mark), sum(mark * mark) FROM ("
    " SELECT e.district_soato, strftime('%Y%m', e.event_date) AS month, avg(v.mark_mean) AS mark"
    f" FROM {_SAID} AND e.event_date BETWEEN :first_day AND :last_day GROUP BY e.id) GROUP BY 1, 2"
)
_BATCHES = "SELECT * FROM confidential_batch WHERE first_year_month >= :first_month AND last_year_month <= :last_month"
_BY_NGO = (
    "SELECT e.district_soato, v.ngo_id, count(v.mark_mean), sum(v.mark_mean)"
    f" FROM {_SAID} AND e.event_date BETWEEN :first_day AND :last_day GROUP BY 1, 2"
)
_RESPONSE = (
    "SELECT e.district_soato, count(*), sum(EXISTS (SELECT 1 FROM evaluation v"
    " JOIN joint_event_ngo n ON n.event_id = v.event_id AND n.ngo_id = v.ngo_id WHERE v.event_id = e.id"
    " AND v.state_code = 'submitted' AND v.submitted_date <= date(e.event_date, '+14 days')))"
    " FROM joint_event e WHERE e.state_code = 'held' AND e.withdrawn_at IS NULL"
    " AND e.event_date BETWEEN :first_day AND :last_day AND e.event_date < date(:today, '-14 days') GROUP BY 1"
)
CLOSED = (
    "SELECT c.district_soato, strftime('%Y%m', c.released_date), count(*) AS released,"
    " sum(c.closed_date <= date(c.released_date, '+60 days')) AS closed FROM recommendation c"
    " WHERE c.released_date BETWEEN :first_day AND :last_day AND c.released_date <= date(:today, '-60 days')"
    " GROUP BY 1, 2"
)
AGREED = (
    "SELECT m.id, m.district_soato, m.signed_date, m.start_date, m.expiry_date, m.terminated_date,"
    " a.number, a.signed_date AS amended_date, a.expiry_date AS amended_expiry_date"
    " FROM memorandum m LEFT JOIN memorandum_amendment a"
    " ON a.memorandum_id = m.id AND a.withdrawn_at IS NULL AND a.expiry_date IS NOT NULL"
    " WHERE m.withdrawn_at IS NULL AND m.signed_date <= :last_day AND m.start_date <= :last_day"
)
_ALIVE = (
    "WITH RECURSIVE ends(day) AS (SELECT date(:first_day, '+1 months', '-1 days') UNION ALL"
    " SELECT date(day, '+1 days', '+1 months', '-1 days') FROM ends WHERE day < :last_day)"
    " SELECT m.district_soato, min(d.day, :today), count(*), sum(m.signed_date <= date(d.day, '-90 days')"
    " AND m.start_date <= date(d.day, '-90 days')), sum(m.signed_date <= date(d.day, '-90 days')"
    " AND m.start_date <= date(d.day, '-90 days') AND EXISTS (SELECT 1 FROM joint_event e WHERE e.memorandum_id = m.id"
    " AND e.state_code = 'held' AND e.withdrawn_at IS NULL AND e.event_date BETWEEN date(d.day, '-90 days') AND d.day))"
    " FROM ends d JOIN memorandum m ON m.withdrawn_at IS NULL AND m.signed_date <= d.day AND m.start_date <= d.day"
    " AND coalesce(m.terminated_date > d.day, 1) AND coalesce(coalesce((SELECT a.expiry_date"
    " FROM memorandum_amendment a WHERE a.memorandum_id = m.id AND a.withdrawn_at IS NULL AND a.signed_date <= d.day"
    " AND a.expiry_date IS NOT NULL ORDER BY a.number DESC LIMIT 1), m.expiry_date) >= d.day, 1)"
    " GROUP BY 1, 2"
)


def bounds(period: Period, day: date) -> dict[str, Any]:
    """Return the parameters of the statements for a period."""
    earlier = shift_month(period.first_day, -11)
    return {
        "first_day": period.first_day.isoformat(),
        "last_day": period.last_day.isoformat(),
        "first_month": period.first_year_month,
        "last_month": period.last_year_month,
        "year_earlier": earlier.isoformat(),
        "first_year": earlier.year,
        "today": day.isoformat(),
    }


def plain_overview(connection: Connection) -> Callable[[Connection], None]:
    """Return a function that reads what the Overview shows, for the last twelve months."""
    day = today()
    period = Period.last_complete_months(day)
    of_trend = bounds(trend_period(period), day)
    asked: list[tuple[str, Any]] = [
        ("SELECT * FROM region ORDER BY soato", {}),
        (_DISTRICTS, {}),
        *((statement, of_trend) for statement in (_PLAN, _REACH, _RATINGS, _BATCHES, CLOSED, AGREED, _ALIVE)),
        *((_BY_NGO, bounds(months, day)) for months in (period, period.year_before())),
        (_RESPONSE, bounds(period, day)),
        ("SELECT * FROM target WHERE year = :year", {"year": day.year}),
        *_attention_statements(connection, day),
    ]

    def ask(connection: Connection) -> None:
        for statement, parameters in asked:
            connection.exec_driver_sql(statement, parameters).all()

    return ask


def _attention_statements(connection: Connection, day: date) -> Iterator[tuple[str, Any]]:
    """Return the statements behind the lists and counts of what needs attention, as the driver gets them."""
    found: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        found.append((statement, parameters))

    actor, scope = Actor(Role.NATIONAL), Scope.nation()
    event.listen(connection, "before_cursor_execute", note)
    attention_counts(connection, actor, scope=scope, today=day)
    attention_list(connection, actor, scope=scope, today=day, limit=SHOWN_ON_OVERVIEW)
    event.remove(connection, "before_cursor_execute", note)
    yield from found
