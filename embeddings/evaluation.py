"""Retrieval figures on a test set: how good words, meaning and both together are, with accents and without.

A test set is a folder with ``corpus.jsonl`` (``_id``, ``title``, ``text``), ``queries.jsonl`` (``_id``, ``text``) and
``qrels.tsv`` (query, text, grade; a header line), the form of BEIR (Thakur et al. 2021). The measures are nDCG with gain
2^grade - 1 (Järvelin and Kekäläinen 2002), recall, and the mean reciprocal rank.
"""

from __future__ import annotations

import json
import math
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from documents.text import fold
from embeddings.fusion import FUSED, MEANING_ONLY, WORDS_ONLY, Weights, fuse
from embeddings.model import EmbeddingModel
from embeddings.passage import Passage
from embeddings.search import SearchIndex

WAYS: Mapping[str, Weights] = {"words": WORDS_ONLY, "dense": MEANING_ONLY, "fused": FUSED}
Rewriting = Callable[[str], str]
WITH_AND_WITHOUT: Mapping[str, Rewriting] = {"": str, "_no_accents": fold}
"""The queries as they are and without accents."""

MEASURES = ("ndcg@10", "recall@10", "recall@100", "mrr@10")

_LONGEST_HEADING = 30
"""Words of a first line that is taken for the heading of a text without title."""


@dataclass(frozen=True, slots=True)
class TestSet:
    """Texts, queries, and for each query the texts that answer it with their grades."""

    __test__ = False  # a test set, not a set of tests for pytest

    passages: tuple[Passage, ...]
    queries: Mapping[str, str]
    relevant: Mapping[str, Mapping[str, int]]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            if line.strip():
                yield json.loads(line)


def _passage(identifier: str, title: str, text: str) -> Passage:
    """A text of the test set as one passage; a short first line serves as its heading when there is no title."""
    first, _, rest = text.strip().partition("\n")
    if not title and rest.strip() and len(first.split()) <= _LONGEST_HEADING:
        title, text = first, rest
    return Passage(f"{identifier}#P0001", identifier, identifier, "article", text.strip(), "", (1, 1), title=title or None)


def read_test_set(folder: Path) -> TestSet:
    """Reads a test set. Raises ``FileNotFoundError`` for a missing file and ``ValueError`` for one in another form."""
    try:
        passages = tuple(_passage(str(r["_id"]), r.get("title") or "", r["text"]) for r in _lines(folder / "corpus.jsonl"))
        queries = {str(record["_id"]): str(record["text"]) for record in _lines(folder / "queries.jsonl")}
        relevant: dict[str, dict[str, int]] = defaultdict(dict)
        for line in (folder / "qrels.tsv").read_text(encoding="utf-8").splitlines()[1:]:
            query, text, grade = line.split("\t")
            if int(grade) > 0:
                relevant[query][text] = int(grade)
    except KeyError as error:
        raise ValueError(f"Bộ kiểm tra trong {folder} thiếu trường {error}") from error
    return TestSet(passages, {q: t for q, t in queries.items() if q in relevant}, dict(relevant))


def measures(ranked: Sequence[str], relevant: Mapping[str, int]) -> dict[str, float]:
    """The measures of one ranked list (best first) against the relevant texts with their grades."""
    gains = [2 ** relevant.get(text, 0) - 1 for text in ranked[:10]]
    ideal = sorted((2**grade - 1 for grade in relevant.values()), reverse=True)[:10]
    first = next((rank for rank, gain in enumerate(gains, 1) if gain), None)
    return {
        "ndcg@10": _discounted(gains) / _discounted(ideal),
        "recall@10": sum(text in relevant for text in ranked[:10]) / len(relevant),
        "recall@100": sum(text in relevant for text in ranked[:100]) / len(relevant),
        "mrr@10": 1 / first if first else 0.0,
    }


def _discounted(gains: Sequence[int]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, 1))


def _ranked(index: SearchIndex, query: str, weights: Weights) -> list[str]:
    """The first hundred texts for the query; the frame of a query plays no part, a test set has no documents to speak of."""
    found = index.evidence(query, weights=weights)
    scores = fuse(found, weights)
    order = np.argsort(-scores, kind="stable")[:100]
    return [index.passages.document(found.places[i]).key for i in order]


def by_query(
    index: SearchIndex, tests: TestSet, rewritings: Mapping[str, Rewriting] = WITH_AND_WITHOUT, ways: Mapping[str, Weights] = WAYS
) -> dict[str, dict[str, list[float]]]:
    """For each of the ``ways`` of searching, and each with the queries rewritten, the measures of every query in order.

    A rewriting is named by what is put after the name of the way. The list "seconds" holds the seconds that each search took.
    """
    figures: dict[str, dict[str, list[float]]] = {}
    for suffix, change in rewritings.items():
        for way, weights in ways.items():
            values: dict[str, list[float]] = defaultdict(list)
            for identifier, query in tests.queries.items():
                began = time.perf_counter()
                ranked = _ranked(index, change(query), weights)
                values["seconds"].append(time.perf_counter() - began)
                for name, value in measures(ranked, tests.relevant[identifier]).items():
                    values[name].append(value)
            figures[way + suffix] = dict(values)
    return figures


def evaluate_folder(folder: Path, model: EmbeddingModel | None = None) -> dict[str, Any]:
    """Retrieval figures on the test set in ``folder``: for each way the mean measures and the mean seconds of a search.

    Beside the ways stand ``texts``, ``queries`` and ``build_seconds``. Raises as :func:`read_test_set` does.
    """
    tests = read_test_set(folder)
    with tempfile.TemporaryDirectory() as aside:
        began = time.perf_counter()
        index = SearchIndex.build(Path(aside), tests.passages, model)
        built = time.perf_counter() - began
        figures: dict[str, Any] = {
            way: {name: round(float(np.mean(values[name])), 6) for name in (*MEASURES, "seconds")}
            for way, values in by_query(index, tests).items()
        }
    return figures | {"texts": len(tests.passages), "queries": len(tests.queries), "build_seconds": round(built, 3)}
