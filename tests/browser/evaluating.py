"""Phone of an NGO's representative: a server of its own, accounts with one event each, and taps."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import count
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import Engine, func, select

from data.accounts.accounts import NewAccount, add_account
from data.codes import EvaluationItem
from data.database.engine import new_engine, reading, writing
from data.database.migrate import migrate
from data.dates import clock
from data.directory import load_directory
from data.policy import Role
from data.schema import Account, Evaluation, EvaluationDraft, EvaluationDraftAnswer
from data.settings import ROOT
from tests.browser.serving import serving
from tests.people import PASSWORD
from tests.worlds import make_event, make_mahalla, make_ngo

PATIENCE_MS = 30_000
_numbers = count(1)


@dataclass(frozen=True)
class NgoServer:
    """A running server and its database."""

    address: str
    engine: Engine

    def add_account(self, *, events: int = 1) -> str:
        """Create an NGO with recent events to evaluate, and return the login of its representative."""
        login = f"vakil{next(_numbers)}"
        today = clock.today()
        with writing(self.engine) as connection:
            ngo_id, mahalla_id = make_ngo(connection), make_mahalla(connection)
            for number in range(events):
                day = today - timedelta(days=3 + number)
                make_event(connection, event_date=day, mahalla_id=mahalla_id, ngo_ids=(ngo_id,))
            account = NewAccount(login=login, role=Role.NGO, ngo_id=ngo_id)
            add_account(connection, account, password=PASSWORD, actor="test")
        return login

    def evaluations(self, login: str) -> int:
        """Return how many evaluations the NGO of an account has sent."""
        ngo_id = select(Account.ngo_id).where(Account.login == login).scalar_subquery()
        with reading(self.engine) as connection:
            counted = select(func.count()).select_from(Evaluation).where(Evaluation.ngo_id == ngo_id)
            return connection.execute(counted).scalar_one()

    def answer(self, login: str, item: str) -> str:
        """Return the stored answer to an item in the draft of an account's NGO, "" for none."""
        ngo_id = select(Account.ngo_id).where(Account.login == login).scalar_subquery()
        stored = (
            select(EvaluationDraftAnswer.value)
            .join(EvaluationDraft, EvaluationDraft.submission_id == EvaluationDraftAnswer.submission_id)
            .where(EvaluationDraft.ngo_id == ngo_id, EvaluationDraftAnswer.item_code == item)
        )
        with reading(self.engine) as connection:
            return connection.execute(stored).scalar() or ""


@contextmanager
def ngo_server(folder: Path) -> Iterator[NgoServer]:
    """A server with the directory and nothing else, until the block ends."""
    url = f"sqlite:///{folder / 'ngo.db'}"
    engine = new_engine(url)
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)
    with serving(ROOT / "server.py", {"DATABASE_URL": url}) as address:
        yield NgoServer(address, engine)
    engine.dispose()


def field(page: Page, item: str) -> Locator:
    """Return the field of an item."""
    return page.locator(f"[class*='st-key-{item}-']")


def mark(page: Page, item: EvaluationItem, position: int) -> Locator:
    """Return a button of an item: 0 to 4 for the ratings, 5 for not applicable."""
    return field(page, item).locator("button").nth(position)


def wait_until_saved(page: Page, answered: int) -> None:
    """Wait until the page says how many answers are stored."""
    expect(page.get_by_text(f"{answered} of 9 answered, saved").first).to_be_visible(timeout=PATIENCE_MS)


def receipt_number(page: Page) -> str:
    """Wait for the receipt and return its number."""
    heading = page.locator(".st-key-receipt h3")
    expect(heading).to_be_visible(timeout=PATIENCE_MS)
    return heading.inner_text()


def sign_in_here(page: Page, server: NgoServer, login: str) -> None:
    """Sign in by the form, in English, and wait for the evaluation form."""
    page.goto(f"{server.address}/sign-in?lang=en")
    page.fill("#login", login)
    page.fill("#password", PASSWORD)
    page.click("form:has(#login) button[type=submit]")
    expect(page.locator(".st-key-evaluation")).to_be_visible(timeout=PATIENCE_MS)


def answer_everything(page: Page) -> Locator:
    """Answer the required items, as fast as a person cannot, and return the button that sends."""
    for position, item in enumerate(EvaluationItem):
        mark(page, item, position % 6).click()
        wait_until_saved(page, position + 1)
    field(page, "would_repeat").locator("button").first.click()
    # What is said below it once it is stored moves the next field.
    wait_until_saved(page, 8)
    field(page, "visibility").locator("label").last.click()
    wait_until_saved(page, 9)
    return page.locator("[class*='st-key-send-'] button")
