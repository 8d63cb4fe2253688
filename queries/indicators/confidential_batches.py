"""What released batches of confidential evaluations add to the sums, and where they may.

A batch belongs to a district and to a span of months, and to no direction or form: it counts where its whole span lies
in the months asked for and nothing narrower than the district is asked for. This is the one place of that rule.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Select, and_, func, select
from sqlalchemy.orm import InstrumentedAttribute

from data.schema import ConfidentialBatch
from queries.indicators.source import Source
from queries.row_filter import RowFilter

_SUMS = ("events_marked", "event_mark_sum", "event_mark_square_sum", "repeat_yes")


def counted_batches(row_filter: RowFilter, *, first_month: int, last_month: int) -> ColumnElement[bool]:
    """Condition on ``ConfidentialBatch``: wholly inside the months (YYYYMM) and districts."""
    return and_(
        ConfidentialBatch.first_year_month >= first_month,
        ConfidentialBatch.last_year_month <= last_month,
        row_filter.districts(ConfidentialBatch.district_soato),
    )


def is_of_one_month() -> ColumnElement[bool]:
    """Condition on ``ConfidentialBatch``: a month by itself holds it."""
    return ConfidentialBatch.first_year_month == ConfidentialBatch.last_year_month


def batch_sums(source: Source, *, by_month: bool) -> pd.DataFrame:
    """Marks and answers of batches by district or month, as :func:`queries.indicators.event_sums.activity` has them.

    Columns: events_marked, event_mark_sum, event_mark_square_sum, repeat_yes, repeat_all. Raises ValueError
    for a direction.
    """
    if source.direction is not None:
        raise ValueError("a batch has no direction")
    key: InstrumentedAttribute[Any] = (
        ConfidentialBatch.first_year_month if by_month else ConfidentialBatch.district_soato
    )
    repeats = ConfidentialBatch.repeat_yes + ConfidentialBatch.repeat_no + ConfidentialBatch.repeat_unsure
    statement: Select[*tuple[Any, ...]] = (
        select(
            key.label("key"),
            *(func.sum(getattr(ConfidentialBatch, name)).label(name) for name in _SUMS),
            func.sum(repeats).label("repeat_all"),
        )
        .where(
            counted_batches(
                source.row_filter, first_month=source.window.first_month, last_month=source.window.last_month
            )
        )
        .group_by(key)
    )
    return source.frame(statement.where(is_of_one_month()) if by_month else statement, key="key")
