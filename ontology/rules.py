"""The rules of checking (``ontology/lists/rules.ttl``): what each is called, what it looks for, and how bad what it finds is."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from ontology.namespaces import CANCU, SKOS
from ontology.turtle import concepts

SEVERITIES = ("error", "warning", "info")
"""``error``: wrong whatever one thinks of it; ``warning``: most likely wrong, to be looked at; ``info``: worth knowing."""


@dataclass(frozen=True, slots=True)
class CheckRule:
    """A rule: its ``code``, the ``kind`` of fault that it finds, its ``severity``; in Vietnamese its name and what it checks."""

    code: str
    kind: str
    severity: str
    label: str
    definition: str


@lru_cache(maxsize=1)
def check_rules() -> dict[str, CheckRule]:
    """All rules by code, in file order. Raises ``ValueError`` for an entry that lacks a fact or has an unknown severity."""
    found = {}
    for node in concepts("rules"):
        kind, severity = node.one(CANCU.findingKind), node.one(CANCU.severity)
        label, definition = node.one(SKOS.prefLabel, "vi"), node.one(SKOS.definition, "vi")
        if not (kind and label and definition) or severity not in SEVERITIES:
            raise ValueError(f"{node.iri} is no complete rule")
        found[node.local] = CheckRule(node.local, kind, severity, label, definition)
    return found
