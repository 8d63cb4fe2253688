"""Decisions of a pack: which ones a meeting opens with, and the change of their causes."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest
from sqlalchemy import Engine, insert, update

from data.codes import DecisionCauseKind, DecisionState, When
from data.database.engine import writing
from data.schema import DecisionCause, JointEvent
from queries.meetings.packs.packs import PackContent
from tests.queries.meetings.packs.packing import ADMIN, NOW, TODAY, Frozen, PackWorld, pack, settle
from tests.registers import make_decision, make_meeting
from tests.worlds import DISTRICT, REGION


def _own_plan(content: PackContent, when: When) -> pd.Series[float]:
    """Return the plan's execution in the district."""
    values = content.frames["values"]
    is_own = (values["when"] == when) & (values["area_code"] == DISTRICT)
    return values.loc[is_own & (values["indicator_code"] == "plan_execution"), "value"]


def _decided(engine: Engine, world: PackWorld) -> tuple[PackContent, PackContent]:
    """Store the last meeting's pack, undo half of the plan, and store today's pack."""
    shown = pack(engine, ADMIN, meeting_id=world.meeting_id, today=date(2026, 4, 10), now=NOW - timedelta(days=60))
    with writing(engine) as connection:
        connection.execute(update(JointEvent).where(JointEvent.id == world.event_id).values(plan_item_id=None))
    return shown, pack(engine, ADMIN)


def test_decisions_show_what_the_indicator_was_at_their_meeting_and_is_now(engine: Engine) -> None:
    shown, now = _decided(engine, settle(engine))
    first = now.frames["decisions"].iloc[0]
    assert (first["cause_kind_code"], first["cause_reference"]) == ("indicator", "plan_execution")
    then = _own_plan(shown, When.NOW)
    assert first["cause_then"] == then.iloc[0] == 50.0
    assert first["cause_now"] == pytest.approx(100 / 3)


def test_without_a_pack_of_their_meeting_nothing_is_said_of_what_the_indicator_was_then(frozen: Frozen) -> None:
    first = frozen.pack().frames["decisions"].iloc[0]
    assert pd.isna(first["cause_then"])
    assert first["cause_now"] == 50.0


def test_decisions_are_those_open_or_overdue_and_all_of_the_last_meeting(engine: Engine) -> None:
    world = settle(engine)
    with writing(engine) as connection:
        older = make_meeting(connection, meeting_date=date(2026, 1, 10))
        make_decision(connection, meeting_id=older, due_date=date(2026, 2, 1), done_date=date(2026, 1, 20))
        late = make_decision(connection, meeting_id=older, due_date=date(2026, 2, 1))
        cause = {"kind_code": DecisionCauseKind.MEMORANDUM.value, "reference": str(world.memorandum_id)}
        connection.execute(insert(DecisionCause).values(decision_id=late, **cause))
        future = make_meeting(connection, meeting_date=TODAY + timedelta(days=3))
        make_decision(connection, meeting_id=future, due_date=TODAY + timedelta(days=30))
        wider = make_meeting(connection, meeting_date=date(2026, 2, 1), area_code=REGION)
        make_decision(connection, meeting_id=wider, due_date=date(2026, 3, 1))
    decided = pack(engine).frames["decisions"]
    overdue = DecisionState.OVERDUE.value
    assert decided["state_code"].tolist() == [overdue, overdue, DecisionState.DONE.value]
    assert decided["due_date"].is_monotonic_increasing
    assert decided["cause_kind_code"].tolist() == [DecisionCauseKind.MEMORANDUM.value, "indicator", None]
    assert decided["cause_title"].str.startswith("M-").tolist() == [True, False, None]
    assert decided["cause_now"].isna().tolist() == [True, False, True]


def test_decisions_of_this_very_meeting_are_not_those_of_the_last_one(engine: Engine) -> None:
    world = settle(engine)
    assert pack(engine, meeting_id=world.meeting_id).frames["decisions"].empty
