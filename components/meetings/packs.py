"""Cards of packs in the list, and the heading of an open one."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import streamlit as st

from components.meetings.decision_texts import as_date
from components.shell.address import Param, choose
from components.shell.areas import Area
from components.shell.chrome import escape_markdown, render_title
from components.shell.formatter import Formatter, is_missing
from components.shell.request_context import RequestContext
from components.tables.links import Link, link_html
from data.codes import When
from data.dates.clock import TASHKENT
from data.dates.period import Period
from data.indicators import INDICATORS

if TYPE_CHECKING:
    from queries.meetings.packs.content import PackContent


def moment_text(at: datetime, fmt: Formatter) -> str:
    """Return a UTC time as day and time in Tashkent."""
    local = at.astimezone(TASHKENT)
    return fmt.translate("{date}, {time}", date=fmt.date(local.date()), time=f"{local:%H:%M}")


def render_pack_card(row: Mapping[Any, Any], finalised_at: Mapping[str, datetime], *, fmt: Formatter) -> None:
    """Draw a row of ``list_packs`` as a card that opens it; ``finalised_at`` are the times of all packs by id."""
    translate = fmt.translate
    at = moment_text(row["created_at"], fmt)
    label = translate("Pack of {moment}", moment=at)
    period = Period(as_date(row["first_day"]), as_date(row["last_day"]))
    if not is_missing(row["meeting_number"]):
        held = fmt.date(as_date(row["meeting_date"]))
        label = translate("Meeting {number}, {date}", number=row["meeting_number"], date=held)
    finalised = translate("Finalised on {moment} by {author}", moment=at, author=row["author_name"])
    facts = [translate("Pack for {period}", period=fmt.period(period)), finalised]
    before = row["previous_pack_id"]
    if before in finalised_at:
        facts.append(translate("Compared with the pack of {moment}", moment=moment_text(finalised_at[before], fmt)))
    with st.container(border=True, gap="xxsmall", key=f"pack_{row['pack_id']}"):
        render_opener(row["pack_id"], label)
        st.caption("  \n".join(escape_markdown(fact) for fact in facts))


def render_opener(pack_id: str, label: str) -> None:
    """Draw a button that opens a pack; Streamlit's own link to the current page would restore the old URL."""
    st.button(
        escape_markdown(label),
        key=f"open_{pack_id}",
        icon=":material/inventory_2:",
        type="tertiary",
        on_click=choose,
        args=(Param.PACK, pack_id),
    )


def render_pack_heading(
    content: PackContent, area: Area, meeting: Mapping[Any, Any] | None, context: RequestContext, *, fmt: Formatter
) -> None:
    """Draw area, months, meeting, author and time of a pack, and the data it is based on."""
    translate = fmt.translate
    render_title(translate("Meeting: {area}", area=area.name), context)
    facts = [translate("Pack for {period}", period=fmt.period(content.period))]
    if meeting is not None:
        day = fmt.date(meeting["meeting_date"])
        title = translate("{number} of {date}: {title}", number=meeting["number"], date=day, title=meeting["title"])
        facts.insert(0, title)
    moment = moment_text(content.created_at, fmt)
    finalised = translate(
        "Finalised on {moment}, Tashkent time, by {author}.", moment=moment, author=content.author_name
    )
    versions = translate(
        "Method {method}, data version {data}. What is recorded later changes nothing here.",
        method=content.method_version,
        data=content.data_version,
    )
    st.caption("  \n".join([escape_markdown(" · ".join(facts)), escape_markdown(f"{finalised} {versions}")]))


def changed_figures(content: PackContent, current: Mapping[str, float], fmt: Formatter) -> list[str]:
    """Return the figures of the pack's area that would be written in another way now: name, finalised and current."""
    frame = content.frames["values"]
    own = frame[(frame["when"] == When.NOW) & (frame["area_code"] == content.scope.code)]
    changed = []
    for code, finalised in zip(own["indicator_code"], own["value"], strict=True):
        indicator = INDICATORS.get(code)
        if indicator is None or code not in current:
            continue
        before, now = (fmt.indicator_value(indicator, value) for value in (finalised, current[code]))
        if before != now:
            name = fmt.translate(indicator.name)
            changed.append(fmt.translate("{name}: {before} → {now}", name=name, before=before, now=now))
    return changed


def render_changed_since(content: PackContent, current: Mapping[str, float], address: str, *, fmt: Formatter) -> None:
    """Draw which figures of the area have changed since the pack was finalised, with a link to the current ones.

    ``current`` are the values of now by indicator, ``address`` is the page that shows them. Draws nothing where all
    are as they were.
    """
    translate, changed = fmt.translate, changed_figures(content, current, fmt)
    if not changed:
        return
    with st.container(key="changed_since", gap="xxsmall"):
        told = translate("Changed since by what was entered or corrected later; the pack stays as it is:")
        lines = [f"- {escape_markdown(line)}" for line in changed]
        st.info("\n".join([escape_markdown(told), "", *lines]), icon=":material/history:")
        st.html(link_html(Link(translate("Current figures"), address)))
