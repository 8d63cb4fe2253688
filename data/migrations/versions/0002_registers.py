"""registers"""

import sqlalchemy as sa
from alembic import op

from data.schema import UtcDateTime
from data.workbook.cells.text_matching import number_key

revision = "0002_registers"
down_revision = "0001_baseline"
branch_labels = None
depends_on = None


# ruff: noqa: S608 - the tables are named here


def _fill_number_keys(table: str) -> None:
    """Fold the numbers of the records; a second one with the same key keeps its id beside it."""
    connection, seen = op.get_bind(), set()
    place = {"obligation": "memorandum_id", "plan_item": "district_soato || '/' || year"}.get(table, "district_soato")
    rows = connection.exec_driver_sql(f"SELECT id, {place}, number FROM {table} WHERE number IS NOT NULL").all()
    keys = []
    for row_id, within, number in rows:
        key = number_key(number)
        keys.append({"key": f"{key} {row_id}" if (within, key) in seen else key, "id": row_id})
        seen.add((within, key))
    if keys:
        connection.execute(sa.text(f"UPDATE {table} SET number_key = :key WHERE id = :id"), keys)


def upgrade() -> None:
    op.create_table(
        "document",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("stored_name", sa.String(length=64), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=True),
        sa.Column("uploaded_at", UtcDateTime(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_document")),
        sa.UniqueConstraint("stored_name", name=op.f("uq_document_stored_name")),
    )
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_document_register_code_record_id"), ["register_code", "record_id"], unique=False
        )

    op.create_table(
        "sent_form",
        sa.Column("form_id", sa.String(length=36), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("sent_at", UtcDateTime(), nullable=False),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_sent_form")),
    )
    op.create_table(
        "award",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("recipient_code", sa.String(length=40), nullable=False),
        sa.Column("ngo_id", sa.Integer(), nullable=True),
        sa.Column("citizens", sa.Integer(), nullable=True),
        sa.Column("ground_code", sa.String(length=40), nullable=False),
        sa.Column("kind_code", sa.String(length=40), nullable=False),
        sa.Column("award_date", sa.Date(), nullable=False),
        sa.Column("amount_uzs", sa.BigInteger(), nullable=True),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("number_key", sa.String(), nullable=False),
        sa.Column("withdrawn_at", UtcDateTime(), nullable=True),
        sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False),
        sa.Column("version", sa.Integer(), server_default="1", nullable=False),
        sa.CheckConstraint(
            "ground_code IN ('prevention', 'reporting', 'detention', 'public_order', 'youth', 'adaptation', 'other')",
            name=op.f("ck_award_ground_code"),
        ),
        sa.CheckConstraint("kind_code IN ('letter', 'gift', 'money')", name=op.f("ck_award_kind_code")),
        sa.CheckConstraint("recipient_code IN ('ngo', 'citizens')", name=op.f("ck_award_recipient_code")),
        sa.CheckConstraint("(ngo_id IS NULL) <> (citizens IS NULL)", name=op.f("ck_award_recipient")),
        sa.CheckConstraint("amount_uzs >= 0", name=op.f("ck_award_amount")),
        sa.CheckConstraint("citizens > 0", name=op.f("ck_award_citizens")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_award_district_soato")),
        sa.ForeignKeyConstraint(["ngo_id"], ["ngo.id"], name=op.f("fk_award_ngo_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_award")),
        sa.UniqueConstraint("district_soato", "number_key", name=op.f("uq_award_district_soato_number_key")),
    )
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_award_district_soato_award_date"), ["district_soato", "award_date"], unique=False
        )
        batch_op.create_index(batch_op.f("ix_award_ngo_id_award_date"), ["ngo_id", "award_date"], unique=False)

    op.create_table(
        "record_draft",
        sa.Column("form_id", sa.String(length=36), nullable=False),
        sa.Column("account_id", sa.Integer(), nullable=False),
        sa.Column("register_code", sa.String(length=40), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("topic", sa.String(length=40), nullable=False),
        sa.Column("base_version", sa.Integer(), nullable=False),
        sa.Column("cells", sa.JSON(), nullable=False),
        sa.Column("saved_at", UtcDateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_record_draft_account_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("form_id", name=op.f("pk_record_draft")),
        sa.UniqueConstraint(
            "account_id",
            "register_code",
            "record_id",
            "topic",
            name=op.f("uq_record_draft_account_id_register_code_record_id_topic"),
        ),
    )
    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.add_column(sa.Column("reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("import_run_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_audit_entry_import_run_id"), ["import_run_id"], unique=False)

    with op.batch_alter_table("crime_free_count", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.add_column(sa.Column("account_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("undone_at", UtcDateTime(), nullable=True))

    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_information_request_district_soato_number"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_information_request_district"))
        batch_op.create_index(
            "ix_information_request_district",
            ["district_soato", "due_date", "answered_date", "sent_date", "withdrawn_at"],
            unique=False,
        )
        batch_op.drop_index(batch_op.f("ix_information_request_due"))
        batch_op.create_index(
            "ix_information_request_due",
            ["due_date", "district_soato", "answered_date", "sent_date", "withdrawn_at"],
            unique=False,
        )
    _fill_number_keys("information_request")
    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.alter_column("number_key", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_information_request_district_soato_number_key"), ["district_soato", "number_key"]
        )

    with op.batch_alter_table("inhabitants", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("joint_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_index(batch_op.f("ix_joint_event_event_date_state_code_district_soato"))
        batch_op.drop_constraint(batch_op.f("uq_joint_event_district_soato_number"), type_="unique")
        batch_op.create_index(
            "ix_joint_event_date", ["event_date", "state_code", "district_soato", "withdrawn_at"], unique=False
        )
        batch_op.create_index(
            "ix_joint_event_planned",
            ["event_date"],
            unique=False,
            sqlite_where=sa.text("state_code = 'planned'"),
            postgresql_where=sa.text("state_code = 'planned'"),
        )
    _fill_number_keys("joint_event")
    with op.batch_alter_table("joint_event", schema=None) as batch_op:
        batch_op.alter_column("number_key", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_joint_event_district_soato_number_key"), ["district_soato", "number_key"]
        )

    with op.batch_alter_table("mahalla", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("memorandum", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_memorandum_district_soato_number"), type_="unique")
    _fill_number_keys("memorandum")
    with op.batch_alter_table("memorandum", schema=None) as batch_op:
        batch_op.alter_column("number_key", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_memorandum_district_soato_number_key"), ["district_soato", "number_key"]
        )

    with op.batch_alter_table("memorandum_amendment", schema=None) as batch_op:
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("ngo", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_index(batch_op.f("ix_obligation_due_date_memorandum_id_fulfilled_date"))
        batch_op.drop_index(batch_op.f("ix_obligation_memorandum_id_number"))
        batch_op.create_index(
            "ix_obligation_due", ["due_date", "memorandum_id", "fulfilled_date", "withdrawn_at"], unique=False
        )
    _fill_number_keys("obligation")
    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_obligation_memorandum_id_number_key"), ["memorandum_id", "number_key"], unique=True
        )

    with op.batch_alter_table("offence_count", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_index(batch_op.f("ix_plan_item_district_soato_year_number"))
    _fill_number_keys("plan_item")
    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_plan_item_district_soato_year_number_key"),
            ["district_soato", "year", "number_key"],
            unique=True,
        )

    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_support_district_soato_number"), type_="unique")
        batch_op.drop_index(batch_op.f("ix_support_date"))
        batch_op.create_index(
            "ix_support_date", ["support_date", "district_soato", "ngo_id", "amount_uzs", "withdrawn_at"], unique=False
        )
        batch_op.drop_index(batch_op.f("ix_support_district"))
        batch_op.create_index(
            "ix_support_district",
            ["district_soato", "support_date", "ngo_id", "amount_uzs", "withdrawn_at"],
            unique=False,
        )
    _fill_number_keys("support")
    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.alter_column("number_key", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_support_district_soato_number_key"), ["district_soato", "number_key"]
        )

    with op.batch_alter_table("target", schema=None) as batch_op:
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))

    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_constraint(batch_op.f("uq_training_district_soato_number"), type_="unique")
    _fill_number_keys("training")
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.alter_column("number_key", existing_type=sa.String(), nullable=False)
        batch_op.create_unique_constraint(
            batch_op.f("uq_training_district_soato_number_key"), ["district_soato", "number_key"]
        )


def downgrade() -> None:
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_training_district_soato_number_key"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_training_district_soato_number"), ["district_soato", "number"])
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("number_key")

    op.drop_column("target", "version")

    with op.batch_alter_table("support", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_support_district_soato_number_key"), type_="unique")
        batch_op.drop_index("ix_support_district")
        batch_op.create_index(
            batch_op.f("ix_support_district"), ["district_soato", "support_date", "ngo_id", "amount_uzs"], unique=False
        )
        batch_op.drop_index("ix_support_date")
        batch_op.create_index(
            batch_op.f("ix_support_date"), ["support_date", "district_soato", "ngo_id", "amount_uzs"], unique=False
        )
        batch_op.create_unique_constraint(batch_op.f("uq_support_district_soato_number"), ["district_soato", "number"])
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("number_key")

    with op.batch_alter_table("plan_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_plan_item_district_soato_year_number_key"))
        batch_op.create_index(
            batch_op.f("ix_plan_item_district_soato_year_number"), ["district_soato", "year", "number"], unique=1
        )
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("number_key")

    with op.batch_alter_table("offence_count", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("obligation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_obligation_memorandum_id_number_key"))
        batch_op.drop_index("ix_obligation_due")
        batch_op.create_index(batch_op.f("ix_obligation_memorandum_id_number"), ["memorandum_id", "number"], unique=1)
        batch_op.create_index(
            batch_op.f("ix_obligation_due_date_memorandum_id_fulfilled_date"),
            ["due_date", "memorandum_id", "fulfilled_date"],
            unique=False,
        )
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("number_key")

    with op.batch_alter_table("ngo", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("memorandum_amendment", schema=None) as batch_op:
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")

    with op.batch_alter_table("memorandum", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_memorandum_district_soato_number_key"), type_="unique")
        batch_op.create_unique_constraint(
            batch_op.f("uq_memorandum_district_soato_number"), ["district_soato", "number"]
        )
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("number_key")

    with op.batch_alter_table("mahalla", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("joint_event", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_joint_event_district_soato_number_key"), type_="unique")
        batch_op.drop_index("ix_joint_event_date")
        batch_op.drop_index("ix_joint_event_planned")
        batch_op.create_unique_constraint(
            batch_op.f("uq_joint_event_district_soato_number"), ["district_soato", "number"]
        )
        batch_op.create_index(
            batch_op.f("ix_joint_event_event_date_state_code_district_soato"),
            ["event_date", "state_code", "district_soato"],
            unique=False,
        )
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("number_key")

    with op.batch_alter_table("inhabitants", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("information_request", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_information_request_district_soato_number_key"), type_="unique")
        batch_op.drop_index("ix_information_request_due")
        batch_op.create_index(
            batch_op.f("ix_information_request_due"),
            ["due_date", "district_soato", "answered_date", "sent_date"],
            unique=False,
        )
        batch_op.drop_index("ix_information_request_district")
        batch_op.create_index(
            batch_op.f("ix_information_request_district"),
            ["district_soato", "due_date", "answered_date", "sent_date"],
            unique=False,
        )
        batch_op.create_unique_constraint(
            batch_op.f("uq_information_request_district_soato_number"), ["district_soato", "number"]
        )
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("number_key")

    with op.batch_alter_table("import_run", schema=None) as batch_op:
        batch_op.drop_column("undone_at")
        batch_op.drop_column("account_id")

    with op.batch_alter_table("crime_free_count", schema=None) as batch_op:
        batch_op.drop_column("version")

    with op.batch_alter_table("audit_entry", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_entry_import_run_id"))
        batch_op.drop_column("import_run_id")
        batch_op.drop_column("reason")

    op.drop_table("record_draft")
    with op.batch_alter_table("award", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_award_ngo_id_award_date"))
        batch_op.drop_index(batch_op.f("ix_award_district_soato_award_date"))

    op.drop_table("award")
    op.drop_table("sent_form")
    with op.batch_alter_table("document", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_document_register_code_record_id"))

    op.drop_table("document")
