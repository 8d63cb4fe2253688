"""Working days are Monday to Friday."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from data.dates.working_days import answer_due, working_days_between

MONDAY, FRIDAY, SATURDAY, SUNDAY = date(2025, 1, 6), date(2025, 1, 10), date(2025, 1, 11), date(2025, 1, 12)


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
    assert answer_due(sent) == due


def test_the_day_of_sending_does_not_count_and_the_day_of_answering_does() -> None:
    sent = np.array([MONDAY, MONDAY, FRIDAY, FRIDAY, SATURDAY], dtype="datetime64[D]")
    answered = np.array([MONDAY, FRIDAY, SUNDAY, date(2025, 1, 13), date(2025, 1, 13)], dtype="datetime64[D]")
    assert working_days_between(sent, answered).tolist() == [0, 4, 0, 1, 1]


def test_an_answer_on_its_last_day_took_the_days_of_the_method() -> None:
    assert working_days_between(np.datetime64(MONDAY), np.datetime64(answer_due(MONDAY))).item() == 10
