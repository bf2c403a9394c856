"""From a question to its answer: read it, find what carries it, check that it does, say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from questions.abstain import refusal
from questions.execute import execute
from questions.library import Corpus, Library, library_of
from questions.model import Answer, Question
from questions.understand import understand
from questions.wording import refused, worded

HITS = 12
"""How many passages of the search go with an answer."""
_SEARCHED = 40
_LONGEST = 4000
"""Characters of a question that are read; what is longer is no question."""


def ask(corpus: Corpus, question: str) -> Answer:
    """Answer ``question`` in Vietnamese from what ``corpus`` holds.

    Any text may be given; nothing in it is executed. Returns an :class:`Answer` whose rows carry the evidence; without evidence
    it is an abstention that says why. Raises nothing of its own (a corpus that cannot be read raises what it raises).
    """
    library = library_of(corpus)
    text = " ".join(question[:_LONGEST].split())
    understood = understand(text, library)
    if not text:
        return Answer(question, understood, "Câu hỏi trống. Hãy nhập câu hỏi, ví dụ: “Ai chủ trì nhiệm vụ …?”", abstained=True)
    hits = _search(corpus, understood)
    found = execute(understood, library, _weights(hits, library))
    reason = refusal(understood, library, found)
    shown = tuple(_record(hit, rank) for rank, hit in enumerate(hits[:HITS], 1))
    if reason is not None:
        return Answer(question, understood, refused(reason, library, found), found.rows[:3], (), True, shown)
    return Answer(question, understood, worded(understood, library, found), found.rows, found.chain, False, shown)


def _search(corpus: Corpus, question: Question) -> Sequence[Any]:
    """The search engine's passages for the question as typed, documents named in it first."""
    if not question.words and not question.units:
        return corpus.search(question.text, HITS) if question.text else ()
    return corpus.search(" ".join((question.text, *(one.label for one in question.officially))), _SEARCHED)


def _weights(hits: Sequence[Any], library: Library) -> Mapping[tuple[str, int], float]:
    """How much the search makes of each place, falling with the rank."""
    weights: dict[tuple[str, int], float] = {}
    for rank, hit in enumerate(hits):
        place = (hit.passage.source, hit.passage.lines[0])
        weights.setdefault(place, 1.0 / (1.0 + rank / 4))
    return weights


def _record(hit: Any, rank: int) -> dict[str, Any]:
    """A hit as the answer's JSON has it."""
    passage = hit.passage
    return {
        "rank": rank,
        "score": round(float(hit.score), 4),
        "kind": passage.kind,
        "document": passage.document,
        "source": passage.source,
        "lines": list(passage.lines),
        "text": passage.text,
    }
