"""Ended without warning (SIGKILL) at any moment, the data folder is whole when it is opened again."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from graph_samples import plan_text, write_plans

from graph.corpus import Corpus

ROOT = Path(__file__).resolve().parent.parent

INGEST = """
import os, signal, sys
from pathlib import Path
import graph.corpus as corpus_module, graph.derived as derived, graph.record_store as record_store
from graph.stamp import Stamp
from graph.store import GraphStore

point, skip, data, plans = sys.argv[1], int(sys.argv[2]), sys.argv[3], sys.argv[4]

def dying(owner, name, before):
    real = getattr(owner, name)
    def call(*args, **kwargs):
        global skip
        skip -= 1
        if skip < 0 and before:
            os.kill(os.getpid(), signal.SIGKILL)
        found = real(*args, **kwargs)
        if skip < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return found
    setattr(owner, name, call)

where, when = point.split(":")
owners = {
    "rename": (Path, "replace"),
    "record": (record_store.RecordStore, "keep"),
    "manifest": (record_store.RecordStore, "save_manifest"),
    "graph": (GraphStore, "put"),
    "drop": (GraphStore, "drop"),
    "clear": (Stamp, "clear"),
    "stamp": (Stamp, "write"),
    "index": (derived, "change_index"),
    "sweep": (record_store.RecordStore, "sweep"),
}
dying(*owners[where], when == "before")
with corpus_module.Corpus.open(data) as corpus:
    corpus.index, corpus.store
    corpus.ingest([plans])
print("finished")
"""

POINTS = [
    ("record:after", 0, "a record is written, no manifest names it"),
    ("record:after", 1, "two records are written"),
    ("rename:before", 0, "the first file is written in part"),
    ("rename:before", 1, "a record is written in part"),
    ("manifest:before", 0, "all records are written"),
    ("rename:before", 4, "the manifest is written in part"),
    ("manifest:after", 0, "the manifest counts, nothing is derived yet"),
    ("clear:after", 0, "the store is about to change"),
    ("drop:after", 0, "a graph is dropped"),
    ("graph:after", 0, "one graph is put"),
    ("stamp:before", 0, "the store has changed, its stamp is missing"),
    ("stamp:after", 0, "the store is done, the index is not"),
    ("clear:after", 1, "the index is about to change"),
    ("stamp:before", 1, "the index has changed, its stamp is missing"),
    ("sweep:before", 0, "older files are not swept away yet"),
]


@pytest.fixture(scope="module")
def expected(tmp_path_factory):
    """What stands before and after the change that is cut short."""
    folder = tmp_path_factory.mktemp("expected")
    plans = folder / "plans"
    write_plans(plans)
    with Corpus.open(folder / "data", create=True) as corpus:
        corpus.ingest([plans])
        before = state(corpus)
        change(plans)
        corpus.ingest([plans])
        after = state(corpus)
    return before, after


def state(corpus):
    """What is kept and what the store says of it."""
    return {(entry.source, entry.sha256) for entry in corpus.entries()}, corpus.store.nquads()


def change(plans):
    """Two files change, one comes in addition."""
    (plans / "a.txt").write_text(plan_text("Bến Trúc", "12", "Mua sắm máy quét tài liệu"), "utf-8")
    (plans / "b.txt").write_text(plan_text("Gò Lụa", "12", "Đào tạo kỹ năng số"), "utf-8")
    (plans / "d.txt").write_text(plan_text("Bãi Me", "09"), "utf-8")


@pytest.mark.parametrize(("point", "skip", "why"), POINTS, ids=[p[2] for p in POINTS])
def test_killed(tmp_path, expected, point, skip, why):
    plans, data = tmp_path / "plans", tmp_path / "data"
    write_plans(plans)
    with Corpus.open(data, create=True) as corpus:
        corpus.ingest([plans])
    change(plans)
    run = subprocess.run(
        [sys.executable, "-c", INGEST, point, str(skip), str(data), str(plans)], cwd=ROOT, capture_output=True, text=True
    )
    assert run.returncode == -signal.SIGKILL, run.stdout + run.stderr

    with Corpus.open(data) as corpus:
        assert state(corpus) in expected, "the old state or the new one, nothing between"
        found = {hit.passage.document for hit in corpus.search("kế hoạch phường", 100)}
        assert found <= {entry.key for entry in corpus.entries()}
        assert len(corpus.index) == corpus.statistics().passages
        assert corpus.ingest([plans]).ok
        assert state(corpus) == expected[1], "nothing is lost: the same files again complete it"
    assert not list(data.rglob("*.partial"))
    assert len(list((data / "records").iterdir())) == len(list((data / "originals").iterdir())) == 4
