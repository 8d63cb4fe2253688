"""What plans look like as columns of tables and as entries of the audit log."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from data.codes import Problem
from data.workbook.cells import Chosen
from data.workbook.evaluations import EvaluationPlan
from data.workbook.records import EvaluationValues, EventValues, MemorandumValues


def audited(values: object, stirs: Iterable[str] = ()) -> dict[str, Any]:
    """Values as the audit log holds them: plain codes, and dates by :mod:`data.database.audit`."""

    def plain(value: object) -> object:
        if isinstance(value, Chosen):
            return value.code.value
        if isinstance(value, dict):
            return value.get("code", value)
        return [plain(item) for item in value] if isinstance(value, list | tuple) else value

    held = {key: plain(value) for key, value in asdict(values).items()}  # type: ignore[call-overload]
    return {**held, "stirs": sorted(stirs)} if stirs else held


def memorandum_row(values: MemorandumValues) -> dict[str, Any]:
    """Columns of a memorandum besides its key."""
    return {
        "title": values.title,
        "signed_date": values.signed_date,
        "start_date": values.start_date,
        "expiry_date": values.expiry_date,
    }


def event_columns(values: EventValues) -> dict[str, Any]:
    """Columns of a joint event besides its key and what it points to."""
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


def problem_rows(plans: Sequence[tuple[EvaluationPlan, int]]) -> list[dict[str, Any]]:
    """Rows of the problems of evaluations, given with the ids under which these were stored."""
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
