"""Drawing up a plan: last year's copied, and a grid a mahalla whose rows are saved as they are filled in."""

from __future__ import annotations

import json
from functools import partial
from uuid import uuid4

import streamlit as st

from components.events.plan_grid import PlanGrid, PlanLine, render_plan_grid
from components.registers.values import month_names
from components.shell.address import Param, choose
from components.shell.cache import asked, cached_query
from components.shell.confirmation import render_confirmation
from components.shell.formatter import Formatter
from components.tables.links import linked_table
from data.codes import Direction, EventForm
from data.database.engine import get_engine, reading
from data.dates import clock
from data.language import N_, DomainError, Message
from data.policy import Scope
from data.registers.entry import Entry, EntryError, OutdatedEntryError
from pages.loaders.identity import require_actor
from queries.events.entries import WHOLE_DISTRICT
from queries.events.plans import copy_plan, items_to_copy, plan_items
from queries.events.year import mahalla_names
from queries.registers.drafts import FormDraft, drop_draft, find_draft, new_draft, store_draft
from queries.registers.entries import save_entry
from queries.registers.options import district_options, next_number

REGISTER = "plans"
GRID, COPIED = "plan_grid", "plan_copied"
SHOWN_TO_COPY = 200
ANEW = N_("Someone else has changed this row meanwhile. The plan is shown anew; look at it and change it again.")
MAHALLA_WIDTH = 320


def render_copy(district_soato: str, year: int, fmt: Formatter) -> None:
    """Draw what the plan of the year before has that this one lacks, and the button that copies it."""
    translate, before = fmt.translate, year - 1
    done = st.session_state.pop(COPIED, None)
    if isinstance(done, Message):
        render_confirmation(translate.render(done), key="plan-copied")
    elif isinstance(done, DomainError):
        render_confirmation(translate.render(done.message), key="plan-copied", kind="error")
    items = cached_query(items_to_copy, district_soato=district_soato, from_year=before, to_year=year)
    if items.empty:
        st.caption(translate("The plan of {year} has nothing that is not in this one.", year=before))
        return
    number = fmt.number(len(items))
    with st.container(horizontal=True, vertical_alignment="center", key="plan-copy"):
        st.button(
            translate("Copy the plan of {year}", year=before),
            key=f"copy-{district_soato}-{year}",
            icon=":material/content_copy:",
            type="primary",
            on_click=partial(_copy, district_soato, before, year, str(uuid4())),
        )
        st.caption(
            translate("Items that would be added: {number}. Those that are there stay.", number=number), width="content"
        )
    opened = st.expander(translate("What would be added"), key=f"to-copy-{year}", on_change="rerun")
    if opened.open:
        with opened:
            _render_items(items.head(SHOWN_TO_COPY).to_dict("records"), fmt)
            if len(items) > SHOWN_TO_COPY:
                st.caption(translate("The first {number} are shown.", number=fmt.number(SHOWN_TO_COPY)))


def _render_items(items: list[dict[object, object]], fmt: Formatter) -> None:
    translate, months = fmt.translate, month_names(fmt)
    headings = [
        translate("Month"),
        translate("Mahalla"),
        translate("Direction"),
        translate("Form of event"),
        translate("Responsible NGO"),
    ]
    rows = [
        [
            months[int(str(item["month"]))],
            str(item["mahalla"]) or translate("Whole district"),
            translate(Direction(str(item["direction_code"])).label),
            translate(EventForm(str(item["form_code"])).label),
            str(item["ngo"]) or "–",
        ]
        for item in items
    ]
    st.html(linked_table(headings, rows, title=translate("What would be added")))


def _copy(district_soato: str, from_year: int, to_year: int, form_id: str) -> None:
    try:
        added = copy_plan(
            get_engine(),
            require_actor(),
            district_soato=district_soato,
            from_year=from_year,
            to_year=to_year,
            form_id=form_id,
            now=clock.now(),
        )
    except DomainError as error:
        st.session_state[COPIED] = error
        return
    st.session_state.pop(GRID, None)
    text = N_("Copied: {number} items. Change below what is to be different.")
    # The second press of a double click copies nothing: what the first one did is told again.
    told = f"{COPIED}:{form_id}"
    if added or told not in st.session_state:
        st.session_state[told] = Message(text, {"number": added})
    st.session_state[COPIED] = st.session_state[told]


def render_drawing(district_soato: str, year: int, mahalla_id: int | None, fmt: Formatter) -> None:
    """Draw the choice of a mahalla and its plan as a grid."""
    names = _mahallas(district_soato)
    ids = [WHOLE_DISTRICT, *names]
    chosen = mahalla_id if mahalla_id in ids else (ids[1] if len(ids) > 1 else WHOLE_DISTRICT)
    pick_mahalla(ids, names, chosen, district_soato, year, fmt)
    grid = open_grid(district_soato, year, names.get(chosen, ""), chosen)
    found = cached_query(district_options, district_soato=district_soato, year=year)
    ngos = dict(zip(found.ngos["stir"], found.ngos["name"], strict=True))
    render_plan_grid(grid, ngos, fmt, on_change=partial(_save_lines, grid))
    render_state(grid, fmt)


def _mahallas(district_soato: str) -> dict[int, str]:
    frame = cached_query(mahalla_names, scope=Scope.district(district_soato))
    return {int(key): name for key, name in zip(frame["mahalla_id"], frame["name"], strict=True)}


