"""The vector index: unit vectors under ids that stay the same for the life of a passage, searched with FAISS.

An id is a hash of the vector's name, so the same name has the same id in every index, on every machine. Up to ``FLAT_MOST``
vectors all are compared (``IndexFlatIP``). More are found through an inverted file of 8-bit vectors
(``IndexIVFScalarQuantizer``), of which a search looks at as many lists as it takes to find ``LEAST_RECALL`` of what comparing all
would find, measured when it is built; beside it the vectors lie in 16 bits, mapped into memory, to compare what was found.

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
"""Part of the nearest vectors that the inverted file must find."""

GROWTH = 2
"""When an inverted file has grown so many times, its centres are worked out again."""

_TRIED, _NEAREST, _BLOCK = 100, 100, 65_536
_EXACT, _IDS, _FACTS, _LISTS, _TRAINED = "vectors.npy", "vector_ids.npy", "vectors.json", "vectors.faiss", "vectors.trained"


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


class VectorIndex:
    """Unit vectors under stable ids, searched by inner product (the cosine)."""

    def __init__(self, exact: NDArray[np.float16], ids: Ids, fingerprint: str, lists: Any = None) -> None:
        """Takes vectors and their ids, and the inverted file when there is one; use :meth:`empty`, :meth:`of` or :meth:`open`."""
        self._exact, self._ids, self._lists = exact, ids, lists
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
        return self._lists is None

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

        ``asked`` are vectors of likely queries, by which a large index finds out how many lists it must look at.
        """
        numbers = np.asarray(ids, dtype=np.int64)
        if len(np.unique(numbers)) != len(numbers) or np.isin(numbers, self._ids).any():
            raise ValueError("an id is in the index already")
        if not len(numbers):
            return
        new = np.asarray(vectors, dtype=np.float16)
        self._exact, self._ids = np.concatenate([self._exact, new]), np.concatenate([self._ids, numbers])
        self._forget()
        if self._lists is not None and len(self) <= GROWTH * self._lists.trained_with:
            self._lists.add(new, numbers)
        else:
            self._lists = Lists.build(self._exact, self._ids, asked) if len(self) > FLAT_MOST else None

    def remove(self, ids: Sequence[int] | Ids) -> int:
        """Removes the vectors with these ids; returns how many there were."""
        gone = np.isin(self._ids, np.asarray(ids, dtype=np.int64))
        if self._lists is not None and gone.any():
            self._lists.remove(self._ids[gone])
        self._exact, self._ids = self._exact[~gone], self._ids[~gone]
        self._forget()
        if len(self) <= FLAT_MOST:
            self._lists = None
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
        if self._lists is None:
            cosines, ids = self._flat.search(asked, wanted)
            return ids[0], cosines[0]
        found = self._lists.search(asked, wanted)
        cosines = (self.vectors(found) * asked).sum(axis=1)
        order = np.lexsort((found, -cosines))
        return found[order], cosines[order]

    def save(self, folder: Path) -> None:
        """Writes the index into the (existing) ``folder``."""
        np.save(folder / _EXACT, self._exact)
        np.save(folder / _IDS, self._ids)
        if self._lists is not None:
            self._lists.save(folder)
        facts = {"fingerprint": self.fingerprint, "dimension": self.dimension, "vectors": len(self), "flat": self.is_flat}
        (folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, to_change: bool = False) -> VectorIndex:
        """Opens a saved index, ``to_change`` with all of it in memory instead of mapped.

        Raises :class:`DamagedIndex` when the files are missing or contradict each other.
        """
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            exact, ids = (np.load(folder / name, mmap_mode="r").view(np.ndarray) for name in (_EXACT, _IDS))
            lists = None if facts["flat"] else Lists.open(folder, to_change)
            whole = exact.shape == (facts["vectors"], facts["dimension"]) and len(ids) == facts["vectors"]
            index = cls(exact, ids, facts["fingerprint"], lists)
        except (OSError, ValueError, KeyError, RuntimeError, EOFError) as error:
            raise DamagedIndex(f"Không đọc được chỉ mục vectơ trong {folder}: {error}") from error
        if not whole or (lists is not None and len(lists) != len(index)):
            raise DamagedIndex(f"Chỉ mục vectơ trong {folder} không khớp với mô tả của nó; hãy lập lại: cancu rebuild")
        return index


