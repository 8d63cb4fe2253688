"""Helpers of the tests of packs: a district with something of every kind of record, and one way to make its pack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import Connection, Engine, func, insert, select, update

from data.agenda import agenda_for
from data.codes import DecisionCauseKind, EventState, Problem, Visibility
from data.database.engine import reading, writing
from data.dates.period import Period
from data.policy import Actor, Role, Scope
from data.schema import DecisionCause, Evaluation, Meeting, Memorandum, Pack
from queries.meetings.packs.packs import PackContent, finalise_pack, find_pack
from tests.databases import directory
from tests.queries.recommendations.recommending import recommend
from tests.registers import make_decision, make_meeting, make_request, make_target
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    FAR_REGION,
    OTHER_DISTRICT,
    REGION,
    make_evaluation,
    make_event,
    make_mahalla,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_plan_item,
)

TODAY = date(2026, 6, 15)
NOW = datetime.combine(TODAY, time(6), tzinfo=UTC)
PERIOD = Period.of_months(date(2026, 1, 1), 5)
COORDINATOR = Actor(Role.COORDINATOR, login="muvofiq", region_soato=REGION, district_soato=DISTRICT)
LEADER = Actor(Role.DISTRICT, login="tuman", region_soato=REGION, district_soato=DISTRICT)
REGIONAL = Actor(Role.REGIONAL, login="viloyat", region_soato=REGION)
NATIONAL, ADMIN = Actor(Role.NATIONAL, login="respublika"), Actor(Role.ADMIN, login="boshqaruv")
FAR_COORDINATOR = Actor(Role.COORDINATOR, login="uzoq", region_soato=FAR_REGION, district_soato=FAR_DISTRICT)
FAR_REGIONAL = Actor(Role.REGIONAL, login="uzoq-viloyat", region_soato=FAR_REGION)
AREA, ITS_REGION, NATION = Scope.district(DISTRICT), Scope.region(REGION), Scope.nation()
NAMED_NGO, HIDDEN_NGO = "Ochiq Maskan", "Pinhon Sohil"
NAMED_COMMENT, HIDDEN_COMMENT = "The hall was too small", "The inspector was late again"
# Who has made the pack of each area.
ACTORS = {AREA: COORDINATOR, ITS_REGION: REGIONAL, NATION: NATIONAL}
EVENTS = 6


@dataclass(frozen=True)
class PackWorld:
    """Inserted rows: a meeting with decisions, an event, and the memorandum that it is of."""

    meeting_id: int
    event_id: int
    memorandum_id: int


def settle(engine: Engine) -> PackWorld:
    """Fill the district: memoranda, plan, events with evaluations, recommendations, a meeting, targets, requests."""
    with writing(engine) as connection:
        named, hidden = (make_ngo(connection, name=name) for name in (NAMED_NGO, HIDDEN_NGO))
        memorandum = make_memorandum(
            connection, signed_date=date(2025, 1, 10), expiry_date=TODAY + timedelta(days=20), ngo_ids=(named, hidden)
        )
        make_memorandum(connection, signed_date=date(2025, 2, 1))
        make_memorandum(connection, signed_date=date(2025, 2, 1), district_soato=OTHER_DISTRICT)
        for days in (5, 40, 300):
            make_obligation(connection, memorandum_id=memorandum, due_date=TODAY - timedelta(days=days))
        event = _hold_events(connection, memorandum, named, hidden)
        recommend(connection, created=TODAY - timedelta(days=90), ngo_id=named)
        recommend(
            connection,
            created=TODAY - timedelta(days=40),
            released=TODAY - timedelta(days=10),
            ngo_id=hidden,
            visibility=Visibility.CONFIDENTIAL,
        )
        for days in (30, 40, 50):
            sent = TODAY - timedelta(days=days)
            make_request(connection, ngo_id=named, sent_date=sent, due_date=sent + timedelta(days=14))
        make_target(connection, indicator_code="plan_execution", year=2026, value=90.0)
        make_target(connection, indicator_code="mahalla_reach", year=2026, value=70.0, area_code="")
        meeting = _meet(connection)
    return PackWorld(meeting, event, memorandum)


def _hold_events(connection: Connection, memorandum: int, named: int, hidden: int) -> int:
    mahalla = make_mahalla(connection)
    event = 0
    for number in range(EVENTS):
        month = number % 3 + 2
        item = make_plan_item(connection, year=2026, month=month, mahalla_id=mahalla)
        kept = item if number % 2 else None
        day = date(2026, month, 3 + number)
        event = make_event(
            connection,
            event_date=day,
            mahalla_id=mahalla,
            memorandum_id=memorandum,
            plan_item_id=kept,
            ngo_ids=(named, hidden),
        )
        sent = day + timedelta(days=2)
        one = make_evaluation(
            connection, event_id=event, ngo_id=named, submitted_date=sent, problems=(Problem.LACK_OF_MEANS,)
        )
        other = make_evaluation(
            connection, event_id=event, ngo_id=hidden, submitted_date=sent, mark=1, visibility=Visibility.CONFIDENTIAL
        )
        _say(connection, one, NAMED_COMMENT)
        _say(connection, other, HIDDEN_COMMENT)
    make_event(connection, event_date=date(2026, 3, 30), mahalla_id=mahalla, state=EventState.CANCELLED)
    return event


def _say(connection: Connection, evaluation_id: int, comment: str) -> None:
    connection.execute(update(Evaluation).where(Evaluation.id == evaluation_id).values(comment=comment))


def _meet(connection: Connection) -> int:
    meeting = make_meeting(connection, meeting_date=date(2026, 4, 10))
    overdue = make_decision(connection, meeting_id=meeting, due_date=date(2026, 5, 1))
    make_decision(connection, meeting_id=meeting, due_date=date(2026, 5, 20), done_date=date(2026, 5, 12))
    cause = {"kind_code": DecisionCauseKind.INDICATOR.value, "reference": "plan_execution"}
    connection.execute(insert(DecisionCause).values(decision_id=overdue, **cause))
    return meeting


def pack(engine: Engine, actor: Actor = COORDINATOR, **changed: Any) -> PackContent:  # noqa: ANN401 - arguments of finalise_pack
    """Store the pack of the district with everything on the agenda, unless told otherwise."""
    scope: Scope = changed.get("scope", AREA)
    usual = {"pack_id": str(uuid4()), "period": PERIOD, "agenda": agenda_for(scope.kind), "today": TODAY, "now": NOW}
    return finalise_pack(engine, actor, **{**usual, "scope": scope, **changed})


def with_packs(engine: Engine) -> None:
    """Fill a database with the directory, the settled district and the pack of each area."""
    directory(engine)
    settle(engine)
    for scope, actor in ACTORS.items():
        pack(engine, actor, scope=scope)


@dataclass(frozen=True)
class Frozen:
    """Database of :func:`with_packs`: its meeting, its first memorandum, and the ids of its packs."""

    engine: Engine
    meeting_id: int
    memorandum_id: int
    ids: Mapping[Scope, str]

    def pack(self, scope: Scope = AREA) -> PackContent:
        """Read the pack of an area as who has made it."""
        return read_pack(self.engine, self.ids[scope], ACTORS[scope])

    def text(self, scope: Scope = AREA) -> str:
        """Return the stored text of the pack of an area."""
        return stored_text(self.engine, self.ids[scope])


def frozen_in(engine: Engine) -> Frozen:
    """Return what there is in a copy of :func:`with_packs`."""
    with reading(engine) as connection:
        ids = {scope: connection.scalars(select(Pack.id).where(Pack.area_code == scope.code)).one() for scope in ACTORS}
        meeting, memorandum = (connection.scalars(select(func.min(table.id))).one() for table in (Meeting, Memorandum))
    return Frozen(engine, meeting, memorandum, ids)


def read_pack(engine: Engine, pack_id: str, actor: Actor = COORDINATOR) -> PackContent:
    """Read a stored pack."""
    with reading(engine) as connection:
        found = find_pack(connection, actor, pack_id=pack_id)
    assert found is not None
    return found


def stored_text(engine: Engine, pack_id: str) -> str:
    """Return the text of a pack as it is stored."""
    with reading(engine) as connection:
        return connection.execute(select(Pack.content).where(Pack.id == pack_id)).scalar_one()


def damage(engine: Engine, pack_id: str, **values: str) -> None:
    """Change the stored text of a pack, bypassing the trigger that forbids it."""
    with writing(engine) as connection:
        if engine.dialect.name == "sqlite":
            connection.exec_driver_sql("DROP TRIGGER IF EXISTS refuse_pack_update")
        else:
            connection.exec_driver_sql("ALTER TABLE pack DISABLE TRIGGER refuse_pack_change")
        connection.execute(update(Pack).where(Pack.id == pack_id).values(**values))
