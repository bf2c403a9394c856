"""The words that people ask with, as the ontology's list of question words has them (``ontology/lists/question-words.ttl``)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from documents.text import fold
from ontology.turtle import concepts

_NOTATION = "http://www.w3.org/2004/02/skos/core#notation"
_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_OTHER = "http://www.w3.org/2004/02/skos/core#altLabel"
_HIDDEN = "http://www.w3.org/2004/02/skos/core#hiddenLabel"


@lru_cache(maxsize=1)
def _groups() -> Mapping[str, tuple[str, ...]]:
    return {entry.one(_NOTATION) or "": entry.all(_OTHER, "vi") for entry in concepts("question-words") if entry.all(_OTHER)}


def group(name: str) -> tuple[str, ...]:
    """The words of the group ``name`` ("function", "position", ...), in the list's order; raises ``KeyError`` for none such."""
    return _groups()[name]


def any_of(name: str) -> str:
    """A pattern of the words of the group ``name``, folded; the list has the more exact ones first."""
    return rf"(?:{'|'.join(fold(word) for word in group(name))})"


@lru_cache(maxsize=2)
def meant(how: str) -> Mapping[str, tuple[str, ...]]:
    """What is typed ``how`` ("chat" or "dialect"), and the folded words that it stands for."""
    entries = [entry for entry in concepts("question-words") if entry.local.startswith(f"{how}-")]
    return {typed: tuple(fold(e.one(_LABEL, "vi") or "").split()) for e in entries for typed in e.all(_HIDDEN, "vi")}
