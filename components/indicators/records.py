"""Addresses of the records behind indicators."""

from __future__ import annotations

from collections.abc import Mapping

from components.shell.address import Param, link_to
from components.shell.chrome import (
    EVALUATIONS_ADDRESS,
    MEETING_ADDRESS,
    MEMORANDA_ADDRESS,
    PLAN_ADDRESS,
    REGISTERS_ADDRESS,
    REQUESTS_ADDRESS,
)
from components.shell.filters import EvaluationsPart
from data.codes import EntryState
from data.indicators import INDICATORS
from data.indicators.declaration import RecordKind
from data.policy import Action, Actor, may

_EVENTS = (PLAN_ADDRESS, {Param.VIEW: "list", Param.STATE: EntryState.HELD.value})
_PLACES: Mapping[RecordKind, tuple[str, Mapping[Param, str]]] = {
    RecordKind.MEMORANDA_IN_FORCE: (MEMORANDA_ADDRESS, {}),
    RecordKind.MEMORANDA_JUDGED: (MEMORANDA_ADDRESS, {}),
    RecordKind.OBLIGATIONS: (MEMORANDA_ADDRESS, {}),
    RecordKind.PLAN_ITEMS: (PLAN_ADDRESS, {Param.VIEW: "list"}),
    RecordKind.EVENTS: _EVENTS,
    RecordKind.EVENTS_WAITED: (EVALUATIONS_ADDRESS, {Param.PART: EvaluationsPart.COVERAGE.value}),
    RecordKind.REQUESTS: (REQUESTS_ADDRESS, {}),
    RecordKind.DECISIONS: (MEETING_ADDRESS, {}),
    RecordKind.SUPPORT: (REGISTERS_ADDRESS, {Param.REGISTER: "supports"}),
    RecordKind.TRAININGS: (REGISTERS_ADDRESS, {Param.REGISTER: "trainings"}),
    RecordKind.OFFENCES: (REGISTERS_ADDRESS, {Param.REGISTER: "offences"}),
    RecordKind.CRIME_FREE_MAHALLAS: (REGISTERS_ADDRESS, {Param.REGISTER: "offences"}),
}
# What NGOs say has no list of records that everyone may read; its parts stand on their own page.
_SAID: Mapping[str, EvaluationsPart] = {
    "recommendations_closed": EvaluationsPart.RECOMMENDATIONS,
}


_ACTIONS = {EVALUATIONS_ADDRESS: Action.SEE_EVALUATIONS, MEETING_ADDRESS: Action.SEE_MEETINGS}


def records_address(code: str, actor: Actor) -> str:
    """Return the address of the records that an indicator counts, in the chosen area; "" where the actor sees none."""
    records = INDICATORS[code].records
    said = (EVALUATIONS_ADDRESS, {Param.PART: _SAID.get(code, EvaluationsPart.RATINGS).value})
    path, params = _PLACES[records.kind] if records else said
    if not may(actor, _ACTIONS.get(path, Action.SEE_RECORDS)):
        return ""
    return link_to(path, **{param.value: value for param, value in params.items()})
