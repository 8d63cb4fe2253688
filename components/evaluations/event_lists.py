"""Lists of an NGO's events: to evaluate, drafts, sent and missed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import TYPE_CHECKING, Any

import pandas as pd
import streamlit as st

from components.desk import DUE_SOON, OVERDUE, owed_address
from components.evaluations.form import progress_text
from components.shell.address import Param, choose, record_address
from components.shell.chrome import EVENT_ADDRESS, escape_markdown
from components.shell.formatter import Formatter
from components.tables.columns import ColumnSpec, ColumnType
from components.tables.links import Link, link_html
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from components.tables.record_table import record_table
from data.codes import Direction, EventForm, Party
from data.dates.clock import TASHKENT
from data.settings import get_settings

if TYPE_CHECKING:
    from streamlit.delta_generator import DeltaGenerator

    from queries.evaluations.drafts import Draft
    from queries.requests import Owed

LISTED = "all"
URGENT_DAYS = 5
# Cards on the screen; on a phone a card takes a fifth of it, and what comes next must be in reach.
CARDS_SHOWN, SENT_SHOWN = 3, 2
TO_CONFIRM_ANCHOR, WAITING_ANCHOR = "to-confirm", "waiting"
Event = Mapping[Any, Any]


def place_text(event: Event, areas: Mapping[str, str]) -> str:
    """Return where an event was held: the mahalla where there was one, and the district."""
    district = areas.get(event["district_soato"], event["district_soato"])
    return f"{event['mahalla']}, {district}" if event["mahalla"] else district


def event_text(event: Event, areas: Mapping[str, str], fmt: Formatter) -> str:
    """Return the lines below an event's title: day and place, and direction and form where known."""
    parts = [fmt.date(event["event_date"]), place_text(event, areas)]
    if "direction_code" in event:
        parts.append(fmt.translate(Direction(event["direction_code"]).label))
        parts.append(fmt.translate(EventForm(event["form_code"]).label))
    return escape_markdown(" · ".join(parts))


def window_text(event: Event, fmt: Formatter) -> str:
    """Return until when an event may be evaluated, and on what terms."""
    translate = fmt.translate
    until = fmt.date(event["until_date"])
    if not event["is_open"]:
        return translate("The evaluation closed after {date}.", date=until)
    if event["is_reopened"]:
        return translate(
            "Reopened until {date} by the coordinator of the district. What you send will be labelled late.",
            date=until,
        )
    if event["days_left"] == 0:
        return translate("Today is the last day.")
    return translate.plural(
        "{n} day left, until {date}.", "{n} days left, until {date}.", int(event["days_left"]), date=until
    )


def event_link(event: Event) -> str:
    """Return the title of an event as a link to its page."""
    title = str(event["title"] or event.get("number", ""))
    return f"<strong>{link_html(Link(title, record_address(EVENT_ADDRESS, int(event['event_id']))))}</strong>"


def _addresses(events: pd.DataFrame) -> list[str]:
    return [record_address(EVENT_ADDRESS, int(event_id)) for event_id in events["event_id"]]


def open_event(event_id: int) -> None:
    """Open the form or the receipt of an event; a callback."""
    choose(Param.EVENT, str(event_id))


def _render_card(event: Event, areas: Mapping[str, str], fmt: Formatter, *, action: str, note: str = "") -> None:
    """Draw one event with a button; ``action`` is the button's label."""
    with st.container(border=True, key=f"event-{event['event_id']}"):
        st.html(event_link(event))
        lines = [event_text(event, areas, fmt), note or window_text(event, fmt)]
        st.caption("  \n".join(line for line in lines if line))
        is_urgent = event["is_open"] and 0 <= event["days_left"] <= URGENT_DAYS
        st.button(
            action,
            key=f"open:{event['event_id']}",
            type="primary" if is_urgent else "secondary",
            on_click=open_event,
            args=(int(event["event_id"]),),
            width="stretch",
        )


