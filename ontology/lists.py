"""The controlled lists (``lists/*.ttl``), read once per process and list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from types import MappingProxyType

from ontology.entries import DocumentType, IssuerCode, Level, Place, Relation, Role, Topic, UnitChange, UnitEntry, UnitKind
from ontology.namespaces import CANCU, DCTERMS, ORG, RDF, RDFS, SCHEMA, SKOS
from ontology.turtle import FOLDER, Node, concepts, read_nodes

NOTATION = SKOS.notation
PREFERRED = SKOS.prefLabel
OTHER = SKOS.altLabel
HIDDEN = SKOS.hiddenLabel
VALID_FROM = SCHEMA.validFrom
VALID_TO = SCHEMA.validThrough
REPLACED_BY = DCTERMS.isReplacedBy
_ROLES = {CANCU.Directive: "directive", CANCU.Plan: "plan"}


def _label(node: Node) -> str:
    label = node.one(PREFERRED, "vi")
    if label is None:
        raise ValueError(f"{node.iri} has no skos:prefLabel in Vietnamese")
    return label


def _labels(name: str) -> dict[str, str]:
    """The labels of the list ``name`` by the IRI of the entry."""
    return {node.iri: _label(node) for node in concepts(name)}


def _longest_first(words: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(words), key=lambda word: (-len(word), word)))


@lru_cache(maxsize=1)
def document_types() -> tuple[DocumentType, ...]:
    """The types of documents, in file order."""
    found = []
    for node in concepts("document-types"):
        codes = node.all(NOTATION)
        role = _ROLES.get(node.one(CANCU.documentClass) or "", "other")
        entry = DocumentType(node.local, codes[0] if codes else "", _label(node), node.all(OTHER, "vi"), codes, role)
        found.append(entry)
    return tuple(found)


@lru_cache(maxsize=1)
def issuer_codes() -> Mapping[str, IssuerCode]:
    """The issuers' codes of numbers, by code."""
    level_labels = _labels("levels")
    found = {}
    for node in concepts("issuers"):
        for code in node.all(NOTATION):
            found[code] = IssuerCode(
                code,
                _label(node),
                level_labels.get(node.one(CANCU.level) or ""),
                node.one(CANCU.provesBody) == "true",
                node.one(CANCU.numberStyle) or "state",
                node.one(VALID_FROM),
                node.one(VALID_TO),
            )
    return MappingProxyType(found)


@lru_cache(maxsize=1)
def levels() -> tuple[Level, ...]:
    """The levels of administration, national first."""
    found = [
        Level(
            node.local,
            _label(node),
            int(node.one(CANCU.rank) or 0),
            node.all(OTHER, "vi"),
            _longest_first(node.all(HIDDEN, "vi")),
        )
        for node in concepts("levels")
    ]
    return tuple(sorted(found, key=lambda level: level.rank))


@lru_cache(maxsize=1)
def topics() -> tuple[Topic, ...]:
    """The topics, in file order."""
    return tuple(Topic(n.one(NOTATION) or n.local, _label(n), _longest_first(n.all(HIDDEN, "vi"))) for n in concepts("topics"))


@lru_cache(maxsize=1)
def unit_kinds() -> tuple[UnitKind, ...]:
    """The kinds of units, in file order."""
    return tuple(
        UnitKind(n.local, _label(n), _longest_first(n.all(HIDDEN, "vi")), _longest_first(n.all(CANCU.groupWord, "vi")))
        for n in concepts("unit-kinds")
    )


@lru_cache(maxsize=1)
def relations() -> tuple[Relation, ...]:
    """How documents speak of each other, strongest first."""
    return tuple(
        Relation(n.local, _label(n), (n.one(CANCU.relationProperty) or "").rpartition("#")[2]) for n in concepts("relations")
    )


@lru_cache(maxsize=1)
def roles() -> tuple[Role, ...]:
    """The roles of units in tasks: lead, coordinate, support."""
    return tuple(Role(n.one(NOTATION) or n.local, _label(n), n.all(OTHER, "vi")) for n in concepts("roles"))


def _replaced(nodes: Mapping[str, Node]) -> dict[str, tuple[str, ...]]:
    """For each node that replaces others: the labels of those, in file order."""
    found: dict[str, tuple[str, ...]] = {}
    for node in nodes.values():
        for new in node.all(REPLACED_BY):
            found[new] = (*found.get(new, ()), _label(node))
    return found


def _changes() -> dict[str, UnitChange]:
    """The reorganisations that the list of units names, by IRI."""
    return {
        iri: UnitChange(iri, node.one(RDFS.label, "vi") or node.local, node.one(DCTERMS.date), node.all(DCTERMS.source))
        for iri, node in read_nodes(FOLDER / "lists" / "units.ttl").items()
        if ORG.ChangeEvent in node.values.get(RDF.type, ())
    }


@lru_cache(maxsize=1)
def units() -> tuple[UnitEntry, ...]:
    """The units that many documents name, in file order; predecessors and successors by label."""
    nodes = {node.iri: node for node in concepts("units")}
    kinds, level_labels, replaced, changes = _labels("unit-kinds"), _labels("levels"), _replaced(nodes), _changes()
    return tuple(
        UnitEntry(
            _label(node),
            kinds[node.one(CANCU.unitKind) or ""],
            level_labels.get(node.one(CANCU.level) or ""),
            node.all(OTHER, "vi"),
            replaced.get(iri, ()),
            tuple(_label(nodes[new]) for new in node.all(REPLACED_BY)),
            node.one(VALID_FROM),
            node.one(VALID_TO),
            changes.get(node.one(ORG.changedBy) or ""),
        )
        for iri, node in nodes.items()
    )


@lru_cache(maxsize=1)
def places() -> tuple[Place, ...]:
    """The provinces and centrally run cities, in file order, those that merged into others included (``until``)."""
    nodes = {node.iri: node for node in concepts("places")}
    replaced = _replaced(nodes)
    return tuple(
        Place(
            _label(node),
            node.one(CANCU.placeKind) or "tỉnh",
            replaced.get(iri, ()),
            node.one(VALID_FROM),
            node.one(VALID_TO),
            tuple(_label(nodes[new]) for new in node.all(REPLACED_BY)),
            node.all(OTHER, "vi"),
        )
        for iri, node in nodes.items()
    )


@lru_cache(maxsize=1)
def abbreviations() -> Mapping[str, str]:
    """What each abbreviation stands for."""
    return MappingProxyType({code: _label(node) for node in concepts("abbreviations") for code in node.all(NOTATION)})


@lru_cache(maxsize=1)
def cues() -> Mapping[str, tuple[str, ...]]:
    """The phrase lists of the readers by id, each longest first.

    The kinds of places ("area", "area-commune", "area-district") come from the levels.
    """
    found = {node.one(NOTATION) or node.local: _longest_first(node.all(OTHER, "vi")) for node in concepts("cues")}
    places = {level.id: level.places for level in levels()}
    found["area"] = _longest_first(kind for kinds in places.values() for kind in kinds)
    found |= {"area-commune": places["phuong-xa"], "area-district": places["huyen"]}
    return MappingProxyType(found)
