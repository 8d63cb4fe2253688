"""leniency"""

import sqlalchemy as sa
from alembic import op

revision = "0003_leniency"
down_revision = "0002_registers"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep what NGOs give by district and month; all months are summed anew."""
    with op.batch_alter_table("ngo_month") as table:
        table.add_column(sa.Column("mark_sum", sa.Double(), server_default="0", nullable=False))
    op.execute(
        "INSERT INTO stale_month (district_soato, year_month)"
        " SELECT DISTINCT district_soato, year_month FROM ngo_month WHERE evaluations_marked > 0"
    )


def downgrade() -> None:
    """Remove it."""
    with op.batch_alter_table("ngo_month") as table:
        table.drop_column("mark_sum")
