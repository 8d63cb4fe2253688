"""Cooperation desk: support and awards given in an area, beside how active its NGOs are, and who was trained.

All of it is asked of whole months (:func:`desk_months`). An NGO is given its own rows alone, in any area.
"""

from __future__ import annotations

from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, false, func, literal, or_, select, true
from sqlalchemy import union_all as union

from data.codes import TrainingAudience
from data.dates.period import Period
from data.policy import Action, Actor, Scope
from data.schema import Award, District, Mahalla, Ngo, NgoMonth, Support, Training, TrainingMahalla, TrainingNgo
from queries.directory.validity import existed_on
from queries.frames import FramePage, read_frame
from queries.indicators.partners import SUPPORT_MONTHS, window_start
from queries.registers.records import visible_records
from queries.row_filter import RowFilter, permitted_rows


def desk_months(period: Period, today: date) -> Period:
    """Return the months of the indicators of support and training: the twelve up to the end of a period."""
    return Period.of_months(window_start(period.as_of(today)), SUPPORT_MONTHS)


def support_by_kind(connection: Connection, actor: Actor, *, scope: Scope, months: Period) -> pd.DataFrame:
    """One row a form of support that was given, the most money first, then the most often.

    Columns: kind_code, supports (records), ngos (different ones), amount_uzs (0: none has an amount). Raises
    ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    amount = func.coalesce(func.sum(Support.amount_uzs), 0).label("amount_uzs")
    supports = func.count().label("supports")
    statement = (
        select(Support.kind_code, supports, func.count(Support.ngo_id.distinct()).label("ngos"), amount)
        .where(visible_records("supports", row_filter), _is_in(months, Support.support_date))
        .group_by(Support.kind_code)
        .order_by(amount.desc(), supports.desc(), Support.kind_code)
    )
    return read_frame(connection, statement).astype({"amount_uzs": int})


def awards_by_ground(connection: Connection, actor: Actor, *, scope: Scope, months: Period) -> pd.DataFrame:
    """One row a ground, kind and recipient of awards.

    Columns: ground_code, kind_code, recipient_code, awards (records), citizens (people; 0 of NGOs), amount_uzs (0: none
    has an amount). Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    keys = (Award.ground_code, Award.kind_code, Award.recipient_code)
    statement = (
        select(
            *keys,
            func.count().label("awards"),
            func.coalesce(func.sum(Award.citizens), 0).label("citizens"),
            func.coalesce(func.sum(Award.amount_uzs), 0).label("amount_uzs"),
        )
        .where(visible_records("awards", row_filter), _is_in(months, Award.award_date))
        .group_by(*keys)
        .order_by(*keys)
    )
    return read_frame(connection, statement).astype({"citizens": int, "amount_uzs": int})


def ngo_activity(connection: Connection, actor: Actor, *, scope: Scope, months: Period) -> pd.DataFrame:
    """One row an NGO that held an event in the area in these months, or was given support or an award there, by name.

    Columns: ngo_id, ngo_name, district_soato (of its home), is_active, events_held, supports (records), amount_uzs (of
    them), awards (in these months), has_award (whenever). Events are those of the months' sums. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    held, given, awarded = _held(row_filter, months), _given(row_filter, months), _awarded(row_filter, months)
    awards = func.coalesce(awarded.c.awards, 0)
    statement = (
        select(
            Ngo.id.label("ngo_id"),
            Ngo.name.label("ngo_name"),
            Ngo.district_soato,
            Ngo.is_active,
            func.coalesce(held.c.events_held, 0).label("events_held"),
            func.coalesce(given.c.supports, 0).label("supports"),
            func.coalesce(given.c.amount_uzs, 0).label("amount_uzs"),
            awards.label("awards"),
            awarded.c.ngo_id.is_not(None).label("has_award"),
        )
        .outerjoin(held, held.c.ngo_id == Ngo.id)
        .outerjoin(given, given.c.ngo_id == Ngo.id)
        .outerjoin(awarded, awarded.c.ngo_id == Ngo.id)
        .where(or_(held.c.events_held > 0, given.c.supports > 0, awards > 0))
        .order_by(Ngo.name, Ngo.id)
    )
    counts = dict.fromkeys(("events_held", "supports", "amount_uzs", "awards"), int)
    return read_frame(connection, statement).astype(counts)


def _held(row_filter: RowFilter, months: Period) -> Subquery:
    own = true() if row_filter.ngo_id is None else NgoMonth.ngo_id == row_filter.ngo_id
    return (
        select(NgoMonth.ngo_id, func.sum(NgoMonth.events_held).label("events_held"))
        .where(
            NgoMonth.year_month.between(months.first_year_month, months.last_year_month),
            row_filter.districts(NgoMonth.district_soato),
            own,
        )
        .group_by(NgoMonth.ngo_id)
        .subquery()
    )


def _given(row_filter: RowFilter, months: Period) -> Subquery:
    amount = func.coalesce(func.sum(Support.amount_uzs), 0).label("amount_uzs")
    return (
        select(Support.ngo_id, func.count().label("supports"), amount)
        .where(visible_records("supports", row_filter), _is_in(months, Support.support_date))
        .group_by(Support.ngo_id)
        .subquery()
    )


def _awarded(row_filter: RowFilter, months: Period) -> Subquery:
    """Awards of NGOs: those in the months, of every NGO that has any."""
    return (
        select(Award.ngo_id, func.sum(case((_is_in(months, Award.award_date), 1), else_=0)).label("awards"))
        .where(visible_records("awards", row_filter), Award.ngo_id.is_not(None))
        .group_by(Award.ngo_id)
        .subquery()
    )


def _is_in(months: Period, day: Any) -> ColumnElement[bool]:  # noqa: ANN401 - a column of any table
    found: ColumnElement[bool] = day.between(months.first_day, months.last_day)
    return found


def training_coverage(
    connection: Connection, actor: Actor, *, scope: Scope, months: Period, today: date
) -> pd.DataFrame:
    """One row a district of the area, as the indicator of training counts: posts and active NGOs at home there.

    Columns: district_soato, posts, posts_trained, ngos, ngos_trained. Raises ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    members = _members(row_filter, months, months.as_of(today))
    is_post = members.c.side_code == TrainingAudience.INSPECTORS.value

    def count(*conditions: ColumnElement[bool]) -> ColumnElement[int]:
        return func.sum(case((and_(*conditions), 1), else_=0))

    statement = (
        select(
            members.c.district_soato,
            count(is_post).label("posts"),
            count(is_post, members.c.is_trained).label("posts_trained"),
            count(~is_post).label("ngos"),
            count(~is_post, members.c.is_trained).label("ngos_trained"),
        )
        .group_by(members.c.district_soato)
        .order_by(members.c.district_soato)
    )
    return read_frame(connection, statement)


