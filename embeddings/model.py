"""Embedding models: text to unit vectors.

The model that comes with Cancu is static (a vector per piece of text, averaged) and is loaded here with numpy, tokenizers and
safetensors alone: in milliseconds, without torch. Its folder is a sentence-transformers folder all the same. Any other model
(a folder or a name on a hub) goes through sentence-transformers, which is imported only then.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from functools import cached_property, lru_cache
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from tokenizers import Tokenizer

Vectors = NDArray[np.float32]

DEFAULT = "default"
MODELS = Path(__file__).parent / "models"

_PREFIXES = {"e5": ("query: ", "passage: ")}
"""Prefixes that a family of models was trained with and its configuration does not name (intfloat/multilingual-e5-*)."""

CHOSEN = "CANCU_MODEL"
"""Environment variable that names the model of new indexes."""

_STATIC = "StaticEmbedding"
_JOINED = re.compile(r"[^\W\d_]+(?:_[^\W\d_]+)+(?:@@)?")
_MANY_JOINED = 0.02
_BATCH = 512


class UnusableModel(ValueError):
    """A model that is not there or cannot be loaded; the message is Vietnamese, for the user."""


class EmbeddingModel(Protocol):
    """What search needs of a model."""

    name: str

    @property
    def fingerprint(self) -> str:
        """Names these very weights: vectors of another fingerprint must not be compared with this model's."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """A unit vector per passage text (zeros for a text without anything known)."""

    def encode_query(self, query: str) -> Vectors:
        """The unit vector of a query."""


def unit(vectors: Vectors) -> Vectors:
    """The vectors with length 1; zero vectors stay."""
    lengths = np.linalg.norm(vectors, axis=-1, keepdims=True)
    return np.asarray(vectors / np.where(lengths > 0, lengths, 1), dtype=np.float32)


class StaticModel:
    """A static model in a folder: ``tokenizer.json`` and ``model.safetensors``.

    The safetensors file holds either ``embedding.weight`` (a row per token) or the compact form that sentence-transformers
    shares with model2vec: ``embeddings`` (int8), ``mapping`` (token → row) and ``weights`` (a factor per token).
    """

    def __init__(self, folder: Path, name: str | None = None) -> None:
        """Loads the folder; ``name`` is what it goes by (default: its path).

        Raises :class:`UnusableModel` when a file is missing or damaged.
        """
        from safetensors import safe_open
        from tokenizers import Tokenizer

        self.name = name or str(folder)
        self.folder = folder
        try:
            self.tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            with safe_open(folder / "model.safetensors", framework="numpy") as tensors:
                held = {name: tensors.get_tensor(name) for name in tensors.keys()}  # noqa: SIM118 (not a mapping)
        except Exception as error:  # both libraries raise bare exceptions for damaged files
            raise UnusableModel(f"Không đọc được mô hình trong {folder}: {error}") from error
        self.tokenizer.no_padding()
        self.tokenizer.no_truncation()
        if "embedding.weight" in held:
            self._rows = held["embedding.weight"]
            count = len(self._rows)
            self._mapping, self._factors = np.arange(count), np.ones(count, dtype=np.float32)
        elif {"embeddings", "mapping", "weights"} <= held.keys():
            self._rows = held["embeddings"]
            self._mapping, self._factors = held["mapping"].astype(np.int64), held["weights"].astype(np.float32)
        else:
            raise UnusableModel(f"Mô hình trong {folder} không phải mô hình tĩnh: có {', '.join(sorted(held))}")

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of tokenizer and weights."""
        digest = sha256()
        for name in ("tokenizer.json", "model.safetensors"):
            digest.update((self.folder / name).read_bytes())
        return digest.hexdigest()

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._rows.shape[1])

    def sums(self, texts: Sequence[str]) -> Vectors:
        """For each text the sum of the vectors of its pieces; zeros for a text without letters and digits."""
        out = np.zeros((len(texts), self.dimension), dtype=np.float32)
        for start in range(0, len(texts), _BATCH):
            encodings = self.tokenizer.encode_batch_fast(list(texts[start : start + _BATCH]), add_special_tokens=False)
            lengths = np.array([len(encoding.ids) for encoding in encodings])
            if not lengths.any():
                continue
            tokens = np.concatenate([np.asarray(encoding.ids, dtype=np.int64) for encoding in encodings if encoding.ids])
            vectors = self._rows[self._mapping[tokens]].astype(np.float32)
            vectors *= self._factors[tokens][:, None]
            some = np.flatnonzero(lengths)
            out[start + some] = np.add.reduceat(vectors, np.concatenate([[0], np.cumsum(lengths[some])[:-1]]))
        return out

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The unit vectors of the texts; zeros for a text without letters and digits."""
        return unit(self.sums(texts))

    def encode_query(self, query: str) -> Vectors:
        """The unit vector of a query: queries and passages are encoded alike."""
        return np.asarray(self.encode([query])[0])


