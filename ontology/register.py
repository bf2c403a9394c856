"""The register of known directives (``directives.ttl``)."""

from __future__ import annotations

from functools import lru_cache

from ontology.entries import Directive
from ontology.lists import document_types
from ontology.namespaces import CANCU, DCTERMS, ELI, SKOS
from ontology.turtle import FOLDER, Node, read_nodes

_LINKS = {
    "implements": CANCU.implements,
    "amends": CANCU.amends,
    "replaces": CANCU.replaces,
    "repealed_by": ELI.repealed_by,
}


@lru_cache(maxsize=1)
def read_register() -> tuple[Directive, ...]:
    """The entries of the register in file order; raises ``KeyError`` where a link leads to no entry."""
    path = FOLDER / "directives.ttl"
    if not path.exists():
        return ()
    nodes = {iri: node for iri, node in read_nodes(path).items() if node.one(ELI.id_local)}
    labels = {entry.id: entry.label for entry in document_types()}

    def numbers(node: Node, predicate: str) -> tuple[str, ...]:
        return tuple(nodes[iri].one(ELI.id_local) or "" for iri in node.all(predicate))

    entries = []
    for node in nodes.values():
        kind = (node.one(ELI.type_document) or "").rsplit("/", 1)[-1]
        status = node.one(CANCU.status)
        entries.append(
            Directive(
                number=node.one(ELI.id_local) or "",
                type=labels[kind],
                issuer=node.one(CANCU.issuerLabel),
                date=node.one(ELI.date_document),
                title=node.one(ELI.title),
                status=status.rsplit("/", 1)[-1] if status else None,
                cited_as=node.all(SKOS.hiddenLabel),
                sources=node.all(DCTERMS.source),
                **{name: numbers(node, predicate) for name, predicate in _LINKS.items()},
            )
        )
    return tuple(entries)
