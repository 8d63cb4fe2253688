"""All that the weights decide, computed before anything of it is drawn.

Drawn as it is computed, the page would reach the browser in many small parts, and the browser would lay itself out
anew for each: what takes a few hundredths of a second at once takes several tenths in parts.
"""

from __future__ import annotations

from components.sections.index_actions import load_contributions, load_lifts
from components.sections.index_certainty import load_places, load_sensitivity
from components.sections.index_figures import load_area_index, load_compared
from components.sections.index_state import load_tiers
from components.shell.filters import Filters
from components.shell.request_context import RequestContext
from data.effectiveness.index import EQUAL_WEIGHTS


def compute_by_weights(filters: Filters, context: RequestContext) -> None:
    """Keep what the three steps will ask for."""
    load_area_index(filters, context)
    load_compared(filters, context)
    load_tiers(filters, context)
    load_places(filters, context)
    if filters.weights != EQUAL_WEIGHTS:
        load_sensitivity(filters, context)
    load_lifts(filters, context)
    load_contributions(filters, context)