class SentenceTransformerModel:
    """Any model that sentence-transformers loads, with the prompts or prefixes that it was trained with."""

    def __init__(self, name: str) -> None:
        """Loads the model. Raises :class:`UnusableModel` when sentence-transformers cannot."""
        from sentence_transformers import SentenceTransformer

        try:
            self._model: Any = SentenceTransformer(name, device="cpu")
        except Exception as error:  # the library raises whatever its back ends raise
            raise UnusableModel(f"Không nạp được mô hình {name!r}: {error}") from error
        self.name = name
        family = next((prefixes for part, prefixes in _PREFIXES.items() if part in name.lower()), ("", ""))
        prompts = self._model.prompts or {}
        self._query_prefix = prompts.get("query") or family[0]
        self._passage_prefix = prompts.get("passage") or prompts.get("document") or family[1]
        self._segment = segmented if _reads_words(self._model.tokenizer) else str

    @cached_property
    def fingerprint(self) -> str:
        """The SHA-256 of all weights, in the order of their names, and of how texts are prepared."""
        prepared = (self._query_prefix, self._passage_prefix, self._segment.__name__)
        digest = sha256("\0".join(prepared).encode())
        for name, tensor in sorted(self._model.state_dict().items()):
            digest.update(name.encode())
            digest.update(tensor.cpu().float().numpy().tobytes())
        return digest.hexdigest()

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        return int(self._model.encode("a", show_progress_bar=False).shape[-1])

    def encode(self, texts: Sequence[str]) -> Vectors:
        """The unit vectors of passage texts."""
        vectors = self._model.encode([self._passage_prefix + self._segment(text) for text in texts], show_progress_bar=False)
        return unit(np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1))

    def encode_query(self, query: str) -> Vectors:
        """The unit vector of a query."""
        written = self._query_prefix + self._segment(query)
        return unit(np.asarray(self._model.encode(written, show_progress_bar=False), dtype=np.float32))


def _reads_words(tokenizer: Any) -> bool:
    """Whether a model wants words of several syllables joined by "_", as PhoBERT does: its vocabulary is full of them."""
    pieces = tokenizer.get_vocab() if hasattr(tokenizer, "get_vocab") else {}
    return sum(1 for piece in pieces if _JOINED.fullmatch(piece)) >= _MANY_JOINED * max(len(pieces), 1)


@lru_cache(1)
def _default_tokenizer() -> Tokenizer:
    model = load_model(DEFAULT)
    assert isinstance(model, StaticModel)
    return model.tokenizer


def segmented(text: str) -> str:
    """The text with the syllables of a word joined by "_"; the words are those that the default model has learned."""
    from documents.text import nfc

    text = nfc(text)
    out, end = [], 0
    for _, (start, stop) in zip(*_pieces(text), strict=True):
        out.append(text[end:start] + re.sub(r"(?<=\w) (?=\w)", "_", text[start:stop].rstrip()))
        end = start + len(text[start:stop].rstrip())
    return "".join(out) + text[end:]


def _pieces(text: str) -> tuple[list[str], list[tuple[int, int]]]:
    """The pieces of the default tokenizer and their places in the text, blanks before them left out."""
    encoding = _default_tokenizer().encode(text, add_special_tokens=False)
    places = [(start + len(text[start:stop]) - len(text[start:stop].lstrip()), stop) for start, stop in encoding.offsets]
    return encoding.tokens, places


def _is_static(folder: Path) -> bool:
    """Whether the folder is a sentence-transformers folder with nothing but a static embedding (and normalisation) in it."""
    if not (folder / "model.safetensors").exists() or not (folder / "tokenizer.json").exists():
        return False
    try:
        modules = json.loads((folder / "modules.json").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return not (folder / "config.json").exists()
    kinds = [str(module.get("type", "")).rsplit(".", 1)[-1] for module in modules]
    return kinds in ([_STATIC], [_STATIC, "Normalize"])


def load_model(name: str | None = None) -> EmbeddingModel:
    """The model called ``name``: one that comes with Cancu, a folder, or a name on a hub.

    Without a name it is the one that the environment variable ``CANCU_MODEL`` names, else the one that comes with Cancu. Raises
    :class:`UnusableModel` when there is no such model or it cannot be loaded.
    """
    name = name or os.environ.get(CHOSEN) or DEFAULT
    for folder in (MODELS / name, Path(name)):
        if _is_static(folder):
            return StaticModel(folder, name)
    if name == DEFAULT:
        raise UnusableModel(f"Thiếu mô hình mặc định trong {MODELS / name}; huấn luyện lại bằng: python -m embeddings.train")
    return SentenceTransformerModel(name)
