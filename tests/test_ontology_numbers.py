"""Document numbers: taken apart, put into official form, compared, and what they prove about the issuer."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ontology.numbers import issuer_of_number, normal_number, number_key, number_parts

NORMAL = [
    # written, official, why
    ("57-NQ/TW", "57-NQ/TW", "Party number as it should be"),
    ("57-NQ-TW", "57-NQ/TW", "Party number, stroke lost"),
    ("57–NQ/TW", "57-NQ/TW", "typographic dash"),
    ("71-NQ/CP", "71/NQ-CP", "State number with the separators of the Party"),
    ("03/NQ–CP", "03/NQ-CP", "State number with a typographic dash"),
    ("3/NQ-CP", "03/NQ-CP", "one digit: numbers below ten begin with 0"),
    ("35 /KH-UBND", "35/KH-UBND", "blank before the stroke"),
    ("Số: 04 / KH - UBND", "04/KH-UBND", "the label of the letterhead and blanks"),
    ("số 12-KH/TU,", "12-KH/TU", "label and comma of a sentence"),
    ("85/2016/ND-CP", "85/2016/NĐ-CP", "lost accents of a scan"),
    ("749/QD-TTG", "749/QĐ-TTg", "lost accents, capitals"),
    ("10/NQ-HDND", "10/NQ-HĐND", "lost accents of the issuer"),
    ("4577/BKH-CN-CĐSQG", "4577/BKHCN-CĐSQG", "a ministry's abbreviation split in two"),
    ("35/SKH&CN-CNS", "35/SKHCN-CNS", "ampersand of a department"),
    ("17/QĐ-UBQGČDS", "17/QĐ-UBQGCĐS", "bar of the đ on the wrong letter"),
    ("17/QĐ-UBQGCĐS", "17/QĐ-UBQGCĐS", "national committee"),
    ("67/2006/QH11", "67/2006/QH11", "law: no type code"),
    ("20/2023/qh15", "20/2023/QH15", "law in small letters"),
    ("01/QĐ-BCĐ", "01/QĐ-BCĐ", "steering committee, State style"),
    ("01-QĐ/BCĐ", "01-QĐ/BCĐ", "steering committee of the Party: both styles are in use, so as written"),
    ("06-CTr/TU", "06-CTr/TU", "programme of a provincial Party committee"),
    ("06-CTR/TU", "06-CTr/TU", "the same in capitals"),
    ("1234-CV/TU", "1234-CV/TU", "dispatch of the Party"),
    ("02-KH/BCĐTW", "02-KH/BCĐTW", "central steering committee"),
    ("2323/BTTTT-THH", "2323/BTTTT-THH", "dispatch form: cannot be told to be a damaged decision"),
    ("05/2019/TTLT-BTTTT-BNV", "05/2019/TTLT-BTTTT-BNV", "joint circular"),
    ("36a/NQ-CP", "36a/NQ-CP", "serial with a letter"),
    ("06/CP", "06/CP", "number of a scheme in everyday use"),
    ("1198/QĐ- TTg", "1198/QĐ-TTg", "blank after the dash at a line's end"),
    ("KH 12", "KH12", "no number: only the blanks go"),
]


@pytest.mark.parametrize(("written", "official", "why"), NORMAL, ids=[row[2] for row in NORMAL])
def test_official_form(written, official, why):
    assert normal_number(written) == official


SAME = [
    ("57-NQ/TW", "57/NQ-TW", "separators"),
    ("71-NQ/CP", "71/NQ-CP", "separators"),
    ("3/NQ-CP", "003/NQ-CP", "leading zeros"),
    ("85/2016/ND-CP", "85/2016/NĐ-CP", "accents"),
    ("749/qđ-ttg", "749/QĐ-TTg", "case"),
    ("12-KH/TU", "12 - KH / TU", "blanks"),
    ("4577/BKH-CN-CĐSQG", "4577/BKHCN-CĐSQG", "split abbreviation"),
]
OTHER = [
    ("20/2023/QH15", "20/QH15", "the year is part of the number"),
    ("12-KH/TU", "12-KL/TU", "another type"),
    ("35/KH-UBND", "350/KH-UBND", "another serial"),
    ("06/QĐ-TTg", "06/2022/QĐ-TTg", "a decision with normative force is numbered apart"),
    ("03/NQ-CP", "03-NQ/TU", "another issuer"),
]


@pytest.mark.parametrize(("one", "other", "why"), SAME, ids=[f"{a} {w}" for a, _, w in SAME])
def test_spellings_of_one_number_have_one_key(one, other, why):
    assert number_key(one) == number_key(other)


@pytest.mark.parametrize(("one", "other", "why"), OTHER, ids=[f"{a} {w}" for a, _, w in OTHER])
def test_different_numbers_have_different_keys(one, other, why):
    assert number_key(one) != number_key(other)


ISSUERS = [
    # number, issuer, proves exactly one body
    ("57-NQ/TW", "Trung ương Đảng", False),
    ("749/QĐ-TTg", "Thủ tướng Chính phủ", True),
    ("82/2024/NĐ-CP", "Chính phủ", True),
    ("71-NQ/CP", "Chính phủ", True),
    ("67/2006/QH11", "Quốc hội", True),
    ("1669/NQ-UBTVQH15", "Ủy ban Thường vụ Quốc hội", True),
    ("2323/BTTTT-THH", "Bộ Thông tin và Truyền thông", True),
    ("4577/BKH-CN-CĐSQG", "Bộ Khoa học và Công nghệ", True),
    ("47/2026/TT-BCA", "Bộ Công an", True),
    ("12-KH/TU", "Tỉnh ủy, Thành ủy", False),
    ("3088/QĐ-UBND", "Ủy ban nhân dân", False),
    ("16/KH-SVHTTDL", "Sở Văn hóa, Thể thao và Du lịch", False),
    ("17/QĐ-UBQGCĐS", "Ủy ban Quốc gia về chuyển đổi số", True),
    ("02-KH/BCĐTW", "Ban Chỉ đạo Trung ương", False),
    ("01/QĐ-BCĐ", "Ban Chỉ đạo", False),
    ("12/VPCP-KSTT", "Văn phòng Chính phủ", True),
]


@pytest.mark.parametrize(("number", "name", "proves"), ISSUERS, ids=[row[0] for row in ISSUERS])
def test_what_a_number_proves(number, name, proves):
    issuer = issuer_of_number(number)
    assert issuer is not None
    assert (issuer.name, issuer.proves) == (name, proves)


@pytest.mark.parametrize("number", ["12/ABC-XYZ", "abc", "", "2025", "12/KH", "30/11/2026"])
def test_what_proves_nothing(number):
    assert issuer_of_number(number) is None


def test_the_parts_of_a_number():
    parts = number_parts("Số: 85 /2016/NĐ-CP")
    assert parts is not None
    assert (parts.serial, parts.year, parts.codes, parts.type_code) == ("85", "2016", ("NĐ", "CP"), "NĐ")


@given(st.text(max_size=30))
def test_any_text_has_an_official_form_that_stays(text):
    once = normal_number(text)
    assert normal_number(once) == once
    assert number_key(once) == number_key(text)


CODES = st.sampled_from(["KH-UBND", "QĐ-TTg", "NĐ-CP", "NQ-CP", "NQ-HĐND", "TT-BTTTT", "BKHCN-CĐSQG", "QĐ-BCĐ"])


@given(st.integers(1, 99999), st.one_of(st.none(), st.integers(1990, 2030)), CODES, st.sampled_from(["", " ", " "]))
def test_blanks_never_change_a_number(serial, year, codes, blank):
    number = f"{serial}/{year}/{codes}" if year else f"{serial}/{codes}"
    spaced = blank.join(number.replace("/", f"{blank}/{blank}").split(" "))
    assert normal_number(spaced) == normal_number(number)
