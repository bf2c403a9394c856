"""The graph of documents and tasks that tracing walks: who is based on, carries out or cites whom, and where that stands.

Nodes are documents (read, cited, registered: keys of :class:`graph.resolve.Instrument`) and tasks of read documents ("<document
key>#T001") that cite something or are aligned. Every edge has ``kind`` (a relation of :data:`documents.model.RELATIONS`, or
"aligned"), ``method``, ``confidence`` and its ``hop`` with the evidence:

========== ==========================================================================
explicit   the document or the task says so itself
inherited  the task's plan says so (made while tracing, see :mod:`graph.trace`)
nested     the title of a cited document says so ("… về việc thực hiện Kế hoạch 12-KH/TU")
registered the register of known directives says so
aligned    the task is the same duty as a task of the other document
========== ==========================================================================
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import networkx as nx

from documents.identity import document_key
from documents.model import RELATIONS, Citation, Document, Mention, Span, Task
from documents.text import collapse
from graph.instrument import Instrument, Resolution
from graph.resolve import APPENDED, resolve
from ontology.entries import Directive
from ontology.knowledge import knowledge
from ontology.numbers import number_key

CARRIES_OUT = ("basis", "implements")
"""The relations by which a document rests on another one: the hops of a chain."""

IN_THE_TEXT = ("explicit", "inherited", "nested")
"""The methods whose hops stand in a text that was read."""

_CONFIDENCE = {"explicit": 1.0, "inherited": 0.9, "nested": 0.95, "registered": 0.85}
_RELATION = {"basis": 1.0, "implements": 1.0, "complies": 0.9}
_OTHER_RELATION = 0.7
"""Factor for what a task cites: what it merely mentions it hardly carries out."""

_THROUGH_TITLE = 0.5
"""Factor for what only a quoted title says of a further document: the document does not say it of itself."""

_NOISY = 0.8
"""Factor for what a badly recognised scan says: letters of a number may be wrong."""

_HUB = 500
"""Documents that so many cite are put in order when the graph is made: the first who asks shall not wait."""

_SENTENCE_END = re.compile(r"(?<=[.;!?])\s+(?=[\"“(*\-+•A-ZÀ-ỸĐ])")


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a statement stands: file, lines (``None`` where the register says it) and the words."""

    source: str
    lines: Span | None
    text: str


@dataclass(frozen=True, slots=True)
class Hop:
    """One step from a document to the one that it rests on; ``start`` and ``end`` are node keys."""

    start: str
    end: str
    kind: str
    method: str
    confidence: float
    evidence: Evidence


@dataclass(frozen=True, slots=True)
class TaskPair:
    """Two tasks found to be one duty (``grade`` 2) or part of one another (1); nodes of the graph, and how sure."""

    a: str
    b: str
    score: float
    grade: int


def task_node(key: str, task: Task) -> str:
    """The node of ``task`` of the document ``key``."""
    return f"{key}#{task.id}"


