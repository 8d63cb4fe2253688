"""Memoranda: the status of every district, the register, the timeline and the obligations."""

from __future__ import annotations

import streamlit as st

from components.sections.memoranda import (
    load_status,
    render_records,
    render_status_counts,
    render_status_map,
)
from components.sections.overview import map_scope
from components.shell.chrome import render_title
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.page_header import render_area_filter
from components.shell.request_context import current_context
from data.policy import Action, require

context, filters = current_context(), current_filters()
translate = context.translate
fmt = Formatter(translate)
require(context.actor, Action.SEE_RECORDS)

render_title(translate("Memoranda: {area}", area=filters.area.name), context)
st.caption(translate("As of {date}", date=fmt.date(context.today)))
render_area_filter(filters)
status = load_status(map_scope(filters), context)
map_place, counts_place = st.columns([3, 2], gap="medium")
with map_place:
    render_status_map(status, filters, context)
with counts_place:
    render_status_counts(status, fmt=fmt)
render_records(filters, context, fmt=fmt)
