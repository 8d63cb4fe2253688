"""Text of the screen as a reader sees it."""

from __future__ import annotations

import re


def plain_text(markdown: str) -> str:
    """Return a text without the signs that escape Markdown in it."""
    return re.sub(r"\\(.)", r"\1", markdown)
