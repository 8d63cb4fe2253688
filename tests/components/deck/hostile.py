"""Packs that nobody would call believable: nothing in them, everything missing, too much, too long, full of markup."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from data.policy import ScopeKind
from queries.meetings.packs.columns import ColumnKind
from queries.meetings.packs.frames import FRAMES
from queries.meetings.packs.packs import PackContent
from tests.components.deck.sample_rows import Rows
from tests.components.deck.samples import SCOPES, sample_content, sample_frames

MARKUP = "<script>alert(1)</script> **bold** =SUM(A1) {value} %s &amp;\x00\x0b\n\t“ʻʼ” _x0041_"
LONG = "Xoʻjaliklararo hamkorlikni rivojlantirish va huquqbuzarliklar profilaktikasi boʻyicha birgalikdagi ishlar " * 12
UNBROKEN = "Ҳ" * 400
# A district only moves up if its index is known in both periods.
ALWAYS_KNOWN = frozenset({"index_before", "index_now", "change"})
LONGEST_NAME = 150
GROWN = ("memoranda", "voices", "recommendations", "decisions", "proposals")
Frames = Mapping[str, Rows]


def _changed(frames: Frames, change: Callable[[str, str, Any], Any]) -> dict[str, Rows]:
    """The frames with each value of the columns that are no codes, keys or names of areas changed."""
    kinds = {name: {column.name: column.kind for column in columns} for name, columns in FRAMES.items()}
    return {
        name: [{key: change(kinds[name][key], key, value) for key, value in row.items()} for row in rows]
        for name, rows in frames.items()
    }


def _is_key(column: str) -> bool:
    return column.endswith(("_code", "_soato", "_id", "reference", "level", "when", "month", "basis"))


def _missing(kind: str, column: str, value: object) -> object:
    is_kept = _is_key(column) or kind == ColumnKind.FLAG.value or column.startswith("name_") or column in ALWAYS_KNOWN
    return value if is_kept else None


def _written(text: str) -> Callable[[str, str, Any], Any]:
    def change(kind: str, column: str, value: object) -> object:
        is_written = kind == ColumnKind.TEXT.value and not _is_key(column) and isinstance(value, str)
        return text if is_written else value

    return change


def _grown(frames: Frames) -> dict[str, Rows]:
    more = {
        name: [
            {**row, **({"public_id": f"{row['public_id']}-{turn}"} if "public_id" in row else {})}
            for turn in range(10)
            for row in frames[name]
        ]
        for name in GROWN
    }
    return {**frames, **more}


def hostile_frames(name: str, kind: ScopeKind) -> dict[str, Rows]:
    """The frames of one of :data:`HOSTILE`, made of those of the sample."""
    frames = sample_frames(kind)
    if name == "empty":
        return {name: [] for name in FRAMES if name != "areas"}
    if name == "grown":
        return _grown(frames)
    change = {
        "missing": _missing,
        "long": _written(LONG),
        "unbroken": _written(UNBROKEN),
        "markup": _written(MARKUP),
    }[name]
    changed = _changed(frames, change)
    for row in changed["areas"]:  # No two areas are called the same.
        row |= {
            column: f"{row['area_code']} {row[column]}"[:LONGEST_NAME] for column in row if column.startswith("name_")
        }
    return changed


HOSTILE = ("empty", "missing", "grown", "long", "unbroken", "markup")


def hostile_content(name: str, kind: ScopeKind) -> PackContent:
    """A pack with such frames."""
    return sample_content(kind, frames=hostile_frames(name, kind))


KINDS = tuple(SCOPES)
