"""Suggested questions are answered by the corpus; what is typed is completed from its own numbers and units."""

from __future__ import annotations

import pytest
from questions_samples import CORPUS, MemoryCorpus

from documents.text import fold
from questions import ask
from questions.suggest import completions, suggestions


def test_every_suggestion_is_answered():
    found = suggestions(CORPUS, most=12)
    assert len(found) == 12
    assert not [question for question in found if ask(CORPUS, question).abstained]


def test_suggestions_come_from_every_document():
    whose = {row.document for question in suggestions(CORPUS, most=6) for row in ask(CORPUS, question).rows}
    assert len(whose) >= len(CORPUS.documents())


@pytest.mark.parametrize("begun", ["van phong", "ky", "máy tính"])
def test_suggestions_have_the_words_that_were_begun(begun):
    found = suggestions(CORPUS, begun)
    assert found
    assert all(word in fold(question) for question in found for word in fold(begun).split())


def test_an_empty_corpus_suggests_nothing():
    assert suggestions(MemoryCorpus()) == ()
    assert completions(MemoryCorpus(), "15") == ()


COMPLETED = [
    # begun, the first completion, reason
    ("15", "15/KH-UBND", "the number of a document of the corpus"),
    ("57-nq", "57-NQ/TW", "a cited number, in small letters"),
    ("phong van", "Phòng Văn hóa - Xã hội", "a unit without accents"),
    ("hanh chinh cong", "Trung tâm Phục vụ hành chính công", "words from inside a unit's name"),
]


@pytest.mark.parametrize(("begun", "first", "reason"), COMPLETED, ids=[row[2] for row in COMPLETED])
def test_what_is_begun_is_completed(begun, first, reason):
    assert completions(CORPUS, begun)[0].text == first


@pytest.mark.parametrize("begun", ["", "   ", "xyzxyz", "999999"])
def test_what_nothing_begins_with_has_no_completion(begun):
    assert completions(CORPUS, begun) == ()
