"""Tiles of a page as text."""

from __future__ import annotations

import re
from html import unescape
from typing import NamedTuple

from streamlit.testing.v1 import AppTest


class Tile(NamedTuple):
    """A tile as the reader sees it; ``change`` is "" without one."""

    label: str
    value: str
    change: str


def tiles_of(app: AppTest) -> list[Tile]:
    """Return the tiles of all lists on a page, in their order."""
    bodies = [str(element.proto.body) for element in app.get("html")]
    return [_tile(item) for body in bodies if "hamkor-tiles" in body for item in re.findall(r"<li>(.*?)</li>", body)]


def _tile(item: str) -> Tile:
    found = re.match(r"<div[^>]*>(.*?)</div><b>(.*?)</b><div>(.*?)</div>", item)
    assert found is not None, item
    change = re.sub(r"<(i|small).*?</\1> ?", "", found[3])
    return Tile(*(unescape(re.sub(r"<[^>]*>", "", part)).strip() for part in (found[1], found[2], change)))
