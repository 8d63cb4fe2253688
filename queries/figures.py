"""Values of the indicators: by area and month by month.

``value`` of a percent indicator runs from 0 to 100. ``n`` is what ``minimum_n`` is compared with.
"""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data.codes import Direction
from data.period import Period
from data.rights import Actor, Right, Scope, ScopeKind, require

VALUE_COLUMNS = (
    "area_code",
    "indicator_code",
    "numerator",
    "denominator",
    "n",
    "value",
    "interval_low",
    "interval_high",
    "is_enough",
)
TREND_COLUMNS = ("month", "indicator_code", "value", "n")


def indicator_values(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    direction: Direction | None = None,
    by: ScopeKind,
) -> pd.DataFrame:
    """One row an area and indicator; see ``VALUE_COLUMNS``. ``value`` is NaN where ``is_enough`` is false."""
    require(actor, Right.SEE_INDICATORS)
    return pd.DataFrame(columns=list(VALUE_COLUMNS))


def indicator_trend(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    direction: Direction | None = None,
) -> pd.DataFrame:
    """One row a month of the period and indicator; ``month`` is the first day of the month."""
    require(actor, Right.SEE_INDICATORS)
    return pd.DataFrame(columns=list(TREND_COLUMNS))
