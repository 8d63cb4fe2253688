"""My evaluations as an NGO meets it: what waits, drafts, the form, the receipt, corrections, and what is closed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from unittest.mock import patch

import pytest
from sqlalchemy import func, insert, select
from streamlit.testing.v1 import AppTest

from components.evaluation_saving import OpenForm
from data import clock
from data.accounts import NewAccount, add_account
from data.codes import DraftItem, EvaluationItem
from data.engine import reading, writing
from data.indicators import INDICATORS, IndicatorCode
from data.language import Language
from data.rights import Actor, Role
from data.schema import Evaluation, EvaluationDraft, EventReopening
from queries.evaluation_answers import Item
from queries.evaluation_drafts import open_draft, save_answer
from queries.evaluation_submission import submit
from queries.sessions import sign_out
from tests.pages.conftest import SIGNED_IN, Desk
from tests.queries.evaluating import COMPLETE, Situation, fill
from tests.worlds import make_event, make_ngo

PAGE = "pages/my_evaluations.py"
REFUSAL = "Your role does not allow this."
SHORT: Mapping[Item, str] = {
    **dict.fromkeys(EvaluationItem, "4"),
    DraftItem.WOULD_REPEAT: "yes",
    DraftItem.VISIBILITY: "confidential",
}


@dataclass
class NgoDesk:
    """The app, an NGO's representative who is signed in, and the NGO's events by the days since they were held."""

    desk: Desk
    here: Situation
    event_ids: Mapping[int, int]

    def open(self, **address: str) -> AppTest:
        """My evaluations, in English, by the address "/"."""
        return self.desk.open(Role.NGO, lang="en", **address)

    def draft_id(self) -> str:
        """The submission id of the only draft."""
        with reading(self.desk.engine) as connection:
            return connection.execute(select(EvaluationDraft.submission_id)).scalar_one()

    def evaluations(self) -> int:
        """How many evaluations there are."""
        with reading(self.desk.engine) as connection:
            return connection.execute(select(func.count()).select_from(Evaluation)).scalar_one()

    def send(self, days_ago: int, answers: Mapping[str, str] = COMPLETE) -> str:
        """Send an evaluation without the page and return its receipt's number."""
        draft = open_draft(self.desk.engine, self.here.actor, event_id=self.event_ids[days_ago], now=clock.now())
        submission_id = fill(self.desk.engine, self.here.actor, draft, answers, now=clock.now())
        return submit(self.desk.engine, self.here.actor, submission_id=submission_id, now=clock.now()).number


def make_desk(desk: Desk, *days_ago: int) -> NgoDesk:
    """An NGO with held events, so many days ago each."""
    with writing(desk.engine) as connection:
        ngo_id = make_ngo(connection)
        today = clock.now().astimezone(clock.TASHKENT).date()
        events = {
            days: make_event(connection, event_date=today - timedelta(days=days), ngo_ids=(ngo_id,))
            for days in days_ago
        }
        account = NewAccount(login="Nodira", role=Role.NGO, ngo_id=ngo_id)
        account_id = add_account(connection, account, password=None, actor="test")
    desk.sign_in_everyone()
    desk.role = Role.NGO
    actor = Actor(Role.NGO, account_id=account_id, login="Nodira", ngo_id=ngo_id)
    return NgoDesk(desk, Situation(actor, ngo_id, next(iter(events.values()), 0)), events)


@pytest.fixture
def ngo_desk(bare_desk: Desk) -> Iterator[Desk]:
    """The app on the real day, as drafts and sessions carry the real time."""
    with patch("data.clock.today", lambda: clock.now().astimezone(clock.TASHKENT).date()):
        yield bare_desk


def said(app: AppTest) -> str:
    """All that the page says outside its fields."""
    spoken = (*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning, *app.error)
    return " ".join(element.value for element in (*spoken, *app.success))


