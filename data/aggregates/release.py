"""Releases confidential evaluations in batches, inside a refresh, with set-based statements.

Months that may have unreleased evaluations are the stale ones and those that had some at the last refresh. Sums of a
batch are written once, rounded so that they do not reveal the order of addition, and never change: neither by a
correction of a member nor by its event being moved or cancelled.
"""

# ruff: noqa: S608 - the statements are made of names of this module and nothing else

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import Connection, Date, bindparam, func, select, text

from data.aggregates.work_tables import MonthKey, empty_work_tables, fill_work_table, run_all
from data.codes import EvaluationItem, EvaluationState, EventState, Visibility, WouldRepeat
from data.confidentiality import Batch, Pool, batches, visible_days
from data.schema import ConfidentialBatch, DistrictMonth
from data.schema.aggregates import ALL_DIRECTIONS

_MONTH = "district_soato VARCHAR(10), year_month INTEGER"
_WAITING = f"evaluation_id INTEGER, event_id INTEGER, ngo_id INTEGER, {_MONTH}"
_WORK_TABLES = {
    "waiting_evaluation": _WAITING,
    "new_batch_month": f"batch_id INTEGER, {_MONTH}",
    "new_batch": "batch_id INTEGER, minimum_answers INTEGER, visible_date DATE",
    "new_member": f"batch_id INTEGER, minimum_answers INTEGER, {_WAITING}",
}
IS_IN_BATCH = "EXISTS (SELECT 1 FROM confidential_batch_member m WHERE m.event_id = v.event_id AND m.ngo_id = v.ngo_id)"
_COUNTS = (
    f"v.is_current AND v.state_code = '{EvaluationState.SUBMITTED}' AND v.visibility_code = '{Visibility.CONFIDENTIAL}'"
)
_IS_WAITING = (
    f"e.state_code = '{EventState.HELD}' AND {_COUNTS} AND NOT {IS_IN_BATCH}"
    " AND NOT EXISTS (SELECT 1 FROM confidential_batch_member m WHERE m.evaluation_id = v.id)"
)
_MEMBERS = "new_member w JOIN evaluation v ON v.id = w.evaluation_id"


def release(connection: Connection, months: Sequence[MonthKey], *, today: date) -> None:
    """Release what may be released in the districts of the stale months; the months that change by it become stale.

    Recommendations of released evaluations, and of named ones, get their release date in the same transaction; where
    several batches of a district are released, as after an import of past years, those of the older ones follow week by
    week (:func:`data.confidentiality.visible_days`). Only one refresh may run at a time.
    """
    districts = sorted({month.district_soato for month in months})
    if not districts:
        return
    _release_named_recommendations(connection, districts)
    formed = _formed(connection, months, districts, today=today)
    while formed and not _lock_members(connection):
        formed = _formed(connection, months, districts, today=today)
    if not formed:
        return
    on_day = bindparam("today", today, Date)
    connection.execute(text(_batch_rows()).bindparams(on_day))
    run_all(connection, (*_member_statements(), _RELEASE_RECOMMENDATIONS))
    connection.execute(text(_release_added_recommendations()).bindparams(on_day))


def _release_named_recommendations(connection: Connection, districts: Sequence[str]) -> None:
    """Release recommendations of named evaluations as of the day of writing."""
    fill_work_table(connection, "refreshed_district", "district_soato VARCHAR(10)", [{"d": code} for code in districts])
    connection.execute(
        text(
            "UPDATE recommendation SET released_date = created_date WHERE released_date IS NULL"
            " AND district_soato IN (SELECT district_soato FROM refreshed_district)"
            " AND EXISTS (SELECT 1 FROM evaluation v"
            f" WHERE v.id = recommendation.evaluation_id AND v.visibility_code = '{Visibility.NAMED}'"
            f" AND v.state_code = '{EvaluationState.SUBMITTED}')"
        )
    )


