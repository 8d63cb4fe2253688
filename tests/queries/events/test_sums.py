"""List of joint events, and counts by direction, by month and against the plan."""

from __future__ import annotations

from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, update

from data.aggregates import refresh
from data.codes import Direction, EventState
from data.database.engine import reading, writing
from data.dates.period import Period
from data.policy import Actor, Role, Scope
from data.schema import JointEvent
from queries.events.lists import event_list
from queries.events.sums import events_by_direction, participants_by_group, plan_and_fact
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    OTHER_DISTRICT,
    REGION,
    make_evaluation,
    make_event,
    make_mahalla,
    make_ngo,
    make_plan_item,
)

ADMIN = Actor(Role.ADMIN)
PERIOD = Period.of_months(date(2025, 11, 1), 3)


def _rows(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame.itertuples(index=False, name=None))


def test_the_list_names_the_mahalla_the_ngos_and_whether_it_was_evaluated(engine: Engine) -> None:
    with writing(engine) as connection:
        umid, mehr = make_ngo(connection, name="Umid"), make_ngo(connection, name="Mehr")
        mahalla_id = make_mahalla(connection, name="Bogʻiston")
        event_id = make_event(
            connection, event_date=date(2025, 12, 5), mahalla_id=mahalla_id, ngo_ids=(umid, mehr), participants_total=45
        )
        make_evaluation(connection, event_id=event_id, ngo_id=umid, submitted_date=date(2025, 12, 9))
        frame = event_list(connection, ADMIN, scope=Scope.nation(), period=PERIOD, limit=10)
    row = frame.iloc[0]
    assert (row["event_id"], row["mahalla"], row["ngos"], row["participants_total"], row["is_evaluated"]) == (
        event_id, "Bogʻiston", "Mehr; Umid", 45, True,
    )  # fmt: skip


def test_the_newest_events_of_the_period_fill_the_limit(engine: Engine) -> None:
    with writing(engine) as connection:
        days = [date(2025, 10, 31), date(2025, 11, 1), date(2025, 12, 15), date(2026, 1, 31), date(2026, 2, 1)]
        ids = [make_event(connection, event_date=day) for day in days]
        full = event_list(connection, ADMIN, scope=Scope.nation(), period=PERIOD, limit=10)
        short = event_list(connection, ADMIN, scope=Scope.nation(), period=PERIOD, limit=2)
    assert list(full["event_id"]) == ids[3:0:-1]
    assert list(short["event_id"]) == ids[3:1:-1]


def test_the_list_holds_one_direction_where_asked_and_every_state(engine: Engine) -> None:
    with writing(engine) as connection:
        day = date(2025, 12, 15)
        raid = make_event(connection, event_date=day, direction=Direction.PUBLIC_OVERSIGHT, state=EventState.CANCELLED)
        make_event(connection, event_date=day, direction=Direction.YOUTH_WORK)
        frame = event_list(
            connection, ADMIN, scope=Scope.nation(), period=PERIOD, direction=Direction.PUBLIC_OVERSIGHT, limit=10
        )
    assert _rows(frame[["event_id", "state_code"]]) == [(raid, "cancelled")]


def test_an_ngo_sees_its_own_events_and_its_own_evaluations(engine: Engine) -> None:
    with writing(engine) as connection:
        own, other = make_ngo(connection), make_ngo(connection)
        shared = make_event(connection, event_date=date(2025, 12, 5), ngo_ids=(own, other))
        make_event(connection, event_date=date(2025, 12, 6), ngo_ids=(other,))
        make_evaluation(connection, event_id=shared, ngo_id=other, submitted_date=date(2025, 12, 9))
        actor = Actor(Role.NGO, ngo_id=own)
        frame = event_list(connection, actor, scope=Scope.district(DISTRICT), period=PERIOD, limit=10)
    assert _rows(frame[["event_id", "is_evaluated"]]) == [(shared, False)]


def _seed(connection: Connection) -> int:
    """Insert events and plan items of an NGO and of others, and return the id of the NGO."""
    ngo_id = make_ngo(connection)
    november, january = date(2025, 11, 20), date(2026, 1, 10)
    item = make_plan_item(connection, year=2025, month=11, responsible_ngo_id=ngo_id)
    make_plan_item(connection, year=2026, month=1, responsible_ngo_id=ngo_id)
    make_plan_item(connection, year=2026, month=2, responsible_ngo_id=ngo_id)
    make_plan_item(connection, year=2026, month=1, district_soato=FAR_DISTRICT)
    make_event(connection, event_date=november, plan_item_id=item, ngo_ids=(ngo_id,), participants_total=30)
    make_event(connection, event_date=january, direction=Direction.LEGAL_OUTREACH, ngo_ids=(ngo_id,))
    make_event(connection, event_date=january, state=EventState.CANCELLED, ngo_ids=(ngo_id,))
    make_event(connection, event_date=january, district_soato=OTHER_DISTRICT, participants_total=7)
    make_event(connection, event_date=january, district_soato=FAR_DISTRICT, participants_total=100)
    connection.execute(update(JointEvent).where(JointEvent.state_code == "held").values(participants_women=3))
    refresh(connection)
    return ngo_id


@pytest.mark.parametrize(
    ("area", "held", "people", "planned", "fulfilled"),
    [
        ("nation", [1, 0, 3], [30, 0, 127], [1, 0, 2], [1, 0, 0]),
        ("region", [1, 0, 2], [30, 0, 27], [1, 0, 1], [1, 0, 0]),
        ("district", [1, 0, 1], [30, 0, 20], [1, 0, 1], [1, 0, 0]),
        ("ngo", [1, 0, 1], [30, 0, 20], [1, 0, 1], [1, 0, 0]),
    ],
)
def test_sums_by_month_have_every_month(
    engine: Engine, area: str, held: list[int], people: list[int], planned: list[int], fulfilled: list[int]
) -> None:
    with writing(engine) as connection:
        ngo_id = _seed(connection)
        scopes = {"region": Scope.region(REGION), "district": Scope.district(DISTRICT), "ngo": Scope.ngo(ngo_id)}
        scope = scopes.get(area, Scope.nation())
        plan = plan_and_fact(connection, ADMIN, scope=scope, period=PERIOD)
        by_direction = events_by_direction(connection, ADMIN, scope=scope, period=PERIOD)
        by_group = participants_by_group(connection, ADMIN, scope=scope, period=PERIOD).set_index("group_code")
    months = [pd.Timestamp(2025, 11, 1), pd.Timestamp(2025, 12, 1), pd.Timestamp(2026, 1, 1)]
    assert _rows(plan) == list(zip(months, planned, fulfilled, held, strict=True))
    assert list(by_direction["direction_code"]) == [direction.value for direction in Direction]
    assert (by_direction["events"].sum(), by_direction["participants_total"].sum()) == (sum(held), sum(people))
    assert by_group["participants"]["participants_total"] == sum(people)
    assert by_group["participants"]["participants_women"] == 3 * sum(held)


def test_no_events_are_zeros_not_gaps(engine: Engine) -> None:
    with reading(engine) as connection:
        assert plan_and_fact(connection, ADMIN, scope=Scope.nation(), period=PERIOD)["held"].sum() == 0
        assert event_list(connection, ADMIN, scope=Scope.nation(), period=PERIOD, limit=5).empty
