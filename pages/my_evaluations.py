"""My evaluations: what an NGO has to evaluate, what it sent, and what came of its recommendations."""

from __future__ import annotations

from components.sections.my_evaluations import chosen_event, load_my_evaluations, render_event, render_lists
from components.shell.chrome import render_title
from components.shell.filters import current_filters
from components.shell.request_context import current_context
from data.policy import Action, require

context, filters = current_context(), current_filters()
require(context.actor, Action.EVALUATE_EVENT)

mine = load_my_evaluations(context)
event_id = chosen_event(mine)
render_title(context.translate("My evaluations"), context)
if event_id is None:
    render_lists(mine, filters, context)
else:
    render_event(event_id, mine, filters, context)
