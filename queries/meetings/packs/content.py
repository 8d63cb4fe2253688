"""Content of a pack, and its canonical JSON text: the same pack is the same bytes on every database."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

import pandas as pd

from data.codes import AgendaItem
from data.dates.period import Period
from data.policy import Scope, ScopeKind
from queries.meetings.packs.columns import ColumnKind
from queries.meetings.packs.frames import FRAMES, typed

# The first format compared with the period just before and kept no verdicts.
FORMAT = 2

_TO_JSON: Mapping[ColumnKind, Callable[[Any], object]] = {
    ColumnKind.TEXT: str,
    ColumnKind.COUNT: int,
    ColumnKind.NUMBER: float,
    ColumnKind.FLAG: bool,
    ColumnKind.DAY: lambda moment: moment.date().isoformat(),
}


@dataclass(frozen=True, eq=False)
class PackContent:
    """Content of a pack: codes and raw numbers in the frames of :mod:`queries.meetings.packs.frames`, in no language.

    ``today`` is the day of the states, ``created_at`` the moment of finalising; ``data_version`` and ``method_version``
    say of which data and method the figures are. Two packs with the same text are equal.
    """

    pack_id: str
    scope: Scope
    period: Period
    today: date
    created_at: datetime
    author_name: str
    is_demo: bool
    method_version: str
    data_version: str
    agenda: tuple[AgendaItem, ...]
    previous_pack_id: str | None
    frames: Mapping[str, pd.DataFrame]

    def __post_init__(self) -> None:
        settled = {name: typed(name, self.frames.get(name, pd.DataFrame())) for name in FRAMES}
        object.__setattr__(self, "frames", settled)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, PackContent) and self.to_json() == other.to_json()

    def __hash__(self) -> int:
        return hash(self.pack_id)

    def to_json(self) -> str:
        """Return the canonical text: keys in order, no spaces, dates as ISO 8601, missing values as null."""
        content = {
            "format": FORMAT,
            "pack_id": self.pack_id,
            "scope": {"kind": self.scope.kind.value, "code": self.scope.code},
            "first_day": self.period.first_day.isoformat(),
            "last_day": self.period.last_day.isoformat(),
            "today": self.today.isoformat(),
            "created_at": self.created_at.astimezone(UTC).isoformat(),
            "author_name": self.author_name,
            "is_demo": self.is_demo,
            "method_version": self.method_version,
            "data_version": self.data_version,
            "agenda": [item.value for item in self.agenda],
            "previous_pack_id": self.previous_pack_id,
            "frames": {name: _columns(name, frame) for name, frame in self.frames.items()},
        }
        return json.dumps(content, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> PackContent:
        """Return the pack of a text of :meth:`to_json`; a column that was declared later is empty."""
        content = json.loads(text)
        return cls(
            pack_id=content["pack_id"],
            scope=Scope(ScopeKind(content["scope"]["kind"]), content["scope"]["code"]),
            period=Period(date.fromisoformat(content["first_day"]), date.fromisoformat(content["last_day"])),
            today=date.fromisoformat(content["today"]),
            created_at=datetime.fromisoformat(content["created_at"]),
            author_name=content["author_name"],
            is_demo=content["is_demo"],
            method_version=content["method_version"],
            data_version=content["data_version"],
            agenda=tuple(AgendaItem(code) for code in content["agenda"]),
            previous_pack_id=content["previous_pack_id"],
            frames={name: pd.DataFrame(columns) for name, columns in content["frames"].items() if name in FRAMES},
        )

    def without_single_evaluations(self) -> PackContent:
        """Return the pack for readers of sums: without evaluations of single NGOs."""
        recommendations = self.frames["recommendations"].assign(ngo_name=None)
        shown = {**self.frames, "voices": self.frames["voices"].head(0), "recommendations": recommendations}
        return replace(self, frames=shown)


def _columns(name: str, frame: pd.DataFrame) -> dict[str, list[object]]:
    return {
        column.name: [None if pd.isna(value) else _TO_JSON[column.kind](value) for value in frame[column.name]]
        for column in FRAMES[name]
    }
