"""Periods are whole months that end no later than the current one."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.shell.filters import PeriodCode, period_of


@pytest.mark.parametrize(
    ("code", "first", "last"),
    [
        (PeriodCode.LAST_12_MONTHS, date(2025, 11, 1), date(2026, 10, 31)),
        (PeriodCode.THIS_YEAR, date(2026, 1, 1), date(2026, 11, 30)),
        (PeriodCode.LAST_YEAR, date(2025, 1, 1), date(2025, 12, 31)),
        (PeriodCode.YEAR_BEFORE, date(2024, 1, 1), date(2024, 12, 31)),
        (PeriodCode.THIS_QUARTER, date(2026, 10, 1), date(2026, 11, 30)),
        (PeriodCode.LAST_QUARTER, date(2026, 7, 1), date(2026, 9, 30)),
    ],
)
def test_periods_on_an_autumn_day(code: PeriodCode, first: date, last: date) -> None:
    period = period_of(code, date(2026, 11, 20))
    assert (period.first_day, period.last_day) == (first, last)


def test_last_quarter_in_january_is_that_of_last_year() -> None:
    assert period_of(PeriodCode.LAST_QUARTER, date(2026, 1, 1)).first_day == date(2025, 10, 1)


@given(today=st.dates(date(2001, 1, 1), date(2099, 12, 31)), code=st.sampled_from(PeriodCode))
def test_no_period_reaches_beyond_the_current_month(today: date, code: PeriodCode) -> None:
    period = period_of(code, today)
    assert (period.last_day.year, period.last_day.month) <= (today.year, today.month)
    assert 1 <= period.month_count <= 12


def test_every_period_has_a_name() -> None:
    assert all(code.label for code in PeriodCode)
