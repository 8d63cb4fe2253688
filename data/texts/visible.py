"""Turns a text into what a person sees of it: without signs that are invisible or turn the direction of writing."""

from __future__ import annotations

import re
import unicodedata

_UNUSUAL = re.compile("[^\n -~\u00a1-\u00ac\u00ae-\u02ff\u0400-\u04ff\u2010-\u2027\u2030-\u205e\u2116]")
"""Anything but letters, digits and signs of common texts."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_TURNED = re.compile("\u202e([^\u202c\n]*)(?:\u202c|$)", re.MULTILINE)
# Letters of no width or of the width of a space, which no category tells from others.
_INVISIBLE = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
_JOINER = "\u200d"
_KEYCAP = re.compile(r"(?<=\d)[\u0300-\u036f\ufe00-\ufe0f\u20e3]+")


def decode_escapes(text: str) -> str:
    """Text with the escapes of a spreadsheet (``_x0041_``) as the letters that the program shows."""
    return _ESCAPE.sub(lambda match: chr(int(match.group(1), 16)), text) if "_x" in text else text


def visible_text(text: str) -> str:
    """Text as a person sees it: lines ended alike, no control signs, no invisible ones, turned letters as they stand.

    A joiner stays within an emoji, and so do the signs that choose its form.
    """
    if not _UNUSUAL.search(text):
        return text
    # Two halves of a letter beyond the first 65,536 may come as two escapes.
    text = text.encode("utf-16", "surrogatepass").decode("utf-16", "ignore")
    text = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    # A return alone is not shown within a number; between words older programs end lines with it.
    text = re.sub(r"(?<=\d)\r+(?=\d)", "", text).replace("\r", "\n").replace("\t", " ")
    text = _KEYCAP.sub("", _TURNED.sub(lambda match: match.group(1)[::-1], text))
    return "".join(sign for at, sign in enumerate(text) if sign == "\n" or _is_visible(sign, text, at))


def _is_visible(sign: str, text: str, at: int) -> bool:
    if sign in _INVISIBLE:
        return False
    if sign == _JOINER:
        return 0 < at < len(text) - 1 and not text[at - 1].isalnum() and not text[at + 1].isalnum()
    return unicodedata.category(sign) not in {"Cc", "Cf", "Cs"}
