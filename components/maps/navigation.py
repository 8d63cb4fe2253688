"""Map section of the chosen area, and where a district on the map leads."""

from __future__ import annotations

from components.maps.view import MapLinks
from components.shell.address import link_to
from components.shell.chrome import DISTRICT_ADDRESS
from components.shell.filters import Filters
from components.shell.request_context import RequestContext
from data.policy import Scope, ScopeKind


def map_scope(filters: Filters) -> Scope:
    """Nation, or the region of the chosen area."""
    region = filters.directory.region_of(filters.area)
    return region.scope if region else Scope.nation()


def map_focus(filters: Filters) -> dict[str, str]:
    """Region that a map is fitted to and district that it highlights, as keyword arguments of the map builders."""
    region = filters.directory.region_of(filters.area)
    is_district = filters.area.scope.kind is ScopeKind.DISTRICT
    return {"region_soato": region.code if region else "", "marked_soato": filters.area.code if is_district else ""}


def map_links(filters: Filters, context: RequestContext) -> MapLinks:
    """Addresses that districts of the map lead to, with the other filters.

    A district that this person cannot choose leads to its region on the same page.
    """
    directory = filters.directory
    districts = {code for code, area in directory.areas.items() if area.scope.kind is ScopeKind.DISTRICT}
    open_districts = districts.intersection(directory.choosable(context.actor))
    return MapLinks(
        district=link_to(DISTRICT_ADDRESS),
        region=link_to(""),
        open_districts=None if open_districts == districts else tuple(sorted(open_districts)),
    )
