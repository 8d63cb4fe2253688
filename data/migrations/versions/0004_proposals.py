"""proposals"""

import sqlalchemy as sa
from alembic import op

revision = "0004_proposals"
down_revision = "0003_leniency"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("form_id", sa.String(length=36), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("wanted_date", sa.Date(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.Column("form_code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("proposed_date", sa.Date(), nullable=False),
        sa.Column("state_code", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.CheckConstraint("(state_code = 'accepted') = (record_id IS NOT NULL)", name=op.f("ck_proposal_accepted")),
        sa.CheckConstraint(
            "direction_code IN ('information_exchange', 'legal_outreach', 'social_help', 'rehabilitation', 'youth_work', 'at_risk_work', 'victim_support', 'public_oversight')",
            name=op.f("ck_proposal_direction_code"),
        ),
        sa.CheckConstraint(
            "form_code IN ('lecture', 'seminar', 'conference', 'training', 'preventive_meeting', 'social_aid_action', 'open_lesson', 'prevention_day', 'raid')",
            name=op.f("ck_proposal_form_code"),
        ),
        sa.CheckConstraint("kind_code IN ('event', 'plan_item')", name=op.f("ck_proposal_kind_code")),
        sa.CheckConstraint("state_code <> 'declined' OR reason <> ''", name=op.f("ck_proposal_declined")),
        sa.CheckConstraint("state_code IN ('proposed', 'accepted', 'declined')", name=op.f("ck_proposal_state_code")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_proposal_district_soato")),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_proposal_ngo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_proposal")),
        sa.UniqueConstraint("form_id", name=op.f("uq_proposal_form_id")),
    )
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_proposal_ngo_id"), ["ngo_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_proposal_state_code_district_soato_proposed_date"),
            ["state_code", "district_soato", "proposed_date"],
            unique=False,
        )


def downgrade() -> None:
    with op.batch_alter_table("proposal", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_proposal_state_code_district_soato_proposed_date"))
        batch_op.drop_index(batch_op.f("ix_proposal_ngo_id"))

    op.drop_table("proposal")
