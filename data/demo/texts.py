"""Texts of demo records, from ``texts.toml``."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

# Strings, lists of strings, and tables of either by code.
TEXTS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "texts.toml").read_text(encoding="utf-8"))
INVENTED_FIGURE: str = TEXTS["invented_figure"]
