"""Walking the graph of documents: all simple chains upwards or downwards, and the one chain that a question asks for.

Chains are found by best-first search over networkx, shortest first and of equal length the best supported first, so that a
limit cuts off the longest and weakest only. A chain ends where nothing leads on; no document occurs twice in it.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from math import prod

from documents.model import Span
from documents.text import fold
from graph.document_graph import CARRIES_OUT, IN_THE_TEXT, DocumentGraph, Hop, better, in_a_task
from graph.instrument import Instrument, body
from ontology.knowledge import knowledge
from ontology.numbers import number_key

_INHERITED = 0.9
_FROM_ANOTHER_TASK = 0.6
"""What a plan says only inside another task counts for a task by this factor more weakly."""
_MAX_HOPS = 8
"""Real chains have at most six documents; a longer walk only goes astray."""
_MAX_STEPS = 20_000
"""Partial chains looked at before the search stops, so that a dense graph cannot hold it up."""

_UNKNOWN_RANK = 2
"""A document of unknown level counts as one of a province: above what wards issue, below what the centre does."""


@dataclass(frozen=True, slots=True)
class Chain:
    """Hops from the local end to the national end; ``confidence`` is the product of theirs."""

    hops: tuple[Hop, ...]

    @property
    def confidence(self) -> float:
        """How sure the whole chain is, 0..1."""
        return prod(hop.confidence for hop in self.hops)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The keys of the documents, local first."""
        return (self.hops[0].start.partition("#")[0], *(hop.end.partition("#")[0] for hop in self.hops))

    @property
    def in_the_text(self) -> bool:
        """Whether every hop stands in a text that was read."""
        return all(hop.method in IN_THE_TEXT for hop in self.hops)

    @property
    def aligned(self) -> bool:
        """Whether some hop rests on nothing but two tasks being alike."""
        return any(hop.method == "aligned" for hop in self.hops)


def hops_up(graph: DocumentGraph, node: str, text_only: bool = False) -> list[Hop]:
    """The hops that lead on from ``node``: for a document its own, for a task what it cites, then what its plan rests on.

    The best supported hop for each next document, surest first, of equally sure ones by name.
    """
    found = _hops_of_task(graph, node) if graph.is_task(node) else list(graph.hops_from(node))
    if text_only:
        found = [hop for hop in found if hop.method in IN_THE_TEXT]
    return sorted(found, key=lambda hop: (-hop.confidence, graph.instrument(hop.end).name, hop.end))


def _hops_of_task(graph: DocumentGraph, node: str) -> list[Hop]:
    own: dict[str, Hop] = {}
    for hop in graph.hops_of(node):
        if hop.end not in own or better(hop, own[hop.end]):
            own[hop.end] = hop
    plan = node.partition("#")[0]
    for hop in graph.hops_from(plan, with_tasks=False):
        if hop.end in own:
            continue
        method = "inherited" if hop.method in IN_THE_TEXT else hop.method
        sure = hop.confidence * _INHERITED
        if hop.method == "explicit" and hop.evidence.lines and in_a_task(graph.documents[plan], hop.evidence.lines):
            sure *= _FROM_ANOTHER_TASK
        own[hop.end] = replace(hop, start=node, method=method, confidence=sure)
    return list(own.values())


def hops_down(graph: DocumentGraph, node: str) -> Sequence[Hop]:
    """The hops that lead to ``node``: from documents that rest on it; for a task, from tasks aligned below it.

    In the order of :func:`hops_up`.
    """
    if not graph.is_task(node):
        return graph.hops_to(node)
    return sorted(graph.aligned_below(node), key=lambda hop: (-hop.confidence, graph.instrument(hop.start).name, hop.start))


def chains_up(graph: DocumentGraph, node: str, limit: int, text_only: bool = False) -> list[Chain]:
    """The chains from ``node`` to the highest documents, shortest and best supported first, at most ``limit``.

    What a cited title says is shown as the start's own document words it, where it does.
    """
    source = graph.instrument(node).source
    chains = _walk(graph, node, limit, lambda at: hops_up(graph, at, text_only), upwards=True)
    return [Chain(tuple(_worded_by(graph, hop, source) for hop in chain.hops)) for chain in chains]


