"""Writes about accounts, one's own and others'; callbacks of widgets."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import streamlit as st

from components.accounts.rights_form import RightsForm
from components.registers.action import Done, end_action, fail_action
from components.shell.address import record_id
from components.shell.request_context import current_context, screen_state
from data.database.engine import get_engine
from data.dates import clock
from data.language import N_, DomainError, Language, Message
from pages.loaders.identity import current_session_id, find_actor, require_actor
from queries.accounts.administration import (
    AccountDetails,
    NewLink,
    correct_rights,
    deactivate,
    end_account_sessions,
    invite,
    reactivate,
    renew_link,
)
from queries.accounts.own import PasswordChange, change_password, end_own_sessions, store_language

logger = logging.getLogger(__name__)

TOP, SESSIONS, PASSWORD = "top", "sessions", "password"
"""Places on a page where a result is told."""
NEW_LINK = "new_link"
CORRECTED = N_("Corrected. The new rights count at the next click of the person.")
DEACTIVATED = N_("Deactivated. The person was signed out on all devices.")
REACTIVATED = N_("Reactivated. The person signs in with the earlier password, or with a new link.")
SIGNED_OUT = N_("Signed out. Devices: {number}.")
CHANGED = N_("The password is changed. Other devices that were signed out: {number}.")


@dataclass(frozen=True)
class PasswordFields:
    """Keys of the fields of a change of password."""

    old: str
    new: str
    again: str


def store_chosen_language(language: Language) -> None:
    """Store the language that was chosen with the account; what is shown changes also where that fails."""
    actor = find_actor()
    if actor is None or not actor.is_signed_in:
        return
    try:
        store_language(get_engine(), actor, language)
    except DomainError as error:
        logger.warning("A choice of language was not stored: %s", error)


def invite_person(form: RightsForm) -> None:
    """Make the account of a form with its link, which is shown once; a form that is closed makes no other."""
    if st.session_state.get(form.name) is not form:
        return
    wanted = form.wanted(current_context().language)
    if wanted is None:
        return
    try:
        link = invite(get_engine(), require_actor(), wanted, now=clock.now())
    except DomainError as error:
        form.error = error.message
        return
    close_rights_form(form)
    show_link(link)


def correct_person(form: RightsForm) -> None:
    """Give the account of a form the role and place that were chosen."""
    wanted = form.wanted(current_context().language)
    if wanted is None:
        return
    try:
        correct_rights(get_engine(), require_actor(), account_id=form.account_id, version=form.version, wanted=wanted)
    except DomainError as error:
        form.error = error.message
        return
    close_rights_form(form)
    end_action(Done(form.account_id, TOP, Message(CORRECTED)))


def close_rights_form(form: RightsForm) -> None:
    """Close a form, and forget what was chosen in it."""
    st.session_state.pop(form.name, None)
    end_action()


def show_link(link: NewLink) -> None:
    """Show a new link on this screen, until another one is opened."""
    screen_state()[NEW_LINK] = link


def make_link(account_id: int) -> None:
    """Make a new link to an account and show it."""
    _do(TOP, lambda: show_link(renew_link(get_engine(), require_actor(), account_id=account_id, now=clock.now())))


def deactivate_person(account: AccountDetails, reason_key: str) -> None:
    """Deactivate an account for the reason in a field."""
    reason = str(st.session_state.get(reason_key) or "")

    def write() -> None:
        deactivate(
            get_engine(),
            require_actor(),
            account_id=account.account_id,
            version=account.version,
            reason=reason,
            now=clock.now(),
        )
        screen_state().pop(NEW_LINK, None)

    _do(TOP, write, done=Message(DEACTIVATED))


def reactivate_person(account: AccountDetails) -> None:
    """Activate an account again."""

    def write() -> None:
        reactivate(get_engine(), require_actor(), account_id=account.account_id, version=account.version)

    _do(TOP, write, done=Message(REACTIVATED))


def end_sessions_of(account_id: int, id_hash: str) -> None:
    """End a session of an account, or all where ``id_hash`` is ""."""
    number = 0

    def write() -> None:
        nonlocal number
        number = end_account_sessions(
            get_engine(), require_actor(), account_id=account_id, session_id=current_session_id(), id_hash=id_hash
        )

    if _do(SESSIONS, write):
        end_action(Done(record_id(), SESSIONS, Message(SIGNED_OUT, {"number": number})))


def end_sessions_of_mine(id_hash: str) -> None:
    """End another session of one's own, or all others where ``id_hash`` is ""."""
    number = 0

    def write() -> None:
        nonlocal number
        number = end_own_sessions(get_engine(), require_actor(), session_id=current_session_id(), id_hash=id_hash)

    if _do(SESSIONS, write):
        end_action(Done(record_id(), SESSIONS, Message(SIGNED_OUT, {"number": number})))


def change_my_password(fields: PasswordFields) -> None:
    """Change one's password to what was typed; the fields are emptied once it is changed."""
    typed = {name: str(st.session_state.get(key) or "") for name, key in vars(fields).items()}
    number = 0

    def write() -> None:
        nonlocal number
        change = PasswordChange(**typed)
        number = change_password(
            get_engine(), require_actor(), change, session_id=current_session_id(), now=clock.now()
        )

    if _do(PASSWORD, write):
        for key in vars(fields).values():
            st.session_state[key] = ""
        end_action(Done(record_id(), PASSWORD, Message(CHANGED, {"number": number})))


def _do(place: str, write: Callable[[], None], *, done: Message | None = None) -> bool:
    """Write something and tell the result at a place of the page; False where it was refused."""
    try:
        write()
    except DomainError as error:
        fail_action(Done(record_id(), place, error.message))
        return False
    end_action(Done(record_id(), place, done) if done is not None else None)
    return True
