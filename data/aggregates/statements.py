"""Statements that recompute the sums of the months in the work tables ``refreshed_month`` and ``refreshed_year``.

First the days and what named evaluations say, then the months from base rows and those, then mahallas and NGOs. Each
table is filled by direction and then over all directions. ``CROSS JOIN`` keeps SQLite's planner on the order written:
from the few stale months to their rows by index. What a confidential evaluation says is in none of these sums; it
reaches the figures in batches (:mod:`data.aggregates.release`).
"""

# ruff: noqa: S608 - the statements are made of names of this package and nothing else

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.aggregates.evaluations import NAMED, evaluation_statements
from data.aggregates.release import IS_IN_BATCH
from data.aggregates.sql import (
    EVALUATED,
    EVENTS,
    IS_HELD,
    IS_SUBMITTED,
    STALE,
    columns_of,
    insert_sums,
    one_if,
    select_sums,
    sum_names,
)
from data.codes import EventState, Visibility
from data.indicators import METHOD
from data.schema import DistrictDay, DistrictMonth, NgoMonth, PartnerMonth


@dataclass(frozen=True)
class DateSql:
    """Date expressions that differ between SQLite and PostgreSQL."""

    later: str
    month: str

    def days_later(self, column: str, days: int) -> str:
        """Date that is ``days`` after that of a column."""
        return self.later.format(column=column, days=days)

    def month_bit(self, column: str) -> str:
        """Bit of a date's month in a mask; January is 1."""
        return f"(1 << ({self.month.format(column=column)} - 1))"


DATE_SQL: Mapping[str, DateSql] = {
    "sqlite": DateSql(later="date({column}, '+{days} days')", month="CAST(strftime('%m', {column}) AS INTEGER)"),
    "postgresql": DateSql(later="({column} + {days})", month="CAST(extract(month FROM {column}) AS INTEGER)"),
}
_PARTICIPANTS = tuple(f"participants_{group}" for group in ("total", "young", "women", "at_risk", "victims"))
# What a joint event (``e``) adds to columns of :class:`data.schema.DistrictMonth`.
EVENT_SUMS: Mapping[str, str] = {
    "events_held": one_if(IS_HELD),
    "events_unplanned": one_if(f"{IS_HELD} AND e.plan_item_id IS NULL"),
    "events_cancelled": one_if(f"e.state_code = '{EventState.CANCELLED}'"),
    **{name: f"CASE WHEN {IS_HELD} THEN e.{name} ELSE 0 END" for name in _PARTICIPANTS},
}
_RECOMMENDATIONS = ("recommendations", "recommendations_closed_60d")
_EVALUATIONS = (
    "events_marked", "event_mark_sum", "event_mark_square_sum", "repeat_yes", "repeat_no", "repeat_unsure",
)  # fmt: skip


def _evaluated_in_time(dates: DateSql) -> str:
    """Condition that an NGO that held the event evaluated it in time; a later correction does not undo that."""
    return one_if(
        "EXISTS (SELECT 1 FROM evaluation v JOIN joint_event_ngo n ON n.event_id = v.event_id AND n.ngo_id = v.ngo_id"
        f" WHERE v.event_id = e.id AND {IS_SUBMITTED}"
        f" AND v.submitted_date <= {dates.days_later('e.event_date', METHOD.evaluation_days)})"
    )


def _day_statements(dates: DateSql) -> Iterator[str]:
    names, keys = sum_names(DistrictDay), ("direction_code", "day_date", "district_soato")
    in_month = "d.district_soato = s.district_soato AND d.day_date BETWEEN s.first_day AND s.last_day"
    stale = f"refreshed_month s CROSS JOIN district_day d WHERE {in_month}"
    columns = ", ".join(f"d.{key}" for key in keys)
    yield f"DELETE FROM district_day WHERE ({', '.join(keys)}) IN (SELECT {columns} FROM {stale})"
    held = {"events_held": "1", "events_evaluated_14d": _evaluated_in_time(dates)}
    event_keys = "e.direction_code, e.event_date AS day_date, e.district_soato"
    selects = (
        select_sums(names, event_keys, held, f"{EVENTS} AND {IS_HELD}"),
        _recommendation_sums(names, dates, "e.direction_code", Visibility.NAMED),
    )
    yield insert_sums("district_day", keys, names, selects)
    whole = (
        select_sums(names, "'' AS direction_code, d.day_date, d.district_soato", columns_of(names, "d"), stale),
        _recommendation_sums(names, dates, "'' AS direction_code", Visibility.CONFIDENTIAL),
    )
    yield insert_sums("district_day", keys, names, whole)