class DocumentGraph:
    """All that is known about documents, tasks and what rests on what.

    ``network`` is the graph itself: all documents, and those tasks that cite something or are aligned (of a million tasks most
    only inherit what their plan rests on); ``resolution`` knows the documents; ``documents`` are the read ones by key. What is
    asked of a node again and again is put in order once and kept.
    """

    def __init__(
        self,
        network: nx.MultiDiGraph,
        resolution: Resolution,
        documents: Mapping[str, Document],
        aligned: Sequence[Hop] = (),
    ) -> None:
        """``aligned`` are hops between tasks besides those of ``network``."""
        self.network = network
        self.resolution = resolution
        self.documents = documents
        self._aligned: dict[str, list[Hop]] = defaultdict(list)
        for hop in aligned:
            self._aligned[hop.start].append(hop)
            self._aligned[hop.end].append(hop)
        self._from: dict[tuple[str, bool], tuple[Hop, ...]] = {}
        self._to: dict[str, tuple[Hop, ...]] = {}
        self._citing: dict[str, tuple[Hop, ...]] = {}

    def instrument(self, node: str) -> Instrument:
        """The document of ``node``: itself, or the one that the task ``node`` is part of."""
        return self.resolution.instruments[node.partition("#")[0]]

    def is_task(self, node: str) -> bool:
        """Whether ``node`` is a task."""
        return "#" in node

    def has(self, node: str) -> bool:
        """Whether ``node`` is a known document or a task of a read one."""
        key, _, local = node.partition("#")
        if not local:
            return key in self.resolution.instruments
        return key in self.documents and any(task.id == local for task in self.documents[key].tasks)

    def task(self, node: str) -> Task:
        """The task of the node ``node``; raises ``KeyError`` when there is none."""
        key, _, local = node.partition("#")
        for task in self.documents[key].tasks:
            if task.id == local:
                return task
        raise KeyError(node)

    def with_pairs(self, pairs: Iterable[TaskPair]) -> DocumentGraph:
        """This graph with the aligned tasks ``pairs`` besides; the graph itself stays as it is, and what it keeps is shared."""
        hops = [hop for pair in pairs if (hop := _hop_of_pair(pair, self.documents))]
        found = DocumentGraph(self.network, self.resolution, self.documents, hops)
        found._from, found._to, found._citing = self._from, self._to, self._citing
        for name in ("by_source", "by_word", "citing_tasks"):
            if name in self.__dict__:
                found.__dict__[name] = self.__dict__[name]
        return found

    def hops_of(self, node: str) -> list[Hop]:
        """What the task ``node`` itself cites and is aligned with."""
        own = [data["hop"] for _, _, data in self.network.out_edges(node, data=True)] if node in self.network else []
        return own + [hop for hop in self._aligned.get(node, ()) if hop.start == node]

    def aligned_below(self, node: str) -> list[Hop]:
        """The hops from tasks that are the same duty as the task ``node`` and more local."""
        edges = self.network.in_edges(node, data=True) if node in self.network else ()
        own = [data["hop"] for _, _, data in edges if data["kind"] == "aligned"]
        return own + [hop for hop in self._aligned.get(node, ()) if hop.end == node]

    def hops_from(self, key: str, with_tasks: bool = True) -> tuple[Hop, ...]:
        """The hops that lead on from the document ``key``, the best supported one to each document.

        They are its own statements (basis, implements), what cited titles say of it, what the register knows of it and, unless
        ``with_tasks`` is false, the citations in its tasks: without them it is what every task of a plan inherits.
        """
        found = self._from.get((key, with_tasks))
        if found is None:
            edges = list(self.network.out_edges(key, data=True)) if key in self.network else []
            if with_tasks:
                edges += [edge for task in self.citing_tasks.get(key, ()) for edge in self.network.out_edges(task, data=True)]
            best: dict[str, Hop] = {}
            for _, end, data in edges:
                hop = _step(data["hop"])
                if hop is not None and hop.start != end and (end not in best or better(hop, best[end])):
                    best[end] = hop
            found = self._from[key, with_tasks] = tuple(best.values())
        return found

    def hops_to(self, key: str) -> tuple[Hop, ...]:
        """The hops that lead to the document ``key``, the best supported one from each document: surest first, then by name."""
        found = self._to.get(key)
        if found is None:
            best: dict[str, Hop] = {}
            for _, _, data in self.network.in_edges(key, data=True) if key in self.network else ():
                hop = _step(data["hop"])
                if hop is None or hop.start == key:
                    continue
                if hop.start not in best or better(hop, best[hop.start]):
                    best[hop.start] = hop
            order = sorted(best.values(), key=lambda hop: (-hop.confidence, self.instrument(hop.start).name, hop.start))
            found = self._to[key] = tuple(order)
        return found

    def citing(self, node: str) -> tuple[Hop, ...]:
        """Everyone who names ``node`` in whatever relation, by place."""
        found = self._citing.get(node)
        if found is None:
            hops = [data["hop"] for _, _, data in self.network.in_edges(node, data=True)] if node in self.network else []
            hops += [hop for hop in self._aligned.get(node, ()) if hop.end == node]
            found = tuple(sorted(hops, key=_place))
            if not self._aligned.get(node):
                self._citing[node] = found
        return found

    @cached_property
    def citing_tasks(self) -> Mapping[str, Sequence[str]]:
        """For each document its tasks that stand in the network."""
        found: dict[str, list[str]] = defaultdict(list)
        for node in self.network:
            if self.is_task(node):
                found[node.partition("#")[0]].append(node)
        return found

    @cached_property
    def by_source(self) -> Mapping[str, str]:
        """The keys of the read documents by file."""
        return {document.source: key for key, document in self.documents.items()}

    @cached_property
    def by_word(self) -> Mapping[str, frozenset[str]]:
        """For each word of type, title or issuer the read documents that have it."""
        found: dict[str, set[str]] = defaultdict(set)
        for key in self.documents:
            for word in self.resolution.instruments[key].words:
                found[word].add(key)
        return {word: frozenset(keys) for word, keys in found.items()}


