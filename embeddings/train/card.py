"""The model card: what the model is, what it was trained on, how good it is, and the command that makes it again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from embeddings.evaluation import MEASURES
from embeddings.train.loop import Settings
from embeddings.train.pairs import TEXTS

_SOURCES = {
    "codified_law_articles.jsonl.gz": "articles of the codified law of Vietnam (Pháp điển): public legal text, compilation MIT",
    "statute_articles.jsonl.gz": "articles of statutes: public legal text",
    "wikipedia_vi_articles.jsonl.gz": "Vietnamese Wikipedia: CC BY-SA",
}


_TEXT = """---
language: vi
license: apache-2.0
library_name: sentence-transformers
pipeline_tag: sentence-similarity
---

# A static embedding model for Vietnamese administrative text

A `StaticEmbedding` of sentence-transformers: a text is cut into syllables and learned words of up to four syllables, and its
vector is the mean of theirs. It needs no GPU and no torch (`embeddings/model.py` loads it with numpy), and
`SentenceTransformer(folder)` gives the same vectors. Accents may be left out: each piece has an accent-free twin.

{pieces} pieces on {rows} vectors of {dimension} numbers (int8 with a factor each); the first {prefixes} numbers can be used
alone. {size} MB in all.

## Training

{articles} articles. Pairs: title and body; words, sentences and points of an article and its other sentences. A quarter of the
anchors without accents, a fifth with typing errors and abbreviations. In-batch negatives (MultipleNegativesRankingLoss both
ways, articles of one law together), temperature {settings.temperature}, Matryoshka prefixes, Adam. {stages}. {minutes} minutes on
one shared CPU core. No question or text of a test set was used.

| file | what, licence | SHA-256 |
|---|---|---|
{sources}

Made again by:

    {command}

The result is the same for the same seed, library versions and kind of processor; elsewhere it differs in the last digits.

## Figures

By `benchmarks/retrieval.py`; words: BM25 over syllables and pairs; dense: this model alone; fused: both.

{figures}

## Licence

The model is part of Cancu and under its licence, Apache-2.0. It holds vectors of words, no texts. Attribution of the texts it was
trained on: the codified law and the statutes of Vietnam are public legal text, the compilation of the codified law is under the
MIT licence (diepxuan.github.io); the Vietnamese Wikipedia (https://vi.wikipedia.org) is by its contributors, under CC BY-SA.

## Limits

The order of words is not seen. Trained on law and encyclopedia articles, so everyday wording and plans are understood less well
than law. It finds texts; it does not tell whether a text answers a question.
"""


def _figures(figures: Mapping[str, Mapping[str, Mapping[str, float]]]) -> list[str]:
    lines = [f"| test set | way | {' | '.join(MEASURES)} |", f"|---|---|{'---|' * len(MEASURES)}"]
    for name, ways in figures.items():
        for way, values in ways.items():
            if isinstance(values, Mapping):
                lines.append(f"| {name} | {way} | {' | '.join(f'{values[m]:.3f}' for m in MEASURES)} |")
    return lines


def _stage(stage: Settings) -> str:
    what = "titles and sentences" if stage.mix == TEXTS else "incomplete sentences put as questions, against short runs"
    return f"{stage.steps} steps of {stage.batch} pairs ({what}), rate {stage.rate}, seed {stage.seed}"


def card(
    folder: Path,
    stages: Sequence[Settings],
    facts: Mapping[str, int | float],
    hashes: Mapping[str, str],
    figures: Mapping[str, Mapping[str, Mapping[str, float]]],
    command: str,
) -> str:
    """The text of the card for the model in ``folder``.

    ``stages``: what was learned one after the other; ``facts``: articles, pieces, rows, dimension, minutes;
    ``hashes``: file → SHA-256; ``figures``: test set → way → measure.
    """
    size = sum(path.stat().st_size for path in folder.iterdir() if path.is_file() and path.name != "README.md") / 1e6
    return _TEXT.format(
        pieces=f"{facts['pieces']:,}",
        rows=f"{facts['rows']:,}",
        dimension=facts["dimension"],
        prefixes=" or ".join(map(str, stages[0].prefixes)),
        size=f"{size:.1f}",
        articles=f"{facts['articles']:,}",
        minutes=f"{facts['minutes']:.0f}",
        settings=stages[0],
        stages="; then ".join(_stage(stage) for stage in stages),
        sources="\n".join(f"| `{name}` | {_SOURCES[name]} | `{digest}` |" for name, digest in hashes.items()),
        command=command,
        figures="\n".join(_figures(figures)),
    )
