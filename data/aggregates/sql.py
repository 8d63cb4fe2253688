"""SQL fragments of the statements that recompute sums."""

# ruff: noqa: S608 - the statements are made of names of this package and nothing else

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from data.codes import EvaluationState, EventState
from data.schema.base import Base

STALE = "(district_soato, year_month) IN (SELECT s.district_soato, s.year_month FROM refreshed_month s)"
EVENTS = (
    "refreshed_month s CROSS JOIN joint_event e"
    " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
)
IS_HELD = f"e.state_code = '{EventState.HELD}' AND e.withdrawn_at IS NULL"
IS_SUBMITTED = f"v.state_code = '{EvaluationState.SUBMITTED}'"
EVALUATED = (
    "refreshed_month s CROSS JOIN joint_event e CROSS JOIN evaluation v"
    " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
    f" AND v.event_id = e.id AND {IS_HELD} AND v.is_current AND {IS_SUBMITTED}"
)


def one_if(condition: str) -> str:
    """1 where the condition holds, else 0."""
    return f"CASE WHEN {condition} THEN 1 ELSE 0 END"


def columns_of(names: Iterable[str], alias: str) -> dict[str, str]:
    """Columns of a source unchanged."""
    return {name: f"{alias}.{name}" for name in names}


def sum_names(model: type[Base]) -> tuple[str, ...]:
    """Columns of a table of sums except its key."""
    return tuple(column.name for column in model.__table__.columns if not column.primary_key)


def select_sums(names: Sequence[str], keys: str, expressions: Mapping[str, str], source: str) -> str:
    """Select for a table of sums: the keys, the given expressions and 0 for the rest."""
    listed = ", ".join(f"{expressions.get(name, '0')} AS {name}" for name in names)
    return f"SELECT {keys}, {listed} FROM {source}"


def insert_sums(table: str, keys: Sequence[str], names: Sequence[str], selects: Sequence[str]) -> str:
    """Statement that fills a table of sums with the selects added up by their keys."""
    key_list = ", ".join(keys)
    sums = ", ".join(f"sum(u.{name})" for name in names)
    return (
        f"INSERT INTO {table} ({key_list}, {', '.join(names)})"
        f" SELECT {key_list}, {sums} FROM ({' UNION ALL '.join(selects)}) u GROUP BY {key_list}"
    )
