"""The derived parts of a data folder: triple store and search index, brought in line with the records.

Each part has a stamp (:class:`graph.store.Stamp`) that says from which records it was made. Bringing it in line changes only the
documents whose record changed; a part without a valid stamp, or one that does not open, is made from nothing.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from zipfile import BadZipFile

from documents.model import Document
from graph import link_store
from graph.errors import DataFolderBusy
from graph.stamp import Present, Stamp
from graph.versions import index_version, store_version

if TYPE_CHECKING:
    import pyoxigraph as ox

    from embeddings.passage import Passage
    from embeddings.search import SearchIndex
    from graph.store import GraphStore

Wanted = Mapping[str, str]
"""Key of each document that is to stand in a part → the name of its record."""

Load = Callable[[str], Document]
"""Gives the document that stands under a key."""

Notify = Callable[[str], None]
"""Is told, in Vietnamese, what takes time."""

DAMAGE = (OSError, ValueError, LookupError, EOFError, BadZipFile)
"""What reading damaged index files raises; see also :func:`is_damage`."""

STORE, INDEX = "store", "search"


def keyed_passages(document: Document, key: str) -> tuple[Passage, ...]:
    """The passages of ``document`` under the key that it stands under."""
    from embeddings.passage import passages

    found = passages(document)
    if not found or found[0].document == key:
        return found
    return tuple(replace(p, document=key, id=f"{key}#{p.id.partition('#')[2]}") for p in found)


def triples(folder: Path) -> int:
    """How many triples the store holds, as its stamps say: those of the documents and those of the links between them."""
    present = _store_stamp(folder).read() or {}
    return sum(count for _, count in present.values()) + link_store.link_count(folder)


def passage_count(folder: Path) -> int:
    """How many passages the search index holds, as its stamp says."""
    present = _index_stamp(folder).read() or {}
    return sum(count for _, count in present.values())


def is_current(folder: Path, wanted: Wanted) -> bool:
    """Whether both parts were made from exactly the ``wanted`` records."""
    return all(_records(stamp.read()) == dict(wanted) for stamp in (_store_stamp(folder), _index_stamp(folder)))


def discard(folder: Path) -> None:
    """Throw both parts away; they are made anew when they are next opened."""
    _store_stamp(folder).clear()
    shutil.rmtree(folder / STORE, ignore_errors=True)
    discard_index(folder)


def discard_index(folder: Path) -> None:
    """Throw the search index away."""
    _index_stamp(folder).clear()
    shutil.rmtree(folder / INDEX, ignore_errors=True)


def _store_stamp(folder: Path) -> Stamp:
    return Stamp(folder / f"{STORE}.json", store_version())


def _index_stamp(folder: Path) -> Stamp:
    return Stamp(folder / f"{INDEX}.json", index_version())


def _records(present: Present | None) -> dict[str, str] | None:
    return None if present is None else {key: record for key, (record, _) in present.items()}


def _difference(present: Present, wanted: Wanted) -> tuple[list[str], list[str]]:
    """The documents to take out, and those to put in, in order of keys."""
    same = {key for key, (record, _) in present.items() if wanted.get(key) == record}
    return sorted(present.keys() - same), sorted(wanted.keys() - same)


def check(document: Document, key: str) -> None:
    """Make all that will be derived from ``document``, for nothing but to raise now what would be raised then."""
    from graph.build import document_quads

    document_quads(document, key)
    keyed_passages(document, key)


def open_store(folder: Path, wanted: Wanted, load: Load, notify: Notify) -> GraphStore:
    """The triple store below ``folder`` with exactly the graphs of the ``wanted`` documents.

    Raises :class:`DataFolderBusy` where another program has the store open.
    """
    from graph.store import GraphStore

    path, stamp = folder / STORE, _store_stamp(folder)
    present = stamp.read() if path.is_dir() else None
    if present is not None and link_store.read(folder) is not None:
        try:
            store = GraphStore(path)
            if len(store) == triples(folder):
                change_store(folder, store, wanted, load)
                return store
            store.close()
        except (OSError, RuntimeError) as error:
            if "lock" in str(error).lower():
                raise DataFolderBusy(f"Kho bộ ba {path} đang bị một chương trình khác mở.") from error
        notify("Kho bộ ba bị hỏng, đang dựng lại từ các bản ghi.")
    elif path.is_dir():
        notify("Kho bộ ba thiếu hoặc đã cũ, đang dựng lại từ các bản ghi.")
    stamp.clear()
    link_store.clear(folder)
    shutil.rmtree(path, ignore_errors=True)
    store = GraphStore(path)
    made: dict[str, tuple[str, int]] = {}
    store.fill(_quads(wanted, load, made))
    linked = link_store.update(store, link_store.Linked({}, 0), (), sorted(wanted), load)
    store.flush()
    link_store.write(folder, linked)
    stamp.write(made)
    return store


def change_store(folder: Path, store: GraphStore, wanted: Wanted, load: Load) -> None:
    """Bring an open, intact store in line with the ``wanted`` documents."""
    from graph.build import document_quads

    stamp = _store_stamp(folder)
    present = stamp.read() or {}
    out, put = _difference(present, wanted)
    if not out and not put:
        return
    before = link_store.read(folder) or link_store.Linked({}, 0)
    stamp.clear()
    link_store.clear(folder)
    for key in out:
        store.drop(key)
        del present[key]
    for key in put:
        present[key] = (wanted[key], store.put(key, document_quads(load(key), key)))
    linked = link_store.update(store, before, out, put, load)
    store.flush()
    link_store.write(folder, linked)
    stamp.write(present)


def _quads(wanted: Wanted, load: Load, made: dict[str, tuple[str, int]]) -> Iterator[ox.Quad]:
    """The quads of all ``wanted`` documents; notes in ``made`` what was made."""
    from graph.build import document_quads

    for key, record in sorted(wanted.items()):
        quads = document_quads(load(key), key)
        made[key] = (record, len(quads))
        yield from quads


def open_index(folder: Path, wanted: Wanted, load: Load, notify: Notify) -> SearchIndex:
    """The search index below ``folder`` with exactly the passages of the ``wanted`` documents."""
    from embeddings.search import SearchIndex

    path, stamp = folder / INDEX, _index_stamp(folder)
    if stamp.read() is not None and path.is_dir():
        try:
            index = SearchIndex.open(path)
            if len(index) == passage_count(folder):
                return change_index(folder, index, wanted, load)
        except DAMAGE as error:
            if not is_damage(error):
                raise
        notify("Chỉ mục tìm kiếm bị hỏng, đang dựng lại từ các bản ghi.")
    elif path.is_dir():
        notify("Chỉ mục tìm kiếm thiếu hoặc đã cũ, đang dựng lại từ các bản ghi.")
    stamp.clear()
    shutil.rmtree(path, ignore_errors=True)
    found = {key: keyed_passages(load(key), key) for key in sorted(wanted)}
    index = SearchIndex.build(path, (passage for key in found for passage in found[key]))
    stamp.write({key: (wanted[key], len(found[key])) for key in found})
    return index


def is_damage(error: Exception) -> bool:
    """Whether ``error``, raised by the search index, speaks of damaged files and not of what it was asked."""
    from embeddings.model import UnusableModel
    from embeddings.passage_store import UnknownFacet
    from embeddings.vector_index import OtherModel

    return not isinstance(error, UnknownFacet | UnusableModel | OtherModel)


def change_index(folder: Path, index: SearchIndex, wanted: Wanted, load: Load) -> SearchIndex:
    """An open, intact index brought in line with the ``wanted`` documents."""
    stamp = _index_stamp(folder)
    present = stamp.read() or {}
    out, put = _difference(present, wanted)
    if not out and not put:
        return index
    stamp.clear()
    found = {key: keyed_passages(load(key), key) for key in put}
    changed = index.update(out, [passage for key in put for passage in found[key]])
    kept = {key: value for key, value in present.items() if key not in out}
    stamp.write({**kept, **{key: (wanted[key], len(found[key])) for key in put}})
    return changed
