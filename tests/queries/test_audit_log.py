"""Audit log: read and downloaded by administrators alone, and silent on who sent a confidential evaluation."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, Engine, insert, select, text

from data.codes import RecommendationAction, Visibility
from data.database import audit
from data.database.engine import reading, writing
from data.policy import Actor, ForbiddenError, Role
from data.schema import AuditEntry
from queries.audit_log import (
    MOST_COUNTED,
    AuditFilter,
    audit_entries,
    audit_options,
    download_audit,
    logins_by_id,
    ngo_names_by_id,
)
from tests.people import add_person
from tests.worlds import make_evaluation, make_event, make_ngo, make_recommendation

ADMIN = Actor(Role.ADMIN, login="admin")
NGO_STEP, OUR_STEP = RecommendationAction.CONFIRMED.value, RecommendationAction.ACCEPTED.value


def record(connection: Connection, action: str, entity: str, entity_id: object, actor: str = "someone") -> None:
    audit.record(connection, actor=actor, action=action, entity=entity, entity_id=entity_id)


def found(engine: Engine, **wanted: object) -> list[tuple[str, str, str]]:
    """Return action, kind and id of the entries that are asked for, the newest first."""
    with reading(engine) as connection:
        page = audit_entries(connection, ADMIN, AuditFilter(**wanted), limit=100)  # type: ignore[arg-type]
    rows = page.frame[["action_code", "entity", "entity_id"]].itertuples(index=False)
    return [tuple(row) for row in rows]


def test_nobody_else_reads_or_downloads_it(engine: Engine) -> None:
    former = Actor(Role.ADMIN, account_id=add_person(engine), login="nodira")
    with pytest.raises(ForbiddenError):
        download_audit(engine, former, AuditFilter(), file_kind="csv")
    for role in (role for role in Role if role is not Role.ADMIN):
        with reading(engine) as connection:
            for read in (
                lambda by, connection=connection: audit_entries(connection, by, AuditFilter(), limit=1),
                lambda by, connection=connection: audit_options(connection, by),
                lambda by, connection=connection: ngo_names_by_id(connection, by, {1}),
                lambda by, connection=connection: logins_by_id(connection, by, {"1"}),
            ):
                with pytest.raises(ForbiddenError):
                    read(Actor(role))
        with pytest.raises(ForbiddenError):
            download_audit(engine, Actor(role), AuditFilter(), file_kind="csv")


@pytest.mark.both_databases
def test_it_is_narrowed_by_person_action_kind_record_and_days(engine: Engine) -> None:
    with writing(engine) as connection:
        for number, day in enumerate((1, 2, 3)):
            row = {
                "at": datetime(2026, 3, day, 20, tzinfo=UTC),
                "actor": f"person{number}",
                "action_code": "form_added" if number else "sign_in",
                "entity": "award" if number else "account",
                "entity_id": str(number),
            }
            connection.execute(insert(AuditEntry).values(**row))
    every = found(engine)
    assert every == [("form_added", "award", "2"), ("form_added", "award", "1"), ("sign_in", "account", "0")]
    assert found(engine, actor="person1") == every[1:2]
    assert found(engine, action="sign_in") == every[2:]
    assert found(engine, entity="award", entity_id="2") == every[:1]
    # At 20:00 in UTC it is one o'clock of the next day in Tashkent.
    assert found(engine, since=date(2026, 3, 3), until=date(2026, 3, 3)) == every[1:2]
    assert found(engine, until=date(2026, 3, 1)) == []
    with reading(engine) as connection:
        options = audit_options(connection, ADMIN)
    assert options.actors == ("person0", "person1", "person2")
    assert (options.actions, options.entities) == (("form_added", "sign_in"), ("account", "award"))


@pytest.mark.both_databases
def test_it_never_tells_who_sent_a_confidential_evaluation(engine: Engine) -> None:
    with writing(engine) as connection:
        for visibility in Visibility:
            ngo = make_ngo(connection)
            event = make_event(connection, event_date=date(2025, 3, 1), ngo_ids=(ngo,))
            day = date(2025, 3, 5)
            evaluation = make_evaluation(
                connection, event_id=event, ngo_id=ngo, submitted_date=day, visibility=visibility
            )
            recommendation = make_recommendation(connection, evaluation_id=evaluation, created_date=day)
            record(connection, "submitted", "evaluation", evaluation)
            record(connection, NGO_STEP, "recommendation", recommendation)
            record(connection, OUR_STEP, "recommendation", recommendation)
            if visibility is Visibility.NAMED:
                named = str(evaluation), str(recommendation)
        record(connection, "frozen", "pack", "not-a-number")
        confidential = str(recommendation)
    expected = {
        ("submitted", "evaluation", named[0]),
        (NGO_STEP, "recommendation", named[1]),
        (OUR_STEP, "recommendation", named[1]),
        (OUR_STEP, "recommendation", confidential),
        ("frozen", "pack", "not-a-number"),
    }
    assert set(found(engine)) == expected
    frame = download_audit(engine, ADMIN, AuditFilter(), file_kind="csv")
    assert len(frame) == len(expected)


def test_a_download_is_an_entry_that_says_what_was_asked_for(engine: Engine) -> None:
    download_audit(engine, ADMIN, AuditFilter(actor="zebo", since=date(2026, 1, 2)), file_kind="xlsx")
    with reading(engine) as connection:
        entry = connection.execute(select(AuditEntry)).one()
    assert (entry.actor, entry.action_code, entry.entity) == ("admin", "downloaded", "audit_entry")
    assert entry.after == {"file": "xlsx", "rows": 0, "actor": "zebo", "since": "2026-01-02"}


def test_each_filter_has_its_index(engine: Engine) -> None:
    plans = []
    with reading(engine) as connection:
        for condition in ("1 = 1", "actor = 'a'", "action_code = 'a'", "entity = 'a'", "at > '2026'"):
            statement = f"SELECT id FROM audit_entry WHERE {condition} ORDER BY at DESC, id DESC LIMIT 25"  # noqa: S608
            plans.append([row[-1] for row in connection.execute(text(f"EXPLAIN QUERY PLAN {statement}"))])
    assert all("USING" in plan[0] and "INDEX ix_audit_entry" in plan[0] and len(plan) == 1 for plan in plans), plans


def test_more_entries_than_are_counted_are_said_to_be_more(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_COUNTED >= 1000
    monkeypatch.setattr("queries.audit_log.MOST_COUNTED", 2)
    with writing(engine) as connection:
        for number in range(3):
            record(connection, "sign_in", "account", number)
    with reading(engine) as connection:
        page = audit_entries(connection, ADMIN, AuditFilter(), limit=25)
    assert (page.total, page.is_more) == (2, True)
