"""The words of the field: vocabulary, controlled lists, the register of directives, shapes.

``from ontology.knowledge import knowledge`` gives everything that is known; ``ontology.namespaces`` the terms of the graph.
"""

from ontology.entries import Directive, DocumentType, IssuerCode, Level, Place, Relation, Role, Topic, UnitEntry, UnitKind
from ontology.knowledge import Knowledge
from ontology.numbers import issuer_of_number, normal_number, number_key, number_parts

__all__ = [
    "Directive",
    "DocumentType",
    "IssuerCode",
    "Knowledge",
    "Level",
    "Place",
    "Relation",
    "Role",
    "Topic",
    "UnitEntry",
    "UnitKind",
    "issuer_of_number",
    "normal_number",
    "number_key",
    "number_parts",
]
