"""Many threads, one corpus: readers see one state, and nobody waits for a query that is not his."""

import threading
import time

import pytest

from graph.corpus import Corpus

pytest_plugins = ["graph_folder"]


def ended_or_waiting(corpus, thread):
    """Wait until a thread has changed the corpus, or waits until it may."""
    while thread.is_alive() and not corpus._turns._waiting:
        time.sleep(0.005)


@pytest.mark.parametrize("read", [lambda c: c.documents(), lambda c: [c.document("a.txt")]], ids=["documents", "document"])
def test_what_is_being_read_is_not_removed(data, monkeypatch, read):
    """A removal comes between the list of what is kept and the reading of the first record."""
    with Corpus.open(data) as corpus:
        intact, removals = corpus._intact, []

        def remove_now(entry):
            if not removals:
                removals.append(threading.Thread(target=corpus.remove, args=("a.txt",)))
                removals[0].start()
                ended_or_waiting(corpus, removals[0])
            return intact(entry)

        monkeypatch.setattr(corpus, "_intact", remove_now)
        assert "a.txt" in [document.source for document in read(corpus)]
        removals[0].join()
        assert "a.txt" not in [document.source for document in corpus.documents()]


def test_what_was_read_is_returned_though_the_corpus_changes(data, monkeypatch):
    """The kept documents are exchanged between the reading of a record and its return."""
    with Corpus.open(data) as corpus:
        monkeypatch.setattr(corpus, "_documents", Forgetful())
        assert corpus.document("a.txt").source == "a.txt"


class Forgetful(dict):
    """Keeps nothing: as if another thread had put an empty one in its place."""

    def __setitem__(self, key, value):
        pass


def test_several_calls_see_one_state(data):
    with Corpus.open(data) as corpus:
        with corpus.reading():
            removal = threading.Thread(target=corpus.remove, args=("a.txt",))
            removal.start()
            ended_or_waiting(corpus, removal)
            assert [corpus.document(entry.source).source for entry in corpus.entries()] == ["a.txt", "b.txt", "sub/c.txt"]
        removal.join()
        assert len(corpus.entries()) == 2


def test_a_query_that_waits_for_another_one_keeps_nobody_from_changing(data):
    with Corpus.open(data) as corpus:
        assert corpus.sparql("ASK {}").results["boolean"]
        corpus.remove("b.txt")  # the next query needs another copy of the store
        with corpus._worker._turn:  # a slow query is being answered
            waiting = threading.Thread(target=corpus.sparql, args=("ASK {}", 60))
            waiting.start()
            while not waiting.is_alive():
                time.sleep(0.005)
            time.sleep(0.2)
            change = threading.Thread(target=corpus.remove, args=("a.txt",), daemon=True)
            change.start()
            change.join(20)
            stuck = change.is_alive()
        waiting.join()
        assert not stuck
        assert [entry.source for entry in corpus.entries()] == ["sub/c.txt"]


def test_a_rebuilt_store_is_asked_and_not_the_one_before_it(data):
    ask = 'ASK { ?d cancu:source "a.txt" }'
    with Corpus.open(data) as corpus:
        corpus.store.drop(corpus.entry("a.txt").key)
        assert not corpus.sparql(ask).results["boolean"]
        corpus.rebuild()
        assert corpus.sparql(ask).results["boolean"]
    assert not (data / "checkpoint").exists()
