"""The data folder: read, kept, derived, removed, and whole again after damage."""

import json
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from graph_samples import plan_text, write_plans

from graph import derived
from graph.corpus import Corpus, files_to_read
from graph.errors import AmbiguousDocument, CorruptData, DataFolderBusy, DataFolderMissing, UnknownDocument

ROOT = Path(__file__).resolve().parent.parent
A = "uy-ban-nhan-dan-phuong-ben-truc/2026/12-kh-ubnd"


@pytest.fixture
def plans(tmp_path):
    folder = tmp_path / "plans"
    write_plans(folder)
    return folder


@pytest.fixture
def data(tmp_path, plans):
    """A closed data folder that holds the three plans."""
    with Corpus.open(tmp_path / "data", create=True) as corpus:
        assert corpus.ingest([plans]).ok
    return tmp_path / "data"


def texts(corpus):
    """What can be found: the words and keys of all passages that a broad query finds."""
    hits = [
        hit
        for query in ("rà soát hồ sơ cấp độ", "mua sắm máy quét", "văn phòng", "kế hoạch phường")
        for hit in corpus.search(query, 100)
    ]
    return {(hit.passage.document, hit.passage.text) for hit in hits}


def everything(corpus):
    return corpus.store.nquads(), texts(corpus), corpus.generation


# --- reading -----------------------------------------------------------------------------------------------------------------


def test_a_folder_is_read(tmp_path, plans):
    seen = []
    with Corpus.open(tmp_path / "data", create=True) as corpus:
        report = corpus.ingest([plans], lambda source, status: seen.append((source, status)))
        assert seen == [("a.txt", "added"), ("b.txt", "added"), ("sub/c.txt", "added")]
        assert report.ok and [entry.source for entry in corpus.entries()] == ["a.txt", "b.txt", "sub/c.txt"]
        counts = report.statistics
        assert (counts.documents, counts.tasks) == (3, sum(entry.tasks for entry in corpus.entries()))
        assert counts.triples == len(corpus.store) > 0 and counts.passages == len(corpus.index) > 0
        assert corpus.entry("a.txt").key == A and len(corpus.documents()) == 3
        assert any("Rà soát" in text for _, text in texts(corpus))


def test_the_same_again_changes_nothing(data, plans):
    def stamps():
        return {p: p.stat().st_mtime_ns for p in data.rglob("*") if p.is_file() and p.name != "lock" and "store/" not in str(p)}

    before = stamps()
    with Corpus.open(data) as corpus:
        assert {read.status for read in corpus.ingest([plans]).documents} == {"unchanged"}
        assert corpus._store is None and corpus._index is None, "neither store nor index is opened"
    assert stamps() == before


def test_a_changed_file_replaces_exactly_what_was_read_of_it(data, plans, tmp_path):
    (plans / "a.txt").write_text(plan_text("Bến Trúc", "12", "Mua sắm máy quét tài liệu"), "utf-8")
    with Corpus.open(data) as corpus:
        assert [r.status for r in corpus.ingest([plans]).documents] == ["replaced", "unchanged", "unchanged"]
        changed = everything(corpus)
        assert not any(key == A and "Rà soát" in text for key, text in changed[1])
    with Corpus.open(tmp_path / "fresh", create=True) as fresh:
        fresh.ingest([plans])
        assert everything(fresh)[:2] == changed[:2]


def test_the_order_of_reading_does_not_matter(tmp_path, plans):
    found = []
    for name, order in (("one", ["a.txt", "b.txt", "sub/c.txt"]), ("two", ["sub/c.txt", "b.txt", "a.txt"])):
        with Corpus.open(tmp_path / name, create=True) as corpus:
            for source in order:
                corpus.ingest_files([(source, plans / source)])
            found.append(everything(corpus))
    assert found[0] == found[1]


