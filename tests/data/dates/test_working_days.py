"""Working days are Monday to Friday, without holidays and with worked Saturdays where a deadline is counted."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest
from sqlalchemy import Engine, insert, update

from data.codes import DayKind
from data.database.engine import reading, writing
from data.dates.working_days import WorkCalendar, answer_due, load_work_calendar, working_days_between
from data.directory import load_directory
from data.schema import Holiday

MONDAY, FRIDAY, SATURDAY, SUNDAY = date(2025, 1, 6), date(2025, 1, 10), date(2025, 1, 11), date(2025, 1, 12)
WEEK = WorkCalendar()
NAVROZ = date(2025, 3, 21)


@pytest.mark.parametrize(
    ("sent", "due"),
    [
        (MONDAY, date(2025, 1, 20)),
        (FRIDAY, date(2025, 1, 24)),
        (SATURDAY, date(2025, 1, 24)),
        (SUNDAY, date(2025, 1, 24)),
    ],
)
def test_an_answer_is_due_after_ten_working_days(sent: date, due: date) -> None:
    assert answer_due(sent, WEEK) == due


@pytest.mark.parametrize(
    ("sent", "days_off", "worked", "due"),
    [
        # A holiday in between, and one on which the answer would be due.
        (date(2025, 3, 10), [NAVROZ], [], date(2025, 3, 25)),
        (date(2025, 3, 7), [NAVROZ], [], date(2025, 3, 24)),
        # A holiday on a Saturday moves nothing; the day of sending does not count, be it a holiday or not.
        (date(2025, 3, 17), [date(2025, 3, 22)], [], date(2025, 3, 31)),
        (NAVROZ, [NAVROZ], [], date(2025, 4, 4)),
        # A Saturday that is worked instead of the Monday after it.
        (date(2025, 3, 10), [date(2025, 3, 17)], [date(2025, 3, 15)], date(2025, 3, 24)),
        (date(2025, 3, 10), [], [date(2025, 3, 15)], NAVROZ),
        # Two holidays in a row with the week's end.
        (date(2025, 3, 18), [date(2025, 3, 31), date(2025, 4, 1)], [], date(2025, 4, 3)),
    ],
)
def test_holidays_are_left_out_and_worked_saturdays_count(
    sent: date, days_off: list[date], worked: list[date], due: date
) -> None:
    assert answer_due(sent, WorkCalendar(frozenset(days_off), frozenset(worked))) == due


def test_the_calendar_is_what_the_administrator_keeps(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(
            insert(Holiday),
            [
                {"holiday_date": date(2026, 3, 20), "name": "Ramazon hayiti", "kind_code": DayKind.DAY_OFF.value},
                {"holiday_date": date(2026, 3, 14), "name": "Ish kuni", "kind_code": DayKind.WORKING.value},
            ],
        )
    with reading(engine) as connection:
        calendar = load_work_calendar(connection)
    assert {date(2026, 3, 20), date(2026, 1, 1), date(2027, 12, 8)} <= calendar.days_off
    assert calendar.worked == {date(2026, 3, 14)}


def test_loading_the_directory_again_changes_no_day_that_the_administrator_has_corrected(engine: Engine) -> None:
    with writing(engine) as connection:
        connection.execute(update(Holiday).values(name="Bayram", kind_code=DayKind.WORKING.value))
        load_directory(connection)
    with reading(engine) as connection:
        assert not load_work_calendar(connection).days_off


def test_the_day_of_sending_does_not_count_and_the_day_of_answering_does() -> None:
    sent = np.array([MONDAY, MONDAY, FRIDAY, FRIDAY, SATURDAY], dtype="datetime64[D]")
    answered = np.array([MONDAY, FRIDAY, SUNDAY, date(2025, 1, 13), date(2025, 1, 13)], dtype="datetime64[D]")
    assert working_days_between(sent, answered).tolist() == [0, 4, 0, 1, 1]


def test_an_answer_on_its_last_day_took_the_days_of_the_method() -> None:
    assert working_days_between(np.datetime64(MONDAY), np.datetime64(answer_due(MONDAY, WEEK))).item() == 10
