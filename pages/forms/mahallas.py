"""Merge of a mahalla that was entered twice: what would move, the question, and undoing it."""

from __future__ import annotations

from uuid import uuid4

import pandas as pd
import streamlit as st

from components.registers.action import Done, action_at_hand, begin_action, end_action, fail_action
from components.registers.form import FORM_WIDTH
from components.shell.address import Param, choose, link_to, record_address, record_id
from components.shell.chrome import MAHALLA_ADDRESS, PLAN_ADDRESS, REGISTERS_ADDRESS, escape_markdown
from components.shell.filters import ALL_DIRECTIONS
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, screen_state
from components.tables.links import Link, cell_html, link_html
from data.database.engine import get_engine, reading
from data.dates import clock
from data.dates.clock import day_of
from data.language import N_, DomainError, Message
from data.policy import Action, may
from pages.loaders.identity import require_actor
from queries.directory.mahalla_merges import (
    MergePreview,
    merge_mahallas,
    merge_preview,
    merge_targets,
    past_merges,
    undo_merge,
)
from queries.directory.mahallas import MahallaProfile

MERGE, TOP = "merge", "top"
MERGED = N_("Merged. What referred to {name} is here now, and its name goes on finding this mahalla.")
UNDONE = N_("The merge is undone: this mahalla is there again with all that was its own.")
_TARGET, _FORM = "merge_target", "merge_form"
YEARS_BACK, YEARS_AHEAD = 3, 1


def render_merging(profile: MahallaProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw, for who keeps the directory, the merge of a mahalla and those that were merged into it."""
    if not may(context.actor, Action.EDIT_REFERENCE):
        return
    with reading() as connection:
        merges = past_merges(connection, context.actor, mahalla_id=profile.mahalla_id)
    if action_at_hand()[0] == MERGE:
        render_merge(profile, context, fmt)
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button(
                fmt.translate("Merge into another one"),
                key="do-merge",
                icon=":material/merge:",
                on_click=begin_action,
                args=(MERGE,),
            )
            record = link_to(REGISTERS_ADDRESS, register="mahallas", record=profile.mahalla_id)
            st.html(link_html(Link(fmt.translate("Open the record"), record)), width="content")
    render_past_merges(merges, fmt)


def render_merge(profile: MahallaProfile, context: RequestContext, fmt: Formatter) -> None:
    """Draw the choice of the mahalla that stays, what would move to it, and the buttons."""
    translate = fmt.translate
    with reading() as connection:
        targets = merge_targets(connection, context.actor, mahalla_id=profile.mahalla_id)
        preview = merge_preview(connection, context.actor, mahalla_id=profile.mahalla_id)
    screen_state().setdefault(_FORM, str(uuid4()))
    with st.container(key="merge", border=True, width=FORM_WIDTH):
        st.markdown(
            translate(
                "All that refers to this mahalla moves to the one that you choose, and this one counts nowhere any "
                "more. Its name goes on finding the other one. It can be undone while nothing of it is changed."
            )
        )
        st.html(preview_html(preview, profile, context, fmt))
        chosen = st.selectbox(
            translate("The mahalla that stays"),
            list(targets),
            index=None,
            format_func=lambda key: targets.get(key, ""),
            placeholder=translate("Choose a mahalla"),
            key=_TARGET,
        )
        if chosen is not None:
            st.html(link_html(Link(targets[chosen], record_address(MAHALLA_ADDRESS, chosen))))
        with st.container(horizontal=True):
            st.button(
                translate("Merge"),
                key="merge-now",
                type="primary",
                icon=":material/merge:",
                disabled=chosen is None,
                on_click=_merge,
                args=(profile,),
            )
            st.button(translate("Leave it as it is"), key="merge-not", type="tertiary", on_click=end_action)


def preview_html(preview: MergePreview, profile: MahallaProfile, context: RequestContext, fmt: Formatter) -> str:
    """Return how many records would move; plan and events by year, each a link to its list."""
    translate = fmt.translate
    numbers = [
        (translate("Joint events"), preview.events),
        (translate("Plan items"), preview.plan_items),
        (translate("Trainings"), preview.trainings),
    ]
    lines = [translate("{what}: {number}", what=what, number=fmt.number(number)) for what, number in numbers]
    this = context.today.year
    links: list[str | Link] = []
    for year, number in preview.entries.items():
        text = translate("{what}: {number}", what=year, number=fmt.number(number))
        params = {"view": "list", "mahalla": profile.mahalla_id, "year": year, "direction": ALL_DIRECTIONS}
        address = link_to(PLAN_ADDRESS, area=profile.district_soato, **params)
        links.append(Link(text, address) if this - YEARS_BACK <= year <= this + YEARS_AHEAD else text)
    listed = f"<p>{translate('Plan and events by year')}: {cell_html(links, separator=' · ')}</p>" if links else ""
    return f"<p>{cell_html(lines, separator=' · ')}</p>{listed}"


def _merge(profile: MahallaProfile) -> None:
    target = st.session_state.get(_TARGET)
    if target is None:
        return
    form_id = str(screen_state().get(_FORM) or uuid4())
    try:
        merge_mahallas(
            get_engine(),
            require_actor(),
            mahalla_id=profile.mahalla_id,
            into_id=int(target),
            form_id=form_id,
            now=clock.now(),
        )
    except DomainError as error:
        fail_action(Done(profile.mahalla_id, TOP, error.message))
        return
    choose(Param.RECORD, str(target))
    end_action(Done(int(target), TOP, Message(MERGED, {"name": profile.name})))


def render_past_merges(merges: pd.DataFrame, fmt: Formatter) -> None:
    """Draw the mahallas that were merged into this one, each with what undoes it."""
    for row in merges.to_dict("records"):
        with st.container(horizontal=True, vertical_alignment="center", key=f"merged-{row['merge_id']}"):
            day = fmt.date(day_of(row["merged_at"]))
            text = fmt.translate("Merged into this one on {date}: {name}", date=day, name=row["name"])
            st.markdown(escape_markdown(text), width="content")
            st.button(
                fmt.translate("Undo"),
                key=f"undo-merge-{row['merge_id']}",
                type="tertiary",
                icon=":material/undo:",
                on_click=_undo,
                args=(int(row["merge_id"]),),
            )


def _undo(merge_id: int) -> None:
    try:
        mahalla_id = undo_merge(get_engine(), require_actor(), merge_id=merge_id, now=clock.now())
    except DomainError as error:
        fail_action(Done(record_id(), TOP, error.message))
        return
    choose(Param.RECORD, str(mahalla_id))
    end_action(Done(mahalla_id, TOP, Message(UNDONE)))
