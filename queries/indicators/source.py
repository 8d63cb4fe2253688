"""Where the sums of indicators come from."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Executable

from data.codes import Direction
from data.schema.aggregates import ALL_DIRECTIONS
from queries.indicators.window import Window
from queries.row_filter import RowFilter


@dataclass(frozen=True)
class Source:
    """Where sums come from: a connection, the districts in reach, the months and the direction (none: all)."""

    connection: Connection
    row_filter: RowFilter
    window: Window
    direction: Direction | None

    @property
    def direction_code(self) -> str:
        """The direction as the tables of sums have it."""
        return ALL_DIRECTIONS if self.direction is None else self.direction.value

    def table(self, statement: Executable) -> pd.DataFrame:
        """The rows of a statement; column by column, since pandas is slow at rows of SQLAlchemy."""
        result = self.connection.execute(statement)
        names = list(result.keys())
        columns = zip(*result.all(), strict=True)
        return pd.DataFrame(dict(zip(names, columns, strict=False)), columns=names)

    def frame(self, statement: Executable, *, key: str) -> pd.DataFrame:
        """The rows of a statement as floats, indexed by the column ``key``."""
        return self.table(statement).set_index(key).astype(np.float64)
