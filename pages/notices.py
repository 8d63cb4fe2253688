"""Notices: each person's own choice of what comes and how, and for the administrator the state of the channels."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from components.shell.chrome import render_title
from components.shell.formatter import Formatter
from components.shell.request_context import current_context
from components.tables.links import LinkedCell, linked_table
from data.codes import NoticeChannel
from data.database.engine import get_engine, reading
from data.dates import clock
from data.dates.clock import local
from data.language import N_, Message
from data.policy import Action, Actor, may, require
from pages.forms.notices import act, render_notice_choices, render_told
from queries.notices.health import ChannelHealth, last_run, notice_health, try_again

HEALTH = "health"
TRIED = N_("Deliveries that wait again: {number}")
# The sender runs every few minutes.
LATE = timedelta(hours=1)


def render_page() -> None:
    """Draw the person's choices, and the state of the channels to who looks after accounts."""
    context = current_context()
    fmt = Formatter(context.translate)
    require(context.actor, Action.CHOOSE_NOTICES)
    render_title(fmt.translate("Notices"), context, has_area=False)
    render_notice_choices(context, fmt)
    if may(context.actor, Action.MANAGE_ACCOUNTS):
        render_health(context.actor, fmt)


def render_health(actor: Actor, fmt: Formatter) -> None:
    """Draw the state of each channel, when the sender ran, and a way to try again what failed."""
    translate = fmt.translate
    with reading() as connection:
        channels, ran_at = notice_health(connection, actor), last_run(connection, actor)
    st.subheader(translate("State of the channels"), anchor=False)
    if ran_at is None:
        st.warning(translate("The sender has never run: `python -m data notify`"), icon=":material/warning:")
    elif ran_at < clock.now() - LATE:
        st.warning(
            translate("The sender has not run since {moment}.", moment=moment(ran_at, fmt)), icon=":material/warning:"
        )
    else:
        st.caption(translate("The sender ran last on {moment}.", moment=moment(ran_at, fmt)))
    headings = [translate("Channel"), translate("To be sent"), translate("Not delivered"), translate("Outcome unknown")]
    headings += [translate("Last delivery"), translate("Last fault")]
    rows = [health_cells(channel, fmt) for channel in channels]
    st.html(linked_table(headings, rows, title=translate("State of the channels"), numbers=frozenset({1, 2, 3})))
    st.caption(
        translate(
            "What is of unknown outcome is never sent again: the sender was interrupted, and it may have arrived."
        )
    )
    render_told(HEALTH, fmt)
    for channel in channels:
        if channel.again:
            st.button(
                translate("Try again: {channel}", channel=translate(channel.channel.label)),
                key=f"notices:again:{channel.channel}",
                icon=":material/refresh:",
                on_click=again,
                args=(channel.channel,),
            )


def health_cells(health: ChannelHealth, fmt: Formatter) -> list[LinkedCell]:
    """Return the state of a channel as a row."""
    fault = "–"
    if health.fault is not None:
        number = f" ({health.reply_code})" if health.reply_code else ""
        fault = f"{moment(health.fault_at, fmt)}: {fmt.translate(health.fault.label)}{number}"
    counts = (health.waiting, health.failed, health.unknown)
    return [fmt.translate(health.channel.label), *map(fmt.number, counts), moment(health.sent_at, fmt), fault]


def moment(at: datetime | None, fmt: Formatter) -> str:
    """Return day and time in Tashkent; a dash for none."""
    return "–" if at is None else f"{fmt.date(local(at).date())} {local(at):%H:%M}"


def again(channel: NoticeChannel) -> None:
    """Try again what failed on a channel."""

    def do(actor: Actor) -> Message:
        return Message(TRIED, {"number": try_again(get_engine(), actor, channel=channel, now=clock.now())})

    act(HEALTH, do)


render_page()