def _step(hop: Hop) -> Hop | None:
    """The hop as one between documents; ``None`` where it is none: a document that only mentions another, two tasks alike."""
    key, _, local = hop.start.partition("#")
    if local:
        return None if hop.kind == "aligned" else replace(hop, start=key)
    return hop if hop.kind in CARRIES_OUT else None


def _place(hop: Hop) -> tuple[str, Span, str, str]:
    return hop.evidence.source, hop.evidence.lines or (0, 0), hop.start, hop.kind


def better(one: Hop, other: Hop) -> bool:
    """Whether ``one`` supports a step better: what stands in a text, basis and implements, the surer, the earlier line."""

    def rank(hop: Hop) -> tuple[bool, bool, float, str, Span, str]:
        lines = hop.evidence.lines or (0, 0)
        return (
            hop.method not in IN_THE_TEXT,
            hop.kind not in CARRIES_OUT,
            -hop.confidence,
            hop.evidence.source,
            lines,
            hop.kind,
        )

    return rank(one) < rank(other)


def document_graph(
    documents: Sequence[Document],
    directives: Mapping[str, Directive] | None = None,
    pairs: Iterable[TaskPair] = (),
    resolution: Resolution | None = None,
) -> DocumentGraph:
    """The graph of ``documents``, of what they cite and of the register ``directives`` (the ontology's where ``None``).

    ``pairs`` are aligned tasks (from :mod:`graph.align`); ``resolution`` may be given when it is known already.
    """
    if directives is None:
        directives = knowledge().directives
    known = resolution or resolve(documents, directives)
    network = nx.MultiDiGraph()
    for key in sorted(known.instruments):
        network.add_node(key, kind="document")
    read: dict[str, Document] = {}
    for document in sorted(documents, key=lambda one: (one.source, one.sha256)):
        read.setdefault(document_key(document), document)
    for key, document in read.items():
        _add_document(network, key, document, known)
    for directive in directives.values():
        _add_registered(network, directive, directives, known)
    for pair in pairs:
        hop = _hop_of_pair(pair, read)
        if hop is not None:
            _add(network, hop)
    graph = DocumentGraph(network, known, read)
    for key, citing in network.in_degree():
        if citing >= _HUB:
            graph.hops_to(key)
            graph.citing(key)
    return graph


def _add(network: nx.MultiDiGraph, hop: Hop) -> None:
    network.add_edge(hop.start, hop.end, hop=hop, kind=hop.kind, method=hop.method, confidence=hop.confidence)


def _add_document(network: nx.MultiDiGraph, key: str, document: Document, known: Resolution) -> None:
    """The edges that stand in ``document``: its citations, its tasks and what they cite, its nested links."""
    trust = _NOISY if document.noisy else 1.0
    whole = known.citations.get((key, APPENDED))
    place = document.header.where("number")
    if whole is not None and place is not None:  # an appendix rests on what its document rests on
        evidence = Evidence(document.source, place, document.text(place))
        _add(network, Hop(key, whole.key, "basis", "explicit", whole.confidence * trust, evidence))
    for index, citation in enumerate(document.citations):
        target = known.citations[key, index]
        if target.key != key and citation.mentions:
            for mention in _strongest(citation, document):
                method = "nested" if mention.nested else "explicit"
                sure = _CONFIDENCE["explicit"] * target.confidence * trust * (_THROUGH_TITLE if mention.nested else 1.0)
                _add(network, Hop(key, target.key, mention.relation, method, sure, evidence_of(document, mention)))
    keys = [number_key(citation.number) if citation.number else None for citation in document.citations]
    for task in document.tasks:
        node = task_node(key, task)
        for index, said in _cited_by(document, task, keys):
            target = known.citations[key, index]
            sure = _RELATION.get(said.relation, _OTHER_RELATION) * target.confidence * trust
            method = "nested" if said.nested else "explicit"
            sure *= _THROUGH_TITLE if said.nested else 1.0
            _add(network, Hop(node, target.key, said.relation, method, sure, evidence_of(document, said)))
    for link in document.links:
        start, end = known.citations[key, link.source], known.citations[key, link.target]
        if start.key != end.key:
            sure = _CONFIDENCE["nested"] * start.confidence * end.confidence * trust
            evidence = Evidence(document.source, link.lines, collapse(link.text))
            _add(network, Hop(start.key, end.key, link.relation, "nested", sure, evidence))