def render_strip(*, to_confirm: int, waiting: int, owed: Owed, fmt: Formatter) -> None:
    """Draw in one line what waits for the NGO, each part a link to it; of answers that it owes those of a reminder."""
    translate = fmt.translate
    parts = []
    if owed.overdue:
        text = translate.plural("{n} request overdue", "{n} requests overdue", owed.overdue)
        parts.append(Link(text, owed_address(Party.NGO, OVERDUE)))
    if owed.due_soon:
        text = translate.plural(
            "{n} request due within 3 working days", "{n} requests due within 3 working days", owed.due_soon
        )
        parts.append(Link(text, owed_address(Party.NGO, DUE_SOON)))
    if to_confirm:
        text = translate.plural("{n} answer to confirm", "{n} answers to confirm", to_confirm)
        parts.append(Link(text, f"#{TO_CONFIRM_ANCHOR}"))
    if waiting:
        text = translate.plural("{n} event waiting", "{n} events waiting", waiting)
        parts.append(Link(text, f"#{WAITING_ANCHOR}"))
    line = " · ".join(map(link_html, parts)) or escape(translate("Nothing waits for you."))
    st.html(f'<p style="margin: 0; font-size: 1.125rem; font-weight: 600">{line}</p>')


def open_fold(label: str, *, key: str, fmt: Formatter) -> DeltaGenerator | None:
    """Draw a fold and return it where it is open; in another language it stays as it was."""
    known = f"{key}_known"
    language, was_open = st.session_state.get(known, (fmt.translate.language, False))
    if language != fmt.translate.language:
        st.session_state[key] = was_open
    fold = st.expander(label, key=key, on_change="rerun")
    st.session_state[known] = (fmt.translate.language, bool(fold.open))
    return fold if fold.open else None


def render_waiting(events: pd.DataFrame, areas: Mapping[str, str], fmt: Formatter) -> None:
    """Draw open events without any answer yet, the most urgent first: a few as cards, the others folded."""
    translate = fmt.translate
    st.subheader(translate("Waiting for your evaluation"), anchor=WAITING_ANCHOR)
    if events.empty:
        days = fmt.days(get_settings().evaluation_window_days)
        st.caption(translate("Nothing waits. A held event appears here; the time to evaluate it is {days}.", days=days))

    def draw(event: Event) -> None:
        _render_card(event, areas, fmt, action=translate("Evaluate"))

    _render_some(events, draw, key="waiting_fold", fmt=fmt)


def _render_some(events: pd.DataFrame, draw: Callable[[Event], None], *, key: str, fmt: Formatter) -> None:
    """Draw the first events as cards and the others folded."""
    for event in events.head(CARDS_SHOWN).to_dict("records"):
        draw(event)
    more = events.iloc[CARDS_SHOWN:]
    if more.empty:
        return
    fold = open_fold(fmt.translate.plural("{n} more event", "{n} more events", len(more)), key=key, fmt=fmt)
    if fold is not None:
        with fold:
            for event in more.to_dict("records"):
                draw(event)


def render_drafts(events: pd.DataFrame, drafts: Mapping[int, Draft], areas: Mapping[str, str], fmt: Formatter) -> None:
    """Draw the drafts with their progress."""
    translate = fmt.translate
    if events.empty:
        return
    st.subheader(translate("Drafts"), anchor=False)

    def draw(event: Event) -> None:
        _render_draft(event, drafts[event["event_id"]], areas, fmt)

    _render_some(events, draw, key="drafts_fold", fmt=fmt)


def _render_draft(event: Event, draft: Draft, areas: Mapping[str, str], fmt: Formatter) -> None:
    translate = fmt.translate
    saved_date = fmt.date(draft.saved_at.astimezone(TASHKENT).date())
    note = f"{progress_text(draft, translate)} ({saved_date})  \n{window_text(event, fmt)}"
    action = translate("Continue") if event["is_open"] else translate("Look at the draft")
    _render_card(event, areas, fmt, action=action, note=note)


def sent_text(version: Event, fmt: Formatter) -> str:
    """Return when a version was sent and how."""
    translate = fmt.translate
    at = version["submitted_at"].astimezone(TASHKENT)
    text = translate(
        "Receipt {number}, sent on {date} at {time}, version {version}",
        number=version["receipt_number"],
        date=fmt.date(at.date()),
        time=f"{at:%H:%M}",
        version=version["version"],
    )
    return f"{text} · {translate('Late')}" if version["is_late"] else text


