"""Sums kept ready for the pages (:mod:`data.schema.aggregates`) and the number of the data that keys caches.

Triggers mark a cell, a district and month, in the transaction of the writer, whoever it is (migration 0002).
:func:`refresh` recomputes the marked cells from the base rows and :func:`data_version` does so when there are any, so a
reader that asks for the version first reads sums equal to the base rows. Whoever loads many rows should call
:func:`refresh` at the end, or the first reader waits for it.

On PostgreSQL marks are only appended and a refresh deletes just the marks that it saw: the mark of a transaction that
commits meanwhile stays for the next refresh, so a late commit is never lost and always moves the version.
"""

from data.aggregates.refresh import refresh
from data.aggregates.version import data_version

__all__ = ["data_version", "refresh"]
