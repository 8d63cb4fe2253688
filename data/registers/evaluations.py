"""Register of evaluations by the NGOs."""

from __future__ import annotations

import uuid
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, Date, Row, Select, and_, bindparam, func, select, update

from data.codes import (
    EvaluationItem,
    EvaluationState,
    EventState,
    Problem,
    RecommendationState,
    Visibility,
    WouldRepeat,
)
from data.dates import clock
from data.language import N_, Wording
from data.policy import Action
from data.registers.declaration import FieldKind, RegisterSheet, SheetField
from data.registers.events import EventRegister
from data.registers.register import Known, Record, RecordRegister, audited
from data.registers.shared import (
    COUNT_NOTE,
    DATE_NOTE,
    DISTRICT_HEADING,
    DISTRICT_NOTE,
    EVENT_NUMBER,
    LIST_NOTE,
    NGO_STIR,
    PRIVATE_NOTE,
)
from data.schema import AuditEntry, ConfidentialBatchMember, Evaluation, EvaluationProblem, Recommendation
from data.settings import get_settings
from data.texts.search_keys import search_key
from data.workbook import errors
from data.workbook.cells.parsing import ParsedChoice
from data.workbook.cells.text_matching import number_key
from data.workbook.database import AuditedWriter, RecordAction, WriteSource, audit_code, rows_where
from data.workbook.errors import CellError, WorkbookError
from data.workbook.import_context import ImportContext, Key
from data.workbook.import_scope import ImportScope
from data.workbook.rows import ChangedValue, ReadRow

RATING_NOTE = N_("A rating from 1 to 5, or - where it is not applicable.")
EvaluationKey = tuple[Key, str]
"""The event, and the STIR of the NGO."""


@dataclass(frozen=True)
class EvaluationValues:
    """Values of an evaluation besides event and NGO; ``marks`` in the order of the items."""

    marks: tuple[int | None, ...]
    would_repeat: WouldRepeat | None = None
    participants_counted: int | None = None
    problems: tuple[ParsedChoice, ...] = ()
    comment: str = ""
    recommendation: str = ""
    visibility: Visibility = Visibility.CONFIDENTIAL
    submitted_date: date | None = None


@dataclass(frozen=True)
class KnownEvaluation(Known[EvaluationValues]):
    """Current version of an evaluation in the database.

    ``is_protected``: the NGO sent it itself, confidentially, so an import neither changes nor reveals it.
    ``is_released``: it or an earlier version is in a batch of confidential ones.
    """

    version: int = 1
    is_protected: bool = False
    is_released: bool = False


