"""Meeting: finalise a pack of figures, present it, download it, decide, and follow up decisions.

Without a pack in the URL the page has the next meeting of an area, its packs, and all its decisions; with one, that
pack in the order of a meeting.
"""

from __future__ import annotations

from dataclasses import asdict
from functools import partial

import pandas as pd
import streamlit as st

from components.indicators.records import counted_rows, render_counted_heading
from components.meetings.decision_actions import DecisionChange
from components.meetings.decision_cards import ALL_STATES, pick_decision_state, render_decision_card
from components.meetings.decision_form import NewDecision, begin_new_decision, render_decision_form
from components.meetings.decision_texts import DecisionCard, as_date, cause_labels, decision_cards
from components.meetings.downloads import render_downloads
from components.meetings.figures import render_figures
from components.meetings.packs import render_changed_since, render_pack_card, render_pack_heading
from components.meetings.preparation_form import Preparation, begin_new_preparation, render_preparation_form
from components.shell.address import Param, choose, link_to
from components.shell.areas import Area
from components.shell.cache import cached_query, show_domain_errors
from components.shell.chrome import DISTRICT_ADDRESS, MEETING_ADDRESS, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import Filters, PeriodCode, current_filters, period_of
from components.shell.formatter import Formatter
from components.shell.page_header import render_period_filters
from components.shell.request_context import RequestContext, current_context
from components.tables.paging import pick_page
from data.agenda import chosen_agenda
from data.database.engine import get_engine, reading
from data.dates import clock
from data.effectiveness.method_version import METHOD_VERSION
from data.indicators.counted import CountedRows
from data.indicators.declaration import RecordKind
from data.policy import Action, ScopeKind, may, require
from pages.loaders.identity import require_actor
from pages.loaders.meetings import OpenedPack, load_current_values, load_decisions, load_pack
from queries.indicators.records import counted_numbers
from queries.meetings.decisions import StoredOtherwiseError, add_decision, change_decision
from queries.meetings.meetings import add_meeting, list_meetings
from queries.meetings.packs.packs import PackContent, compare_packs, finalise_pack, list_packs

MOST_PACKS, MOST_DECISIONS = 500, 500


def render_page() -> None:
    """Draw the pack of the URL, or else the meetings of the chosen area."""
    context, filters = current_context(), current_filters()
    translate, fmt = context.translate, Formatter(context.translate)
    require(context.actor, Action.SEE_MEETINGS)

    if filters.pack_id:
        opened = load_pack(filters.pack_id, filters.directory, context)
        render_back(opened, context)
        if opened is not None:
            render_pack(opened, context, fmt=fmt)
        else:
            # Whether there is such a pack is not said.
            render_empty(
                translate("This link opens no pack for you"),
                translate(
                    "It may belong to another area, or a part of the address is missing. Your packs are in the list."
                ),
                icon=":material/lock:",
            )
    else:
        area = filters.directory.seen_in_full(context.actor, filters.area)
        render_title(translate("Meeting: {area}", area=(area or filters.area).name), context)
        render_period_filters(filters)
        counted = counted_rows(RecordKind.DECISIONS, filters=filters, context=context)
        if counted is not None and area == filters.area:
            render_counted(counted, area, context, fmt=fmt)
        elif area is not None:
            render_meetings(area, filters, context, fmt=fmt)
        else:
            render_empty(
                translate("The meetings of this area are shown to its own leaders"),
                translate("Choose your own area above."),
                icon=":material/lock:",
            )


