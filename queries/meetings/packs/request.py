"""Request for a pack: author, area, months, day, and the pack to compare with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.dates.period import Period
from data.policy import Actor, Scope, ScopeKind
from queries.meetings.packs.content import PackContent


@dataclass(frozen=True)
class PackQuestion:
    """Parameters of a pack: ``region_soato`` is that of a district or the region itself, empty for the nation.

    ``previous`` is the previous pack as it was finalised; None for the first one.
    """

    actor: Actor
    scope: Scope
    region_soato: str
    period: Period
    today: date
    previous: PackContent | None = None

    @property
    def compared_scopes(self) -> tuple[Scope, ...]:
        """Scopes of the area and its wider areas, from the narrowest to the nation."""
        wider = [Scope.region(self.region_soato)] if self.scope.kind is ScopeKind.DISTRICT else []
        if self.scope.kind is not ScopeKind.NATION:
            wider.append(Scope.nation())
        return (self.scope, *wider)

    @property
    def is_wide(self) -> bool:
        """Whether the area has districts of its own to look at."""
        return self.scope.kind is not ScopeKind.DISTRICT
