"""Records behind a reason of the formality check, for those who see the area in full.

Only named evaluations are quoted; the national leadership, which reads sums and no single evaluation, gets no texts and
no evaluations' ids. A recommendation is shown as :mod:`queries.recommendations` shows it: without its NGO, and a
confidential one with the month of its release only.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Subquery, case, select

from data.codes import EvaluationState, EventState, FormalityReason
from data.dates.period import Period
from data.effectiveness.formality import FORMALITY_METHOD as METHOD
from data.effectiveness.formality import FormalityThing
from data.policy import Action, Actor, ForbiddenError, Scope, ScopeKind
from data.schema import (
    District,
    Evaluation,
    EvaluationText,
    JointEvent,
    Mahalla,
    MahallaYear,
    Ngo,
    Recommendation,
)
from data.schema.aggregates import ALL_DIRECTIONS
from data.schema.texts import KIND_COMMENT
from queries.effectiveness.formality_counts import (
    answerable_days,
    checked_year,
    fives_by_ngo,
    quarter_end_days,
    texts_by_ngo,
)
from queries.evaluations.visibility import is_readable_by
from queries.frames import read_frame
from queries.indicators.source import Window
from queries.recommendations.conditions import is_named, is_shown_to_leaders
from queries.row_filter import RowFilter, permitted_rows

ROW_COLUMNS = ("district_soato", "thing_code", "thing_id", "name", "row_date", "checked", "found", "text", "record_ids")


@dataclass(frozen=True)
class _Asked:
    """Request for records: rows and months, limit, and which evaluations may be read one by one."""

    connection: Connection
    row_filter: RowFilter
    window: Window
    limit: int
    is_readable: ColumnElement[bool]

    def frame(self, statement: Select[*tuple[Any, ...]]) -> pd.DataFrame:
        """Return the first rows of a statement."""
        return read_frame(self.connection, statement.limit(self.limit))


def formality_rows(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    period: Period,
    today: date,
    reason: FormalityReason,
    limit: int,
) -> pd.DataFrame:
    """Return the records with a reason in the scope, whether or not they are for review; at most ``limit``.

    Columns: district_soato, thing_code (a :class:`FormalityThing`), thing_id (text; of a recommendation its public id),
    name (of the mahalla or NGO; title of the event; "" for a recommendation), row_date (of the event or release; NaT),
    checked and found (forms or texts of an NGO; events of a mahalla; else 1), text (what was said; "" where it may not
    be shown), record_ids (of the events or evaluations behind the row, joined by ";"). NGOs with the largest share come
    first, mahallas by name, events and recommendations from the newest on. Raises ForbiddenError where the actor does
    not see the scope in full, to an NGO and for the scope of one.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_ATTENTION, scope)
    if scope.kind is ScopeKind.NGO:
        raise ForbiddenError
    asked = _Asked(connection, row_filter, Window(period, today), limit, is_readable=is_readable_by(actor))
    frame = _READ[reason](asked).reindex(columns=list(ROW_COLUMNS))
    texts = {
        name: frame[name].astype(object).fillna("").astype(str) for name in ("name", "text", "record_ids", "thing_id")
    }
    counts = {name: frame[name].fillna(1).astype(np.int64) for name in ("checked", "found")}
    return frame.assign(**texts, **counts, row_date=pd.to_datetime(frame["row_date"]))


