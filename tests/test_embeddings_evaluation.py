"""Retrieval figures: the measures, and the thresholds on the shared sets."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from embeddings_samples import SyllableModel

from embeddings.evaluation import evaluate_folder, measures
from embeddings.model import MODELS

SHARED = Path(__file__).resolve().parents[2] / "shared"


@pytest.mark.parametrize(
    ("ranked", "relevant", "expected", "reason"),
    [
        (["a", "b"], {"a": 1}, {"ndcg@10": 1.0, "recall@10": 1.0, "mrr@10": 1.0}, "first"),
        (["b", "a"], {"a": 1}, {"ndcg@10": 0.63093, "recall@10": 1.0, "mrr@10": 0.5}, "second: 1/log2(3)"),
        (list("bcdefghijkla"), {"a": 1}, {"ndcg@10": 0.0, "recall@10": 0.0, "recall@100": 1.0, "mrr@10": 0.0}, "twelfth"),
        (["a", "x"], {"a": 1, "b": 2}, {"ndcg@10": 1 / (3 + 0.63093), "recall@10": 0.5}, "the better one is missing"),
        ([], {"a": 1}, {"ndcg@10": 0.0, "recall@100": 0.0, "mrr@10": 0.0}, "nothing found"),
    ],
)
def test_measures(ranked: list[str], relevant: dict[str, int], expected: dict[str, float], reason: str) -> None:
    got = measures(ranked, relevant)
    assert {name: got[name] for name in expected} == pytest.approx(expected, abs=1e-5), reason


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three texts, two queries, and one query that nothing answers."""
    texts = {"1": "Trợ lý ảo\n\nTriển khai trợ lý ảo.", "2": "Máy chủ được thay thế.", "3": "Tổ công nghệ số cộng đồng."}
    corpus = [json.dumps({"_id": i, "text": text}, ensure_ascii=False) for i, text in texts.items()]
    (tmp_path / "corpus.jsonl").write_text("\n".join(corpus), encoding="utf-8")
    queries = [{"_id": "a", "text": "trợ lý ảo"}, {"_id": "b", "text": "thay máy chủ"}, {"_id": "c", "text": "không ai đáp"}]
    (tmp_path / "queries.jsonl").write_text("\n".join(json.dumps(q, ensure_ascii=False) for q in queries), encoding="utf-8")
    (tmp_path / "qrels.tsv").write_text("query-id\tcorpus-id\tscore\na\t1\t1\nb\t2\t1\n", encoding="utf-8")
    return tmp_path


def test_figures_of_a_folder(folder: Path) -> None:
    figures = evaluate_folder(folder, SyllableModel())
    ways = {"words", "dense", "fused", "words_no_accents", "dense_no_accents", "fused_no_accents"}
    assert ways <= figures.keys()
    assert all(figures[way]["ndcg@10"] == 1 for way in ways)
    assert (figures["texts"], figures["queries"]) == (3, 2)
    assert figures["fused"]["seconds"] > 0


@pytest.mark.parametrize("missing", ["corpus.jsonl", "queries.jsonl", "qrels.tsv"])
def test_a_missing_file_is_named(folder: Path, missing: str) -> None:
    (folder / missing).unlink()
    with pytest.raises(FileNotFoundError, match=missing):
        evaluate_folder(folder, SyllableModel())


def test_another_form_is_refused(folder: Path) -> None:
    (folder / "corpus.jsonl").write_text('{"id": 1}\n', encoding="utf-8")
    with pytest.raises(ValueError, match="_id"):
        evaluate_folder(folder, SyllableModel())


@pytest.mark.skipif(not (SHARED / "bench").is_dir(), reason="the shared test sets are not here")
@pytest.mark.skipif(not (MODELS / "default").is_dir(), reason="the default model is not in this copy")
def test_fused_search_is_better_than_words_alone() -> None:
    figures = evaluate_folder(SHARED / "bench" / "alqac22")
    assert figures["words"]["ndcg@10"] >= 0.94
    assert figures["dense"]["ndcg@10"] >= 0.88
    assert figures["fused"]["ndcg@10"] >= figures["words"]["ndcg@10"]
    assert figures["fused_no_accents"]["ndcg@10"] >= figures["fused"]["ndcg@10"] - 0.03
