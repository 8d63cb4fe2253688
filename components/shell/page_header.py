"""Heading of a page and its filter bar."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import streamlit as st

from components.shell.address import Param, link_to
from components.shell.areas import Area, AreaDirectory, is_comparable
from components.shell.chrome import DISTRICT_ADDRESS, render_title
from components.shell.empty_state import render_empty
from components.shell.filters import (
    AREA_KINDS,
    AREA_WIDTH,
    DIRECTION_WIDTH,
    PERIOD_WIDTH,
    Filters,
    pick_area,
    pick_direction,
    pick_form,
    pick_period,
)
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from data.dates.period import Period
from data.policy import Action, ScopeKind, may

# The space between fields, in pixels.
GAP = 16
# Where the links stand in a sentence; no text has this sign.
_PLACE = "\x1f"


def render_heading(
    title: str, filters: Filters, context: RequestContext, *, fmt: Formatter, has_direction: bool = True
) -> None:
    """Draw the title, and below it the months and, where there is a choice, the direction of the figures."""
    translate = fmt.translate
    render_title(title, context)
    if not has_direction:
        st.caption(fmt.period(filters.period))
        return
    direction = translate(filters.direction.label) if filters.direction else translate("All directions")
    st.caption(translate("{period} · {direction}", period=fmt.period(filters.period), direction=direction))


def render_filters(filters: Filters, *, has_nation: bool = True, has_form: bool = False) -> None:
    """Draw area, period, direction and, if wanted, form side by side; on a phone the area is above the others."""
    kinds = AREA_KINDS if has_nation else (ScopeKind.DISTRICT,)
    with st.container(horizontal=True, key="filters"):
        with st.container(horizontal=True, width=AREA_WIDTH + GAP + PERIOD_WIDTH + GAP + DIRECTION_WIDTH):
            pick_area(filters, kinds=kinds, width="stretch")
            with st.container(horizontal=True, width=PERIOD_WIDTH + GAP + DIRECTION_WIDTH):
                pick_period(filters)
                pick_direction(filters)
        if has_form:
            pick_form(filters)


def render_period_filters(filters: Filters) -> None:
    """Draw area and period, for pages whose figures have no direction."""
    with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
        pick_area(filters)
        pick_period(filters)


def render_area_filter(filters: Filters) -> None:
    """Draw the area alone, for pages about today."""
    with st.container(key="filters"):
        pick_area(filters)


def render_area_history(area: Area, directory: AreaDirectory, period: Period, *, fmt: Formatter) -> bool:
    """Draw from when and until when a district existed and what it came from or became part of, and why its figures
    are not compared. Return whether it existed in the period; where it did not, draw that too.
    """
    sentences = history_sentences(area, directory, fmt=fmt)
    existed = area.validity.overlaps(period.first_day, period.last_day)
    if existed and not is_comparable(area, period):
        sentences.append(
            escape(
                fmt.translate(
                    "Nothing is compared with a year ago: the district did not exist in all of these months and of "
                    "the same months a year before."
                )
            )
        )
    if sentences:
        st.html(f'<p class="hamkor-area-history">{" ".join(sentences)}</p>')
    if not existed:
        title = fmt.translate("The district did not exist in these months")
        render_empty(title, fmt.translate("Choose another period to see its figures."), icon=":material/event_busy:")
    return existed


def history_sentences(area: Area, directory: AreaDirectory, *, fmt: Formatter) -> list[str]:
    """Return what is to be known of a district that began, ended, or took in another one, as HTML with links."""
    translate, validity = fmt.translate, area.validity
    found: list[tuple[str, Sequence[str]]] = []
    if validity.first_day is not None:
        date = fmt.date(validity.first_day)
        text = translate("This district exists since {date}.", date=date)
        found.append((text, ()))
        if area.predecessors:
            found.append((translate("Before, its territory belonged to: {areas}.", areas=_PLACE), area.predecessors))
    else:
        for code in area.predecessors:
            last_day = directory[code].validity.last_day
            if last_day is not None:
                text = translate(
                    "Until {date}, a part of it was a district of its own, whose records stay there: {areas}.",
                    date=fmt.date(last_day),
                    areas=_PLACE,
                )
                found.append((text, (code,)))
    if validity.last_day is not None:
        text = translate("This district existed until {date}; its records stay here.", date=fmt.date(validity.last_day))
        found.append((text, ()))
        if area.successors:
            text = translate("Since then its territory belongs to: {areas}.", areas=_PLACE)
            found.append((text, area.successors))
    return [escape(text).replace(_PLACE, _links(codes, directory)) for text, codes in found]


def _links(codes: Sequence[str], directory: AreaDirectory) -> str:
    return ", ".join(
        f'<a href="{escape(link_to(DISTRICT_ADDRESS, **{Param.AREA.value: code}))}" target="_self">'
        f"{escape(directory.name(code))}</a>"
        for code in codes
    )


def render_no_data(context: RequestContext) -> None:
    """Draw that nothing was recorded for the filters, and who can change that."""
    translate = context.translate
    if may(context.actor, Action.IMPORT_WORKBOOK):
        what_to_do = translate(
            "Choose another area or period, enter records, or upload a workbook under Administration."
        )
    else:
        what_to_do = translate("Choose another area or period, or ask the administrator to import the reports.")
    render_empty(translate("Nothing is recorded for this area and period"), what_to_do)
