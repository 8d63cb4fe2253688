"""Query results as data frames with fixed column types."""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select


def read_frame(connection: Connection, statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
    """Return the rows of a statement: ``*_date`` columns are dates (NaT: none), ``is_*`` and ``has_*`` booleans."""
    result = connection.execute(statement)
    # Plain tuples: pandas asks each row of SQLAlchemy what it is, which takes longer than the database does.
    frame = pd.DataFrame([tuple(row) for row in result], columns=list(result.keys()))
    for column in frame.columns:
        if column.endswith("_date"):
            frame[column] = pd.to_datetime(frame[column])
        elif column.startswith(("is_", "has_")):
            frame[column] = frame[column].eq(True)
    return frame


def joined_texts(
    connection: Connection, pairs: Select[int, str], ids: pd.Series[int], *, separator: str = ";"
) -> pd.Series[str]:
    """Return for each of ``ids`` its texts in ``pairs`` (id, text), in their order, joined; "" for none."""
    frame = pd.DataFrame(connection.execute(pairs).fetchall(), columns=["id", "text"])
    texts = frame.groupby("id")["text"].agg(separator.join).to_dict()
    return pd.Series([texts.get(key, "") for key in ids], index=ids.index, dtype=str)
