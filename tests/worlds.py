"""Row builders for tests: each function inserts one thing with sensible defaults and returns its id."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from itertools import count
from uuid import uuid4

from sqlalchemy import Connection, insert, update

from data.codes import (
    Direction,
    EvaluationItem,
    EvaluationState,
    EventForm,
    EventState,
    Partner,
    Party,
    Problem,
    RecommendationState,
    Visibility,
    WouldRepeat,
)
from data.schema import (
    District,
    DistrictSuccession,
    Evaluation,
    EvaluationProblem,
    Inhabitants,
    JointEvent,
    JointEventNgo,
    JointEventPartner,
    Mahalla,
    Memorandum,
    MemorandumAmendment,
    MemorandumNgo,
    Ngo,
    Obligation,
    PlanItem,
    Recommendation,
)
from data.schema.base import Base
from data.texts.search_keys import search_key

REGION, DISTRICT, OTHER_DISTRICT = "1703", "1703202", "1703203"
FAR_REGION, FAR_DISTRICT = "1706", "1706204"
numbers = count(1)


def add(connection: Connection, model: type[Base], **values: object) -> int:
    """Insert a row and return its id."""
    key = connection.execute(insert(model).values(**values)).inserted_primary_key
    assert key is not None
    return int(key[0])


def end_district(connection: Connection, soato: str, *, last_day: date, successors: tuple[str, ...] = ()) -> None:
    """Let a district end after a day and become part of others."""
    connection.execute(update(District).where(District.soato == soato).values(valid_to=last_day))
    for successor in successors:
        values = {"predecessor_soato": soato, "successor_soato": successor}
        connection.execute(insert(DistrictSuccession).values(**values))


def begin_district(connection: Connection, soato: str, *, first_day: date) -> None:
    """Let a district begin on a day."""
    connection.execute(update(District).where(District.soato == soato).values(valid_from=first_day))


def make_ngo(connection: Connection, *, name: str = "", district_soato: str = DISTRICT) -> int:
    """Insert an NGO with a tax number of its own."""
    number = next(numbers)
    named = name or f"NNT {number}"
    return add(connection, Ngo, name=named, stir=str(900_000_000 + number), district_soato=district_soato)


def make_mahalla(connection: Connection, *, name: str = "", district_soato: str = DISTRICT) -> int:
    """Insert a mahalla."""
    named = name or f"Mahalla {next(numbers)}"
    return add(connection, Mahalla, name=named, name_key=search_key(named), district_soato=district_soato)


def make_inhabitants(connection: Connection, *, district_soato: str, counted_date: date, inhabitants: int) -> None:
    """Insert a count of inhabitants."""
    values = {"counted_date": counted_date, "inhabitants": inhabitants, "source": "test"}
    connection.execute(insert(Inhabitants).values(district_soato=district_soato, **values))


def make_memorandum(
    connection: Connection,
    *,
    district_soato: str = DISTRICT,
    signed_date: date | None = date(2024, 1, 1),
    start_date: date | None = None,
    expiry_date: date | None = None,
    terminated_date: date | None = None,
    ngo_ids: tuple[int, ...] = (),
) -> int:
    """Insert a memorandum, in force from its signing and open-ended unless told otherwise."""
    number = next(numbers)
    memorandum_id = add(
        connection,
        Memorandum,
        district_soato=district_soato,
        number=f"M-{number}",
        title=f"Memorandum {number}",
        signed_date=signed_date,
        start_date=start_date or signed_date,
        expiry_date=expiry_date,
        terminated_date=terminated_date,
        termination_reason="" if terminated_date is None else "test",
    )
    for ngo_id in ngo_ids:
        connection.execute(insert(MemorandumNgo).values(memorandum_id=memorandum_id, ngo_id=ngo_id))
    return memorandum_id


def make_amendment(
    connection: Connection, *, memorandum_id: int, number: int, signed_date: date, expiry_date: date | None
) -> int:
    """Insert an amendment of a memorandum."""
    values = {"memorandum_id": memorandum_id, "number": number, "signed_date": signed_date}
    return add(connection, MemorandumAmendment, expiry_date=expiry_date, **values)


def make_obligation(
    connection: Connection,
    *,
    memorandum_id: int,
    due_date: date,
    fulfilled_date: date | None = None,
    party: Party = Party.NGO,
) -> int:
    """Insert an obligation, of the NGO's side unless told otherwise."""
    values = {"due_date": due_date, "fulfilled_date": fulfilled_date, "text": f"Obligation {next(numbers)}"}
    return add(connection, Obligation, memorandum_id=memorandum_id, party_code=party.value, **values)