class EvaluationRegister(RecordRegister[EvaluationKey, EvaluationValues]):
    """Evaluations of held events; a corrected one becomes a new version, and the old one is kept."""

    sheet = RegisterSheet(
        "evaluations",
        Wording("Evaluations"),
        Wording("Evaluations by NGOs"),
        key="event",
        written_by=Action.EDIT_REFERENCE,
        fields=(
            SheetField("event", FieldKind.NUMBER, EVENT_NUMBER, is_required=True, also=("event_number", "number")),
            NGO_STIR,
            SheetField("district", FieldKind.DISTRICT, DISTRICT_HEADING, note=DISTRICT_NOTE, also=("district",)),
            SheetField("submitted_date", FieldKind.DATE, Wording("Evaluated on"), note=DATE_NOTE),
            SheetField("mark_preparation", FieldKind.RATING, Wording("Preparation"), note=RATING_NOTE),
            SheetField("mark_readiness", FieldKind.RATING, Wording("Inspector's readiness"), note=RATING_NOTE),
            SheetField(
                "mark_timeliness",
                FieldKind.RATING,
                Wording("Information in time", "workbook evaluations"),
                note=RATING_NOTE,
            ),
            SheetField("mark_roles", FieldKind.RATING, Wording("Division of roles"), note=RATING_NOTE),
            SheetField("mark_resources", FieldKind.RATING, Wording("Resources"), note=RATING_NOTE),
            SheetField("mark_needs", FieldKind.RATING, Wording("Fit to the needs"), note=RATING_NOTE),
            SheetField("mark_result", FieldKind.RATING, Wording("Result"), note=RATING_NOTE),
            SheetField("would_repeat", FieldKind.CHOICE, Wording("Would you hold it again"), choices=WouldRepeat),
            SheetField("participants_counted", FieldKind.COUNT, Wording("Participants"), note=COUNT_NOTE),
            SheetField("problems", FieldKind.CHOICES, Wording("Problems"), choices=Problem, note=LIST_NOTE),
            SheetField("comment", FieldKind.TEXT, Wording("Comment"), note=PRIVATE_NOTE),
            SheetField(
                "recommendation",
                FieldKind.TEXT,
                Wording("Recommendation"),
                note=PRIVATE_NOTE,
                column="recommendation_text",
            ),
            SheetField(
                "visibility",
                FieldKind.CHOICE,
                Wording("Visibility"),
                choices=Visibility,
                note=N_("Named: the district sees it. Confidential (also where empty): only within sums of several."),
            ),
        ),
    )
    model, values_type, key_field = Evaluation, EvaluationValues, "event"
    apart = ("event", "stir", "district", *(f"mark_{item}" for item in EvaluationItem))
    contradiction = errors.REPEATED_EVALUATION

    def __init__(self, context: ImportContext, events: EventRegister) -> None:
        super().__init__(context)
        self._events = events

    def statement(self) -> Select[*tuple[Any, ...]]:
        """Query of all current versions, with the progress of their recommendations."""
        query = super().statement().add_columns(Recommendation.text.label("recommendation"))
        query = query.outerjoin(Recommendation, Recommendation.evaluation_id == Evaluation.id)
        return query.where(Evaluation.is_current)

    def rows(self, connection: Connection, scope: ImportScope) -> Iterable[Row[*tuple[Any, ...]]]:
        """Evaluations of the events that the sheet names; also loads which of them are protected or released."""
        is_named = scope.has(self.sheet.code)
        self._event_keys = {known.id: key for key, known in self._events.known.items()} if is_named else {}
        rows = list(rows_where(connection, self.statement(), Evaluation.event_id, self._event_keys))
        ids = [row.id for row in rows]
        self._problems: dict[int, list[ParsedChoice]] = defaultdict(list)
        problems = select(EvaluationProblem.__table__)
        for problem in rows_where(connection, problems, EvaluationProblem.evaluation_id, ids):
            chosen = ParsedChoice(Problem(problem.problem_code), problem.other_text)
            self._problems[problem.evaluation_id].append(chosen)
        hidden = [row.id for row in rows if row.visibility_code == Visibility.CONFIDENTIAL.value]
        self._protected = {*hidden} - _entered_evaluations(connection, hidden)
        self._released = _released_evaluations(connection, ids)
        return rows

    def stored_key(self, row: Row[*tuple[Any, ...]]) -> EvaluationKey:
        """Event and NGO."""
        return self._event_keys[row.event_id], self.context.ngos.stirs[row.ngo_id]

    def stored_values(self, row: Row[*tuple[Any, ...]], **others: object) -> EvaluationValues:
        """Values of a version; its recommendation may belong to a newer one."""
        marks = tuple(getattr(row, f"mark_{item}") for item in EvaluationItem)
        problems = tuple(sorted(self._problems[row.id]))
        recommendation = row.recommendation or ""
        return super().stored_values(row, marks=marks, problems=problems, recommendation=recommendation, **others)

    def known_of(self, row: Row[*tuple[Any, ...]], key: EvaluationKey, values: EvaluationValues) -> KnownEvaluation:  # noqa: ARG002
        """Version with its protection."""
        return KnownEvaluation(
            row.id,
            values,
            version=row.version,
            is_protected=row.id in self._protected,
            is_released=row.id in self._released,
        )

    @cached_property
    def _by_number(self) -> Mapping[str, Sequence[Key]]:
        """Events of the database and the workbook by their folded numbers; available once the events are read."""
        by_number: dict[str, list[Key]] = defaultdict(list)
        for key in {**self._events.known, **self._events.records}:
            by_number[key[1]].append(key)
        return by_number

    def key_of(self, row: ReadRow) -> EvaluationKey:
        """Event that the NGO held, and the NGO."""
        number, stir = row.get("event"), str(row.get("stir"))
        found = self._by_number.get(number_key(number), ())
        if row.get("district"):
            found = [key for key in found if key[0] == row.get("district")]
        if not found:
            raise CellError(errors.UNKNOWN_EVENT, field_code="event", number=number)
        found = [key for key in found if self._events.latest(key).state is EventState.HELD]
        if not found:
            raise CellError(errors.EVENT_NOT_HELD, field_code="event", number=number)
        self.context.ngos.check([stir], field_code="stir")
        own = [key for key in found if stir in self._events.stirs_of(key)]
        if not own:
            raise CellError(errors.NOT_ITS_NGO, field_code="stir", stir=stir, number=number)
        if len(own) > 1:
            raise CellError(errors.AMBIGUOUS_EVENT, field_code="event", number=number)
        self._events.check_named(row, own[0], "event")
        return own[0], stir

    def values_of(self, row: ReadRow, key: EvaluationKey, known: Known[EvaluationValues] | None) -> EvaluationValues:
        """Values of the row; missing columns keep the known value, unless that is protected."""
        # Nothing of a protected evaluation may show: neither where a column is missing nor in what becomes of the row.
        base = known.values if known and not _is_protected(known) else None
        empty = EvaluationValues(marks=(None,) * len(EvaluationItem))
        marks = (base or empty).marks
        return self.read(
            row,
            base,
            marks=tuple(row.get(f"mark_{item}", old) for item, old in zip(EvaluationItem, marks, strict=True)),
            problems=row.get("problems", (base or empty).problems),
            visibility=row.get("visibility", (base or empty).visibility) or Visibility.CONFIDENTIAL,
            submitted_date=self._submitted(row, key[0]) or (base or empty).submitted_date,
        )

    def _submitted(self, row: ReadRow, event: Key) -> date | None:
        submitted: date | None = row.get("submitted_date")
        if submitted is not None and submitted < self._events.latest(event).event_date:
            raise CellError(errors.EVALUATED_BEFORE, field_code="submitted_date")
        if submitted is not None and submitted > self.context.today:
            raise CellError(errors.EVALUATED_IN_FUTURE, field_code="submitted_date")
        return submitted

    def is_change(self, known: Known[EvaluationValues] | None, values: EvaluationValues) -> bool:
        """Whether there is anything to write; a protected evaluation never changes."""
        return not (known and _is_protected(known)) and super().is_change(known, values)

    def check_change(
        self, row: ReadRow, known: Known[EvaluationValues], values: EvaluationValues, *, is_change: bool
    ) -> None:
        """Raise :class:`CellError` where a released evaluation would become named."""
        if _is_protected(known):
            row.warn(errors.PROTECTED)
        elif is_change and isinstance(known, KnownEvaluation) and known.is_released and _is_named(values):
            raise CellError(errors.RELEASED, field_code="visibility")
        super().check_change(row, known, values, is_change=is_change)

    def check_blanks(self, row: ReadRow, old: EvaluationValues, new: EvaluationValues) -> None:
        """Warn of empty cells; of a confidential evaluation nothing may show what they remove."""
        if _is_named(old) and _is_named(new):
            super().check_blanks(row, old, new)
        elif any(row.is_empty(code) for code in row.values):
            row.warn(errors.CONFIDENTIAL_EMPTIED)

    def value_of(self, values: EvaluationValues, code: str) -> object:
        """Value of a field; ratings by their items."""
        ratings = dict(zip((f"mark_{item}" for item in EvaluationItem), values.marks, strict=True))
        return ratings[code] if code in ratings else super().value_of(values, code)

    def audited(self, key: EvaluationKey, values: EvaluationValues) -> dict[str, Any]:
        """Values and NGO for the audit log; of a confidential evaluation only its existence, not its content."""
        told = audited(values) | {"stirs": [key[1]]}
        return told if _is_named(values) else {name: told[name] for name in ("visibility", "submitted_date", "stirs")}

    def changes(
        self, row: ReadRow, key: EvaluationKey, old: EvaluationValues, new: EvaluationValues
    ) -> list[ChangedValue]:
        """Changed fields with each rating for itself; none of the content where either version is confidential."""
        found = super().changes(row, key, old, new)
        if not (_is_named(old) and _is_named(new)):
            return found
        ratings = zip(EvaluationItem, old.marks, new.marks, strict=True)
        return [*found, *(ChangedValue(f"mark_{item}", one, other) for item, one, other in ratings if one != other)]

    def key_columns(self, record: Record[EvaluationKey, EvaluationValues]) -> Mapping[str, Any]:
        """Event, NGO and version."""
        event, stir = record.key
        return {
            "event_id": self._events.ids[event],
            "ngo_id": self.context.ngos.ids[stir],
            "version": record.known.version + 1 if isinstance(record.known, KnownEvaluation) else 1,
        }

    def write(self, writer: AuditedWriter) -> None:
        """Add evaluations; a known one becomes an old version and is kept. Raises :class:`WorkbookError`."""
        records = self.changed_records()
        known = [record.known.id for record in records if record.known]
        writer.update(Evaluation, [{"key": evaluation_id, "is_current": False} for evaluation_id in known])
        # Asked after the rows are held, as where the NGO corrects its evaluation itself.
        named = [record.known.id for record in records if record.known and _is_named(record.values)]
        if _released_evaluations(writer.connection, named):
            raise WorkbookError(errors.RELEASED_MEANWHILE)
        window_days = get_settings().evaluation_window_days
        ids = writer.insert(Evaluation, [self._row(record, window_days) for record in records])
        stored = list(zip(records, ids, strict=True))
        writer.insert_plain(EvaluationProblem, _problem_rows(stored))
        self._write_recommendations(writer, stored)
        added = [
            (new_id, None, self.audited(record.key, record.values)) for record, new_id in stored if not record.known
        ]
        writer.audit(RecordAction.ADDED, "evaluation", added)
        corrected = [
            (new_id, self.audited(record.key, record.known.values), self.audited(record.key, record.values))
            for record, new_id in stored
            if record.known
        ]
        writer.audit(RecordAction.CORRECTED, "evaluation", corrected)

    def _row(self, record: Record[EvaluationKey, EvaluationValues], window_days: int) -> dict[str, Any]:
        now, values, event = clock.now(), record.values, record.key[0]
        days = (values.submitted_date - self._events.latest(event).event_date).days if values.submitted_date else 0
        return {
            **self.key_columns(record),
            **self.columns_of(record, event[0]),
            **{f"mark_{item}": mark for item, mark in zip(EvaluationItem, values.marks, strict=True)},
            "submission_id": str(uuid.uuid4()),
            "is_current": True,
            "state_code": EvaluationState.SUBMITTED.value,
            "is_late": days > window_days,
            "created_at": now,
            "submitted_at": now,
            "submitted_date": values.submitted_date or self.context.today,
        }

    def _write_recommendations(
        self, writer: AuditedWriter, stored: Sequence[tuple[Record[EvaluationKey, EvaluationValues], int]]
    ) -> None:
        """Write recommendations: with unchanged text it moves to the new version with its answer; another text is a new
        one.
        """
        rows, moved = [], []
        for record, evaluation_id in stored:
            text = record.values.recommendation
            created_date = record.values.submitted_date or self.context.today
            released_date = created_date if _is_named(record.values) else None
            if record.known and text and search_key(record.known.values.recommendation) == search_key(text):
                moved.append({"old_id": record.known.id, "new_id": evaluation_id, "new_date": released_date})
            elif text:
                rows.append(
                    {
                        "evaluation_id": evaluation_id,
                        "district_soato": record.key[0][0],
                        "text": text,
                        "created_date": created_date,
                        "released_date": released_date,
                        "state_code": RecommendationState.NEW.value,
                    }
                )
        if moved:
            statement = update(Recommendation).where(Recommendation.evaluation_id == bindparam("old_id"))
            released = func.coalesce(Recommendation.released_date, bindparam("new_date", type_=Date()))
            writer.connection.execute(
                statement.values(evaluation_id=bindparam("new_id"), released_date=released), moved
            )
        writer.insert_plain(Recommendation, rows)


