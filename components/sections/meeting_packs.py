"""The packs of an area: each opened by its own link, with the one that it is compared with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import streamlit as st

from components.address import Param, choose
from components.areas import Area
from components.chrome import plain
from components.decision_words import as_date
from components.empty import render_empty
from components.format import Formatter, is_missing
from components.sections.paging import pick_page
from components.session import Visit
from data.clock import TASHKENT
from data.engine import reading
from data.period import Period
from queries.packs import list_packs

MOST_PACKS = 500


def moment_text(at: datetime, write: Formatter) -> str:
    """A moment of UTC as day and time in Tashkent."""
    local = at.astimezone(TASHKENT)
    return write.translate("{date}, {time}", date=write.date(local.date()), time=f"{local:%H:%M}")


def render_packs(area: Area, visit: Visit, *, write: Formatter) -> None:
    """The newest first; where there is none, what one is for."""
    translate = write.translate
    st.subheader(translate("Frozen packs"), anchor=False)
    # Not from the cache: a pack changes no figure, so the version of the data stays.
    with reading() as connection:
        packs = list_packs(connection, visit.actor, scope=area.scope)
    if packs.empty:
        render_empty(
            translate("No pack has been frozen for this area yet"),
            translate("Freeze one for the next meeting: it is presented, exported and compared with the one after it."),
            icon=":material/inventory_2:",
        )
        return
    frozen_at = {row["pack_id"]: row["created_at"] for row in packs.to_dict("records")}
    shown = pick_page(packs, key=f"packs_page:{area.code}", write=write, most=MOST_PACKS)
    for row in shown.to_dict("records"):
        _render_pack(row, frozen_at, write=write)


def _render_pack(row: Mapping[Any, Any], frozen_at: Mapping[str, datetime], *, write: Formatter) -> None:
    translate = write.translate
    at = moment_text(row["created_at"], write)
    label, period = (
        translate("Pack of {moment}", moment=at),
        Period(as_date(row["first_day"]), as_date(row["last_day"])),
    )
    if not is_missing(row["meeting_number"]):
        held = write.date(as_date(row["meeting_date"]))
        label = translate("Meeting {number}, {date}", number=row["meeting_number"], date=held)
    frozen = translate("Frozen on {moment} by {author}", moment=at, author=row["author_name"])
    facts = [translate("Pack for {period}", period=write.period(period)), frozen]
    before = row["previous_pack_id"]
    if before in frozen_at:
        facts.append(translate("Compared with the pack of {moment}", moment=moment_text(frozen_at[before], write)))
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
