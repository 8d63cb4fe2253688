"""Texts in signs that the shipped typeface draws: one that it lacks would refuse the whole print."""

from __future__ import annotations

import unicodedata

from components.deck.fonts import drawn_signs

# Stands for a sign that cannot be drawn: a small picture, or a letter of a script that the typeface lacks.
UNDRAWN = "¤"
# Of no width, and refused by PDF/UA though the typeface has it.
_MARK_OF_BYTE_ORDER = "\ufeff"
_LIKENESS = {"Z": " ", "Pd": "-", "M": "", "Cc": ""}
_LETTERS_AND_DIGITS, _MARKS, _INVISIBLE = ("L", "N"), "M", "Cf"


def drawable(text: str) -> str:
    """The text with each sign that the typeface lacks replaced: by its like, by its parts, or by :data:`UNDRAWN`.

    No sign that JSON or SVG reads as its own ever comes of it, so the text may be either.
    """
    return text.translate({ord(sign): _likeness(sign) for sign in set(text) if not sign.isascii()})


def _likeness(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign == _MARK_OF_BYTE_ORDER:
        return ""
    if sign in drawn_signs() or kind == _INVISIBLE:
        return sign
    like = next((like for group, like in _LIKENESS.items() if kind.startswith(group)), None)
    return like if like is not None else _parts(sign) or UNDRAWN


def _parts(sign: str) -> str:
    """What a letter or digit is made of, as far as it can be drawn: ń is n with an accent; "" for what is no letter."""
    parts = [part for part in unicodedata.normalize("NFKD", sign) if part in drawn_signs()]
    kinds = [unicodedata.category(part)[0] for part in parts]
    is_letter = set(kinds) <= {*_LETTERS_AND_DIGITS, _MARKS} and not set(kinds) <= {_MARKS}
    return "".join(parts) if is_letter else ""
