"""Published figures of the demo are those of an independent recomputation from the base tables."""

from __future__ import annotations

from sqlalchemy import text

from data.database.engine import reading
from tests.audit import differences
from tests.databases import DEMO_UNTIL, Databases, demo


def test_no_cell_differs_and_a_changed_row_is_found(databases: Databases) -> None:
    with databases.copy("sqlite", demo) as engine:
        with reading(engine) as connection:
            *found, _ = differences(connection, DEMO_UNTIL)
        assert found == []
        # Behind the back of the product, so that its sums stay as they were.
        with engine.begin() as connection:
            connection.execute(text("UPDATE joint_event SET participants_total = participants_total + 1"))
        with reading(engine) as connection:
            *found, _ = differences(connection, DEMO_UNTIL, most=1)
        assert any("participants" in line for line in found)
