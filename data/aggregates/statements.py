"""The statements that recompute the sums of the cells in the work tables ``stale_month`` and ``stale_year``.

First the days, then the months from base rows and days, then mahallas and NGOs. Each table is filled by direction and
then over all directions. ``CROSS JOIN`` keeps SQLite's planner on the order written: from the few stale cells to their
rows by index.
"""

# ruff: noqa: S608 - the statements are made of names of this module and nothing else

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.codes import EvaluationState, EventState, Visibility, WouldRepeat
from data.indicators import METHOD
from data.schema import DistrictDay, DistrictMonth
from data.schema.base import Base


@dataclass(frozen=True)
class Words:
    """What the two databases say differently."""

    later: str
    month: str

    def days_later(self, column: str, days: int) -> str:
        """The date so many days after that of a column."""
        return self.later.format(column=column, days=days)

    def month_bit(self, column: str) -> str:
        """The bit of a date's month in a mask: January is 1."""
        return f"(1 << ({self.month.format(column=column)} - 1))"


WORDS: Mapping[str, Words] = {
    "sqlite": Words(later="date({column}, '+{days} days')", month="CAST(strftime('%m', {column}) AS INTEGER)"),
    "postgresql": Words(later="({column} + {days})", month="CAST(extract(month FROM {column}) AS INTEGER)"),
}

_EVENTS = (
    "stale_month s CROSS JOIN joint_event e"
    " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
)
_HELD = f"e.state_code = '{EventState.HELD}'"
_JUDGED = f"v.is_current AND v.state_code = '{EvaluationState.SUBMITTED}'"
_PARTICIPANTS = tuple(f"participants_{group}" for group in ("total", "young", "women", "at_risk", "victims"))


def _flag(condition: str) -> str:
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def _sums_of(model: type[Base]) -> tuple[str, ...]:
    return tuple(column.name for column in model.__table__.columns if not column.primary_key)


def _part(names: tuple[str, ...], keys: str, expressions: Mapping[str, str], source: str) -> str:
    """Rows of a sum table: the keys, the given expressions and 0 for the rest."""
    listed = ", ".join(f"{expressions.get(name, '0')} AS {name}" for name in names)
    return f"SELECT {keys}, {listed} FROM {source}"


def _insert(table: str, keys: tuple[str, ...], names: tuple[str, ...], parts: tuple[str, ...]) -> str:
    key_list = ", ".join(keys)
    sums = ", ".join(f"sum(u.{name})" for name in names)
    return (
        f"INSERT INTO {table} ({key_list}, {', '.join(names)})"
        f" SELECT {key_list}, {sums} FROM ({' UNION ALL '.join(parts)}) u GROUP BY {key_list}"
    )


def _evaluated_in_time(words: Words) -> str:
    """Whether an NGO that held the event evaluated it in time; a later correction does not undo that."""
    return _flag(
        "EXISTS (SELECT 1 FROM evaluation v JOIN joint_event_ngo n ON n.event_id = v.event_id AND n.ngo_id = v.ngo_id"
        f" WHERE v.event_id = e.id AND v.state_code = '{EvaluationState.SUBMITTED}'"
        f" AND v.submitted_date <= {words.days_later('e.event_date', METHOD.evaluation_days)})"
    )


def _day_statements(words: Words) -> Iterator[str]:
    names, keys = _sums_of(DistrictDay), ("direction_code", "day_date", "district_soato")
    in_cell = "d.district_soato = s.district_soato AND d.day_date BETWEEN s.first_day AND s.last_day"
    stale = f"stale_month s CROSS JOIN district_day d WHERE {in_cell}"
    columns = ", ".join(f"d.{key}" for key in keys)
    yield f"DELETE FROM district_day WHERE ({', '.join(keys)}) IN (SELECT {columns} FROM {stale})"
    held = {"events_held": "1", "events_evaluated_14d": _evaluated_in_time(words)}
    closed = _flag(f"c.closed_date <= {words.days_later('c.created_date', METHOD.closing_days)}")
    made = {"recommendations": "1", "recommendations_closed_60d": closed}
    proposals = (
        "stale_month s CROSS JOIN recommendation c CROSS JOIN evaluation v CROSS JOIN joint_event e"
        " WHERE c.district_soato = s.district_soato AND c.created_date BETWEEN s.first_day AND s.last_day"
        " AND v.id = c.evaluation_id AND e.id = v.event_id"
    )
    event_keys = "e.direction_code, e.event_date AS day_date, e.district_soato"
    parts = (
        _part(names, event_keys, held, f"{_EVENTS} AND {_HELD}"),
        _part(names, "e.direction_code, c.created_date AS day_date, c.district_soato", made, proposals),
    )
    yield _insert("district_day", keys, names, parts)
    whole = _part(names, "'' AS direction_code, d.day_date, d.district_soato", _same(names, "d"), stale)
    yield _insert("district_day", keys, names, (whole,))


def _same(names: tuple[str, ...], alias: str) -> dict[str, str]:
    return {name: f"{alias}.{name}" for name in names}


def _event_part(names: tuple[str, ...], keys: str) -> str:
    counts = {
        "events_held": _flag(_HELD),
        "events_cancelled": _flag(f"e.state_code = '{EventState.CANCELLED}'"),
        **{name: f"CASE WHEN {_HELD} THEN e.{name} ELSE 0 END" for name in _PARTICIPANTS},
    }
    return _part(names, keys, counts, _EVENTS)


