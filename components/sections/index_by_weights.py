"""All that the weights decide, computed before anything of it is drawn.

Drawn as it is computed, the page would reach the browser in many small parts, and the browser would lay itself out
anew for each: what takes a few hundredths of a second at once takes several tenths in parts.
"""

from __future__ import annotations

from components.filters import View
from components.sections.index_actions import load_contributions, load_lifts
from components.sections.index_certainty import load_places, load_sensitivity
from components.sections.index_figures import load_area_index, load_compared
from components.sections.index_state import load_tiers
from components.session import Visit
from data.index import EQUAL_WEIGHTS


def compute_by_weights(view: View, visit: Visit) -> None:
    """Keep what the three steps will ask for."""
    load_area_index(view, visit)
    load_compared(view, visit)
    load_tiers(view, visit)
    load_places(view, visit)
    if view.weights != EQUAL_WEIGHTS:
        load_sensitivity(view, visit)
    load_lifts(view, visit)
    load_contributions(view, visit)
