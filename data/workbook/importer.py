"""Imports a report workbook: reads it, judges its rows, and writes it in one transaction or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine, insert

from data import clock
from data.aggregates import data_version
from data.engine import reading, writing
from data.language import DomainError, Language, Message, Translator
from data.migrate import is_current
from data.schema import ImportRun
from data.settings import get_settings
from data.workbook import faults
from data.workbook.cells import Reading, shown
from data.workbook.columns import EVALUATIONS, EVENTS, MEMORANDA
from data.workbook.evaluations import EvaluationJudge
from data.workbook.events import EventJudge
from data.workbook.faults import WorkbookError
from data.workbook.folding import number_key
from data.workbook.layout import FoundSheet, find_sheets
from data.workbook.memoranda import MemorandumJudge
from data.workbook.numbers import is_blank, parse_stirs
from data.workbook.outcome import Outcome, SheetOutcome
from data.workbook.places import Directory
from data.workbook.planning import Judge, Progress, judge_sheet
from data.workbook.reading import read_workbook
from data.workbook.records import Key, Standing
from data.workbook.standing import load_directory_index, load_standing
from data.workbook.writing import Writer

T = TypeVar("T")


@dataclass(frozen=True)
class ImportOptions:
    """How to import: ``is_check`` writes nothing, ``is_partial`` takes the good rows though others are refused."""

    actor: str
    today: date
    is_check: bool = False
    is_partial: bool = False


def unwatched(rows: Iterable[T], label: str) -> Iterable[T]:  # noqa: ARG001 - the form of a progress
    """Rows as they are, for callers that watch no progress."""
    return rows


def import_workbook(engine: Engine, path: Path, options: ImportOptions, *, progress: Progress = unwatched) -> Outcome:
    """Import a workbook and say what came of each row.

    Nothing is written on a check, nor where a row is refused unless the import is partial. Raises
    :class:`WorkbookError` where the workbook as a whole cannot be read or the database is not set up.
    """
    sheets, passed_over = find_sheets(read_workbook(path))
    open_connection: Callable[[Engine], AbstractContextManager[Connection]] = reading if options.is_check else writing
    with open_connection(engine) as connection:
        if not is_current(connection):
            raise WorkbookError(faults.NOT_SET_UP)
        planned = _Planned(connection, sheets, options, progress)
        planned.outcome.passed_over = passed_over
        is_wanted = not options.is_check and (options.is_partial or not planned.outcome.refused)
        if is_wanted and planned.outcome.accepted:
            planned.write(connection, path)
    if planned.outcome.is_written:
        data_version(engine)
    return planned.outcome


def _cells(sheets: Sequence[FoundSheet], code: str) -> set[object]:
    return {row.cells[code] for sheet in sheets for row in sheet.rows if not is_blank(row.cells.get(code))}


def _districts_of(sheets: Sequence[FoundSheet], directory: Directory) -> set[str]:
    found = set()
    for value in _cells(sheets, "district"):
        try:
            found.add(directory.find(value).place.soato)
        except DomainError:
            continue
    return found


def _stirs_of(sheets: Sequence[FoundSheet]) -> set[str]:
    found: set[str] = set()
    for value in _cells(sheets, "stir"):
        try:
            found.update(parse_stirs(value))
        except DomainError:
            continue
    return found


class _Planned:
    """The plan of an import and its outcome."""

    def __init__(
        self, connection: Connection, sheets: Sequence[FoundSheet], options: ImportOptions, progress: Progress
    ) -> None:
        self._options = options
        self._standing = _standing_for(connection, sheets)
        self._memoranda = MemorandumJudge(self._standing)
        self._events = EventJudge(self._standing, self._memoranda, options.today)
        self.outcome = Outcome()
        self._judge(sheets, MEMORANDA.code, self._memoranda, progress)
        self._judge(sheets, EVENTS.code, self._events, progress)
        self._evaluations = EvaluationJudge(self._standing, self._memoranda, self._events.plans, options.today)
        self._judge(sheets, EVALUATIONS.code, self._evaluations, progress)
        self._new_mahallas = self._find_new_mahallas()
        self.outcome.new_mahallas = [
            (self._standing.directory.by_soato[district].name, name)
            for (district, _), name in self._new_mahallas.items()
        ]

    def _judge(self, sheets: Sequence[FoundSheet], code: str, judge: Judge, progress: Progress) -> None:
        for found in sheets:
            if found.sheet.code == code:
                outcome = judge_sheet(found, Reading(self._standing.directory), judge, progress)
                outcome.warnings[:0] = _warnings_of_sheet(found)
                self.outcome.sheets.append(outcome)

    def _find_new_mahallas(self) -> dict[Key, str]:
        new: dict[Key, str] = {}
        for plan in self._events.plans.values():
            key = (plan.key[0], plan.values.mahalla)
            if plan.values.mahalla and key not in self._standing.mahalla_ids:
                new.setdefault(key, plan.mahalla_name)
        return new

    def write(self, connection: Connection, path: Path) -> None:
        """Write everything that was planned, and that it was imported."""
        writer = Writer(connection, self._standing, actor=self._options.actor, today=self._options.today)
        writer.ngos(self._memoranda.new_ngos.values())
        writer.mahallas(self._new_mahallas)
        writer.memoranda([plan for plan in self._memoranda.plans.values() if plan.is_to_write])
        writer.events([plan for plan in self._events.plans.values() if plan.is_to_write])
        writer.evaluations(
            [plan for plan in self._evaluations.plans.values() if plan.is_to_write],
            window_days=get_settings().evaluation_window_days,
        )
        self.outcome.is_written = True
        connection.execute(
            insert(ImportRun).values(
                at=clock.now(),
                actor=self._options.actor,
                file_name=path.name[:200],
                file_sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
                outcome=_stored(self.outcome.sheets),
            )
        )


def _stored(sheets: Sequence[SheetOutcome]) -> dict[str, object]:
    return Outcome(list(sheets)).as_json(Translator(Language.EN))


def _standing_for(connection: Connection, sheets: Sequence[FoundSheet]) -> Standing:
    directory = load_directory_index(connection)
    numbers = {shown(value) for value in _cells(sheets, "event")}
    return load_standing(
        connection,
        directory,
        districts=_districts_of(sheets, directory),
        stirs=_stirs_of(sheets),
        event_numbers=numbers | {number_key(number) for number in numbers},
    )


def _warnings_of_sheet(found: FoundSheet) -> list[tuple[int, Message]]:
    """What is assumed of evaluations that leave something open: said once, not for each row."""
    if found.sheet is not EVALUATIONS:
        return []
    texts = {"submitted_date": faults.NO_EVALUATION_DATES, "visibility": faults.NO_VISIBILITY}
    return [
        (0, Message(text)) for code, text in texts.items() if any(is_blank(row.cells.get(code)) for row in found.rows)
    ]