def render_counted(counted: CountedRows, area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the decisions that the indicator counts, the most pressing first."""
    numbers = cached_query(counted_numbers, scope=area.scope, rows=counted)
    render_counted_heading(counted, numbers, path=MEETING_ADDRESS, fmt=fmt)
    render_decision_list(load_decisions(area.scope, context, counted=counted), area, ALL_STATES, context, fmt=fmt)


def render_meetings(area: Area, filters: Filters, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the next meeting of an area, its packs, and all its decisions."""
    preparing_place, packs_place = st.columns([1, 1], gap="medium")
    with preparing_place:
        # Not from the cache: neither a meeting nor a pack changes a figure, so the version of the data stays.
        with reading() as connection:
            meetings = list_meetings(connection, context.actor, scope=area.scope)
        render_preparation_form(
            meetings,
            area,
            filters.period.whole_months(context.today),
            on_finalise=partial(store_pack, area=area, filters=filters, context=context),
            today=context.today,
            fmt=fmt,
        )
    with packs_place:
        render_packs(area, context, fmt=fmt)
    render_decisions(area, context, fmt=fmt)


def store_pack(asked: Preparation, *, area: Area, filters: Filters, context: RequestContext) -> None:
    """Finalise and open the pack. Pressed twice it is the same pack: its id was made with the form."""
    translate, engine, actor, scope = context.translate, get_engine(), context.actor, area.scope
    with show_domain_errors(translate), st.spinner(translate("Finalising the figures. This takes some seconds.")):
        agenda, meeting = chosen_agenda(scope.kind, asked.agenda), asked.meeting
        meeting_id = meeting.meeting_id
        if meeting_id is None:
            meeting_id = add_meeting(
                engine,
                actor,
                scope=scope,
                number=meeting.number,
                title=meeting.title,
                meeting_date=meeting.meeting_date,
                now=clock.now(),
            )
        finalise_pack(
            engine,
            actor,
            pack_id=asked.pack_id,
            scope=scope,
            period=filters.period,
            agenda=agenda,
            today=context.today,
            now=clock.now(),
            meeting_id=meeting_id,
        )
        begin_new_preparation()
        choose(Param.PACK, asked.pack_id)
        st.rerun()


def render_packs(area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw the packs, newest first; where there is none, what a pack is for."""
    translate = fmt.translate
    st.subheader(translate("Finalised packs"), anchor=False)
    with reading() as connection:
        packs = list_packs(connection, context.actor, scope=area.scope)
    if packs.empty:
        render_empty(
            translate("No pack has been finalised for this area yet"),
            translate(
                "Finalise one for the next meeting: it is presented, exported and compared with the one after it."
            ),
            icon=":material/inventory_2:",
        )
        return
    finalised_at = {row["pack_id"]: row["created_at"] for row in packs.to_dict("records")}
    for row in pick_page(packs, key=f"packs_page:{area.code}", fmt=fmt, most=MOST_PACKS).to_dict("records"):
        render_pack_card(row, finalised_at, fmt=fmt)


def render_decisions(area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw all decisions of an area, the overdue ones first."""
    translate = fmt.translate
    st.subheader(translate("Decisions of the meetings"), anchor=False)
    decisions = load_decisions(area.scope, context)
    if decisions.empty:
        render_empty(
            translate("No meeting of this area has decided anything yet"),
            translate("Finalise a pack for a meeting and open it: decisions are taken there."),
            icon=":material/gavel:",
        )
        return
    state = pick_decision_state(decisions, fmt=fmt)
    chosen = decisions if state == ALL_STATES else decisions[decisions["state_code"] == state]
    render_decision_list(chosen, area, state, context, fmt=fmt)


def render_decision_list(
    decisions: pd.DataFrame, area: Area, state: str, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw a page of decisions."""
    # All of them are loaded, so that none is left out of their number.
    key = f"decisions_page:{area.code}:{state}"
    shown = pick_page(decisions, key=key, fmt=fmt, most=len(decisions) + 1)
    for card in decision_cards(shown, today=context.today, fmt=fmt):
        render_decision(card, context, fmt=fmt, key="decisions")


def render_pack(opened: OpenedPack, context: RequestContext, *, fmt: Formatter) -> None:
    """Draw a pack in the order of a meeting: downloads, earlier decisions, figures, and its own decisions."""
    content, before = opened.content, opened.before
    render_pack_heading(content, opened.area, opened.meeting, context, fmt=fmt)
    # By another method all may differ: that is no change of the data.
    if content.method_version == METHOD_VERSION:
        render_changed_since(content, load_current_values(content), current_figures(content, context), fmt=fmt)
    decisions = load_decisions(content.scope, context)
    # In containers, so that no part moves when one above it grows: a field that moves loses what is being typed.
    with st.container():
        render_downloads(content, opened.meeting, decisions, context, fmt=fmt)
    with st.container():
        render_earlier_decisions(decisions, opened, context, fmt=fmt)
    with st.container():
        last = compare_packs(content, before) if before is not None else None
        render_figures(content, last, before, fmt=fmt)
    with st.container():
        render_own_decisions(decisions, opened, context, fmt=fmt)


def current_figures(content: PackContent, context: RequestContext) -> str:
    """Return the address of the current figures of a pack's area; for its months where the pages offer them."""
    months = {code: period_of(code, context.today).whole_months(context.today) for code in PeriodCode}
    codes = [code.value for code, period in months.items() if period == content.period]
    path = DISTRICT_ADDRESS if content.scope.kind is ScopeKind.DISTRICT else "/"
    return link_to(path, area=content.scope.code, period=codes[0] if codes else "")


def render_earlier_decisions(
    decisions: pd.DataFrame, opened: OpenedPack, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw what the meeting opens with: overdue decisions, open ones, and what the done ones changed."""
    translate, finalised = fmt.translate, opened.content.frames["decisions"]
    st.subheader(translate("What was decided before"), anchor=False)
    earlier = opened.earlier(decisions)
    if earlier.empty:
        st.caption(translate("No earlier decision is open, and the last meeting took none."))
        return
    st.caption(
        translate("Overdue ones come first. States are those of today; the presentation shows the finalised ones.")
    )
    shown = pick_page(earlier, key="earlier_page", fmt=fmt, most=MOST_DECISIONS)
    for card in decision_cards(shown, finalised=finalised, today=context.today, fmt=fmt):
        render_decision(card, context, fmt=fmt, key="earlier")


def render_own_decisions(
    decisions: pd.DataFrame, opened: OpenedPack, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw the decisions of the pack's meeting, and below them the form for the next one."""
    translate, meeting = fmt.translate, opened.meeting
    st.subheader(translate("Decisions of this meeting"), anchor=False)
    if meeting is None:
        st.caption(
            translate("This pack was finalised without a meeting. Finalise one for a meeting to decide on its figures.")
        )
        return
    own = opened.own(decisions)
    # In a container, so that the form stays where it is when somebody else decides meanwhile.
    with st.container(key="decided"):
        if own.empty:
            st.caption(translate("Nothing has been decided yet."))
        for card in decision_cards(own, today=context.today, fmt=fmt):
            render_decision(card, context, fmt=fmt, key="own")
    if can_decide(context):
        render_decision_form(
            as_date(meeting["meeting_date"]),
            cause_labels(opened.content.frames["proposals"], fmt),
            on_submit=partial(store_decision, meeting_id=meeting["meeting_id"]),
            today=context.today,
            fmt=fmt,
        )


def render_decision(card: DecisionCard, context: RequestContext, *, fmt: Formatter, key: str) -> None:
    """Draw one decision, with actions for those who may decide."""
    on_change = store_change if can_decide(context) else None
    render_decision_card(card, on_change=on_change, today=context.today, fmt=fmt, key=key)


def can_decide(context: RequestContext) -> bool:
    """Return whether this person takes and changes decisions."""
    return may(context.actor, Action.TAKE_DECISION)


def store_decision(typed: NewDecision, *, meeting_id: int) -> None:
    """Store a decision of the current actor. Raises ForbiddenError and what ``add_decision`` raises."""
    try:
        add_decision(
            get_engine(),
            require_actor(),
            public_id=typed.public_id,
            meeting_id=meeting_id,
            text=typed.text,
            owner=typed.owner,
            due_date=typed.due_date,
            causes=typed.causes,
            now=clock.now(),
        )
    except StoredOtherwiseError:
        begin_new_decision()
        raise


def store_change(change: DecisionChange) -> None:
    """Store a changed decision of the current actor. Raises ForbiddenError and what ``change_decision`` raises."""
    change_decision(get_engine(), require_actor(), **asdict(change), now=clock.now())


def render_back(opened: OpenedPack | None, context: RequestContext) -> None:
    """Draw the link back to the packs of the same area."""
    st.button(
        context.translate("All packs and decisions"),
        key="show_packs",
        icon=":material/arrow_back:",
        on_click=_close_pack,
        args=(opened.area.code if opened else "",),
        type="tertiary",
    )


def _close_pack(area_code: str) -> None:
    choose(Param.PACK, "")
    if area_code:
        choose(Param.AREA, area_code)


render_page()
