"""accounts"""

import sqlalchemy as sa
from alembic import op

from data.schema import UtcDateTime

revision = "0007_accounts"
down_revision = "0006_partner_sums"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "account_link",
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("ended_at", UtcDateTime(), nullable=True),
        sa.Column("is_used", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_link_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("token_hash", name=op.f("pk_account_link")),
    )
    with op.batch_alter_table("account_link", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_account_link_account_id"), ["account_id"], unique=False)

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_entry_action_code_at_id"), ["action_code", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_actor_at_id"), ["actor", "at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_at_id"), ["at", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_audit_entry_entity_at_id"), ["entity", "at", "id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_entity_at_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_at_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_actor_at_id"))
        batch_op.drop_index(batch_op.f("ix_audit_entry_action_code_at_id"))

    with op.batch_alter_table("account", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("account_link", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_account_link_account_id"))

    op.drop_table("account_link")
