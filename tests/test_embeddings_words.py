"""The word index: ranking, accents, slips, persistence."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from embeddings.tokens import Abbreviations, cut
from embeddings.word_index import K1, B, WordIndex

TEXTS = [
    "Xây dựng cơ sở dữ liệu đất đai của phường",
    "Triển khai trợ lý ảo hỗ trợ công chức",
    "Thay thế Kế hoạch số 16/KH-UBND",
    "Ứng dụng CNTT trong nội bộ",
    "Bò ăn cỏ trên đồng",
    "Bỏ thủ tục cũ",
    "",
]
SHORT = Abbreviations.of({"CNTT": "công nghệ thông tin"})


@pytest.fixture(scope="module")
def index() -> WordIndex:
    return WordIndex.build(TEXTS, SHORT)


@pytest.mark.parametrize(
    ("query", "best", "reason"),
    [
        ("dữ liệu đất đai", 0, "as written"),
        ("du lieu dat dai", 0, "without accents"),
        ("tro ly ao cong chuc", 1, "without accents"),
        ("16/KH-UBND", 2, "a document number"),
        ("kế hoạch số 016 /kh-ubnd", 2, "a document number typed without care"),
        ("công nghệ thông tin", 3, "the full form of an abbreviation in the text"),
        ("cntt", 3, "the abbreviation in small letters"),
        ("bò", 4, "accents tell words apart when given"),
        ("bỏ", 5, "accents tell words apart when given"),
        ("triển khsi trợ lý", 1, "a slip in one word"),
        ("trienr khai", 1, "a letter too many"),
    ],
)
def test_the_best_text(index: WordIndex, query: str, best: int, reason: str) -> None:
    assert int(np.argmax(index.search(query))) == best, reason


@pytest.mark.parametrize("query", ["", "?!", "\0", "zzzzqqq", "từ lạ hoắc"])
def test_queries_without_known_words_score_nothing(index: WordIndex, query: str) -> None:
    assert not index.search(query).any() or query == "từ lạ hoắc"


def test_a_saved_index_gives_the_same_scores(index: WordIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    again = WordIndex.open(tmp_path, SHORT)
    for query in ("dữ liệu đất đai", "triển khsi", "16/KH-UBND", "cntt"):
        assert np.array_equal(again.search(query), index.search(query))


@pytest.mark.parametrize("texts", [[], ["", "..."]])
def test_an_index_without_words_can_be_saved_and_searched(texts: list[str], tmp_path: Path) -> None:
    WordIndex.build(texts).save(tmp_path)
    assert len(WordIndex.open(tmp_path).search("kế hoạch")) == len(texts)


def test_scores_are_those_of_the_formula() -> None:
    """BM25 with idf ln(1 + (N - n + 0.5) / (n + 0.5)) worked out by hand for one word in one of two texts."""
    index = WordIndex.build(["an", "to"])
    expected = np.log(1 + (2 - 1 + 0.5) / (1 + 0.5)) * 1 / (1 + 0.9)
    assert index.search("an")[0] == pytest.approx(expected, rel=1e-5)


def test_scores_are_those_of_bm25s(index: WordIndex) -> None:
    """A well-kept implementation of the same formula as the judge."""
    import bm25s

    lines = [cut(text, SHORT).tokens for text in TEXTS]
    judge = bm25s.BM25(k1=K1, b=B, method="lucene")
    judge.index(lines, show_progress=False)
    for token in ("du", "du_lieu", "=dữ", "#16/kh-ubnd", "cong", "phuong"):
        assert index.score({token: 1.0}) == pytest.approx(judge.get_scores([token]), rel=1e-4), token


@pytest.mark.parametrize(
    ("gone", "added"),
    [
        ([], {2: "Dữ liệu mở của thành phố"}),
        ([1, 4], {}),
        ([0], {0: "Đất đai phường", 5: "trợ lý", 6: ""}),
        (range(7), {0: "chỉ còn dữ liệu"}),
        (range(7), {}),
    ],
)
def test_a_changed_index_is_that_of_a_fresh_build(
    index: WordIndex, gone: Sequence[int], added: dict[int, str], tmp_path: Path
) -> None:
    kept = iter(text for i, text in enumerate(TEXTS) if i not in gone)
    after = [added[i] if i in added else next(kept) for i in range(len(TEXTS) - len(gone) + len(added))]
    free = iter(i for i in range(len(after)) if i not in added)
    places = np.array([-1 if i in gone else next(free) for i in range(len(TEXTS))], dtype=np.int32)
    index.save(tmp_path)
    changed = WordIndex.open(tmp_path, SHORT).changed(places, list(added.values()), np.array(list(added), dtype=np.int32))
    fresh = WordIndex.build(after, SHORT)
    for name in ("hashes", "starts", "texts", "counts", "lengths"):
        assert np.array_equal(getattr(changed, name), getattr(fresh, name)), name
    assert changed.syllables == fresh.syllables


def test_the_part_of_the_words_that_a_text_has(index: WordIndex) -> None:
    covered = index.covered(["du_lieu", "dat_dai", "khong_co"], [0, 1, 6])
    assert covered.tolist() == [1.0, 0.0, 0.0]
    assert index.covered([], [0]).tolist() == [0.0]
