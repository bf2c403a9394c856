"""Vietnamese text in one form: composition, place of the tone mark, folding for search, words.

Everything here is a pure function on strings and quick enough to be called on every line of a corpus. Folding follows the
Unicode decomposition of a letter (UAX #15); đ/Đ, which Unicode does not decompose, is folded to d as Vietnamese readers do.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_TONES = "\u0300\u0301\u0309\u0303\u0323"
"""Combining grave, acute, hook above, tilde, dot below: the five written tones."""

_LETTERS_WITHOUT_DECOMPOSITION = {"đ": "d", "Đ": "d", "ð": "d", "Ð": "d", "ł": "l", "Ł": "l", "ø": "o", "Ø": "o", "ı": "i"}


class _FoldTable(dict[int, str]):
    """A translation table that works out each character once, when it is first met."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        folded = _LETTERS_WITHOUT_DECOMPOSITION.get(char)
        if folded is None:
            base = unicodedata.normalize("NFD", char)[0] if not 0xAC00 <= code <= 0xD7A3 else char
            lowered = base.lower()
            folded = lowered if len(lowered) == 1 else base
        self[code] = folded
        return folded


class _FoldTableWithoutMarks(_FoldTable):
    """The same, but combining marks that found no letter to compose with vanish."""

    def __missing__(self, code: int) -> str:
        folded = "" if unicodedata.category(chr(code)) == "Mn" else super().__missing__(code)
        self[code] = folded
        return folded


_FOLD_SAME_LENGTH = _FoldTable()
_FOLD = _FoldTableWithoutMarks()


def nfc(s: str) -> str:
    """The canonical composition of ``s`` (Unicode NFC); the same object when it is composed already."""
    return s if unicodedata.is_normalized("NFC", s) else unicodedata.normalize("NFC", s)


_REMEMBERED = 4096
"""Texts up to so many letters are remembered with their folded form: a paragraph is folded again by every rule that reads it."""


def fold(s: str) -> str:
    """``s`` lower-case and without accents, đ as d: "Đề án số 06" → "de an so 06"; stray combining marks are dropped."""
    return _fold(s) if len(s) <= _REMEMBERED else nfc(s).translate(_FOLD)


@lru_cache(maxsize=8192)
def _fold(s: str) -> str:
    return nfc(s).translate(_FOLD)


def fold_same_length(s: str) -> str:
    """Like :func:`fold`, but one character out for each character in, so that offsets found in it hold for ``s`` itself.

    Give it NFC text; in decomposed text the marks stay where they are, because dropping them would move the offsets.
    """
    return _fold_same_length(s) if len(s) <= _REMEMBERED else s.translate(_FOLD_SAME_LENGTH)


@lru_cache(maxsize=8192)
def _fold_same_length(s: str) -> str:
    return s.translate(_FOLD_SAME_LENGTH)


def _toned(letter: str) -> str:
    """The letter with each of the five tones, small and capital: "o" → "òóỏõọÒÓỎÕỌ"."""
    return "".join(unicodedata.normalize("NFC", case + tone) for case in (letter, letter.upper()) for tone in _TONES)


_TONED_AE = _toned("a") + _toned("e")
_TONED_O, _TONED_U, _TONED_I, _TONED_Y = (_toned(letter) for letter in "ouiy")
_VOWEL = "aeiouyăâêôơưAEIOUYĂÂÊÔƠƯ"

# The tone of the rimes oa, oe, uy stands on the first vowel when nothing follows (hòa, khỏe, thúy) and on the second one
# before a further letter (hoàn, huỳnh). In "qu" and before a vowel in "gi" the u and the i belong to the onset: quý, giá.
# The letter that stands before is looked at last: a pattern that begins with letters is searched for much faster.
_MISPLACED = re.compile(
    rf"[oO](?<![qQ].)[{_TONED_AE}](?!\w)|[uU](?<![qQ].)[{_TONED_Y}](?!\w)"
    rf"|[{_TONED_O}][aeAE](?=[^\W\d_])|[{_TONED_U}](?<![qQ].)[yY](?=[^\W\d_])"
    rf"|[{_TONED_U}](?<=[qQ].)[{_VOWEL}]|[{_TONED_I}](?<=[gG].)[aeouăâêôơưAEOUĂÂÊÔƠƯ]"
)


def _move_tone(found: re.Match[str]) -> str:
    """The two letters with the tone mark on the other one."""
    first, second = (unicodedata.normalize("NFD", letter) for letter in found.group())
    tone = next(mark for mark in first + second if mark in _TONES)
    if tone in first:
        first, second = first.replace(tone, ""), second + tone
    else:
        first, second = first + tone, second.replace(tone, "")
    return nfc(first) + nfc(second)


def tone_marks(s: str) -> str:
    """``s`` with tone marks in their one place: "hoà" → "hòa", "thuý" → "thúy", "uỷ" → "ủy", "qúy" → "quý"; same length.

    Both places are in use; the form that official documents print (hòa, thúy, ủy) is the one kept. Takes NFC text.
    """
    return _tone_marks(s) if len(s) <= _REMEMBERED else _MISPLACED.sub(_move_tone, s)


@lru_cache(maxsize=8192)
def _tone_marks(s: str) -> str:
    return _MISPLACED.sub(_move_tone, s)


def forget() -> None:
    """Empty the memory of folded texts, so that a measurement does not find its text folded already."""
    for remembered in (_fold, _fold_same_length, _tone_marks):
        remembered.cache_clear()


_WORD = re.compile(r"[^\W_]+")


def words(s: str) -> list[str]:
    """The runs of letters and digits in ``s``, as written: "Kế hoạch 04/KH-UBND" → ["Kế", "hoạch", "04", "KH", "UBND"]."""
    return _WORD.findall(s)


def collapse(s: str) -> str:
    """``s`` with every run of white space as one blank and none at the ends."""
    return " ".join(s.split())
