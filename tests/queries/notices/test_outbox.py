"""Outbox: who is told of what, once, in the same transaction, and nothing that is confidential."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import Engine, func, insert, select, update

from data.codes import Direction, EventForm, NoticeKind, ProposalKind, RecommendationState, Visibility
from data.database.engine import reading, writing
from data.language import DomainError
from data.policy import Actor
from data.schema import (
    Account,
    ConfidentialBatch,
    ConfidentialBatchMember,
    Evaluation,
    InformationRequest,
    Notice,
    NoticeDelivery,
    Recommendation,
)
from queries.events.proposals import NewProposal, accept, decline, propose
from queries.notices.choices import choose_kind, choose_mail
from queries.recommendations import steps
from queries.requests import answer, ask
from tests.queries.notices.office import NOW, TODAY, Office
from tests.worlds import DISTRICT, OTHER_DISTRICT, make_evaluation, make_event, make_recommendation

ASKED = {"district": DISTRICT, "kind": "statistics", "topic": "Tadbirlar soni", "purpose": "Reja uchun"}
EVENT = NewProposal(
    kind=ProposalKind.EVENT,
    wanted_date=date(2026, 12, 10),
    direction=Direction.YOUTH_WORK,
    form=EventForm.SEMINAR,
    title="Yoshlar bilan suhbat",
)


def _ask(office: Office, form_id: str = "form") -> int:
    return ask(office.engine, office.ngo, ASKED, form_id=form_id, now=NOW).record_id


@pytest.mark.both_databases
def test_the_other_side_is_told_of_a_request_and_the_asking_one_of_its_answer(office: Office) -> None:
    request_id = _ask(office)
    assert office.notices() == [("c", "request_asked", "told")]
    answer(office.engine, office.coordinator, request_id=request_id, text="120 ta", form_id="answer", now=NOW)
    assert office.notices()[1:] == [("n", "request_answered", "told")]
    assert office.states() == ["waiting", "waiting"]


@pytest.mark.both_databases
def test_what_is_sent_again_is_told_once(office: Office) -> None:
    assert _ask(office) == _ask(office)
    office.tell("2026-1", "2026-1")
    assert office.notices() == [("c", "request_asked", "told"), ("n", "request_asked", "told")]
    assert len(office.deliveries()) == 2


def test_nothing_is_told_of_what_was_not_stored(office: Office) -> None:
    with pytest.raises(DomainError):
        ask(office.engine, office.ngo, {**ASKED, "topic": "AA1234567"}, form_id="form", now=NOW)
    assert office.notices() == []


def test_a_notice_holds_no_text_that_people_typed(office: Office) -> None:
    request_id = _ask(office)
    with reading(office.engine) as connection:
        row = connection.execute(select(Notice.__table__)).one()._asdict()
        due = connection.scalar(select(InformationRequest.due_date))
    assert (row["number"], row["day"], row["path"]) == ("2026-1", due, f"/desk?record={request_id}")
    assert not any(text in str(value) for value in row.values() for text in ("Tadbirlar", "Reja"))


def _change(office: Office, **values: object) -> None:
    with writing(office.engine) as connection:
        connection.execute(update(Account).where(Account.login == "c").values(**values))


@pytest.mark.parametrize(
    "change",
    [
        lambda office: _change(office, district_soato=OTHER_DISTRICT),
        lambda office: _change(office, role_code="district"),
        lambda office: _change(office, email=None),
        lambda office: _change(office, is_active=False),
        lambda office: choose_mail(office.engine, office.coordinator, has_mail=False),
        lambda office: choose_kind(office.engine, office.coordinator, NoticeKind.REQUEST_ASKED, is_on=False),
    ],
    ids=["elsewhere", "another role", "no address", "switched off", "no channel", "the kind off"],
)
def test_it_goes_to_active_accounts_there_that_chose_a_channel_and_the_kind(
    office: Office, change: Callable[[Office], None]
) -> None:
    change(office)
    _ask(office)
    assert office.notices() == []


def test_a_kind_that_is_on_again_comes_again(office: Office) -> None:
    for is_on in (False, True):
        choose_kind(office.engine, office.coordinator, NoticeKind.REQUEST_ASKED, is_on=is_on)
    _ask(office)
    assert office.notices() == [("c", "request_asked", "told")]


def test_who_chose_two_channels_gets_one_notice_on_both(office: Office) -> None:
    with writing(office.engine) as connection:
        connection.execute(update(Account).where(Account.login == "d").values(role_code="coordinator"))
    office.choose(office.leader, chat_id=5)
    _ask(office)
    assert office.notices() == [("c", "request_asked", "told"), ("d", "request_asked", "told")]
    assert [row.channel_code for row in office.deliveries()] == ["mail", "mail", "telegram"]


def test_a_proposal_is_told_to_the_coordinator_and_its_answer_to_the_ngo(office: Office) -> None:
    for title, act in (("bir", accept), ("ikki", decline)):
        made = propose(office.engine, office.ngo, replace(EVENT, title=title), form_id=title, now=NOW)
        if act is accept:
            assert accept(office.engine, office.coordinator, proposal_id=made, now=NOW) == accept(
                office.engine, office.coordinator, proposal_id=made, now=NOW
            )
        else:
            decline(office.engine, office.coordinator, proposal_id=made, reason="Vaqt yoʻq")
    assert office.notices() == [
        ("c", "proposal_made", "told"),
        ("n", "proposal_answered", "accepted"),
        ("c", "proposal_made", "told"),
        ("n", "proposal_answered", "declined"),
    ]


def _recommendation(office: Office, visibility: Visibility) -> str:
    with writing(office.engine) as connection:
        ngo_id = int(office.ngo.ngo_id or 0)
        event = make_event(connection, event_date=TODAY, ngo_ids=(ngo_id,))
        evaluation = make_evaluation(
            connection, event_id=event, ngo_id=ngo_id, submitted_date=TODAY, visibility=visibility
        )
        made = make_recommendation(connection, evaluation_id=evaluation, created_date=TODAY, released_date=TODAY)
        return str(connection.scalar(select(Recommendation.public_id).where(Recommendation.id == made)))


def _answer_all(engine: Engine, actor: Actor, ngo: Actor, public_id: str) -> None:
    """Accept, report as done, reopen, and report as done again."""
    day = date(2026, 12, 20)
    steps.assign(
        engine,
        actor,
        public_id=public_id,
        seen_state=RecommendationState.NEW,
        owner="Boʻlim",
        deadline_date=day,
        now=NOW,
    )
    steps.accept(engine, actor, public_id=public_id, answer="Ha", owner="Boʻlim", deadline_date=day, now=NOW)
    steps.mark_done(engine, actor, public_id=public_id, note="Olindi", now=NOW)
    steps.mark_done(engine, actor, public_id=public_id, note="Olindi", now=NOW)
    steps.reopen(engine, ngo, public_id=public_id, seen_state=RecommendationState.DONE, reason="Hali emas", now=NOW)
    steps.mark_done(engine, actor, public_id=public_id, note="Endi olindi", now=NOW)


def test_each_answer_to_a_named_recommendation_is_told_to_its_ngo(office: Office) -> None:
    _answer_all(office.engine, office.coordinator, office.ngo, _recommendation(office, Visibility.NAMED))
    assert office.notices() == [("n", "recommendation_answered", stage) for stage in ("accepted", "done", "done")]


def _release(office: Office) -> None:
    """Put the only evaluation into a released batch, as if an earlier version of it had been confidential."""
    sums = {"evaluations": 5, "ngos": 3, "events_marked": 5, "event_mark_sum": 20.0, "event_mark_square_sum": 80.0}
    span = {"district_soato": DISTRICT, "first_year_month": 202611, "last_year_month": 202611}
    counts = {"repeat_yes": 5, "repeat_no": 0, "repeat_unsure": 0}
    columns = (Evaluation.id.label("evaluation_id"), Evaluation.event_id, Evaluation.ngo_id)
    with writing(office.engine) as connection:
        connection.execute(insert(ConfidentialBatch).values(id=1, released_date=TODAY, **sums, **span, **counts))
        row = connection.execute(select(*columns)).one()._asdict()
        connection.execute(insert(ConfidentialBatchMember).values(**row, batch_id=1))


def test_a_named_correction_of_a_released_confidential_one_is_not_told_either(office: Office) -> None:
    public_id = _recommendation(office, Visibility.NAMED)
    _release(office)
    _answer_all(office.engine, office.coordinator, office.ngo, public_id)
    assert office.notices() == []


def test_of_a_confidential_recommendation_nobody_is_told_anything(office: Office) -> None:
    _answer_all(office.engine, office.coordinator, office.ngo, _recommendation(office, Visibility.CONFIDENTIAL))
    with reading(office.engine) as connection:
        for table in (Notice, NoticeDelivery):
            assert connection.scalar(select(func.count()).select_from(table)) == 0