def _worded_by(graph: DocumentGraph, hop: Hop, source: str | None) -> Hop:
    """A nested hop with the evidence that stands in ``source``, when that says the same."""
    if hop.method != "nested" or hop.evidence.source == source:
        return hop
    same = [data["hop"] for data in graph.network.get_edge_data(hop.start, hop.end, default={}).values()]
    own = [one for one in same if (one.kind, one.method, one.evidence.source) == (hop.kind, "nested", source)]
    return min(own, key=lambda one: one.evidence.lines) if own else hop


def chains_down(graph: DocumentGraph, node: str, limit: int) -> list[Chain]:
    """The chains from the lowest documents to ``node``, shortest and best supported first, at most ``limit``."""
    return list(_walk(graph, node, limit, lambda at: hops_down(graph, at), upwards=False))


@dataclass(frozen=True, slots=True)
class _Step:
    """A path on the way: its hops local first, the names and nodes that order it, and where its last step stands among those
    that lead on from the same place."""

    sure: float
    names: tuple[str, ...]
    hops: tuple[Hop, ...]
    at: str
    passed: frozenset[str]
    before: _Step | None = None
    place: int = 0

    @property
    def order(self) -> tuple[int, float, tuple[str, ...], tuple[str, ...]]:
        """Shortest first, then the best supported, then by names; the nodes tell any two paths apart."""
        trail = (*(one.start for one in self.hops), self.hops[-1].end) if self.hops else (self.at,)
        return len(self.hops), -self.sure, self.names, trail


