"""``python -m data template``: writes an empty report workbook."""

from __future__ import annotations

import argparse
from pathlib import Path

from data.cli.options import add_shared_options, print_result
from data.language import N_, DomainError, Translator
from data.workbook.template import write_template


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "template",
        help="write an empty report workbook with drop-down lists",
        description="Write an empty report workbook in the language of --lang. Filled, it can be imported.",
    )
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="where to write it")
    parser.add_argument("--force", action="store_true", help="replace the file if it is there")
    add_shared_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the template."""
    translate: Translator = args.translate
    path: Path = args.file
    if path.suffix.lower() != ".xlsx":
        raise DomainError(N_("The name of the file must end in .xlsx."))
    if path.exists() and path.stat().st_size and not args.force:
        raise DomainError(N_("The file {name} is there already. Choose another name, or give --force."), name=path.name)
    write_template(path, translate)
    print_result(translate("The template was written to {name}.", name=str(path)))
    return 0
