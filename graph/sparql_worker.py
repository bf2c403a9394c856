"""The process in which outside SPARQL queries run: it can be ended, and it can reach nothing but a frozen copy of the store.

Run as a script, on its own (``python -I sparql_worker.py FOLDER``), because it must import nothing of the rest. It reads one
request per line from standard input and writes one answer per line to standard output, both JSON.

Once the store is open no further file or socket can be opened (``RLIMIT_NOFILE`` 0), so that a query that slipped through
:func:`graph.sparql.refuse_harmful` still reaches neither the network nor the disk. Memory is limited too, and processor time
and the size of the answer per query.
"""

from __future__ import annotations

import json
import resource
import sys
from collections.abc import Iterable
from typing import Any

import pyoxigraph as ox

MEMORY_BYTES = 4 << 30
_GRACE_SECONDS = 5


def _term(term: Any) -> dict[str, Any]:
    """A term in the form of SPARQL 1.1 Query Results JSON."""
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _term(part) for name, part in parts.items()}}
    found = {"type": "literal", "value": term.value}
    if term.language:
        return {**found, "xml:lang": term.language}
    if term.datatype.value != "http://www.w3.org/2001/XMLSchema#string":
        return {**found, "datatype": term.datatype.value}
    return found


class _TooLarge(Exception):
    """The answer is larger than what the asker takes."""


def _bounded(items: Iterable[Any], rows: int, size: int) -> tuple[list[Any], bool]:
    """At most ``rows`` of ``items``, and whether there were more; raises :class:`_TooLarge` beyond ``size`` bytes of JSON."""
    kept: list[Any] = []
    for item in items:
        if len(kept) == rows:
            return kept, True
        size -= len(json.dumps(item, ensure_ascii=False).encode())
        if size < 0:
            raise _TooLarge
        kept.append(item)
    return kept, False


def answer(store: ox.Store, request: dict[str, Any]) -> dict[str, Any]:
    """The answer to one request: at most ``rows`` solutions or triples, whether there were more, and no more than ``bytes``."""
    rows, size = request["rows"], request["bytes"]
    try:
        found = store.query(request["query"], prefixes=request["prefixes"], use_default_graph_as_union=True)
        if isinstance(found, ox.QueryBoolean):
            return {"kind": "ask", "results": {"head": {}, "boolean": bool(found)}, "truncated": False}
        if isinstance(found, ox.QueryTriples):
            triples, more = _bounded((f"{triple} ." for triple in found), rows, size)
            return {"kind": "graph", "triples": triples, "truncated": more}
        names = [variable.value for variable in found.variables]
        solutions = ({name: _term(value) for name in names if (value := row[name]) is not None} for row in found)
        bindings, more = _bounded(solutions, rows, size)
        return {"kind": "select", "results": {"head": {"vars": names}, "results": {"bindings": bindings}}, "truncated": more}
    except _TooLarge:
        return {"kind": "large", "bytes": size}
    except SyntaxError as error:
        return {"kind": "syntax", "message": str(error)}
    except (OSError, RuntimeError, ValueError) as error:
        return {"kind": "failed", "message": str(error)}


def main(folder: str) -> None:
    """Answer requests over the store in ``folder`` until standard input ends."""
    store = ox.Store.read_only(folder)
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_NOFILE, (0, 0))
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    print("ready", flush=True)
    for line in sys.stdin:
        request = json.loads(line)
        used = resource.getrusage(resource.RUSAGE_SELF)
        # Should the parent be killed, nobody is left to end an endless query; then the processor-time limit does.
        allowed = int(used.ru_utime + used.ru_stime + request["seconds"]) + _GRACE_SECONDS
        resource.setrlimit(resource.RLIMIT_CPU, (allowed, hard))
        sys.stdout.buffer.write(json.dumps(answer(store, request), ensure_ascii=False).encode() + b"\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main(sys.argv[1])
