"""A question as typed → folded words: abbreviations written out, typing errors corrected, against what the corpus says."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from questions.asking_words import meant
from questions.catalogue import Catalogue
from questions.phrases import TERMS
from questions.spelling import ASKED, confused_with, in_place
from questions.words import FUNCTION, FUNCTION_FOLDED, abbreviations, in_short, is_capitals, plain, syllable

_TOKEN = re.compile(r"[^\W_]+")
NUMBER = re.compile(
    r"(?<![\w/])(?:\d{1,5}\s*/\s*(?:\d{4}\s*/\s*)?[A-Za-zĐđ][\wĐđ&]*(?:\s?[-–]\s?[A-ZĐ][\wĐđ&]*|-[a-zđ][\wđ&]*)*"
    r"|\d{1,5}\s?-\s?[A-Za-zĐđ]{2,4}\s*/\s*[A-Za-zĐđ]{2,6}|\d{1,4}/(?:19|20)\d\d/[A-Za-zĐđ][\wĐđ-]*)"
)
"""A document number as typed: 04/KH-UBND, 85/2016/nđ-cp, 12-kh/tu."""
_BEFORE_NAME = re.compile(r"\.\s*\w|\s+[^\W\d_a-zà-ỹđ]")
_END = re.compile(r"\s*[.?!](?=\s)")
_PAUSE = re.compile(r"\s*[,;:.?!)](?!\w)|\s*[,;:]")
_VOWEL = re.compile(r"[aeiouy]")
_MOST_WORDS = 250
"""Words of a question that are read; more than this is no question, and its beginning is the best guess."""
_MOST_UNKNOWN = 30
"""Unknown words after which no more typing errors are looked for: such a text is no question about these documents."""
_SHORT_HEADS = {"p": "phuong", "q": "quan", "x": "xa", "h": "huyen", "tp": "thanh pho", "tx": "thi xa"}
"""How the kind of a place is shortened before its name: p. Hải Dương."""
_PLACE_HEADS = frozenset(("phuong", "xa", "quan", "huyen", "tinh", "pho"))
_LETTERS = r"(?:[A-ZĐ]{1,5}|[bcdđfghjklmnpqrstvwxz]{1,5})"
_AND_LETTERS = re.compile(rf"(?<!\w){_LETTERS}(?:\s?&\s?{_LETTERS})+(?!\w)")
"""An abbreviation with "&" in it: TT&TT, kh&đt."""
_MOST_JOINED = 3
"""Abbreviations side by side that may be one name ("TT PVHCC")."""


@dataclass(frozen=True, slots=True)
class _Word:
    """One word while the question is read."""

    folded: str
    written: str
    grammar: bool
    pause: bool
    end: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """The question's words, folded, and each as ``written``; ``function`` marks those that carry only grammar.

    ``stops`` are the positions after which the question pauses, ``ends`` those after which a sentence ends; ``unknown`` are
    words that the corpus has nowhere, even with one letter changed.
    """

    words: tuple[str, ...]
    written: tuple[str, ...]
    function: tuple[bool, ...]
    stops: frozenset[int]
    ends: tuple[int, ...]
    unknown: frozenset[str]

    @property
    def text(self) -> str:
        """The words with single blanks and " , " where the question pauses, as the phrase tables expect them."""
        return " ".join(f"{word} ," if at in self.stops else word for at, word in enumerate(self.words))

    def sentences(self) -> list[tuple[range, str]]:
        """The sentences: their positions, and each as :attr:`text` has it."""
        bounds = [-1, *self.ends, len(self.words) - 1]
        spans = [range(a + 1, b + 1) for a, b in pairwise(bounds) if b > a]
        return [(span, " ".join(f"{self.words[at]} ," if at in self.stops else self.words[at] for at in span)) for span in spans]

    def position(self, offset: int) -> int:
        """Which word stands at ``offset`` of :attr:`text`."""
        return sum(1 for part in self.text[:offset].split() if part != ",")


def read(question: str, catalogue: Catalogue) -> Reading:
    """Read ``question`` (any text; control characters and markup are just other characters between words)."""
    serials = NUMBER.sub(lambda found: found.group().split("/")[0].split("-")[0] + " ", question)
    text = _AND_LETTERS.sub(_without_and, plain(serials.replace("%", " phần trăm ")))
    accented = any(ord(char) > 127 for char in text)
    words: list[_Word] = []
    unknown: set[str] = set()
    found_words = list(_TOKEN.finditer(text))[:_MOST_WORDS]
    at = 0
    while at < len(found_words):
        size, parts = _joined(found_words[at : at + _MOST_JOINED], text, catalogue)
        found = found_words[at + size - 1]
        written = " ".join(one.group() for one in found_words[at : at + size])
        at += size
        if parts:
            pass
        elif syllable(written) in _SHORT_HEADS and _BEFORE_NAME.match(text, found.end()):
            parts = tuple(_SHORT_HEADS[syllable(written)].split())
        else:
            following = syllable(found_words[at].group()) if at < len(found_words) else ""
            parts = _written_out(written, words[-1].folded if words else "", following, catalogue)
        for word in parts:
            shown = word
            if word not in catalogue.vocabulary and not word.isdigit() and word not in FUNCTION_FOLDED:
                shown = (catalogue.nearest(word) if len(unknown) < _MOST_UNKNOWN else None) or word
                if shown == word:
                    unknown.add(word)
            slip = written.lower() in meant("dialect") or parts == meant("chat").get(syllable(written))
            grammar = shown in FUNCTION_FOLDED if slip or not accented else written.lower() in FUNCTION
            words.append(_Word(shown, written, grammar and (slip or len(parts) == 1), False))
        if parts[0] not in ("phuong", "quan", "xa", "huyen", "thanh") and _PAUSE.match(text, found.end()):
            words[-1] = replace(words[-1], pause=True, end=bool(_END.match(text, found.end())))
    words = _bound(_shorten(_corrected(words, catalogue)), catalogue)
    return Reading(
        tuple(w.folded for w in words),
        tuple(w.written for w in words),
        tuple(w.grammar for w in words),
        frozenset(at for at, w in enumerate(words) if w.pause),
        tuple(at for at, w in enumerate(words) if w.end),
        frozenset(unknown),
    )


def _without_and(found: re.Match[str]) -> str:
    """An abbreviation with "&" in one piece (TT&TT → TTTT), unless its parts are abbreviations themselves (HĐND&UBND)."""
    parts = [part.strip() for part in found.group().split("&")]
    known = sum(len(part) > 2 and syllable(part) in (*abbreviations(), "ubnd", "hdnd") for part in parts)
    return found.group() if known > 1 else "".join(parts)


def _joined(following: list[re.Match[str]], text: str, catalogue: Catalogue) -> tuple[int, tuple[str, ...]]:
    """How many of the ``following`` words are the abbreviation of one unit, cut by blanks ("TT PVHCC"), and its words."""
    pieces = []
    for at, found in enumerate(following):
        between = text[following[at - 1].end() : found.start()] if at else ""
        if between.strip() or not (is_capitals(found.group()) or not _VOWEL.search(syllable(found.group()))):
            break
        pieces.append(syllable(found.group()))
    for size in range(len(pieces), 1, -1):
        if name := _named_by("".join(pieces[:size]), catalogue):
            return size, name
    return 1, ()


def _named_by(letters: str, catalogue: Catalogue) -> tuple[str, ...] | None:
    """The unit of the corpus, else of the ontology's list, whose initials are ``letters``; names used in short count in full."""
    return catalogue.unit_initials.get(letters)


