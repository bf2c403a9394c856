"""Search tokens: how a text and a query are cut so that the same thing written differently still meets.

A text gives its syllables without accents, the pairs of neighbouring syllables (most Vietnamese words have two), its syllables
with accents (so that a query with accents prefers them), and its document numbers in one piece. Known abbreviations are
followed by what they stand for, on both sides, so "CNTT" finds "công nghệ thông tin" and the other way round.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from documents.syllables import is_bare_syllable
from documents.text import fold, nfc, tone_marks, words

ACCENTED = "="
"""Begins a token that keeps its accents; tokens without it are folded."""

NUMBER = "#"
"""Begins the token of a whole document number."""

PAIR = "_"
"""Joins the two syllables of a pair."""

_NUMBER = re.compile(
    r"(?<![\w/])(\d{1,5})\s?(?:"
    r"/\s?((?:(?:19|20)\d\d\s?[/-]\s?)?[a-z][a-z0-9&]*(?:\s?[-/]\s?[a-z0-9&]+)*)"  # 35/KH-UBND, 85/2016/NĐ-CP
    r"|-\s?([a-z][a-z&]*(?:\s?/\s?[a-z]+)+))"  # 57-NQ/TW
)
_WORD = re.compile(r"[^\W\d_][^\W_]*(?:[&-][^\W_]+)*")
_MOST_SEEN = 100_000
_DASHES = re.compile(r"[‐‑‒–—―−]")
_PLACE_BEFORE = re.compile(r"(?:phường|xã|quận|huyện|tỉnh|thành phố|thị xã|đặc khu|phuong|xa|tp)\.?\s+$", re.IGNORECASE)


def numbers(text: str) -> list[str]:
    """The document numbers in ``text`` in one comparable form: "Số: 04 /KH-UBND" → ["4/kh-ubnd"]."""
    plain = _DASHES.sub("-", fold(text))
    found = []
    for serial, slash, dash in _NUMBER.findall(plain):
        rest = re.sub(r"\s+", "", slash or dash)
        if not re.fullmatch(r"\d+", rest):
            found.append(f"{int(serial)}/{rest.replace('/', '-')}")
    return found


@dataclass(frozen=True, slots=True)
class Abbreviations:
    """Known abbreviations, ready to be written out in a text.

    Capitals are matched as written; in other cases only what no Vietnamese syllable looks like is taken for an abbreviation
    ("cntt", "dvctt", but not "ai", "tu").
    """

    written: Mapping[str, str]
    folded: Mapping[str, str]
    seen: dict[str, str | None] = field(default_factory=dict, compare=False, repr=False)
    """Words looked up before: a text has the same few thousand over and over."""

    @classmethod
    def of(cls, expansions: Mapping[str, str]) -> Abbreviations:
        """Takes abbreviation → full form."""
        folded: dict[str, str] = {}
        for short, full in expansions.items():
            if not is_bare_syllable(fold(short)):
                folded.setdefault(fold(short), full)
        return cls(dict(expansions), folded)

    def full(self, word: str) -> str | None:
        """What ``word`` stands for, or ``None`` when it is no known abbreviation."""
        if word not in self.seen:
            if len(self.seen) >= _MOST_SEEN:
                self.seen.clear()
            self.seen[word] = self.written.get(word) or self.folded.get(fold(word))
        return self.seen[word]

    def expand(self, text: str) -> str:
        """The text with each abbreviation followed by its full form; initials of a place ("phường HD") are left alone."""

        def written_out(found: re.Match[str]) -> str:
            word = found.group()
            whole = self.full(word)
            if whole is None and "&" not in word and "-" not in word:
                return word
            full = [whole] if whole else [self.full(part) for part in re.split("[&-]", word)]
            if not any(full) or _PLACE_BEFORE.search(text, max(0, found.start() - 12), found.start()):
                return word
            return " ".join((word, *filter(None, full)))

        return _WORD.sub(written_out, text) if self.written else text


NO_ABBREVIATIONS = Abbreviations.of({})


def known_abbreviations() -> Abbreviations:
    """The abbreviations of the ontology."""
    from ontology.knowledge import knowledge

    return Abbreviations.of(knowledge().abbreviations)


@dataclass(frozen=True, slots=True)
class Cut:
    """A text cut into tokens: ``syllables`` as written (lower case, one tone-mark style), ``folded`` without accents."""

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    numbers: tuple[str, ...]

    @property
    def pairs(self) -> list[str]:
        """The pairs of neighbouring folded syllables."""
        return [first + PAIR + second for first, second in zip(self.folded, self.folded[1:], strict=False)]

    @property
    def accented(self) -> list[str]:
        """The tokens of the syllables that have accents."""
        return [ACCENTED + s for s, f in zip(self.syllables, self.folded, strict=True) if s != f]

    @property
    def tokens(self) -> list[str]:
        """All tokens, as a text is indexed."""
        return [*self.folded, *self.pairs, *self.accented, *(NUMBER + number for number in self.numbers)]


def cut(text: str, abbreviations: Abbreviations = NO_ABBREVIATIONS) -> Cut:
    """Cuts ``text`` into tokens; any text is accepted, one without letters and digits gives none."""
    written = tone_marks(nfc(text))
    expanded = abbreviations.expand(written)
    syllables = tuple(s.lstrip("0") or "0" if s.isdigit() else s for s in words(expanded.lower()))
    return Cut(syllables, tuple(fold(s) for s in syllables), tuple(dict.fromkeys(numbers(written))))
