"""What is said: comments of named evaluations, to those who see the area in full."""

from __future__ import annotations

import pandas as pd
from sqlalchemy import Connection

from data.codes import Direction
from data.period import Period
from data.rights import Actor, Scope


def named_comments(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    direction: Direction | None = None,
    limit: int,
) -> pd.DataFrame:
    """One row a named evaluation with a comment, of the newest events first, at most ``limit`` rows.

    Columns: event_id, number, title, event_date, district_soato, ngo (name), mark_mean (1-5, NaN: no mark), comment.
    Empty for the national leadership, which reads sums and no single evaluation. To an NGO: its own, whatever their
    visibility. Raises ForbiddenError where the actor does not see the scope in full.
    """
    raise NotImplementedError
