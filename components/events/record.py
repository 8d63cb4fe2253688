"""What the page of an event says besides its fields: the next step, and the evaluations that the reader may read."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from components.events.entries import ngo_cell
from components.shell.formatter import Formatter
from components.tables.links import linked_table
from data.codes import EntryState, WouldRepeat
from data.policy import Actor
from data.settings import get_settings

if TYPE_CHECKING:
    import pandas as pd

    from queries.events.record import EventPage


def next_step(page: EventPage, today: date, fmt: Formatter) -> str:
    """Return what is to be done next about an event, and by when; "" where nothing is."""
    translate = fmt.translate
    day = page.record.values["event_date"]
    if not isinstance(day, date):
        return ""
    days = (today - day).days
    match page.state:
        case EntryState.OVERDUE:
            return translate(
                "It was planned for {date}: {late}. Say whether it was held, postponed or cancelled.",
                date=fmt.date(day),
                late=fmt.lateness(days),
            )
        case EntryState.PLANNED:
            return translate("It is planned for {date}: {when}.", date=fmt.date(day), when=fmt.deadline(-days))
        case EntryState.HELD:
            until = day + timedelta(days=get_settings().evaluation_window_days)
            return translate("The NGOs may evaluate it until {date}.", date=fmt.date(until)) if until >= today else ""
        case _:
            return ""


def evaluations_html(evaluations: pd.DataFrame, actor: Actor, fmt: Formatter, *, title: str) -> str:
    """Return evaluations of :func:`queries.events.record.event_evaluations` as a table."""
    translate = fmt.translate
    headings = [
        translate("NGO"),
        translate("Mean rating"),
        translate("Would hold it again"),
        translate("Comment"),
        translate("Recommendation"),
    ]
    rows = [
        [
            ngo_cell([(row["ngo_id"], row["ngo"])], actor),
            fmt.rating(row["mark_mean"]),
            translate(WouldRepeat(row["would_repeat_code"]).label) if row["would_repeat_code"] else "–",
            row["comment"] or "–",
            row["recommendation"] or "–",
        ]
        for row in evaluations.to_dict("records")
    ]
    return linked_table(headings, rows, title=title, numbers=frozenset({1}))
