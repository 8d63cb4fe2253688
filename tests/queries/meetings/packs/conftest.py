"""The settled district with the packs of it, of its region and of the nation, which are made once a run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.databases import Databases
from tests.queries.meetings.packs.packing import Frozen, frozen_in, with_packs


@pytest.fixture
def frozen(request: pytest.FixtureRequest, databases: Databases) -> Iterator[Frozen]:
    """A copy to change, on SQLite unless the test names another kind of database."""
    with databases.copy(getattr(request, "param", "sqlite"), with_packs) as engine:
        yield frozen_in(engine)