def _recommendation_sums(names: tuple[str, ...], dates: DateSql, direction: str, visibility: Visibility) -> str:
    """Released recommendations of the evaluations of one visibility."""
    closed = one_if(f"c.closed_date <= {dates.days_later('c.released_date', METHOD.closing_days)}")
    made = {"recommendations": "1", "recommendations_closed_60d": closed}
    source = (
        "refreshed_month s CROSS JOIN recommendation c CROSS JOIN evaluation v CROSS JOIN joint_event e"
        " WHERE c.district_soato = s.district_soato AND c.released_date BETWEEN s.first_day AND s.last_day"
        f" AND v.id = c.evaluation_id AND e.id = v.event_id AND v.visibility_code = '{visibility}'"
    )
    return select_sums(names, f"{direction}, c.released_date AS day_date, c.district_soato", made, source)


def _event_sums(names: tuple[str, ...], keys: str) -> str:
    return select_sums(names, keys, EVENT_SUMS, EVENTS)


def _plan_sums(names: tuple[str, ...]) -> str:
    fulfilled = one_if(f"EXISTS (SELECT 1 FROM joint_event e WHERE e.plan_item_id = p.id AND {IS_HELD})")
    source = (
        "refreshed_month s CROSS JOIN plan_item p WHERE p.district_soato = s.district_soato"
        " AND p.year = s.year_month / 100 AND p.month = s.year_month % 100 AND p.withdrawn_at IS NULL"
    )
    keys = "p.district_soato, s.year_month, p.direction_code"
    return select_sums(names, keys, {"plan_items": "1", "plan_fulfilled": fulfilled}, source)


def _evaluation_sums(names: tuple[str, ...]) -> str:
    """Sums of all evaluations; whether an event was evaluated, and with which visibility, is not confidential."""
    is_confidential = f"v.visibility_code = '{Visibility.CONFIDENTIAL}'"
    counts = {
        "evaluations": "1",
        "evaluations_confidential": one_if(is_confidential),
        "evaluations_waiting": one_if(f"{is_confidential} AND NOT {IS_IN_BATCH}"),
    }
    return select_sums(names, "e.district_soato, s.year_month, e.direction_code", counts, EVALUATED)


def _sums_of_months(names: tuple[str, ...]) -> Iterator[str]:
    yield _event_sums(names, "e.district_soato, s.year_month, e.direction_code")
    yield _plan_sums(names)
    yield _evaluation_sums(names)
    judged = f"evaluation_month j WHERE {STALE} AND j.direction_code <> '' AND j.form_code = ''"
    yield select_sums(names, "j.district_soato, j.year_month, j.direction_code", columns_of(_EVALUATIONS, "j"), judged)
    keys = "d.district_soato, s.year_month, d.direction_code"
    yield select_sums(names, keys, columns_of(("events_evaluated_14d", *_RECOMMENDATIONS), "d"), f"{_DAYS} <> ''")


_DAYS = (
    "refreshed_month s CROSS JOIN district_day d WHERE d.district_soato = s.district_soato"
    " AND d.day_date BETWEEN s.first_day AND s.last_day AND d.direction_code"
)


def _month_statements() -> Iterator[str]:
    names, keys = sum_names(DistrictMonth), ("district_soato", "year_month", "direction_code")
    yield f"DELETE FROM district_month WHERE {STALE}"
    yield insert_sums("district_month", keys, names, tuple(_sums_of_months(names)))
    added = columns_of((name for name in names if name not in _RECOMMENDATIONS), "m")
    whole = (
        select_sums(
            names, "m.district_soato, m.year_month, '' AS direction_code", added, f"district_month m WHERE {STALE}"
        ),
        select_sums(
            names,
            "d.district_soato, s.year_month, d.direction_code",
            columns_of(_RECOMMENDATIONS, "d"),
            f"{_DAYS} = ''",
        ),
    )
    yield insert_sums("district_month", keys, names, whole)


