"""The parts of passages: what gets a vector each, under which id, and which passage it belongs to.

A passage has a vector of the whole and one of each run of its sentences: a question asks for one of them, not for their mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from embeddings.model import EmbeddingModel, StaticModel, Vectors, unit
from embeddings.passage import Passage
from embeddings.vector_index import Ids, stable_ids

PART_WORDS = 25
"""Words of a part of a passage that gets a vector of its own, beside the vector of the whole."""

_BATCH = 1024
_SENTENCE = re.compile(r"\n+|(?<=[.;:!?])\s+")


def around(passage: Passage) -> str:
    """The document's title and the headings, without which "Đơn vị chủ trì báo cáo hằng quý." means nothing."""
    return " ".join(part for part in (passage.title, passage.context) if part)


def runs(passage: Passage) -> list[str]:
    """The text of the passage as runs of sentences of about ``PART_WORDS`` words; none when one run is all of it."""
    found = []
    run: list[str] = []
    for sentence in _SENTENCE.split(passage.text):
        run.extend(sentence.split())
        if len(run) >= PART_WORDS:
            found.append(" ".join(run))
            run = []
    if run:
        found.append(" ".join(run))
    return found if len(found) > 1 else []


def parts(passage: Passage) -> list[str]:
    """The texts of a passage that get a vector each: the whole, and each run of sentences below the headings."""
    above = around(passage)
    return [passage.searched, *(f"{above} {run}".strip() for run in runs(passage))]


def encoded(passages: Sequence[Passage], model: EmbeddingModel) -> tuple[NDArray[np.float16], NDArray[np.int64]]:
    """The vectors of all parts of the passages, in order, and how many parts each passage has."""
    vectors: list[NDArray[np.float16]] = [np.zeros((0, model.dimension), np.float16)]
    counts: list[int] = []
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        counts += [1 + len(runs(passage)) for passage in batch]
        if isinstance(model, StaticModel):
            made = _added_up(batch, model)
        else:
            made = model.encode([text for passage in batch for text in parts(passage)])
        vectors.append(made.astype(np.float16))
    return np.concatenate(vectors), np.array(counts, dtype=np.int64)


def likely_queries(passages: Sequence[Passage], model: EmbeddingModel, count: int = 200) -> Vectors:
    """The vectors of queries such as passages are found by: some of the words of about ``count`` of them."""
    chosen = passages[:: max(1, len(passages) // count)]
    texts = [" ".join(passage.text.split()[3:13]) for passage in chosen]
    return np.array([model.encode_query(text) for text in texts], dtype=np.float32).reshape(len(texts), -1)


def _added_up(passages: Sequence[Passage], model: StaticModel) -> Vectors:
    """The vectors of the parts by a static model, whose vectors are sums: nothing is cut into pieces twice."""
    texts: list[str] = []
    shape: list[tuple[int, int]] = []  # for each passage the number of its runs, and whether it has details
    for passage in passages:
        own = runs(passage)
        texts += [around(passage), *(own or [passage.text]), *([passage.details] if passage.details else [])]
        shape.append((len(own), bool(passage.details)))
    sums = model.sums(texts)
    out = np.empty((sum(count + 1 for count, _ in shape), model.dimension), dtype=np.float32)
    read = written = 0
    for count, details in shape:
        texts_read = 1 + max(count, 1) + details
        above, below = sums[read], sums[read + 1 : read + texts_read]
        out[written] = above + below.sum(axis=0)
        out[written + 1 : written + 1 + count] = above + below[:count]
        read += texts_read
        written += count + 1
    return unit(out)


@dataclass(frozen=True)
class Parts:
    """The ids of the parts of all passages in order; those of passage ``p`` stand from ``starts[p]`` to ``starts[p + 1]``."""

    ids: Ids
    starts: NDArray[np.int64]

    @classmethod
    def of(cls, passages: Sequence[Passage], counts: NDArray[np.int64], taken: Collection[int] = ()) -> Parts:
        """Ids for the parts of the passages, none of which is ``taken``."""
        names = [f"{p.id}\0{number}" for p, count in zip(passages, counts.tolist(), strict=True) for number in range(count)]
        ids = stable_ids(names, taken)
        return cls(np.array([ids[name] for name in names], dtype=np.int64), np.concatenate([[0], np.cumsum(counts)]))

    @classmethod
    def open(cls, folder: Path) -> Parts:
        """Reads what :meth:`save` wrote."""
        return cls(*(np.load(folder / f"part_{name}.npy", mmap_mode="r").view(np.ndarray) for name in ("ids", "starts")))

    def save(self, folder: Path) -> None:
        """Writes the arrays into the (existing) ``folder``."""
        for name in ("ids", "starts"):
            np.save(folder / f"part_{name}.npy", getattr(self, name))

    @property
    def counts(self) -> NDArray[np.int64]:
        """How many parts each passage has."""
        return np.diff(self.starts)

    def of_places(self, places: Sequence[int]) -> tuple[Ids, NDArray[np.int64]]:
        """The ids of all parts of the passages at ``places``, and for each the number of its passage in ``places``."""
        wanted = np.asarray(places, dtype=np.int64)
        counts = self.counts[wanted]
        owners = np.repeat(np.arange(len(wanted)), counts)
        within = np.arange(len(owners)) - np.repeat(np.cumsum(counts) - counts, counts)
        return np.asarray(self.ids[self.starts[wanted][owners] + within]), owners

    def places_of(self, ids: Ids) -> NDArray[np.int64]:
        """The places of the passages that the parts with these ids belong to."""
        ordered, order = self._by_id
        return np.searchsorted(self.starts, order[np.searchsorted(ordered, ids)], "right") - 1

    @cached_property
    def _by_id(self) -> tuple[Ids, NDArray[np.int64]]:
        order = np.argsort(self.ids, kind="stable")
        return np.asarray(self.ids)[order], order

    def changed(self, places: NDArray[np.int32], added: Parts, added_places: NDArray[np.int32]) -> Parts:
        """The parts after passage ``i`` has moved to ``places[i]`` (-1: gone) and ``added`` have come to ``added_places``."""
        counts = np.zeros(int((places >= 0).sum()) + len(added_places), dtype=np.int64)
        counts[places[places >= 0]] = self.counts[places >= 0]
        counts[added_places] = added.counts
        starts = np.concatenate([[0], np.cumsum(counts)])
        ids = np.empty(int(starts[-1]), dtype=np.int64)
        for old, where in ((self, places), (added, added_places)):
            stay = np.repeat(where >= 0, old.counts)
            to = np.repeat(starts[where] - old.starts[:-1], old.counts) + np.arange(len(old.ids))
            ids[to[stay]] = old.ids[stay]
        return Parts(ids, starts)
