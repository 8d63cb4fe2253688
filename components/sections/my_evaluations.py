"""What My evaluations shows: the lists, or one event with its form, its receipt or why it is closed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.evaluations.event_lists import (
    LISTED,
    event_text,
    how_to_reopen,
    render_closed,
    render_drafts,
    render_sent,
    render_waiting,
    sent_text,
    window_text,
)
from components.evaluations.form import FORM_WIDTH, render_correction, render_evaluation
from components.evaluations.receipt import receipt_url, render_receipt
from components.evaluations.saving import forget_errors
from components.evaluations.texts import answers_html, answers_in_words
from components.recommendations.thread import render_thread_board
from components.sections.partner_ngos import render_own_figures
from components.shell.address import Param, choose, settle, write_address
from components.shell.chrome import plain
from components.shell.filters import Filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from components.tables.paging import pick_page
from data.database.engine import get_engine, reading
from data.dates import clock
from queries.evaluations.drafts import Draft, open_draft, stored_drafts
from queries.evaluations.events import waiting_events
from queries.evaluations.receipts import receipt, sent_evaluations
from queries.recommendations.threads import thread_steps, threads

MOST_THREADS = 200


@dataclass(frozen=True)
class MyEvaluations:
    """What an NGO has to evaluate, has begun and has sent; asked anew at each run, as drafts change by the minute."""

    events: pd.DataFrame
    sent: pd.DataFrame
    drafts: Mapping[int, Draft]

    @property
    def unsent(self) -> pd.DataFrame:
        """Open events without an evaluation."""
        return self.events[self.events["is_open"] & (self.events["evaluation_version"] == 0)]

    def begun(self) -> list[bool]:
        """Which events have a draft with an answer in it, or one that corrects what was sent."""
        return [event_id in self.drafts and bool(self.drafts[event_id].answers) for event_id in self.events["event_id"]]

    def event(self, event_id: int) -> Mapping[Any, Any] | None:
        """The row of an event among those to evaluate."""
        rows = self.events[self.events["event_id"] == event_id].to_dict("records")
        return rows[0] if rows else None

    def versions(self, event_id: int) -> list[Mapping[Any, Any]]:
        """What was sent about an event, the newest version first."""
        rows = self.sent[self.sent["event_id"] == event_id].sort_values("version", ascending=False)
        return [*rows.to_dict("records")]


def load_my_evaluations(context: RequestContext) -> MyEvaluations:
    """Read all of it in one view of the database. Raises ForbiddenError."""
    with reading() as connection:
        return MyEvaluations(
            waiting_events(connection, context.actor, today=context.today),
            sent_evaluations(connection, context.actor),
            {draft.event_id: draft for draft in stored_drafts(connection, context.actor)},
        )


def _is_event(code: str) -> bool:
    return code == LISTED or (code.isascii() and code.isdigit() and len(code) <= 9)


def chosen_event(mine: MyEvaluations) -> int | None:
    """The event that the address names; without any, the only one that waits is opened at once."""
    code = settle(Param.EVENT, _is_event, default="")
    if not code and len(mine.unsent) == 1:
        code = str(mine.unsent["event_id"].iloc[0])
        choose(Param.EVENT, code)
        write_address()
    return int(code) if code and code != LISTED else None


def render_lists(mine: MyEvaluations, filters: Filters, context: RequestContext) -> None:
    """Everything by what is to be done with it."""
    fmt, areas = Formatter(context.translate), filters.book.names()
    begun = pd.Series(mine.begun(), index=mine.events.index, dtype=bool)
    unsent = mine.unsent
    with st.container(width=FORM_WIDTH):
        render_waiting(unsent[~begun[unsent.index]], areas, fmt)
        render_drafts(mine.events[begun], mine.drafts, areas, fmt)
        render_sent(mine.sent, areas, fmt)
    _render_threads(context)
    render_own_figures(filters, context)
    is_missed = ~mine.events["is_open"] & (mine.events["evaluation_version"] == 0) & ~begun
    render_closed(mine.events[is_missed], areas, fmt)


def _render_threads(context: RequestContext) -> None:
    """What came of the NGO's recommendations, and what it may do about it."""
    translate, scope = context.translate, context.actor.home_scope
    st.subheader(translate("Answers to your recommendations"), anchor=False)
    with reading() as connection:
        frame = threads(connection, context.actor, scope=scope, today=context.today, limit=MOST_THREADS)
    if frame.empty:
        st.caption(translate("You have not recommended anything yet. An evaluation has a place for it."))
        return
    shown = pick_page(frame, key="thread_page", fmt=Formatter(translate), most=MOST_THREADS)
    with reading() as connection:
        ids = tuple(shown["public_id"])
        steps = thread_steps(connection, context.actor, scope=scope, today=context.today, public_ids=ids)
    render_thread_board(shown, steps, context=context, can_confirm=True)


