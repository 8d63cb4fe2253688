"""Recognises the names of persons, which stand where a mahalla or a post should."""

from __future__ import annotations

import re

from data.workbook.cells.text_matching import compact, fold
from data.workbook.spellings import word_list

_PLACE_WORDS = frozenset(map(compact, (*word_list("mahalla"), *word_list("street"))))
_ROLE_WORDS = frozenset(map(compact, word_list("role")))
# Karimov Sobir Aliyevich, Karimova Nodira Aliyevna, Sobir Ali oʻgʻli, Nodira Ali qizi
_PATRONYMIC = re.compile(r"[a-z]{2,}(?:ovich|evich|yevich|ovna|evna|yevna)|ogli|ugli|uli|qizi|kizi")
_SURNAME = re.compile(r"[a-z]{2,}(?:[oey]v|[oey]va|skiy|skaya|zoda|xodjayev)")
_INITIAL = r"(?:[^\W\d_]|[SCsc]h|[GgOo][ʻ'`’‘])\."
_INITIALS = re.compile(rf"(?<!\w){_INITIAL}\s*{_INITIAL}|[^\W\d_]{{3,}}\s+{_INITIAL}")


def names_person(text: str) -> bool:
    """Whether a text holds a patronymic, or a surname with initials or an office."""
    words = fold(text).split()
    if any(_PATRONYMIC.fullmatch(word) for word in words[1:]):
        return True
    has_surname = any(_SURNAME.fullmatch(word) for word in words)
    is_named = bool(_ROLE_WORDS & {*words}) or (bool(_INITIALS.search(text)) and not _PLACE_WORDS & {*words})
    return has_surname and is_named


def may_name_person(text: str) -> bool:
    """Whether a text without a word for mahalla or street is one to three words of which one is like a surname."""
    words = fold(text).split()
    is_name = 1 <= len(words) <= 3 and any(_SURNAME.fullmatch(word) for word in words)
    return names_person(text) or (is_name and not _PLACE_WORDS & {*words})
