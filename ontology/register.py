"""The register of known directives (``directives.ttl``)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ontology.entries import Directive
from ontology.lists import document_types
from ontology.namespaces import CANCU, DCTERMS, ELI, SKOS
from ontology.turtle import FOLDER, Node, read_nodes


@lru_cache(maxsize=1)
def read_register() -> tuple[Directive, ...]:
    """The entries of the register in file order; raises ``KeyError`` where a link leads to no entry.

    ``replaced_by`` and ``status`` follow from the other facts, so that no fact is written down twice.
    """
    nodes = {iri: node for iri, node in read_nodes(FOLDER / "directives.ttl").items() if node.one(ELI.id_local)}
    labels = {entry.iri: entry.label for entry in document_types()}

    def numbers(iris: Iterable[str]) -> tuple[str, ...]:
        return tuple(nodes[iri].all(ELI.id_local)[0] for iri in iris)

    return tuple(
        Directive(
            number=node.all(ELI.id_local)[0],
            type=labels[node.all(ELI.type_document)[0]],
            issuer=node.one(CANCU.issuerLabel),
            date=node.one(ELI.date_document),
            title=node.one(ELI.title),
            short_title=node.one(SKOS.altLabel),
            cited_as=node.all(SKOS.hiddenLabel),
            implements=numbers(node.all(CANCU.implements)),
            based_on=numbers(node.all(CANCU.basedOn)),
            amends=numbers(node.all(CANCU.amends)),
            replaces=numbers(node.all(CANCU.replaces)),
            replaced_by=numbers(other.iri for other in nodes.values() if iri in other.all(CANCU.replaces)),
            in_force_from=node.one(ELI.first_date_entry_in_force),
            in_force_until=node.one(ELI.date_no_longer_in_force),
            sources=node.all(DCTERMS.source),
        )
        for iri, node in _checked(nodes).items()
    )


def _checked(nodes: dict[str, Node]) -> dict[str, Node]:
    """``nodes``, after checking that each has the facts without which an entry is none."""
    for node in nodes.values():
        for predicate in (ELI.type_document, CANCU.issuerLabel, DCTERMS.source):
            if not node.all(predicate):
                raise ValueError(f"{node.iri} has no {predicate}")
    return nodes
