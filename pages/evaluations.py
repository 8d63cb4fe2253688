"""Evaluations: how the NGOs judge the joint events, what they say, and what came of it; one part at a time."""

from __future__ import annotations

from components.sections.evaluations import judged_area, render_not_yours, render_part
from components.shell.filters import current_filters, pick_part
from components.shell.formatter import Formatter
from components.shell.page_header import render_filters, render_heading
from components.shell.request_context import current_context
from data.policy import Action, require

context, filters = current_context(), current_filters()
translate = context.translate
fmt = Formatter(translate)
require(context.actor, Action.SEE_EVALUATIONS)

render_heading(translate("Evaluations: {area}", area=filters.area.name), filters, context, fmt=fmt)
render_filters(filters, has_form=True)
if judged_area(filters, context):
    pick_part(filters)
    render_part(filters, context, fmt=fmt)
else:
    render_not_yours(context)
