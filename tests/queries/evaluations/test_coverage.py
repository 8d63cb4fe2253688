"""Coverage: which NGOs evaluated their events, how many confidential evaluations wait, and named comments."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, Engine

from data.aggregates import refresh
from data.codes import EvaluationItem, EventForm, Problem, Visibility
from data.database.engine import writing
from data.dates.period import Period
from data.indicators.counted import Part
from data.policy import Actor, ForbiddenError, Role, Scope
from data.schema import Evaluation
from queries.evaluations.comments import named_comments
from queries.evaluations.coverage import coverage_summary, not_evaluated
from queries.evaluations.lists import EvaluationKind, due_events, named_evaluations
from queries.evaluations.rating_sums import Grain
from queries.evaluations.ratings import problems_met, ratings_by_form, ratings_by_item
from queries.evaluations.response import confidential_shares, district_responses, response_rates, share_counted
from tests.queries.indicators.reading import rated_event
from tests.worlds import DISTRICT, make_evaluation, make_event, make_ngo

LEADER = Actor(Role.DISTRICT, region_soato="1703", district_soato=DISTRICT)
HERE = Scope.district(DISTRICT)
PERIOD, TODAY = Period.of_year(2025), date(2025, 6, 20)
CONFIDENTIAL = Visibility.CONFIDENTIAL


def test_ngos_with_most_events_left_come_first_and_events_have_fourteen_days(engine: Engine) -> None:
    with writing(engine) as connection:
        silent, half = make_ngo(connection, name="Silent"), make_ngo(connection, name="Half")
        for day in (date(2025, 5, 1), date(2025, 5, 2), date(2025, 6, 5), date(2025, 6, 6)):
            make_event(connection, event_date=day, ngo_ids=(silent,))
        rated_event(connection, event_date=date(2025, 6, 1), ngo_id=half, visibility=CONFIDENTIAL)
        make_event(connection, event_date=date(2025, 4, 1), ngo_ids=(half,))
        refresh(connection)
        frame = not_evaluated(connection, LEADER, scope=HERE, period=PERIOD, today=TODAY)
    columns = ["ngo_name", "events_held", "events_evaluated", "events_left", "share_pct"]
    assert frame[columns].to_numpy().tolist() == [["Silent", 3, 0, 3, 0.0], ["Half", 2, 1, 1, 50.0]]


def test_summary_says_what_is_counted_and_what_waits(engine: Engine) -> None:
    with writing(engine) as connection:
        for month in (1, 2, 3, 4, 5):
            rated_event(connection, event_date=date(2025, month, 1), visibility=CONFIDENTIAL)
        refresh(connection, today=TODAY)
        rated_event(connection, event_date=date(2025, 5, 1), visibility=CONFIDENTIAL)
        rated_event(connection, event_date=date(2025, 5, 1))
        refresh(connection, today=TODAY)
        whole, late = (
            coverage_summary(connection, LEADER, scope=HERE, period=period, today=TODAY).iloc[0].to_dict()
            for period in (PERIOD, Period.of_months(date(2025, 5, 1), 2))
        )
    counts = ("evaluations_named", "confidential_counted", "confidential_outside", "confidential_waiting")
    assert [whole[name] for name in counts] == [1, 5, 0, 1]
    assert [late[name] for name in counts] == [1, 0, 1, 1]
    assert (whole["events_due"], whole["events_evaluated"]) == (7, 7)


@pytest.mark.both_databases
def test_lists_have_as_many_events_as_the_counts_say(engine: Engine) -> None:
    """Of 3 due events one was evaluated in time, one late and by nobody else, one not at all; a fourth is not due."""
    with writing(engine) as connection:
        own, other = make_ngo(connection, name="Own"), make_ngo(connection, name="Other")
        rated_event(connection, event_date=date(2025, 5, 1), ngo_id=own)
        late = make_event(connection, event_date=date(2025, 5, 2), ngo_ids=(own, other))
        make_evaluation(connection, event_id=late, ngo_id=own, submitted_date=date(2025, 5, 17))
        silent = make_event(connection, event_date=date(2025, 4, 3), ngo_ids=(other,))
        make_event(connection, event_date=date(2025, 6, 6), ngo_ids=(other,))
        refresh(connection)
        asked: dict[str, Any] = {"scope": HERE, "period": PERIOD, "today": TODAY}
        left = due_events(connection, LEADER, **asked, limit=9)
        of_other = due_events(connection, LEADER, **asked, ngo_id=other, limit=9)
        counts = coverage_summary(connection, LEADER, **asked).iloc[0]
        by_ngo = not_evaluated(connection, LEADER, **asked).set_index("ngo_id")
        by_district = district_responses(connection, LEADER, **asked).iloc[0]
        by_form = response_rates(connection, LEADER, **asked, by=Grain.FORM).set_index("code").loc["seminar"]
        due = due_events(connection, LEADER, **asked, part=Part.ALL, limit=9)
        in_time = due_events(connection, LEADER, **asked, part=Part.COUNTED, limit=9)
    assert left[["event_id", "ngos", "is_evaluated"]].to_numpy().tolist() == [
        [late, "Other; Own", True],
        [silent, "Other", False],
    ]
    assert len(left) == counts["events_due"] - counts["events_evaluated"] == by_district["events_left"]
    assert (len(due), due["is_in_time"].sum()) == (counts["events_due"], counts["events_evaluated"])
    assert list(in_time["event_id"]) == list(due.loc[due["is_in_time"], "event_id"])
    assert list(of_other["event_id"]) == [late, silent]
    assert len(of_other) == by_ngo.loc[other, "events_left"]
    assert (by_form["events_due"], by_form["events_evaluated"]) == (counts["events_due"], counts["events_evaluated"])


def test_a_response_rate_needs_five_due_events(engine: Engine) -> None:
    with writing(engine) as connection:
        for day in (1, 2, 3, 4):
            rated_event(connection, event_date=date(2025, 5, day))
        refresh(connection)
        asked: dict[str, Any] = {"scope": HERE, "period": PERIOD, "today": TODAY}
        few = response_rates(connection, LEADER, **asked)
        make_event(connection, event_date=date(2025, 5, 9), ngo_ids=(make_ngo(connection),))
        enough = response_rates(connection, LEADER, **asked)
        seminars = response_rates(connection, LEADER, **asked, form=EventForm.CONFERENCE)
    assert few["response"].isna().all()
    assert enough["response"].tolist() == [80.0]
    assert seminars.empty


def test_named_evaluations_are_those_that_ratings_and_problems_count(engine: Engine) -> None:
    with writing(engine) as connection:
        for number in range(5):
            problems = (Problem.DISTRUST,) if number < 2 else ()
            rated_event(connection, event_date=date(2025, 5, 1 + number), mark=4, problems=problems)
        rated_event(connection, event_date=date(2025, 5, 1), visibility=CONFIDENTIAL, problems=(Problem.DISTRUST,))
        refresh(connection)
        about: dict[str, Any] = {"scope": HERE, "period": PERIOD}
        kinds = (
            EvaluationKind(item=EvaluationItem.NEEDS),
            EvaluationKind(form=EventForm.SEMINAR),
            EvaluationKind(problem=Problem.DISTRUST),
        )
        lists = [named_evaluations(connection, LEADER, **about, kind=kind, limit=9) for kind in kinds]
        nation = named_evaluations(
            connection, Actor(Role.NATIONAL), scope=Scope.nation(), period=PERIOD, kind=kinds[0], limit=9
        )
        needs = ratings_by_item(connection, LEADER, **about).set_index("item_code").loc["needs"]
        seminars = ratings_by_form(connection, LEADER, **about).set_index("form_code").loc["seminar"]
        distrust = problems_met(connection, LEADER, **about).iloc[0]
    assert (
        [len(frame) for frame in lists] == [needs["n"], seminars["evaluations"], distrust["evaluations"]] == [5, 5, 2]
    )
    assert set(lists[0]["rating"]) == {4.0}
    assert nation.empty


def test_the_share_of_confidential_evaluations_that_count_is_told_by_month_and_district(engine: Engine) -> None:
    with writing(engine) as connection:
        for _ in range(5):
            rated_event(connection, event_date=date(2025, 4, 1), visibility=CONFIDENTIAL)
        refresh(connection, today=TODAY)
        for month in (4, 5, 5):
            rated_event(connection, event_date=date(2025, month, 2), visibility=CONFIDENTIAL)
        refresh(connection, today=TODAY)
        asked: dict[str, Any] = {"scope": HERE, "period": PERIOD, "today": TODAY}
        by_month = confidential_shares(connection, LEADER, **asked, by=Grain.MONTH)
        whole = confidential_shares(connection, LEADER, **asked)
        of_district = district_responses(connection, LEADER, **asked).iloc[0]
    assert by_month.to_numpy().tolist() == [[202504, 6, 5], [202505, 2, 0]]
    assert share_counted(whole).tolist() == [62.5]
    assert (of_district["sent"], of_district["counted"]) == (8, 5)


def test_an_ngo_is_not_told_how_many_wait(engine: Engine) -> None:
    with writing(engine) as connection:
        actor = Actor(Role.NGO, ngo_id=make_ngo(connection))
        with pytest.raises(ForbiddenError):
            coverage_summary(connection, actor, scope=Scope.nation(), period=PERIOD, today=TODAY)


def _comment(connection: Connection, text: str, **evaluation: object) -> None:
    values = {"event_date": date(2025, 5, 1), **evaluation}
    evaluation_id = rated_event(connection, **values)  # type: ignore[arg-type]
    connection.execute(Evaluation.__table__.update().where(Evaluation.id == evaluation_id).values(comment=text))  # type: ignore[attr-defined]


def test_leaders_read_named_comments_and_the_nation_none(engine: Engine) -> None:
    with writing(engine) as connection:
        own = make_ngo(connection, name="Own")
        _comment(connection, "Said openly", ngo_id=own)
        _comment(connection, "Said in confidence", ngo_id=own, visibility=CONFIDENTIAL)
        _comment(connection, "")

        def read(actor: Actor) -> set[str]:
            frame = named_comments(connection, actor, scope=actor.home_scope, period=PERIOD, limit=10)
            return set(frame["comment"])

        assert read(LEADER) == {"Said openly"}
        assert read(Actor(Role.NATIONAL)) == set()
        assert read(Actor(Role.NGO, ngo_id=own)) == {"Said openly", "Said in confidence"}
