"""The registers of the demo: every kind and state occurs, rows agree with each other, and the stories hold."""

from __future__ import annotations

from collections import defaultdict

import numpy as np
import pytest

from data.codes import (
    AreaLevel,
    AwardGround,
    AwardKind,
    AwardRecipient,
    DecisionCauseKind,
    Partner,
    Party,
    RequestKind,
    SupportKind,
    TrainingAudience,
)
from data.demo.stories import STORIES, StoryCode
from data.indicators import INDICATORS
from tests.data.demo.conftest import Ask

DISTRICTS = 208
ON_TIME = "count(*), sum(CASE WHEN {done} <= due_date THEN 1 ELSE 0 END)"


@pytest.mark.parametrize(
    ("statement", "codes"),
    [
        ("SELECT DISTINCT asked_by_code FROM information_request", Party),
        ("SELECT DISTINCT kind_code FROM information_request", RequestKind),
        ("SELECT DISTINCT kind_code FROM support", SupportKind),
        ("SELECT DISTINCT audience_code FROM training", TrainingAudience),
        ("SELECT DISTINCT recipient_code FROM award", AwardRecipient),
        ("SELECT DISTINCT kind_code FROM award", AwardKind),
        ("SELECT DISTINCT ground_code FROM award", AwardGround),
        ("SELECT DISTINCT partner_code FROM joint_event_partner", Partner),
        ("SELECT DISTINCT scope_code FROM meeting", AreaLevel),
        ("SELECT DISTINCT scope_code FROM target", AreaLevel),
    ],
)
def test_every_code_occurs(ask: Ask, statement: str, codes: type) -> None:
    assert {code for (code,) in ask(statement)} == {code.value for code in codes}  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("statement", "fewest", "most"),
    [
        (
            "SELECT count(*) FROM information_request WHERE due_date < :until AND answered_date <= due_date",
            3_000,
            6_000,
        ),
        ("SELECT count(*) FROM information_request WHERE answered_date > due_date", 1_000, 4_000),
        ("SELECT count(*) FROM information_request WHERE due_date < :until AND answered_date IS NULL", 200, 1_500),
        ("SELECT count(*) FROM decision WHERE done_date <= due_date", 2_500, 6_000),
        ("SELECT count(*) FROM decision WHERE done_date > due_date", 500, 3_000),
        ("SELECT count(*) FROM decision WHERE due_date < :until AND done_date IS NULL", 200, 1_000),
        ("SELECT count(*) FROM decision WHERE due_date >= :until AND done_date IS NULL", 50, 1_500),
        ("SELECT count(DISTINCT district_soato) FROM support", 0.9 * DISTRICTS, DISTRICTS),
        ("SELECT count(DISTINCT district_soato) FROM training", 0.9 * DISTRICTS, DISTRICTS),
        ("SELECT count(DISTINCT district_soato) FROM award", 0.9 * DISTRICTS, DISTRICTS),
        ("SELECT count(*) FROM memorandum_amendment", 20, 200),
        ("SELECT count(*) FROM memorandum WHERE terminated_date IS NOT NULL", 5, 100),
        ("SELECT count(DISTINCT district_soato) FROM meeting", 0.9 * DISTRICTS, DISTRICTS),
        ("SELECT count(DISTINCT district_soato) FROM offence_month WHERE offences > 0", DISTRICTS, DISTRICTS),
        (
            "SELECT count(DISTINCT district_soato) FROM offence_month WHERE mahallas_crime_free > 0",
            DISTRICTS,
            DISTRICTS,
        ),
        ("SELECT count(DISTINCT district_soato) FROM target", 30, 100),
    ],
)
def test_there_is_enough_of_everything(ask: Ask, statement: str, fewest: int, most: int) -> None:
    ((count,),) = ask(statement)
    assert fewest <= count <= most


