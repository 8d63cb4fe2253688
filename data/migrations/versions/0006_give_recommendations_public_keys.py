"""A random public key for each recommendation, and an index that finds the longest released of the open ones."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

IS_OPEN = sa.text("state_code NOT IN ('declined', 'closed')")
RANDOM_KEY = {
    "sqlite": "lower(hex(randomblob(16)))",
    "postgresql": "replace(CAST(gen_random_uuid() AS VARCHAR), '-', '')",
}


def upgrade() -> None:
    key = RANDOM_KEY[op.get_bind().dialect.name]
    # SQLite adds a column that may not be null only with a constant default; the unique index keeps it from being used.
    op.add_column("recommendation", sa.Column("public_id", sa.String(length=32), server_default="", nullable=False))
    op.execute(f"UPDATE recommendation SET public_id = {key}")  # noqa: S608 - of the expressions above
    op.create_index(op.f("ix_recommendation_public_id"), "recommendation", ["public_id"], unique=True)
    _replace_index("ix_recommendation_open_created", name="ix_recommendation_open_released", column="released_date")


def downgrade() -> None:
    _replace_index("ix_recommendation_open_released", name="ix_recommendation_open_created", column="created_date")
    op.drop_index(op.f("ix_recommendation_public_id"), table_name="recommendation")
    op.drop_column("recommendation", "public_id")


def _replace_index(former: str, *, name: str, column: str) -> None:
    op.drop_index(former, table_name="recommendation")
    op.create_index(name, "recommendation", [column], sqlite_where=IS_OPEN, postgresql_where=IS_OPEN)
