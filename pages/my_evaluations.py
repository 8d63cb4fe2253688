"""My evaluations: events that an NGO has to evaluate, what it sent, and the answers to its recommendations.

Without an event in the URL there are lists of events by what is to be done with them; with one, its form while it is
open, its receipt when it was sent, or why it is closed. The form reruns alone at each answer and stores it at once. The
actor is looked up anew each time, as the rest of the app does not run with it.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import pandas as pd
import streamlit as st

from components.evaluations.event_lists import (
    CARDS_SHOWN,
    LISTED,
    TO_CONFIRM_ANCHOR,
    event_text,
    how_to_reopen,
    open_fold,
    render_closed,
    render_drafts,
    render_sent,
    render_strip,
    render_waiting,
    sent_text,
    window_text,
)
from components.evaluations.form import FORM_WIDTH, render_form, render_session_ended
from components.evaluations.form_state import (
    SEND,
    OpenForm,
    SessionEndedError,
    errors,
    forget_errors,
    is_just_sent,
    note_attempt,
    note_errors,
    note_saved,
    note_sent,
    reset_choice,
    take_stored,
    unsaved,
)
from components.evaluations.receipt import receipt_url, render_receipt
from components.evaluations.texts import answer_texts, answers_html
from components.evaluations.typed_text import drop_typed_text
from components.indicators.ngos import render_own_figures
from components.recommendations.board import render_threads
from components.recommendations.places import threads_in_place
from components.shell.address import Param, choose, link_to, valid_choice, write_address
from components.shell.chrome import DESK_ADDRESS, MY_ORGANISATION_ADDRESS, escape_markdown, render_title
from components.shell.confirmation import render_confirmation
from components.shell.filters import Filters, current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context, screen_state
from components.tables.links import Link, link_html
from components.tables.paging import pick_page
from data.codes import Party, RecommendationState
from data.database.engine import get_engine, reading
from data.dates import clock
from data.language import DomainError, Message, Translator
from data.policy import Action, Actor, may, require
from data.texts.personal_data import PersonalDataError
from pages.forms.proposals import PROPOSE
from pages.loaders.identity import find_actor
from pages.loaders.indicators import load_own_figures
from pages.loaders.my_evaluations import MyEvaluations, load_my_evaluations
from pages.writes.recommendations import store_act
from queries.evaluations.answers import InvalidAnswerError
from queries.evaluations.corrections import RecommendationAnsweredError, ReleasedConfidentiallyError
from queries.evaluations.drafts import (
    Draft,
    DraftNotFoundError,
    open_draft,
    save_answer,
    stored_drafts,
)
from queries.evaluations.receipts import Receipt, receipt
from queries.evaluations.submission import submit
from queries.recommendations.threads import thread_steps, threads
from queries.requests import Owed, owed_answers

MOST_THREADS = 200
TO_CONFIRM = "threads_to_confirm"
# What keeps one answer from being stored and says nothing about the others.
ABOUT_ONE_ANSWER = (
    InvalidAnswerError,
    PersonalDataError,
    ReleasedConfidentiallyError,
    RecommendationAnsweredError,
)


def render_page() -> None:
    """Draw the event of the URL, or else lists of events."""
    context, filters = current_context(), current_filters()
    require(context.actor, Action.EVALUATE_EVENT)

    mine = load_my_evaluations(context)
    event_id = chosen_event(mine)
    render_title(context.translate("My evaluations"), context, has_area=False)
    if event_id is None:
        drop_typed_text(context.actor.login, {draft.submission_id for draft in mine.drafts.values()})
        render_lists(mine, filters, context, fmt=Formatter(context.translate))
    else:
        render_event(event_id, mine, filters, context, fmt=Formatter(context.translate))


def chosen_event(mine: MyEvaluations) -> int | None:
    """Return the event of the URL; without one, the only one that waits is opened at once."""
    code = valid_choice(Param.EVENT, _is_event, default="")
    if not code and len(mine.unsent) == 1:
        code = str(mine.unsent["event_id"].iloc[0])
        choose(Param.EVENT, code)
        write_address()
    return int(code) if code and code != LISTED else None


def _is_event(code: str) -> bool:
    return code == LISTED or (code.isascii() and code.isdigit() and len(code) <= 9)


def render_lists(mine: MyEvaluations, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw what waits for the NGO first, in one line and then part by part; what is done is folded below."""
    areas = filters.directory.names()
    found = load_threads(context)
    to_confirm = threads_to_confirm(found)
    states = found["state_code"] == RecommendationState.DONE.value
    owed = load_owed(context)
    render_strip(to_confirm=int(states.sum()), waiting=len(mine.waiting) + len(mine.begun_open), owed=owed, fmt=fmt)
    if may(context.actor, Action.PROPOSE_EVENT):
        propose = Link(fmt.translate("Propose an event"), link_to(MY_ORGANISATION_ADDRESS, do=PROPOSE))
        asked = Link(requests_text(owed, fmt), link_to(DESK_ADDRESS))
        st.html(f"<p>{link_html(propose)} · {link_html(asked)}</p>")
    if to_confirm.any():
        st.subheader(fmt.translate("Answers to confirm"), anchor=TO_CONFIRM_ANCHOR)
        render_to_confirm(found[to_confirm], context, fmt=fmt)
    with st.container(width=FORM_WIDTH):
        render_waiting(mine.waiting, areas, fmt)
        render_drafts(mine.begun, mine.drafts, areas, fmt)
        render_sent(mine.sent, areas, fmt)
    render_recommendations(found[~to_confirm], len(found), context, fmt=fmt)
    render_own_figures(lambda: load_own_figures(filters, context), period=filters.period, fmt=fmt)
    render_closed(mine.missed, areas, fmt)


