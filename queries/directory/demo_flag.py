"""Flag of demo data."""

from __future__ import annotations

from sqlalchemy import Connection, select

from data.schema import Meta

DEMO_LOADED = "demo_loaded"


def demo_date(connection: Connection) -> str:
    """Return the ISO date on which demo data were loaded; empty where the data are real. No rights are needed."""
    return connection.scalar(select(Meta.value).where(Meta.key == DEMO_LOADED)) or ""