def _mahallas(asked: _Asked) -> pd.DataFrame:
    year = checked_year(asked.window)
    in_one_month = MahallaYear.month_mask.op("&")(MahallaYear.month_mask - 1) == 0
    chosen = (
        select(Mahalla.district_soato, Mahalla.id.label("thing_id"), Mahalla.name)
        .join(MahallaYear, MahallaYear.mahalla_id == Mahalla.id)
        .where(
            MahallaYear.direction_code == ALL_DIRECTIONS,
            MahallaYear.year == year,
            in_one_month,
            asked.row_filter.districts(MahallaYear.district_soato),
        )
        .order_by(Mahalla.name, Mahalla.id)
    )
    frame = asked.frame(chosen)
    events = (
        select(JointEvent.mahalla_id.label("thing_id"), JointEvent.id, JointEvent.event_date)
        .where(*_held(asked, date(year, 1, 1), date(year, 12, 31)), JointEvent.mahalla_id.in_(frame["thing_id"]))
        .order_by(JointEvent.event_date, JointEvent.id)
    )
    by_mahalla = read_frame(asked.connection, events).groupby("thing_id")
    held = pd.DataFrame({"row_date": by_mahalla["event_date"].min(), "checked": by_mahalla.size()})
    held = held.assign(found=held["checked"], record_ids=_joined(by_mahalla["id"]))
    return frame.join(held, on="thing_id").assign(thing_code=FormalityThing.MAHALLA.value)


def _joined(groups: Any) -> pd.Series[str]:  # noqa: ANN401 - groups of a column
    joined: pd.Series[str] = groups.agg(lambda ids: ";".join(map(str, ids)))
    return joined


def _held(asked: _Asked, first: date, last: date) -> list[ColumnElement[bool]]:
    return [
        JointEvent.state_code == EventState.HELD.value,
        JointEvent.event_date.between(first, last),
        asked.row_filter.districts(JointEvent.district_soato),
    ]


def _events(asked: _Asked, *conditions: ColumnElement[bool]) -> pd.DataFrame:
    period = asked.window.period
    statement = (
        select(
            JointEvent.district_soato,
            JointEvent.id.label("thing_id"),
            JointEvent.title.label("name"),
            JointEvent.event_date,
        )
        .where(*_held(asked, period.first_day, period.last_day), *conditions)
        .order_by(JointEvent.event_date.desc(), JointEvent.id.desc())
    )
    frame = asked.frame(statement).rename(columns={"event_date": "row_date"})
    return frame.assign(thing_code=FormalityThing.EVENT.value, record_ids=frame["thing_id"].astype(str))


def _late_events(asked: _Asked) -> pd.DataFrame:
    return _events(asked, JointEvent.event_date.in_(quarter_end_days(asked.window)))


def _unplanned_events(asked: _Asked) -> pd.DataFrame:
    return _events(asked, JointEvent.plan_item_id.is_(None))


def _ngos_named(asked: _Asked, found: pd.DataFrame) -> pd.DataFrame:
    """Name the NGOs of a frame (district_soato, ngo_id, n, found) whose district is asked for."""
    inside = asked.connection.scalars(select(District.soato).where(asked.row_filter.districts(District.soato)))
    rows = found[found["district_soato"].isin(list(inside))]
    names = read_frame(asked.connection, select(Ngo.id, Ngo.name).where(Ngo.id.in_(rows["ngo_id"].unique().tolist())))
    rows = rows.merge(names, left_on="ngo_id", right_on="id").assign(share=lambda row: row["found"] / row["n"])
    rows = rows.sort_values(["share", "n", "name", "id"], ascending=[False, False, True, True]).head(asked.limit)
    rows = rows.rename(columns={"ngo_id": "thing_id", "n": "checked"})
    columns = ["district_soato", "thing_id", "name", "checked", "found"]
    return rows[columns].reset_index(drop=True).assign(thing_code=FormalityThing.NGO.value)


def _ngos(asked: _Asked, by_ngo: Subquery, share: float) -> pd.DataFrame:
    counts = by_ngo.c.n.label("checked"), by_ngo.c.found
    statement = (
        select(by_ngo.c.district_soato, Ngo.id.label("thing_id"), Ngo.name, *counts)
        .join(Ngo, Ngo.id == by_ngo.c.ngo_id)
        .where(by_ngo.c.found >= share * by_ngo.c.n)
        .order_by((by_ngo.c.found * 1.0 / by_ngo.c.n).desc(), by_ngo.c.n.desc(), Ngo.name, Ngo.id)
    )
    return asked.frame(statement).assign(thing_code=FormalityThing.NGO.value)


