"""District: everything of one district on one page, the memoranda first."""

from __future__ import annotations

from components.empty import render_empty
from components.filters import current_view
from components.format import Formatter
from components.sections.district import (
    comparison_frame,
    render_comparison,
    render_memoranda,
    render_trend,
)
from components.sections.district_records import render_records
from components.sections.heading import render_filters, render_heading, render_no_data
from components.sections.tiles import has_data, render_area_tiles
from components.sections.values import load_area_figures
from components.session import current_visit
from data.rights import Right, ScopeKind, require

visit, view = current_visit(), current_view()
translate = visit.translate
write = Formatter(translate)
require(visit.actor, Right.SEE_INDICATORS)

is_chosen = view.scope.kind is ScopeKind.DISTRICT
render_heading(view.area.name if is_chosen else translate("District"), view, visit, write=write)
render_filters(view, has_nation=False)
if is_chosen:
    render_memoranda(view, visit, write=write)
    figures = load_area_figures(view, visit)
    if not has_data(figures.now):
        render_no_data(visit)
    render_area_tiles(figures, view, write=write)
    render_trend(view, visit, write=write)
    render_comparison(comparison_frame(view, visit), view, visit, write=write)
    render_records(view, visit, write=write)
else:
    render_empty(
        translate("No district is chosen"),
        translate("Choose one above by typing a part of its name, or click one on the map of the overview."),
        icon=":material/location_on:",
    )
