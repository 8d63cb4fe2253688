"""Options and output shared by all commands."""

from __future__ import annotations

import argparse
import getpass
import sys

from sqlalchemy import Engine

from data.database.engine import get_engine
from data.language import Language, Translator

_BY_TAG = {language.html_code.lower(): language for language in Language}
# A bare name means the first language of that name.
_BY_NAME = {language.html_code.split("-")[0]: language for language in reversed(Language)}
_KNOWN = ", ".join({**dict.fromkeys(_BY_NAME), **{language.html_code: None for language in Language}})


def _translator(text: str) -> Translator:
    tag = text.replace("_", "-").lower()
    language = _BY_TAG.get(tag) or _BY_NAME.get(tag)
    if language is None:
        raise argparse.ArgumentTypeError(f"unknown language {text!r}; known: {_KNOWN}")
    return Translator(language)


def add_shared_options(parser: argparse.ArgumentParser) -> None:
    """Give a command ``--database`` (``args.database``) and ``--lang`` (``args.translate``, a translator)."""
    parser.add_argument("--database", metavar="URL", help="database to work on, instead of DATABASE_URL")
    parser.add_argument(
        "--lang",
        dest="translate",
        type=_translator,
        default=Translator(),
        metavar="LANG",
        help=f"language of what is written: {_KNOWN} (default: uz)",
    )


def engine_of(args: argparse.Namespace) -> Engine:
    """Engine of the database given by ``--database``."""
    return get_engine(args.database)


def command_actor() -> str:
    """Actor of a command in the audit log: who runs it on the server."""
    try:
        return f"command line: {getpass.getuser()}"
    except (OSError, KeyError):
        return "command line"


def print_result(text: str) -> None:
    """Print a line of the command's result to standard output."""
    sys.stdout.write(f"{text}\n")


def print_message(text: str) -> None:
    """Print progress, a warning or an error to standard error."""
    sys.stderr.write(f"{text}\n")
