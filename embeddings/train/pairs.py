"""Training pairs: what a searcher might write, and the text that it should find.

All texts are cut into vector rows once, each in several spellings (as written, without accents, damaged); pairs are then put
together from sentences by index, which costs next to nothing and never gives the same epoch twice. A batch is filled with runs
of articles of one law, so that the other texts of a batch, which serve as wrong answers, are close to the right one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

import numpy as np
from numpy.typing import NDArray
from tokenizers import Tokenizer

from documents.text import fold
from embeddings.train.articles import Article

Rows = NDArray[np.int32]
Noise = Callable[[str, Random], str]

LONGEST = 160
"""Tokens of the longest text in a pair."""

RUN = 16
"""Articles of one law in a row within a batch."""


@dataclass(frozen=True, slots=True)
class Mix:
    """How pairs are made: the part of anchors that are titles, of the others that are words out of a sentence.

    ``positive`` are the fewest and the most tokens of the text to be found, ``left_out`` how often it lacks the anchor's own
    sentence, ``titled`` how often it has its title before it (for titles, for sentences). ``dropped`` is the part of an anchor's
    tokens that are left out, ``asked`` how often it is put as a question, ``led`` how often words of the title stand before it.
    """

    titles: float = 0.35
    words: float = 0.40
    longest_words: int = 20
    positive: tuple[int, int] = (12, LONGEST)
    left_out: float = 0.6
    titled: tuple[float, float] = (0.4, 0.6)
    dropped: float = 0.0
    asked: float = 0.0
    led: float = 0.0


TEXTS = Mix()
"""For learning what belongs together: titles and sentences against long runs of text."""

QUESTIONS = Mix(
    titles=0.2,
    words=0.6,
    longest_words=28,
    positive=(12, 56),
    left_out=0.35,
    titled=(0.6, 0.8),
    dropped=0.15,
    asked=0.6,
    led=0.25,
)
"""For learning to answer questions: incomplete sentences with a question's words, against texts as long as those of the index."""


@dataclass(frozen=True, slots=True)
class Spelling:
    """All sentences in one spelling, one after the other; sentence ``i`` is ``rows[starts[i] : starts[i + 1]]``."""

    rows: Rows
    starts: NDArray[np.int64]

    def __getitem__(self, sentence: int) -> Rows:
        """The vector rows of a sentence."""
        return self.rows[self.starts[sentence] : self.starts[sentence + 1]]


def spelled(texts: Sequence[str], tokenizer: Tokenizer, mapping: NDArray[np.int32], noise: Noise | None, seed: int) -> Spelling:
    """The texts cut into vector rows, after ``noise`` if there is any."""
    random, parts, lengths = Random(seed), [], []
    for start in range(0, len(texts), 8192):
        batch = texts[start : start + 8192]
        damaged = [noise(text, random) for text in batch] if noise else batch
        for encoding in tokenizer.encode_batch_fast(damaged, add_special_tokens=False):
            parts.append(mapping[np.asarray(encoding.ids, dtype=np.int64)])
            lengths.append(len(encoding.ids))
    return Spelling(np.concatenate(parts), np.concatenate([[0], np.cumsum(lengths)]))


