"""An invented district that became part of a real one after the first year of the demo, with its records.

It shows what a merger does: its year stays, and later months do not count it. Nothing of it is drawn, so that it
changes no other row of a seed.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Connection, insert, select

from data.codes import Direction, EvaluationItem, EvaluationState, EventForm, EventState, Visibility, WouldRepeat
from data.demo.shared import INVENTED_FIGURE, TEXTS
from data.directory import load_demo_districts
from data.schema import (
    DistrictSuccession,
    Evaluation,
    Inhabitants,
    JointEvent,
    JointEventNgo,
    Mahalla,
    Memorandum,
    MemorandumDirection,
    MemorandumNgo,
    Ngo,
)
from data.texts.search_keys import search_key

MAHALLAS, INHABITANTS = 6, 58_400
EVENT_MONTHS = (2, 3, 4, 5, 6, 9, 10, 11)
EVENT_DAY, PARTICIPANTS, STEP = 14, 24, 3
EVALUATED_AFTER = timedelta(days=4)
SENT_AT = time(9, 30, tzinfo=UTC)
DIRECTIONS = (Direction.LEGAL_OUTREACH, Direction.YOUTH_WORK)
FORMS = (EventForm.LECTURE, EventForm.PREVENTIVE_MEETING)


def add_merged_district(connection: Connection, *, year: int) -> None:
    """Add the district, which existed until the end of a year, and what was recorded of it in that year."""
    for soato in load_demo_districts(connection, valid_to=date(year, 12, 31)):
        ngo_id = _partner(connection, soato)
        mahallas = _add_places(connection, soato, year=year)
        memorandum_id = _add_memorandum(connection, soato, ngo_id, year=year)
        for place, month in enumerate(EVENT_MONTHS):
            event_date = date(year, month, EVENT_DAY)
            event = {
                "number": f"T-{year}/{place + 1:04d}",
                "district_soato": soato,
                "mahalla_id": mahallas[place % len(mahallas)],
                "event_date": event_date,
                "memorandum_id": memorandum_id,
                **_contents(place),
            }
            event_id = _added(connection, JointEvent, event)
            connection.execute(insert(JointEventNgo).values(event_id=event_id, ngo_id=ngo_id))
            _add_evaluation(connection, event_id, ngo_id, event_date, place)


def _added(connection: Connection, model: type[JointEvent | Mahalla | Memorandum], values: dict[str, object]) -> int:
    """Insert a row and return its id."""
    return int(connection.execute(insert(model).values(**values).returning(model.id)).scalar_one())


def _partner(connection: Connection, soato: str) -> int:
    """Return the first NGO that is at home in what the district became part of."""
    successors = select(DistrictSuccession.successor_soato).where(DistrictSuccession.predecessor_soato == soato)
    found = select(Ngo.id).where(Ngo.district_soato.in_(successors)).order_by(Ngo.is_active.desc(), Ngo.id).limit(1)
    return int(connection.execute(found).scalar_one())


def _add_places(connection: Connection, soato: str, *, year: int) -> list[int]:
    """Add mahallas and the number of inhabitants; return the ids of the mahallas."""
    counted = {"counted_date": date(year, 1, 1), "inhabitants": INHABITANTS, "source": INVENTED_FIGURE}
    connection.execute(insert(Inhabitants).values(district_soato=soato, **counted))
    names = [f"{name} MFY" for name in TEXTS["mahallas"][:MAHALLAS]]
    return [
        _added(
            connection,
            Mahalla,
            {
                "district_soato": soato,
                "name": name,
                "name_key": search_key(name),
                "post": TEXTS["post"].format(number=number),
            },
        )
        for number, name in enumerate(names, start=1)
    ]


def _add_memorandum(connection: Connection, soato: str, ngo_id: int, *, year: int) -> int:
    signed = date(year, 1, 22)
    memorandum: dict[str, object] = {
        "district_soato": soato,
        "number": f"HM-{year}/N01",
        "title": TEXTS["memorandum_titles"][0],
        "signed_date": signed,
        "start_date": signed,
        "expiry_date": date(year, 12, 31),
    }
    memorandum_id = _added(connection, Memorandum, memorandum)
    connection.execute(insert(MemorandumNgo).values(memorandum_id=memorandum_id, ngo_id=ngo_id))
    rows = [{"memorandum_id": memorandum_id, "direction_code": direction.value} for direction in DIRECTIONS]
    connection.execute(insert(MemorandumDirection), rows)
    return memorandum_id


def _contents(place: int) -> dict[str, object]:
    """Return what an event was about and who came, which follow from its place."""
    direction, form = DIRECTIONS[place % len(DIRECTIONS)], FORMS[place % len(FORMS)]
    theme = TEXTS["themes"][direction][place % len(TEXTS["themes"][direction])]
    total = PARTICIPANTS + STEP * place
    return {
        "direction_code": direction.value,
        "form_code": form.value,
        "title": TEXTS["titles"][form].format(theme=theme),
        "participants_total": total,
        "participants_young": total // 3,
        "participants_women": total // 2,
        "participants_at_risk": 2,
        "participants_victims": 0,
        "state_code": EventState.HELD.value,
    }


def _add_evaluation(connection: Connection, event_id: int, ngo_id: int, event_date: date, place: int) -> None:
    """Add the NGO's named evaluation, a few days after the event."""
    sent = datetime.combine(event_date + EVALUATED_AFTER, SENT_AT)
    marks = {f"mark_{item}": 3 + (place + step) % 3 for step, item in enumerate(EvaluationItem)}
    connection.execute(
        insert(Evaluation).values(
            submission_id=f"00000000-0000-4000-9000-{event_id:012x}",
            event_id=event_id,
            ngo_id=ngo_id,
            state_code=EvaluationState.SUBMITTED.value,
            would_repeat_code=WouldRepeat.YES.value,
            visibility_code=Visibility.NAMED.value,
            created_at=sent - timedelta(minutes=10),
            submitted_at=sent,
            submitted_date=sent.date(),
            **marks,
        )
    )
