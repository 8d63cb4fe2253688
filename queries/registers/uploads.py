"""Uploads of workbooks: checked first, accepted in one transaction, listed, undone while nothing else touched them."""

from __future__ import annotations

from collections.abc import Container, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import uuid4

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Engine, insert, select, true, update
from sqlalchemy.exc import IntegrityError

from data.aggregates import data_version
from data.database.engine import reading, writing_or_busy
from data.dates.clock import day_of
from data.language import N_, DomainError
from data.policy import Action, Actor, ForbiddenError, Where, may, require, where_may
from data.registers.registry import SHEETS
from data.schema import ImportRun, SentForm
from data.workbook.importer import ImportOptions, Progress, Report, WorkbookImport, no_progress, read_report
from data.workbook.outcome import Outcome
from data.workbook.undo import TouchedRow, UndoneRun, undo_run
from queries.accounts.actors import require_account
from queries.registers.entries import sent_record

UPLOAD = "upload"
"""Register code of an accepted upload among the sent forms."""


@dataclass(frozen=True, kw_only=True)
class CheckedUpload:
    """Workbook that was checked and not yet accepted: what would come of each row.

    ``accepted_at``: when the same file was accepted before, and not undone.
    """

    outcome: Outcome
    file_name: str
    sha256: str
    accepted_at: datetime | None = None
    upload_id: str = field(default_factory=lambda: str(uuid4()))


@dataclass(frozen=True, kw_only=True)
class AcceptedUpload:
    """Accepted upload. ``is_repeat``: it had been accepted before, and nothing was written again."""

    run_id: int
    outcome: Outcome
    is_repeat: bool = False


class ChangedSinceCheckError(DomainError):
    """Raised where rows would come out otherwise than at the check; ``checked`` is the new check, ``rows`` are those
    rows by the code of the sheet and the number.
    """

    def __init__(self, checked: CheckedUpload, rows: Sequence[tuple[str, int]]) -> None:
        super().__init__(
            N_("Someone else changed these records meanwhile. Nothing was written: look again, and accept.")
        )
        self.checked = checked
        self.rows = rows


class NothingNewError(DomainError):
    """Raised where no row would add or change anything."""

    def __init__(self) -> None:
        super().__init__(N_("Nothing was written: there is nothing new in the file."))


class NoUploadError(DomainError):
    """Raised for an upload that is not there, or not the person's own."""

    def __init__(self) -> None:
        super().__init__(N_("This upload is not there, or is not yours."))


class TouchedRowsError(DomainError):
    """Raised where an upload cannot be undone; ``rows`` says which records keep it."""

    def __init__(self, rows: Sequence[TouchedRow]) -> None:
        super().__init__(N_("The upload was not undone: some of its rows were changed since, or others refer to them."))
        self.rows = rows


def check_upload(
    engine: Engine, actor: Actor, path: Path, *, file_name: str, today: date, progress: Progress = no_progress
) -> CheckedUpload:
    """Check a workbook as the actor may write it; nothing is written. Raises ForbiddenError, WorkbookError."""
    require(actor, Action.IMPORT_WORKBOOK)
    report = read_report(path, file_name=file_name)
    with reading(engine) as connection:
        return _check(connection, actor, report, today=today, progress=progress)


def _check(
    connection: Connection, actor: Actor, report: Report, *, today: date, progress: Progress = no_progress
) -> CheckedUpload:
    options = _options(actor, today=today, is_check=True)
    outcome = WorkbookImport(connection, report, options, progress=progress).outcome
    earlier = select(ImportRun.at).where(
        ImportRun.file_sha256 == report.sha256, ImportRun.undone_at.is_(None), _visible_runs(actor)
    )
    accepted_at = connection.scalars(earlier.order_by(ImportRun.id.desc()).limit(1)).first()
    return CheckedUpload(outcome=outcome, file_name=report.file_name, sha256=report.sha256, accepted_at=accepted_at)


def _options(
    actor: Actor, *, today: date, is_check: bool = False, accept_doubted: Container[tuple[str, int]] = frozenset()
) -> ImportOptions:
    """Return the options of an import by a person: own district, own registers, good rows without the others."""
    is_everywhere = where_may(actor, Action.IMPORT_WORKBOOK) is Where.ANYWHERE
    if not is_everywhere and not actor.district_soato:
        raise ForbiddenError
    return ImportOptions(
        actor=actor,
        today=today,
        is_check=is_check,
        is_partial=True,
        accept_doubted=accept_doubted,
        own_district=None if is_everywhere else actor.district_soato,
        closed_sheets=frozenset(sheet.code for sheet in SHEETS if not may(actor, sheet.written_by)),
    )


