"""What people say every day, and the official words that documents use for it (the ontology's list of synonyms)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ontology.turtle import concepts
from questions.words import tokens

_LABEL = "http://www.w3.org/2004/02/skos/core#prefLabel"
_OTHER = "http://www.w3.org/2004/02/skos/core#altLabel"


@dataclass(frozen=True, slots=True)
class Official:
    """The official ``label`` for words of a question (``said``, folded), and its folded words."""

    said: tuple[str, ...]
    label: str
    words: tuple[str, ...]


@lru_cache(maxsize=1)
def everyday() -> dict[tuple[str, ...], Official]:
    """The list by the folded words of what is said."""
    table: dict[tuple[str, ...], Official] = {}
    for entry in concepts("synonyms"):
        label = entry.one(_LABEL, "vi") or ""
        for alias in entry.all(_OTHER, "vi"):
            said = tokens(alias)
            table.setdefault(said, Official(said, label, tokens(label)))
    return table


def official(words: Sequence[str]) -> tuple[Official, ...]:
    """The official words for what stands in ``words`` (all of a question's, folded), the longest phrase at each place."""
    found: dict[str, Official] = {}
    at = 0
    longest = max((len(said) for said in everyday()), default=0)
    while at < len(words):
        size = next((n for n in range(longest, 0, -1) if tuple(words[at : at + n]) in everyday()), 0)
        if size:
            one = everyday()[tuple(words[at : at + size])]
            found.setdefault(one.label, one)
        at += size or 1
    return tuple(found.values())
