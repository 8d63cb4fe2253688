"""Formality check: signs of cooperation done for form's sake that are for review; never a conclusion.

Counts by district are for leadership everywhere, the rows behind them (:mod:`queries.effectiveness.formality_records`)
for those who see the district in full. Only named evaluations are looked at: no figure and no row tells anything of a
confidential one.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import Connection, select

from data.dates.period import Period
from data.policy import Action, Actor, ForbiddenError, Scope, ScopeKind, require
from data.schema import District
from queries.directory.validity import existed_between
from queries.effectiveness.formality_counts import COUNT_COLUMNS, COUNTS
from queries.indicators.source import Window
from queries.row_filter import area_filter

REASON_COLUMNS = ("district_soato", "reason_code", *COUNT_COLUMNS)


def formality_reasons(
    connection: Connection, actor: Actor, *, scope: Scope, period: Period, today: date
) -> pd.DataFrame:
    """One row a district of the scope that existed in the period and reason, districts by SOATO, reasons in order.

    Columns: district_soato, reason_code, checked (how many mahallas, events, NGOs or recommendations were looked at; 0:
    nothing to look at), found (those of them with the reason), is_for_review. The numbers that decide are those of
    :data:`data.effectiveness.formality.FORMALITY_METHOD`. Raises ForbiddenError to others than leadership, and for the
    scope of an NGO.
    """
    require(actor, Action.SEE_FORMALITY)
    if scope.kind is ScopeKind.NGO:
        raise ForbiddenError
    row_filter, window = area_filter(scope), Window(period, today)
    existed = existed_between(period.first_day, period.last_day)
    soatos = connection.scalars(
        select(District.soato).where(row_filter.districts(District.soato), existed).order_by(District.soato)
    )
    districts = pd.Index(list(soatos), name="district_soato")
    parts = []
    for order, (reason, count) in enumerate(COUNTS.items()):
        counted = count(connection, row_filter, window).reindex(districts)
        counted = counted.fillna({"checked": 0, "found": 0}).assign(
            is_for_review=counted["is_for_review"].eq(True), reason_code=reason.value, order=order
        )
        parts.append(counted.reset_index())
    rows = pd.concat(parts, ignore_index=True).sort_values(["district_soato", "order"], kind="stable")
    rows = rows.astype({"checked": "int64", "found": "int64"})
    return rows[list(REASON_COLUMNS)].reset_index(drop=True)
