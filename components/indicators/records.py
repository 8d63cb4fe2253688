"""Lists of the records behind indicators: their addresses, and what stands above the rows."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING

import streamlit as st

from components.charts.composition import ALL_PARTICIPANTS, PARTICIPANT_GROUPS
from components.shell.address import Param, choices, chosen_id, link_to, valid_choice
from components.shell.chrome import (
    DESK_ADDRESS,
    EVALUATIONS_ADDRESS,
    MEETING_ADDRESS,
    MEMORANDA_ADDRESS,
    PLAN_ADDRESS,
    REGISTERS_ADDRESS,
)
from components.shell.filters import ALL_DIRECTIONS, EvaluationsPart, Filters, current_filters
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext, current_context
from components.shell.widgets import pick_pill
from components.tables.links import Link, cell_html, link_html
from data.codes import Direction, Partner
from data.dates.period import Period
from data.indicators import INDICATORS
from data.indicators.activity import PARTICIPANTS
from data.indicators.agreement import PLAN_EXECUTION
from data.indicators.answers import ANSWER_DAYS
from data.indicators.computations import Ratio
from data.indicators.counted import ANY_PARTNER, CountedNumbers, CountedRows, Part, is_partner
from data.indicators.declaration import RecordKind
from data.language import Translator
from data.policy import Action, ScopeKind, may
from data.registers.events import GROUPS

if TYPE_CHECKING:
    import pandas as pd

_PLACES: Mapping[RecordKind, tuple[str, Mapping[str, str]]] = {
    RecordKind.MEMORANDA_IN_FORCE: (MEMORANDA_ADDRESS, {}),
    RecordKind.MEMORANDA_JUDGED: (MEMORANDA_ADDRESS, {}),
    RecordKind.OBLIGATIONS: (MEMORANDA_ADDRESS, {}),
    RecordKind.PLAN_ITEMS: (PLAN_ADDRESS, {Param.VIEW.value: "list"}),
    RecordKind.EVENTS: (PLAN_ADDRESS, {Param.VIEW.value: "list"}),
    RecordKind.EVENTS_WAITED: (EVALUATIONS_ADDRESS, {Param.PART.value: EvaluationsPart.COVERAGE.value}),
    RecordKind.MAHALLAS: (REGISTERS_ADDRESS, {Param.REGISTER.value: "mahallas"}),
    RecordKind.MAHALLAS_REACHED: (REGISTERS_ADDRESS, {Param.REGISTER.value: "mahallas"}),
    RecordKind.REQUESTS: (DESK_ADDRESS, {}),
    RecordKind.DECISIONS: (MEETING_ADDRESS, {}),
    RecordKind.SUPPORT: (REGISTERS_ADDRESS, {Param.REGISTER.value: "ngos"}),
    RecordKind.TRAININGS: (DESK_ADDRESS, {Param.VIEW.value: "trainings"}),
    RecordKind.OFFENCES: (REGISTERS_ADDRESS, {Param.REGISTER.value: "offences"}),
    RecordKind.CRIME_FREE_MAHALLAS: (REGISTERS_ADDRESS, {Param.REGISTER.value: "offences"}),
}
# What NGOs say has no list of records that everyone may read; its parts stand on their own page.
_SAID: Mapping[str, EvaluationsPart] = {
    "recommendations_closed": EvaluationsPart.RECOMMENDATIONS,
}
# Pages with several lists, and the parameter that names one.
_LISTS: Mapping[str, Param] = {
    REGISTERS_ADDRESS: Param.REGISTER,
    EVALUATIONS_ADDRESS: Param.PART,
    DESK_ADDRESS: Param.VIEW,
}
# Where a value rests on a part of what its kind has.
_RESTS_ON: Mapping[str, Part] = {ANSWER_DAYS.code: Part.COUNTED}
_ACTIONS = {EVALUATIONS_ADDRESS: Action.SEE_EVALUATIONS, MEETING_ADDRESS: Action.SEE_MEETINGS}
_BETWEEN_MONTHS = "-"
_MONTHS = re.compile(r"20[0-9]{4}-20[0-9]{4}")


def records_address(code: str, period: Period) -> str:
    """Return the address of the records that an indicator counts in the chosen area and some months; "" where the
    reader does not see all of them."""
    context, filters = current_context(), current_filters()
    records = INDICATORS[code].records
    if records is None:
        return _said_address(code)
    path, params = _PLACES[records.kind]
    is_published = records.kind is RecordKind.MEMORANDA_IN_FORCE and filters.scope.kind is not ScopeKind.DISTRICT
    is_seen = filters.directory.seen_in_full(context.actor, filters.area) == filters.area
    is_own = context.actor.home_scope.kind is ScopeKind.NGO
    if is_own or not (is_seen or is_published) or not may(context.actor, _ACTIONS.get(path, Action.SEE_RECORDS)):
        return ""
    return counted_address(path, code, period, only=_RESTS_ON.get(code, Part.ALL), **params)


def _said_address(code: str) -> str:
    """Return the address of the part of the evaluations that an indicator is made of."""
    if not may(current_context().actor, Action.SEE_EVALUATIONS):
        return ""
    return link_to(EVALUATIONS_ADDRESS, part=_SAID.get(code, EvaluationsPart.RATINGS).value)


def counted_address(path: str, code: str, period: Period, *, only: str = Part.ALL, **params: str) -> str:
    """Return the address of a list of the records that an indicator counts in some months, or of a part of them."""
    counted = {Param.COUNTED.value: _code_of(code, only), Param.MONTHS.value: months_text(period)}
    return link_to(path, **{**params, **counted})


def events_address(period: Period, *, direction: Direction | None = None, group: str = "", **params: str) -> str:
    """Return the address of the events held in the chosen area in some months: of a direction or of all, or those with
    people of a group (the column of ``joint_event``; that of all of them is none). ``params``: an area, NGO, partner or
    mahalla."""
    chosen = direction.value if direction else ALL_DIRECTIONS
    group = group if group in GROUPS else ""
    return counted_address(PLAN_ADDRESS, PARTICIPANTS.code, period, only=group or Part.ALL, direction=chosen, **params)


def plan_address(period: Period, *, only: Part = Part.ALL) -> str:
    """Return the address of the plan items of the chosen area in some months, of all directions, or a part of them."""
    params = {Param.VIEW.value: "list", Param.DIRECTION.value: ALL_DIRECTIONS}
    return counted_address(PLAN_ADDRESS, PLAN_EXECUTION.code, period, only=only, **params)


def plan_links(frame: pd.DataFrame, period: Period, *, fmt: Formatter) -> str:
    """Return how many plan items and held events the frame of ``plan_and_fact`` has as HTML, each a link to them."""
    translate = fmt.translate
    counts = (
        (translate("Planned"), "planned", plan_address(period)),
        (translate("Fulfilled"), "fulfilled", plan_address(period, only=Part.COUNTED)),
        (translate("Events held, planned or not"), "held", events_address(period)),
    )
    cells: list[str | Link] = []
    for what, column, address in counts:
        number = frame[column].sum()
        text = translate("{what}: {number}", what=what, number=fmt.number(number))
        cells.append(Link(text, address) if number else text)
    return f"<small>{cell_html(cells, separator=' · ')}</small>"


def _code_of(code: str, part: str) -> str:
    return code if part == Part.ALL else f"{code}:{part}"


def counted_rows(*kinds: RecordKind, filters: Filters, context: RequestContext) -> CountedRows | None:
    """Return which records of an indicator the address asks a list of some kinds for; None where it names none."""

    def is_of_kinds(text: str) -> bool:
        code, _, part = text.partition(":")
        records = INDICATORS[code].records if code in INDICATORS else None
        is_part = part in {"", *Part} or (code == PARTICIPANTS.code and part in GROUPS)
        return records is not None and records.kind in kinds and is_part

    text = valid_choice(Param.COUNTED, is_of_kinds, default="")
    if not text:
        return None
    code, _, part = text.partition(":")
    has_events = code == PARTICIPANTS.code
    return CountedRows(
        code=code,
        period=months_of_address() or filters.period.whole_months(context.today),
        today=context.today,
        direction=filters.direction,
        part=Part(part) if part in set(Part) else Part.ALL,
        group=part if part in GROUPS else "",
        ngo_id=chosen_id(Param.NGO) if has_events else 0,
        partner=valid_choice(Param.PARTNER, is_partner, default="") if has_events else "",
        mahalla_id=_chosen_mahalla() if has_events else None,
    )


def _chosen_mahalla() -> int | None:
    """Return the mahalla of the address, 0 for the whole district; None where it names none."""
    return 0 if choices().get(Param.MAHALLA) == "0" else chosen_id(Param.MAHALLA) or None


def months_text(period: Period) -> str:
    """Return months as the address has them."""
    return f"{period.first_year_month}{_BETWEEN_MONTHS}{period.last_year_month}"


def months_of_address() -> Period | None:
    """Return the months of the address; None where it names none of this century."""
    text = choices().get(Param.MONTHS, "")
    if not _MONTHS.fullmatch(text):
        return None
    try:
        first, last = (date(int(month[:4]), int(month[4:]), 1) for month in text.split(_BETWEEN_MONTHS))
        return Period(first, Period.of_months(last, 1).last_day)
    except ValueError:
        return None


def render_counted_heading(
    rows: CountedRows,
    numbers: CountedNumbers,
    *,
    path: str,
    fmt: Formatter,
    has_parts: bool = True,
    names: Sequence[str] = (),
) -> None:
    """Draw of which indicator and months the rows below are, how many, and the choice of those in the numerator.

    ``path``: the page whose whole list the link back opens; ``has_parts``: whether the rows are what the indicator is a
    share of; ``names``: the NGO or mahalla whose events they are.
    """
    translate, indicator = fmt.translate, INDICATORS[rows.code]
    named = _LISTS.get(path)
    kept = {named.value: choices().get(named, "")} if named else {}
    st.html(link_html(Link(translate("Show the whole list"), link_to(path, **kept))))
    st.subheader(f"{translate(indicator.name)}, {fmt.period(rows.period)}", anchor=False)
    labels = _labels(rows, numbers, fmt) if has_parts else {}
    if len(labels) > 1:
        key = f"{Param.COUNTED}:{rows.code}:{translate.language}"
        pick_pill(Param.COUNTED, translate("Part"), labels, key=key, default=_code_of(rows.code, _part(rows)))
    lines = [translate(rows.direction.label)] if rows.direction else []
    lines += names
    lines += [partner_name(rows.partner, translate)] if rows.partner else []
    if rows.code == PARTICIPANTS.code:
        group = translate(PARTICIPANT_GROUPS[rows.group or ALL_PARTICIPANTS])
        lines.append(translate("{what}: {number}", what=group, number=fmt.number(numbers.amount)))
    if len(labels) > 1:
        lines.append(f"{translate('In the numerator')}: {translate(indicator.numerator_text)}.")
    else:
        lines.append(translate("Rows: {number}", number=fmt.number(numbers.of(rows.part))))
    st.caption(" · ".join(lines))


def partner_name(code: str, translate: Translator) -> str:
    """Return the name of a partner of events, or that there is any."""
    return translate("With any partner") if code == ANY_PARTNER else translate(Partner(code).label)


def _part(rows: CountedRows) -> str:
    return rows.group or rows.part.value


def _labels(rows: CountedRows, numbers: CountedNumbers, fmt: Formatter) -> Mapping[str, str]:
    """Return the parts that can be chosen with their numbers; one where the indicator is no share of its records."""
    translate = fmt.translate
    names = {Part.ALL: translate("All")}
    is_share = isinstance(INDICATORS[rows.code].computation, Ratio)
    if is_share and rows.records.kind not in _WHOLE:
        names |= {Part.COUNTED: translate("In the numerator"), Part.OTHERS: translate("Not in the numerator")}
    return {
        _code_of(rows.code, part): translate("{what}: {number}", what=name, number=fmt.number(numbers.of(part)))
        for part, name in names.items()
    }


# Records of which the numerator or denominator is the whole list, or no list at all.
_WHOLE = frozenset(
    {
        RecordKind.MAHALLAS_REACHED,
        RecordKind.TRAININGS,
        RecordKind.OFFENCES,
        RecordKind.CRIME_FREE_MAHALLAS,
    }
)
