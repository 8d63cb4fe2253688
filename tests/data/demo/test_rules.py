"""Demo rows obey the rules of the domain; each statement finds the rows that would break one."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import Engine

from tests.data.demo.conftest import Ask

NOBODY = {
    "groups of participants fit into the total": (
        "SELECT id FROM joint_event WHERE participants_young > participants_total"
        " OR participants_women > participants_total OR participants_at_risk > participants_total"
        " OR participants_victims > participants_total"
    ),
    "only held events have participants, and all of them do": (
        "SELECT id FROM joint_event WHERE (state_code = 'held') <> (participants_total > 0)"
    ),
    "cancelled events, and no others, have a reason": (
        "SELECT id FROM joint_event WHERE (state_code = 'cancelled') <> (cancel_reason <> '')"
    ),
    "planned events lie ahead, all others do not": (
        "SELECT id FROM joint_event WHERE (state_code = 'planned') <> (event_date > :until)"
    ),
    "every event has an NGO": (
        "SELECT id FROM joint_event e WHERE NOT EXISTS (SELECT 1 FROM joint_event_ngo g WHERE g.event_id = e.id)"
    ),
    "an event lies in a mahalla of its district": (
        "SELECT e.id FROM joint_event e JOIN mahalla m ON m.id = e.mahalla_id"
        " WHERE m.district_soato <> e.district_soato"
    ),
    "an event stands under a memorandum of its district that had begun and had not ended": (
        "SELECT e.id FROM joint_event e JOIN memorandum m ON m.id = e.memorandum_id"
        " WHERE m.district_soato <> e.district_soato OR e.event_date < m.start_date"
        " OR e.event_date >= m.terminated_date OR (e.event_date > m.expiry_date"
        " AND NOT EXISTS (SELECT 1 FROM memorandum_amendment a"
        " WHERE a.memorandum_id = m.id AND a.expiry_date >= e.event_date))"
    ),
    "an event under a memorandum is held by one of its parties": (
        "SELECT e.id FROM joint_event e WHERE e.memorandum_id IS NOT NULL"
        " AND NOT EXISTS (SELECT 1 FROM joint_event_ngo g JOIN memorandum_ngo p ON p.ngo_id = g.ngo_id"
        " WHERE g.event_id = e.id AND p.memorandum_id = e.memorandum_id)"
    ),
    "prevention days are Thursdays": "SELECT id FROM joint_event WHERE form_code = 'prevention_day' AND {weekday} <> 4",
    "an event fulfils a plan item of its district, month and direction": (
        "SELECT e.id FROM joint_event e JOIN plan_item p ON p.id = e.plan_item_id"
        " WHERE p.district_soato <> e.district_soato OR p.direction_code <> e.direction_code"
        " OR p.mahalla_id <> e.mahalla_id OR p.year * 100 + p.month <> {year_month}"
    ),
    "a plan item is fulfilled once": (
        "SELECT plan_item_id FROM joint_event WHERE plan_item_id IS NOT NULL GROUP BY 1 HAVING count(*) > 1"
    ),
    "evaluations are of held events by one of their NGOs": (
        "SELECT v.id FROM evaluation v JOIN joint_event e ON e.id = v.event_id"
        " WHERE e.state_code <> 'held' OR NOT EXISTS (SELECT 1 FROM joint_event_ngo g"
        " WHERE g.event_id = v.event_id AND g.ngo_id = v.ngo_id)"
    ),
    "evaluations are sent after their event and before today": (
        "SELECT v.id FROM evaluation v JOIN joint_event e ON e.id = v.event_id"
        " WHERE v.submitted_date < e.event_date OR v.submitted_date >= :until"
    ),
    "every evaluation was sent, after it was begun, and says whether it would be held again": (
        "SELECT id FROM evaluation WHERE NOT (state_code = 'submitted' AND submitted_at IS NOT NULL"
        " AND submitted_date IS NOT NULL AND would_repeat_code IS NOT NULL AND created_at < submitted_at)"
    ),
    "a draft has answers, and is of a held event of its NGO that nobody evaluated for it": (
        "SELECT d.event_id FROM evaluation_draft d JOIN joint_event e ON e.id = d.event_id WHERE e.state_code <> 'held'"
        " OR NOT EXISTS (SELECT 1 FROM joint_event_ngo g WHERE g.event_id = d.event_id AND g.ngo_id = d.ngo_id)"
        " OR EXISTS (SELECT 1 FROM evaluation v WHERE v.event_id = d.event_id AND v.ngo_id = d.ngo_id)"
        " OR (SELECT count(*) FROM evaluation_draft_answer a WHERE a.submission_id = d.submission_id) < 8"
    ),
    "every evaluation has at least one mark": "SELECT id FROM evaluation WHERE mark_mean IS NULL",
    "a replaced version has its successor": (
        "SELECT v.id FROM evaluation v WHERE NOT v.is_current AND NOT EXISTS (SELECT 1 FROM evaluation n"
        " WHERE n.event_id = v.event_id AND n.ngo_id = v.ngo_id AND n.version = v.version + 1 AND n.is_current)"
    ),
    "only another problem has a text of its own": (
        "SELECT evaluation_id FROM evaluation_problem WHERE (problem_code = 'other') <> (other_text <> '')"
    ),
    "recommendations come from current, sent evaluations of their district": (
        "SELECT r.id FROM recommendation r JOIN evaluation v ON v.id = r.evaluation_id JOIN joint_event e"
        " ON e.id = v.event_id WHERE NOT v.is_current OR v.state_code <> 'submitted'"
        " OR r.created_date <> v.submitted_date OR e.district_soato <> r.district_soato"
    ),
    "a recommendation is answered unless it is new, and nothing lies ahead": (
        "SELECT id FROM recommendation WHERE (state_code = 'new') <> (answered_date IS NULL) OR (answer = '') <>"
        " (answered_date IS NULL) OR answered_date < created_date OR closed_date < answered_date"
        " OR answered_date > :until OR closed_date > :until"
    ),
    "a recommendation is in the state that the last step of its thread left": (
        "SELECT r.id FROM recommendation r LEFT JOIN recommendation_step s ON s.id = (SELECT max(l.id) FROM"
        " recommendation_step l WHERE l.recommendation_id = r.id) WHERE r.state_code <> CASE s.action_code"
        " WHEN 'accepted' THEN 'accepted' WHEN 'declined' THEN 'declined' WHEN 'done' THEN 'done'"
        " WHEN 'confirmed' THEN 'closed' WHEN 'reopened' THEN 'accepted' ELSE 'new' END"
    ),
    "nothing is done about a recommendation before the district can see it": (
        "SELECT r.id FROM recommendation r WHERE (r.released_date IS NULL OR r.answered_date < r.released_date)"
        " AND EXISTS (SELECT 1 FROM recommendation_step s WHERE s.recommendation_id = r.id)"
    ),
    "whoever accepts names an owner and a deadline": (
        "SELECT id FROM recommendation WHERE (state_code IN ('accepted', 'done', 'closed'))"
        " <> (owner <> '' AND deadline_date IS NOT NULL)"
    ),
    "the steps of a thread follow each other in time": (
        "SELECT l.id FROM recommendation_step l JOIN recommendation_step e ON e.recommendation_id ="
        " l.recommendation_id AND e.id < l.id WHERE e.at >= l.at"
    ),
    "obligations are due after the memorandum began and fulfilled by today": (
        "SELECT o.id FROM obligation o JOIN memorandum m ON m.id = o.memorandum_id"
        " WHERE o.due_date < m.start_date OR o.fulfilled_date < m.start_date OR o.fulfilled_date > :until"
    ),
    "NGOs work in their own region": (
        "SELECT e.id FROM joint_event e JOIN joint_event_ngo g ON g.event_id = e.id JOIN ngo n ON n.id = g.ngo_id"
        " WHERE substr(n.district_soato, 1, 4) <> substr(e.district_soato, 1, 4)"
    ),
    "no NGO that has stopped holds events": (
        "SELECT g.event_id FROM joint_event_ngo g JOIN ngo n ON n.id = g.ngo_id WHERE NOT n.is_active"
    ),
}
DATE_PARTS = {
    "sqlite": {
        "{weekday}": "CAST(strftime('%w', event_date) AS INTEGER)",
        "{year_month}": "CAST(strftime('%Y%m', e.event_date) AS INTEGER)",
    },
    "postgresql": {
        "{weekday}": "extract(dow FROM event_date)",
        "{year_month}": "extract(year FROM e.event_date) * 100 + extract(month FROM e.event_date)",
    },
}


@pytest.mark.parametrize("rule", NOBODY)
def test_no_row_breaks_the_rule(ask: Ask, demo: Engine, rule: str) -> None:
    statement = NOBODY[rule]
    for part, words in DATE_PARTS[demo.dialect.name].items():
        statement = statement.replace(part, words)
    assert ask(statement) == []


def test_texts_hold_no_number_of_a_person(ask: Ask) -> None:
    texts = ask(
        "SELECT comment FROM evaluation UNION SELECT text FROM recommendation UNION SELECT answer FROM recommendation"
        " UNION SELECT text FROM recommendation_step"
        " UNION SELECT title FROM joint_event UNION SELECT contact FROM ngo UNION SELECT evidence FROM obligation"
    )
    assert [text for (text,) in texts if re.search(r"\d{7}|\+998", text)] == []


def test_sums_for_the_pages_are_ready(ask: Ask) -> None:
    assert ask("SELECT count(*) FROM stale_month") == [(0,)]
    kept = ask("SELECT sum(events_held), sum(participants_total) FROM district_month WHERE direction_code = ''")
    counted = ask("SELECT count(*), sum(participants_total) FROM joint_event WHERE state_code = 'held'")
    assert kept == counted
