"""Outlook: what falls due in the running month and the three after it, when, and who has to act."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, insert, update

from data.codes import EventState, OutlookKind, Party, RecommendationState, Visibility
from data.database.engine import reading, writing
from data.policy import Actor, Role, Scope
from data.schema import Evaluation, EventReopening, Memorandum
from queries.outlook import outlook_counts, outlook_list
from tests.registers import make_decision, make_meeting, make_request
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    REGION,
    make_amendment,
    make_evaluation,
    make_event,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_plan_item,
    make_recommendation,
)

pytestmark = pytest.mark.both_databases

ADMIN = Actor(Role.ADMIN)
TODAY, LAST_DAY = date(2026, 11, 20), date(2027, 2, 28)


def _in(days: int) -> date:
    return TODAY + timedelta(days=days)


def _list(connection: Connection, *kinds: OutlookKind, scope: Scope | None = None) -> pd.DataFrame:
    frame = outlook_list(connection, ADMIN, scope=scope or Scope.nation(), today=TODAY, limit=50)
    return frame[frame["kind_code"].isin([kind.value for kind in kinds])] if kinds else frame


def _due(frame: pd.DataFrame) -> list[tuple[object, date]]:
    return [(key, day.date()) for key, day in zip(frame["entity_id"], frame["due_date"], strict=True)]


def test_dates_of_registers_count_from_today_to_the_end_of_the_third_month(engine: Engine) -> None:
    days = (_in(-1), TODAY, LAST_DAY, LAST_DAY + timedelta(days=1))
    with writing(engine) as connection:
        ngo_id, memorandum_id = make_ngo(connection), make_memorandum(connection)
        meeting_id = make_meeting(connection, meeting_date=_in(-60))
        made = {
            OutlookKind.EVENT: [
                make_event(connection, event_date=day, state=EventState.PLANNED, ngo_ids=(ngo_id,)) for day in days
            ],
            OutlookKind.MEMORANDUM: [make_memorandum(connection, expiry_date=day) for day in days],
            OutlookKind.OBLIGATION: [
                make_obligation(connection, memorandum_id=memorandum_id, due_date=day) for day in days
            ],
            OutlookKind.REQUEST: [
                make_request(connection, ngo_id=ngo_id, sent_date=_in(-30), due_date=day) for day in days
            ],
        }
        for day in days:
            make_decision(connection, meeting_id=meeting_id, due_date=day)
        for kind, ids in made.items():
            assert _due(_list(connection, kind)) == [(ids[1], TODAY), (ids[2], LAST_DAY)], kind
        assert [day for _, day in _due(_list(connection, OutlookKind.DECISION))] == [TODAY, LAST_DAY]


def test_what_is_done_or_over_is_not_due(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id, memorandum_id = make_ngo(connection), make_memorandum(connection)
        meeting_id = make_meeting(connection, meeting_date=_in(-60))
        make_event(connection, event_date=TODAY, state=EventState.CANCELLED)
        make_memorandum(connection, expiry_date=_in(9), terminated_date=_in(-9))
        make_memorandum(connection, expiry_date=_in(9), signed_date=None)
        make_obligation(connection, memorandum_id=memorandum_id, due_date=_in(9), fulfilled_date=_in(-1))
        make_request(connection, ngo_id=ngo_id, sent_date=_in(-3), due_date=_in(9), answered_date=_in(-1))
        make_decision(connection, meeting_id=meeting_id, due_date=_in(9), done_date=_in(-1))
        assert _list(connection).empty
        assert outlook_counts(connection, ADMIN, scope=Scope.nation(), today=TODAY).empty


def test_the_newest_amendment_moves_the_end_of_a_memorandum(engine: Engine) -> None:
    with writing(engine) as connection:
        extended = make_memorandum(connection, expiry_date=_in(5))
        make_amendment(connection, memorandum_id=extended, number=1, signed_date=_in(-2), expiry_date=_in(40))
        assert _due(_list(connection)) == [(extended, _in(40))]


def test_a_plan_item_is_due_at_the_end_of_its_month_until_an_event_names_it(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, name="Umid")
        make_plan_item(connection, year=2026, month=10)
        of_ngo = make_plan_item(connection, year=2026, month=11, responsible_ngo_id=ngo_id)
        named = make_plan_item(connection, year=2026, month=12)
        make_event(connection, event_date=date(2026, 12, 9), state=EventState.PLANNED, plan_item_id=named)
        free = make_plan_item(connection, year=2027, month=2)
        make_plan_item(connection, year=2027, month=3)
        rows = _list(connection, OutlookKind.PLAN_ITEM)
    assert _due(rows) == [(of_ngo, date(2026, 11, 30)), (free, LAST_DAY)]
    assert list(rows["owner_code"]) == ["ngo", "coordinator"]
    assert list(rows["owner_ngos"]) == [(("Umid", ngo_id),), ()]


def test_those_who_have_to_act_are_named(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, name="Umid")
        memorandum_id = make_memorandum(connection, ngo_ids=(ngo_id,))
        make_obligation(connection, memorandum_id=memorandum_id, due_date=_in(1))
        make_obligation(connection, memorandum_id=memorandum_id, due_date=_in(2), party=Party.POLICE)
        make_request(connection, ngo_id=ngo_id, sent_date=_in(-3), due_date=_in(3), asked_by=Party.POLICE)
        make_request(connection, ngo_id=ngo_id, sent_date=_in(-3), due_date=_in(4))
        meeting_id = make_meeting(connection, meeting_date=_in(-60))
        make_decision(connection, meeting_id=meeting_id, due_date=_in(5))
        rows = _list(connection)
    assert list(rows["owner_code"]) == ["ngo", "police", "ngo", "police", "named"]
    assert list(rows["owner_ngos"]) == [(("Umid", ngo_id),), (), (("Umid", ngo_id),), (), ()]
    assert list(rows["owner"]) == ["", "", "", "", "test"]
    assert list(rows["days"]) == [1, 2, 3, 4, 5]


def _recommend(
    connection: Connection,
    *,
    released_date: date | None,
    answered_date: date | None = None,
    deadline_date: date | None = None,
    visibility: Visibility = Visibility.NAMED,
) -> None:
    ngo_id = make_ngo(connection)
    event_id = make_event(connection, event_date=_in(-90), ngo_ids=(ngo_id,))
    evaluation_id = make_evaluation(
        connection, event_id=event_id, ngo_id=ngo_id, submitted_date=_in(-80), visibility=visibility
    )
    make_recommendation(
        connection,
        evaluation_id=evaluation_id,
        created_date=_in(-80),
        state=RecommendationState.ACCEPTED if answered_date else RecommendationState.NEW,
        released_date=released_date,
        answered_date=answered_date,
        deadline_date=deadline_date,
    )


def test_a_recommendation_waits_for_its_answer_and_then_for_what_was_promised(engine: Engine) -> None:
    with writing(engine) as connection:
        _recommend(connection, released_date=_in(-20))
        _recommend(connection, released_date=_in(-61))
        _recommend(connection, released_date=_in(-20), answered_date=_in(-5), deadline_date=_in(15))
        _recommend(connection, released_date=None, deadline_date=_in(15))
        rows = _list(connection)
    found = list(zip(rows["kind_code"], rows["days"], strict=True))
    assert found == [("recommendation", 15), ("answer", 40)]


def test_a_confidential_recommendation_is_due_without_its_event(engine: Engine) -> None:
    with writing(engine) as connection:
        _recommend(connection, visibility=Visibility.CONFIDENTIAL, released_date=_in(-20))
        rows = _list(connection)
    assert list(rows["number"]) == [None]
    assert list(rows["record_id"]) == [None]


def test_an_event_that_nobody_has_evaluated_is_due_on_its_last_day(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, name="Umid")
        open_event = make_event(connection, event_date=_in(-10), ngo_ids=(ngo_id,))
        make_event(connection, event_date=_in(-31), ngo_ids=(ngo_id,))
        again = make_event(connection, event_date=_in(-50), ngo_ids=(ngo_id,))
        evaluated = make_event(connection, event_date=_in(-5), ngo_ids=(ngo_id,))
        make_evaluation(connection, event_id=evaluated, ngo_id=ngo_id, submitted_date=_in(-1))
        connection.execute(
            insert(EventReopening).values(
                event_id=again, until_date=_in(7), reason="test", reopened_at=datetime(2026, 11, 1, tzinfo=UTC)
            )
        )
        rows = _list(connection)
    assert _due(rows) == [(again, _in(7)), (open_event, _in(20))]
    assert list(rows["owner_ngos"]) == [(("Umid", ngo_id),)] * 2


def test_counts_are_those_of_the_list_by_kind_and_month(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id, memorandum_id = make_ngo(connection), make_memorandum(connection, expiry_date=_in(70))
        for days in (0, 5, 15, 100):
            make_obligation(connection, memorandum_id=memorandum_id, due_date=_in(days))
        make_plan_item(connection, year=2026, month=12)
        make_event(connection, event_date=_in(-10), ngo_ids=(ngo_id,))
        _recommend(connection, released_date=_in(-20))
        counts = outlook_counts(connection, ADMIN, scope=Scope.nation(), today=TODAY)
        for code, month, number in zip(counts["kind_code"], counts["month"], counts["count"], strict=True):
            kind = OutlookKind(code)
            listed = outlook_list(
                connection, ADMIN, scope=Scope.nation(), today=TODAY, kind=kind, month=month, limit=50
            )
            assert len(listed) == number
            assert {day.date().replace(day=1) for day in listed["due_date"]} == {month}
        assert counts["count"].sum() == len(_list(connection)) == 8


def test_pages_follow_each_other_across_kinds(engine: Engine) -> None:
    with writing(engine) as connection:
        memorandum_id = make_memorandum(connection)
        for days in range(3):
            make_obligation(connection, memorandum_id=memorandum_id, due_date=_in(2 * days))
            make_memorandum(connection, expiry_date=_in(2 * days + 1))
        pages = [
            outlook_list(connection, ADMIN, scope=Scope.nation(), today=TODAY, limit=4, offset=offset)
            for offset in (0, 4)
        ]
    assert [list(page["days"]) for page in pages] == [[0, 1, 2, 3], [4, 5]]


def test_only_what_lies_in_the_scope_and_is_not_withdrawn_is_due(engine: Engine) -> None:
    regional = Actor(Role.REGIONAL, region_soato=REGION)
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        make_memorandum(connection, district_soato=FAR_DISTRICT, expiry_date=TODAY)
        near = make_memorandum(connection, expiry_date=TODAY, ngo_ids=(ngo_id,))
        withdrawn = make_memorandum(connection, expiry_date=TODAY)
        gone = update(Memorandum).where(Memorandum.id == withdrawn)
        connection.execute(gone.values(withdrawn_at=datetime(2026, 11, 1, tzinfo=UTC), withdrawn_reason="test"))
    with reading(engine) as connection:
        for scope in (Scope.region(REGION), Scope.district(DISTRICT), Scope.ngo(ngo_id)):
            assert list(outlook_list(connection, regional, scope=scope, today=TODAY, limit=9)["entity_id"]) == [near]


def test_a_confidential_evaluation_counts_as_one(engine: Engine) -> None:
    """Whether an NGO has evaluated is known to the district (who has not is listed); what it said is not."""
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        event_id = make_event(connection, event_date=_in(-5), ngo_ids=(ngo_id,))
        evaluation_id = make_evaluation(connection, event_id=event_id, ngo_id=ngo_id, submitted_date=None)
        assert len(_list(connection)) == 1
        sent = {"state_code": "submitted", "visibility_code": Visibility.CONFIDENTIAL.value}
        moment = {"submitted_at": datetime(2026, 11, 19, tzinfo=UTC), "submitted_date": date(2026, 11, 19)}
        connection.execute(update(Evaluation).where(Evaluation.id == evaluation_id).values(**sent, **moment))
        assert _list(connection).empty
