"""Proposals of NGOs: the form and the list of an NGO, and the answers of the coordinator."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from components.events.entries import month_name
from components.registers.action import Done, action_at_hand, begin_action, end_action, fail_action, render_done
from components.registers.form import render_record_form
from components.registers.form_state import RecordForm, close_form
from components.registers.options import FormOptions
from components.shell.address import record_address, record_id
from components.shell.cache import cached_query
from components.shell.chrome import EVENT_ADDRESS, NGO_ADDRESS, PLAN_ITEM_ADDRESS, escape_markdown
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.tables.links import Link, LinkedCell, link_html, linked_table
from data.codes import Direction, EventForm, ProposalKind, ProposalState
from data.database.engine import get_engine, reading
from data.dates import clock
from data.language import N_, DomainError, Message
from data.policy import Action, Scope, may
from data.registers.proposals import PROPOSAL_FORM
from data.texts.limits import LONGEST_REASON
from data.texts.personal_data import PersonalDataError
from data.workbook.errors import REQUIRED
from pages.forms.record import leave
from pages.loaders.identity import require_actor
from pages.writes.records import begin_form, store_form
from queries.directory.ngos import partner_districts
from queries.events.proposals import NewProposal, WantedDayError, accept, decline, proposals, propose
from queries.recommendations.texts import TextTooLongError

PROPOSE, PLACE = "propose", "proposals"
MOST, MOST_OWN = 50, 500
SENT = N_("Sent. The coordinator of your district answers; you see the answer here.")
ACCEPTED = N_("Accepted. It is in the plan and events now, with the NGO as its party.")
DECLINED = N_("Declined. The NGO sees the reason.")


def render_own_proposals(scope: Scope, fmt: Formatter, *, can_propose: bool, anchor: str) -> None:
    """Draw what an NGO has proposed with what came of each and, for the NGO itself, the form for another one."""
    translate = fmt.translate
    title = translate("Our proposals") if can_propose else translate("Proposals of NGOs")
    st.subheader(title, anchor=anchor)
    if can_propose:
        _render_proposing(fmt)
    found = cached_query(proposals, scope=scope, limit=MOST_OWN)
    if found.empty:
        st.caption(translate("Nothing has been proposed yet."))
        return
    st.html(_table(found, fmt, title=title, has_ngo=False))


def _render_proposing(fmt: Formatter) -> None:
    """Draw the form of another proposal, or the button that opens it."""
    translate = fmt.translate
    render_done(PLACE, translate)
    if action_at_hand()[0] == PROPOSE:
        _render_form(current_context(), fmt)
    else:
        st.button(
            translate("Propose an event"),
            key="do-propose",
            icon=":material/lightbulb:",
            type="primary",
            on_click=begin_action,
            args=(PROPOSE,),
        )


def _render_form(context: RequestContext, fmt: Formatter) -> None:
    """Draw the form; the district is asked where the NGO works with several."""
    with reading() as connection:
        districts = partner_districts(connection, context.actor, today=context.today)
    names = current_filters().directory.names()
    form = begin_form(PROPOSAL_FORM.code, start={"district": districts[0] if len(districts) == 1 else ""})
    render_record_form(
        form,
        PROPOSAL_FORM,
        FormOptions(districts={soato: names[soato] for soato in districts}),
        fmt,
        on_change=store_form,
        on_save=_send,
        on_drop=leave,
        title=fmt.translate("Propose an event"),
        submit=fmt.translate("Send the proposal"),
        drop=fmt.translate("Leave the form"),
    )


def _send(form: RecordForm) -> None:
    form.clear_faults()
    form.attempts += 1
    texts = form.texts
    form.faults = {field.code: Message(REQUIRED) for field in PROPOSAL_FORM.fields if not texts[field.code].strip()}
    try:
        wanted_date = _typed_day(texts["wanted_date"])
    except WantedDayError as error:
        form.faults.setdefault("wanted_date", error.message)
    if form.faults:
        return
    new = NewProposal(
        district_soato=texts["district"],
        kind=ProposalKind(texts["kind"]),
        wanted_date=wanted_date,
        direction=Direction(texts["direction"]),
        form=EventForm(texts["form"]),
        title=texts["title"],
    )
    try:
        propose(get_engine(), require_actor(), new, form_id=form.form_id, now=clock.now())
    except WantedDayError as error:
        form.faults["wanted_date"] = error.message
    except (PersonalDataError, TextTooLongError) as error:
        form.faults["title"] = error.message
    except DomainError as error:
        form.error = error.message
    else:
        close_form(form)
        end_action(Done(record=record_id(), place=PLACE, text=Message(SENT)))


def _typed_day(text: str) -> date:
    """Return a day typed as day.month.year. Raises WantedDayError."""
    try:
        day, month, year = (int(part) for part in text.strip().split("."))
        return date(year, month, day)
    except ValueError:
        raise WantedDayError from None


def render_proposals(scope: Scope, region_soato: str | None, fmt: Formatter) -> None:
    """Draw the proposals of an area; whoever may answers those that wait."""
    translate = fmt.translate
    render_done(PLACE, translate)
    found = cached_query(proposals, scope=scope, limit=MOST)
    if found.empty:
        st.caption(translate("Nothing has been proposed yet."))
        return
    can_answer = may(require_actor(), Action.ANSWER_PROPOSAL, scope, region_soato=region_soato)
    is_waiting = found["state_code"] == ProposalState.PROPOSED.value
    if can_answer:
        for row in found[is_waiting].to_dict("records"):
            _render_answer(row, fmt)
    listed = found[~is_waiting] if can_answer else found
    if not listed.empty:
        st.html(_table(listed, fmt, title=translate("Proposals of NGOs"), has_ngo=True))


def _render_answer(row: Mapping[Hashable, Any], fmt: Formatter) -> None:
    translate, key = fmt.translate, int(row["proposal_id"])
    with st.container(border=True):
        ngo = Link(str(row["ngo_name"]), record_address(NGO_ADDRESS, int(row["ngo_id"])))
        st.markdown(f"**{escape_markdown(str(row['title']))}**")
        st.html(link_html(ngo))
        st.caption(
            " · ".join([*_words(row, fmt), translate("proposed on {date}", date=fmt.date(row["proposed_date"]))])
        )
        reason = f"proposal_reason:{key}"
        st.text_input(translate("Reason, if you decline it"), key=reason, max_chars=LONGEST_REASON)
        with st.container(horizontal=True):
            st.button(
                translate("Accept"), key=f"accept-{key}", type="primary", icon=":material/check:", on_click=_accept,
                args=(key,),
            )  # fmt: skip
            st.button(
                translate("Decline"), key=f"decline-{key}", icon=":material/close:", on_click=_decline,
                args=(key, reason),
            )  # fmt: skip


def _words(row: Mapping[Hashable, Any], fmt: Formatter) -> list[str]:
    """Return kind, day or month, direction and form of a proposal."""
    translate, kind, wanted = fmt.translate, ProposalKind(row["kind_code"]), row["wanted_date"]
    is_event = kind is ProposalKind.EVENT
    when = fmt.date(wanted) if is_event else f"{month_name(wanted.month, fmt)} {wanted.year}"
    labels = (Direction(row["direction_code"]).label, EventForm(row["form_code"]).label)
    return [translate(kind.label), when, *map(translate, labels)]


def _accept(proposal_id: int) -> None:
    try:
        accept(get_engine(), require_actor(), proposal_id=proposal_id, now=clock.now())
    except DomainError as error:
        fail_action(Done(record=record_id(), place=PLACE, text=error.message))
        return
    end_action(Done(record=record_id(), place=PLACE, text=Message(ACCEPTED)))


def _decline(proposal_id: int, reason_key: str) -> None:
    try:
        reason = str(st.session_state.get(reason_key, ""))
        decline(get_engine(), require_actor(), proposal_id=proposal_id, reason=reason)
    except DomainError as error:
        fail_action(Done(record=record_id(), place=PLACE, text=error.message))
        return
    end_action(Done(record=record_id(), place=PLACE, text=Message(DECLINED)))


def _table(found: pd.DataFrame, fmt: Formatter, *, title: str, has_ngo: bool) -> str:
    translate = fmt.translate
    headings = [translate("What it is about"), translate("Details"), translate("State"), translate("Reason")]
    rows: list[list[LinkedCell]] = []
    for row in found.to_dict("records"):
        state: LinkedCell = translate(ProposalState(row["state_code"]).label)
        if row["state_code"] == ProposalState.ACCEPTED.value:
            address = EVENT_ADDRESS if row["kind_code"] == ProposalKind.EVENT.value else PLAN_ITEM_ADDRESS
            state = Link(str(state), record_address(address, int(row["record_id"])))
        cells: list[LinkedCell] = [str(row["title"]), " · ".join(_words(row, fmt)), state, str(row["reason"]) or "–"]
        if has_ngo:
            cells.append(Link(str(row["ngo_name"]), record_address(NGO_ADDRESS, int(row["ngo_id"]))))
        rows.append(cells)
    if has_ngo:
        headings.append(translate("NGO"))
    return linked_table(headings, rows, title=title)
