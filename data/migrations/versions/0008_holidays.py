"""holidays"""

import sqlalchemy as sa
from alembic import op

revision = "0008_holidays"
down_revision = "0005_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "holiday",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("holiday_date", sa.Date(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint("kind_code IN ('day_off', 'working')", name=op.f("ck_holiday_kind_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_holiday")),
        sa.UniqueConstraint("holiday_date", name=op.f("uq_holiday_holiday_date")),
    )


def downgrade() -> None:
    op.drop_table("holiday")
