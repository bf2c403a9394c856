"""Inferred links: which tasks are one duty or share one, and which articles tasks carry out.

A link depends on the documents at its ends alone. So what a corpus links is the sum over its pairs of documents, whatever the
order in which these came, and a document takes its links with it.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterable
from functools import cache
from hashlib import sha256

from documents.model import Document
from graph.align import Aligner, Alignment
from graph.article_alignment import ArticleAligner
from graph.link import Link
from graph.neighbours import Standing, are_compared, may_oblige

_MOST = 3
"""Links of a task to the tasks of one other document: those that are among the best of both ends."""
_KEPT = 400
"""Documents whose descriptions are kept for the next comparison."""


class LinkMaker:
    """Finds the links of documents; describes each document once and forgets those that were not used for long."""

    def __init__(self, aligner: Aligner | None = None) -> None:
        """``aligner`` compares tasks (a new one with Cancu's model where ``None``)."""
        self._tasks = aligner or Aligner()
        self._articles = ArticleAligner(self._tasks)
        self._used: OrderedDict[tuple[str, str], tuple[Document, Standing]] = OrderedDict()

    def inside(self, key: str, document: Document) -> list[Link]:
        """The links between tasks of one document, sorted."""
        self._use(document)
        return _sorted(_task_link(pair, 0) for pair in self._tasks.within(key, document))

    def between(self, key_a: str, a: Document, key_b: str, b: Document) -> list[Link]:
        """The links between two documents, sorted; none where they have nothing to do with each other."""
        one, other = self._use(a), self._use(b)
        found: list[Link] = []
        if are_compared(one, other):
            lower = key_a if (one.rank or 0) > (other.rank or 0) else key_b if (other.rank or 0) > (one.rank or 0) else None
            for pair in self._tasks.between(key_a, a, key_b, b, most=_MOST):
                first = 0 if lower is None or pair.a.node.partition("#")[0] == lower else 1
                found.append(_task_link(pair, first, lower is None))
        for upper, upper_key, upper_at, plan, plan_key, plan_at in (
            (a, key_a, one, b, key_b, other), (b, key_b, other, a, key_a, one),
        ):  # fmt: skip
            if may_oblige(upper_at, plan_at):
                pairs = self._articles.between(plan_key, plan, upper, directive_key=upper_key)
                found += [Link(p.a.node, p.b.node, "article", round(p.score, 4), p.why) for p in pairs]
        return _sorted(found)

    def _use(self, document: Document) -> Standing:
        """Where ``document`` stands; what was not used for long is forgotten."""
        place = (document.source, document.sha256)
        known = self._used.get(place)
        if known is None or known[0] is not document:
            known = (document, Standing.of(document))
        self._used[place] = known
        self._used.move_to_end(place)
        while len(self._used) > _KEPT:
            old, _ = self._used.popitem(last=False)[1]
            self._tasks.forget(old)
            self._articles.forget(old)
        return known[1]


@cache
def shared_maker() -> LinkMaker:
    """The maker of this process: a server describes the documents that stay only once."""
    return LinkMaker()


@cache
def links_version() -> str:
    """The version of what infers links beside code and lists: embedding model and weights."""
    from graph import alignment_weights as weights
    from graph.align import default_model

    of_tasks = (weights.PART, weights.SAME, weights.PART_WITHIN, weights.SAME_WITHIN)
    of_articles = (weights.ARTICLE, weights.ARTICLE_SAME, weights.INDEXED, weights.INDEXED_SAME)
    written = "\n".join(f"{m.bias} {sorted(m.weights.items())} {m.threshold}" for m in (*of_tasks, *of_articles))
    return sha256(f"{default_model().fingerprint}\n{written}".encode()).hexdigest()[:16]


def _task_link(pair: Alignment, first: int, sort: bool = True) -> Link:
    nodes = (pair.a.node, pair.b.node)
    start, end = sorted(nodes) if sort else (nodes[first], nodes[1 - first])
    return Link(start, end, "same" if pair.grade == 2 else "part", round(pair.score, 4), pair.why)


def _sorted(links: Iterable[Link]) -> list[Link]:
    return sorted(links, key=lambda link: (link.start, link.end, link.kind))
