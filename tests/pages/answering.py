"""My evaluations page of an NGO with events, and answering like a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import func, select
from streamlit.testing.v1 import AppTest

from components.evaluations.form_state import OpenForm
from data.accounts.accounts import NewAccount, add_account
from data.codes import DraftItem, EvaluationItem
from data.database.engine import reading, writing
from data.dates import clock
from data.evaluations import Item
from data.language import Language
from data.policy import Actor, Role
from data.schema import Evaluation, EvaluationDraft
from queries.evaluations.drafts import open_draft
from queries.evaluations.submission import submit
from tests.pages.conftest import Desk
from tests.queries.evaluations.evaluating import COMPLETE, Situation, fill
from tests.worlds import make_event, make_ngo

SHORT: Mapping[Item, str] = {
    **dict.fromkeys(EvaluationItem, "4"),
    DraftItem.WOULD_REPEAT: "yes",
    DraftItem.VISIBILITY: "confidential",
}


@dataclass
class NgoDesk:
    """App, signed-in representative of an NGO, and the NGO's events by days since they were held."""

    desk: Desk
    here: Situation
    event_ids: Mapping[int, int]

    def open(self, **address: str) -> AppTest:
        """Open My evaluations, in English, by the URL "/"."""
        return self.desk.open(Role.NGO, lang="en", **address)

    def draft_id(self) -> str:
        """Return the submission id of the only draft."""
        with reading(self.desk.engine) as connection:
            return connection.execute(select(EvaluationDraft.submission_id)).scalar_one()

    def evaluations(self) -> int:
        """Return how many evaluations there are."""
        with reading(self.desk.engine) as connection:
            return connection.execute(select(func.count()).select_from(Evaluation)).scalar_one()

    def send(self, days_ago: int, answers: Mapping[str, str] = COMPLETE) -> str:
        """Send an evaluation without the page and return its receipt's number."""
        draft = open_draft(self.desk.engine, self.here.actor, event_id=self.event_ids[days_ago], now=clock.now())
        submission_id = fill(self.desk.engine, self.here.actor, draft, answers, now=clock.now())
        return submit(self.desk.engine, self.here.actor, submission_id=submission_id, now=clock.now()).number


def make_desk(desk: Desk, *days_ago: int) -> NgoDesk:
    """Create an NGO with events held so many days ago each."""
    with writing(desk.engine) as connection:
        ngo_id = make_ngo(connection)
        today = clock.now().astimezone(clock.TASHKENT).date()
        events = {
            days: make_event(connection, event_date=today - timedelta(days=days), ngo_ids=(ngo_id,))
            for days in days_ago
        }
        account = NewAccount(login="Nodira", role=Role.NGO, ngo_id=ngo_id)
        account_id = add_account(connection, account, password=None, actor="test")
    desk.sign_in_everyone()
    desk.role = Role.NGO
    actor = Actor(Role.NGO, account_id=account_id, login="Nodira", ngo_id=ngo_id)
    return NgoDesk(desk, Situation(actor, ngo_id, next(iter(events.values()), 0)), events)


def said(app: AppTest) -> str:
    """Return everything that the page says outside its fields."""
    spoken = (*app.title, *app.subheader, *app.markdown, *app.caption, *app.info, *app.warning, *app.error)
    return " ".join(element.value for element in (*spoken, *app.success))


def answer(app: AppTest, submission_id: str, item: Item, value: object) -> AppTest:
    """Answer one question as a person does."""
    key = OpenForm(submission_id, Language.EN).key(item)
    if item is DraftItem.VISIBILITY:
        return app.radio(key=key).set_value(value).run()
    if item is DraftItem.PARTICIPANTS:
        return app.number_input(key=key).set_value(value).run()  # type: ignore[arg-type]
    if item in {DraftItem.COMMENT, DraftItem.RECOMMENDATION, DraftItem.OTHER_PROBLEM}:
        return app.text_area(key=key).set_value(str(value)).run()
    return app.button_group(key=key).set_value(value).run()


def answer_all(app: AppTest, submission_id: str) -> AppTest:
    """Answer the required items."""
    for item, value in SHORT.items():
        answer(app, submission_id, item, value)
    return app
