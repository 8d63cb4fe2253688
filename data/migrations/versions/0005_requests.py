"""requests"""

import sqlalchemy as sa
from alembic import op

revision = "0005_requests"
down_revision = "0004_proposals"
branch_labels = None
depends_on = None


def upgrade() -> None:
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("purpose", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("answer", sa.String(), server_default=sa.text("''"), nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.drop_column("answer")
        batch_op.drop_column("purpose")
