"""Records that are open data: status of memoranda by district, track records of NGOs, support given to them."""

from __future__ import annotations

from datetime import date

import pandas as pd
from sqlalchemy import Connection, Integer, cast, extract, func, select

from data.codes import EventState
from data.policy import Action, Actor, Scope, require
from data.schema import JointEvent, JointEventNgo, Memorandum, MemorandumNgo, Ngo, Support
from queries.frames import read_frame
from queries.memoranda.register import district_status
from queries.memoranda.status import effective_expiry, is_in_force, status_case

_IS_HELD = JointEvent.state_code == EventState.HELD.value


def open_status(connection: Connection, actor: Actor, *, today: date) -> pd.DataFrame:
    """One row a district: area_code, status_code, memoranda, in_force, on_paper. Raises ForbiddenError."""
    found = district_status(connection, actor, scope=Scope.nation(), today=today)
    return found.rename(columns={"district_soato": "area_code"})


def open_ngos(connection: Connection, actor: Actor, *, today: date) -> pd.DataFrame:
    """One row an NGO by its name: stir, ngo_name, area_code (home district), is_active, in_force (memoranda),
    events_held (until today). Raises ForbiddenError."""
    require(actor, Action.SEE_TRACK_RECORDS)
    signed = (
        select(MemorandumNgo.ngo_id, func.count().label("number"))
        .join(Memorandum, Memorandum.id == MemorandumNgo.memorandum_id)
        .where(is_in_force(today))
        .group_by(MemorandumNgo.ngo_id)
        .subquery()
    )
    held = (
        select(JointEventNgo.ngo_id, func.count().label("number"))
        .join(JointEvent, JointEvent.id == JointEventNgo.event_id)
        .where(_IS_HELD, JointEvent.event_date <= today)
        .group_by(JointEventNgo.ngo_id)
        .subquery()
    )
    statement = (
        select(
            Ngo.stir,
            Ngo.name.label("ngo_name"),
            Ngo.district_soato.label("area_code"),
            Ngo.is_active,
            func.coalesce(signed.c.number, 0).label("in_force"),
            func.coalesce(held.c.number, 0).label("events_held"),
        )
        .outerjoin(signed, signed.c.ngo_id == Ngo.id)
        .outerjoin(held, held.c.ngo_id == Ngo.id)
        .order_by(Ngo.name, Ngo.stir)
    )
    return read_frame(connection, statement)


def open_memoranda(connection: Connection, actor: Actor, *, today: date) -> pd.DataFrame:
    """One row an NGO and memorandum in force: stir, area_code, number, status_code, signed_date, expiry_date (NaT:
    open-ended). Raises ForbiddenError."""
    require(actor, Action.SEE_TRACK_RECORDS)
    statement = (
        select(
            Ngo.stir,
            Memorandum.district_soato.label("area_code"),
            Memorandum.number,
            status_case(today).label("status_code"),
            Memorandum.signed_date,
            effective_expiry(today).label("expiry_date"),
        )
        .join(MemorandumNgo, MemorandumNgo.memorandum_id == Memorandum.id)
        .join(Ngo, Ngo.id == MemorandumNgo.ngo_id)
        .where(is_in_force(today))
        .order_by(Ngo.stir, Memorandum.district_soato, Memorandum.number)
    )
    return read_frame(connection, statement)


def open_events(connection: Connection, actor: Actor, *, today: date) -> pd.DataFrame:
    """One row an NGO, year and direction with a held event until today: stir, year, direction_code, events_held.

    Raises ForbiddenError.
    """
    require(actor, Action.SEE_TRACK_RECORDS)
    year = cast(extract("year", JointEvent.event_date), Integer)
    statement = (
        select(Ngo.stir, year.label("year"), JointEvent.direction_code, func.count().label("events_held"))
        .join(JointEventNgo, JointEventNgo.event_id == JointEvent.id)
        .join(Ngo, Ngo.id == JointEventNgo.ngo_id)
        .where(_IS_HELD, JointEvent.event_date <= today)
        .group_by(Ngo.stir, year, JointEvent.direction_code)
        .order_by(Ngo.stir, year, JointEvent.direction_code)
    )
    return read_frame(connection, statement)


def open_support(connection: Connection, actor: Actor, *, today: date) -> pd.DataFrame:
    """One row a support given until today, the newest first: area_code, number, support_date, year, kind_code,
    amount_uzs (Int64; NA: none), stir, ngo_name, source. Raises ForbiddenError."""
    require(actor, Action.SEE_TRACK_RECORDS)
    statement = (
        select(
            Support.district_soato.label("area_code"),
            Support.number,
            Support.support_date,
            Support.kind_code,
            Support.amount_uzs,
            Ngo.stir,
            Ngo.name.label("ngo_name"),
            Support.source,
        )
        .join(Ngo, Ngo.id == Support.ngo_id)
        .where(Support.support_date <= today)
        .order_by(Support.support_date.desc(), Support.district_soato, Support.number)
    )
    frame = read_frame(connection, statement)
    return frame.assign(year=frame["support_date"].dt.year, amount_uzs=frame["amount_uzs"].astype("Int64"))
