"""Typesets the templates of this folder with one compiler, the shipped typeface and no system fonts.

A template gets its texts as JSON and prints them literally, so no text is ever read as markup; only characters that the
typeface lacks are replaced.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from components.deck.fonts import FONTS_FOLDER, supported_characters

TEMPLATES = Path(__file__).parent / "typst"
# To be kept for long and to be read aloud: PDF/A-2a and PDF/UA-1.
STANDARDS: tuple[typst.PDFStandard, ...] = ("a-2a", "ua-1")
# Stands for a sign that cannot be drawn: a small picture, or a letter of a script that the typeface lacks.
REPLACEMENT = "¤"
# Of no width, and refused by PDF/UA though the typeface has it.
_MARK_OF_BYTE_ORDER = "\ufeff"
_LIKENESS = {"Z": " ", "Pd": "-", "M": "", "Cc": ""}
_LETTERS_AND_DIGITS, _MARKS, _INVISIBLE = ("L", "N"), "M", "Cf"
_one_at_a_time = Lock()


def render_pdf(template: str, data: Mapping[str, Any], *, made_at: datetime) -> bytes:
    """PDF of a template; ``made_at`` is its creation date, so equal data give equal bytes."""
    with _locked_compiler() as compiler:
        made = compiler.compile(
            TEMPLATES / template,
            sys_inputs=_inputs(data),
            format="pdf",
            pdf_standards=list(STANDARDS),
            timestamp=int(made_at.timestamp()),
        )
    return _one_file(made)


def render_png(template: str, data: Mapping[str, Any], *, ppi: float) -> bytes:
    """PNG of a template that has one page."""
    with _locked_compiler() as compiler:
        made = compiler.compile(TEMPLATES / template, sys_inputs=_inputs(data), format="png", ppi=ppi)
    return _one_file(made)


@contextmanager
def _locked_compiler() -> Iterator[typst.Compiler]:
    """Shared compiler under a lock, since it is not thread-safe."""
    with _one_at_a_time:
        yield _compiler()


@cache
def _compiler() -> typst.Compiler:
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS_FOLDER])
    return typst.Compiler(root=TEMPLATES, font_paths=fonts, ignore_system_fonts=True)


def _inputs(data: Mapping[str, Any]) -> dict[str, str]:
    return {"data": with_supported_characters(json.dumps(data, ensure_ascii=False))}


def _one_file(made: bytes | list[bytes] | None) -> bytes:
    if not isinstance(made, bytes):
        raise TypeError("a document of one file was asked for")
    return made


def with_supported_characters(text: str) -> str:
    """Text with each character that the typeface lacks replaced: by a look-alike, by its parts, or by
    :data:`REPLACEMENT`.

    No replacement is a character with a meaning in JSON or SVG, so the text may be either.
    """
    return text.translate({ord(sign): _likeness(sign) for sign in set(text) if not sign.isascii()})


def _likeness(sign: str) -> str:
    kind = unicodedata.category(sign)
    if sign == _MARK_OF_BYTE_ORDER:
        return ""
    if sign in supported_characters() or kind == _INVISIBLE:
        return sign
    like = next((like for group, like in _LIKENESS.items() if kind.startswith(group)), None)
    return like if like is not None else _parts(sign) or REPLACEMENT


def _parts(sign: str) -> str:
    """Supported parts of a letter or digit: ń becomes n with an accent; "" for other characters."""
    parts = [part for part in unicodedata.normalize("NFKD", sign) if part in supported_characters()]
    kinds = [unicodedata.category(part)[0] for part in parts]
    is_letter = set(kinds) <= {*_LETTERS_AND_DIGITS, _MARKS} and not set(kinds) <= {_MARKS}
    return "".join(parts) if is_letter else ""