def _formed(
    connection: Connection, months: Sequence[MonthKey], districts: Sequence[str], *, today: date
) -> list[Batch]:
    """Batches that the unreleased evaluations form now, with their members in the work tables."""
    empty_work_tables(connection, _WORK_TABLES)
    formed = list(batches(_waiting(connection, months, districts)))
    if formed:
        _store_members(connection, formed, today=today)
    return formed


def _lock_members(connection: Connection) -> bool:
    """Lock the members' rows against corrections until the end of the transaction; False where one was corrected
    meanwhile.

    Whoever corrects one of them later waits and then finds it in a batch. A transaction with one snapshot of the data
    fails here instead, if one was corrected. SQLite has one writer at a time.
    """
    if connection.dialect.name == "sqlite":
        return True
    gathered: int = connection.execute(text("SELECT count(*) FROM new_member")).scalar_one()
    held = connection.execute(text(f"SELECT v.id FROM {_MEMBERS} WHERE {_COUNTS} ORDER BY v.id FOR UPDATE OF v"))
    return len(held.all()) == gathered


def _waiting(connection: Connection, months: Sequence[MonthKey], districts: Sequence[str]) -> Iterator[Pool]:
    """Unreleased evaluations of the districts as pools by month; the evaluations themselves stay in the database."""
    waited = select(DistrictMonth.district_soato, DistrictMonth.year_month).where(
        DistrictMonth.district_soato.in_(districts),
        DistrictMonth.direction_code == ALL_DIRECTIONS,
        DistrictMonth.evaluations_waiting > 0,
    )
    looked_at = {*months, *(MonthKey(*row) for row in connection.execute(waited))}
    rows = [month.work_row for month in sorted(looked_at)]
    fill_work_table(connection, "waiting_month", f"{_MONTH}, first_day DATE, last_day DATE", rows)
    connection.execute(
        text(
            "INSERT INTO waiting_evaluation SELECT v.id, v.event_id, v.ngo_id, s.district_soato, s.year_month"
            " FROM waiting_month s CROSS JOIN joint_event e CROSS JOIN evaluation v"
            " WHERE e.district_soato = s.district_soato AND e.event_date BETWEEN s.first_day AND s.last_day"
            f" AND v.event_id = e.id AND {_IS_WAITING}"
        )
    )
    counted = connection.execute(
        text(
            "SELECT district_soato, year_month, ngo_id, count(*) FROM waiting_evaluation"
            " GROUP BY district_soato, year_month, ngo_id"
        )
    )
    by_ngo: dict[tuple[str, int], dict[int, int]] = defaultdict(dict)
    for district, month, ngo_id, evaluations in counted:
        by_ngo[district, month][ngo_id] = evaluations
    return (Pool(district, month, counts) for (district, month), counts in by_ngo.items())


def _store_members(connection: Connection, formed: Sequence[Batch], *, today: date) -> None:
    last = connection.execute(select(func.coalesce(func.max(ConfidentialBatch.id), 0))).scalar_one()
    numbered = list(enumerate(formed, start=int(last) + 1))
    connection.execute(
        text("INSERT INTO new_batch VALUES (:id, :minimum, :visible)"),
        [
            {"id": number, "minimum": batch.minimum_answers, "visible": day.isoformat()}
            for (number, batch), day in zip(numbered, visible_days(formed, today=today), strict=True)
        ],
    )
    connection.execute(
        text("INSERT INTO new_batch_month VALUES (:id, :district, :month)"),
        [
            {"id": number, "district": batch.district_soato, "month": month}
            for number, batch in numbered
            for month in batch.months
        ],
    )
    connection.execute(
        text(
            "INSERT INTO new_member SELECT b.batch_id, b.minimum_answers, w.evaluation_id, w.event_id, w.ngo_id,"
            " w.district_soato, w.year_month FROM waiting_evaluation w JOIN new_batch_month n"
            " ON n.district_soato = w.district_soato AND n.year_month = w.year_month"
            " JOIN new_batch b ON b.batch_id = n.batch_id"
        )
    )
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE new_member"))


