"""The vector index: unit vectors under ids that stay the same for the life of a passage, searched with FAISS.

An id is a hash of the vector's name, so the same name has the same id in every index, on every machine. Up to ``FLAT_MOST``
vectors all are compared (``IndexFlatIP``). More are found by short codes (:class:`Codes`), of whose nearest as many are compared
exactly as it takes to find ``LEAST_RECALL`` of what comparing all would find, measured when the codes are learned; for that the
vectors lie beside them in 16 bits, mapped into memory.

The files carry the fingerprint of the model whose vectors they hold, and are refused with another one.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Sequence
from functools import cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.model import Vectors

Ids = NDArray[np.int64]

FLAT_MOST = 50_000
"""Most vectors that are compared one by one: a few milliseconds for a query."""

LEAST_RECALL = 0.98
"""Part of the nearest vectors that a search by codes must find."""

GROWTH = 2
"""When an index has grown so many times, its codes are learned again."""

_TRIED, _NEAREST, _BLOCK, _SAMPLE, _NUMBERS_A_CODE = 100, 100, 65_536, 16_384, 2
_EXACT, _IDS, _FACTS, _CODES, _TRAINED = "vectors.npy", "vector_ids.npy", "vectors.json", "vectors.faiss", "vectors.trained"


class OtherModel(ValueError):
    """Vectors of one model asked for with another; the message is Vietnamese, for the user."""


class DamagedIndex(ValueError):
    """An index file that cannot be read; the message is Vietnamese, for the user."""


def _hash(name: str, attempt: int) -> int:
    """A hash of the name in 63 bits, so that it fits FAISS's signed ids; a further attempt gives another one."""
    data = name.encode("utf-8", "surrogatepass") + (b"\0%d" % attempt if attempt else b"")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little") & (2**63 - 1)


def stable_ids(names: Iterable[str], taken: Collection[int] = ()) -> dict[str, int]:
    """An id per name, none of them ``taken``; otherwise it depends on the set of names only: the first in order comes first."""
    used = set(taken)
    ids: dict[str, int] = {}
    for name in sorted(set(names)):
        attempt = 0
        while _hash(name, attempt) in used:
            attempt += 1
        ids[name] = _hash(name, attempt)
        used.add(ids[name])
    return ids


def dots(vectors: NDArray[np.floating[Any]], vector: Vectors) -> NDArray[np.float32]:
    """The inner product of each of the vectors with ``vector``, added up in one order whichever other vectors there are."""
    return np.asarray(np.einsum("ij,j->i", vectors.astype(np.float32, copy=False), vector), dtype=np.float32)


