"""Connections, migrations, upserts and the audit log."""
