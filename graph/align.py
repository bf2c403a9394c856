"""Which tasks of different plans are the same duty, or part of it; and which tasks of one plan repeat each other.

Every pair of tasks is described by how alike words, meaning, opening words, headings and products are, whether the topic is one,
and whether each is the other's best match; a small logistic model says how probable it is that a clerk would put them together
(grade 1 and above) and on one row (grade 2). The weights are learned by ``benchmarks/fit_alignment.py``. A pair does not depend
on the order of documents or of its ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache
from typing import Any

import numpy as np

from documents.identity import document_key, surroundings
from documents.model import Document, Span, Task
from documents.text import collapse, fold, words
from embeddings.model import EmbeddingModel, load_model
from graph.alignment_model import Logistic
from graph.alignment_weights import PART, SAME, SAME_WITHIN
from graph.document_graph import DocumentGraph, TaskPair, level_rank, task_node
from graph.similarity import Matrix, Meaning, Rarity, letters, pairs, share_of_best, syllables
from ontology.knowledge import knowledge
from ontology.numbers import number_key

_OPENING_WORDS = 14
_UNSAID = "khac"
_CLAUSE_END = re.compile(r"[;.:]\s")
_WORTH_SHOWING = 0.08
"""Pairs of different plans are listed from this probability on: whoever compares wants the weak candidates at the end."""
_NEAREST = 12
"""Tasks of an upper plan that are looked at closely for one task; the others are too unlike it to be the same duty."""
_ENOUGH = 4
"""Shared words that are worth quoting as the reason."""


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

    def pair(self) -> TaskPair:
        """The pair as an edge for the graph of documents."""
        return TaskPair(self.a.node, self.b.node, self.score, self.grade)


def align(documents: Sequence[Document], at_least: float = _WORTH_SHOWING, about: Document | None = None) -> list[Alignment]:
    """The pairs of tasks of different ``documents`` with a score of ``at_least``, most probable first.

    ``about`` restricts them to pairs with a task of that document.
    """
    plans = _plans(documents)
    likeness = Likeness([task for _, document in plans for task in document.tasks])
    found: list[Alignment] = []
    for n, (key_a, a) in enumerate(plans):
        for key_b, b in plans[n + 1 :]:
            if about is not None and about.source not in (a.source, b.source):
                continue
            features = likeness.features(a.tasks, b.tasks)
            chosen = _choose(features, SAME, at_least)
            found += [_alignment(key_a, a, i, key_b, b, j, grade, score) for i, j, grade, score in chosen]
    return sorted(found, key=_order)


def tasks_above(graph: DocumentGraph, node: str) -> list[TaskPair]:
    """The pairs of the task ``node`` with the tasks of higher levels that are the same duty (grade 2), most probable first.

    Documents of another province, plans that begin after the task's own plan has ended, and documents of unknown level gave no
    cause for it and are left out.
    """
    key = node.partition("#")[0]
    own = graph.documents[key]
    above = [other for other, document in sorted(graph.documents.items()) if document.tasks and _is_above(document, own)]
    if not above:
        return []
    row = next(n for n, task in enumerate(own.tasks) if task.id == node.partition("#")[2])
    likeness = Likeness([task for document in graph.documents.values() for task in document.tasks])
    found = []
    for other in above:
        nearest = likeness.nearest(own.tasks[row], graph.documents[other].tasks, _NEAREST)
        chosen = _choose(likeness.features(own.tasks, nearest), SAME, SAME.threshold)
        found += [TaskPair(node, task_node(other, nearest[j]), sure, 2) for i, j, grade, sure in chosen if (i, grade) == (row, 2)]
    return sorted(found, key=lambda pair: (-pair.score, pair.b))


def _is_above(upper: Document, lower: Document) -> bool:
    """Whether ``upper`` may have caused what ``lower`` plans: of a higher level, for the same province, and not later."""
    if level_rank(upper.header.level) >= level_rank(lower.header.level):
        return False
    begins = upper.header.period.start if upper.header.period else upper.header.date
    ends = lower.header.period.end if lower.header.period else f"{lower.header.year}-12-31" if lower.header.year else None
    if begins and ends and begins > ends:
        return False
    provinces = {surroundings(document).province for document in (upper, lower)} - {""}
    return len(provinces) < 2 or upper.header.level == knowledge().levels[0].label


def duplicates(documents: Sequence[Document], at_least: float = PART.threshold) -> list[Alignment]:
    """The pairs of tasks inside one document that repeat each other with a score of ``at_least``, most probable first."""
    plans = _plans(documents)
    likeness = Likeness([task for _, document in plans for task in document.tasks])
    found: list[Alignment] = []
    for key, document in plans:
        features = likeness.features(document.tasks, document.tasks, within=True)
        for i, j, grade, score in _choose(features, SAME_WITHIN, at_least):
            if i < j:
                found.append(_alignment(key, document, i, key, document, j, grade, score))
    return sorted(found, key=_order)


def _plans(documents: Sequence[Document]) -> list[tuple[str, Document]]:
    """The documents with tasks and their keys, one for each key, by source."""
    found: dict[str, Document] = {}
    for document in sorted(documents, key=lambda one: one.source):
        if document.tasks:
            found.setdefault(document_key(document), document)
    return list(found.items())


def _order(pair: Alignment) -> tuple[float, str, Span, str, Span]:
    return -pair.score, pair.a.source, pair.a.lines, pair.b.source, pair.b.lines


@cache
def _default_model() -> EmbeddingModel:
    """The model that comes with Cancu, loaded once: a server traces again and again."""
    return load_model()


class Likeness:
    """Describes pairs of tasks; how much a term says is learned from all tasks of the corpus."""

    def __init__(self, tasks: Sequence[Task], model: EmbeddingModel | None = None) -> None:
        """``tasks`` are all tasks of the corpus; ``model`` compares meanings (the one that comes with Cancu where ``None``)."""
        texts = [task.text for task in tasks]
        self._meaning = Meaning(model or _default_model())
        self._syllables, self._pairs, self._letters = (Rarity(terms, texts) for terms in (syllables, pairs, letters))

    def features(self, some: Sequence[Task], others: Sequence[Task], within: bool = False) -> dict[str, Matrix]:
        """The features of each pair, by name; ``within`` says that both are the tasks of one document."""
        a, b = [task.text for task in some], [task.text for task in others]
        found = {
            "words": self._syllables.cosine(a, b),
            "pairs": self._pairs.cosine(a, b),
            "letters": self._letters.cosine(a, b),
            "meaning": self._meaning.cosine(a, b),
            "contained": self._pairs.contained(a, b),
            "opening": self._syllables.cosine([_opening(task) for task in some], [_opening(task) for task in others]),
            "heading": self._syllables.cosine([t.section_title or "" for t in some], [t.section_title or "" for t in others]),
            "product": self._pairs.cosine([_with_product(task) for task in some], [_with_product(task) for task in others]),
            "topic": np.array([[float(x.topic == y.topic != _UNSAID) for y in others] for x in some]).reshape(len(a), len(b)),
        }
        alike = _alike(found["words"], found["pairs"], found["letters"])
        if within:
            for matrix in (*found.values(), alike):
                np.fill_diagonal(matrix, 0.0)
        found["mutual"], found["best"] = share_of_best(alike)
        return found

    def nearest(self, task: Task, others: Sequence[Task], count: int) -> list[Task]:
        """The ``count`` tasks among ``others`` whose words are most like those of ``task``, in their order."""
        texts = [other.text for other in others]
        rows = (terms.cosine([task.text], texts) for terms in (self._syllables, self._pairs, self._letters))
        best = np.argsort(-_alike(*rows)[0], kind="stable")[:count]
        return [others[at] for at in sorted(best)]


def _alike(words: Matrix, pairs: Matrix, letters: Matrix) -> Matrix:
    return np.asarray((words + pairs + letters) / 3)


def _opening(task: Task) -> str:
    return " ".join(words(_CLAUSE_END.split(task.text)[0])[:_OPENING_WORDS])


def _with_product(task: Task) -> str:
    return f"{task.text} . {task.product or ''}"


def _choose(features: Mapping[str, Matrix], same: Logistic, at_least: float) -> Iterator[tuple[int, int, int, float]]:
    """Row, column, grade and score of the pairs that belong together."""
    score, one_row = PART.probability(features), same.probability(features)
    for i, j in zip(*np.nonzero((score >= at_least) | (one_row >= same.threshold)), strict=True):
        yield int(i), int(j), 2 if one_row[i, j] >= same.threshold else 1, float(max(score[i, j], one_row[i, j]))


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
    opening = "cùng một nhiệm vụ" if grade == 2 else "có phần việc chung"
    return f"{opening}: {'; '.join(reasons) or 'nội dung gần nhau'}"


def common_words(one: str, other: str, least: int = _ENOUGH) -> str:
    """The longest run of words that both texts have, as the first writes it; "" when it is shorter than ``least`` words."""
    first, second = words(one), words(other)
    folded = [[fold(word) for word in text] for text in (first, second)]
    match = SequenceMatcher(None, folded[0], folded[1], autojunk=False).find_longest_match()
    return " ".join(first[match.a : match.a + match.size]) if match.size >= least else ""
