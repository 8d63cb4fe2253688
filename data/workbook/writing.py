"""Writes what the judges planned, in bulk and in the caller's transaction, with an audit entry a written row."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from typing import Any

from sqlalchemy import Date, bindparam, delete, func, update

from data.codes import EvaluationItem, EvaluationState, RecommendationState, Visibility
from data.dates import clock
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
from data.texts.search_keys import search_key
from data.workbook import faults
from data.workbook.evaluations import EvaluationPlan
from data.workbook.events import EventPlan
from data.workbook.faults import WorkbookError
from data.workbook.ledger import Action, Entry, Ledger
from data.workbook.memoranda import MemorandumPlan
from data.workbook.records import EvaluationValues, Key, NewNgo, Standing
from data.workbook.sealing import released_evaluations
from data.workbook.stored import audited, event_columns, memorandum_row, problem_rows


def _audited_evaluation(values: EvaluationValues, stir: str) -> dict[str, Any]:
    """As :func:`audited`; of a confidential one that it is there, not what it says."""
    told = audited(values, [stir])
    if values.visibility is Visibility.NAMED:
        return told
    return {key: told[key] for key in ("visibility", "submitted_date", "stirs")}


class Writer:
    """Writes plans in the order of their dependence; ``standing`` learns the ids of what was added."""

    def __init__(self, ledger: Ledger, standing: Standing, *, today: date) -> None:
        self._ledger = ledger
        self._standing = standing
        self._today = today
        self._event_ids: dict[Key, int] = {key: known.id for key, known in standing.events.items()}

    def ngos(self, new: Iterable[NewNgo]) -> None:
        """Add the NGOs that the database lacks."""
        rows = [asdict(ngo) for ngo in new]
        ids = self._ledger.insert(Ngo, rows)
        self._standing.ngo_ids.update({row["stir"]: ngo_id for row, ngo_id in zip(rows, ids, strict=True)})
        self._ledger.record(Action.ADDED, "ngo", [(ngo_id, None, row) for row, ngo_id in zip(rows, ids, strict=True)])

    def mahallas(self, new: Mapping[Key, str]) -> None:
        """Add the mahallas that the directory lacks, by district and key, with their names."""
        rows = [
            {"district_soato": district, "name": name, "name_key": search_key(name)}
            for (district, _), name in new.items()
        ]
        ids = self._ledger.insert(Mahalla, rows)
        self._standing.mahalla_ids.update(zip(new, ids, strict=True))
        self._ledger.record(Action.ADDED, "mahalla", [(key, None, row) for key, row in zip(ids, rows, strict=True)])

    def memoranda(self, plans: Sequence[MemorandumPlan]) -> None:
        """Add new memoranda; bring known ones to what the workbook says, keeping NGOs that it does not name."""
        added = [plan for plan in plans if plan.known is None]
        rows = [{**memorandum_row(plan.values), "district_soato": plan.key[0], "number": plan.number} for plan in added]
        ids = self._ledger.insert(Memorandum, rows)
        self._standing.memorandum_ids.update({plan.key: new_id for plan, new_id in zip(added, ids, strict=True)})
        corrected = [plan for plan in plans if plan.known is not None]
        self._correct_memoranda(corrected)
        self._memorandum_links(plans)
        entries = [(self._standing.memorandum_ids[plan.key], None, audited(plan.values, plan.stirs)) for plan in added]
        self._ledger.record(Action.ADDED, "memorandum", entries)
        self._ledger.record(
            Action.CORRECTED,
            "memorandum",
            [
                (plan.known.id, audited(plan.known.values, plan.known.stirs), audited(plan.values, plan.stirs))
                for plan in corrected
                if plan.known
            ],
        )

    def _correct_memoranda(self, plans: Sequence[MemorandumPlan]) -> None:
        keys = [{"key": self._standing.memorandum_ids[plan.key]} for plan in plans]
        rows = [{**key, **memorandum_row(plan.values)} for key, plan in zip(keys, plans, strict=True)]
        self._ledger.update(Memorandum, rows)
        for model in (MemorandumDirection, MemorandumSupport):
            if keys:
                statement = delete(model).where(model.memorandum_id == bindparam("key"))
                self._ledger.connection.execute(statement, keys)

    def _memorandum_links(self, plans: Sequence[MemorandumPlan]) -> None:
        ngos, directions, supports = [], [], []
        for plan in plans:
            link = {"memorandum_id": self._standing.memorandum_ids[plan.key]}
            known = plan.known.stirs if plan.known else frozenset()
            ngos += [{**link, "ngo_id": self._standing.ngo_ids[stir]} for stir in sorted(plan.stirs - known)]
            directions += [{**link, "direction_code": code.value} for code in plan.values.directions]
            supports += [{**link, "support_code": code.value} for code in plan.values.supports]
        self._ledger.insert_plain(MemorandumNgo, ngos)
        self._ledger.insert_plain(MemorandumDirection, directions)
        self._ledger.insert_plain(MemorandumSupport, supports)

    def events(self, plans: Sequence[EventPlan]) -> None:
        """Add new events; bring known ones to what the workbook says, keeping NGOs that it does not name."""
        added = [plan for plan in plans if plan.known is None]
        ids = self._ledger.insert(
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
        self._ledger.update(JointEvent, rows)
        self._event_ngos(plans)
        entries = [(self._event_ids[plan.key], None, audited(plan.values, plan.stirs)) for plan in added]
        self._ledger.record(Action.ADDED, "joint_event", entries)
        self._ledger.record(Action.CORRECTED, "joint_event", corrections)

    def _event_ngos(self, plans: Sequence[EventPlan]) -> None:
        links = []
        for plan in plans:
            known = plan.known.stirs if plan.known else frozenset()
            event_id = self._event_ids[plan.key]
            links += [
                {"event_id": event_id, "ngo_id": self._standing.ngo_ids[stir]} for stir in sorted(plan.stirs - known)
            ]
        self._ledger.insert_plain(JointEventNgo, links)

    def _event_row(self, plan: EventPlan) -> dict[str, Any]:
        district, values = plan.key[0], plan.values
        row: dict[str, Any] = {
            "mahalla_id": self._standing.mahalla_ids[district, values.mahalla] if values.mahalla else None,
            "memorandum_id": self._standing.memorandum_ids[district, values.memorandum] if values.memorandum else None,
            "plan_item_id": self._standing.plan_item_ids[values.plan_item] if values.plan_item else None,
        }
        return row | event_columns(values)

    def evaluations(self, plans: Sequence[EvaluationPlan], *, window_days: int) -> None:
        """Add evaluations; a known one becomes an old version and stays. Raises :class:`WorkbookError`."""
        outdated = [{"key": plan.known.id, "is_current": False} for plan in plans if plan.known]
        self._ledger.update(Evaluation, outdated)
        # Asked after the rows are held, as where the NGO corrects its evaluation itself.
        named = [plan.known.id for plan in plans if plan.known and plan.values.visibility is Visibility.NAMED]
        if released_evaluations(self._ledger.connection, named):
            raise WorkbookError(faults.RELEASED_MEANWHILE)
        ids = self._ledger.insert(Evaluation, [self._evaluation_row(plan, window_days) for plan in plans])
        by_plan = list(zip(plans, ids, strict=True))
        self._ledger.insert_plain(EvaluationProblem, problem_rows(by_plan))
        self._recommendations(by_plan)
        self._ledger.record(
            Action.ADDED,
            "evaluation",
            [(new_id, None, _audited_evaluation(plan.values, plan.stir)) for plan, new_id in by_plan if not plan.known],
        )
        self._ledger.record(
            Action.CORRECTED,
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
            self._ledger.connection.execute(
                statement.values(evaluation_id=bindparam("new_id"), released_date=released), moved
            )
        self._ledger.insert_plain(Recommendation, rows)
