"""holidays and merges"""

import sqlalchemy as sa
from alembic import op

from data.schema import UtcDateTime

revision = "0008_holidays_and_merges"
down_revision = "0007_accounts"
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
    op.create_table(
        "mahalla_former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("mahalla_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_soato"], ["district.soato"], name=op.f("fk_mahalla_former_name_district_soato")
        ),
        sa.ForeignKeyConstraint(["mahalla_id"], ["mahalla.id"], name=op.f("fk_mahalla_former_name_mahalla_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mahalla_former_name")),
        sa.UniqueConstraint("district_soato", "name_key", name=op.f("uq_mahalla_former_name_district_soato_name_key")),
    )
    with op.batch_alter_table("mahalla_former_name", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mahalla_former_name_mahalla_id"), ["mahalla_id"], unique=False)

    op.create_table(
        "mahalla_merge",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(length=36), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("merged_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("into_id", sa.Integer(), nullable=False),
        sa.Column("moved", sa.JSON(), nullable=False),
        sa.Column("audit_id", sa.Integer(), nullable=False),
        sa.Column("merged_at", UtcDateTime(), nullable=False),
        sa.Column("undone_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_mahalla_merge_district_soato")),
        sa.ForeignKeyConstraint(["into_id"], ["mahalla.id"], name=op.f("fk_mahalla_merge_into_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mahalla_merge")),
        sa.UniqueConstraint("form_id", name=op.f("uq_mahalla_merge_form_id")),
    )
    with op.batch_alter_table("mahalla_merge", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_mahalla_merge_into_id"), ["into_id"], unique=False)

    op.create_table(
        "ngo_former_name",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_ngo_former_name_ngo_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ngo_former_name")),
        sa.UniqueConstraint("ngo_id", "name_key", name=op.f("uq_ngo_former_name_ngo_id_name_key")),
    )


def downgrade() -> None:
    op.drop_table("ngo_former_name")
    with op.batch_alter_table("mahalla_merge", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mahalla_merge_into_id"))

    op.drop_table("mahalla_merge")
    with op.batch_alter_table("mahalla_former_name", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_mahalla_former_name_mahalla_id"))

    op.drop_table("mahalla_former_name")
    op.drop_table("holiday")