def test_removal_leaves_nothing(data, plans, tmp_path):
    with Corpus.open(data) as corpus:
        removed = corpus.remove("a.txt")
        assert removed.key == A
        quads, found, _ = everything(corpus)
        assert b"ben-truc" not in quads and b"a.txt" not in quads
        assert A not in {key for key, _ in found}
        assert len(corpus.store) == corpus.statistics().triples and len(corpus.index) == corpus.statistics().passages
    left = b"".join(
        path.read_bytes() for path in data.rglob("*") if path.is_file() and path.parent.name in ("originals", "records")
    )
    assert "Bến Trúc".encode() not in left
    with Corpus.open(data) as reopened, Corpus.open(tmp_path / "fresh", create=True) as fresh:
        fresh.ingest_files([(source, plans / source) for source in ("b.txt", "sub/c.txt")])
        assert everything(reopened)[:2] == everything(fresh)[:2]


def test_removed_and_read_again_is_as_before(data, plans):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
        corpus.remove(A)
        corpus.ingest([plans])
        assert everything(corpus) == before


def test_it_is_there_after_reopening(data):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
    with Corpus.open(data) as corpus:
        assert everything(corpus) == before
        assert corpus.document(A).source == "a.txt"


# --- names -------------------------------------------------------------------------------------------------------------------


def test_a_document_answers_to_its_names(data):
    with Corpus.open(data) as corpus:
        iri = corpus.entry("a.txt").iri
        for what in (A, iri, f"{iri}#T001", f"{A}#T001", " a.txt "):
            assert corpus.entry(what).source == "a.txt", what
        assert (
            corpus.entry("07/KH-UBND").source == corpus.entry("7/kh-ubnd").source == corpus.entry("c.txt").source == "sub/c.txt"
        )
        with pytest.raises(AmbiguousDocument) as ambiguous:
            corpus.remove("12/KH-UBND")
        assert ambiguous.value.candidates == ("a.txt", "b.txt")
        assert len(corpus.entries()) == 3, "nothing was removed"
        with pytest.raises(UnknownDocument, match="99/KH-UBND"):
            corpus.document("99/KH-UBND")


# --- bad input ---------------------------------------------------------------------------------------------------------------


def test_each_bad_file_is_named_and_the_rest_is_read(tmp_path, plans):
    (plans / "empty.txt").write_bytes(b"")
    (plans / "binary.txt").write_bytes(bytes(range(256)) * 40)
    (plans / ".hidden.txt").write_text("x", "utf-8")
    (plans / "README.md").write_text("# about", "utf-8")
    (plans / "table.csv").write_text("a,b", "utf-8")
    (tmp_path / "nothing").mkdir()
    with Corpus.open(tmp_path / "data", create=True) as corpus:
        report = corpus.ingest([plans, tmp_path / "missing.txt", tmp_path / "nothing"])
        assert not report.ok
        failed = {Path(failure.source).name: failure for failure in report.failures}
        assert set(failed) == {"empty.txt", "binary.txt", "missing.txt", "nothing"}
        assert all(failure.reason and not failure.defect for failure in failed.values())
        assert {skip.source for skip in report.skipped} == {".hidden.txt", "README.md", "table.csv"}
        assert len(report.documents) == 3 == len(corpus.entries())
        assert (
            not list((tmp_path / "data" / "originals").glob("*")) or len(list((tmp_path / "data" / "originals").iterdir())) == 3
        )


def test_a_file_that_became_unreadable_keeps_its_older_version(data, plans):
    (plans / "a.txt").write_bytes(b"")
    with Corpus.open(data) as corpus:
        before = everything(corpus)
        report = corpus.ingest([plans])
        assert [failure.source for failure in report.failures] == ["a.txt"]
        assert everything(corpus) == before


