"""The addresses of nodes: the same document, task or unit has the same IRI whenever and wherever it is read.

A document is ``<base><key>``; everything inside it is a fragment of that: ``<base><key>#T001``. Bodies are ``<base>unit/...``,
days ``<base>day/2026-01-31``, originals ``<base>original/<sha256>``. There are no blank nodes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence

from documents.identity import Surroundings, body, expand, is_national, slug
from documents.model import Place
from documents.structure.subdivision import Subdivision

DEFAULT_BASE = "https://w3id.org/cancu/id/"
GRAPH = "graph"
"""The fragment that names a document's graph."""

VERSION_MARK = "~"
"""Separates the key of a document from the hash that tells a second version of it apart (see :mod:`graph.record_store`)."""

_STEP_NAMES = {
    "attached": "kem-theo",
    "appendix": "phu-luc",
    "part": "phan",
    "chapter": "chuong",
    "heading": "muc",
    "article": "dieu",
    "clause": "khoan",
    "point": "diem",
    "item": "tiet",
}
_OWN_WORDS = ("phuong", "xa", "so")


def base() -> str:
    """The base of all nodes: environment variable ``CANCU_BASE``, else the project's own."""
    return os.environ.get("CANCU_BASE") or DEFAULT_BASE


def document_iri(key: str) -> str:
    """The IRI of the document with the key ``key`` (see :mod:`documents.identity`)."""
    return base() + key


def part_iri(key: str, local: str) -> str:
    """The IRI of the part ``local`` ("T001", "dieu-12") of a document."""
    return f"{base()}{key}#{local}"


def graph_iri(key: str) -> str:
    """The name of a document's graph."""
    return part_iri(key, GRAPH)


def split_iri(iri: str) -> tuple[str, str | None] | None:
    """Key and part of an IRI of ours; ``None`` for an IRI of somebody else's."""
    if not iri.startswith(base()):
        return None
    key, _, local = iri[len(base()) :].partition("#")
    return key, local or None


def key_of(iri: str) -> str | None:
    """The key of the document that an IRI of ours belongs to; ``None`` for an IRI of somebody else's."""
    parts = split_iri(iri)
    return parts[0] if parts else None


def day_iri(day: str) -> str:
    """The IRI of a day ("2026-01-31") as an instant."""
    return f"{base()}day/{day}"


def original_iri(sha256: str) -> str:
    """The IRI of the original bytes that a document was read from."""
    return f"{base()}original/{sha256}"


def place_local(place: Place) -> str:
    """The fragment of a part of a document, the same for a part that was read and for one that is only cited.

    Articles are numbered through a whole document, so "dieu-12-khoan-1" needs no chapter; other headings go by their path:
    "phan-ii-muc-1-2".
    """
    names: list[str] = []
    before = ""
    for step in place.steps:
        number = "dd" if step.number == "đ" else slug(step.number or "")
        if step.kind == before == "heading":
            names.append(number or "x")
        elif step.kind in ("appendix", "attached") and not number:
            names.append(_STEP_NAMES[step.kind])
        else:
            names.append(f"{_STEP_NAMES[step.kind]}-{number or 'x'}")
        before = step.kind
    return "-".join(names)


def part_locals(parts: Sequence[Subdivision]) -> tuple[str, ...]:
    """The fragments of the parts of a document, parallel to ``parts``.

    Where a source numbers two parts alike, the later ones carry "_2", "_3", so that neither hides the other.
    """
    found: list[str] = []
    taken: dict[str, int] = {}
    for part in parts:
        name = place_local(part.place)
        if part.parent is not None and "_" in found[part.parent]:  # below the second of two alike
            name = found[part.parent] + name.removeprefix(place_local(parts[part.parent].place))
        taken[name] = taken.get(name, 0) + 1
        found.append(name if taken[name] == 1 else f"{name}_{taken[name]}")
    return tuple(found)


_STANDS_ALONE = re.compile(r"^(?:uy ban nhan dan|hoi dong nhan dan|dang uy|dang bo|cong an|mat tran|phuong|xa|dac khu)\b")
"""Bodies of a commune that others name with it ("Công an phường Hải Dương"), unlike its offices."""


def unit_iri(name: str, kind: str | None, within: Surroundings) -> str:
    """The IRI of the unit called ``name`` in a document with the given surroundings.

    A national body, and one that its name places ("Sở Tài chính thành phố Hải Phòng"), is the same everywhere. Any other name
    is understood inside the issuing body: "Văn phòng" in a department's plan is that department's office, "Văn phòng HĐND &
    UBND" and "Văn phòng HĐND và UBND phường" are one office of one ward.
    """
    if is_national(name):
        return f"{base()}unit/{slug(expand(name))}"
    named = body(name, within)
    full = named.name
    office = bool(within.commune) and full.endswith(" " + within.commune) and not _STANDS_ALONE.match(full)
    if full == within.issuer or (named.placed and not office):
        return f"{base()}unit/{slug(full)}"
    if kind == "sở/ngành" and within.province:
        return f"{base()}unit/{slug(full)}-{slug(within.province)}"
    local = full.removesuffix(" " + within.commune) if office else full
    own_word = (within.commune or within.issuer).partition(" ")[0]
    if len(local.split()) > 2 or (own_word == "so" and " " in local):
        local = re.sub(rf"\s(?:(?:cua|thuoc)\s)?{own_word}$", "", local) if own_word in _OWN_WORDS else local
    return f"{base()}unit/{slug(within.issuer) or within.key}/{slug(local) or 'khong-ro'}"
