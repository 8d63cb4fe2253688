"""districts with validity"""

import sqlalchemy as sa
from alembic import op

revision = "0010_districts_with_validity"
down_revision = "0009_notices"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.add_column(sa.Column("valid_from", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("valid_to", sa.Date(), nullable=True))
        batch_op.create_check_constraint(batch_op.f("ck_district_valid_days"), "valid_from <= valid_to")
    op.create_table(
        "district_succession",
        sa.Column("predecessor_soato", sa.String(length=10), nullable=False),
        sa.Column("successor_soato", sa.String(length=10), nullable=False),
        sa.CheckConstraint("predecessor_soato <> successor_soato", name=op.f("ck_district_succession_not_itself")),
        sa.ForeignKeyConstraint(
            ["predecessor_soato"], ["district.soato"], name=op.f("fk_district_succession_predecessor_soato")
        ),
        sa.ForeignKeyConstraint(
            ["successor_soato"], ["district.soato"], name=op.f("fk_district_succession_successor_soato")
        ),
        sa.PrimaryKeyConstraint("predecessor_soato", "successor_soato", name=op.f("pk_district_succession")),
    )


def downgrade() -> None:
    op.drop_table("district_succession")
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_district_valid_days"), type_="check")
        batch_op.drop_column("valid_to")
        batch_op.drop_column("valid_from")
