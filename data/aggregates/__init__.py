"""Aggregated sums for the pages (:mod:`data.schema.aggregates`) and the data version that keys caches.

Triggers (:mod:`data.schema.triggers`) note a district's month as stale in the writer's transaction. :func:`refresh`
recomputes the stale months from the base rows and :func:`data_version` does so when there are any, so a reader that
asks for the version first reads sums equal to the base rows. Call :func:`refresh` after loading many rows, or the first
reader waits for it.

On PostgreSQL rows of ``stale_month`` are only appended and a refresh deletes just those that it saw: the row of a
transaction that commits meanwhile stays for the next refresh, so a late commit is never lost and always increases the
version.
"""

from data.aggregates.refresh import refresh
from data.aggregates.version import data_version

__all__ = ["data_version", "refresh"]