def _plan_part(names: tuple[str, ...]) -> str:
    fulfilled = _flag(f"EXISTS (SELECT 1 FROM joint_event e WHERE e.plan_item_id = p.id AND {_HELD})")
    source = (
        "stale_month s CROSS JOIN plan_item p WHERE p.district_soato = s.district_soato"
        " AND p.year = s.year_month / 100 AND p.month = s.year_month % 100"
    )
    keys = "p.district_soato, s.year_month, p.direction_code"
    return _part(names, keys, {"plan_items": "1", "plan_fulfilled": fulfilled}, source)


def _judgement_part(names: tuple[str, ...]) -> str:
    """One row an evaluated event: its evaluations make one mean mark."""
    is_answer = {answer: _flag(f"v.would_repeat_code = '{answer}'") for answer in WouldRepeat}
    answers = ", ".join(f"sum({flag}) AS repeat_{answer}" for answer, flag in is_answer.items())
    confidential = _flag(f"v.visibility_code = '{Visibility.CONFIDENTIAL}'")
    events = (
        "(SELECT e.district_soato, s.year_month, e.direction_code, avg(v.mark_mean) AS mark, count(*) AS evaluations,"
        f" sum({confidential}) AS evaluations_confidential, {answers}"
        " FROM stale_month s CROSS JOIN joint_event e CROSS JOIN evaluation v"
        " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
        f" AND v.event_id = e.id AND {_HELD} AND {_JUDGED}"
        " GROUP BY e.id, e.district_soato, s.year_month, e.direction_code) j"
    )
    counts = {
        "events_marked": _flag("j.mark IS NOT NULL"),
        "event_mark_sum": "coalesce(j.mark, 0)",
        "event_mark_square_sum": "coalesce(j.mark * j.mark, 0)",
        **_same(("evaluations", "evaluations_confidential", "repeat_yes", "repeat_no", "repeat_unsure"), "j"),
    }
    return _part(names, "j.district_soato, j.year_month, j.direction_code", counts, events)


def _month_statements() -> Iterator[str]:
    names, keys = _sums_of(DistrictMonth), ("district_soato", "year_month", "direction_code")
    stale = "(district_soato, year_month) IN (SELECT s.district_soato, s.year_month FROM stale_month s)"
    yield f"DELETE FROM district_month WHERE {stale}"
    waited = ("events_evaluated_14d", "recommendations", "recommendations_closed_60d")
    days = (
        "stale_month s CROSS JOIN district_day d WHERE d.district_soato = s.district_soato"
        " AND d.day_date BETWEEN s.first_day AND s.last_day AND d.direction_code <> ''"
    )
    parts = (
        _event_part(names, "e.district_soato, s.year_month, e.direction_code"),
        _plan_part(names),
        _judgement_part(names),
        _part(names, "d.district_soato, s.year_month, d.direction_code", _same(waited, "d"), days),
    )
    yield _insert("district_month", keys, names, parts)
    whole = _part(names, "m.district_soato, m.year_month, '' AS direction_code", _same(names, "m"), "district_month m")
    yield _insert("district_month", keys, names, (f"{whole} WHERE {stale}",))


def _mahalla_statements(words: Words) -> Iterator[str]:
    keys = "mahalla_id, year, direction_code"
    stale = "stale_year s CROSS JOIN mahalla_year y WHERE y.district_soato = s.district_soato AND y.year = s.year"
    yield (f"DELETE FROM mahalla_year WHERE ({keys}) IN (SELECT y.mahalla_id, y.year, y.direction_code FROM {stale})")
    for direction in ("e.direction_code", "''"):
        yield (
            f"INSERT INTO mahalla_year ({keys}, district_soato, month_mask)"
            f" SELECT e.mahalla_id, s.year, {direction} AS direction, m.district_soato,"
            f" sum(DISTINCT {words.month_bit('e.event_date')})"
            " FROM stale_year s CROSS JOIN joint_event e CROSS JOIN mahalla m"
            " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
            f" AND {_HELD} AND m.id = e.mahalla_id AND m.district_soato = e.district_soato"
            " GROUP BY e.mahalla_id, s.year, direction, m.district_soato"
        )


def _ngo_statements() -> Iterator[str]:
    keys = ("district_soato", "year_month", "direction_code", "ngo_id")
    names = ("evaluations", "evaluations_confidential")
    stale = "(district_soato, year_month) IN (SELECT s.district_soato, s.year_month FROM stale_month s)"
    yield f"DELETE FROM evaluation_ngo_month WHERE {stale}"
    source = (
        "stale_month s CROSS JOIN joint_event e CROSS JOIN evaluation v"
        " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
        f" AND v.event_id = e.id AND {_HELD} AND {_JUDGED}"
    )
    counts = {
        "evaluations": "1",
        "evaluations_confidential": _flag(f"v.visibility_code = '{Visibility.CONFIDENTIAL}'"),
    }
    part = _part(names, "e.district_soato, s.year_month, e.direction_code, v.ngo_id", counts, source)
    yield _insert("evaluation_ngo_month", keys, names, (part,))
    whole = "t.district_soato, t.year_month, '' AS direction_code, t.ngo_id"
    part = _part(names, whole, _same(names, "t"), f"evaluation_ngo_month t WHERE {stale}")
    yield _insert("evaluation_ngo_month", keys, names, (part,))


def statements(dialect: str) -> Iterator[str]:
    """The statements in their order, for ``sqlite`` or ``postgresql``."""
    words = WORDS[dialect]
    yield from _day_statements(words)
    yield from _month_statements()
    yield from _mahalla_statements(words)
    yield from _ngo_statements()
