"""Learn the weights of the alignment models from annotated pairs, and say how good they are on plans left out.

    python benchmarks/fit_alignment.py ../shared            # cross-validation: what is found in a pair of plans not learned from
    python benchmarks/fit_alignment.py ../shared --write    # and writes graph/alignment_weights.py, learned from all pairs

``../shared`` holds ``corpus/``, ``directives/`` and ``gold/`` (alignments.jsonl, duplicates.jsonl, coverage.jsonl). The figures
depend on how the plans are read; the hash printed is of the files. The weights name the embedding model that they were learned
with: after another model has been trained, run this again with --write.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import platform
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from documents import read  # noqa: E402
from documents.model import Document, Span  # noqa: E402
from graph.align import Aligner  # noqa: E402
from graph.alignment_model import fit  # noqa: E402
from graph.article_alignment import ArticleAligner  # noqa: E402
from graph.similarity import Matrix  # noqa: E402
from graph.subject_index import FEATURES, is_indexed  # noqa: E402

PENALTY, ARTICLE_PENALTY = 10.0, 3.0
TARGET = ROOT / "graph" / "alignment_weights.py"
THRESHOLDS = np.arange(0.02, 0.98, 0.02)
NEIGHBOURS = 4
"""Thresholds on either side over which F1 is averaged."""
CURVE = (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


@dataclass(frozen=True)
class Pairs:
    """The described pairs of one comparison and their gold grades, flat; ``row`` numbers the tasks of the first side."""

    name: str
    features: Mapping[str, Matrix]
    grade: Matrix
    row: NDArray[np.int64]
    group: tuple[str, str]


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


def task_pairs(aligner: Aligner, plans: Sequence[Document], gold: Sequence[dict[str, Any]], within: bool) -> list[Pairs]:
    """The described pairs of tasks for each annotated pair of plans."""
    by_source = {document.source: document for document in plans}
    found = []
    for name_a, name_b in sorted({(pair["a"]["source"], pair["b"]["source"]) for pair in gold}):
        a, b = by_source[name_a], by_source[name_b]
        of_pair = [pair for pair in gold if {pair["a"]["source"], pair["b"]["source"]} == {name_a, name_b}]
        grade = grades([(name_a, t.lines) for t in a.tasks], [(name_b, t.lines) for t in b.tasks], of_pair)
        keep = np.triu(np.ones_like(grade), 1).astype(bool) if within else np.ones_like(grade, dtype=bool)
        features = {name: matrix[keep] for name, matrix in aligner.features(a, b).items()}
        found.append(Pairs(f"{name_a[:3]}-{name_b[:3]}", features, grade[keep], np.nonzero(keep)[0], (name_a, name_b)))
    return found


def article_pairs(
    aligner: ArticleAligner, plans: Sequence[Document], directives: Sequence[Document], gold: Sequence[dict[str, Any]]
) -> list[Pairs]:
    """The described pairs of a task and an article, for each annotated plan and each directive."""
    found = []
    for name in sorted({pair["a"]["source"] for pair in gold}):
        plan = next(one for one in plans if one.source == name)
        for directive in directives:
            columns = [(directive.source, article.lines) for article in aligner.articles(directive)]
            grade = grades([(name, task.lines) for task in plan.tasks], columns, gold)
            features = {feature: matrix.ravel() for feature, matrix in aligner.features(plan, directive).items()}
            row = np.repeat(np.arange(len(plan.tasks)), len(columns))
            found.append(Pairs(f"{name[:3]}-{directive.source[:8]}", features, grade.ravel(), row, (name, directive.source)))
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


def learn(sets: Sequence[Pairs], wanted: Callable[[Matrix], Matrix], penalty: float = PENALTY) -> tuple[float, dict[str, float]]:
    """The model of all ``sets`` together."""
    joined = {name: np.concatenate([one.features[name] for one in sets]) for name in sets[0].features}
    return fit(joined, np.concatenate([wanted(one.grade) for one in sets]), penalty)


Scored = tuple[Pairs, Matrix, Matrix]
"""Pairs, their scores under a model that was not learned from them, and which of them are wanted."""


def left_out(sets: Sequence[Pairs], wanted: Callable[[Matrix], Matrix]) -> list[Scored]:
    """Each pair of plans scored by the model of the others."""
    return [(one, probability(learn([o for o in sets if o is not one], wanted), one.features), wanted(one.grade)) for one in sets]


def plain(sets: Sequence[Pairs]) -> list[Pairs]:
    """The pairs without what the subject index says, as those of a directive that it does not know."""
    keep = [name for name in sets[0].features if name not in FEATURES]
    return [replace(one, features={name: one.features[name] for name in keep}) for one in sets]


def articles_left_out(sets: Sequence[Pairs], wanted: Callable[[Matrix], Matrix], directive_too: bool = True) -> list[Scored]:
    """Each pair of plan and directive scored by the model of those without that plan (``directive_too``: and directive)."""
    scored = []
    for one in sets:
        others = [o for o in sets if o.group[0] != one.group[0] and not (directive_too and o.group[1] == one.group[1])]
        score = probability(learn(others, wanted, ARTICLE_PENALTY), one.features)
        scored.append((one, score, wanted(one.grade)))
    return scored


def capped(scored: Sequence[Scored], most: int) -> list[Scored]:
    """The pairs of task and article joined over the directives of each plan; but for a task's ``most`` best the score is 0."""
    joined = []
    for plan in sorted({one.group[0] for one, _, _ in scored}):
        parts = [(one, score, yes) for one, score, yes in scored if one.group[0] == plan]
        row, score, yes = (np.concatenate(values) for values in zip(*((o.row, s, y) for o, s, y in parts), strict=True))
        grade = np.concatenate([one.grade for one, _, _ in parts])
        for task in set(row):
            at = np.flatnonzero(row == task)
            score[at[np.argsort(-score[at], kind="stable")[most:]]] = 0.0
        joined.append((Pairs(f"{plan[:3]}-articles", {}, grade, row, (plan, "")), score, yes))
    return joined


