"""Meeting: freeze a pack of figures, present it, take it away as a file, decide, and follow up what was decided."""

from __future__ import annotations

from components.chrome import render_title
from components.filters import current_view
from components.format import Formatter
from components.sections.heading import render_period_filters
from components.sections.meeting import render_meetings, render_not_yours, render_opened
from components.sections.meeting_pack import open_pack, render_back, render_no_pack
from components.session import current_visit
from data.rights import Right, require

visit, view = current_visit(), current_view()
translate = visit.translate
write = Formatter(translate)
require(visit.actor, Right.MAKE_PACK)

if view.pack_id:
    opened = open_pack(view.pack_id, view.book, visit)
    render_back(opened, visit)
    if opened is None:
        render_no_pack(visit)
    else:
        render_opened(opened, visit, write=write)
else:
    area = view.book.seen_in_full(visit.actor, view.area)
    render_title(translate("Meeting: {area}", area=(area or view.area).name), visit)
    render_period_filters(view)
    if area is None:
        render_not_yours(visit)
    else:
        render_meetings(area, view, visit, write=write)
