"""Alembic migrations; run by ``python -m data init``."""
