"""Readiness is correct and reveals no secrets."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Engine, text
from starlette.testclient import TestClient

from data.database.engine import get_engine, writing
from queries.accounts.sessions import SESSION_COOKIE
from web.ready import Readiness, readiness


def test_a_current_database_is_ready(browser: TestClient) -> None:
    response = browser.get("/ready")
    assert (response.status_code, response.json()) == (200, {"status": "ready"})
    assert response.headers["cache-control"] == "no-store"


def test_an_old_schema_is_not(engine: Engine, browser: TestClient) -> None:
    with writing(engine) as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'older'"))
    response = browser.get("/ready")
    assert (response.status_code, response.json()) == (503, {"status": "schema is not current"})


def test_without_a_database_the_own_pages_say_so_calmly_and_others_are_left_to_the_app(stranger: TestClient) -> None:
    stranger.cookies.set(SESSION_COOKIE, "x")
    page = stranger.get("/sign-in?lang=en")
    assert page.status_code == 503
    assert "The database does not answer." in page.text
    assert "sqlite" not in page.text.lower()
    assert stranger.get("/district").status_code == 200


def test_an_empty_or_absent_database_is_not(tmp_path: Path) -> None:
    assert readiness(get_engine(f"sqlite:///{tmp_path / 'empty.db'}")) is Readiness.OLD_SCHEMA
    absent = get_engine("postgresql://someone:secret@127.0.0.1:1/none")
    assert readiness(absent) is Readiness.NO_DATABASE
