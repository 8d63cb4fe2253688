"""Memoranda: the status of every district, the register, the timeline and the obligations."""

from __future__ import annotations

import streamlit as st

from components.chrome import render_title
from components.filters import current_view
from components.format import Formatter
from components.sections.heading import render_area_filter
from components.sections.memoranda import (
    load_status,
    render_records,
    render_status_counts,
    render_status_map,
)
from components.sections.overview import map_scope
from components.session import current_visit
from data.rights import Right, require

visit, view = current_visit(), current_view()
translate = visit.translate
write = Formatter(translate)
require(visit.actor, Right.SEE_RECORDS)

render_title(translate("Memoranda: {area}", area=view.area.name), visit)
st.caption(translate("As of {date}", date=write.date(visit.today)))
render_area_filter(view)
status = load_status(map_scope(view), visit)
map_place, counts_place = st.columns([3, 2], gap="medium")
with map_place:
    render_status_map(status, view, visit)
with counts_place:
    render_status_counts(status, write=write)
render_records(view, visit, write=write)