def test_a_defect_of_the_reader_keeps_no_other_file_out(tmp_path, plans, monkeypatch):
    import documents

    read = documents.read
    monkeypatch.setattr(documents, "read", lambda path, source: 1 // 0 if source == "b.txt" else read(path, source))
    with Corpus.open(tmp_path / "data", create=True) as corpus:
        report = corpus.ingest([plans])
    assert [(f.source, f.defect) for f in report.failures] == [("b.txt", True)]
    assert "ZeroDivisionError" in report.failures[0].reason and len(report.documents) == 2


def test_a_document_that_nothing_can_be_derived_from_is_not_kept(tmp_path, plans, monkeypatch):
    import graph.build

    make = graph.build.document_quads
    monkeypatch.setattr(graph.build, "document_quads", lambda d, key=None: {}[0] if d.source == "b.txt" else make(d, key))
    with Corpus.open(tmp_path / "data", create=True) as corpus:
        report = corpus.ingest([plans])
        assert [(f.source, f.defect) for f in report.failures] == [("b.txt", True)]
        assert [entry.source for entry in corpus.entries()] == ["a.txt", "sub/c.txt"] and len(corpus.store)


def test_names_of_files_are_composed(tmp_path):
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "ke\u0302\u0301 hoa\u0323ch.txt").write_text(plan_text("Bến Trúc", "1"), "utf-8")
    files, _ = files_to_read([tmp_path / "in"])
    assert [source for source, _ in files] == ["kế hoạch.txt"]


def test_two_files_with_one_source_are_not_mixed_up(tmp_path):
    for name, ward in (("one", "Bến Trúc"), ("two", "Gò Lụa")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "plan.txt").write_text(plan_text(ward, "1"), "utf-8")
    files, failures = files_to_read([tmp_path / "one", tmp_path / "two", tmp_path / "one" / "plan.txt"])
    assert files == [("plan.txt", tmp_path / "one" / "plan.txt")]
    assert [failure.source for failure in failures] == ["plan.txt"]


def test_a_missing_folder_is_made_only_on_request(tmp_path):
    with pytest.raises(DataFolderMissing):
        Corpus.open(tmp_path / "data")
    assert not (tmp_path / "data").exists()
    (tmp_path / "file").write_text("x")
    with pytest.raises(DataFolderMissing):
        Corpus.open(tmp_path / "file" / "data", create=True)


# --- duplicates --------------------------------------------------------------------------------------------------------------


def test_the_same_bytes_twice_are_one_document(data, plans):
    shutil.copy(plans / "a.txt", plans / "copy.txt")
    with Corpus.open(data) as corpus:
        before = everything(corpus)[:2]
        report = corpus.ingest([plans])
        assert [(d.source, d.of, d.same_bytes) for d in report.duplicates] == [("copy.txt", "a.txt", True)]
        assert everything(corpus)[:2] == before
        assert corpus.entry("copy.txt").key is None and len(corpus.documents()) == 3
        corpus.remove("a.txt")
        assert corpus.entry("copy.txt").key == A, "the copy takes the place of the removed one"
        assert any(key == A for key, _ in texts(corpus))


def test_another_version_stands_beside_the_first(data, plans):
    (plans / "z-new.txt").write_text(plan_text("Bến Trúc", "12", "Mua sắm máy quét tài liệu"), "utf-8")
    with Corpus.open(data) as corpus:
        report = corpus.ingest([plans])
        assert [(d.source, d.of, d.same_bytes) for d in report.duplicates] == [("z-new.txt", "a.txt", False)]
        version = corpus.entry("z-new.txt").key
        assert version.startswith(f"{A}~") and corpus.entry("a.txt").key == A
        assert any(key == version and "máy quét" in text for key, text in texts(corpus))
        assert corpus.key(corpus.document("z-new.txt")) == version
        assert [d.source for d in corpus.documents()] == ["a.txt", "b.txt", "sub/c.txt"]
        corpus.remove("a.txt")
        assert corpus.entry("z-new.txt").key == A
        assert b"~" not in corpus.store.nquads()


# --- damage ------------------------------------------------------------------------------------------------------------------


