"""Events that an NGO has to evaluate, its drafts and sent evaluations; never cached, as drafts change by the minute."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from components.shell.request_context import RequestContext
from data.database.engine import reading
from queries.evaluations.drafts import Draft, stored_drafts
from queries.evaluations.events import waiting_events
from queries.evaluations.receipts import sent_evaluations


@dataclass(frozen=True)
class MyEvaluations:
    """Frames of :func:`waiting_events` and :func:`sent_evaluations`, and the drafts by event id."""

    events: pd.DataFrame
    sent: pd.DataFrame
    drafts: Mapping[int, Draft]

    @property
    def unsent(self) -> pd.DataFrame:
        """Open events without an evaluation."""
        return self.events[self.events["is_open"] & (self.events["evaluation_version"] == 0)]

    @property
    def begun(self) -> pd.DataFrame:
        """Events that have a draft with an answer in it, or one that corrects what was sent."""
        return self.events[self._is_begun]

    @property
    def begun_open(self) -> pd.DataFrame:
        """Events with a draft that can still be sent."""
        return self.begun[self.begun["is_open"]]

    @property
    def waiting(self) -> pd.DataFrame:
        """Open events without any answer yet."""
        return self.unsent[~self._is_begun[self.unsent.index]]

    @property
    def missed(self) -> pd.DataFrame:
        """Closed events without an evaluation and without a draft."""
        return self.events[~self.events["is_open"] & (self.events["evaluation_version"] == 0) & ~self._is_begun]

    @property
    def _is_begun(self) -> pd.Series[bool]:
        begun = [
            event_id in self.drafts and bool(self.drafts[event_id].answers) for event_id in self.events["event_id"]
        ]
        return pd.Series(begun, index=self.events.index, dtype=bool)

    def event(self, event_id: int) -> Mapping[Any, Any] | None:
        """Return the row of an event among those to evaluate."""
        rows = self.events[self.events["event_id"] == event_id].to_dict("records")
        return rows[0] if rows else None

    def versions(self, event_id: int) -> list[Mapping[Any, Any]]:
        """Return the sent versions about an event, the newest first."""
        rows = self.sent[self.sent["event_id"] == event_id].sort_values("version", ascending=False)
        return [*rows.to_dict("records")]


def load_my_evaluations(context: RequestContext) -> MyEvaluations:
    """Read all of it in one snapshot of the database. Raises ForbiddenError."""
    with reading() as connection:
        return MyEvaluations(
            waiting_events(connection, context.actor, today=context.today),
            sent_evaluations(connection, context.actor),
            {draft.event_id: draft for draft in stored_drafts(connection, context.actor)},
        )
