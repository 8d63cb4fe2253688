"""Judges the rows of the sheet of evaluations and plans what is to be written of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from data.codes import EvaluationItem, EventState, Visibility, WouldRepeat
from data.workbook import faults
from data.workbook.events import EventPlan
from data.workbook.faults import CellError
from data.workbook.folding import number_key
from data.workbook.memoranda import MemorandumJudge
from data.workbook.planning import ReadRow, Verdict
from data.workbook.records import EvaluationValues, EventValues, Key, KnownEvaluation, Standing, same_values


@dataclass(frozen=True)
class EvaluatedEvent:
    """An event that may be evaluated: of the database, or of the same workbook."""

    key: Key
    values: EventValues
    stirs: frozenset[str]
    known_id: int | None


@dataclass(frozen=True)
class EvaluationPlan:
    """An evaluation as the workbook has it."""

    event: EvaluatedEvent
    stir: str
    values: EvaluationValues
    row: int
    known: KnownEvaluation | None
    is_to_write: bool


class EvaluationJudge:
    """Judges rows one after the other; ``plans`` grows with those accepted."""

    def __init__(
        self, standing: Standing, memoranda: MemorandumJudge, events: Mapping[Key, EventPlan], today: date
    ) -> None:
        self._standing = standing
        self._memoranda = memoranda
        self._today = today
        self._by_number = _events_by_number(standing, events)
        self.plans: dict[tuple[Key, str], EvaluationPlan] = {}

    def __call__(self, row: ReadRow) -> Verdict:
        """Accept the row, or call it a repeat. Raises :class:`CellError` with the column at fault."""
        stir = str(row.get("stir"))
        event = self._event(row, stir)
        known = self._standing.evaluations.get((event.known_id, stir)) if event.known_id is not None else None
        is_sealed = known is not None and known.is_sealed
        # Nothing of a sealed evaluation may show: neither where a column is missing nor in what becomes of the row.
        values = self._values(row, event, None if is_sealed else known)
        earlier = self.plans.get((event.key, stir))
        if earlier is not None:
            if same_values(earlier.values, values):
                return Verdict.DUPLICATE
            raise CellError(faults.REPEATED_EVALUATION, column_code="event", row=earlier.row)
        is_to_write = not is_sealed and (known is None or not same_values(known.values, values))
        if known is not None and is_to_write and known.is_released and values.visibility is Visibility.NAMED:
            raise CellError(faults.RELEASED, column_code="visibility")
        self.plans[event.key, stir] = EvaluationPlan(event, stir, values, row.number, known, is_to_write)
        if is_sealed:
            row.warn(faults.SEALED)
        elif known is not None and is_to_write:
            row.warn(faults.CORRECTED)
        return Verdict.ACCEPTED if is_to_write else Verdict.DUPLICATE

    def _event(self, row: ReadRow, stir: str) -> EvaluatedEvent:
        number = row.get("event")
        found: Sequence[EvaluatedEvent] = self._by_number.get(number_key(number), ())
        if row.get("district"):
            found = [event for event in found if event.key[0] == row.get("district")]
        if not found:
            raise CellError(faults.UNKNOWN_EVENT, column_code="event", number=number)
        found = [event for event in found if event.values.state is EventState.HELD]
        if not found:
            raise CellError(faults.EVENT_NOT_HELD, column_code="event", number=number)
        if stir not in self._standing.ngo_ids and stir not in self._memoranda.new_ngos:
            raise CellError(faults.UNKNOWN_NGO, column_code="stir", stir=stir)
        own = [event for event in found if stir in event.stirs]
        if not own:
            raise CellError(faults.NOT_ITS_NGO, column_code="stir", stir=stir, number=number)
        if len(own) > 1:
            raise CellError(faults.AMBIGUOUS_EVENT, column_code="event", number=number)
        return own[0]

    def _values(self, row: ReadRow, event: EvaluatedEvent, known: KnownEvaluation | None) -> EvaluationValues:
        """What the row says; columns that are not there keep what is known."""
        base = known.values if known else EvaluationValues(marks=(None,) * len(EvaluationItem))
        repeat = row.get("would_repeat", base.would_repeat)
        return EvaluationValues(
            marks=tuple(row.get(f"mark_{item}", old) for item, old in zip(EvaluationItem, base.marks, strict=True)),
            would_repeat=WouldRepeat(repeat) if repeat else None,
            participants_counted=row.get("participants_counted", base.participants_counted),
            problems=row.get("problems", base.problems),
            comment=row.get("comment", base.comment),
            recommendation=row.get("recommendation", base.recommendation),
            visibility=Visibility(row.get("visibility", base.visibility) or Visibility.CONFIDENTIAL),
            submitted_date=self._submitted(row, event) or base.submitted_date,
        )

    def _submitted(self, row: ReadRow, event: EvaluatedEvent) -> date | None:
        submitted: date | None = row.get("submitted_date")
        if submitted is not None and submitted < event.values.event_date:
            raise CellError(faults.EVALUATED_BEFORE, column_code="submitted_date")
        if submitted is not None and submitted > self._today:
            raise CellError(faults.EVALUATED_IN_FUTURE, column_code="submitted_date")
        return submitted


def _events_by_number(standing: Standing, plans: Mapping[Key, EventPlan]) -> dict[str, list[EvaluatedEvent]]:
    found = {key: EvaluatedEvent(key, event.values, event.stirs, event.id) for key, event in standing.events.items()}
    for key, plan in plans.items():
        found[key] = EvaluatedEvent(key, plan.values, plan.all_stirs, plan.known.id if plan.known else None)
    by_number: dict[str, list[EvaluatedEvent]] = defaultdict(list)
    for event in found.values():
        by_number[event.key[1]].append(event)
    return by_number
