"""Coverage: which duties of a directive or of an upper plan have local tasks, who and until when, and which have none.

The duties of a directive are its articles, those of a plan its tasks. A document that nobody gave us the text of has no duties
to list: then the plans and tasks that carry it out are what there is.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents.model import Document, Span, Task
from graph.align import Alignment, align
from graph.article_alignment import align_articles
from graph.document_graph import CARRIES_OUT, DocumentGraph, task_node
from graph.duty import articles_of
from graph.find_start import find_start

_SURE = 0.3
"""A task covers a duty from this probability on; weaker pairs would fill every gap with chance."""


@dataclass(frozen=True, slots=True)
class Covering:
    """A local task that carries out a duty: how (``method``: "aligned", "explicit", "inherited") and how sure."""

    source: str
    lines: Span
    text: str
    lead: tuple[str, ...]
    deadline: str | None
    method: str
    score: float
    why: str

    def record(self) -> dict[str, Any]:
        """The covering task as a JSON value."""
        return {
            "source": self.source, "lines": list(self.lines), "text": self.text, "lead": list(self.lead),
            "deadline": self.deadline, "method": self.method, "score": round(self.score, 4), "why": self.why,
        }  # fmt: skip


@dataclass(frozen=True, slots=True)
class Duty:
    """A duty and the tasks that cover it; none is a gap."""

    source: str
    lines: Span
    text: str
    tasks: tuple[Covering, ...]

    @property
    def covered(self) -> bool:
        """Whether any task carries it out."""
        return bool(self.tasks)

    def record(self) -> dict[str, Any]:
        """The JSON value that `cancu coverage` prints."""
        tasks = [task.record() for task in self.tasks]
        return {"source": self.source, "lines": list(self.lines), "text": self.text, "covered": self.covered, "tasks": tasks}


def coverage(graph: DocumentGraph, what: str) -> list[Duty]:
    """The duties of the document ``what`` (a number, file, IRI or title) in order, each with the tasks that carry it out.

    Raises what :func:`graph.find_start.find_start` raises.
    """
    key = find_start(graph, what).node.partition("#")[0]
    document = graph.documents.get(key)
    documents = list(graph.documents.values())
    if document is None:
        return _of_unread(graph, key)
    articles = articles_of(document)
    if articles:
        plans = [one for one in documents if one.tasks and one is not document]
        pairs = align_articles([document, *plans], at_least=_SURE)
        found = _by_end(graph, [(pair.b.node, pair.a.node, pair) for pair in pairs])
        return [Duty(document.source, a.lines, a.heading, tuple(found.get(a.node, ()))) for a in articles if a.lays_duty]
    plans = [one for one in documents if one.tasks]
    ends = []
    for pair in align(plans, at_least=_SURE, about=document):
        for upper, lower in ((pair.a.node, pair.b.node), (pair.b.node, pair.a.node)):
            if upper.startswith(f"{key}#"):
                ends.append((upper, lower, pair))
    found = _by_end(graph, ends)
    tasks = document.tasks
    return [Duty(document.source, task.lines, task.text, tuple(found.get(task_node(key, task), ()))) for task in tasks]


def _by_end(graph: DocumentGraph, ends: Sequence[tuple[str, str, Alignment]]) -> dict[str, list[Covering]]:
    """The covering tasks of each duty, surest first."""
    found: dict[str, list[Covering]] = defaultdict(list)
    for duty, node, pair in ends:
        found[duty].append(_covering(graph, node, "aligned", pair.score, pair.why))
    for tasks in found.values():
        tasks.sort(key=lambda one: (-one.score, one.source, one.lines))
    return found


def _covering(graph: DocumentGraph, node: str, method: str, score: float, why: str) -> Covering:
    task: Task = graph.task(node)
    document: Document = graph.documents[node.partition("#")[0]]
    until = task.deadline.text if task.deadline else None
    return Covering(document.source, task.lines, task.text, task.lead, until, method, score, why)


def _of_unread(graph: DocumentGraph, key: str) -> list[Duty]:
    """What carries out a document without text: one entry for each document that rests on it, with the tasks that cite it."""
    found = []
    for start, _, data in graph.network.in_edges(key, data=True):
        hop = data["hop"]
        if graph.is_task(start) or hop.method != "explicit" or hop.kind not in CARRIES_OUT:
            continue
        citing = [
            _covering(graph, node, "explicit", edge["confidence"], edge["hop"].evidence.text)
            for node, _, edge in graph.network.in_edges(key, data=True)
            if graph.is_task(node) and node.partition("#")[0] == start
        ]
        citing.sort(key=lambda one: one.lines)
        found.append(Duty(hop.evidence.source, hop.evidence.lines or (1, 1), hop.evidence.text, tuple(citing)))
    return sorted(found, key=lambda duty: (duty.source, duty.lines))
