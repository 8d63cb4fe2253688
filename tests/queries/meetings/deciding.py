"""Helpers of the tests of decisions: deciders, a meeting, and one way to decide and to change."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Engine, select

from data.database.engine import reading
from data.policy import Actor, Role, Scope
from data.schema import AuditEntry
from queries.meetings.decisions import add_decision, change_decision, decisions
from queries.meetings.meetings import add_meeting
from tests.worlds import DISTRICT, FAR_DISTRICT, FAR_REGION, REGION

TODAY = date(2026, 6, 15)
NOW = datetime.combine(TODAY, time(6), tzinfo=UTC)
COORDINATOR = Actor(Role.COORDINATOR, region_soato=REGION, district_soato=DISTRICT)
LEADER = Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT)
REGIONAL = Actor(Role.REGIONAL, region_soato=REGION)
NATIONAL, ADMIN = Actor(Role.NATIONAL), Actor(Role.ADMIN)
FAR_COORDINATOR = Actor(Role.COORDINATOR, region_soato=FAR_REGION, district_soato=FAR_DISTRICT)
FAR_REGIONAL = Actor(Role.REGIONAL, region_soato=FAR_REGION)
AREA = Scope.district(DISTRICT)
WORDS = {"text": "Renew the memorandum", "owner": "District office"}


def in_days(days: int) -> date:
    """Return a day after :data:`TODAY`, before it where negative."""
    return TODAY + timedelta(days=days)


def meet(engine: Engine, actor: Actor = ADMIN, **changed: object) -> int:
    """Insert a meeting of the district, held today unless told otherwise, and return its id."""
    usual = {"scope": AREA, "number": "2026/2", "title": "Second quarter", "meeting_date": TODAY, "now": NOW}
    values: dict[str, Any] = {**usual, **changed}
    return add_meeting(engine, actor, **values)


def decide(engine: Engine, actor: Actor = COORDINATOR, **changed: object) -> int:
    """Take a decision; ``meeting_id`` is needed, the rest is usual unless told otherwise. Returns its number."""
    usual = {"public_id": str(uuid4()), "due_date": in_days(30), "causes": (), "now": NOW}
    values: dict[str, Any] = {**WORDS, **usual, **changed}
    return add_decision(engine, actor, **values)


def change(engine: Engine, actor: Actor = COORDINATOR, **changed: object) -> int:
    """Change a decision from its first version; ``public_id`` is needed. Returns the version that stands."""
    usual = {"version": 1, "due_date": in_days(30), "done_date": None, "evidence": "", "now": NOW}
    values: dict[str, Any] = {**WORDS, **usual, **changed}
    return change_decision(engine, actor, **values)


def rows(engine: Engine, actor: Actor = COORDINATOR, *, scope: Scope = AREA, today: date = TODAY) -> list[Any]:
    """Return the decisions of an area's meetings as named tuples."""
    with reading(engine) as connection:
        return list(decisions(connection, actor, scope=scope, today=today).itertuples(index=False))


def audited(engine: Engine, entity: str) -> list[AuditEntry]:
    """Return the audit entries of a kind of thing, in their order."""
    with reading(engine) as connection:
        found = connection.execute(select(AuditEntry.__table__).where(AuditEntry.entity == entity).order_by("id")).all()
    return [AuditEntry(**row._mapping) for row in found]