class VectorIndex:
    """Unit vectors under stable ids, searched by inner product (the cosine)."""

    def __init__(self, exact: NDArray[np.float16], ids: Ids, fingerprint: str, codes: Codes | None = None) -> None:
        """Takes vectors and their ids, and their codes when there are any; use :meth:`empty` or :meth:`open`."""
        self._exact, self._ids, self._codes = exact, ids, codes
        self.fingerprint = fingerprint

    @classmethod
    def empty(cls, dimension: int, fingerprint: str) -> VectorIndex:
        """An index without vectors for the model with this fingerprint."""
        return cls(np.zeros((0, dimension), np.float16), np.zeros(0, np.int64), fingerprint)

    def __len__(self) -> int:
        """How many vectors there are."""
        return len(self._ids)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._exact.shape[1])

    @property
    def is_flat(self) -> bool:
        """Whether a search compares all vectors."""
        return self._codes is None

    def require(self, fingerprint: str) -> None:
        """Raises :class:`OtherModel` unless the vectors are of the model with this fingerprint."""
        if fingerprint != self.fingerprint:
            raise OtherModel(
                "Chỉ mục vectơ được lập bằng mô hình khác "
                f"(chỉ mục: {self.fingerprint[:12]}, mô hình đang dùng: {fingerprint[:12]}). "
                "Hãy lập lại chỉ mục: cancu rebuild"
            )

    def add(self, ids: Sequence[int] | Ids, vectors: NDArray[np.floating[Any]], asked: Vectors | None = None) -> None:
        """Adds vectors under their ids. Raises ``ValueError`` when an id is there already or given twice.

        ``asked`` are vectors of likely queries, by which a large index finds out how many it must compare exactly.
        """
        numbers = np.asarray(ids, dtype=np.int64)
        if len(np.unique(numbers)) != len(numbers) or np.isin(numbers, self._ids).any():
            raise ValueError("an id is in the index already")
        if not len(numbers):
            return
        new = np.asarray(vectors, dtype=np.float16)
        self._exact, self._ids = np.concatenate([self._exact, new]), np.concatenate([self._ids, numbers])
        self._forget()
        if self._codes is not None and len(self) <= GROWTH * self._codes.trained_with:
            self._codes.add(new)
        else:
            self._codes = Codes.build(self._exact, asked) if len(self) > FLAT_MOST else None

    def remove(self, ids: Sequence[int] | Ids) -> int:
        """Removes the vectors with these ids; returns how many there were."""
        gone = np.isin(self._ids, np.asarray(ids, dtype=np.int64))
        if self._codes is not None and gone.any():
            self._codes.remove(np.flatnonzero(gone))
        self._exact, self._ids = self._exact[~gone], self._ids[~gone]
        self._forget()
        if len(self) <= FLAT_MOST:
            self._codes = None
        return int(gone.sum())

    def _forget(self) -> None:
        """What was worked out from the vectors holds no longer."""
        for name in ("_flat", "_by_id"):
            self.__dict__.pop(name, None)

    @cached_property
    def _flat(self) -> Any:
        import faiss

        faiss.omp_set_num_threads(1)  # one query is one core's work; more threads would only get in the way of other requests
        index = faiss.IndexIDMap2(faiss.IndexFlatIP(self.dimension))
        index.add_with_ids(np.ascontiguousarray(self._exact, dtype=np.float32), np.ascontiguousarray(self._ids))
        return index

    @cached_property
    def _by_id(self) -> tuple[Ids, NDArray[np.intp]]:
        """The ids in ascending order, and the row of each."""
        order = np.argsort(self._ids, kind="stable")
        return np.asarray(self._ids)[order], order

    def ids(self) -> Ids:
        """The ids in the order of the vectors."""
        return np.asarray(self._ids)

    def vectors(self, ids: Sequence[int] | Ids) -> Vectors:
        """The vectors with these ids. Raises ``KeyError`` for an id that is not there."""
        numbers = np.asarray(ids, dtype=np.int64)
        ordered, order = self._by_id
        at = np.minimum(np.searchsorted(ordered, numbers), max(len(ordered) - 1, 0))
        if len(numbers) and (not len(ordered) or (ordered[at] != numbers).any()):
            raise KeyError("an id is not in the index")
        return np.asarray(self._exact[order[at]] if len(numbers) else self._exact[:0], dtype=np.float32)

    def search(self, vector: Vectors, k: int) -> tuple[Ids, NDArray[np.float32]]:
        """The ids of the ``k`` nearest vectors and their cosines, nearest first; fewer when there are fewer."""
        wanted = min(k, len(self))
        if wanted <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        asked = np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1)
        if self._codes is None:
            cosines, ids = self._flat.search(asked, wanted)
            return ids[0], cosines[0]
        rows = np.sort(self._codes.search(asked, wanted))
        cosines = dots(self._exact[rows], asked[0])
        found = np.asarray(self._ids[rows])
        order = np.lexsort((found, -cosines))[:wanted]
        return found[order], cosines[order]

    def save(self, folder: Path) -> None:
        """Writes the index into the (existing) ``folder``."""
        np.save(folder / _EXACT, self._exact)
        np.save(folder / _IDS, self._ids)
        if self._codes is not None:
            self._codes.save(folder)
        facts = {"fingerprint": self.fingerprint, "dimension": self.dimension, "vectors": len(self), "flat": self.is_flat}
        (folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        """Opens a saved index. Raises :class:`DamagedIndex` when the files are missing or contradict each other."""
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            exact, ids = (np.load(folder / name, mmap_mode="r").view(np.ndarray) for name in (_EXACT, _IDS))
            codes = None if facts["flat"] else Codes.open(folder)
            whole = exact.shape == (facts["vectors"], facts["dimension"]) and len(ids) == facts["vectors"]
            index = cls(exact, ids, facts["fingerprint"], codes)
        except (OSError, ValueError, KeyError, TypeError, RuntimeError, EOFError) as error:
            raise DamagedIndex(f"Không đọc được chỉ mục vectơ trong {folder}: {error}") from error
        if not whole or (codes is not None and len(codes) != len(index)):
            raise DamagedIndex(f"Chỉ mục vectơ trong {folder} không khớp với mô tả của nó; hãy lập lại: cancu rebuild")
        return index


class Codes:
    """Vectors shortened to half a byte for every two numbers (product quantisation, Jégou, Douze and Schmid 2011).

    FAISS compares 32 of them at a time by tables held in registers (André, Kermarrec and Le Scouarnec 2015): all of 250,000 in
    2 ms, which no choice of inverted lists came near at the same recall (docs/search.md).
    """

    def __init__(self, index: Any, trained_with: int, depth: int) -> None:
        """Wraps a FAISS index trained with so many vectors, and how many of its nearest must be compared exactly."""
        self._index = index
        self.trained_with, self.depth = trained_with, depth

    @classmethod
    def build(cls, vectors: NDArray[np.float16], asked: Vectors | None = None) -> Codes:
        """Learns the codes from a sample, adds all vectors, and finds out how many must be compared exactly."""
        import faiss

        count, dimension = vectors.shape
        index = faiss.IndexPQ(dimension, max(1, dimension // _NUMBERS_A_CODE), 4, faiss.METRIC_INNER_PRODUCT)
        index.pq.cp.niter, index.pq.cp.seed = 8, 1
        random = np.random.default_rng(0)
        sample = np.sort(random.choice(count, min(count, _SAMPLE), replace=False))
        index.train(np.ascontiguousarray(vectors[sample], dtype=np.float32))
        codes = cls(index, count, _NEAREST)
        for start in range(0, count, _BLOCK):
            codes.add(vectors[start : start + _BLOCK])
        if asked is None:  # points between vectors
            several = random.choice(count, (4, _TRIED))
            asked = np.asarray(vectors[several].astype(np.float32).sum(axis=0))
        codes.depth = codes._enough(vectors, asked)
        return codes

    def _enough(self, vectors: NDArray[np.float16], asked: Vectors) -> int:
        """How many of the nearest by code hold ``LEAST_RECALL`` of what is nearest to the queries."""
        asked = asked[asked.any(axis=1)]  # to a query of which the model knows nothing, everything is equally near
        if not len(asked):
            return self.depth
        best: list[tuple[NDArray[np.float32], NDArray[np.int64]]] = []
        for start in range(0, len(vectors), _BLOCK):
            cosines = asked @ vectors[start : start + _BLOCK].astype(np.float32).T
            top = np.argpartition(-cosines, min(_NEAREST, cosines.shape[1] - 1), axis=1)[:, :_NEAREST]
            best.append((np.take_along_axis(cosines, top, 1), start + top))
        cosines, found = np.concatenate([c for c, _ in best], 1), np.concatenate([r for _, r in best], 1)
        exact = np.take_along_axis(found, np.argsort(-cosines, axis=1)[:, :_NEAREST], 1)
        while self.depth < len(self):
            near = [np.isin(row, self.search(query[None], 1)).mean() for row, query in zip(exact, asked, strict=True)]
            if float(np.mean(near)) >= LEAST_RECALL:
                break
            self.depth *= 2
        return min(self.depth, len(self))

    def __len__(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @cached_property
    def _packed(self) -> Any:
        """The codes in the order in which they are compared."""
        import faiss

        faiss.omp_set_num_threads(1)
        return faiss.IndexPQFastScan(self._index)

    def add(self, vectors: NDArray[np.float16]) -> None:
        """Adds vectors behind the others."""
        self.__dict__.pop("_packed", None)
        self._index.add(np.ascontiguousarray(vectors, dtype=np.float32))

    def remove(self, rows: NDArray[np.int64]) -> None:
        """Removes the vectors in these rows; those behind them move up."""
        self.__dict__.pop("_packed", None)
        self._index.remove_ids(np.ascontiguousarray(rows, dtype=np.int64))

    def search(self, asked: Vectors, k: int) -> NDArray[np.int64]:
        """The rows of vectors among which about all of the ``k`` nearest are: ``depth`` of them, or ``k`` when that is more."""
        _, rows = self._packed.search(np.ascontiguousarray(asked), min(max(k, self.depth), len(self)))
        return np.asarray(rows[0][rows[0] >= 0])

    def save(self, folder: Path) -> None:
        """Writes the codes into the (existing) ``folder``."""
        import faiss

        faiss.write_index(self._index, str(folder / _CODES))
        (folder / _TRAINED).write_text(json.dumps({"trained_with": self.trained_with, "depth": self.depth}), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> Codes:
        """Opens saved codes. Raises ``RuntimeError``, ``KeyError`` or ``ValueError`` for damaged files."""
        import faiss

        facts = json.loads((folder / _TRAINED).read_text(encoding="utf-8"))
        return cls(faiss.read_index(str(folder / _CODES)), int(facts["trained_with"]), int(facts["depth"]))
