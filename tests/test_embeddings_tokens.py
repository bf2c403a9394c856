"""Search tokens: numbers, abbreviations, accents."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from embeddings.tokens import Abbreviations, cut, known_abbreviations, numbers

SHORT = Abbreviations.of(
    {"CNTT": "công nghệ thông tin", "AI": "trí tuệ nhân tạo", "HD": "hướng dẫn", "KH&CN": "khoa học và công nghệ"}
)


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Số: 04 /KH-UBND", ["4/kh-ubnd"], "blank before the slash, leading zero"),
        ("kế hoạch 4/kh-ubnd", ["4/kh-ubnd"], "typed without care"),
        ("Nghị quyết số 57-NQ/TW ngày 22/12/2024", ["57/nq-tw"], "Party number; a date is none"),
        ("Nghị định 85/2016/NĐ–CP", ["85/2016-nd-cp"], "year inside, long dash"),
        ("tỷ lệ 3/4, ngày 1/7", [], "fractions and days are none"),
        ("", [], "nothing"),
    ],
)
def test_numbers(text: str, expected: list[str], reason: str) -> None:
    assert numbers(text) == expected, reason


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("ứng dụng CNTT", "ứng dụng CNTT công nghệ thông tin", "as written"),
        ("ung dung cntt", "ung dung cntt công nghệ thông tin", "no Vietnamese syllable looks like it"),
        ("ai chủ trì", "ai chủ trì", "a word of its own in small letters"),
        ("ứng dụng AI", "ứng dụng AI trí tuệ nhân tạo", "capitals"),
        ("phường HD", "phường HD", "the initials of a place"),
        ("theo HD của sở", "theo HD hướng dẫn của sở", "not after a place word"),
        ("Sở KH&CN", "Sở KH&CN khoa học và công nghệ", "with &"),
    ],
)
def test_abbreviations(text: str, expected: str, reason: str) -> None:
    assert SHORT.expand(text) == expected, reason


def test_tone_mark_places_and_compositions_meet() -> None:
    assert cut("Uỷ ban, hoà giải").tokens == cut("Ủy ban, hòa giải").tokens
    assert cut("tru\u031b\u0323c tuye\u0302\u0301n").syllables == ("trực", "tuyến")


def test_tokens_of_a_text() -> None:
    assert cut("Trợ lý ảo").tokens == ["tro", "ly", "ao", "tro_ly", "ly_ao", "=trợ", "=lý", "=ảo"]


def test_leading_zeros_do_not_tell_numbers_apart() -> None:
    assert cut("Đề án 06").folded == cut("đề án 6").folded


def test_the_ontology_gives_the_abbreviations() -> None:
    assert "thủ tục hành chính" in known_abbreviations().expand("hồ sơ TTHC")


@given(st.text())
def test_any_text_can_be_cut(text: str) -> None:
    found = cut(text, SHORT)
    assert len(found.syllables) == len(found.folded)
