"""``python -m data record``: enters or corrects one record, by the rules of forms and workbooks."""

from __future__ import annotations

import argparse
from collections.abc import Mapping, Sequence

from data.cli.options import add_shared_options, command_actor, engine_of, print_message, print_result
from data.database.engine import writing_or_busy
from data.database.migrate import is_current
from data.dates import clock
from data.language import N_, DomainError, Language, Translator
from data.registers.declaration import RegisterSheet
from data.registers.entry import Entry, EntryError, OpenEntry, WrittenEntry, register_sheet
from data.registers.registry import SHEETS
from data.workbook import errors
from data.workbook.cells.places import load_place_index
from data.workbook.database import WriteSource
from data.workbook.errors import WorkbookError

DESCRIPTION = """\
Enter a record of a register, or with --id correct one. Rules and messages are those of a form and of a row of a
workbook; values may be written in any way that a workbook takes. A correction keeps the fields that are not named.
"python -m data record REGISTER --help" lists the fields of a register.

Example: python -m data record supports number=K-1 district="Chilonzor tumani" stir=300011000 kind=grant \\
  amount_uzs="5 mln" support_date=01.04.2026

Exit code: 0 when the record is saved or says so already; 1 when it is refused."""


class FieldValueError(DomainError):
    """Raised for an argument that gives no field of the register a value."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "record",
        help="enter or correct a record of a register",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    registers = parser.add_subparsers(dest="register", required=True, metavar="REGISTER")
    for sheet in SHEETS:
        _register_sheet(registers, sheet)


def _register_sheet(registers: argparse._SubParsersAction[argparse.ArgumentParser], sheet: RegisterSheet) -> None:
    title = sheet.title.in_language(Language.EN)
    parser = registers.add_parser(
        sheet.code, help=title, description=_fields_of(sheet), formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("values", nargs="+", metavar="FIELD=VALUE", help="values; several of one field by semicolons")
    parser.add_argument("--id", type=int, default=0, metavar="ID", help="the record to correct")
    parser.add_argument(
        "--version", type=int, default=0, metavar="N", help="refuse where the record has another version by now"
    )
    parser.add_argument("--reason", default="", metavar="TEXT", help="why it is corrected, for the audit log")
    add_shared_options(parser)
    parser.set_defaults(run=run)


def _fields_of(sheet: RegisterSheet) -> str:
    """Lines with the fields of a register, those marked with an asterisk being required."""
    headings = {
        f"{field.code}{'*' * field.is_required}": field.heading.in_language(Language.EN) for field in sheet.fields
    }
    width = max(map(len, headings))
    return "\n".join(f"{code:{width}}  {heading}" for code, heading in headings.items())


def run(args: argparse.Namespace) -> int:
    """Save the record and print its id."""
    translate: Translator = args.translate
    sheet = register_sheet(args.register)
    given = _given(args.values, sheet)
    try:
        saved = _save(args, given)
    except EntryError as error:
        for code, message in error.faults.items():
            heading = sheet.field(code).heading.in_language(translate.language)
            print_message(f"{heading} ({code}): {translate.render(message)}")
        raise
    for message in saved.warnings:
        print_message(translate.render(message))
    text = N_("The record {number} is saved.") if saved.is_changed else N_("The record {number} says so already.")
    print_result(translate(text, number=saved.record_id))
    return 0


def _save(args: argparse.Namespace, given: Mapping[str, str]) -> WrittenEntry:
    today = clock.today()
    with writing_or_busy(engine_of(args)) as connection:
        if not is_current(connection):
            raise WorkbookError(errors.NOT_SET_UP)
        places = load_place_index(connection)
        entry = Entry(register=args.register, cells=given, record_id=args.id, version=args.version)
        if entry.record_id:
            stored = OpenEntry(connection, entry, places, today=today, is_writing=True).stored
            entry = Entry(
                register=entry.register,
                cells={**stored.cells, **given},
                record_id=entry.record_id,
                version=entry.version or stored.version,
            )
        opened = OpenEntry(connection, entry, places, today=today, is_writing=True)
        opened.check_version()
        return opened.write(command_actor(), WriteSource.COMMAND, reason=args.reason)


def _given(arguments: Sequence[str], sheet: RegisterSheet) -> dict[str, str]:
    """Values by field code. Raises :class:`FieldValueError`."""
    given: dict[str, str] = {}
    fields = [field.code for field in sheet.fields]
    for argument in arguments:
        code, sign, value = argument.partition("=")
        if not sign:
            raise FieldValueError(N_("Write FIELD=VALUE instead of “{argument}”."), argument=argument)
        if code not in fields:
            raise FieldValueError(
                N_("The register has no field {code}, but these: {fields}."), code=code, fields=", ".join(fields)
            )
        given[code] = value
    return given
