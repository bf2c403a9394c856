"""The inferred links of a data folder, brought in line with its documents: only pairs with a document that came or went change.

``links.json`` beside the triple store says for which records the links were made, and where each document stands
(:class:`graph.neighbours.Standing`): so a new document is compared with those that it can have to do with, and no other record is
read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from documents.model import Document
from graph.link_graph import head, link_quads, nodes_of, quads_about
from graph.neighbours import Standing, are_compared, may_oblige
from graph.record_store import write_whole

if TYPE_CHECKING:
    from graph.links import LinkMaker
    from graph.store import GraphStore

Standings = dict[str, Standing]
"""Where each linked document stands, by key."""

FILE = "links.json"


@dataclass(frozen=True, slots=True)
class Linked:
    """The state of the links: where each linked document stands, and how many quads the graph of links has."""

    standings: Standings
    quads: int


def read(folder: Path) -> Linked | None:
    """The links that the store has, as their stamp says; ``None`` when they must be made from nothing."""
    from graph.links import links_version

    content = _content(folder)
    if content is None or content.get("version") != links_version():
        return None
    try:
        standings = {key: Standing(**standing) for key, standing in content["documents"].items()}
        return Linked(standings, int(content["quads"]))
    except (TypeError, KeyError, ValueError, AttributeError):
        return None


def link_count(folder: Path) -> int:
    """How many quads the graph of links has, as the stamp says."""
    content = _content(folder)
    return int(content.get("quads", 0)) if content else 0


def _content(folder: Path) -> dict[str, Any] | None:
    try:
        content = json.loads((folder / FILE).read_bytes())
    except (OSError, ValueError):
        return None
    return content if isinstance(content, dict) else None


def clear(folder: Path) -> None:
    """Say that the links are being changed."""
    (folder / FILE).unlink(missing_ok=True)


def write(folder: Path, linked: Linked) -> None:
    """Say that the links are complete for ``linked``."""
    from graph.links import links_version

    documents = {key: asdict(standing) for key, standing in sorted(linked.standings.items())}
    content = {"version": links_version(), "quads": linked.quads, "documents": documents}
    write_whole(folder / FILE, json.dumps(content, ensure_ascii=False, indent=0).encode("utf-8") + b"\n")


def update(
    store: GraphStore,
    before: Linked,
    out: Iterable[str],
    put: Collection[str],
    load: Callable[[str], Document],
    maker: LinkMaker | None = None,
) -> Linked:
    """Take the links of the documents ``out`` from ``store`` and add those of the documents ``put``.

    ``before`` is the state as it was, ``load`` gives a document by key. The result is the same as if all links were made from
    nothing.
    """
    from graph.links import links_version, shared_maker

    maker = maker or shared_maker()
    now, quads = dict(before.standings), before.quads
    own = head(links_version())
    if not before.standings and put:
        store.extend(own)
        quads += len(own)
    for key in sorted(set(out)):
        now.pop(key, None)
        for node in nodes_of(store, key):
            gone = quads_about(store, node)
            store.remove(gone)
            quads -= len(gone)
    waiting = {key: load(key) for key in sorted(set(put))}
    now |= {key: Standing.of(document) for key, document in waiting.items()}
    compared: set[str] = set()
    for key, document in waiting.items():
        compared.add(key)
        links = maker.inside(key, document)
        for other, standing in sorted(now.items()):
            if other not in compared and have_to_do(now[key], standing):
                links += maker.between(key, document, other, waiting.get(other) or load(other))
        added = list(link_quads(links))
        store.extend(added)
        quads += len(added)
    if before.standings and not now:
        store.remove(own)
        quads -= len(own)
    return Linked(now, quads)


def have_to_do(one: Standing, other: Standing) -> bool:
    """Whether two documents can have links."""
    return are_compared(one, other) or may_oblige(one, other) or may_oblige(other, one)
