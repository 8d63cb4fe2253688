"""Imports workbooks in a process of their own, and says how long each took and how much memory was needed."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from data.settings import ROOT

_SCRIPT = """
import json, sys, time
from datetime import date
from pathlib import Path
from data.database.engine import get_engine
from data.language import DomainError
from data.workbook.importer import ImportOptions, import_workbook

def memory():
    # The peak of this process alone; getrusage counts that of the parent before it became this one.
    status = Path("/proc/self/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) / 1024

url, steps, *paths = sys.argv[1:]
engine = get_engine(url)
with engine.connect():
    before = memory()
for path in paths:
    reason, rows, start = "", 0, time.perf_counter()
    try:
        for step in steps.split():
            options = ImportOptions(actor="test", today=date(2026, 11, 20), is_check=step == "check")
            rows = import_workbook(engine, Path(path), options).good
    except DomainError as error:
        reason = error.message.text
    taken = {"seconds": time.perf_counter() - start, "megabytes": memory() - before}
    print(json.dumps({"reason": reason, "rows": rows, **taken}))
"""


@dataclass(frozen=True)
class Measured:
    """What an import came to: why the file was refused, rows taken or known, seconds, and memory above the start."""

    reason: str
    rows: int
    seconds: float
    megabytes: float


def measure_imports(paths: Sequence[Path], url: str, *steps: str) -> list[Measured]:
    """Check or write workbooks (steps ``check`` and ``write``) one after the other, and measure all steps of each.

    The memory is the most that was needed so far.
    """
    command = [sys.executable, "-c", _SCRIPT, url, " ".join(steps), *map(str, paths)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own script
    return [Measured(**json.loads(line)) for line in done.stdout.splitlines()]
