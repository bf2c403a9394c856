"""Composition, tone marks, folding, words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.text import collapse, fold, fold_same_length, nfc, tone_marks, words


@pytest.mark.parametrize(
    ("written", "expected", "reason"),
    [
        ("hoà", "hòa", "open rime oa: first vowel"),
        ("HOÀ", "HÒA", "capitals alike"),
        ("khoẻ", "khỏe", "open rime oe"),
        ("thuý", "thúy", "open rime uy"),
        ("Uỷ ban", "Ủy ban", "no onset"),
        ("tuỳ", "tùy", "open rime uy"),
        ("quý", "quý", "u belongs to qu"),
        ("qúy", "quý", "u of qu bears no tone"),
        ("qủa", "quả", "u of qu bears no tone"),
        ("giá", "giá", "i belongs to gi"),
        ("gía", "giá", "i of gi bears no tone before a vowel"),
        ("gì", "gì", "i is the vowel when nothing follows"),
        ("gìn", "gìn", "i is the vowel before a consonant"),
        ("hoàn toàn", "hoàn toàn", "a letter follows: second vowel"),
        ("hòan tòan", "hoàn toàn", "a letter follows: second vowel"),
        ("huỳnh", "huỳnh", "a letter follows"),
        ("hùynh", "huỳnh", "a letter follows"),
        ("của mùa", "của mùa", "rime ua is another one"),
        ("khuỷu", "khuỷu", "a letter follows"),
        ("ngoài", "ngoài", "a letter follows"),
        ("quá", "quá", "u belongs to qu"),
    ],
)
def test_tone_mark_stands_in_its_one_place(written, expected, reason):
    assert tone_marks(written) == expected, reason
    assert tone_marks(expected) == expected, "the normal form is stable"


def test_fold_lowers_and_removes_accents_and_d():
    assert fold("Đề án số 06/CP của ỦY BAN") == "de an so 06/cp cua uy ban"
    assert fold(unicodedata.normalize("NFD", "Nghị quyết")) == "nghi quyet"
    assert fold("x\u0302") == "x", "a mark with no composed letter is dropped"


@given(st.text())
def test_fold_same_length_keeps_every_offset(text):
    assert len(fold_same_length(text)) == len(text)
    assert len(tone_marks(text)) == len(text)


@given(st.text(alphabet="aàáạăắâấeéêếiíoóôốơớuúưứyýđĐNnghkcQqtr "))
def test_folds_agree_on_vietnamese(text):
    composed = nfc(text)
    assert fold(composed) == fold_same_length(composed) == fold(unicodedata.normalize("NFD", text))
    assert tone_marks(tone_marks(composed)) == tone_marks(composed)


def test_words_and_collapse():
    assert words("Kế hoạch 04/KH-UBND, (a_b)") == ["Kế", "hoạch", "04", "KH", "UBND", "a", "b"]
    assert collapse("  a \t b\u00a0\n c ") == "a b c"
