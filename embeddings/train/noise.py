"""What officers' typing does to a text: no accents, abbreviations, slips of the keyboard and of the scanner.

Each function takes a text and a random generator and gives the damaged text; with equal generators the damage is equal.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random

from documents.text import fold

_NEAR_SOUNDS = (  # letters that Vietnamese writers confuse by ear
    ("ch", "tr"),
    ("s", "x"),
    ("d", "gi"),
    ("l", "n"),
    ("ng", "n"),
    ("c", "t"),
    ("i", "y"),
    ("ẻ", "ẽ"),
    ("ở", "ỡ"),
    ("ể", "ễ"),
    ("ả", "ã"),
    ("ổ", "ỗ"),
    ("ủ", "ũ"),
    ("ỏ", "õ"),
    ("ử", "ữ"),
    ("ỉ", "ĩ"),
)
_MISREAD = (
    ("rn", "m"),
    ("i", "1"),
    ("l", "1"),
    ("o", "0"),
    ("ô", "6"),
    ("ó", "6"),
    ("đ", "d"),
    ("ư", "u"),
    ("ơ", "o"),
    ("ế", "é"),
)


def without_accents(text: str, _random: Random) -> str:
    """The text as typed without any accents."""
    return fold(text)


def _damaged(word: str, random: Random) -> str:
    """One slip in one word: two letters swapped, one lost, one doubled, or one confused with a like one."""
    kind = random.randrange(4)
    at = random.randrange(len(word) - 1)
    if kind == 0:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 1:
        return word[:at] + word[at + 1 :]
    if kind == 2:
        return word[: at + 1] + word[at:]
    like = [(a, b) for pair in (*_NEAR_SOUNDS, *_MISREAD) for a, b in (pair, pair[::-1]) if a in word]
    if not like:
        return word
    a, b = random.choice(like)
    return word.replace(a, b, 1)


def with_typos(text: str, random: Random, share: float = 0.15) -> str:
    """The text with about ``share`` of its words (at least one of them) damaged."""
    words = text.split(" ")
    long = [i for i, word in enumerate(words) if len(word) > 2 and word.isalpha()]
    for i in random.sample(long, min(len(long), max(1, round(share * len(long))))):
        words[i] = _damaged(words[i], random)
    return " ".join(words)


class Abbreviator:
    """Writes known terms short, as officers do: "công nghệ thông tin" → "CNTT"."""

    def __init__(self, expansions: Mapping[str, str]) -> None:
        """``expansions``: abbreviation → full form."""
        self._short = {full.lower(): short for short, full in expansions.items() if " " in full}
        longest_first = sorted(self._short, key=len, reverse=True)
        self._terms = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)", re.IGNORECASE)

    def __call__(self, text: str, random: Random) -> str:
        """The text with each known term written short three times out of four."""
        return self._terms.sub(
            lambda found: self._short[found.group().lower()] if random.random() < 0.75 else found.group(), text
        )