def _walk(
    graph: DocumentGraph, node: str, limit: int, next_hops: Callable[[str], Sequence[Hop]], upwards: bool
) -> Iterator[Chain]:
    """Best-first search: of the paths that lead on from one place only the best one waits, and the next best when it is taken.

    A directive that thousands rest on thus costs no more than the chains that are asked for. ``next_hops`` gives the hops from a
    place surest first, of equally sure ones by name.
    """
    known = graph.resolution.instruments
    leading_on: dict[str, Sequence[Hop]] = {}

    def after(hop: Hop) -> str:
        return hop.end if upwards else hop.start

    def lead_on(at: str) -> Sequence[Hop]:
        if at not in leading_on:
            leading_on[at] = next_hops(at)
        return leading_on[at]

    def step(before: _Step, place: int) -> _Step | None:
        """The next step from where ``before`` is, from position ``place`` on, that does not come back."""
        hops = lead_on(before.at)
        for position in range(place, len(hops)):
            hop = hops[position]
            to, key = after(hop), after(hop).partition("#")[0]
            if key in before.passed:
                continue
            path = (*before.hops, hop) if upwards else (hop, *before.hops)
            ends = (hop.start.partition("#")[0], hop.end.partition("#")[0])
            sure, names = before.sure * hop.confidence, (*before.names, known[key].name)
            return _Step(sure, names, path, to, before.passed.union(ends), before, position)
        return None

    first = _Step(1.0, (graph.instrument(node).name,), (), node, frozenset({node.partition("#")[0]}))
    waiting = [(first.order, first)]
    seen = {first.order[-1]}

    def wait(found: _Step | None) -> bool:
        while found is not None and found.order[-1] in seen and found.before is not None:
            found = step(found.before, found.place + 1)
        if found is not None:
            seen.add(found.order[-1])
            heapq.heappush(waiting, (found.order, found))
        return found is not None

    emitted = steps = 0
    while waiting and emitted < limit and steps < _MAX_STEPS:
        _, here = heapq.heappop(waiting)
        steps += 1
        if here.before is not None:
            wait(step(here.before, here.place + 1))
        on = len(here.hops) < _MAX_HOPS and wait(step(here, 0))
        if not on and here.hops:
            emitted += 1
            yield Chain(here.hops)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a question says of a document: any of its number, type, issuer, level; ``None`` means not said."""

    number: str | None = None
    type: str | None = None
    issuer: str | None = None
    level: str | None = None

    def fits(self, one: Instrument) -> bool:
        """Whether ``one`` is such a document."""
        if self.number and number_key(self.number) not in {number_key(number) for number in one.numbers}:
            return False
        if self.type and not _is_type(fold(self.type), one):
            return False
        if self.level and one.level and self.level != one.level:
            return False
        return not self.issuer or body(self.issuer).fits(body(one.issuer))


def _is_type(wanted: str, one: Instrument) -> bool:
    """Whether ``one`` is of the type, or issues or approves something of it (a decision that approves a programme)."""
    kind = fold(one.type or "")
    if kind and (kind.startswith(wanted) or wanted.startswith(kind)):
        return True
    return any(re.match(rf"(?:ve )?(?:viec )?(?:phe duyet|ban hanh) {re.escape(wanted)}\b", fold(title)) for title in one.titles)


def explicit_chain(
    graph: DocumentGraph,
    start: str,
    goal: Wanted | None = None,
    via: Sequence[Wanted] = (),
    near: Span | None = None,
    fullest: bool = False,
) -> Chain | None:
    """The one chain that stands in the texts and that a question asks for, or ``None``.

    ``start`` is a document's or a task's node; the chain ends at a document that fits ``goal`` and passes, in any order,
    documents that fit ``via``. ``near`` are lines of the start's document: what is cited on them comes first. Without ``goal``
    it ends at what the task itself cites, or else at the highest document, that to which most chains lead. Among chains that
    fit equally the shortest (``fullest``: the longest), then the surest.
    """
    whole = chains_up(graph, start, limit=500, text_only=True)
    candidates = [chain for chain in _prefixes(whole) if _ends(graph, chain, goal)]
    if not candidates:
        return None
    led_to = Counter(chain.nodes[-1] for chain in whole)
    cited_here = _cited_on(graph, start, near) if near else frozenset()

    def fitness(chain: Chain) -> tuple[object, ...]:
        known = graph.resolution.instruments
        first, last = chain.hops[0], chain.nodes[-1]
        between = [known[key] for key in chain.nodes[1:]]
        own = graph.is_task(start) and first.method == "explicit"
        undirected = goal is None and not own
        return (
            sum(not any(one.fits(document) for document in between) for one in via),
            first.end not in cited_here,
            not own,
            _rank(known[last].level) if undirected else 0,
            -led_to[last] if undirected else 0,
            -len(chain.hops) if fullest else len(chain.hops),
            first.kind not in CARRIES_OUT,
            -chain.confidence,
            chain.nodes,
        )

    best = min(candidates, key=fitness)
    passed = [graph.resolution.instruments[key] for key in best.nodes[1:]]
    return best if all(any(one.fits(document) for document in passed) for one in via) else None


def _rank(level: str | None) -> int:
    known = knowledge().level(level)
    return known.rank if known else _UNKNOWN_RANK


def _prefixes(chains: list[Chain]) -> list[Chain]:
    """All chains and the shorter ones that they begin with."""
    found: dict[tuple[str, ...], Chain] = {}
    for chain in chains:
        for length in range(1, len(chain.hops) + 1):
            part = Chain(chain.hops[:length])
            found.setdefault(part.nodes, part)
    return list(found.values())


def _ends(graph: DocumentGraph, chain: Chain, goal: Wanted | None) -> bool:
    return goal is None or goal.fits(graph.resolution.instruments[chain.nodes[-1]])


def _cited_on(graph: DocumentGraph, start: str, lines: Span) -> frozenset[str]:
    """The documents that the start's document cites on ``lines``."""
    key = start.partition("#")[0]
    document = graph.documents.get(key)
    if document is None:
        return frozenset()
    return frozenset(
        graph.resolution.citations[key, index].key
        for index, citation in enumerate(document.citations)
        if any(one.lines[0] <= lines[1] and lines[0] <= one.lines[1] for one in citation.mentions)
    )
