"""Indexes over the open recommendations alone, so that the oldest are found however many were closed.

Revision ID: 0003
Revises: 0002
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

COLUMNS = {"ix_recommendation_open_deadline": "deadline_date", "ix_recommendation_open_created": "created_date"}


def upgrade() -> None:
    """Create the indexes."""
    is_open = sa.text("state_code NOT IN ('declined', 'closed')")
    for name, column in COLUMNS.items():
        op.create_index(name, "recommendation", [column], sqlite_where=is_open, postgresql_where=is_open)


def downgrade() -> None:
    """Drop the indexes."""
    for name in COLUMNS:
        op.drop_index(name, "recommendation")
