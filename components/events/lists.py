"""Tables of joint events."""

from __future__ import annotations

import pandas as pd

from components.tables.columns import ColumnSpec, ColumnType
from data.codes import Direction, EventState
from data.language import Translator


def event_columns(translate: Translator) -> list[ColumnSpec]:
    """Columns of a list of joint events."""
    return [
        ColumnSpec("event_date", translate("Date"), ColumnType.DATE),
        ColumnSpec("title", translate("Title")),
        ColumnSpec("mahalla", translate("Mahalla")),
        ColumnSpec("direction", translate("Direction")),
        ColumnSpec("ngos", translate("NGOs")),
        ColumnSpec("participants_total", translate("Participants"), ColumnType.NUMBER),
        ColumnSpec("state", translate("State")),
        ColumnSpec("evaluated", translate("Evaluated")),
    ]


def event_rows(events: pd.DataFrame, *, translate: Translator) -> pd.DataFrame:
    """Rows of :func:`queries.events.lists.event_list` with translated direction, state and evaluated."""
    return events.assign(
        direction=[translate(Direction(code).label) for code in events["direction_code"]],
        state=[translate(EventState(code).label) for code in events["state_code"]],
        evaluated=[translate("Yes") if is_evaluated else translate("No") for is_evaluated in events["is_evaluated"]],
    )
