"""The likeliest word at every place of many sentences at once: forward-backward over an n-gram model.

Rabiner 1989 for the recursions. Two passes keep it quick: with pairs of words over all candidates, then with triples over the few
candidates that the first pass leaves. Sentences of like length are worked on together, so that the loops run over places, not
words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from documents.restoration.syllable_model import BOUNDARY, SyllableModel

LONGEST = 100
"""Longer sentences are cut."""

KEPT = 5
"""Candidates that reach the second pass."""

_BATCH = 4096
"""Places worked on together."""

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Position:
    """The candidates at one place: word ids with their costs."""

    options: tuple[tuple[int, float], ...]


def posteriors(model: SyllableModel, sentences: Sequence[Sequence[Position]], weight: float) -> list[list[tuple[int, float]]]:
    """For every place of every sentence the best word id and its posterior probability.

    ``weight`` scales the costs of the candidates against the language model.
    """
    pieces = [(i, begin) for i, s in enumerate(sentences) for begin in range(0, len(s), LONGEST)]
    pieces.sort(key=lambda piece: -min(LONGEST, len(sentences[piece[0]]) - piece[1]))
    chosen: dict[tuple[int, int], list[tuple[int, float]]] = {}
    for batch in _batches(pieces, sentences):
        rows = [sentences[i][begin : begin + LONGEST] for i, begin in batch]
        chosen.update(zip(batch, _decode(model, rows, weight), strict=True))
    return [[pair for begin in range(0, len(s), LONGEST) for pair in chosen[i, begin]] for i, s in enumerate(sentences)]


def _batches(pieces: list[tuple[int, int]], sentences: Sequence[Sequence[Position]]) -> Iterator[list[tuple[int, int]]]:
    batch: list[tuple[int, int]] = []
    for i, begin in pieces:
        longest = min(LONGEST, len(sentences[batch[0][0]]) - batch[0][1]) if batch else 1
        if batch and (len(batch) + 1) * longest > _BATCH:
            yield batch
            batch = []
        batch.append((i, begin))
    if batch:
        yield batch


def _decode(model: SyllableModel, rows: list[Sequence[Position]], weight: float) -> list[list[tuple[int, float]]]:
    words, scores, there = _padded(rows, weight)
    share = _pair_pass(model, words, scores, there)
    top = np.argsort(-share, axis=2, kind="stable")[:, :, :KEPT]
    words, scores = np.take_along_axis(words, top, axis=2), np.take_along_axis(scores, top, axis=2)
    there = np.take_along_axis(there, top, axis=2) & (np.take_along_axis(share, top, axis=2) > 1e-4)
    share = _triple_pass(model, words, scores, there)
    best = share.argmax(axis=2)
    ids = np.take_along_axis(words, best[:, :, None], axis=2)[:, :, 0].tolist()
    sure = np.take_along_axis(share, best[:, :, None], axis=2)[:, :, 0].tolist()
    return [list(zip(ids[r][: len(row)], sure[r][: len(row)], strict=True)) for r, row in enumerate(rows)]


def _padded(rows: list[Sequence[Position]], weight: float) -> tuple[Ints, Floats, NDArray[np.bool_]]:
    """Arrays [sentence, place, candidate]: word ids, weights in 0..1, whether there is such a candidate.

    After its end a sentence is filled with sentence marks, which closes it.
    """
    length = max(len(row) for row in rows) + 1
    width = max(len(p.options) for row in rows for p in row)
    words = np.full((len(rows), length, width), BOUNDARY, dtype=np.int64)
    costs = np.full((len(rows), length, width), np.inf)
    costs[:, :, 0] = 0.0
    for r, row in enumerate(rows):
        for c, position in enumerate(row):
            n = len(position.options)
            words[r, c, :n] = [word for word, _ in position.options]
            costs[r, c, :n] = [cost for _, cost in position.options]
    there = np.isfinite(costs)
    return words, np.exp(-weight * (costs - costs.min(axis=2, keepdims=True))), there


def _normal(a: Floats) -> Floats:
    """Each sentence's values scaled to sum one (all even where they vanished)."""
    axes = tuple(range(1, a.ndim))
    total = a.sum(axis=axes, keepdims=True)
    return np.where(total > 0, a / np.where(total > 0, total, 1), 1.0 / np.prod(a.shape[1:]))


