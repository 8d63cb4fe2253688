"""Saves forms and is killed on the way: ``python -m tests.queries.registers.saver URL ACCOUNT FORM FORM ...``.

Each form is saved by a process of its own, which kills itself before its next statement or commit: the first form's
before the first one, the second form's before the second one, and so on. Prints how many were killed.
"""

from __future__ import annotations

import os
import signal
import sys

from sqlalchemy import Engine, event

from data.database.engine import get_engine, reading
from data.policy import Actor, Role
from queries.registers.entries import place_index
from tests.queries.registers.registering import DISTRICT, REGION, enter


def kill_before(engine: Engine, statement: int) -> None:
    """Kill the process before a statement or commit, by its number."""
    left = statement

    def step(*_: object) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            os.kill(os.getpid(), signal.SIGKILL)

    event.listen(engine, "before_cursor_execute", step)
    event.listen(engine, "commit", step)


def main() -> None:
    """Save the forms one after another."""
    url, account_id, *forms = sys.argv[1:]
    actor = Actor(
        Role.COORDINATOR,
        account_id=int(account_id),
        login="kamola",
        region_soato=REGION,
        district_soato=DISTRICT,
    )
    engine = get_engine(url)
    with reading(engine) as connection:
        place_index(connection)  # made once for all forms, as by a server
    engine.dispose()
    killed = 0
    for number, form_id in enumerate(forms, start=1):
        child = os.fork()
        if child == 0:
            engine = get_engine(url)
            kill_before(engine, number)
            enter(engine, "supports", actor=actor, form_id=form_id, number=f"K-{number}")
            os._exit(0)
        _, status = os.waitpid(child, 0)
        killed += os.WIFSIGNALED(status)
    sys.stdout.write(f"{killed}\n")


if __name__ == "__main__":
    main()
