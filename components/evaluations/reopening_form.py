"""Form with which a coordinator opens a closed event for evaluation again: until when, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import pandas as pd
import streamlit as st

from components.shell.formatter import Formatter
from data.texts.limits import LONGEST_REASON

# A list of days and no calendar: its fields for day and month are too small to touch.
OPEN_DAYS, USUAL_DAYS = (3, 7, 14, 30, 60, 90), 7


@dataclass(frozen=True)
class Reopening:
    """Request to reopen an event; ``event_text`` describes the event."""

    event_id: int
    event_text: str
    until_date: date
    reason: str


def render_reopening_form(events: pd.DataFrame, today: date, *, fmt: Formatter) -> Reopening | None:
    """Draw the form and return the request when it was sent. ``events`` is the frame of ``closed_events``."""
    translate = fmt.translate
    options = event_labels(events, fmt=fmt)
    with st.form("reopening", border=True):
        event_id = st.selectbox(
            translate("Joint event"),
            list(options),
            index=None,
            format_func=lambda code: options.get(code, str(code)),
            placeholder=translate("Choose an event"),
            key="reopening_event",
        )
        days = st.selectbox(
            translate("Open for"),
            OPEN_DAYS,
            index=OPEN_DAYS.index(USUAL_DAYS),
            format_func=lambda days: _days_text(days, today, fmt),
            key="reopening_days",
        )
        reason = st.text_input(translate("Reason"), max_chars=LONGEST_REASON, key="reopening_reason")
        is_sent = st.form_submit_button(translate("Open again"), type="primary", key="reopening_send")
    if is_sent and event_id is None:
        st.warning(translate("Choose the event first. Nothing was changed."), icon=":material/info:")
    if not is_sent or event_id is None:
        return None
    return Reopening(event_id, options[event_id], today + timedelta(days=days), reason)


def _days_text(days: int, today: date, fmt: Formatter) -> str:
    until = fmt.date(today + timedelta(days=days))
    return fmt.translate("{days}, until {date}", days=fmt.days(days), date=until)


def event_labels(events: pd.DataFrame, *, fmt: Formatter) -> dict[int, str]:
    """Return a label of each closed event: day, number, title and NGOs that did not evaluate it; open ones say so."""
    translate = fmt.translate
    shown = {}
    for event in events.to_dict("records"):
        values = {"date": fmt.date(event["event_date"]), "number": event["number"], "title": event["title"]}
        text = translate("{date} · {number} · {title}: {ngos}", ngos=event["ngos"], **values)
        if event["is_reopened"]:
            text = translate("{event} (open until {date})", event=text, date=fmt.date(event["until_date"]))
        shown[int(event["event_id"])] = text
    return shown