def accept_upload(
    engine: Engine,
    actor: Actor,
    path: Path,
    checked: CheckedUpload,
    *,
    now: datetime,
    accept_doubted: Container[tuple[str, int]] = frozenset(),
    progress: Progress = no_progress,
) -> AcceptedUpload:
    """Write the good rows of a checked workbook, and the doubted ones that were accepted, in one transaction.

    The rows are checked again in it. Accepting the same check again writes nothing more. Raises ForbiddenError,
    WorkbookError, ChangedSinceCheckError, NothingNewError, BusyError; nothing is written by any of them.
    """
    require(actor, Action.IMPORT_WORKBOOK)
    report = read_report(path, file_name=checked.file_name)
    options = _options(actor, today=day_of(now), accept_doubted=accept_doubted)
    try:
        accepted = _accept(engine, actor, report, checked, options, now=now, progress=progress)
    except IntegrityError:
        # Someone wrote the same records, or accepted this upload, at the same moment; now it is there to be seen.
        accepted = _accept(engine, actor, report, checked, options, now=now, progress=progress)
    data_version(engine)
    return accepted


def _accept(
    engine: Engine,
    actor: Actor,
    report: Report,
    checked: CheckedUpload,
    options: ImportOptions,
    *,
    now: datetime,
    progress: Progress,
) -> AcceptedUpload:
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        sent = sent_record(connection, form_id=checked.upload_id)
        if sent is not None:
            return AcceptedUpload(run_id=sent, outcome=checked.outcome, is_repeat=True)
        connection.execute(
            insert(SentForm).values(form_id=checked.upload_id, register_code=UPLOAD, record_id=0, sent_at=now)
        )
        run = WorkbookImport(connection, report, options, progress=progress)
        differing = run.outcome.differing_rows(checked.outcome)
        if differing or report.sha256 != checked.sha256:
            raise ChangedSinceCheckError(_check(connection, actor, report, today=options.today), differing)
        if not run.outcome.accepted:
            raise NothingNewError
        run_id = run.write()
        connection.execute(update(SentForm).where(SentForm.form_id == checked.upload_id).values(record_id=run_id))
        return AcceptedUpload(run_id=run_id, outcome=run.outcome)


def _visible_runs(actor: Actor) -> ColumnElement[bool]:
    """Return a condition on ``ImportRun``: the runs that the actor may see and undo, all or one's own."""
    is_everywhere = where_may(actor, Action.IMPORT_WORKBOOK) is Where.ANYWHERE
    return true() if is_everywhere else ImportRun.account_id == actor.account_id


def uploads(connection: Connection, actor: Actor, *, limit: int = 50) -> pd.DataFrame:
    """Return one row an accepted upload that the actor may see, the newest first. Raises ForbiddenError.

    Columns: run_id, at (UTC), actor (login, or text for the command line), file_name, undone_at, and the number of
    rows added, changed and refused.
    """
    require(actor, Action.IMPORT_WORKBOOK)
    columns = (
        ImportRun.id,
        ImportRun.at,
        ImportRun.actor,
        ImportRun.file_name,
        ImportRun.undone_at,
        ImportRun.outcome,
    )
    statement = select(*columns).where(_visible_runs(actor)).order_by(ImportRun.id.desc()).limit(limit)
    rows = []
    for row in connection.execute(statement):
        sheets = row.outcome.values()
        changed = sum(sheet.get("changed", 0) for sheet in sheets)
        rows.append(
            {
                "run_id": row.id,
                "at": row.at,
                "actor": row.actor,
                "file_name": row.file_name,
                "undone_at": row.undone_at,
                "added": sum(sheet["accepted"] for sheet in sheets) - changed,
                "changed": changed,
                "refused": sum(len(sheet["refused"]) for sheet in sheets),
            }
        )
    names = ["run_id", "at", "actor", "file_name", "undone_at", "added", "changed", "refused"]
    return pd.DataFrame(rows, columns=names)


def undo_upload(engine: Engine, actor: Actor, *, run_id: int, now: datetime) -> UndoneRun:
    """Take an upload back: added records are withdrawn, corrected ones get their old values. Again changes nothing.

    Raises ForbiddenError, NoUploadError, TouchedRowsError, BusyError; nothing is changed by any of them.
    """
    require(actor, Action.IMPORT_WORKBOOK)
    with writing_or_busy(engine) as connection:
        require_account(connection, actor)
        own = select(ImportRun.undone_at).where(ImportRun.id == run_id, _visible_runs(actor)).with_for_update()
        row = connection.execute(own).first()
        if row is None:
            raise NoUploadError
        if row.undone_at is not None:
            return UndoneRun(is_repeat=True)
        undone = undo_run(connection, actor, run_id=run_id, now=now)
        if undone.touched:
            raise TouchedRowsError(undone.touched)
        connection.execute(update(ImportRun).where(ImportRun.id == run_id).values(undone_at=now))
    data_version(engine)
    return undone
