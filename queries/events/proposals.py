"""Proposals of NGOs for joint events and plan items: made once however often they are sent, and answered once.

Each write is one transaction with its rights, its rules and its audit entry. An accepted proposal becomes an event or
plan item by the same rules as one that the coordinator enters, with the NGO as its party.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Engine, Row, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from data.codes import Direction, EventForm, EventState, ProposalKind, ProposalState
from data.database import audit
from data.database.engine import writing_or_busy
from data.dates import clock
from data.dates.clock import day_of
from data.language import N_, DomainError
from data.policy import Action, Actor, ForbiddenError, Scope
from data.registers.entry import Entry, cell_text
from data.registers.proposals import PROPOSAL_FORM
from data.schema import Ngo, Proposal, RecordDraft, SentForm
from data.texts.limits import LONGEST_REASON, LONGEST_TITLE
from queries.accounts.actors import require_account
from queries.directory.ngos import partner_districts
from queries.directory.validity import require_existing
from queries.frames import read_frame
from queries.notices.news import tell_proposal, tell_proposal_answer
from queries.recommendations.texts import clean_required_text
from queries.registers.entries import store_entry
from queries.registers.options import next_number
from queries.row_filter import permitted_rows


class WantedDayError(DomainError):
    """Raised for a day in the past or too far ahead."""

    def __init__(self) -> None:
        super().__init__(N_("Choose a day from today on, until the end of next year. Nothing was saved yet."))


class AnsweredMeanwhileError(DomainError):
    """Raised where the proposal has another answer already."""

    def __init__(self) -> None:
        super().__init__(N_("This proposal has been answered meanwhile. Nothing was changed: see the answer below."))


@dataclass(frozen=True, kw_only=True)
class NewProposal:
    """Proposal as filled in. Of ``wanted_date`` only the month counts for a plan item.

    ``district_soato`` is one that the NGO works with, by default its home.
    """

    kind: ProposalKind
    wanted_date: date
    direction: Direction
    form: EventForm
    title: str
    district_soato: str = ""


def proposals(connection: Connection, actor: Actor, *, scope: Scope, limit: int) -> pd.DataFrame:
    """One row a proposal that the actor may see in the scope: first those that wait, the oldest first.

    Columns: proposal_id, ngo_id, ngo_name, district_soato, kind_code, wanted_date, direction_code, form_code, title,
    proposed_date, state_code, reason, record_id (of the event or plan item that it became). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    columns = (
        Proposal.id.label("proposal_id"),
        Proposal.ngo_id,
        Ngo.name.label("ngo_name"),
        Proposal.district_soato,
        Proposal.kind_code,
        Proposal.wanted_date,
        Proposal.direction_code,
        Proposal.form_code,
        Proposal.title,
        Proposal.proposed_date,
        Proposal.state_code,
        Proposal.reason,
        Proposal.record_id,
    )
    statement = select(*columns).join(Ngo, Ngo.id == Proposal.ngo_id).where(row_filter.proposals())
    is_waiting = Proposal.state_code == ProposalState.PROPOSED.value
    waiting = read_frame(connection, statement.where(is_waiting).order_by(Proposal.id).limit(limit))
    answered = statement.where(~is_waiting).order_by(Proposal.id.desc()).limit(limit - len(waiting))
    parts = [part for part in (waiting, read_frame(connection, answered)) if not part.empty]
    return pd.concat(parts, ignore_index=True) if parts else waiting


def propose(engine: Engine, actor: Actor, proposal: NewProposal, *, form_id: str, now: datetime) -> int:
    """Store a proposal to a district of the NGO and return its id; the same form sent again gives the same one.

    Raises ForbiddenError, BusyError, NoTextError, TextTooLongError, PersonalDataError, WantedDayError.
    """
    try:
        return _propose(engine, actor, proposal, form_id=form_id, now=now)
    except IntegrityError:
        # The same form was stored at the same moment; now it is there to be seen.
        return _propose(engine, actor, proposal, form_id=form_id, now=now)


def _propose(engine: Engine, actor: Actor, proposal: NewProposal, *, form_id: str, now: datetime) -> int:
    with writing_or_busy(engine) as connection:
        permitted_rows(connection, actor, Action.PROPOSE_EVENT, actor.home_scope)
        require_account(connection, actor)
        stored = select(Proposal.id).where(Proposal.form_id == form_id, Proposal.ngo_id == actor.ngo_id)
        found = connection.scalar(stored)
        if found is not None:
            return int(found)
        today = day_of(now)
        districts = partner_districts(connection, actor, today=today)
        district = proposal.district_soato or districts[0]
        if district not in districts:
            raise ForbiddenError
        is_item = proposal.kind is ProposalKind.PLAN_ITEM
        wanted = proposal.wanted_date.replace(day=1) if is_item else proposal.wanted_date
        first = today.replace(day=1) if is_item else today
        if not first <= wanted <= date(today.year + 1, 12, 31):
            raise WantedDayError
        require_existing(connection, district, wanted)
        values = {
            "ngo_id": actor.ngo_id,
            "district_soato": district,
            "kind_code": proposal.kind.value,
            "wanted_date": wanted,
            "direction_code": proposal.direction.value,
            "form_code": proposal.form.value,
            "title": clean_required_text(proposal.title, limit=LONGEST_TITLE),
            "proposed_date": today,
            "state_code": ProposalState.PROPOSED.value,
        }
        key = connection.execute(insert(Proposal).values(form_id=form_id, **values)).inserted_primary_key
        proposal_id = int(key[0]) if key is not None else 0
        # The form is sent: what is typed on in a second tab is stored no more under its id.
        sent = {"form_id": form_id, "register_code": PROPOSAL_FORM.code, "record_id": proposal_id, "sent_at": now}
        connection.execute(insert(SentForm).values(**sent))
        connection.execute(delete(RecordDraft).where(RecordDraft.form_id == form_id))
        audit.record(connection, actor=actor, action="proposed", entity="proposal", entity_id=proposal_id, after=values)
        tell_proposal(connection, proposal_id=proposal_id, district_soato=district, proposed_date=today, now=now)
        return proposal_id


