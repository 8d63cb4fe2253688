"""Accounts for tests."""

from __future__ import annotations

from sqlalchemy import Engine

from data.accounts.accounts import NewAccount, add_account
from data.database.engine import writing
from data.language import Language
from data.policy import Role

PASSWORD = "Yetti-Dengiz-71"  # noqa: S105 - of an account that lives as long as a test
DISTRICT, ITS_REGION = "1703202", "1703"


def add_person(
    engine: Engine,
    login: str = "Nodira",
    *,
    role: Role = Role.NATIONAL,
    email: str | None = None,
    language: Language = Language.UZ_LATN,
    has_password: bool = True,
) -> int:
    """Create an account and return its id; district roles act in :data:`DISTRICT`."""
    account = NewAccount(
        login=login,
        role=role,
        region_soato=ITS_REGION if role is Role.REGIONAL else None,
        district_soato=DISTRICT if role in {Role.DISTRICT, Role.COORDINATOR} else None,
        email=email,
        language=language,
    )
    with writing(engine) as connection:
        return add_account(connection, account, password=PASSWORD if has_password else None, actor="test")