def _pair_pass(model: SyllableModel, words: Ints, scores: Floats, there: NDArray[np.bool_]) -> Floats:
    """Posterior shares of all candidates with pairs of words."""
    sentences, length, width = words.shape
    both = there[:, :-1, :, None] & there[:, 1:, None, :]
    u = np.broadcast_to(words[:, :-1, :, None], both.shape)[both]
    v = np.broadcast_to(words[:, 1:, None, :], both.shape)[both]
    step = np.zeros(both.shape)
    step[both] = np.exp(model.pair(u, v))
    start = np.where(
        there[:, 0],
        np.exp(model.pair(np.zeros(sentences * width, dtype=np.int64), words[:, 0].ravel())).reshape(sentences, width),
        0,
    )
    forward = np.zeros(words.shape)
    forward[:, 0] = _normal(start * scores[:, 0])
    for t in range(1, length):
        forward[:, t] = _normal(np.einsum("sa,sab->sb", forward[:, t - 1], step[:, t - 1]) * scores[:, t])
    backward = np.ones(words.shape)
    for t in range(length - 2, -1, -1):
        backward[:, t] = _normal(np.einsum("sab,sb->sa", step[:, t], backward[:, t + 1] * scores[:, t + 1]))
    share = forward * backward * there
    return share / np.maximum(share.sum(axis=2, keepdims=True), 1e-300)


def _triple_pass(model: SyllableModel, words: Ints, scores: Floats, there: NDArray[np.bool_]) -> Floats:
    """Posterior shares of the remaining candidates with triples of words; the state is a pair of neighbours."""
    sentences, length, width = words.shape
    mark = np.zeros((sentences, 1, width), dtype=np.int64)
    only = np.zeros((sentences, 1, width), dtype=bool)
    only[:, :, 0] = True
    words, there = np.concatenate([mark, words], axis=1), np.concatenate([only, there], axis=1)
    scores = np.concatenate([only.astype(float), scores], axis=1) * there
    first = _table(model, words[:, :2], there[:, :2])
    step = _table(model, words, there) if length >= 2 else None
    forward = [_normal(first[:, 0] * scores[:, 1][:, None, :])]
    for t in range(2, length + 1):
        assert step is not None
        forward.append(_normal(np.einsum("sab,sabc->sbc", forward[-1], step[:, t - 2]) * scores[:, t][:, None, :]))
    shares = np.zeros((sentences, length, width))
    backward = np.ones((sentences, width, width))
    for t in range(length, 0, -1):
        shares[:, t - 1] = (forward[t - 1] * backward).sum(axis=1)
        if t > 1:
            assert step is not None
            backward = _normal(np.einsum("sabc,sbc->sab", step[:, t - 2], backward * scores[:, t][:, None, :]))
    shares *= there[:, 1:]
    return shares / np.maximum(shares.sum(axis=2, keepdims=True), 1e-300)


def _table(model: SyllableModel, words: Ints, there: NDArray[np.bool_]) -> Floats:
    """Probabilities of the last word for all neighbouring pairs (two places given) or triples (more places)."""
    if words.shape[1] == 2:
        both = there[:, :-1, :, None] & there[:, 1:, None, :]
        table = np.zeros(both.shape)
        u = np.broadcast_to(words[:, :-1, :, None], both.shape)[both]
        v = np.broadcast_to(words[:, 1:, None, :], both.shape)[both]
        table[both] = np.exp(model.pair(u, v))
        return table
    three = there[:, :-2, :, None, None] & there[:, 1:-1, None, :, None] & there[:, 2:, None, None, :]
    table = np.zeros(three.shape)
    u, v, w = (
        np.broadcast_to(a, three.shape)[three]
        for a in (words[:, :-2, :, None, None], words[:, 1:-1, None, :, None], words[:, 2:, None, None, :])
    )
    table[three] = np.exp(model.triple(u, v, w))
    return table
