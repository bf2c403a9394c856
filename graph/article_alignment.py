"""Which article of a directive lays down the duty that a task carries out.

Directives are documents too; their articles are compared with the tasks of plans, whole and clause by clause (an article often
lays down several duties), by words and headings. The model is learned like that of :mod:`graph.align`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from documents.identity import document_key
from documents.model import Document, Span, Task
from documents.text import collapse, fold
from embeddings.model import EmbeddingModel, load_model
from graph.align import Alignment, End, common_words
from graph.alignment_weights import ARTICLE, ARTICLE_SAME
from graph.document_graph import task_node
from graph.iri import section_locals
from graph.similarity import Matrix, Meaning, Rarity, letters, pairs, share_of_best, syllables
from ontology.knowledge import knowledge

_MOST = 4
"""Articles per task: beyond the best few, likeness is chance."""


@dataclass(frozen=True, slots=True)
class Article:
    """One article: heading, whole text, and its clauses (the text itself where it has none)."""

    node: str
    source: str
    number: str
    directive: str
    title: str
    text: str
    lines: Span
    clauses: tuple[str, ...]

    @property
    def end(self) -> End:
        """The article as the end of a pair."""
        return End(self.node, self.source, self.lines, f"Điều {self.number}. {self.title}".strip(". "))

    @property
    def lays_duty(self) -> bool:
        """Whether the heading leaves room for a duty: scope, definitions, criteria and entry into force have none."""
        return _without_duty().match(fold(self.title)) is None


@cache
def _without_duty() -> re.Pattern[str]:
    phrases = sorted({fold(phrase) for phrase in knowledge().cues["article-without-duty"]})
    return re.compile(rf"(?:{'|'.join(map(re.escape, phrases))})")


def articles_of(document: Document) -> list[Article]:
    """The articles of ``document``, in order; none in a plan."""
    key, locals_ = document_key(document), section_locals(document)
    name = document.header.number or document.header.title or document.source
    found = []
    for index, section in enumerate(document.sections):
        if section.kind != "article":
            continue
        clauses = tuple(document.text(one.lines) for one in document.sections if one.kind == "clause" and one.parent == index)
        text = document.text(section.lines)
        found.append(
            Article(
                f"{key}#{locals_[index]}", document.source, section.number or "", name, section.title, text, section.lines,
                clauses or (text,),
            )
        )  # fmt: skip
    return found


class ArticleLikeness:
    """Describes pairs of a task and an article; how much a term says is learned from all tasks and clauses."""

    def __init__(self, tasks: Sequence[Task], articles: Sequence[Article], model: EmbeddingModel | None = None) -> None:
        """``tasks`` and ``articles`` are all of the corpus; ``model`` compares meanings (Cancu's own where ``None``)."""
        self._meaning = Meaning(model or load_model())
        self._articles = articles
        texts = [task.text for task in tasks] + [clause for article in articles for clause in article.clauses]
        self._syllables, self._pairs, self._letters = (Rarity(terms, texts) for terms in (syllables, pairs, letters))
        self._clauses = [clause for article in articles for clause in article.clauses]
        counts = [len(article.clauses) for article in articles]
        self._starts = np.cumsum([0, *counts[:-1]]) if counts else np.zeros(0, dtype=int)
        self._source = np.array([article.source for article in articles])

    def features(self, tasks: Sequence[Task]) -> dict[str, Matrix]:
        """The features of each task (row) with each article (column), by name."""
        said = [task.text for task in tasks]
        whole, titles = [a.text for a in self._articles], [a.title for a in self._articles]
        by_clause = {
            "clause words": self._syllables.cosine(said, self._clauses),
            "clause pairs": self._pairs.cosine(said, self._clauses),
            "clause letters": self._letters.cosine(said, self._clauses),
            "clause meaning": self._meaning.cosine(said, self._clauses),
        }
        found = {name: np.maximum.reduceat(matrix, self._starts, axis=1) for name, matrix in by_clause.items()}
        found["title meaning"] = self._meaning.cosine(said, titles)
        found["words"] = self._syllables.cosine(said, whole)
        found["pairs"] = self._pairs.cosine(said, whole)
        found["title words"] = self._syllables.cosine(said, titles)
        found["title pairs"] = self._pairs.cosine(said, titles)
        found["title said"] = self._syllables.contained(said, titles)
        found["said in article"] = self._pairs.contained(said, whole)
        alike = (found["clause words"] + found["clause pairs"] + found["clause letters"] + found["words"] + found["pairs"]) / 5
        found["mutual"], found["best"] = share_of_best(alike)
        found["directive"] = self._best_of_directive(found["pairs"])
        found["no duty"] = np.tile([float(bool(_without_duty().match(fold(title)))) for title in titles], (len(tasks), 1))
        return found

    def _best_of_directive(self, likeness: Matrix) -> Matrix:
        """For each pair the best likeness of the task with any article of the same directive: whether its subject fits."""
        best = np.zeros_like(likeness)
        for source in sorted(set(self._source)):
            columns = self._source == source
            best[:, columns] = likeness[:, columns].max(axis=1, keepdims=True)
        return best


def align_articles(documents: Sequence[Document], at_least: float = ARTICLE.threshold, most: int = _MOST) -> list[Alignment]:
    """Pairs of a task (a) and the article (b) whose duty it carries out, most probable first.

    Only pairs with a score of ``at_least``, and at most ``most`` for a task.
    """
    plans: dict[str, Document] = {}
    articles: list[Article] = []
    for document in sorted(documents, key=lambda one: one.source):
        if document.tasks:
            plans.setdefault(document_key(document), document)
        articles += articles_of(document)
    if not articles or not plans:
        return []
    likeness = ArticleLikeness([task for document in plans.values() for task in document.tasks], articles)
    found: list[Alignment] = []
    for key, document in plans.items():
        features = likeness.features(document.tasks)
        score, same = ARTICLE.probability(features), ARTICLE_SAME.probability(features)
        for i, task in enumerate(document.tasks):
            best = sorted(range(len(articles)), key=lambda j: (-score[i, j], j))[:most]
            a = End(task_node(key, task), document.source, task.lines, task.text)
            for j in best:
                if score[i, j] >= at_least and articles[j].source != document.source:
                    grade = 2 if same[i, j] >= ARTICLE_SAME.threshold else 1
                    found.append(Alignment(a, articles[j].end, float(score[i, j]), grade, _explain(task, articles[j])))
    return sorted(found, key=lambda pair: (-pair.score, pair.a.source, pair.a.lines, pair.b.source, pair.b.lines))


def _explain(task: Task, article: Article) -> str:
    where = f"Điều {article.number} {article.directive}"
    shared = common_words(task.text, article.text, 3)
    if shared:
        return f"nhiệm vụ và {where} cùng nói “{shared}”"
    return f"nội dung gần với {where}: {collapse(article.title)}"
