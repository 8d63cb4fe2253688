"""Packs and decisions of meetings; what others may change is never cached."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.meetings.decision_texts import IS_DONE, pressing_first
from components.shell.areas import Area, AreaDirectory
from components.shell.cache import cached_query
from components.shell.request_context import RequestContext
from data.database.engine import reading
from data.indicators.counted import CountedRows
from data.policy import ForbiddenError, Scope
from queries.indicators.values import indicator_values
from queries.meetings.decisions import decisions
from queries.meetings.meetings import list_meetings
from queries.meetings.packs.packs import DamagedPackError, PackContent, find_pack, list_packs


@dataclass(frozen=True)
class OpenedPack:
    """A pack, its area, the row of its meeting (None: made for none) and the previous pack (None: none readable)."""

    content: PackContent
    area: Area
    meeting: Mapping[Any, Any] | None
    before: PackContent | None

    def earlier(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Decisions that the meeting opens with: those of other meetings that are open or in the pack's list."""
        finalised = self.content.frames["decisions"]["public_id"]
        is_open = ~frame["state_code"].isin([state.value for state in IS_DONE])
        return frame[(is_open | frame["public_id"].isin(finalised)) & ~self._is_own(frame)]

    def own(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Decisions of the pack's meeting in the order in which they were taken."""
        return frame[self._is_own(frame)].sort_values("number")

    def _is_own(self, frame: pd.DataFrame) -> pd.Series[bool]:
        return frame["meeting_id"] == (self.meeting["meeting_id"] if self.meeting else 0)


def load_decisions(scope: Scope, context: RequestContext, *, counted: CountedRows | None = None) -> pd.DataFrame:
    """Return the decisions of an area's meetings, or those that an indicator counts, the most pressing first."""
    with reading() as connection:
        found = decisions(connection, context.actor, scope=scope, today=context.today, counted=counted)
    return pressing_first(found)


def load_pack(pack_id: str, directory: AreaDirectory, context: RequestContext) -> OpenedPack | None:
    """Return the pack of a link; None where there is none for this person, whether it exists or not."""
    content = _find(pack_id)
    if content is None:
        return None
    before = _find_before(content)
    with reading() as connection:
        packs = list_packs(connection, context.actor, scope=content.scope)
        meetings = list_meetings(connection, context.actor, scope=content.scope)
    meeting_ids = packs.loc[packs["pack_id"] == pack_id, "meeting_id"]
    rows = meetings[meetings["meeting_id"].isin(meeting_ids)].to_dict("records")
    return OpenedPack(content, directory.of_scope(content.scope), rows[0] if rows else None, before)


def load_current_values(content: PackContent) -> dict[str, float]:
    """Return what the indicators of the pack's area would be if it were finalised now, by code; NaN: not enough data.

    For the day on which it was finalised, so that only what was entered or corrected since makes a difference.
    """
    scope = content.scope
    values = cached_query(indicator_values, scope=scope, period=content.period, today=content.today, by=scope.kind)
    own = values[values["area_code"] == scope.code]
    return dict(zip(own["indicator_code"], own["value"], strict=True))


def _find(pack_id: str) -> PackContent | None:
    try:
        return cached_query(find_pack, pack_id=pack_id)
    except ForbiddenError:
        return None


def _find_before(content: PackContent) -> PackContent | None:
    """Return the pack that this one is compared with; None for the first one, and where that pack is damaged."""
    try:
        return _find(content.previous_pack_id) if content.previous_pack_id else None
    except DamagedPackError:
        return None
