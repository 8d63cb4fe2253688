"""Threads of recommendations: who sees which columns of which, in which order, and the counts."""

from __future__ import annotations

from datetime import timedelta

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine, update

from data.codes import RecommendationState, Visibility
from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role, Scope
from data.schema import Recommendation
from queries.recommendations.steps import accept, assign, confirm, decline, mark_done, reopen
from queries.recommendations.threads import thread_counts, thread_steps, threads
from tests.queries.recommendations.recommending import ADMIN, COORDINATOR, NOW, TODAY, Made, ago, recommend
from tests.worlds import DISTRICT, FAR_DISTRICT, REGION, make_ngo

pytestmark = pytest.mark.both_databases

HERE = Scope.district(DISTRICT)
CONFIDENTIAL = Visibility.CONFIDENTIAL
LEADERS = [
    COORDINATOR,
    ADMIN,
    Actor(Role.NATIONAL),
    Actor(Role.REGIONAL, region_soato=REGION),
    Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT),
]


def _threads(
    connection: Connection, actor: Actor = COORDINATOR, *, scope: Scope = HERE, state: RecommendationState | None = None
) -> pd.DataFrame:
    return threads(connection, actor, scope=scope, today=TODAY, state=state, limit=50)


def _keys(frame: pd.DataFrame) -> list[str]:
    return list(frame["public_id"])


def test_the_district_sees_a_named_recommendation_with_ngo_and_event(engine: Engine) -> None:
    with writing(engine) as connection:
        made = recommend(connection, created=ago(3))
        row = _threads(connection).iloc[0]
    assert row["public_id"] == made.public_id
    assert (row["ngo_name"], row["event_number"]) == (made.ngo_name, made.event_number)
    assert row["shown_date"] == pd.Timestamp(ago(3))
    assert not row["is_confidential"]


@pytest.mark.parametrize("actor", LEADERS, ids=lambda actor: actor.role.value)
def test_leaders_see_a_confidential_one_from_its_release_on_without_anything_that_points_at_it(
    engine: Engine, actor: Actor
) -> None:
    with writing(engine) as connection:
        recommend(connection, created=ago(30), visibility=CONFIDENTIAL)
        recommend(connection, created=ago(30), released=ago(-1), visibility=CONFIDENTIAL)
        made = recommend(connection, created=ago(40), released=ago(2), visibility=CONFIDENTIAL)
        frame = _threads(connection, actor)
        counts = thread_counts(connection, actor, scope=HERE, today=TODAY)
    assert _keys(frame) == [made.public_id]
    assert counts["count"].sum() == 1
    row = frame.iloc[0]
    assert row[["ngo_name", "event_number", "event_title"]].isna().all()
    assert row["is_confidential"]
    assert row["shown_date"] == row["released_date"] == pd.Timestamp(2026, 6, 1)
    shown = frame.to_csv()
    assert made.ngo_name not in shown
    assert str(ago(40)) not in shown
    assert "id" not in frame.columns


def test_a_leader_cannot_find_the_ngo_of_a_confidential_one_by_asking_for_that_ngo(engine: Engine) -> None:
    with writing(engine) as connection:
        hidden = recommend(connection, created=ago(40), released=ago(2), visibility=CONFIDENTIAL)
        scope = Scope.ngo(hidden.ngo.ngo_id or 0)
        named = recommend(connection, created=ago(5), ngo_id=hidden.ngo.ngo_id)
        for actor in (COORDINATOR, ADMIN, Actor(Role.NATIONAL)):
            assert _keys(_threads(connection, actor, scope=scope)) == [named.public_id]
            assert thread_counts(connection, actor, scope=scope, today=TODAY)["count"].sum() == 1


def test_the_order_of_what_was_released_together_is_not_that_of_writing(engine: Engine) -> None:
    with writing(engine) as connection:
        made = [
            recommend(connection, created=ago(40 - day), released=ago(2), visibility=CONFIDENTIAL) for day in range(12)
        ]
        keys = _keys(_threads(connection))
    assert keys == sorted(one.public_id for one in made)
    assert keys not in ([one.public_id for one in made], [one.public_id for one in reversed(made)])


def test_the_ngo_sees_its_own_in_full_from_the_start_and_nothing_of_others(engine: Engine) -> None:
    with writing(engine) as connection:
        made = recommend(connection, created=ago(9), visibility=CONFIDENTIAL)
        recommend(connection, created=ago(1))
        frames = [_threads(connection, made.ngo, scope=scope) for scope in (Scope.ngo(made.ngo.ngo_id or 0), HERE)]
    for frame in frames:
        row = frame.iloc[0]
        assert _keys(frame) == [made.public_id]
        assert (row["ngo_name"], row["event_number"]) == (made.ngo_name, made.event_number)
        assert row["shown_date"] == pd.Timestamp(ago(9))
        assert not row["is_released"]
        assert pd.isna(row["released_date"])


