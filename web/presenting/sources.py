"""Sources that every presentation embeds: its style with the typeface, its script, and the logo."""

from __future__ import annotations

import base64
import hashlib
import tomllib
from functools import cache
from pathlib import Path

from components.shell.static_files import ASSETS_FOLDER, ASSETS_PATH
from data.settings import ROOT

HERE = Path(__file__).parent
THEME = ROOT / ".streamlit" / "config.toml"


@cache
def style() -> str:
    """Return the style sheet with the typeface embedded."""
    return _font_faces() + (HERE / "present.css").read_text(encoding="utf-8")


@cache
def script() -> str:
    """Return the script that turns the slides."""
    return (HERE / "present.js").read_text(encoding="utf-8")


@cache
def script_hash() -> str:
    """Return the hash of the script as a source of a content security policy."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(script().encode()).digest()).decode()}'"


@cache
def logo() -> str:
    """Return the logo as a data URL."""
    return _inside(ASSETS_FOLDER / "logo-icon.svg", "image/svg+xml")


def _inside(path: Path, media_type: str) -> str:
    return f"data:{media_type};base64,{base64.b64encode(path.read_bytes()).decode()}"


def _font_faces() -> str:
    faces = tomllib.loads(THEME.read_text(encoding="utf-8"))["theme"]["fontFaces"]
    return "".join(
        f"@font-face {{ font-family: {face['family']}; font-weight: {face['weight']}; "
        f'src: url("{_inside(ASSETS_FOLDER / face["url"].removeprefix(f"{ASSETS_PATH}/"), "font/woff2")}") '
        f'format("woff2"); unicode-range: {face["unicodeRange"]}; }}\n'
        for face in faces
    )
