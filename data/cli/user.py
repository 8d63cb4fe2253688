"""``python -m data user``: creates and manages accounts. A password is typed or piped in, never an argument.

It is meant for the first administrator, and for whoever is locked out: others are invited in the browser, under
Accounts.
"""

from __future__ import annotations

import argparse
import getpass
import sys

from data.accounts.accounts import (
    AccountError,
    NewAccount,
    account_list,
    add_account,
    ngo_id_of,
    set_active,
    set_password,
    unlock,
)
from data.accounts.passwords import check_strength
from data.cli.options import add_shared_options, engine_of, print_result
from data.database.engine import reading, writing
from data.language import N_, Translator
from data.policy import ACCOUNT_ROLES, ROLE_LABELS, Role

ACTOR = "command line"
ROLES = tuple(role.value for role in ACCOUNT_ROLES)
DONE = {
    "add": N_("The account “{login}” is made."),
    "disable": N_("The account “{login}” is switched off and its sessions have ended."),
    "enable": N_("The account “{login}” is switched on."),
    "password": N_("The account “{login}” has a new password and its sessions have ended."),
    "unlock": N_("The account “{login}” may try again at once."),
}


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command with its actions."""
    parser = subparsers.add_parser(
        "user", help="make the first administrator, and look after accounts from the server", description=__doc__
    )
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    _register_add(actions)
    _register_one(actions, "password", "give an account a new password; its sessions end")
    _register_one(actions, "disable", "switch an account off; its sessions end")
    _register_one(actions, "enable", "switch an account on again")
    _register_one(actions, "unlock", "forget an account's failed sign-ins")
    add_shared_options(listing := actions.add_parser("list", help="list the accounts"))
    listing.set_defaults(run=run)


def _register_add(actions: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    parser = _register_one(
        actions, "add", "make an account with a password (others are invited in the browser); --lang is its language"
    )
    parser.add_argument("--role", required=True, choices=ROLES, help="what the account may do")
    place = parser.add_mutually_exclusive_group()
    place.add_argument("--region", metavar="SOATO", help="region of a regional account")
    place.add_argument("--district", metavar="SOATO", help="district of a district or coordinator account")
    place.add_argument("--ngo", metavar="STIR", help="tax number of the NGO of an ngo account")
    parser.add_argument("--email", help="e-mail address, by which OpenID Connect finds the account")
    parser.add_argument("--no-password", action="store_true", help="sign in by OpenID Connect only")


def _register_one(
    actions: argparse._SubParsersAction[argparse.ArgumentParser], name: str, text: str
) -> argparse.ArgumentParser:
    parser = actions.add_parser(name, help=text, description=text)
    parser.add_argument("login", metavar="LOGIN")
    if name in {"add", "password"}:
        parser.add_argument("--password-stdin", action="store_true", help="read the password from standard input")
    add_shared_options(parser)
    parser.set_defaults(run=run)
    return parser


def run(args: argparse.Namespace) -> int:
    """Run one action; raises ``DomainError`` on failure."""
    translate: Translator = args.translate
    if args.action == "list":
        _list(args, translate)
        return 0
    actions = {"add": _add, "password": _password, "disable": _disable, "enable": _enable, "unlock": _unlock}
    actions[args.action](args, translate)
    print_result(translate(DONE[args.action], login=args.login))
    return 0


def _add(args: argparse.Namespace, translate: Translator) -> None:
    password = None if args.no_password else _ask_password(args, translate)
    with writing(engine_of(args)) as connection:
        account = NewAccount(
            login=args.login,
            role=Role(args.role),
            region_soato=args.region,
            district_soato=args.district,
            ngo_id=ngo_id_of(connection, args.ngo) if args.ngo else None,
            email=args.email,
            language=translate.language,
        )
        add_account(connection, account, password=password, actor=ACTOR)


def _password(args: argparse.Namespace, translate: Translator) -> None:
    password = _ask_password(args, translate)
    with writing(engine_of(args)) as connection:
        set_password(connection, args.login, password=password, actor=ACTOR)


def _disable(args: argparse.Namespace, _translate: Translator) -> None:
    with writing(engine_of(args)) as connection:
        set_active(connection, args.login, is_active=False, actor=ACTOR)


def _enable(args: argparse.Namespace, _translate: Translator) -> None:
    with writing(engine_of(args)) as connection:
        set_active(connection, args.login, is_active=True, actor=ACTOR)


def _unlock(args: argparse.Namespace, _translate: Translator) -> None:
    with writing(engine_of(args)) as connection:
        unlock(connection, args.login, actor=ACTOR)


def _ask_password(args: argparse.Namespace, translate: Translator) -> str:
    """Password, typed twice or piped in; validated before it is asked for again."""
    if args.password_stdin:
        return sys.stdin.readline().rstrip("\r\n")
    password = getpass.getpass(translate("Password") + ": ")
    check_strength(password, login=args.login)
    if getpass.getpass(translate("The same password again") + ": ") != password:
        raise AccountError(N_("The two passwords differ."))
    return password


def _list(args: argparse.Namespace, translate: Translator) -> None:
    with reading(engine_of(args)) as connection:
        rows = account_list(connection)
    for row in rows:
        place = row.region_soato or row.district_soato or row.ngo_id or ""
        state = translate("switched on") if row.is_active else translate("switched off")
        print_result(
            "\t".join([row.login, translate(ROLE_LABELS[Role(row.role_code)]), str(place), row.email or "", state])
        )