def test_the_ngo_is_told_when_the_district_could_see_its_confidential_one(engine: Engine) -> None:
    with writing(engine) as connection:
        made = recommend(connection, created=ago(40), released=ago(2), visibility=CONFIDENTIAL)
        row = _threads(connection, made.ngo).iloc[0]
    assert row["is_released"]
    assert row["released_date"] == pd.Timestamp(ago(2))


def test_national_leadership_is_not_told_whose_a_named_one_is(engine: Engine) -> None:
    with writing(engine) as connection:
        made = recommend(connection, created=ago(3))
        row = _threads(connection, Actor(Role.NATIONAL), scope=Scope.nation()).iloc[0]
    assert row["public_id"] == made.public_id
    assert row["ngo_name"] is None


@pytest.mark.parametrize(
    ("actor", "scope"),
    [
        (Actor(Role.PUBLIC), HERE),
        (COORDINATOR, Scope.district(FAR_DISTRICT)),
        (COORDINATOR, Scope.nation()),
        (Actor(Role.NGO, ngo_id=1), Scope.ngo(2)),
    ],
)
def test_nobody_reads_where_they_do_not_belong(engine: Engine, actor: Actor, scope: Scope) -> None:
    with reading(engine) as connection:
        with pytest.raises(ForbiddenError):
            _threads(connection, actor, scope=scope)
        with pytest.raises(ForbiddenError):
            thread_steps(connection, actor, scope=scope, today=TODAY, public_ids=[])
        with pytest.raises(ForbiddenError):
            thread_counts(connection, actor, scope=scope, today=TODAY)


def test_overdue_is_past_the_deadline_or_sixty_days_after_release_without_an_answer(engine: Engine) -> None:
    accepted, done = RecommendationState.ACCEPTED, RecommendationState.DONE
    with writing(engine) as connection:
        past = recommend(connection, created=ago(30), answered=ago(20), deadline=ago(1), state=accepted)
        silent = recommend(connection, created=ago(61))
        hidden = recommend(connection, created=ago(99), released=ago(61), visibility=CONFIDENTIAL)
        recommend(connection, created=ago(60))
        recommend(connection, created=ago(99), released=ago(60), visibility=CONFIDENTIAL)
        recommend(connection, created=ago(30), answered=ago(20), deadline=TODAY, state=accepted)
        recommend(connection, created=ago(30), answered=ago(20), deadline=ago(9), state=done)
        frame = _threads(connection)
        counts = thread_counts(connection, COORDINATOR, scope=HERE, today=TODAY).set_index("state_code")
    late = frame[frame["is_overdue"]]
    assert set(_keys(late)) == {past.public_id, silent.public_id, hidden.public_id}
    assert _keys(frame)[:3] == _keys(late)
    assert frame.iloc[-1]["state_code"] == done.value
    assert dict(counts["overdue"]) == {"new": 2, "accepted": 1, "declined": 0, "done": 0, "closed": 0}


def test_days_left_count_to_the_deadline_while_something_is_to_be_done(engine: Engine) -> None:
    accepted, done = RecommendationState.ACCEPTED, RecommendationState.DONE
    with writing(engine) as connection:
        recommend(connection, created=ago(30), answered=ago(20), deadline=ago(4), state=accepted)
        recommend(connection, created=ago(30), answered=ago(20), deadline=ago(-5), state=accepted)
        recommend(connection, created=ago(30))
        recommend(connection, created=ago(30), answered=ago(20), deadline=ago(4), state=done)
        days = _threads(connection)["days_left"]
    assert list(days[:2]) == [-4, 5]
    assert days[2:].isna().all()


