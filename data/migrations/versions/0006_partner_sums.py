"""partner sums"""

import sqlalchemy as sa
from alembic import op

revision = "0006_partner_sums"
down_revision = "0005_requests"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "partner_month",
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("year_month", sa.Integer(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.Column("partner_code", sa.String(length=40), nullable=False),
        sa.Column("events_held", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_partner_month_district_soato")),
        sa.PrimaryKeyConstraint(
            "district_soato", "year_month", "direction_code", "partner_code", name=op.f("pk_partner_month")
        ),
    )
    with op.batch_alter_table("partner_month", schema=None) as batch_op:
        batch_op.create_index(
            "ix_partner_month_sums",
            ["direction_code", "year_month", "district_soato", "partner_code", "events_held"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("partner_month", schema=None) as batch_op:
        batch_op.drop_index("ix_partner_month_sums")

    op.drop_table("partner_month")
