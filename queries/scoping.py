"""Rights and scope in one place: an actor and the scope it asks for become conditions that every query takes.

Who gets what (anything else raises :class:`data.rights.ForbiddenError`):

| role | records (:func:`check_records`) | figures that are not published (:func:`check_figures`) |
|---|---|---|
| national, admin | everywhere | everywhere |
| regional | its region and the districts of it | as records, and every region and the nation |
| district, coordinator | its district | as records, and every region and the nation |
| ngo | its own in any scope, nothing of others | its own in any scope |
| public | nothing | nothing |

A leader who asks for one NGO gets what that NGO did in the leader's own area. Published figures (the indicators, the
status of each district) need only ``Right.SEE_INDICATORS``: :func:`check_published`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Connection, and_, exists, false, select, true
from sqlalchemy.orm import InstrumentedAttribute

from data.rights import RIGHTS, Actor, ForbiddenError, Right, Role, Scope, ScopeKind, may_see_records, require
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

_EVERYWHERE = frozenset({Role.NATIONAL, Role.ADMIN})


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


def _of_ngo(actor: Actor, ngo_id: int) -> RowFilter:
    """What an actor may read of one NGO: an NGO itself everything, leaders what was done in their own area."""
    if actor.role is Role.NGO:
        if actor.ngo_id != ngo_id:
            raise ForbiddenError
        return RowFilter(ngo_id=ngo_id)
    if actor.role in _EVERYWHERE:
        return RowFilter(ngo_id=ngo_id)
    home = area_filter(actor.home_scope)
    if home == RowFilter():
        raise ForbiddenError
    return replace(home, ngo_id=ngo_id)


def area_filter(scope: Scope) -> RowFilter:
    """The region or district of a scope, unchecked; a nation or NGO has none."""
    if scope.kind is ScopeKind.REGION:
        return RowFilter(region_soato=scope.code)
    return RowFilter(district_soato=scope.code) if scope.kind is ScopeKind.DISTRICT else RowFilter()


def _sees_in_full(connection: Connection, actor: Actor, area: Scope) -> bool:
    if actor.role in _EVERYWHERE:
        return True
    if area.kind is ScopeKind.REGION:
        return actor.role is Role.REGIONAL and actor.region_soato == area.code
    if area.kind is ScopeKind.NATION:
        return False
    region = connection.scalar(select(District.region_soato).where(District.soato == area.code))
    return region is not None and may_see_records(actor, region_soato=region, district_soato=area.code)


def check_published(actor: Actor, scope: Scope) -> None:
    """Raise unless the actor may see published figures of the scope; figures of an NGO are for those who see it."""
    require(actor, Right.SEE_INDICATORS)
    if scope.kind is ScopeKind.NGO:
        require(actor, Right.SEE_RECORDS)
        _of_ngo(actor, int(scope.code))


def check_records(connection: Connection, actor: Actor, scope: Scope) -> RowFilter:
    """The rows of the scope that the actor sees in full; raises where it may not see the scope in full."""
    require(actor, Right.SEE_RECORDS)
    if scope.kind is ScopeKind.NGO:
        return _of_ngo(actor, int(scope.code))
    if actor.role is Role.NGO:
        if actor.ngo_id is None:
            raise ForbiddenError
        return replace(area_filter(scope), ngo_id=actor.ngo_id)
    if not _sees_in_full(connection, actor, scope):
        raise ForbiddenError
    return area_filter(scope)


def check_figures(connection: Connection, actor: Actor, scope: Scope) -> RowFilter:
    """The rows that figures of the scope are made of; leaders get every region and the nation, aggregated."""
    is_aggregated = scope.kind in {ScopeKind.NATION, ScopeKind.REGION}
    if is_aggregated and Right.SEE_ATTENTION in RIGHTS[actor.role]:
        return area_filter(scope)
    return check_records(connection, actor, scope)


def check_attention(connection: Connection, actor: Actor, scope: Scope) -> RowFilter:
    """The rows in which the actor is told what needs attention: only where it sees the scope in full."""
    require(actor, Right.SEE_ATTENTION)
    return check_records(connection, actor, scope)


def check_meeting(connection: Connection, actor: Actor, scope: Scope, right: Right) -> RowFilter:
    """The rows of an area whose meetings the actor takes part in: its own area, or one inside it.

    ``right`` is :attr:`data.rights.Right.MAKE_PACK` or ``TAKE_DECISION``. Raises ForbiddenError, for any NGO too.
    """
    require(actor, right)
    if scope.kind is ScopeKind.NGO or not _sees_in_full(connection, actor, scope):
        raise ForbiddenError
    return area_filter(scope)
