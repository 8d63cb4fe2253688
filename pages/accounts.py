"""Accounts: who may sign in, the invitation of another person, and the page of an account."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import streamlit as st

from components.accounts.links import link_address, render_link
from components.accounts.listing import account_facts, accounts_html
from components.accounts.rights_form import RightsForm, render_rights_form, rights_form_name
from components.accounts.sessions import render_sessions
from components.registers.action import action_at_hand, begin_action, render_done
from components.registers.facts import facts_html
from components.registers.form import FORM_WIDTH, render_form_style
from components.registers.history import moment_text
from components.shell.address import Param, link_to, record_id
from components.shell.chrome import (
    ACCOUNTS_ADDRESS,
    AUDIT_ADDRESS,
    MY_ACCOUNT_ADDRESS,
    escape_markdown,
    render_back_link,
    render_title,
)
from components.shell.empty_state import render_empty
from components.shell.filters import Filters, current_filters, pick_area
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context, screen_state
from components.shell.widgets import pick_filter, pick_search
from components.tables.links import Link, link_html
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from data.database.engine import reading
from data.dates import clock
from data.policy import ACCOUNT_ROLES, ROLE_LABELS, Action, Role, ScopeKind, require
from pages.writes.accounts import (
    NEW_LINK,
    SESSIONS,
    TOP,
    close_rights_form,
    correct_person,
    deactivate_person,
    end_sessions_of,
    invite_person,
    make_link,
    reactivate_person,
)
from queries.accounts.administration import (
    AccountDetails,
    AccountPage,
    AccountState,
    NewLink,
    NoAccountError,
    OutdatedAccountError,
    find_account,
    find_ngos,
    list_accounts,
    sessions_of,
)

INVITE, CORRECT, DEACTIVATE = "invite", "correct", "deactivate"
ANY = "any"
PAGE_KEY = "accounts"
ROLE_WIDTH, STATE_WIDTH = 280, 180


def render_page() -> None:
    """Draw the account of the address, or the list."""
    context, filters = current_context(), current_filters()
    fmt = Formatter(context.translate)
    require(context.actor, Action.MANAGE_ACCOUNTS)
    if record_id():
        render_account(filters, context, fmt)
    else:
        render_list(filters, context, fmt)


def render_list(filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw the invitation, and the accounts of an area by role and state."""
    translate = fmt.translate
    render_title(translate("Accounts"), context)
    roles = {ANY: translate("All")} | {role.value: translate(ROLE_LABELS[role]) for role in ACCOUNT_ROLES}
    states = {ANY: translate("All")} | {state.value: translate(state.label) for state in AccountState}
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        pick_area(filters)
        role = pick_filter(Param.ROLE, translate("Role"), roles, default=ANY, width=ROLE_WIDTH)
        state = pick_filter(Param.STATE, translate("State"), states, default=ANY, width=STATE_WIDTH)
        if action_at_hand()[0] != INVITE:
            st.button(
                translate("Invite a person"),
                key="do-invite",
                type="primary",
                icon=":material/person_add:",
                on_click=begin_invitation,
            )
    render_done(TOP, translate)
    render_new_link(fmt)
    if action_at_hand()[0] == INVITE:
        render_invitation(filters, fmt)
    search = pick_search(translate("Find a login, e-mail address or NGO"), key="accounts_search")
    scope = None if filters.scope.kind is ScopeKind.NATION else filters.scope

    def page(offset: int) -> AccountPage:
        with reading() as connection:
            return list_accounts(
                connection,
                context.actor,
                scope=scope,
                search=search,
                role=None if role == ANY else Role(role),
                state=None if state == ANY else AccountState(state),
                limit=PAGE_ROWS,
                offset=offset,
            )

    found = page(0)
    first = first_row(found.total, key=PAGE_KEY)
    found = page(first) if first else found
    st.subheader(f"{filters.area.name}: {fmt.number(found.total)}", anchor=False)
    if found.frame.empty:
        render_empty(
            translate("No account is here"),
            translate("Choose another area, role or state, or invite a person."),
            icon=":material/person_search:",
        )
        return
    st.html(accounts_html(found.frame, filters.directory, {state.value: state for state in AccountState}, fmt))
    render_paging(found.total, key=PAGE_KEY, fmt=fmt)


def begin_invitation() -> None:
    """Open the form of an invitation; the link that was shown last is shown no more."""
    screen_state().pop(NEW_LINK, None)
    begin_action(INVITE)


def render_invitation(filters: Filters, fmt: Formatter) -> None:
    """Draw the form of a new account."""
    translate, name = fmt.translate, rights_form_name(0)
    form = cast("RightsForm", st.session_state.setdefault(name, RightsForm()))
    render_rights_form(
        form,
        filters.directory,
        fmt,
        find_ngos=ngos_by_text,
        on_save=invite_person,
        on_leave=close_rights_form,
        title=translate("Invite a person"),
        submit=translate("Make the link"),
    )


def ngos_by_text(text: str) -> Mapping[str, str]:
    """Return the NGOs that a typed text may mean: names by id."""
    with reading() as connection:
        found = find_ngos(connection, current_context().actor, text=text)
    return {str(ngo_id): name for ngo_id, name in found.items()}


