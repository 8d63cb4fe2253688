"""Work at the start of the server."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Iterator

import pytest

from data.settings import ROOT
from web.warm_up import warm_up


@pytest.fixture
def thawed_afterwards() -> Iterator[None]:
    """Make the tests' memory collectable again afterwards."""
    yield
    gc.unfreeze()


@pytest.mark.usefixtures("thawed_afterwards")
def test_what_was_imported_is_not_looked_through_again() -> None:
    warm_up()
    assert gc.get_freeze_count() > 100_000
    assert len(gc.get_objects()) < gc.get_freeze_count() / 10


def test_the_component_of_the_map_is_left_to_a_run_of_the_app() -> None:
    code = "import sys; from web.warm_up import warm_up; warm_up(); sys.exit('streamlit_folium' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=False).returncode == 0