def training_members(
    connection: Connection,
    actor: Actor,
    *,
    scope: Scope,
    months: Period,
    today: date,
    is_trained: bool,
    limit: int,
    offset: int = 0,
) -> FramePage:
    """Return the posts and active NGOs of the area with a training in these months, or those without: posts first.

    Columns: side_code (a ``TrainingAudience``), member_id (of the mahalla or the NGO), name, post, district_soato,
    trainings (held in the area; others of it are not the reader's), last_date (of these; NaT: none). Raises
    ForbiddenError.
    """
    row_filter = permitted_rows(connection, actor, Action.SEE_RECORDS, scope)
    members = _members(row_filter, months, months.as_of(today))
    wanted = members.c.is_trained if is_trained else ~members.c.is_trained
    columns = [column for column in members.c if column.key != "is_trained"]
    statement = select(*columns).where(wanted)
    total = connection.scalar(select(func.count()).select_from(members).where(wanted)) or 0
    order = (members.c.side_code, members.c.district_soato, members.c.name, members.c.member_id)
    frame = read_frame(connection, statement.order_by(*order).limit(limit).offset(offset))
    return FramePage(frame=frame.astype({"trainings": int}), total=total)


def _members(row_filter: RowFilter, months: Period, day: date) -> Subquery:
    """Posts and active NGOs at home in districts of the area that existed on a day, each with whether it was trained in
    the months, wherever that was."""
    existed = select(District.soato).where(existed_on(day))
    posts, ngos = (_trained(row_filter, months, link) for link in (TrainingMahalla, TrainingNgo))
    own = true() if row_filter.ngo_id is None else false()
    own_ngo = true() if row_filter.ngo_id is None else Ngo.id == row_filter.ngo_id
    parts: list[Select[*tuple[Any, ...]]] = [
        select(
            literal(side.value).label("side_code"),
            member.id.label("member_id"),
            member.name.label("name"),
            (Mahalla.post if member is Mahalla else literal("")).label("post"),
            member.district_soato.label("district_soato"),
            trained.c.member_id.is_not(None).label("is_trained"),
            func.coalesce(trained.c.trainings, 0).label("trainings"),
            trained.c.last_date.label("last_date"),
        )
        .outerjoin(trained, trained.c.member_id == member.id)
        .where(row_filter.districts(member.district_soato), member.district_soato.in_(existed), *conditions)
        for side, member, trained, conditions in (
            (TrainingAudience.INSPECTORS, Mahalla, posts, (own,)),
            (TrainingAudience.NGO, Ngo, ngos, (Ngo.is_active, own_ngo)),
        )
    ]
    return select(union(*parts).subquery()).subquery()


def _trained(row_filter: RowFilter, months: Period, link: type[Any]) -> Subquery:
    member = link.mahalla_id if link is TrainingMahalla else link.ngo_id
    is_here = row_filter.districts(Training.district_soato)
    return (
        select(
            member.label("member_id"),
            func.sum(case((is_here, 1), else_=0)).label("trainings"),
            func.max(case((is_here, Training.training_date))).label("last_date"),
        )
        .join(Training, Training.id == link.training_id)
        .where(_is_in(months, Training.training_date))
        .group_by(member)
        .subquery()
    )
