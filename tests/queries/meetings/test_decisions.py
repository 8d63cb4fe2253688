"""Decisions of meetings: taking, changing, reading, causes, and what follows at once."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import Engine

from data.aggregates.version import data_version
from data.codes import DecisionCauseKind, DecisionState
from data.database.engine import writing
from data.indicators import INDICATORS
from data.language import DomainError
from data.meetings import Cause
from data.policy import ForbiddenError, Scope
from data.texts.personal_data import PersonalDataError
from queries.meetings.decision_causes import MOST_CAUSES, TooManyCausesError, UnknownCauseError
from queries.meetings.decision_texts import (
    LONGEST_DEADLINE_DAYS,
    DecisionDeadlineError,
    DoneDateError,
    NoDecisionError,
    NoEvidenceError,
)
from queries.meetings.decisions import ChangedMeanwhileError, StoredOtherwiseError
from queries.recommendations.texts import NoOwnerError, TextTooLongError
from tests.queries.indicators.reading import all_values, row
from tests.queries.meetings.deciding import (
    ADMIN,
    COORDINATOR,
    LEADER,
    NATIONAL,
    NOW,
    REGIONAL,
    TODAY,
    audited,
    change,
    decide,
    in_days,
    meet,
    rows,
)
from tests.queries.recommendations.recommending import recommend
from tests.registers import make_request
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, REGION, make_memorandum, make_ngo, make_obligation

pytestmark = pytest.mark.both_databases

KIND = DecisionCauseKind
INDICATOR = Cause(KIND.INDICATOR, "plan_execution")


def test_a_decision_is_stored_with_its_words_number_and_audit_entry(engine: Engine) -> None:
    meeting_id, public_id = meet(engine), str(uuid4())
    number = decide(
        engine,
        meeting_id=meeting_id,
        public_id=public_id,
        text="  Renew\r\nthe memorandum ",
        owner=" District \n office",
        causes=[INDICATOR, INDICATOR],
    )
    (stored,) = rows(engine)
    assert (number, stored.number, stored.version) == (1, 1, 1)
    assert (stored.public_id, stored.meeting_id, stored.meeting_number) == (public_id, meeting_id, "2026/2")
    assert (stored.text, stored.owner, stored.evidence) == ("Renew\nthe memorandum", "District office", "")
    assert (stored.due_date.date(), stored.meeting_date.date()) == (in_days(30), TODAY)
    assert str(stored.done_date) == "NaT"
    assert (stored.causes, stored.cause_titles) == (["indicator:plan_execution"], [""])
    (entry,) = audited(engine, "decision")
    assert (entry.action_code, entry.before) == ("added", None)
    assert entry.after == {
        "number": 1,
        "public_id": public_id,
        "meeting_id": meeting_id,
        "text": "Renew\nthe memorandum",
        "owner": "District office",
        "due_date": in_days(30).isoformat(),
        "causes": ["indicator:plan_execution"],
    }


def test_decisions_are_numbered_within_their_meeting_and_read_newest_meeting_first(engine: Engine) -> None:
    old, new = meet(engine, number="1", meeting_date=in_days(-60)), meet(engine, number="2")
    assert [decide(engine, meeting_id=meeting) for meeting in (old, new, old, new)] == [1, 1, 2, 2]
    assert [(stored.meeting_number, stored.number) for stored in rows(engine)] == [
        ("2", 1),
        ("2", 2),
        ("1", 1),
        ("1", 2),
    ]


def test_the_same_decision_sent_again_is_the_one_that_stands(engine: Engine) -> None:
    meeting_id = meet(engine)
    sent: dict[str, Any] = {"meeting_id": meeting_id, "public_id": str(uuid4()), "causes": [INDICATOR]}
    decide(engine, meeting_id=meeting_id)
    assert decide(engine, **sent) == decide(engine, LEADER, **sent) == 2
    assert len(rows(engine)) == len(audited(engine, "decision")) == 2


@pytest.mark.parametrize(
    "changed", [{"text": "Other"}, {"owner": "Other"}, {"due_date": in_days(31)}, {"causes": []}], ids=str
)
def test_another_decision_under_the_same_key_is_refused_and_told_where_the_first_is(
    engine: Engine, changed: dict[str, Any]
) -> None:
    sent: dict[str, Any] = {"meeting_id": meet(engine), "public_id": str(uuid4()), "causes": [INDICATOR]}
    decide(engine, **sent)
    with pytest.raises(StoredOtherwiseError, match="number 1"):
        decide(engine, **{**sent, **changed})
    (stored,) = rows(engine)
    assert (stored.text, stored.causes) == ("Renew the memorandum", ["indicator:plan_execution"])


def test_a_key_of_another_meeting_tells_nothing(engine: Engine) -> None:
    elsewhere = meet(engine, scope=Scope.district(FAR_DISTRICT))
    decide(engine, ADMIN, meeting_id=elsewhere, public_id="far")
    with pytest.raises(ForbiddenError):
        decide(engine, meeting_id=meet(engine), public_id="far")
    with pytest.raises(ForbiddenError):
        decide(engine, meeting_id=999)
    with pytest.raises(ForbiddenError):
        change(engine, public_id="unknown")


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"text": " \n"}, NoDecisionError),
        ({"text": "x" * 2001}, TextTooLongError),
        ({"text": "Call 90 123 45 67"}, PersonalDataError),
        ({"owner": " "}, NoOwnerError),
        ({"owner": "AA1234567"}, PersonalDataError),
        ({"due_date": in_days(-1)}, DecisionDeadlineError),
        ({"due_date": in_days(LONGEST_DEADLINE_DAYS + 1)}, DecisionDeadlineError),
    ],
)
def test_what_cannot_be_decided_is_refused_in_adding_and_in_changing(
    engine: Engine, changed: dict[str, Any], error: type[DomainError]
) -> None:
    meeting_id = meet(engine)
    with pytest.raises(error):
        decide(engine, meeting_id=meeting_id, **changed)
    assert rows(engine) == []
    decide(engine, meeting_id=meeting_id, public_id="a")
    with pytest.raises(error):
        change(engine, public_id="a", **changed)
    assert [stored.version for stored in rows(engine)] == [1]


@pytest.mark.parametrize(
    ("changed", "error"),
    [
        ({"done_date": in_days(1), "evidence": "Signed"}, DoneDateError),
        ({"done_date": in_days(-1), "evidence": "Signed"}, DoneDateError),
        ({"done_date": TODAY, "evidence": " "}, NoEvidenceError),
        ({"evidence": "Seen by 31212901234567"}, PersonalDataError),
    ],
)
def test_what_cannot_be_reported_is_refused(engine: Engine, changed: dict[str, Any], error: type[DomainError]) -> None:
    decide(engine, meeting_id=meet(engine), public_id="a")
    with pytest.raises(error):
        change(engine, public_id="a", **changed)
    assert [stored.state_code for stored in rows(engine)] == ["open"]
    assert len(audited(engine, "decision")) == 1


def test_a_change_is_stored_with_what_was_before(engine: Engine) -> None:
    decide(engine, meeting_id=meet(engine), public_id="a", causes=[INDICATOR])
    done: dict[str, Any] = {"public_id": "a", "done_date": TODAY, "evidence": "Signed", "text": "Renew it"}
    assert change(engine, LEADER, **done) == 2
    (stored,) = rows(engine)
    assert (stored.text, stored.evidence, stored.version, stored.state_code) == ("Renew it", "Signed", 2, "done")
    assert stored.causes == ["indicator:plan_execution"]
    entry = audited(engine, "decision")[-1]
    assert entry.action_code == "changed"
    assert entry.before is not None
    assert entry.after is not None
    told = {name: (entry.before[name], entry.after[name]) for name in entry.after}
    assert {name: pair for name, pair in told.items() if pair[0] != pair[1]} == {
        "text": ("Renew the memorandum", "Renew it"),
        "evidence": ("", "Signed"),
        "done_date": (None, TODAY.isoformat()),
        "version": (1, 2),
    }


def test_the_same_change_sent_again_and_one_that_changes_nothing_add_nothing(engine: Engine) -> None:
    decide(engine, meeting_id=meet(engine), public_id="a")
    assert change(engine, public_id="a") == 1
    done: dict[str, Any] = {"public_id": "a", "done_date": TODAY, "evidence": "Signed"}
    assert change(engine, **done) == change(engine, **done) == 2
    assert len(audited(engine, "decision")) == 2


def test_who_changes_an_older_version_is_told_and_the_newer_one_stays(engine: Engine) -> None:
    decide(engine, meeting_id=meet(engine), public_id="a")
    change(engine, public_id="a", owner="School department")
    with pytest.raises(ChangedMeanwhileError, match="Nothing of theirs was lost"):
        change(engine, LEADER, public_id="a", text="Something else")
    (stored,) = rows(engine)
    assert (stored.owner, stored.text, stored.version) == ("School department", "Renew the memorandum", 2)
    assert change(engine, LEADER, public_id="a", version=2, owner=stored.owner, text="Something else") == 3


def test_a_decision_that_was_called_done_may_be_opened_again(engine: Engine) -> None:
    decide(engine, meeting_id=meet(engine), public_id="a")
    change(engine, public_id="a", done_date=TODAY, evidence="Signed")
    assert change(engine, public_id="a", version=2, evidence="Signed") == 3
    assert [stored.state_code for stored in rows(engine)] == ["open"]


def test_the_state_of_a_decision_follows_from_its_days(engine: Engine) -> None:
    meeting_id, due = meet(engine, meeting_date=in_days(-40)), in_days(-10)
    for public_id, done_date in {"on_time": due, "late": in_days(-9), "open": None}.items():
        decide(engine, meeting_id=meeting_id, public_id=public_id, due_date=due)
        change(engine, public_id=public_id, due_date=due, done_date=done_date, evidence="Seen")
    on_time, late = DecisionState.DONE.value, DecisionState.DONE_LATE.value
    assert [stored.state_code for stored in rows(engine, today=due)] == [on_time, late, DecisionState.OPEN.value]
    assert [stored.state_code for stored in rows(engine)] == [on_time, late, DecisionState.OVERDUE.value]


def test_what_a_decision_comes_of_is_called_by_number_and_title(engine: Engine) -> None:
    with writing(engine) as connection:
        ngo_id = make_ngo(connection)
        memorandum_id = make_memorandum(connection)
        obligation_id = make_obligation(connection, memorandum_id=memorandum_id, due_date=TODAY)
        request_id = make_request(connection, ngo_id=ngo_id, sent_date=TODAY)
        said = recommend(connection, created=TODAY)
    meeting_id = meet(engine)
    decide(engine, meeting_id=meeting_id, public_id="earlier")
    causes = [
        Cause(KIND.MEMORANDUM, str(memorandum_id)),
        Cause(KIND.OBLIGATION, str(obligation_id)),
        Cause(KIND.REQUEST, str(request_id)),
        Cause(KIND.RECOMMENDATION, said.public_id),
        Cause(KIND.DECISION, "earlier"),
        INDICATOR,
    ]
    decide(engine, meeting_id=meeting_id, causes=causes)
    stored = rows(engine)[-1]
    assert stored.causes == [str(cause) for cause in sorted(causes)]
    assert [Cause.parse(text) for text in stored.causes] == sorted(causes)
    kinds = [text.split(":")[0] for text in stored.causes]
    titles = dict(zip(kinds, stored.cause_titles, strict=True))
    assert titles["indicator"] == ""
    assert titles["decision"] == "2026/2 – Renew the memorandum"
    assert titles["memorandum"].startswith("M-")
    assert titles["obligation"].startswith("M-")
    assert " – Obligation " in titles["obligation"]
    assert titles["request"].startswith("S-")
    assert titles["recommendation"].startswith("Recommendation ")


def test_only_what_lies_in_the_area_and_may_be_seen_can_be_named_as_a_cause(engine: Engine) -> None:
    with writing(engine) as connection:
        elsewhere = make_memorandum(connection, district_soato=OTHER_DISTRICT)
        unseen = recommend(connection, created=TODAY, released=in_days(1))
    meeting_id = meet(engine)
    for cause in (
        Cause(KIND.MEMORANDUM, str(elsewhere)),
        Cause(KIND.RECOMMENDATION, unseen.public_id),
        Cause(KIND.INDICATOR, "wealth"),
        Cause(KIND.OBLIGATION, "9" * 40),
        Cause(KIND.REQUEST, "²"),
        Cause(KIND.DECISION, "unknown"),
    ):
        with pytest.raises(UnknownCauseError):
            decide(engine, meeting_id=meeting_id, causes=[INDICATOR, cause])
    assert rows(engine) == []
    region = meet(engine, scope=Scope.region(REGION))
    decide(engine, REGIONAL, meeting_id=region, causes=[Cause(KIND.MEMORANDUM, str(elsewhere))])
    assert len(rows(engine, NATIONAL, scope=Scope.region(REGION))) == 1


def test_a_decision_comes_of_a_few_things_only(engine: Engine) -> None:
    causes = [Cause(KIND.INDICATOR, code) for code in INDICATORS]
    meeting_id = meet(engine)
    decide(engine, meeting_id=meeting_id, causes=causes[:MOST_CAUSES])
    with pytest.raises(TooManyCausesError):
        decide(engine, meeting_id=meeting_id, causes=causes[: MOST_CAUSES + 1])


def test_the_share_of_decisions_done_follows_at_once(engine: Engine) -> None:
    meeting_date, due = date(2025, 3, 3), date(2025, 4, 1)
    meeting_id = meet(engine, meeting_date=meeting_date)
    for public_id in "abc":
        decide(engine, meeting_id=meeting_id, public_id=public_id, due_date=due)
    before = data_version(engine)
    found = row(all_values(engine), "decisions_done", DISTRICT)
    assert (found["numerator"], found["denominator"]) == (0, 3)
    change(engine, COORDINATOR, public_id="a", due_date=due, done_date=due, evidence="Signed", now=NOW)
    assert data_version(engine) > before
    assert row(all_values(engine), "decisions_done", DISTRICT)["numerator"] == 1
