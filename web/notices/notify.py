"""``python -m data notify``: makes the reminders of today and sends the notices that wait, once or for ever.

It stands on this floor for the PDF of the weekly summary, which is made as the pages make theirs.
"""

from __future__ import annotations

import argparse
import logging
import signal
import threading
from functools import cache
from typing import TYPE_CHECKING

from sqlalchemy import Engine
from sqlalchemy.exc import OperationalError

from data.cli.options import add_shared_options, engine_of, print_message, print_result
from data.codes import DeliveryState
from data.dates import clock
from data.language import N_, DomainError, Translator
from data.settings import Settings, get_settings
from queries.notices.delivery import MakeFile, send_waiting
from queries.notices.reminders import make_reminders

if TYPE_CHECKING:
    from web.notices.summary_file import SummaryFiles

_log = logging.getLogger(__name__)

PAUSE_S = 60
NO_CHANNEL = N_("No channel is set up. Set `PUBLIC_ADDRESS` with `SMTP_HOST` and `SMTP_FROM`, or with `TELEGRAM_BOT`.")
OUTCOME = N_(
    "Reminders: {reminders}. Sent: {sent}, to be tried again: {waiting}, failed: {failed}, unknown: {unknown}."
)
FAULT = N_("{channel}: {fault}. What waits is tried again later.")
WITHOUT_FILE = N_("Summaries that were sent without their PDF, as it could not be made: {number}. The log says why.")
BUSY = N_("The database is busy. The next try is made after the pause.")


class NoChannelError(DomainError):
    """Raised where the settings name no channel."""

    def __init__(self) -> None:
        super().__init__(NO_CHANNEL)


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "notify",
        help="send the notices that wait",
        description="Make the reminders of today, link the chats that people asked for, send what waits by mail and "
        "Telegram. Run it every few minutes by a timer, or once with --forever. Exit code 1 where a channel failed.",
    )
    parser.add_argument("--forever", action="store_true", help="go on until the process is ended")
    parser.add_argument(
        "--pause", type=_seconds, default=PAUSE_S, metavar="SECONDS", help=f"between runs (default: {PAUSE_S})"
    )
    add_shared_options(parser)
    parser.set_defaults(run=run)


def _seconds(text: str) -> float:
    seconds = float(text)
    if not 0 < seconds <= 86_400:
        raise argparse.ArgumentTypeError("a number of seconds up to a day")
    return seconds


def run(args: argparse.Namespace) -> int:
    """Send once, or again after each pause until the process is asked to end."""
    settings, engine = get_settings(), engine_of(args)
    if not (settings.has_mail or settings.has_telegram):
        raise NoChannelError
    ended = threading.Event()
    if not args.forever:
        return notify(engine, settings, args.translate, ended)
    for name in (signal.SIGTERM, signal.SIGINT):
        # What is being sent is sent and noted first.
        signal.signal(name, lambda *_: ended.set())
    while not ended.is_set():
        try:
            notify(engine, settings, args.translate, ended)
        except OperationalError:
            print_message(args.translate(BUSY))
        except Exception:
            # Whatever it was, what is told later is to be sent.
            _log.exception("sending notices was ended by an error")
        ended.wait(args.pause)
    return 0


def notify(engine: Engine, settings: Settings, translate: Translator, ended: threading.Event) -> int:
    """Make reminders, send, say what came of it, and return the exit code."""
    reminders = make_reminders(engine, now=clock.now())
    outcome = send_waiting(engine, settings, clock=clock.now, is_ended=ended.is_set, attach=summary_maker(engine))
    counts = {state.value: outcome.states[state] for state in DeliveryState if state is not DeliveryState.SENDING}
    print_result(translate(OUTCOME, reminders=reminders, **counts))
    for channel, fault in outcome.faults.items():
        print_message(translate(FAULT, channel=translate(channel.label), fault=translate(fault.label)))
    if outcome.without_file:
        print_message(translate(WITHOUT_FILE, number=outcome.without_file))
    return 1 if outcome.faults or outcome.without_file else 0


def summary_maker(engine: Engine) -> MakeFile:
    """Return what makes the PDF of summaries in one run."""

    @cache
    def files() -> SummaryFiles:
        # Most runs send no summary, and no other command draws anything: what that takes is imported for the first.
        from web.notices.summary_file import SummaryFiles

        return SummaryFiles(engine, clock.now())

    return lambda actor, language: files().make(actor, language)
