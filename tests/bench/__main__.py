"""``python -m tests.bench``: one JSON line a figure; exit code 1 when one is beyond its limit."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Iterator, Mapping
from os import environ

# As the server does, before numpy is imported.
environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from tests.bench.dash_peer.comparing import dash_figures
from tests.bench.databases import LARGE_SCALE, QUICK_LARGE_SCALE, SMALL_SCALE, database_figures, fill, sqlite_url
from tests.bench.effectiveness import effectiveness_figures
from tests.bench.evaluating import evaluation_figures
from tests.bench.exports import export_figures
from tests.bench.feed import feed_figures
from tests.bench.figures import Figure, note
from tests.bench.formality import formality_figures
from tests.bench.registers import register_figures
from tests.bench.screens import FULL, QUICK, screen_figures
from tests.bench.upload import upload_figures

PARTS = (
    *("screens", "dash", "evaluating", "effectiveness", "databases"),
    *("formality", "exports", "upload", "registers", "feed"),
)


def figures(parts: list[str], *, is_quick: bool) -> Iterator[Figure]:
    """The figures of the chosen parts, as they are measured."""
    repeats = QUICK if is_quick else FULL
    large_scale = QUICK_LARGE_SCALE if is_quick else LARGE_SCALE
    measured: Mapping[str, Callable[[], Iterator[Figure]]] = {
        "screens": lambda: screen_figures(_small_database(), repeats),
        "dash": lambda: dash_figures(_small_database(), repeats),
        "evaluating": lambda: evaluation_figures(repeats),
        "effectiveness": lambda: effectiveness_figures(repeats, large_scale=large_scale),
        "databases": lambda: database_figures(large_scale),
        "formality": formality_figures,
        "exports": export_figures,
        "upload": lambda: upload_figures(is_quick=is_quick),
        "registers": lambda: register_figures(repeats, large_scale=large_scale),
        "feed": lambda: feed_figures(_small_database(), repeats),
    }
    for part in PARTS:
        if part in parts:
            yield from measured[part]()


def _small_database() -> str:
    """Return the URL of the SQLite database with demo data, filled where it is not yet."""
    url = sqlite_url(SMALL_SCALE)
    fill(url, SMALL_SCALE).dispose()
    return url


def main() -> int:
    """Measure, print, and say which figures are beyond their limit."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="fewer repeats and a smaller large database")
    parser.add_argument("--only", choices=PARTS, help="measure one part")
    args = parser.parse_args()
    is_within = True
    for figure in figures([args.only] if args.only else list(PARTS), is_quick=args.quick):
        sys.stdout.write(f"{figure.as_json()}\n")
        sys.stdout.flush()
        if not figure.is_within_limit:
            is_within = False
            note(f"beyond its limit: {figure.figure}")
    return 0 if is_within else 1


if __name__ == "__main__":
    sys.exit(main())
