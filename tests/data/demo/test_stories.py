"""The stories can be seen in the raw numbers."""

from __future__ import annotations

from datetime import date, timedelta

from sqlalchemy import Engine, select

from data.database.engine import reading
from data.demo.stories import STORIES, StoryCode
from data.schema import Memorandum, Recommendation
from queries.memoranda.status import is_on_paper
from tests.data.demo.conftest import UNTIL, Ask

MARKS = (
    "SELECT count(DISTINCT e.id), avg(v.mark_mean) FROM joint_event e JOIN evaluation v ON v.event_id = e.id"
    " WHERE e.district_soato = :district AND e.event_date BETWEEN :first AND :last"
)
HELD = "SELECT count(*) FROM joint_event WHERE state_code = 'held' AND district_soato = :district"


def home_of(story: StoryCode) -> str:
    return STORIES[story].district_soato


def test_the_improved_district_does_more_and_better(ask: Ask) -> None:
    home = home_of(StoryCode.IMPROVED)
    ((early, low),) = ask(MARKS, district=home, first="2024-01-01", last="2024-12-31")
    ((late, high),) = ask(MARKS, district=home, first="2026-01-01", last="2026-11-20")
    assert late > 2 * early
    assert high > low + 0.8


def test_the_paper_district_has_a_memorandum_and_no_event(ask: Ask, demo: Engine) -> None:
    home = home_of(StoryCode.ON_PAPER)
    assert ask("SELECT count(*) FROM joint_event WHERE district_soato = :district", district=home) == [(0,)]
    with reading(demo) as connection:
        for day in (UNTIL, UNTIL - timedelta(days=300)):
            on_paper = select(Memorandum.id).where(Memorandum.district_soato == home, is_on_paper(day))
            assert connection.execute(on_paper).all()


def test_the_late_district_answers_long_after_the_others(demo: Engine) -> None:
    made, district = Recommendation, Recommendation.district_soato
    home = home_of(StoryCode.LATE_ANSWERS)
    old = select(district == home, made.created_date, made.answered_date).where(
        made.released_date == made.created_date, made.created_date < date(2026, 9, 1)
    )
    with reading(demo) as connection:
        rows = connection.execute(old).all()
    in_time: dict[bool, list[bool]] = {True: [], False: []}
    for is_home, created, answered in rows:
        in_time[bool(is_home)].append(answered is not None and answered <= created + timedelta(days=30))
    late, others = in_time[True], in_time[False]
    assert len(late) >= 10
    assert sum(late) / len(late) < 0.25
    assert sum(others) / len(others) > 0.75


def test_the_formal_district_crowds_its_events_and_gives_only_fives(ask: Ask) -> None:
    home = home_of(StoryCode.FORMAL)
    last_days = " OR ".join(
        f"event_date BETWEEN '{year}-{end}-{day - 4}' AND '{year}-{end}-{day}'"
        for year in (2024, 2025, 2026)
        for end, day in (("03", 31), ("06", 30), ("09", 30), ("12", 31))
    )
    ((held,),) = ask(HELD, district=home)
    ((crowded,),) = ask(f"{HELD} AND ({last_days})", district=home)
    assert crowded / held > 0.6
    ((given, straight),) = ask(
        "SELECT count(*), sum(CASE WHEN v.mark_mean = 5 THEN 1 ELSE 0 END) FROM evaluation v"
        " JOIN joint_event e ON e.id = v.event_id WHERE e.district_soato = :district",
        district=home,
    )
    assert straight / given > 0.8


def test_the_lower_the_marks_the_more_problems(ask: Ask) -> None:
    problems = (
        "SELECT avg((SELECT count(*) FROM evaluation_problem p WHERE p.evaluation_id = v.id)) FROM evaluation v"
        " WHERE v.state_code = 'submitted' AND v.mark_mean"
    )
    ((met_low,),) = ask(f"{problems} < 3.3")
    ((met_high,),) = ask(f"{problems} > 4.3")
    assert float(met_low) > 1.5 * float(met_high)
