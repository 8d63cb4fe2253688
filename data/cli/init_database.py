"""``python -m data init``: migrates to the newest schema and loads the directory; repeatable."""

from __future__ import annotations

import argparse

from sqlalchemy import func, select

from data.aggregates import refresh
from data.cli.options import add_shared_options, engine_of, print_result
from data.database.engine import writing
from data.database.migrate import migrate
from data.directory import load_directory
from data.language import N_, Translator
from data.schema import District, Region

READY = N_("The database is ready: {regions} regions, {districts} districts and cities.")


def register(subparsers: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    """Add the command."""
    parser = subparsers.add_parser(
        "init",
        help="create or update the schema and the reference data",
        description="Create the schema or bring it up to date, and load regions and districts. May be repeated.",
    )
    add_shared_options(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Migrate, load the directory, and recompute the sums that a migration has made stale."""
    engine = engine_of(args)
    translate: Translator = args.translate
    migrate(engine)
    with writing(engine) as connection:
        load_directory(connection)
        regions = connection.execute(select(func.count()).select_from(Region)).scalar_one()
        districts = connection.execute(select(func.count()).select_from(District)).scalar_one()
    with writing(engine) as connection:
        refresh(connection)  # of millions of events it takes minutes, for which no reader should have to wait
    print_result(translate(READY, regions=regions, districts=districts))
    return 0
