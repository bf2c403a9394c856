"""Which tasks of different plans are the same duty, or part of it; and which tasks of one plan repeat each other.

Every pair of tasks is described by how alike words, meanings, kinds of work, clauses and openings are, whether the topic is one,
and how near it comes to the best match of either task; a small logistic model says how probable it is that a clerk would put them
together (grade 1 and above) and on one row (grade 2). The weights are learned by ``benchmarks/fit_alignment.py``. A pair depends
on the two documents alone, not on their order nor on what else is in the corpus.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import numpy as np

from documents.identity import document_key
from documents.model import Document, Span, Task
from documents.text import collapse, fold, words
from embeddings.model import EmbeddingModel, load_model
from graph.alignment_model import Logistic
from graph.alignment_weights import PART, PART_WITHIN, SAME, SAME_WITHIN
from graph.document_graph import task_node
from graph.similarity import Matrix, Texts, describe, likeness, opening, share_of_best
from graph.works import work_labels, works_in
from ontology.knowledge import knowledge
from ontology.numbers import number_key

_UNSAID = "khac"
_WORTH_SHOWING = 0.03
"""Pairs of different plans are listed from this probability on: whoever compares wants the weak candidates at the end."""
_ENOUGH = 4
"""Shared words that are worth quoting as the reason."""
_WORKS_NAMED = 3


@dataclass(frozen=True, slots=True)
class End:
    """One end of a pair: a task, or an article of a directive; ``node`` is its key in the graph of documents."""

    node: str
    source: str
    lines: Span
    text: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Two duties that belong together.

    ``grade`` is 2 for the same duty, 1 for a part of it; ``score`` says how probable it is (0..1), ``why`` in Vietnamese for what
    reasons.
    """

    a: End
    b: End
    score: float
    grade: int
    why: str

    def record(self) -> dict[str, Any]:
        """The JSON value that `cancu align` prints."""
        ends = {side: {"source": e.source, "lines": list(e.lines), "text": e.text} for side, e in (("a", self.a), ("b", self.b))}
        return {**ends, "score": round(self.score, 4), "grade": self.grade, "why": self.why}


class Aligner:
    """Compares documents two by two; each is described once, as long as this lives."""

    def __init__(self, model: EmbeddingModel | None = None) -> None:
        """``model`` compares meanings (the one that comes with Cancu where ``None``)."""
        self.model = model or default_model()
        self._described: dict[tuple[str, str], Texts] = {}

    def texts(self, document: Document) -> Texts:
        """The tasks of ``document`` described."""
        found = self._described.get((document.source, document.sha256))
        if found is None or found.count != len(document.tasks):
            found = describe([task.text for task in document.tasks], self.model)
            self._described[document.source, document.sha256] = found
        return found

    def forget(self, document: Document) -> None:
        """Forget what is known about ``document``."""
        self._described.pop((document.source, document.sha256), None)

    def features(self, a: Document, b: Document) -> dict[str, Matrix]:
        """The features of each pair of tasks of ``a`` and ``b``, by name; of one document among itself where both are one."""
        return pair_features(a.tasks, b.tasks, self.texts(a), self.texts(b))

    def between(
        self, key_a: str, a: Document, key_b: str, b: Document, at_least: float = PART.threshold, most: int | None = None
    ) -> list[Alignment]:
        """The pairs of tasks of two documents with a score of ``at_least``, and all of grade 2, most probable first.

        The end ``a`` of each pair is of the document whose source comes first. With ``most``, only pairs that are among the
        ``most`` best of both their tasks.
        """
        if b.source < a.source:
            key_a, a, key_b, b = key_b, b, key_a, a
        if not a.tasks or not b.tasks:
            return []
        chosen = list(_choose(self.features(a, b), PART, SAME, at_least))
        if most is not None:
            chosen = _best_of_both(chosen, most)
        return sorted((_alignment(key_a, a, i, key_b, b, j, grade, score) for i, j, grade, score in chosen), key=order)

    def within(self, key: str, document: Document, at_least: float = PART_WITHIN.threshold) -> list[Alignment]:
        """The pairs of tasks of one document that repeat each other with a score of ``at_least``, most probable first."""
        if len(document.tasks) < 2:
            return []
        chosen = _choose(self.features(document, document), PART_WITHIN, SAME_WITHIN, at_least)
        found = (_alignment(key, document, i, key, document, j, grade, score) for i, j, grade, score in chosen if i < j)
        return sorted(found, key=order)


@cache
def default_model() -> EmbeddingModel:
    """The model that comes with Cancu, loaded once: a server traces again and again."""
    return load_model()


def pair_features(some: Sequence[Task], others: Sequence[Task], a: Texts, b: Texts) -> dict[str, Matrix]:
    """The features of each pair of tasks (rows: ``some``, described as ``a``), by the names that the models use."""
    found = likeness(a, b)
    topics = np.array([[float(x.topic == y.topic != _UNSAID) for y in others] for x in some]).reshape(len(some), len(others))
    if a is b:
        np.fill_diagonal(topics, 0.0)
    return {
        "alike": found["alike"],
        "best": share_of_best(found["alike"]),
        "best words": share_of_best(found["words"]),
        "clause": found["clause"],
        "length": found["length"],
        "opening works": found["opening works"],
        "rarest work": found["rarest work"],
        "topic": topics,
    }


