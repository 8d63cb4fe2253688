"""Static files under ``components/assets``, which the server serves at ``/assets``."""

from __future__ import annotations

import hashlib
import json
from functools import lru_cache
from html import escape
from typing import NamedTuple

from data.settings import ROOT

ASSETS_FOLDER = ROOT / "components" / "assets"
ASSETS_PATH = "/assets"
_HASH_LENGTH = 12


class StaticFile(NamedTuple):
    """File served from memory."""

    name: str
    content: bytes


def script_file(stem: str, text: str) -> StaticFile:
    """Return a script as ``<stem>.<hash>.js``, so that a changed one has a new name and may be cached for good."""
    content = text.encode()
    return StaticFile(f"{stem}.{hashlib.sha256(content).hexdigest()[:_HASH_LENGTH]}.js", content)


@lru_cache(maxsize=64)
def asset_url(name: str) -> str:
    """Return the URL of a file under :data:`ASSETS_FOLDER` with its hash, so that a changed file has a new URL."""
    digest = hashlib.sha256((ASSETS_FOLDER / name).read_bytes()).hexdigest()[:_HASH_LENGTH]
    return f"{ASSETS_PATH}/{name}?v={digest}"


def json_attribute(value: object) -> str:
    """Return a value as JSON for an attribute that a script of ours reads.

    It has no angle brackets: Streamlit's front end drops an attribute that has the end of a tag in it, which people may
    type.
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return escape(text.replace("<", r"\u003c").replace(">", r"\u003e"))
