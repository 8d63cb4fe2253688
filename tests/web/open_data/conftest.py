"""Fixtures: a server that is open to the public, with two NGOs, their events, memorandum and support."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from sqlalchemy import Engine, insert
from starlette.testclient import TestClient

from data.codes import Direction
from data.database.engine import writing
from data.dates import clock
from data.open_data import NATION_CODE
from data.schema import Meta, Support
from data.settings import Settings
from queries.open_data import tables
from queries.open_data.figures import open_months, open_years, whole_years
from tests.databases import Databases
from tests.web.conftest import browser_of
from tests.worlds import DISTRICT, FAR_DISTRICT, REGION, add, make_event, make_memorandum, make_ngo
from web.server_context import ServerContext

TODAY = date(2026, 1, 15)
FORMULA = "=1+1 jamgʻarmasi"


@pytest.fixture(scope="package", autouse=True)
def quick_figures() -> Iterator[None]:
    """One day for all tests; months of a few areas and one year, as all of them take seconds to compute."""
    rows: dict[str, tables.Read] = {
        "indicator_months": lambda connection, actor, today: open_months(
            connection, actor, today=today, area_codes=[NATION_CODE, REGION, DISTRICT]
        ),
        "indicator_years": lambda connection, actor, today: open_years(
            connection, actor, today=today, years=whole_years(today)[-1:]
        ),
    }
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(clock, "today", lambda: TODAY)
        patch.setattr(tables, "ROWS", {**tables.ROWS, **rows})
        yield


def fill(engine: Engine) -> None:
    """Fill a database with what two NGOs signed, held and were given, marked as demo."""
    with writing(engine) as connection:
        umid = make_ngo(connection, name="Umid <b>markazi</b>")
        nur = make_ngo(connection, name="Nur", district_soato=FAR_DISTRICT)
        make_memorandum(connection, ngo_ids=(umid,), expiry_date=date(2026, 12, 31))
        for month in range(1, 9):
            make_event(connection, event_date=date(2025, month, 4), ngo_ids=(umid,), direction=Direction.SOCIAL_HELP)
        make_event(connection, event_date=date(2025, 5, 4), district_soato=FAR_DISTRICT, ngo_ids=(nur,))
        for number, district, amount in (("K-1", DISTRICT, 2_000_000), ("K-2", FAR_DISTRICT, None)):
            values = {"kind_code": "equipment", "support_date": date(2025, 3, 1), "source": FORMULA}
            add(connection, Support, number=number, district_soato=district, ngo_id=umid, amount_uzs=amount, **values)
        connection.execute(insert(Meta).values(key="demo_loaded", value="2026-01-01"))


def server_of(engine: Engine, **settings: object) -> ServerContext:
    """Return a server that is open to the public."""
    opened = {"public_view": True, "open_data_requests": 100_000, **settings}
    return ServerContext(engine, Settings().model_copy(update=opened))


@pytest.fixture
def world(engine: Engine) -> Engine:
    """Database of its own for a test that writes, or counts what is asked of it."""
    fill(engine)
    return engine


@pytest.fixture(scope="package")
def visitor(databases: Databases) -> Iterator[TestClient]:
    """Browser of somebody without an account, at a server whose files all tests share."""
    with databases.copy("sqlite") as engine:
        fill(engine)
        named = {"operator": "Ichki ishlar vazirligi", "operator_contact": "hamkor@example.uz"}
        yield browser_of(server_of(engine, **named))


@pytest.fixture(autouse=True)
def no_cookies(visitor: TestClient) -> None:
    """Forget the language that the test before has chosen."""
    visitor.cookies.clear()
