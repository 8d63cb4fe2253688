"""Pictures of exported files, drawn with few pixels: no test looks at more of them than whether they are there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest


@pytest.fixture(scope="package", autouse=True)
def coarse_pictures() -> Iterator[None]:
    """Draw maps of slides at half their size instead of three times: most time of writing slides goes into pixels."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("components.exports.slides.presentation.SHARPNESS", 0.5)
        yield
