"""Namespaces and terms of the graph, as plain strings: importing this costs nothing.

``CANCU.Task`` is the string "https://w3id.org/cancu/ontology#Task". A name that is not declared raises ``AttributeError``, so no
misspelt term reaches the graph. A test compares the names here with ``cancu.ttl`` in both directions.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

LISTS: Final = "https://w3id.org/cancu/list/"
"""Base of the controlled lists and their entries."""


class Namespace:
    """A namespace with its conventional ``prefix``, its ``iri`` and the local names of its declared ``terms``."""

    __slots__ = ("iri", "prefix", "terms")

    def __init__(self, prefix: str, iri: str, terms: str) -> None:
        """``terms`` are the local names in use, parted by blanks."""
        self.prefix = prefix
        self.iri = iri
        self.terms = frozenset(terms.split())

    def __getattr__(self, name: str) -> str:
        """The IRI of the declared term ``name``; raises ``AttributeError`` for any other name."""
        if name.startswith("_") or name not in self.terms:
            raise AttributeError(f"{name!r} is not a declared term of this namespace")
        return self.iri + name

    def __iter__(self) -> Iterator[str]:
        """The IRIs of the declared terms, sorted."""
        return iter(sorted(self.iri + name for name in self.terms))

    def __str__(self) -> str:
        """The IRI of the namespace."""
        return self.iri


CANCU: Final = Namespace(
    "cancu",
    "https://w3id.org/cancu/ontology#",
    """
    Plan Directive Unit Task Target Citation Mention Assignment Deadline Passage Finding Evidence Statement
    cites citesPart implements basedOn replaces amends compliesWith accompanies
    assignedTo coordinatedWith supportedBy assignment unit role
    partOf inSection evidence mention deadline budget topic level unitKind relation period signedBy derivedFrom
    source text words firstLine lastLine page year dueDate deadlineKind taskKind findingKind severity passageKind product
    comparator
    order path sectionKind sectionRole place dateNote numberNote readingNote noisy
    statedDate statedTitle registeredDate registeredTitle method confidence
    sameDutyAs sharesDutyWith carriesOutDutyOf between reason modelVersion
    documentClass relationProperty groupWord provesBody numberStyle rank placeKind issuerLabel
    """,
)
"""Our own terms; what they mean is in ``cancu.ttl``."""

RDF: Final = Namespace("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "type Statement subject predicate object")
RDFS: Final = Namespace("rdfs", "http://www.w3.org/2000/01/rdf-schema#", "label")
XSD: Final = Namespace("xsd", "http://www.w3.org/2001/XMLSchema#", "boolean date decimal gYear integer string")
SKOS: Final = Namespace(
    "skos",
    "http://www.w3.org/2004/02/skos/core#",
    "Concept ConceptScheme inScheme prefLabel altLabel hiddenLabel notation definition note closeMatch",
)
DCTERMS: Final = Namespace(
    "dcterms",
    "http://purl.org/dc/terms/",
    "title description identifier source date license isPartOf isVersionOf replaces isReplacedBy subject relation requires",
)
PROV: Final = Namespace(
    "prov",
    "http://www.w3.org/ns/prov#",
    "Entity Association agent hadRole wasDerivedFrom",
)
ORG: Final = Namespace(
    "org",
    "http://www.w3.org/ns/org#",
    "Organization OrganizationalUnit ChangeEvent unitOf hasMember changedBy resultedFrom",
)
TIME: Final = Namespace(
    "time",
    "http://www.w3.org/2006/time#",
    "TemporalEntity Instant ProperInterval hasBeginning hasEnd inXSDDate",
)
SCHEMA: Final = Namespace(
    "schema",
    "https://schema.org/",
    "Action MonetaryAmount QuantitativeValue Person name value currency unitText jobTitle validFrom validThrough",
)
ELI: Final = Namespace(
    "eli",
    "http://data.europa.eu/eli/ontology#",
    "LegalResource LegalResourceSubdivision id_local number title type_document date_document passed_by "
    "is_part_of cites applies ensures_implementation_of based_on amends repeals "
    "first_date_entry_in_force date_no_longer_in_force",
)
CITO: Final = Namespace("cito", "http://purl.org/spar/cito/", "Citation hasCitingEntity hasCitedEntity")
P_PLAN: Final = Namespace("p-plan", "http://purl.org/net/p-plan#", "Plan Step")
OA: Final = Namespace(
    "oa",
    "http://www.w3.org/ns/oa#",
    "SpecificResource hasSource exact",
)

ALL: Final = (CANCU, RDF, RDFS, XSD, SKOS, DCTERMS, PROV, ORG, TIME, SCHEMA, ELI, CITO, P_PLAN, OA)
"""Every namespace of the graph."""

PREFIXES: Final = {space.prefix: space.iri for space in ALL}
"""Prefix → IRI, for queries and serialisation."""

EXTERNAL: Final = (ELI, CITO, P_PLAN, OA)
"""Vocabularies that rdflib does not bring along; the terms in use are declared in ``cancu.ttl``."""


def concept(scheme: str, id: str) -> str:
    """The IRI of the entry ``id`` of the controlled list ``scheme`` ("topics", "an-toan")."""
    return f"{LISTS}{scheme}/{id}"