@dataclass(frozen=True, slots=True)
class Pairs:
    """Draws batches of (anchor, positive) from articles.

    ``first[a]`` is the title's sentence number of article ``a``, its body follows up to ``first[a + 1]``; ``groups`` are the
    articles of each law in order; ``anchor_share`` and ``positive_share`` give the part of each spelling.
    """

    spellings: tuple[Spelling, ...]
    first: NDArray[np.int64]
    groups: tuple[NDArray[np.int64], ...]
    anchor_share: tuple[float, ...]
    positive_share: tuple[float, ...]
    openings: tuple[Rows, ...] = ()
    endings: tuple[Rows, ...] = ()

    def batch(self, size: int, random: np.random.Generator, mix: Mix = TEXTS) -> tuple[list[Rows], list[Rows]]:
        """``size`` pairs; groups are drawn in proportion to their articles."""
        weights = np.array([len(group) for group in self.groups], dtype=np.float64)
        chosen: list[int] = []
        for group in random.choice(len(self.groups), size=-(-size // RUN), p=weights / weights.sum()):
            members = self.groups[group]
            start = int(random.integers(max(1, len(members) - RUN + 1)))
            chosen.extend(members[start : start + RUN].tolist())
        while len(chosen) < size:
            chosen.append(int(random.integers(len(self.first) - 1)))
        pairs = [self._pair(article, random, mix) for article in chosen[:size]]
        return [anchor for anchor, _ in pairs], [positive for _, positive in pairs]

    def _pair(self, article: int, random: np.random.Generator, mix: Mix) -> tuple[Rows, Rows]:
        """One pair from one article: its title, or words or sentences of it, against a run of its other sentences."""
        title, end = int(self.first[article]), int(self.first[article + 1])
        written = self.spellings[random.choice(len(self.spellings), p=self.anchor_share)]
        found = self.spellings[random.choice(len(self.spellings), p=self.positive_share)]
        size = end - title - 1
        kind = random.random()
        if size == 1 or kind < mix.titles:
            body = self._run(found, title + 1, end, None, random, mix)
            anchor = self._asked(written[title], None, random, mix)
            return anchor, self._titled(found, title, body, mix.titled[0], random)
        sentence = int(random.integers(title + 1, end))
        anchor = written[sentence]
        if kind < mix.titles + mix.words and len(anchor) > 6:
            length = int(random.integers(4, min(len(anchor), mix.longest_words)))
            start = int(random.integers(len(anchor) - length + 1))
            anchor = anchor[start : start + length]
        left_out = sentence if random.random() < mix.left_out else None
        body = self._run(found, title + 1, end, left_out, random, mix, around=sentence)
        return self._asked(anchor, written[title], random, mix), self._titled(found, title, body, mix.titled[1], random)

    def _asked(self, anchor: Rows, title: Rows | None, random: np.random.Generator, mix: Mix) -> Rows:
        """The anchor as somebody would ask for it: words of the title before, some words missing, the words of a question."""
        if mix.led and title is not None and len(title) and random.random() < mix.led:
            start = int(random.integers(len(title)))
            anchor = np.concatenate([title[start : start + int(random.integers(2, 6))], anchor])
        if mix.dropped and len(anchor) > 4:
            anchor = anchor[random.random(len(anchor)) >= mix.dropped]
        if mix.asked and self.endings and random.random() < mix.asked:
            before = self.openings[int(random.integers(len(self.openings)))] if random.random() < 0.5 else anchor[:0]
            after = self.endings[int(random.integers(len(self.endings)))] if random.random() < 0.8 else anchor[:0]
            return np.concatenate([before, anchor[: LONGEST - len(before) - len(after)], after])
        return anchor[:LONGEST]

    def _titled(self, found: Spelling, title: int, body: Rows, share: float, random: np.random.Generator) -> Rows:
        """The body, with the title before it in ``share`` of the cases."""
        return (np.concatenate([found[title], body]) if random.random() < share else body)[:LONGEST]

    def _run(
        self,
        found: Spelling,
        start: int,
        end: int,
        left_out: int | None,
        random: np.random.Generator,
        mix: Mix,
        around: int | None = None,
    ) -> Rows:
        """Consecutive sentences up to a length drawn at random, through ``around`` if given, without ``left_out``."""
        wanted = int(random.integers(*mix.positive))
        at = int(random.integers(start, end)) if around is None else max(start, around - int(random.integers(0, 3)))
        parts: list[Rows] = []
        length = 0
        for sentence in (*range(at, end), *range(at - 1, start - 1, -1)):
            if sentence == left_out:
                continue
            part = found[sentence]
            parts = [part, *parts] if sentence < at else [*parts, part]
            length += len(part)
            if length >= wanted:
                break
        return np.concatenate(parts) if parts else found[start]


def pairs(
    articles: Sequence[Article],
    tokenizer: Tokenizer,
    mapping: NDArray[np.int32],
    noises: Sequence[tuple[Noise | None, float, float]],
    seed: int,
    openings: Sequence[str] = (),
    endings: Sequence[str] = (),
) -> Pairs:
    """Cuts the articles in every spelling; ``noises`` gives each its share of the anchors and of the positives.

    ``openings`` and ``endings`` are words that make a question of a statement.
    """
    texts = [text for article in articles for text in (article.title, *article.sentences)]
    first = np.concatenate([[0], np.cumsum([1 + len(article.sentences) for article in articles])])
    members: dict[str, list[int]] = {}
    for number, article in enumerate(articles):
        members.setdefault(article.group, []).append(number)
    return Pairs(
        tuple(spelled(texts, tokenizer, mapping, noise, seed + i) for i, (noise, _, _) in enumerate(noises)),
        first,
        tuple(np.array(numbers) for numbers in members.values()),
        tuple(share for _, share, _ in noises),
        tuple(share for _, _, share in noises),
        _cut_both(openings, tokenizer, mapping),
        _cut_both(endings, tokenizer, mapping),
    )


def _cut_both(phrases: Sequence[str], tokenizer: Tokenizer, mapping: NDArray[np.int32]) -> tuple[Rows, ...]:
    """The vector rows of each phrase, as written and without accents."""
    spellings = [spelling for phrase in phrases for spelling in (phrase, fold(phrase))]
    encodings = tokenizer.encode_batch_fast(spellings, add_special_tokens=False)
    return tuple(mapping[np.asarray(encoding.ids, dtype=np.int64)] for encoding in encodings)
