"""My account: where one is signed in, one's password, and one's language."""

from __future__ import annotations

import streamlit as st

from components.accounts.sessions import render_sessions
from components.registers.action import render_done
from components.registers.form import FORM_WIDTH, render_form_style
from components.shell.chrome import pick_language, render_title
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from data.accounts.passwords import MAXIMUM_LENGTH, MINIMUM_LENGTH
from data.database.engine import reading
from data.dates import clock
from data.policy import Action, require
from pages.loaders.identity import current_session_id
from pages.writes.accounts import (
    PASSWORD,
    SESSIONS,
    PasswordFields,
    change_my_password,
    end_sessions_of_mine,
    store_chosen_language,
)
from queries.accounts.own import has_password, own_sessions

FIELDS = PasswordFields(old="password-old", new="password-new", again="password-again")
FIELD_WIDTH = 420


def render_page() -> None:
    """Draw password, devices and language."""
    context = current_context()
    fmt = Formatter(context.translate)
    require(context.actor, Action.MANAGE_OWN_ACCOUNT)
    render_title(fmt.translate("My account"), context, has_area=False)
    render_password(context, fmt)
    render_devices(context, fmt)
    render_language(fmt)


def render_password(context: RequestContext, fmt: Formatter) -> None:
    """Draw the change of password."""
    translate = fmt.translate
    st.subheader(translate("Password"), anchor=False)
    with reading() as connection:
        is_asked = has_password(connection, context.actor)
    if not is_asked:
        st.caption(translate("You sign in with your organisation's account: there is no password here."))
        return
    render_done(PASSWORD, translate)
    render_form_style(fmt)
    labels = {
        FIELDS.old: (translate("Old password"), "current-password"),
        FIELDS.new: (translate("New password"), "new-password"),
        FIELDS.again: (translate("The same password again"), "new-password"),
    }
    with st.form("form-password", width=FORM_WIDTH):
        for key, (label, autocomplete) in labels.items():
            st.text_input(
                label, type="password", key=key, max_chars=MAXIMUM_LENGTH, autocomplete=autocomplete, width=FIELD_WIDTH
            )
        st.caption(
            translate(
                "At least {minimum} characters; not your login, and nothing that many use.", minimum=MINIMUM_LENGTH
            )
            + " "
            + translate("Your other devices are signed out; this one is not.")
        )
        st.form_submit_button(
            translate("Change the password"),
            key="change-password",
            type="primary",
            icon=":material/check:",
            on_click=change_my_password,
            args=(FIELDS,),
        )


def render_devices(context: RequestContext, fmt: Formatter) -> None:
    """Draw where the account is signed in."""
    st.subheader(fmt.translate("Signed-in devices"), anchor=False)
    render_done(SESSIONS, fmt.translate)
    with reading() as connection:
        found = own_sessions(connection, context.actor, session_id=current_session_id(), now=clock.now())
    render_sessions(found, fmt, on_end=end_sessions_of_mine)


def render_language(fmt: Formatter) -> None:
    """Draw the choice of the language."""
    translate = fmt.translate
    st.subheader(translate("Language"), anchor=False)
    with st.container(width=FIELD_WIDTH):
        pick_language(translate, on_choose=store_chosen_language, key="my_language")
    st.caption(translate("It is kept with your account: other devices begin with it, too."))


render_page()
