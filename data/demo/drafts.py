"""Drafts of evaluations: what NGOs have begun and not sent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.codes import DraftItem, EvaluationItem
from data.demo.arrays import BoolArray, Columns

NOT_APPLICABLE = "na"


def rows_where(columns: Columns, is_kept: BoolArray) -> Columns:
    """Some of the rows."""
    kept = np.flatnonzero(is_kept)
    return {
        name: values[kept] if isinstance(values, np.ndarray) else [values[row] for row in kept.tolist()]
        for name, values in columns.items()
    }


def draft_columns(begun: Columns) -> Columns:
    """Rows of ``evaluation_draft``, of rows as :func:`data.demo.judgements.evaluation_columns` draws them."""
    return {
        "submission_id": begun["submission_id"],
        "event_id": begun["event_id"],
        "ngo_id": begun["ngo_id"],
        "base_version": np.zeros(len(begun["event_id"]), dtype=np.int64),
        "started_at": begun["created_at"],
        "saved_at": begun["created_at"],
    }


def draft_answer_columns(begun: Columns) -> Columns:
    """Rows of ``evaluation_draft_answer``: marks, who may see the evaluation, and the comment if any."""
    answers: dict[str, Sequence[Any] | NDArray[Any]] = {
        item.value: _marks(begun[f"mark_{item}"]) for item in EvaluationItem
    }
    answers[DraftItem.VISIBILITY.value] = begun["visibility_code"]
    answers[DraftItem.COMMENT.value] = begun["comment"]
    given = [(row, code, str(value)) for code, values in answers.items() for row, value in enumerate(values) if value]
    rows = np.array([row for row, _, _ in given], dtype=np.int64)
    return {
        "submission_id": [begun["submission_id"][row] for row in rows],
        "item_code": [code for _, code, _ in given],
        "value": [value for _, _, value in given],
        "saved_at": np.asarray(begun["created_at"])[rows],
    }


def _marks(marks: Sequence[Any] | NDArray[Any]) -> list[str]:
    return [NOT_APPLICABLE if mark is None else str(mark) for mark in marks]
