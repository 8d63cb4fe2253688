"""My evaluations for an NGO: events to evaluate, drafts, sent ones, corrections, and closed ones."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from sqlalchemy import insert, select, update

from components.evaluations.form_state import OpenForm
from data.codes import DraftItem, EvaluationItem, RecommendationState
from data.database.engine import writing
from data.dates import clock
from data.indicators import INDICATORS
from data.language import Language
from data.policy import Role
from data.schema import EventReopening, Recommendation
from queries.evaluations.drafts import open_draft, save_answer
from tests.pages.answering import answer, answer_all, make_desk, said
from tests.pages.conftest import SIGNED_IN, Desk
from tests.pages.tiles import tiles_of

PAGE = "pages/my_evaluations.py"
REFUSAL = "Your role does not allow this."


@pytest.mark.parametrize("role", [role for role in SIGNED_IN if role is not Role.NGO])
def test_only_an_ngo_may_open_it(desk: Desk, role: Role) -> None:
    app = desk.open(role, lang="en").switch_page(PAGE).run()
    assert [error.value for error in app.error] == [REFUSAL]
    assert not app.button_group


def test_the_only_event_that_waits_is_opened_at_once_and_stays_in_the_address(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    assert len(app.segmented_control) == 8
    assert app.query_params["event"] == str(ngo.event_ids[3])


def test_several_events_wait_the_most_urgent_first(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3, 28)
    app = ngo.open()
    assert not app.button_group
    buttons = [str(button.key) for button in app.button if str(button.key).startswith("open:")]
    assert buttons == [f"open:{ngo.event_ids[28]}", f"open:{ngo.event_ids[3]}"]
    assert "2 days left" in said(app)
    app.button(key=buttons[0]).click().run()
    assert len(app.segmented_control) == 8


def test_nothing_waits_and_the_page_says_what_happens_next(ngo_desk: Desk) -> None:
    app = make_desk(ngo_desk).open()
    assert "Nothing waits." in said(app)
    assert "Nothing was sent yet." in said(app)


def test_the_list_names_drafts_and_what_was_sent(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3, 5)
    number = ngo.send(5)
    draft = open_draft(ngo.desk.engine, ngo.here.actor, event_id=ngo.event_ids[3], now=clock.now())
    for item in ("preparation", "roles"):
        save_answer(ngo.desk.engine, ngo.here.actor, submission_id=draft.submission_id, item_code=item, value="3",
                    now=clock.now())  # fmt: skip
    app = ngo.open(event="all")
    assert "2 of 9 answered, saved" in said(app)
    assert number in said(app).replace("\\", "")
    assert not app.text
    app.session_state["threads_fold"] = True
    assert "Begin an hour later" in " ".join(text.value for text in app.run().text)
    app.button(key=f"show:{ngo.event_ids[5]}").click().run()
    assert f"Receipt {number}" in [text.value for text in app.subheader]


def test_what_waits_is_told_first_and_answers_to_confirm_come_before_events(ngo_desk: Desk) -> None:
    """Five events wait, of which three have cards; one answer waits, and stays in its place once it is confirmed."""
    ngo = make_desk(ngo_desk, 3, 4, 5, 6, 7, 8)
    ngo.send(8)
    with writing(ngo.desk.engine) as connection:
        connection.execute(update(Recommendation).values(state_code=RecommendationState.DONE.value))
        key = connection.execute(select(Recommendation.public_id)).scalar_one()
    app = ngo.open(event="all")
    strip = next(str(element.proto.body) for element in app.get("html") if "#waiting" in str(element.proto.body))
    assert re.findall(r'href="(#[^"]*)"[^>]*>([^<]*)<', strip) == [
        ("#to-confirm", "1 answer to confirm"),
        ("#waiting", "5 events waiting"),
    ]
    headings = [heading.value for heading in app.subheader]
    assert headings.index("Answers to confirm") < headings.index("Waiting for your evaluation")
    cards = [str(button.key) for button in app.button if str(button.key).startswith("open:")]
    assert len(cards) == 3
    app.session_state["waiting_fold"] = True
    assert len([button for button in app.run().button if str(button.key).startswith("open:")]) == 5
    app.session_state[f"threads_{key}_act"] = True
    app.run().button(key=f"threads_{key}_confirm").click().run()
    assert "you confirmed it" in app.success[0].value
    assert "Answers to confirm" in [heading.value for heading in app.subheader]
    assert "Answers to confirm" not in [heading.value for heading in ngo.open(event="all").subheader]


def test_a_correction_begins_with_what_was_sent_and_keeps_it(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    ngo.send(3)
    app = ngo.open(event=str(ngo.event_ids[3]))
    app.button(key="correct").click().run()
    assert "You are correcting version 1; the old version is not lost." in said(app)
    draft_id = ngo.draft_id()
    form = OpenForm(draft_id, Language.EN)
    assert app.button_group(key=form.key(EvaluationItem.RESOURCES)).value == "na"
    assert app.text_area(key=form.key(DraftItem.OTHER_PROBLEM)).value == "The hall was cold"
    answer(app, draft_id, EvaluationItem.RESULT, "5").button(key=f"send:{draft_id}").click().run()
    assert "Version 2." in said(app)
    assert "version 1" in said(ngo.open(event=str(ngo.event_ids[3])))
    assert ngo.evaluations() == 2


def test_past_the_window_the_form_is_closed_with_an_explanation(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 45)
    assert "Closed without your evaluation: 1" in [fold.label for fold in ngo.open().expander]
    app = ngo.open(event=str(ngo.event_ids[45]))
    assert not app.segmented_control
    assert "Ask the coordinator of its district to reopen it" in said(app)


def test_an_event_that_was_opened_again_has_its_form_and_a_late_receipt(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 45)
    with writing(ngo.desk.engine) as connection:
        until = clock.today() + timedelta(days=5)
        permission = {"event_id": ngo.event_ids[45], "until_date": until, "reason": "Illness"}
        connection.execute(insert(EventReopening).values(reopened_at=clock.now(), **permission))
    app = ngo.open()
    assert "What you send will be labelled late" in said(app)
    draft_id = ngo.draft_id()
    answer_all(app, draft_id).button(key=f"send:{draft_id}").click().run()
    assert "labelled late" in said(app)


@pytest.mark.parametrize("code", ["999999", "nonsense", "-1", "١٢"])
def test_an_event_of_somebody_else_or_of_nobody_is_not_shown(ngo_desk: Desk, code: str) -> None:
    ngo = make_desk(ngo_desk, 3, 5)
    app = ngo.open(event=code)
    assert not app.exception
    assert not app.segmented_control


def test_own_figures_stand_beside_those_of_the_district(ngo_desk: Desk) -> None:
    desk = make_desk(ngo_desk, 40, 41, 42)
    app = desk.open(event="list")
    assert not tiles_of(app)
    app.session_state["own_figures"] = True
    app.run()
    assert not app.exception
    shown = {metric.label: metric.value for metric in tiles_of(app)}
    assert list(shown) == [indicator.name for indicator in INDICATORS.values() if indicator.of_ngo is not None]
    assert shown[INDICATORS["trained"].name] == "No"
    assert shown[INDICATORS["evaluation_score"].name] == "Not enough data"
