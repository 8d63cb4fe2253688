"""A coordinator opens a closed event for evaluation again: until when, and why."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import streamlit as st

from components.shell.areas import Area
from components.shell.cache import errors_in_words
from components.shell.chrome import plain
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from data.database.engine import get_engine, reading
from data.dates.clock import now
from data.policy import Action, ScopeKind, may
from data.settings import get_settings
from queries.evaluations.events import closed_events
from queries.evaluations.window import LONGEST_REASON, reopen_event

# Days in words and no calendar: its fields for day and month are too small to touch.
OPEN_DAYS, USUAL_DAYS = (3, 7, 14, 30, 60, 90), 7


def render_reopening(area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """The form, for those who may write in the district; elsewhere nothing."""
    if not may(context.actor, Action.REOPEN_EVENT):
        return
    translate = fmt.translate
    st.subheader(translate("Open a closed event again"), anchor=False)
    if area.scope.kind is not ScopeKind.DISTRICT:
        st.caption(translate("Choose a district above: an event is opened again in its district."))
        return
    # Not from the cache: a permission changes no figure, so the version of the data stays.
    with reading() as connection:
        events = closed_events(connection, context.actor, scope=area.scope, today=context.today)
    if events.empty:
        st.caption(translate("Every NGO has evaluated its events, or their evaluation is still open."))
        return
    st.caption(
        translate(
            "The time to evaluate an event is {days}. Here you open it again for some days; what the NGOs send then is "
            "marked late.",
            days=fmt.days(get_settings().evaluation_window_days),
        )
    )
    _render_form(events, context, fmt=fmt)


def _render_form(events: pd.DataFrame, context: RequestContext, *, fmt: Formatter) -> None:
    translate = fmt.translate
    words = event_words(events, fmt=fmt)
    with st.form("reopening", border=True):
        event_id = st.selectbox(
            translate("Joint event"),
            list(words),
            index=None,
            format_func=lambda code: words.get(code, str(code)),
            placeholder=translate("Choose an event"),
            key="reopening_event",
        )
        days = st.selectbox(
            translate("Open for"),
            OPEN_DAYS,
            index=OPEN_DAYS.index(USUAL_DAYS),
            format_func=lambda days: _days_words(days, context, fmt),
            key="reopening_days",
        )
        reason = st.text_input(translate("Reason"), max_chars=LONGEST_REASON, key="reopening_reason")
        is_sent = st.form_submit_button(translate("Open again"), type="primary", key="reopening_send")
    if not is_sent:
        return
    if event_id is None:
        st.warning(translate("Choose the event first. Nothing was changed."), icon=":material/info:")
        return
    until_date = context.today + timedelta(days=days)
    with errors_in_words(translate):
        window = reopen_event(
            get_engine(), context.actor, event_id=event_id, until_date=until_date, reason=reason, now=now()
        )
        opened = translate("Open until {date}: {event}", date=fmt.date(window.last_day), event=plain(words[event_id]))
        st.success(opened, icon=":material/check_circle:")


def _days_words(days: int, context: RequestContext, fmt: Formatter) -> str:
    until = fmt.date(context.today + timedelta(days=days))
    return fmt.translate("{days}, until {date}", days=fmt.days(days), date=until)


def event_words(events: pd.DataFrame, *, fmt: Formatter) -> dict[int, str]:
    """What stands for each closed event: day, number, title and the NGOs that did not evaluate it; open ones say so."""
    translate = fmt.translate
    shown = {}
    for event in events.to_dict("records"):
        values = {"date": fmt.date(event["event_date"]), "number": event["number"], "title": event["title"]}
        text = translate("{date} · {number} · {title}: {ngos}", ngos=event["ngos"], **values)
        if event["is_reopened"]:
            text = translate("{event} (open until {date})", event=text, date=fmt.date(event["until_date"]))
        shown[int(event["event_id"])] = text
    return shown
