"""A part that older code or knowledge made is known as such: whatever decides the result changes the version."""

import shutil
from pathlib import Path

import pytest

from graph import versions

ROOT = Path(__file__).resolve().parent.parent
MAKERS = {"reader": versions.reader_version, "graph": versions.store_version, "index": versions.index_version}


@pytest.fixture
def rooms(tmp_path, monkeypatch):
    """A copy of the rooms (of large data only the names) that may be changed."""
    for room in ("ontology", "documents", "embeddings", "graph"):
        for path in (ROOT / room).rglob("*"):
            if path.is_file() and path.suffix in (".py", ".ttl"):
                copy = tmp_path / path.relative_to(ROOT)
                copy.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(path, copy)
    monkeypatch.setattr(versions, "_ROOMS", tmp_path)
    yield tmp_path
    forget()


def forget():
    for version in (versions.reader_version, versions.graph_version, versions.index_version):
        version.cache_clear()


def all_versions():
    forget()
    return {name: version() for name, version in MAKERS.items()}


CHANGES = [
    ("ontology/lists/abbreviations.ttl", {"reader", "graph", "index"}, "abbreviations are written out in the word index"),
    ("documents/text.py", {"reader", "graph", "index"}, "how words are folded decides identities and index entries"),
    ("documents/identity.py", {"reader", "graph", "index"}, "the key under which a document stands"),
    ("embeddings/passage.py", {"graph", "index"}, "passages stand in graph and index"),
    ("embeddings/word_index.py", {"index"}, "words stand in the index alone"),
    ("graph/statements.py", {"graph"}, "statements stand in the graph alone"),
    ("embeddings/train/loop.py", set(), "what trains the model makes nothing"),
]


@pytest.mark.parametrize(("file", "changed", "why"), CHANGES, ids=[row[0] for row in CHANGES])
def test_a_change_is_noticed_where_it_counts(rooms, file, changed, why):
    before = all_versions()
    path = rooms / file
    path.write_bytes(path.read_bytes() + b"\n# changed\n")
    after = all_versions()
    assert {name for name in MAKERS if before[name] != after[name]} == changed, why


def test_the_same_files_give_the_same_versions(rooms):
    assert all_versions() == all_versions()
