"""Tables of the register of memoranda and its obligations, and the search in it."""

from __future__ import annotations

from collections.abc import Collection

import pandas as pd

from components.registers.action import FULFIL
from components.shell.address import link_to, record_address
from components.shell.areas import AreaDirectory
from components.shell.chrome import DISTRICT_ADDRESS, MEMORANDA_ADDRESS, MEMORANDUM_ADDRESS
from components.shell.formatter import Formatter, is_missing
from components.tables.addresses import ngo_addresses
from components.tables.columns import ColumnSpec, ColumnType
from data.codes import InForce, MemorandumStatus, ObligationState, Party
from data.texts.search_keys import search_key


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
        ColumnSpec("number", translate("Number"), link="address"),
        ColumnSpec("ngos", translate("NGOs"), link="ngo_addresses"),
        ColumnSpec("status_code", translate("Status"), ColumnType.STATUS),
        ColumnSpec(
            "expiry_date", translate("Expires"), ColumnType.DATE, help=translate("A dash stands for an open end.")
        ),
        ColumnSpec("days_left", translate("Days left"), ColumnType.NUMBER),
        ColumnSpec("last_event_date", translate("Last joint event"), ColumnType.DATE),
        ColumnSpec("obligations_overdue", translate("Overdue obligations"), ColumnType.NUMBER),
    ]


def list_columns(*, fmt: Formatter, has_district: bool) -> list[ColumnSpec]:
    """Columns of the list on the screen, for :func:`list_rows`."""
    translate = fmt.translate
    district = [ColumnSpec("district", translate("District"))] if has_district else []
    return [
        ColumnSpec("number", translate("Memorandum"), link="address", note="title"),
        ColumnSpec("ngos", translate("NGOs"), link="ngo_addresses"),
        *district,
        ColumnSpec("status_code", translate("Status"), ColumnType.STATUS, note="paper_text"),
        ColumnSpec("expiry_date", translate("Expires"), ColumnType.DATE, note="left_text"),
        ColumnSpec("last_event_date", translate("Last joint event"), ColumnType.DATE),
        ColumnSpec("obligations_overdue", translate("Overdue obligations"), ColumnType.NUMBER),
    ]


def list_rows(register: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`queries.memoranda.register.memorandum_register` with links and second lines."""
    on_paper, days = fmt.translate("On paper only"), register["days_left"]
    return linked_rows(register).assign(
        district=register["district_soato"].map(directory.name),
        paper_text=[on_paper if is_on_paper else "" for is_on_paper in register["is_on_paper"]],
        left_text=["" if is_missing(left) else fmt.deadline(int(left)) for left in days],
    )


def register_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the register as it is downloaded."""
    translate = fmt.translate
    number, ngos, status, expires, *others = district_columns(fmt=fmt)
    return [
        number,
        ColumnSpec("district", translate("District")),
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


def linked_rows(register: pd.DataFrame) -> pd.DataFrame:
    """Return rows with memorandum_id with the pages of each one and of its NGOs."""
    rows = register.assign(address=[record_address(MEMORANDUM_ADDRESS, int(key)) for key in register["memorandum_id"]])
    return rows.assign(ngo_addresses=ngo_addresses(register)) if "ngo_links" in register else rows


def obligation_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the obligations: who promised what by when, and what came of it."""
    translate = fmt.translate
    return [
        ColumnSpec("text", translate("Obligation")),
        ColumnSpec("number", translate("Memorandum"), link="address"),
        ColumnSpec("district", translate("District")),
        ColumnSpec("party", translate("Party")),
        ColumnSpec("due_date", translate("Due"), ColumnType.DATE),
        ColumnSpec("fulfilled_date", translate("Fulfilled on"), ColumnType.DATE),
        ColumnSpec("state", translate("State")),
    ]


def fulfilment_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of the obligations for who may mark them fulfilled: the state is the link that begins it."""
    columns = [column for column in obligation_columns(fmt=fmt) if column.key != "fulfilled_date"]
    return [*columns, ColumnSpec("fulfil", fmt.translate("Mark fulfilled"), link="fulfil_address")]


def obligation_rows(obligations: pd.DataFrame, *, directory: AreaDirectory, fmt: Formatter) -> pd.DataFrame:
    """Rows of :func:`queries.memoranda.register.obligations` with district, party and state as text."""
    translate = fmt.translate
    is_open = obligations["fulfilled_date"].isna()
    ids = zip(obligations["memorandum_id"], obligations["obligation_id"], is_open, strict=True)
    addresses = [
        record_address(MEMORANDUM_ADDRESS, int(memorandum), do=FULFIL, part=int(part)) if is_shown else ""
        for memorandum, part, is_shown in ids
    ]
    marked, done = translate("Mark fulfilled"), obligations["fulfilled_date"].map(fmt.date)
    return linked_rows(obligations).assign(
        fulfil=[marked if is_shown else day for is_shown, day in zip(is_open, done, strict=True)],
        fulfil_address=addresses,
        district=obligations["district_soato"].map(directory.name),
        party=[translate(Party(code).label) for code in obligations["party_code"]],
        state=[translate(ObligationState(code).label) for code in obligations["state_code"]],
    )


def status_columns(*, fmt: Formatter) -> list[ColumnSpec]:
    """Columns of districts with their status, for :func:`status_rows`."""
    translate = fmt.translate
    return [
        ColumnSpec("district", translate("District"), link="address"),
        ColumnSpec("status_code", translate("Status"), ColumnType.STATUS),
        ColumnSpec("memoranda", translate("Memoranda"), ColumnType.NUMBER, link="register_address"),
        ColumnSpec("in_force", translate(InForce.RUNNING.label), ColumnType.NUMBER, link="running_address"),
        ColumnSpec("on_paper", translate(InForce.ON_PAPER.label), ColumnType.NUMBER, link="paper_address"),
    ]


def status_rows(frame: pd.DataFrame, *, directory: AreaDirectory, seen: Collection[str]) -> pd.DataFrame:
    """Rows of :func:`queries.memoranda.register.district_status`, those without a memorandum in force first.

    ``seen``: the districts whose registers the reader sees.
    """
    order = list(reversed(MemorandumStatus))
    rows = frame.assign(
        district=frame["district_soato"].map(directory.name),
        place=[order.index(MemorandumStatus(code)) for code in frame["status_code"]],
    ).sort_values(["place", "district"])

    def addresses(count: str, state: str) -> list[str]:
        return [
            link_to(MEMORANDA_ADDRESS, area=soato, state=state) if number and soato in seen else ""
            for soato, number in zip(rows["district_soato"], rows[count], strict=True)
        ]

    return rows.assign(
        address=[link_to(DISTRICT_ADDRESS, area=soato) for soato in rows["district_soato"]],
        register_address=addresses("memoranda", ""),
        running_address=addresses("in_force", InForce.RUNNING.value),
        paper_address=addresses("on_paper", InForce.ON_PAPER.value),
    )
