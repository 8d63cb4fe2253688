"""The packs of an area: each opened by its own link, with the one that it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from components.meetings.decision_texts import as_date
from components.shell.address import Param, choose
from components.shell.areas import Area
from components.shell.chrome import plain
from components.shell.empty_state import render_empty
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.paging import pick_page
from data.database.engine import reading
from data.dates.clock import TASHKENT
from data.dates.period import Period
from queries.meetings.packs.packs import list_packs

MOST_PACKS = 500


def moment_text(at: datetime, fmt: Formatter) -> str:
    """A moment of UTC as day and time in Tashkent."""
    local = at.astimezone(TASHKENT)
    return fmt.translate("{date}, {time}", date=fmt.date(local.date()), time=f"{local:%H:%M}")


def render_packs(area: Area, context: RequestContext, *, fmt: Formatter) -> None:
    """The newest first; where there is none, what one is for."""
    translate = fmt.translate
    st.subheader(translate("Frozen packs"), anchor=False)
    # Not from the cache: a pack changes no figure, so the version of the data stays.
    with reading() as connection:
        packs = list_packs(connection, context.actor, scope=area.scope)
    if packs.empty:
        render_empty(
            translate("No pack has been frozen for this area yet"),
            translate("Freeze one for the next meeting: it is presented, exported and compared with the one after it."),
            icon=":material/inventory_2:",
        )
        return
    frozen_at = {row["pack_id"]: row["created_at"] for row in packs.to_dict("records")}
    shown = pick_page(packs, key=f"packs_page:{area.code}", fmt=fmt, most=MOST_PACKS)
    for row in shown.to_dict("records"):
        _render_pack(row, frozen_at, fmt=fmt)


def _render_pack(row: Mapping[Any, Any], frozen_at: Mapping[str, datetime], *, fmt: Formatter) -> None:
    translate = fmt.translate
    at = moment_text(row["created_at"], fmt)
    label, period = (
        translate("Pack of {moment}", moment=at),
        Period(as_date(row["first_day"]), as_date(row["last_day"])),
    )
    if not is_missing(row["meeting_number"]):
        held = fmt.date(as_date(row["meeting_date"]))
        label = translate("Meeting {number}, {date}", number=row["meeting_number"], date=held)
    frozen = translate("Frozen on {moment} by {author}", moment=at, author=row["author_name"])
    facts = [translate("Pack for {period}", period=fmt.period(period)), frozen]
    before = row["previous_pack_id"]
    if before in frozen_at:
        facts.append(translate("Compared with the pack of {moment}", moment=moment_text(frozen_at[before], fmt)))
    with st.container(border=True, gap="xxsmall", key=f"pack_{row['pack_id']}"):
        render_opener(row["pack_id"], label)
        st.caption("  \n".join(plain(fact) for fact in facts))


def render_opener(pack_id: str, label: str) -> None:
    """Opens a pack. No link of Streamlit's own: to the page that is shown already it puts the old address back."""
    st.button(
        plain(label),
        key=f"open_{pack_id}",
        icon=":material/inventory_2:",
        type="tertiary",
        on_click=choose,
        args=(Param.PACK, pack_id),
    )
