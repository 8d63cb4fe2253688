"""Calendar of deadlines as iCalendar (RFC 5545), which calendars subscribe to."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from icalendar import Calendar, Event

from data.language import N_, Translator

if TYPE_CHECKING:
    from queries.notices.calendar import CalendarEntry

TITLE = N_("Hamkor: deadlines")
REFRESH = timedelta(hours=6)
CALENDAR_TYPE = "text/calendar"


def calendar_file(
    entries: Iterable[CalendarEntry], *, public_address: str, now: datetime, translate: Translator
) -> bytes:
    """Return the days as a calendar; each has the same UID whenever it is made."""
    calendar = Calendar()
    calendar.add("prodid", "-//Hamkor//Deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("name", translate(TITLE))
    calendar.add("x-wr-calname", translate(TITLE))
    calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT6H")
    host = urlsplit(public_address).hostname
    for entry in entries:
        event = Event()
        event.add("uid", f"{entry.kind}-{entry.key}@{host}")
        event.add("dtstamp", now)
        event.add("dtstart", entry.day)
        event.add("dtend", entry.day + timedelta(days=1))
        event.add("summary", translate(entry.kind.label, number=entry.number))
        event.add("url", f"{public_address}{entry.path}")
        # A deadline keeps nobody busy.
        event.add("transp", "TRANSPARENT")
        calendar.add_component(event)
    return bytes(calendar.to_ical())
