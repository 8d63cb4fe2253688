"""Validation of the texts and days of meetings and decisions: cleaned, within limits, without personal data."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from data.dates.clock import day_of
from data.language import N_, DomainError
from data.texts.search_keys import clean_text
from queries.recommendations.texts import clean_required_text

LONGEST_DEADLINE_DAYS = 730
LONGEST_AHEAD_DAYS = 366


class NoDecisionError(DomainError):
    """Raised for a decision without a text."""

    def __init__(self) -> None:
        super().__init__(N_("Write what was decided. Nothing was saved yet."))


class NoMeetingNameError(DomainError):
    """Raised for a meeting without a number or a title."""

    def __init__(self) -> None:
        super().__init__(N_("Give the meeting a number and a title. Nothing was saved yet."))


class MeetingDateError(DomainError):
    """Raised where the day of a meeting is too far ahead."""

    def __init__(self) -> None:
        text = N_("Choose a meeting date at most {days} days ahead. Nothing was saved yet.")
        super().__init__(text, days=LONGEST_AHEAD_DAYS)


class DecisionDeadlineError(DomainError):
    """Raised where the deadline of a decision is before its meeting or too far after it."""

    def __init__(self) -> None:
        text = N_(
            "Choose a deadline from the day of the meeting on, at most {days} days after it. Nothing was saved yet."
        )
        super().__init__(text, days=LONGEST_DEADLINE_DAYS)


class DoneDateError(DomainError):
    """Raised where the day on which a decision was done is before its meeting or in the future."""

    def __init__(self) -> None:
        text = N_("Choose the day on which it was done: from the day of the meeting to today. Nothing was saved yet.")
        super().__init__(text)


class NoEvidenceError(DomainError):
    """Raised where a decision is reported as done without evidence."""

    def __init__(self) -> None:
        super().__init__(N_("Say what shows that the decision was carried out. Nothing was saved yet."))


def _line(value: str) -> str:
    return " ".join(clean_text(value).split())


def clean_decision(value: str) -> str:
    """Return the text of a decision. Raises NoDecisionError, TextTooLongError, PersonalDataError."""
    if not clean_text(value):
        raise NoDecisionError
    return clean_required_text(value)


def clean_name(value: str, *, limit: int) -> str:
    """Return a meeting's number or title, one line. Raises NoMeetingNameError, TextTooLongError, PersonalDataError."""
    line = _line(value)
    if not line:
        raise NoMeetingNameError
    return clean_required_text(line, limit=limit)


def clean_meeting_date(meeting_date: date, *, now: datetime) -> date:
    """Return the day of a meeting. Raises MeetingDateError."""
    if meeting_date > day_of(now) + timedelta(days=LONGEST_AHEAD_DAYS):
        raise MeetingDateError
    return meeting_date


def clean_due_date(due_date: date, *, meeting_date: date) -> date:
    """Return a deadline that a meeting may set. Raises DecisionDeadlineError."""
    if not meeting_date <= due_date <= meeting_date + timedelta(days=LONGEST_DEADLINE_DAYS):
        raise DecisionDeadlineError
    return due_date


def clean_done_date(done_date: date | None, *, meeting_date: date, now: datetime) -> date | None:
    """Return the day on which a decision was done, None: not yet. Raises DoneDateError."""
    if done_date is not None and not meeting_date <= done_date <= day_of(now):
        raise DoneDateError
    return done_date


def clean_evidence(evidence: str, *, is_done: bool) -> str:
    """Return the evidence that a decision was done; it may stay empty until then.

    Raises NoEvidenceError, TextTooLongError, PersonalDataError.
    """
    if clean_text(evidence):
        return clean_required_text(evidence)
    if is_done:
        raise NoEvidenceError
    return ""
