"""A server process that sends one draft and is killed on the way: ``python -m tests.soak.sender``.

Arguments: database URL, account, NGO, submission id, seconds before each statement. It says ``ready`` when all is
loaded, sends when it reads a line, and says ``sent`` after the commit.
"""

from __future__ import annotations

import sys
import time

from sqlalchemy import Engine, event

from data.database.engine import get_engine, reading
from data.policy import Actor, Role
from queries.evaluations.submission import submit
from tests.queries.evaluations.evaluating import NOW


def slow_down(engine: Engine, seconds: float) -> None:
    """Sleep before every statement and commit, so that a kill finds each gap between them."""

    @event.listens_for(engine, "before_cursor_execute")
    def before_statement(*_: object) -> None:
        time.sleep(seconds)

    @event.listens_for(engine, "commit")
    def before_commit(_: object) -> None:
        time.sleep(seconds)


def main() -> None:
    """Connect, wait for the word, send."""
    url, account_id, ngo_id, submission_id, seconds = sys.argv[1:]
    engine = get_engine(url)
    with reading(engine):
        actor = Actor(role=Role.NGO, account_id=int(account_id), login="sender", ngo_id=int(ngo_id))
    slow_down(engine, float(seconds))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    submit(engine, actor, submission_id=submission_id, now=NOW)
    sys.stdout.write("sent\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
