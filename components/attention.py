"""Attention lists: whose list an actor is shown, and its items as text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

import streamlit as st

from components.charts.palette import ACCENT, MUTED_TEXT
from components.shell.address import Param, list_params, record_address
from components.shell.areas import NATION_CODE, Area, AreaDirectory
from components.shell.chrome import DISTRICT_ADDRESS, EVALUATIONS_ADDRESS, EVENT_ADDRESS, MEETING_ADDRESS
from components.shell.filters import EvaluationsPart
from components.shell.formatter import Formatter, is_missing
from data.codes import AttentionKind
from data.indicators import METHOD
from data.language import Translator
from data.policy import Action, Actor, may

if TYPE_CHECKING:
    import pandas as pd

LINES_WITHOUT_SCROLLING = 10
# One piece of HTML for the whole list: as two dozen elements of Streamlit's it took a tenth of the load of the page.
_STYLE = f"""<style>
.hamkor-attention h4 {{ font-size: 1rem; font-weight: 400; margin: 0 0 .25rem; padding: 0; }}
.hamkor-attention ul {{ list-style: none; margin: 0 0 .75rem; padding: 0; }}
.hamkor-attention li {{ margin: 0; padding: .2rem 0 .2rem 1.9rem; font-size: .875rem; }}
.hamkor-attention a {{ color: {ACCENT}; text-decoration: none; }}
.hamkor-attention a:is(:hover, :focus-visible) {{ text-decoration: underline; }}
.hamkor-attention small {{ color: {MUTED_TEXT}; font-size: inherit; display: block; }}
.hamkor-attention i {{ font: 1.25rem "Material Symbols Rounded"; vertical-align: bottom; margin-right: .4rem; }}
</style>"""
KIND_ICONS: Mapping[AttentionKind, str] = {
    AttentionKind.EXPIRING: "schedule",
    AttentionKind.ON_PAPER: "description",
    AttentionKind.OBLIGATION_OVERDUE: "assignment_late",
    AttentionKind.RECOMMENDATION_OVERDUE: "feedback",
    AttentionKind.DECISION_OVERDUE: "gavel",
    AttentionKind.EVENT_OVERDUE: "event_busy",
    AttentionKind.NOT_EVALUATED: "rate_review",
}

# Where something is done about a kind; the others open the page of the district.
KIND_ADDRESSES: Mapping[AttentionKind, str] = {
    AttentionKind.RECOMMENDATION_OVERDUE: EVALUATIONS_ADDRESS,
    AttentionKind.DECISION_OVERDUE: MEETING_ADDRESS,
    AttentionKind.EVENT_OVERDUE: EVENT_ADDRESS,
    AttentionKind.NOT_EVALUATED: EVENT_ADDRESS,
}
# Kinds whose link opens a record, and the action that is begun there for who may do it.
KIND_ACTIONS: Mapping[AttentionKind, str] = {AttentionKind.EVENT_OVERDUE: "held", AttentionKind.NOT_EVALUATED: ""}
KIND_PARTS: Mapping[AttentionKind, EvaluationsPart] = {
    AttentionKind.RECOMMENDATION_OVERDUE: EvaluationsPart.RECOMMENDATIONS,
}


def attention_area(actor: Actor, area: Area, directory: AreaDirectory) -> Area | None:
    """Return the area whose list an actor is shown when looking at ``area``; None where there is none."""
    return directory.seen_in_full(actor, area) if may(actor, Action.SEE_ATTENTION) else None


@dataclass(frozen=True)
class AttentionItem:
    """One line of the list: place and urgency, details, and the page and area that it opens.

    ``part`` is the part of the Evaluations page to open; ``record`` the id of the record to open, 0 for none, and
    ``do`` the action to begin there.
    """

    text: str
    urgency: str
    detail: str
    area_code: str
    address: str = DISTRICT_ADDRESS
    part: EvaluationsPart | None = None
    record: int = 0
    do: str = ""


@dataclass(frozen=True)
class AttentionGroup:
    """Shown items of a kind; ``count_text`` is how many there are in all."""

    icon: str
    label: str
    count_text: str
    items: tuple[AttentionItem, ...]


def attention_groups(
    counts: pd.DataFrame, rows: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter
) -> list[AttentionGroup]:
    """Return the kinds that have anything, as text; frames of :mod:`queries.attention`, rows most urgent first."""
    groups, records = [], rows.to_dict("records")
    for kind_code, count, is_more in zip(counts["kind_code"], counts["count"], counts["is_more"], strict=True):
        if not count:
            continue
        kind = AttentionKind(kind_code)
        items = tuple(_item(kind, row, directory, fmt) for row in records if row["kind_code"] == kind_code)
        number = fmt.number(count)
        text = fmt.translate("more than {number}", number=number) if is_more else number
        groups.append(AttentionGroup(KIND_ICONS[kind], fmt.translate(kind.label), text, items))
    return groups


def _item(
    kind: AttentionKind, row: Mapping[Hashable, object], directory: AreaDirectory, fmt: Formatter
) -> AttentionItem:
    translate, area_code = fmt.translate, str(row["district_soato"]) or NATION_CODE
    urgency = _urgency(kind, int(str(row["days"])), fmt)
    text = translate("{area}: {when}", area=directory.name(area_code), when=urgency)
    if kind in {AttentionKind.EXPIRING, AttentionKind.ON_PAPER, AttentionKind.OBLIGATION_OVERDUE}:
        detail = translate("Memorandum {number}: {title}", number=row["number"], title=row["title"])
    elif kind is AttentionKind.DECISION_OVERDUE:
        detail = translate("Meeting {number}: {title}", number=row["number"], title=row["title"])
    elif is_missing(row["number"]):
        detail = translate("Confidential recommendation: {title}", title=row["title"])
    else:
        detail = translate("Joint event {number}: {title}", number=row["number"], title=row["title"])
    address = KIND_ADDRESSES.get(kind, DISTRICT_ADDRESS)
    if kind in KIND_ACTIONS:
        record = int(str(row["entity_id"]))
        return AttentionItem(text, urgency, detail, area_code, address, record=record, do=KIND_ACTIONS[kind])
    return AttentionItem(text, urgency, detail, area_code, address, KIND_PARTS.get(kind))


def _urgency(kind: AttentionKind, days: int, fmt: Formatter) -> str:
    if kind is AttentionKind.EXPIRING:
        return fmt.deadline(days)
    if kind is AttentionKind.ON_PAPER:
        return fmt.translate("{days} without an event", days=fmt.days(days + METHOD.alive_days))
    return fmt.deadline(-days)


def render_attention(
    groups: list[AttentionGroup],
    *,
    translate: Translator,
    has_links: bool,
    height: int | Literal["content"] = "content",
) -> None:
    """Draw the groups in a box, of a ``height`` where they are many; with ``has_links`` each opens its page."""
    lines = len(groups) + sum(len(group.items) for group in groups)
    with st.container(height=height if lines > LINES_WITHOUT_SCROLLING else "content", border=True, key="attention"):
        if groups:
            st.html(attention_html(groups, has_links=has_links))
        else:
            st.markdown(":material/check_circle: " + translate("Nothing needs attention today."))


def attention_html(groups: list[AttentionGroup], *, has_links: bool) -> str:
    """Return the groups as HTML lists under headings; what people typed is escaped."""
    parts = [
        f'<h4><i aria-hidden="true" translate="no">{group.icon}</i>{escape(group.label)}: '
        f"<strong>{escape(group.count_text)}</strong></h4>"
        f"<ul>{''.join(f'<li>{_item_html(item, has_links)}</li>' for item in group.items)}</ul>"
        for group in groups
    ]
    return f'{_STYLE}<div class="hamkor-attention">{"".join(parts)}</div>'


def _item_html(item: AttentionItem, has_links: bool) -> str:
    if not has_links and not item.record:
        return f"{escape(item.detail)}<small>{escape(item.urgency)}</small>"
    if item.record:
        address = record_address(item.address, item.record, do=item.do)
    else:
        opened = {**list_params(), Param.AREA.value: item.area_code}
        if item.part is not None:
            opened[Param.PART.value] = item.part.value
        address = f"{item.address}?{urlencode(opened)}"
    if not has_links:
        link = f'<a href="{escape(address)}" target="_self">{escape(item.detail)}</a>'
        return f"{link}<small>{escape(item.urgency)}</small>"
    return f'<a href="{escape(address)}" target="_self" title="{escape(item.detail)}">{escape(item.text)}</a>'
