"""The trained vectors as a model folder that sentence-transformers and :mod:`embeddings.model` both load.

Vectors are stored as int8 with one factor per row (the loss in quality is not measurable, a quarter of the size), in the form
that ``StaticEmbedding.load`` shares with model2vec: ``embeddings``, ``mapping`` (token → row) and ``weights`` (per token).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

from embeddings.train.vocabulary import Vocabulary

_MODULES = [
    {
        "idx": 0,
        "name": "0",
        "path": "",
        "type": "sentence_transformers.sentence_transformer.modules.static_embedding.StaticEmbedding",
    }
]
_CONFIG = {
    "model_type": "SentenceTransformer",
    "prompts": {"query": "", "document": ""},
    "default_prompt_name": None,
    "similarity_fn_name": "cosine",
}


def quantised(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """Each row as whole numbers from -127 to 127 and the factor that restores it."""
    factors = np.abs(vectors).max(axis=1) / 127
    whole = np.rint(vectors / np.where(factors > 0, factors, 1)[:, None]).astype(np.int8)
    return whole, factors.astype(np.float32)


def export(vectors: NDArray[np.float32], vocabulary: Vocabulary, folder: Path) -> None:
    """Writes the model folder (made if need be): weights, tokenizer, and the configuration that names the architecture."""
    folder.mkdir(parents=True, exist_ok=True)
    whole, factors = quantised(vectors)
    mapping = np.asarray(vocabulary.mapping, dtype=np.int32)
    tensors: dict[str, NDArray[Any]] = {"embeddings": whole, "mapping": mapping, "weights": factors[mapping]}
    save_file(tensors, folder / "model.safetensors", metadata={"format": "pt"})
    vocabulary.tokenizer().save(str(folder / "tokenizer.json"), pretty=False)
    (folder / "modules.json").write_text(json.dumps(_MODULES, indent=2) + "\n", encoding="utf-8")
    (folder / "config_sentence_transformers.json").write_text(json.dumps(_CONFIG, indent=2) + "\n", encoding="utf-8")


def read_back(folder: Path) -> tuple[Vocabulary, NDArray[np.float32]]:
    """The vocabulary and the vectors of a folder that :func:`export` wrote, to train them further.

    Raises ``OSError`` or ``KeyError`` when the folder holds no such model.
    """
    pieces = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))["model"]["vocab"]
    tensors = load_file(folder / "model.safetensors")
    rows, mapping = tensors["embeddings"], tensors["mapping"]
    factors = np.zeros(len(rows), dtype=np.float32)
    factors[mapping] = tensors["weights"]
    vocabulary = Vocabulary(tuple((piece, score) for piece, score in pieces), tuple(mapping.tolist()), len(rows))
    return vocabulary, rows.astype(np.float32) * factors[:, None]
