"""The word index: BM25 (Robertson and Zaragoza 2009) over search tokens, kept as a plain folder of arrays.

The index holds how often each token stands in each text, not scores: rarity and length are weighed when a query comes, so texts
can be added and taken out by merging sorted arrays, and the result is the very index that a fresh build gives. (bm25s, which
works scores out beforehand, gives the same scores, tested, but would have to count all texts again for one that is added.)

The vocabulary is a sorted array of 64-bit token hashes, so that opening an index of any size maps files into memory and parses
nothing. (Of 10 million different tokens any two share a hash with a chance of 3 in a million.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.slips import Guess, guesses
from embeddings.tokens import ACCENTED, NO_ABBREVIATIONS, NUMBER, Abbreviations, Cut, cut

K1, B = 0.9, 0.75
"""Saturation and length normalisation; measured on law articles and plans, where repetition says little (docs/search.md)."""

NUMBER_WEIGHT = 3.0
"""A document number in a query is nearly always what is wanted, above all other words."""

ACCENT_WEIGHT = 0.5
"""Part of a syllable's weight that asks for the same accents, when the query has accents."""

_ARRAYS = ("hashes", "starts", "texts", "counts", "lengths")
_SYLLABLES = "syllables.txt"
_MOST_COUNTED = 255
_MOST_REMEMBERED, _UNKNOWN = 100_000, -1


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


class _Hashes(dict[str, int]):
    """The hash of each token, worked out once."""

    def __missing__(self, token: str) -> int:
        self[token] = number = _hash(token)
        return number


@dataclass(frozen=True)
class Postings:
    """Which token (by hash) stands in which text how often, sorted by token, then text.

    ``lengths`` are the numbers of tokens of the texts, ``syllables`` the folded syllables with their numbers of occurrences.
    """

    tokens: NDArray[np.uint64]
    texts: NDArray[np.int32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.int32]
    syllables: Mapping[str, int]

    @classmethod
    def of(cls, texts: Sequence[str], abbreviations: Abbreviations) -> Postings:
        """The postings of the texts; text ``i`` is known by its place."""
        known, seen = _Hashes(), Counter[str]()
        tokens: list[NDArray[np.uint64]] = [np.zeros(0, np.uint64)]
        counts: list[NDArray[np.uint8]] = [np.zeros(0, np.uint8)]
        lengths = np.zeros(len(texts), dtype=np.int32)
        for place, text in enumerate(texts):
            here = cut(text, abbreviations)
            listed = here.tokens
            lengths[place] = len(listed)
            seen.update(here.folded)
            unique, times = np.unique(np.array([known[token] for token in listed], dtype=np.uint64), return_counts=True)
            tokens.append(unique)
            counts.append(np.minimum(times, _MOST_COUNTED).astype(np.uint8))
        places = np.repeat(np.arange(len(texts), dtype=np.int32), [len(unique) for unique in tokens[1:]])
        flat = np.concatenate(tokens)
        order = np.argsort(flat, kind="stable")
        syllables = {s: n for s, n in sorted(seen.items()) if s.isascii() and s.isalpha()}
        return cls(flat[order], places[order], np.concatenate(counts)[order], lengths, syllables)


