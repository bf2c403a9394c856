"""From a question to its answer: read it, find what carries it, check that it does, say it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from graph.hit_form import hit_form
from questions.abstain import refusal
from questions.catalogue import Catalogue, Corpus, catalogue_of
from questions.execute import execute
from questions.model import Answer, Question, Row
from questions.plan import plan_of
from questions.understand import follow, understand
from questions.wording import refused, worded

HITS = 12
"""How many passages of the search go with an answer."""
_SEARCHED = 40
_LONGEST = 4000
"""Characters of a question that are read; what is longer is no question."""


def ask(corpus: Corpus, question: str, before: str = "", explain: bool = False, today: date | None = None) -> Answer:
    """Answer ``question`` in Vietnamese from what ``corpus`` holds; ``before`` is the question before it in a conversation.

    ``today`` is the day from which "quý này" or "quá hạn" are reckoned (the day it is, where none is given).
    With ``explain`` the answer carries the plan by which it was found (:mod:`questions.plan`).

    Any text may be given; nothing in it is executed. Returns an :class:`Answer` whose rows carry the evidence; without evidence
    it is an abstention that says why. Raises nothing of its own (a corpus that cannot be read raises what it raises).
    """
    catalogue = catalogue_of(corpus)
    text = " ".join(question[:_LONGEST].split())
    understood = understand(text, catalogue, today)
    if text and before.strip():
        understood = follow(understood, understand(" ".join(before[:_LONGEST].split()), catalogue, today))
    if not text:
        return Answer(question, understood, "Câu hỏi trống. Hãy nhập câu hỏi, ví dụ: “Ai chủ trì nhiệm vụ …?”", abstained=True)
    hits = _search(corpus, understood)
    found = execute(understood, catalogue, _weights(hits, catalogue))
    reason = refusal(understood, catalogue, found)
    hits = hits if reason or understood.kind == "search" else _evidence_first(hits, found.rows)
    shown = tuple(hit_form(hit, rank) for rank, hit in enumerate(hits[:HITS], 1))
    plan = plan_of(understood, catalogue, found) if explain else None
    if reason is not None:
        return Answer(question, understood, refused(reason, catalogue, found), found.rows[:3], (), True, shown, plan=plan)
    text = worded(understood, catalogue, found)
    return Answer(question, understood, text, found.rows, found.chain, False, shown, found.choices, plan)


def _evidence_first(hits: Sequence[Any], rows: Sequence[Row]) -> Sequence[Any]:
    """The hits with those first that the answer rests on, in its order."""

    def place(hit: Any) -> int:
        lines = hit.passage.lines
        over = (
            at
            for at, r in enumerate(rows)
            if r.source == hit.passage.source and r.lines[0] <= lines[1] and lines[0] <= r.lines[1]
        )
        return next(over, len(rows))

    return sorted(hits, key=place)


def _search(corpus: Corpus, question: Question) -> Sequence[Any]:
    """The search engine's passages for the question as typed, documents named in it first."""
    if not question.words and not question.units:
        return corpus.search(question.text, HITS) if question.text else ()
    return corpus.search(
        " ".join((question.text, *_carried_over(question), *(one.label for one in question.officially))), _SEARCHED
    )


def _carried_over(question: Question) -> tuple[str, ...]:
    """The words that a question takes over from the one before it."""
    said = set(question.expanded.replace(",", " ").split())
    return tuple(word for word in question.words if word not in said)


def _weights(hits: Sequence[Any], catalogue: Catalogue) -> Mapping[tuple[str, int], float]:
    """How much the search makes of each place, falling with the rank."""
    weights: dict[tuple[str, int], float] = {}
    for rank, hit in enumerate(hits):
        place = (hit.passage.source, hit.passage.lines[0])
        weights.setdefault(place, 1.0 / (1.0 + rank / 4))
    return weights