def accept(engine: Engine, actor: Actor, *, proposal_id: int, now: datetime) -> int:
    """Make the event or plan item of a proposal and return its id; accepting it again returns the same one.

    Raises ForbiddenError, BusyError, AnsweredMeanwhileError, EntryError.
    """
    try:
        return _accept(engine, actor, proposal_id=proposal_id, now=now)
    except IntegrityError:
        # Someone took the number at the same moment; the next one is free.
        return _accept(engine, actor, proposal_id=proposal_id, now=now)


def _accept(engine: Engine, actor: Actor, *, proposal_id: int, now: datetime) -> int:
    with writing_or_busy(engine) as connection:
        row = _held_proposal(connection, actor, proposal_id)
        if row.state_code == ProposalState.ACCEPTED.value:
            return int(row.record_id)
        if row.state_code != ProposalState.PROPOSED.value:
            raise AnsweredMeanwhileError
        entry = _entry(connection, row)
        saved = store_entry(connection, actor, entry, form_id=f"proposal-{row.id}", now=now)
        _answer(connection, actor, row, {"state_code": ProposalState.ACCEPTED.value, "record_id": saved.record_id})
        tell_proposal_answer(connection, row, ProposalState.ACCEPTED, now=now)
        return saved.record_id


def decline(engine: Engine, actor: Actor, *, proposal_id: int, reason: str) -> None:
    """Decline a proposal with a reason for the NGO; declining it again with the same reason changes nothing.

    Raises ForbiddenError, BusyError, AnsweredMeanwhileError, NoTextError, TextTooLongError, PersonalDataError.
    """
    with writing_or_busy(engine) as connection:
        row = _held_proposal(connection, actor, proposal_id)
        text = clean_required_text(reason, limit=LONGEST_REASON)
        if row.state_code == ProposalState.DECLINED.value and row.reason == text:
            return
        if row.state_code != ProposalState.PROPOSED.value:
            raise AnsweredMeanwhileError
        _answer(connection, actor, row, {"state_code": ProposalState.DECLINED.value, "reason": text}, reason=text)
        tell_proposal_answer(connection, row, ProposalState.DECLINED, now=clock.now())


def _held_proposal(connection: Connection, actor: Actor, proposal_id: int) -> Row[Any]:
    """Return the proposal, locked for this transaction. Raises ForbiddenError where the actor may not answer it."""
    statement = select(Proposal.__table__).where(Proposal.id == proposal_id).with_for_update()
    row = connection.execute(statement).one_or_none()
    if row is None:
        raise ForbiddenError
    permitted_rows(connection, actor, Action.ANSWER_PROPOSAL, Scope.district(row.district_soato))
    require_account(connection, actor)
    return row


def _entry(connection: Connection, row: Row[Any]) -> Entry:
    """Return the event or plan item that a proposal asks for, with the next number of its district."""
    is_event, wanted = row.kind_code == ProposalKind.EVENT.value, row.wanted_date
    register = "events" if is_event else "plans"
    stir = str(connection.scalar(select(Ngo.stir).where(Ngo.id == row.ngo_id)))
    number = next_number(connection, register=register, district_soato=row.district_soato, year=wanted.year)
    cells = {
        "number": number,
        "district": row.district_soato,
        "direction": row.direction_code,
        "form": row.form_code,
    }
    if is_event:
        cells |= {
            "event_date": cell_text(wanted),
            "title": row.title,
            "stirs": stir,
            "state": EventState.PLANNED.value,
        }
    else:
        cells |= {"year": str(wanted.year), "month": str(wanted.month), "stir": stir}
    return Entry(register=register, cells=cells)


def _answer(connection: Connection, actor: Actor, row: Row[Any], values: dict[str, Any], *, reason: str = "") -> None:
    connection.execute(update(Proposal).where(Proposal.id == row.id).values(**values))
    audit.record(
        connection,
        actor=actor,
        action=str(values["state_code"]),
        entity="proposal",
        entity_id=row.id,
        before={name: getattr(row, name) for name in values},
        after=values,
        reason=reason,
    )
