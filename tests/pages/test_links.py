"""Whatever names a memorandum, event, NGO or mahalla in a table or list of any page leads to its page."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape

import pytest
from sqlalchemy import Engine, select
from streamlit.testing.v1 import AppTest

from components.registers.records import DESK_REGISTERS
from components.shell.filters import EvaluationsPart
from data.database.engine import reading
from data.demo.accounts import HOME
from data.policy import Role
from data.schema import Account, JointEvent, Mahalla, Memorandum, MemorandumNgo, Ngo
from tests.pages.conftest import Desk

REGION = HOME[:4]
# The parts of pages that have rows of records, as who sees most of them, with their address; {ngo} and so on are ids.
SCREENS: tuple[tuple[Role, str, dict[str, str]], ...] = (
    (Role.COORDINATOR, "overview", {}),
    (Role.COORDINATOR, "district", {"area": HOME}),
    *((Role.COORDINATOR, "memoranda", {"memoranda_part": part}) for part in ("register", "timeline", "obligations")),
    (Role.REGIONAL, "memoranda", {"area": REGION}),
    (Role.COORDINATOR, "memorandum", {"record": "{memorandum}"}),
    *((Role.COORDINATOR, "plan", {"view": view}) for view in ("grid", "calendar", "list", "proposals")),
    (Role.REGIONAL, "plan", {"view": "list", "area": REGION}),
    (Role.COORDINATOR, "event", {"record": "{event}"}),
    (Role.COORDINATOR, "ngo", {"record": "{ngo}"}),
    (Role.COORDINATOR, "mahalla", {"record": "{mahalla}"}),
    *((Role.COORDINATOR, "desk", {"view": part}) for part in DESK_REGISTERS),
    (Role.REGIONAL, "desk", {"view": "supports", "area": REGION}),
    *((Role.ADMIN, "registers", {"register": register, "area": HOME}) for register in ("ngos", "mahallas")),
    (Role.ADMIN, "desk", {"view": "supports", "area": "uz"}),
    *((Role.COORDINATOR, "evaluations", {"part": part.value}) for part in EvaluationsPart),
    (Role.COORDINATOR, "effectiveness", {}),
    (Role.COORDINATOR, "meeting", {}),
    (Role.COORDINATOR, "method", {}),
    (Role.NGO, "overview", {"event": "all"}),
    (Role.NGO, "ngo", {"record": "{own}"}),
    (Role.NGO, "my_organisation", {}),
    *((Role.NGO, "desk", {"view": part}) for part in DESK_REGISTERS),
)
# A title that an NGO proposes is no event yet.
NO_EVENTS = {(Role.COORDINATOR, "plan", "proposals"), (Role.NGO, "ngo", None), (Role.NGO, "my_organisation", None)}
ROW = re.compile(r"<(tr|li)\b.*?</\1>", re.DOTALL)
CELL = re.compile(r"<(td|th)\b[^>]*>(.*?)</\1>", re.DOTALL)
TAG = re.compile(r"<[^>]*>")
PATHS = {"memorandum": "/memorandum?", "event": "/event?", "ngo": "/ngo?", "mahalla": "/mahalla?"}
Names = dict[str, frozenset[str]]


@pytest.fixture(scope="module")
def ids(demo_engine: Engine) -> dict[str, str]:
    """Ids of records of the home district that have something to show, and of the NGO that signs in."""
    parties = select(MemorandumNgo.memorandum_id, MemorandumNgo.ngo_id).join(Memorandum)
    events = select(JointEvent.id, JointEvent.mahalla_id).where(JointEvent.mahalla_id.is_not(None))
    with reading(demo_engine) as connection:
        signed = connection.execute(parties.where(Memorandum.district_soato == HOME)).first()
        held = connection.execute(events.where(JointEvent.district_soato == HOME)).first()
        own = connection.scalar(select(Account.ngo_id).where(Account.role_code == Role.NGO.value))
    assert signed is not None
    assert held is not None
    found = {"memorandum": signed.memorandum_id, "ngo": signed.ngo_id, "event": held.id, "mahalla": held.mahalla_id}
    return {name: str(key) for name, key in {**found, "own": own}.items()}


@pytest.fixture(scope="module")
def names(demo_engine: Engine) -> Names:
    """Names of everything that has a page, by kind."""
    columns = {
        "memorandum": (Memorandum.number,),
        "event": (JointEvent.title, JointEvent.number),
        "ngo": (Ngo.name,),
        "mahalla": (Mahalla.name,),
    }
    with reading(demo_engine) as connection:
        return {
            kind: frozenset(text for column in of_kind for text in connection.scalars(select(column)) if text)
            for kind, of_kind in columns.items()
        }


def opened(desk: Desk, role: Role, page: str, address: dict[str, str]) -> AppTest:
    """Open a screen, and everything that is folded on it."""
    app = desk.open(role, page, lang="en", **address)
    part = address.get("memoranda_part")
    if part:
        app.query_params["view"] = part
        app.run()
    unfolded: set[str] = set()
    for _ in range(2):
        keys = {str(block.proto.id).split("-", 2)[-1] for block in app.get("expander") if block.proto.id}
        if keys <= unfolded:
            break
        for key in keys:
            app.session_state[key] = True
        app.run()
        unfolded |= keys
    assert not app.exception
    return app


def rows_of(app: AppTest) -> Iterator[tuple[str, list[str]]]:
    """Yield the HTML of each row of the lists and tables of a screen, with the texts of its cells."""
    for block in app.get("html"):
        for row in ROW.finditer(block.proto.body):
            cells = [unescape(TAG.sub("", cell[2])).strip() for cell in CELL.finditer(row[0])]
            yield row[0], cells or [unescape(TAG.sub("", row[0])).strip()]


def unlinked(app: AppTest, names: Names) -> list[str]:
    """Return the cells that name something which their row does not lead to, but for what the page itself is about."""
    return [
        f"{kind}: {text}"
        for row, cells in rows_of(app)
        for cell in cells
        for text in cell.split("; ")
        for kind, path in PATHS.items()
        if text in names[kind] and f'href="{path}' not in row and 'aria-current="page"' not in row
    ]


@pytest.mark.parametrize(("role", "page", "address"), SCREENS, ids=lambda value: str(value))
def test_every_row_that_names_a_record_leads_to_it(
    desk: Desk, ids: dict[str, str], names: Names, role: Role, page: str, address: dict[str, str]
) -> None:
    app = opened(desk, role, page, {name: text.format(**ids) for name, text in address.items()})
    known = names | {"event": frozenset()} if (role, page, address.get("view")) in NO_EVENTS else names
    assert unlinked(app, known) == []


def test_the_check_finds_a_name_without_a_link(desk: Desk, ids: dict[str, str]) -> None:
    app = opened(desk, Role.COORDINATOR, "memorandum", {"record": ids["memorandum"]})
    shown = {text for _, cells in rows_of(app) for cell in cells for text in cell.split("; ")}
    anything = {"memorandum": frozenset(shown), **{kind: frozenset[str]() for kind in ("event", "ngo", "mahalla")}}
    assert unlinked(app, anything)
