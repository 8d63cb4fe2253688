"""registers"""

from datetime import date
from typing import Any

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


_PARTS = ("criminal_search", "youth", "women", "repeat")


def _version() -> sa.Column[int]:
    return sa.Column("version", sa.Integer(), server_default="1", nullable=False)


def _rows_of(table: str, columns: str) -> list[dict[str, Any]]:
    rows = op.get_bind().execute(sa.text(f"SELECT {columns} FROM {table}"))
    return [
        {**row, "counted_date": _date(row["counted_date"])} if "counted_date" in row else {**row}
        for row in rows.mappings()
    ]


def _date(value: object) -> date:
    return value if isinstance(value, date) else date.fromisoformat(str(value))


def _make_inhabitants(*key: sa.schema.SchemaItem) -> None:
    """Make the table anew with the same rows, as its key changes."""
    rows = _rows_of("inhabitants", "district_soato, counted_date, inhabitants, source")
    op.drop_table("inhabitants")
    made = op.create_table(
        "inhabitants",
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("counted_date", sa.Date(), nullable=False),
        sa.Column("inhabitants", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint("inhabitants >= 0", name=op.f("ck_inhabitants_not_negative")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_inhabitants_district_soato")),
        *key,
    )
    op.bulk_insert(made, rows)


def _make_targets(*key: sa.schema.SchemaItem) -> None:
    """Make the table anew with the same rows, as its key changes."""
    rows = _rows_of("target", "indicator_code, year, area_code, value, scope_code")
    op.drop_table("target")
    region = "CASE scope_code WHEN 'district' THEN substr(area_code, 1, 4) WHEN 'region' THEN area_code ELSE NULL END"
    district = "CASE scope_code WHEN 'district' THEN area_code ELSE NULL END"
    made = op.create_table(
        "target",
        sa.Column("indicator_code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=10), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("scope_code", sa.String(length=40), nullable=False),
        sa.Column("region_soato", sa.String(length=10), sa.Computed(region, persisted=True), nullable=True),
        sa.Column("district_soato", sa.String(length=10), sa.Computed(district, persisted=True), nullable=True),
        sa.CheckConstraint("(scope_code = 'nation') = (area_code = '')", name=op.f("ck_target_area")),
        sa.CheckConstraint("scope_code IN ('nation', 'region', 'district')", name=op.f("ck_target_scope_code")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_target_district_soato")),
        sa.ForeignKeyConstraint(["region_soato"], ["region.soato"], name=op.f("fk_target_region_soato")),
        *key,
    )
    op.create_index(op.f("ix_target_year_area_code"), "target", ["year", "area_code"], unique=False)
    op.bulk_insert(made, rows)


def _join_offences() -> None:
    """Put the figures of a district and month, which had a row each, into one row."""
    figures = ("offences", *_PARTS, "mahallas_crime_free")
    op.create_table(
        "offence_month",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("year_month", sa.Integer(), nullable=False),
        *(sa.Column(figure, sa.Integer(), nullable=True) for figure in figures),
        sa.Column("source", sa.String(), nullable=False),
        _version(),
        *(sa.CheckConstraint(f"{figure} >= 0", name=op.f(f"ck_offence_month_{figure}")) for figure in figures),
        sa.CheckConstraint("year_month % 100 BETWEEN 1 AND 12", name=op.f("ck_offence_month_month")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_offence_month_district_soato")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offence_month")),
        sa.UniqueConstraint("district_soato", "year_month", name=op.f("uq_offence_month_district_soato_year_month")),
    )
    op.create_index(
        op.f("ix_offence_month_year_month_district_soato"),
        "offence_month",
        ["year_month", "district_soato"],
        unique=False,
    )
    parts = ", ".join(f"max(CASE category_code WHEN '{part}' THEN figure END)" for part in ("all", *_PARTS, "free"))
    op.execute(
        f"INSERT INTO offence_month (district_soato, year_month, {', '.join(figures)}, source)"
        f" SELECT district_soato, year_month, {parts}, max(source) FROM ("
        " SELECT district_soato, year_month, category_code, offences AS figure, source FROM offence_count UNION ALL"
        " SELECT district_soato, year_month, 'free', mahallas_crime_free, source FROM crime_free_count) AS counted"
        " GROUP BY district_soato, year_month"
    )
    op.drop_table("offence_count")
    op.drop_table("crime_free_count")


def _part_offences() -> None:
    op.create_table(
        "offence_count",
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("year_month", sa.Integer(), nullable=False),
        sa.Column("category_code", sa.String(length=40), nullable=False),
        sa.Column("offences", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint(
            "category_code IN ('all', 'criminal_search', 'youth', 'women', 'repeat')",
            name=op.f("ck_offence_count_category_code"),
        ),
        sa.CheckConstraint("offences >= 0", name=op.f("ck_offence_count_offences")),
        sa.CheckConstraint("year_month % 100 BETWEEN 1 AND 12", name=op.f("ck_offence_count_month")),
        sa.ForeignKeyConstraint(["district_soato"], ["district.soato"], name=op.f("fk_offence_count_district_soato")),
        sa.PrimaryKeyConstraint("district_soato", "year_month", "category_code", name=op.f("pk_offence_count")),
    )
    op.create_index(
        "ix_offence_count_month", "offence_count", ["category_code", "year_month", "district_soato", "offences"]
    )
    op.create_table(
        "crime_free_count",
        sa.Column("district_soato", sa.String(length=10), nullable=False),
        sa.Column("year_month", sa.Integer(), nullable=False),
        sa.Column("mahallas_crime_free", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.CheckConstraint("mahallas_crime_free >= 0", name=op.f("ck_crime_free_count_mahallas")),
        sa.CheckConstraint("year_month % 100 BETWEEN 1 AND 12", name=op.f("ck_crime_free_count_month")),
        sa.ForeignKeyConstraint(
            ["district_soato"], ["district.soato"], name=op.f("fk_crime_free_count_district_soato")
        ),
        sa.PrimaryKeyConstraint("district_soato", "year_month", name=op.f("pk_crime_free_count")),
    )
    op.create_index(
        "ix_crime_free_count_month", "crime_free_count", ["year_month", "district_soato", "mahallas_crime_free"]
    )
    for code, figure in (("all", "offences"), *zip(_PARTS, _PARTS, strict=True)):
        op.execute(
            "INSERT INTO offence_count (district_soato, year_month, category_code, offences, source)"
            f" SELECT district_soato, year_month, '{code}', {figure}, source FROM offence_month WHERE {figure} >= 0"
        )
    op.execute(
        "INSERT INTO crime_free_count (district_soato, year_month, mahallas_crime_free, source) SELECT district_soato,"
        " year_month, mahallas_crime_free, source FROM offence_month WHERE mahallas_crime_free >= 0"
    )
    op.drop_table("offence_month")


def upgrade() -> None:
    _join_offences()
    _make_inhabitants(
        sa.Column("id", sa.Integer(), nullable=False),
        _version(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_inhabitants")),
        sa.UniqueConstraint("district_soato", "counted_date", name=op.f("uq_inhabitants_district_soato_counted_date")),
    )
    _make_targets(
        sa.Column("id", sa.Integer(), nullable=False),
        _version(),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_target")),
        sa.UniqueConstraint(
            "indicator_code", "year", "area_code", name=op.f("uq_target_indicator_code_year_area_code")
        ),
    )
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

    with op.batch_alter_table("joint_event", schema=None) as batch_op:
        batch_op.add_column(sa.Column("number_key", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_at", UtcDateTime(), nullable=True))
        batch_op.add_column(sa.Column("withdrawn_reason", sa.String(), server_default=sa.text("''"), nullable=False))
        batch_op.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        batch_op.drop_index(batch_op.f("ix_joint_event_event_date_state_code_district_soato"))
        batch_op.drop_constraint(batch_op.f("uq_joint_event_district_soato_number"), type_="unique")
        batch_op.create_index(
            "ix_joint_event_date",
            ["event_date", "state_code", "district_soato", "direction_code", "withdrawn_at"],
            unique=False,
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
        batch_op.drop_constraint(batch_op.f("uq_memorandum_amendment_memorandum_id_number"), type_="unique")
        batch_op.create_index(
            batch_op.f("ix_memorandum_amendment_memorandum_id_number"),
            ["memorandum_id", "number"],
            unique=True,
            sqlite_where=sa.text("withdrawn_at IS NULL"),
            postgresql_where=sa.text("withdrawn_at IS NULL"),
        )

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
    _make_targets(sa.PrimaryKeyConstraint("indicator_code", "year", "area_code", name=op.f("pk_target")))
    _make_inhabitants(sa.PrimaryKeyConstraint("district_soato", "counted_date", name=op.f("pk_inhabitants")))
    _part_offences()
    with op.batch_alter_table("training", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("uq_training_district_soato_number_key"), type_="unique")
        batch_op.create_unique_constraint(batch_op.f("uq_training_district_soato_number"), ["district_soato", "number"])
        batch_op.drop_column("version")
        batch_op.drop_column("withdrawn_reason")
        batch_op.drop_column("withdrawn_at")
        batch_op.drop_column("number_key")

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
        batch_op.drop_index(batch_op.f("ix_memorandum_amendment_memorandum_id_number"))
        batch_op.create_unique_constraint(
            batch_op.f("uq_memorandum_amendment_memorandum_id_number"), ["memorandum_id", "number"]
        )
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
