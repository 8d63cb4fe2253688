"""Which fields the forms of events ask for, and which are below "More"; the texts that a new event begins with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from components.registers.values import month_names
from components.shell.formatter import Formatter
from data.codes import Direction, EventForm, EventState
from data.registers.entry import cell_text


@dataclass(frozen=True)
class FormFields:
    """Fields that a form shows, those below "More", and those that must be filled in here."""

    shown: tuple[str, ...]
    more: tuple[str, ...] = ()
    required: tuple[str, ...] = ()


NEW_HELD = FormFields(
    (
        *("district", "mahalla", "event_date", "direction", "form", "title", "stirs"),
        *("participants_total", "participants_young", "participants_women"),
    ),
    ("number", "memorandum", "plan_item", "partners", "participants_at_risk", "participants_victims"),
    ("event_date", "direction", "form", "stirs", "participants_total"),
)
"""A held event that was not planned; the district is asked of those who have several."""
NEW_PLANNED = FormFields(
    ("district", "mahalla", "event_date", "direction", "form", "title", "stirs"),
    ("number", "memorandum", "plan_item", "partners"),
)
HELD_AS_PLANNED = FormFields(
    ("participants_total", "participants_young", "participants_women", "participants_at_risk"),
    ("participants_victims", "event_date", "title", "stirs", "partners", "memorandum", "plan_item"),
    ("participants_total",),
)
"""A planned event that was held: its day stays unless it is changed below "More"."""
HELD_FROM_PLAN = FormFields(
    ("event_date", "participants_total", "participants_young", "participants_women"),
    (
        *("mahalla", "direction", "form", "title", "stirs", "number", "memorandum", "partners"),
        *("participants_at_risk", "participants_victims"),
    ),
    ("event_date", "participants_total"),
)
"""A plan item that was held: a plan knows the month, so the day is asked."""
PLANNED_FROM_PLAN = FormFields(
    ("event_date", "title"), ("mahalla", "direction", "form", "stirs", "number", "memorandum", "partners")
)
POSTPONED = FormFields(("event_date",), required=("event_date",))
CANCELLED = FormFields(("cancel_reason",), required=("cancel_reason",))
NOT_COPIED = ("number", "event_date", "cancel_reason", "plan_item")
COUNTS = (
    *("participants_total", "participants_young", "participants_women"),
    *("participants_at_risk", "participants_victims"),
)


def copied_texts(texts: Mapping[str, str]) -> dict[str, str]:
    """Return the texts that a duplicate of an event begins with: all but its number, day, plan item and counts."""
    left_out = {*NOT_COPIED, *COUNTS}
    return {code: text for code, text in texts.items() if code not in left_out} | {"state": EventState.HELD.value}


def texts_from_plan(item: Mapping[str, str], *, state: EventState, today: date, fmt: Formatter) -> dict[str, str]:
    """Return the texts that an event begins with which a plan item asked for.

    The day is today where the month of the item is the current one, else it is asked.
    """
    translate = fmt.translate
    form, direction = translate(EventForm(item["form"]).label), translate(Direction(item["direction"]).label)
    is_now = (int(item["year"]), int(item["month"])) == (today.year, today.month)
    return {
        "district": item["district"],
        "mahalla": item["mahalla"],
        "direction": item["direction"],
        "form": item["form"],
        "title": translate("{form}: {direction}", form=form, direction=direction.lower()),
        "stirs": item["stir"],
        "plan_item": item["number"],
        "event_date": cell_text(today) if is_now and state is EventState.HELD else "",
        "state": state.value,
    }


def item_month(item: Mapping[str, str], fmt: Formatter) -> str:
    """Return the month of a plan item with its year."""
    return fmt.translate("{month} {year}", month=month_names(fmt)[int(item["month"])], year=item["year"])
