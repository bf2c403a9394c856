"""The data folder as a whole: what was read, kept, derived from it, and asked of it. One owner at a time.

========================= =====================================================================
``originals/ records/``   the truth, with ``manifest.json`` (:mod:`graph.record_store`)
``store/ search/``        derived: triple store and search index, with stamps (:mod:`graph.derived`)
``checkpoint/``           a frozen copy of the store for outside queries (:mod:`graph.sparql`)
``lock``                  who owns the folder (:mod:`graph.lock`)
========================= =====================================================================

Opening is quick and opens neither store nor index; each is opened, and brought in line with the records, when first needed.
"""

from __future__ import annotations

import shutil
import sys
import threading
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from documents.errors import UnreadableDocument
from documents.identity import document_key
from documents.model import Document
from graph import derived
from graph.errors import AmbiguousDocument, CorruptData, DataFolderMissing, UnknownDocument
from graph.intake import Failure, content_of, files_to_read
from graph.iri import key_of
from graph.lock import FolderLock, ReadWriteLock
from graph.record_store import Entry, Manifest, RecordStore
from graph.report import Duplicate, IngestReport, Read, Statistics
from graph.versions import reader_version
from ontology.numbers import number_key

if TYPE_CHECKING:
    from rdflib import Dataset

    from embeddings.search import Hit, SearchIndex
    from graph.sparql import SparqlResult, SparqlWorker
    from graph.store import GraphStore

__all__ = ["Corpus", "Duplicate", "Entry", "Failure", "IngestReport", "Read", "Statistics", "files_to_read"]

Progress = Callable[[str, str], None]
"""Called after each file with its source and what became of it: "added", "replaced", "unchanged" or "failed"."""

_BATCH = 100
"""Documents after which the manifest is written, so that a long reading that is cut short need not begin anew."""


def _silent(*_: str) -> None:
    """Nobody listens."""


