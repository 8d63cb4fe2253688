"""Causes of decisions: which things may be named as a cause, and their titles.

A cause is stored as text (:class:`data.schema.DecisionCause`), so it stays, without a title, when the thing is deleted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, insert, null, select

from data.codes import DecisionCauseKind
from data.indicators import INDICATORS
from data.language import N_, DomainError
from data.meetings import Cause
from data.schema import Decision, DecisionCause, InformationRequest, Meeting, Memorandum, Obligation, Recommendation
from queries.recommendations.conditions import is_shown_to_leaders
from queries.row_filter import RowFilter

MOST_CAUSES = 10
_LONGEST_ID = 9
_KIND = DecisionCauseKind


class UnknownCauseError(DomainError):
    """Raised where a cause does not exist, or the actor may not see it."""

    def __init__(self) -> None:
        text = N_("The ground for the decision was not found in this area. Choose it again. Nothing was saved yet.")
        super().__init__(text)


class TooManyCausesError(DomainError):
    """Raised for more causes than a decision can have."""

    def __init__(self) -> None:
        text = N_("Name at most {limit} grounds for the decision. Nothing was saved yet.")
        super().__init__(text, limit=MOST_CAUSES)


def require_known(
    connection: Connection, causes: Iterable[Cause], *, row_filter: RowFilter, today: date
) -> list[Cause]:
    """Return the causes, each once, in order. Raises TooManyCausesError, UnknownCauseError unless all may be seen."""
    named = sorted(set(causes))
    if len(named) > MOST_CAUSES:
        raise TooManyCausesError
    if set(titles(connection, named, row_filter=row_filter, today=today)) != set(named):
        raise UnknownCauseError
    return named


def titles(connection: Connection, causes: Iterable[Cause], *, row_filter: RowFilter, today: date) -> dict[Cause, str]:
    """Return number and title of things by cause; "" for an indicator, and nothing for what the actor may not see."""
    references: dict[DecisionCauseKind, set[str]] = {}
    for cause in causes:
        references.setdefault(cause.kind, set()).add(cause.reference)
    codes = references.pop(_KIND.INDICATOR, set()) & set(INDICATORS)
    found = {Cause(_KIND.INDICATOR, code): "" for code in codes}
    for kind, wanted in references.items():
        keys: set[Any] = wanted if kind in _PUBLIC else _ids(wanted)
        things = _NAMED[kind](row_filter, today)
        key = next(iter(things.selected_columns))
        for reference, number, title in connection.execute(things.where(key.in_(sorted(keys)))):
            found[Cause(kind, str(reference))] = f"{number} – {title}" if number else title
    return found


def causes_of(connection: Connection, decisions: ColumnElement[bool]) -> dict[int, list[Cause]]:
    """Return causes by decision id, in order; ``decisions`` is a condition on ``Decision`` and ``Meeting``."""
    kept = (
        select(DecisionCause.decision_id, DecisionCause.kind_code, DecisionCause.reference)
        .join(Decision, Decision.id == DecisionCause.decision_id)
        .join(Meeting, Meeting.id == Decision.meeting_id)
        .where(decisions)
    )
    found: dict[int, list[Cause]] = {}
    for decision_id, kind, reference in connection.execute(kept):
        found.setdefault(decision_id, []).append(Cause(DecisionCauseKind(kind), reference))
    return {decision_id: sorted(causes) for decision_id, causes in found.items()}


def add_causes(connection: Connection, causes: Sequence[Cause], *, decision_id: int) -> None:
    """Store the causes of a new decision."""
    rows = [{"decision_id": decision_id, "kind_code": cause.kind, "reference": cause.reference} for cause in causes]
    if rows:
        connection.execute(insert(DecisionCause), rows)


def _ids(references: Iterable[str]) -> set[int]:
    """Return those references that are ids of rows."""
    return {int(text) for text in references if text.isascii() and text.isdigit() and len(text) <= _LONGEST_ID}


# Key, number and title of the things of a kind that are in reach.
_Things = Select[*tuple[Any, ...]]


def _memoranda(row_filter: RowFilter, _today: date) -> _Things:
    return select(Memorandum.id, Memorandum.number, Memorandum.title).where(row_filter.memoranda())


def _obligations(row_filter: RowFilter, _today: date) -> _Things:
    obligations = select(Obligation.id, Memorandum.number, Obligation.text)
    return obligations.join(Memorandum, Memorandum.id == Obligation.memorandum_id).where(row_filter.memoranda())


def _requests(row_filter: RowFilter, _today: date) -> _Things:
    request = InformationRequest
    return select(request.id, request.number, request.topic).where(row_filter.districts(request.district_soato))


def _decisions(row_filter: RowFilter, _today: date) -> _Things:
    decisions = select(Decision.public_id, Meeting.number, Decision.text)
    return decisions.join(Meeting, Meeting.id == Decision.meeting_id).where(row_filter.meetings())


def _recommendations(row_filter: RowFilter, today: date) -> _Things:
    """Titles of recommendations, without a number: that of its event would tell whose a confidential one is."""
    return select(Recommendation.public_id, null(), Recommendation.text).where(is_shown_to_leaders(row_filter, today))


_NAMED: Mapping[DecisionCauseKind, Callable[[RowFilter, date], _Things]] = {
    _KIND.MEMORANDUM: _memoranda,
    _KIND.OBLIGATION: _obligations,
    _KIND.REQUEST: _requests,
    _KIND.DECISION: _decisions,
    _KIND.RECOMMENDATION: _recommendations,
}
_PUBLIC = frozenset({_KIND.RECOMMENDATION, _KIND.DECISION})
