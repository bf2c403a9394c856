"""Learns how much words, meaning, pairs and length count in the fusion, and compares ways of fusing.

    python benchmarks/fit_fusion.py [--shared ../shared] [--articles 12000] [--queries 800] [--seed 1]

Questions are made from articles of the training text: words out of a sentence with gaps, or a title, with the words of a question
about them; for half of them the sentence is taken out of its article first, so that the article must be found by what else it
says. A logistic model over the candidates of a query (ListNet, Cao et al. 2007) is fitted to two thirds of them, measured on the
rest and on the public test sets, none of whose questions is used for fitting. The weights printed are divided by that of the
words. They move with the number of articles and with how the questions are made; docs/search.md says which were taken and why.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path
from random import Random

import numpy as np
from numpy.typing import NDArray
from search_index import articles

from documents.text import fold
from embeddings.evaluation import TestSet, measures, read_test_set
from embeddings.fusion import FUSED, Evidence, fuse
from embeddings.passage import Passage
from embeddings.search import SearchIndex
from embeddings.train.articles import sentences
from ontology.knowledge import knowledge

NAMES = ("words", "meaning", "pairs", "length")
Candidates = tuple[Evidence, NDArray[np.float64], list[str], Mapping[str, int]]


def questions(shared: Path, articles_used: int, count: int, seed: int) -> TestSet:
    """Articles as passages, and questions made from some of them."""
    random, cues = Random(seed), knowledge().cues
    held = {
        f"a{number}": Passage(f"a{number}#P0001", f"a{number}", f"a{number}", "article", text, "", (1, 1), title=title)
        for number, (title, text) in enumerate(islice(articles(shared), articles_used))
    }
    asked: dict[str, str] = {}
    for key in random.sample(sorted(held), len(held)):
        if len(asked) == count:
            break
        passage = held[key]
        found = [sentence for sentence in sentences(passage.text) if 10 <= len(sentence.split()) <= 45]
        if len(found) < 3 or not passage.title:
            continue
        sentence = random.choice(found)
        words = sentence.split()
        start = random.randrange(max(1, len(words) - 8))
        words = words[start : start + random.randint(8, 25)]
        if len(words) > 8:
            gap = random.randrange(len(words) - 4)
            del words[gap : gap + random.randint(0, 4)]
        taken_out = len(asked) % 2 == 0
        title = passage.title.split()
        if taken_out and sentence in passage.text:
            words = title[: random.randint(3, 8)] + words
            held[key] = replace(passage, text=passage.text.replace(sentence, " "))
        elif random.random() < 0.3:
            words = title
        opening = random.choice(cues["question-opening"]) if random.random() < 0.3 else ""
        ending = random.choice(cues["question-ending"]) if random.random() < 0.7 else ""
        question = " ".join((opening, *words, ending)).strip() + "?"
        asked[key] = fold(question) if random.random() < 0.15 else question
    return TestSet(tuple(held.values()), asked, {key: {key: 1} for key in asked})


def candidates(tests: TestSet) -> list[Candidates]:
    """For each query the candidates of the index with what speaks for them, which of them are right, and their keys."""
    found = []
    with tempfile.TemporaryDirectory() as aside:
        index = SearchIndex.build(Path(aside), tests.passages)
        for identifier, query in tests.queries.items():
            evidence = index.evidence(query)
            keys = [index.passages.document(place).key for place in evidence.places]
            right = np.array([float(key in tests.relevant[identifier]) for key in keys])
            found.append((evidence, right, keys, tests.relevant[identifier]))
    return found


def features(found: Evidence) -> NDArray[np.float64]:
    """What speaks for each candidate, in the form in which the fusion adds it up."""
    best = max(float(found.words.max(initial=0.0)), 1e-9)
    columns = (found.words / best, np.maximum(found.cosines, 0), found.pairs, -np.log1p(found.lengths))
    return np.stack(columns, axis=1).astype(np.float64)


def fitted(held: Sequence[Candidates], steps: int = 400, decay: float = 1e-3) -> NDArray[np.float64]:
    """The weights under which right candidates are likeliest, by gradient descent with momentum."""
    rows = [(features(found), right / right.sum()) for found, right, _, _ in held if right.any()]
    weights, speed = np.ones(len(NAMES)), np.zeros(len(NAMES))
    for _ in range(steps):
        gradient = 2 * decay * weights
        for values, right in rows:
            scores = values @ weights
            likely = np.exp(scores - scores.max())
            gradient += values.T @ (likely / likely.sum() - right) / len(rows)
        speed = 0.9 * speed - 2.0 * gradient
        weights = weights + speed
    return weights


def by_ranks(found: Evidence) -> NDArray[np.float64]:
    """Reciprocal rank fusion (Cormack, Clarke and Buettcher 2009) of words and meaning with k = 60."""
    ranks = [np.argsort(np.argsort(-values, kind="stable"), kind="stable") for values in (found.words, found.cosines)]
    return np.asarray(sum(1.0 / (61 + rank) for rank in ranks))


def standardised(found: Evidence) -> NDArray[np.float64]:
    """The sum of both scores, each less its mean over the candidates in units of its deviation."""
    return np.asarray(sum((v - v.mean()) / max(float(v.std()), 1e-9) for v in (found.words, found.cosines)))


def quality(held: Sequence[Candidates], score: Callable[[Evidence], NDArray[np.floating]]) -> float:
    """Mean nDCG@10."""
    values = []
    for found, _, keys, relevant in held:
        order = np.argsort(-score(found), kind="stable")[:100]
        values.append(measures([keys[i] for i in order], relevant)["ndcg@10"])
    return float(np.mean(values))


def main() -> None:
    """Fits and prints."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--shared", type=Path, default=Path(__file__).resolve().parents[2] / "shared")
    parser.add_argument("--articles", type=int, default=12_000)
    parser.add_argument("--queries", type=int, default=800)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not options.shared.is_dir():
        sys.exit(f"{options.shared} is not there; name the folder with --shared")
    made = candidates(questions(options.shared, options.articles, options.queries, options.seed))
    cut = 2 * len(made) // 3
    weights = fitted(made[:cut])
    print("learned: " + ", ".join(f"{name} {value / weights[0]:.2f}" for name, value in zip(NAMES, weights, strict=True)))
    sets = {"made questions, held out": made[cut:]}
    for folder in sorted(path for path in (options.shared / "bench").iterdir() if path.is_dir()):
        sets[folder.name] = candidates(read_test_set(folder))
    ways: dict[str, Callable[[Evidence], NDArray[np.floating]]] = {
        "words": lambda found: found.words,
        "meaning": lambda found: found.cosines,
        "reciprocal ranks": by_ranks,
        "standardised scores": standardised,
        "words and half the cosine": lambda found: features(found) @ np.array([1, 0.5, 0, 0]),
        "learned": lambda found: features(found) @ weights,
        "as shipped": lambda found: fuse(found, FUSED),
    }
    for way, score in ways.items():
        print(f"{way:28s}" + "  ".join(f"{name} {quality(held, score):.4f}" for name, held in sets.items()), flush=True)


if __name__ == "__main__":
    main()
