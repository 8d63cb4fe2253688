"""Version and packages of the project: those of servers, developers and measurements are pinned apart."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from datetime import date
from importlib.metadata import packages_distributions
from itertools import combinations
from pathlib import Path

from data.settings import ROOT
from data.texts.catalogues import source_files

OWN = {"data", "queries", "components", "pages", "web"}
PIN = re.compile(r"^([\w.-]+)(?:\[[\w,]+\])?==(\S+)", re.MULTILINE)


def test_the_project_has_the_newest_version_of_the_changelog() -> None:
    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    headings = re.findall(r"^## (.+)$", changelog, re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    released = [re.fullmatch(r"\[(\d+\.\d+\.\d+)\] - (\S+)", heading) for heading in headings[1:]]
    versions = [tuple(map(int, found[1].split("."))) for found in released if found]
    days = [date.fromisoformat(found[2]) for found in released if found]
    assert len(versions) == len(headings) - 1
    assert versions == sorted(versions, reverse=True)
    assert days == sorted(days, reverse=True)
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert project["version"] == ".".join(map(str, versions[0]))


def pins(name: str) -> dict[str, str]:
    """Return the versions that a file pins, by name of the distribution."""
    return {found.lower(): version for found, version in PIN.findall((ROOT / name).read_text(encoding="utf-8"))}


def imported(path: Path) -> Iterator[str]:
    """Top-level packages that a file imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (alias.name.partition(".")[0] for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module.partition(".")[0]


def test_a_server_has_every_package_that_it_imports() -> None:
    used = {name for path in source_files() for name in imported(path)} - set(sys.stdlib_module_names) - OWN
    distributions = packages_distributions()
    pinned = pins("requirements.txt")
    missing = {name for name in used if not any(found.lower() in pinned for found in distributions.get(name, []))}
    assert used
    assert missing == set()


def test_all_sets_are_pinned_with_hashes_and_agree() -> None:
    names = ("requirements.txt", "requirements-dev.txt", "requirements-bench.txt")
    server, developers, bench = (pins(name) for name in names)
    assert server["streamlit"]
    assert "pytest" in developers.keys() - server.keys()
    assert "dash" in bench.keys() - developers.keys() - server.keys()
    for one, other in combinations((server, developers, bench), 2):
        assert {name for name in one.keys() & other.keys() if one[name] != other[name]} == set()
    for name in names:
        text = (ROOT / name).read_text(encoding="utf-8")
        assert "://" not in text
        entries = re.split(r"^(?=[\w.-]+(?:\[[\w,]+\])?==)", text, flags=re.MULTILINE)[1:]
        assert [entry for entry in entries if "--hash=sha256:" not in entry] == []
