"""A damaged data folder: what can be made again is made again, what is lost is named."""

import json
import shutil

import pytest
from graph_samples import everything

from graph import derived
from graph.corpus import Corpus
from graph.errors import CorruptData

pytest_plugins = ["graph_folder"]


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


def test_an_index_of_another_model_is_refused_and_kept(data):
    with Corpus.open(data) as corpus:
        corpus.search("kế hoạch", 5)
    named = next(path for path in (data / "search").rglob("vectors.json"))
    said = json.loads(named.read_text("utf-8"))
    named.write_text(json.dumps({**said, "fingerprint": "0" * len(said["fingerprint"])}), "utf-8")
    with Corpus.open(data) as corpus, pytest.raises(ValueError, match="mô hình khác"):
        corpus.search("kế hoạch", 5)
    assert named.is_file(), "the vectors of the other model are not thrown away"


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