NOBODY = {
    "nothing was sent, given, held or done after today": (
        "SELECT id FROM information_request WHERE sent_date > :until OR answered_date > :until UNION ALL"
        " SELECT id FROM support WHERE support_date > :until UNION ALL SELECT id FROM training"
        " WHERE training_date > :until UNION ALL SELECT id FROM meeting WHERE meeting_date > :until"
        " UNION ALL SELECT id FROM decision WHERE done_date > :until"
        " UNION ALL SELECT id FROM award WHERE award_date > :until"
    ),
    "a decision is due and done after its meeting, and evidence says so": (
        "SELECT d.id FROM decision d JOIN meeting m ON m.id = d.meeting_id WHERE d.due_date <= m.meeting_date"
        " OR d.done_date <= m.meeting_date OR (d.done_date IS NULL) <> (d.evidence = '')"
    ),
    "no decision is overdue for longer than ten months": (
        "SELECT id FROM decision WHERE done_date IS NULL AND due_date < '2026-01-20'"
    ),
    "every decision came of something": (
        "SELECT d.id FROM decision d WHERE NOT EXISTS (SELECT 1 FROM decision_cause c WHERE c.decision_id = d.id)"
    ),
    "a decision on an obligation or a memorandum is one of the same district": (
        "SELECT c.decision_id FROM (SELECT c.decision_id, o.memorandum_id FROM decision_cause c JOIN obligation o"
        " ON CAST(o.id AS VARCHAR(20)) = c.reference WHERE c.kind_code = 'obligation' UNION ALL"
        " SELECT c.decision_id, a.id FROM decision_cause c JOIN memorandum a"
        " ON CAST(a.id AS VARCHAR(20)) = c.reference WHERE c.kind_code = 'memorandum') c"
        " JOIN memorandum a ON a.id = c.memorandum_id JOIN decision d ON d.id = c.decision_id"
        " JOIN meeting m ON m.id = d.meeting_id WHERE a.district_soato <> m.area_code"
    ),
    "a training covers posts or NGOs as its audience says": (
        "SELECT t.id FROM training t WHERE (t.audience_code = 'inspectors') <> EXISTS (SELECT 1 FROM training_mahalla"
        " m WHERE m.training_id = t.id) OR (t.audience_code = 'ngo') <> EXISTS (SELECT 1 FROM training_ngo g"
        " WHERE g.training_id = t.id)"
    ),
    "a training covers mahallas of its own district": (
        "SELECT t.id FROM training t JOIN training_mahalla c ON c.training_id = t.id JOIN mahalla m"
        " ON m.id = c.mahalla_id WHERE m.district_soato <> t.district_soato"
    ),
    "only money has an amount among awards": (
        "SELECT id FROM award WHERE (kind_code = 'money') <> (amount_uzs IS NOT NULL)"
    ),
    "a room or a bus has no amount, a grant has one": (
        "SELECT id FROM support WHERE (kind_code IN ('venue', 'transport')) <> (amount_uzs IS NULL)"
    ),
    "parts of the offences fit into the total": (
        "SELECT id FROM offence_month WHERE criminal_search > offences OR youth > offences OR women > offences"
        " OR repeat > offences"
    ),
    "no district has more mahallas without an offence than mahallas": (
        "SELECT c.district_soato FROM offence_month c WHERE c.mahallas_crime_free >"
        " (SELECT count(*) FROM mahalla m WHERE m.district_soato = c.district_soato)"
    ),
    "figures of offences are marked as invented": (
        "SELECT district_soato FROM offence_month WHERE source NOT LIKE 'Namuna%'"
    ),
    "obligations and plan items have their number": (
        "SELECT id FROM obligation WHERE number IS NULL UNION ALL SELECT id FROM plan_item WHERE number IS NULL"
    ),
}


@pytest.mark.parametrize("rule", NOBODY)
def test_no_row_breaks_the_rule(ask: Ask, rule: str) -> None:
    assert ask(NOBODY[rule]) == []


