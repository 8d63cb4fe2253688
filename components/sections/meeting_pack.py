"""A pack that is opened: whose it is, when it was frozen and on what it rests, and the way to present it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from components.deck.address import present_url
from components.sections.meeting_packs import moment_text
from components.shell.address import Param, choose
from components.shell.areas import Area, AreaBook
from components.shell.cache import cached_query
from components.shell.chrome import plain, render_title
from components.shell.empty_state import render_empty
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from data.database.engine import reading
from data.policy import ForbiddenError
from queries.meetings.meetings import list_meetings
from queries.meetings.packs.packs import DamagedPackError, PackContent, find_pack, list_packs


@dataclass(frozen=True)
class OpenedPack:
    """A pack, its area, the row of its meeting (None: frozen for none) and the pack before it (None: none to read)."""

    content: PackContent
    area: Area
    meeting: Mapping[Any, Any] | None
    before: PackContent | None


def open_pack(pack_id: str, book: AreaBook, context: RequestContext) -> OpenedPack | None:
    """The pack of a link; None where there is none for this person, whether it exists or not."""
    content = _find(pack_id)
    if content is None:
        return None
    before = _find_before(content)
    with reading() as connection:
        packs = list_packs(connection, context.actor, scope=content.scope)
        meetings = list_meetings(connection, context.actor, scope=content.scope)
    meeting_ids = packs.loc[packs["pack_id"] == pack_id, "meeting_id"]
    rows = meetings[meetings["meeting_id"].isin(meeting_ids)].to_dict("records")
    return OpenedPack(content, book.of_scope(content.scope), rows[0] if rows else None, before)


def _find(pack_id: str) -> PackContent | None:
    try:
        return cached_query(find_pack, pack_id=pack_id)
    except ForbiddenError:
        return None


def _find_before(content: PackContent) -> PackContent | None:
    """The pack that this one is compared with; None for the first one, and where that pack is damaged."""
    try:
        return _find(content.previous_pack_id) if content.previous_pack_id else None
    except DamagedPackError:
        return None


def render_no_pack(context: RequestContext) -> None:
    """That the link opens nothing for this person; it does not say whether there is such a pack."""
    translate = context.translate
    render_empty(
        translate("This link opens no pack for you"),
        translate("It may belong to another area, or a part of the address is missing. Your packs are in the list."),
        icon=":material/lock:",
    )


def _show_packs(area_code: str) -> None:
    choose(Param.PACK, "")
    if area_code:
        choose(Param.AREA, area_code)


def render_back(opened: OpenedPack | None, context: RequestContext) -> None:
    """The way to the packs of the same area."""
    st.button(
        context.translate("All packs and decisions"),
        key="show_packs",
        icon=":material/arrow_back:",
        on_click=_show_packs,
        args=(opened.area.code if opened else "",),
        type="tertiary",
    )


def render_pack_heading(opened: OpenedPack, context: RequestContext, *, fmt: Formatter) -> None:
    """Whose pack it is, of which months, for which meeting, when and by whom it was frozen, and on what it rests."""
    translate, content, meeting = fmt.translate, opened.content, opened.meeting
    render_title(translate("Meeting: {area}", area=opened.area.name), context)
    facts = [translate("Pack for {period}", period=fmt.period(content.period))]
    if meeting is not None:
        day = fmt.date(meeting["meeting_date"])
        title = translate("{number} of {date}: {title}", number=meeting["number"], date=day, title=meeting["title"])
        facts.insert(0, title)
    moment = moment_text(content.created_at, fmt)
    frozen = translate("Frozen on {moment}, Tashkent time, by {author}.", moment=moment, author=content.author_name)
    versions = translate(
        "Method {method}, data version {data}. What is recorded later changes nothing here.",
        method=content.method_version,
        data=content.data_version,
    )
    st.caption("  \n".join([plain(" · ".join(facts)), plain(f"{frozen} {versions}")]))


def render_present_link(opened: OpenedPack, context: RequestContext) -> None:
    """The way into the presentation, in another tab: it goes on without the network."""
    st.link_button(
        context.translate("Present full screen"),
        present_url(opened.content.pack_id, language=context.language),
        type="primary",
        icon=":material/slideshow:",
        key="present",
    )


def own_values(content: PackContent, *, when: str) -> pd.DataFrame:
    """The values of the pack's own area at a time of :class:`queries.meetings.packs.frames.When`."""
    values = content.frames["values"]
    return values[(values["area_code"] == content.scope.code) & (values["when"] == when)]