def make_plan_item(
    connection: Connection,
    *,
    year: int,
    month: int,
    district_soato: str = DISTRICT,
    mahalla_id: int | None = None,
    direction: Direction = Direction.YOUTH_WORK,
    responsible_ngo_id: int | None = None,
) -> int:
    """Insert a line of the yearly plan."""
    return add(
        connection,
        PlanItem,
        district_soato=district_soato,
        mahalla_id=mahalla_id,
        year=year,
        month=month,
        direction_code=direction.value,
        form_code=EventForm.SEMINAR.value,
        responsible_ngo_id=responsible_ngo_id,
    )


def make_event(
    connection: Connection,
    *,
    event_date: date,
    district_soato: str = DISTRICT,
    mahalla_id: int | None = None,
    direction: Direction = Direction.YOUTH_WORK,
    state: EventState = EventState.HELD,
    participants_total: int = 20,
    memorandum_id: int | None = None,
    plan_item_id: int | None = None,
    ngo_ids: tuple[int, ...] = (),
    partners: tuple[Partner, ...] = (),
) -> int:
    """Insert a joint event, held unless told otherwise."""
    number = next(numbers)
    event_id = add(
        connection,
        JointEvent,
        number=f"E-{number}",
        district_soato=district_soato,
        mahalla_id=mahalla_id,
        event_date=event_date,
        direction_code=direction.value,
        form_code=EventForm.SEMINAR.value,
        title=f"Event {number}",
        memorandum_id=memorandum_id,
        plan_item_id=plan_item_id,
        participants_total=participants_total,
        participants_young=0,
        participants_women=0,
        participants_at_risk=0,
        participants_victims=0,
        state_code=state.value,
    )
    for ngo_id in ngo_ids:
        connection.execute(insert(JointEventNgo).values(event_id=event_id, ngo_id=ngo_id))
    for partner in partners:
        connection.execute(insert(JointEventPartner).values(event_id=event_id, partner_code=partner.value))
    return event_id


def make_evaluation(
    connection: Connection,
    *,
    event_id: int,
    ngo_id: int,
    submitted_date: date | None,
    mark: int | None = 4,
    visibility: Visibility = Visibility.NAMED,
    would_repeat: WouldRepeat = WouldRepeat.YES,
    problems: tuple[Problem, ...] = (),
    version: int = 1,
    is_current: bool = True,
) -> int:
    """Insert an evaluation with the same rating of every item; without a submitting date it is a draft."""
    moment = datetime.combine(submitted_date or date(2025, 1, 1), time(9), tzinfo=UTC)
    evaluation_id = add(
        connection,
        Evaluation,
        submission_id=str(uuid4()),
        event_id=event_id,
        ngo_id=ngo_id,
        version=version,
        is_current=is_current,
        state_code=(EvaluationState.SUBMITTED if submitted_date else EvaluationState.DRAFT).value,
        would_repeat_code=would_repeat.value,
        visibility_code=visibility.value,
        created_at=moment,
        submitted_at=moment if submitted_date else None,
        submitted_date=submitted_date,
        **{f"mark_{item}": mark for item in EvaluationItem},
    )
    for problem in problems:
        connection.execute(insert(EvaluationProblem).values(evaluation_id=evaluation_id, problem_code=problem.value))
    return evaluation_id


def make_recommendation(
    connection: Connection,
    *,
    evaluation_id: int,
    created_date: date,
    district_soato: str = DISTRICT,
    state: RecommendationState = RecommendationState.NEW,
    deadline_date: date | None = None,
    answered_date: date | None = None,
    closed_date: date | None = None,
    released_date: date | None = None,
) -> int:
    """Insert a recommendation of an evaluation; without a day of release the district does not see it yet."""
    return add(
        connection,
        Recommendation,
        evaluation_id=evaluation_id,
        district_soato=district_soato,
        text=f"Recommendation {next(numbers)}",
        created_date=created_date,
        deadline_date=deadline_date,
        answered_date=answered_date,
        state_code=state.value,
        closed_date=closed_date,
        released_date=released_date,
    )
