"""Packs of a coordination meeting: every figure of the meeting, frozen with its day, author, method and data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from data.codes import AgendaItem
from data.period import Period
from data.rights import Scope


@dataclass(frozen=True)
class PackContent:
    """A pack: codes and raw numbers in named frames (:mod:`queries.pack_frames`), free of any language."""

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
