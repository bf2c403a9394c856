"""Words that bear a wrong accent in the source, or that no Vietnamese text has.

A wrong accent shows in three ways: a known phrase of which one syllable bears another accent ("chuyên đổi số"), a phrase that the
document writes in two ways, and a syllable that the trigram model of the restoration thinks so much less likely than the one with
another accent that it is no matter of style ("trí tuệ nhận tạo"). At the threshold the codified texts of decrees and laws show
true misprints and nothing else.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from documents.model import Defect
from documents.restoration.syllable_model import BOUNDARY, NUMBER, OTHER, SyllableModel, syllable_model
from documents.structure.item import Item
from documents.syllables import is_syllable
from documents.text import fold, tone_marks
from ontology.knowledge import knowledge

_KIND = "typo-in-name"
_GAIN = 8.0
"""So many nats likelier the other accent has to be, over the three trigrams around the word."""
_GAIN_IN_PHRASE = 2.0
"""The same for a syllable of a known phrase ("văn bản chỉ đạo" is no misspelt "ban chỉ đạo")."""
_OWN_PHRASE = 4
"""Phrases of so many words and signs are compared within the document."""
_RARE = 3
"""A form of a word that the document has more often is no slip."""
_TOO_MANY = 0.02
"""Where a larger share of the words seems misspelt, the text was recognised badly and nothing is reported."""
_SHORTEST_UNKNOWN = 3
"""An unknown word with fewer letters is the letter of a point or an abbreviation."""
_SHORTEST, _LONGEST = 3, 7
"""Known phrases with so many syllables are compared; in shorter ones another accent is often another word."""
_TOKEN = re.compile(r"[^\W_]+|[^\w\s]|_")


@dataclass(slots=True)
class _Words:
    """The words and signs of all items, one behind the other, a line feed behind each item: in small letters with the tone mark
    in place, accentless, the item that each stands in and where in its text."""

    words: list[str]
    bare: list[str]
    item: list[int]
    at: list[int]
    ids: NDArray[np.int64]
    """Ids of the model, two boundaries before and behind."""


def misspellings(items: Sequence[Item]) -> list[Defect]:
    """The misspelt words of a document that was not recognised badly, each with its line."""
    text = _words(items)
    wrong = dict([*_unlikely(text, items), *_phrases_of_its_own(text), *_known_phrases(text)])
    found = []
    if len(wrong) <= 5 or len(wrong) <= _TOO_MANY * len(text.words):
        places: dict[tuple[str, str, str], list[int]] = {}
        for i, right in sorted(wrong.items()):  # "chuyên đổi" and "chuyên biến" are two mistakes
            places.setdefault((text.words[i], text.words[i + 1], right), []).append(i)
        for (_, _, right), at in places.items():
            found.append(Defect(tuple(sorted({_line(text, items, i) for i in at})), _KIND, _shown(text, items, at[0], right)))
    return found


def _line(text: _Words, items: Sequence[Item], i: int) -> int:
    return items[text.item[i]].line_at(text.at[i])


def _shown(text: _Words, items: Sequence[Item], i: int, right: str) -> str:
    said, at = items[text.item[i]].text, text.at[i]
    around = " ".join((*said[:at].split()[-3:], *said[at:].split()[:3]))
    return f"“{said[at : at + len(text.words[i])]}” có lẽ là “{right}”: “… {around} …”."


def _words(items: Sequence[Item]) -> _Words:
    model = syllable_model()
    words: list[str] = []
    of_item: list[int] = []
    at: list[int] = []
    for i, item in enumerate(items):
        low = tone_marks(item.text.lower())
        if len(low) != len(item.text):  # a letter whose small form is two letters: no word of ours
            low = item.text
        tokens = list(_TOKEN.finditer(low))
        words += [token.group() for token in tokens]
        at += [token.start() for token in tokens]
        words.append("\n")
        at.append(len(item.text))
        of_item += [i] * (len(tokens) + 1)
    bare = {word: fold(word) for word in set(words)}
    known = {word: _id(word, model) for word in bare}
    ids = np.array([BOUNDARY, BOUNDARY, *(known[w] for w in words), BOUNDARY, BOUNDARY], dtype=np.int64)
    return _Words(words, [bare[w] for w in words], of_item, at, ids)


@cache
def _phrases() -> dict[tuple[str, str], tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """First two accentless words → the phrases that the ontology knows, accentless and as written."""
    known = knowledge()
    listed = [
        *(word for topic in known.topics for word in topic.keywords),
        *known.abbreviations.values(),
        *(unit.label for unit in known.units),
        *known.cues["fixed-phrase"],
    ]
    found: dict[tuple[str, str], dict[tuple[tuple[str, ...], tuple[str, ...]], None]] = {}
    for phrase in sorted(listed):
        words = tuple(re.findall(r"[^\W_]+", tone_marks(phrase.lower())))
        if _SHORTEST <= len(words) <= _LONGEST:
            bare = tuple(fold(w) for w in words)
            found.setdefault((bare[0], bare[1]), {})[bare, words] = None
    return {start: tuple(phrases) for start, phrases in found.items()}


def _known_phrases(text: _Words) -> Iterator[tuple[int, str]]:
    """Words of a known phrase that bear another accent than the phrase, where they are the only one in it and the phrase is the
    likelier reading."""
    known, model = _phrases(), syllable_model()
    found: list[tuple[int, int]] = []
    for i, start in enumerate(pairwise(text.bare)):
        for bare, written in known.get(start, ()):
            said = tuple(text.words[i : i + len(bare)])
            if said == written or tuple(text.bare[i : i + len(bare)]) != bare:
                continue
            differing = [n for n, (a, b) in enumerate(zip(said, written, strict=True)) if a != b]
            if len(differing) == 1 and (right := model.ids.get(written[differing[0]])) is not None:
                found.append((i + differing[0], right))
    for (i, right), gain in zip(found, _gains(text, found), strict=True):
        if gain >= _GAIN_IN_PHRASE:
            yield i, model.vocabulary[right]


def _phrases_of_its_own(text: _Words) -> Iterator[tuple[int, str]]:
    """Words that the document writes with another accent in the same phrase elsewhere ("Chính lý, số hóa", "Chỉnh lý, số hóa"),
    where that is the likelier reading."""
    uses = Counter(text.words)
    forms: dict[str, set[str]] = {}
    for word, bare in set(zip(text.words, text.bare, strict=True)):
        forms.setdefault(bare, set()).add(word)
    several = {bare for bare, said in forms.items() if bare and len(said) > 1 and min(uses[w] for w in said) <= _RARE}
    places: dict[str, list[int]] = {}
    for i, bare in enumerate(text.bare):
        if bare in several:
            places.setdefault(bare, []).append(i)
    model = syllable_model()
    found: dict[tuple[int, int], None] = {}
    for at in places.values():
        for i in (i for i in at if uses[text.words[i]] <= _RARE):
            for j in (j for j in at if text.words[j] != text.words[i] and _alike(text, i, j)):
                found |= {(x, model.ids[text.words[y]]): None for x, y in ((i, j), (j, i)) if text.words[y] in model.ids}
    pairs = list(found)
    for (i, right), gain in zip(pairs, _gains(text, pairs), strict=True):
        if gain >= _GAIN_IN_PHRASE:
            yield i, model.vocabulary[right]


def _alike(text: _Words, i: int, j: int) -> bool:
    """Whether the words around two places are the same, so that both stand inside one phrase of :data:`_OWN_PHRASE` words; at its
    edge a word may belong to another phrase."""
    before = text.words[i - 1] == text.words[j - 1] != "\n"
    after = text.words[i + 1] == text.words[j + 1] != "\n"
    if not (i and j and before and after):
        return False
    return any(text.words[i + n : i + n + 1] == text.words[j + n : j + n + 1] != ["\n"] for n in (-2, 2))


def _unlikely(text: _Words, items: Sequence[Item]) -> Iterator[tuple[int, str]]:
    """Words beside which a word with another accent is far likelier, and words that the model, which knows all syllables in use,
    does not know."""
    model = syllable_model()
    before, here, after = text.ids[1:-3], text.ids[2:-2], text.ids[3:-1]
    alone = ((before > OTHER) & ~_seen(model, before, here)) | ((after > OTHER) & ~_seen(model, here, after))
    tried: list[tuple[int, int]] = []
    for i in np.nonzero(((here > OTHER) & alone) | (here == OTHER))[0].tolist():
        if len(text.words[i]) < 2 or _is_name(text, i, items):
            continue
        if here[i] != OTHER:
            tried.extend((i, other) for other in model.by_fold[text.bare[i]] if other != here[i])
        elif _written(text, i, items)[1:] == text.words[i][1:] and (right := _instead_of_unknown(text, i, model)) is not None:
            yield i, right  # capitals inside would make it an abbreviation
    best: dict[int, tuple[float, int]] = {}
    for (i, other), gain in zip(tried, _gains(text, tried), strict=True):
        best[i] = max(best.get(i, (_GAIN, OTHER)), (gain, other))
    for i, (_, other) in best.items():
        if other != OTHER:
            yield i, model.vocabulary[other]


def _gains(text: _Words, words: Sequence[tuple[int, int]]) -> list[float]:
    """For each place with another word: how much likelier, in nats, the three trigrams around it are with that word."""
    if not words:
        return []
    model = syllable_model()
    at, other = np.array(words, dtype=np.int64).T
    u, v, own, x, y = (text.ids[at + n] for n in range(5))
    likelihood = [model.triple(u, v, w) + model.triple(v, w, x) + model.triple(w, x, y) for w in (own, other)]
    return [float(gain) for gain in likelihood[1] - likelihood[0]]


def _instead_of_unknown(text: _Words, i: int, model: SyllableModel) -> str | None:
    """The likeliest word one letter away from an unknown word with accents, else the two words that it runs together, or
    ``None``. Unknown words in plain letters are foreign."""
    word = text.words[i]
    if word.isascii() or len(word) < _SHORTEST_UNKNOWN:
        return None
    near = sorted({model.ids[w] for w in _one_letter_away(word) if w in model.ids} | set(model.by_fold.get(text.bare[i], ())))
    if near:
        gains = _gains(text, [(i, other) for other in near])
        return model.vocabulary[near[gains.index(max(gains))]]
    parts = ((word[:n], word[n:]) for n in range(2, len(word) - 1))
    return next((f"{a} {b}" for a, b in parts if a in model.ids and b in model.ids and is_syllable(a) and is_syllable(b)), None)


def _id(word: str, model: SyllableModel) -> int:
    known = model.ids.get(word)
    if known is not None:
        return known
    if not word[0].isalnum():
        return BOUNDARY
    return NUMBER if any(c.isdigit() for c in word) else OTHER


def _seen(model: SyllableModel, first: NDArray[np.int64], second: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Whether the model knows the pairs of words."""
    wanted = first * len(model.vocabulary) + second
    at = np.minimum(np.searchsorted(model.keys2, wanted), len(model.keys2) - 1)
    return np.asarray(model.keys2[at] == wanted)


def _one_letter_away(word: str) -> Iterator[str]:
    for i in range(len(word) + 1):
        if i < len(word):
            yield word[:i] + word[i + 1 :]
        for letter in "abcdeghiklmnopqrstuvxyđ":
            yield word[:i] + letter + word[i:]


def _written(text: _Words, i: int, items: Sequence[Item]) -> str:
    return items[text.item[i]].text[text.at[i] : text.at[i] + len(text.words[i])]


def _is_name(text: _Words, i: int, items: Sequence[Item]) -> bool:
    """Whether a word is part of a proper name: a capital with another one beside it in a text that is not all capitals."""

    def capital(n: int) -> bool:
        written = _written(text, n, items)
        return written[:1].isupper() and not written.isupper()

    return capital(i) and any(capital(n) for n in (i - 1, i + 1) if 0 <= n < len(text.words) and text.item[n] == text.item[i])
