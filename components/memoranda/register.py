"""Tables of the register of memoranda and its obligations, and the search in it."""

from __future__ import annotations

import pandas as pd

from components.shell.areas import AreaDirectory
from components.shell.formatter import Formatter
from components.tables.columns import NGOS_WIDTH, Column, Kind
from data.codes import MemorandumStatus, ObligationState, Party
from data.texts.search_keys import search_key

DISTRICT_WIDTH = 165


def found_rows(register: pd.DataFrame, text: str, *, directory: AreaDirectory) -> pd.DataFrame:
    """Return rows whose number, title, NGOs or district contain a text, in any script and with any apostrophes."""
    key = search_key(text)
    if not key:
        return register
    searched = register["number"] + " " + register["title"] + " " + register["ngos"] + " "
    places = register["district_soato"].map(directory.name)
    return register[(searched + places).map(search_key).str.contains(key, regex=False)]


def next_to_expire(dated: pd.DataFrame, *, limit: int) -> pd.DataFrame:
    """Return at most ``limit`` memoranda in force, the next one to expire first; others where none is in force."""
    runs = dated[dated["status_code"].isin([MemorandumStatus.IN_FORCE.value, MemorandumStatus.EXPIRING.value])]
    return (runs if len(runs) else dated).sort_values("expiry_date", na_position="last").head(limit)


def district_columns(*, fmt: Formatter) -> list[Column]:
    """Columns of the register of one district."""
    translate = fmt.translate
    return [
        Column("number", translate("Number")),
        Column("ngos", translate("NGOs"), width=NGOS_WIDTH),
        Column("status_code", translate("Status"), Kind.STATUS),
        Column("expiry_date", translate("Expires"), Kind.DATE, help=translate("A dash stands for an open end.")),
        Column("days_left", translate("Days left"), Kind.NUMBER),
        Column("last_event_date", translate("Last joint event"), Kind.DATE),
        Column("obligations_overdue", translate("Overdue obligations"), Kind.NUMBER),
    ]


def register_columns(*, fmt: Formatter) -> list[Column]:
    """Columns of the register as it is shown and downloaded."""
    translate = fmt.translate
    number, ngos, status, expires, *others = district_columns(fmt=fmt)
    return [
        Column("district", translate("District"), width=DISTRICT_WIDTH),
        number,
        ngos,
        status,
        Column("on_paper", translate("On paper only")),
        Column("signed_date", translate("Signed"), Kind.DATE),
        expires,
        *others,
        Column("title", translate("Title")),
    ]


def register_rows(register: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`queries.memoranda.register.memorandum_register` with district and on_paper as text."""
    yes, no = fmt.translate("Yes"), fmt.translate("No")
    return register.assign(
        district=register["district_soato"].map(directory.name),
        on_paper=[yes if is_on_paper else no for is_on_paper in register["is_on_paper"]],
    )


def obligation_columns(*, fmt: Formatter) -> list[Column]:
    """Columns of the obligations: who promised what by when, and what came of it."""
    translate = fmt.translate
    return [
        Column("district", translate("District")),
        Column("number", translate("Memorandum")),
        Column("party", translate("Party")),
        Column("text", translate("Obligation")),
        Column("due_date", translate("Due"), Kind.DATE),
        Column("fulfilled_date", translate("Fulfilled on"), Kind.DATE),
        Column("state", translate("State")),
    ]


def obligation_rows(obligations: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`queries.memoranda.register.obligations` with district, party and state as text."""
    translate = fmt.translate
    return obligations.assign(
        district=obligations["district_soato"].map(directory.name),
        party=[translate(Party(code).label) for code in obligations["party_code"]],
        state=[translate(ObligationState(code).label) for code in obligations["state_code"]],
    )
