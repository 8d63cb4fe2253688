"""Helpers of the Meeting page's tests: a small district with leaders, packs, decisions, and ways to use the page."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from uuid import uuid4

from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from components.meetings.decision_form import DecisionField as Deciding
from components.shell.filters import PeriodCode, period_of
from data.accounts.accounts import NewAccount, add_account
from data.agenda import agenda_for
from data.database.engine import reading, writing
from data.dates.clock import TASHKENT
from data.meetings import Cause
from data.policy import Actor, Role, Scope
from data.schema import Decision, Pack
from queries.meetings.packs.packs import PackContent, finalise_pack, find_pack
from tests import worlds
from tests.databases import directory
from tests.pages.conftest import TODAY, Desk
from tests.queries.meetings.deciding import change, decide, meet

ADMIN = Actor(Role.ADMIN)
AREA, FAR_AREA = Scope.district(worlds.DISTRICT), Scope.district(worlds.FAR_DISTRICT)
PERIOD = period_of(PeriodCode.LAST_12_MONTHS, TODAY)
NOON = datetime.combine(TODAY, time(12), tzinfo=TASHKENT)
TAKERS = (Role.NATIONAL, Role.REGIONAL, Role.DISTRICT, Role.COORDINATOR, Role.ADMIN)
ACCOUNTS = (
    NewAccount(login="national", role=Role.NATIONAL),
    NewAccount(login="admin", role=Role.ADMIN),
    NewAccount(login="regional", role=Role.REGIONAL, region_soato=worlds.REGION),
    NewAccount(login="district", role=Role.DISTRICT, district_soato=worlds.DISTRICT),
    NewAccount(login="coordinator", role=Role.COORDINATOR, district_soato=worlds.DISTRICT),
)


def ago(days: int) -> date:
    """Return a day before today."""
    return TODAY - timedelta(days=days)


def furnished(engine: Engine) -> None:
    """Fill a database with the directory, leaders of each kind, an event and an overdue obligation in a district."""
    directory(engine)
    with writing(engine) as connection:
        for account in ACCOUNTS:
            add_account(connection, account, password=None, actor="test")
        ngo_id = worlds.make_ngo(connection)
        memorandum_id = worlds.make_memorandum(connection, ngo_ids=(ngo_id,))
        worlds.make_obligation(connection, memorandum_id=memorandum_id, due_date=ago(40))
        worlds.make_event(connection, event_date=ago(60), ngo_ids=(ngo_id,))


def with_pack(engine: Engine) -> None:
    """Fill a database as :func:`furnished` does, with a pack that was finalised today."""
    furnished(engine)
    finalise(engine)


def opened(desk: Desk, role: Role, **address: str) -> AppTest:
    """Open the page in English."""
    app = desk.open(role, "meeting", lang="en", **address)
    assert not app.exception
    return app


def press(app: AppTest, key: str) -> AppTest:
    """Press a button and check that the page has no error afterwards."""
    app.button(key=key).click().run()
    assert not app.exception
    return app


def words(app: AppTest) -> str:
    """Return all texts of the page beside its widgets, without the escapes of Markdown."""
    texts = [*app.title, *app.subheader, *app.caption, *app.markdown, *app.text]
    return " ".join(text.value for text in texts).replace("\\", "")


def finalise(engine: Engine, *, scope: Scope = AREA, day: date = TODAY, number: str = "1") -> PackContent:
    """Store a pack of an area, made on the day of its meeting."""
    meeting_id = meet(engine, scope=scope, number=number, meeting_date=day, now=NOON)
    return finalise_pack(
        engine,
        ADMIN,
        pack_id=str(uuid4()),
        scope=scope,
        period=PERIOD,
        agenda=agenda_for(scope.kind),
        today=day,
        now=NOON,
        meeting_id=meeting_id,
    )


def packs(desk: Desk) -> list[PackContent]:
    """Return all stored packs."""
    with reading(desk.engine) as connection:
        ids = connection.scalars(select(Pack.id)).all()
        return [pack for key in ids if (pack := find_pack(connection, ADMIN, pack_id=key)) is not None]


def taken(desk: Desk) -> list[Decision]:
    """Return all decisions, by meeting and number."""
    with reading(desk.engine) as connection:
        rows = connection.execute(select(Decision.__table__).order_by(Decision.meeting_id, Decision.number)).all()
    return [Decision(**row._mapping) for row in rows]


def decided(desk: Desk, *, text: str = "Repair the office", due: date = TODAY, cause: Cause | None = None) -> str:
    """Store a decision of a meeting held 40 days ago, and return its public id."""
    meeting_id, public_id = meet(desk.engine, number="0", meeting_date=ago(40), now=NOON), str(uuid4())
    causes = [cause] if cause else []
    cache_key = {"text": text, "due_date": due, "causes": causes, "now": NOON}
    decide(desk.engine, ADMIN, public_id=public_id, meeting_id=meeting_id, **cache_key)
    return public_id


def changed(desk: Desk, public_id: str, **values: object) -> None:
    """Change a decision as somebody else, for the first time."""
    change(desk.engine, ADMIN, public_id=public_id, **{"due_date": TODAY, "now": NOON, **values})


def type_decision(app: AppTest, text: str) -> AppTest:
    """Fill in the form without pressing its button."""
    public_id = app.session_state[Deciding.NEXT]
    app.text_area(key=f"{Deciding.TEXT}:{public_id}").set_value(text)
    app.text_input(key=f"{Deciding.OWNER}:{public_id}").set_value("District office")
    return app.run()
