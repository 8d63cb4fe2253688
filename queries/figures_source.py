"""Where the sums of indicators come from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select

from data.codes import Direction
from data.schema.aggregates import ALL_DIRECTIONS
from queries.figures_window import Window
from queries.scoping import Reach


@dataclass(frozen=True)
class Source:
    """Where sums come from: a connection, the districts in reach, the months and the direction (none: all)."""

    connection: Connection
    reach: Reach
    window: Window
    direction: Direction | None

    @property
    def direction_code(self) -> str:
        """The direction as the tables of sums have it."""
        return ALL_DIRECTIONS if self.direction is None else self.direction.value

    def frame(self, statement: Select[*tuple[Any, ...]], *, key: str) -> pd.DataFrame:
        """The rows of a statement as floats, indexed by the column ``key``."""
        result = self.connection.execute(statement)
        frame = pd.DataFrame(result.fetchall(), columns=list(result.keys())).set_index(key)
        return frame.astype(np.float64)