def test_decisions_come_of_indicators_obligations_and_memoranda(ask: Ask) -> None:
    causes = defaultdict(set)
    for kind, reference in ask("SELECT kind_code, reference FROM decision_cause"):
        causes[kind].add(reference)
    assert set(causes) == {DecisionCauseKind.INDICATOR, DecisionCauseKind.OBLIGATION, DecisionCauseKind.MEMORANDUM}
    assert causes[DecisionCauseKind.INDICATOR] <= set(INDICATORS)


def test_targets_are_set_for_declared_indicators_each_year(ask: Ask) -> None:
    rows = ask("SELECT indicator_code, year FROM target WHERE scope_code = 'nation'")
    assert {code for code, _ in rows} <= set(INDICATORS)
    assert {year for _, year in rows} == {2024, 2025, 2026}
    regions = ask("SELECT count(DISTINCT area_code) FROM target WHERE scope_code = 'region' AND year = 2026")
    assert regions == ask("SELECT count(*) FROM region")


def _share_on_time(ask: Ask, table: str, condition: str = "1 = 1") -> float:
    source = {
        "information_request": "information_request",
        "decision": "decision JOIN meeting m ON m.id = meeting_id",
    }[table]
    done = {"information_request": "answered_date", "decision": "done_date"}[table]
    ((due, kept),) = ask(f"SELECT {ON_TIME.format(done=done)} FROM {source} WHERE due_date < :until AND {condition}")  # noqa: S608 - fixed names
    assert due >= 5
    return float(kept / due)


@pytest.mark.parametrize("table", ["information_request", "decision"])
def test_the_stories_hold_in_the_registers(ask: Ask, table: str) -> None:
    def share(story: StoryCode, period: str = "1 = 1") -> float:
        return _share_on_time(ask, table, f"district_soato = '{STORIES[story].district_soato}' AND {period}")

    usual = _share_on_time(ask, table)
    assert 0.5 < usual < 0.75
    assert share(StoryCode.LATE_ANSWERS) < usual - 0.2
    assert share(StoryCode.ON_PAPER) < usual - 0.2
    late = share(StoryCode.IMPROVED, "due_date >= '2026-01-01'")
    assert late > share(StoryCode.IMPROVED, "due_date < '2025-01-01'") + 0.2


def test_some_districts_share_support_out_far_less_evenly(ask: Ask) -> None:
    given = defaultdict(list)
    rows = ask(
        "SELECT district_soato, ngo_id, sum(amount_uzs) FROM support WHERE amount_uzs IS NOT NULL AND"
        " support_date > '2025-11-20' GROUP BY 1, 2"
    )
    for district, _, amount in rows:
        given[district].append(float(amount))
    most = sorted(max(amounts) / sum(amounts) for amounts in given.values() if len(amounts) >= 3)
    assert most[int(0.1 * len(most))] < 0.45
    assert most[int(0.9 * len(most))] > 0.55


def test_offences_follow_the_seasons_and_not_the_work(ask: Ask) -> None:
    months: dict[int, int] = dict(
        ask("SELECT year_month % 100, sum(offences) FROM offence_month WHERE year_month < 202601 GROUP BY 1")
    )
    assert months[7] > 1.15 * months[12]
    rows = ask(
        "SELECT o.rate, e.held * 1.0 / i.inhabitants FROM (SELECT c.district_soato, sum(c.offences) * 1.0 /"
        " max(p.inhabitants) AS rate FROM offence_month c JOIN inhabitants p ON p.district_soato = c.district_soato"
        " GROUP BY 1) o JOIN (SELECT district_soato, sum(events_held) AS held"
        " FROM district_month WHERE direction_code = '' GROUP BY 1) e ON e.district_soato = o.district_soato"
        " JOIN (SELECT district_soato, max(inhabitants) AS inhabitants FROM inhabitants GROUP BY 1) i"
        " ON i.district_soato = o.district_soato"
    )
    offences, events = np.array(rows, dtype=float).T
    assert abs(np.corrcoef(np.log(offences), np.log(events + 1e-6))[0, 1]) < 0.2
