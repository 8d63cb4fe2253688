"""``python -m data rights``: prints who may see or do what, as a page for officials."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from data.cli.options import print_result
from data.language import Language, Translator
from data.policy import PLACE_COLUMNS, POLICY, ROLE_LABELS, Role, Rule, Where

_INTRODUCTION = """\
# Who may see or do what

Printed from `data/policy.py` by `python -m data rights > docs/rights.md`; a test fails when it is out of date.
Rights are checked where data is read or written, so a page that a menu hides gives nothing away by its address.

A region's area is the region with its districts; a district's area is the district. Where a leader asks for one NGO,
the leader sees what that NGO did in the leader's own area; an NGO sees its own in any area. An account that was
switched off, or given another role or place, writes nothing more, even from a page that is still open.
"""
_OWN = {"region_soato": "own region", "district_soato": "own district"}
_NOWHERE = "–"


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "rights",
        help="print who may see or do what",
        description="Print the table of rights as Markdown. It is kept in docs/rights.md.",
    )
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:  # noqa: ARG001 - every command takes them
    """Print the table of rights."""
    print_result(rights_page().rstrip("\n"))
    return 0


def rights_page() -> str:
    """Table of rights with its conditions, in English Markdown."""
    return f"{_INTRODUCTION}\n" + "".join(f"{line}\n" for line in [*_matrix(), "", *_conditions()])


def _matrix() -> Iterator[str]:
    translate = Translator(Language.EN)
    yield _row("", *(translate(ROLE_LABELS[role]) for role in Role))
    yield _row(*["---"] * (1 + len(Role)))
    for rule in POLICY.values():
        yield _row(rule.text, *(_cell(rule, role) for role in Role))


def _row(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _cell(rule: Rule, role: Role) -> str:
    where = rule.who.get(role)
    if where is None:
        return _NOWHERE
    return where.value.replace(Where.OWN_AREA.value, _OWN.get(PLACE_COLUMNS.get(role, ""), Where.OWN_AREA.value))


def _conditions() -> Iterator[str]:
    yield "## What must hold besides"
    yield ""
    for rule in POLICY.values():
        if rule.condition:
            yield f"- **{rule.text}.** {rule.condition}"
