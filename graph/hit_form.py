"""A passage that a search found, as JSON: one form for search and for the answers to questions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from graph.iri import document_iri

if TYPE_CHECKING:
    from embeddings.search import Hit


def hit_form(hit: Hit, rank: int) -> dict[str, Any]:
    """The hit at place ``rank`` (1-based); documents and passages are named by their IRIs."""
    passage = hit.passage
    return {
        "rank": rank,
        "score": round(float(hit.score), 6),
        "kind": passage.kind,
        "iri": document_iri(passage.id),
        "text": passage.text,
        "document": document_iri(passage.document),
        "source": passage.source,
        "lines": list(passage.lines),
        "number": passage.number,
        "level": passage.level,
        "year": passage.year,
        "topic": passage.topic,
        "units": list(passage.units),
        "context": passage.context,
        "matched": list(hit.matched),
        "highlights": [list(span) for span in hit.highlights],
        "sentence": list(hit.sentence) if hit.sentence else None,
    }
