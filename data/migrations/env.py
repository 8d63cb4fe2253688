"""Alembic environment: the connection comes from :mod:`data.database.migrate`."""

from typing import Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from data.schema import Base, UtcDateTime


def render_item(kind: str, item: object, autogenerate: AutogenContext) -> str | Literal[False]:
    """Write our own column types by their short names."""
    if kind == "type" and isinstance(item, UtcDateTime):
        autogenerate.imports.add("from data.schema import UtcDateTime")
        return "UtcDateTime()"
    return False


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_item=render_item,
    render_as_batch=True,  # SQLite alters a table by copying it
)
with context.begin_transaction():
    context.run_migrations()