def _show_list() -> None:
    choose(Param.EVENT, LISTED)
    forget_errors()


def render_event(event_id: int, mine: MyEvaluations, filters: Filters, context: RequestContext) -> None:
    """One event: its form while it is open, else its receipt, else why it is closed."""
    fmt = Formatter(context.translate)
    st.button(
        context.translate("All my evaluations"),
        key="show_list",
        icon=":material/arrow_back:",
        on_click=_show_list,
        type="tertiary",
    )
    event, versions = mine.event(event_id), mine.versions(event_id)
    if event is None and not versions:
        st.warning(
            context.translate("This event is not among those of your organisation."), icon=":material/search_off:"
        )
        return
    with st.container(width=FORM_WIDTH):
        _render_head(event or versions[0], filters, fmt)
        draft = mine.drafts.get(event_id)
        if event is not None and event["is_open"] and (draft is not None or not versions):
            _render_open(event, context, fmt)
        elif versions:
            _render_sent(event, versions, context, fmt)
        elif event is not None:
            _render_closed(event, draft, fmt)


def _render_head(event: Mapping[Any, Any], filters: Filters, fmt: Formatter) -> None:
    st.subheader(plain(str(event["title"])), anchor=False)
    st.caption(event_text(event, filters.book.names(), fmt))


def _render_open(event: Mapping[Any, Any], context: RequestContext, fmt: Formatter) -> None:
    """The form; opening it makes the draft, so that the first answer has a place."""
    draft = open_draft(get_engine(), context.actor, event_id=int(event["event_id"]), now=clock.now())
    st.caption(window_text(event, fmt))
    if draft.base_version:
        correcting = context.translate(
            "You are correcting version {version}; the old version is kept.", version=draft.base_version
        )
        st.info(correcting, icon=":material/edit:")
    render_evaluation(draft.submission_id, context.translate)


def _render_sent(
    event: Mapping[Any, Any] | None, versions: list[Mapping[Any, Any]], context: RequestContext, fmt: Formatter
) -> None:
    """The receipt of the version that counts, a way to correct it while that is possible, and the older versions."""
    translate = context.translate
    with reading() as connection:
        found = receipt(connection, context.actor, submission_id=versions[0]["submission_id"])
    if found is None:
        return
    render_receipt(found, fmt)
    if event is not None and event["is_open"]:
        st.caption(window_text(event, fmt))
        render_correction(int(event["event_id"]), translate)
    if len(versions) > 1:
        st.subheader(translate("Earlier versions"), anchor=False)
    for version in versions[1:]:
        url = receipt_url(version["submission_id"], context.language)
        st.markdown(f"[{plain(sent_text(version, fmt))}]({url})")


def _render_closed(event: Mapping[Any, Any], draft: Draft | None, fmt: Formatter) -> None:
    """Why the form is closed, what to do, and the draft that is kept."""
    translate = fmt.translate
    st.info(f"{window_text(event, fmt)} {how_to_reopen(fmt)}", icon=":material/lock_clock:")
    st.caption(translate("Number of the event: {number}", number=plain(str(event["number"]))))
    if draft is not None and draft.answers:
        st.subheader(translate("Your draft is kept"), anchor=False)
        st.html(answers_html(answers_in_words(draft.answers, fmt)))
