"""Row filters: the answers of :mod:`data.policy` for an actor and a scope, as conditions on rows.

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
    InformationRequest,
    JointEvent,
    JointEventNgo,
    Meeting,
    Memorandum,
    MemorandumNgo,
    PlanItem,
    Proposal,
    Recommendation,
)


@dataclass(frozen=True)
class RowFilter:
    """Rows that may be read: those of a region or district (none: the nation) and, where set, of one NGO."""

    region_soato: str | None = None
    district_soato: str | None = None
    ngo_id: int | None = None

    def districts(self, column: InstrumentedAttribute[str]) -> ColumnElement[bool]:
        """Return a condition on a column of district codes."""
        if self.district_soato is not None:
            return column == self.district_soato
        if self.region_soato is not None:
            return column.in_(select(District.soato).where(District.region_soato == self.region_soato))
        return true()

    def memoranda(self) -> ColumnElement[bool]:
        """Return a condition on ``Memorandum``."""
        own = exists().where(MemorandumNgo.memorandum_id == Memorandum.id, MemorandumNgo.ngo_id == self.ngo_id)
        return self._and_ngo(self.districts(Memorandum.district_soato), own.correlate(Memorandum))

    def events(self) -> ColumnElement[bool]:
        """Return a condition on ``JointEvent``."""
        own = JointEvent.id.in_(select(JointEventNgo.event_id).where(JointEventNgo.ngo_id == self.ngo_id))
        return self._and_ngo(self.districts(JointEvent.district_soato), own)

    def plan_items(self) -> ColumnElement[bool]:
        """Return a condition on ``PlanItem``."""
        return self._and_ngo(self.districts(PlanItem.district_soato), PlanItem.responsible_ngo_id == self.ngo_id)

    def proposals(self) -> ColumnElement[bool]:
        """Return a condition on ``Proposal``."""
        return self._and_ngo(self.districts(Proposal.district_soato), Proposal.ngo_id == self.ngo_id)

    def requests(self) -> ColumnElement[bool]:
        """Return a condition on ``InformationRequest``."""
        return self._and_ngo(
            self.districts(InformationRequest.district_soato), InformationRequest.ngo_id == self.ngo_id
        )

    def evaluations(self) -> ColumnElement[bool]:
        """Return a condition on ``Evaluation`` joined with ``JointEvent``: for an NGO, its own evaluations only."""
        return self._and_ngo(self.districts(JointEvent.district_soato), Evaluation.ngo_id == self.ngo_id)

    def recommendations(self) -> ColumnElement[bool]:
        """Return a condition on ``Recommendation``."""
        own = Recommendation.evaluation_id.in_(select(Evaluation.id).where(Evaluation.ngo_id == self.ngo_id))
        return self._and_ngo(self.districts(Recommendation.district_soato), own)

    def meetings(self) -> ColumnElement[bool]:
        """Return a condition on ``Meeting``: those of the area and of the areas inside it; an NGO has none."""
        if self.ngo_id is not None:
            return false()
        if self.district_soato is not None:
            return Meeting.district_soato == self.district_soato
        return true() if self.region_soato is None else Meeting.region_soato == self.region_soato

    def _and_ngo(self, area: ColumnElement[bool], own: ColumnElement[bool]) -> ColumnElement[bool]:
        return area if self.ngo_id is None else and_(area, own)


def area_filter(scope: Scope) -> RowFilter:
    """Return the filter of a scope's region or district, without any check; a nation or NGO has none."""
    if scope.kind is ScopeKind.REGION:
        return RowFilter(region_soato=scope.code)
    return RowFilter(district_soato=scope.code) if scope.kind is ScopeKind.DISTRICT else RowFilter()


def require_published(actor: Actor, scope: Scope) -> None:
    """Raise ForbiddenError unless the actor may see published figures of the scope."""
    if scope.kind is ScopeKind.NGO:
        require(actor, Action.SEE_RECORDS, scope)
    else:
        require(actor, Action.SEE_INDICATORS, scope)


def permitted_rows(connection: Connection, actor: Actor, action: Action, scope: Scope) -> RowFilter:
    """Return the rows of the scope that the actor may see or act on. Raises ForbiddenError where there are none."""
    require(actor, action, scope, region_soato=_region_of(connection, actor, scope))
    where = where_may(actor, action)
    if where is Where.OWN_NGO:
        return replace(area_filter(scope), ngo_id=actor.ngo_id)
    if scope.kind is ScopeKind.NGO:
        home = RowFilter() if where is Where.ANYWHERE else area_filter(actor.home_scope)
        return replace(home, ngo_id=int(scope.code))
    return area_filter(scope)


def _region_of(connection: Connection, actor: Actor, scope: Scope) -> str | None:
    """Return the region of a district, for actors of a region."""
    if scope.kind is not ScopeKind.DISTRICT or actor.home_scope.kind is not ScopeKind.REGION:
        return None
    return connection.scalar(select(District.region_soato).where(District.soato == scope.code))
