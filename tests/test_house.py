"""Names, settings and documents follow the rules that the import contracts cannot check."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from data.policy import Role
from data.settings import ROOT, Settings
from data.texts.catalogues import source_files

SOURCES = tuple(path for path in source_files() if "migrations" not in path.parts)
COMMANDS = tuple(
    path
    for path in (*sorted((ROOT / "data" / "cli").glob("*.py")), ROOT / "web" / "notices" / "notify.py")
    if "add_parser" in path.read_text("utf-8")
)
README = ROOT / "README.md"

ROOM_FOR_EVERYTHING = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"})
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")


def name_of(path: Path) -> str:
    """Return the path as the repository knows it."""
    return path.relative_to(ROOT).as_posix()


@cache
def source(path: Path) -> str:
    """Return the text of a file."""
    return path.read_text(encoding="utf-8")


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_rooms_are_named_and_finished(path: Path) -> None:
    assert {path.stem, *path.relative_to(ROOT).parts[:-1]} & ROOM_FOR_EVERYTHING == set()
    assert not UNFINISHED.search(source(path))


def test_tests_are_run_and_can_fail() -> None:
    idle = re.compile(r"pytest\.(mark\.)?(skip|xfail)|assert True\b")
    tests = (path for path in (ROOT / "tests").rglob("*.py") if path != Path(__file__))
    assert [name_of(path) for path in tests if idle.search(source(path))] == []


def test_the_script_and_its_server_stand_at_the_front() -> None:
    assert "navigation" in source(ROOT / "app.py")
    assert "st.App" in source(ROOT / "server.py") or "App(" in source(ROOT / "server.py")


@pytest.mark.parametrize("setting", Settings.model_fields)
def test_the_readme_describes_every_setting(setting: str) -> None:
    assert f"`{setting.upper()}`" in source(README)


def test_every_setting_says_what_it_is_for() -> None:
    assert [name for name, field in Settings.model_fields.items() if not field.description] == []


def test_environment_variables_are_settings() -> None:
    readers = [name_of(path) for path in SOURCES if re.search(r"os\.(environ|getenv)", source(path))]
    assert readers == []


@pytest.mark.parametrize("path", COMMANDS, ids=lambda path: path.stem)
def test_the_readme_describes_every_command(path: Path) -> None:
    names = re.findall(r'add_parser\(\s*"([\w-]+)"', source(path))
    assert names
    assert [name for name in names if not re.search(rf"python -m data (\w+ )?{name}\b", source(README))] == []


@pytest.mark.parametrize("target", re.findall(r"^([a-z]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
def test_the_readme_describes_every_target(target: str) -> None:
    assert f"make {target}" in source(README)


@pytest.mark.parametrize("role", [role for role in Role if role is not Role.PUBLIC])
def test_the_readme_says_how_each_role_starts(role: Role) -> None:
    assert f"`{role.value}`" in source(README)


def test_links_in_the_documents_lead_somewhere() -> None:
    documents = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    links = [
        (document, link)
        for document in documents
        for link in re.findall(r"\]\((?!https?://|#)([^)#]+)", source(document))
    ]
    assert [(name_of(document), link) for document, link in links if not (document.parent / link).exists()] == []
