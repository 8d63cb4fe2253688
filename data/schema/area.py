"""Columns of records that belong to the nation, a region or a district: one key, and the places derived from it."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Computed, ForeignKey, String
from sqlalchemy.orm import Mapped, declared_attr, mapped_column

from data.codes import AreaLevel
from data.schema.base import CODE_LENGTH, SOATO_LENGTH, one_of

_REGION = "CASE scope_code WHEN 'district' THEN substr(area_code, 1, 4) WHEN 'region' THEN area_code ELSE NULL END"
_DISTRICT = "CASE scope_code WHEN 'district' THEN area_code ELSE NULL END"


def scope_checks() -> tuple[CheckConstraint, ...]:
    """Checks that the scope code is known and that only the nation has an empty area code."""
    return one_of("scope_code", AreaLevel), CheckConstraint("(scope_code = 'nation') = (area_code = '')", name="area")


class AreaColumns:
    """``area_code`` is a SOATO code, empty for the nation.

    ``region_soato`` and ``district_soato`` follow from it (null where the scope is wider), so that rows of a place are
    found as in any other table and a code that the directory does not know is refused. A district's code begins with
    that of its region.
    """

    scope_code: Mapped[str] = mapped_column(String(CODE_LENGTH))

    @declared_attr
    @classmethod
    def region_soato(cls) -> Mapped[str | None]:
        """Region: the area itself, or the one that it lies in."""
        return mapped_column(String(SOATO_LENGTH), Computed(_REGION, persisted=True), ForeignKey("region.soato"))

    @declared_attr
    @classmethod
    def district_soato(cls) -> Mapped[str | None]:
        """District, if the area is one."""
        return mapped_column(String(SOATO_LENGTH), Computed(_DISTRICT, persisted=True), ForeignKey("district.soato"))
