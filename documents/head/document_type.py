"""Types of documents as words of a text: their names, other names and abbreviations."""

from __future__ import annotations

import re
from functools import cache

from documents.text import fold
from ontology.knowledge import knowledge


def type_label(name: str) -> str | None:
    """The label of the document type that ``name`` (a type or one of its other names, any case) stands for, or ``None``."""
    return _labels().get(" ".join(fold(name).split()))


def type_of_code(code: str | None) -> str | None:
    """The label of the type that a number's abbreviation stands for ("KH" → "Kế hoạch"), or ``None``."""
    return next((entry.label for entry in knowledge().document_types if code and code in entry.codes), None)


def is_code_of(code: str, label: str) -> bool:
    """Whether the abbreviation of a number can stand for the type with this label ("QĐ" for "Quyết định" and "Quy định")."""
    return any(entry.label == label and code in entry.codes for entry in knowledge().document_types)


@cache
def type_names() -> str:
    """A regular expression for any name of a type in folded text, the longest first."""
    return "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(_labels(), key=lambda n: (-len(n), n)))


@cache
def type_names_written() -> str:
    """A regular expression for any name of a type as the list writes it ("Quy định"), the longest first."""
    names = {name for entry in knowledge().document_types for name in (entry.label, *entry.aliases)}
    return "(?:" + "|".join(re.escape(n).replace(r"\ ", r"\s+") for n in sorted(names, key=lambda n: (-len(n), n))) + r")(?!\w)"


@cache
def type_codes() -> str:
    """A regular expression for any abbreviation of a type (of two letters at least), the longest first."""
    codes = {code for entry in knowledge().document_types for code in entry.codes if len(code) > 1}
    return "|".join(re.escape(c) for c in sorted(codes, key=lambda c: (-len(c), c)))


@cache
def _labels() -> dict[str, str]:
    """Folded name → label, of every type of document and its other names."""
    names: dict[str, str] = {}
    for entry in knowledge().document_types:
        for name in (entry.label, *entry.aliases):
            names.setdefault(fold(name), entry.label)
    return names
