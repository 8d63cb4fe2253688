"""Board of recommendations: actions of each role, answers, and typed markup shown as text."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from components.recommendations.actions import RecommendationAct, offered_acts
from components.recommendations.board import render_threads
from components.recommendations.texts import thread_texts
from components.shell.formatter import Formatter
from components.shell.request_context import RequestContext
from data.codes import RecommendationState, Visibility
from data.database.engine import reading, writing
from data.language import Language, Translator
from data.policy import Actor, Role, Scope
from pages.loaders import identity
from pages.writes.recommendations import store_act
from queries.attention import attention_list
from queries.recommendations.steps import accept, decline, mark_done
from queries.recommendations.threads import thread_steps, threads
from tests.components.samples import ENGLISH
from tests.queries.recommendations.recommending import COORDINATOR, NOW, TODAY, Made, ago, recommend, stored
from tests.shown import plain_text
from tests.worlds import DISTRICT

STATE = RecommendationState
HOSTILE = "<script>alert(1)</script> **bold** [link](http://x.uz) :red[x] $x^2$\n# Title"


def board_page(*given: object) -> None:
    """Script of a page with the board alone."""
    from tests.components.recommendations.test_board import draw_board

    draw_board(*given)  # type: ignore[arg-type]


def draw_board(engine: Engine, actor: Actor, day: date, language: Language) -> None:
    """Draw the board as the pages do."""
    scope = Scope.district(DISTRICT)
    with reading(engine) as connection:
        frame = threads(connection, actor, scope=scope, today=day, limit=20)
        keys = tuple(frame["public_id"])
        steps = thread_steps(connection, actor, scope=scope, today=day, public_ids=keys)
    context = RequestContext(actor, Translator(language), day, data_version=1)
    can_answer, can_confirm = actor.role is Role.COORDINATOR, actor.role is Role.NGO
    render_threads(frame, steps, context=context, on_act=store_act, can_answer=can_answer, can_confirm=can_confirm)


class Board:
    """Board as one person sees it; the buttons look the person up by :attr:`signed_in`."""

    def __init__(self, engine: Engine, monkeypatch: pytest.MonkeyPatch, actor: Actor, made: Made) -> None:
        self.signed_in: Actor | None = actor
        self._made = made
        monkeypatch.setattr("pages.writes.recommendations.get_engine", lambda: engine)
        monkeypatch.setattr("data.dates.clock.now", lambda: NOW)
        monkeypatch.setattr(identity, "find_actor", lambda: self.signed_in)
        arguments = (engine, actor, TODAY, Language.EN)
        self.app = AppTest.from_function(board_page, args=arguments, default_timeout=30).run()

    def open(self) -> Board:
        """Unfold the actions."""
        self.app.session_state[self._key("act")] = True
        self.app.run()
        return self

    def choose(self, act: RecommendationAct) -> Board:
        self.app.radio(key=self._key("choice")).set_value(act).run()
        return self

    def write(self, words: str) -> Board:
        self.app.text_area(key=self._key("words")).input(words)
        return self

    def name(self, owner: str) -> Board:
        self.app.text_input(key=self._key("owner")).input(owner)
        return self

    def press(self, act: RecommendationAct) -> Board:
        self.app.button(key=self._key(act)).click().run()
        assert not self.app.exception
        return self

    def words_kept(self) -> str | None:
        return self.app.text_area(key=self._key("words")).value

    def in_another_language(self) -> Board:
        self.app.args = (*(self.app.args or ())[:3], Language.RU)
        self.app.run()
        return self

    def texts(self) -> list[str]:
        return [element.value for element in self.app.text]

    def _key(self, part: str) -> str:
        return f"threads_{self._made.public_id}_{part}"


def _made(engine: Engine, *, state: RecommendationState = STATE.NEW, **given: object) -> Made:
    with writing(engine) as connection:
        return recommend(connection, created=ago(9), state=state, **given)  # type: ignore[arg-type]


def test_the_coordinator_accepts_with_an_answer_an_owner_and_a_deadline(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _made(engine)
    board = Board(engine, monkeypatch, COORDINATOR, made).open()
    board.write("We will").name("Office").press(RecommendationAct.ACCEPT)
    row = stored(engine, made)
    assert (row.state_code, row.answer, row.owner, row.deadline_date) == ("accepted", "We will", "Office", ago(-30))
    assert "accepted" in board.app.success[0].value
    assert {"We will", "Office"} <= set(board.texts())


@pytest.mark.parametrize(
    ("act", "state", "becomes"),
    [
        (RecommendationAct.DECLINE, STATE.NEW, "declined"),
        (RecommendationAct.DONE, STATE.ACCEPTED, "done"),
        (RecommendationAct.DECLINE, STATE.ACCEPTED, "declined"),
    ],
)
def test_the_coordinator_declines_or_reports(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, act: RecommendationAct, state: RecommendationState, becomes: str
) -> None:
    made = _made(engine, state=state)
    board = Board(engine, monkeypatch, COORDINATOR, made).open().choose(act)
    board.write("For this reason").press(act)
    assert stored(engine, made).state_code == becomes
    assert "For this reason" in board.texts()


def test_the_coordinator_sets_owner_and_deadline_alone(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _made(engine)
    Board(engine, monkeypatch, COORDINATOR, made).open().choose(RecommendationAct.ASSIGN).name("Office").press(
        RecommendationAct.ASSIGN
    )
    row = stored(engine, made)
    assert (row.state_code, row.owner, row.deadline_date) == ("new", "Office", ago(-30))


def test_the_ngo_confirms(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _made(engine, state=STATE.DONE)
    board = Board(engine, monkeypatch, made.ngo, made).open().press(RecommendationAct.CONFIRM)
    assert stored(engine, made).state_code == "closed"
    assert not board.app.button


@pytest.mark.parametrize(("state", "becomes"), [(STATE.DONE, "accepted"), (STATE.DECLINED, "new")])
def test_the_ngo_reopens_with_a_reason(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, state: RecommendationState, becomes: str
) -> None:
    made = _made(engine, state=state)
    board = Board(engine, monkeypatch, made.ngo, made).open()
    if state is STATE.DONE:
        board.choose(RecommendationAct.REOPEN)
    board.write("Not here").press(RecommendationAct.REOPEN)
    assert stored(engine, made).state_code == becomes


def test_a_refused_text_says_why_and_stays_whatever_the_language(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _made(engine)
    board = Board(engine, monkeypatch, COORDINATOR, made).open()
    board.write("Call +998 90 123 45 67").name("Office").press(RecommendationAct.ACCEPT)
    assert "phone number" in board.app.error[0].value
    assert board.words_kept() == "Call +998 90 123 45 67"
    assert board.in_another_language().words_kept() == "Call +998 90 123 45 67"
    assert stored(engine, made).state_code == "new"


def test_who_comes_second_reads_the_new_state_and_keeps_the_words(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _made(engine, state=STATE.ACCEPTED)
    board = Board(engine, monkeypatch, COORDINATOR, made).open().choose(RecommendationAct.DECLINE).write("My reason")
    mark_done(engine, COORDINATOR, public_id=made.public_id, note="Bought", now=NOW)
    board.press(RecommendationAct.DECLINE)
    assert "Done, awaiting the NGO" in board.app.error[0].value
    assert {"Bought", "My reason"} <= set(board.texts())


def test_who_declines_what_was_accepted_meanwhile_is_told_first(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = _made(engine)
    board = Board(engine, monkeypatch, COORDINATOR, made).open().choose(RecommendationAct.DECLINE).write("My reason")
    given = {"public_id": made.public_id, "answer": "We will", "owner": "Office"}
    accept(engine, COORDINATOR, **given, deadline_date=ago(-30), now=NOW)
    board.press(RecommendationAct.DECLINE)
    assert "Accepted" in board.app.error[0].value
    assert (stored(engine, made).state_code, board.words_kept()) == ("accepted", "My reason")
    board.choose(RecommendationAct.DECLINE).press(RecommendationAct.DECLINE)
    assert stored(engine, made).state_code == "declined"


@pytest.mark.parametrize("actor", [None, Actor(Role.PUBLIC), Actor(Role.NATIONAL)], ids=str)
def test_a_button_of_someone_who_lost_the_right_writes_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch, actor: Actor | None
) -> None:
    made = _made(engine)
    board = Board(engine, monkeypatch, COORDINATOR, made).open().write("We will").name("Office")
    board.signed_in = actor
    board.press(RecommendationAct.ACCEPT)
    assert plain_text(board.app.error[0].value) == "Your role does not allow this."
    assert board.words_kept() == "We will"
    assert stored(engine, made).state_code == "new"


@pytest.mark.parametrize(
    ("state", "of_district", "of_ngo"),
    [
        (STATE.NEW, {RecommendationAct.ACCEPT, RecommendationAct.DECLINE, RecommendationAct.ASSIGN}, set()),
        (STATE.ACCEPTED, {RecommendationAct.DONE, RecommendationAct.DECLINE, RecommendationAct.ASSIGN}, set()),
        (STATE.DONE, set(), {RecommendationAct.CONFIRM, RecommendationAct.REOPEN}),
        (STATE.DECLINED, set(), {RecommendationAct.REOPEN}),
        (STATE.CLOSED, set(), set()),
    ],
)
def test_each_side_is_offered_its_own_acts_and_readers_none(
    state: RecommendationState, of_district: set[RecommendationAct], of_ngo: set[RecommendationAct]
) -> None:
    assert set(offered_acts(state, is_final=False, can_answer=True, can_confirm=False)) == of_district
    assert set(offered_acts(state, is_final=False, can_answer=False, can_confirm=True)) == of_ngo
    assert offered_acts(state, is_final=False, can_answer=False, can_confirm=False) == ()


def test_what_was_declined_for_good_cannot_be_reopened() -> None:
    assert offered_acts(STATE.DECLINED, is_final=True, can_answer=False, can_confirm=True) == ()


def test_hostile_words_are_shown_as_they_were_written(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    made = _made(engine)
    decline(engine, COORDINATOR, public_id=made.public_id, seen_state=STATE.NEW, reason=HOSTILE, now=NOW)
    board = Board(engine, monkeypatch, COORDINATOR, made)
    board.app.session_state[f"threads_{made.public_id}_steps"] = True
    board.app.run()
    assert board.texts().count(HOSTILE) == 2
    assert not any("script" in element.value for element in (*board.app.markdown, *board.app.caption))


def _words(engine: Engine, actor: Actor, translate: Translator = ENGLISH) -> str:
    with reading(engine) as connection:
        scope = Scope.district(DISTRICT)
        frame = threads(connection, actor, scope=scope, today=TODAY, limit=9)
        keys = list(frame["public_id"])
        steps = thread_steps(connection, actor, scope=scope, today=TODAY, public_ids=keys)
    return str(thread_texts(frame, steps, is_ngo=actor.role is Role.NGO, fmt=Formatter(translate)))


def test_the_district_reads_of_a_confidential_one_the_month_of_release_and_no_more(engine: Engine) -> None:
    made = _made(engine, visibility=Visibility.CONFIDENTIAL, released=ago(2))
    words = _words(engine, COORDINATOR)
    assert "Confidential, released in June 2026" in words
    assert made.ngo_name not in words
    assert made.event_number not in words
    assert made.event_number in _words(engine, made.ngo)


@pytest.mark.parametrize(
    ("released", "told"),
    [(None, "at least 5 confidential evaluations by at least 3 NGOs"), (ago(2), "has seen it since 13.06.2026")],
)
def test_the_ngo_reads_when_the_district_sees_its_confidential_one(
    engine: Engine, released: date | None, told: str
) -> None:
    made = _made(engine, visibility=Visibility.CONFIDENTIAL, released=released)
    assert told in _words(engine, made.ngo)


def test_lateness_is_said_in_words(engine: Engine) -> None:
    _made(engine, state=STATE.ACCEPTED, answered=ago(8), deadline=ago(3))
    assert "Deadline: 3 days late" in _words(engine, COORDINATOR)
    with writing(engine) as connection:
        recommend(connection, created=ago(70))
    assert "Answer: term of 60 days, 10 days late" in _words(engine, COORDINATOR)


def test_the_board_and_the_attention_list_count_the_same_days(engine: Engine) -> None:
    """Late with its answer since 10 days and with its deadline since 3, or the other way round."""
    with writing(engine) as connection:
        for days, deadline in ((70, 3), (63, 10)):
            recommend(connection, created=ago(days), deadline=ago(deadline))
    with reading(engine) as connection:
        asked: dict[str, Any] = {"scope": COORDINATOR.home_scope, "today": TODAY, "limit": 9}
        listed = attention_list(connection, COORDINATOR, **asked).sort_values("entity_id")
        board = threads(connection, COORDINATOR, **asked).sort_values("public_id")
    assert board[["days_late", "term_days"]].to_numpy().tolist() == listed[["days", "term_days"]].to_numpy().tolist()
    assert sorted(board[["days_late", "term_days"]].to_numpy().tolist()) == [[10, 0], [10, 60]]
