"""How good search is: words only, dense only, fused, with the query's frame, each with a bootstrap interval.

    python benchmarks/retrieval.py [--shared ../shared] [--model NAME_OR_FOLDER] [--set NAME ...] [--json]

Measures on the public test sets under ``bench/`` and on the search questions over the five plans, as they are and rewritten by
script: without accents, with abbreviations, with a slip of the keyboard. Intervals: 95 % of 1,000 resamples of the queries.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from random import Random
from typing import Any

import numpy as np

from documents import read
from documents.text import fold
from embeddings.evaluation import Rewriting, by_query, read_test_set
from embeddings.fusion import FUSED, MEANING_ONLY, WORDS_ONLY, Weights
from embeddings.model import EmbeddingModel, load_model
from embeddings.passage import passages
from embeddings.search import SearchIndex
from embeddings.train.noise import Abbreviator, with_typos
from ontology.knowledge import knowledge

Row = tuple[str, str, Mapping[str, Sequence[float]]]

WAYS: Mapping[str, tuple[Weights, bool]] = {
    "words": (WORDS_ONLY, False),
    "dense": (MEANING_ONLY, False),
    "fused": (FUSED, False),
    "words + frame": (WORDS_ONLY, True),
    "fused + frame": (FUSED, True),
}


def interval(values: Sequence[float], resamples: int = 1000) -> tuple[float, float]:
    """The 95 % bootstrap interval of the mean (Efron 1979), always with the same resamples."""
    drawn = np.random.default_rng(0).choice(np.asarray(values), size=(resamples, len(values)))
    low, high = np.percentile(drawn.mean(axis=1), [2.5, 97.5])
    return float(low), float(high)


def test_set_rows(folder: Path, model: EmbeddingModel) -> list[Row]:
    """The figures of one test set."""
    tests = read_test_set(folder)
    with tempfile.TemporaryDirectory() as aside:
        index = SearchIndex.build(Path(aside), tests.passages, model)
        figures = by_query(index, tests, {"": str})
        changed = {name: change for name, change in rewritings().items() if name}
        figures |= by_query(index, tests, changed, {"fused": FUSED})
        return [(folder.name, way, values) for way, values in figures.items()]


def _scorer(shared: Path) -> Any:
    """The shared scorer of questions, loaded from its file (its name is that of one of our packages)."""
    spec = importlib.util.spec_from_file_location("shared_scorer", shared / "score" / "questions.py")
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def rewritings() -> Mapping[str, Rewriting]:
    """How the questions are rewritten for the test of robustness."""
    shorten = Abbreviator(knowledge().abbreviations)
    return {
        "": str,
        " without accents": fold,
        " with abbreviations": lambda text: shorten(text, Random(1)),
        " with a slip": lambda text: with_typos(text, Random(1), share=0.0),
    }


def plan_rows(shared: Path, model: EmbeddingModel) -> list[Row]:
    """The figures of the questions over the five plans that have passages as answers."""
    scorer = _scorer(shared)
    lines = (shared / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()
    questions = [question for question in map(json.loads, filter(None, lines)) if question["gold"]]
    found = [p for path in sorted((shared / "corpus").glob("*.txt")) for p in passages(read(path, path.name))]
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as aside:
        index = SearchIndex.build(Path(aside), found, model)
        for name, rewrite in rewritings().items():
            for way, (weights, framed) in WAYS.items():
                values: dict[str, list[float]] = {}
                for question in questions:
                    began = time.perf_counter()
                    hits = index.search(rewrite(question["question"]), 10, weights=weights, framed=framed)
                    values.setdefault("seconds", []).append(time.perf_counter() - began)
                    answer = {"hits": [{"source": h.passage.source, "lines": list(h.passage.lines)} for h in hits]}
                    scored: dict[str, list[float]] = {}
                    scorer.score({**question, "type": "search"}, answer, _Lists(scored))
                    for measure in ("ndcg10", "hit10", "recall10", "mrr10"):
                        values.setdefault(measure.replace("10", "@10"), []).append(scored[f"search.{measure}"][0])
                rows.append((f"plans{name}", way, values))
    return rows


class _Lists(dict[str, list[float]]):
    """Lists by name that begin empty, written through to another dictionary."""

    def __init__(self, target: dict[str, list[float]]) -> None:
        self._target = target

    def __missing__(self, name: str) -> list[float]:
        return self._target.setdefault(name, [])


def main() -> None:
    """Measures and prints the table."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--model", default="default")
    parser.add_argument("--set", action="append", help="plans, or the name of a folder under bench/ (repeatable)")
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    if not options.shared.is_dir():
        sys.exit(f"{options.shared} is not there; name the folder with --shared")
    model = load_model(options.model)
    names = options.set or [*sorted(path.name for path in (options.shared / "bench").iterdir() if path.is_dir()), "plans"]
    table = []
    for name in names:
        rows = plan_rows(options.shared, model) if name == "plans" else test_set_rows(options.shared / "bench" / name, model)
        for test_set, way, values in rows:
            low, high = interval(values["ndcg@10"])
            means = {measure: round(float(np.mean(numbers)), 4) for measure, numbers in values.items()}
            means["seconds p95"] = round(float(np.percentile(values["seconds"], 95)), 4)
            table.append({"set": test_set, "way": way, **means, "ndcg@10 low": round(low, 4), "ndcg@10 high": round(high, 4)})
            if not options.json:
                others = "  ".join(f"{m} {v:.4f}" for m, v in means.items() if m != "ndcg@10")
                print(f"{test_set:26s} {way:26s} ndcg@10 {means['ndcg@10']:.4f} [{low:.4f}, {high:.4f}]  {others}", flush=True)
    if options.json:
        print(json.dumps(table, indent=1))


if __name__ == "__main__":
    main()
