"""The truth on disk: originals, extracted records, and the manifest that says which of them count.

Every file is written whole under another name and then moved into place, and the manifest last. Until the new manifest is in
place the old state holds; from then on the new one does. A process that is ended in between leaves files that nothing names,
and the next change removes them.

========================== ==================================================================
``originals/<sha256><ext>`` the bytes that were read
``records/<...>.json``      what was read out of them; the name is a hash of source and content
``manifest.json``           which records count, one :class:`Entry` each, sorted by source
========================== ==================================================================
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, replace
from functools import cached_property
from hashlib import sha256
from pathlib import Path
from typing import Any

from documents.identity import APPENDIX, document_key
from documents.model import Document
from documents.record import from_record, to_record
from graph.errors import CorruptData
from graph.iri import VERSION_MARK, document_iri

FORMAT = 1
_PARTIAL = ".partial"
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,8}")


@dataclass(frozen=True, slots=True)
class Entry:
    """One kept document: where it comes from, its identity, how much it holds, and which reader read it.

    ``record`` and ``original`` are file names. ``identity`` is the key that the document has by itself (see
    :mod:`documents.identity`); ``reader`` is the version of the code and knowledge that read it. ``key`` is the key under
    which it stands in graph and search: its identity, with a mark and a hash where another source is the same document in other
    bytes; ``None`` where another source has the very same bytes. That other source is ``duplicate_of``. ``format`` is the id of
    the file's format and ``pages`` how many pages it has (0: a format without pages).
    """

    source: str
    sha256: str
    identity: str
    record: str
    original: str
    reader: str
    type: str | None
    number: str | None
    title: str | None
    issuer: str | None
    level: str | None
    date: str | None
    year: int | None
    noisy: bool
    lines: int
    citations: int
    units: int
    tasks: int
    targets: int
    key: str | None = None
    duplicate_of: str | None = None
    format: str = "txt"
    pages: int = 0

    @property
    def iri(self) -> str | None:
        """The document's IRI; ``None`` where it does not stand in the graph."""
        return document_iri(self.key) if self.key else None

    @property
    def is_first(self) -> bool:
        """Whether this is the source that stands for its document."""
        return self.key == self.identity

    @property
    def is_appendix(self) -> bool:
        """Whether it is a file of an appendix alone, which bears the number of the document that it belongs to."""
        return f"/{APPENDIX}/" in self.identity


@dataclass(frozen=True)
class Manifest:
    """The entries that count, by source."""

    entries: tuple[Entry, ...] = ()

    @cached_property
    def digest(self) -> str:
        """A hash of everything that is kept: equal exactly when the kept documents are."""
        return sha256(_json([asdict(entry) for entry in self.entries])).hexdigest()

    @cached_property
    def by_source(self) -> dict[str, Entry]:
        """The entries by source."""
        return {entry.source: entry for entry in self.entries}

    @cached_property
    def by_key(self) -> dict[str, Entry]:
        """The entries that stand in graph and search, by key."""
        return {entry.key: entry for entry in self.entries if entry.key}

    def replaced(self, entries: Iterable[Entry]) -> Manifest:
        """The manifest with ``entries`` put in place of those with the same source."""
        return Manifest(with_keys({**self.by_source, **{entry.source: entry for entry in entries}}.values()))

    def without(self, source: str) -> Manifest:
        """The manifest without the entry for ``source``."""
        return Manifest(with_keys(entry for entry in self.entries if entry.source != source))


