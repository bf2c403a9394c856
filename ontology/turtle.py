"""Reading the hand-kept Turtle files into plain Python values, quickly and in file order."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pyoxigraph as ox

from ontology.namespaces import LISTS, SKOS

FOLDER = Path(__file__).parent
"""Where the Turtle files of this room lie."""


@dataclass(slots=True)
class Node:
    """One subject of a Turtle file: its IRI and, per predicate IRI, its values in the order of the file.

    A value is a string: the IRI of a named node, or the text of a literal; ``languages`` runs parallel to ``values``
    ("" where a value has no language).
    """

    iri: str
    values: dict[str, list[str]] = field(default_factory=dict)
    languages: dict[str, list[str]] = field(default_factory=dict)

    def all(self, predicate: str, language: str | None = None) -> tuple[str, ...]:
        """The values of ``predicate``; with ``language``, only those in it."""
        values = self.values.get(predicate, [])
        if language is None:
            return tuple(values)
        return tuple(v for v, tag in zip(values, self.languages.get(predicate, ()), strict=True) if tag == language)

    def one(self, predicate: str, language: str | None = None) -> str | None:
        """The first value of ``predicate``, or ``None`` where the file states none."""
        values = self.all(predicate, language)
        return values[0] if values else None

    @property
    def local(self) -> str:
        """The last part of the IRI, which is how lists speak of their entries."""
        return self.iri.rstrip("/").rsplit("/", 1)[-1].rsplit("#", 1)[-1]


def read_nodes(path: Path) -> dict[str, Node]:
    """The named subjects of the Turtle file ``path`` by IRI, in file order; blank nodes are left out.

    Raises ``FileNotFoundError`` where the file is missing and ``SyntaxError`` where it is not Turtle.
    """
    nodes: dict[str, Node] = {}
    for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        subject, value = triple.subject, triple.object
        if not isinstance(subject, ox.NamedNode) or isinstance(value, ox.BlankNode):
            continue
        node = nodes.get(subject.value)
        if node is None:
            node = nodes[subject.value] = Node(subject.value)
        predicate = triple.predicate.value
        node.values.setdefault(predicate, []).append(value.value)
        tag = (value.language or "") if isinstance(value, ox.Literal) else ""
        node.languages.setdefault(predicate, []).append(tag)
    return nodes


def concepts(name: str) -> Iterator[Node]:
    """The concepts of the list ``name`` (file ``lists/<name>.ttl``) in file order; none where the file is missing."""
    path = FOLDER / "lists" / f"{name}.ttl"
    if not path.exists():
        return
    scheme = LISTS + name
    for node in read_nodes(path).values():
        if scheme in node.values.get(SKOS.inScheme, ()):
            yield node
