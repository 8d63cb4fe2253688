"""Drafts of evaluations, released batches of confidential ones, and threads of recommendations."""

import sqlalchemy as sa
from alembic import op

from data.schema.base import UtcDateTime

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "confidential_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("first_year_month", sa.Integer(), nullable=False),
        sa.Column("last_year_month", sa.Integer(), nullable=False),
        sa.Column("released_date", sa.Date(), nullable=False),
        sa.Column("evaluations", sa.Integer(), nullable=False),
        sa.Column("ngos", sa.Integer(), nullable=False),
        sa.Column("events_marked", sa.Integer(), nullable=False),
        sa.Column("event_mark_sum", sa.Double(), nullable=False),
        sa.Column("event_mark_square_sum", sa.Double(), nullable=False),
        sa.Column("repeat_yes", sa.Integer(), nullable=False),
        sa.Column("repeat_no", sa.Integer(), nullable=False),
        sa.Column("repeat_unsure", sa.Integer(), nullable=False),
        sa.CheckConstraint("evaluations >= 5 AND ngos >= 3", name=op.f("ck_confidential_batch_size")),
        sa.ForeignKeyConstraint(
            ["district_soato"], ["district.soato"], name=op.f("fk_confidential_batch_district_soato")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_confidential_batch")),
    )
    op.create_index(
        "ix_confidential_batch_span",
        "confidential_batch",
        ["district_soato", "first_year_month", "last_year_month"],
        unique=False,
    )
    op.create_table(
        "confidential_batch_item",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=False),
        sa.Column("marks", sa.Integer(), nullable=False),
        sa.Column("mark_sum", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "item_code IN ('preparation', 'readiness', 'timeliness', 'roles', 'resources', 'needs', 'result')",
            name=op.f("ck_confidential_batch_item_item_code"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["confidential_batch.id"],
            name=op.f("fk_confidential_batch_item_batch_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("batch_id", "item_code", name=op.f("pk_confidential_batch_item")),
    )
    op.create_table(
        "confidential_batch_problem",
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("problem_code", sa.String(length=40), nullable=False),
        sa.Column("evaluations", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "problem_code IN ('no_legal_basis', 'informal', 'information_late', 'not_digital', 'lack_of_means', 'unequal_grants', 'no_experience', 'distrust', 'goals_unknown', 'one_off', 'unclear_responsibility', 'weak_coordination', 'inspector_overloaded', 'other')",
            name=op.f("ck_confidential_batch_problem_problem_code"),
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["confidential_batch.id"],
            name=op.f("fk_confidential_batch_problem_batch_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("batch_id", "problem_code", name=op.f("pk_confidential_batch_problem")),
    )
    op.create_table(
        "evaluation_draft",
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("started_at", UtcDateTime(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["joint_event.id"], name=op.f("fk_evaluation_draft_event_id")),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_evaluation_draft_ngo_id")),
        sa.PrimaryKeyConstraint("submission_id", name=op.f("pk_evaluation_draft")),
        sa.UniqueConstraint("event_id", "ngo_id", name=op.f("uq_evaluation_draft_event_id_ngo_id")),
    )
    op.create_index(op.f("ix_evaluation_draft_ngo_id"), "evaluation_draft", ["ngo_id"], unique=False)
    op.create_table(
        "event_reopening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("reopened_at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("until_date", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["joint_event.id"], name=op.f("fk_event_reopening_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_event_reopening")),
    )
    op.create_index(op.f("ix_event_reopening_event_id"), "event_reopening", ["event_id"], unique=False)
    op.create_table(
        "confidential_batch_member",
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["batch_id"],
            ["confidential_batch.id"],
            name=op.f("fk_confidential_batch_member_batch_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_confidential_batch_member_evaluation_id")
        ),
        sa.ForeignKeyConstraint(["event_id"], ["joint_event.id"], name=op.f("fk_confidential_batch_member_event_id")),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_confidential_batch_member_ngo_id")),
        sa.PrimaryKeyConstraint("evaluation_id", name=op.f("pk_confidential_batch_member")),
        sa.UniqueConstraint("event_id", "ngo_id", name=op.f("uq_confidential_batch_member_event_id_ngo_id")),
    )
    op.create_index(
        op.f("ix_confidential_batch_member_batch_id"), "confidential_batch_member", ["batch_id"], unique=False
    )
    op.create_table(
        "evaluation_draft_answer",
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("item_code", sa.String(length=40), nullable=False),
        sa.Column("value", sa.Text(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["evaluation_draft.submission_id"],
            name=op.f("fk_evaluation_draft_answer_submission_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("submission_id", "item_code", name=op.f("pk_evaluation_draft_answer")),
    )
    op.create_table(
        "recommendation_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation_id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("side_code", sa.String(length=40), nullable=False),
        sa.Column("action_code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "action_code IN ('assigned', 'accepted', 'declined', 'done', 'confirmed', 'reopened')",
            name=op.f("ck_recommendation_step_action_code"),
        ),
        sa.CheckConstraint("side_code IN ('ngo', 'police')", name=op.f("ck_recommendation_step_side_code")),
        sa.ForeignKeyConstraint(
            ["recommendation_id"],
            ["recommendation.id"],
            name=op.f("fk_recommendation_step_recommendation_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_step")),
    )
    op.create_index(
        op.f("ix_recommendation_step_recommendation_id_id"),
        "recommendation_step",
        ["recommendation_id", "id"],
        unique=False,
    )
    op.add_column("recommendation", sa.Column("released_date", sa.Date(), nullable=True))
    op.execute(
        "UPDATE recommendation SET released_date = created_date WHERE evaluation_id IN"
        " (SELECT id FROM evaluation WHERE visibility_code = 'named')"
    )


def downgrade() -> None:
    op.drop_column("recommendation", "released_date")
    op.drop_index(op.f("ix_recommendation_step_recommendation_id_id"), table_name="recommendation_step")
    op.drop_table("recommendation_step")
    op.drop_table("evaluation_draft_answer")
    op.drop_index(op.f("ix_confidential_batch_member_batch_id"), table_name="confidential_batch_member")
    op.drop_table("confidential_batch_member")
    op.drop_index(op.f("ix_event_reopening_event_id"), table_name="event_reopening")
    op.drop_table("event_reopening")
    op.drop_index(op.f("ix_evaluation_draft_ngo_id"), table_name="evaluation_draft")
    op.drop_table("evaluation_draft")
    op.drop_table("confidential_batch_problem")
    op.drop_table("confidential_batch_item")
    op.drop_index("ix_confidential_batch_span", table_name="confidential_batch")
    op.drop_table("confidential_batch")
