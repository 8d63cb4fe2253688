"""Map section of the chosen area, and the page that a click on a district opens."""

from __future__ import annotations

import streamlit as st

from components.shell.address import Param, choose, query_params
from components.shell.areas import NATION_CODE
from components.shell.chrome import DISTRICT_PAGE
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


def open_district(soato: str, filters: Filters, context: RequestContext) -> None:
    """Open the page of a district and keep the other filters. A district of another region selects that region here."""
    region = filters.directory.region_of(filters.directory[soato])
    if soato not in filters.directory.choosable(context.actor):
        choose(Param.AREA, region.code if region else NATION_CODE)
        st.rerun()
    choose(Param.AREA, soato)
    st.switch_page(DISTRICT_PAGE, query_params=query_params())
