"""App of a signed-in person without a browser: on a small demo and on an empty database."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from unittest.mock import patch

import pytest
from sqlalchemy import Engine, select
from streamlit.components.v2.manifest_scanner import scan_component_manifests
from streamlit.runtime.pages_manager import PagesManager
from streamlit.runtime.scriptrunner.script_cache import ScriptCache
from streamlit.testing.v1 import AppTest

from components.maps.district_map import DistrictLayer
from data.accounts.accounts import NewAccount, add_account
from data.database.engine import writing
from data.dates import clock
from data.policy import Role
from data.schema import Account
from data.settings import ROOT, get_settings
from queries.accounts.sessions import SESSION_COOKIE, start_session
from tests.databases import DEMO_UNTIL, Databases, demo
from tests.worlds import DISTRICT, make_ngo

TODAY = DEMO_UNTIL
PAGES = {
    "overview": "",
    "district": "pages/district.py",
    "memoranda": "pages/memoranda.py",
    "registers": "pages/registers.py",
    "desk": "pages/desk.py",
    "plan": "pages/plan.py",
    "evaluations": "pages/evaluations.py",
    "effectiveness": "pages/effectiveness.py",
    "meeting": "pages/meeting.py",
    "method": "pages/method.py",
    "upload": "pages/upload.py",
    "accounts": "pages/accounts.py",
    "audit": "pages/audit.py",
    "notices": "pages/notices.py",
}
# Opened by links only, with the id of a record.
RECORD_PAGES = {
    "memorandum": "pages/memorandum.py",
    "new_memorandum": "pages/new_memorandum.py",
    "event": "pages/event.py",
    "plan_item": "pages/plan_item.py",
    "ngo": "pages/ngo.py",
    "mahalla": "pages/mahalla.py",
    "my_account": "pages/my_account.py",
}
# Opened by NGOs alone.
NGO_PAGES = {"my_organisation": "pages/my_organisation.py"}
SIGNED_IN = [role for role in Role if role is not Role.PUBLIC]
TIMEOUT = 60


@dataclass
class Desk:
    """Database and sessions of one account a role; ``links`` are those of the map that was drawn last."""

    engine: Engine
    sessions: Mapping[Role, str]
    role: Role = Role.NATIONAL
    links: str = ""

    def cookie(self, name: str) -> str | None:
        """Return the browser's cookies."""
        return self.sessions.get(self.role) if name == SESSION_COOKIE else None

    def sign_in_everyone(self) -> None:
        """Start a session for an account of each role that the database has."""
        self.sessions = _sign_in_everyone(self.engine)

    def draw_map(self, *_args: object, feature_group_to_add: DistrictLayer, **_kwargs: object) -> None:
        """Draw a map as streamlit-folium does, which AppTest cannot."""
        self.links = feature_group_to_add.links

    def open(self, role: Role, page: str = "overview", /, **address: str) -> AppTest:
        """Open a page as a role, by its URL with other parameters."""
        self.role = role
        app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=TIMEOUT)
        for name, value in address.items():
            app.query_params[name] = value
        file = {**PAGES, **RECORD_PAGES, **NGO_PAGES}[page]
        if page in {"plan_item", "my_organisation", "my_account"}:
            # Their addresses are not the names of their files, which the app knows once it has run.
            app.run().switch_page(file)
            for name, value in address.items():
                app.query_params[name] = value
            return app.run()
        return (app.switch_page(file) if file else app).run()


Opened = Callable[..., AppTest]


def _sign_in_everyone(engine: Engine) -> dict[Role, str]:
    with writing(engine) as connection:
        rows = connection.execute(select(Account.id, Account.role_code)).all()
        return {
            Role(code): start_session(connection, account_id=account_id, address="", now=clock.now())
            for account_id, code in rows
        }


class MenuPages(PagesManager):
    """Pages as the server has them: only those of ``st.navigation``, not those of a folder called "pages"."""


@pytest.fixture(scope="session", autouse=True)
def quick_runs() -> Iterator[None]:
    """Save what a run of an app costs beside the app.

    Installed components of Streamlit are looked for once: for each test it would read the metadata of all packages.
    The scripts of pages are compiled once, as on a server: each run would compile those that it comes to.
    The end of a run is waited for: it would be asked for a thousand times a second, while the run needs the time.
    """
    found, scripts = scan_component_manifests(), ScriptCache()
    with (
        patch("streamlit.testing.v1.app_test.ScriptCache", lambda: scripts),
        patch("streamlit.testing.v1.local_script_runner.ScriptCache", lambda: scripts),
        patch("streamlit.components.v2.manifest_scanner.scan_component_manifests", lambda: found),
        patch(
            "streamlit.testing.v1.local_script_runner.require_widgets_deltas", lambda runner, _timeout: runner.join()
        ),
    ):
        yield


@contextmanager
def _serving(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    monkeypatch.setenv("DATABASE_URL", desk.engine.url.render_as_string(hide_password=False))
    monkeypatch.setattr(PagesManager, "uses_pages_directory", False)
    monkeypatch.setattr("streamlit.testing.v1.app_test.PagesManager", MenuPages)
    get_settings.cache_clear()
    with (
        patch("pages.loaders.identity.cookie", desk.cookie),
        patch("components.maps.district_map.st_folium", desk.draw_map),
        patch("data.dates.clock.today", lambda: TODAY),
    ):
        yield desk
    get_settings.cache_clear()


@pytest.fixture(scope="session")
def demo_engine(databases: Databases) -> Iterator[Engine]:
    """Demo at its usual scale, loaded once and only read."""
    with databases.copy("sqlite", demo) as engine:
        yield engine


@pytest.fixture
def desk(demo_engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """App on the demo, which is only read: results stay cached from one test to the next."""
    with _serving(Desk(demo_engine, _sign_in_everyone(demo_engine)), monkeypatch) as served:
        yield served


@pytest.fixture
def bare_desk(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """App on a database with the directory only, on SQLite and on PostgreSQL; the test adds who signs in."""
    with _serving(Desk(engine, {}), monkeypatch) as served:
        yield served


@pytest.fixture
def empty_desk(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """App on a database with the directory and accounts only, on SQLite and on PostgreSQL."""
    accounts = [
        NewAccount(login="national", role=Role.NATIONAL),
        NewAccount(login="district", role=Role.DISTRICT, district_soato="1703202"),
        NewAccount(login="admin", role=Role.ADMIN),
    ]
    with writing(engine) as connection:
        for account in accounts:
            add_account(connection, account, password=None, actor="test")
    with _serving(Desk(engine, _sign_in_everyone(engine)), monkeypatch) as served:
        yield served


@pytest.fixture
def ngo_desk(bare_desk: Desk) -> Iterator[Desk]:
    """App on the real day, as drafts and sessions have the real time."""
    with patch("data.dates.clock.today", lambda: clock.now().astimezone(clock.TASHKENT).date()):
        yield bare_desk


@pytest.fixture
def office(databases: Databases, monkeypatch: pytest.MonkeyPatch) -> Iterator[Desk]:
    """App on a district with an NGO, its coordinator and its leadership."""
    with databases.copy("sqlite") as engine, _serving(Desk(engine, {}), monkeypatch) as served:
        with writing(engine) as connection:
            for account in (
                NewAccount(login="c", role=Role.COORDINATOR, district_soato=DISTRICT),
                NewAccount(login="d", role=Role.DISTRICT, district_soato=DISTRICT),
                NewAccount(login="n", role=Role.NGO, ngo_id=make_ngo(connection, name="Umid")),
            ):
                add_account(connection, account, password=None, actor="test")
        served.sign_in_everyone()
        yield served
