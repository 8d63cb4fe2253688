"""Formality check: correct counts, nothing flagged below the minimum numbers, nothing confidential shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pandas as pd
import pytest
from sqlalchemy import Connection, Engine

from data.aggregates import refresh
from data.codes import FormalityReason, Visibility
from data.database.engine import reading, writing
from data.dates.period import Period
from data.effectiveness.formality import EXPLANATIONS
from data.policy import Actor, ForbiddenError, Role, Scope
from queries.effectiveness.formality import formality_reasons
from queries.effectiveness.formality_records import formality_rows
from tests.queries.effectiveness.formality_world import (
    LONG_WORDS,
    hold_events,
    hold_once_a_year,
    hold_planned,
    propose,
    send_forms,
    send_usual_forms,
)
from tests.worlds import DISTRICT, FAR_DISTRICT, OTHER_DISTRICT, REGION, make_mahalla

pytestmark = pytest.mark.both_databases

TODAY = date(2026, 1, 15)
PERIOD = Period.of_year(2025)
LEADER = Actor(Role.DISTRICT, region_soato=REGION, district_soato=DISTRICT)
NATION = Actor(Role.NATIONAL)
OWN = Scope.district(DISTRICT)


def made(engine: Engine, *steps: Callable[[Connection], object]) -> list[object]:
    with writing(engine) as connection:
        results = [step(connection) for step in steps]
        refresh(connection, today=TODAY)
    return results


def counted(engine: Engine, reason: FormalityReason, *, period: Period = PERIOD) -> tuple[int, int, bool]:
    with reading(engine) as connection:
        reasons = formality_reasons(connection, LEADER, scope=OWN, period=period, today=TODAY)
    row = reasons[reasons["reason_code"] == reason.value].iloc[0]
    return int(row["checked"]), int(row["found"]), bool(row["is_for_review"])


def rows_of(engine: Engine, reason: FormalityReason, *, actor: Actor = LEADER, limit: int = 50) -> pd.DataFrame:
    with reading(engine) as connection:
        return formality_rows(connection, actor, scope=OWN, period=PERIOD, today=TODAY, reason=reason, limit=limit)


def test_each_reason_is_explained() -> None:
    assert set(EXPLANATIONS) == set(FormalityReason)


@pytest.mark.parametrize(
    ("mahallas", "twice", "is_for_review"), [(20, 0, True), (20, 5, False), (9, 0, False), (20, 3, True)]
)
def test_one_event_a_year_in_nearly_every_mahalla_is_for_review(
    engine: Engine, mahallas: int, twice: int, *, is_for_review: bool
) -> None:
    made(engine, lambda c: hold_once_a_year(c, mahallas=mahallas, twice=twice))
    assert counted(engine, FormalityReason.ONE_EVENT_A_YEAR) == (mahallas, mahallas - twice, is_for_review)


def test_a_few_events_scattered_over_many_mahallas_are_what_chance_makes(engine: Engine) -> None:
    def scatter(connection: Connection) -> None:
        hold_once_a_year(connection, mahallas=12)
        for _ in range(150):
            make_mahalla(connection)

    made(engine, scatter)
    assert counted(engine, FormalityReason.ONE_EVENT_A_YEAR) == (12, 12, False)


def test_the_rows_of_one_event_a_year_lead_to_mahallas_and_their_events(engine: Engine) -> None:
    made(engine, lambda c: hold_once_a_year(c, mahallas=3, twice=1))
    rows = rows_of(engine, FormalityReason.ONE_EVENT_A_YEAR)
    assert rows["thing_code"].to_list() == ["mahalla"] * 2
    assert rows["checked"].to_list() == [1, 1]
    assert (rows["record_ids"] != "").all()
    assert rows["row_date"].dt.year.to_list() == [2025, 2025]


@pytest.mark.parametrize(
    ("usual", "late", "is_for_review"), [(20, 15, True), (33, 2, False), (0, 9, False), (100, 8, False)]
)
def test_events_crowded_at_the_end_of_quarters_are_tested_against_chance(
    engine: Engine, usual: int, late: int, *, is_for_review: bool
) -> None:
    made(engine, lambda c: hold_events(c, usual=usual, late=late))
    assert counted(engine, FormalityReason.QUARTER_END) == (usual + late, late, is_for_review)
    assert len(rows_of(engine, FormalityReason.QUARTER_END)) == late


def test_a_period_without_the_end_of_a_quarter_has_nothing_crowded(engine: Engine) -> None:
    made(engine, lambda c: hold_events(c, usual=24, late=10))
    january = Period.of_months(date(2025, 1, 1), 2)
    assert counted(engine, FormalityReason.QUARTER_END, period=january) == (4, 0, False)


@pytest.mark.parametrize(("planned", "unplanned", "is_for_review"), [(0, 12, True), (2, 12, False), (0, 9, False)])
def test_events_beside_the_plan(engine: Engine, planned: int, unplanned: int, *, is_for_review: bool) -> None:
    made(engine, lambda c: hold_planned(c, planned=planned, unplanned=unplanned))
    assert counted(engine, FormalityReason.NO_PLAN_ITEM) == (planned + unplanned, unplanned, is_for_review)
    assert len(rows_of(engine, FormalityReason.NO_PLAN_ITEM)) == unplanned


@pytest.mark.parametrize(
    ("marks", "expected"),
    [([5] * 6, (1, 1, True)), ([5] * 4 + [4] * 2, (1, 0, False)), ([5] * 4, (0, 0, False))],
)
def test_nothing_but_fives(engine: Engine, marks: list[int], expected: tuple[int, int, bool]) -> None:
    made(engine, send_usual_forms, lambda c: send_forms(c, marks=marks))
    assert counted(engine, FormalityReason.ALL_FIVES) == expected


def test_where_honest_forms_are_mostly_fives_nobody_is_named_for_them(engine: Engine) -> None:
    """Six in ten forms of the country are all fives; an NGO with six of six is no surprise among so many."""
    made(engine, lambda c: send_usual_forms(c, fives=6), lambda c: send_forms(c, marks=[5] * 6))
    assert counted(engine, FormalityReason.ALL_FIVES) == (1, 0, False)
    assert rows_of(engine, FormalityReason.ALL_FIVES).empty


def test_the_rows_of_fives_lead_to_the_ngo_and_its_forms(engine: Engine) -> None:
    sent, _ = made(engine, lambda c: send_forms(c, marks=[5, 5, 5, 5, 5, 4]), send_usual_forms)
    assert isinstance(sent, tuple)
    ngo, forms = sent
    row = rows_of(engine, FormalityReason.ALL_FIVES).iloc[0]
    assert (row["thing_code"], row["thing_id"], row["checked"], row["found"]) == ("ngo", str(ngo), 6, 5)
    assert row["record_ids"] == ";".join(map(str, forms[:5]))


def test_the_same_text_in_other_spelling_is_the_same_text(engine: Engine) -> None:
    spellings = [LONG_WORDS, LONG_WORDS.upper(), LONG_WORDS.replace("ʻ", "'"), f"  {LONG_WORDS}!"]
    words = [*spellings, "Bu gal qatnashchilar kam keldi, 12 kishi", "Yaxshi", ""]
    made(engine, lambda c: send_forms(c, marks=[4] * 7, words=words))
    assert counted(engine, FormalityReason.SAME_TEXT) == (1, 1, True)
    row = rows_of(engine, FormalityReason.SAME_TEXT).iloc[0]
    assert (row["checked"], row["found"]) == (5, 4)
    assert row["text"] == LONG_WORDS
    assert row["record_ids"].count(";") == 3


def test_a_text_copied_from_another_ngo_of_the_district_is_found(engine: Engine) -> None:
    words = [f"{LONG_WORDS} {number} marta" for number in range(5)]
    made(engine, *(lambda c: send_forms(c, marks=[4] * 5, words=words) for _ in range(2)))
    assert counted(engine, FormalityReason.SAME_TEXT) == (2, 2, True)


def test_different_texts_are_not_the_same(engine: Engine) -> None:
    words = [f"{LONG_WORDS} {number} marta" for number in range(6)]
    made(engine, lambda c: send_forms(c, marks=[4] * 6, words=words))
    assert counted(engine, FormalityReason.SAME_TEXT) == (1, 0, False)


@pytest.mark.parametrize(("answered", "unanswered", "expected"), [(0, 5, (5, 5, True)), (1, 5, (6, 5, False))])
def test_no_recommendation_ever_answered(
    engine: Engine, answered: int, unanswered: int, expected: tuple[int, int, bool]
) -> None:
    made(engine, lambda c: propose(c, answered=answered, unanswered=unanswered))
    assert counted(engine, FormalityReason.NEVER_ANSWERED) == expected
    rows = rows_of(engine, FormalityReason.NEVER_ANSWERED)
    assert len(rows) == unanswered
    assert (rows["name"] == "").all()


def test_a_recommendation_that_came_lately_needs_no_answer_yet(engine: Engine) -> None:
    made(engine, lambda c: propose(c, answered=0, unanswered=6, day=date(2025, 12, 20)))
    assert counted(engine, FormalityReason.NEVER_ANSWERED) == (0, 0, False)
    assert rows_of(engine, FormalityReason.NEVER_ANSWERED).empty


@pytest.mark.parametrize("reason", [FormalityReason.ALL_FIVES, FormalityReason.SAME_TEXT])
def test_confidential_evaluations_leave_no_trace(engine: Engine, reason: FormalityReason) -> None:
    def confide(connection: Connection) -> None:
        for _ in range(3):
            words = [LONG_WORDS] * 6
            send_forms(connection, marks=[5] * 6, words=words, visibility=Visibility.CONFIDENTIAL)

    made(engine, confide)
    assert counted(engine, reason) == (0, 0, False)
    assert rows_of(engine, reason).empty


def test_the_nation_gets_ngos_but_no_single_evaluation(engine: Engine) -> None:
    made(engine, lambda c: send_forms(c, marks=[5] * 6, words=[LONG_WORDS] * 6), send_usual_forms)
    for reason in (FormalityReason.ALL_FIVES, FormalityReason.SAME_TEXT):
        row = rows_of(engine, reason, actor=NATION).iloc[0]
        assert (row["found"], row["text"], row["record_ids"]) == (6, "", "")


def test_counts_are_for_leaders_everywhere_and_rows_for_those_who_see_the_district(engine: Engine) -> None:
    made(engine, lambda c: hold_events(c, usual=3, late=9, district_soato=FAR_DISTRICT))
    with reading(engine) as connection:
        reasons = formality_reasons(connection, LEADER, scope=Scope.nation(), period=PERIOD, today=TODAY)
        assert len(reasons) == 208 * len(FormalityReason)
        late = reasons[reasons["reason_code"] == FormalityReason.QUARTER_END.value].set_index("district_soato")
        assert late.loc[FAR_DISTRICT, "found"] == 9
        with pytest.raises(ForbiddenError):
            formality_rows(
                connection,
                LEADER,
                scope=Scope.district(OTHER_DISTRICT),
                period=PERIOD,
                today=TODAY,
                reason=FormalityReason.QUARTER_END,
                limit=5,
            )


@pytest.mark.parametrize("actor", [Actor(Role.NGO, ngo_id=1, district_soato=DISTRICT), Actor(Role.PUBLIC)])
def test_others_than_leaders_are_told_nothing(engine: Engine, actor: Actor) -> None:
    with pytest.raises(ForbiddenError), reading(engine) as connection:
        formality_reasons(connection, actor, scope=OWN, period=PERIOD, today=TODAY)
    with pytest.raises(ForbiddenError):
        rows_of(engine, FormalityReason.ALL_FIVES, actor=actor)


@pytest.mark.parametrize("scope", [Scope.ngo(1)])
def test_one_ngo_is_never_the_scope(engine: Engine, scope: Scope) -> None:
    with reading(engine) as connection, pytest.raises(ForbiddenError):
        formality_reasons(connection, NATION, scope=scope, period=PERIOD, today=TODAY)


@pytest.mark.parametrize("reason", FormalityReason)
def test_an_empty_district_has_no_rows_and_no_reason(engine: Engine, reason: FormalityReason) -> None:
    assert counted(engine, reason) == (0, 0, False)
    assert rows_of(engine, reason).empty


def test_rows_stop_at_the_limit(engine: Engine) -> None:
    made(engine, lambda c: hold_events(c, usual=0, late=9))
    assert len(rows_of(engine, FormalityReason.QUARTER_END, limit=4)) == 4
