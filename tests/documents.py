"""A small document that is a whole PDF, and the folder where a test stores documents."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.settings import get_settings

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\nxref\n0 1\ntrailer <<>>\nstartxref\n9\n%%EOF\n"


def store_in(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Store documents in a folder until the test ends."""
    monkeypatch.setenv("FILES_DIR", str(folder))
    get_settings.cache_clear()