def _forms(asked: _Asked, ngo_ids: pd.Series[int]) -> Select[int, str, int, str]:
    """Named evaluations of these NGOs in the period that count."""
    period = asked.window.period
    return (
        select(Evaluation.id, JointEvent.district_soato, Evaluation.ngo_id, Evaluation.comment)
        .join(JointEvent, JointEvent.id == Evaluation.event_id)
        .where(*_held(asked, period.first_day, period.last_day))
        .where(
            Evaluation.is_current,
            Evaluation.state_code == EvaluationState.SUBMITTED.value,
            Evaluation.ngo_id.in_(ngo_ids),
            asked.is_readable,
        )
        .order_by(Evaluation.id)
    )


def _with_forms(frame: pd.DataFrame, forms: pd.DataFrame) -> pd.DataFrame:
    groups = forms.groupby(["district_soato", "ngo_id"])
    found = pd.DataFrame({"record_ids": _joined(groups["id"]), "text": groups["comment"].first()})
    return frame.join(found, on=["district_soato", "thing_id"])


def _ngos_of_fives(asked: _Asked) -> pd.DataFrame:
    fives = fives_by_ngo(asked.connection, asked.window)
    frame = _ngos_named(asked, fives[fives["is_beyond"]])
    forms = _forms(asked, frame["thing_id"]).where(Evaluation.mark_mean == 5)
    return _with_forms(frame, read_frame(asked.connection, forms).assign(comment=""))


def _ngos_of_texts(asked: _Asked) -> pd.DataFrame:
    """NGOs of repeated texts; the text shown is one of those that the NGO sent most often."""
    frame = _ngos(asked, texts_by_ngo(asked.row_filter, asked.window), METHOD.same_text_share)
    text = case((EvaluationText.kind_code == KIND_COMMENT, Evaluation.comment), else_=Evaluation.recommendation_text)
    forms = _forms(asked, frame["thing_id"]).with_only_columns(
        Evaluation.id, JointEvent.district_soato, Evaluation.ngo_id, text.label("comment"), EvaluationText.text_key
    )
    kept = read_frame(asked.connection, forms.join(EvaluationText, EvaluationText.evaluation_id == Evaluation.id))
    copies = kept.groupby(["district_soato", "text_key"])["id"].transform("size")
    repeated = kept.assign(copies=copies)[copies > 1].sort_values(["copies", "id"], ascending=[False, True])
    return _with_forms(frame, repeated)


def _recommendations(asked: _Asked) -> pd.DataFrame:
    statement = (
        select(
            Recommendation.district_soato,
            Recommendation.public_id.label("thing_id"),
            Recommendation.released_date,
            Recommendation.text,
            is_named().label("is_named"),
        )
        .join(Evaluation, Evaluation.id == Recommendation.evaluation_id)
        .where(
            is_shown_to_leaders(asked.row_filter, asked.window.today),
            Recommendation.released_date.between(*answerable_days(asked.window)),
            Recommendation.answered_date.is_(None),
        )
        .order_by(Recommendation.released_date.desc(), Recommendation.public_id)
    )
    frame = asked.frame(statement)
    month = frame["released_date"].dt.to_period("M").dt.to_timestamp()
    shown = frame["released_date"].where(frame["is_named"], month)
    return frame.assign(thing_code=FormalityThing.RECOMMENDATION.value, row_date=shown)


_READ: Mapping[FormalityReason, Callable[[_Asked], pd.DataFrame]] = {
    FormalityReason.ONE_EVENT_A_YEAR: _mahallas,
    FormalityReason.QUARTER_END: _late_events,
    FormalityReason.ALL_FIVES: _ngos_of_fives,
    FormalityReason.SAME_TEXT: _ngos_of_texts,
    FormalityReason.NO_PLAN_ITEM: _unplanned_events,
    FormalityReason.NEVER_ANSWERED: _recommendations,
}
