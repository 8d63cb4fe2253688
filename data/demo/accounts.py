"""Demo accounts, one per role, bound to places with much data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, select

from data.accounts.accounts import NewAccount, add_account, login_key
from data.demo.stories import STORIES, StoryCode
from data.policy import Role
from data.schema import Account

HOME = STORIES[StoryCode.IMPROVED].district_soato
REGION_DIGITS = 4


@dataclass(frozen=True)
class DemoAccount:
    """Public login while demo data are loaded; the sign-in page shows it with its password."""

    login: str
    password: str
    role: Role


DEMO_ACCOUNTS = (
    DemoAccount("national", "Respublika-2026", Role.NATIONAL),
    DemoAccount("regional", "Viloyat-2026", Role.REGIONAL),
    DemoAccount("district", "Tuman-2026-demo", Role.DISTRICT),
    DemoAccount("coordinator", "Muvofiq-2026", Role.COORDINATOR),
    DemoAccount("ngo", "Tashkilot-2026", Role.NGO),
    DemoAccount("admin", "Boshqaruv-2026", Role.ADMIN),
)
DEMO_PASSWORDS: Mapping[str, str] = {account.login: account.password for account in DEMO_ACCOUNTS}


def add_demo_accounts(connection: Connection, *, ngo_id: int) -> int:
    """Create the demo accounts and return their number; a login that exists is left unchanged."""
    taken = set(connection.execute(select(Account.login_key)).scalars())
    missing = [account for account in DEMO_ACCOUNTS if login_key(account.login) not in taken]
    for account in missing:
        add_account(connection, _bound(account, ngo_id=ngo_id), password=account.password, actor="demo")
    return len(missing)


def _bound(account: DemoAccount, *, ngo_id: int) -> NewAccount:
    is_of_district = account.role in {Role.DISTRICT, Role.COORDINATOR}
    return NewAccount(
        login=account.login,
        role=account.role,
        region_soato=HOME[:REGION_DIGITS] if account.role is Role.REGIONAL else None,
        district_soato=HOME if is_of_district else None,
        ngo_id=ngo_id if account.role is Role.NGO else None,
        is_demo=True,
    )
