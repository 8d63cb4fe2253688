"""Row builders for tests, continued from :mod:`tests.worlds`: the other registers and targets."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, insert

from data.codes import AreaLevel, Party, RequestKind, SupportKind, TrainingAudience
from data.dates.working_days import WorkCalendar, answer_due
from data.schema import (
    Decision,
    InformationRequest,
    Meeting,
    OffenceMonth,
    Support,
    Target,
    Training,
    TrainingMahalla,
    TrainingNgo,
)
from tests.worlds import DISTRICT, REGION, add, numbers


def make_request(
    connection: Connection,
    *,
    ngo_id: int,
    sent_date: date,
    answered_date: date | None = None,
    due_date: date | None = None,
    asked_by: Party = Party.NGO,
    district_soato: str = DISTRICT,
) -> int:
    """Insert an information request, due after the working days of the method unless told otherwise."""
    number = next(numbers)
    return add(
        connection,
        InformationRequest,
        district_soato=district_soato,
        number=f"S-{number}",
        ngo_id=ngo_id,
        asked_by_code=asked_by.value,
        kind_code=RequestKind.STATISTICS.value,
        topic=f"Request {number}",
        sent_date=sent_date,
        due_date=due_date or answer_due(sent_date, WorkCalendar()),
        answered_date=answered_date,
    )


def make_support(
    connection: Connection,
    *,
    ngo_id: int,
    support_date: date,
    amount_uzs: int | None = None,
    kind: SupportKind = SupportKind.GRANT,
    district_soato: str = DISTRICT,
) -> int:
    """Insert support given to an NGO."""
    values = {"number": f"K-{next(numbers)}", "kind_code": kind.value, "support_date": support_date, "source": "test"}
    return add(connection, Support, district_soato=district_soato, ngo_id=ngo_id, amount_uzs=amount_uzs, **values)


def make_training(
    connection: Connection,
    *,
    training_date: date,
    mahalla_ids: tuple[int, ...] = (),
    ngo_ids: tuple[int, ...] = (),
    district_soato: str = DISTRICT,
) -> int:
    """Insert a training of the posts of mahallas, or of NGOs."""
    number = next(numbers)
    audience = TrainingAudience.NGO if ngo_ids else TrainingAudience.INSPECTORS
    training_id = add(
        connection,
        Training,
        district_soato=district_soato,
        number=f"O-{number}",
        audience_code=audience.value,
        topic=f"Training {number}",
        training_date=training_date,
        hours=4,
        people=12,
    )
    for mahalla_id in mahalla_ids:
        connection.execute(insert(TrainingMahalla).values(training_id=training_id, mahalla_id=mahalla_id))
    for ngo_id in ngo_ids:
        connection.execute(insert(TrainingNgo).values(training_id=training_id, ngo_id=ngo_id))
    return training_id


def _scope_of(area_code: str) -> str:
    if not area_code:
        return AreaLevel.NATION.value
    return (AreaLevel.REGION if len(area_code) == len(REGION) else AreaLevel.DISTRICT).value


def make_meeting(connection: Connection, *, meeting_date: date, area_code: str = DISTRICT) -> int:
    """Insert a coordination meeting of a district, a region or (empty code) the nation."""
    number = next(numbers)
    values = {"area_code": area_code, "number": str(number), "title": f"Meeting {number}"}
    return add(connection, Meeting, scope_code=_scope_of(area_code), meeting_date=meeting_date, **values)


def make_decision(connection: Connection, *, meeting_id: int, due_date: date, done_date: date | None = None) -> int:
    """Insert a decision of a meeting."""
    number = next(numbers)
    values = {"number": number, "text": f"Decision {number}", "owner": "test", "evidence": "test" if done_date else ""}
    return add(connection, Decision, meeting_id=meeting_id, due_date=due_date, done_date=done_date, **values)


def make_offences(
    connection: Connection,
    *,
    year_month: int,
    offences: int | None = None,
    mahallas_crime_free: int | None = None,
    district_soato: str = DISTRICT,
) -> int:
    """Insert the offences of a district and month, and the mahallas without any."""
    values = {"year_month": year_month, "offences": offences, "mahallas_crime_free": mahallas_crime_free}
    return add(connection, OffenceMonth, district_soato=district_soato, source="test", **values)


def make_target(
    connection: Connection, *, indicator_code: str, year: int, value: float, area_code: str = DISTRICT
) -> int:
    """Insert a target of a district, a region or (empty code) the nation."""
    values = {"indicator_code": indicator_code, "year": year, "area_code": area_code, "value": value}
    return add(connection, Target, scope_code=_scope_of(area_code), **values)
