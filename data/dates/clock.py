"""Current date and time, in one place so that tests can set them."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

TASHKENT = ZoneInfo("Asia/Tashkent")


def now() -> datetime:
    """Current time, timezone-aware, in UTC."""
    return datetime.now(UTC)


def local(moment: datetime) -> datetime:
    """Moment in the time of Tashkent."""
    return moment.astimezone(TASHKENT)


def day_of(moment: datetime) -> date:
    """Date of a moment in Tashkent."""
    return local(moment).date()


def today() -> date:
    """Today's date in Tashkent."""
    return day_of(now())