def _is_protected(known: Known[EvaluationValues]) -> bool:
    return isinstance(known, KnownEvaluation) and known.is_protected


def _is_named(values: EvaluationValues) -> bool:
    return values.visibility is Visibility.NAMED


def _problem_rows(stored: Sequence[tuple[Record[Any, EvaluationValues], int]]) -> list[dict[str, Any]]:
    """Rows of the problems of evaluations, given with the ids under which these were stored."""
    return [
        {"evaluation_id": evaluation_id, "problem_code": code.value, "other_text": text}
        for record, evaluation_id in stored
        for code, text in _problems(record.values).items()
    ]


def _problems(values: EvaluationValues) -> dict[Problem, str]:
    """Problems by code; several others are merged, their texts joined."""
    found: dict[Problem, str] = {}
    for chosen in values.problems:
        code = Problem(chosen.code)
        found[code] = "; ".join(text for text in (found.get(code, ""), chosen.text) if text)
    return found


def _released_evaluations(connection: Connection, evaluation_ids: Collection[int]) -> set[int]:
    """Ids of those evaluations whose event and NGO are in a released batch of confidential ones."""
    same = and_(
        ConfidentialBatchMember.event_id == Evaluation.event_id, ConfidentialBatchMember.ngo_id == Evaluation.ngo_id
    )
    released = select(Evaluation.id).join(ConfidentialBatchMember, same)
    return {row.id for row in rows_where(connection, released, Evaluation.id, evaluation_ids)}


def _entered_evaluations(connection: Connection, evaluation_ids: Collection[int]) -> set[int]:
    """Ids of those evaluations that an NGO did not send itself, according to the audit log."""
    entries = select(AuditEntry.entity_id).where(
        AuditEntry.entity == "evaluation",
        AuditEntry.action_code.in_([audit_code(source, action) for source in WriteSource for action in RecordAction]),
    )
    keys = [str(evaluation_id) for evaluation_id in evaluation_ids]
    return {int(row.entity_id) for row in rows_where(connection, entries, AuditEntry.entity_id, keys)}