def load_owed(context: RequestContext) -> Owed:
    """Return how many answers the NGO owes the internal affairs bodies."""
    with reading() as connection:
        scope = context.actor.home_scope
        return owed_answers(connection, context.actor, scope=scope, today=context.today)[Party.NGO]


def requests_text(owed: Owed, fmt: Formatter) -> str:
    """Return the name of the requests, with how many wait for the NGO's answer."""
    name = fmt.translate("Information requests")
    if not owed.waiting:
        return name
    waits = fmt.translate("waiting for your answer: {number}", number=fmt.number(owed.waiting))
    return f"{name} ({waits})"


def load_threads(context: RequestContext) -> pd.DataFrame:
    """Return the NGO's recommendations, those that wait for its confirmation first; after a step in the same order."""

    def load(public_ids: tuple[str, ...] | None) -> pd.DataFrame:
        actor = context.actor
        with reading() as connection:
            return threads(
                connection,
                actor,
                scope=actor.home_scope,
                today=context.today,
                public_ids=public_ids,
                limit=MOST_THREADS,
            )

    return threads_in_place("own", load)


def threads_to_confirm(found: pd.DataFrame) -> pd.Series[bool]:
    """Return which recommendations wait for the NGO's confirmation, or did so when this screen was opened."""
    waits = found.loc[found["state_code"] == RecommendationState.DONE.value, "public_id"]
    state = screen_state()
    state[TO_CONFIRM] = {*cast("set[str]", state.get(TO_CONFIRM, set())), *waits}
    return found["public_id"].isin(list(cast("set[str]", state[TO_CONFIRM])))


