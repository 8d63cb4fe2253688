"""Steps of either side on a recommendation: allowed states, repetition, and what is stored."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import Engine, select, update

from data.codes import RecommendationState, Visibility
from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role
from data.schema import Account, AuditEntry, Recommendation, RecommendationStep
from queries.recommendations.changes import ActedFirstError, StepOutcome
from queries.recommendations.steps import DeclinedForGoodError, accept, assign, confirm, decline, mark_done, reopen
from tests.people import add_person
from tests.queries.recommendations.recommending import ADMIN, COORDINATOR, NOW, TODAY, Made, ago, recommend, stored
from tests.worlds import DISTRICT, FAR_DISTRICT, REGION, make_ngo

pytestmark = pytest.mark.both_databases

DEADLINE = ago(-30)
STATE = RecommendationState
Act = Callable[[Engine, Actor, str], StepOutcome]


def _accept(engine: Engine, actor: Actor, key: str, *, answer: str = "We will") -> StepOutcome:
    return accept(engine, actor, public_id=key, answer=answer, owner="Office", deadline_date=DEADLINE, now=NOW)


def _seen(engine: Engine, key: str) -> RecommendationState:
    """Return the state that a freshly drawn page shows."""
    wanted = select(Recommendation.state_code).where(Recommendation.public_id == key)
    with reading(engine) as connection:
        return STATE(connection.execute(wanted).scalar_one_or_none() or STATE.NEW)


def _assign(
    engine: Engine, actor: Actor, key: str, *, owner: str = "Station", seen: RecommendationState | None = None
) -> StepOutcome:
    state = seen or _seen(engine, key)
    return assign(engine, actor, public_id=key, seen_state=state, owner=owner, deadline_date=DEADLINE, now=NOW)


def _decline(
    engine: Engine, actor: Actor, key: str, *, reason: str = "Not ours", seen: RecommendationState | None = None
) -> StepOutcome:
    return decline(engine, actor, public_id=key, seen_state=seen or _seen(engine, key), reason=reason, now=NOW)


def _done(engine: Engine, actor: Actor, key: str) -> StepOutcome:
    return mark_done(engine, actor, public_id=key, note="Bought", now=NOW)


def _confirm(engine: Engine, actor: Actor, key: str) -> StepOutcome:
    return confirm(engine, actor, public_id=key, now=NOW)


def _reopen(
    engine: Engine, actor: Actor, key: str, *, reason: str = "Not yet", seen: RecommendationState | None = None
) -> StepOutcome:
    return reopen(engine, actor, public_id=key, seen_state=seen or _seen(engine, key), reason=reason, now=NOW)


OF_DISTRICT: list[Act] = [_accept, _assign, _decline, _done]
OF_NGO: list[Act] = [_confirm, _reopen]


def _made(engine: Engine, *, state: RecommendationState = STATE.NEW, **given: object) -> Made:
    with writing(engine) as connection:
        return recommend(connection, created=ago(9), state=state, **given)  # type: ignore[arg-type]


def _steps(engine: Engine, made: Made) -> list[tuple[str, str, str]]:
    row = RecommendationStep
    wanted = select(row.side_code, row.action_code, row.text).where(row.recommendation_id == made.id).order_by(row.id)
    with reading(engine) as connection:
        return [(side, action, text) for side, action, text in connection.execute(wanted)]


def _audited(engine: Engine) -> list[str]:
    wanted = select(AuditEntry.action_code).where(AuditEntry.entity == "recommendation").order_by(AuditEntry.id)
    with reading(engine) as connection:
        return list(connection.execute(wanted).scalars())


def test_from_the_proposal_to_its_end(engine: Engine) -> None:
    made = _made(engine)
    key = made.public_id
    assert _accept(engine, COORDINATOR, key) == StepOutcome(STATE.ACCEPTED)
    row = stored(engine, made)
    assert (row.answer, row.answered_date, row.owner, row.deadline_date) == ("We will", TODAY, "Office", DEADLINE)
    assert _done(engine, COORDINATOR, key) == StepOutcome(STATE.DONE)
    assert stored(engine, made).closed_date is None
    assert _confirm(engine, made.ngo, key) == StepOutcome(STATE.CLOSED)
    row = stored(engine, made)
    assert (row.state_code, row.closed_date) == ("closed", TODAY)
    assert _steps(engine, made) == [
        ("police", "assigned", f"Office, {DEADLINE:%d.%m.%Y}"),
        ("police", "accepted", "We will"),
        ("police", "done", "Bought"),
        ("ngo", "confirmed", ""),
    ]
    assert _audited(engine) == ["accepted", "done", "confirmed"]


def test_the_day_of_a_step_is_that_of_tashkent(engine: Engine) -> None:
    made = _made(engine, state=STATE.DONE)
    confirm(engine, made.ngo, public_id=made.public_id, now=NOW + timedelta(hours=14))
    assert stored(engine, made).closed_date == ago(-1)


def test_an_accepted_one_that_turns_out_impossible_may_be_declined(engine: Engine) -> None:
    made = _made(engine, state=STATE.ACCEPTED)
    assert _decline(engine, ADMIN, made.public_id).state is STATE.DECLINED
    assert stored(engine, made).answer == "Not ours"


def test_what_was_not_done_is_accepted_again_as_often_as_the_ngo_says_so(engine: Engine) -> None:
    made = _made(engine, state=STATE.DONE)
    for reason in ("Not yet", "Still not"):
        assert _reopen(engine, made.ngo, made.public_id, reason=reason) == StepOutcome(STATE.ACCEPTED)
        _done(engine, COORDINATOR, made.public_id)
    assert [text for _, action, text in _steps(engine, made) if action == "reopened"] == ["Not yet", "Still not"]


def test_what_was_declined_waits_for_another_answer_once(engine: Engine) -> None:
    made = _made(engine)
    _decline(engine, COORDINATOR, made.public_id)
    assert _reopen(engine, made.ngo, made.public_id) == StepOutcome(STATE.NEW)
    row = stored(engine, made)
    assert (row.answer, row.answered_date) == ("", None)
    assert _reopen(engine, made.ngo, made.public_id, seen=STATE.DECLINED).is_repeated
    _decline(engine, COORDINATOR, made.public_id, reason="Still not ours")
    with pytest.raises(DeclinedForGoodError):
        _reopen(engine, made.ngo, made.public_id, reason="Please")
    assert stored(engine, made).state_code == "declined"


@pytest.mark.parametrize("act", [*OF_DISTRICT, *OF_NGO])
def test_a_second_click_adds_nothing_and_says_the_same(engine: Engine, act: Act) -> None:
    starts: dict[Act, RecommendationState] = {_done: STATE.ACCEPTED, _confirm: STATE.DONE, _reopen: STATE.DONE}
    first = starts.get(act, STATE.NEW)
    made = _made(engine, state=first)
    actor = made.ngo if act in OF_NGO else COORDINATOR
    outcome = act(engine, actor, made.public_id)
    steps, audited = _steps(engine, made), _audited(engine)
    again = act(engine, actor, made.public_id)
    assert (again.state, again.is_repeated) == (outcome.state, True)
    assert (_steps(engine, made), _audited(engine)) == (steps, audited)


@pytest.mark.parametrize(
    ("act", "allowed"),
    [
        (_accept, {STATE.NEW}),
        (_assign, {STATE.NEW, STATE.ACCEPTED}),
        (_decline, {STATE.NEW, STATE.ACCEPTED}),
        (_done, {STATE.ACCEPTED}),
        (_confirm, {STATE.DONE}),
        (_reopen, {STATE.DONE, STATE.DECLINED}),
    ],
)
def test_a_step_is_possible_from_its_states_only_and_else_names_the_present_one(
    engine: Engine, act: Act, allowed: set[RecommendationState]
) -> None:
    for state in STATE:
        made = _made(engine, state=state, closed=TODAY if state is STATE.CLOSED else None)
        actor = made.ngo if act in OF_NGO else COORDINATOR
        if state in allowed:
            assert not act(engine, actor, made.public_id).is_repeated
            continue
        with pytest.raises(ActedFirstError) as refused:
            act(engine, actor, made.public_id)
        assert refused.value.state is state
        assert _steps(engine, made) == []


def test_of_two_coordinators_the_second_is_told_what_the_first_did(engine: Engine) -> None:
    made = _made(engine)
    _accept(engine, COORDINATOR, made.public_id)
    with pytest.raises(ActedFirstError) as refused:
        _accept(engine, ADMIN, made.public_id, answer="Gladly")
    assert refused.value.state is STATE.ACCEPTED
    assert stored(engine, made).answer == "We will"


def test_thirty_two_confirmations_at_once_are_one_step(engine: Engine) -> None:
    made = _made(engine, state=STATE.DONE)
    with ThreadPoolExecutor(32) as pool:
        outcomes = list(pool.map(lambda _: _confirm(engine, made.ngo, made.public_id), range(32)))
    assert {outcome.state for outcome in outcomes} == {STATE.CLOSED}
    assert sum(not outcome.is_repeated for outcome in outcomes) == 1
    assert _steps(engine, made) == [("ngo", "confirmed", "")]
    assert _audited(engine) == ["confirmed"]


def test_of_contrary_answers_at_once_one_stands(engine: Engine) -> None:
    made = _made(engine)

    def answer(number: int) -> str:
        try:
            if number % 2:
                return str(_accept(engine, COORDINATOR, made.public_id).state)
            return str(_decline(engine, COORDINATOR, made.public_id, seen=STATE.NEW).state)
        except ActedFirstError as error:
            return f"not {error.state}"

    with ThreadPoolExecutor(8) as pool:
        told = set(pool.map(answer, range(8)))
    stands = stored(engine, made).state_code
    assert told == {stands, f"not {stands}"}
    assert len([action for _, action, _ in _steps(engine, made) if action != "assigned"]) == 1


def test_nobody_declines_or_assigns_what_was_accepted_since_the_page_was_drawn(engine: Engine) -> None:
    made = _made(engine)
    _accept(engine, COORDINATOR, made.public_id)
    for act in (_decline, _assign):
        with pytest.raises(ActedFirstError) as refused:
            act(engine, ADMIN, made.public_id, seen=STATE.NEW)
        assert refused.value.state is STATE.ACCEPTED
    row = stored(engine, made)
    assert (row.state_code, row.answer, row.owner) == ("accepted", "We will", "Office")
    assert _assign(engine, ADMIN, made.public_id, seen=STATE.ACCEPTED).state is STATE.ACCEPTED
    assert _decline(engine, ADMIN, made.public_id, seen=STATE.ACCEPTED).state is STATE.DECLINED


def test_what_was_declined_since_is_not_reopened_by_someone_who_saw_it_done(engine: Engine) -> None:
    made = _made(engine, state=STATE.DONE)
    _reopen(engine, made.ngo, made.public_id)
    _decline(engine, COORDINATOR, made.public_id)
    with pytest.raises(ActedFirstError) as refused:
        _reopen(engine, made.ngo, made.public_id, seen=STATE.DONE)
    assert refused.value.state is STATE.DECLINED


@pytest.mark.parametrize("act", OF_DISTRICT)
@pytest.mark.parametrize(
    "actor",
    [
        Actor(Role.NATIONAL),
        Actor(Role.REGIONAL, region_soato=REGION),
        Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT),
        Actor(Role.COORDINATOR, region_soato="1706", district_soato=FAR_DISTRICT),
        Actor(Role.PUBLIC),
    ],
    ids=lambda actor: actor.role.value,
)
def test_only_the_coordinator_of_the_district_and_administrators_answer(engine: Engine, act: Act, actor: Actor) -> None:
    made = _made(engine, state=STATE.ACCEPTED if act is _done else STATE.NEW)
    for asking in (actor, made.ngo):
        with pytest.raises(ForbiddenError):
            act(engine, asking, made.public_id)
    assert _steps(engine, made) == []


@pytest.mark.parametrize("act", OF_NGO)
def test_only_the_ngo_itself_confirms_or_reopens(engine: Engine, act: Act) -> None:
    made = _made(engine, state=STATE.DONE)
    with writing(engine) as connection:
        stranger = Actor(Role.NGO, ngo_id=make_ngo(connection))
    for actor in (stranger, COORDINATOR, ADMIN, Actor(Role.NATIONAL)):
        with pytest.raises(ForbiddenError):
            act(engine, actor, made.public_id)
    assert stored(engine, made).state_code == "done"


@pytest.mark.parametrize("act", OF_DISTRICT)
def test_what_is_not_released_yet_does_not_exist_for_the_district(engine: Engine, act: Act) -> None:
    state = STATE.ACCEPTED if act is _done else STATE.NEW
    made = _made(engine, state=state, visibility=Visibility.CONFIDENTIAL)
    tomorrow = _made(engine, state=state, visibility=Visibility.CONFIDENTIAL, released=ago(-1))
    for key in (made.public_id, tomorrow.public_id, "no such key"):
        with pytest.raises(ForbiddenError):
            act(engine, COORDINATOR, key)


def test_an_account_that_was_switched_off_or_moved_while_the_page_was_open_writes_nothing(engine: Engine) -> None:
    account_id = add_person(engine, role=Role.COORDINATOR)
    actor = Actor(Role.COORDINATOR, account_id=account_id, region_soato=REGION, district_soato=DISTRICT)
    made = _made(engine)
    _assign(engine, actor, made.public_id)
    for change in ({"district_soato": FAR_DISTRICT}, {"district_soato": DISTRICT, "is_active": False}):
        with writing(engine) as connection:
            connection.execute(update(Account).where(Account.id == account_id).values(**change))
        with pytest.raises(ForbiddenError):
            _accept(engine, actor, made.public_id)
    assert stored(engine, made).state_code == "new"


def test_owner_and_deadline_may_change_and_each_change_is_a_step(engine: Engine) -> None:
    made = _made(engine)
    for owner in ("Office", "Hokimiyat", "Office"):
        _assign(engine, COORDINATOR, made.public_id, owner=owner)
    assert len(_steps(engine, made)) == 3
    assert stored(engine, made).owner == "Office"
    assert _accept(engine, COORDINATOR, made.public_id).state is STATE.ACCEPTED
    assert [action for _, action, _ in _steps(engine, made)] == ["assigned"] * 3 + ["accepted"]


def test_the_audit_log_holds_states_and_no_words_of_the_ngo(engine: Engine) -> None:
    made = _made(engine, state=STATE.DONE)
    _reopen(engine, made.ngo, made.public_id, reason="Our own secret words")
    with reading(engine) as connection:
        entry = connection.execute(select(AuditEntry.before, AuditEntry.after, AuditEntry.entity_id)).one()
    assert entry.before["state_code"] == "done"
    assert entry.after["state_code"] == "accepted"
    assert entry.entity_id == str(made.id)
    assert "secret" not in str(entry)