def _member_statements() -> Iterator[str]:
    yield (
        "INSERT INTO confidential_batch_member (evaluation_id, batch_id, event_id, ngo_id)"
        " SELECT evaluation_id, batch_id, event_id, ngo_id FROM new_member"
    )
    for item in EvaluationItem:
        mark = f"v.mark_{item}"
        yield (
            "INSERT INTO confidential_batch_item (batch_id, item_code, marks, mark_sum, mark_square_sum)"
            f" SELECT w.batch_id, '{item}', count({mark}), sum({mark}), sum({mark} * {mark}) FROM {_MEMBERS}"
            f" GROUP BY w.batch_id, w.minimum_answers HAVING count({mark}) >= w.minimum_answers"
        )
    yield (
        "INSERT INTO confidential_batch_problem (batch_id, problem_code, evaluations)"
        " SELECT w.batch_id, p.problem_code, count(*) FROM new_member w"
        " JOIN evaluation_problem p ON p.evaluation_id = w.evaluation_id GROUP BY w.batch_id, p.problem_code"
    )
    yield (
        "INSERT INTO stale_month (district_soato, year_month)"
        " SELECT DISTINCT district_soato, year_month FROM new_batch_month"
    )


def _batch_rows() -> str:
    """Sums of each batch that do not distinguish its members."""
    marked = "CASE WHEN count(v.mark_mean) < count(DISTINCT w.event_id) THEN count(v.mark_mean)"
    events = f"{marked} ELSE count(DISTINCT w.event_id) END"
    means = [f"round(CAST(avg({value}) AS NUMERIC), 6)" for value in ("v.mark_mean", "v.mark_mean * v.mark_mean")]
    mark_sums = [events, *(f"{mean} * {events}" for mean in means)]
    answers = [f"count(CASE WHEN v.would_repeat_code = '{answer}' THEN 1 END)" for answer in WouldRepeat]
    shown = [
        *(_if_enough("v.mark_mean", total) for total in mark_sums),
        *(_if_enough("v.would_repeat_code", total) for total in answers),
    ]
    repeats = ", ".join(f"repeat_{answer}" for answer in WouldRepeat)
    return (
        "INSERT INTO confidential_batch (id, district_soato, first_year_month, last_year_month, released_date,"
        f" evaluations, ngos, events_marked, event_mark_sum, event_mark_square_sum, {repeats})"
        " SELECT w.batch_id, w.district_soato, min(w.year_month), max(w.year_month), :today, count(*),"
        f" count(DISTINCT w.ngo_id), {', '.join(shown)} FROM {_MEMBERS}"
        " GROUP BY w.batch_id, w.minimum_answers, w.district_soato"
    )


def _if_enough(answered: str, total: str) -> str:
    return f"CASE WHEN count({answered}) >= w.minimum_answers THEN {total} ELSE 0 END"


_RELEASE_RECOMMENDATIONS = (
    "UPDATE recommendation SET released_date = b.visible_date FROM new_member w"
    " JOIN new_batch b ON b.batch_id = w.batch_id"
    " WHERE w.evaluation_id = recommendation.evaluation_id AND recommendation.released_date IS NULL"
)


def _release_added_recommendations() -> str:
    """Recommendations added by a correction of an evaluation released before."""
    return (
        "UPDATE recommendation SET released_date = :today WHERE released_date IS NULL"
        " AND district_soato IN (SELECT district_soato FROM new_batch_month)"
        f" AND EXISTS (SELECT 1 FROM evaluation v WHERE v.id = recommendation.evaluation_id AND v.is_current"
        f" AND v.state_code = '{EvaluationState.SUBMITTED}' AND {IS_IN_BATCH})"
    )
