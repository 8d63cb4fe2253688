"""Form before a meeting: the meeting, its agenda, and the button that finalises its pack."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import count
from string import digits
from uuid import uuid4

import pandas as pd
import streamlit as st

from components.meetings.decision_texts import as_date, day_text
from components.shell.areas import Area
from components.shell.formatter import Formatter
from components.shell.localized_select import pick_one, pick_parts
from data.agenda import agenda_for
from data.codes import AgendaItem
from data.dates.period import Period
from data.texts.limits import LONGEST_NUMBER, LONGEST_TITLE

NEW_MEETING = "new"
KNOWN_MEETINGS = 12
DAYS_BACK, DAYS_AHEAD = 14, 60


class PreparationField(StrEnum):
    """Keys of the form in the session state."""

    NEXT_PACK = "preparing_next_pack"
    MEETING = "preparing_meeting"
    NUMBER = "preparing_number"
    TITLE = "preparing_title"
    DAY = "preparing_day"
    AGENDA = "preparing_agenda"


@dataclass(frozen=True)
class MeetingChoice:
    """Meeting of a pack: a stored one by its id, or the name of a new one."""

    meeting_id: int | None
    number: str
    title: str
    meeting_date: date


@dataclass(frozen=True)
class Preparation:
    """Pack to be finalised; ``pack_id`` was made with the form, so it is the same however often it is sent."""

    pack_id: str
    meeting: MeetingChoice
    agenda: list[AgendaItem]


def _next_pack() -> str:
    """Return the id of the form's pack; the field keys include it, so that the next form begins empty."""
    return str(st.session_state.setdefault(PreparationField.NEXT_PACK, str(uuid4())))


def _field(field: PreparationField, area: Area) -> str:
    return f"{field}:{area.code}:{_next_pack()}"


def begin_new_preparation() -> None:
    """Clear the form for another pack."""
    st.session_state.pop(PreparationField.NEXT_PACK)


def render_preparation_form(
    meetings: pd.DataFrame,
    area: Area,
    period: Period,
    *,
    on_finalise: Callable[[Preparation], None],
    today: date,
    fmt: Formatter,
) -> None:
    """Draw the form, with every field prefilled, so that one press is enough. ``meetings``: those of ``list_meetings``.

    ``on_finalise`` is called at the form's position, so that its messages are shown there.
    """
    translate = fmt.translate
    with st.container(border=True, key="preparing"):
        st.subheader(translate("Prepare a meeting"), anchor=False)
        st.caption(
            translate(
                "The pack keeps all figures of {area} for {period} as they are now. Whatever is recorded or corrected "
                "later, it stays the same.",
                area=area.name,
                period=fmt.period(period),
            )
        )
        meeting = _pick_meeting(meetings, area, today, fmt=fmt)
        agenda = _pick_agenda(area, fmt=fmt)
        if st.button(translate("Finalise the pack"), type="primary", key="freeze", icon=":material/inventory_2:"):
            on_finalise(Preparation(_next_pack(), meeting, agenda))


def _pick_meeting(meetings: pd.DataFrame, area: Area, today: date, *, fmt: Formatter) -> MeetingChoice:
    translate = fmt.translate
    rows = {str(row["meeting_id"]): row for row in meetings.head(KNOWN_MEETINGS).to_dict("records")}
    options = {NEW_MEETING: translate("A new meeting")}
    for code, row in rows.items():
        day = fmt.date(as_date(row["meeting_date"]))
        options[code] = translate("{number} of {date}: {title}", number=row["number"], date=day, title=row["title"])
    chosen = NEW_MEETING
    if rows:
        chosen = pick_one(
            translate("For which meeting"), options, name=_field(PreparationField.MEETING, area), default=chosen
        )
    if chosen == NEW_MEETING:
        return _pick_new_meeting(meetings, area, today, fmt=fmt)
    row = rows[chosen]
    return MeetingChoice(int(chosen), row["number"], row["title"], as_date(row["meeting_date"]))


def next_number(meetings: pd.DataFrame) -> str:
    """Return the newest meeting's number with its last digits increased until the number is free."""
    taken = [str(number) for number in meetings["number"]]
    newest = taken[0] if taken else ""
    before = newest.rstrip(digits)
    following = (f"{before}{number}" for number in count(int(newest.removeprefix(before) or 0) + 1))
    return next(number for number in following if number not in taken)


def _pick_new_meeting(meetings: pd.DataFrame, area: Area, today: date, *, fmt: Formatter) -> MeetingChoice:
    translate = fmt.translate
    number_key, title_key = _field(PreparationField.NUMBER, area), _field(PreparationField.TITLE, area)
    st.session_state.setdefault(number_key, next_number(meetings))
    st.session_state.setdefault(title_key, translate("Coordination meeting"))
    title = st.text_input(
        translate("Title of the meeting"), max_chars=LONGEST_TITLE, key=title_key, persist_state="session"
    )
    with st.container(horizontal=True):
        number = st.text_input(
            translate("Number"), max_chars=LONGEST_NUMBER, key=number_key, width=140, persist_state="session"
        )
        day = _pick_day(area, today, fmt=fmt)
    return MeetingChoice(None, str(number), str(title), day)


def _pick_day(area: Area, today: date, *, fmt: Formatter) -> date:
    options = meeting_days(today, fmt)
    label = fmt.translate("Day of the meeting")
    chosen = pick_one(
        label, options, name=_field(PreparationField.DAY, area), default=today.isoformat(), is_long=True, width=240
    )
    return date.fromisoformat(chosen)


def meeting_days(today: date, fmt: Formatter) -> dict[str, str]:
    """Return possible days of a meeting as ISO dates with texts: today and later ones, then recent ones.

    A list opens at its first day; one that is past is no deadline, so nothing is said to be late.
    """
    ahead = [today + timedelta(days=step) for step in range(DAYS_AHEAD + 1)]
    past = [today - timedelta(days=step) for step in range(1, DAYS_BACK + 1)]
    return {day.isoformat(): day_text(day, today, fmt) for day in ahead} | {
        day.isoformat(): fmt.date(day) for day in past
    }


def _pick_agenda(area: Area, *, fmt: Formatter) -> list[AgendaItem]:
    """Draw the agenda items to select, folded, as mostly all of them are used."""
    translate, items = fmt.translate, agenda_for(area.scope.kind)
    options = {item.value: translate(item.label) for item in items}
    name = f"{PreparationField.AGENDA}:{area.scope.kind}"
    with st.expander(translate("Agenda"), icon=":material/checklist:", key=f"{name}_fold"):
        return [AgendaItem(code) for code in pick_parts(options, name=name)]
