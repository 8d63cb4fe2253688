"""Long runs of the simulations: ``make soak`` sets LONG_TESTS."""

from __future__ import annotations

import os


def is_long() -> bool:
    """Return whether simulations run with many worlds instead of a few."""
    return bool(os.environ.get("LONG_TESTS"))
