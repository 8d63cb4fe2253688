"""Each person's own choice of notices: on which channels, of which kinds; and the secret link of the calendar."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

import streamlit as st

from components.shell.confirmation import render_confirmation
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, screen_state
from components.shell.widgets import set_widget
from data.codes import NoticeKind
from data.database.engine import get_engine, reading
from data.dates import clock
from data.dates.clock import local
from data.language import N_, DomainError, Message
from data.notices.kinds import CALENDAR_PATH, NOTICES, kinds_for
from data.policy import Actor
from data.settings import get_settings
from pages.loaders.identity import require_actor
from queries.notices.choices import (
    Choices,
    choose_kind,
    choose_mail,
    make_calendar_link,
    make_link_code,
    own_choices,
    revoke_calendar_link,
    unlink_chat,
)

CHANNELS, KINDS, CALENDAR = "channels", "kinds", "calendar"
"""Places on the page where the result of an action is told."""
_TOLD, _CODE, _TOKEN = "notices:told", "notices:code", "notices:token"
SAVED = N_("Your choice is saved.")
MADE = N_("The link is made.")
HOW_TO_LINK = N_(
    "Open this link where you have Telegram, within an hour, and press Start. The chat is linked a few minutes later; "
    "the link works once."
)
UNLINKED = N_("Telegram is unlinked. No more notices come there.")
HOW_TO_SUBSCRIBE = N_(
    "Copy the link now: it is shown this once. Add it to your calendar as a subscription by address; whoever has the "
    "link sees your deadlines. An earlier link opens nothing any more."
)
REVOKED = N_("The link opens nothing any more.")


@dataclass(frozen=True)
class Told:
    """Result of an action and the place where it is told."""

    place: str
    text: Message
    is_refused: bool = False
    occasion: str = field(default_factory=lambda: uuid4().hex)


def act(place: str, do: Callable[[Actor], Message]) -> None:
    """Do something as the person who is here now, and tell what it returns, or why it was refused."""
    try:
        told = Told(place, do(require_actor()))
    except DomainError as error:
        told = Told(place, error.message, is_refused=True)
    screen_state()[_TOLD] = told


def render_told(place: str, fmt: Formatter) -> None:
    """Draw the result of the last action, if this is its place."""
    told = screen_state().get(_TOLD)
    if isinstance(told, Told) and told.place == place:
        text = fmt.translate.render(told.text)
        kind = "error" if told.is_refused else "success"
        render_confirmation(text, key=f"told-{place}", kind=kind, occasion=told.occasion)  # type: ignore[arg-type]


def render_notice_choices(context: RequestContext, fmt: Formatter) -> None:
    """Draw the channels, the kinds and the calendar link of the person who is here. Raises ForbiddenError."""
    translate = fmt.translate
    with reading() as connection:
        chosen = own_choices(connection, context.actor)
    kinds = kinds_for(context.actor)
    if kinds:
        st.subheader(translate("How notices reach you"), anchor=False)
        language = chosen.language.own_name
        st.caption(
            translate("A notice names only what it is about, its number and day, with a link. Language: {language}.",
                      language=language)
        )  # fmt: skip
        render_told(CHANNELS, fmt)
        _render_mail(chosen, fmt)
        _render_telegram(chosen, fmt)
        st.subheader(translate("Which notices come"), anchor=False)
        render_told(KINDS, fmt)
        for kind in kinds:
            _render_kind(kind, chosen, fmt)
    _render_calendar(chosen, fmt)


def _render_mail(chosen: Choices, fmt: Formatter) -> None:
    translate, key = fmt.translate, "notices:mail"
    if not get_settings().has_mail:
        st.caption(translate("This server sends no e-mail. The administrator can set it up."))
        return
    if not chosen.email:
        st.caption(translate("Your account has no e-mail address. The administrator can add one."))
        return

    def choose() -> None:
        def do(actor: Actor) -> Message:
            choose_mail(get_engine(), actor, has_mail=bool(st.session_state[key]))
            return Message(SAVED)

        act(CHANNELS, do)

    set_widget(key, chosen.has_mail)
    # As code: an address in a label would become a link to a mail program.
    address = f"`{chosen.email.replace('`', '')}`"
    st.toggle(translate("By e-mail to {address}", address=address), key=key, on_change=choose)


def _render_telegram(chosen: Choices, fmt: Formatter) -> None:
    translate, settings = fmt.translate, get_settings()
    if not settings.has_telegram:
        st.caption(translate("This server sends nothing by Telegram. The administrator can set it up."))
        return
    code = screen_state().get(_CODE)
    with st.container(horizontal=True, vertical_alignment="center"):
        state = N_("Telegram: linked") if chosen.has_chat else N_("Telegram: not linked")
        st.markdown(translate(state), width="content")
        if chosen.has_chat:
            st.button(translate("Unlink Telegram"), key="notices:unlink", icon=":material/link_off:", on_click=_unlink)
        else:
            st.button(translate("Link Telegram"), key="notices:link", icon=":material/link:", on_click=_make_code)
    if code and not chosen.has_chat:
        address = f"https://t.me/{settings.telegram_bot}?start={code}"
        st.link_button(translate("Open Telegram"), address, icon=":material/open_in_new:")
        st.code(address, language=None, wrap_lines=True)
        st.caption(translate(HOW_TO_LINK))


def _make_code() -> None:
    def do(actor: Actor) -> Message:
        screen_state()[_CODE] = make_link_code(get_engine(), actor, now=clock.now())
        return Message(MADE)

    act(CHANNELS, do)


def _unlink() -> None:
    def do(actor: Actor) -> Message:
        unlink_chat(get_engine(), actor)
        screen_state().pop(_CODE, None)
        return Message(UNLINKED)

    act(CHANNELS, do)


def _render_kind(kind: NoticeKind, chosen: Choices, fmt: Formatter) -> None:
    translate, key = fmt.translate, f"notices:{kind}"

    def choose() -> None:
        def do(actor: Actor) -> Message:
            choose_kind(get_engine(), actor, kind, is_on=bool(st.session_state[key]))
            return Message(SAVED)

        act(KINDS, do)

    set_widget(key, kind not in chosen.kinds_off)
    with st.container(gap=None):
        st.toggle(translate(kind.label), key=key, on_change=choose)
        st.caption(translate(NOTICES[kind].when))


def _render_calendar(chosen: Choices, fmt: Formatter) -> None:
    translate, settings = fmt.translate, get_settings()
    st.subheader(translate("Calendar of deadlines"), anchor=False)
    st.caption(
        translate(
            "A secret link with which a calendar on your phone or computer shows your deadlines and planned events."
        )
    )
    if not settings.public_address:
        st.caption(translate("This server does not know its own address. The administrator can set it up."))
        return
    render_told(CALENDAR, fmt)
    token = screen_state().get(_TOKEN)
    if token:
        st.code(f"{settings.public_address}{CALENDAR_PATH}/{token}.ics", language=None, wrap_lines=True)
        st.caption(translate(HOW_TO_SUBSCRIBE))
    made_at = chosen.calendar_made_at
    with st.container(horizontal=True, vertical_alignment="center"):
        if made_at is not None:
            day = fmt.date(local(made_at).date())
            st.markdown(translate("A link was made on {date}.", date=day), width="content")
        label = translate("Make the link") if made_at is None else translate("Make a new link")
        st.button(label, key="notices:calendar", icon=":material/calendar_month:", on_click=_make_link)
        if made_at is not None:
            st.button(
                translate("Switch the link off"), key="notices:revoke", icon=":material/link_off:", on_click=_revoke
            )


def _make_link() -> None:
    def do(actor: Actor) -> Message:
        screen_state()[_TOKEN] = make_calendar_link(get_engine(), actor, now=clock.now())
        return Message(MADE)

    act(CALENDAR, do)


def _revoke() -> None:
    def do(actor: Actor) -> Message:
        revoke_calendar_link(get_engine(), actor)
        screen_state().pop(_TOKEN, None)
        return Message(REVOKED)

    act(CALENDAR, do)