class Corpus:
    """An open data folder. Many threads may read at once; one at a time changes it."""

    def __init__(self, folder: Path, lock: FolderLock, notify: Callable[[str], None]) -> None:
        """Use :meth:`open`."""
        self.folder = folder
        self._lock = lock
        self._notify = notify
        self._records = RecordStore(folder)
        self._turns = ReadWriteLock()
        self._opening = threading.RLock()
        self._ingesting = threading.Lock()
        self._documents: dict[str, Document] = {}
        self._store: GraphStore | None = None
        self._index: SearchIndex | None = None
        self._worker: SparqlWorker | None = None
        self._rebuilds = 0
        self._seconds = 0.0
        self._manifest = self._load()

    @classmethod
    def open(
        cls,
        path: Path | str,
        create: bool = False,
        command: str | None = None,
        notify: Callable[[str], None] = _silent,
    ) -> Corpus:
        """Own the data folder at ``path`` until :meth:`close`; ``create`` makes a missing one.

        ``command`` is what others are told when they find the folder taken; ``notify`` is told what takes time (a damaged part
        that is made again). Raises :class:`DataFolderMissing` or :class:`graph.errors.DataFolderBusy`.
        """
        folder = Path(path)
        if create:
            try:
                folder.mkdir(parents=True, exist_ok=True)
            except OSError as error:
                raise DataFolderMissing(f"Không tạo được thư mục dữ liệu {folder} ({error.strerror}).") from error
        if not folder.is_dir():
            raise DataFolderMissing(f"Không có thư mục dữ liệu {folder}.")
        try:
            lock = FolderLock(folder, command or " ".join([Path(sys.argv[0]).name, *sys.argv[1:]]))
        except OSError as error:
            raise DataFolderMissing(f"Không ghi được vào thư mục dữ liệu {folder} ({error.strerror}).") from error
        try:
            return cls(folder, lock, notify)
        except BaseException:
            lock.release()
            raise

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close what is open and give the folder back."""
        if self._worker:  # before the corpus is held: a query may be waiting for it
            self._worker.close()
        with self._turns.write():
            self._close_parts()
            shutil.rmtree(self.folder / "checkpoint", ignore_errors=True)
            self._lock.release()

    def announce(self, address: str | None) -> None:
        """Say in the folder at which address this process serves it, so that commands can speak to it (``None``: no longer)."""
        self._lock.announce(address)

    def _close_parts(self) -> None:
        if self._store:
            self._store.close()
        self._store = self._index = None

    def _load(self) -> Manifest:
        manifest = self._records.load_manifest()
        if manifest is None:
            self._notify("Danh mục văn bản bị thiếu hoặc hỏng, đang lập lại từ các bản ghi.")
            manifest = self._records.recover_manifest()
            self._records.save_manifest(manifest)
        return manifest

    # --- what is there -------------------------------------------------------------------------------------------------------

    @property
    def generation(self) -> str:
        """A hash of what is kept: it changes exactly when the corpus does."""
        return self._manifest.digest

    def entries(self) -> tuple[Entry, ...]:
        """All kept documents by source, without reading their records."""
        return self._manifest.entries

    def documents(self) -> tuple[Document, ...]:
        """The documents by source, one for each identity."""
        with self._turns.read():
            return tuple(self._document(entry) for entry in self._manifest.entries if entry.is_first)

    def entry(self, what: str) -> Entry:
        """The kept document called ``what``: a source, a key, an IRI (also of a part), a number, or the end of a source's path.

        Raises :class:`UnknownDocument`, or :class:`AmbiguousDocument` where several answer to it.
        """
        wanted, manifest = what.strip(), self._manifest
        if wanted in manifest.by_source:
            return manifest.by_source[wanted]
        key = (key_of(wanted) or wanted).partition("#")[0]
        if key in manifest.by_key:
            return manifest.by_key[key]
        named = [entry for entry in manifest.entries if entry.source.endswith("/" + wanted)]
        number = number_key(wanted)
        found = named or [e for e in manifest.entries if e.number and number_key(e.number) == number and e.key]
        found = [entry for entry in found if not entry.is_appendix] or found
        if not found:
            raise UnknownDocument(f"Không có văn bản nào ứng với “{what}”.")
        if len(found) > 1:
            raise AmbiguousDocument(what, (entry.source for entry in found))
        return found[0]

    def document(self, what: str) -> Document:
        """The document called ``what`` (as for :meth:`entry`)."""
        with self._turns.read():
            return self._document(self.entry(what))

    def page(self, source: str, line: int) -> int | None:
        """The page on which a line of a source stands; ``None`` where it has no pages or the corpus no such source."""
        entry = self._manifest.by_source.get(source)
        if entry is None or not entry.pages:
            return None
        with self._turns.read():
            return self._document(entry).page(line)

    def reading(self) -> AbstractContextManager[None]:
        """Nothing changes while in this context: what several calls return belongs together. Changes wait for its end."""
        return self._turns.read()

    def key(self, document: Document) -> str:
        """The key under which a document of this corpus stands; its own identity where the corpus does not hold it."""
        entry = self._manifest.by_source.get(document.source)
        return (entry.key if entry else None) or document_key(document)

    def _document(self, entry: Entry) -> Document:
        """The document of an entry that counts now; the caller holds the corpus still."""
        found = self._documents.get(entry.record)
        if found is None:
            found = self._documents[entry.record] = self._intact(entry)
        return found

    def _intact(self, entry: Entry) -> Document:
        """The document of a record; read again from the original where the record is damaged.

        Raises :class:`CorruptData` where the original is damaged as well.
        """
        try:
            return self._records.document(entry)
        except CorruptData as damage:
            self._notify(f"{damage.message} Đang đọc lại từ tệp gốc.")
            return _read(self._records.original(entry), entry.source)

    def _load_key(self, key: str) -> Document:
        return self._document(self._manifest.by_key[key])

    def _wanted(self) -> dict[str, str]:
        return {key: entry.record for key, entry in self._manifest.by_key.items()}

    # --- what is derived -----------------------------------------------------------------------------------------------------

    @property
    def store(self) -> GraphStore:
        """The triple store, opened and brought in line when first asked for."""
        with self._turns.read(), self._opening:
            if self._store is None:
                self._store = derived.open_store(self.folder, self._wanted(), self._load_key, self._notify)
            return self._store

    @property
    def index(self) -> SearchIndex:
        """The search index, opened and brought in line when first asked for."""
        with self._turns.read(), self._opening:
            if self._index is None:
                self._index = derived.open_index(self.folder, self._wanted(), self._load_key, self._notify)
            return self._index

    def search(
        self, query: str, k: int = 10, facets: Mapping[str, Any] | None = None, ignored: Collection[str] = ()
    ) -> list[Hit]:
        """The best ``k`` passages for ``query`` within ``facets``; see :meth:`embeddings.search.SearchIndex.search`.

        An index whose files turn out to be damaged is made again first.
        """
        try:
            with self._turns.read():
                return self.index.search(query, k, facets, ignored=ignored)
        except derived.DAMAGE as error:
            if not derived.is_damage(error):
                raise
        with self._turns.write(), self._opening:
            self._index = None
            derived.discard_index(self.folder)
        with self._turns.read():
            return self.index.search(query, k, facets, ignored=ignored)

    def frame(self, query: str) -> list[tuple[str, str]]:
        """What the query says about where to look, part by part in words; see :meth:`embeddings.frame.Frame.described`."""
        with self._turns.read():
            return self.index.frame(query).described(self.index.passages.documents)

    def dataset(self) -> Dataset:
        """The store as an rdflib dataset; the union of all graphs is its default graph."""
        return self.store.dataset()

    def sparql(self, query: str, timeout: float | None = None, max_rows: int | None = None) -> SparqlResult:
        """The answer to a read-only query, bounded in seconds, rows and bytes; see :mod:`graph.sparql` for what it raises."""
        from graph.sparql import DEFAULT_ROWS, DEFAULT_SECONDS, SparqlWorker

        with self._opening:
            self._worker = self._worker or SparqlWorker(self.folder / "checkpoint", self._freeze)
        return self._worker.query(query, timeout or DEFAULT_SECONDS, max_rows or DEFAULT_ROWS)

    def _freeze(self, folder: Path, held: str) -> str:
        """Put a frozen copy of the present store into ``folder``, unless ``held`` names one of it there; returns its name."""
        with self._turns.read():
            name = f"{self._rebuilds} {self.generation}"
            if name != held:
                self.store.checkpoint(folder)
            return name

    def statistics(self) -> Statistics:
        """How much the folder holds."""
        entries = self._manifest.by_key.values()
        counts = {name: sum(getattr(e, name) for e in entries) for name in ("citations", "units", "tasks", "targets")}
        return Statistics(
            documents=len(entries),
            **counts,
            triples=derived.triples(self.folder),
            passages=derived.passage_count(self.folder),
            seconds=self._seconds,
        )

    # --- changes -------------------------------------------------------------------------------------------------------------

    def ingest(self, paths: Iterable[Path | str], progress: Progress = _silent) -> IngestReport:
        """Read files and folders; see :func:`graph.intake.files_to_read` for sources and :meth:`ingest_files` for the rest."""
        skipped: list[Failure] = []
        files, failures = files_to_read(
            [Path(path) for path in paths], lambda source, reason: skipped.append(Failure(source, reason))
        )
        return self.ingest_files(files, progress, failures, skipped)

    def ingest_files(
        self,
        files: Sequence[tuple[str, Path | bytes]],
        progress: Progress = _silent,
        failures: Sequence[Failure] = (),
        skipped: Sequence[Failure] = (),
    ) -> IngestReport:
        """Read each file (its place, or its bytes) under its source, keep it, and bring graph and search in line, once for all.

        A file that was read before with the same bytes by the same reader changes nothing; changed bytes replace what was read
        of that source. A file that cannot be read is a failure, its older version stays, and the others are read. ``failures``
        and ``skipped`` (of the walk that found the files) go into the report.
        """
        begun = time.monotonic()
        reads: list[Read] = []
        failed = list(failures)
        with self._ingesting:
            waiting: list[Entry] = []
            for source, path in files:
                try:
                    read = self._take_in(source, path)
                except UnreadableDocument as error:
                    failed.append(Failure(source, error.reason, error.hint))
                    progress(source, "failed")
                    continue
                except OSError as error:
                    reason = f"không ghi được vào thư mục dữ liệu ({error.strerror})."
                    failed.append(Failure(source, reason, "Kiểm tra dung lượng đĩa và quyền ghi."))
                    progress(source, "failed")
                    continue
                except Exception as error:  # a defect of ours in one file must not keep the other files out
                    reason = f"chương trình gặp lỗi khi đọc ({type(error).__name__}: {error})."
                    failed.append(Failure(source, reason, "Xin báo lỗi này kèm tệp cho người phát triển.", defect=True))
                    progress(source, "failed")
                    continue
                reads.append(read)
                progress(source, read.status)
                if read.status != "unchanged":
                    waiting.append(read.entry)
                if len(waiting) >= _BATCH:
                    self._commit(self._manifest.replaced(waiting))
                    waiting = []
            self._commit(self._manifest.replaced(waiting))
            self._bring_in_line()
            self._records.sweep(self._manifest)
        self._seconds = time.monotonic() - begun
        given = {source for source, _ in files}
        duplicates = tuple(
            Duplicate(e.source, e.duplicate_of, e.key is None) for e in self.entries() if e.duplicate_of and e.source in given
        )
        kept = self._manifest.by_source
        final = tuple(Read(r.source, r.status, kept[r.source]) for r in reads)
        return IngestReport(final, tuple(failed), tuple(skipped), duplicates, self.statistics())

    def _take_in(self, source: str, file: Path | bytes) -> Read:
        """Read and keep one file, unless its bytes were read before by the same reader."""
        original = self._records.keep_original(content_of(file, source), Path(source).suffix)
        old = self._manifest.by_source.get(source)
        same = old and old.original == original.name and old.reader == reader_version()
        if old and same and self._records.has_record(old):
            return Read(source, "unchanged", old)
        document = _read(original, source)
        entry = self._records.keep(document, original.name, reader_version())
        derived.check(document, entry.identity)
        return Read(source, "replaced" if old else "added", entry)

    def _commit(self, manifest: Manifest) -> None:
        """Make ``manifest`` the one that counts."""
        if manifest.digest == self._manifest.digest:
            return
        with self._turns.write():
            self._records.save_manifest(manifest)
            self._manifest = manifest
            kept = {entry.record for entry in manifest.entries}
            self._documents = {name: document for name, document in self._documents.items() if name in kept}

    def _bring_in_line(self) -> None:
        """Bring store and index in line with the manifest."""
        if derived.is_current(self.folder, self._wanted()):
            return
        with self._turns.write(), self._opening:
            if self._store:
                derived.change_store(self.folder, self._store, self._wanted(), self._load_key)
            if self._index:
                self._index = derived.change_index(self.folder, self._index, self._wanted(), self._load_key)
            _ = self.store, self.index

    def remove(self, what: str) -> Entry:
        """Remove the document called ``what`` (as for :meth:`entry`) and everything that was read out of it."""
        with self._ingesting:
            entry = self.entry(what)
            self._commit(self._manifest.without(entry.source))
            self._bring_in_line()
            self._records.sweep(self._manifest)
        return entry

    def rebuild(self, progress: Progress = _silent) -> tuple[Failure, ...]:
        """Make store and index from nothing, reading again from the originals what an older reader read or what is damaged.

        Returns the documents that are lost, because record and original are both damaged; they are taken out.
        """
        begun = time.monotonic()
        lost: list[Failure] = []
        with self._ingesting:
            manifest = self._manifest
            for entry in self.entries():
                try:
                    manifest = manifest.replaced([self._renewed(entry)])
                    progress(entry.source, "unchanged")
                except (CorruptData, UnreadableDocument) as error:
                    lost.append(Failure(entry.source, str(error), "Đọc lại tệp gốc bằng lệnh ingest."))
                    manifest = manifest.without(entry.source)
                    progress(entry.source, "failed")
            self._commit(manifest)
            with self._turns.write(), self._opening:
                self._close_parts()
                self._rebuilds += 1
                derived.discard(self.folder)
                _ = self.store, self.index
            self._records.sweep(self._manifest)
        self._seconds = time.monotonic() - begun
        return tuple(lost)

    def _renewed(self, entry: Entry) -> Entry:
        """The entry of a document whose record is intact and made by the present reader."""
        if entry.reader == reader_version():
            try:
                self._records.document(entry)
                return entry
            except CorruptData:
                self._documents.pop(entry.record, None)
        original = self._records.original(entry)
        return self._records.keep(_read(original, entry.source), original.name, reader_version())


def _read(path: Path, source: str) -> Document:
    """Read the kept original at ``path``. Raises :class:`UnreadableDocument`."""
    import documents

    return documents.read(path, source)