def render_to_confirm(waiting: pd.DataFrame, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the first answers that wait for confirmation, the others folded."""
    render_own_threads(waiting.head(CARDS_SHOWN), context)
    more = waiting.iloc[CARDS_SHOWN:]
    if more.empty:
        return
    label = fmt.translate.plural("{n} more answer", "{n} more answers", len(more))
    fold = open_fold(label, key="to_confirm_fold", fmt=fmt)
    if fold is not None:
        with fold:
            render_own_threads(pick_page(more, key="to_confirm_page", fmt=fmt, most=MOST_THREADS), context)


def render_own_threads(shown: pd.DataFrame, context: RequestContext) -> None:
    """Draw recommendations of the NGO with their answers and what it may do about them."""
    actor = context.actor
    with reading() as connection:
        ids = tuple(shown["public_id"])
        steps = thread_steps(connection, actor, scope=actor.home_scope, today=context.today, public_ids=ids)
    render_threads(shown, steps, context=context, on_act=store_act, can_confirm=True)


def render_recommendations(others: pd.DataFrame, total: int, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw, folded, the recommendations that do not wait for the NGO; ``total`` is the number of all of them."""
    translate = fmt.translate
    st.subheader(translate("Answers to your recommendations"), anchor=False)
    if not total:
        st.caption(translate("You have not recommended anything yet. An evaluation has a place for it."))
    if others.empty:
        return
    label = translate("Recommendations that do not wait for you: {number}", number=fmt.number(len(others)))
    fold = open_fold(label, key="threads_fold", fmt=fmt)
    if fold is not None:
        with fold:
            render_own_threads(pick_page(others, key="thread_page", fmt=fmt, most=MOST_THREADS), context)


def render_event(
    event_id: int, mine: MyEvaluations, filters: Filters, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw one event: its form while it is open, else its receipt, else why it is closed."""
    translate = fmt.translate
    st.button(
        translate("All my evaluations"),
        key="show_list",
        icon=":material/arrow_back:",
        on_click=_open_lists,
        type="tertiary",
    )
    event, versions, draft = mine.event(event_id), mine.versions(event_id), mine.drafts.get(event_id)
    if event is None and not versions:
        st.warning(translate("This event is not among those of your organisation."), icon=":material/search_off:")
        return
    with st.container(width=FORM_WIDTH):
        named = event or versions[0]
        st.subheader(escape_markdown(str(named["title"])), anchor=False)
        st.caption(event_text(named, filters.directory.names(), fmt))
        if event is not None and event["is_open"] and (draft is not None or not versions):
            render_open_event(event, context, fmt=fmt)
        elif versions:
            render_sent_event(event, versions, context, fmt=fmt)
        elif event is not None:
            render_closed_event(event, draft, fmt=fmt)


def _open_lists() -> None:
    choose(Param.EVENT, LISTED)
    forget_errors()


def render_open_event(event: Mapping[Any, Any], context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the form; opening it creates the draft, so that the first answer can be stored."""
    draft = open_draft(get_engine(), context.actor, event_id=int(event["event_id"]), now=clock.now())
    render_evaluation(draft.submission_id, window_text(event, fmt), fmt.translate)


def render_sent_event(
    event: Mapping[Any, Any] | None, versions: list[Mapping[Any, Any]], context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw the receipt of the current version, a way to correct it while that is possible, and older versions."""
    translate = fmt.translate
    with reading() as connection:
        found = receipt(connection, context.actor, submission_id=versions[0]["submission_id"])
    if found is None:
        return
    if event is not None and is_just_sent(found.submission_id):
        render_sent_confirmation(found, window_text(event, fmt), fmt=fmt)
    render_receipt(found, fmt)
    if event is not None and event["is_open"]:
        st.caption(window_text(event, fmt))
        render_correction(int(event["event_id"]), translate)
    if len(versions) > 1:
        st.subheader(translate("Earlier versions"), anchor=False)
    for version in versions[1:]:
        url = receipt_url(version["submission_id"], context.language)
        st.markdown(f"[{escape_markdown(sent_text(version, fmt))}]({url})")


def render_closed_event(event: Mapping[Any, Any], draft: Draft | None, *, fmt: Formatter) -> None:
    """Draw why the form is closed, what to do, and the stored draft."""
    translate = fmt.translate
    st.info(f"{window_text(event, fmt)} {how_to_reopen(fmt)}", icon=":material/lock_clock:")
    st.caption(translate("Number of the event: {number}", number=escape_markdown(str(event["number"]))))
    if draft is not None and draft.answers:
        st.subheader(translate("Your draft is saved"), anchor=False)
        st.html(answers_html(answer_texts(draft.answers, fmt)))


@st.fragment
def render_evaluation(submission_id: str, window: str, translate: Translator) -> None:
    """Draw the form of a draft, or its receipt once it was sent, be it here, in another tab or on another device.

    ``window`` says until when the event may be evaluated.
    """
    form, fmt = OpenForm(submission_id, translate.language), Formatter(translate)
    try:
        actor = ngo_now()
    except SessionEndedError as error:
        render_session_ended(form, error.message, translate)
        return
    with reading() as connection:
        drafts = stored_drafts(connection, actor, submission_id=submission_id)
        sent = None if drafts else receipt(connection, actor, submission_id=submission_id)
        open_forms = [] if drafts else [draft.submission_id for draft in stored_drafts(connection, actor)]
    if drafts:
        take_stored(form, drafts[0].answers)
        render_form(form, drafts[0], window, fmt, owner=actor.login, on_change=save, on_send=send)
    elif sent is not None:
        drop_typed_text(actor.login, open_forms)
        render_just_sent(sent, window, fmt=fmt)
    else:
        st.error(translate.render(DraftNotFoundError().message), icon=":material/block:")


def render_just_sent(sent: Receipt, window: str, *, fmt: Formatter) -> None:
    """Draw that it is sent, what comes next, and its receipt."""
    # In the place of the form: what takes the place of a container has its old content until the run ends.
    st.empty()
    render_sent_confirmation(sent, window, fmt=fmt)
    render_receipt(sent, fmt)
    render_correction(sent.event.event_id, fmt.translate)


def render_sent_confirmation(sent: Receipt, window: str, *, fmt: Formatter) -> None:
    """Draw that it is sent, how long it can be corrected, and what could not be stored before it was sent."""
    translate = fmt.translate
    if sent.version > 1:
        told = translate("Your correction is sent. Thank you. The earlier version is kept.")
    else:
        told = translate("Your evaluation is sent. Thank you.")
    later = translate("You can correct it as long as the event may be evaluated: {window}", window=window)
    lost = [translate.render(message) for message in errors().values()]
    render_confirmation(told, key="sent", details=[later, *lost], occasion=sent.submission_id)


def render_correction(event_id: int, translate: Translator) -> None:
    """Draw the button that begins a correction of what was sent; the page then shows the form."""
    if not st.button(translate("Correct this evaluation"), key="correct", icon=":material/edit:", width="stretch"):
        return
    try:
        open_draft(get_engine(), ngo_now(), event_id=event_id, now=clock.now())
    except DomainError as error:
        st.error(translate.render(error.message), icon=":material/block:")
        return
    forget_errors()
    st.rerun()


def ngo_now() -> Actor:
    """Return the current actor. Raises SessionEndedError."""
    actor = find_actor()
    if actor is None or not actor.is_signed_in:
        raise SessionEndedError
    return actor


def save(form: OpenForm) -> None:
    """Store every answer that differs from what is stored; a callback of the fields."""
    failed: dict[str, Message] = {}
    for item, answer in unsaved(form).items():
        try:
            at = save_answer(
                get_engine(),
                ngo_now(),
                submission_id=form.submission_id,
                item_code=item.value,
                value=answer,
                now=clock.now(),
            )
        except DomainError as error:
            failed[item.value] = error.message
            reset_choice(form, item)
            if not isinstance(error, ABOUT_ONE_ANSWER):
                break
        else:
            note_saved(form, item, answer, at)
    note_errors(failed)


def send(form: OpenForm) -> None:
    """Store what is not stored yet, then send the draft; a repeat sends nothing more. A callback of the button."""
    save(form)
    if errors():
        note_attempt()
        return
    try:
        submit(get_engine(), ngo_now(), submission_id=form.submission_id, now=clock.now())
    except DomainError as error:
        note_errors({SEND: error.message})
        note_attempt()
    else:
        note_sent(form)


render_page()
