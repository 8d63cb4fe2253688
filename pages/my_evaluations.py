"""My evaluations: what an NGO has to evaluate, what it sent, and what came of its recommendations."""

from __future__ import annotations

from components.chrome import render_title
from components.filters import current_view
from components.sections.my_evaluations import chosen_event, load_my_evaluations, render_event, render_lists
from components.session import current_visit
from data.rights import Right, require

visit, view = current_visit(), current_view()
require(visit.actor, Right.WRITE_EVALUATION)

mine = load_my_evaluations(visit)
event_id = chosen_event(mine)
render_title(visit.translate("My evaluations"), visit)
if event_id is None:
    render_lists(mine, view, visit)
else:
    render_event(event_id, mine, view, visit)
