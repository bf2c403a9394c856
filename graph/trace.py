"""Tracing: which directives a task or plan carries out, upwards, and which plans and tasks carry out a directive, downwards."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from documents.model import Document
from graph.chains import Chain, Wanted, chains_down, chains_up, explicit_chain
from graph.document_graph import DocumentGraph, Evidence, Hop, TaskPair, document_graph, level_rank
from graph.find_start import AmbiguousStart, Search, Start, StartNotFound, find_start

__all__ = [
    "AmbiguousStart", "Chain", "Start", "StartNotFound", "Trace", "Wanted", "explicit_chain", "trace", "trace_record",
]  # fmt: skip


_MOST_CITING = 500
"""Of a directive that more cite than this, the record names the first and how many there are."""

Above = Callable[[DocumentGraph, str], Iterable[TaskPair]]
"""Finds the tasks of higher levels that are the same duty as the task with the given node."""


@dataclass(frozen=True, slots=True)
class Trace:
    """The chains from or to ``start``; ``citing`` (downwards) says which documents and tasks name it in whatever relation."""

    start: Start
    down: bool
    chains: tuple[Chain, ...]
    citing: tuple[Hop, ...] = ()


def trace(
    where: DocumentGraph | Sequence[Document],
    what: str,
    *,
    down: bool = False,
    limit: int = 50,
    search: Search | None = None,
    above: Above | None = None,
) -> Trace:
    """The chains of ``what`` (an IRI, a number, ``SOURCE:LINE``, a file or a phrase) in ``where``.

    Upwards the chains that stand in the texts come as far as the texts say; those that the register carries further come as
    well. For a task ``above`` finds the tasks of higher levels that are the same duty; chains over them come last, one for each
    of them. Downwards the chains that stand in the texts come first. At most ``limit`` chains, shortest and best supported first.
    Raises :class:`~graph.find_start.StartNotFound` or :class:`~graph.find_start.AmbiguousStart`.
    """
    graph = where if isinstance(where, DocumentGraph) else document_graph(where)
    start = find_start(graph, what, search)
    if above and not down and graph.is_task(start.node):
        graph = graph.with_pairs(above(graph, start.node))
    if down:
        below = sorted(chains_down(graph, start.node, limit), key=lambda chain: not chain.in_the_text)
        return Trace(start, True, tuple(below), graph.citing(start.node))
    in_text = chains_up(graph, start.node, limit, text_only=True)
    further = [chain for chain in chains_up(graph, start.node, limit) if not chain.in_the_text]
    chains = sorted(in_text + further, key=lambda one: (one.aligned, len(one.hops), -one.confidence, _names(one, graph)))
    stated = [chain for chain in chains if not chain.aligned]
    return Trace(start, False, (*stated, *_best_over_each_task(chains, graph))[:limit])


def _best_over_each_task(chains: Sequence[Chain], graph: DocumentGraph) -> list[Chain]:
    """Of the aligned among ``chains`` the surest over each upper task, of equally sure ones that to the highest level.

    The upper task inherits all that its plan rests on: every way from there on would bury what the texts themselves say.
    """
    found: dict[str, list[Chain]] = defaultdict(list)
    for chain in chains:
        if chain.aligned:
            found[chain.hops[0].end].append(chain)

    def order(chain: Chain) -> tuple[float, int, int, list[str]]:
        return (
            -round(chain.confidence, 6),
            level_rank(graph.instrument(chain.hops[-1].end).level),
            len(chain.hops),
            _names(chain, graph),
        )

    return sorted((min(ways, key=order) for ways in found.values()), key=order)


def trace_record(found: Trace, graph: DocumentGraph) -> dict[str, Any]:
    """``found`` as the JSON value that `cancu trace` prints; ``lines`` is null where the register is the evidence."""
    record: dict[str, Any] = {
        "start": {**_start_record(graph, found.start.node), "how": found.start.how},
        "chains": [chain_record(chain, graph) for chain in found.chains],
    }
    if found.start.others:
        record["others"] = [_start_record(graph, node) for node in found.start.others]
    if found.down:
        record["citing"] = [_hop_record(hop, graph) for hop in found.citing[:_MOST_CITING]]
        record["citing_total"] = len(found.citing)
    return record


def chain_record(chain: Chain, graph: DocumentGraph) -> dict[str, Any]:
    """One chain as a JSON value: names of the documents local first, confidence, hops with evidence."""
    return {
        "documents": _names(chain, graph),
        "confidence": round(chain.confidence, 4),
        "hops": [_hop_record(hop, graph) for hop in chain.hops],
        "tasks": _tasks_of(chain, graph),
    }


def _names(chain: Chain, graph: DocumentGraph) -> list[str]:
    names = [graph.resolution.instruments[key].name for key in chain.nodes]
    return [name for name, _ in groupby(names)]  # an appendix bears the number of its document


def _tasks_of(chain: Chain, graph: DocumentGraph) -> list[dict[str, Any]]:
    """The tasks of the lowest document whose own words make the first hop."""
    first = chain.hops[0]
    low, end = first.start.partition("#")[0], first.end
    tasks = []
    for start in graph.citing_tasks.get(low, ()):
        for data in graph.network.get_edge_data(start, end, default={}).values():
            if data["kind"] != "aligned":
                task = graph.task(start)
                place = {"source": graph.documents[low].source, "lines": list(task.lines)}
                tasks.append({**place, "text": task.text, "id": task.id})
    return sorted(tasks, key=lambda task: task["lines"])


def _hop_record(hop: Hop, graph: DocumentGraph) -> dict[str, Any]:
    record = {
        "from": graph.instrument(hop.start).name,
        "to": graph.instrument(hop.end).name,
        "kind": hop.kind,
        "method": hop.method,
        "confidence": round(hop.confidence, 4),
        "evidence": evidence_record(hop.evidence),
    }
    if hop.method == "aligned":
        other = graph.task(hop.end)
        record["to_task"] = {
            "source": graph.documents[hop.end.partition("#")[0]].source, "lines": list(other.lines), "text": other.text,
        }  # fmt: skip
    return record


def evidence_record(evidence: Evidence) -> dict[str, Any]:
    """Evidence as a JSON value."""
    return {"source": evidence.source, "lines": list(evidence.lines) if evidence.lines else None, "text": evidence.text}


def _start_record(graph: DocumentGraph, node: str) -> dict[str, Any]:
    one = graph.instrument(node)
    record: dict[str, Any] = {
        "kind": "task" if graph.is_task(node) else "document",
        "key": node,
        "number": one.number,
        "document": one.name,
        "label": one.label,
        "issuer": one.issuer,
        "source": one.source,
    }
    if graph.is_task(node):
        task = graph.task(node)
        record |= {"lines": list(task.lines), "text": task.text, "lead": list(task.lead)}
    return record
