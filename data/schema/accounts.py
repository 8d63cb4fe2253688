"""Accounts, sessions, the audit log, imports, and metadata of the database."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from data.policy import Role
from data.schema.base import CODE_LENGTH, Base, UtcDateTime, Versioned, one_of


class Account(Versioned, Base):
    """User account. ``login_key`` is the login folded for comparison; ``email`` matches OIDC."""

    __tablename__ = "account"
    __table_args__ = (
        one_of("role_code", Role),
        CheckConstraint("role_code <> 'regional' OR region_soato IS NOT NULL", name="region"),
        CheckConstraint("role_code NOT IN ('district', 'coordinator') OR district_soato IS NOT NULL", name="district"),
        CheckConstraint("role_code <> 'ngo' OR ngo_id IS NOT NULL", name="ngo"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    login: Mapped[str]
    login_key: Mapped[str] = mapped_column(unique=True)
    email: Mapped[str | None] = mapped_column(unique=True)
    password_hash: Mapped[str | None]
    role_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    region_soato: Mapped[str | None] = mapped_column(ForeignKey("region.soato"))
    district_soato: Mapped[str | None] = mapped_column(ForeignKey("district.soato"))
    ngo_id: Mapped[int | None] = mapped_column(ForeignKey("ngo.id"))
    language_code: Mapped[str] = mapped_column(String(CODE_LENGTH), default="uz_Latn")
    is_active: Mapped[bool] = mapped_column(default=True)
    is_demo: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AccountSession(Base):
    """Signed-in browser session; only the SHA-256 of its random id is stored."""

    __tablename__ = "account_session"

    id_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_seen_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    revoked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    address: Mapped[str] = mapped_column(default="")


class AccountLink(Base):
    """Link by which a person sets the password of an account, once; only the SHA-256 of its token is stored.

    ``ended_at`` is when it was used, or when a newer one, another password or a deactivation took its place.
    """

    __tablename__ = "account_link"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    is_used: Mapped[bool] = mapped_column(default=False)


class SignInFailure(Base):
    """Failed sign-ins of an account or address; ``key`` is ``account:...`` or ``address:...``."""

    __tablename__ = "sign_in_failure"

    key: Mapped[str] = mapped_column(primary_key=True)
    failures: Mapped[int]
    last_failed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    locked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)


class AuditEntry(Base):
    """Audit entry: who did what, when, with the values before and after, and why where it corrects.

    Append-only: triggers refuse changes. ``import_run_id`` is the upload that made the change, if one did.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index(None, "entity", "entity_id"),
        Index(None, "at", "id"),
        Index(None, "actor", "at", "id"),
        Index(None, "entity", "at", "id"),
        Index(None, "action_code", "at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    account_id: Mapped[int | None]
    actor: Mapped[str]
    action_code: Mapped[str] = mapped_column(String(CODE_LENGTH))
    entity: Mapped[str] = mapped_column(String(CODE_LENGTH))
    entity_id: Mapped[str]
    before: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    after: Mapped[dict[str, Any] | None] = mapped_column(JSON)
    reason: Mapped[str] = mapped_column(default="", server_default=text("''"))
    import_run_id: Mapped[int | None] = mapped_column(index=True)


class ImportRun(Base):
    """Imported workbook, and its outcome by sheet; ``undone_at`` once its changes were taken back."""

    __tablename__ = "import_run"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor: Mapped[str]
    file_name: Mapped[str]
    file_sha256: Mapped[str] = mapped_column(String(64))
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON)
    account_id: Mapped[int | None]
    undone_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Meta(Base):
    """Metadata of the database: ``demo_loaded`` is the date on which demo data were loaded."""

    __tablename__ = "meta"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
