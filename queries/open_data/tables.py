"""Each table of the open data with its rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data.open_data import OPEN_TABLES
from data.policy import Actor
from queries.open_data.figures import open_areas, open_indicators, open_months, open_years
from queries.open_data.records import open_events, open_memoranda, open_ngos, open_status, open_support

Read = Callable[[Connection, Actor, date], pd.DataFrame]

ROWS: Mapping[str, Read] = {
    "areas": lambda connection, actor, _today: open_areas(connection, actor),
    "indicators": lambda _connection, _actor, _today: open_indicators(),
    "indicator_years": lambda connection, actor, today: open_years(connection, actor, today=today),
    "indicator_months": lambda connection, actor, today: open_months(connection, actor, today=today),
    "memorandum_status": lambda connection, actor, today: open_status(connection, actor, today=today),
    "ngos": lambda connection, actor, today: open_ngos(connection, actor, today=today),
    "ngo_memoranda": lambda connection, actor, today: open_memoranda(connection, actor, today=today),
    "ngo_events": lambda connection, actor, today: open_events(connection, actor, today=today),
    "support": lambda connection, actor, today: open_support(connection, actor, today=today),
}


def open_table(connection: Connection, actor: Actor, table: str, *, today: date) -> pd.DataFrame:
    """Return the rows of a table of :data:`data.open_data.OPEN_TABLES`, with its columns in their order.

    Raises ForbiddenError.
    """
    frame = ROWS[table](connection, actor, today)
    return frame.reindex(columns=[column.code for column in OPEN_TABLES[table].columns])
