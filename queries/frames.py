"""Query results as data frames with fixed column types."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select

# Texts of our frames are few and read one by one: as Python's own they take a fifth off the processor time of a page,
# which Arrow's arrays spend on converting each.
pd.options.mode.string_storage = "python"


@dataclass(frozen=True, kw_only=True)
class FramePage:
    """Rows of a page of a list, and the number of rows on all pages."""

    frame: pd.DataFrame
    total: int


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


def add_ngos(connection: Connection, frame: pd.DataFrame, named: Select[int, str, int], ids: str) -> pd.DataFrame:
    """Return the frame with ``ngos`` (names joined by "; ") and ``ngo_links`` (pairs of name and id) of each row.

    ``named`` are id of a row, name and id of an NGO in their order, ``ids`` is the column with the ids of rows.
    """
    found: dict[int, list[tuple[str, int]]] = {}
    for key, name, ngo_id in connection.execute(named):
        found.setdefault(key, []).append((name, ngo_id))
    pairs = [tuple(found.get(key, ())) for key in frame[ids]]
    names = ["; ".join(name for name, _ in each) for each in pairs]
    return frame.assign(
        ngos=pd.Series(names, index=frame.index, dtype=str), ngo_links=pd.Series(pairs, index=frame.index, dtype=object)
    )
