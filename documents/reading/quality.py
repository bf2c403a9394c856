"""How good a text is as Vietnamese: well recognised, badly recognised, typed without accents, or in an old font.

Shares of the words decide for a text or a page. In good Vietnamese some 97 of 100 words are spelled as syllables and 85 to 90 of
them bear an accent or đ; text typed without accents has none; a scan recognised as English keeps few and wrong ones, and mixes
digits into words. Within a text single lines may be worse than the rest (one scanned page, a signature typed on a telephone):
:func:`line_kinds` follows the kinds from line to line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from math import log

from documents.letters import SMALL
from documents.reading.encoding import is_wrongly_decoded
from documents.syllables import is_bare_syllable, is_syllable
from documents.text import fold_same_length

_TOKEN = re.compile(r"[^\W_]+")
_SAMPLE = 20_000
"""Words looked at; more do not change the shares."""


@dataclass(frozen=True, slots=True)
class TextQuality:
    """Shares (0..1) of the ``words`` looked at: spelled as syllables, so spelled when accents are ignored, bearing an accent or
    đ, mixed of letters and digits ("s6", "d6i"), and pieces of a syllable that was split ("KHO ẢN"); ``legacy`` is the share of
    the lines that are in an old font (TCVN3, VNI) or were decoded wrongly."""

    words: int
    valid: float
    bare: float
    accented: float
    mixed: float
    split: float = 0.0
    legacy: float = 0.0

    @property
    def kind(self) -> str:
        """ "good", "noisy" (badly recognised), "legacy" (old font or wrongly decoded), "unaccented", "foreign" (no Vietnamese) or
        "little" (too few words to say)."""
        if self.legacy >= 0.3:
            return "legacy"
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
    words = valid = bare = accented = mixed = split = spoken = legacy = 0
    for line in lines:
        spoken += any(c.isalpha() for c in line)
        legacy += is_wrongly_decoded(line)
        split += 2 * len(_SPLIT.findall(line))
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
    return TextQuality(words, valid / n, bare / n, accented / n, mixed / n, split / n, legacy / max(spoken, 1))


_ONSET = r"(?<!\w)(?:ngh?|nh|gh|[ckpt]h|tr|[bcdđghklmnprstvx])"
_SPLIT = re.compile(
    rf"{_ONSET} (?=[{''.join(c for c in SMALL if ord(c) > 0x7F and c != 'đ')}])"
    r"|(?<=\w[aeiouy]) (?=[ảẩẳẻểỉỏổởủửỷẫẵễỗỡữ](?:n|m|u|i|ng|nh)\b)",
    re.I,
)
"""An onset alone before an accented vowel ("th ực"), or a vowel before a rime that is no word ("KHO ẢN", "chuy ển")."""


# What share of the words is of which class, by kind of text: counted in good plans and decrees (117,000 words), in the same text
# without accents, in pages recognised as English (21,000 words) and in an English licence text; what was never seen counts as
# rare. Classes: V a syllable with a letter beyond Latin-1 (ư, ạ, ể), L one with letters of Latin-1 (à, ê), B and X such letters
# but no syllable, P a syllable without accent, Q one that lacks its accent (duoc), F no syllable, M digits inside a word (s6)
_CLASSES = "VLBXPQFM"
_SHARES = {
    "good": (0.615, 0.25, 0.002, 0.0005, 0.122, 0.0005, 0.01, 0.0003),
    "unaccented": (0.002, 0.002, 0.0005, 0.0005, 0.70, 0.287, 0.01, 0.0005),
    "noisy": (0.002, 0.07, 0.001, 0.12, 0.51, 0.13, 0.14, 0.022),
    "foreign": (0.004, 0.004, 0.004, 0.012, 0.16, 0.035, 0.77, 0.005),
}
KINDS = tuple(_SHARES)
_LOGS = {kind: dict(zip(_CLASSES, map(log, shares), strict=True)) for kind, shares in _SHARES.items()}
_CHANGE = 9.0
"""Cost (nats) of a change of kind from one line to the next."""
_ABBREVIATION = 6
"""Capitals without vowels in between of at most this length say nothing."""


@lru_cache(maxsize=65536)
def _class_of(token: str) -> str:
    """The class of a word; an empty string for one that says nothing."""
    if len(token) < 2 or token.isdigit():
        return ""
    if not token.isalpha():
        return "M" if token[0].isalpha() and not token.isupper() else ""
    valid, bare, accented = _facts(token)
    if accented:
        beyond = any(ord(c) > 0xFF for c in token)
        return ("V" if beyond else "L") if valid else ("B" if beyond else "X")
    if token.isupper() and len(token) <= _ABBREVIATION and not bare:
        return ""
    return "P" if valid else "Q" if bare else "F"


def line_kinds(lines: Sequence[str]) -> list[str]:
    """The kind of each line (NFC), one of :data:`KINDS`; a line that says nothing is of the kind of its neighbours.

    The likeliest sequence of kinds by the Viterbi algorithm: each word speaks for the kinds by the shares above, and changing the
    kind from line to line costs as much as some words say.
    """
    scores: list[dict[str, float]] = []
    back: list[dict[str, str]] = []
    best = dict.fromkeys(KINDS, 0.0) | {"good": 1.0}  # where nothing says anything the text is good
    for line in lines:
        words = [found for token in _TOKEN.findall(line) if (found := _class_of(token))]
        first = max(best, key=lambda kind: best[kind])
        came = {kind: kind if best[kind] >= best[first] - _CHANGE else first for kind in KINDS}
        best = {kind: max(best[kind], best[first] - _CHANGE) + sum(_LOGS[kind][word] for word in words) for kind in KINDS}
        back.append(came)
        scores.append(best)
    if not scores:
        return []
    kind = max(scores[-1], key=lambda k: scores[-1][k])
    kinds: list[str] = []
    for came in reversed(back):
        kinds.append(kind)
        kind = came[kind]
    return _proven(lines, kinds[::-1])


_DAMAGE = {"noisy": "XQM", "unaccented": "Q"}
"""The classes of words that prove such a kind; a list of foreign names is likelier noisy than good, but has none of them."""
_LEAST_DAMAGE = 0.08


def _proven(lines: Sequence[str], kinds: list[str]) -> list[str]:
    """The kinds, with runs of damaged lines that show too few damaged words taken for foreign ones."""
    found: list[str] = []
    for kind, run in groupby(zip(kinds, lines, strict=True), key=lambda pair: pair[0]):
        rows = list(run)
        words = [word for _, line in rows for token in _TOKEN.findall(line) if (word := _class_of(token))]
        proof = sum(word in _DAMAGE.get(kind, "") for word in words)
        found += ["foreign" if kind in _DAMAGE and proof < _LEAST_DAMAGE * len(words) else kind] * len(rows)
    return found
