"""Every user-visible text is in the catalogues."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path

import pytest

from data.settings import ROOT
from data.texts.catalogues import source_files
from tests.literals import domain_errors, has_words, in_calls, in_prose, words_in_html

SOURCES = tuple(path for path in source_files() if "migrations" not in path.parts)
SCREEN = tuple(path for path in SOURCES if path.relative_to(ROOT).parts[0] not in {"data", "queries"})
TEMPLATES = tuple(
    path for room in ("components", "pages", "web", "data") for path in sorted((ROOT / room).rglob("*.html"))
)


def name_of(path: Path) -> str:
    """Return the path as the repository knows it."""
    return path.relative_to(ROOT).as_posix()


@cache
def parsed(path: Path) -> ast.Module:
    """Return the syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def errors() -> frozenset[str]:
    """Return the names of all domain errors."""
    return domain_errors(parsed(path) for path in SOURCES)


def test_what_is_drawn_spoken_or_raised_is_in_the_catalogues() -> None:
    assert {name_of(path): found for path in SOURCES if (found := in_calls(parsed(path), errors()))} == {}


def test_modules_of_the_screen_hold_no_prose() -> None:
    assert {name_of(path): found for path in SCREEN if (found := in_prose(parsed(path)))} == {}


def test_templates_hold_no_words() -> None:
    assert {name_of(path): words for path in TEMPLATES if (words := words_in_html(path.read_text("utf-8")))} == {}


PLANTED_CALLS = (
    'st.button("Save")',
    'column.metric("Events held", 5)',
    'st.markdown(f"Events: {count}")',
    'st.markdown(f"{name} :small[of the district]")',
    'st.selectbox(translate("Period"), options, help="Whole months")',
    'st.tabs(["Map", "Table"])',
    'alt.X("month:T", title="Month")',
    'folium.Tooltip("District " + name)',
    'raise DomainError("No such file.")',
    'raise NarrowError(f"No {thing}.")',
    'translate(f"Sort by {name}")',
    'st.warning("Yes" if ok else "No")',
    'say("Ready")',
    'st.metric("days", 5)',
)


@pytest.mark.parametrize("line", PLANTED_CALLS)
def test_a_planted_text_is_found(line: str) -> None:
    assert in_calls(ast.parse(line), frozenset({"DomainError", "NarrowError"}))


CLEAN_CALLS = (
    'st.button(translate("Save"), key="save", icon=":material/save:")',
    'alt.X("month:T", title=None)',
    'alt.X("month:T", title="")',
    'st.write(translate.plural("{n} event", "{n} events", 2))',
    'logger.warning("refused")',
    'st.markdown(f"**{name}** · {value}")',
    'st.markdown(f"{name} :small[{value}]")',
    'raise ValueError("not a range of whole months")',
    'raise DomainError(N_("No such file."))',
    'parser.add_argument("--check", help="look, do not write")',
)


@pytest.mark.parametrize("line", CLEAN_CALLS)
def test_what_is_no_text_for_people_is_left_alone(line: str) -> None:
    assert in_calls(ast.parse(line), frozenset({"DomainError"})) == []


def test_errors_are_found_through_their_family() -> None:
    module = ast.parse("class A(DomainError): ...\nclass B(A): ...\nclass C(Exception): ...")
    assert domain_errors([module]) == {"DomainError", "A", "B"}


def test_planted_prose_is_found_and_docstrings_are_not() -> None:
    source = '"""Draws the page."""\nHINT = "Choose a district first."\nCARD = f"<p class=\'x\'>Hello {name}</p>"\n'
    assert [finding.line for finding in in_prose(ast.parse(source))] == [2, 3]
    assert in_prose(ast.parse('HINT = N_("Choose a district first.")\nCARD = f"<p>{text}</p>"')) == []


def test_html_shows_its_text_and_what_is_read_out() -> None:
    assert words_in_html("<p>Hello</p><img alt='A map'><style>p{color:red}</style>") == ["Hello", "A map"]
    assert words_in_html("<p>{greeting}</p><b>$name</b> &middot; 5") == []
    assert words_in_html('<p><i aria-hidden="true" translate="no">arrow_back</i> Back</p>') == ["Back"]


def test_placeholders_icons_and_codes_are_not_words() -> None:
    assert not has_words("{name}: {value} % :material/map:")
    assert has_words("{name} of {value}")
