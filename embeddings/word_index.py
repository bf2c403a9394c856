"""The word index: BM25 (Robertson and Zaragoza 2009) over search tokens, kept as a plain folder of arrays.

bm25s works the score of each token in each text out while indexing; searching is then adding up the columns of the query's
tokens, which needs numpy alone. The vocabulary is a sorted array of 64-bit token hashes, so that opening an index of any size
maps files into memory and parses nothing. (Of 10 million different tokens any two share a hash with a chance of 3 in a million.)
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.tokens import ACCENTED, NO_ABBREVIATIONS, NUMBER, PAIR, Abbreviations, Cut, cut

K1, B = 0.9, 0.6
"""Saturation and length normalisation; measured on law articles and plans, where repetition says little (docs/search.md)."""

NUMBER_WEIGHT = 3.0
"""A document number in a query is nearly always what is wanted, above all other words."""

ACCENT_WEIGHT = 0.5
"""Part of a syllable's weight that asks for the same accents, when the query has accents."""

GUESS_WEIGHT = 0.4
"""Weight of a known syllable that stands in for a mistyped one."""

MOST_GUESSES = 3

_ARRAYS = ("hashes", "starts", "texts", "scores")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def _hash(token: str) -> int:
    return int.from_bytes(blake2b(token.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "little")


def _one_edit_away(word: str) -> set[str]:
    """Every string one slip away: a letter lost, doubled or added, changed, or two swapped (Norvig 2007)."""
    halves = [(word[:i], word[i:]) for i in range(len(word) + 1)]
    return {
        *(a + b[1:] for a, b in halves if b),
        *(a + b[1] + b[0] + b[2:] for a, b in halves if len(b) > 1),
        *(a + c + b[1:] for a, b in halves if b for c in _LETTERS),
        *(a + c + b for a, b in halves for c in _LETTERS),
    } - {word}


@dataclass(frozen=True)
class WordIndex:
    """``hashes`` (sorted) of the tokens; the texts and scores of token ``i`` are at ``starts[i]`` to ``starts[i + 1]``.

    ``syllables`` are the folded syllables of the texts, for guessing what a mistyped one was meant to be.
    """

    hashes: NDArray[np.uint64]
    starts: NDArray[np.int64]
    texts: NDArray[np.int32]
    scores: NDArray[np.float32]
    size: int
    abbreviations: Abbreviations
    folder: Path | None = None
    known: Mapping[str, int] | None = None

    @classmethod
    def build(cls, texts: Sequence[str], abbreviations: Abbreviations = NO_ABBREVIATIONS) -> WordIndex:
        """Indexes the texts; text ``i`` is known by its place. Equal texts in equal order give an equal index."""
        numbers: dict[str, int] = {}
        lines = [[numbers.setdefault(token, len(numbers)) for token in cut(text, abbreviations).tokens] for text in texts]
        if not numbers:
            empty: dict[str, Any] = {"texts": np.zeros(0, np.int32), "scores": np.zeros(0, np.float32)}
            return cls(
                np.zeros(0, np.uint64), np.zeros(1, np.int64), size=len(texts), abbreviations=abbreviations, known={}, **empty
            )
        hashes = np.array([_hash(name) for name in numbers], dtype=np.uint64)
        order = np.argsort(hashes)
        rank = np.empty(len(order), dtype=np.int64)
        rank[order] = np.arange(len(order))
        names = list(numbers)
        syllables = Counter({name: 0 for name in names if name.isascii() and name.isalpha()})
        for line in lines:
            syllables.update(name for i in line if (name := names[i]) in syllables)
        import bm25s

        model = bm25s.BM25(k1=K1, b=B, method="lucene")
        ranked = [rank[line].tolist() for line in lines]
        vocabulary = dict(zip(names, rank.tolist(), strict=True))
        model.index(bm25s.tokenization.Tokenized(ranked, vocabulary), show_progress=False)
        matrix = model.scores
        return cls(
            hashes[order],
            matrix["indptr"].astype(np.int64),
            matrix["indices"].astype(np.int32),
            matrix["data"].astype(np.float32),
            len(texts),
            abbreviations,
            known=dict(syllables),
        )

    def save(self, folder: Path) -> None:
        """Writes the index into the (existing) ``folder``."""
        for name in _ARRAYS:
            np.save(folder / f"{name}.npy", getattr(self, name))
        listed = sorted(self.syllables.items())
        (folder / "syllables.txt").write_text("".join(f"{s} {n}\n" for s, n in listed), encoding="utf-8")
        (folder / "size.txt").write_text(f"{self.size}\n", encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, abbreviations: Abbreviations = NO_ABBREVIATIONS) -> WordIndex:
        """Maps a saved index into memory. Raises ``OSError`` or ``ValueError`` when files are missing or damaged."""
        arrays = {name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _ARRAYS}
        size = int((folder / "size.txt").read_text(encoding="utf-8"))
        return cls(**arrays, size=size, abbreviations=abbreviations, folder=folder)

    @cached_property
    def syllables(self) -> Mapping[str, int]:
        """The folded syllables of the texts with their numbers of occurrences; read from the folder when first needed."""
        if self.known is not None:
            return self.known
        assert self.folder is not None
        lines = (self.folder / "syllables.txt").read_text(encoding="utf-8").splitlines()
        return {s: int(n) for s, n in (line.split(" ") for line in lines)}

    def place(self, token: str) -> int | None:
        """The place of a token in the vocabulary, or ``None``."""
        wanted = np.uint64(_hash(token))
        at = int(np.searchsorted(self.hashes, wanted))
        return at if at < len(self.hashes) and self.hashes[at] == wanted else None

    def weights(self, query: str) -> dict[str, float]:
        """The tokens that the query is searched by, each with its weight; only tokens that some text has."""
        asked = cut(query, self.abbreviations)
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
        found = {token: weight for token, weight in weights.items() if self.place(token) is not None}
        for token, weight in self._guesses(asked, found).items():
            found[token] = found.get(token, 0.0) + weight
        return found

    def _guesses(self, asked: Cut, found: Mapping[str, float]) -> dict[str, float]:
        """Known syllables, and pairs with their neighbours, in place of those that are likely slips.

        A syllable that no text has is a slip, and any known one an edit away may be meant. One that texts have, but never beside
        either neighbour, may be a slip too ("hồ si cấp độ"): then only a syllable that texts have beside all neighbours counts.
        """
        guesses: dict[str, float] = {}
        for i, syllable in enumerate(asked.folded):
            if not syllable.isascii() or not syllable.isalpha() or len(syllable) < 2:
                continue
            before = asked.folded[i - 1] if i else ""
            after = asked.folded[i + 1] if i + 1 < len(asked.folded) else ""
            if syllable in found and (not (before or after) or self._pairs(before, syllable, after)):
                continue
            needed = bool(before) + bool(after) if syllable in found else 0
            ranked = [
                (-len(pairs), -self.syllables[guess], guess, pairs)
                for guess in _one_edit_away(syllable) & self.syllables.keys()
                if len(pairs := self._pairs(before, guess, after)) >= needed
            ]
            for _, _, guess, pairs in sorted(ranked)[:MOST_GUESSES]:
                if pairs or not any(other[3] for other in ranked):
                    guesses |= dict.fromkeys([guess, *pairs], GUESS_WEIGHT)
        return guesses

    def _pairs(self, before: str, syllable: str, after: str) -> list[str]:
        """The pairs of ``syllable`` with its neighbours (either may be empty) that some text has."""
        pairs = ([before + PAIR + syllable] if before else []) + ([syllable + PAIR + after] if after else [])
        return [pair for pair in pairs if self.place(pair) is not None]

    def search(self, query: str) -> NDArray[np.float32]:
        """The score of every text for the query; 0 for a text that has none of its words."""
        total = np.zeros(self.size, dtype=np.float32)
        for token, weight in sorted(self.weights(query).items()):
            at = self.place(token)
            if at is not None:
                start, end = int(self.starts[at]), int(self.starts[at + 1])
                total[self.texts[start:end]] += np.float32(weight) * self.scores[start:end]
        return total
