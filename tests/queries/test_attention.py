"""Attention list: its rows, their order, days late, and counts."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, Select, select, text

from data.codes import AttentionKind, EventState, Party, RecommendationState, Visibility
from data.database.engine import get_engine, reading, writing
from data.database.migrate import migrate
from data.policy import Actor, Role, Scope
from data.schema import Decision, Meeting, Recommendation
from queries import attention
from queries.attention import attention_counts, attention_list
from queries.row_filter import RowFilter
from tests.queries.meetings.deciding import change, decide, meet
from tests.registers import make_decision, make_meeting, make_request
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    REGION,
    make_evaluation,
    make_event,
    make_memorandum,
    make_ngo,
    make_obligation,
    make_recommendation,
)

pytestmark = pytest.mark.both_databases

ADMIN = Actor(Role.ADMIN)
TODAY = date(2026, 6, 15)


def _ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def _list(connection: Connection, kind: AttentionKind, *, limit: int = 50) -> pd.DataFrame:
    frame = attention_list(connection, ADMIN, scope=Scope.nation(), today=TODAY, limit=limit)
    return frame[frame["kind_code"] == kind.value]


def _count(connection: Connection, kind: AttentionKind) -> tuple[int, bool]:
    frame = attention_counts(connection, ADMIN, scope=Scope.nation(), today=TODAY)
    rows = {code: (count, is_more) for code, count, is_more in frame.itertuples(index=False, name=None)}
    return rows[kind.value]


def test_nothing_to_do_is_an_empty_list_and_zeros(engine: Engine) -> None:
    with reading(engine) as connection:
        rows = attention_list(connection, ADMIN, scope=Scope.nation(), today=TODAY, limit=5)
        counts = attention_counts(connection, ADMIN, scope=Scope.nation(), today=TODAY)
    assert list(rows.columns) == list(attention.COLUMNS)
    assert rows.empty
    assert list(counts["kind_code"]) == [kind.value for kind in AttentionKind]
    assert list(counts["count"]) == [0] * len(AttentionKind)


def test_memoranda_that_expire_soonest_come_first(engine: Engine) -> None:
    with writing(engine) as connection:
        later = make_memorandum(connection, expiry_date=_ago(-90))
        sooner = make_memorandum(connection, expiry_date=TODAY)
        make_memorandum(connection, expiry_date=_ago(-91))
        make_memorandum(connection, expiry_date=_ago(1))
        rows = _list(connection, AttentionKind.EXPIRING)
    assert list(rows["entity_id"]) == [sooner, later]
    assert list(rows["days"]) == [0, 90]


def test_memoranda_on_paper_since_ninety_days_after_the_last_event(engine: Engine) -> None:
    with writing(engine) as connection:
        silent = make_memorandum(connection, signed_date=_ago(200))
        idle = make_memorandum(connection, signed_date=_ago(400))
        make_event(connection, event_date=_ago(95), memorandum_id=idle)
        alive = make_memorandum(connection, signed_date=_ago(400))
        make_event(connection, event_date=_ago(90), memorandum_id=alive)
        rows = _list(connection, AttentionKind.ON_PAPER)
    assert list(rows["entity_id"]) == [silent, idle]
    assert list(rows["days"]) == [110, 5]


def test_obligations_are_overdue_from_the_day_after_their_date(engine: Engine) -> None:
    with writing(engine) as connection:
        memorandum_id = make_memorandum(connection)
        late = make_obligation(connection, memorandum_id=memorandum_id, due_date=_ago(1))
        make_obligation(connection, memorandum_id=memorandum_id, due_date=TODAY)
        make_obligation(connection, memorandum_id=memorandum_id, due_date=_ago(9), fulfilled_date=_ago(1))
        rows = _list(connection, AttentionKind.OBLIGATION_OVERDUE)
    assert list(rows[["entity_id", "days"]].itertuples(index=False, name=None)) == [(late, 1)]


def _recommend(
    connection: Connection,
    *,
    created: date,
    deadline: date | None = None,
    answered: date | None = None,
    state: RecommendationState = RecommendationState.NEW,
    visibility: Visibility = Visibility.NAMED,
    released: date | None = None,
    ngo_id: int | None = None,
) -> str:
    """Insert a recommendation and return its public key; a named one is released on its day."""
    ngo_id = ngo_id or make_ngo(connection)
    event_id = make_event(connection, event_date=created, ngo_ids=(ngo_id,))
    recommendation_id = make_recommendation(
        connection,
        evaluation_id=make_evaluation(
            connection, event_id=event_id, ngo_id=ngo_id, submitted_date=created, visibility=visibility
        ),
        created_date=created,
        deadline_date=deadline,
        answered_date=answered,
        state=state,
        closed_date=answered if state is RecommendationState.CLOSED else None,
        released_date=created if visibility is Visibility.NAMED else released,
    )
    key = select(Recommendation.public_id).where(Recommendation.id == recommendation_id)
    return connection.execute(key).scalar_one()


def test_recommendations_past_their_deadline_or_sixty_days_without_an_answer(engine: Engine) -> None:
    accepted, answered = RecommendationState.ACCEPTED, _ago(70)
    with writing(engine) as connection:
        unanswered = _recommend(connection, created=_ago(61))
        past = _recommend(connection, created=_ago(80), deadline=_ago(3), answered=answered, state=accepted)
        both = _recommend(connection, created=_ago(100), deadline=_ago(5))
        _recommend(connection, created=_ago(60))
        _recommend(connection, created=_ago(80), deadline=TODAY, answered=answered, state=accepted)
        _recommend(connection, created=_ago(80), answered=answered, state=accepted)
        _recommend(connection, created=_ago(99), answered=answered, state=RecommendationState.DECLINED)
        _recommend(connection, created=_ago(99), answered=answered, state=RecommendationState.CLOSED)
        _recommend(connection, created=_ago(80), deadline=_ago(3), answered=answered, state=RecommendationState.DONE)
        rows = _list(connection, AttentionKind.RECOMMENDATION_OVERDUE)
        assert _count(connection, AttentionKind.RECOMMENDATION_OVERDUE) == (3, False)
    found = list(rows[["entity_id", "days"]].itertuples(index=False, name=None))
    assert found == [(both, 40), (past, 3), (unanswered, 1)]


def test_a_confidential_recommendation_is_overdue_from_its_release_on_and_without_its_event(engine: Engine) -> None:
    with writing(engine) as connection:
        hidden: dict[str, Any] = {"created": _ago(200), "visibility": Visibility.CONFIDENTIAL}
        _recommend(connection, **hidden)
        _recommend(connection, released=_ago(60), **hidden)
        assert _list(connection, AttentionKind.RECOMMENDATION_OVERDUE).empty
        assert _count(connection, AttentionKind.RECOMMENDATION_OVERDUE) == (0, False)
        late = [_recommend(connection, released=_ago(61), **hidden) for _ in range(4)]
        rows = _list(connection, AttentionKind.RECOMMENDATION_OVERDUE)
        assert _count(connection, AttentionKind.RECOMMENDATION_OVERDUE) == (4, False)
    assert list(rows["entity_id"]) == sorted(late)
    assert rows["number"].isna().all()
    assert list(rows["days"]) == [1] * 4


def test_a_leader_who_asks_for_one_ngo_is_not_told_of_its_confidential_recommendations(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        _recommend(connection, created=_ago(200), visibility=Visibility.CONFIDENTIAL, released=_ago(99), ngo_id=ngo_id)
        named = _recommend(connection, created=_ago(100), ngo_id=ngo_id)
        rows = attention_list(connection, ADMIN, scope=Scope.ngo(ngo_id), today=TODAY, limit=9)
        counts = attention_counts(connection, ADMIN, scope=Scope.ngo(ngo_id), today=TODAY)
    assert list(rows.loc[rows["kind_code"] == "recommendation_overdue", "entity_id"]) == [named]
    assert counts.set_index("kind_code")["count"]["recommendation_overdue"] == 1


def test_planned_events_wait_from_the_day_after_theirs_until_they_are_settled(engine: Engine) -> None:
    with writing(engine) as connection:
        old = make_event(connection, event_date=_ago(400), state=EventState.PLANNED)
        late = make_event(connection, event_date=_ago(1), state=EventState.PLANNED)
        make_event(connection, event_date=TODAY, state=EventState.PLANNED)
        make_event(connection, event_date=_ago(1), state=EventState.CANCELLED)
        make_event(connection, event_date=_ago(1))
        rows = _list(connection, AttentionKind.EVENT_PASSED)
        alone = attention_list(
            connection, ADMIN, scope=Scope.nation(), today=TODAY, kind=AttentionKind.EVENT_PASSED, limit=9
        )
        assert _count(connection, AttentionKind.EVENT_PASSED) == (2, False)
    assert list(rows[["record_id", "days"]].itertuples(index=False, name=None)) == [(old, 400), (late, 1)]
    assert list(alone["record_id"]) == [old, late]


def test_an_obligation_names_its_memorandum_and_a_recommendation_no_record(engine: Engine) -> None:
    with writing(engine) as connection:
        memorandum_id = make_memorandum(connection)
        make_obligation(connection, memorandum_id=memorandum_id, due_date=_ago(1))
        _recommend(connection, created=_ago(100), deadline=_ago(3))
        assert list(_list(connection, AttentionKind.OBLIGATION_OVERDUE)["record_id"]) == [memorandum_id]
        assert _list(connection, AttentionKind.RECOMMENDATION_OVERDUE)["record_id"].isna().all()


def test_events_not_evaluated_after_fourteen_days_and_within_sixty(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        oldest = make_event(connection, event_date=_ago(60), ngo_ids=(ngo_id,))
        newest = make_event(connection, event_date=_ago(15), ngo_ids=(ngo_id,))
        make_event(connection, event_date=_ago(61))
        make_event(connection, event_date=_ago(14))
        make_event(connection, event_date=_ago(30), state=EventState.CANCELLED)
        evaluated = make_event(connection, event_date=_ago(30))
        make_evaluation(connection, event_id=evaluated, ngo_id=ngo_id, submitted_date=_ago(2))
        drafted = make_event(connection, event_date=_ago(30))
        make_evaluation(connection, event_id=drafted, ngo_id=ngo_id, submitted_date=None)
        rows = _list(connection, AttentionKind.NOT_EVALUATED)
    found = list(rows[["entity_id", "days"]].itertuples(index=False, name=None))
    assert found == [(oldest, 46), (drafted, 16), (newest, 1)]
    assert list(rows["due_date"])[-1] == pd.Timestamp(_ago(1))


def test_decisions_are_overdue_from_the_day_after_their_deadline_until_they_are_done(engine: Engine) -> None:
    with writing(engine) as connection:
        meeting_id = make_meeting(connection, meeting_date=_ago(90))
        decision_id = make_decision(connection, meeting_id=meeting_id, due_date=_ago(1))
        make_decision(connection, meeting_id=meeting_id, due_date=TODAY)
        make_decision(connection, meeting_id=meeting_id, due_date=_ago(9), done_date=_ago(1))
        late = connection.execute(select(Decision.public_id, Decision.text).where(Decision.id == decision_id)).one()
        number = connection.execute(select(Meeting.number)).scalar_one()
        rows = _list(connection, AttentionKind.DECISION_OVERDUE)
        assert _count(connection, AttentionKind.DECISION_OVERDUE) == (1, False)
    columns = ["district_soato", "entity_id", "number", "title", "days"]
    assert list(rows[columns].itertuples(index=False, name=None)) == [(DISTRICT, late.public_id, number, late.text, 1)]


def test_decisions_of_a_region_and_the_nation_are_theirs_and_an_ngo_is_told_of_none(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        for area_code in ("", REGION, DISTRICT, FAR_DISTRICT):
            meeting_id = make_meeting(connection, meeting_date=_ago(90), area_code=area_code)
            make_decision(connection, meeting_id=meeting_id, due_date=_ago(5))
        seen = [
            sorted(attention_list(connection, ADMIN, scope=scope, today=TODAY, limit=9)["district_soato"])
            for scope in (Scope.nation(), Scope.region(REGION), Scope.district(DISTRICT), Scope.ngo(ngo_id))
        ]
    assert seen == [["", REGION, DISTRICT, FAR_DISTRICT], [REGION, DISTRICT], [DISTRICT], []]


def test_what_becomes_of_a_decision_shows_on_the_list_at_once(engine: Engine) -> None:
    meeting_id = meet(engine, meeting_date=_ago(40))
    decide(engine, meeting_id=meeting_id, public_id="a", due_date=_ago(2))
    with reading(engine) as connection:
        assert list(_list(connection, AttentionKind.DECISION_OVERDUE)["entity_id"]) == ["a"]
    change(engine, public_id="a", due_date=_ago(2), done_date=_ago(1), evidence="Signed")
    with reading(engine) as connection:
        assert _list(connection, AttentionKind.DECISION_OVERDUE).empty


def test_the_limit_holds_for_each_kind_and_the_counts_stay_honest(engine: Engine) -> None:
    with writing(engine) as connection:
        memorandum_id = make_memorandum(connection, expiry_date=_ago(-10))
        for days in range(1, 6):
            make_obligation(connection, memorandum_id=memorandum_id, due_date=_ago(days))
            _recommend(connection, created=_ago(100 + days), deadline=_ago(days))
        rows = attention_list(connection, ADMIN, scope=Scope.nation(), today=TODAY, limit=2)
        assert rows.groupby("kind_code").size().to_dict() == {
            "expiring": 1,
            "on_paper": 1,
            "obligation_overdue": 2,
            "recommendation_overdue": 2,
        }
        assert list(rows["kind_code"].drop_duplicates()) == [kind.value for kind in AttentionKind][:4]
        assert list(rows.loc[rows["kind_code"] == "obligation_overdue", "days"]) == [5, 4]
        assert list(rows.loc[rows["kind_code"] == "recommendation_overdue", "days"]) == [45, 44]
        assert _count(connection, AttentionKind.OBLIGATION_OVERDUE) == (5, False)


def test_a_count_that_was_stopped_says_that_there_are_more(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attention, "COUNT_LIMIT", 3)
    with writing(engine) as connection:
        memorandum_id = make_memorandum(connection)
        for days in range(1, 4):
            make_obligation(connection, memorandum_id=memorandum_id, due_date=_ago(days))
        assert _count(connection, AttentionKind.OBLIGATION_OVERDUE) == (3, False)
        make_obligation(connection, memorandum_id=memorandum_id, due_date=_ago(9))
        assert _count(connection, AttentionKind.OBLIGATION_OVERDUE) == (3, True)


def test_only_what_lies_in_the_scope_is_listed(engine: Engine) -> None:
    regional = Actor(Role.REGIONAL, region_soato=REGION)
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        make_memorandum(connection, district_soato=FAR_DISTRICT, expiry_date=TODAY)
        near = make_memorandum(connection, expiry_date=TODAY, ngo_ids=(ngo_id,))
        make_memorandum(connection, expiry_date=TODAY)
        region = attention_list(connection, regional, scope=Scope.region(REGION), today=TODAY, limit=9)
        district = attention_list(connection, regional, scope=Scope.district(DISTRICT), today=TODAY, limit=9)
        of_ngo = attention_list(connection, regional, scope=Scope.ngo(ngo_id), today=TODAY, limit=9)
    assert (region["kind_code"] == "expiring").sum() == (district["kind_code"] == "expiring").sum() == 2
    assert set(of_ngo["entity_id"]) == {near}


def test_sqlite_finds_what_waits_longest_by_an_index_of_what_waits(tmp_path: Path) -> None:
    database = get_engine(f"sqlite:///{tmp_path / 'plan.db'}")
    migrate(database)
    sources = list(attention._sources(RowFilter(), TODAY, TODAY))
    overdue = [source for source in sources if source.kind is AttentionKind.RECOMMENDATION_OVERDUE]
    with reading(database) as connection:
        plans = [_plan(connection, source.statement.order_by("basis_date").limit(5)) for source in overdue]
        passed = next(source for source in sources if source.kind is AttentionKind.EVENT_PASSED)
        plans.append(_plan(connection, passed.statement.order_by("basis_date").limit(5)))
    assert "ix_recommendation_open_deadline" in plans[0]
    assert "ix_recommendation_open_released" in plans[1]
    assert "ix_joint_event_planned" in plans[2]


def _plan(connection: Connection, statement: Select[*tuple[Any, ...]]) -> str:
    compiled = statement.compile(connection, compile_kwargs={"literal_binds": True})
    return "\n".join(str(tuple(row)) for row in connection.execute(text(f"EXPLAIN QUERY PLAN {compiled}")))


def test_a_request_is_told_of_from_three_working_days_before_its_deadline(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        # Monday; the third working day is Thursday.
        requests = {
            days: make_request(connection, ngo_id=ngo_id, sent_date=_ago(20), due_date=_ago(-days))
            for days in (-1, 0, 3, 4)
        }
        make_request(connection, ngo_id=ngo_id, sent_date=_ago(20), due_date=TODAY, answered_date=_ago(1))
        soon = _list(connection, AttentionKind.REQUEST_DUE)
        assert list(zip(soon["record_id"], soon["days"], strict=True)) == [(requests[0], 0), (requests[3], 3)]
        assert list(_list(connection, AttentionKind.REQUEST_OVERDUE)["record_id"]) == [requests[-1]]
        assert _count(connection, AttentionKind.REQUEST_DUE) == (2, False)


def test_it_says_who_has_to_act(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection, name="Mehr")
        memorandum_id = make_memorandum(connection, ngo_ids=(ngo_id,))
        for party in (Party.NGO, Party.POLICE):
            make_obligation(connection, memorandum_id=memorandum_id, due_date=_ago(1), party=party)
        for party in (Party.POLICE, Party.NGO):
            make_request(connection, ngo_id=ngo_id, asked_by=party, sent_date=_ago(30), due_date=_ago(5))
        make_event(connection, event_date=_ago(20), ngo_ids=(ngo_id,))
        meeting_id = make_meeting(connection, meeting_date=_ago(60))
        make_decision(connection, meeting_id=meeting_id, due_date=_ago(9))
        rows = attention_list(connection, ADMIN, scope=Scope.nation(), today=TODAY, limit=9)
        owner = connection.execute(select(Decision.owner)).scalar_one()
    mehr = (("Mehr", ngo_id),)
    found = {
        kind: set(zip(of_kind["owner_code"], of_kind["owner"], of_kind["owner_ngos"], strict=True))
        for kind, of_kind in rows.groupby("kind_code")
    }
    assert found[AttentionKind.OBLIGATION_OVERDUE] == {("ngo", "", mehr), ("police", "", ())}
    assert found[AttentionKind.REQUEST_OVERDUE] == {("ngo", "", mehr), ("police", "", ())}
    assert found[AttentionKind.NOT_EVALUATED] == {("ngo", "", mehr)}
    assert found[AttentionKind.DECISION_OVERDUE] == {("named", owner, ())}