def render_sent(sent: pd.DataFrame, areas: Mapping[str, str], fmt: Formatter) -> None:
    """Draw the current versions of what was sent, the newest first: a few as cards, all in a table."""
    translate = fmt.translate
    st.subheader(translate("Sent"), anchor=False)
    if sent.empty:
        st.caption(translate("Nothing was sent yet."))
        return
    for version in sent[sent["is_current"]].head(SENT_SHOWN).to_dict("records"):
        with st.container(border=True, key=f"sent-{version['event_id']}"):
            st.html(event_link(version))
            st.caption(f"{event_text(version, areas, fmt)}  \n{escape_markdown(sent_text(version, fmt))}")
            st.button(
                translate("Show the receipt"),
                key=f"show:{version['event_id']}",
                on_click=open_event,
                args=(int(version["event_id"]),),
                width="stretch",
            )
    if len(sent) > SENT_SHOWN:
        label = translate("All that was sent: {number}", number=fmt.number(len(sent)))
        fold = open_fold(label, key="sent_fold", fmt=fmt)
        if fold is not None:
            with fold:
                _render_sent_table(sent, fmt)


def _render_sent_table(sent: pd.DataFrame, fmt: Formatter) -> None:
    translate = fmt.translate
    columns = [
        ColumnSpec("receipt_number", translate("Receipt")),
        ColumnSpec("title", translate("Joint event"), link="address"),
        ColumnSpec("event_date", translate("Date"), ColumnType.DATE),
        ColumnSpec("sent_date", translate("Sent"), ColumnType.DATE),
        ColumnSpec("version", translate("Version"), ColumnType.NUMBER),
    ]
    days = [pd.Timestamp(at.astimezone(TASHKENT).date()) for at in sent["submitted_at"]]
    rows = sent.assign(sent_date=days, address=_addresses(sent))
    _render_pages(rows, columns, translate("All that was sent"), key="sent_page", fmt=fmt)


def _render_pages(rows: pd.DataFrame, columns: list[ColumnSpec], title: str, *, key: str, fmt: Formatter) -> None:
    first = first_row(len(rows), key=key)
    st.html(record_table(rows.iloc[first : first + PAGE_ROWS], columns, fmt=fmt, title=title))
    render_paging(len(rows), key=key, fmt=fmt)


def render_closed(events: pd.DataFrame, areas: Mapping[str, str], fmt: Formatter) -> None:
    """Draw events whose window is over, and how to get one opened again."""
    translate = fmt.translate
    if events.empty:
        return
    label = translate("Closed without your evaluation: {number}", number=fmt.number(len(events)))
    fold = open_fold(label, key="closed_fold", fmt=fmt)
    if fold is not None:
        with fold:
            st.caption(how_to_reopen(fmt))
            _render_closed_table(events, areas, fmt)


def _render_closed_table(events: pd.DataFrame, areas: Mapping[str, str], fmt: Formatter) -> None:
    translate = fmt.translate
    columns = [
        ColumnSpec("title", translate("Joint event"), link="address"),
        ColumnSpec("number", translate("Number")),
        ColumnSpec("event_date", translate("Date"), ColumnType.DATE),
        ColumnSpec("place", translate("Place")),
        ColumnSpec("until_date", translate("Closed after"), ColumnType.DATE),
    ]
    places = [place_text(event, areas) for event in events.to_dict("records")]
    rows = events.assign(place=places, address=_addresses(events))
    _render_pages(rows, columns, translate("Closed without your evaluation"), key="closed_page", fmt=fmt)


def how_to_reopen(fmt: Formatter) -> str:
    """Return why a form is closed and what to do."""
    return fmt.translate.plural(
        "An event can be evaluated for {n} day. Ask the coordinator of its district to reopen it and "
        "give its number; what you send then is labelled late.",
        "An event can be evaluated for {n} days. Ask the coordinator of its district to reopen it and"
        " give its number; what you send then is labelled late.",
        get_settings().evaluation_window_days,
    )
