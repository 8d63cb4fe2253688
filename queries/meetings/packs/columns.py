"""Kinds of columns in the frames of a pack, and the conversion of their values to types that survive storing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd


class ColumnKind(StrEnum):
    """Kinds of columns; the value is the type in a frame. All but flags may be missing."""

    TEXT = "object"
    COUNT = "Int64"
    NUMBER = "float64"
    FLAG = "bool"
    DAY = "datetime64[us]"


@dataclass(frozen=True)
class FrameColumn:
    """A column: its name, kind and description."""

    name: str
    kind: ColumnKind
    description: str


def text(name: str, description: str) -> FrameColumn:
    """Return a column of codes, keys and what people wrote; missing is None."""
    return FrameColumn(name, ColumnKind.TEXT, description)


def count(name: str, description: str) -> FrameColumn:
    """Return a column of whole numbers; missing is NA."""
    return FrameColumn(name, ColumnKind.COUNT, description)


def number(name: str, description: str) -> FrameColumn:
    """Return a column of numbers; missing is NaN."""
    return FrameColumn(name, ColumnKind.NUMBER, description)


def flag(name: str, description: str) -> FrameColumn:
    """Return a column of yes or no, never missing."""
    return FrameColumn(name, ColumnKind.FLAG, description)


def day(name: str, description: str) -> FrameColumn:
    """Return a column of days; missing is NaT."""
    return FrameColumn(name, ColumnKind.DAY, description)


def converted(values: pd.Series[Any] | None, kind: ColumnKind, *, length: int) -> pd.Series[Any]:
    """Return the values of a column in its kind's type, numbered from 0; without values ``length`` missing ones.

    Numbers that are not finite are missing.
    """
    given = pd.Series([None] * length, dtype=object) if values is None else values.reset_index(drop=True)
    if kind is ColumnKind.TEXT:
        texts = [None if pd.isna(value) else str(value) for value in given]
        return pd.Series(texts, dtype=object)
    if kind is ColumnKind.DAY:
        return pd.to_datetime(given).astype("datetime64[us]")
    if kind is ColumnKind.FLAG:
        return given.eq(True).astype(bool)
    numbers = given if given.dtype == np.float64 else pd.to_numeric(given).astype("Float64").astype("float64")
    if not np.isfinite(numbers).all():
        numbers = numbers.where(np.isfinite(numbers))
    return numbers if kind is ColumnKind.NUMBER else numbers.round().astype("Int64")
