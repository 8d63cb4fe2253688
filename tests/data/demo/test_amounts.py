"""The demo holds what a demonstration needs: enough of everything, in every status and state."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from sqlalchemy import Engine, select

from data.accounts.passwords import check_strength, is_correct
from data.codes import (
    Direction,
    EventForm,
    EventState,
    MemorandumStatus,
    Partner,
    Party,
    Problem,
    RecommendationAction,
    RecommendationState,
    SupportKind,
    Visibility,
    WouldRepeat,
)
from data.database.engine import reading
from data.demo.accounts import DEMO_ACCOUNTS
from data.demo.shared import INVENTED_FIGURE
from data.policy import Role
from data.schema import Account, Memorandum
from queries.memoranda.status import best_status, is_on_paper, status_case
from tests.data.demo.conftest import UNTIL, Ask

DISTRICTS = 208


@pytest.mark.parametrize("year", ["2024", "2025"])
def test_there_are_about_seven_thousand_events_a_year(ask: Ask, year: str) -> None:
    ((events,),) = ask(
        "SELECT count(*) FROM joint_event WHERE event_date BETWEEN :first AND :last",
        first=f"{year}-01-01",
        last=f"{year}-12-31",
    )
    assert 5_500 < events < 8_500


def test_events_run_for_three_calendar_years_and_some_are_planned(ask: Ask) -> None:
    ((first, last),) = ask("SELECT min(event_date), max(event_date) FROM joint_event WHERE state_code = 'held'")
    assert str(first) < "2024-01-10"
    assert "2026-11-10" < str(last) <= UNTIL.isoformat()
    ((planned,),) = ask("SELECT count(*) FROM joint_event WHERE state_code = 'planned' AND event_date > :until")
    assert 100 < planned < 1_500


@pytest.mark.parametrize(
    ("statement", "fewest", "most"),
    [
        ("SELECT count(*) FROM ngo", 420, 420),
        ("SELECT count(*) FROM mahalla", 15 * DISTRICTS, 25 * DISTRICTS),
        # The real ones and the invented one that was merged.
        ("SELECT count(DISTINCT district_soato) FROM inhabitants", DISTRICTS + 1, DISTRICTS + 1),
        ("SELECT count(DISTINCT district_soato) FROM memorandum", 0.65 * DISTRICTS, 0.75 * DISTRICTS),
        ("SELECT count(*) FROM memorandum_amendment", 10, 100),
        ("SELECT count(*) FROM obligation WHERE fulfilled_date IS NULL AND due_date < :until", 20, 400),
        ("SELECT count(*) FROM plan_item", 10_000, 40_000),
        ("SELECT count(*) FROM evaluation_draft", 5, 200),
        ("SELECT count(*) FROM evaluation WHERE is_late", 100, 2_000),
        ("SELECT count(*) FROM evaluation WHERE version = 2", 50, 1_000),
        ("SELECT count(*) FROM recommendation", 2_000, 8_000),
    ],
)
def test_there_is_enough_of_everything(ask: Ask, statement: str, fewest: int, most: int) -> None:
    ((count,),) = ask(statement)
    assert fewest <= count <= most


def test_about_two_thirds_of_held_events_are_evaluated(ask: Ask) -> None:
    ((held, evaluated),) = ask(
        "SELECT count(*), sum(CASE WHEN EXISTS (SELECT 1 FROM evaluation v WHERE v.event_id = e.id"
        " AND v.state_code = 'submitted') THEN 1 ELSE 0 END)"
        " FROM joint_event e WHERE e.state_code = 'held' AND e.event_date < '2026-09-01'"
    )
    assert 0.58 < evaluated / held < 0.75


def test_districts_differ_and_some_have_little_or_nothing(ask: Ask) -> None:
    counts: dict[str, int] = dict(
        ask("SELECT district_soato, count(*) FROM joint_event WHERE state_code = 'held' GROUP BY 1")
    )
    assert 3 <= DISTRICTS - len(counts) <= 8
    assert sum(count < 10 for count in counts.values()) >= 4
    ordered = sorted(counts.values())
    assert ordered[int(0.9 * len(ordered))] > 2.5 * ordered[int(0.15 * len(ordered))]


def test_four_to_six_ngos_work_in_a_usual_district(ask: Ask) -> None:
    rows = ask(
        "SELECT e.district_soato, count(DISTINCT g.ngo_id) FROM joint_event e"
        " JOIN joint_event_ngo g ON g.event_id = e.id GROUP BY 1"
    )
    counts = [count for _, count in rows]
    assert 4 <= sum(counts) / len(counts) <= 6


def test_memoranda_of_every_status_stand_and_some_live_on_paper(demo: Engine) -> None:
    by_district = defaultdict(set)
    with reading(demo) as connection:
        for district, status in connection.execute(select(Memorandum.district_soato, status_case(UNTIL))):
            by_district[district].add(status)
        on_paper = connection.execute(select(Memorandum.id).where(is_on_paper(UNTIL))).all()
    best = Counter(best_status(statuses) for statuses in by_district.values())
    assert set(best) == set(MemorandumStatus) - {MemorandumStatus.NONE}
    assert best[MemorandumStatus.IN_FORCE] > 0.35 * DISTRICTS
    assert 5 <= len(on_paper) <= 40


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("SELECT DISTINCT direction_code FROM joint_event", Direction),
        ("SELECT DISTINCT form_code FROM joint_event", EventForm),
        ("SELECT DISTINCT state_code FROM joint_event", EventState),
        ("SELECT DISTINCT partner_code FROM joint_event_partner", Partner),
        ("SELECT DISTINCT support_code FROM memorandum_support", SupportKind),
        ("SELECT DISTINCT party_code FROM obligation", Party),
        ("SELECT DISTINCT problem_code FROM evaluation_problem", Problem),
        ("SELECT DISTINCT state_code FROM recommendation", RecommendationState),
        ("SELECT DISTINCT action_code FROM recommendation_step", RecommendationAction),
        ("SELECT DISTINCT visibility_code FROM evaluation", Visibility),
        ("SELECT DISTINCT would_repeat_code FROM evaluation WHERE would_repeat_code IS NOT NULL", WouldRepeat),
    ],
)
def test_every_code_occurs(ask: Ask, statement: str, codes: type) -> None:
    assert {code for (code,) in ask(statement)} == {code.value for code in codes}  # type: ignore[attr-defined]


def test_inhabitants_are_marked_as_invented(ask: Ask) -> None:
    assert ask("SELECT DISTINCT source FROM inhabitants") == [(INVENTED_FIGURE,)]
    assert "Namuna" in INVENTED_FIGURE


def test_each_role_has_an_account_that_opens_with_its_password(demo: Engine) -> None:
    with reading(demo) as connection:
        rows = {row.login: row for row in connection.execute(select(Account))}
    assert {account.role for account in DEMO_ACCOUNTS} == set(Role) - {Role.PUBLIC}
    for account in DEMO_ACCOUNTS:
        check_strength(account.password, login=account.login)
        assert rows[account.login].is_demo
        assert is_correct(account.password, password_hash=rows[account.login].password_hash)


def test_the_ngo_account_has_several_events_to_evaluate(ask: Ask) -> None:
    ((waiting,),) = ask(
        "SELECT count(*) FROM account a JOIN joint_event_ngo g ON g.ngo_id = a.ngo_id"
        " JOIN joint_event e ON e.id = g.event_id WHERE a.role_code = 'ngo' AND e.state_code"
        " = 'held' AND e.event_date >= '2026-10-21' AND NOT EXISTS"
        " (SELECT 1 FROM evaluation v WHERE v.event_id = e.id AND v.ngo_id = g.ngo_id AND v.state_code = 'submitted')"
    )
    assert waiting >= 3
