"""Accounts and passwords of the demo, listed on the sign-in page only while demo data are loaded."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from data.demo.accounts import DEMO_ACCOUNTS, DemoAccount
from data.schema import Account, Meta


def demo_accounts(connection: Connection) -> Sequence[DemoAccount]:
    """Return the demo's active accounts in the order of their roles; none unless ``demo_loaded`` is set in ``meta``."""
    if connection.execute(select(Meta.value).where(Meta.key == "demo_loaded")).first() is None:
        return []
    active = set(connection.execute(select(Account.login).where(Account.is_demo, Account.is_active)).scalars())
    return [account for account in DEMO_ACCOUNTS if account.login in active]
