"""Where a map looks for the area that is chosen, and where a click on it leads."""

from __future__ import annotations

import streamlit as st

from components.shell.address import Param, choose, query_params
from components.shell.areas import NATION_CODE
from components.shell.chrome import DISTRICT_PAGE
from components.shell.filters import Filters
from components.shell.request_context import RequestContext
from data.policy import Scope, ScopeKind


def map_scope(filters: Filters) -> Scope:
    """The nation, or the region of the chosen area."""
    region = filters.directory.region_of(filters.area)
    return region.scope if region else Scope.nation()


def map_focus(filters: Filters) -> dict[str, str]:
    """The region that a map is fitted to and the district that it marks, as the map builders take them."""
    region = filters.directory.region_of(filters.area)
    is_district = filters.area.scope.kind is ScopeKind.DISTRICT
    return {"region_soato": region.code if region else "", "marked_soato": filters.area.code if is_district else ""}


def open_district(soato: str, filters: Filters, context: RequestContext) -> None:
    """Go to the page of a district; the other choices stay. One of another region is seen as its region, here."""
    region = filters.directory.region_of(filters.directory[soato])
    if soato not in filters.directory.choosable(context.actor):
        choose(Param.AREA, region.code if region else NATION_CODE)
        st.rerun()
    choose(Param.AREA, soato)
    st.switch_page(DISTRICT_PAGE, query_params=query_params())
