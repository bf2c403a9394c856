"""The vector index: a FAISS ``IndexIDMap2`` over unit vectors, with ids that stay the same for the life of a passage.

An id is a hash of the vector's name, so the same name has the same id in every index, on every machine. The file carries the
fingerprint of the model whose vectors it holds and refuses to be used with another one.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from embeddings.model import Vectors

Ids = NDArray[np.int64]

_VECTORS, _FACTS = "vectors.faiss", "vectors.json"


class OtherModel(ValueError):
    """Vectors of one model asked for with another; the message is Vietnamese, for the user."""


class DamagedIndex(ValueError):
    """An index file that cannot be read; the message is Vietnamese, for the user."""


def _hash(name: str, attempt: int) -> int:
    """A hash of the name in 63 bits, so that it fits FAISS's signed ids; a further attempt gives another one."""
    data = name.encode("utf-8", "surrogatepass") + (b"\0%d" % attempt if attempt else b"")
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "little") & (2**63 - 1)


def stable_ids(names: Iterable[str]) -> dict[str, int]:
    """An id per name that depends on the set of names only: of two names with one hash the first in order keeps it."""
    taken: set[int] = set()
    ids: dict[str, int] = {}
    for name in sorted(set(names)):
        attempt = 0
        while _hash(name, attempt) in taken:
            attempt += 1
        ids[name] = _hash(name, attempt)
        taken.add(ids[name])
    return ids


class VectorIndex:
    """Unit vectors under stable ids, searched by inner product (the cosine)."""

    def __init__(self, index: Any, fingerprint: str) -> None:
        """Wraps a FAISS index; use :meth:`empty` or :meth:`open`."""
        self._index = index
        self.fingerprint = fingerprint
        self._order: NDArray[np.intp] | None = None  # the places of the vectors by ascending id, worked out when needed

    @classmethod
    def empty(cls, dimension: int, fingerprint: str) -> VectorIndex:
        """An index without vectors for the model with this fingerprint."""
        import faiss

        return cls(faiss.IndexIDMap2(faiss.IndexFlatIP(dimension)), fingerprint)

    def __len__(self) -> int:
        """How many vectors there are."""
        return int(self._index.ntotal)

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._index.d)

    def require(self, fingerprint: str) -> None:
        """Raises :class:`OtherModel` unless the vectors are of the model with this fingerprint."""
        if fingerprint != self.fingerprint:
            raise OtherModel(
                "Chỉ mục vectơ được lập bằng mô hình khác "
                f"(chỉ mục: {self.fingerprint[:12]}, mô hình đang dùng: {fingerprint[:12]}). "
                "Hãy lập lại chỉ mục: cancu rebuild"
            )

    def add(self, ids: Sequence[int] | Ids, vectors: Vectors) -> None:
        """Adds vectors under their ids. Raises ``ValueError`` when an id is there already or given twice."""
        numbers = np.asarray(ids, dtype=np.int64)
        if len(np.unique(numbers)) != len(numbers) or np.isin(numbers, self.ids()).any():
            raise ValueError("an id is in the index already")
        self._order = None
        if len(numbers):
            self._index.add_with_ids(np.ascontiguousarray(vectors, dtype=np.float32), numbers)

    def remove(self, ids: Sequence[int] | Ids) -> int:
        """Removes the vectors with these ids; returns how many there were."""
        numbers = np.asarray(ids, dtype=np.int64)
        self._order = None
        return int(self._index.remove_ids(numbers)) if len(numbers) else 0

    def ids(self) -> Ids:
        """The ids in the order of the vectors."""
        import faiss

        return np.asarray(faiss.vector_to_array(self._index.id_map), dtype=np.int64)

    def vectors(self, ids: Sequence[int] | Ids) -> Vectors:
        """The vectors with these ids. Raises ``KeyError`` for an id that is not there."""
        import faiss

        numbers = np.asarray(ids, dtype=np.int64)
        held = self.ids()
        order = np.argsort(held, kind="stable") if self._order is None else self._order
        self._order = order
        at = np.searchsorted(held, numbers, sorter=order)
        if not len(numbers):
            return np.zeros((0, self.dimension), dtype=np.float32)
        if not len(held) or (held[order[np.minimum(at, len(held) - 1)]] != numbers).any():
            raise KeyError("an id is not in the index")
        flat: Any = faiss.downcast_index(self._index.index)
        rows = faiss.rev_swig_ptr(flat.get_xb(), len(held) * self.dimension)
        return np.asarray(rows.reshape(len(held), self.dimension)[order[at]], dtype=np.float32)

    def search(self, vector: Vectors, k: int) -> tuple[Ids, NDArray[np.float32]]:
        """The ids of the ``k`` nearest vectors and their cosines, nearest first; fewer when there are fewer."""
        wanted = min(k, len(self))
        if wanted <= 0:
            return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32)
        cosines, ids = self._index.search(np.ascontiguousarray(vector, dtype=np.float32).reshape(1, -1), wanted)
        return ids[0], cosines[0]

    def save(self, folder: Path) -> None:
        """Writes the index into the (existing) ``folder``."""
        import faiss

        faiss.write_index(self._index, str(folder / _VECTORS))
        facts = {"fingerprint": self.fingerprint, "dimension": self.dimension, "vectors": len(self)}
        (folder / _FACTS).write_text(json.dumps(facts), encoding="utf-8")

    @classmethod
    def open(cls, folder: Path) -> VectorIndex:
        """Opens a saved index. Raises :class:`DamagedIndex` when the files are missing or contradict each other."""
        import faiss

        faiss.omp_set_num_threads(1)  # one query is one core's work; more threads would only get in the way of other requests
        try:
            facts = json.loads((folder / _FACTS).read_text(encoding="utf-8"))
            index = faiss.read_index(str(folder / _VECTORS))
            whole = (index.d, index.ntotal) == (facts["dimension"], facts["vectors"])
        except (OSError, ValueError, KeyError, RuntimeError) as error:
            raise DamagedIndex(f"Không đọc được chỉ mục vectơ trong {folder}: {error}") from error
        if not whole:
            raise DamagedIndex(f"Chỉ mục vectơ trong {folder} không khớp với mô tả của nó; hãy lập lại: cancu rebuild")
        return cls(index, facts["fingerprint"])
