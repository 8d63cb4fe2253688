"""Imports a workbook in a process of its own, and says how long it took and how much memory it needed."""

from __future__ import annotations

import json
import subprocess
import sys
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

path, url, *steps = sys.argv[1:]
engine = get_engine(url)
with engine.connect():
    before, start = memory(), time.perf_counter()
reason, rows = "", 0
for step in steps:
    try:
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


def measure_import(path: Path, url: str, *steps: str) -> Measured:
    """Check or write a workbook (steps ``check`` and ``write``), and measure all steps together."""
    command = [sys.executable, "-c", _SCRIPT, str(path), url, *steps]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)  # noqa: S603 - our own script
    return Measured(**json.loads(done.stdout))
