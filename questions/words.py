"""Words as questions and evidence are compared by: folded syllables in one spelling, abbreviations, typing errors.

Vietnamese is written syllable by syllable; a single one says little, so pairs of neighbours count as well (:func:`pairs`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from documents.text import fold, nfc, tone_marks
from ontology.knowledge import knowledge
from questions.asking_words import group

_TOKEN = re.compile(r"[^\W_]+")
_VOWEL = re.compile(r"[aeiouy]")
_THOUSANDS = re.compile(r"(?<=\d)[.,](?=\d{3}(?!\d))")
_SPELLINGS = ((" uy ban nhan dan ", " ubnd "), (" hoi dong nhan dan ", " hdnd "), (" mat tran to quoc ", " mttq "))
"""Names that documents write in full and in short; the short form is the one compared."""

LINKING = frozenset(["va", "&", "cung"])
"""Words that join the parts of a name and are often left out: "Văn hóa và Thể thao"."""

FUNCTION = frozenset(group("function"))
"""Syllables that carry the grammar of a question, not its subject; they count for nothing when they match."""

FUNCTION_FOLDED = frozenset(group("function-folded"))
"""The same for text without accents: only those that hardly ever mean something else then."""


_WITH_Y = {"ki": "ky", "li": "ly", "mi": "my", "si": "sy", "ti": "ty", "hi": "hy", "qui": "quy"}
"""Open syllables that are written with i or y (kĩ năng, kỹ năng); y is the spelling compared."""


def syllable(written: str) -> str:
    """One written word folded, in the spelling compared; a number without leading zeros."""
    word = fold(written)
    return (word.lstrip("0") or "0") if word.isdigit() else _WITH_Y.get(word, word)


def plain(text: str) -> str:
    """``text`` composed, tone marks in their one place, without thousands separators."""
    return _THOUSANDS.sub("", tone_marks(nfc(text)))


def tokens(text: str) -> tuple[str, ...]:
    """The folded syllables and numbers of ``text``, in order, abbreviations in full, numbers without leading zeros.

    An abbreviation is known by its capitals or by having no vowel ("CNTT", "cntt"), so that syllables stay what they are.
    """
    found: list[str] = []
    for written in _TOKEN.findall(plain(text)):
        word = syllable(written)
        if len(word) > 1 and not word.isdigit() and (is_capitals(written) or not _VOWEL.search(word)):
            found.extend(abbreviations().get(word, (word,)))
        else:
            found.append(word)
    return in_short(found)


def accented(text: str) -> tuple[str, ...]:
    """The words of ``text`` that have accents, in lower case with "=" before them: what tells "số" from "sở"."""
    words = (written.lower() for written in _TOKEN.findall(plain(text)))
    return tuple(f"={word}" for word in words if not word.isascii())


def is_capitals(written: str) -> bool:
    """Whether it is written like an abbreviation: capitals without accents, Đ apart ("ĐTXD", not "KẾ")."""
    return written.isupper() and written.replace("Đ", "D").isascii()


def in_short(words: Iterable[str]) -> tuple[str, ...]:
    """The words with long names in the short form that is compared: uy ban nhan dan → ubnd."""
    joined = f" {' '.join(words)} "
    for long, short in _SPELLINGS:
        joined = joined.replace(long, short)
    return tuple(joined.split())


def name_tokens(text: str) -> tuple[str, ...]:
    """The tokens of a name, without the words that join its parts: "Văn hóa và Thể thao" → van hoa the thao."""
    return tuple(token for token in tokens(text) if token not in LINKING)


def pairs(words: Iterable[str]) -> Iterator[str]:
    """Each two neighbours joined by a blank."""
    before = None
    for word in words:
        if before is not None:
            yield f"{before} {word}"
        before = word


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, tuple[str, ...]]:
    """The known abbreviations by their folded letters, each with the folded words it stands for (ontology's list).

    An abbreviation that the comparison itself uses (UBND, HĐND) is left as it is.
    """
    kept = {short.strip() for _, short in _SPELLINGS}
    table = {}
    for short, long in knowledge().abbreviations.items():
        key = fold("".join(_TOKEN.findall(short)))
        words = in_short(syllable(word) for word in _TOKEN.findall(long))
        if key and key not in kept and words:
            table[key] = words
    return table


def within_one_edit(a: str, b: str) -> bool:
    """Whether one letter added, dropped, changed or two neighbours swapped makes ``a`` into ``b`` (Damerau 1964)."""
    if a == b:
        return True
    if abs(len(a) - len(b)) > 1:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    rest_a, rest_b = a[start:], b[start:]
    if len(a) == len(b):
        return rest_a[1:] == rest_b[1:] or (rest_a[:2] == rest_b[1::-1] and rest_a[2:] == rest_b[2:])
    return rest_a[1:] == rest_b if len(a) > len(b) else rest_a == rest_b[1:]
