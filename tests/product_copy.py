"""Copy of the product in a folder of its own, so that a test can change its code and run it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from shutil import copytree, ignore_patterns

from data.settings import ROOT

# What Python has compiled goes with its sources: a copy that keeps their times needs not compile them again.
NOT_SOURCES = ignore_patterns(".git", ".venv", ".*_cache", "var", "*.db")
FOLDERS = (".streamlit", "components", "data", "pages", "queries", "tests", "web")
FILES = ("app.py", "server.py", "pyproject.toml")


def copy_product(folder: Path) -> Path:
    """Copy code, data files and tests into ``folder``."""
    for name in FOLDERS:
        copytree(ROOT / name, folder / name, ignore=NOT_SOURCES)
    for name in FILES:
        (folder / name).write_bytes((ROOT / name).read_bytes())
    return folder


def edit(path: Path, old: str, new: str) -> None:
    """Replace the first occurrence of ``old``. Raises ValueError where the file does not contain it."""
    text = path.read_text(encoding="utf-8")
    if old not in text:
        raise ValueError(f"{path.name} does not hold {old!r}")
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


# Runs one command after the other: most of the time of each would go into its imports.
_EACH = """
import json, runpy, sys
for command in json.loads(sys.argv[1]):
    if command[0] == "-c":
        exec(command[1], {"__name__": "__main__"})
        continue
    sys.argv = command[1:]
    try:
        runpy.run_module(command[1], run_name="__main__", alter_sys=True)
    except SystemExit as ending:
        if ending.code:
            raise
"""


def run_each_in(copy: Path, *commands: tuple[str, ...]) -> str:
    """Output of commands as :func:`run_in` takes them, run by one process; fails where one ends with an error."""
    return run_in(copy, "-c", _EACH, json.dumps(commands))


def run_in(copy: Path, *arguments: str) -> str:
    """Output of Python in the copy, whose own modules are imported; fails where it ends with an error."""
    done = subprocess.run([sys.executable, *arguments], cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout
