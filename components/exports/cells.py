"""Spreadsheet cells: escaping of formulas, and which kinds of values are numeric."""

from __future__ import annotations

import re

from components.deck.model import ValueKind

# The last four are the signs of the same meaning in full width, which some spreadsheets take as well.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
NUMERIC_KINDS = frozenset({ValueKind.COUNT, ValueKind.NUMBER, ValueKind.PERCENT, ValueKind.POINTS})
_CONTROL_SIGNS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def escaped_formula(text: str) -> str:
    """Text that no spreadsheet runs as a formula: an apostrophe is put before one."""
    return f"'{text}" if text.lstrip(" \u00a0").startswith(FORMULA_STARTS) else text


def without_control_characters(text: str) -> str:
    """Text without the control characters that XML, and with it XLSX, does not allow."""
    return _CONTROL_SIGNS.sub("", text)
