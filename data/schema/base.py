"""Common to all tables: naming of constraints, time stamps, checked codes."""

from __future__ import annotations

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, DateTime, Dialect, MetaData, text
from sqlalchemy.engine.default import DefaultExecutionContext
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from sqlalchemy.types import TypeDecorator

from data.workbook.cells.text_matching import number_key

CODE_LENGTH = 40
SOATO_LENGTH = 10


class Base(DeclarativeBase):
    """Base of the models; constraints are named so that migrations can address them."""

    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "fk": "fk_%(table_name)s_%(column_0_N_name)s",
            "pk": "pk_%(table_name)s",
        }
    )


class UtcDateTime(TypeDecorator[datetime]):
    """Timezone-aware time, stored and read in UTC on every database."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Store in UTC; a naive moment is a mistake of the caller."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, _dialect: Dialect) -> datetime | None:
        """Read in UTC; SQLite drops the zone."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Versioned:
    """Record that people correct: ``version`` grows by one at each correction."""

    version: Mapped[int] = mapped_column(default=1, server_default="1")


class Withdrawable(Versioned):
    """Record that is withdrawn instead of deleted, and can be restored.

    Queries do not see it while ``withdrawn_at`` is set, unless they ask (:mod:`data.database.engine`).
    """

    withdrawn_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    withdrawn_reason: Mapped[str] = mapped_column(default="", server_default=text("''"))


def key_of_number(context: DefaultExecutionContext) -> str | None:
    """Return the folded number of a row that is inserted, None for a row without a number."""
    number = context.get_current_parameters().get("number")  # type: ignore[no-untyped-call]
    return None if number is None else number_key(str(number))


class Numbered:
    """Record with a number that people give it; ``number_key`` is equal for all ways of writing it."""

    number: Mapped[str]
    number_key: Mapped[str] = mapped_column(default=key_of_number)


def one_of(column: str, codes: type[StrEnum]) -> CheckConstraint:
    """A check that ``column`` holds one of the codes."""
    listed = ", ".join(f"'{code}'" for code in codes)
    return CheckConstraint(f"{column} IN ({listed})", name=column)
