"""Fixtures of the browser tests: one server with demo data, one Chromium, and a check of requests and console."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit
from zlib import crc32

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, StorageState, expect
from sqlalchemy import update

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import get_engine, writing
from data.demo.accounts import DEMO_ACCOUNTS
from data.language import Language
from data.policy import Role
from data.schema import Account
from data.settings import ROOT
from tests.browser.evaluating import NgoServer, ngo_server
from tests.browser.serving import serving
from tests.browser.visiting import WATCH, chromium, sign_in
from tests.databases import Databases, small_demo
from tests.people import PASSWORD
from tests.worlds import DISTRICT, make_ngo

LOOPBACK = frozenset({"localhost", "127.0.0.1", "::1"})
# Opened by a page's address, Streamlit first asks for its server below that address.
STREAMLIT_PROBE = re.compile(r"/\w+/_stcore/(health|host-config)$")
# A busy machine is slow, which is no fault of what is tested; where nothing else is said, this long is waited.
PATIENCE_MS = 60_000
expect.set_options(timeout=PATIENCE_MS)
LOCAL_SCHEMES = frozenset({"data", "blob", "about"})


class Guard:
    """Context of a browser for one test after the other: only the cache of one is left to the next.

    Records every request that would leave this machine, which Chromium's flags block, and errors of the console.
    """

    def __init__(self, context: BrowserContext) -> None:
        self._context = context
        context.set_default_timeout(PATIENCE_MS)
        self.outside: list[str] = []
        self.complaints: list[str] = []
        context.on("request", lambda request: self._note(request.url))
        context.on("page", lambda page: page.on("websocket", lambda socket: self._note(socket.url)))
        context.on("console", self._listen)
        context.on("weberror", lambda error: self.complaints.append(str(error.error)))

    @contextmanager
    def watching(self) -> Iterator[BrowserContext]:
        """Yield the context to a test; afterwards no request may have left the machine, and the console is empty."""
        self.outside.clear()
        self.complaints.clear()
        yield self._context
        for page in self._context.pages:
            page.close()
        self._context.set_offline(False)
        self._context.set_storage_state({"cookies": [], "origins": []})
        assert self.outside == []
        assert self.complaints == []

    @staticmethod
    def is_local(url: str) -> bool:
        """Return whether a URL is on this machine."""
        parts = urlsplit(url)
        return parts.scheme in LOCAL_SCHEMES or parts.hostname in LOOPBACK

    def _note(self, url: str) -> None:
        if not self.is_local(url):
            self.outside.append(url)

    def _listen(self, message: ConsoleMessage) -> None:
        is_probe = STREAMLIT_PROBE.search(message.location["url"]) is not None
        if (message.type == "error" or "Content Security Policy" in message.text) and not is_probe:
            self.complaints.append(f"{message.text} ({message.location['url']})")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a language in all of them, or each in another one of them."""
    if "language" in metafunc.fixturenames and metafunc.definition.get_closest_marker("flow") is not None:
        languages = list(Language)
        if not metafunc.config.getoption("--thorough"):
            languages = [languages[crc32(metafunc.function.__name__.encode()) % len(languages)]]
        metafunc.parametrize("language", languages, ids=str)


@pytest.fixture(scope="session")
def database(databases: Databases) -> Iterator[str]:
    """URL of a small demo database."""
    with databases.copy("sqlite", small_demo) as engine:
        yield engine.url.render_as_string(hide_password=False)


@pytest.fixture(scope="session")
def server(database: str) -> Iterator[str]:
    """Address of the product with that database."""
    with serving(ROOT / "server.py", {"DATABASE_URL": database}) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


@pytest.fixture(scope="session")
def cookies(server: str, browser: Browser) -> StorageState:
    """Cookies of the national leadership, signed in."""
    account = next(account for account in DEMO_ACCOUNTS if account.role is Role.NATIONAL)
    return sign_in(browser, server, login=account.login, password=account.password)


@pytest.fixture(scope="session")
def guard(browser: Browser) -> Iterator[Guard]:
    """Context with a window of a desk, for all tests of a process."""
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_init_script(path=WATCH)
    yield Guard(context)
    context.close()


@pytest.fixture(autouse=True)
def languages_as_they_were(request: pytest.FixtureRequest) -> Iterator[None]:
    """Give the accounts of the demo their language back, which a choice on a page stores with them."""
    yield
    if "database" in request.fixturenames:
        with writing(get_engine(request.getfixturevalue("database"))) as connection:
            connection.execute(update(Account).values(language_code=Language.UZ_LATN.value))


@pytest.fixture
def guarded(guard: Guard) -> Iterator[BrowserContext]:
    """Context as if it were new; afterwards no request may have left the machine and the console has no errors."""
    with guard.watching() as context:
        yield context


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[NgoServer]:
    """A server with an NGO and the coordinator of its district; tests add what else they need."""
    with ngo_server(tmp_path_factory.mktemp("office")) as served:
        with writing(served.engine) as connection:
            for account in (
                NewAccount(login="vakil", role=Role.NGO, ngo_id=make_ngo(connection, name="Umid")),
                NewAccount(login="muvofiq", role=Role.COORDINATOR, district_soato=DISTRICT),
            ):
                add_account(connection, account, password=PASSWORD, actor="test")
        yield served
