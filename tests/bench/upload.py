"""How long 50,000 events take to check and to write, with how much memory, and what hostile workbooks cost."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

from data.database.engine import get_engine
from tests.bench.figures import Figure, note
from tests.data.workbook.books import EVENT, MEMORANDUM, save_book
from tests.data.workbook.hostile import KINDS, save_bomb, save_hostile
from tests.data.workbook.measuring import Measured, measure_imports
from tests.databases import directory

ROWS, QUICK_ROWS = 50_000, 5_000
MOST_SECONDS, MOST_MEGABYTES, MOST_REFUSAL_SECONDS = 60, 500, 15
HOSTILE_SIZE = 500


def upload_figures(*, is_quick: bool) -> Iterator[Figure]:
    """Check and write a large legal workbook, then check a hostile one of each kind."""
    rows = QUICK_ROWS if is_quick else ROWS
    with TemporaryDirectory() as name:
        folder, url = Path(name), f"sqlite:///{name}/upload.db"
        directory(get_engine(url))
        events = [
            {**EVENT, "number": f"T-{at}", "title": f"Mavzu {at}", "mahalla": f"Mahalla {at % 200} MFY"}
            for at in range(rows)
        ]
        path = save_book(folder / "legal.xlsx", memoranda=[MEMORANDUM], events=events)
        yield from _figures(f"{rows} events, checked and written", measure_imports([path], url, "check", "write")[0])
        for kind in KINDS:
            path = save_hostile(folder / "hostile.xlsx", kind, HOSTILE_SIZE // (10 if is_quick else 1))
            yield from _figures(kind, measure_imports([path], url, "check")[0], most_seconds=MOST_REFUSAL_SECONDS)
        path = save_bomb(folder / "bomb.xlsx", 2000)
        yield from _figures("bomb", measure_imports([path], url, "check")[0], most_seconds=MOST_REFUSAL_SECONDS)


def _figures(name: str, measured: Measured, *, most_seconds: int = MOST_SECONDS) -> Iterator[Figure]:
    note(f"{name}: {measured}")
    for value, unit, most in ((measured.seconds, "s", most_seconds), (measured.megabytes, "MB", MOST_MEGABYTES)):
        yield Figure(
            figure=f"Upload, {name}", value=value, unit=unit, peer=f"{most} {unit}", peer_value=most, limit=1.0
        )
