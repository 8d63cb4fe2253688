"""Evaluations: how the NGOs judge the joint events, what they say, and what came of it; one part at a time."""

from __future__ import annotations

from components.filters import current_view, pick_part
from components.format import Formatter
from components.sections.evaluations import judged_area, render_not_yours, render_part
from components.sections.heading import render_filters, render_heading
from components.session import current_visit
from data.rights import Right, require

visit, view = current_visit(), current_view()
translate = visit.translate
write = Formatter(translate)
require(visit.actor, Right.SEE_EVALUATIONS)

render_heading(translate("Evaluations: {area}", area=view.area.name), view, visit, write=write)
render_filters(view, has_form=True)
if judged_area(view, visit):
    pick_part(view)
    render_part(view, visit, write=write)
else:
    render_not_yours(visit)
