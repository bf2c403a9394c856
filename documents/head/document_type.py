"""Types of documents as words of a text: their names, other names and abbreviations."""

from __future__ import annotations

import re
import unicodedata
from functools import cache

from documents.text import fold, nfc, tone_marks
from ontology.knowledge import knowledge


def type_label(name: str) -> str | None:
    """The label of the document type that ``name`` (a type or one of its other names, any case) stands for, or ``None``."""
    return _labels().get(" ".join(fold(name).split()))


def type_written(words: str) -> str | None:
    """The label of the type that ``words`` of a text are, or ``None``: where they bear accents that the type lacks, other words
    are meant ("PHƯỜNG AN" is no "PHƯƠNG ÁN")."""
    return type_label(words) if agrees_with_type(words) else None


def agrees_with_type(words: str) -> bool:
    """Whether the accents of ``words`` can be those of the type whose folded letters they have: no syllable bears an accent that
    the name lacks. Accents may be lost ("KE HOẠCH"); words that fold to no type agree with none."""
    shown = _bare_marks(words)
    return any(
        len(shown) == len(name) and all(mine <= right for mine, right in zip(shown, name, strict=True))
        for name in _marks().get(" ".join(fold(words).split()), ())
    )


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
def _marks() -> dict[str, tuple[tuple[frozenset[str], ...], ...]]:
    """Folded name → the accents of each letter, of every type and its other names that fold so."""
    found: dict[str, list[tuple[frozenset[str], ...]]] = {}
    for entry in knowledge().document_types:
        for name in (entry.label, *entry.aliases):
            found.setdefault(fold(name), []).append(_bare_marks(name))
    return {name: tuple(marks) for name, marks in found.items()}


def _bare_marks(words: str) -> tuple[frozenset[str], ...]:
    """The accents of each letter: those that Unicode decomposes, and the stroke of "đ"."""
    letters = " ".join(tone_marks(nfc(words).lower()).split())
    return tuple(frozenset("-") if letter in "đð" else frozenset(unicodedata.normalize("NFD", letter)[1:]) for letter in letters)


@cache
def _labels() -> dict[str, str]:
    """Folded name → label, of every type of document and its other names."""
    names: dict[str, str] = {}
    for entry in knowledge().document_types:
        for name in (entry.label, *entry.aliases):
            names.setdefault(fold(name), entry.label)
    return names
