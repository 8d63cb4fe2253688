"""``python -m data user``: accounts are made and looked after, and no password is ever an argument."""

from __future__ import annotations

import io

import pytest
from sqlalchemy import Engine, select

from data.accounts.accounts import failure_key
from data.cli import main
from data.database.engine import reading, writing
from data.database.upsert import insert_missing
from data.dates.clock import now
from data.language import Language
from data.policy import Role
from data.schema import Account, AuditEntry, SignInFailure
from queries.accounts.sign_in import SignInAttempt, WrongPasswordError, sign_in
from tests.people import DISTRICT, PASSWORD

OTHER_PASSWORD = "Sakkiz-Dengiz-82"


@pytest.fixture
def database(engine: Engine) -> str:
    """The database as the command line names it."""
    return str(engine.url.render_as_string(hide_password=False))


def user(monkeypatch: pytest.MonkeyPatch, *arguments: str, typed: str = PASSWORD) -> int:
    monkeypatch.setattr("sys.stdin", io.StringIO(f"{typed}\n"))
    return main(["user", *arguments])


def can_sign_in(engine: Engine, password: str = PASSWORD, login: str = "nodira") -> bool:
    try:
        sign_in(engine, SignInAttempt(login=login, password=password, address="192.0.2.1"), now=now())
    except WrongPasswordError:
        return False
    return True


def add(monkeypatch: pytest.MonkeyPatch, database: str, *more: str, typed: str = PASSWORD) -> int:
    options = ("--role", "district", "--district", DISTRICT, "--password-stdin", "--database", database)
    return user(monkeypatch, "add", "Nodira", *options, *more, typed=typed)


def test_an_account_made_here_signs_in(engine: Engine, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    assert add(monkeypatch, database, "--lang", "ru", "--email", "n@example.uz") == 0
    assert can_sign_in(engine)
    with reading(engine) as connection:
        account = connection.execute(select(Account)).one()
        actor = connection.execute(select(AuditEntry.actor).where(AuditEntry.action_code == "add")).scalar_one()
    assert (account.role_code, account.district_soato) == (Role.DISTRICT, DISTRICT)
    assert (account.language_code, account.email) == (Language.RU, "n@example.uz")
    assert actor == "command line"


def test_a_password_is_asked_for_twice(engine: Engine, database: str, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = [PASSWORD, OTHER_PASSWORD, PASSWORD, PASSWORD]
    monkeypatch.setattr("getpass.getpass", lambda _prompt: answers.pop(0))
    arguments = ["user", "add", "nodira", "--role", "admin", "--database", database]
    assert main(arguments) == 1
    assert main(arguments) == 0
    assert answers == []
    assert can_sign_in(engine)


@pytest.mark.parametrize(
    ("more", "typed"),
    [
        ((), "short"),
        ((), "1234567890"),
        (("--email", "none"), PASSWORD),
        (("--district", "1799999"), PASSWORD),
        (("--role", "ngo"), PASSWORD),
    ],
)
def test_a_fault_is_told_and_nothing_is_made(
    engine: Engine,
    database: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    more: tuple[str, ...],
    typed: str,
) -> None:
    assert add(monkeypatch, database, "--lang", "en", *more, typed=typed) == 1
    said = capsys.readouterr()
    assert said.err.strip().endswith(".")
    assert typed not in said.err
    with reading(engine) as connection:
        assert connection.execute(select(Account.id)).first() is None


@pytest.mark.parametrize("arguments", [("--password", PASSWORD), ("--role", "public")])
def test_a_password_or_an_unknown_role_is_no_argument(
    database: str, monkeypatch: pytest.MonkeyPatch, arguments: tuple[str, str]
) -> None:
    with pytest.raises(SystemExit):
        add(monkeypatch, database, *arguments)


def test_accounts_are_looked_after(
    engine: Engine, database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    add(monkeypatch, database)
    there = ("nodira", "--database", database)
    assert user(monkeypatch, "password", *there, "--password-stdin", typed=OTHER_PASSWORD) == 0
    assert not can_sign_in(engine)
    assert can_sign_in(engine, OTHER_PASSWORD)
    assert user(monkeypatch, "disable", *there) == 0
    assert not can_sign_in(engine, OTHER_PASSWORD)
    assert user(monkeypatch, "enable", *there) == 0
    assert can_sign_in(engine, OTHER_PASSWORD)
    with writing(engine) as connection:
        lock = {"failures": 9, "last_failed_at": now(), "locked_until": None}
        insert_missing(connection, SignInFailure, [{"key": failure_key("nodira"), **lock}])
    assert user(monkeypatch, "unlock", *there) == 0
    with reading(engine) as connection:
        keys = connection.execute(select(SignInFailure.key)).scalars().all()
    assert failure_key("nodira") not in keys
    capsys.readouterr()
    assert user(monkeypatch, "list", "--database", database, "--lang", "en") == 0
    assert capsys.readouterr().out.split("\t") == ["Nodira", "District leadership", DISTRICT, "", "switched on\n"]


@pytest.mark.parametrize("action", ["disable", "enable", "unlock", "password"])
def test_an_unknown_login_is_told(
    database: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], action: str
) -> None:
    more = ("--password-stdin",) if action == "password" else ()
    assert user(monkeypatch, action, "nobody", *more, "--database", database, "--lang", "en") == 1
    assert "nobody" in capsys.readouterr().err
