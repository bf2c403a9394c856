"""Syllables by the rules of spelling, and the quality of a text."""

import unicodedata

import pytest

from documents.reading.quality import judge
from documents.syllables import is_bare_syllable, is_syllable, split


@pytest.mark.parametrize(
    ("word", "expected", "reason"),
    [
        ("được", ("đ", "ươc", "nặng"), "diphthong and stop"),
        ("Nghiêng", ("ngh", "iêng", None), "capital, three-letter onset"),
        ("quyết", ("qu", "yêt", "sắc"), "qu and yê"),
        ("giữa", ("gi", "ưa", "ngã"), "gi and ưa"),
        ("gì", ("g", "i", "huyền"), "gi alone"),
        ("hoà", ("h", "oa", "huyền"), "tone mark in its other place"),
        ("hòa", ("h", "oa", "huyền"), "tone mark in its place"),
        ("ủy", ("", "uy", "hỏi"), "no onset"),
        ("yêu", ("", "yêu", None), "yê without onset"),
        ("khuya", ("kh", "uya", None), "rare rime"),
        ("duoc", None, "c needs sắc or nặng"),
        ("hoach", None, "ch needs sắc or nặng"),
        ("càt", None, "t does not bear huyền"),
        ("kan", None, "k stands before e, ê, i, y"),
        ("ghà", None, "gh stands before e, ê, i"),
        ("nghanh", None, "a common misspelling"),
        ("hoàà", None, "two tones"),
        ("fa", None, "no Vietnamese letter"),
        ("office", None, "a foreign word"),
        ("", None, "nothing"),
        ("a" * 5000, None, "no word"),
    ],
)
def test_split(word, expected, reason):
    assert split(word) == expected, reason
    assert split(unicodedata.normalize("NFD", word)) == expected, f"{reason}, decomposed"


def test_place_names_written_against_the_rules():
    assert all(is_syllable(word) for word in ("Đắk", "Lắk", "Kạn"))


def test_bare_syllables():
    assert all(is_bare_syllable(word) for word in ("duoc", "hoach", "nghi", "Quyet", "được"))
    assert not any(is_bare_syllable(word) for word in ("phwong", "office", "s6", "ctia"))


VIETNAMESE = "Ủy ban nhân dân phường giao Văn phòng theo dõi, đôn đốc và báo cáo kết quả thực hiện kế hoạch trước ngày 25"


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (VIETNAMESE, "good"),
        ("Uy ban nhan dan phuong giao Van phong theo doi, don doc va bao cao ket qua thuc hien ke hoach", "unaccented"),
        ("Uy ban nhén dan phuong giao Van phong theo ddi, d6n d6c va bao cdo két qua thyc hién k& hoach", "noisy"),
        ("The committee shall report every quarter on the progress made towards the targets of the programme", "foreign"),
        ("Phòng Kinh tế", "little"),
        ("12 345 6.789 01/02/2026 a b c - + 85%", "little"),
        ("", "little"),
    ],
)
def test_kinds_of_text(text, kind):
    assert judge([text]).kind == kind


def test_shares_add_up():
    quality = judge([VIETNAMESE, "Office 365 và CSDL"])
    assert 0 <= quality.valid <= quality.bare <= 1
    assert quality.words == sum(1 for word in f"{VIETNAMESE} Office và CSDL".replace(",", "").split() if not word.isdigit())
    assert judge(["can bo cong chuc vien chuc xa phuong tham gia tap huan ky nang so"]).kind == "unaccented"
