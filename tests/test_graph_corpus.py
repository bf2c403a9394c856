"""The data folder: read, kept, derived, removed, and whole again after damage."""

import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from graph_samples import WARD_PLAN, everything, plan_text, texts

from graph import derived
from graph.corpus import Corpus, files_to_read
from graph.errors import AmbiguousDocument, DataFolderBusy, DataFolderMissing, GraphError, UnknownDocument
from graph.inquiry import Inquiry

ROOT = Path(__file__).resolve().parent.parent
pytest_plugins = ["graph_folder"]


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
        assert corpus.entry("a.txt").key == WARD_PLAN and len(corpus.documents()) == 3
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
        assert not any(key == WARD_PLAN and "Rà soát" in text for key, text in changed[1])
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
        assert removed.key == WARD_PLAN
        quads, found, _ = everything(corpus)
        assert b"ben-truc" not in quads and b"a.txt" not in quads
        assert WARD_PLAN not in {key for key, _ in found}
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
        corpus.remove(WARD_PLAN)
        corpus.ingest([plans])
        assert everything(corpus) == before


def test_it_is_there_after_reopening(data):
    with Corpus.open(data) as corpus:
        before = everything(corpus)
    with Corpus.open(data) as corpus:
        assert everything(corpus) == before
        assert corpus.document(WARD_PLAN).source == "a.txt"


# --- names -------------------------------------------------------------------------------------------------------------------


def test_a_document_answers_to_its_names(data):
    with Corpus.open(data) as corpus:
        iri = corpus.entry("a.txt").iri
        for what in (WARD_PLAN, iri, f"{iri}#T001", f"{WARD_PLAN}#T001", " a.txt "):
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
        assert corpus.entry("copy.txt").key == WARD_PLAN, "the copy takes the place of the removed one"
        assert any(key == WARD_PLAN for key, _ in texts(corpus))


def test_another_version_stands_beside_the_first(data, plans):
    (plans / "z-new.txt").write_text(plan_text("Bến Trúc", "12", "Mua sắm máy quét tài liệu"), "utf-8")
    with Corpus.open(data) as corpus:
        report = corpus.ingest([plans])
        assert [(d.source, d.of, d.same_bytes) for d in report.duplicates] == [("z-new.txt", "a.txt", False)]
        version = corpus.entry("z-new.txt").key
        assert version.startswith(f"{WARD_PLAN}~") and corpus.entry("a.txt").key == WARD_PLAN
        assert any(key == version and "máy quét" in text for key, text in texts(corpus))
        assert corpus.key(corpus.document("z-new.txt")) == version
        assert [d.source for d in corpus.documents()] == ["a.txt", "b.txt", "sub/c.txt"]
        corpus.remove("a.txt")
        assert corpus.entry("z-new.txt").key == WARD_PLAN
        assert b"~" not in corpus.store.nquads()


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


def test_an_export_is_never_cut_short_silently(data, monkeypatch):
    monkeypatch.setattr("graph.sparql.DEFAULT_ROWS", 5)
    with Corpus.open(data) as corpus:
        inquiry = Inquiry(corpus)
        assert inquiry.export("nquads", query="CONSTRUCT WHERE { ?s a cancu:Plan }")
        with pytest.raises(GraphError, match="quá nhiều kết quả"):
            inquiry.export("nquads", query="CONSTRUCT WHERE { ?s ?p ?o }")


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
