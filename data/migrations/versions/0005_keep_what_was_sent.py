"""Each version of an evaluation keeps its recommendation's words; drafts move to the tables of drafts."""

# ruff: noqa: S608 - the statements are made of the names below and nothing else

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ITEMS = ("preparation", "readiness", "timeliness", "roles", "resources", "needs", "result")
ANSWERS = {
    **{item: f"CAST(mark_{item} AS VARCHAR)" for item in ITEMS},
    "would_repeat": "would_repeat_code",
    "participants": "CAST(participants_counted AS VARCHAR)",
    "comment": "nullif(comment, '')",
    "visibility": "visibility_code",
}


def upgrade() -> None:
    op.add_column("evaluation", sa.Column("recommendation_text", sa.String(), server_default="", nullable=False))
    op.execute(
        "INSERT INTO evaluation_draft (submission_id, event_id, ngo_id, base_version, started_at, saved_at)"
        " SELECT submission_id, event_id, ngo_id, 0, created_at, created_at FROM evaluation"
        " WHERE state_code = 'draft' AND is_current"
    )
    for item, value in ANSWERS.items():
        op.execute(
            "INSERT INTO evaluation_draft_answer (submission_id, item_code, value, saved_at)"
            f" SELECT submission_id, '{item}', {value}, created_at FROM evaluation"
            f" WHERE state_code = 'draft' AND is_current AND {value} IS NOT NULL"
        )
    drafts = "(SELECT id FROM evaluation WHERE state_code = 'draft')"
    op.execute(f"DELETE FROM recommendation WHERE evaluation_id IN {drafts}")
    op.execute("DELETE FROM evaluation WHERE state_code = 'draft'")


def downgrade() -> None:
    op.drop_column("evaluation", "recommendation_text")