def _corrected(words: list[_Word], catalogue: Catalogue) -> list[_Word]:
    """The words with syllables that the corpus has nowhere beside their neighbours, but one that is often mistaken for them."""
    kept = list(words)
    for at, word in enumerate(kept):
        if word.grammar or word.written.isupper() or word.written[:1].isupper():
            continue
        before = kept[at - 1].folded if at and not (kept[at - 1].pause or kept[at - 1].grammar) else ""
        after = kept[at + 1].folded if at + 1 < len(kept) and not (word.pause or kept[at + 1].grammar) else ""
        asked = f"{kept[at - 1].folded} " if at and not kept[at - 1].pause and kept[at - 1].grammar else ""
        meant = next((other for other in sorted(confused_with(word.folded)) if asked and asked + other in ASKED), "")
        kept[at] = replace(word, folded=meant or in_place(word.folded, before, after, catalogue))
    return kept


def _written_out(written: str, before: str, after: str, catalogue: Catalogue) -> tuple[str, ...]:
    """The folded words that one typed word between its neighbours stands for."""
    word = syllable(written)
    if written.lower() in meant("dialect"):
        return meant("dialect")[written.lower()]
    if not written.isupper() and word in meant("chat") and word not in catalogue.vocabulary:
        return meant("chat")[word]
    if len(word) < 2 or word.isdigit() or not (is_capitals(written) or not _VOWEL.search(word)):
        return (word,)
    if before in _PLACE_HEADS and (place := _by_initials(word, before, catalogue)):
        return place
    if before and (unit := _named_by(before[0] + word, catalogue)) and unit[0] == before:
        return unit[1:]
    listed = abbreviations().get(word)
    if listed and catalogue.has_phrase(listed):
        return listed
    if word in catalogue.vocabulary and (f"{before} {word}" in catalogue.idf or f"{word} {after}" in catalogue.idf):
        return (word,)
    return _by_initials(word, before, catalogue, after) or listed or (word,)


