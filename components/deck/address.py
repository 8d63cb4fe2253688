"""Address of the presentation of a pack."""

from __future__ import annotations

from data.language import Language

PRESENT_PATH = "/present"


def present_url(pack_id: str, *, language: Language) -> str:
    """Address of a pack's slides in a language; the server checks who may see the pack."""
    return f"{PRESENT_PATH}/{pack_id}?lang={language}"
