"""Coverage: which duties of a directive or of an upper plan have local tasks, who and until when, and which have none.

The duties of a directive are its articles that oblige bodies of the state, with the provisions that do; those of a plan are its
tasks. For the tasks of a plan the other side is shown as well: what they rest on, and which rest on nothing. A document that
nobody gave us the text of has no duties to list: then the plans and tasks that carry it out are what there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from documents.model import Document, Span
from graph.document_graph import CARRIES_OUT, IN_THE_TEXT, DocumentGraph, task_node
from graph.duty import Article, articles_of
from graph.find_start import find_start
from graph.link import Link
from graph.links import shared_maker
from graph.neighbours import Standing, is_above

LinksOf = Callable[[str], Iterable[Link]]
"""Gives the inferred links of the document with a key."""

_SURE = 0.2
"""A task is shown as carrying out an article from this probability on; weaker pairs would fill every gap with chance."""


@dataclass(frozen=True, slots=True)
class Covering:
    """A task that carries out a duty, or what a task rests on: how (``method``: "aligned", "explicit", "nested") and how sure.

    ``issuer`` is the body whose document it is; ``grade`` 2 for the same duty, 1 for a part of it.
    """

    source: str
    lines: Span
    text: str
    issuer: str | None
    lead: tuple[str, ...]
    deadline: str | None
    method: str
    score: float
    grade: int
    why: str

    def record(self) -> dict[str, Any]:
        """The task as a JSON value."""
        return {
            "source": self.source, "lines": list(self.lines), "text": self.text, "issuer": self.issuer, "lead": list(self.lead),
            "deadline": self.deadline, "method": self.method, "score": round(self.score, 4), "grade": self.grade, "why": self.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty, the tasks that carry it out (none is a gap) and what it rests on itself.

    ``provisions`` are those of an article that oblige bodies of the state: how they are cited, and their words. ``basis`` is
    ``None`` where the question does not arise (articles).
    """

    source: str
    lines: Span
    text: str
    tasks: tuple[Covering, ...]
    basis: tuple[Covering, ...] | None = None
    provisions: tuple[tuple[str, Span, str], ...] = ()

    @property
    def covered(self) -> bool:
        """Whether any task carries it out."""
        return bool(self.tasks)

    def record(self) -> dict[str, Any]:
        """The JSON value that `cancu coverage` prints."""
        record: dict[str, Any] = {
            "source": self.source, "lines": list(self.lines), "text": self.text, "covered": self.covered,
            "tasks": [task.record() for task in self.tasks],
        }  # fmt: skip
        if self.basis is not None:
            record |= {"has_basis": bool(self.basis), "basis": [one.record() for one in self.basis]}
        if self.provisions:
            record["provisions"] = [{"place": p, "lines": list(lines), "text": text} for p, lines, text in self.provisions]
        return record


def coverage(graph: DocumentGraph, what: str, links_of: LinksOf | None = None) -> list[Duty]:
    """The duties of the document ``what`` (a number, file, IRI or title) in order, each with the tasks that carry it out.

    ``links_of`` gives the links that are kept; without it they are inferred now. Raises what
    :func:`graph.find_start.find_start` raises.
    """
    key = find_start(graph, what).node.partition("#")[0]
    document = graph.documents.get(key)
    if document is None:
        return _of_unread(graph, key)
    links = list(links_of(key) if links_of else _inferred(graph, key))
    articles = [article for article in articles_of(document) if article.duties]
    if articles:
        return [_of_article(graph, article, links) for article in articles]
    return _of_plan(graph, key, document, links)


def _inferred(graph: DocumentGraph, key: str) -> list[Link]:
    """The links of a document with the others of the graph."""
    maker, document = shared_maker(), graph.documents[key]
    others = sorted((other, one) for other, one in graph.documents.items() if other != key)
    return [link for other, one in others for link in maker.between(key, document, other, one)]


def _of_article(graph: DocumentGraph, article: Article, links: Sequence[Link]) -> Duty:
    found = [_covering(graph, one.start, one) for one in links if one.end == article.node and one.confidence >= _SURE]
    provisions = tuple((one.place, one.lines, one.text) for one in article.duties)
    return Duty(article.source, article.lines, article.heading, _surest(found), None, provisions)