def answer(app: AppTest, submission_id: str, item: Item, value: object) -> AppTest:
    """Answer one question as a person does."""
    key = OpenForm(submission_id, Language.EN).key(item)
    if item is DraftItem.VISIBILITY:
        return app.radio(key=key).set_value(value).run()
    if item is DraftItem.PARTICIPANTS:
        return app.number_input(key=key).set_value(value).run()  # type: ignore[arg-type]
    if item in {DraftItem.COMMENT, DraftItem.RECOMMENDATION, DraftItem.OTHER_PROBLEM}:
        return app.text_area(key=key).set_value(str(value)).run()
    return app.button_group(key=key).set_value(value).run()


def answer_all(app: AppTest, submission_id: str) -> AppTest:
    """Answer what must be answered."""
    for item, value in SHORT.items():
        answer(app, submission_id, item, value)
    return app


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
    assert not app.segmented_control
    assert number in [text.value for text in ngo.open(event=str(ngo.event_ids[3])).subheader]
    assert ngo.evaluations() == 1


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
    assert "Begin an hour later" in " ".join(text.value for text in app.text)
    app.button(key=f"show:{ngo.event_ids[5]}").click().run()
    assert f"Receipt {number}" in [text.value for text in app.subheader]


def test_a_correction_begins_with_what_was_sent_and_keeps_it(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    ngo.send(3)
    app = ngo.open(event=str(ngo.event_ids[3]))
    app.button(key="correct").click().run()
    assert "You are correcting version 1; the old version is kept." in said(app)
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
    assert "Closed without your evaluation" in said(ngo.open())
    app = ngo.open(event=str(ngo.event_ids[45]))
    assert not app.segmented_control
    assert "Ask the coordinator of its district to open it again" in said(app)


def test_an_event_that_was_opened_again_has_its_form_and_a_late_receipt(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 45)
    with writing(ngo.desk.engine) as connection:
        until = clock.today() + timedelta(days=5)
        permission = {"event_id": ngo.event_ids[45], "until_date": until, "reason": "Illness"}
        connection.execute(insert(EventReopening).values(reopened_at=clock.now(), **permission))
    app = ngo.open()
    assert "What you send will be marked late" in said(app)
    draft_id = ngo.draft_id()
    answer_all(app, draft_id).button(key=f"send:{draft_id}").click().run()
    assert "marked late" in said(app)


def test_personal_data_are_refused_beside_the_field_and_the_rest_is_kept(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3)
    app = ngo.open()
    draft_id = ngo.draft_id()
    typed = "Call me: +998 90 123 45 67"
    answer(app, draft_id, EvaluationItem.ROLES, "5")
    answer(app, draft_id, DraftItem.COMMENT, typed)
    assert ["phone number" in error.value for error in app.error] == [True]
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


@pytest.mark.parametrize("code", ["999999", "nonsense", "-1", "١٢"])
def test_an_event_of_somebody_else_or_of_nobody_is_not_shown(ngo_desk: Desk, code: str) -> None:
    ngo = make_desk(ngo_desk, 3, 5)
    app = ngo.open(event=code)
    assert not app.exception
    assert not app.segmented_control


def test_an_error_in_the_first_answer_is_shown_and_does_not_follow_to_another_event(ngo_desk: Desk) -> None:
    ngo = make_desk(ngo_desk, 3, 5)
    app = ngo.open(event=str(ngo.event_ids[3]))
    answer(app, ngo.draft_id(), DraftItem.COMMENT, "AA1234567")
    assert "passport" in app.error[0].value
    app.button(key="show_list").click().run()
    app.button(key=f"open:{ngo.event_ids[5]}").click().run()
    assert len(app.segmented_control) == 8
    assert not app.error


def test_own_figures_stand_beside_those_of_the_district(ngo_desk: Desk) -> None:
    desk = make_desk(ngo_desk, 40, 41, 42)
    app = desk.open(event="list")
    assert not app.metric
    app.session_state["own_figures"] = True
    app.run()
    assert not app.exception
    shown = {metric.label: metric.value for metric in app.metric}
    assert list(shown) == [indicator.name for indicator in INDICATORS.values() if indicator.of_ngo is not None]
    assert shown[INDICATORS[IndicatorCode.TRAINED].name] == "No"
    assert shown[INDICATORS[IndicatorCode.EVALUATION_SCORE].name] == "Not enough data"
