"""``python -m data demo``: three years of invented records in an empty database."""

from __future__ import annotations

import argparse
import math

from tqdm import tqdm

from data.cli.options import add_shared_options, engine_of, print_result
from data.database.engine import writing
from data.database.migrate import migrate
from data.dates import clock
from data.demo.load import DEFAULT_SEED, is_untouched, load_demo
from data.directory import load_directory
from data.language import N_, Translator

LOADED = N_(
    "Demo data are loaded: {events} joint events, {evaluations} evaluations, {recommendations} recommendations."
)
WORKING = N_("Demo data")


def _positive(text: str) -> float:
    number = float(text)
    if not (math.isfinite(number) and number > 0):
        raise argparse.ArgumentTypeError(f"a number above zero is needed, not {text}")
    return number


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "demo",
        help="fill an empty database with demo data",
        description="Fill an empty database with three years of invented, seeded records and with demo accounts. "
        "Refused where real records stand.",
    )
    parser.add_argument("--seed", type=int, default=DEFAULT_SEED, help="the same seed gives the same rows")
    parser.add_argument(
        "--scale", type=_positive, default=1.0, help="times 7,000 joint events a year; 100 for benchmarks"
    )
    parser.add_argument("--if-empty", action="store_true", help="do nothing where there are records or accounts")
    add_shared_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Prepare the database, load the demo data and print the counts."""
    engine = engine_of(args)
    translate: Translator = args.translate
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)
        is_wanted = not args.if_empty or is_untouched(connection)
    if not is_wanted:
        return 0
    with tqdm(desc=translate(WORKING), leave=False, disable=None) as bar:

        def show(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        outcome = load_demo(engine, until=clock.today(), seed=args.seed, scale=args.scale, progress=show)
    print_result(
        translate(
            LOADED,
            events=outcome.events,
            evaluations=outcome.evaluations,
            recommendations=outcome.recommendations,
        )
    )
    return 0
