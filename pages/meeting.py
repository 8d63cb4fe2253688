"""Meeting: freeze a pack of figures, present it, take it away as a file, decide, and follow up what was decided."""

from __future__ import annotations

from components.sections.meeting import render_meetings, render_not_yours, render_opened
from components.sections.meeting_pack import open_pack, render_back, render_no_pack
from components.shell.chrome import render_title
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.page_header import render_period_filters
from components.shell.request_context import current_context
from data.policy import Action, require

context, filters = current_context(), current_filters()
translate = context.translate
fmt = Formatter(translate)
require(context.actor, Action.SEE_MEETINGS)

if filters.pack_id:
    opened = open_pack(filters.pack_id, filters.book, context)
    render_back(opened, context)
    if opened is None:
        render_no_pack(context)
    else:
        render_opened(opened, context, fmt=fmt)
else:
    area = filters.book.seen_in_full(context.actor, filters.area)
    render_title(translate("Meeting: {area}", area=(area or filters.area).name), context)
    render_period_filters(filters)
    if area is None:
        render_not_yours(context)
    else:
        render_meetings(area, filters, context, fmt=fmt)
