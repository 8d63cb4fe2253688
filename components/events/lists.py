"""Tables of joint events."""

from __future__ import annotations

from dataclasses import replace

import pandas as pd

from components.shell.address import record_address
from components.shell.chrome import EVENT_ADDRESS, MAHALLA_ADDRESS
from components.tables.addresses import ngo_addresses
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


def linked_event_columns(translate: Translator, *, has_ngos: bool = True) -> list[ColumnSpec]:
    """Columns of a list of joint events whose titles are links."""
    date_column, title, *others = event_columns(translate)
    links = {"ngos": "ngo_addresses", "mahalla": "mahalla_address"}
    shown = [replace(column, link=links.get(column.key, "")) for column in others if has_ngos or column.key != "ngos"]
    return [replace(title, link="address"), date_column, *shown]


def linked_event_rows(events: pd.DataFrame, *, translate: Translator) -> pd.DataFrame:
    """Rows of :func:`event_rows` with the pages of what each names; an event without a title shows its number."""
    is_held = events["state_code"] == EventState.HELD.value
    return event_rows(events, translate=translate).assign(
        participants_total=events["participants_total"].where(is_held),
        title=events["title"].where(events["title"] != "", events["number"]),
        address=[record_address(EVENT_ADDRESS, int(event_id)) for event_id in events["event_id"]],
        mahalla_address=[record_address(MAHALLA_ADDRESS, int(key)) if key else "" for key in events["mahalla_id"]],
        ngo_addresses=ngo_addresses(events),
    )
