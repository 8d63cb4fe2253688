"""Alembic environment: the connection comes from :func:`data.database.migrate.migrate`."""

from alembic import context

from data.schema import Base

connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    render_as_batch=False,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
