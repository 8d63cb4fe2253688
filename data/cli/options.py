"""Options and output shared by all commands."""

from __future__ import annotations

import argparse
import sys

from sqlalchemy import Engine

from data.database.engine import get_engine
from data.language import Language, Translator

_LANGUAGES = {"uz": Language.UZ_LATN, "uz-Cyrl": Language.UZ_CYRL, "ru": Language.RU, "en": Language.EN}


def _translator(text: str) -> Translator:
    by_code = {code.lower(): language for code, language in _LANGUAGES.items()}
    by_code |= {language.html_code.lower(): language for language in Language}
    language = by_code.get(text.replace("_", "-").lower())
    if language is None:
        raise argparse.ArgumentTypeError(f"unknown language {text!r}; known: {', '.join(_LANGUAGES)}")
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
        help=f"language of what is written: {', '.join(_LANGUAGES)} (default: uz)",
    )


def engine_of(args: argparse.Namespace) -> Engine:
    """Engine of the database given by ``--database``."""
    return get_engine(args.database)


def print_result(text: str) -> None:
    """Print a line of the command's result to standard output."""
    sys.stdout.write(f"{text}\n")


def print_message(text: str) -> None:
    """Print progress, a warning or an error to standard error."""
    sys.stderr.write(f"{text}\n")
