"""What :mod:`data.policy` answers, as conditions on rows: an actor and the scope it asks for become a ``RowFilter``.

An NGO gets its own rows in any scope; a leader who asks for one NGO gets what that NGO did in the leader's own area.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, exists, false, select, true
from sqlalchemy.orm import InstrumentedAttribute

from data.policy import Action, Actor, Scope, ScopeKind, Where, require, where_may
from data.schema import (
    District,
    Evaluation,
    JointEvent,
    JointEventNgo,
    Meeting,
    Memorandum,
    MemorandumNgo,
    PlanItem,
    Recommendation,
)


@dataclass(frozen=True)
class RowFilter:
    """The rows that may be read: those of a region or district (none: the nation) and, where set, of one NGO."""

    region_soato: str | None = None
    district_soato: str | None = None
    ngo_id: int | None = None

    def districts(self, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """Condition on a column of district codes."""
        if self.district_soato is not None:
            return column == self.district_soato
        if self.region_soato is not None:
            return column.in_(select(District.soato).where(District.region_soato == self.region_soato))
        return true()

    def memoranda(self) -> ColumnElement[bool]:
        """Condition on ``Memorandum``."""
        own = exists().where(MemorandumNgo.memorandum_id == Memorandum.id, MemorandumNgo.ngo_id == self.ngo_id)
        return self._and_ngo(self.districts(Memorandum.district_soato), own.correlate(Memorandum))

    def events(self) -> ColumnElement[bool]:
        """Condition on ``JointEvent``."""
        own = JointEvent.id.in_(select(JointEventNgo.event_id).where(JointEventNgo.ngo_id == self.ngo_id))
        return self._and_ngo(self.districts(JointEvent.district_soato), own)

    def plan_items(self) -> ColumnElement[bool]:
        """Condition on ``PlanItem``."""
        return self._and_ngo(self.districts(PlanItem.district_soato), PlanItem.responsible_ngo_id == self.ngo_id)

    def evaluations(self) -> ColumnElement[bool]:
        """Condition on ``Evaluation`` joined with ``JointEvent``: an NGO's reach holds its own evaluations only."""
        return self._and_ngo(self.districts(JointEvent.district_soato), Evaluation.ngo_id == self.ngo_id)

    def recommendations(self) -> ColumnElement[bool]:
        """Condition on ``Recommendation``."""
        own = Recommendation.evaluation_id.in_(select(Evaluation.id).where(Evaluation.ngo_id == self.ngo_id))
        return self._and_ngo(self.districts(Recommendation.district_soato), own)

    def meetings(self) -> ColumnElement[bool]:
        """Condition on ``Meeting``: those of the area and of the areas inside it; an NGO has none."""
        if self.ngo_id is not None:
            return false()
        if self.district_soato is not None:
            return Meeting.district_soato == self.district_soato
        return true() if self.region_soato is None else Meeting.region_soato == self.region_soato

    def _and_ngo(self, area: ColumnElement[bool], own: ColumnElement[bool]) -> ColumnElement[bool]:
        return area if self.ngo_id is None else and_(area, own)


def area_filter(scope: Scope) -> RowFilter:
    """The region or district of a scope, unchecked; a nation or NGO has none."""
    if scope.kind is ScopeKind.REGION:
        return RowFilter(region_soato=scope.code)
    return RowFilter(district_soato=scope.code) if scope.kind is ScopeKind.DISTRICT else RowFilter()


def require_published(actor: Actor, scope: Scope) -> None:
    """Raise unless the actor may see published figures of the scope; figures of an NGO are for those who see it."""
    if scope.kind is ScopeKind.NGO:
        require(actor, Action.SEE_RECORDS, scope)
    else:
        require(actor, Action.SEE_INDICATORS, scope)


def permitted_rows(connection: Connection, actor: Actor, action: Action, scope: Scope) -> RowFilter:
    """The rows of the scope that the actor may see or act on; raises ForbiddenError where it may not in that scope."""
    require(actor, action, scope, region_soato=_region_of(connection, actor, scope))
    where = where_may(actor, action)
    if where is Where.OWN_NGO:
        return replace(area_filter(scope), ngo_id=actor.ngo_id)
    if scope.kind is ScopeKind.NGO:
        home = RowFilter() if where is Where.ANYWHERE else area_filter(actor.home_scope)
        return replace(home, ngo_id=int(scope.code))
    return area_filter(scope)


def _region_of(connection: Connection, actor: Actor, scope: Scope) -> str | None:
    """The region of a district, for those who act in a region."""
    if scope.kind is not ScopeKind.DISTRICT or actor.home_scope.kind is not ScopeKind.REGION:
        return None
    return connection.scalar(select(District.region_soato).where(District.soato == scope.code))
