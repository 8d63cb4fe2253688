"""Evaluations page: who sees which part, with the figures of the queries, and what a coordinator does there."""

from __future__ import annotations

import re
from datetime import datetime, time, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qsl

import pandas as pd
import pytest
from sqlalchemy import select, update
from streamlit.testing.v1 import AppTest

from components.evaluations.coverage import coverage_text
from components.indicators.response import is_low
from components.recommendations.actions import RecommendationAct
from components.shell.filters import EvaluationsPart
from components.shell.formatter import Formatter
from components.tables.paging import PAGE_ROWS, PAGE_SIZE
from data.accounts.accounts import NewAccount, add_account
from data.codes import Direction, EventForm, RecommendationState, Visibility
from data.database.engine import reading, writing
from data.dates.clock import TASHKENT
from data.dates.period import Period
from data.language import Language, Translator
from data.policy import Actor, Role, Scope
from data.schema import Evaluation, EventReopening, JointEvent, Recommendation
from queries.evaluations.comments import named_comments
from queries.evaluations.coverage import coverage_summary, not_evaluated
from queries.evaluations.lists import due_events
from queries.evaluations.rating_sums import Grain
from queries.evaluations.ratings import (
    problems_met,
    ratings_by_direction,
    ratings_by_form,
    ratings_by_item,
    ratings_over_time,
)
from queries.evaluations.response import confidential_shares, district_responses, response_rates, share_counted
from queries.indicators.trends import trend_period
from queries.recommendations.threads import thread_counts, threads
from tests import worlds
from tests.pages.conftest import TODAY, Desk
from tests.shown import record_cells, record_titles, unfolded

HOME, FOREIGN = "1730401", "1726266"
PERIOD = Period.last_complete_months(TODAY)
ADMIN = Actor(Role.ADMIN)
LEADERS = (Role.NATIONAL, Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR, Role.ADMIN)
WRITE = Formatter(Translator(Language.EN))
LIMITS = ("90% interval, from", "90% interval, to")
OF_N = frozenset({"Ratings given", "Joint events with a rating", "Ratings of events"})
HOSTILE = "<script>alert(1)</script> **bold** [a](https://evil.example) :red[x] $x$\nsecond line"
EVENT_DAY = TODAY - timedelta(days=60)


