"""Models: both loaders agree, what is refused, any other model."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from embeddings_samples import plan_passages

from embeddings.model import MODELS, StaticModel, UnusableModel, load_model, segmented
from embeddings.search import SearchIndex
from embeddings.train.export import export, quantised
from embeddings.train.vocabulary import build
from embeddings.vector_index import OtherModel

TEXTS = [
    "Ủy ban nhân dân phường triển khai trợ lý ảo",
    "uy ban nhan dan phuong trien khai tro ly ao",
    "Số: 04/KH-UBND ngày 05/01/2026",
    "văn bản",
    "?!",
    "",
    "từ " * 3000,
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A tiny model with random vectors."""
    made = tmp_path_factory.mktemp("model")
    words = {
        "ủy ban": 30,
        "nhân dân": 30,
        "ủy": 40,
        "ban": 50,
        "nhân": 40,
        "dân": 40,
        "văn bản": 20,
        "văn": 25,
        "bản": 30,
        "phường": 9,
    }
    vocabulary = build(words)
    export(np.random.default_rng(1).standard_normal((vocabulary.rows, 16)).astype(np.float32), vocabulary, made)
    return made


def test_sentence_transformers_gives_the_same_vectors(folder: Path) -> None:
    from sentence_transformers import SentenceTransformer

    ours = StaticModel(folder).encode(TEXTS)
    theirs = np.asarray(SentenceTransformer(str(folder), device="cpu").encode(TEXTS))
    known = np.linalg.norm(theirs, axis=1) > 0
    theirs[known] /= np.linalg.norm(theirs[known], axis=1, keepdims=True)
    assert np.allclose(ours, theirs, atol=1e-4)
    assert known.tolist() == [True, True, True, True, False, False, True], "nothing to say about signs and nothing"


def test_the_plain_form_of_static_models_is_read_too(folder: Path, tmp_path: Path) -> None:
    from safetensors.numpy import load_file, save_file

    held = load_file(folder / "model.safetensors")
    rows = (held["embeddings"][held["mapping"]] * held["weights"][:, None]).astype(np.float32)
    save_file({"embedding.weight": rows}, tmp_path / "model.safetensors")
    (tmp_path / "tokenizer.json").write_bytes((folder / "tokenizer.json").read_bytes())
    assert np.allclose(load_model(str(tmp_path)).encode(TEXTS), StaticModel(folder).encode(TEXTS), atol=1e-6)


def test_texts_one_by_one_and_together_are_the_same(folder: Path) -> None:
    model = StaticModel(folder)
    assert np.array_equal(model.encode(TEXTS)[2], model.encode_query(TEXTS[2]))
    assert model.encode([]).shape == (0, 16)


def test_the_fingerprint_changes_with_the_weights(folder: Path, tmp_path: Path) -> None:
    for name in ("model.safetensors", "tokenizer.json", "modules.json"):
        (tmp_path / name).write_bytes((folder / name).read_bytes())
    assert StaticModel(tmp_path).fingerprint == StaticModel(folder).fingerprint
    weights = bytearray((tmp_path / "model.safetensors").read_bytes())
    weights[-1] ^= 1
    (tmp_path / "model.safetensors").write_bytes(weights)
    assert StaticModel(tmp_path).fingerprint != StaticModel(folder).fingerprint


@pytest.mark.parametrize("damaged", ["model.safetensors", "tokenizer.json"])
def test_damaged_models_are_named(folder: Path, tmp_path: Path, damaged: str) -> None:
    for name in ("model.safetensors", "tokenizer.json", "modules.json"):
        (tmp_path / name).write_bytes(b"no" if name == damaged else (folder / name).read_bytes())
    with pytest.raises(UnusableModel, match="Không đọc được mô hình"):
        load_model(str(tmp_path))


def test_quantising_loses_less_than_half_a_step() -> None:
    vectors = np.random.default_rng(2).standard_normal((50, 64)).astype(np.float32)
    vectors[7] = 0
    whole, factors = quantised(vectors)
    assert np.all(np.abs(whole * factors[:, None] - vectors) <= factors[:, None] / 2 + 1e-7)


