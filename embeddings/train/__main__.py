"""Trains the embedding model that comes with Cancu: ``python -m embeddings.train --data FOLDER --out FOLDER``.

Progress goes to standard error. A run that broke off goes on where it was when ``--work`` names the same folder again.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from functools import partial
from pathlib import Path
from random import Random

import numpy as np

from embeddings.evaluation import evaluate_folder
from embeddings.model import StaticModel
from embeddings.train.articles import articles, fingerprints
from embeddings.train.card import card
from embeddings.train.export import export, read_back
from embeddings.train.loop import Settings, train
from embeddings.train.noise import Abbreviator, with_typos, without_accents
from embeddings.train.pairs import QUESTIONS, pairs
from embeddings.train.vocabulary import learn
from ontology.knowledge import knowledge

QUESTION_RATE = 0.003
"""Rate of the steps on questions: they change what is known, they don't begin anew."""


def _say(began: float, what: str) -> None:
    print(f"[{time.monotonic() - began:6.0f} s] {what}", file=sys.stderr, flush=True)


def _damaged(abbreviate: Abbreviator, text: str, random: Random) -> str:
    """Abbreviations and slips together, as in a hurried query."""
    return with_typos(abbreviate(text, random), random)


def _options() -> argparse.Namespace:
    defaults = Settings()
    parser = argparse.ArgumentParser(prog="python -m embeddings.train", description=__doc__.splitlines()[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the training text")
    parser.add_argument("--out", type=Path, default=Path("embeddings/models/default"), help="folder of the model")
    parser.add_argument("--work", type=Path, help="folder for the checkpoints of a run that may be broken off")
    parser.add_argument("--test", type=Path, action="append", default=[], help="test set to measure on at the end (repeatable)")
    parser.add_argument("--size", type=int, default=40_000, help="syllables and words of the vocabulary")
    parser.add_argument("--dimension", type=int, default=384, help="numbers of a vector")
    parser.add_argument("--steps", type=int, default=defaults.steps, help="steps on titles and sentences")
    parser.add_argument("--question-steps", type=int, default=0, help="steps on questions, after the others")
    parser.add_argument(
        "--start", type=Path, help="model folder whose vectors take the place of the steps on titles and sentences"
    )
    parser.add_argument("--batch", type=int, default=defaults.batch)
    parser.add_argument("--seed", type=int, default=defaults.seed)
    return parser.parse_args()


def _stages(options: argparse.Namespace) -> list[Settings]:
    """What is learned one after the other."""
    texts = Settings(steps=options.steps, batch=options.batch, seed=options.seed)
    questions = Settings(options.question_steps, options.batch, QUESTION_RATE, seed=options.seed + 1, mix=QUESTIONS)
    return [stage for stage in ((questions,) if options.start else (texts, questions)) if stage.steps]


def main() -> None:
    """Reads the options, trains, writes the model folder with its card."""
    options, began = _options(), time.monotonic()
    read = list(articles(options.data))
    _say(began, f"{len(read)} articles")
    if options.start:
        vocabulary, vectors = read_back(options.start)
    else:
        vocabulary = learn([text for article in read for text in (article.title, *article.sentences)], options.size)
        random = np.random.default_rng(options.seed)
        vectors = (0.1 * random.standard_normal((vocabulary.rows, options.dimension))).astype(np.float32)
    _say(began, f"{len(vocabulary.pieces)} pieces on {vocabulary.rows} rows")
    noises = [
        (None, 0.55, 0.80),
        (without_accents, 0.25, 0.15),
        (partial(_damaged, Abbreviator(knowledge().abbreviations)), 0.20, 0.05),
    ]
    mapping = np.asarray(vocabulary.mapping, dtype=np.int32)
    cues = knowledge().cues
    asking = (cues["question-opening"], cues["question-ending"])
    drawn = pairs(read, vocabulary.tokenizer(), mapping, noises, options.seed, *asking)
    _say(began, "texts cut into pieces")
    stages = _stages(options)
    for stage in stages:
        checkpoint = None
        if options.work:
            options.work.mkdir(parents=True, exist_ok=True)
            checkpoint = options.work / f"checkpoint-{stage.seed}.pt"
        vectors = train(vectors, drawn, stage, checkpoint)
        _say(began, f"{stage.steps} steps done")
    export(vectors, vocabulary, options.out)
    minutes = (time.monotonic() - began) / 60
    _say(began, f"model written to {options.out}")
    model = StaticModel(options.out)
    figures = {test.name: evaluate_folder(test, model) for test in options.test}
    facts = {
        "articles": len(read),
        "pieces": len(vocabulary.pieces),
        "rows": vocabulary.rows,
        "dimension": vectors.shape[1],
        "minutes": minutes,
    }
    command = f"python -m embeddings.train --data {os.path.relpath(options.data)} --out {os.path.relpath(options.out)}"
    command += f" --question-steps {options.question_steps}" if options.question_steps else ""
    command += f" --start {os.path.relpath(options.start)}" if options.start else ""
    command += "".join(f" --test {os.path.relpath(test)}" for test in options.test)
    text = card(options.out, stages, facts, fingerprints(options.data), figures, command)
    (options.out / "README.md").write_text(text, encoding="utf-8")
    _say(began, "card written")


if __name__ == "__main__":
    main()