def align(documents: Sequence[Document], at_least: float = _WORTH_SHOWING, about: Document | None = None) -> list[Alignment]:
    """The pairs of tasks of different ``documents`` with a score of ``at_least``, most probable first.

    ``about`` restricts them to pairs with a task of that document.
    """
    plans, aligner = _plans(documents), Aligner()
    found: list[Alignment] = []
    for n, (key_a, a) in enumerate(plans):
        for key_b, b in plans[n + 1 :]:
            if about is None or about.source in (a.source, b.source):
                found += aligner.between(key_a, a, key_b, b, at_least)
    return sorted(found, key=order)


def duplicates(documents: Sequence[Document], at_least: float = PART_WITHIN.threshold) -> list[Alignment]:
    """The pairs of tasks inside one document that repeat each other with a score of ``at_least``, most probable first."""
    aligner = Aligner()
    return sorted((pair for key, one in _plans(documents) for pair in aligner.within(key, one, at_least)), key=order)


def _plans(documents: Sequence[Document]) -> list[tuple[str, Document]]:
    """The documents with tasks and their keys, one for each key, by source."""
    found: dict[str, Document] = {}
    for document in sorted(documents, key=lambda one: one.source):
        if document.tasks:
            found.setdefault(document_key(document), document)
    return list(found.items())


def order(pair: Alignment) -> tuple[float, str, Span, str, Span]:
    """Sorts pairs: the most probable first, then by place."""
    return -pair.score, pair.a.source, pair.a.lines, pair.b.source, pair.b.lines


def _choose(
    features: Mapping[str, Matrix], part: Logistic, same: Logistic, at_least: float
) -> Iterator[tuple[int, int, int, float]]:
    """Row, column, grade and score of the pairs that belong together."""
    score, one_row = part.probability(features), same.probability(features)
    for i, j in zip(*np.nonzero((score >= at_least) | (one_row >= same.threshold)), strict=True):
        yield int(i), int(j), 2 if one_row[i, j] >= same.threshold else 1, float(max(score[i, j], one_row[i, j]))


def _best_of_both(chosen: Sequence[tuple[int, int, int, float]], most: int) -> list[tuple[int, int, int, float]]:
    """Of the pairs those that are among the ``most`` best of their row and of their column; of equals the earlier ones."""
    rows: Counter[int] = Counter()
    columns: Counter[int] = Counter()
    kept = []
    for pair in sorted(chosen, key=lambda one: (-one[3], one[0], one[1])):
        rows[pair[0]] += 1
        columns[pair[1]] += 1
        if rows[pair[0]] <= most and columns[pair[1]] <= most:
            kept.append(pair)
    return kept


def _alignment(key_a: str, a: Document, i: int, key_b: str, b: Document, j: int, grade: int, score: float) -> Alignment:
    one, other = a.tasks[i], b.tasks[j]
    ends = (
        End(task_node(key_a, one), a.source, one.lines, one.text),
        End(task_node(key_b, other), b.source, other.lines, other.text),
    )
    return Alignment(*ends, score, grade, explain(one, other, grade))


def explain(one: Task, other: Task, grade: int) -> str:
    """The reasons, in Vietnamese: what the two share, strongest first."""
    reasons = []
    shared = common_words(one.text, other.text)
    if shared:
        reasons.append(f"cùng nói “{shared}”")
    works = [] if shared else common_works(one.text, other.text)
    if works:
        reasons.append("cùng việc " + ", ".join(works))
    cited = {number_key(number) for number in other.cites}
    bases = [number for number in one.cites if number_key(number) in cited]
    if bases:
        reasons.append("cùng căn cứ " + ", ".join(bases))
    if one.product and other.product and common_words(one.product, other.product, 2):
        reasons.append(f"cùng sản phẩm “{collapse(one.product)}”")
    if one.topic == other.topic != _UNSAID:
        reasons.append(f"cùng lĩnh vực {knowledge().topic(one.topic).label.lower()}")
    leads = [lead for lead in one.lead if fold(lead) in {fold(name) for name in other.lead}]
    if leads:
        reasons.append("cùng đơn vị chủ trì " + ", ".join(leads))
    verdict = "cùng một nhiệm vụ" if grade == 2 else "có phần việc chung"
    return f"{verdict}: {'; '.join(reasons) or 'nội dung gần nhau'}"


def common_works(one: str, other: str) -> list[str]:
    """The kinds of work that both texts speak of, those of the openings first; at most three."""
    shared = np.minimum(works_in(one), works_in(other))
    first = np.minimum(works_in(opening(one)), works_in(opening(other)))
    ranked = sorted(np.flatnonzero(shared), key=lambda kind: (-first[kind], -shared[kind], kind))
    return [work_labels()[kind] for kind in ranked[:_WORKS_NAMED]]


def common_words(one: str, other: str, least: int = _ENOUGH) -> str:
    """The longest run of words that both texts have, as the first writes it; "" when it is shorter than ``least`` words."""
    first, second = words(one), words(other)
    folded = [[fold(word) for word in text] for text in (first, second)]
    match = SequenceMatcher(None, folded[0], folded[1], autojunk=False).find_longest_match()
    return " ".join(first[match.a : match.a + match.size]) if match.size >= least else ""