def flip(path):
    """Damage a file in its middle."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 0xFF
    path.write_bytes(bytes(content))


def test_a_damaged_store_is_made_again(data):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
    tables = list((data / "store").glob("*.sst")) + list((data / "store").glob("MANIFEST*"))
    for path in tables:
        path.write_bytes(b"\0" * 100)
    said = []
    with Corpus.open(data, notify=said.append) as corpus:
        assert everything(corpus) == before
    assert said == ["Kho bộ ba bị hỏng, đang dựng lại từ các bản ghi."]


@pytest.mark.parametrize("part", ["store", "search", "store.json", "search.json"])
def test_a_missing_part_is_made_again(data, part):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
    path = data / part
    shutil.rmtree(path) if path.is_dir() else path.unlink()
    with Corpus.open(data) as corpus:
        assert everything(corpus) == before


@pytest.mark.parametrize("part", ["store.json", "search.json"])
def test_a_part_made_by_older_code_is_made_again(data, part):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
    stamp = json.loads((data / part).read_text("utf-8"))
    (data / part).write_text(json.dumps({**stamp, "version": "older"}), "utf-8")
    said = []
    with Corpus.open(data, notify=said.append) as corpus:
        assert everything(corpus) == before
    assert len(said) == 1 and "đã cũ" in said[0]


def test_a_damaged_search_index_is_made_again(data):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
    files = [path for path in (data / "search").rglob("*") if path.is_file()]
    assert files
    for path in files:
        now = next(p for p in (data / "search").rglob(path.name) if p.is_file())  # a new generation has another folder
        now.write_bytes(b"")
        with Corpus.open(data) as corpus:
            assert everything(corpus) == before, f"with an empty {path.name}"


def test_an_unknown_facet_is_no_damage(data):
    with Corpus.open(data) as corpus:
        with pytest.raises(ValueError, match="bộ lọc"):
            corpus.search("kế hoạch", 5, {"colour": "red"})
        assert derived.passage_count(data)


@pytest.mark.parametrize("content", [b"", b"{", b'{"format": 1}', b'{"format": 99, "digest": "", "entries": []}', None])
def test_a_damaged_manifest_is_made_again_from_the_records(data, content):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
    if content is None:
        (data / "manifest.json").unlink()
    else:
        (data / "manifest.json").write_bytes(content)
    said = []
    with Corpus.open(data, notify=said.append) as corpus:
        assert everything(corpus) == before
    assert any("Danh mục" in message for message in said)


def test_a_manifest_changed_by_hand_is_noticed(data):
    text = (data / "manifest.json").read_text("utf-8")
    (data / "manifest.json").write_text(text.replace("2026-01-09", "2026-01-10", 1), "utf-8")
    with Corpus.open(data) as corpus:
        assert {entry.date for entry in corpus.entries()} == {"2026-01-09"}


def test_a_damaged_record_is_read_again_from_the_original(data):
    with Corpus.open(data) as corpus:
        entry, document = corpus.entry("a.txt"), corpus.document("a.txt")
    flip(data / "records" / entry.record)
    said = []
    with Corpus.open(data, notify=said.append) as corpus:
        assert corpus.document("a.txt") == document
        assert any("a.txt" in message for message in said)
        assert corpus.rebuild() == ()
    with Corpus.open(data, notify=lambda message: pytest.fail(message)) as corpus:
        assert corpus.document("a.txt") == document


def test_what_is_lost_is_named_and_the_rest_stays(data):
    with Corpus.open(data) as corpus:
        entry = corpus.entry("a.txt")
    flip(data / "records" / entry.record)
    flip(data / "originals" / entry.original)
    with Corpus.open(data) as corpus:
        with pytest.raises(CorruptData, match=r"a\.txt"):
            corpus.document("a.txt")
        assert [failure.source for failure in corpus.rebuild()] == ["a.txt"]
        assert [entry.source for entry in corpus.entries()] == ["b.txt", "sub/c.txt"]
        assert any("Gò Lụa" in d.header.issuer for d in corpus.documents())


def test_rebuilding_gives_the_same(data):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
        assert corpus.rebuild() == ()
        assert everything(corpus) == before


def test_a_document_of_an_older_reader_is_read_again(data, plans, monkeypatch):
    monkeypatch.setattr("graph.corpus.reader_version", lambda: "newer")
    with Corpus.open(data) as corpus:
        corpus.rebuild()
        assert {entry.reader for entry in corpus.entries()} == {"newer"}
        assert {read.status for read in corpus.ingest([plans]).documents} == {"unchanged"}


def test_half_written_files_are_swept_away(data, plans):
    (data / "records" / "x.json.partial").write_bytes(b"{")
    (data / "originals" / "0123.txt").write_bytes(b"of nobody")
    with Corpus.open(data) as corpus:
        corpus.ingest([plans])
        assert len(corpus.entries()) == 3
    assert len(list((data / "records").iterdir())) == len(list((data / "originals").iterdir())) == 3


# --- owners, threads, start-up -----------------------------------------------------------------------------------------------


def test_one_owner_at_a_time(data):
    with Corpus.open(data, command="cancu serve"), pytest.raises(DataFolderBusy, match="cancu serve"):
        Corpus.open(data)
    with Corpus.open(data):
        pass


def test_threads_read_while_one_writes(data, plans):
    errors = []
    with Corpus.open(data) as corpus:

        def read():
            try:
                for _ in range(10):
                    assert corpus.search("kế hoạch", 5)
                    assert corpus.sparql("ASK { ?d a cancu:Plan }").results["boolean"]
                    assert len(corpus.documents()) >= 2
            except Exception as error:
                errors.append(error)

        threads = [threading.Thread(target=read) for _ in range(3)]
        for thread in threads:
            thread.start()
        for _ in range(3):
            corpus.remove("a.txt")
            corpus.ingest([plans])
        for thread in threads:
            thread.join()
    assert not errors


def test_queries_see_every_change(data, plans):
    count = "SELECT (COUNT(DISTINCT ?s) AS ?n) { ?d cancu:source ?s }"
    with Corpus.open(data) as corpus:
        for wanted, change in (("3", lambda: None), ("2", lambda: corpus.remove("a.txt")), ("3", lambda: corpus.ingest([plans]))):
            change()
            assert corpus.sparql(count).results["results"]["bindings"][0]["n"]["value"] == wanted
    assert not (data / "checkpoint").exists()


def test_rdflib_stands_before_the_store(data):
    with Corpus.open(data) as corpus:
        query = "SELECT ?s { ?d <https://w3id.org/cancu/ontology#source> ?s } ORDER BY ?s"
        assert [str(row[0]) for row in corpus.dataset().query(query)] == ["a.txt", "b.txt", "sub/c.txt"]


def test_searching_loads_neither_rdflib_nor_torch_nor_the_store(data):
    code = (
        "import sys; from graph.corpus import Corpus\n"
        "with Corpus.open(sys.argv[1]) as corpus:\n"
        "    assert corpus.search('rà soát hồ sơ', 3)\n"
        "    assert corpus._store is None\n"
        "print(*sorted({name.partition('.')[0] for name in sys.modules}))\n"
    )
    run = subprocess.run([sys.executable, "-c", code, str(data)], cwd=ROOT, capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert not loaded & {"rdflib", "torch", "pyshacl", "sentence_transformers", "fastapi", "networkx"}


def test_what_is_derived_counts_as_current_only_when_it_is(data):
    with Corpus.open(data) as corpus:
        wanted = corpus._wanted()
    assert derived.is_current(data, wanted)
    assert not derived.is_current(data, {**wanted, "another": "record"})
    derived.discard(data)
    assert not derived.is_current(data, wanted)
