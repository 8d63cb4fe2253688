"""first schema"""

import sqlalchemy as sa
from alembic import op

from data.schema.base import UtcDateTime

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "audit_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("action_code", sa.String(length=40), nullable=False),
        sa.Column("entity", sa.String(length=40), nullable=False),
        sa.Column("entity_id", sa.String(), nullable=False),
        sa.Column("before", sa.JSON(), nullable=True),
        sa.Column("after", sa.JSON(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit_entry")),
    )
    op.create_index(op.f("ix_audit_entry_entity_entity_id"), "audit_entry", ["entity", "entity_id"], unique=False)
    op.create_table(
        "data_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_data_version")),
    )
    op.create_table(
        "import_run",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("actor", sa.String(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("file_sha256", sa.String(length=64), nullable=False),
        sa.Column("outcome", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_run")),
    )
    op.create_table(
        "meta",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_meta")),
    )
    op.create_table(
        "region",
        sa.Column("soato", sa.String(length=10), nullable=False),
        sa.Column("name_uz_latn", sa.String(), nullable=False),
        sa.Column("name_uz_cyrl", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.PrimaryKeyConstraint("soato", name=op.f("pk_region")),
    )
    op.create_table(
        "sign_in_failure",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_failed_at", UtcDateTime(), nullable=False),
        sa.Column("locked_until", UtcDateTime(), nullable=True),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_sign_in_failure")),
    )
    op.create_table(
        "stale_cell",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("year_month", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stale_cell")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_stale_cell_district_soato_year_month"), "stale_cell", ["district_soato", "year_month"], unique=False
    )
    op.create_table(
        "district",
        sa.Column("soato", sa.String(length=10), nullable=False),
        sa.Column("region_soato", sa.String(length=10), nullable=False),
        sa.Column("name_uz_latn", sa.String(), nullable=False),
        sa.Column("name_uz_cyrl", sa.String(), nullable=False),
        sa.Column("name_ru", sa.String(), nullable=False),
        sa.Column("name_en", sa.String(), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=False),
        sa.Column("longitude", sa.Double(), nullable=False),
        sa.Column("area_km2", sa.Double(), nullable=True),
        sa.Column("has_boundary", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(["region_soato"], ["region.soato"], name=op.f("fk_district_region_soato")),
        sa.PrimaryKeyConstraint("soato", name=op.f("pk_district")),
    )
    op.create_index(op.f("ix_district_region_soato"), "district", ["region_soato"], unique=False)
    op.create_table(
        "district_month",
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("year_month", sa.Integer(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.Column("events_held", sa.Integer(), nullable=False),
        sa.Column("events_cancelled", sa.Integer(), nullable=False),
        sa.Column("participants_total", sa.Integer(), nullable=False),
        sa.Column("participants_young", sa.Integer(), nullable=False),
        sa.Column("participants_women", sa.Integer(), nullable=False),
        sa.Column("participants_at_risk", sa.Integer(), nullable=False),
        sa.Column("participants_victims", sa.Integer(), nullable=False),
        sa.Column("plan_items", sa.Integer(), nullable=False),
        sa.Column("plan_fulfilled", sa.Integer(), nullable=False),
        sa.Column("events_evaluated_14d", sa.Integer(), nullable=False),
        sa.Column("events_marked", sa.Integer(), nullable=False),
        sa.Column("event_mark_sum", sa.Double(), nullable=False),
        sa.Column("event_mark_square_sum", sa.Double(), nullable=False),
        sa.Column("evaluations", sa.Integer(), nullable=False),
        sa.Column("evaluations_confidential", sa.Integer(), nullable=False),
        sa.Column("repeat_yes", sa.Integer(), nullable=False),
        sa.Column("repeat_no", sa.Integer(), nullable=False),
        sa.Column("repeat_unsure", sa.Integer(), nullable=False),
        sa.Column("recommendations", sa.Integer(), nullable=False),
        sa.Column("recommendations_closed_60d", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_district_month_district_soato")),
        sa.PrimaryKeyConstraint("district_soato", "year_month", "direction_code", name=op.f("pk_district_month")),
    )
    op.create_index(
        op.f("ix_district_month_direction_code_year_month_district_soato"),
        "district_month",
        ["direction_code", "year_month", "district_soato"],
        unique=False,
    )
    op.create_table(
        "inhabitants",
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("counted_date", sa.Date(), nullable=False),
        sa.Column("inhabitants", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_inhabitants_district_soato")),
        sa.PrimaryKeyConstraint("district_soato", "counted_date", name=op.f("pk_inhabitants")),
    )
    op.create_table(
        "mahalla",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_mahalla_district_soato")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_mahalla")),
        sa.UniqueConstraint("district_soato", "name_key", name=op.f("uq_mahalla_district_soato_name_key")),
    )
    op.create_table(
        "memorandum",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("signed_date", sa.Date(), nullable=True),
        sa.Column("start_date", sa.Date(), nullable=True),
        sa.Column("expiry_date", sa.Date(), nullable=True),
        sa.Column("terminated_date", sa.Date(), nullable=True),
        sa.Column("termination_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "terminated_date IS NULL OR termination_reason <> ''", name=op.f("ck_memorandum_termination_reason")
        ),
        sa.CheckConstraint(
            "expiry_date IS NULL OR start_date IS NULL OR expiry_date >= start_date", name=op.f("ck_memorandum_expiry")
        ),
        sa.CheckConstraint("signed_date IS NULL OR start_date IS NOT NULL", name=op.f("ck_memorandum_start")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_memorandum_district_soato")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memorandum")),
        sa.UniqueConstraint("district_soato", "number", name=op.f("uq_memorandum_district_soato_number")),
    )
    op.create_table(
        "ngo",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("stir", sa.String(length=9), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("contact", sa.String(), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.CheckConstraint("length(stir) = 9", name=op.f("ck_ngo_stir_length")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_ngo_district_soato")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ngo")),
        sa.UniqueConstraint("stir", name=op.f("uq_ngo_stir")),
    )
    op.create_index(op.f("ix_ngo_district_soato"), "ngo", ["district_soato"], unique=False)
    op.create_table(
        "account",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("login", sa.String(), nullable=False),
        sa.Column("login_key", sa.String(), nullable=False),
        sa.Column("email", sa.String(), nullable=True),
        sa.Column("password_hash", sa.String(), nullable=True),
        sa.Column("role_code", sa.String(length=40), nullable=False),
        sa.Column("region_soato", sa.String(length=10), nullable=True),
        sa.Column("district_soato", sa.String(length=10), nullable=True),
        sa.Column("ngo_id", sa.Integer(), nullable=True),
        sa.Column("language_code", sa.String(length=40), nullable=False),
        sa.Column("is_active", sa.Boolean(), nullable=False),
        sa.Column("is_demo", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.CheckConstraint("role_code <> 'ngo' OR ngo_id IS NOT NULL", name=op.f("ck_account_ngo")),
        sa.CheckConstraint("role_code <> 'regional' OR region_soato IS NOT NULL", name=op.f("ck_account_region")),
        sa.CheckConstraint(
            "role_code IN ('national', 'regional', 'district', 'coordinator', 'ngo', 'admin', 'public')",
            name=op.f("ck_account_role_code"),
        ),
        sa.CheckConstraint(
            "role_code NOT IN ('district', 'coordinator') OR district_soato IS NOT NULL",
            name=op.f("ck_account_district"),
        ),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_account_district_soato")),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_account_ngo_id")),
        sa.ForeignKeyConstraint(["region_soato"], ["region.soato"], name=op.f("fk_account_region_soato")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_account")),
        sa.UniqueConstraint("email", name=op.f("uq_account_email")),
        sa.UniqueConstraint("login_key", name=op.f("uq_account_login_key")),
    )
    op.create_table(
        "evaluation_ngo_month",
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("year_month", sa.Integer(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.Column("evaluations", sa.Integer(), nullable=False),
        sa.Column("evaluations_confidential", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["district_soato"], ["district.soato"], name=op.f("fk_evaluation_ngo_month_district_soato")
        ),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_evaluation_ngo_month_ngo_id")),
        sa.PrimaryKeyConstraint(
            "district_soato", "year_month", "direction_code", "ngo_id", name=op.f("pk_evaluation_ngo_month")
        ),
    )
    op.create_index(
        op.f("ix_evaluation_ngo_month_direction_code_year_month_district_soato"),
        "evaluation_ngo_month",
        ["direction_code", "year_month", "district_soato"],
        unique=False,
    )
    op.create_table(
        "mahalla_year",
        sa.Column("mahalla_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("month_mask", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_mahalla_year_district_soato")),
        sa.ForeignKeyConstraint(["mahalla_id"], ["mahalla.id"], name=op.f("fk_mahalla_year_mahalla_id")),
        sa.PrimaryKeyConstraint("mahalla_id", "year", "direction_code", name=op.f("pk_mahalla_year")),
    )
    op.create_index(
        op.f("ix_mahalla_year_direction_code_year_district_soato"),
        "mahalla_year",
        ["direction_code", "year", "district_soato"],
        unique=False,
    )
    op.create_table(
        "memorandum_amendment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("memorandum_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("signed_date", sa.Date(), nullable=False),
        sa.Column("expiry_date", sa.Date(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memorandum.id"], name=op.f("fk_memorandum_amendment_memorandum_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_memorandum_amendment")),
        sa.UniqueConstraint("memorandum_id", "number", name=op.f("uq_memorandum_amendment_memorandum_id_number")),
    )
    op.create_table(
        "memorandum_direction",
        sa.Column("memorandum_id", sa.Integer(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "direction_code IN ('information_exchange', 'legal_outreach', 'social_help', 'rehabilitation', 'youth_work', 'at_risk_work', 'victim_support', 'public_oversight')",
            name=op.f("ck_memorandum_direction_direction_code"),
        ),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memorandum.id"], name=op.f("fk_memorandum_direction_memorandum_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("memorandum_id", "direction_code", name=op.f("pk_memorandum_direction")),
    )
    op.create_table(
        "memorandum_ngo",
        sa.Column("memorandum_id", sa.Integer(), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memorandum.id"], name=op.f("fk_memorandum_ngo_memorandum_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_memorandum_ngo_ngo_id")),
        sa.PrimaryKeyConstraint("memorandum_id", "ngo_id", name=op.f("pk_memorandum_ngo")),
    )
    op.create_index(op.f("ix_memorandum_ngo_ngo_id"), "memorandum_ngo", ["ngo_id"], unique=False)
    op.create_table(
        "memorandum_support",
        sa.Column("memorandum_id", sa.Integer(), nullable=False),
        sa.Column("support_code", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "support_code IN ('venue', 'transport', 'printed_matter', 'equipment', 'grant')",
            name=op.f("ck_memorandum_support_support_code"),
        ),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memorandum.id"], name=op.f("fk_memorandum_support_memorandum_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("memorandum_id", "support_code", name=op.f("pk_memorandum_support")),
    )
    op.create_table(
        "ngo_direction",
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "direction_code IN ('information_exchange', 'legal_outreach', 'social_help', 'rehabilitation', 'youth_work', 'at_risk_work', 'victim_support', 'public_oversight')",
            name=op.f("ck_ngo_direction_direction_code"),
        ),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_ngo_direction_ngo_id"), ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("ngo_id", "direction_code", name=op.f("pk_ngo_direction")),
    )
    op.create_table(
        "obligation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("memorandum_id", sa.Integer(), nullable=False),
        sa.Column("party_code", sa.String(length=40), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("due_date", sa.Date(), nullable=False),
        sa.Column("fulfilled_date", sa.Date(), nullable=True),
        sa.Column("evidence", sa.String(), nullable=False),
        sa.CheckConstraint("party_code IN ('ngo', 'police')", name=op.f("ck_obligation_party_code")),
        sa.ForeignKeyConstraint(
            ["memorandum_id"], ["memorandum.id"], name=op.f("fk_obligation_memorandum_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_obligation")),
    )
    op.create_index(
        op.f("ix_obligation_due_date_memorandum_id_fulfilled_date"),
        "obligation",
        ["due_date", "memorandum_id", "fulfilled_date"],
        unique=False,
    )
    op.create_index(op.f("ix_obligation_memorandum_id"), "obligation", ["memorandum_id"], unique=False)
    op.create_table(
        "plan_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("mahalla_id", sa.Integer(), nullable=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("month", sa.Integer(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.Column("form_code", sa.String(length=40), nullable=False),
        sa.Column("responsible_ngo_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "direction_code IN ('information_exchange', 'legal_outreach', 'social_help', 'rehabilitation', 'youth_work', 'at_risk_work', 'victim_support', 'public_oversight')",
            name=op.f("ck_plan_item_direction_code"),
        ),
        sa.CheckConstraint(
            "form_code IN ('lecture', 'seminar', 'conference', 'training', 'preventive_meeting', 'social_aid_action', 'open_lesson', 'prevention_day', 'raid')",
            name=op.f("ck_plan_item_form_code"),
        ),
        sa.CheckConstraint("month BETWEEN 1 AND 12", name=op.f("ck_plan_item_month")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_plan_item_district_soato")),
        sa.ForeignKeyConstraint(["mahalla_id"], ["mahalla.id"], name=op.f("fk_plan_item_mahalla_id")),
        sa.ForeignKeyConstraint(["responsible_ngo_id"], ["ngo.id"], name=op.f("fk_plan_item_responsible_ngo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_item")),
    )
    op.create_index(
        op.f("ix_plan_item_district_soato_year_month"), "plan_item", ["district_soato", "year", "month"], unique=False
    )
    op.create_table(
        "account_session",
        sa.Column("id_hash", sa.String(length=64), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("last_seen_at", UtcDateTime(), nullable=False),
        sa.Column("expires_at", UtcDateTime(), nullable=False),
        sa.Column("revoked_at", UtcDateTime(), nullable=True),
        sa.Column("address", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_account_session_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id_hash", name=op.f("pk_account_session")),
    )
    op.create_index(op.f("ix_account_session_account_id"), "account_session", ["account_id"], unique=False)
    op.create_table(
        "joint_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("mahalla_id", sa.Integer(), nullable=True),
        sa.Column("event_date", sa.Date(), nullable=False),
        sa.Column("direction_code", sa.String(length=40), nullable=False),
        sa.Column("form_code", sa.String(length=40), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("memorandum_id", sa.Integer(), nullable=True),
        sa.Column("plan_item_id", sa.Integer(), nullable=True),
        sa.Column("participants_total", sa.Integer(), nullable=False),
        sa.Column("participants_young", sa.Integer(), nullable=False),
        sa.Column("participants_women", sa.Integer(), nullable=False),
        sa.Column("participants_at_risk", sa.Integer(), nullable=False),
        sa.Column("participants_victims", sa.Integer(), nullable=False),
        sa.Column("state_code", sa.String(length=40), nullable=False),
        sa.Column("cancel_reason", sa.String(), nullable=False),
        sa.CheckConstraint(
            "direction_code IN ('information_exchange', 'legal_outreach', 'social_help', 'rehabilitation', 'youth_work', 'at_risk_work', 'victim_support', 'public_oversight')",
            name=op.f("ck_joint_event_direction_code"),
        ),
        sa.CheckConstraint(
            "form_code IN ('lecture', 'seminar', 'conference', 'training', 'preventive_meeting', 'social_aid_action', 'open_lesson', 'prevention_day', 'raid')",
            name=op.f("ck_joint_event_form_code"),
        ),
        sa.CheckConstraint("state_code IN ('planned', 'held', 'cancelled')", name=op.f("ck_joint_event_state_code")),
        sa.CheckConstraint(
            "participants_total >= 0 AND participants_young BETWEEN 0 AND participants_total AND participants_women BETWEEN 0 AND participants_total AND participants_at_risk BETWEEN 0 AND participants_total AND participants_victims BETWEEN 0 AND participants_total",
            name=op.f("ck_joint_event_participants"),
        ),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_joint_event_district_soato")),
        sa.ForeignKeyConstraint(["mahalla_id"], ["mahalla.id"], name=op.f("fk_joint_event_mahalla_id")),
        sa.ForeignKeyConstraint(["memorandum_id"], ["memorandum.id"], name=op.f("fk_joint_event_memorandum_id")),
        sa.ForeignKeyConstraint(["plan_item_id"], ["plan_item.id"], name=op.f("fk_joint_event_plan_item_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_joint_event")),
        sa.UniqueConstraint("district_soato", "number", name=op.f("uq_joint_event_district_soato_number")),
    )
    op.create_index(
        op.f("ix_joint_event_district_soato_event_date"), "joint_event", ["district_soato", "event_date"], unique=False
    )
    op.create_index(
        op.f("ix_joint_event_event_date_state_code_district_soato"),
        "joint_event",
        ["event_date", "state_code", "district_soato"],
        unique=False,
    )
    op.create_index(
        op.f("ix_joint_event_memorandum_id_event_date"), "joint_event", ["memorandum_id", "event_date"], unique=False
    )
    op.create_index(
        op.f("ix_joint_event_plan_item_id_state_code"), "joint_event", ["plan_item_id", "state_code"], unique=False
    )
    op.create_table(
        "evaluation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.String(length=36), nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("is_current", sa.Boolean(), nullable=False),
        sa.Column("state_code", sa.String(length=40), nullable=False),
        sa.Column("mark_preparation", sa.Integer(), nullable=True),
        sa.Column("mark_readiness", sa.Integer(), nullable=True),
        sa.Column("mark_timeliness", sa.Integer(), nullable=True),
        sa.Column("mark_roles", sa.Integer(), nullable=True),
        sa.Column("mark_resources", sa.Integer(), nullable=True),
        sa.Column("mark_needs", sa.Integer(), nullable=True),
        sa.Column("mark_result", sa.Integer(), nullable=True),
        sa.Column(
            "mark_mean",
            sa.Float(),
            sa.Computed(
                "(coalesce(mark_preparation, 0) + coalesce(mark_readiness, 0) + coalesce(mark_timeliness, 0) + coalesce(mark_roles, 0) + coalesce(mark_resources, 0) + coalesce(mark_needs, 0) + coalesce(mark_result, 0)) * 1.0 / nullif(CASE WHEN mark_preparation IS NULL THEN 0 ELSE 1 END + CASE WHEN mark_readiness IS NULL THEN 0 ELSE 1 END + CASE WHEN mark_timeliness IS NULL THEN 0 ELSE 1 END + CASE WHEN mark_roles IS NULL THEN 0 ELSE 1 END + CASE WHEN mark_resources IS NULL THEN 0 ELSE 1 END + CASE WHEN mark_needs IS NULL THEN 0 ELSE 1 END + CASE WHEN mark_result IS NULL THEN 0 ELSE 1 END, 0)",
                persisted=True,
            ),
            nullable=True,
        ),
        sa.Column("would_repeat_code", sa.String(length=40), nullable=True),
        sa.Column("participants_counted", sa.Integer(), nullable=True),
        sa.Column("comment", sa.String(), nullable=False),
        sa.Column("visibility_code", sa.String(length=40), nullable=False),
        sa.Column("is_late", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("submitted_at", UtcDateTime(), nullable=True),
        sa.Column("submitted_date", sa.Date(), nullable=True),
        sa.CheckConstraint("state_code IN ('draft', 'submitted')", name=op.f("ck_evaluation_state_code")),
        sa.CheckConstraint("visibility_code IN ('named', 'confidential')", name=op.f("ck_evaluation_visibility_code")),
        sa.CheckConstraint(
            "would_repeat_code IN ('yes', 'no', 'unsure')", name=op.f("ck_evaluation_would_repeat_code")
        ),
        sa.CheckConstraint(
            "mark_preparation BETWEEN 1 AND 5 AND mark_readiness BETWEEN 1 AND 5 AND mark_timeliness BETWEEN 1 AND 5 AND mark_roles BETWEEN 1 AND 5 AND mark_resources BETWEEN 1 AND 5 AND mark_needs BETWEEN 1 AND 5 AND mark_result BETWEEN 1 AND 5",
            name=op.f("ck_evaluation_marks"),
        ),
        sa.ForeignKeyConstraint(["event_id"], ["joint_event.id"], name=op.f("fk_evaluation_event_id")),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_evaluation_ngo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evaluation")),
        sa.UniqueConstraint("event_id", "ngo_id", "version", name=op.f("uq_evaluation_event_id_ngo_id_version")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_evaluation_submission_id")),
    )
    op.create_index(op.f("ix_evaluation_ngo_id"), "evaluation", ["ngo_id"], unique=False)
    op.create_index(
        "uq_evaluation_current",
        "evaluation",
        ["event_id", "ngo_id"],
        unique=True,
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.create_table(
        "joint_event_ngo",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["event_id"], ["joint_event.id"], name=op.f("fk_joint_event_ngo_event_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_joint_event_ngo_ngo_id")),
        sa.PrimaryKeyConstraint("event_id", "ngo_id", name=op.f("pk_joint_event_ngo")),
    )
    op.create_index(op.f("ix_joint_event_ngo_ngo_id"), "joint_event_ngo", ["ngo_id"], unique=False)
    op.create_table(
        "joint_event_partner",
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("partner_code", sa.String(length=40), nullable=False),
        sa.CheckConstraint(
            "partner_code IN ('mahalla_seven', 'probation', 'education', 'health', 'employment', 'prosecutor_council', 'volunteers')",
            name=op.f("ck_joint_event_partner_partner_code"),
        ),
        sa.ForeignKeyConstraint(
            ["event_id"], ["joint_event.id"], name=op.f("fk_joint_event_partner_event_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("event_id", "partner_code", name=op.f("pk_joint_event_partner")),
    )
    op.create_table(
        "evaluation_problem",
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("problem_code", sa.String(length=40), nullable=False),
        sa.Column("other_text", sa.String(), nullable=False),
        sa.CheckConstraint(
            "problem_code IN ('no_legal_basis', 'informal', 'information_late', 'not_digital', 'lack_of_means', 'unequal_grants', 'no_experience', 'distrust', 'goals_unknown', 'one_off', 'unclear_responsibility', 'weak_coordination', 'inspector_overloaded', 'other')",
            name=op.f("ck_evaluation_problem_problem_code"),
        ),
        sa.ForeignKeyConstraint(
            ["evaluation_id"], ["evaluation.id"], name=op.f("fk_evaluation_problem_evaluation_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("evaluation_id", "problem_code", name=op.f("pk_evaluation_problem")),
    )
    op.create_table(
        "recommendation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evaluation_id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("created_date", sa.Date(), nullable=False),
        sa.Column("owner", sa.String(), nullable=False),
        sa.Column("deadline_date", sa.Date(), nullable=True),
        sa.Column("answer", sa.String(), nullable=False),
        sa.Column("answered_date", sa.Date(), nullable=True),
        sa.Column("state_code", sa.String(length=40), nullable=False),
        sa.Column("closed_date", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "(state_code = 'closed') = (closed_date IS NOT NULL)", name=op.f("ck_recommendation_closed")
        ),
        sa.CheckConstraint(
            "state_code IN ('new', 'accepted', 'declined', 'done', 'closed')", name=op.f("ck_recommendation_state_code")
        ),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_recommendation_district_soato")),
        sa.ForeignKeyConstraint(["evaluation_id"], ["evaluation.id"], name=op.f("fk_recommendation_evaluation_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation")),
        sa.UniqueConstraint("evaluation_id", name=op.f("uq_recommendation_evaluation_id")),
    )
    op.create_index(
        op.f("ix_recommendation_created_date_district_soato_closed_date"),
        "recommendation",
        ["created_date", "district_soato", "closed_date"],
        unique=False,
    )
    op.create_index(
        op.f("ix_recommendation_district_soato_state_code_deadline_date"),
        "recommendation",
        ["district_soato", "state_code", "deadline_date"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_recommendation_district_soato_state_code_deadline_date"), table_name="recommendation")
    op.drop_index(op.f("ix_recommendation_created_date_district_soato_closed_date"), table_name="recommendation")
    op.drop_table("recommendation")
    op.drop_table("evaluation_problem")
    op.drop_table("joint_event_partner")
    op.drop_index(op.f("ix_joint_event_ngo_ngo_id"), table_name="joint_event_ngo")
    op.drop_table("joint_event_ngo")
    op.drop_index(
        "uq_evaluation_current",
        table_name="evaluation",
        sqlite_where=sa.text("is_current"),
        postgresql_where=sa.text("is_current"),
    )
    op.drop_index(op.f("ix_evaluation_ngo_id"), table_name="evaluation")
    op.drop_table("evaluation")
    op.drop_index(op.f("ix_joint_event_plan_item_id_state_code"), table_name="joint_event")
    op.drop_index(op.f("ix_joint_event_memorandum_id_event_date"), table_name="joint_event")
    op.drop_index(op.f("ix_joint_event_event_date_state_code_district_soato"), table_name="joint_event")
    op.drop_index(op.f("ix_joint_event_district_soato_event_date"), table_name="joint_event")
    op.drop_table("joint_event")
    op.drop_index(op.f("ix_account_session_account_id"), table_name="account_session")
    op.drop_table("account_session")
    op.drop_index(op.f("ix_plan_item_district_soato_year_month"), table_name="plan_item")
    op.drop_table("plan_item")
    op.drop_index(op.f("ix_obligation_memorandum_id"), table_name="obligation")
    op.drop_index(op.f("ix_obligation_due_date_memorandum_id_fulfilled_date"), table_name="obligation")
    op.drop_table("obligation")
    op.drop_table("ngo_direction")
    op.drop_table("memorandum_support")
    op.drop_index(op.f("ix_memorandum_ngo_ngo_id"), table_name="memorandum_ngo")
    op.drop_table("memorandum_ngo")
    op.drop_table("memorandum_direction")
    op.drop_table("memorandum_amendment")
    op.drop_index(op.f("ix_mahalla_year_direction_code_year_district_soato"), table_name="mahalla_year")
    op.drop_table("mahalla_year")
    op.drop_index(
        op.f("ix_evaluation_ngo_month_direction_code_year_month_district_soato"), table_name="evaluation_ngo_month"
    )
    op.drop_table("evaluation_ngo_month")
    op.drop_table("account")
    op.drop_index(op.f("ix_ngo_district_soato"), table_name="ngo")
    op.drop_table("ngo")
    op.drop_table("memorandum")
    op.drop_table("mahalla")
    op.drop_table("inhabitants")
    op.drop_index(op.f("ix_district_month_direction_code_year_month_district_soato"), table_name="district_month")
    op.drop_table("district_month")
    op.drop_index(op.f("ix_district_region_soato"), table_name="district")
    op.drop_table("district")
    op.drop_index(op.f("ix_stale_cell_district_soato_year_month"), table_name="stale_cell")
    op.drop_table("stale_cell")
    op.drop_table("sign_in_failure")
    op.drop_table("region")
    op.drop_table("meta")
    op.drop_table("import_run")
    op.drop_table("data_version")
    op.drop_index(op.f("ix_audit_entry_entity_entity_id"), table_name="audit_entry")
    op.drop_table("audit_entry")