def test_what_awaits_the_ngo_comes_first_to_the_ngo(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        newest = recommend(connection, created=ago(1), ngo_id=ngo_id)
        older = recommend(connection, created=ago(50), ngo_id=ngo_id)
        waiting = recommend(connection, created=ago(90), ngo_id=ngo_id, state=RecommendationState.DONE)
        frame = _threads(connection, newest.ngo)
    assert _keys(frame) == [waiting.public_id, newest.public_id, older.public_id]


def test_a_state_and_a_limit_narrow_the_list(engine: Engine) -> None:
    with writing(engine) as connection:
        for _ in range(3):
            recommend(connection, created=ago(5))
        done = recommend(connection, created=ago(5), state=RecommendationState.DONE)
        assert _keys(_threads(connection, state=RecommendationState.DONE)) == [done.public_id]
        assert len(threads(connection, COORDINATOR, scope=HERE, today=TODAY, limit=2)) == 2
        counts = thread_counts(connection, COORDINATOR, scope=HERE, today=TODAY)
    assert list(counts["state_code"]) == [state.value for state in RecommendationState]
    assert list(counts["count"]) == [3, 0, 0, 1, 0]


def test_both_sides_read_the_same_thread_in_its_order_and_without_names(engine: Engine) -> None:
    with writing(engine) as connection:
        made = recommend(connection, created=ago(40), released=ago(20), visibility=CONFIDENTIAL)
    _whole_thread(engine, made)
    with reading(engine) as connection:
        rows = [
            thread_steps(connection, actor, scope=HERE, today=TODAY, public_ids=[made.public_id])
            for actor in (COORDINATOR, made.ngo)
        ]
        thread = _threads(connection).iloc[0]
    pd.testing.assert_frame_equal(rows[0], rows[1])
    assert list(rows[0]["step_number"]) == list(range(1, thread["steps"] + 1))
    assert list(zip(rows[0]["side_code"], rows[0]["action_code"], strict=True)) == [
        ("police", "declined"),
        ("ngo", "reopened"),
        ("police", "assigned"),
        ("police", "accepted"),
        ("police", "done"),
        ("ngo", "reopened"),
        ("police", "done"),
        ("ngo", "confirmed"),
    ]
    assert rows[0]["step_date"].is_monotonic_increasing
    assert set(rows[0]["step_date"].dt.date) == {(NOW + timedelta(days=day)).date() for day in range(7)}
    assert list(rows[0].columns) == ["public_id", "step_number", "side_code", "action_code", "step_date", "text"]


def _whole_thread(engine: Engine, made: Made) -> None:
    key, day = made.public_id, timedelta(days=1)
    decline(engine, COORDINATOR, public_id=key, seen_state=RecommendationState.NEW, reason="Not ours", now=NOW)
    reopen(engine, made.ngo, public_id=key, seen_state=RecommendationState.DECLINED, reason="It is", now=NOW + day)
    deadline = (NOW + 9 * day).date()
    assign(
        engine,
        COORDINATOR,
        public_id=key,
        seen_state=RecommendationState.NEW,
        owner="Office",
        deadline_date=deadline,
        now=NOW + 2 * day,
    )
    accept(engine, COORDINATOR, public_id=key, answer="Yes", owner="Office", deadline_date=deadline, now=NOW + 2 * day)
    mark_done(engine, COORDINATOR, public_id=key, note="Bought", now=NOW + 3 * day)
    reopen(engine, made.ngo, public_id=key, seen_state=RecommendationState.DONE, reason="Not here", now=NOW + 4 * day)
    mark_done(engine, COORDINATOR, public_id=key, note="Now here", now=NOW + 5 * day)
    confirm(engine, made.ngo, public_id=key, now=NOW + 6 * day)


def test_steps_of_a_thread_that_may_not_be_seen_are_not_given_even_by_its_key(engine: Engine) -> None:
    with writing(engine) as connection:
        made = recommend(connection, created=ago(2))
        far = recommend(connection, created=ago(2), district_soato=FAR_DISTRICT)
        stranger = Actor(Role.NGO, ngo_id=make_ngo(connection))
    decline(engine, COORDINATOR, public_id=made.public_id, seen_state=RecommendationState.NEW, reason="No", now=NOW)
    decline(engine, ADMIN, public_id=far.public_id, seen_state=RecommendationState.NEW, reason="No", now=NOW)
    keys = [made.public_id, far.public_id]
    with reading(engine) as connection:
        mine = thread_steps(connection, COORDINATOR, scope=HERE, today=TODAY, public_ids=keys)
        strange = thread_steps(connection, stranger, scope=HERE, today=TODAY, public_ids=keys)
    assert set(mine["public_id"]) == {made.public_id}
    assert strange.empty


def test_a_shorter_list_is_the_beginning_of_the_longer(engine: Engine) -> None:
    states = [("new", None), ("new", 5), ("new", -5), ("accepted", 9), ("done", 2)]
    with writing(engine) as connection:
        for number, (state, days) in enumerate([*states, ("declined", None), *states]):
            made = recommend(connection, created=ago(20 + 9 * number))
            deadline = None if days is None else ago(days)
            row = update(Recommendation).where(Recommendation.public_id == made.public_id)
            connection.execute(row.values(deadline_date=deadline, state_code=state))
        everything = _keys(_threads(connection))
        lists = [
            _keys(threads(connection, COORDINATOR, scope=HERE, today=TODAY, limit=limit))
            for limit in range(1, len(everything) + 2)
        ]
    assert len(everything) == 11
    assert lists == [everything[: number + 1] for number in range(len(lists))]
