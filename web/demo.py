"""The demo's accounts with their passwords, for the sign-in page and only while demo data are loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.rights import Role
from data.schema import Account, Meta


@dataclass(frozen=True)
class DemoAccount:
    """A ready-made account that anyone may try."""

    login: str
    password: str
    role: Role


def demo_accounts(connection: Connection) -> Sequence[DemoAccount]:
    """The demo's active accounts in the order of their roles; none unless ``demo_loaded`` stands in ``meta``."""
    if connection.execute(select(Meta.value).where(Meta.key == "demo_loaded")).first() is None:
        return []
    from data.demo.accounts import DEMO_PASSWORDS  # a server without demo data needs nothing of the demo

    statement = select(Account.login, Account.role_code).where(Account.is_demo, Account.is_active)
    rows = connection.execute(statement.order_by(Account.id)).all()
    return [
        DemoAccount(login, DEMO_PASSWORDS[login], Role(role_code))
        for login, role_code in rows
        if login in DEMO_PASSWORDS
    ]