def _strongest(citation: Citation, document: Document) -> list[Mention]:
    """What the document itself says most strongly of the cited one, and, where a title that it quotes says more, that too.

    For each it is the first mention, one outside the tasks before one inside.
    """
    own = [one for one in citation.mentions if not one.nested]
    found = []
    for said in (own, [one for one in citation.mentions if one.nested]):
        if said:
            strongest = min((one.relation for one in said), key=RELATIONS.index)
            said = [one for one in said if one.relation == strongest]
            found.append(next((one for one in said if not in_a_task(document, one.lines)), said[0]))
    if len(found) == 2 and RELATIONS.index(found[0].relation) <= RELATIONS.index(found[1].relation):
        found.pop()
    return found


def in_a_task(document: Document, lines: Span) -> bool:
    """Whether ``lines`` begin inside a task of ``document``: then the words are that task's, not the whole plan's."""
    return any(task.lines[0] <= lines[0] <= task.lines[1] for task in document.tasks)


def _cited_by(document: Document, task: Task, keys: Sequence[str | None]) -> list[tuple[int, Mention]]:
    """The citations in the task's own words: those that stand on its lines and those that the reader gave it by number.

    ``keys`` are the keys of the cited numbers, ``None`` for a citation without number.
    """
    wanted = {number_key(number) for number in task.cites}
    found: list[tuple[int, Mention]] = []
    for index, (key, citation) in enumerate(zip(keys, document.citations, strict=True)):
        if key is not None and key not in wanted:
            continue
        inside = [one for one in citation.mentions if task.lines[0] <= one.lines[0] <= task.lines[1]]
        inside.sort(key=lambda one: one.nested)
        if inside or (key is not None and citation.mentions):
            found.append((index, inside[0] if inside else Mention(task.text, task.lines, citation.relation)))
    return found


def _add_registered(
    network: nx.MultiDiGraph, directive: Directive, directives: Mapping[str, Directive], known: Resolution
) -> None:
    """The edges that the register knows; only between documents whose identity is certain."""
    start = registered_node(known, directive.number, directive)
    links = (
        ("implements", directive.implements),
        ("basis", directive.based_on),
        ("amends", directive.amends),
        ("replaces", directive.replaces),
    )
    for kind, numbers in links:
        for number in numbers:
            end = registered_node(known, number, next((one for one in directives.values() if one.number == number), None))
            if start is None or end is None or start == end:
                continue
            text = f"{directive.number}: {directive.title or ''}".strip(": ")
            evidence = Evidence(directive.source or "danh mục văn bản", None, text)
            _add(network, Hop(start, end, kind, "registered", _CONFIDENCE["registered"], evidence))


def registered_node(known: Resolution, number: str, entry: Directive | None) -> str | None:
    """The node of the directive ``number``, of the year that the register gives for it; ``None`` when that is not one node."""
    year = int(entry.date[:4]) if entry is not None and entry.date else None
    same = [one.key for one in known.numbered(number) if year is None or one.year in (None, year)]
    return same[0] if len(same) == 1 else None


def _hop_of_pair(pair: TaskPair, read: Mapping[str, Document]) -> Hop | None:
    """An aligned pair as a hop from the more local task to the higher one; none between tasks of one level."""
    ranks = {node: level_rank(read[node.partition("#")[0]].header.level) for node in (pair.a, pair.b)}
    if ranks[pair.a] == ranks[pair.b]:
        return None
    low, high = (pair.a, pair.b) if ranks[pair.a] > ranks[pair.b] else (pair.b, pair.a)
    document = read[low.partition("#")[0]]
    task = next(one for one in document.tasks if one.id == low.partition("#")[2])
    return Hop(low, high, "aligned", "aligned", pair.score, Evidence(document.source, task.lines, task.text))


def level_rank(level: str | None) -> int:
    """The rank of the level with this label, 1 for the centre; an unknown one counts as the most local."""
    known = knowledge().level(level)
    return known.rank if known else len(knowledge().levels)


def evidence_of(document: Document, mention: Mention) -> Evidence:
    """The sentence in which ``mention`` stands, with its lines."""
    for paragraph in document.paragraphs:
        if paragraph.lines[0] <= mention.lines[0] <= paragraph.lines[1]:
            text, lines = collapse(paragraph.text), paragraph.lines
            break
    else:
        text, lines = document.text(mention.lines), mention.lines
    words = collapse(mention.text)
    sentence = next((part for part in _SENTENCE_END.split(text) if words and words in part), text)
    return Evidence(document.source, lines if sentence not in document.text(mention.lines) else mention.lines, sentence)
