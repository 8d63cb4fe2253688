"""Which signs the shipped typeface draws, read from its file: print refuses a text with any other."""

from __future__ import annotations

import struct
from functools import cache

from components.deck.fonts import font_file

_TABLES_AT, _RECORD = 12, 16
_BY_SEGMENTS = 4
_LAST_SEGMENT = 0xFFFF


@cache
def drawn_signs() -> frozenset[str]:
    """The signs that the typeface has, alike at both weights.

    Read from the table "cmap" in its format 4, segments of codes (OpenType specification, "cmap – Character to Glyph
    Index Mapping Table").
    """
    font = font_file().read_bytes()
    table = _table(font, b"cmap")
    (count,) = struct.unpack_from(">H", font, table + 2)
    places = {table + struct.unpack_from(">4xI", font, table + 4 + 8 * number)[0] for number in range(count)}
    return frozenset(sign for place in places for sign in _signs(font, place))


def _table(font: bytes, name: bytes) -> int:
    """Where a table of the file begins."""
    (count,) = struct.unpack_from(">H", font, 4)
    records = (struct.unpack_from(">4s4xI", font, _TABLES_AT + _RECORD * number) for number in range(count))
    return next(int(place) for tag, place in records if tag == name)


def _signs(font: bytes, place: int) -> frozenset[str]:
    """The signs of one part of the table; of a part that is no list of segments none."""
    kind, doubled = struct.unpack_from(">H4xH", font, place)
    if kind != _BY_SEGMENTS:
        return frozenset()
    ends = struct.unpack_from(f">{doubled // 2}H", font, place + 14)
    starts = struct.unpack_from(f">{doubled // 2}H", font, place + 16 + doubled)
    segments = (range(first, last + 1) for first, last in zip(starts, ends, strict=True) if last != _LAST_SEGMENT)
    return frozenset(chr(code) for segment in segments for code in segment)
