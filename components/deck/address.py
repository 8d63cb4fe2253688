"""Where a pack is presented."""

from __future__ import annotations

from data.language import Language

PRESENT_PATH = "/present"


def present_url(pack_id: str, *, language: Language) -> str:
    """The address of a pack's slides in a language; it opens for those who may see the pack."""
    return f"{PRESENT_PATH}/{pack_id}?lang={language}"
