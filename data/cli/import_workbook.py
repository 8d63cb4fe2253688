"""``python -m data import``: imports a report workbook into the database."""

from __future__ import annotations

import argparse
import json
import textwrap
from collections.abc import Iterable
from pathlib import Path
from typing import TypeVar

from tqdm import tqdm

from data.cli.options import add_shared_options, command_actor, engine_of, print_message, print_result
from data.dates import clock
from data.language import Language, Translator
from data.registers.declaration import SheetField
from data.registers.registry import SHEETS
from data.workbook.cells.codes import label_of
from data.workbook.cells.parsing import display_text
from data.workbook.importer import ALL_ROWS, ImportOptions, import_workbook
from data.workbook.outcome import DoubtedRow, Outcome, RefusedRow, SheetOutcome

T = TypeVar("T")
DESCRIPTION = """\
Import a report workbook (.xlsx) with any of the sheets
{sheets};
headings and words may be in Uzbek (either script), Russian or English. A file goes in as a whole or, where a row is
refused or in doubt, not at all. Importing a file again changes nothing. A row that the database knows with other values
corrects it. A row is in doubt where a cell can be read in two ways; --accept-doubted takes it as the message says.

Exit code: 0 when all is well; 1 when a row was refused or in doubt (with --partial: when no row was good), or the file
cannot be read."""


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "import",
        help="import a report workbook",
        description=DESCRIPTION.format(sheets=_sheet_names()),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("file", type=Path, metavar="FILE.xlsx", help="the workbook")
    parser.add_argument("--check", action="store_true", help="say what would come of it, and write nothing")
    parser.add_argument("--partial", action="store_true", help="take the good rows though others are refused")
    parser.add_argument("--accept-doubted", action="store_true", help="take the rows in doubt as their messages say")
    parser.add_argument("--json", action="store_true", help="print the outcome by sheet as JSON, and nothing else")
    add_shared_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Import the file and print the outcome."""
    translate: Translator = args.translate
    options = ImportOptions(
        actor=command_actor(),
        today=clock.today(),
        is_check=args.check,
        is_partial=args.partial,
        accept_doubted=ALL_ROWS if args.accept_doubted else frozenset(),
    )
    outcome = import_workbook(engine_of(args), args.file, options, progress=_with_progress)
    _print_warnings(outcome, translate)
    if args.json:
        print_result(json.dumps(outcome.as_json(translate), ensure_ascii=False, indent=1))
    else:
        _print_summary(outcome, translate, is_check=args.check)
    is_well = not (outcome.refused or outcome.doubted) or (args.partial and outcome.good > 0)
    return 0 if is_well else 1


def _sheet_names() -> str:
    names = ", ".join(sheet.name.in_language(Language.UZ_LATN) for sheet in SHEETS)
    return textwrap.fill(names, width=110)


def _with_progress(rows: Iterable[T], label: str) -> Iterable[T]:
    return tqdm(rows, desc=label, disable=None, leave=False)  # type: ignore[no-any-return]


def _print_warnings(outcome: Outcome, translate: Translator) -> None:
    """Write skipped sheets, warnings and new mahallas to standard error."""
    for name, message in outcome.skipped_sheets:
        print_message(f"{name}: {translate.render(message)}")
    for sheet in outcome.sheets:
        for row, message in sheet.warnings:
            where, reason = _where(sheet, row, translate), translate.render(message)
            print_message(translate("Warning: {where}: {reason}", where=where, reason=reason))
    for district, mahalla in outcome.new_mahallas:
        print_message(
            translate("Mahalla not yet in the directory: {mahalla} ({district}).", mahalla=mahalla, district=district)
        )


def _where(sheet: SheetOutcome, row: int, translate: Translator) -> str:
    name = sheet.sheet.name.in_language(translate.language)
    return translate("{sheet}, row {row}", sheet=name, row=row) if row else name


def _print_summary(outcome: Outcome, translate: Translator, *, is_check: bool) -> None:
    for sheet in outcome.sheets:
        print_result(
            translate(
                "{sheet}: accepted {accepted}, repeated {duplicates}, refused {refused}, in doubt {doubted}",
                sheet=sheet.sheet.name.in_language(translate.language),
                accepted=sheet.accepted,
                duplicates=sheet.duplicates,
                refused=len(sheet.refused),
                doubted=len(sheet.doubted_rows),
            )
        )
        for entry in sheet.refused:
            print_result(f"  {_cell(sheet, entry, translate)}: {translate.render(entry.message)}")
        for change in sheet.changed:
            where = _where(sheet, change.row, translate)
            for cell in change.cells:
                heading = cell.field.heading.in_language(translate.language)
                old, new = (_value(cell.field, value, translate) for value in (cell.old, cell.new))
                print_result(f"  {where}, {heading}: {old} → {new}")
        for doubt in sheet.doubted:
            where, reason = _cell(sheet, doubt, translate), translate.render(doubt.message)
            print_result(f"  {translate('In doubt: {where}: {reason}', where=where, reason=reason)}")
    print_result(_conclusion(outcome, translate, is_check=is_check))


def _cell(sheet: SheetOutcome, entry: RefusedRow | DoubtedRow, translate: Translator) -> str:
    heading = entry.field.heading.in_language(translate.language)
    return f"{_where(sheet, entry.row, translate)}, {heading}"


def _value(field: SheetField, value: object, translate: Translator) -> str:
    """Value of a changed cell as a person writes it."""
    if isinstance(value, list | tuple):
        return ", ".join(_value(field, item, translate) for item in value) or "–"
    if isinstance(value, str) and value and field.choices:
        return label_of(field.choices(value)).in_language(translate.language)
    return display_text(value) if value not in (None, "") else "–"


def _conclusion(outcome: Outcome, translate: Translator, *, is_check: bool) -> str:
    if is_check:
        return translate("This was a check: nothing was written.")
    if outcome.is_written and (outcome.refused or outcome.doubted):
        return translate("The accepted rows were written; the refused ones and those in doubt were left out.")
    if outcome.is_written:
        return translate("All accepted rows were written.")
    if outcome.refused and outcome.accepted:
        return translate("Nothing was saved, because rows were refused. Correct them, or import with --partial.")
    if outcome.doubted and not outcome.refused:
        return translate(
            "Nothing was saved, because rows are in doubt. Correct them, or import with --accept-doubted or --partial."
        )
    return translate("Nothing was written: there is nothing new in the file.")
