"""Decisions on the Meeting page: taken on the spot, followed up, and safe when two people write at once."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from sqlalchemy import update
from streamlit.testing.v1 import AppTest

from components.meetings.decision_actions import DecisionAct
from components.meetings.decision_form import DecisionField as Deciding
from data.codes import DecisionCauseKind
from data.database.engine import reading, writing
from data.meetings import Cause
from data.policy import Role
from data.schema import Account
from queries.meetings.decisions import decisions
from queries.meetings.packs.packs import PackContent
from tests.pages.conftest import TODAY, Desk
from tests.pages.meeting.holding import (
    ADMIN,
    AREA,
    ago,
    changed,
    decided,
    finalise,
    opened,
    press,
    taken,
    type_decision,
    words,
)


def test_two_who_decide_at_once_lose_nothing(meeting_desk: Desk, pack: PackContent) -> None:
    first = type_decision(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id), "Repair the office")
    second = type_decision(opened(meeting_desk, Role.COORDINATOR, pack=pack.pack_id), "Renew the memorandum")
    meeting_desk.role = Role.DISTRICT
    press(first, "decide")
    meeting_desk.role = Role.COORDINATOR
    press(second, "decide")
    assert [(row.number, row.text) for row in taken(meeting_desk)] == [
        (1, "Repair the office"),
        (2, "Renew the memorandum"),
    ]
    assert {"Repair the office", "Renew the memorandum"} <= {text.value for text in second.text}
    assert second.success[0].value.startswith("Saved")


def test_the_same_decision_sent_twice_is_one(meeting_desk: Desk, pack: PackContent) -> None:
    public_id = str(uuid4())
    for _ in range(2):
        app = opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id)
        app.session_state[Deciding.NEXT] = public_id
        press(type_decision(app.run(), "Repair the office"), "decide")
        assert not app.error
    assert [row.public_id for row in taken(meeting_desk)] == [public_id]


def test_a_decision_keeps_its_cause_owner_and_deadline(meeting_desk: Desk, pack: PackContent) -> None:
    app = type_decision(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id), "Hold the planned events")
    public_id, cause = (
        app.session_state[Deciding.NEXT],
        Cause(DecisionCauseKind.INDICATOR, "plan_execution"),
    )
    app.multiselect(key=f"{Deciding.CAUSES}:{public_id}:en").set_value([str(cause)]).run()
    due = app.selectbox(key=f"{Deciding.DUE}:{public_id}:en")
    assert str(due.value) >= (TODAY + timedelta(days=30)).isoformat()
    due.set_value((TODAY + timedelta(days=10)).isoformat()).run()
    press(app, "decide")
    with reading(meeting_desk.engine) as connection:
        row = decisions(connection, ADMIN, scope=AREA, today=TODAY).iloc[0]
    assert (row["owner"], row["causes"]) == ("District office", [str(cause)])
    assert row["due_date"].date() == TODAY + timedelta(days=10)
    assert "Indicator: Plan execution" in words(app)


def test_what_is_refused_stays_in_its_fields(meeting_desk: Desk, pack: PackContent) -> None:
    typed = "Call +998 90 123 45 67"
    app = press(type_decision(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id), typed), "decide")
    assert "phone number" in app.error[0].value
    assert app.text_area(key=f"{Deciding.TEXT}:{app.session_state[Deciding.NEXT]}").value == typed
    assert taken(meeting_desk) == []


def test_another_language_keeps_what_is_typed_and_chosen(meeting_desk: Desk, pack: PackContent) -> None:
    app = type_decision(opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id), "Repair the office")
    public_id, day = app.session_state[Deciding.NEXT], (TODAY + timedelta(days=5)).isoformat()
    app.selectbox(key=f"{Deciding.DUE}:{public_id}:en").set_value(day).run()
    app.selectbox(key="language_switch").select("ru").run()
    assert app.text_area(key=f"{Deciding.TEXT}:{public_id}").value == "Repair the office"
    assert app.selectbox(key=f"{Deciding.DUE}:{public_id}:ru").value == day


def test_a_meeting_opens_with_overdue_decisions_and_what_the_done_ones_changed(meeting_desk: Desk) -> None:
    done = decided(meeting_desk, text="Done", cause=Cause(DecisionCauseKind.INDICATOR, "participants"))
    changed(meeting_desk, done, text="Done", done_date=ago(5), evidence="Act 12")
    decided(meeting_desk, text="Open", due=TODAY + timedelta(days=5))
    decided(meeting_desk, text="Late", due=ago(10))
    pack = finalise(meeting_desk.engine)
    app = opened(meeting_desk, Role.DISTRICT, pack=pack.pack_id)
    assert [text.value for text in app.text if text.value in {"Done", "Open", "Late"}] == ["Late", "Open", "Done"]
    shown = words(app)
    assert "Act 12" in shown
    assert "10 days late" in shown


def unfold(app: AppTest, public_id: str, *, key: str = "decisions") -> AppTest:
    """Open the form below a decision."""
    app.session_state[f"{key}_{public_id}_fold"] = True
    return app.run()


def test_a_decision_is_reported_as_done_with_evidence(meeting_desk: Desk) -> None:
    public_id = decided(meeting_desk)
    app = unfold(opened(meeting_desk, Role.COORDINATOR), public_id)
    press(app, f"decisions_{public_id}_store")
    assert "what shows" in app.error[0].value
    app.text_area(key=f"decisions_{public_id}_evidence").set_value("Act 12 of 20.11.2026").run()
    press(app, f"decisions_{public_id}_store")
    assert app.success[0].value == "Saved: the decision is done."
    (row,) = taken(meeting_desk)
    assert (row.done_date, row.evidence, row.version) == (TODAY, "Act 12 of 20.11.2026", 2)
    assert "Done in time" in words(app)


def test_of_two_who_change_a_decision_the_second_is_told_and_keeps_the_words(meeting_desk: Desk) -> None:
    public_id = decided(meeting_desk)
    app = unfold(opened(meeting_desk, Role.COORDINATOR), public_id)
    act = f"decisions_{public_id}_act"
    app.selectbox(key=f"{act}:en").set_value(DecisionAct.CORRECT.value).run()
    app.text_area(key=f"decisions_{public_id}_text").set_value("Repair the roof").run()
    changed(meeting_desk, public_id, text="Repair the door", owner="Mayor")
    press(app, f"decisions_{public_id}_store")
    assert "Somebody else changed" in app.error[0].value
    assert taken(meeting_desk)[0].text == "Repair the door"
    assert "Repair the door" in {text.value for text in app.text}
    assert app.text_area(key=f"decisions_{public_id}_text").value == "Repair the roof"
    press(app, f"decisions_{public_id}_store")
    assert taken(meeting_desk)[0].text == "Repair the roof"


def test_another_language_keeps_a_form_open_with_its_words(meeting_desk: Desk) -> None:
    public_id = decided(meeting_desk)
    app = unfold(opened(meeting_desk, Role.COORDINATOR), public_id)
    app.text_area(key=f"decisions_{public_id}_evidence").set_value("Act 12").run()
    app.selectbox(key="language_switch").select("uz_Cyrl").run()
    assert app.text_area(key=f"decisions_{public_id}_evidence").value == "Act 12"


def test_a_report_that_it_is_done_can_be_taken_back(meeting_desk: Desk) -> None:
    public_id = decided(meeting_desk)
    changed(meeting_desk, public_id, text="Repair the office", done_date=TODAY, evidence="Act 12")
    app = unfold(opened(meeting_desk, Role.COORDINATOR), public_id)
    app.selectbox(key=f"decisions_{public_id}_act:en").set_value(DecisionAct.NOT_DONE.value).run()
    press(app, f"decisions_{public_id}_store")
    assert taken(meeting_desk)[0].done_date is None


def test_a_role_taken_away_since_the_page_was_drawn_decides_nothing(meeting_desk: Desk, pack: PackContent) -> None:
    app = type_decision(opened(meeting_desk, Role.COORDINATOR, pack=pack.pack_id), "Repair the office")
    with writing(meeting_desk.engine) as connection:
        is_coordinator = Account.role_code == Role.COORDINATOR.value
        connection.execute(update(Account).where(is_coordinator).values(is_active=False))
    press(app, "decide")
    assert [title.value for title in app.title] == ["You are not signed in"]
    assert taken(meeting_desk) == []


def test_what_was_written_is_shown_as_text(meeting_desk: Desk) -> None:
    hostile = "<script>alert(1)</script> **bold** [a](https://evil.example) :red[x]"
    decided(meeting_desk, text=hostile)
    app = opened(meeting_desk, Role.COORDINATOR)
    assert hostile in [text.value for text in app.text]
    assert not any("alert" in text.value or "evil" in text.value for text in [*app.markdown, *app.caption])