def pick_mahalla(
    ids: list[int], names: dict[int, str], chosen: int, district_soato: str, year: int, fmt: Formatter
) -> None:
    """Select the mahalla, with the number of its items; the arrows lead to the next one."""
    translate = fmt.translate
    items = cached_query(plan_items, district_soato=district_soato, year=year)
    counts = items["mahalla"].value_counts()
    place = ids.index(chosen)

    def label(mahalla_id: int) -> str:
        name = names.get(mahalla_id, translate("Whole district"))
        return f"{name} · {fmt.number(int(counts.get(names.get(mahalla_id, ''), 0)))}"

    with st.container(horizontal=True, vertical_alignment="bottom", key="plan-mahalla"):
        st.button(
            translate("Previous"),
            key="mahalla_before",
            icon=":material/chevron_left:",
            disabled=place == 0,
            on_click=choose,
            args=(Param.MAHALLA, str(ids[max(place - 1, 0)])),
        )
        key = f"plan_mahalla:{translate.language}"
        st.session_state[key] = chosen
        st.selectbox(
            translate("Mahalla"),
            ids,
            format_func=label,
            key=key,
            on_change=lambda: choose(Param.MAHALLA, str(st.session_state[key])),
            width=MAHALLA_WIDTH,
        )
        st.button(
            translate("Next"),
            key="mahalla_after",
            icon=":material/chevron_right:",
            disabled=place == len(ids) - 1,
            on_click=choose,
            args=(Param.MAHALLA, str(ids[min(place + 1, len(ids) - 1)])),
        )


def open_grid(district_soato: str, year: int, mahalla: str, mahalla_id: int) -> PlanGrid:
    """Return the grid that is open, or a new one of the saved items and of the rows that were begun earlier."""
    grid = st.session_state.get(GRID)
    if isinstance(grid, PlanGrid) and (grid.district_soato, grid.year, grid.mahalla) == (district_soato, year, mahalla):
        return grid
    items = asked(plan_items, district_soato=district_soato, year=year, mahalla_id=mahalla_id)
    lines = [
        PlanLine(
            cells={
                "month": str(row["month"]),
                "direction": row["direction_code"],
                "form": row["form_code"],
                "stir": row["stir"],
            },
            record_id=int(row["record_id"]),
            version=int(row["version"]),
            number=row["number"],
        )
        for row in items.to_dict("records")
    ]
    grid = PlanGrid(district_soato=district_soato, year=year, mahalla=mahalla, lines=lines)
    draft = find_draft(get_engine(), require_actor(), register=REGISTER, topic=_topic(grid))
    if draft is not None:
        begun = json.loads(draft.cells.get("lines", "[]"))
        lines += [PlanLine(cells=dict(line["cells"]), form_id=line["form_id"]) for line in begun]
        grid = PlanGrid(district_soato=district_soato, year=year, mahalla=mahalla, lines=lines)
    st.session_state[GRID] = grid
    return grid


def _topic(grid: PlanGrid) -> str:
    return f"grid-{grid.district_soato}-{grid.year}-{grid.mahalla}"[:40]


def _save_lines(grid: PlanGrid, changed: list[PlanLine]) -> None:
    """Save the changed rows that are complete, and keep the others as a draft."""
    for line in changed:
        line.fault = None
        if line.is_complete:
            _save_line(grid, line)
    _keep_begun(grid)


def _save_line(grid: PlanGrid, line: PlanLine) -> None:
    engine, actor, now = get_engine(), require_actor(), clock.now()
    if not line.number:
        with reading(engine) as connection:
            line.number = next_number(connection, register=REGISTER, district_soato=grid.district_soato, year=grid.year)
    place = {"district": grid.district_soato, "year": str(grid.year), "mahalla": grid.mahalla, "number": line.number}
    entry = Entry(register=REGISTER, cells={**place, **line.cells}, record_id=line.record_id, version=line.version)
    try:
        saved = save_entry(engine, actor, entry, form_id=line.form_id, now=now)
    except EntryError as error:
        line.fault = next(iter(error.faults.values()))
        if not line.record_id and "number" in error.faults:
            line.number = ""
    except OutdatedEntryError:
        st.session_state[COPIED] = DomainError(ANEW)
        st.session_state.pop(GRID, None)
    except DomainError as error:
        line.fault = error.message
    else:
        line.version = line.version + saved.is_changed if line.record_id else 1
        line.record_id, line.form_id = saved.record_id, str(uuid4())


def _keep_begun(grid: PlanGrid) -> None:
    engine, actor = get_engine(), require_actor()
    begun = [{"cells": line.cells, "form_id": line.form_id} for line in grid.unsaved]
    draft = find_draft(engine, actor, register=REGISTER, topic=_topic(grid))
    if begun:
        kept = draft or new_draft({})
        cells = {"lines": json.dumps(begun)}
        draft = FormDraft(form_id=kept.form_id, cells=cells, base_version=0)
        store_draft(engine, actor, draft, register=REGISTER, topic=_topic(grid), now=clock.now())
    elif draft is not None:
        drop_draft(engine, actor, form_id=draft.form_id)


def render_state(grid: PlanGrid, fmt: Formatter) -> None:
    """Draw below the grid whether all of it is saved, and what is wrong with the rows that are not."""
    translate = fmt.translate
    faults = [translate.render(line.fault) for line in grid.every if line.fault is not None]
    waiting = [line for line in grid.unsaved if line.fault is None]
    if faults:
        st.error("\n".join(f"- {fault}" for fault in faults), icon=":material/block:")
    if waiting:
        text = translate.plural(
            "{number} row is not complete yet: it needs month, direction and form. It is kept.",
            "{number} rows are not complete yet: they need month, direction and form. They are kept.",
            len(waiting),
            number=fmt.number(len(waiting)),
        )
        st.caption(f":material/pending: {text}")
    if not faults and not waiting:
        text = translate("All is saved. Click a cell to change it; the empty row below adds one, saved once complete.")
        st.caption(f":material/check: {text}")
