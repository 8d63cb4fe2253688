"""Proposals of NGOs: who may propose and answer, what an accepted one becomes, and that each happens once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Engine, func, select

from data.codes import Direction, EventForm, ProposalKind
from data.database.engine import reading, writing
from data.language import DomainError
from data.policy import Action, Actor, ForbiddenError, Role, Scope, may
from data.schema import AuditEntry, JointEvent, JointEventNgo, PlanItem, Proposal
from data.texts.personal_data import PersonalDataError
from queries.attention import attention_counts, attention_list
from queries.events.proposals import (
    AnsweredMeanwhileError,
    NewProposal,
    WantedDayError,
    accept,
    decline,
    proposals,
    propose,
)
from queries.recommendations.texts import NoTextError
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, REGION, make_ngo

NOW = datetime(2026, 11, 30, 6, tzinfo=UTC)
TODAY = date(2026, 11, 30)
COORDINATOR = Actor(Role.COORDINATOR, login="c", region_soato=REGION, district_soato=DISTRICT)
EVENT = NewProposal(
    kind=ProposalKind.EVENT,
    wanted_date=date(2026, 12, 10),
    direction=Direction.YOUTH_WORK,
    form=EventForm.SEMINAR,
    title="Yoshlar bilan suhbat",
)


@pytest.fixture
def ngo(engine: Engine) -> Actor:
    """Representative of an NGO of the district."""
    with writing(engine) as connection:
        return Actor(Role.NGO, login="n", ngo_id=make_ngo(connection, name="Umid"))


def _proposed(engine: Engine, ngo: Actor, proposal: NewProposal = EVENT, form_id: str = "form") -> int:
    return propose(engine, ngo, proposal, form_id=form_id, now=NOW)


def _count(engine: Engine, model: type) -> int:
    with reading(engine) as connection:
        return int(connection.scalar(select(func.count()).select_from(model)) or 0)


@pytest.mark.both_databases
def test_an_accepted_event_is_planned_with_the_ngo_as_its_party(engine: Engine, ngo: Actor) -> None:
    proposal_id = _proposed(engine, ngo)
    event_id = accept(engine, COORDINATOR, proposal_id=proposal_id, now=NOW)
    with reading(engine) as connection:
        event = connection.execute(select(JointEvent.__table__)).one()
        assert (event.id, event.number, event.event_date, event.title) == (
            event_id, "2026-1", EVENT.wanted_date, EVENT.title,
        )  # fmt: skip
        assert (event.state_code, event.direction_code, event.form_code) == ("planned", "youth_work", "seminar")
        assert connection.scalars(select(JointEventNgo.ngo_id)).all() == [ngo.ngo_id]
        audited = connection.execute(select(AuditEntry.action_code, AuditEntry.actor).order_by(AuditEntry.id)).all()
        row = proposals(connection, ngo, scope=ngo.home_scope, limit=5).iloc[0]
    assert [tuple(entry) for entry in audited][0] == ("proposed", "n")
    assert [tuple(entry) for entry in audited][-1] == ("accepted", "c")
    assert (row["state_code"], row["record_id"]) == ("accepted", event_id)


@pytest.mark.both_databases
def test_an_accepted_plan_item_is_of_the_month_and_the_ngo_is_responsible(engine: Engine, ngo: Actor) -> None:
    item = replace(EVENT, kind=ProposalKind.PLAN_ITEM, wanted_date=date(2027, 3, 9))
    made = accept(engine, COORDINATOR, proposal_id=_proposed(engine, ngo, item), now=NOW)
    with reading(engine) as connection:
        row = connection.execute(select(PlanItem.__table__)).one()
    assert (row.id, row.year, row.month, row.responsible_ngo_id) == (made, 2027, 3, ngo.ngo_id)
    assert row.district_soato == DISTRICT


@pytest.mark.both_databases
def test_whatever_is_sent_twice_happens_once(engine: Engine, ngo: Actor) -> None:
    first, again = _proposed(engine, ngo), _proposed(engine, ngo)
    assert first == again
    made = [accept(engine, COORDINATOR, proposal_id=first, now=NOW) for _ in range(2)]
    assert made[0] == made[1]
    declined = _proposed(engine, ngo, form_id="other")
    for _ in range(2):
        decline(engine, COORDINATOR, proposal_id=declined, reason="Zal band")
    assert (_count(engine, Proposal), _count(engine, JointEvent)) == (2, 1)
    with reading(engine) as connection:
        of_proposals = select(AuditEntry.action_code).where(AuditEntry.entity == "proposal").order_by(AuditEntry.id)
        assert connection.scalars(of_proposals).all() == ["proposed", "accepted", "proposed", "declined"]


def test_the_first_answer_stands(engine: Engine, ngo: Actor) -> None:
    declined, accepted = _proposed(engine, ngo), _proposed(engine, ngo, form_id="other")
    decline(engine, COORDINATOR, proposal_id=declined, reason="Zal band")
    accept(engine, COORDINATOR, proposal_id=accepted, now=NOW)
    with pytest.raises(AnsweredMeanwhileError):
        accept(engine, COORDINATOR, proposal_id=declined, now=NOW)
    with pytest.raises(AnsweredMeanwhileError):
        decline(engine, COORDINATOR, proposal_id=accepted, reason="Zal band")
    with pytest.raises(AnsweredMeanwhileError):
        decline(engine, COORDINATOR, proposal_id=declined, reason="Boshqa sabab")


def test_faults_are_refused_and_store_nothing(engine: Engine, ngo: Actor) -> None:
    faults: list[tuple[dict[str, object], type[DomainError]]] = [
        ({"wanted_date": date(2026, 11, 29)}, WantedDayError),
        ({"wanted_date": date(2028, 1, 1)}, WantedDayError),
        ({"title": "  "}, NoTextError),
        ({"title": "AA1234567 bilan suhbat"}, PersonalDataError),
    ]
    for values, error in faults:
        with pytest.raises(error):
            _proposed(engine, ngo, replace(EVENT, **values))  # type: ignore[arg-type]
    assert _count(engine, Proposal) == 0
    proposal_id = _proposed(engine, ngo)
    with pytest.raises(NoTextError):
        decline(engine, COORDINATOR, proposal_id=proposal_id, reason=" ")


@pytest.mark.parametrize("role", Role)
def test_only_an_ngo_proposes_and_only_the_coordinator_of_its_district_answers(
    engine: Engine, ngo: Actor, role: Role
) -> None:
    proposal_id = _proposed(engine, ngo)
    place = {
        "region_soato": REGION if role in {Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR} else None,
        "district_soato": DISTRICT if role in {Role.DISTRICT, Role.COORDINATOR} else None,
        "ngo_id": ngo.ngo_id if role is Role.NGO else None,
    }
    actor = Actor(role, login="x", **place)  # type: ignore[arg-type]
    if role is Role.NGO:
        assert propose(engine, actor, EVENT, form_id="another", now=NOW) != proposal_id
    else:
        with pytest.raises(ForbiddenError):
            propose(engine, actor, EVENT, form_id="another", now=NOW)
    for answer in (
        lambda: decline(engine, actor, proposal_id=proposal_id, reason="Zal band"),
        lambda: accept(engine, actor, proposal_id=_proposed(engine, ngo, form_id="third"), now=NOW),
    ):
        if role in {Role.COORDINATOR, Role.ADMIN}:
            answer()
            continue
        with pytest.raises(ForbiddenError):
            answer()
    assert may(actor, Action.ANSWER_PROPOSAL) is (role in {Role.COORDINATOR, Role.ADMIN})


def test_another_district_and_another_ngo_neither_see_nor_answer_it(engine: Engine, ngo: Actor) -> None:
    proposal_id = _proposed(engine, ngo)
    with writing(engine) as connection:
        other = Actor(Role.NGO, ngo_id=make_ngo(connection))
    for district in (OTHER_DISTRICT, FAR_DISTRICT):
        foreign = replace(COORDINATOR, district_soato=district)
        with pytest.raises(ForbiddenError):
            accept(engine, foreign, proposal_id=proposal_id, now=NOW)
        with pytest.raises(ForbiddenError):
            decline(engine, foreign, proposal_id=proposal_id, reason="Zal band")
        with reading(engine) as connection, pytest.raises(ForbiddenError):
            proposals(connection, foreign, scope=Scope.district(DISTRICT), limit=5)
    with pytest.raises(ForbiddenError):
        accept(engine, COORDINATOR, proposal_id=proposal_id + 1, now=NOW)
    with reading(engine) as connection:
        assert proposals(connection, other, scope=Scope.district(DISTRICT), limit=5).empty
        assert len(proposals(connection, COORDINATOR, scope=Scope.district(DISTRICT), limit=5)) == 1


def test_a_proposal_needs_attention_until_it_is_answered(engine: Engine, ngo: Actor) -> None:
    proposal_id = _proposed(engine, ngo)
    scope = Scope.district(DISTRICT)
    with reading(engine) as connection:
        listed = attention_list(connection, COORDINATOR, scope=scope, today=date(2026, 12, 3), limit=5)
    row = listed.iloc[0]
    assert (row["kind_code"], row["number"], row["title"], row["days"]) == ("proposal_waiting", "Umid", EVENT.title, 3)
    decline(engine, COORDINATOR, proposal_id=proposal_id, reason="Zal band")
    with reading(engine) as connection:
        assert not attention_counts(connection, COORDINATOR, scope=scope, today=TODAY)["count"].sum()
