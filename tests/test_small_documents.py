"""Letterheads and citations of many kinds of documents, value by value.

Each document of ``small_documents/`` (all fictional, only the central directives that they cite are real) has beside it what a
careful clerk reads in it; a field that is left out of the expected JSON is not compared.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from scoring import citation_likeness, pairs, plain

import documents
from documents.record import to_gold

FOLDER = Path(__file__).parent / "small_documents"

KNOWN_MISSES: dict[str, str] = {}
"""Case (or what its cases begin with) → why it is missed today. A miss that is mended has to leave this table."""


@cache
def expected_of(stem: str) -> dict[str, Any]:
    expected: dict[str, Any] = json.loads((FOLDER / f"{stem}.json").read_text("utf-8"))
    return expected


@cache
def found_in(stem: str) -> dict[str, Any]:
    path = next(p for p in FOLDER.glob(f"{stem}.*") if p.suffix != ".json")
    return to_gold(documents.read(path, path.name))


def name_of(citation: dict[str, Any]) -> str:
    return citation["number"] or f"{citation['type']} {citation.get('title') or citation.get('issuer') or ''}".strip()


def cases() -> Iterator[Any]:
    """One case per header field and per citation field of every document, and one for citations that are not there."""
    for path in sorted(FOLDER.glob("*.json")):
        expected = expected_of(path.stem)
        keys = [f"{path.stem}/{field}" for field in expected["document"]]
        for citation in expected["citations"]:
            keys.append(f"{path.stem}/{name_of(citation)}")
            keys += [f"{path.stem}/{name_of(citation)}/{field}" for field in citation if field not in ("number", "type")]
        keys.append(f"{path.stem}/no other citations")
        for key in keys:
            reason = next((why for known, why in KNOWN_MISSES.items() if key == known or key.startswith(f"{known}/")), None)
            marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
            yield pytest.param(key, id=key.replace("/", "|"), marks=marks)


LEVELS = ("tỉnh", "thành phố", "huyện", "phường", "xã")


def same(field: str, expected: Any, found: Any) -> bool:
    """Titles and types are compared without accents and punctuation, all else as it is.

    An issuer that the text calls by its level only ("Ủy ban nhân dân tỉnh") may be given with the name of the place as well.
    """
    if field == "issuer" and expected and expected.endswith(LEVELS):
        return re.fullmatch(re.escape(expected) + r"( [A-ZÀ-ỸĐ]\w*){0,3}", found or "") is not None
    return plain(expected) == plain(found) if field in ("title", "type") else bool(expected == found)


@cache
def paired(stem: str) -> tuple[dict[str, Any], list[str]]:
    """Expected citation's name → the citation found for it, and the names of those that nobody expects."""
    expected = [{"title": None, **citation} for citation in expected_of(stem)["citations"]]
    found, _, extra = pairs(expected, found_in(stem)["citations"], citation_likeness)
    return {name_of(a): b for a, b in found}, [name_of(b) for b in extra]


@pytest.mark.parametrize("key", list(cases()))
def test_value(key: str) -> None:
    stem, rest = key.split("/", 1)
    expected = expected_of(stem)
    if rest in expected["document"]:
        found = found_in(stem)["document"][rest]
        if rest == "signer":
            found = (found or {}).get("name")
        assert same(rest, expected["document"][rest], found), f"expected {expected['document'][rest]!r}, found {found!r}"
        return
    matched, extra = paired(stem)
    if rest == "no other citations":
        assert extra == []
        return
    citation = next(c for c in expected["citations"] if rest == name_of(c) or rest.startswith(f"{name_of(c)}/"))
    assert name_of(citation) in matched, f"not found; all citations: {[name_of(c) for c in found_in(stem)['citations']]}"
    got = matched[name_of(citation)]
    field = rest[len(name_of(citation)) + 1 :]
    if not field:
        assert plain(citation["type"]) == plain(got["type"])
    else:
        assert same(field, citation[field], got[field]), f"expected {citation[field]!r}, found {got[field]!r}"


def test_known_misses_name_existing_cases() -> None:
    known = {param.values[0] for param in cases()}
    assert set(KNOWN_MISSES) <= known


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.json")), ids=lambda p: p.stem)
def test_expected_words_stand_in_the_document(path: Path) -> None:
    source = next(p for p in FOLDER.glob(f"{path.stem}.*") if p.suffix != ".json")
    lines = source.read_text("utf-8").split("\n")
    text, expected = " ".join(" ".join(lines).split()), expected_of(path.stem)
    assert expected["why"]
    assert plain(expected["document"]["title"]) in plain(text)
    for citation in expected["citations"]:
        assert all(lines[n - 1].strip() for n in citation["lines"])
        assert not citation.get("title") or citation["title"] in text