def report(scored: Sequence[Scored], title: str) -> float:
    """Print the figures of left-out scores; returns the threshold with the best mean F1 among its neighbours, not a lucky one."""
    print(f"\n{title}")
    curve = np.array([np.mean([at_threshold(s, yes, t)[2] for _, s, yes in scored]) for t in THRESHOLDS])
    smooth = np.convolve(np.pad(curve, NEIGHBOURS, mode="edge"), np.ones(2 * NEIGHBOURS + 1), mode="valid")
    best = float(THRESHOLDS[int(np.argmax(smooth))])
    for one, score, yes in scored:
        precision, recall, f1 = at_threshold(score, yes, best)
        ap = average_precision(score, (one.grade > 0).astype(float))
        said = f"ap {ap:.3f}  p {precision:.3f} r {recall:.3f} f1 {f1:.3f}"
        print(f"  {one.name:14s} pairs {len(yes):6d} yes {int(yes.sum()):4d}  {said}")
    pooled = np.concatenate([score for _, score, _ in scored]), np.concatenate([yes for *_, yes in scored])
    print("  threshold  p      r      f1   (left-out scores, pooled)")
    for threshold in CURVE:
        print("  {:.2f}       {:.3f}  {:.3f}  {:.3f}".format(threshold, *at_threshold(*pooled, threshold)))
    print(f"  best mean f1 at {best:.2f}")
    return best


HEADER = '''"""The weights of the alignment models, written by ``benchmarks/fit_alignment.py``; do not edit by hand."""

from __future__ import annotations

from graph.alignment_model import Logistic

MODEL = "{model}"
"""The fingerprint of the embedding model that they were learned with."""
'''


def written(name: str, model: tuple[float, dict[str, float]], threshold: float, comment: str) -> str:
    """A model as a line of Python."""
    weights = ", ".join(f'"{key}": {value:.4f}' for key, value in sorted(model[1].items()))
    return f'{name} = Logistic({model[0]:.4f}, {{{weights}}}, {threshold:.2f})\n"""{comment}"""\n'


