"""The house keeps its shape: sizes, rooms and habits that the import contracts cannot see."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from data.policy import Role
from data.settings import ROOT, Settings
from data.texts.catalogues import source_files

SOURCES = tuple(path for path in source_files() if "migrations" not in path.parts)
PAGES = tuple(path for path in sorted((ROOT / "pages").glob("*.py")) if path.name != "__init__.py")
COMPONENTS = tuple(sorted((ROOT / "components").rglob("*.py")))
COMMANDS = tuple(
    path for path in sorted((ROOT / "data" / "cli").glob("*.py")) if "add_parser" in path.read_text("utf-8")
)
README = ROOT / "README.md"

LONGEST_FUNCTION, LONGEST_FILE, LONGEST_PAGE = 45, 300, 60
ROOM_FOR_EVERYTHING = frozenset({"utils", "util", "helpers", "helper", "common", "misc", "manager", "tools"})
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK|NotImplementedError)\b")
SQL = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE)\b.+\b(FROM|INTO|SET)\b")
NOT_FOR_PAGES = frozenset({"altair", "folium", "streamlit_folium", "pandas", "numpy", "sqlalchemy"})
RESHAPING = frozenset({"merge", "groupby", "pivot", "pivot_table", "melt", "concat", "sort_values", "assign", "apply"})
# Besides render_* and pick_*, the one place that turns errors into words draws.
DRAWS = re.compile(r"(render|pick)(_\w+)?|errors_in_words")


def name_of(path: Path) -> str:
    """The path as the repository knows it."""
    return path.relative_to(ROOT).as_posix()


@cache
def source(path: Path) -> str:
    """The text of a file."""
    return path.read_text(encoding="utf-8")


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a source file."""
    return ast.parse(source(path))


def functions(path: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """All functions and methods of a file."""
    return (node for node in ast.walk(parsed(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))


def imported(module: ast.AST) -> set[str]:
    """Top-level packages that a piece of code imports."""
    found: set[str] = set()
    for node in ast.walk(module):
        if isinstance(node, ast.Import):
            found |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module.split(".")[0])
    return found


def streamlit_calls(node: ast.AST) -> Iterator[ast.Call]:
    """Calls of ``st.…`` inside a piece of code."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).startswith("st."):
            yield call


@pytest.mark.parametrize("path", SOURCES, ids=name_of)
def test_files_and_functions_are_short(path: Path) -> None:
    long = {f.name: size for f in functions(path) if (size := (f.end_lineno or 0) - f.lineno + 1) > LONGEST_FUNCTION}
    assert long == {}
    assert source(path).count("\n") <= LONGEST_FILE


def test_the_average_function_is_short() -> None:
    sizes = sorted((f.end_lineno or 0) - f.lineno + 1 for path in SOURCES for f in functions(path))
    assert sizes[len(sizes) * 9 // 10] <= 25


@pytest.mark.parametrize("path", PAGES, ids=name_of)
def test_a_page_is_short_and_leaves_queries_and_charts_to_others(path: Path) -> None:
    module = parsed(path)
    called = {
        node.func.attr
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert 20 <= source(path).count("\n") <= LONGEST_PAGE
    assert imported(module) & NOT_FOR_PAGES == set()
    assert called & RESHAPING == set()
    assert not SQL.search(source(path))


@pytest.mark.parametrize("path", COMPONENTS, ids=name_of)
def test_only_what_renders_or_picks_draws(path: Path) -> None:
    silent = [f for f in functions(path) if not DRAWS.fullmatch(f.name.lstrip("_"))]
    if path.parent.name in {"charts", "maps"} and not any(DRAWS.fullmatch(f.name) for f in functions(path)):
        assert "streamlit" not in imported(parsed(path))
    drawing = {f.name for f in silent for call in streamlit_calls(f) if _is_drawing(call)}
    assert drawing == set()


def _is_drawing(call: ast.Call) -> bool:
    """Whether a Streamlit call puts something on the page (not state, caches, control flow or a passing notice)."""
    name = ast.unparse(call.func).removeprefix("st.")
    return not re.match(
        r"session_state|query_params|context|cache_|fragment|navigation|Page|rerun|stop|switch_page|set_page_config"
        r"|column_config|user|login|logout|get_option|secrets|toast",
        name,
    )


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
