"""Options of a form that come from the database: districts, NGOs, mahallas and the records that a field refers to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, kw_only=True)
class FormOptions:
    """Options by what is stored: districts by SOATO code, NGOs by STIR, mahallas by name, numbers of other records.

    ``numbers`` are labels by number, by the register that a field refers to. ``links`` are ids of those records by
    number, of NGOs by STIR and of mahallas by name.
    """

    districts: Mapping[str, str] = field(default_factory=dict)
    ngos: Mapping[str, str] = field(default_factory=dict)
    mahallas: tuple[str, ...] = ()
    numbers: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    links: Mapping[str, Mapping[str, int]] = field(default_factory=dict)
