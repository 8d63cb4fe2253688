"""Evaluation form for an NGO: answers stored as they are given, sending, refusals, languages."""

from __future__ import annotations

import re

import pytest

from components.evaluations.form_state import OpenForm
from data.codes import DraftItem, EvaluationItem
from data.dates import clock
from data.language import Language
from data.policy import Role
from queries.accounts.sessions import sign_out
from tests.pages.answering import answer, answer_all, make_desk, said
from tests.pages.conftest import Desk
from tests.queries.evaluations.evaluating import COMPLETE
from tests.shown import plain_text


def test_each_answer_is_stored_at_once_and_another_device_shows_it(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    draft_id = ngo.draft_id()
    answer(app, draft_id, EvaluationItem.PREPARATION, "2")
    answer(app, draft_id, DraftItem.PROBLEMS, ["one_off", "distrust"])
    answer(app, draft_id, DraftItem.PARTICIPANTS, 40)
    answer(app, draft_id, DraftItem.COMMENT, "People listened.")
    assert "1 of 9 answered, saved" in app.get("progress")[0].proto.text
    other = ngo.open()
    form = OpenForm(draft_id, Language.EN)
    assert other.button_group(key=form.key(EvaluationItem.PREPARATION)).value == "2"
    assert sorted(other.pills(key=form.key(DraftItem.PROBLEMS)).value or []) == ["distrust", "one_off"]
    assert other.number_input(key=form.key(DraftItem.PARTICIPANTS)).value == 40
    assert other.text_area(key=form.key(DraftItem.COMMENT)).value == "People listened."


def test_what_is_missing_is_named_and_nothing_can_be_sent(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    assert "Still to answer: Preparation; " in said(app)
    assert app.button(key=f"send:{ngo.draft_id()}").disabled


def test_the_receipt_follows_the_sending_and_a_reload_shows_the_same(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    draft_id = ngo.draft_id()
    answer_all(app, draft_id).button(key=f"send:{draft_id}").click().run()
    number = next(text.value for text in app.subheader if text.value.startswith("Receipt"))
    assert plain_text(app.success[0].value).startswith("Your evaluation is sent. Thank you.")
    assert not app.segmented_control
    assert number in [text.value for text in ngo.open(event=str(ngo.event_ids[3])).subheader]
    assert ngo.evaluations() == 1


def test_a_correction_that_is_sent_ends_its_banner(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    ngo.send(3)
    app = ngo.open(event=str(ngo.event_ids[3]))
    app.button(key="correct").click().run()
    assert "You are correcting version 1" in said(app)
    app.button(key=f"send:{ngo.draft_id()}").click().run()
    assert "Your correction is sent" in app.success[0].value
    assert "You are correcting" not in said(app)


def test_a_press_of_the_button_in_vain_is_told_beside_it_and_leads_to_the_answer(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    draft_id = ngo.draft_id()
    answer_all(app, draft_id)
    answer(app, draft_id, DraftItem.COMMENT, "AA1234567")
    assert "Nothing was sent" not in said(app)
    app.button(key=f"send:{draft_id}").click().run()
    assert "Nothing was sent" in app.error[-1].value
    scripts = [element.proto.body for element in app.get("html") if "data-is-field" in element.proto.body]
    assert [f'data-key="{OpenForm(draft_id, Language.EN).key(DraftItem.COMMENT)}"' in script for script in scripts] == [
        True
    ]
    answer(app, draft_id, DraftItem.COMMENT, "People listened.")
    assert not app.error


def test_a_second_tab_that_sends_shows_the_receipt_of_the_first(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    first, second = ngo.open(), ngo.open()
    draft_id = ngo.draft_id()
    answer_all(first, draft_id)
    second.run()
    first.button(key=f"send:{draft_id}").click().run()
    second.button(key=f"send:{draft_id}").click().run()
    numbers = [[text.value for text in app.subheader if text.value.startswith("Receipt")] for app in (first, second)]
    assert numbers[0] == numbers[1] != []
    assert ngo.evaluations() == 1


def test_personal_data_are_refused_beside_the_field_and_the_rest_is_kept(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    draft_id = ngo.draft_id()
    typed = "Call me: +998 90 123 45 67, passport AA1234567"
    answer(app, draft_id, EvaluationItem.ROLES, "5")
    answer(app, draft_id, DraftItem.COMMENT, typed)
    assert len(app.error) == 1
    assert "not saved yet" in app.error[0].value
    assert re.findall(r"- (.*?):.*?background\[\*\*(.*?)\*\*\]", app.error[0].value) == [
        ("Phone number", r"\+998 90 123 45 67"),
        ("Passport number", "AA1234567"),
    ]
    form = OpenForm(draft_id, Language.EN)
    assert app.text_area(key=form.key(DraftItem.COMMENT)).value == typed
    answer(app, draft_id, EvaluationItem.NEEDS, "3")
    assert app.text_area(key=form.key(DraftItem.COMMENT)).value == typed
    reloaded = ngo.open()
    assert reloaded.text_area(key=form.key(DraftItem.COMMENT)).value in {"", None}
    assert reloaded.button_group(key=form.key(EvaluationItem.ROLES)).value == "5"


def test_a_text_that_is_refused_is_not_left_out_silently(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    draft_id = ngo.draft_id()
    answer_all(app, draft_id)
    key = OpenForm(draft_id, Language.EN).key(DraftItem.COMMENT)
    app.text_area(key=key).set_value("PINFL 31234567890123")
    app.button(key=f"send:{draft_id}").click().run()
    assert ngo.evaluations() == 0
    assert "PINFL" in app.error[0].value


def test_a_session_that_is_revoked_mid_form_is_told_and_the_draft_is_kept(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    draft_id = ngo.draft_id()
    answer(app, draft_id, EvaluationItem.ROLES, "5")
    sign_out(ngo.desk.engine, ngo.desk.sessions[Role.NGO], now=clock.now())
    answer(app, draft_id, EvaluationItem.NEEDS, "2")
    assert not app.segmented_control
    ngo.desk.sign_in_everyone()
    form = OpenForm(draft_id, Language.EN)
    again = ngo.open()
    assert again.button_group(key=form.key(EvaluationItem.ROLES)).value == "5"
    assert again.button_group(key=form.key(EvaluationItem.NEEDS)).value is None


def test_hostile_text_is_shown_as_text(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    hostile = "<script>alert(1)</script> **bold** [here](http://evil.example) " + "long " * 200
    ngo.send(3, {**COMPLETE, DraftItem.COMMENT.value: hostile})
    app = ngo.open(event=str(ngo.event_ids[3]))
    shown = next(element.proto.body for element in app.get("html") if "alert(1)" in element.proto.body)
    assert "<script>" not in shown
    assert "&lt;script&gt;alert(1)&lt;/script&gt; **bold** [here](http://evil.example)" in shown


@pytest.mark.parametrize("language", Language)
def test_the_form_speaks_every_language(ngo_desk: Desk, language: Language) -> None:
    make_desk(ngo_desk, 3)
    app = ngo_desk.open(Role.NGO, lang=language.value)
    assert not app.exception
    assert len(app.segmented_control) == 8


def test_another_language_keeps_the_answers_and_text_that_is_not_stored(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    draft_id = ngo.draft_id()
    answer(app, draft_id, EvaluationItem.ROLES, "5")
    answer(app, draft_id, DraftItem.COMMENT, "tel. 71 234 56 78")
    app.selectbox(key="language_switch").set_value("ru").run()
    russian = OpenForm(draft_id, Language.RU)
    assert app.button_group(key=russian.key(EvaluationItem.ROLES)).value == "5"
    assert app.text_area(key=russian.key(DraftItem.COMMENT)).value == "tel. 71 234 56 78"
    assert app.error


def test_an_error_in_the_first_answer_is_shown_and_does_not_follow_to_another_event(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3, 5)
    app = ngo.open(event=str(ngo.event_ids[3]))
    answer(app, ngo.draft_id(), DraftItem.COMMENT, "AA1234567")
    assert "Passport number" in app.error[0].value
    app.button(key="show_list").click().run()
    app.button(key=f"open:{ngo.event_ids[5]}").click().run()
    assert len(app.segmented_control) == 8
    assert not app.error
