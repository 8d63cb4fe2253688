"""Attention lists: whose list an actor is shown, and its items as text."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape
from typing import TYPE_CHECKING, cast
from urllib.parse import urlencode

import streamlit as st

from components.shell.address import OF_ONE_LIST, Param, query_params, record_address, valid_choice
from components.shell.areas import NATION_CODE, Area, AreaDirectory
from components.shell.chrome import (
    DESK_ADDRESS,
    EVALUATIONS_ADDRESS,
    EVENT_ADDRESS,
    MEETING_ADDRESS,
    MEMORANDUM_ADDRESS,
    NGO_ADDRESS,
    PLAN_ADDRESS,
)
from components.shell.filters import EvaluationsPart
from components.shell.formatter import Formatter, is_missing
from components.tables.links import Link, LinkedCell, cell_html
from components.tables.paging import PAGE_ROWS, first_row, render_paging
from data.codes import AttentionKind, AttentionOwner
from data.indicators import METHOD
from data.language import N_, Translator
from data.policy import Action, Actor, may

if TYPE_CHECKING:
    import pandas as pd

KIND_ICONS: Mapping[AttentionKind, str] = {
    AttentionKind.EXPIRING: "schedule",
    AttentionKind.ON_PAPER: "description",
    AttentionKind.OBLIGATION_OVERDUE: "assignment_late",
    AttentionKind.RECOMMENDATION_OVERDUE: "feedback",
    AttentionKind.DECISION_OVERDUE: "gavel",
    AttentionKind.EVENT_PASSED: "event_upcoming",
    AttentionKind.NOT_EVALUATED: "rate_review",
    AttentionKind.REQUEST_OVERDUE: "contact_support",
    AttentionKind.REQUEST_DUE: "alarm",
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
    AttentionKind.REQUEST_OVERDUE: DESK_ADDRESS,
    AttentionKind.REQUEST_DUE: DESK_ADDRESS,
    AttentionKind.PROPOSAL_WAITING: PLAN_ADDRESS,
}
KIND_ACTIONS: Mapping[AttentionKind, str] = {
    AttentionKind.EXPIRING: "extend",
    AttentionKind.OBLIGATION_OVERDUE: "fulfil",
    AttentionKind.EVENT_PASSED: "held",
    AttentionKind.REQUEST_OVERDUE: "answer",
    AttentionKind.REQUEST_DUE: "answer",
}
# What those who may act on a kind are offered; the others open what it is about.
_OFFERS: Mapping[AttentionKind, str] = {
    AttentionKind.EXPIRING: N_("Extend"),
    AttentionKind.OBLIGATION_OVERDUE: N_("Mark fulfilled"),
    AttentionKind.RECOMMENDATION_OVERDUE: N_("Answer it"),
    AttentionKind.EVENT_PASSED: N_("Held as planned"),
    AttentionKind.REQUEST_OVERDUE: N_("Answer it"),
    AttentionKind.REQUEST_DUE: N_("Answer it"),
    AttentionKind.PROPOSAL_WAITING: N_("Answer it"),
}
# Kinds that are late; the others are to come, or wait.
OVERDUE_KINDS = frozenset(
    {
        AttentionKind.OBLIGATION_OVERDUE,
        AttentionKind.RECOMMENDATION_OVERDUE,
        AttentionKind.DECISION_OVERDUE,
        AttentionKind.EVENT_PASSED,
        AttentionKind.NOT_EVALUATED,
        AttentionKind.REQUEST_OVERDUE,
    }
)
_TO_COME = frozenset({AttentionKind.EXPIRING, AttentionKind.REQUEST_DUE})
PAGE_KEY = "attention_page"
PROPOSALS = "proposals"
"""Code of the part of the page of plan and events where proposals are answered."""
# What is open on this page would stand in front of what a link is about, and the search and page of a list are of
# that list alone: a link that is kept for others must not carry them either.
_LEFT = frozenset({Param.PACK, Param.EVENT, Param.RECORD, Param.DO, Param.PART, Param.ATTENTION, *OF_ONE_LIST})


def attention_area(actor: Actor, area: Area, directory: AreaDirectory) -> Area | None:
    """Return the area whose list an actor is shown when looking at ``area``; None where there is none."""
    return directory.seen_in_full(actor, area) if may(actor, Action.SEE_ATTENTION) else None


@dataclass(frozen=True)
class AttentionItem:
    """One thing that needs attention: what, where, who has to act, how urgent, and the page and area that it opens.

    ``params`` are the record, the action to begin and the part of the page.
    """

    detail: str
    area_name: str
    owner: LinkedCell
    urgency: str
    is_late: bool
    area_code: str
    address: str
    params: Mapping[Param, str] = field(default_factory=dict)


@dataclass(frozen=True)
class AttentionGroup:
    """Shown items of a kind; ``count_text`` is how many there are in all, ``count`` the same as a number."""

    kind: AttentionKind
    icon: str
    label: str
    count: int
    count_text: str
    items: tuple[AttentionItem, ...]


def attention_groups(
    counts: pd.DataFrame, rows: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter, has_links: bool = True
) -> list[AttentionGroup]:
    """Return the kinds that have anything, as text: first those that are late, the most numerous first.

    Frames of :mod:`queries.attention`, rows most urgent first. ``has_links``: owners are links, as on a page.
    """
    owner_of = owner_cell if has_links else owner_text
    groups, records = [], rows.to_dict("records")
    for kind_code, count, is_more in zip(counts["kind_code"], counts["count"], counts["is_more"], strict=True):
        if not count:
            continue
        kind = AttentionKind(kind_code)
        items = tuple(
            _item(kind, row, owner_of(row, fmt.translate), directory, fmt)
            for row in records
            if row["kind_code"] == kind_code
        )
        number = fmt.number(count)
        text = fmt.translate("more than {number}", number=number) if is_more else number
        groups.append(AttentionGroup(kind, KIND_ICONS[kind], fmt.translate(kind.label), int(count), text, items))
    return sorted(groups, key=lambda group: (group.kind not in OVERDUE_KINDS, -group.count))


def _item(
    kind: AttentionKind, row: Mapping[Hashable, object], owner: LinkedCell, directory: AreaDirectory, fmt: Formatter
) -> AttentionItem:
    translate, area_code = fmt.translate, str(row["district_soato"]) or NATION_CODE
    if kind in {AttentionKind.EXPIRING, AttentionKind.ON_PAPER, AttentionKind.OBLIGATION_OVERDUE}:
        detail = translate("Memorandum {number}: {title}", number=row["number"], title=row["title"])
    elif kind is AttentionKind.DECISION_OVERDUE:
        detail = translate("Meeting {number}: {title}", number=row["number"], title=row["title"])
    elif kind in {AttentionKind.REQUEST_OVERDUE, AttentionKind.REQUEST_DUE}:
        detail = translate("Request {number}: {title}", number=row["number"], title=row["title"])
    elif kind is AttentionKind.PROPOSAL_WAITING:
        detail = translate("{ngo}: {title}", ngo=row["number"], title=row["title"])
    elif is_missing(row["number"]):
        detail = translate("Confidential recommendation: {title}", title=row["title"])
    else:
        detail = translate("Joint event {number}: {title}", number=row["number"], title=row["title"])
    return AttentionItem(
        detail=detail,
        area_name=directory.name(area_code),
        owner=owner,
        urgency=_urgency(kind, int(str(row["days"])), int(str(row["term_days"])), fmt),
        is_late=kind not in _TO_COME,
        area_code=area_code,
        address=KIND_ADDRESSES[kind],
        params=_params(kind, row),
    )


def owner_cell(row: Mapping[Hashable, object], translate: Translator) -> LinkedCell:
    """Return who has to act: NGOs as links, the owner of a decision, or a side of the cooperation."""
    ngos = cast("Sequence[tuple[str, int]]", row["owner_ngos"])
    if ngos:
        return [Link(name, record_address(NGO_ADDRESS, ngo_id)) for name, ngo_id in ngos]
    return owner_text(row, translate)


def owner_text(row: Mapping[Hashable, object], translate: Translator) -> str:
    """Return who has to act, as text."""
    ngos = cast("Sequence[tuple[str, int]]", row["owner_ngos"])
    names = ", ".join(name for name, _ in ngos)
    return names or str(row["owner"] or translate(AttentionOwner(str(row["owner_code"])).label))


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
    if kind in _TO_COME:
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


def render_attention(groups: list[AttentionGroup], *, names_area: bool, has_actions: bool, fmt: Formatter) -> None:
    """Draw the kinds with their most urgent items as a table; of a chosen kind a page of all its items.

    ``names_area``: the items are in several areas; ``has_actions``: the reader may act on them.
    """
    with st.container(key="attention"):
        if not groups:
            st.markdown(":material/check_circle: " + fmt.translate("Nothing needs attention today."))
            return
        whole = groups[0] if chosen_kind() is not None else None
        if whole is not None:
            first = first_row(len(whole.items), key=PAGE_KEY)
            groups = [replace(whole, items=whole.items[first : first + PAGE_ROWS])]
        st.html(attention_html(groups, names_area=names_area, has_actions=has_actions, translate=fmt.translate))
        if whole is not None:
            render_paging(len(whole.items), key=PAGE_KEY, fmt=fmt)


def attention_html(groups: list[AttentionGroup], *, names_area: bool, has_actions: bool, translate: Translator) -> str:
    """Return the groups as one table, a row an item, the kind and its count before the first; all texts are escaped.

    Of a chosen kind the table has its items alone, under a link back to all kinds.
    """
    is_whole = chosen_kind() is not None
    labels = {
        "kind": translate("What needs attention"),
        "item": translate("What it is about") if is_whole else translate("Most urgent"),
        "area": translate("Area"),
        "owner": translate("Owner"),
        "urgency": translate("How urgent"),
        "action": translate("Action"),
    }
    left_out = {
        *(["kind"] if is_whole else []),
        *([] if names_area else ["area"]),
        *([] if has_actions else ["action"]),
    }
    labels = {key: label for key, label in labels.items() if key not in left_out}
    head = "".join(f'<th scope="col">{escape(label)}</th>' for label in labels.values())
    body = "".join(_rows(group, labels, translate) for group in groups)
    title = groups[0].label if is_whole else translate("What needs attention")
    table = f'<table aria-label="{escape(title)}"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    above = f"<p>{_link({}, translate('Everything that needs attention'))}</p>" if is_whole else ""
    if is_whole:
        above += f"<p>{_kind_html(groups[0])}: <strong>{escape(groups[0].count_text)}</strong></p>"
    return f'<div class="hamkor-records hamkor-attention">{above}{table}</div>'


def _rows(group: AttentionGroup, labels: Mapping[str, str], translate: Translator) -> str:
    """Return the rows of a kind; its name and number stand once, beside all of them."""
    rows = []
    for place, item in enumerate(group.items):
        cells = {
            "item": _link(_opened(item, has_action=False), item.detail, path=item.address),
            "area": escape(item.area_name),
            "owner": cell_html(item.owner),
            "urgency": f'<span class="late">{escape(item.urgency)}</span>' if item.is_late else escape(item.urgency),
            "action": _action_html(group.kind, item, translate),
        }
        found = "".join(
            f'<td class="{key}" data-label="{escape(labels[key])}">{cell}</td>'
            for key, cell in cells.items()
            if key in labels
        )
        if place == 0 and "kind" in labels:
            # The number stays on the line of the last word.
            kind = f"{_kind_html(group)}:\u00a0{_count_html(group, translate)}"
            span = f' rowspan="{len(group.items)}"' if len(group.items) > 1 else ""
            found = f'<th scope="rowgroup" class="kind"{span}>{kind}</th>{found}'
        rows.append(f"<tr>{found}</tr>")
    return "".join(rows)


def _kind_html(group: AttentionGroup) -> str:
    return f'<i aria-hidden="true" translate="no">{group.icon}</i>{escape(group.label)}'


def _count_html(group: AttentionGroup, translate: Translator) -> str:
    """Return the number in all, as a link to all of them."""
    whole = translate("{kind}: show all {count}", kind=group.label, count=group.count_text)
    text = group.count_text if group.count <= len(group.items) else translate("all {count}", count=group.count_text)
    return _link({Param.ATTENTION: group.kind.value}, text, title=whole)


def _action_html(kind: AttentionKind, item: AttentionItem, translate: Translator) -> str:
    """Return the link that begins what may be done; "" where nothing begins from here."""
    if kind not in _OFFERS:
        return ""
    return _link(_opened(item, has_action=True), translate(_OFFERS[kind]), path=item.address, style="act")


def _opened(item: AttentionItem, *, has_action: bool) -> dict[Param, str]:
    params = {param: code for param, code in item.params.items() if has_action or param is not Param.DO}
    if not has_action and Param.DO in item.params:
        params.pop(Param.PART, None)
    return {Param.AREA: item.area_code, **params}


def kind_address(kind: AttentionKind) -> str:
    """Return the address of the list of all items of a kind, on the page that is open."""
    return _address({Param.ATTENTION: kind.value})


def _address(opened: Mapping[Param, str], path: str = "") -> str:
    kept = {name: code for name, code in query_params().items() if name not in _LEFT}
    return f"{path}?{urlencode({**kept, **{param.value: code for param, code in opened.items()}})}"


def _link(opened: Mapping[Param, str], text: str, *, title: str = "", path: str = "", style: str = "") -> str:
    """Return a link in the same tab to a page, or to this one, that keeps the other choices of the reader."""
    named = f' title="{escape(title)}"' if title else ""
    named += f' class="{style}"' if style else ""
    return f'<a href="{escape(_address(opened, path))}" target="_self"{named}>{escape(text)}</a>'
