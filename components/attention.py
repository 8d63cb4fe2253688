"""Attention lists: whose list an actor is shown, and its items as text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Literal
from urllib.parse import urlencode

import streamlit as st

from components.charts.palette import ACCENT, MUTED_TEXT
from components.shell.address import Param, query_params, valid_choice
from components.shell.areas import NATION_CODE, Area, AreaDirectory
from components.shell.chrome import (
    EVALUATIONS_ADDRESS,
    EVENT_ADDRESS,
    MEETING_ADDRESS,
    MEMORANDUM_ADDRESS,
    PLAN_ADDRESS,
    REQUESTS_ADDRESS,
)
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
    AttentionKind.EVENT_PASSED: "event_upcoming",
    AttentionKind.NOT_EVALUATED: "rate_review",
    AttentionKind.REQUEST_OVERDUE: "contact_support",
    AttentionKind.PROPOSAL_WAITING: "lightbulb",
}

# Pages where something is done about a kind, and the action to begin there; records are opened by their own page.
KIND_ADDRESSES: Mapping[AttentionKind, str] = {
    AttentionKind.EXPIRING: MEMORANDUM_ADDRESS,
    AttentionKind.ON_PAPER: MEMORANDUM_ADDRESS,
    AttentionKind.OBLIGATION_OVERDUE: MEMORANDUM_ADDRESS,
    AttentionKind.RECOMMENDATION_OVERDUE: EVALUATIONS_ADDRESS,
    AttentionKind.DECISION_OVERDUE: MEETING_ADDRESS,
    AttentionKind.EVENT_PASSED: EVENT_ADDRESS,
    AttentionKind.NOT_EVALUATED: EVENT_ADDRESS,
    AttentionKind.REQUEST_OVERDUE: REQUESTS_ADDRESS,
    AttentionKind.PROPOSAL_WAITING: PLAN_ADDRESS,
}
KIND_ACTIONS: Mapping[AttentionKind, str] = {
    AttentionKind.EXPIRING: "extend",
    AttentionKind.OBLIGATION_OVERDUE: "fulfil",
    AttentionKind.EVENT_PASSED: "held",
    AttentionKind.REQUEST_OVERDUE: "answer",
}
PROPOSALS = "proposals"
"""Code of the part of the page of plan and events where proposals are answered."""
# What is open on this page would stand in front of what a link is about.
_LEFT = frozenset({Param.PACK, Param.EVENT, Param.RECORD, Param.DO, Param.PART, Param.ATTENTION})


def attention_area(actor: Actor, area: Area, directory: AreaDirectory) -> Area | None:
    """Return the area whose list an actor is shown when looking at ``area``; None where there is none."""
    return directory.seen_in_full(actor, area) if may(actor, Action.SEE_ATTENTION) else None


@dataclass(frozen=True)
class AttentionItem:
    """One line of the list: place and urgency, details, and the page and area that it opens.

    ``params`` are the record, the action to begin and the part of the page.
    """

    text: str
    urgency: str
    detail: str
    area_code: str
    address: str
    params: Mapping[Param, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AttentionGroup:
    """Shown items of a kind; ``count_text`` is how many there are in all."""

    kind: AttentionKind
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
        groups.append(AttentionGroup(kind, KIND_ICONS[kind], fmt.translate(kind.label), text, items))
    return groups


def _item(
    kind: AttentionKind, row: Mapping[Hashable, object], directory: AreaDirectory, fmt: Formatter
) -> AttentionItem:
    translate, area_code = fmt.translate, str(row["district_soato"]) or NATION_CODE
    urgency = _urgency(kind, int(str(row["days"])), int(str(row["term_days"])), fmt)
    text = translate("{area}: {when}", area=directory.name(area_code), when=urgency)
    if kind in {AttentionKind.EXPIRING, AttentionKind.ON_PAPER, AttentionKind.OBLIGATION_OVERDUE}:
        detail = translate("Memorandum {number}: {title}", number=row["number"], title=row["title"])
    elif kind is AttentionKind.DECISION_OVERDUE:
        detail = translate("Meeting {number}: {title}", number=row["number"], title=row["title"])
    elif kind is AttentionKind.REQUEST_OVERDUE:
        detail = translate("Request {number}: {title}", number=row["number"], title=row["title"])
    elif kind is AttentionKind.PROPOSAL_WAITING:
        detail = translate("{ngo}: {title}", ngo=row["number"], title=row["title"])
    elif is_missing(row["number"]):
        detail = translate("Confidential recommendation: {title}", title=row["title"])
    else:
        detail = translate("Joint event {number}: {title}", number=row["number"], title=row["title"])
    return AttentionItem(text, urgency, detail, area_code, KIND_ADDRESSES[kind], _params(kind, row))


def _params(kind: AttentionKind, row: Mapping[Hashable, object]) -> dict[Param, str]:
    if kind is AttentionKind.RECOMMENDATION_OVERDUE:
        return {Param.PART: EvaluationsPart.RECOMMENDATIONS.value}
    if kind is AttentionKind.PROPOSAL_WAITING:
        return {Param.VIEW: PROPOSALS}
    if is_missing(row["record_id"]):
        return {}
    params = {Param.RECORD: str(int(str(row["record_id"])))}
    if kind in KIND_ACTIONS:
        params[Param.DO] = KIND_ACTIONS[kind]
    if kind is AttentionKind.OBLIGATION_OVERDUE:
        params[Param.PART] = str(row["entity_id"])
    return params


def _urgency(kind: AttentionKind, days: int, term_days: int, fmt: Formatter) -> str:
    if kind is AttentionKind.EXPIRING:
        return fmt.deadline(days)
    if kind is AttentionKind.ON_PAPER:
        return fmt.translate("{days} without an event", days=fmt.days(days + METHOD.alive_days))
    if kind is AttentionKind.PROPOSAL_WAITING:
        return fmt.translate("{days} without an answer", days=fmt.days(days))
    return fmt.lateness(days, term_days=term_days)


def chosen_kind() -> AttentionKind | None:
    """Return the kind whose whole list is to be shown, None for the most urgent of every kind."""
    code = valid_choice(Param.ATTENTION, set(AttentionKind).__contains__, default="")
    return AttentionKind(code) if code else None


def render_attention(
    groups: list[AttentionGroup],
    *,
    translate: Translator,
    names_area: bool,
    height: int | Literal["content"] = "content",
) -> None:
    """Draw the groups in a box, of a ``height`` where they are many; each line opens what it is about.

    A line is the area (``names_area``) or what is to be done, with how urgent it is. The count opens the whole list.
    """
    lines = len(groups) + sum(len(group.items) for group in groups)
    with st.container(height=height if lines > LINES_WITHOUT_SCROLLING else "content", border=True, key="attention"):
        if groups:
            st.html(attention_html(groups, names_area=names_area, translate=translate))
        else:
            st.markdown(":material/check_circle: " + translate("Nothing needs attention today."))


def attention_html(groups: list[AttentionGroup], *, names_area: bool, translate: Translator) -> str:
    """Return the groups as HTML lists under headings; what people typed is escaped."""
    parts = [
        f'<h4><i aria-hidden="true" translate="no">{group.icon}</i>{escape(group.label)}: '
        f"<strong>{_count_html(group, translate)}</strong></h4>"
        f"<ul>{''.join(f'<li>{_item_html(item, names_area)}</li>' for item in group.items)}</ul>"
        for group in groups
    ]
    back = ""
    if chosen_kind() is not None:
        back = f"<p>{_link({}, translate('Everything that needs attention'))}</p>"
    return f'{_STYLE}<div class="hamkor-attention">{back}{"".join(parts)}</div>'


def _count_html(group: AttentionGroup, translate: Translator) -> str:
    """Return the number in all, as a link to all of them where some are not on the screen."""
    if chosen_kind() is not None:
        return escape(group.count_text)
    whole = translate("{kind}: show all {count}", kind=group.label, count=group.count_text)
    return _link({Param.ATTENTION: group.kind.value}, group.count_text, title=whole)


def _item_html(item: AttentionItem, names_area: bool) -> str:
    opened = {Param.AREA: item.area_code, **item.params}
    if names_area:
        return _link(opened, item.text, title=item.detail, path=item.address)
    return f"{_link(opened, item.detail, path=item.address)}<small>{escape(item.urgency)}</small>"


def _link(opened: Mapping[Param, str], text: str, *, title: str = "", path: str = "") -> str:
    """Return a link in the same tab to a page, or to this one, that keeps the other choices of the reader."""
    kept = {name: code for name, code in query_params().items() if name not in _LEFT}
    query = urlencode({**kept, **{param.value: code for param, code in opened.items()}})
    named = f' title="{escape(title)}"' if title else ""
    return f'<a href="{escape(f"{path}?{query}")}" target="_self"{named}>{escape(text)}</a>'
