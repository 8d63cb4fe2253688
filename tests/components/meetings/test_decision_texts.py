"""Texts of decisions: causes, effects and deadlines."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from components.meetings.decision_texts import (
    LONGEST_TITLE,
    cause_labels,
    cause_text,
    deadline_labels,
    decision_cards,
    decision_change_texts,
    pressing_first,
    shortened,
)
from components.meetings.preparation_form import meeting_days, next_number
from components.shell.formatter import Formatter
from data.codes import DecisionCauseKind, DecisionState
from data.indicators import INDICATORS
from data.meetings import Cause
from queries.meetings.packs.frames import typed
from tests.components.samples import ENGLISH, RUSSIAN

TODAY = date(2026, 11, 20)
WRITE = Formatter(ENGLISH)
PLAN_CAUSE = Cause(DecisionCauseKind.INDICATOR, "plan_execution")


def decision_frame(*states: DecisionState) -> pd.DataFrame:
    """Decisions of one meeting, one a state, numbered in their order."""
    rows = [
        {
            "public_id": f"id-{number}",
            "meeting_id": 1,
            "meeting_number": "2026/3",
            "meeting_date": pd.Timestamp(2026, 10, 1),
            "number": number,
            "text": f"Decision {number}",
            "owner": "District office",
            "due_date": pd.Timestamp(2026, 11, 10),
            "done_date": pd.Timestamp(2026, 11, 5)
            if state in {DecisionState.DONE, DecisionState.DONE_LATE}
            else pd.NaT,
            "state_code": state.value,
            "evidence": "",
            "version": 1,
            "causes": [str(PLAN_CAUSE)],
            "cause_titles": [""],
        }
        for number, state in enumerate(states, start=1)
    ]
    return pd.DataFrame(rows)


def finalised_decision(then: float | None, now: float | None, *, kind: str = "indicator") -> pd.DataFrame:
    """Return a decision of a pack with an indicator as cause, with its values then and now."""
    cause = {"cause_kind_code": kind, "cause_reference": PLAN_CAUSE.reference, "cause_then": then, "cause_now": now}
    return typed("decisions", pd.DataFrame([{"public_id": "id-1", **cause}]))


def test_overdue_decisions_come_first_and_done_ones_last() -> None:
    frame = decision_frame(DecisionState.DONE, DecisionState.OPEN, DecisionState.DONE_LATE, DecisionState.OVERDUE)
    frame.loc[2, "done_date"] = pd.Timestamp(2026, 11, 12)
    assert list(pressing_first(frame)["number"]) == [4, 2, 3, 1]


def test_a_card_says_where_a_decision_stands() -> None:
    (late, done) = decision_cards(decision_frame(DecisionState.OVERDUE, DecisionState.DONE), today=TODAY, fmt=WRITE)
    assert late.deadline_text == "Deadline 10.11.2026: 10 days late"
    assert done.deadline_text == "Deadline 10.11.2026, done on 05.11.2026"
    assert (late.is_done, done.is_done) == (False, True)
    assert late.causes == ("Indicator: Plan execution",)
    assert late.heading == "Meeting 2026/3, 01.10.2026, decision 1"


def test_what_a_decision_changed_is_said_in_the_unit_of_the_indicator() -> None:
    assert decision_change_texts(finalised_decision(40.0, 52.0), WRITE) == {
        "id-1": ("Plan execution: 40% then, 52% now (+12.0 pp)",)
    }


@pytest.mark.parametrize(
    "finalised",
    [finalised_decision(None, 50.0), finalised_decision(40.0, None), finalised_decision(None, None, kind="memorandum")],
    ids=["no value then", "no value now", "no indicator"],
)
def test_nothing_is_said_of_a_change_that_is_not_known(finalised: pd.DataFrame) -> None:
    assert decision_change_texts(finalised, WRITE) == {}


def test_a_cause_that_is_gone_is_called_by_its_kind() -> None:
    gone = Cause(DecisionCauseKind.MEMORANDUM, "7")
    assert cause_text(gone, "", WRITE) == "Memorandum"
    assert cause_text(gone, "M-7 – Youth", WRITE) == "Memorandum: M-7 – Youth"


def test_the_proposals_of_a_pack_are_offered_before_the_other_indicators() -> None:
    rows = [
        {"kind_code": "expiring", "reference": "7", "number": "M-7", "title": "Youth"},
        {"kind_code": "indicator", "reference": "plan_execution"},
        {"kind_code": "not_evaluated", "reference": "9", "title": "An event"},
    ]
    offered = cause_labels(typed("proposals", pd.DataFrame(rows)), WRITE)
    assert list(offered)[:2] == ["memorandum:7", "indicator:plan_execution"]
    assert offered["memorandum:7"] == "Memorandum: M-7 – Youth"
    assert len(offered) == 1 + len(INDICATORS)


def test_long_titles_are_cut_at_a_word() -> None:
    short = shortened("word " * 60)
    assert len(short) <= LONGEST_TITLE + 1
    assert short.endswith("word…")
    assert shortened("line\nbreak") == "line break"


def test_deadlines_are_working_days_after_the_meeting_and_the_one_that_stands() -> None:
    meeting_date, sunday = TODAY + timedelta(days=5), date(2026, 11, 29)
    days = deadline_labels(meeting_date, today=TODAY, fmt=Formatter(RUSSIAN), present=sunday)
    assert min(days) == meeting_date.isoformat()
    weekend = {day for day in days if date.fromisoformat(day).weekday() > 4}
    assert weekend == {sunday.isoformat()}
    assert days[sunday.isoformat()] == "29.11.2026 (через 9 дней)"


@pytest.mark.parametrize(
    ("numbers", "following"),
    [([], "1"), (["2026/3", "2025/4"], "2026/4"), (["7"], "8"), (["third"], "third1"), (["1", "2"], "3")],
)
def test_the_next_meeting_has_the_next_free_number(numbers: list[str], following: str) -> None:
    assert next_number(pd.DataFrame({"number": numbers})) == following


def test_days_of_a_meeting_begin_today_and_none_of_them_is_late() -> None:
    days = list(meeting_days(TODAY, WRITE).items())
    assert days[0] == ("2026-11-20", "20.11.2026 (today)")
    assert ("2026-11-19", "19.11.2026") in days
    assert not [words for _, words in days if "late" in words]
