"""Writes what the judges planned, in bulk and in the caller's transaction, with an audit entry a written row."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Connection, Date, bindparam, delete, func, insert, update

from data import audit, clock
from data.codes import EvaluationItem, EvaluationState, RecommendationState, Visibility
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
from data.workbook import faults
from data.workbook.evaluations import EvaluationPlan
from data.workbook.events import EventPlan
from data.workbook.faults import WorkbookError
from data.workbook.memoranda import MemorandumPlan
from data.workbook.records import ACTION_ADDED, ACTION_CORRECTED, EvaluationValues, Key, NewNgo, Standing
from data.workbook.sealing import released_evaluations
from data.workbook.stored import audited, event_columns, memorandum_row, problem_rows

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


def _update(connection: Connection, model: type[Base], rows: Sequence[dict[str, Any]]) -> None:
    """Set the columns of ``rows`` where the id is their ``key``; all rows have the same columns."""
    if rows:
        table = model.__table__
        named: dict[str, BindParameter[Any]] = {name: bindparam(name) for name in rows[0] if name != "key"}
        connection.execute(update(model).where(table.c.id == bindparam("key")).values(named), list(rows))


def _audited_evaluation(values: EvaluationValues, stir: str) -> dict[str, Any]:
    """As :func:`audited`; of a confidential one that it is there, not what it says."""
    told = audited(values, [stir])
    if values.visibility is Visibility.NAMED:
        return told
    return {key: told[key] for key in ("visibility", "submitted_date", "stirs")}


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
        rows = [{**memorandum_row(plan.values), "district_soato": plan.key[0], "number": plan.number} for plan in added]
        ids = _insert(self._connection, Memorandum, rows)
        self._memorandum_ids.update({plan.key: new_id for plan, new_id in zip(added, ids, strict=True)})
        corrected = [plan for plan in plans if plan.known is not None]
        self._correct_memoranda(corrected)
        self._memorandum_links(plans)
        entries = [(self._memorandum_ids[plan.key], None, audited(plan.values, plan.stirs)) for plan in added]
        self._record(ACTION_ADDED, "memorandum", entries)
        self._record(
            ACTION_CORRECTED,
            "memorandum",
            [
                (plan.known.id, audited(plan.known.values, plan.known.stirs), audited(plan.values, plan.stirs))
                for plan in corrected
                if plan.known
            ],
        )

    def _correct_memoranda(self, plans: Sequence[MemorandumPlan]) -> None:
        keys = [{"key": self._memorandum_ids[plan.key]} for plan in plans]
        rows = [{**key, **memorandum_row(plan.values)} for key, plan in zip(keys, plans, strict=True)]
        _update(self._connection, Memorandum, rows)
        for model in (MemorandumDirection, MemorandumSupport):
            if keys:
                statement = delete(model).where(model.memorandum_id == bindparam("key"))
                self._connection.execute(statement, keys)

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
        rows = []
        for plan in plans:
            if plan.known is not None:
                rows.append({"key": plan.known.id, **self._event_row(plan)})
                before, after = audited(plan.known.values, plan.known.stirs), audited(plan.values, plan.all_stirs)
                corrections.append((plan.known.id, before, after))
        _update(self._connection, JointEvent, rows)
        self._event_ngos(plans)
        entries = [(self._event_ids[plan.key], None, audited(plan.values, plan.stirs)) for plan in added]
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
        return row | event_columns(values)

    def evaluations(self, plans: Sequence[EvaluationPlan], *, window_days: int) -> None:
        """Add evaluations; a known one becomes an old version and stays. Raises :class:`WorkbookError`."""
        outdated = [{"key": plan.known.id, "is_current": False} for plan in plans if plan.known]
        _update(self._connection, Evaluation, outdated)
        # Asked after the rows are held, as where the NGO corrects its evaluation itself.
        named = [plan.known.id for plan in plans if plan.known and plan.values.visibility is Visibility.NAMED]
        if released_evaluations(self._connection, named):
            raise WorkbookError(faults.RELEASED_MEANWHILE)
        ids = _insert(self._connection, Evaluation, [self._evaluation_row(plan, window_days) for plan in plans])
        by_plan = list(zip(plans, ids, strict=True))
        _insert_plain(self._connection, EvaluationProblem, problem_rows(by_plan))
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
        rows, moved = [], []
        for plan, evaluation_id in plans:
            text, created_date = plan.values.recommendation, plan.values.submitted_date or self._today
            released_date = created_date if plan.values.visibility is Visibility.NAMED else None
            if plan.known and text and search_key(plan.known.values.recommendation) == search_key(text):
                moved.append({"old_id": plan.known.id, "new_id": evaluation_id, "new_date": released_date})
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
        if moved:
            statement = update(Recommendation).where(Recommendation.evaluation_id == bindparam("old_id"))
            released = func.coalesce(Recommendation.released_date, bindparam("new_date", type_=Date()))
            self._connection.execute(statement.values(evaluation_id=bindparam("new_id"), released_date=released), moved)
        _insert_plain(self._connection, Recommendation, rows)