@dataclass(frozen=True)
class WordIndex:
    """``hashes`` (sorted) of the tokens; the texts and counts of token ``i`` are at ``starts[i]`` to ``starts[i + 1]``.

    ``lengths`` are the numbers of tokens of the texts, ``syllables`` their folded syllables with the numbers of occurrences.
    """

    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    texts: NDArray[np.int32]
    counts: NDArray[np.uint8]
    lengths: NDArray[np.int32]
    syllables: Mapping[str, int]
    abbreviations: Abbreviations

    @classmethod
    def build(cls, texts: Sequence[str], abbreviations: Abbreviations = NO_ABBREVIATIONS) -> WordIndex:
        """Indexes the texts; text ``i`` is known by its place. Equal texts in equal order give an equal index."""
        return cls._of(Postings.of(texts, abbreviations), abbreviations)

    @classmethod
    def _of(cls, postings: Postings, abbreviations: Abbreviations) -> WordIndex:
        tokens = postings.tokens
        first = np.flatnonzero(np.concatenate([[True], tokens[1:] != tokens[:-1]])) if len(tokens) else np.zeros(0, np.int64)
        starts = np.append(first, len(tokens)).astype(np.int64)
        return cls(tokens[first], starts, postings.texts, postings.counts, postings.lengths, postings.syllables, abbreviations)

    def changed(self, places: NDArray[np.int32], added: Sequence[str], added_places: NDArray[np.int32]) -> WordIndex:
        """The index after text ``i`` has moved to ``places[i]`` (-1: it is gone) and ``added`` stand at ``added_places``.

        Texts that stay must keep their order. No text that stays is read again: the arrays are merged.
        """
        new = Postings.of(added, self.abbreviations)
        moved = places[self.texts]
        stay = moved >= 0
        tokens, texts = np.repeat(self.hashes, np.diff(self.starts))[stay], moved[stay]
        new_texts = added_places[new.texts]
        at = _insertion_points(tokens, texts, new.tokens, new_texts)
        lengths = np.zeros(int((places >= 0).sum()) + len(added), dtype=np.int32)
        lengths[places[places >= 0]] = self.lengths[places >= 0]
        lengths[added_places] = new.lengths
        gone = self._occurrences(~stay)
        syllables = Counter(self.syllables)
        syllables.subtract(gone)
        syllables.update(new.syllables)
        merged = Postings(
            np.insert(tokens, at, new.tokens),
            np.insert(texts, at, new_texts),
            np.insert(self.counts[stay], at, new.counts),
            lengths,
            {s: n for s, n in sorted(syllables.items()) if n > 0},
        )
        return WordIndex._of(merged, self.abbreviations)

    def _occurrences(self, chosen: NDArray[np.bool_]) -> dict[str, int]:
        """How often each syllable stands in the chosen postings."""
        if not chosen.any():
            return {}
        before = np.concatenate([[0], np.cumsum(np.where(chosen, self.counts, 0), dtype=np.int64)])
        found = {}
        for syllable in self.syllables:
            at = self.place(syllable)
            if at is not None and (times := int(before[self.starts[at + 1]] - before[self.starts[at]])):
                found[syllable] = times
        return found

    def save(self, folder: Path) -> None:
        """Writes the index into the (existing) ``folder``."""
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        lines = (f"{syllable} {times}\n" for syllable, times in self.syllables.items())
        (folder / _SYLLABLES).write_text("".join(lines), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, abbreviations: Abbreviations = NO_ABBREVIATIONS) -> WordIndex:
        """Maps a saved index into memory. Raises ``OSError`` or ``ValueError`` when files are missing or damaged."""
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r").view(np.ndarray) for name in _ARRAYS}
        lines = (folder / _SYLLABLES).read_text(encoding="utf-8").splitlines()
        syllables = {s: int(n) for s, n in (line.split(" ") for line in lines)}
        index = cls(**arrays, syllables=syllables, abbreviations=abbreviations)
        whole = len(index.starts) == len(index.hashes) + 1 and len(index.texts) == len(index.counts) == int(index.starts[-1])
        if not whole:
            raise ValueError("the arrays of the word index contradict each other")
        return index

    @property
    def size(self) -> int:
        """How many texts there are."""
        return len(self.lengths)

    @cached_property
    def _norms(self) -> NDArray[np.float32]:
        """What length adds to the saturation of each text."""
        mean = max(float(np.mean(self.lengths)), 1.0) if self.size else 1.0
        return np.asarray(K1 * (1 - B + B * self.lengths / mean), dtype=np.float32)

    @cached_property
    def _places(self) -> dict[str, int | None]:
        """The places of tokens asked for before: queries have the same words over and over."""
        return {}

    def place(self, token: str) -> int | None:
        """The place of a token in the vocabulary, or ``None``."""
        found = self._places.get(token, _UNKNOWN)
        if found == _UNKNOWN:
            wanted = np.uint64(_hash(token))
            at = int(np.searchsorted(self.hashes, wanted))
            found = at if at < len(self.hashes) and self.hashes[at] == wanted else None
            if len(self._places) >= _MOST_REMEMBERED:
                self._places.clear()
            self._places[token] = found
        return found

    def texts_with(self, token: str) -> int:
        """In how many texts the token stands."""
        at = self.place(token)
        return 0 if at is None else int(self.starts[at + 1] - self.starts[at])

    def _rarity(self, at: int) -> float:
        """The weight of a token for its rarity: the form of Lucene, never below 0."""
        with_it = int(self.starts[at + 1] - self.starts[at])
        return float(np.log(1 + (self.size - with_it + 0.5) / (with_it + 0.5)))

    @cached_property
    def _guessed(self) -> dict[tuple[str, ...], list[Guess]]:
        """The guesses of the last query, which is asked about several times."""
        return {}

    def guesses(self, asked: Cut) -> list[Guess]:
        """What syllables of the query that look mistyped may have been meant to be."""
        found = self._guessed.get(asked.folded)
        if found is None:
            found = guesses(asked.folded, self.syllables, self.texts_with)
            self._guessed.clear()
            self._guessed[asked.folded] = found
        return found

    def weights(self, asked: Cut, guessed: Iterable[Guess] = ()) -> dict[str, float]:
        """The tokens that the query is searched by, each with its weight; only tokens that some text has."""
        weights: dict[str, float] = defaultdict(float)
        for syllable, folded in zip(asked.syllables, asked.folded, strict=True):
            if syllable != folded:
                weights[folded] += 1 - ACCENT_WEIGHT
                weights[ACCENTED + syllable] += ACCENT_WEIGHT
            else:
                weights[folded] += 1
        for pair in asked.pairs:
            weights[pair] += 1
        for number in asked.numbers:
            weights[NUMBER + number] += NUMBER_WEIGHT
        for guess in guessed:
            for token in guess.tokens:
                weights[token] = max(weights[token], guess.weight)
        return {token: weight for token, weight in weights.items() if self.place(token) is not None}

    def search(self, query: str) -> NDArray[np.float32]:
        """The score of every text for the query; 0 for a text that has none of its words."""
        asked = cut(query, self.abbreviations)
        return self.score(self.weights(asked, self.guesses(asked)))

    def score(self, weights: Mapping[str, float]) -> NDArray[np.float32]:
        """The score of every text for the tokens with their weights."""
        total = np.zeros(self.size, dtype=np.float32)
        for token, weight in sorted(weights.items()):
            at = self.place(token)
            if at is not None:
                start, end = int(self.starts[at]), int(self.starts[at + 1])
                texts, gain = self.texts[start:end].astype(np.intp), self.counts[start:end].astype(np.float32)
                gain /= gain + self._norms.take(texts)
                gain *= np.float32(weight * self._rarity(at))
                total[texts] = total.take(texts) + gain  # no text twice; half the time of total[texts] += gain
        return total

    def covered(self, tokens: Iterable[str], places: Sequence[int]) -> NDArray[np.float32]:
        """The part of the ``tokens``, weighed by rarity, that stands in the texts at ``places`` (ascending)."""
        wanted = np.asarray(places, dtype=np.int64)
        found, most = np.zeros(len(wanted), dtype=np.float64), 0.0
        for at in sorted({at for token in tokens if (at := self.place(token)) is not None}):
            start, end = int(self.starts[at]), int(self.starts[at + 1])
            texts = self.texts[start:end]
            near = np.minimum(np.searchsorted(texts, wanted), len(texts) - 1)
            rarity = self._rarity(at)
            found += rarity * (texts[near] == wanted)
            most += rarity
        return np.asarray(found / most if most else found, dtype=np.float32)


def _insertion_points(
    tokens: NDArray[np.uint64], texts: NDArray[np.int32], new_tokens: NDArray[np.uint64], new_texts: NDArray[np.int32]
) -> NDArray[np.int64]:
    """Where the new postings go among the old ones, both sorted by token, then text; no new text is an old one."""
    first, last = np.searchsorted(tokens, new_tokens, "left"), np.searchsorted(tokens, new_tokens, "right")
    while (open_ := first < last).any():
        middle = (first + last) // 2
        before = np.zeros(len(first), dtype=np.bool_)
        before[open_] = texts[middle[open_]] < new_texts[open_]
        first = np.where(open_ & before, middle + 1, first)
        last = np.where(open_ & ~before, middle, last)
    return np.asarray(first, dtype=np.int64)
