"""Validation of text, owner and deadline of a step of a recommendation."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from data.dates.clock import day_of
from data.language import N_, DomainError
from data.texts.limits import LONGEST_OWNER, LONGEST_TEXT
from data.texts.personal_data import refuse_personal_data
from data.texts.search_keys import clean_text

LONGEST_DEADLINE_DAYS = 366


class NoTextError(DomainError):
    """Raised where a step that needs a text has none."""

    def __init__(self) -> None:
        super().__init__(N_("Write a few words: the other side reads them. Nothing was saved yet."))


class NoOwnerError(DomainError):
    """Raised where no responsible person or office is named."""

    def __init__(self) -> None:
        super().__init__(N_("Name who is responsible. Nothing was saved yet."))


class TextTooLongError(DomainError):
    """Raised for a text beyond its limit."""

    def __init__(self, *, limit: int, length: int) -> None:
        text = N_("The text has {length} characters; at most {limit} can be saved. Nothing was saved yet.")
        super().__init__(text, length=length, limit=limit)


class DeadlineError(DomainError):
    """Raised for a deadline in the past or too far ahead."""

    def __init__(self) -> None:
        text = N_("Choose a deadline from today on, at most {days} days ahead. Nothing was saved yet.")
        super().__init__(text, days=LONGEST_DEADLINE_DAYS)


def clean_required_text(value: str, *, limit: int = LONGEST_TEXT) -> str:
    """Return the text of a step. Raises NoTextError, TextTooLongError, PersonalDataError."""
    text = clean_text(value)
    if not text:
        raise NoTextError
    if len(text) > limit:
        raise TextTooLongError(limit=limit, length=len(text))
    refuse_personal_data(text)
    return text


def clean_owner(owner: str) -> str:
    """Return who is responsible, on one line. Raises NoOwnerError, TextTooLongError, PersonalDataError."""
    text = " ".join(clean_text(owner).split())
    if not text:
        raise NoOwnerError
    return clean_required_text(text, limit=LONGEST_OWNER)


def clean_deadline(deadline_date: date, *, now: datetime) -> date:
    """Return a deadline from today on. Raises DeadlineError."""
    today = day_of(now)
    if not today <= deadline_date <= today + timedelta(days=LONGEST_DEADLINE_DAYS):
        raise DeadlineError
    return deadline_date
