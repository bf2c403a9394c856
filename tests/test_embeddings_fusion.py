"""Fusion of scores, the frame of a query."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from embeddings.frame import DocumentFacts, derive
from embeddings.fusion import FUSED, MEANING_ONLY, WORDS_ONLY, Evidence, fuse
from embeddings.passage import Passage
from embeddings.tokens import Abbreviations

NONE = np.zeros(3, np.float32)
FOUND = Evidence(
    [3, 5, 9],
    np.array([4.0, 2.0, 0.0], dtype=np.float32),
    np.array([0.1, 0.9, -0.5], dtype=np.float32),
    np.array([0.0, 0.0, 1.0], dtype=np.float32),
    NONE,
)

WARD = DocumentFacts(
    "w", "w.txt", "12/KH-UBND", "Ủy ban nhân dân phường Hoa Sữa", "Chuyển đổi số phường Hoa Sữa năm 2026", "phường/xã", 2025
)
CITY = DocumentFacts(
    "c", "c.txt", "9/KH-UBND", "Ủy ban nhân dân thành phố Hoa Mai", "Chuyển đổi số thành phố năm 2025", "thành phố", 2024
)
OFFICE = DocumentFacts("o", "o.txt", None, "Sở Công Thương thành phố Hoa Mai", "Kế hoạch năm 2026", "sở/ngành", 2026)
ALL = (WARD, CITY, OFFICE)
SHORT = Abbreviations.of({"SCT": "Sở Công Thương", "UBND": "Ủy ban nhân dân"})


def test_words_count_as_a_part_of_the_best() -> None:
    assert fuse(FOUND, WORDS_ONLY).tolist() == [1.0, 0.5, 0.0]
    assert fuse(FOUND, MEANING_ONLY) == pytest.approx([0.1, 0.9, 0.0])
    assert fuse(FOUND) == pytest.approx([1 + FUSED.meaning * 0.1, 0.5 + FUSED.meaning * 0.9, FUSED.pairs])


def test_of_texts_alike_the_shorter_one_comes_first() -> None:
    even = np.ones(2, np.float32)
    short, long = fuse(Evidence([0, 1], even, even, even, np.array([20, 400], np.float32)))
    assert short > long


def test_no_words_at_all() -> None:
    assert fuse(replace(FOUND, words=NONE), WORDS_ONLY).tolist() == [0.0, 0.0, 0.0]


@pytest.mark.parametrize(
    ("query", "part", "documents", "reason"),
    [
        ("chỉ tiêu của phường Hoa Sữa", "issuer", {"w"}, "the ward by name"),
        ("chi tieu cua phuong hoa sua", "issuer", {"w"}, "without accents"),
        ("chỉ tiêu của UBND phường HS", "issuer", {"w"}, "by initials"),
        ("kế hoạch của SCT", "issuer", {"o"}, "a department by its abbreviation, without its city"),
        ("kế hoạch của thành phố Hoa Mai", "issuer", {"c"}, "the city itself, not its department"),
        ("nhiệm vụ cấp phường", "level", {"w"}, "the level"),
        ("nhiệm vụ cấp thành phố", "level", {"c"}, "the level"),
        ("kế hoạch 09 /kh-ubnd", "number", {"c"}, "the number typed without care"),
        ("kế hoạch năm 2025", "year", {"w", "c"}, "the year of issue or of the title"),
    ],
)
def test_documents_that_the_query_names(query: str, part: str, documents: set[str], reason: str) -> None:
    assert derive(query, ALL, (), SHORT).documents[part] == documents, reason


def test_a_named_ward_is_no_level() -> None:
    assert "level" not in derive("nhiệm vụ của phường Hoa Sữa", ALL).documents


@pytest.mark.parametrize("query", ["an toàn thông tin", "", "phường", "hoa sữa thơm"])
def test_nothing_is_read_into_other_queries(query: str) -> None:
    assert derive(query, ALL, ("Công an phường",)).documents == {}


def test_units_and_kinds() -> None:
    frame = derive("chỉ tiêu giao cho công an phường", ALL, ("Công an phường", "Văn phòng"))
    assert frame.units == {"Công an phường"}
    assert frame.kinds == {"target"}
    passage = Passage("w#T001", "w", "w.txt", "target", "Giảm", "", (1, 1), units=("Công an phường",))
    assert frame.parts_of(passage) == ("unit", "kind")
    assert frame.parts_of(replace(passage, kind="task", units=())) == ()
