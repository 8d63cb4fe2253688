"""Tables of the register of memoranda and its obligations, and the search in it."""

from __future__ import annotations

import pandas as pd

from components.shell.areas import AreaDirectory
from components.shell.formatter import Formatter
from components.tables.columns import NGOS_WIDTH, ColumnSpec, ColumnType
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


def district_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the register of one district."""
    translate = fmt.translate
    return [
        ColumnSpec("number", translate("Number")),
        ColumnSpec("ngos", translate("NGOs"), width=NGOS_WIDTH),
        ColumnSpec("status_code", translate("Status"), ColumnType.STATUS),
        ColumnSpec(
            "expiry_date", translate("Expires"), ColumnType.DATE, help=translate("A dash stands for an open end.")
        ),
        ColumnSpec("days_left", translate("Days left"), ColumnType.NUMBER),
        ColumnSpec("last_event_date", translate("Last joint event"), ColumnType.DATE),
        ColumnSpec("obligations_overdue", translate("Overdue obligations"), ColumnType.NUMBER),
    ]


def register_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the register as it is shown and downloaded."""
    translate = fmt.translate
    number, ngos, status, expires, *others = district_columns(fmt=fmt)
    return [
        ColumnSpec("district", translate("District"), width=DISTRICT_WIDTH),
        number,
        ngos,
        status,
        ColumnSpec("on_paper", translate("On paper only")),
        ColumnSpec("signed_date", translate("Signed"), ColumnType.DATE),
        expires,
        *others,
        ColumnSpec("title", translate("Title")),
    ]


def register_rows(register: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`queries.memoranda.register.memorandum_register` with district and on_paper as text."""
    yes, no = fmt.translate("Yes"), fmt.translate("No")
    return register.assign(
        district=register["district_soato"].map(directory.name),
        on_paper=[yes if is_on_paper else no for is_on_paper in register["is_on_paper"]],
    )


def obligation_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the obligations: who promised what by when, and what came of it."""
    translate = fmt.translate
    return [
        ColumnSpec("district", translate("District")),
        ColumnSpec("number", translate("Memorandum")),
        ColumnSpec("party", translate("Party")),
        ColumnSpec("text", translate("Obligation")),
        ColumnSpec("due_date", translate("Due"), ColumnType.DATE),
        ColumnSpec("fulfilled_date", translate("Fulfilled on"), ColumnType.DATE),
        ColumnSpec("state", translate("State")),
    ]


def obligation_rows(obligations: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`queries.memoranda.register.obligations` with district, party and state as text."""
    translate = fmt.translate
    return obligations.assign(
        district=obligations["district_soato"].map(directory.name),
        party=[translate(Party(code).label) for code in obligations["party_code"]],
        state=[translate(ObligationState(code).label) for code in obligations["state_code"]],
    )
