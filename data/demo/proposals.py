"""Proposals of NGOs: some became events that are planned, some were declined, some wait for an answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import groupby
from typing import TypeVar

from sqlalchemy import Connection, insert, select

from data.codes import Direction, EventForm, EventState, ProposalKind, ProposalState
from data.demo.shared import TEXTS
from data.schema import JointEvent, JointEventNgo, Ngo, Proposal

T = TypeVar("T")
MOST_A_DISTRICT, MOST_DAYS_AGO, DAYS_AHEAD = 6, 20, 21


def add_proposals(connection: Connection, *, ngo_id: int, until: date) -> None:
    """Add what NGOs of planned events have proposed, and what the NGO of the demo account has."""
    columns = (
        JointEvent.id,
        JointEvent.district_soato,
        JointEvent.event_date,
        JointEvent.direction_code,
        JointEvent.form_code,
        JointEvent.title,
        JointEventNgo.ngo_id,
    )
    planned = (
        select(*columns)
        .join(JointEventNgo, JointEventNgo.event_id == JointEvent.id)
        .where(JointEvent.state_code == EventState.PLANNED.value, JointEvent.event_date > until)
        .order_by(JointEvent.district_soato, JointEvent.id, JointEventNgo.ngo_id)
    )
    rows: list[dict[str, object]] = []
    for _, events in groupby(connection.execute(planned).all(), key=lambda row: row.district_soato):
        seen: dict[int, object] = {}
        for event in events:
            if event.id in seen or len(seen) == MOST_A_DISTRICT:
                continue
            seen[event.id] = event
            state = tuple(ProposalState)[len(seen) % len(ProposalState)]
            row = _proposal(event.ngo_id, event.district_soato, state, len(rows), until)
            if state is ProposalState.ACCEPTED:
                row |= {
                    "kind_code": ProposalKind.EVENT.value,
                    "wanted_date": event.event_date,
                    "direction_code": event.direction_code,
                    "form_code": event.form_code,
                    "title": event.title,
                    "record_id": event.id,
                }
            rows.append(row)
    home = connection.scalar(select(Ngo.district_soato).where(Ngo.id == ngo_id))
    for state in (ProposalState.PROPOSED, ProposalState.DECLINED):
        rows.append(_proposal(ngo_id, str(home), state, len(rows), until))
    connection.execute(insert(Proposal), rows)


def _proposal(ngo_id: int, district_soato: str, state: ProposalState, place: int, until: date) -> dict[str, object]:
    """Return a proposal whose texts and days follow from its place, so that they are the same for a seed."""
    direction, form = _turn(tuple(Direction), place), _turn(tuple(EventForm), place // 2)
    theme = _turn(TEXTS["themes"][direction], place)
    return {
        "form_id": f"demo-{place}",
        "ngo_id": ngo_id,
        "district_soato": district_soato,
        "kind_code": ProposalKind.EVENT.value,
        "wanted_date": until + timedelta(days=DAYS_AHEAD + place % MOST_DAYS_AGO),
        "direction_code": direction.value,
        "form_code": form.value,
        "title": TEXTS["titles"][form].format(theme=theme),
        "proposed_date": until - timedelta(days=1 + place % MOST_DAYS_AGO),
        "state_code": state.value,
        "reason": _turn(TEXTS["decline_reasons"], place) if state is ProposalState.DECLINED else "",
        "record_id": None,
    }


def _turn(items: Sequence[T], place: int) -> T:
    return items[place % len(items)]
