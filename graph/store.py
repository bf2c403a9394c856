"""The triple store of a data folder: Oxigraph on disk, one named graph per document, rdflib in front of it on request.

The store is derived: everything in it can be made again from the records (see :mod:`graph.derived`).
"""

from __future__ import annotations

import gc
import shutil
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from graph import iri
from graph.build import nquads

if TYPE_CHECKING:
    from rdflib import Dataset


_MANY = 2_000
"""Quads from which on adding them in bulk pays."""


class GraphStore:
    """An open Oxigraph store; belongs to the owner of its data folder."""

    def __init__(self, folder: Path) -> None:
        """Open the store in ``folder``, or make it. Raises ``OSError`` or ``RuntimeError`` where it is damaged."""
        self._store: ox.Store | None = ox.Store(str(folder))

    @property
    def _open(self) -> ox.Store:
        if self._store is None:
            raise RuntimeError("the store is closed")
        return self._store

    def put(self, key: str, quads: Iterable[ox.Quad]) -> int:
        """Replace the graph of the document ``key`` by ``quads``; returns how many there are."""
        given = list(quads)
        self.drop(key)
        self._open.extend(given)
        return len(given)

    def fill(self, quads: Iterable[ox.Quad]) -> None:
        """Put many graphs into an empty store at once."""
        self._open.bulk_extend(quads)

    def drop(self, key: str) -> None:
        """Remove the graph of the document ``key``, if there is one."""
        self._open.remove_graph(ox.NamedNode(iri.graph_iri(key)))

    def extend(self, quads: Collection[ox.Quad]) -> None:
        """Add ``quads`` to what is there; many of them not as one transaction, which is several times faster."""
        if len(quads) > _MANY:
            self._open.bulk_extend(quads)
        else:
            self._open.extend(quads)

    def remove(self, quads: Iterable[ox.Quad]) -> None:
        """Take out ``quads``, as far as they are there."""
        for quad in quads:
            self._open.remove(quad)

    def about(self, subject: ox.NamedNode, graph: ox.NamedNode) -> list[ox.Quad]:
        """What the graph named ``graph`` says of ``subject``."""
        return list(self._open.quads_for_pattern(subject, None, None, graph))

    def subjects(self, predicate: ox.NamedNode, value: ox.NamedNode, graph: ox.NamedNode) -> list[ox.NamedNode]:
        """Of whom the graph named ``graph`` says ``predicate`` ``value``, sorted."""
        found = {quad.subject for quad in self._open.quads_for_pattern(None, predicate, value, graph)}
        return sorted((node for node in found if isinstance(node, ox.NamedNode)), key=str)

    def graph(self, key: str) -> list[ox.Quad]:
        """The quads of the document ``key``; none where it has no graph."""
        return list(self._open.quads_for_pattern(None, None, None, ox.NamedNode(iri.graph_iri(key))))

    def quads(self) -> Iterator[ox.Quad]:
        """All quads."""
        return iter(self._open)

    def nquads(self) -> bytes:
        """The whole store in canonical form: the same documents give the same bytes."""
        return nquads(self._open)

    def __len__(self) -> int:
        """How many quads there are."""
        return len(self._open)

    def flush(self) -> None:
        """Put everything on disk."""
        self._open.flush()

    def checkpoint(self, folder: Path) -> None:
        """A frozen copy of the store in ``folder`` (hard links where the file system has them), replacing an older one."""
        shutil.rmtree(folder, ignore_errors=True)
        self._open.backup(str(folder))

    def dataset(self) -> Dataset:
        """The store as an rdflib dataset whose default graph is the union of all graphs (through oxrdflib)."""
        from oxrdflib import OxigraphStore
        from rdflib import Dataset

        return Dataset(store=OxigraphStore(store=self._open), default_union=True)

    def close(self) -> None:
        """Give the store back to the operating system."""
        self._store = None
        gc.collect()  # Oxigraph lets go of its folder when the last reference to the store is gone