def any_grade(grade: Matrix) -> Matrix:
    """Which pairs belong together at all."""
    return (grade > 0).astype(float)


def same(grade: Matrix) -> Matrix:
    """Which pairs are one duty."""
    return (grade == 2).astype(float)


def main() -> None:
    """Cross-validate and, when asked, write the weights."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--write", action="store_true")
    given = parser.parse_args()
    plans, directives = documents_of(given.shared / "corpus"), documents_of(given.shared / "directives")
    digest = hashlib.sha256("".join(one.sha256 for one in (*plans, *directives)).encode()).hexdigest()[:16]
    aligner = Aligner()
    fingerprint = aligner.model.fingerprint[:16]
    print(f"{platform.machine()}, Python {platform.python_version()}, documents {digest}, embedding model {fingerprint}")
    across = task_pairs(aligner, plans, gold_of(given.shared / "gold" / "alignments.jsonl"), within=False)
    inside = task_pairs(aligner, plans, gold_of(given.shared / "gold" / "duplicates.jsonl"), within=True)
    gold = gold_of(given.shared / "gold" / "coverage.jsonl")
    number = {one.source: one.header.number or "" for one in directives}
    of_articles = article_pairs(ArticleAligner(aligner), plans, directives, gold)
    both = [*across, *inside]

    parts, rows = left_out(both, any_grade), left_out(both, same)
    part = report(parts[: len(across)], "pairs of plans: belong together (grade 1 or 2)")
    row = report(rows[: len(across)], "pairs of plans: the same duty (grade 2)")
    part_within = report(parts[len(across) :], "inside a plan: belong together, learned from the pairs of plans")
    row_within = report(rows[len(across) :], "inside a plan: the same duty, learned from the pairs of plans")
    unknown, known = plain(of_articles), [one for one in of_articles if is_indexed(number[one.group[1]])]
    left = "plan and directive left out"
    duty = report(capped(articles_left_out(unknown, any_grade), 4), f"task and article (grade 1 or 2), without the index, {left}")
    strict = report(capped(articles_left_out(unknown, same), 4), f"task and article (grade 2), without the index, {left}")
    report(capped(articles_left_out(known, any_grade), 4), f"task and article (grade 1 or 2), with the index, {left}")
    governed = capped(articles_left_out(known, any_grade, directive_too=False), 4)
    indexed = report(governed, "task and article (grade 1 or 2), with the index, plan left out")
    governed = capped(articles_left_out(known, same, directive_too=False), 4)
    indexed_strict = report(governed, "task and article (grade 2), with the index, plan left out")
    if given.write:
        belongs, one_duty = learn(both, any_grade), learn(both, same)
        models = (
            ("PART", belongs, part, "Do two tasks of different plans belong together at all?"),
            ("SAME", one_duty, row, "Are two tasks of different plans the same duty?"),
            ("PART_WITHIN", learn(across, any_grade), part_within, "Do two tasks of one plan belong together at all?"),
            ("SAME_WITHIN", learn(across, same), row_within, "Are two tasks of one plan the same duty?"),
            ("ARTICLE", learn(unknown, any_grade, ARTICLE_PENALTY), duty, "Does a task fall under the duty of an article?"),
            ("ARTICLE_SAME", learn(unknown, same, ARTICLE_PENALTY), strict, "Does a task carry out the duty of an article?"),
            ("INDEXED", learn(known, any_grade, ARTICLE_PENALTY), indexed, "The same for the directives of the subject index."),
            ("INDEXED_SAME", learn(known, same, ARTICLE_PENALTY), indexed_strict, "The same for grade 2."),
        )
        text = HEADER.format(model=fingerprint) + "".join(f"\n{written(*one)}" for one in models)
        TARGET.write_text(text, encoding="utf-8")
        print(f"\nwritten: {TARGET.relative_to(ROOT)} (then: ruff format)")


if __name__ == "__main__":
    main()
