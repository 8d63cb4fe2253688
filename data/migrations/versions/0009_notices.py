"""notices"""

import sqlalchemy as sa
from alembic import op

from data.schema import UtcDateTime

revision = "0009_notices"
down_revision = "0008_holidays_and_merges"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "notice",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(length=100), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("stage_code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("day", sa.Date(), nullable=True),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("role_code", sa.String(length=40), nullable=False),
        sa.Column("place_code", sa.String(length=40), nullable=False),
        sa.Column("made_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint(
            "kind_code IN ('request_asked', 'request_answered', 'request_deadline', 'proposal_made', 'proposal_answered', 'recommendation_answered', 'obligation_deadline', 'memorandum_expiry', 'evaluation_closing', 'weekly_summary')",
            name=op.f("ck_notice_kind_code"),
        ),
        sa.CheckConstraint(
            "role_code IN ('national', 'regional', 'district', 'coordinator', 'ngo', 'admin', 'public')",
            name=op.f("ck_notice_role_code"),
        ),
        sa.CheckConstraint(
            "stage_code IN ('told', 'accepted', 'declined', 'done', 'due', 'overdue', '90_days', '30_days')",
            name=op.f("ck_notice_stage_code"),
        ),
        sa.ForeignKeyConstraint(["account_id"], ["account.id"], name=op.f("fk_notice_account_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice")),
        sa.UniqueConstraint("account_id", "key", name=op.f("uq_notice_account_id_key")),
    )
    op.create_table(
        "notice_choice",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("has_mail", sa.Boolean(), nullable=False),
        sa.Column("chat_id", sa.BigInteger(), nullable=True),
        sa.Column("link_code_hash", sa.String(length=64), nullable=True),
        sa.Column("link_code_expires_at", UtcDateTime(), nullable=True),
        sa.Column("calendar_hash", sa.String(length=64), nullable=True),
        sa.Column("calendar_made_at", UtcDateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_notice_choice_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", name=op.f("pk_notice_choice")),
        sa.UniqueConstraint("calendar_hash", name=op.f("uq_notice_choice_calendar_hash")),
        sa.UniqueConstraint("link_code_hash", name=op.f("uq_notice_choice_link_code_hash")),
    )
    op.create_table(
        "notice_kind_off",
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "kind_code IN ('request_asked', 'request_answered', 'request_deadline', 'proposal_made', 'proposal_answered', 'recommendation_answered', 'obligation_deadline', 'memorandum_expiry', 'evaluation_closing', 'weekly_summary')",
            name=op.f("ck_notice_kind_off_kind_code"),
        ),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_notice_kind_off_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("account_id", "kind_code", name=op.f("pk_notice_kind_off")),
    )
    op.create_table(
        "notice_delivery",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice_id", sa.Integer(), nullable=False),
        sa.Column("channel_code", sa.String(length=40), nullable=False),
        sa.Column("state_code", sa.String(length=40), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("due_at", UtcDateTime(), nullable=False),
        sa.Column("claimed_at", UtcDateTime(), nullable=True),
        sa.Column("settled_at", UtcDateTime(), nullable=True),
        sa.Column("fault_code", sa.String(length=40), nullable=True),
        sa.Column("reply_code", sa.Integer(), nullable=False),
        sa.CheckConstraint("channel_code IN ('mail', 'telegram')", name=op.f("ck_notice_delivery_channel_code")),
        sa.CheckConstraint(
            "fault_code IN ('unreachable', 'timeout', 'not_trusted', 'sign_in_refused', 'sender_refused', 'recipient_refused', 'message_refused', 'blocked', 'no_address', 'interrupted')",
            name=op.f("ck_notice_delivery_fault_code"),
        ),
        sa.CheckConstraint(
            "state_code IN ('waiting', 'sending', 'sent', 'failed', 'unknown')",
            name=op.f("ck_notice_delivery_state_code"),
        ),
        sa.ForeignKeyConstraint(
            ["notice_id"], ["notice.id"], name=op.f("fk_notice_delivery_notice_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_delivery")),
        sa.UniqueConstraint("notice_id", "channel_code", name=op.f("uq_notice_delivery_notice_id_channel_code")),
    )
    with op.batch_alter_table("notice_delivery", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_notice_delivery_state_code_channel_code_due_at"),
            ["state_code", "channel_code", "due_at"],
            unique=False,
        )
    op.create_table(
        "notice_sender",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("reminded_on", sa.Date(), nullable=True),
        sa.Column("last_run_at", UtcDateTime(), nullable=True),
        sa.Column("bot_fault_code", sa.String(length=40), nullable=True),
        sa.Column("bot_reply_code", sa.Integer(), server_default="0", nullable=False),
        sa.Column("bot_fault_at", UtcDateTime(), nullable=True),
        sa.CheckConstraint(
            "bot_fault_code IN ('unreachable', 'timeout', 'not_trusted', 'sign_in_refused', 'sender_refused', 'recipient_refused', 'message_refused', 'blocked', 'no_address', 'interrupted')",
            name=op.f("ck_notice_sender_bot_fault_code"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_sender")),
    )


def downgrade() -> None:
    op.drop_table("notice_sender")
    with op.batch_alter_table("notice_delivery", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_notice_delivery_state_code_channel_code_due_at"))

    op.drop_table("notice_delivery")
    op.drop_table("notice_kind_off")
    op.drop_table("notice_choice")
    op.drop_table("notice")
