"""Passages on disk: one JSON line each, found by offset, and beside them columns to filter by without reading any line."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
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


def save(passages: Sequence[Passage], folder: Path) -> None:
    """Writes the passages, in their order, into the (existing) ``folder``."""
    offsets = [0]
    with (folder / _LINES).open("wb") as out:
        for passage in passages:
            line = json.dumps(asdict(passage), ensure_ascii=False, separators=(",", ":"))
            out.write(line.encode("utf-8", "surrogatepass") + b"\n")
            offsets.append(out.tell())
    np.save(folder / _OFFSETS, np.array(offsets, dtype=np.int64))
    facts = {p.document: DocumentFacts.of(p) for p in passages}
    documents = {key: i for i, key in enumerate(facts)}
    units = {unit: i for i, unit in enumerate(sorted({unit for p in passages for unit in p.units}))}
    topics = {topic: i for i, topic in enumerate(sorted({p.topic for p in passages if p.topic}))}
    np.savez(
        folder / _COLUMNS,
        document=np.array([documents[p.document] for p in passages], dtype=np.int32),
        kind=np.array([KINDS.index(p.kind) for p in passages], dtype=np.int8),
        topic=np.array([topics.get(p.topic or "", -1) for p in passages], dtype=np.int32),
        lines=np.array([p.lines for p in passages], dtype=np.int32).reshape(-1, 2),
        units=np.array([units[u] for p in passages for u in p.units], dtype=np.int32),
        unit_of=np.array([i for i, p in enumerate(passages) for _ in p.units], dtype=np.int32),
    )
    lists = {"documents": [asdict(fact) for fact in facts.values()], "units": list(units), "topics": list(topics)}
    (folder / _LISTS).write_text(json.dumps(lists, ensure_ascii=False), encoding="utf-8", errors="surrogatepass")


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
        if len(store._offsets) != len(store) + 1 or int(store._offsets[-1]) != (folder / _LINES).stat().st_size:
            raise ValueError(f"{_LINES} does not fit {_OFFSETS}")
        return store

    @cached_property
    def _offsets(self) -> NDArray[np.int64]:
        return np.asarray(np.load(self.folder / _OFFSETS, mmap_mode="r"))

    def __len__(self) -> int:
        """How many passages there are."""
        return len(self.columns["document"])

    def __getitem__(self, place: int) -> Passage:
        """The passage at a place."""
        start, end = int(self._offsets[place]), int(self._offsets[place + 1])
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

    def kind(self, place: int) -> str:
        """The kind of the passage at a place."""
        return KINDS[int(self.columns["kind"][place])]

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
