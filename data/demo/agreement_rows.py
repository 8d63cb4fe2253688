"""Memoranda as rows of their tables, with their obligations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

import numpy as np

from data.codes import Party
from data.demo.agreements import Agreement
from data.demo.arrays import Calendar, Columns, rank_in_group
from data.demo.bulk import columns_of
from data.demo.places import Places
from data.demo.texts import EVIDENCE, EXTENSION_TEXT, OBLIGATIONS, TERMS_TEXT
from data.demo.traits import Traits
from data.schema import (
    Base,
    Memorandum,
    MemorandumAmendment,
    MemorandumDirection,
    MemorandumNgo,
    MemorandumSupport,
)

DUE_AHEAD_DAYS = 200


def agreement_tables(agreements: Sequence[Agreement], places: Places) -> Iterator[tuple[type[Base], Columns]]:
    """Rows of the memoranda and of everything that hangs on them but obligations."""
    yield Memorandum, columns_of([_memorandum_row(item, places) for item in agreements])
    yield (
        MemorandumNgo,
        columns_of([{"memorandum_id": item.number, "ngo_id": ngo} for item in agreements for ngo in item.ngo_ids]),
    )
    yield (
        MemorandumDirection,
        columns_of(
            [
                {"memorandum_id": item.number, "direction_code": code.value}
                for item in agreements
                for code in item.directions
            ]
        ),
    )
    yield (
        MemorandumSupport,
        columns_of(
            [
                {"memorandum_id": item.number, "support_code": code.value}
                for item in agreements
                for code in item.supports
            ]
        ),
    )
    changes = [
        {
            "memorandum_id": item.number,
            "number": number,
            "signed_date": change.signed,
            "expiry_date": change.expiry,
            "text": EXTENSION_TEXT if change.expiry else TERMS_TEXT,
        }
        for item in agreements
        for number, change in enumerate(item.changes, start=1)
    ]
    yield MemorandumAmendment, columns_of(_with_ids(changes))


def _memorandum_row(item: Agreement, places: Places) -> dict[str, Any]:
    year = f"{item.signed.year}/" if item.signed else ""
    return {
        "id": item.number,
        "district_soato": places.soatos[item.district],
        "number": f"HM-{year}{item.number:03d}",
        "title": item.title,
        "signed_date": item.signed,
        "start_date": item.start,
        "expiry_date": item.expiry,
        "terminated_date": item.terminated,
        "termination_reason": item.termination_reason,
    }


def obligation_columns(
    agreements: Sequence[Agreement], traits: Traits, calendar: Calendar, rng: np.random.Generator
) -> Columns:
    """Rows of ``obligation``: due over the term; the better a district, the more of them fulfilled, and in time."""
    rows = [
        _obligation_row(item, text, party, quality=float(traits.quality[item.district, 1]), calendar=calendar, rng=rng)
        for item in agreements
        if item.start
        for party, texts in OBLIGATIONS.items()
        for text in rng.choice(texts, size=int(rng.integers(1, 4)), replace=False).tolist()
    ]
    in_order = rank_in_group(np.array([row["memorandum_id"] for row in rows]))
    numbered = [{**row, "number": str(place + 1)} for row, place in zip(rows, in_order.tolist(), strict=True)]
    return columns_of(_with_ids(numbered))


def _obligation_row(
    item: Agreement, text: str, party: Party, *, quality: float, calendar: Calendar, rng: np.random.Generator
) -> dict[str, Any]:
    start = item.start or calendar.until
    latest = min(item.end, max(calendar.until, start) + timedelta(days=DUE_AHEAD_DAYS))
    due = start + timedelta(days=int(rng.integers(30, max(31, (latest - start).days))))
    fulfilled = due + timedelta(days=round(rng.normal(4 - 4 * (quality - 3), 14)))
    is_fulfilled = start <= fulfilled <= min(calendar.until, item.end) and rng.random() < 0.6 + 0.08 * quality
    return {
        "memorandum_id": item.number,
        "party_code": party.value,
        "text": text,
        "due_date": due,
        "fulfilled_date": fulfilled if is_fulfilled else None,
        "evidence": EVIDENCE.format(number=int(rng.integers(1, 300))) if is_fulfilled else "",
    }


def _with_ids(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{"id": number, **row} for number, row in enumerate(rows, start=1)]
