"""Accounts as a list, and one with all that is known of it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from components.registers.history import moment_text
from components.shell.address import record_address
from components.shell.areas import AreaDirectory
from components.shell.chrome import ACCOUNTS_ADDRESS, NGO_ADDRESS
from components.shell.formatter import Formatter, is_missing
from components.tables.links import Link, LinkedCell, linked_table
from data.policy import ROLE_LABELS, Role

if TYPE_CHECKING:
    from queries.accounts.administration import AccountDetails, AccountState

NOWHERE = "–"


def accounts_html(
    frame: pd.DataFrame,
    directory: AreaDirectory,
    states: Mapping[str, AccountState],
    fmt: Formatter,
) -> str:
    """Return the rows of :func:`queries.accounts.administration.list_accounts`; ``states`` are the states by code."""
    translate = fmt.translate
    headings = [
        translate("Login"),
        translate("Role"),
        translate("Area or NGO"),
        translate("State"),
        translate("Last seen"),
    ]

    def cells(row: Mapping[Hashable, Any]) -> list[LinkedCell]:
        seen = None if is_missing(row["last_seen_at"]) else pd.Timestamp(row["last_seen_at"]).to_pydatetime()
        return [
            Link(str(row["login"]), record_address(ACCOUNTS_ADDRESS, int(row["account_id"]))),
            translate(ROLE_LABELS[Role(row["role_code"])]),
            _row_place(row, directory),
            translate(states[row["state_code"]].label),
            seen_text(seen, fmt),
        ]

    return linked_table(headings, [cells(row) for row in frame.to_dict("records")], title=translate("Accounts"))


def _row_place(row: Mapping[Hashable, Any], directory: AreaDirectory) -> LinkedCell:
    if not is_missing(row["ngo_id"]):
        return Link(str(row["ngo_name"]), record_address(NGO_ADDRESS, int(row["ngo_id"])))
    codes = [row[column] for column in ("region_soato", "district_soato") if not is_missing(row[column])]
    return directory.name(str(codes[0])) if codes else NOWHERE


def account_facts(account: AccountDetails, directory: AreaDirectory, fmt: Formatter) -> list[tuple[str, LinkedCell]]:
    """Return what is known of an account as headings and values."""
    translate = fmt.translate
    place: LinkedCell = NOWHERE
    if account.ngo_id is not None:
        place = Link(account.ngo_name, record_address(NGO_ADDRESS, account.ngo_id))
    elif code := account.region_soato or account.district_soato:
        place = directory.name(code)
    facts: list[tuple[str, LinkedCell]] = [
        (translate("Role"), translate(ROLE_LABELS[account.role])),
        (translate("Area or NGO"), place),
        (translate("State"), translate(account.state.label)),
    ]
    if account.reason:
        facts.append((translate("Reason"), account.reason))
    if account.link_expires_at is not None:
        facts.append((translate("Link works until"), moment_text(account.link_expires_at, fmt)))
    if account.email:
        facts.append((translate("E-mail"), account.email))
    facts.append((translate("Made"), moment_text(account.created_at, fmt)))
    facts.append((translate("Last seen"), seen_text(account.last_seen_at, fmt)))
    return facts


def seen_text(moment: datetime | None, fmt: Formatter) -> str:
    """Return when an account was used last."""
    return moment_text(moment, fmt) if moment is not None else fmt.translate("Not yet, or long ago")
