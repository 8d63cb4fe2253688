"""A server process that sends drafts, each in a child that may be killed on the way: ``python -m tests.soak.sender``.

Arguments: database URL, seconds before each statement. For each line with an account, an NGO and a submission id it
says the process id of a child when that has connected, ``sent`` after its commit, and ``over`` when it has ended.
Children are forks: loading all modules for each takes many times as long as sending.
"""

from __future__ import annotations

import os
import sys
import time

from sqlalchemy import Engine, event

from data.database.engine import new_engine, reading
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


def say(word: object) -> None:
    """Write a line at once."""
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def send(url: str, seconds: float, *, account_id: int, ngo_id: int, submission_id: str) -> None:
    """Connect, say so, and send."""
    engine = new_engine(url)
    with reading(engine):
        actor = Actor(role=Role.NGO, account_id=account_id, login="sender", ngo_id=ngo_id)
    slow_down(engine, seconds)
    say(os.getpid())
    submit(engine, actor, submission_id=submission_id, now=NOW)
    say("sent")


def main() -> None:
    """Send one draft after another."""
    url, seconds = sys.argv[1:]
    for line in sys.stdin:
        account_id, ngo_id, submission_id = line.split()
        child = os.fork()
        if child == 0:
            send(url, float(seconds), account_id=int(account_id), ngo_id=int(ngo_id), submission_id=submission_id)
            os._exit(0)
        os.waitpid(child, 0)
        say("over")


if __name__ == "__main__":
    main()