def _mahalla_statements(dates: DateSql) -> Iterator[str]:
    keys = "mahalla_id, year, direction_code"
    stale = "refreshed_year s CROSS JOIN mahalla_year y WHERE y.district_soato = s.district_soato AND y.year = s.year"
    yield (f"DELETE FROM mahalla_year WHERE ({keys}) IN (SELECT y.mahalla_id, y.year, y.direction_code FROM {stale})")
    for direction in ("e.direction_code", "''"):
        yield (
            f"INSERT INTO mahalla_year ({keys}, district_soato, month_mask)"
            f" SELECT e.mahalla_id, s.year, {direction} AS direction, m.district_soato,"
            f" sum(DISTINCT {dates.month_bit('e.event_date')})"
            " FROM refreshed_year s CROSS JOIN joint_event e CROSS JOIN mahalla m"
            " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
            f" AND {IS_HELD} AND m.id = e.mahalla_id AND m.district_soato = e.district_soato"
            " GROUP BY e.mahalla_id, s.year, direction, m.district_soato"
        )


def _ngo_statements() -> Iterator[str]:
    keys, names = ("district_soato", "year_month", "ngo_id"), sum_names(NgoMonth)
    yield f"DELETE FROM ngo_month WHERE {STALE}"
    evaluated = (
        f"EXISTS (SELECT 1 FROM evaluation v WHERE v.event_id = e.id AND v.ngo_id = n.ngo_id AND {IS_SUBMITTED})"
    )
    source = (
        "refreshed_month s CROSS JOIN joint_event e CROSS JOIN joint_event_ngo n"
        " WHERE e.district_soato = s.district_soato"
        f" AND e.event_date BETWEEN s.first_day AND s.last_day AND n.event_id = e.id AND {IS_HELD}"
    )
    counts = {"events_held": "1", "events_evaluated": one_if(evaluated)}
    select = select_sums(names, "e.district_soato, s.year_month, n.ngo_id", counts, source)
    said = {"evaluations_marked": "1", "evaluations_all_fives": one_if("v.mark_mean = 5"), "mark_sum": "v.mark_mean"}
    named = f"{NAMED} AND v.mark_mean IS NOT NULL"
    named_select = select_sums(names, "e.district_soato, s.year_month, v.ngo_id", said, named)
    yield insert_sums("ngo_month", keys, names, (select, named_select))


def _partner_statements() -> Iterator[str]:
    names, keys = sum_names(PartnerMonth), ("district_soato", "year_month", "direction_code", "partner_code")
    yield f"DELETE FROM partner_month WHERE {STALE}"
    each = (
        "refreshed_month s CROSS JOIN joint_event e CROSS JOIN joint_event_partner p"
        " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
        f" AND p.event_id = e.id AND {IS_HELD}"
    )
    any_partner = f"{EVENTS} AND {IS_HELD} AND EXISTS (SELECT 1 FROM joint_event_partner p WHERE p.event_id = e.id)"
    held, event_keys = {"events_held": "1"}, "e.district_soato, s.year_month, e.direction_code"
    selects = (
        select_sums(names, f"{event_keys}, p.partner_code", held, each),
        select_sums(names, f"{event_keys}, '' AS partner_code", held, any_partner),
    )
    yield insert_sums("partner_month", keys, names, selects)
    month_keys = "m.district_soato, m.year_month, '' AS direction_code, m.partner_code"
    whole = select_sums(names, month_keys, columns_of(names, "m"), f"partner_month m WHERE {STALE}")
    yield insert_sums("partner_month", keys, names, (whole,))


def statements(dialect: str) -> Iterator[str]:
    """All statements in their order, for ``sqlite`` or ``postgresql``."""
    dates = DATE_SQL[dialect]
    yield from _day_statements(dates)
    yield from evaluation_statements()
    yield from _month_statements()
    yield from _mahalla_statements(dates)
    yield from _ngo_statements()
    yield from _partner_statements()
