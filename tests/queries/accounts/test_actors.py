"""Actor of an account or an OpenID Connect identity."""

from __future__ import annotations

import pytest
from sqlalchemy import Engine

from data.accounts.accounts import set_active
from data.database.engine import reading, writing
from data.policy import Actor, Role
from queries.accounts.actors import actor_for_claims, actor_for_email
from tests.people import DISTRICT, ITS_REGION, add_person


def found_by(engine: Engine, claims: dict[str, object]) -> Actor | None:
    with reading(engine) as connection:
        return actor_for_claims(connection, claims)


def test_an_address_gives_the_role_and_place_of_its_account(engine: Engine) -> None:
    account_id = add_person(engine, role=Role.COORDINATOR, email="nodira@example.uz", has_password=False)
    expected = Actor(Role.COORDINATOR, account_id, "Nodira", region_soato=ITS_REGION, district_soato=DISTRICT)
    with reading(engine) as connection:
        assert actor_for_email(connection, " NODIRA@example.uz") == expected
    assert found_by(engine, {"email": "nodira@example.uz", "email_verified": True}) == expected
    assert found_by(engine, {"email": "nodira@example.uz"}) == expected


@pytest.mark.parametrize(
    "claims",
    [
        {},
        {"email": None},
        {"email": ""},
        {"email": 5},
        {"email": "other@example.uz", "email_verified": True},
        {"email": "nodira@example.uz\x00", "email_verified": True},
        {"email": "nodira@ex\u00e4mple.uz", "email_verified": True},
        {"email": "nodira@example.uz", "email_verified": False},
        {"email": "nodira@example.uz", "email_verified": "false"},
        {"email": "nodira@example.uz", "email_verified": None},
    ],
)
def test_an_unknown_or_unverified_address_is_nobody(engine: Engine, claims: dict[str, object]) -> None:
    add_person(engine, email="nodira@example.uz", has_password=False)
    assert found_by(engine, claims) is None


def test_an_account_switched_off_is_nobody(engine: Engine) -> None:
    add_person(engine, email="nodira@example.uz", has_password=False)
    with writing(engine) as connection:
        set_active(connection, "nodira", is_active=False, actor="test")
    assert found_by(engine, {"email": "nodira@example.uz"}) is None