def render_new_link(fmt: Formatter) -> None:
    """Draw the link that was just made, while the screen is open."""
    link = screen_state().get(NEW_LINK)
    if isinstance(link, NewLink):
        address = link_address(st.context.url or "", link.token, link.language)
        moment = moment_text(link.expires_at, fmt)
        render_link(address, link.login, moment, fmt, occasion=f"{link.account_id}:{link.expires_at}")


def render_account(filters: Filters, context: RequestContext, fmt: Formatter) -> None:
    """Draw what is known of an account, what may be done with it, and its sessions."""
    translate = fmt.translate
    render_back_link(ACCOUNTS_ADDRESS, translate("Accounts"))
    now = clock.now()
    try:
        with reading() as connection:
            account = find_account(connection, context.actor, account_id=record_id())
            sessions = sessions_of(connection, context.actor, account_id=record_id(), now=now)
    except NoAccountError as error:
        render_empty(translate.render(error.message), translate("The list shows all accounts."))
        return
    render_title(translate("Account: {login}", login=escape_markdown(account.login)), context, has_area=False)
    is_own = account.account_id == context.actor.account_id
    if is_own:
        link = Link(translate("My account"), link_to(MY_ACCOUNT_ADDRESS))
        text = translate("This is your own account. Another administrator changes its role or deactivates it.")
        st.html(f"<p>{text} {link_html(link)}</p>")
    render_done(TOP, translate)
    render_new_link(fmt)
    if not is_own:
        render_actions(account, filters, fmt)
    st.html(facts_html(account_facts(account, filters.directory, fmt)))
    if not is_own:
        st.subheader(translate("Signed-in devices"), anchor=False)
        render_done(SESSIONS, translate)
        render_sessions(sessions, fmt, on_end=lambda id_hash: end_sessions_of(account.account_id, id_hash))
    changes = Link(
        translate("All changes of this account"), link_to(AUDIT_ADDRESS, kind="account", find=account.account_id)
    )
    st.html(link_html(changes))


def render_actions(account: AccountDetails, filters: Filters, fmt: Formatter) -> None:
    """Draw the buttons of what may be done with an account, and the form of the one at hand."""
    translate, (do, _) = fmt.translate, action_at_hand()
    is_active = account.state is not AccountState.DEACTIVATED
    with st.container(horizontal=True, key="account-actions"):
        if is_active:
            st.button(
                translate("New link for a password"),
                key="do-link",
                icon=":material/link:",
                on_click=make_link,
                args=(account.account_id,),
            )
        st.button(
            translate("Correct role and place"),
            key="do-correct",
            icon=":material/edit:",
            on_click=begin_action,
            args=(CORRECT,),
        )
        if is_active:
            st.button(
                translate("Deactivate"),
                key="do-deactivate",
                icon=":material/person_off:",
                on_click=begin_action,
                args=(DEACTIVATE,),
            )
        else:
            st.button(
                translate("Reactivate"),
                key="do-reactivate",
                type="primary",
                icon=":material/person_check:",
                on_click=reactivate_person,
                args=(account,),
            )
    if do == CORRECT:
        render_correction(account, filters, fmt)
    elif do == DEACTIVATE and is_active:
        render_deactivation(account, fmt)


def render_correction(account: AccountDetails, filters: Filters, fmt: Formatter) -> None:
    """Draw the form of role and place; what someone else saved meanwhile stands below it, and is told."""
    translate, name = fmt.translate, rights_form_name(account.account_id)
    form = st.session_state.get(name)
    if not isinstance(form, RightsForm):
        places = {column: str(value) for column, value in account.rights.rights.items() if value is not None}
        form = RightsForm(
            account_id=account.account_id,
            version=account.version,
            login=account.login,
            role=account.role.value,
            places={column: code for column, code in places.items() if column != "role_code"},
            ngos={str(account.ngo_id): account.ngo_name} if account.ngo_id is not None else {},
        )
        st.session_state[name] = form
    if form.version != account.version:
        form.version, form.error = account.version, OutdatedAccountError().message
    render_rights_form(
        form,
        filters.directory,
        fmt,
        find_ngos=ngos_by_text,
        on_save=correct_person,
        on_leave=close_rights_form,
        title=translate("Correct role and place"),
        submit=translate("Save"),
    )


def render_deactivation(account: AccountDetails, fmt: Formatter) -> None:
    """Draw the question for the reason, and what follows from it."""
    translate = fmt.translate
    render_form_style(fmt)
    with st.container(key=f"form-deactivate-{account.account_id}", width=FORM_WIDTH, border=True):
        st.markdown(
            translate("The person is signed out on all devices and cannot sign in until the account is reactivated.")
        )
        reason = f"deactivate-reason-{account.account_id}"
        st.text_input(f"{translate('Reason')} *", key=reason, persist_state="session")
        with st.container(horizontal=True):
            st.button(
                translate("Deactivate"),
                key=f"deactivate-{account.account_id}",
                type="primary",
                icon=":material/person_off:",
                on_click=deactivate_person,
                args=(account, reason),
            )
            st.button(
                translate("Leave the form"),
                key=f"leave-deactivate-{account.account_id}",
                type="tertiary",
                on_click=begin_action,
                args=("",),
            )


render_page()
