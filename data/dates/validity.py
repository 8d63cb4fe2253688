"""First and last day of something that may have begun and ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Validity:
    """Days from the first to the last one, both included; None: since ever, until further notice."""

    first_day: date | None = None
    last_day: date | None = None

    def includes(self, day: date) -> bool:
        """Return whether a day is one of them."""
        return self.overlaps(day, day)

    def overlaps(self, first_day: date, last_day: date) -> bool:
        """Return whether any day from one to another is one of them."""
        has_begun = self.first_day is None or self.first_day <= last_day
        return has_begun and (self.last_day is None or self.last_day >= first_day)

    def covers(self, first_day: date, last_day: date) -> bool:
        """Return whether all days from one to another are among them."""
        return self.includes(first_day) and self.includes(last_day)
