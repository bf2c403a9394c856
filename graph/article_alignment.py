"""Which article of a directive lays down the duty that a task carries out.

Directives are documents too: their articles are compared with the tasks of plans, as a whole, by their headings and provision by
provision (an article often lays down several duties), by words, meaning and kinds of work; whom a provision obliges counts too,
and for the directives of the subject index (:mod:`graph.subject_index`) which kinds of work the article governs.
The model is learned like that of :mod:`graph.align`, and a pair depends on the plan and the directive alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from documents.identity import document_key
from documents.model import Document, Task
from documents.text import collapse
from embeddings.model import EmbeddingModel
from graph.align import Aligner, Alignment, End, common_words, common_works, order
from graph.alignment_weights import ARTICLE, ARTICLE_SAME, INDEXED, INDEXED_SAME
from graph.document_graph import task_node
from graph.duty import Article, Provision, articles_of
from graph.similarity import Matrix, Texts, describe, likeness, opening, share_of_best
from graph.subject_index import agreeing, governed, governing, is_indexed
from graph.works import work_labels, works_in

__all__ = ["ArticleAligner", "align_articles"]

_MOST = 4
"""Articles per task: beyond the best few, likeness is chance."""
_WHOLE = 1500
"""Letters of an article that are compared as a whole."""


@dataclass(frozen=True)
class _Directive:
    """The articles of one directive, described: whole, headings, provisions (``starts``: the first of each article)."""

    articles: tuple[Article, ...]
    whole: Texts
    headings: Texts
    provisions: Texts
    starts: Matrix
    applies: Matrix
    traits: dict[str, Matrix]


class ArticleAligner:
    """Compares plans with directives; each is described once, as long as this lives."""

    def __init__(self, aligner: Aligner | None = None) -> None:
        """``aligner`` knows the tasks (a new one where ``None``)."""
        self._aligner = aligner or Aligner()
        self._directives: dict[tuple[str, str], _Directive] = {}

    def forget(self, document: Document) -> None:
        """Forget what is known about a directive."""
        self._directives.pop((document.source, document.sha256), None)

    def articles(self, directive: Document) -> tuple[Article, ...]:
        """The articles of ``directive``."""
        return self._described(directive).articles

    def _described(self, directive: Document) -> _Directive:
        place = (directive.source, directive.sha256)
        if place not in self._directives:
            self._directives[place] = _describe(directive, self._aligner.model)
        return self._directives[place]

    def features(self, plan: Document, directive: Document) -> dict[str, Matrix]:
        """The features of each task of ``plan`` (row) with each article of ``directive`` (column), by name."""
        tasks, told = self._aligner.texts(plan), self._described(directive)
        parts, whole, headings = (likeness(tasks, texts) for texts in (told.provisions, told.whole, told.headings))

        def best(matrix: Matrix) -> Matrix:
            return np.asarray(np.maximum.reduceat(matrix * told.applies, told.starts.astype(int), axis=1))

        alike = (parts["words"] + parts["meaning"] + parts["works"]) / 3
        found = {
            "provision": best(alike),
            "provision meaning": best(parts["meaning"]),
            "provision works": best(parts["works"]),
            "rarest work": best(parts["rarest work"]),
            "shared works": best(parts["shared works"]),
            "whole words": whole["words"],
            "whole meaning": whole["meaning"],
            "heading meaning": headings["meaning"],
            "heading works": headings["works"],
        }
        general = (found["provision"] + found["whole words"] + found["heading meaning"] + found["heading works"]) / 4
        found["best"] = share_of_best(general)
        found["subject"] = np.repeat(general.max(axis=1, keepdims=True, initial=0.0), len(told.articles), axis=1)
        found |= {name: np.tile(values, (tasks.count, 1)) for name, values in told.traits.items()}
        texts = [task.text for task in plan.tasks]
        numbers = [article.number for article in told.articles]
        found |= governed(texts, [opening(text) for text in texts], directive.header.number or "", numbers)
        return found | agreeing(found)

    def between(
        self, key: str, plan: Document, directive: Document, at_least: float | None = None, directive_key: str | None = None
    ) -> list[Alignment]:
        """The pairs of a task of ``plan`` (a) and an article of ``directive`` (b) with a score of ``at_least``.

        Where ``at_least`` is ``None`` the threshold of the model decides: one model for the directives of the subject index,
        another for all others. Most probable first, at most four for a task. They stand under ``key`` and ``directive_key``
        (its own by default).
        """
        articles = self.articles(directive)
        if not plan.tasks or not articles or plan.source == directive.source:
            return []
        features = self.features(plan, directive)
        indexed = is_indexed(directive.header.number or "")
        belongs, one_duty = (INDEXED, INDEXED_SAME) if indexed else (ARTICLE, ARTICLE_SAME)
        score, same = belongs.probability(features), one_duty.probability(features)
        least = belongs.threshold if at_least is None else at_least
        found = []
        for i, task in enumerate(plan.tasks):
            for j in sorted(range(len(articles)), key=lambda at: (-score[i, at], at))[:_MOST]:
                if score[i, j] >= least:
                    grade = 2 if same[i, j] >= one_duty.threshold else 1
                    a = End(task_node(key, task), plan.source, task.lines, task.text)
                    node = f"{directive_key}#{articles[j].local}" if directive_key else articles[j].node
                    b = End(node, articles[j].source, articles[j].lines, articles[j].heading)
                    found.append(Alignment(a, b, float(score[i, j]), grade, _explain(task, articles[j])))
        return sorted(found, key=order)


def _describe(directive: Document, model: EmbeddingModel) -> _Directive:
    articles = tuple(articles_of(directive))
    provisions = [one for article in articles for one in article.provisions]
    starts = np.cumsum([0, *(len(article.provisions) for article in articles)])[:-1]
    return _Directive(
        articles,
        describe([article.text[:_WHOLE] for article in articles], model),
        describe([article.title for article in articles], model),
        describe([one.text for one in provisions], model),
        starts,
        np.array([1.0 if one.obliges and one.addressee in ("local", None) else 0.7 for one in provisions]),
        {
            "no duty": np.array([float(not article.lays_duty) for article in articles]),
            "for others": np.array([_share(article, ("national", "private")) for article in articles]),
            "for all": np.array([_share(article, ("local",)) for article in articles]),
            "heading for others": np.array([float(article.concerns_others) for article in articles]),
            "heading for all": np.array([float(article.heads == "local") for article in articles]),
            "announced": np.array([float(article.announces_duty) for article in articles]),
        },
    )


def _share(article: Article, addressees: Sequence[str]) -> float:
    return sum(one.addressee in addressees for one in article.provisions) / max(len(article.provisions), 1)


def align_articles(documents: Sequence[Document], at_least: float | None = None, most: int = _MOST) -> list[Alignment]:
    """Pairs of a task (a) and the article (b) whose duty it carries out, most probable first.

    Only pairs with a score of ``at_least`` (as in :meth:`ArticleAligner.between`), and at most ``most`` for a task.
    """
    plans: dict[str, Document] = {}
    for document in sorted(documents, key=lambda one: one.source):
        if document.tasks:
            plans.setdefault(document_key(document), document)
    directives = [one for one in sorted(documents, key=lambda one: one.source) if articles_of(one)]
    aligner = ArticleAligner()
    pairs = [pair for key, plan in plans.items() for one in directives for pair in aligner.between(key, plan, one, at_least)]
    taken: dict[str, int] = {}
    found = []
    for pair in sorted(pairs, key=order):
        taken[pair.a.node] = taken.get(pair.a.node, 0) + 1
        if taken[pair.a.node] <= most:
            found.append(pair)
    return found


def _explain(task: Task, article: Article) -> str:
    """The reason, in Vietnamese: the provision nearest to the task, and what both say."""
    where = f"{nearest_provision(task, article).place} {article.directive}"
    known = governing(task.text, article.directive, article.number)
    if known:
        entry, kinds = known
        names = ", ".join(work_labels()[kind] for kind in kinds)
        clause = f"khoản {entry.clause} " if entry.clause else ""
        return f"vì cùng loại việc {names}; {clause}Điều {article.number} {article.directive} điều chỉnh việc này"
    shared = common_words(task.text, article.text, 3)
    works = common_works(task.text, article.text)
    if shared:
        return f"nhiệm vụ và {where} cùng nói “{shared}”"
    if works:
        return f"nhiệm vụ và {where} cùng nói về {', '.join(works)}"
    return f"nội dung gần với {where}: {collapse(article.title)}"


def nearest_provision(task: Task, article: Article) -> Provision:
    """The provision of ``article`` that speaks most of what ``task`` is about; of equals the first."""
    about = works_in(task.text)
    return max(article.provisions, key=lambda one: float(works_in(one.text) @ about))
