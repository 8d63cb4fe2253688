"""Command line ``python -m data``: one module per command, each with ``register`` and ``run``.

A command writes its result to standard output and everything else to standard error. It returns 0, or 1 on failure;
errors that the user can correct are :class:`~data.language.DomainError`, printed in the chosen language.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.exc import ArgumentError, DBAPIError

from data.cli import check, demo, import_workbook, init_database, record, rights, template, user
from data.cli.options import print_message
from data.language import N_, DomainError, Translator


class Command(Protocol):
    """Module of a command."""

    def register(self, subparsers: argparse._SubParsersAction[argparse.ArgumentParser], /) -> None:
        """Add the command."""


COMMANDS: tuple[Command, ...] = (init_database, demo, import_workbook, record, template, user, check, rights)

NO_DATABASE = N_("The database cannot be used: {reason}")


def build_parser(commands: Sequence[Command] = COMMANDS) -> argparse.ArgumentParser:
    """Argument parser of commands."""
    parser = argparse.ArgumentParser(prog="python -m data", description="Look after Hamkor's database.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in commands:
        command.register(subparsers)
    return parser


def main(arguments: Sequence[str] | None = None, *, commands: Sequence[Command] = COMMANDS) -> int:
    """Run a command and return the exit code; ``arguments`` are those of the process by default."""
    args = build_parser(commands).parse_args(arguments)
    translate: Translator = getattr(args, "translate", Translator())
    try:
        return int(args.run(args))
    except DomainError as error:
        print_message(translate.render(error.message))
    except (ArgumentError, DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        print_message(translate(NO_DATABASE, reason=reason))
    return 1
