"""Passages on disk: one JSON line each, found by offset, and beside them columns to filter by without reading any line."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from documents.text import fold, words
from embeddings.frame import DocumentFacts
from embeddings.passage import KINDS, Passage

FACETS = ("level", "unit", "topic", "year", "document", "kind")

_LINES, _OFFSETS, _COLUMNS, _LISTS = "passages.jsonl", "offsets.npy", "columns.npz", "lists.json"


class UnknownFacet(ValueError):
    """A facet that passages do not have; the message is Vietnamese, for the user."""


def _plain(value: object) -> str:
    return " ".join(words(fold(str(value))))


def passage_of(record: Mapping[str, Any]) -> Passage:
    """The passage that was written as ``record``."""
    first, last = record["lines"]
    return Passage(**{**record, "lines": (first, last), "units": tuple(record["units"])})


def _line(passage: Passage) -> bytes:
    """The passage as a line of the file."""
    return json.dumps(asdict(passage), ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass") + b"\n"


def save(passages: Sequence[Passage], folder: Path) -> None:
    """Writes the passages, in their order, into the (existing) ``folder``."""
    offsets = [0]
    with (folder / _LINES).open("wb") as out:
        for passage in passages:
            out.write(_line(passage))
            offsets.append(out.tell())
    np.save(folder / _OFFSETS, np.array(offsets, dtype=np.int64))
    facts = {p.document: DocumentFacts.of(p) for p in passages}
    units = sorted({unit for p in passages for unit in p.units})
    topics = sorted({p.topic for p in passages if p.topic})
    _save_columns(folder, _columns(passages, list(facts), units, topics), list(facts.values()), units, topics)


def _columns(passages: Sequence[Passage], documents: list[str], units: list[str], topics: list[str]) -> dict[str, NDArray[Any]]:
    """The columns of the passages; documents, units and topics by their places in the lists."""
    document_at, unit_at, topic_at = ({name: i for i, name in enumerate(names)} for names in (documents, units, topics))
    return {
        "document": np.array([document_at[p.document] for p in passages], dtype=np.int32),
        "kind": np.array([KINDS.index(p.kind) for p in passages], dtype=np.int8),
        "topic": np.array([topic_at.get(p.topic or "", -1) for p in passages], dtype=np.int32),
        "lines": np.array([p.lines for p in passages], dtype=np.int32).reshape(-1, 2),
        "units": np.array([unit_at[u] for p in passages for u in p.units], dtype=np.int32),
        "unit_of": np.array([i for i, p in enumerate(passages) for _ in p.units], dtype=np.int32),
    }


def _save_columns(
    folder: Path, columns: Mapping[str, NDArray[Any]], facts: Sequence[DocumentFacts], units: list[str], topics: list[str]
) -> None:
    np.savez(folder / _COLUMNS, allow_pickle=False, **columns)
    lists = {"documents": [asdict(fact) for fact in facts], "units": units, "topics": topics}
    (folder / _LISTS).write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")


@dataclass(frozen=True, slots=True)
class Change:
    """Whole documents that go and passages (in order) that come.

    The passage at place ``i`` moves to ``places[i]`` (-1: it goes); the added ones come to ``added_places``. Whatever stays keeps
    its order.
    """

    documents: tuple[DocumentFacts, ...]
    places: NDArray[np.int32]
    added: tuple[Passage, ...]
    added_places: NDArray[np.int32]


def change_of(store: PassageStore, gone: Collection[str], added: Sequence[Passage]) -> Change:
    """The change of a store when the documents ``gone`` (keys) go and the passages ``added`` of others come, in order."""
    new = {p.document: DocumentFacts.of(p) for p in added}
    stays = [fact for fact in store.documents if fact.key not in gone]
    documents = tuple(sorted((*stays, *new.values()), key=lambda fact: fact.key))
    at = {fact.key: i for i, fact in enumerate(documents)}
    renumbered = np.array([at[fact.key] if fact.key not in gone else -1 for fact in store.documents] or [-1], dtype=np.int64)
    old = renumbered[store.columns["document"]]
    stay = np.flatnonzero(old >= 0)
    before = np.searchsorted(old[stay], [at[p.document] for p in added])  # how many old passages stand before each added one
    added_places = (before + np.arange(len(added))).astype(np.int32)
    places = np.full(len(store), -1, dtype=np.int32)
    places[stay] = np.delete(np.arange(len(stay) + len(added)), added_places)
    return Change(documents, places, tuple(added), added_places)


def save_changed(store: PassageStore, change: Change, folder: Path) -> None:
    """Writes the changed store into the (existing) ``folder``; the lines of passages that stay are copied, not read."""
    added = change.added
    total = int((change.places >= 0).sum()) + len(added)
    source = np.empty(total, dtype=np.int64)  # the old place, or -1 - i for the added passage i
    source[change.places[change.places >= 0]] = np.flatnonzero(change.places >= 0)
    source[change.added_places] = -1 - np.arange(len(added))
    offsets = np.zeros(total + 1, dtype=np.int64)
    breaks = np.flatnonzero((np.diff(source) != 1) | (source[1:] < 0)) + 1 if total else np.zeros(0, np.int64)
    with (folder / _LINES).open("wb") as out, (store.folder / _LINES).open("rb") as held:
        for run in np.split(source, breaks):
            if not len(run):
                continue
            if run[0] < 0:
                out.write(_line(added[-1 - int(run[0])]))
                continue
            start, end = store.offsets[run[0]], store.offsets[run[-1] + 1]
            held.seek(int(start))
            out.write(held.read(int(end - start)))
    lengths = np.where(source >= 0, np.diff(store.offsets)[source] if len(store) else 0, 0)
    lengths[change.added_places] = [len(_line(passage)) for passage in added]
    np.cumsum(lengths, out=offsets[1:])
    np.save(folder / _OFFSETS, offsets)
    units = sorted({*store.units, *(unit for p in added for unit in p.units)})
    topics = sorted({*store.topics, *(p.topic for p in added if p.topic)})
    documents = [fact.key for fact in change.documents]
    new = _columns(added, documents, units, topics)
    columns: dict[str, NDArray[Any]] = {}
    stay = change.places >= 0
    for name, renumbered in (
        ("document", {i: fact.key for i, fact in enumerate(store.documents)}),
        ("topic", dict(enumerate(store.topics))),
    ):
        at = {value: i for i, value in enumerate(documents if name == "document" else topics)}
        to = np.array([at.get(value, -1) for value in renumbered.values()] + [-1], dtype=np.int32)  # the last stands for none
        columns[name] = np.empty(total, dtype=np.int32)
        columns[name][change.places[stay]] = to[store.columns[name][stay]]
        columns[name][change.added_places] = new[name]
    for name in ("kind", "lines"):
        columns[name] = np.empty((total, *new[name].shape[1:]), dtype=new[name].dtype)
        columns[name][change.places[stay]] = store.columns[name][stay]
        columns[name][change.added_places] = new[name]
    unit_to = np.array([*(units.index(unit) for unit in store.units), -1], dtype=np.int32)
    kept = stay[store.columns["unit_of"]] if len(store) else np.zeros(0, dtype=np.bool_)
    unit_of = np.concatenate([change.places[store.columns["unit_of"][kept]], change.added_places[new["unit_of"]]])
    named = np.concatenate([unit_to[store.columns["units"][kept]], new["units"]])
    order = np.argsort(unit_of, kind="stable")
    columns["units"], columns["unit_of"] = named[order].astype(np.int32), unit_of[order].astype(np.int32)
    _save_columns(folder, columns, change.documents, units, topics)


@dataclass(frozen=True)
class PassageStore:
    """The passages of a saved folder, by their place."""

    folder: Path
    documents: tuple[DocumentFacts, ...]
    units: tuple[str, ...]
    topics: tuple[str, ...]
    columns: Mapping[str, NDArray[Any]]

    @classmethod
    def open(cls, folder: Path) -> PassageStore:
        """Opens what :func:`save` wrote. Raises ``OSError``, ``ValueError`` or ``KeyError`` for missing or damaged files."""
        lists = json.loads((folder / _LISTS).read_text(encoding="utf-8", errors="surrogatepass"))
        with np.load(folder / _COLUMNS) as held:
            columns = {name: held[name] for name in held.files}
        facts = tuple(DocumentFacts(**fact) for fact in lists["documents"])
        store = cls(folder, facts, tuple(lists["units"]), tuple(lists["topics"]), columns)
        if len(store.offsets) != len(store) + 1 or int(store.offsets[-1]) != (folder / _LINES).stat().st_size:
            raise ValueError(f"{_LINES} does not fit {_OFFSETS}")
        return store

    @cached_property
    def offsets(self) -> NDArray[np.int64]:
        """Where in the file each passage begins, and the end of the file."""
        return np.asarray(np.load(self.folder / _OFFSETS, mmap_mode="r"))

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self.columns["document"])

    def __getitem__(self, place: int) -> Passage:
        """The passage at a place."""
        start, end = int(self.offsets[place]), int(self.offsets[place + 1])
        with (self.folder / _LINES).open("rb") as lines:
            lines.seek(start)
            return passage_of(json.loads(lines.read(end - start).decode("utf-8", "surrogatepass")))

    def __iter__(self) -> Iterator[Passage]:
        """All passages in order."""
        with (self.folder / _LINES).open("rb") as lines:
            for line in lines:
                yield passage_of(json.loads(line.decode("utf-8", "surrogatepass")))

    def lines(self, place: int) -> tuple[int, int]:
        """First and last line of the passage at a place."""
        first, last = self.columns["lines"][place].tolist()
        return first, last

    def document(self, place: int) -> DocumentFacts:
        """The document of the passage at a place."""
        return self.documents[int(self.columns["document"][place])]

    def units_at(self, places: Sequence[int]) -> dict[int, set[str]]:
        """The units that the passages at the places name."""
        found: dict[int, set[str]] = {place: set() for place in places}
        chosen = np.isin(self.columns["unit_of"], np.array(places, dtype=np.int64))
        pairs = zip(self.columns["unit_of"][chosen].tolist(), self.columns["units"][chosen].tolist(), strict=True)
        for place, unit in pairs:
            found[place].add(self.units[unit])
        return found

    def selected(self, facets: Mapping[str, object]) -> NDArray[np.bool_]:
        """Which passages agree with all the facets; texts are compared without accents and case, by whole words.

        ``document`` is a key, a source or a number; ``unit`` and ``level`` may be given in part ("phường" for "phường/xã").
        Raises :class:`UnknownFacet` for a name that is not in ``FACETS``.
        """
        chosen = np.ones(len(self), dtype=np.bool_)
        for name, value in facets.items():
            if name not in FACETS:
                raise UnknownFacet(f"Không có bộ lọc {name!r}; có: {', '.join(FACETS)}")
            if value is not None:
                chosen &= self._agreeing(name, value)
        return chosen

    def _agreeing(self, name: str, value: object) -> NDArray[np.bool_]:
        wanted = _plain(value)

        def within(text: object) -> bool:
            return bool(wanted) and f" {wanted} " in f" {_plain(text)} "

        if name == "kind":
            return np.isin(self.columns["kind"], [i for i, kind in enumerate(KINDS) if kind == value])
        if name == "topic":
            return np.isin(self.columns["topic"], [i for i, topic in enumerate(self.topics) if _plain(topic) == wanted])
        if name == "unit":
            units = [i for i, unit in enumerate(self.units) if within(unit)]
            agreeing = np.zeros(len(self), dtype=np.bool_)
            agreeing[self.columns["unit_of"][np.isin(self.columns["units"], units)]] = True
            return agreeing
        if name == "level":
            documents = [i for i, d in enumerate(self.documents) if d.level and within(d.level)]
        elif name == "year":
            documents = [i for i, d in enumerate(self.documents) if wanted in map(str, d.years)]
        else:
            documents = [
                i
                for i, d in enumerate(self.documents)
                if str(value) in (d.key, d.source) or (d.number and wanted == _plain(d.number))
            ]
        return np.isin(self.columns["document"], documents)
