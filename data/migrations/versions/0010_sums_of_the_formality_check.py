"""What the formality check reads: events beside the plan, forms with nothing but fives, keys of texts."""

from importlib import import_module

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

marks = import_module("data.migrations.versions.0002_keep_aggregates_exact")

COUNTS = (
    ("district_month", "events_unplanned"),
    ("ngo_month", "evaluations_marked"),
    ("ngo_month", "evaluations_all_fives"),
)


def upgrade() -> None:
    for table, name in COUNTS:
        op.add_column(table, sa.Column(name, sa.Integer(), server_default="0", nullable=False))
    op.create_table(
        "evaluation_text",
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("year_month", sa.Integer(), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.Column("text_key", sa.BigInteger(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name="fk_evaluation_text_evaluation_id", ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "kind_code", name="pk_evaluation_text"),
    )
    op.create_index("ix_evaluation_text_district_soato_year_month", "evaluation_text", ["district_soato", "year_month"])
    op.create_index(
        "ix_evaluation_text_month", "evaluation_text", ["year_month", "district_soato", "ngo_id", "text_key"]
    )
    marks._mark_what_stands()


def downgrade() -> None:
    op.drop_table("evaluation_text")
    for table, name in COUNTS:
        op.drop_column(table, name)