def opened(desk: Desk, role: Role, part: EvaluationsPart, **address: str) -> AppTest:
    """Open the page at a part, in English."""
    app = desk.open(role, "evaluations", part=part.value, lang="en", **address)
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Return all texts of the page beside its widgets."""
    return " ".join(text.value for text in [*app.caption, *app.markdown, *app.text])


def table_of(app: AppTest, key: str) -> dict[str, list[str]]:
    """Unfold the table of a figure and return its columns by their headings."""
    return unfolded(app, f"{key}_rows")


def measures(table: dict[str, list[str]]) -> list[tuple[str, ...]]:
    """Return mean, interval and n of each row of a table of ratings."""
    of_n = next(heading for heading in table if heading in OF_N)
    return list(zip(*(table[heading] for heading in ("Mean rating", *LIMITS, of_n)), strict=True))


def written(frame: pd.DataFrame) -> list[tuple[str, ...]]:
    """Return mean, interval and n of each row of a frame as they are shown."""
    means = [[WRITE.rating(value) for value in frame[name]] for name in ("mean", "interval_low", "interval_high")]
    return list(zip(*means, [WRITE.number(n) for n in frame["n"]], strict=True))


def bars_of(app: AppTest) -> list[str]:
    """Return the lists of bars of the page."""
    return [element.proto.body for element in app.get("html") if '<ul class="hamkor-bars"' in element.proto.body]


@pytest.mark.parametrize("part", EvaluationsPart)
@pytest.mark.parametrize("role", LEADERS)
def test_leaders_open_every_part(desk: Desk, role: Role, part: EvaluationsPart) -> None:
    app = opened(desk, role, part)
    assert not app.error
    assert len(app.title) == 1


@pytest.mark.each_value
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("part", EvaluationsPart)
def test_every_part_speaks_every_language(desk: Desk, part: EvaluationsPart, language: Language) -> None:
    app = desk.open(Role.COORDINATOR, "evaluations", part=part.value, lang=language.value)
    assert not app.exception
    assert not app.error


@pytest.mark.parametrize("part", EvaluationsPart)
@pytest.mark.parametrize("role", [Role.NGO, Role.PUBLIC])
def test_ngos_and_visitors_are_refused(
    desk: Desk, monkeypatch: pytest.MonkeyPatch, role: Role, part: EvaluationsPart
) -> None:
    monkeypatch.setenv("PUBLIC_VIEW", "true")
    app = opened(desk, role, part, area=HOME)
    assert [error.value for error in app.error] == ["Your role does not allow this."]
    assert not app.title
    assert not any("<table" in element.proto.body for element in app.get("html"))


@pytest.mark.parametrize("part", EvaluationsPart)
def test_a_foreign_district_is_not_shown(desk: Desk, part: EvaluationsPart) -> None:
    app = opened(desk, Role.DISTRICT, part, area=FOREIGN)
    assert "Choose your own area" in words(app)
    assert not app.subheader
    assert not any("<table" in element.proto.body for element in app.get("html"))


def test_marks_are_those_of_the_queries(desk: Desk) -> None:
    app = opened(desk, Role.COORDINATOR, EvaluationsPart.RATINGS)
    home = Scope.district(HOME)
    with reading(desk.engine) as connection:
        expected = {
            "ratings_by_item": ratings_by_item(connection, ADMIN, scope=home, period=PERIOD),
            "ratings_over_time": ratings_over_time(
                connection, ADMIN, scope=home, period=trend_period(PERIOD), today=TODAY
            ),
            "ratings_by_direction": ratings_by_direction(connection, ADMIN, scope=home, period=PERIOD),
            "ratings_by_form": ratings_by_form(connection, ADMIN, scope=home, period=PERIOD),
        }
    assert (len(app.get("vega_lite_chart")), len(bars_of(app))) == (1, 3)
    for key, frame in expected.items():
        assert measures(table_of(app, key)) == written(frame)[:PAGE_ROWS]


def test_a_direction_and_a_form_in_the_address_narrow_the_marks(desk: Desk) -> None:
    address = {"direction": "youth_work", "form": "seminar"}
    app = opened(desk, Role.REGIONAL, EvaluationsPart.RATINGS, **address)
    assert "only named evaluations count" in words(app)
    assert {name: app.query_params[name] for name in address} == address
    with reading(desk.engine) as connection:
        frame = ratings_by_item(
            connection,
            ADMIN,
            scope=Scope.region(HOME[:4]),
            period=PERIOD,
            direction=Direction.YOUTH_WORK,
            form=EventForm.SEMINAR,
        )
    assert measures(table_of(app, "ratings_by_item")) == written(frame)


def test_the_page_says_how_confidential_evaluations_are_counted(desk: Desk) -> None:
    app = opened(desk, Role.NATIONAL, EvaluationsPart.RATINGS)
    with reading(desk.engine) as connection:
        summary = coverage_summary(connection, ADMIN, scope=Scope.nation(), period=PERIOD, today=TODAY)
    counts = summary.iloc[0]
    assert counts["confidential_counted"]
    assert (
        f"Counted: {counts['evaluations_named']:,} named and {counts['confidential_counted']:,} confidential "
        "evaluations."
    ) in words(app)
    assert f"{counts['confidential_waiting']:,} wait for their batch" in words(app)


def test_problems_are_those_of_the_query_in_their_order(desk: Desk) -> None:
    app = opened(desk, Role.NATIONAL, EvaluationsPart.PROBLEMS)
    with reading(desk.engine) as connection:
        frame = problems_met(connection, ADMIN, scope=Scope.nation(), period=PERIOD)
    table = table_of(app, "problems_met")
    assert table["Evaluations that name it"] == [WRITE.number(number) for number in frame["evaluations"]]
    assert list(frame["evaluations"]) == sorted(frame["evaluations"], reverse=True)
    assert table["Evaluations counted"] == [WRITE.number(n) for n in frame["n"]]


def test_comments_are_those_of_the_query(desk: Desk) -> None:
    app = opened(desk, Role.DISTRICT, EvaluationsPart.COMMENTS, form="seminar")
    with reading(desk.engine) as connection:
        frame = named_comments(
            connection, ADMIN, scope=Scope.district(HOME), period=PERIOD, form=EventForm.SEMINAR, limit=500
        )
        everything = named_comments(connection, ADMIN, scope=Scope.district(HOME), period=PERIOD, limit=500)
    assert 0 < len(frame) < len(everything)
    assert [text.value for text in app.text] == list(frame["comment"].head(10))
    app.session_state["comments_rows"] = True
    bodies = [element.proto.body for element in app.run().get("html")]
    table = next(body for body in bodies if "hamkor-records" in body and "<table" in body)
    assert table.count("<tr>") == 1 + len(frame)
    for event_id, ngo_id in zip(frame["event_id"], frame["ngo_id"], strict=True):
        assert re.search(rf'href="/event\?[^"]*record={event_id}"', table)
        assert re.search(rf'href="/ngo\?[^"]*record={ngo_id}"', table)


def test_the_national_leadership_reads_no_single_comment(desk: Desk) -> None:
    app = opened(desk, Role.NATIONAL, EvaluationsPart.COMMENTS, area=HOME)
    assert not app.text
    assert "Comments are read by the leaders" in words(app)


def test_coverage_is_that_of_the_queries(desk: Desk) -> None:
    app = opened(desk, Role.REGIONAL, EvaluationsPart.COVERAGE, area="uz")
    region = Scope.region(HOME[:4])
    with reading(desk.engine) as connection:
        frame = not_evaluated(connection, ADMIN, scope=region, period=PERIOD, today=TODAY)
        summary = coverage_summary(connection, ADMIN, scope=Scope.nation(), period=PERIOD, today=TODAY)
    assert coverage_text(summary, fmt=WRITE) in words(app)
    title = record_titles(app, "NGOs: ")[0]
    shown = frame.head(PAGE_SIZE)
    assert record_cells(app, title, "NGO") == list(shown["ngo_name"])
    assert record_cells(app, title, "Not evaluated by the NGO") == [WRITE.number(left) for left in shown["events_left"]]
    assert record_cells(app, title, "Share evaluated") == [WRITE.percent(share) for share in shown["share_pct"]]


def addresses_in(html: str) -> list[dict[str, str]]:
    """Return the parameters of each link to the page itself."""
    found = re.findall(r'href="/evaluations\?([^"]*)"', html)
    return [dict(parse_qsl(unescape(query))) for query in found]


def test_each_bar_opens_as_many_rows_as_it_says(desk: Desk) -> None:
    """Of each figure the first bar: its link, and the number of ratings, evaluations or problems beside it."""
    kinds = []
    bar = re.compile(r'<a href="[^"]*"[^>]*>[^<]*</a></span><span>(?:[^<(]*\((?:ratings|evaluations): )?(\d+)')
    for part in (EvaluationsPart.RATINGS, EvaluationsPart.PROBLEMS):
        for html in bars_of(opened(desk, Role.COORDINATOR, part)):
            first = bar.search(html)
            assert first is not None
            rows = addresses_in(first.group())[0]["rows"]
            app = opened(desk, Role.COORDINATOR, part, rows=rows)
            told = next(caption.value for caption in app.caption if "Counted" in caption.value)
            counted, named, confidential = map(int, re.findall(r"(\d+)\.", told))
            assert (int(first.group(1)), named + confidential) == (counted, counted), rows
            assert len(record_cells(app, record_titles(app, "")[0], "NGO")) == min(named, PAGE_ROWS)
            kinds.append(rows.split(":")[0])
    assert kinds == ["item", "direction", "form", "problem"]


def test_who_reads_no_single_evaluation_has_no_way_to_one(desk: Desk) -> None:
    for area in ("uz", HOME):
        app = opened(desk, Role.NATIONAL, EvaluationsPart.RATINGS, area=area)
        assert not any(addresses_in(html) for html in bars_of(app))
        behind = opened(desk, Role.NATIONAL, EvaluationsPart.RATINGS, area=area, rows="item:needs")
        assert "listed here: 0." in words(behind)


def test_events_that_were_not_evaluated_are_named_and_as_many_as_counted(desk: Desk) -> None:
    app = opened(desk, Role.COORDINATOR, EvaluationsPart.COVERAGE)
    home = Scope.district(HOME)
    with reading(desk.engine) as connection:
        counts = coverage_summary(connection, ADMIN, scope=home, period=PERIOD, today=TODAY).iloc[0]
        events = due_events(connection, ADMIN, scope=home, period=PERIOD, today=TODAY, limit=500)
        ngos = not_evaluated(connection, ADMIN, scope=home, period=PERIOD, today=TODAY)
    left = counts["events_due"] - counts["events_evaluated"]
    assert len(events) == left > 0
    assert record_cells(app, record_titles(app, "Not evaluated in time")[0], "Joint event") == list(
        events["title"].head(PAGE_ROWS)
    )
    assert f"Not evaluated in time: {left}" in " ".join(element.proto.body for element in app.get("html"))
    busiest = ngos.iloc[0]
    behind = opened(desk, Role.COORDINATOR, EvaluationsPart.COVERAGE, rows=f"ngo:{busiest['ngo_id']}")
    assert f"Events: {busiest['events_left']}" in words(behind)
    due = opened(desk, Role.COORDINATOR, EvaluationsPart.COVERAGE, rows="due")
    assert f"Events: {counts['events_due']}" in words(due)


def test_districts_say_their_response_and_how_many_confidential_evaluations_count(desk: Desk) -> None:
    app = opened(desk, Role.REGIONAL, EvaluationsPart.COVERAGE)
    title = record_titles(app, "Districts: ")[0]
    with reading(desk.engine) as connection:
        frame = district_responses(connection, ADMIN, scope=Scope.region(HOME[:4]), period=PERIOD, today=TODAY)
    shown = frame.sort_values(["response", "events_left"], ascending=[True, False], kind="stable").head(PAGE_SIZE)
    assert record_cells(app, title, "Response rate") == [
        WRITE.missing if pd.isna(share) else WRITE.percent(share) for share in shown["response"]
    ]
    shares = [WRITE.percent(share) if share == share else "–" for share in share_counted(shown)]
    assert record_cells(app, title, "Confidential: share that counts") == shares


def test_tables_of_ratings_say_what_they_rest_on(desk: Desk) -> None:
    app = opened(desk, Role.COORDINATOR, EvaluationsPart.RATINGS)
    asked: dict[str, Any] = {"scope": Scope.district(HOME), "period": PERIOD, "today": TODAY}
    with reading(desk.engine) as connection:
        by_form = response_rates(connection, ADMIN, **asked, by=Grain.FORM).set_index("code")["response"]
        overall = response_rates(connection, ADMIN, **asked).iloc[0]["response"]
        share = share_counted(confidential_shares(connection, ADMIN, **asked)).iloc[0]
    by_item, of_forms = table_of(app, "ratings_by_item"), table_of(app, "ratings_by_form")
    rate, counts = "Response rate", "Confidential: share that counts"
    assert set(by_item[rate]) == {WRITE.percent(overall)}
    assert set(by_item[counts]) == {WRITE.percent(share)}
    known = [WRITE.percent(by_form[form]) for form in EventForm if form in by_form.dropna()]
    assert [text for text in of_forms[rate] if text != WRITE.missing] == known
    assert set(of_forms[counts]) == {"0%"}
    low = [is_low(by_form.get(form)) for form in EventForm if form in by_form]
    assert sum(note == "Low response" for note in of_forms["Note on response"]) == sum(low)


def test_recommendations_of_a_state_are_opened_by_an_address(desk: Desk) -> None:
    state = RecommendationState.DECLINED
    app = opened(desk, Role.REGIONAL, EvaluationsPart.RECOMMENDATIONS, state=state.value)
    with reading(desk.engine) as connection:
        counts = thread_counts(connection, ADMIN, scope=Scope.region(HOME[:4]), today=TODAY).set_index("state_code")
    assert app.button_group(key="board_state:en").value == state.value
    app.session_state["recommendations_rows"] = True
    shown = record_cells(app.run(), "Recommendations and answers", "State")
    assert set(shown) == {"Declined"}
    assert len(shown) == min(counts["count"].to_dict()[state.value], PAGE_ROWS)


def test_coverage_of_a_foreign_region_names_no_ngo(desk: Desk) -> None:
    app = opened(desk, Role.DISTRICT, EvaluationsPart.COVERAGE, area=FOREIGN[:4])
    assert not record_titles(app, "NGOs: ")
    assert "shown to the leaders of the area itself" in words(app)


def test_recommendations_are_counted_and_listed_overdue_first(desk: Desk) -> None:
    app = opened(desk, Role.REGIONAL, EvaluationsPart.RECOMMENDATIONS)
    region = Scope.region(HOME[:4])
    with reading(desk.engine) as connection:
        counts = thread_counts(connection, ADMIN, scope=region, today=TODAY)
        frame = threads(connection, ADMIN, scope=region, today=TODAY, limit=500)
    everything, overdue = counts["count"].sum(), counts["overdue"].sum()
    assert overdue
    assert app.button_group(key="board_state:en").options[0] == f"All: {everything}, overdue: {overdue}"
    assert list(frame["is_overdue"]) == sorted(frame["is_overdue"], reverse=True)
    app.session_state["recommendations_rows"] = True
    app.run()
    assert record_cells(app, "Recommendations and answers", "Recommendation") == list(frame["text"])[:PAGE_ROWS]


def test_leaders_read_recommendations_and_only_the_district_answers(desk: Desk) -> None:
    for role in LEADERS:
        app = opened(desk, role, EvaluationsPart.RECOMMENDATIONS, area=HOME)
        app.button_group(key="board_state:en").set_value(RecommendationState.NEW.value).run()
        offers = [fold.label for fold in app.expander if fold.label == "Act on it"]
        assert bool(offers) is (role in {Role.COORDINATOR, Role.ADMIN}), role


def test_an_answered_recommendation_stays_in_its_place_until_another_list_is_chosen(small_desk: Desk) -> None:
    with writing(small_desk.engine) as connection:
        ngo_id = worlds.make_ngo(connection)
        for days in (1, 2):
            event_id = worlds.make_event(connection, event_date=EVENT_DAY, ngo_ids=(ngo_id,))
            evaluation_id = worlds.make_evaluation(
                connection, event_id=event_id, ngo_id=ngo_id, submitted_date=EVENT_DAY
            )
            day = EVENT_DAY + timedelta(days=days)
            worlds.make_recommendation(connection, evaluation_id=evaluation_id, created_date=day, released_date=day)
    app = opened(small_desk, Role.COORDINATOR, EvaluationsPart.RECOMMENDATIONS)
    app.button_group(key="board_state:en").set_value(RecommendationState.NEW.value).run()
    before = [element.value for element in app.text]
    with reading(small_desk.engine) as connection:
        frame = threads(connection, ADMIN, scope=Scope.district(worlds.DISTRICT), today=TODAY, limit=9)
    key = f"board_{frame['public_id'].iloc[0]}"
    app.session_state[f"{key}_act"] = True
    app.run()
    app.radio(key=f"{key}_choice").set_value(RecommendationAct.DECLINE).run()
    app.text_area(key=f"{key}_words").input("Not in our power")
    app.button(key=f"{key}_decline").click().run()
    assert "declined" in app.success[0].value
    assert [element.value for element in app.text if element.value in before] == before
    assert len(before) == 3
    app.button_group(key="board_state:en").set_value("all").run()
    assert not app.success
    app.button_group(key="board_state:en").set_value(RecommendationState.NEW.value).run()
    assert [element.value for element in app.text] == before[1:]


def test_the_part_stays_with_the_language_and_stands_in_the_address(desk: Desk) -> None:
    app = opened(desk, Role.COORDINATOR, EvaluationsPart.COVERAGE)
    assert app.session_state["part:en"] == EvaluationsPart.COVERAGE.label
    app.selectbox(key="language_switch").select("ru").run()
    assert app.query_params["part"] == "coverage"
    assert app.session_state["part:ru"] == Translator(Language.RU)(EvaluationsPart.COVERAGE.label)
    app.query_params["part"] = "marks"
    app.run()
    assert app.session_state["part:ru"] == Translator(Language.RU)(EvaluationsPart.RATINGS.label)


def test_a_hostile_part_and_form_give_the_defaults(desk: Desk) -> None:
    app = desk.open(Role.NATIONAL, "evaluations", part="<script>", form="' OR 1=1", lang="en")
    assert not app.exception
    assert app.query_params == {"area": "uz", "lang": "en"}


@pytest.fixture
def small_desk(bare_desk: Desk) -> Desk:
    """One event of two NGOs, 60 days old: a named one with markup, a confidential one, and one recommendation."""
    with writing(bare_desk.engine) as connection:
        for login, role in (("coordinator", Role.COORDINATOR), ("national", Role.NATIONAL)):
            district = worlds.DISTRICT if role is Role.COORDINATOR else None
            account = NewAccount(login=login, role=role, district_soato=district)
            add_account(connection, account, password=None, actor="test")
        ngos = tuple(worlds.make_ngo(connection, name=name) for name in ("Named", "Secret", "Silent"))
        event_id = worlds.make_event(connection, event_date=EVENT_DAY, ngo_ids=ngos)
        named, secret = (
            worlds.make_evaluation(
                connection, event_id=event_id, ngo_id=ngo_id, submitted_date=EVENT_DAY, visibility=visibility
            )
            for ngo_id, visibility in zip(ngos, Visibility, strict=False)
        )
        comments = {named: HOSTILE, secret: "A secret"}
        for evaluation_id, comment in comments.items():
            connection.execute(update(Evaluation).where(Evaluation.id == evaluation_id).values(comment=comment))
        worlds.make_recommendation(
            connection, evaluation_id=named, created_date=EVENT_DAY, released_date=EVENT_DAY, deadline_date=EVENT_DAY
        )
        worlds.make_recommendation(connection, evaluation_id=secret, created_date=EVENT_DAY)
        connection.execute(update(Recommendation).where(Recommendation.evaluation_id == secret).values(text="A secret"))
    bare_desk.sign_in_everyone()
    return bare_desk


def test_a_hostile_comment_is_shown_as_text(small_desk: Desk) -> None:
    app = opened(small_desk, Role.COORDINATOR, EvaluationsPart.COMMENTS)
    assert [text.value for text in app.text] == [HOSTILE]
    assert not any("alert" in text.value or "evil" in text.value for text in [*app.markdown, *app.caption])


@pytest.mark.parametrize("part", EvaluationsPart)
def test_a_confidential_evaluation_is_on_no_part(small_desk: Desk, part: EvaluationsPart) -> None:
    app = opened(small_desk, Role.COORDINATOR, part)
    drawn = [element.proto.body for element in app.get("html")]
    assert "A secret" not in " ".join([words(app), *drawn])


def test_too_few_evaluations_are_not_enough_data(small_desk: Desk) -> None:
    app = opened(small_desk, Role.COORDINATOR, EvaluationsPart.RATINGS)
    assert not app.get("vega_lite_chart")
    assert not bars_of(app)
    assert "needs at least 5 ratings or events" in words(app)
    assert set(table_of(app, "ratings_by_item")["Mean rating"]) == {WRITE.missing}


def test_a_coordinator_opens_an_event_again(small_desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    noon = datetime.combine(TODAY, time(12), tzinfo=TASHKENT)
    monkeypatch.setattr("data.dates.clock.now", lambda: noon)
    app = opened(small_desk, Role.COORDINATOR, EvaluationsPart.COVERAGE)
    app.button(key="reopening_send").click().run()
    assert "Nothing was changed" in app.warning[0].value
    with reading(small_desk.engine) as connection:
        event_id = connection.scalar(select(JointEvent.id))
    app.selectbox(key="reopening_event").set_value(event_id)
    app.button(key="reopening_send").click().run()
    assert [error.value for error in app.error] == ["Give the reason for opening the event again."]
    app.text_input(key="reopening_reason").set_value("The NGO had no electricity")
    app.button(key="reopening_send").click().run()
    assert "Open until 27.11.2026" in app.success[0].value
    with reading(small_desk.engine) as connection:
        kept = connection.execute(select(EventReopening.event_id, EventReopening.reason)).all()
    assert [tuple(row) for row in kept] == [(event_id, "The NGO had no electricity")]


def test_nobody_else_is_offered_to_open_an_event_again(desk: Desk) -> None:
    for role in LEADERS:
        app = opened(desk, role, EvaluationsPart.COVERAGE, area=HOME)
        has_form = any(button.key == "reopening_send" for button in app.button)
        assert has_form is (role in {Role.COORDINATOR, Role.ADMIN}), role


def test_what_an_empty_database_lacks_is_said_in_every_part(empty_desk: Desk) -> None:
    for part in EvaluationsPart:
        app = opened(empty_desk, Role.DISTRICT, part)
        assert not app.error
        needed = "No recommendation has reached" if part is EvaluationsPart.RECOMMENDATIONS else "Nothing is recorded"
        assert needed in words(app)
