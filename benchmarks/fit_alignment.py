"""Learn the weights of the alignment models from annotated pairs, and say how good they are on plans left out.

    python benchmarks/fit_alignment.py ../shared            # cross-validation: what is found in a pair of plans not learned from
    python benchmarks/fit_alignment.py ../shared --write    # and writes graph/alignment_weights.py, learned from all pairs

``../shared`` holds ``corpus/``, ``directives/`` and ``gold/`` (alignments.jsonl, duplicates.jsonl, coverage.jsonl). The figures
depend on how the plans are read; the hash printed is of the files.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from documents import read  # noqa: E402
from documents.model import Document, Span  # noqa: E402
from graph.align import Likeness  # noqa: E402
from graph.alignment_model import fit  # noqa: E402
from graph.article_alignment import ArticleLikeness, articles_of  # noqa: E402
from graph.similarity import Matrix  # noqa: E402

PENALTY = 3.0
TARGET = ROOT / "graph" / "alignment_weights.py"


@dataclass(frozen=True)
class Pairs:
    """The described pairs of one comparison and their gold grades, flat."""

    name: str
    features: Mapping[str, Matrix]
    grade: Matrix


def documents_of(folder: Path) -> list[Document]:
    """The documents of a folder, by name."""
    return [read(path, path.name) for path in sorted(folder.glob("*.txt")) if path.name != "README.txt"]


def gold_of(path: Path) -> list[dict[str, Any]]:
    """The annotated pairs of a file, with ends ``a`` and ``b``."""
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return [{"a": one["task"], "b": one["article"], "grade": one["grade"]} if "task" in one else one for one in lines]


def grades(rows: Sequence[tuple[str, Span]], columns: Sequence[tuple[str, Span]], gold: Sequence[dict[str, Any]]) -> Matrix:
    """The gold grade of each pair of (source, lines); 0 where there is none."""
    found = np.zeros((len(rows), len(columns)))
    for pair in gold:
        for one, other in ((pair["a"], pair["b"]), (pair["b"], pair["a"])):
            at = [[n for n, (source, lines) in enumerate(ends) if source == end["source"] and _meet(lines, end["lines"])]
                  for ends, end in ((rows, one), (columns, other))]  # fmt: skip
            for i in at[0]:
                for j in at[1]:
                    found[i, j] = max(found[i, j], pair["grade"])
    return found


def _meet(one: Sequence[int], other: Sequence[int]) -> bool:
    return one[0] <= other[-1] and other[0] <= one[-1]


def task_pairs(plans: Sequence[Document], gold: Sequence[dict[str, Any]], within: bool) -> list[Pairs]:
    """The described pairs of tasks for each annotated pair of plans."""
    likeness = Likeness([task for document in plans for task in document.tasks])
    by_source = {document.source: document for document in plans}
    found = []
    for name_a, name_b in sorted({(pair["a"]["source"], pair["b"]["source"]) for pair in gold}):
        a, b = by_source[name_a], by_source[name_b]
        of_pair = [pair for pair in gold if {pair["a"]["source"], pair["b"]["source"]} == {name_a, name_b}]
        grade = grades([(name_a, t.lines) for t in a.tasks], [(name_b, t.lines) for t in b.tasks], of_pair)
        keep = np.triu(np.ones_like(grade), 1).astype(bool) if within else np.ones_like(grade, dtype=bool)
        features = likeness.features(a.tasks, b.tasks, within)
        found.append(Pairs(f"{name_a[:3]}-{name_b[:3]}", {n: m[keep] for n, m in features.items()}, grade[keep]))
    return found


def article_pairs(plans: Sequence[Document], directives: Sequence[Document], gold: Sequence[dict[str, Any]]) -> list[Pairs]:
    """The described pairs of a task and an article, for each annotated plan."""
    articles = [article for document in directives for article in articles_of(document)]
    likeness = ArticleLikeness([task for document in plans for task in document.tasks], articles)
    found = []
    for name in sorted({pair["a"]["source"] for pair in gold}):
        document = next(one for one in plans if one.source == name)
        columns = [(article.source, article.lines) for article in articles]
        grade = grades([(name, task.lines) for task in document.tasks], columns, gold)
        features = likeness.features(document.tasks)
        found.append(Pairs(f"{name[:3]}-articles", {n: m.ravel() for n, m in features.items()}, grade.ravel()))
    return found


def average_precision(score: Matrix, yes: Matrix) -> float:
    """Average precision of the pairs ranked by ``score``."""
    ranked = yes[np.argsort(-score, kind="stable")]
    return float((np.cumsum(ranked) / np.arange(1, len(ranked) + 1) * ranked).sum() / max(ranked.sum(), 1))


def at_threshold(score: Matrix, yes: Matrix, threshold: float) -> tuple[float, float, float]:
    """Precision, recall and F1 of saying yes from ``threshold`` on."""
    said = score >= threshold
    right = float((said & (yes > 0)).sum())
    precision, recall = right / max(said.sum(), 1), right / max(yes.sum(), 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)


def probability(model: tuple[float, Mapping[str, float]], features: Mapping[str, Matrix]) -> Matrix:
    """The probability of each pair under ``model``."""
    bias, weights = model
    return 1 / (1 + np.exp(-(bias + sum(weight * features[name] for name, weight in weights.items()))))


def learn(sets: Sequence[Pairs], wanted: Callable[[Matrix], Matrix]) -> tuple[float, dict[str, float]]:
    """The model of all ``sets`` together."""
    joined = {name: np.concatenate([one.features[name] for one in sets]) for name in sets[0].features}
    return fit(joined, np.concatenate([wanted(one.grade) for one in sets]), PENALTY)


def cross_validate(sets: Sequence[Pairs], wanted: Callable[[Matrix], Matrix], title: str) -> float:
    """Print the figures of each set under the model of the others; returns the threshold that is best for all of them."""
    scores = []
    for one in sets:
        score = probability(learn([other for other in sets if other is not one], wanted), one.features)
        scores.append((one, score, wanted(one.grade)))
    print(f"\n{title}")
    curve = []
    for threshold in np.arange(0.02, 0.98, 0.02):
        figures = [at_threshold(score, yes, threshold) for _, score, yes in scores]
        curve.append((float(np.mean([f1 for *_, f1 in figures])), float(threshold)))
    best = max(curve)[1]
    for one, score, yes in scores:
        precision, recall, f1 = at_threshold(score, yes, best)
        ap = average_precision(score, (one.grade > 0).astype(float))
        said = f"ap {ap:.3f}  p {precision:.3f} r {recall:.3f} f1 {f1:.3f}"
        print(f"  {one.name:14s} pairs {len(yes):6d} yes {int(yes.sum()):4d}  {said}")
    pooled = np.concatenate([score for _, score, _ in scores]), np.concatenate([yes for *_, yes in scores])
    print("  threshold  p      r      f1   (left-out scores, pooled)")
    for threshold in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9):
        print("  {:.2f}       {:.3f}  {:.3f}  {:.3f}".format(threshold, *at_threshold(*pooled, threshold)))
    print(f"  best mean f1 at {best:.2f}")
    return best


HEADER = '''"""The weights of the alignment models, written by ``benchmarks/fit_alignment.py``; do not edit by hand."""

from __future__ import annotations

from graph.alignment_model import Logistic
'''


def written(name: str, model: tuple[float, dict[str, float]], threshold: float, comment: str) -> str:
    """A model as a line of Python."""
    weights = ", ".join(f'"{key}": {value:.4f}' for key, value in sorted(model[1].items()))
    return f'{name} = Logistic({model[0]:.4f}, {{{weights}}}, {threshold:.2f})\n"""{comment}"""\n'


def main() -> None:
    """Cross-validate and, when asked, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    plans, directives = documents_of(given.shared / "corpus"), documents_of(given.shared / "directives")
    digest = hashlib.sha256("".join(one.sha256 for one in (*plans, *directives)).encode()).hexdigest()[:16]
    print(f"{platform.machine()}, Python {platform.python_version()}, documents {digest}")
    across = task_pairs(plans, gold_of(given.shared / "gold" / "alignments.jsonl"), within=False)
    inside = task_pairs(plans, gold_of(given.shared / "gold" / "duplicates.jsonl"), within=True)
    of_articles = article_pairs(plans, directives, gold_of(given.shared / "gold" / "coverage.jsonl"))

    def any_grade(grade: Matrix) -> Matrix:
        return (grade > 0).astype(float)

    def same(grade: Matrix) -> Matrix:
        return (grade == 2).astype(float)

    parts = cross_validate([*across, *inside], any_grade, "belongs together (grade 1 or 2)")
    rows = cross_validate(across, same, "the same duty, of two plans (grade 2)")
    repeats = cross_validate([*across, *inside], same, "the same duty, duplicates learned with the pairs of plans (grade 2)")
    duties = cross_validate(of_articles, any_grade, "task and article (grade 1 or 2)")
    strict = cross_validate(of_articles, same, "task and article (grade 2)")
    if given.write:
        models = (
            ("PART", learn([*across, *inside], any_grade), parts, "Do two tasks belong together at all?"),
            ("SAME", learn(across, same), rows, "Are two tasks of different plans the same duty?"),
            ("SAME_WITHIN", learn([*across, *inside], same), repeats, "Are two tasks of one plan the same duty?"),
            ("ARTICLE", learn(of_articles, any_grade), duties, "Does a task fall under the duty of an article?"),
            ("ARTICLE_SAME", learn(of_articles, same), strict, "Does a task carry out the duty of an article?"),
        )
        TARGET.write_text(HEADER + "".join(f"\n{written(*one)}" for one in models), encoding="utf-8")
        print(f"\nwritten: {TARGET.relative_to(ROOT)} (then: ruff format)")


if __name__ == "__main__":
    main()