def _by_initials(word: str, head: str, catalogue: Catalogue, after: str = "") -> tuple[str, ...] | None:
    """The corpus's phrase with these initials: a unit's name, a term of plans, one that stands beside its neighbours, any."""
    phrases = catalogue.initials.get(word, ())
    if head in _PLACE_HEADS:
        places = (name[1:] for card in catalogue.cards.values() for name in card.names if name[0] == head)
        if place := next((p for p in places if "".join(part[0] for part in p) == word), None):
            return place
        return next((p for p in phrases if f"{head} {p[0]}" in catalogue.idf and catalogue.has_phrase((head, *p))), None)
    named = [key for key in catalogue.units if "".join(part[0] for part in key) == word]
    beside = [p for p in phrases if (head and catalogue.has_phrase((head, *p))) or f"{p[-1]} {after}" in catalogue.idf]
    terms = [p for p in map(tuple, map(str.split, sorted(TERMS))) if "".join(part[0] for part in p) == word]
    used = [p for p in terms if catalogue.has_phrase(p)]
    return next(iter((*named, *used, *beside, *phrases)), None)


def _bound(words: list[_Word], catalogue: Catalogue) -> list[_Word]:
    """The words, grammar that is half of a compound ("chỉ đạo", "thể chế") counted as what it is there."""

    def is_half(at: int) -> bool:
        word = words[at].folded
        after = at + 1 < len(words) and not words[at].pause and not words[at + 1].grammar
        before = at > 0 and not words[at - 1].pause and not words[at - 1].grammar
        return (after and catalogue.binds(word, words[at + 1].folded, f"{word} {words[at + 1].folded}")) or (
            before and catalogue.binds(word, words[at - 1].folded, f"{words[at - 1].folded} {word}")
        )

    return [replace(w, grammar=False) if w.grammar and is_half(at) else w for at, w in enumerate(words)]


def _shorten(words: list[_Word]) -> list[_Word]:
    """The words with long names in the short form that evidence is compared by (ủy ban nhân dân → ubnd)."""
    kept: list[_Word] = []
    at = 0
    while at < len(words):
        size = next((n for n in (4, 3) if len(in_short([w.folded for w in words[at : at + n]])) == 1 and at + n <= len(words)), 1)
        group = words[at : at + size]
        if size == 1:
            kept.append(group[0])
        else:
            kept.append(_Word(in_short([w.folded for w in group])[0], group[0].written, False, group[-1].pause, group[-1].end))
        at += size
    return kept
