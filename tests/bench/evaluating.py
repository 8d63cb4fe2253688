"""An answer and the sending of an evaluation in Chromium against a rerun of the floor app, by turns in one browser."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from statistics import median

from playwright.sync_api import expect
from sqlalchemy import select

from data.codes import EvaluationItem
from data.database.engine import reading
from data.dates import clock
from data.policy import Actor, Role
from data.schema import Account, JointEventNgo
from queries.evaluations.drafts import open_draft
from tests.bench.figures import Figure, note
from tests.bench.screens import FLOOR_SERVER, RERUN_LIMIT, VIEWPORT, Repeats
from tests.browser.evaluating import PATIENCE_MS, NgoServer, ngo_server
from tests.browser.serving import serving
from tests.browser.visiting import ExpectedPage, Visitor, chromium, sign_in, visiting
from tests.people import PASSWORD
from tests.queries.evaluations.evaluating import fill

WARMING_UP = 2
OTHER_MARKS = (0, 1, 2, 4)
SEND = "[class*='st-key-send-'] button"


def filled_events(server: NgoServer, login: str) -> list[int]:
    """The events of an account's NGO, each with a draft that lacks nothing."""
    with reading(server.engine) as connection:
        ngo_id = connection.execute(select(Account.ngo_id).where(Account.login == login)).scalar_one()
        of_ngo = select(JointEventNgo.event_id).where(JointEventNgo.ngo_id == ngo_id)
        event_ids = list(connection.execute(of_ngo.order_by(JointEventNgo.event_id)).scalars())
    actor = Actor(Role.NGO, login=login, ngo_id=ngo_id)
    for event_id in event_ids:
        fill(
            server.engine, actor, open_draft(server.engine, actor, event_id=event_id, now=clock.now()), now=clock.now()
        )
    return event_ids


def measure_answers(ours: Visitor, floor: Visitor, repeats: int) -> tuple[list[float], list[float]]:
    """Milliseconds of an answer and of a rerun of the floor, by turns after two that warm up."""
    answers, reruns = [], []
    items = list(EvaluationItem)
    for turn in range(repeats + WARMING_UP):
        note(f"answer {turn + 1} of {repeats + WARMING_UP}")
        # The draft holds 4 and "not applicable": from 1 to 3 and 5, then round, is another answer each time.
        item, position = items[turn % len(items)], OTHER_MARKS[turn // len(items) % len(OTHER_MARKS)]
        answers.append(ours.press(f"[class*='st-key-{item}-'] button", position))
        reruns.append(floor.choose("indicator", turn)[0])
    return answers[WARMING_UP:], reruns[WARMING_UP:]


def measure_sending(
    ours: Visitor, floor: Visitor, address: str, event_ids: list[int]
) -> tuple[list[float], list[float]]:
    """Milliseconds from the click on the button to the receipt, and of a rerun of the floor, by turns."""
    sendings, reruns = [], []
    for turn, event_id in enumerate(event_ids):
        note(f"sending {turn + 1} of {len(event_ids)}")
        ours.open(f"{address}/?event={event_id}")
        sendings.append(ours.press(SEND))
        expect(ours.page.locator(".st-key-receipt")).to_be_visible(timeout=PATIENCE_MS)
        reruns.append(floor.choose("period", turn)[0])
    return sendings, reruns


def evaluation_figures(repeats: Repeats) -> Iterator[Figure]:
    """Medians of both against those of the floor."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(ngo_server(folder))
        floor_address = stack.enter_context(serving(FLOOR_SERVER, {}))
        browser = stack.enter_context(chromium())
        login = server.add_account(events=repeats.loads + 1)
        event_ids = filled_events(server, login)
        state = sign_in(browser, server.address, login=login, password=PASSWORD)
        ours = stack.enter_context(visiting(browser, ExpectedPage(), state, viewport=VIEWPORT))
        floor = stack.enter_context(visiting(browser, ExpectedPage(charts=2), None, viewport=VIEWPORT))
        floor.open(floor_address)
        ours.open(f"{server.address}/?event={event_ids[0]}")
        answers, answer_peers = measure_answers(ours, floor, repeats.reruns)
        sendings, sending_peers = measure_sending(ours, floor, server.address, event_ids)
    for name, taken, peers in (
        ("Evaluation, an answer stored", answers, answer_peers),
        ("Evaluation, sent", sendings, sending_peers),
    ):
        yield Figure(
            figure=name,
            value=median(taken),
            unit="ms",
            peer="floor app, rerun",
            peer_value=median(peers),
            limit=RERUN_LIMIT,
        )
