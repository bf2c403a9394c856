"""Training: articles, vocabulary, noise, pairs, and a whole run on a little text."""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from random import Random

import numpy as np
import pytest

from documents.text import fold
from embeddings.model import StaticModel
from embeddings.train import __main__ as command
from embeddings.train.articles import COLLECTIONS, articles, sentences
from embeddings.train.loop import Settings, train
from embeddings.train.noise import Abbreviator, with_typos
from embeddings.train.pairs import Mix, Pairs, pairs
from embeddings.train.vocabulary import build, learn

SUBJECTS = ("hạ tầng số", "dữ liệu mở", "chữ ký số", "trợ lý ảo", "đất đai", "giao thông", "y tế cơ sở", "thư viện điện tử")


def bodies() -> Iterator[tuple[str, str]]:
    """Many little articles, each on one of a few subjects."""
    for number in range(160):
        subject = SUBJECTS[number % len(SUBJECTS)]
        body = [
            f"Đơn vị {number % 7} phụ trách {subject} theo quy định.",
            f"Việc quản lý {subject} được kiểm tra lần {number % 5}.",
        ]
        yield f"Quản lý {subject}", "\n".join((*body, f"Kinh phí cho {subject} do ngân sách bảo đảm."))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    for collection in COLLECTIONS:
        with gzip.open(folder / f"{collection}.jsonl.gz", "wt", encoding="utf-8") as out:
            for number, (title, text) in enumerate(bodies()):
                record = {"id": f"1.{number}", "title": title, "text": text, "law": f"luật {number // 20}"}
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
    return folder


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        (
            "1. Khoản một nói trước.\n2. Khoản hai nói sau.",
            ["Khoản một nói trước.", "Khoản hai nói sau."],
            "lines, without labels",
        ),
        ("Chất này bị cấm. 2. Chất kia được phép; a) Khi có giấy phép.", 3, "clauses and points on one line"),
        ("một hai", [], "too short to say anything"),
        ("công thức {\\displaystyle x} đứng đây", [], "formulas"),
        (" ".join(["từ"] * 130), 3, "cut into bounded parts"),
    ],
)
def test_sentences(text: str, expected: object, reason: str) -> None:
    got = list(sentences(text))
    assert (len(got) if isinstance(expected, int) else got) == expected, reason


def test_pieces_and_their_twins_share_vectors() -> None:
    vocabulary = build({"hành chính": 9, "hành": 5, "hạnh": 5, "chính": 5, "hòa": 4, "toàn": 4})
    tokenizer, mapping = vocabulary.tokenizer(), vocabulary.mapping

    def rows(text: str) -> list[int]:
        return [mapping[i] for i in tokenizer.encode(text, add_special_tokens=False).ids]

    assert rows("Hành chính") == rows("hanh chinh"), "one meaning only"
    assert len(rows("hành chính")) == 1
    assert rows("hoà") == rows("hòa"), "tone mark in the other place"
    assert rows("tòan") == rows("toàn"), "tone mark in the wrong place"
    assert rows("hanh") not in (rows("hành"), rows("hạnh")), "two meanings: a vector of its own"
    assert len(vocabulary.pieces) == len(mapping)
    assert max(mapping) + 1 == vocabulary.rows


def test_words_are_learned_and_fragments_are_not() -> None:
    texts = ["công nghệ thông tin", "công dân", "thông báo", "tin học", "nghệ thuật", "công nghệ"] * 40
    words = {piece.replace("▁", " ").strip() for piece, _ in learn(texts, 60, sample=1).pieces}
    assert {"công nghệ", "thông"} <= words
    assert "nghệ thông" not in words


def test_noise_is_the_same_for_the_same_seed() -> None:
    text = "Triển khai công nghệ thông tin trong cơ quan nhà nước"
    assert with_typos(text, Random(1)) == with_typos(text, Random(1)) != text
    assert with_typos("a b", Random(1)) == "a b"
    shorten = Abbreviator({"CNTT": "công nghệ thông tin"})
    assert any("CNTT" in shorten(text, Random(seed)) for seed in range(5))


@pytest.fixture(scope="module")
def drawn(data: Path) -> tuple[Pairs, int]:
    read = list(articles(data))
    vocabulary = learn([s for a in read for s in (a.title, *a.sentences)], 200, sample=1)
    mapping = np.asarray(vocabulary.mapping, dtype=np.int32)
    noises = [(None, 0.7, 0.9), (lambda text, random: fold(text), 0.3, 0.1)]
    return pairs(read, vocabulary.tokenizer(), mapping, noises, 1), vocabulary.rows


def test_a_broken_off_run_goes_on_to_the_same_result(drawn: tuple[Pairs, int], tmp_path: Path) -> None:
    batches, rows = drawn
    start = 0.1 * np.random.default_rng(0).standard_normal((rows, 16)).astype(np.float32)
    settings = Settings(steps=30, batch=16, prefixes=(8,))
    whole = train(start, batches, settings)
    seen = 0

    class BreaksOff(Exception):
        pass

    class Breaking:
        def batch(self, size: int, random: np.random.Generator, mix: Mix) -> object:
            nonlocal seen
            seen += 1
            if seen == 18:
                raise BreaksOff
            return batches.batch(size, random, mix)

    with pytest.raises(BreaksOff):
        train(start, Breaking(), settings, tmp_path / "checkpoint.pt")  # type: ignore[arg-type]
    seen = 19
    assert np.allclose(train(start, Breaking(), settings, tmp_path / "checkpoint.pt"), whole, atol=1e-5)  # type: ignore[arg-type]
    assert seen == 19 + 15


def test_the_command_makes_a_model_with_its_card(data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    out = tmp_path / "model"
    options = [
        "--data",
        str(data),
        "--out",
        str(out),
        "--size",
        "200",
        "--dimension",
        "160",
        "--steps",
        "40",
        "--question-steps",
        "10",
        "--batch",
        "32",
    ]
    monkeypatch.setattr(sys, "argv", ["train", *options])
    command.main()
    model = StaticModel(out)
    near, far = model.encode(["kinh phí cho trợ lý ảo", "kinh phí cho đất đai"]) @ model.encode_query("trợ lý ảo")
    assert near > far
    card = (out / "README.md").read_text(encoding="utf-8")
    assert "python -m embeddings.train" in card
    assert "seed 7" in card
