"""The training text as articles: a title, the law it belongs to, and the sentences of its body in order.

The three collections (``README.md`` of the data folder) are gzip-compressed JSON lines with at least ``title`` and ``text``.
Sentences rather than clauses are the unit, because pairs of any size can be put together from them.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from documents.text import collapse, nfc, tone_marks

COLLECTIONS = ("codified_law_articles", "statute_articles", "wikipedia_vi_articles")

MOST_SENTENCES = 40
"""Sentences kept of one article: the longest encyclopedia articles would otherwise outweigh hundreds of laws."""

_BOUNDARY = re.compile(
    r"\n+"  # clauses and points stand on their own lines in the codified law
    r"|(?<=[.;:?!])\s+(?=(?:\d{1,2}\.|[a-zđ]\))\s|[A-ZĐÀ-Ỹ“\"])"  # line-wrapped statutes: '... . 2. Chất ...', '...; b) ...'
)
_LABEL = re.compile(r"^(?:(?:Điều\s+)?\d{1,3}(?:\.\d+)*[.)]?|[a-zđ]\)|[-–+*•])\s+")
_NOT_PROSE = re.compile(r"[{}\\]|={2,}|^\W*$")
_FEWEST_SYLLABLES, _MOST_SYLLABLES = 3, 60


@dataclass(frozen=True, slots=True)
class Article:
    """One article: ``group`` names what it stands in (a law, a book), articles of one group are alike."""

    title: str
    group: str
    sentences: tuple[str, ...]


def sentences(text: str) -> Iterator[str]:
    """The sentences and points of ``text`` without their labels; over-long ones cut into parts of ``_MOST_SYLLABLES``."""
    for part in _BOUNDARY.split(text):
        part = _LABEL.sub("", collapse(part))
        if _NOT_PROSE.search(part):
            continue
        syllables = part.split(" ")
        if len(syllables) < _FEWEST_SYLLABLES:
            continue
        for start in range(0, len(syllables), _MOST_SYLLABLES):
            yield " ".join(syllables[start : start + _MOST_SYLLABLES])


def _group(collection: str, record: dict[str, str], number: int) -> str:
    """What articles are neighbours: the law, else a run of the file (statutes and the encyclopedia name none)."""
    if record.get("law"):
        return str(record["law"])
    if collection == "codified_law_articles":
        return str(record["id"]).rsplit(".", 1)[0]
    return f"{collection}/{number // 32}"


def articles(data: Path) -> Iterator[Article]:
    """Every article of the collections in the folder ``data``, in file order.

    Raises ``FileNotFoundError`` when a collection is missing.
    """
    for collection in COLLECTIONS:
        with gzip.open(data / f"{collection}.jsonl.gz", "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines):
                record = json.loads(line)
                body = list(sentences(tone_marks(nfc(record["text"]))))[:MOST_SENTENCES]
                if body:
                    yield Article(tone_marks(nfc(collapse(record["title"]))), _group(collection, record, number), tuple(body))


def fingerprints(data: Path) -> dict[str, str]:
    """The SHA-256 of each collection's file, for the model card."""
    return {f"{name}.jsonl.gz": hashlib.sha256((data / f"{name}.jsonl.gz").read_bytes()).hexdigest() for name in COLLECTIONS}
