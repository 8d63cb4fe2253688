"""Command line ``python -m data``: one module per command, each with ``register`` and ``run``.

A command writes its result to standard output and everything else to standard error. It returns 0, or 1 on failure;
errors that the user can correct are :class:`~data.language.DomainError`, printed in the chosen language.
"""

from __future__ import annotations

import argparse
from collections.abc import Sequence

from sqlalchemy.exc import ArgumentError, DBAPIError

from data.cli import check, demo, import_workbook, init_database, notify, record, rights, template, user
from data.cli.options import print_message
from data.language import N_, DomainError, Translator

COMMANDS = (init_database, demo, import_workbook, record, template, user, check, rights, notify)

NO_DATABASE = N_("The database cannot be used: {reason}")


def build_parser() -> argparse.ArgumentParser:
    """Argument parser of all commands."""
    parser = argparse.ArgumentParser(prog="python -m data", description="Look after Hamkor's database.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for command in COMMANDS:
        command.register(subparsers)
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return the exit code; ``arguments`` are those of the process by default."""
    args = build_parser().parse_args(arguments)
    translate: Translator = getattr(args, "translate", Translator())
    try:
        return int(args.run(args))
    except DomainError as error:
        print_message(translate.render(error.message))
    except (ArgumentError, DBAPIError, OSError) as error:
        reason = str(getattr(error, "orig", None) or error).strip().splitlines()[0]
        print_message(translate(NO_DATABASE, reason=reason))
    return 1
