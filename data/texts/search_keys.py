"""Keys of Uzbek text: for finding names whatever apostrophe or script was typed, and for sorting by alphabet."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from data.language import Language

OKINA, TUTUQ = "ʻ", "ʼ"
APOSTROPHES = "'`´‘’‛ʻʼʹ′＇"

_ONE_MARK = str.maketrans(dict.fromkeys(APOSTROPHES, "'"))
_CYRILLIC_TO_LATIN = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "ё": "yo", "ж": "j", "з": "z", "и": "i",
    "й": "y", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o", "п": "p", "р": "r", "с": "s", "т": "t",
    "у": "u", "ф": "f", "х": "x", "ц": "s", "ч": "ch", "ш": "sh", "щ": "sh", "ъ": "'", "ы": "i", "ь": "",
    "э": "e", "ю": "yu", "я": "ya", "ў": "o", "қ": "q", "ғ": "g", "ҳ": "h",
}  # fmt: skip
_VOWELS = "аеёиоуўэюяыъь"
_NO_APOSTROPHES = dict.fromkeys(map(ord, APOSTROPHES))
_NOT_WORD = re.compile(r"[^a-z0-9]+")


def to_latin(text: str) -> str:
    """Uzbek Cyrillic as lower-case Latin, letter by letter, for comparison only (not for display)."""
    # NFKC would turn the acute accent into a space and a mark of its own.
    lower = unicodedata.normalize("NFKC", text.translate(_ONE_MARK)).lower()
    letters = []
    for position, letter in enumerate(lower):
        starts_syllable = position == 0 or not lower[position - 1].isalpha() or lower[position - 1] in _VOWELS
        letters.append("ye" if letter == "е" and starts_syllable else _CYRILLIC_TO_LATIN.get(letter, letter))
    return "".join(letters)


def search_key(text: str) -> str:
    """Key equal for all spellings of a name: script, case, apostrophes, spaces and punctuation are folded.

    ``oʻ`` and ``o`` fold together on purpose, since people leave the apostrophe out or mistype it.
    """
    # Before and after: a compatibility form of "´" is a space, and a Cyrillic hard sign becomes an apostrophe.
    latin = to_latin(text.translate(_NO_APOSTROPHES)).translate(_NO_APOSTROPHES)
    return _NOT_WORD.sub(" ", latin).strip()


def tidy(text: str) -> str:
    """Text for storing: single spaces between words, none around, apostrophes after o and g as ʻ, others as ʼ."""
    folded = re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()
    marks = f"[{re.escape(APOSTROPHES)}]"
    folded = re.sub(rf"(?<=[OoGg]){marks}(?=\w|\b|$)", OKINA, folded)
    return re.sub(rf"(?<=\w){marks}(?=\w)", lambda match: match.group() if match.group() == OKINA else TUTUQ, folded)


_LETTERS_FROM, _OTHERS_FROM = 0x100, 0x20000


def sort_key(text: str, language: Language) -> str:
    """Key that sorts names in the order of the language's alphabet, regardless of case and apostrophes.

    Uzbek Latin ends with oʻ, gʻ, sh, ch, ng (alphabet of 1995), Uzbek Cyrillic with ў, қ, ғ, ҳ. Spaces and digits come
    before letters, letters of another script after them.
    """
    alphabet = language.facts.alphabet
    folded = unicodedata.normalize("NFC", tidy(text)).lower()
    return "".join(_place(letter, alphabet) for letter in _letter(alphabet).findall(folded))


@cache
def _letter(alphabet: tuple[str, ...]) -> re.Pattern[str]:
    """A letter of the alphabet, of two signs where it has such ones, or any other sign."""
    # "n" before "gʻ" is a letter of its own: "Mingʻol" is m-i-n-gʻ-o-l.
    pairs = [re.escape(letter) + f"(?!{OKINA})" for letter in alphabet if len(letter) > 1]
    return re.compile("|".join([*pairs, "."]), re.DOTALL)


def _place(letter: str, alphabet: tuple[str, ...]) -> str:
    if letter in alphabet:
        return chr(_LETTERS_FROM + alphabet.index(letter))
    base = unicodedata.normalize("NFD", letter)[0]
    if base in alphabet:
        return chr(_LETTERS_FROM + alphabet.index(base))
    if letter.isalpha() and letter not in APOSTROPHES:
        return chr(_OTHERS_FROM + ord(letter))
    return letter if letter.isdigit() or letter.isspace() else ""


def clean_text(value: str) -> str:
    """Free text for storing: lines as typed, no control or unpaired surrogate characters, no space around."""
    lines = re.sub(r"\r\n?", "\n", unicodedata.normalize("NFC", value)).replace("\t", " ")
    kept = "".join(letter for letter in lines if letter == "\n" or unicodedata.category(letter) not in {"Cc", "Cs"})
    return kept.strip()
