"""An index of all that counting and ordering recommendations reads."""

from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAME = "ix_recommendation_thread"
COLUMNS = ["state_code", "released_date", "deadline_date", "answered_date", "district_soato", "public_id"]


def upgrade() -> None:
    op.create_index(NAME, "recommendation", COLUMNS)


def downgrade() -> None:
    op.drop_index(NAME, table_name="recommendation")
