"""The Method page explains every indicator from its declaration."""

from __future__ import annotations

from data.indicators import INDICATORS
from data.method import METHOD_VERSION
from data.rights import Role
from tests.pages.conftest import Desk


def test_every_indicator_is_explained(desk: Desk) -> None:
    app = desk.open(Role.NGO, "method", lang="en")
    headings = [heading.value for heading in app.subheader]
    words = "\n".join(text.value for text in app.markdown)
    for indicator in INDICATORS.values():
        assert indicator.name in headings
        for text in (indicator.description, indicator.numerator_text, indicator.denominator_text, indicator.source):
            assert text in words


def test_every_indicator_has_an_address(desk: Desk) -> None:
    app = desk.open(Role.NGO, "method", lang="en")
    anchors = {heading.proto.anchor for heading in app.subheader}
    assert {code.value for code in INDICATORS} <= anchors
    assert all(f"(#{code.value})" in app.markdown[0].value + app.markdown[1].value for code in INDICATORS)


def test_the_version_of_the_method_is_shown(desk: Desk) -> None:
    app = desk.open(Role.NGO, "method", lang="en")
    assert any(METHOD_VERSION in caption.value for caption in app.caption)
