"""``python -m tests.audit``: compare a database, by default that of the settings; exit code 1 where a cell differs."""

from __future__ import annotations

import sys

from data.aggregates import data_version
from data.database.engine import get_engine, reading
from data.dates.clock import today
from data.settings import get_settings
from tests.audit.base_tables import BaseTables
from tests.audit.comparison import compare, published


def main() -> int:
    """Print each cell that differs, and how many were compared."""
    engine = get_engine(sys.argv[1] if len(sys.argv) > 1 else get_settings().database_url)
    data_version(engine)
    with reading(engine) as connection:
        base = BaseTables(connection, today())
        found = compare(base, published(connection, base, district_step=1))
    lines = [*found.differences, f"{found.cells:,} cells compared, {len(found.differences):,} differ"]
    sys.stdout.write("\n".join(lines) + "\n")
    return int(bool(found.differences))


if __name__ == "__main__":
    raise SystemExit(main())
