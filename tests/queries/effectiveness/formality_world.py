"""Districts in which one reason of the formality check is just met, and neighbours in which it just is not."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, update

from data.codes import Visibility
from data.schema import Evaluation
from tests.worlds import (
    DISTRICT,
    FAR_DISTRICT,
    make_evaluation,
    make_event,
    make_mahalla,
    make_ngo,
    make_plan_item,
    make_recommendation,
)

LONG_WORDS = "Mahallada huquqiy targʻibot tadbiri oʻtkazildi"


def hold_once_a_year(connection: Connection, *, mahallas: int, twice: int = 0, district_soato: str = DISTRICT) -> None:
    """Insert one event of 2025 in each mahalla; ``twice`` of them hold another one half a year later."""
    for place in range(mahallas):
        mahalla = make_mahalla(connection, district_soato=district_soato)
        for month in (place % 6 + 1, place % 6 + 7)[: 2 if place < twice else 1]:
            day = date(2025, month, 10)
            make_event(connection, event_date=day, mahalla_id=mahalla, district_soato=district_soato)


def hold_events(connection: Connection, *, usual: int, late: int, district_soato: str = DISTRICT) -> None:
    """Insert ``late`` events in the last five days of quarters of 2025, ``usual`` ones in the middle of months."""
    for number in range(usual):
        make_event(connection, event_date=date(2025, number % 12 + 1, 12), district_soato=district_soato)
    for number in range(late):
        make_event(
            connection, event_date=date(2025, (3, 12)[number % 2], 27 + number % 5), district_soato=district_soato
        )


def hold_planned(connection: Connection, *, planned: int, unplanned: int) -> None:
    """Insert events of 2025 that name a plan item, and others."""
    for _ in range(planned):
        item = make_plan_item(connection, year=2025, month=4)
        make_event(connection, event_date=date(2025, 4, 10), plan_item_id=item)
    for _ in range(unplanned):
        make_event(connection, event_date=date(2025, 4, 10))


def send_forms(
    connection: Connection,
    *,
    marks: list[int],
    words: list[str] | None = None,
    visibility: Visibility = Visibility.NAMED,
    ngo_id: int | None = None,
    district_soato: str = DISTRICT,
) -> tuple[int, list[int]]:
    """Insert an NGO's evaluations of events of May 2025, one a rating; returns the NGO and the evaluations' ids."""
    ngo = make_ngo(connection) if ngo_id is None else ngo_id
    made = []
    for place, mark in enumerate(marks):
        event = make_event(
            connection, event_date=date(2025, 5, place % 20 + 1), ngo_ids=(ngo,), district_soato=district_soato
        )
        day = date(2025, 5, 28)
        form = make_evaluation(
            connection, event_id=event, ngo_id=ngo, submitted_date=day, mark=mark, visibility=visibility
        )
        said = words[place] if words else ""
        connection.execute(update(Evaluation).where(Evaluation.id == form).values(comment=said))
        made.append(form)
    return ngo, made


def send_usual_forms(connection: Connection, *, fives: int = 1) -> None:
    """Insert evaluations of NGOs far away, ``fives`` of ten of each nothing but fives: the base rate of the country."""
    for _ in range(3):
        send_forms(connection, marks=[5] * fives + [4] * (10 - fives), district_soato=FAR_DISTRICT)


def propose(connection: Connection, *, answered: int, unanswered: int, day: date = date(2025, 6, 1)) -> list[int]:
    """Insert recommendations released on a day, answered or not."""
    _, forms = send_forms(connection, marks=[4] * (answered + unanswered))
    return [
        make_recommendation(
            connection,
            evaluation_id=form,
            created_date=day,
            released_date=day,
            answered_date=day if place < answered else None,
        )
        for place, form in enumerate(forms)
    ]
