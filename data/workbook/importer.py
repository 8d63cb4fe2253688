"""Imports a report workbook: reads it, judges its rows, and writes it in one transaction or not at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Connection, Engine, insert

from data.aggregates import data_version
from data.database.engine import reading, writing
from data.database.migrate import is_current
from data.dates import clock
from data.language import Language, Message, Translator
from data.schema import ImportRun
from data.settings import get_settings
from data.workbook import faults
from data.workbook.cells import Reading
from data.workbook.columns import EVALUATIONS, EVENTS, MEMORANDA, SHEETS
from data.workbook.declaration import Sheet
from data.workbook.evaluations import EvaluationJudge
from data.workbook.events import EventJudge
from data.workbook.extent import districts_of, standing_for
from data.workbook.faults import WorkbookError
from data.workbook.layout import FoundSheet, find_sheets
from data.workbook.ledger import Ledger
from data.workbook.memoranda import MemorandumJudge
from data.workbook.numbers import is_blank
from data.workbook.outcome import Outcome, SheetOutcome
from data.workbook.planning import Judge, Progress, judge_sheet
from data.workbook.reading import read_workbook
from data.workbook.records import Key
from data.workbook.registers import FOLLOWING, MahallaRegister, PlanRegister, Register
from data.workbook.registers.register import Scene
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
            planned.write(path)
    if planned.outcome.is_written:
        data_version(engine)
    return planned.outcome


class _Planned:
    """The plan of an import and its outcome."""

    def __init__(
        self, connection: Connection, sheets: Sequence[FoundSheet], options: ImportOptions, progress: Progress
    ) -> None:
        self._connection = connection
        self._options = options
        self._progress = progress
        self._sheets = {found.sheet.code: found for found in sheets}
        self._standing = standing_for(connection, sheets)
        self.outcome = Outcome()
        self._judge_all()
        self.outcome.sheets.sort(key=lambda outcome: SHEETS.index(outcome.sheet))
        self._new_mahallas = self._find_new_mahallas()
        self.outcome.new_mahallas = [
            (self._standing.directory.by_soato[district].name, name)
            for (district, _), name in self._new_mahallas.items()
        ]

    def _judge_all(self) -> None:
        """Have the sheets judged, those first to which others refer."""
        self._memoranda = MemorandumJudge(self._standing)
        self._judge(MEMORANDA, self._memoranda)
        scene = Scene(self._standing, self._memoranda, self._options.today)
        self._mahallas, self._plans = MahallaRegister(scene), PlanRegister(scene)
        self._judge_register(self._mahallas)
        self._judge_register(self._plans)
        self._events = EventJudge(self._standing, self._memoranda, self._plans.plans, self._options.today)
        self._judge(EVENTS, self._events)
        self._evaluations = EvaluationJudge(self._standing, self._memoranda, self._events.plans, self._options.today)
        self._judge(EVALUATIONS, self._evaluations)
        self._following = [register(scene) for register in FOLLOWING]
        for register in self._following:
            self._judge_register(register)

    def _judge_register(self, register: Register[Any, Any]) -> None:
        found = self._sheets.get(register.sheet.code)
        if found is not None:
            register.load(self._connection, districts_of([found], self._standing.directory, register.sheet))
            self._judge(register.sheet, register)

    def _judge(self, sheet: Sheet, judge: Judge) -> None:
        found = self._sheets.get(sheet.code)
        if found is not None:
            outcome = judge_sheet(found, Reading(self._standing.directory), judge, self._progress)
            outcome.warnings[:0] = _warnings_of_sheet(found)
            self.outcome.sheets.append(outcome)

    def _find_new_mahallas(self) -> dict[Key, str]:
        """Mahallas that rows name, and neither the directory nor the sheet of mahallas has."""
        events = (((plan.key[0], plan.values.mahalla), plan.mahalla_name) for plan in self._events.plans.values())
        named = chain(events, self._plans.mahallas(), *(register.mahallas() for register in self._following))
        new: dict[Key, str] = {}
        for key, name in named:
            if key[1] and key not in self._standing.mahalla_ids and key not in self._mahallas.plans:
                new.setdefault(key, name)
        return new

    def write(self, path: Path) -> None:
        """Write everything that was planned, and that it was imported."""
        ledger = Ledger(self._connection, self._options.actor)
        writer = Writer(ledger, self._standing, today=self._options.today)
        writer.ngos(self._memoranda.new_ngos.values())
        self._mahallas.write(ledger)
        writer.mahallas(self._new_mahallas)
        writer.memoranda([plan for plan in self._memoranda.plans.values() if plan.is_to_write])
        self._plans.write(ledger)
        writer.events([plan for plan in self._events.plans.values() if plan.is_to_write])
        writer.evaluations(
            [plan for plan in self._evaluations.plans.values() if plan.is_to_write],
            window_days=get_settings().evaluation_window_days,
        )
        for register in self._following:
            register.write(ledger)
        self.outcome.is_written = True
        self._connection.execute(
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


def _warnings_of_sheet(found: FoundSheet) -> list[tuple[int, Message]]:
    """What is assumed of evaluations that leave something open: said once, not for each row."""
    if found.sheet is not EVALUATIONS:
        return []
    texts = {"submitted_date": faults.NO_EVALUATION_DATES, "visibility": faults.NO_VISIBILITY}
    return [
        (0, Message(text)) for code, text in texts.items() if any(is_blank(row.cells.get(code)) for row in found.rows)
    ]