class Lists:
    """An inverted file: 8-bit vectors in lists about centres, of which a search looks at the nearest ones."""

    def __init__(self, index: Any, trained_with: int) -> None:
        """Wraps a FAISS index that was trained with so many vectors; use :meth:`build` or :meth:`open`."""
        self._index = index
        self.trained_with = trained_with

    @classmethod
    def build(cls, vectors: NDArray[np.float16], ids: Ids, asked: Vectors | None = None) -> Lists:
        """Trains the centres on a sample, adds all vectors, and finds out how many lists a search must look at."""
        import faiss

        count, dimension = vectors.shape
        centres = int(np.sqrt(count))
        quantizer = faiss.IndexFlatIP(dimension)
        index = faiss.IndexIVFScalarQuantizer(
            quantizer, dimension, centres, faiss.ScalarQuantizer.QT_8bit, faiss.METRIC_INNER_PRODUCT
        )
        index.by_residual = False
        index.cp.niter, index.cp.seed, index.cp.min_points_per_centroid = 8, 1, 16
        random = np.random.default_rng(0)
        sample = np.sort(random.choice(count, min(count, 32 * centres), replace=False))
        index.train(np.ascontiguousarray(vectors[sample], dtype=np.float32))
        lists = cls(index, count)
        for start in range(0, count, _BLOCK):
            lists.add(vectors[start : start + _BLOCK], ids[start : start + _BLOCK])
        if asked is None:  # points between vectors, which fit no list well
            several = random.choice(count, (4, _TRIED))
            asked = np.asarray(vectors[several].astype(np.float32).sum(axis=0))
        index.nprobe = lists._enough(vectors, ids, asked)
        return lists

    def _enough(self, vectors: NDArray[np.float16], ids: Ids, asked: Vectors) -> int:
        """How many lists hold ``LEAST_RECALL`` of what is nearest to the queries."""
        best: list[tuple[NDArray[np.float32], Ids]] = []
        for start in range(0, len(ids), _BLOCK):
            cosines = asked @ vectors[start : start + _BLOCK].astype(np.float32).T
            top = np.argpartition(-cosines, min(_NEAREST, cosines.shape[1] - 1), axis=1)[:, :_NEAREST]
            best.append((np.take_along_axis(cosines, top, 1), ids[start : start + _BLOCK][top]))
        cosines, found = np.concatenate([c for c, _ in best], 1), np.concatenate([i for _, i in best], 1)
        exact = np.take_along_axis(found, np.argsort(-cosines, axis=1)[:, :_NEAREST], 1)
        tried = 4
        while tried < self._index.nlist:
            self._index.nprobe = tried
            near = [np.isin(row, self.search(query[None], 4 * _NEAREST)).mean() for row, query in zip(exact, asked, strict=True)]
            if float(np.mean(near)) >= LEAST_RECALL:
                return tried
            tried += tried // 2
        return int(self._index.nlist)

    def __len__(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    def add(self, vectors: NDArray[np.float16], ids: Ids) -> None:
        """Adds vectors under their ids."""
        self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), np.ascontiguousarray(ids))

    def remove(self, ids: Ids) -> None:
        """Removes the vectors with these ids."""
        self._index.remove_ids(np.ascontiguousarray(ids))

    def search(self, asked: Vectors, k: int) -> Ids:
        """The ids of about the ``k`` nearest vectors."""
        _, ids = self._index.search(np.ascontiguousarray(asked), k)
        return np.asarray(ids[0][ids[0] >= 0])

    def save(self, folder: Path) -> None:
        """Writes the lists into the (existing) ``folder``."""
        import faiss

        faiss.write_index(self._index, str(folder / _LISTS))
        (folder / _TRAINED).write_text(f"{self.trained_with}\n", encoding="utf-8")

    @classmethod
    def open(cls, folder: Path, to_change: bool = False) -> Lists:
        """Opens saved lists. Raises ``RuntimeError`` or ``ValueError`` for damaged files."""
        import faiss

        faiss.omp_set_num_threads(1)
        flags = 0 if to_change else faiss.IO_FLAG_MMAP_IFC
        index = faiss.read_index(str(folder / _LISTS), flags)
        return cls(index, int((folder / _TRAINED).read_text(encoding="utf-8")))