def with_keys(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """``entries`` by source, each with the key under which it stands; depends on the set of entries alone, not on their order.

    Of several sources of one document the first by name stands for it, a badly recognised scan after clean texts. Another source
    with the same bytes adds nothing; one with other bytes (another version, an appendix under the same number) stands beside it.
    """
    first: dict[str, str] = {}
    content: dict[str, str] = {}
    found: list[Entry] = []
    for entry in sorted(entries, key=lambda e: (e.noisy, e.source)):
        if entry.sha256 in content:
            key, other = None, content[entry.sha256]
        elif entry.identity in first:
            key, other = f"{entry.identity}{VERSION_MARK}{entry.sha256[:8]}", first[entry.identity]
        else:
            key, other = entry.identity, None
        first.setdefault(entry.identity, entry.source)
        content.setdefault(entry.sha256, entry.source)
        found.append(replace(entry, key=key, duplicate_of=other))
    return tuple(sorted(found, key=lambda e: e.source))


def _json(value: Any) -> bytes:
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode("utf-8")


def write_whole(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` so that the file is either the old one or the new one, never a part of either."""
    partial = path.with_name(path.name + _PARTIAL)
    with partial.open("wb") as out:
        out.write(content)
        out.flush()
        os.fsync(out.fileno())
    partial.replace(path)
    descriptor = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _write_once(path: Path, content: bytes) -> None:
    """Write ``content`` to ``path`` unless it stands there already, undamaged."""
    if not path.is_file() or path.read_bytes() != content:
        write_whole(path, content)


class RecordStore:
    """The originals, records and manifest below one folder; used by its owner only (see :mod:`graph.lock`)."""

    def __init__(self, folder: Path) -> None:
        """Use ``folder``; nothing is read or written yet."""
        self._folder = folder
        self._originals = folder / "originals"
        self._records = folder / "records"
        self._manifest = folder / "manifest.json"

    def load_manifest(self) -> Manifest | None:
        """The manifest; an empty one where none was ever written, ``None`` where it is damaged."""
        try:
            content = json.loads(self._manifest.read_bytes())
            manifest = Manifest(tuple(Entry(**entry) for entry in content["entries"]))
            return manifest if content["format"] == FORMAT and content["digest"] == manifest.digest else None
        except FileNotFoundError:
            return None if any(self._record_files()) else Manifest()
        except (ValueError, TypeError, KeyError):
            return None

    def save_manifest(self, manifest: Manifest) -> None:
        """Make ``manifest`` the one that counts."""
        content = {"format": FORMAT, "digest": manifest.digest, "entries": [asdict(entry) for entry in manifest.entries]}
        write_whole(self._manifest, json.dumps(content, ensure_ascii=False, indent=1).encode("utf-8") + b"\n")

    def recover_manifest(self) -> Manifest:
        """A manifest made from the records that are there; of two records of one source the later written counts."""
        entries: list[Entry] = []
        for path in sorted(self._record_files(), key=lambda p: (p.stat().st_mtime_ns, p.name)):
            try:
                entries.append(Entry(**json.loads(path.read_bytes())["entry"], record=path.name))
            except (ValueError, TypeError, KeyError):
                continue
        return Manifest().replaced(entries)

    def _record_files(self) -> list[Path]:
        return [path for path in self._records.glob("*.json") if path.is_file()]

    def keep_original(self, content: bytes, suffix: str) -> Path:
        """Write the bytes of a file whose name ends in ``suffix``; returns where they are kept."""
        self._originals.mkdir(parents=True, exist_ok=True)
        ending = suffix.lower() if _SUFFIX.fullmatch(suffix) else ""
        path = self._originals / f"{sha256(content).hexdigest()}{ending}"
        _write_once(path, content)
        return path

    def keep(self, document: Document, original: str, reader: str) -> Entry:
        """Write the record of ``document``, read by ``reader`` from the kept ``original``; it counts once a manifest names it."""
        self._records.mkdir(parents=True, exist_ok=True)
        header = document.header
        facts = {
            "source": document.source,
            "sha256": document.sha256,
            "identity": document_key(document),
            "original": original,
            "reader": reader,
            **{name: getattr(header, name) for name in ("type", "number", "title", "issuer", "level", "date", "year")},
            "noisy": document.noisy,
            "format": document.format,
            "pages": max((page for page in document.pages if page is not None), default=0),
            **{name: len(getattr(document, name)) for name in ("lines", "citations", "units", "tasks", "targets")},
        }
        content = _json({"entry": facts, **to_record(document)})
        name = f"{sha256(document.source.encode()).hexdigest()[:16]}-{sha256(content).hexdigest()[:32]}.json"
        _write_once(self._records / name, content)
        return Entry(**facts, record=name)

    def document(self, entry: Entry) -> Document:
        """The document that the record of ``entry`` holds. Raises :class:`CorruptData` where it is missing or damaged."""
        try:
            content = (self._records / entry.record).read_bytes()
            if sha256(content).hexdigest()[:32] != entry.record.removesuffix(".json").rpartition("-")[2]:
                raise ValueError("digest")
            return from_record(json.loads(content))
        except (OSError, ValueError) as error:
            raise CorruptData(f"Bản ghi của {entry.source} bị thiếu hoặc hỏng.") from error

    def has_record(self, entry: Entry) -> bool:
        """Whether the record of ``entry`` is there (its content is checked when it is read)."""
        return (self._records / entry.record).is_file()

    def original(self, entry: Entry) -> Path:
        """The kept original of ``entry``. Raises :class:`CorruptData` where it is missing or damaged."""
        path = self._originals / entry.original
        try:
            intact = sha256(path.read_bytes()).hexdigest() == entry.sha256
        except OSError:
            intact = False
        if not intact:
            raise CorruptData(f"Tệp gốc của {entry.source} bị thiếu hoặc hỏng.")
        return path

    def sweep(self, manifest: Manifest) -> None:
        """Remove what no entry of ``manifest`` names: older records, originals of removed documents, half-written files."""
        named = {entry.record for entry in manifest.entries} | {entry.original for entry in manifest.entries}
        for folder in (self._originals, self._records):
            for path in folder.glob("*") if folder.is_dir() else ():
                if path.name not in named:
                    path.unlink()
        for path in self._folder.glob(f"*{_PARTIAL}"):
            path.unlink()
