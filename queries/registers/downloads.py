"""Records of a scope to be corrected in a workbook and uploaded again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Select, func, or_, select

from data.dates.period import Period
from data.language import N_, DomainError
from data.policy import Action, Actor, Scope, may
from data.registers.declaration import RegisterSheet
from data.registers.registry import SHEETS
from data.workbook.downloaded_rows import DownloadedRow
from queries.registers.records import MODELS, load_records, visible_records, with_memorandum
from queries.row_filter import permitted_rows

MOST_ROWS = 10_000


class TooManyRowsError(DomainError):
    """Raised where a download would have too many rows to be edited."""

    def __init__(self, rows: int) -> None:
        super().__init__(
            N_("These are {rows} rows, at most {limit} are given at once. Choose a year, or fewer registers."),
            rows=rows,
            limit=MOST_ROWS,
        )


def downloadable_sheets(actor: Actor) -> Sequence[RegisterSheet]:
    """Return the registers whose records the actor may enter and correct in a workbook.

    Evaluations are not among them: they belong to the NGOs that sent them.
    """
    return [sheet for sheet in SHEETS if sheet.code in MODELS and may(actor, sheet.written_by)]


def rows_to_correct(
    connection: Connection, actor: Actor, *, sheet: RegisterSheet, scope: Scope, period: Period | None = None
) -> list[DownloadedRow]:
    """Return the records of a register in a scope, oldest first; with a period, those of its days or without a day.

    Raises ForbiddenError, TooManyRowsError. Records without a number, which no row can name, are left out.
    """
    ids: list[int] = list(connection.scalars(_records(connection, actor, sheet=sheet, scope=scope, period=period)))
    if len(ids) > MOST_ROWS:
        raise TooManyRowsError(len(ids))
    stored = load_records(connection, sheet.code, ids)
    return [
        DownloadedRow(record_id, stored.stored[record_id].row.version, stored.cells_of(record_id)) for record_id in ids
    ]


def count_to_correct(
    connection: Connection,
    actor: Actor,
    *,
    sheets: Sequence[RegisterSheet],
    scope: Scope,
    period: Period | None = None,
) -> int:
    """Return the number of rows that a download of some registers has. Raises ForbiddenError."""
    records = (_records(connection, actor, sheet=sheet, scope=scope, period=period) for sheet in sheets)
    found = [connection.scalar(select(func.count()).select_from(query.subquery())) or 0 for query in records]
    return sum(found)


def _records(
    connection: Connection, actor: Actor, *, sheet: RegisterSheet, scope: Scope, period: Period | None
) -> Select[*tuple[Any, ...]]:
    """Return the query of the ids of the records of a scope."""
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    model = MODELS[sheet.code]
    statement = with_memorandum(sheet.code, select(model.id)).where(visible_records(sheet.code, row_filter))
    if period is not None and sheet.date_field:
        day = getattr(model, sheet.date_field)
        statement = statement.where(or_(day.is_(None), day.between(period.first_day, period.last_day)))
    if period is not None and hasattr(model, "year"):
        statement = statement.where(model.year.between(period.first_day.year, period.last_day.year))
    if hasattr(model, "number"):
        statement = statement.where(model.number.is_not(None))
    return statement.order_by(model.id)
