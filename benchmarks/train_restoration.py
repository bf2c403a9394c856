"""Counts the syllable model of the restoration and learns its channels of recognition errors.

    python benchmarks/train_restoration.py TRAINING_DIR PAIRS.jsonl... [--out documents/restoration]

TRAINING_DIR holds ``*_articles.jsonl.gz`` with a field ``text``; PAIRS.jsonl comes from ``benchmarks/recognise_pages.py``. One
process, a few minutes, about 4 GB of memory; the same input gives the same file.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import re
import time
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
from learn_channel import channel_rows, flattened, learn, pages_of

from documents.restoration.syllable_model import BOUNDARY, NUMBER, OTHER, STEP, Ids, SyllableModel, pack_sorted
from documents.syllables import is_syllable
from documents.text import nfc, tone_marks

VOCABULARY_LIMIT = 16_000
MIN_PAIR, MIN_TRIPLE, MIN_GAIN = 2, 2, 1.5
"""Pairs and triples seen less often are dropped, and triples that tell less (nats over all their places) than their pair."""

ROOT = Path(__file__).parents[1]

DOMAIN_COPIES = 20
"""How often the little text of our own field is counted beside the large training text."""

_TOKEN = re.compile(r"[^\W_]+|[.;:!?\n]")
_FORMULA = re.compile(r"\{\\displaystyle.*?\}|==+")


def held_back(text: str) -> bool:
    """Whether the article is kept for measuring (1 in 200, by its checksum)."""
    return zlib.crc32(text[:200].encode()) % 200 == 7


def articles(folder: Path) -> Iterator[str]:
    """The text of every training article, composed, tone marks in place."""
    for path in sorted(folder.glob("*_articles.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in rows:
                record = json.loads(row)
                yield tone_marks(nfc(f"{record['title']}\n{record['text']}"))


def domain_texts() -> Iterator[str]:
    """Text of our own field: the sample documents, and the labels and titles of the ontology."""
    for path in sorted([*(ROOT / "examples").glob("*.txt"), *(ROOT / "examples").glob("*.md")]):
        if path.name != "README.md":
            yield tone_marks(nfc(path.read_text(encoding="utf-8")))
    for path in sorted((ROOT / "ontology").rglob("*.ttl")):
        yield "\n".join(tone_marks(nfc(label)) for label in _VIETNAMESE_LABEL.findall(path.read_text(encoding="utf-8")))


_VIETNAMESE_LABEL = re.compile(r'"([^"\n]+)"@vi')


def tokens(text: str) -> list[str]:
    """Words as written; marks that end a sentence as they are."""
    return _TOKEN.findall(_FORMULA.sub(" ", text))


def capital_share(words: list[str], titled: Counter[str], counts: Counter[str]) -> np.ndarray:
    """For each word, rounded logarithms of how often it bears a capital inside a sentence, and how often not."""
    share = np.array([(titled[w] + 0.5) / (counts[w] + 5.0) for w in words]).clip(0.002, 0.998)
    return np.stack([rounded(np.log(share)), rounded(np.log(1 - share))])


def vocabulary(counts: Counter[str]) -> list[str]:
    """Native syllables seen three times, other words seen often, the likeliest first."""
    kept = [(n, w) for w, n in counts.items() if w.isalpha() and (n >= 3 if is_syllable(w) else n >= 60 and len(w) > 1)]
    kept.sort(key=lambda pair: (-pair[0], pair[1]))
    return ["<s>", "<0>", "<?>", *(w for _, w in kept[: VOCABULARY_LIMIT - 3])]


def encoded(folder: Path) -> tuple[list[str], Ids, np.ndarray]:
    """The vocabulary, the training text as ids with single sentence marks between sentences, and the shares of capitals."""
    counts: Counter[str] = Counter()
    titled: Counter[str] = Counter()
    texts: list[list[str]] = []
    learned = (text for text in articles(folder) if not held_back(text))
    for text in itertools.chain(learned, *itertools.repeat(list(domain_texts()), DOMAIN_COPIES)):
        written = tokens(text)
        found = [word.lower() for word in written]
        inside = zip(found[1:], written[1:], found, strict=False)
        titled.update(word for word, shown, before in inside if before.isalpha() and shown.istitle())
        counts.update(found)
        texts.append(found)
    words = vocabulary(counts)
    ids = {w: i for i, w in enumerate(words)}
    ids.update((mark, BOUNDARY) for mark in ".;:!?\n")
    for word in counts:
        if word not in ids:
            ids[word] = NUMBER if any(c.isdigit() for c in word) else OTHER
    rows = [np.zeros(1, dtype=np.int64)]
    rows += [np.fromiter((ids[w] for w in [*found, "\n"]), dtype=np.int64, count=len(found) + 1) for found in texts]
    row = np.concatenate(rows)
    doubled = (row[1:] == BOUNDARY) & (row[:-1] == BOUNDARY)
    return words, row[np.concatenate([[True], ~doubled])], capital_share(words, titled, counts)


def discount(counts: Ids) -> float:
    """Absolute discount n1 / (n1 + 2 n2) (Ney, Essen and Kneser 1994)."""
    ones, twos = int((counts == 1).sum()), int((counts == 2).sum())
    return ones / max(ones + 2 * twos, 1)


def rounded(logs: np.ndarray) -> np.ndarray:
    """Negative logarithms in steps of 1/STEP nat, one byte each."""
    return np.clip(np.round(-logs * STEP), 0, 255).astype(np.uint8)


def count_model(words: list[str], row: Ids) -> SyllableModel:
    """The pruned back-off model of the row of ids."""
    size = len(words)
    pairs, pair_counts = np.unique(row[:-1] * size + row[1:], return_counts=True)
    inside = row[1:-1] != BOUNDARY  # a triple does not reach over the end of a sentence
    triples, triple_counts = np.unique(((row[:-2] * size + row[1:-1]) * size + row[2:])[inside], return_counts=True)

    # one word: in how many kinds of company it was seen
    company = np.bincount(pairs % size, minlength=size).astype(np.float64) + 0.5
    p1 = company / company.sum()

    # two words: in how many kinds of company they were seen (as often as seen after a sentence mark), discounted, the rest by p1
    within, kinds = np.unique(triples % (size * size), return_counts=True)
    at = np.searchsorted(within, pairs).clip(max=len(within) - 1)
    starts = pairs // size == BOUNDARY
    pair_seen = pair_counts
    pair_counts = np.where(starts | (within[at] != pairs), pair_counts, kinds[at])
    first = pairs // size
    total1 = np.bincount(first, pair_counts, size)
    cut2 = discount(pair_counts)
    kinds1 = np.bincount(first, minlength=size)
    rest1 = np.where(total1 > 0, cut2 * kinds1 / np.maximum(total1, 1), 1.0)
    p2 = (pair_counts - cut2) / total1[first] + rest1[first] * p1[pairs % size]

    keep2 = (pair_seen >= MIN_PAIR) & (p2 > p1[pairs % size] * 0.01)
    pairs, p2, pair_counts = pairs[keep2], p2[keep2], pair_counts[keep2]
    first, second = pairs // size, pairs % size
    left = np.maximum(1 - np.bincount(first, p2, size), 1e-4)
    back1 = np.log(left / np.maximum(1 - np.bincount(first, p1[second], size), 1e-4))

    # three words on top of the pairs that were kept
    context_key, last = triples // size, triples % size
    at = np.minimum(np.searchsorted(pairs, context_key), len(pairs) - 1)
    known = pairs[at] == context_key
    context, last, triple_counts = at[known], last[known], triple_counts[known]
    total2 = np.bincount(context, triple_counts, len(pairs))
    cut3 = discount(triple_counts)
    rest2 = cut3 * np.bincount(context, minlength=len(pairs)) / np.maximum(total2, 1)
    bare = SyllableModel(
        vocabulary=tuple(words),
        log1=np.log(p1).astype(np.float32),
        back1=back1.astype(np.float32),
        keys2=pairs,
        log2=rounded(np.log(p2)),
        back2=rounded(np.zeros(len(pairs))),
        keys3=np.zeros(1, dtype=np.int64),
        log3=np.zeros(1, dtype=np.uint8),
        capital=np.zeros((2, size), dtype=np.uint8),
    )
    lower = np.exp(bare.pair(second[context], last).astype(np.float64))
    p3 = (triple_counts - cut3) / total2[context] + rest2[context] * lower
    # a triple earns its place when it says something that the pair does not
    gain = triple_counts * np.abs(np.log(p3 / lower))
    keep3 = (triple_counts >= MIN_TRIPLE) & (gain > MIN_GAIN)
    context, last, p3, lower = context[keep3], last[keep3], p3[keep3], lower[keep3]
    left3 = np.maximum(1 - np.bincount(context, p3, len(pairs)), 1e-4)
    back2 = np.log(left3 / np.maximum(1 - np.bincount(context, lower, len(pairs)), 1e-4))
    return replace(bare, back2=rounded(np.minimum(back2, 0)), keys3=context * size + last, log3=rounded(np.log(p3)))


def write_model(model: SyllableModel, path: Path, **more: np.ndarray) -> None:
    """The model as one compressed file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez_compressed(
        path,
        vocabulary=np.frombuffer("\n".join(model.vocabulary).encode(), dtype=np.uint8),
        log1=model.log1.astype(np.float16),
        back1=model.back1.astype(np.float16),
        keys2=pack_sorted(model.keys2)["planes"],
        log2=model.log2,
        back2=model.back2,
        keys3=pack_sorted(model.keys3)["planes"],
        log3=model.log3,
        capital=model.capital,
        **more,
    )


def main() -> None:
    """Trains and writes the model."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("training", type=Path)
    parser.add_argument("pairs", type=Path, nargs="+")
    parser.add_argument("--out", type=Path, default=Path("documents/restoration"))
    options = parser.parse_args()
    began = time.monotonic()
    words, row, capitals = encoded(options.training)
    print(f"{len(row):,} words and marks, {len(words):,} in the list, {time.monotonic() - began:.0f} s")
    model = replace(count_model(words, row), capital=capitals)
    channels = {}
    for name, language in (("channel", "eng"), ("light", "vie")):
        costs = learn([page for path in options.pairs for page in pages_of(path, language)])
        costs = flattened(costs) if language == "eng" else costs
        channels[name] = np.frombuffer(channel_rows(costs).encode(), dtype=np.uint8)
        print(f"{len(costs):,} misreadings as {language}, {time.monotonic() - began:.0f} s")
    write_model(model, options.out / "model.npz", **channels)
    size = (options.out / "model.npz").stat().st_size / 1e6
    print(f"{len(model.keys2):,} pairs, {len(model.keys3):,} triples, {size:.1f} MB, {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
