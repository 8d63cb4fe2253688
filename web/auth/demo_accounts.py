"""The demo's accounts with their passwords, for the sign-in page and only while demo data are loaded."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, select

from data.demo.accounts import DEMO_ACCOUNTS, DemoAccount
from data.schema import Account, Meta


def demo_accounts(connection: Connection) -> Sequence[DemoAccount]:
    """The demo's active accounts in the order of their roles; none unless ``demo_loaded`` stands in ``meta``."""
    if connection.execute(select(Meta.value).where(Meta.key == "demo_loaded")).first() is None:
        return []
    active = set(connection.execute(select(Account.login).where(Account.is_demo, Account.is_active)).scalars())
    return [account for account in DEMO_ACCOUNTS if account.login in active]