def tiny_transformer(folder: Path, *words: str) -> Path:
    """A transformer of a few thousand weights that knows these words."""
    import torch
    from tokenizers import Tokenizer, models, pre_tokenizers
    from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

    torch.manual_seed(5)
    vocabulary = {word: i for i, word in enumerate(["[PAD]", "[UNK]", "[CLS]", "[SEP]", *words])}
    tokenizer = Tokenizer(models.WordLevel(vocabulary, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = pre_tokenizers.WhitespaceSplit()
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, unk_token="[UNK]", pad_token="[PAD]").save_pretrained(folder)
    config = BertConfig(
        vocab_size=len(vocabulary), hidden_size=16, num_hidden_layers=1, num_attention_heads=2, intermediate_size=16
    )
    BertModel(config).save_pretrained(folder)
    return folder


def test_another_model_goes_through_sentence_transformers(tmp_path: Path) -> None:
    """Its name says that it wants the prefixes of the e5 family."""
    folder = tiny_transformer(tmp_path / "tiny-e5", "query:", "passage:", "phường", "xã")
    model = load_model(str(folder))
    assert model.dimension == 16
    vectors = model.encode(["phường", "xã"])
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert not np.allclose(model.encode_query("phường"), vectors[0]), "queries and passages have other prefixes"
    assert model.fingerprint == load_model(str(folder)).fingerprint


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Công nghệ thông tin của phường", "Công_nghệ_thông_tin của phường", "a word of four syllables"),
        ("dữ liệu, đất đai (CNTT).", "dữ_liệu, đất_đai (CNTT).", "marks stay where they are"),
        ("", "", "nothing"),
        ("?!", "?!", "no words"),
    ],
)
def test_words_are_joined_for_models_that_read_words(text: str, expected: str, reason: str) -> None:
    assert segmented(text) == expected, reason


def test_a_model_of_words_gets_words(tmp_path: Path) -> None:
    a, b = load_model(str(tiny_transformer(tmp_path, "dữ_liệu", "đất_đai", "phường", "xã"))).encode(["dữ liệu", "đất đai"])
    assert not np.allclose(a, b, atol=1e-4), "cut into syllables, both would be two unknown words"


def test_an_index_goes_with_another_model(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Chosen for new indexes by name; the index remembers it, and refuses vectors of any other."""
    folder = tiny_transformer(tmp_path / "tiny", "phường", "trợ", "lý", "ảo", "chủ", "trì")
    monkeypatch.setenv("CANCU_MODEL", str(folder))
    index = SearchIndex.build(tmp_path / "index", plan_passages())
    monkeypatch.delenv("CANCU_MODEL")
    again = SearchIndex.open(tmp_path / "index")
    assert again.model.name == str(folder)
    assert [h.passage.id for h in again.search("cấp độ")] == [h.passage.id for h in index.search("cấp độ")] != []
    with pytest.raises(OtherModel, match="mô hình khác"):
        SearchIndex.open(tmp_path / "index", load_model()).search("cấp độ")


def test_a_model_that_is_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_HUB_OFFLINE", "1")
    with pytest.raises(UnusableModel, match="Không nạp được mô hình"):
        load_model(str(tmp_path / "none"))


needs_default = pytest.mark.skipif(not (MODELS / "default").is_dir(), reason="the default model is not in this copy")


@needs_default
def test_the_default_model_is_small_and_has_a_card() -> None:
    files = [path for path in (MODELS / "default").rglob("*") if path.is_file()]
    assert sum(path.stat().st_size for path in files) <= 30_000_000
    assert "## Training" in (MODELS / "default" / "README.md").read_text(encoding="utf-8")


@needs_default
@pytest.mark.parametrize(
    ("text", "near", "far", "margin", "reason"),
    [
        ("công nghệ thông tin", "cong nghe thong tin", "nông nghiệp", 0.1, "accents left out"),
        ("ủy ban nhân dân", "uỷ ban nhân dân", "tòa án nhân dân", 0.1, "the other place of the tone mark"),
        ("hồ sơ giải quyết thủ tục hành chính", "cung cấp dịch vụ công trực tuyến", "đánh bắt hải sản", 0.1, "topic"),
        # no word in common: a mean of word vectors bridges that only a little (its card says so), but the order must hold
        ("nộp hồ sơ qua mạng", "dịch vụ công trực tuyến", "trồng rừng phòng hộ", 0.0, "other words for it"),
    ],
)
def test_the_default_model_knows_what_is_near(text: str, near: str, far: str, margin: float, reason: str) -> None:
    a, b, c = load_model().encode([text, near, far])
    assert a @ b > a @ c + margin, reason


@needs_default
def test_the_default_model_needs_no_torch() -> None:
    program = (
        "import sys; from embeddings.model import load_model; load_model().encode_query('phường')\n"
        "print(sorted({'torch', 'sentence_transformers', 'transformers', 'scipy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
