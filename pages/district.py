"""District: everything of one district on one page, the memoranda first."""

from __future__ import annotations

from components.sections.district import (
    comparison_frame,
    render_comparison,
    render_memoranda,
    render_trend,
)
from components.sections.district_records import render_records
from components.sections.tiles import has_data, render_area_tiles
from components.sections.values import load_area_figures
from components.shell.empty_state import render_empty
from components.shell.filters import current_filters
from components.shell.formatter import Formatter
from components.shell.page_header import render_filters, render_heading, render_no_data
from components.shell.request_context import current_context
from data.policy import Action, ScopeKind, require

context, filters = current_context(), current_filters()
translate = context.translate
fmt = Formatter(translate)
require(context.actor, Action.SEE_INDICATORS)

is_chosen = filters.scope.kind is ScopeKind.DISTRICT
render_heading(filters.area.name if is_chosen else translate("District"), filters, context, fmt=fmt)
render_filters(filters, has_nation=False)
if is_chosen:
    render_memoranda(filters, context, fmt=fmt)
    figures = load_area_figures(filters, context)
    if not has_data(figures.now):
        render_no_data(context)
    render_area_tiles(figures, filters, fmt=fmt)
    render_trend(filters, context, fmt=fmt)
    render_comparison(comparison_frame(filters, context), filters, context, fmt=fmt)
    render_records(filters, context, fmt=fmt)
else:
    render_empty(
        translate("No district is chosen"),
        translate("Choose one above by typing a part of its name, or click one on the map of the overview."),
        icon=":material/location_on:",
    )
