"""How good a text is as Vietnamese: well recognised, badly recognised, or typed without accents.

Three shares of the words decide. In good Vietnamese some 97 of 100 words are spelled as syllables and 85 to 90 of them bear an
accent or đ; text typed without accents has none; a scan recognised as English keeps few and wrong ones, and mixes digits into
words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from documents.syllables import is_bare_syllable, is_syllable
from documents.text import fold_same_length

_TOKEN = re.compile(r"[^\W_]+")
_SAMPLE = 20_000
"""Words looked at; more do not change the shares."""


@dataclass(frozen=True, slots=True)
class TextQuality:
    """Shares (0..1) of the ``words`` looked at: spelled as syllables, so spelled when accents are ignored, bearing an accent or
    đ, and mixed of letters and digits ("s6", "d6i")."""

    words: int
    valid: float
    bare: float
    accented: float
    mixed: float

    @property
    def kind(self) -> str:
        """ "good", "noisy" (badly recognised), "unaccented", "foreign" (no Vietnamese) or "little" (too few words to say)."""
        if self.words < 8:
            return "little"
        if self.bare < 0.5:
            return "foreign"
        if self.accented >= 0.6:
            return "good"
        if self.accented <= 0.03 and self.mixed <= 0.01 and self.bare >= 0.7:
            return "unaccented"
        return "noisy"


@lru_cache(maxsize=65536)
def _facts(word: str) -> tuple[bool, bool, bool]:
    return is_syllable(word), is_bare_syllable(word), fold_same_length(word) != word.lower()


def judge(lines: Iterable[str]) -> TextQuality:
    """The quality of the text on ``lines`` (NFC). Numbers and single letters say nothing and are not counted."""
    words = valid = bare = accented = mixed = 0
    for line in lines:
        for token in _TOKEN.findall(line):
            if len(token) < 2 or token.isdigit():
                continue
            words += 1
            if not token.isalpha():
                mixed += token[0].isalpha() and not token.isupper()
                continue
            facts = _facts(token)
            valid, bare, accented = valid + facts[0], bare + facts[1], accented + facts[2]
        if words >= _SAMPLE:
            break
    n = max(words, 1)
    return TextQuality(words, valid / n, bare / n, accented / n, mixed / n)


def is_noisy(lines: Iterable[str]) -> bool:
    """Whether the text was recognised badly (a scan read as English): accents lost or wrong, digits for letters."""
    return judge(lines).kind == "noisy"
