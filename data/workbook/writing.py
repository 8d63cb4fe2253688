"""Writes what the judges planned, in bulk and in the caller's transaction, with an audit entry a written row."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Connection, func, insert, update

from data import audit, clock
from data.codes import EvaluationItem, EvaluationState, Problem, RecommendationState, Visibility
from data.schema import (
    Evaluation,
    EvaluationProblem,
    JointEvent,
    JointEventNgo,
    Mahalla,
    Memorandum,
    MemorandumDirection,
    MemorandumNgo,
    MemorandumSupport,
    Ngo,
    Recommendation,
)
from data.schema.base import Base
from data.text import search_key
from data.workbook.cells import Chosen
from data.workbook.evaluations import EvaluationPlan
from data.workbook.events import EventPlan
from data.workbook.memoranda import MemorandumPlan
from data.workbook.records import EvaluationValues, EventValues, Key, MemorandumValues, NewNgo, Standing

ACTION_ADDED, ACTION_CORRECTED = "import_added", "import_corrected"
Entry = tuple[object, Mapping[str, Any] | None, Mapping[str, Any] | None]


def _insert(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> list[int]:
    """Insert rows and give their ids in the same order."""
    if not rows:
        return []
    statement = insert(model).returning(model.__table__.c.id, sort_by_parameter_order=True)
    return list(connection.execute(statement, list(rows)).scalars())


def _insert_plain(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    if rows:
        connection.execute(insert(model), list(rows))


def _audited(values: object, stirs: Iterable[str] = ()) -> dict[str, Any]:
    """Values as the audit log holds them: plain codes, and dates by :mod:`data.audit`."""

    def plain(value: object) -> object:
        if isinstance(value, Chosen):
            return value.code.value
        if isinstance(value, dict):
            return value.get("code", value)
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    held = {key: plain(value) for key, value in asdict(values).items()}  # type: ignore[call-overload]
    return {**held, "stirs": sorted(stirs)} if stirs else held


def _audited_evaluation(values: EvaluationValues, stir: str) -> dict[str, Any]:
    """As :func:`_audited`; of a confidential one that it is there, not what it says."""
    audited = _audited(values, [stir])
    if values.visibility is Visibility.NAMED:
        return audited
    return {key: audited[key] for key in ("visibility", "submitted_date", "stirs")}


class Writer:
    """Writes plans in the order of their dependence; ``standing`` learns the ids of what was added."""

    def __init__(self, connection: Connection, standing: Standing, *, actor: str, today: date) -> None:
        self._connection = connection
        self._standing = standing
        self._actor = actor
        self._today = today
        self._memorandum_ids: dict[Key, int] = {key: known.id for key, known in standing.memoranda.items()}
        self._event_ids: dict[Key, int] = {key: known.id for key, known in standing.events.items()}

    def _record(self, action: str, entity: str, entries: Sequence[Entry]) -> None:
        audit.record_many(self._connection, actor=self._actor, action=action, entity=entity, entries=entries)

    def ngos(self, new: Iterable[NewNgo]) -> None:
        """Add the NGOs that the database lacks."""
        rows = [asdict(ngo) for ngo in new]
        ids = _insert(self._connection, Ngo, rows)
        self._standing.ngo_ids.update({row["stir"]: ngo_id for row, ngo_id in zip(rows, ids, strict=True)})
        self._record(ACTION_ADDED, "ngo", [(ngo_id, None, row) for row, ngo_id in zip(rows, ids, strict=True)])

    def mahallas(self, new: Mapping[Key, str]) -> None:
        """Add the mahallas that the directory lacks, by district and key, with their names."""
        rows = [
            {"district_soato": district, "name": name, "name_key": search_key(name)}
            for (district, _), name in new.items()
        ]
        ids = _insert(self._connection, Mahalla, rows)
        self._standing.mahalla_ids.update(zip(new, ids, strict=True))
        self._record(ACTION_ADDED, "mahalla", [(key, None, row) for key, row in zip(ids, rows, strict=True)])

    def memoranda(self, plans: Sequence[MemorandumPlan]) -> None:
        """Add new memoranda; bring known ones to what the workbook says, keeping NGOs that it does not name."""
        added = [plan for plan in plans if plan.known is None]
        rows = [
            {**_memorandum_row(plan.values), "district_soato": plan.key[0], "number": plan.number} for plan in added
        ]
        ids = _insert(self._connection, Memorandum, rows)
        self._memorandum_ids.update({plan.key: new_id for plan, new_id in zip(added, ids, strict=True)})
        corrected = [plan for plan in plans if plan.known is not None]
        for plan in corrected:
            self._correct_memorandum(plan)
        self._memorandum_links(plans)
        entries = [(self._memorandum_ids[plan.key], None, _audited(plan.values, plan.stirs)) for plan in added]
        self._record(ACTION_ADDED, "memorandum", entries)
        self._record(
            ACTION_CORRECTED,
            "memorandum",
            [
                (plan.known.id, _audited(plan.known.values, plan.known.stirs), _audited(plan.values, plan.stirs))
                for plan in corrected
                if plan.known
            ],
        )

    def _correct_memorandum(self, plan: MemorandumPlan) -> None:
        memorandum_id = self._memorandum_ids[plan.key]
        statement = update(Memorandum).where(Memorandum.id == memorandum_id)
        self._connection.execute(statement.values(**_memorandum_row(plan.values)))
        for model in (MemorandumDirection, MemorandumSupport):
            table = model.__table__
            self._connection.execute(table.delete().where(table.c.memorandum_id == memorandum_id))  # type: ignore[attr-defined]

    def _memorandum_links(self, plans: Sequence[MemorandumPlan]) -> None:
        ngos, directions, supports = [], [], []
        for plan in plans:
            link = {"memorandum_id": self._memorandum_ids[plan.key]}
            known = plan.known.stirs if plan.known else frozenset()
            ngos += [{**link, "ngo_id": self._standing.ngo_ids[stir]} for stir in sorted(plan.stirs - known)]
            directions += [{**link, "direction_code": code.value} for code in plan.values.directions]
            supports += [{**link, "support_code": code.value} for code in plan.values.supports]
        _insert_plain(self._connection, MemorandumNgo, ngos)
        _insert_plain(self._connection, MemorandumDirection, directions)
        _insert_plain(self._connection, MemorandumSupport, supports)

    def events(self, plans: Sequence[EventPlan]) -> None:
        """Add new events; bring known ones to what the workbook says, keeping NGOs that it does not name."""
        added = [plan for plan in plans if plan.known is None]
        ids = _insert(
            self._connection,
            JointEvent,
            [{**self._event_row(plan), "district_soato": plan.key[0], "number": plan.number} for plan in added],
        )
        self._event_ids.update({plan.key: new_id for plan, new_id in zip(added, ids, strict=True)})
        corrections: list[Entry] = []
        for plan in plans:
            if plan.known is not None:
                statement = update(JointEvent).where(JointEvent.id == plan.known.id)
                self._connection.execute(statement.values(**self._event_row(plan)))
                before, after = _audited(plan.known.values, plan.known.stirs), _audited(plan.values, plan.all_stirs)
                corrections.append((plan.known.id, before, after))
        self._event_ngos(plans)
        entries = [(self._event_ids[plan.key], None, _audited(plan.values, plan.stirs)) for plan in added]
        self._record(ACTION_ADDED, "joint_event", entries)
        self._record(ACTION_CORRECTED, "joint_event", corrections)

    def _event_ngos(self, plans: Sequence[EventPlan]) -> None:
        links = []
        for plan in plans:
            known = plan.known.stirs if plan.known else frozenset()
            event_id = self._event_ids[plan.key]
            links += [
                {"event_id": event_id, "ngo_id": self._standing.ngo_ids[stir]} for stir in sorted(plan.stirs - known)
            ]
        _insert_plain(self._connection, JointEventNgo, links)

    def _event_row(self, plan: EventPlan) -> dict[str, Any]:
        district, values = plan.key[0], plan.values
        row: dict[str, Any] = {
            "mahalla_id": self._standing.mahalla_ids[district, values.mahalla] if values.mahalla else None,
            "memorandum_id": self._memorandum_ids[district, values.memorandum] if values.memorandum else None,
        }
        return row | _event_columns(values)

    def evaluations(self, plans: Sequence[EvaluationPlan], *, window_days: int) -> None:
        """Add evaluations; a known one becomes an old version and stays."""
        outdated = [plan.known.id for plan in plans if plan.known]
        for evaluation_id in outdated:
            statement = update(Evaluation).where(Evaluation.id == evaluation_id)
            self._connection.execute(statement.values(is_current=False))
        ids = _insert(self._connection, Evaluation, [self._evaluation_row(plan, window_days) for plan in plans])
        by_plan = list(zip(plans, ids, strict=True))
        _insert_plain(self._connection, EvaluationProblem, _problem_rows(by_plan))
        self._recommendations(by_plan)
        self._record(
            ACTION_ADDED,
            "evaluation",
            [(new_id, None, _audited_evaluation(plan.values, plan.stir)) for plan, new_id in by_plan if not plan.known],
        )
        self._record(
            ACTION_CORRECTED,
            "evaluation",
            [
                (new_id, _audited_evaluation(plan.known.values, plan.stir), _audited_evaluation(plan.values, plan.stir))
                for plan, new_id in by_plan
                if plan.known
            ],
        )

    def _evaluation_row(self, plan: EvaluationPlan, window_days: int) -> dict[str, Any]:
        now, values = clock.now(), plan.values
        event_date = plan.event.values.event_date
        is_late = values.submitted_date is not None and (values.submitted_date - event_date).days > window_days
        return {
            "submission_id": str(uuid.uuid4()),
            "event_id": self._event_ids[plan.event.key],
            "ngo_id": self._standing.ngo_ids[plan.stir],
            "version": plan.known.version + 1 if plan.known else 1,
            "is_current": True,
            "state_code": EvaluationState.SUBMITTED.value,
            **{f"mark_{item}": mark for item, mark in zip(EvaluationItem, values.marks, strict=True)},
            "would_repeat_code": values.would_repeat.value if values.would_repeat else None,
            "participants_counted": values.participants_counted,
            "comment": values.comment,
            "recommendation_text": values.recommendation,
            "visibility_code": values.visibility.value,
            "is_late": is_late,
            "created_at": now,
            "submitted_at": now,
            "submitted_date": values.submitted_date or self._today,
        }

    def _recommendations(self, plans: Sequence[tuple[EvaluationPlan, int]]) -> None:
        """A recommendation with the same words moves to the new version with its answer; other words are a new one."""
        rows = []
        for plan, evaluation_id in plans:
            text, created_date = plan.values.recommendation, plan.values.submitted_date or self._today
            released_date = created_date if plan.values.visibility is Visibility.NAMED else None
            if plan.known and text and search_key(plan.known.values.recommendation) == search_key(text):
                statement = update(Recommendation).where(Recommendation.evaluation_id == plan.known.id)
                released = func.coalesce(Recommendation.released_date, released_date)
                self._connection.execute(statement.values(evaluation_id=evaluation_id, released_date=released))
            elif text:
                rows.append(
                    {
                        "evaluation_id": evaluation_id,
                        "district_soato": plan.event.key[0],
                        "text": text,
                        "created_date": created_date,
                        "released_date": released_date,
                        "state_code": RecommendationState.NEW.value,
                    }
                )
        _insert_plain(self._connection, Recommendation, rows)


def _memorandum_row(values: MemorandumValues) -> dict[str, Any]:
    return {
        "title": values.title,
        "signed_date": values.signed_date,
        "start_date": values.start_date,
        "expiry_date": values.expiry_date,
    }


def _event_columns(values: EventValues) -> dict[str, Any]:
    return {
        "event_date": values.event_date,
        "direction_code": values.direction.value,
        "form_code": values.form.value,
        "title": values.title,
        "participants_total": values.participants_total,
        "participants_young": values.participants_young,
        "participants_women": values.participants_women,
        "participants_at_risk": values.participants_at_risk,
        "participants_victims": values.participants_victims,
        "state_code": values.state.value,
        "cancel_reason": values.cancel_reason,
    }


def _problem_rows(plans: Sequence[tuple[EvaluationPlan, int]]) -> list[dict[str, Any]]:
    return [
        {"evaluation_id": evaluation_id, "problem_code": code.value, "other_text": text}
        for plan, evaluation_id in plans
        for code, text in _problems(plan.values).items()
    ]


def _problems(values: EvaluationValues) -> dict[Problem, str]:
    """The problems by code; several others are one, with their words joined."""
    found: dict[Problem, str] = {}
    for chosen in values.problems:
        code = Problem(chosen.code)
        found[code] = "; ".join(text for text in (found.get(code, ""), chosen.text) if text)
    return found