def _of_plan(graph: DocumentGraph, key: str, document: Document, links: Sequence[Link]) -> list[Duty]:
    """The tasks of a plan: below what carries them out, above what they rest on."""
    standing = Standing.of(document)
    below: dict[str, list[Covering]] = defaultdict(list)
    above: dict[str, list[Covering]] = defaultdict(list)
    for link in links:
        for own, other in ((link.start, link.end), (link.end, link.start)):
            key_of_other = other.partition("#")[0]
            if own.partition("#")[0] != key or key_of_other not in graph.documents or key_of_other == key:
                continue
            if link.kind == "article":
                if own == link.start and link.confidence >= _SURE:
                    above[own].append(_covering(graph, other, link))
            elif is_above(Standing.of(graph.documents[key_of_other]), standing):
                above[own].append(_covering(graph, other, link))
            elif is_above(standing, Standing.of(graph.documents[key_of_other])):
                below[own].append(_covering(graph, other, link))
    duties = []
    for task in document.tasks:
        node = task_node(key, task)
        basis = [*_cited(graph, node), *_surest(above[node])]
        duties.append(Duty(document.source, task.lines, task.text, _surest(below[node]), tuple(basis)))
    return duties


def _cited(graph: DocumentGraph, node: str) -> list[Covering]:
    """The documents that a task's own words cite."""
    found = []
    for _, end, data in graph.network.out_edges(node, data=True):
        hop = data["hop"]
        if hop.kind != "part-of" and hop.method in IN_THE_TEXT:
            cited, said = graph.instrument(end), hop.evidence
            grade = 2 if hop.kind in CARRIES_OUT else 1
            place = (said.source, said.lines or (1, 1), cited.label, cited.issuer)
            found.append(Covering(*place, (), None, hop.method, hop.confidence, grade, said.text))
    return sorted(found, key=lambda one: (one.lines, one.text))


def _surest(found: Iterable[Covering]) -> tuple[Covering, ...]:
    return tuple(sorted(found, key=lambda one: (-one.score, one.source, one.lines)))


def _covering(graph: DocumentGraph, node: str, link: Link) -> Covering:
    """The task, or the article, at one end of a link."""
    document = graph.documents[node.partition("#")[0]]
    grade = 2 if link.kind == "same" or (link.kind == "article" and link.confidence >= 0.5) else 1
    issuer = document.header.issuer
    if link.kind == "article" and node == link.end:
        article = next(one for one in articles_of(document) if one.node == node)
        text = f"{article.heading} ({article.directive})"
        return Covering(document.source, article.lines, text, issuer, (), None, "aligned", link.confidence, grade, link.reason)
    task = graph.task(node)
    until = task.deadline.text if task.deadline else None
    return Covering(
        document.source, task.lines, task.text, issuer, task.lead, until, "aligned", link.confidence, grade, link.reason
    )


def _of_unread(graph: DocumentGraph, key: str) -> list[Duty]:
    """What carries out a document without text: one entry for each document that rests on it, with the tasks that cite it."""
    found = []
    for start, _, data in graph.network.in_edges(key, data=True):
        hop = data["hop"]
        if graph.is_task(start) or hop.method != "explicit" or hop.kind not in CARRIES_OUT:
            continue
        citing = []
        for node, _, edge in graph.network.in_edges(key, data=True):
            if graph.is_task(node) and node.partition("#")[0] == start:
                task, document = graph.task(node), graph.documents[start]
                until = task.deadline.text if task.deadline else None
                said, sure = edge["hop"].evidence.text, edge["confidence"]
                grade = 2 if edge["kind"] in CARRIES_OUT else 1
                issuer = document.header.issuer
                citing.append(
                    Covering(document.source, task.lines, task.text, issuer, task.lead, until, "explicit", sure, grade, said)
                )
        citing.sort(key=lambda one: one.lines)
        found.append(Duty(hop.evidence.source, hop.evidence.lines or (1, 1), hop.evidence.text, tuple(citing)))
    return sorted(found, key=lambda duty: (duty.source, duty.lines))
