"""Accents put back, recognised text repaired, good text and every number left alone."""

import random
import re
from pathlib import Path

import pytest

from documents.reading.quality import judge
from documents.restoration.restore import restore
from documents.text import fold, fold_same_length, nfc, tone_marks, words

SHARED = Path(__file__).parents[2] / "shared"
PLANS = sorted((SHARED / "corpus").glob("*.txt"))

GOOD = (
    "Căn cứ Nghị quyết số 57-NQ/TW của Bộ Chính trị về phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số;",
    "Ủy ban nhân dân xã xây dựng Kế hoạch với các nội dung chính như sau:",
    "1. Rà soát, công bố danh mục dịch vụ công trực tuyến đủ điều kiện; niêm yết công khai tại bộ phận một cửa.",
    "- Văn phòng chủ trì, phối hợp với các phòng chuyên môn tham mưu, báo cáo trước ngày 30/6/2026.",
    "2. Bảo đảm an toàn thông tin theo cấp độ cho 100% hệ thống đang vận hành, kinh phí 118.500.000 đồng.",
)


def stripped(line: str) -> str:
    """The line as typed without accents, capitals kept."""
    return "".join(fold_same_length(c) if c.islower() else fold_same_length(c).upper() for c in line)


def restored(text: str, mode: str) -> str:
    return restore([text], mode)[0].text


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("ai chu tri nhiem vu cai dat phan mem", "ai chủ trì nhiệm vụ cài đặt phần mềm"),
        ("han hoan thanh khi nao", "hạn hoàn thành khi nào"),
        ("cac nhiem vu an toan thong tin cua phuong", "các nhiệm vụ an toàn thông tin của phường"),
        ("Uy ban nhan dan thanh pho Hai Phong", "Ủy ban nhân dân thành phố Hải Phòng"),
        ("can cu Nghi dinh so 85/2016/ND-CP", "căn cứ Nghị định số 85/2016/NĐ-CP"),
        ("phan bo kinh phi cho chuyen doi so nam 2026", "phân bổ kinh phí cho chuyển đổi số năm 2026"),
        ("CONG HOA XA HOI CHU NGHIA VIET NAM", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ],
)
def test_questions_typed_without_accents(typed, meant):
    assert restored(typed, "accents") == meant


def test_accents_of_a_text():
    found = restore([stripped(line) for line in GOOD])
    pairs = [pair for line, good in zip(found, GOOD, strict=True) for pair in zip(words(line.text), words(good), strict=True)]
    assert sum(a == b for a, b in pairs) >= 0.95 * len(pairs)
    assert all(0 < repair.confidence <= 1 for line in found for repair in line.repairs)


def test_repairs_tell_what_they_replaced():
    line = restore(["ke hoach chuyen doi so nam 2026"], "accents")[0]
    assert [(r.original, r.restored) for r in line.repairs][:2] == [("ke", "kế"), ("hoach", "hoạch")]
    assert all(line.original[r.start : r.end] == r.original for r in line.repairs)
    rebuilt = line.original
    for r in reversed(line.repairs):
        rebuilt = rebuilt[: r.start] + r.restored + rebuilt[r.end :]
    assert rebuilt == line.text


@pytest.mark.parametrize(
    ("read", "meant", "reason"),
    [
        (
            "Uy ban nhan dan thanh phd ban hanh ké hoach chuyén d6i s6",
            "Ủy ban nhân dân thành phố ban hành kế hoạch chuyển đổi số",
            "",
        ),
        ("ting dung céng nghé théng tin", "ứng dụng công nghệ thông tin", "letters merged and split"),
        ("T6 chttc thuc hién nhiém vu dugc giao", "Tổ chức thực hiện nhiệm vụ được giao", "a digit at the end of a word"),
        ("IL. NHIEM VU VA GIAI PHAP", "II. NHIỆM VỤ VÀ GIẢI PHÁP", "a Roman number by rule"),
        ("$6: 12/KH-UBND", "Số: 12/KH-UBND", "the label before a number by rule"),
        ("ung dung cong dan s6 (Smart Hai Phong)", "ứng dụng công dân số (Smart Hai Phong)", "the name of a product"),
        ("cua thanh phd (Hai Phong)", "của thành phố (Hải Phòng)", "a place"),
        ("Nghi dinh s6 85/2016/ND-CP cia Chinh phi", "Nghị định số 85/2016/NĐ-CP của Chính phủ", "the code of a decree by rule"),
    ],
)
def test_text_recognised_as_english(read, meant, reason):
    assert restored(read, "recognition") == meant, reason


@pytest.mark.parametrize(
    "kept",
    [
        "85/2016/NĐ-CP",
        "35 /KH-UBND",
        "57-NQ/TW",
        "30/6/2026",
        "118.500.000",
        "90%",
        "> 75%",
        "3-2-1",
        "CNTT",
        "IOC",
        "http://example.org/van-ban",
        "van.thu@example.org",
        "2025-08-28T16:04:14+0700",
        "b)",
        "I-II/2026",
        "IV",
        "XVI",
        "4.0",
        "5G",
        "12b",
        "5c",
        "1b, 1c",
        "500 m2",
        "7h30",
        "0912 345 678",
        "3713.0.1234567",
        "Office 365",
    ],
)
@pytest.mark.parametrize("mode", ["accents", "recognition"])
def test_what_never_changes(kept, mode):
    for line in (kept, f"thuc hien {kept} theo ke hoach"):
        assert kept in restore([line], mode)[0].text


@pytest.mark.parametrize("mode", ["accents", "recognition"])
def test_roman_numbers_that_read_like_syllables(mode):
    for line, kept in (
        ("VI. TO CHUC THUC HIEN", "VI."),
        ("- Chuong XI cua quy che", "XI"),
        ("Dai hoi lan thu VI cua Dang", "VI"),
        ("phan VI, phan XI", "VI"),
    ):
        assert kept in re.findall(r"[^\W_]+\.?", restore([line], mode)[0].text)
    assert restore(["XU LY VI PHAM HANH CHINH"], mode)[0].text == "XỬ LÝ VI PHẠM HÀNH CHÍNH"


def test_good_foreign_and_short_text_is_returned_as_it_is():
    for lines in (
        GOOD,
        ["Phòng A1"],
        ["Big Data"],
        [],
        [""],
        ["", "  ", "\t"],
        ["The quick brown fox jumps over the lazy dog again and again"],
    ):
        assert [line.text for line in restore(lines)] == list(lines)
        assert not any(line.repairs for line in restore(lines))


def test_good_lines_in_a_bad_text_stay():
    bad = ["Can ctr ké hoach cua Uy ban nhan dan thanh phd vé chuyén d6i s6 va tng dung céng nghé"] * 5
    signature = "Nguyễn Văn Bưởi đã ký lên văn bản này"
    found = restore([*bad, signature])
    assert found[-1].text == signature
    assert found[0].repairs


def test_unknown_mode_is_refused():
    with pytest.raises(ValueError, match="unknown mode"):
        restore(["a"], "magic")


@pytest.mark.parametrize("seed", range(15))
def test_any_noise_keeps_lines_and_numbers(seed):
    """Seeded noise: as many lines out as in, no crash, no number gained, lost or changed."""
    rng = random.Random(seed)
    lines = [stripped(line) for line in GOOD]
    for i, line in enumerate(lines):
        chars = list(line)
        for _ in range(rng.randrange(12)):
            chars[rng.randrange(len(chars))] = rng.choice("é¢€&@$'’|!.,;: \tlítdbw\u0301\ud800 \U0001f600")
        lines[i] = "".join(chars)
    for mode in ("auto", "accents", "recognition"):
        found = restore(lines, mode)
        assert len(found) == len(lines)
        for line, original in zip(found, lines, strict=True):
            assert line.original == nfc(original)
            numbers = r"\d{3,}|\d+%"
            assert re.findall(numbers, line.text) == re.findall(numbers, original)


@pytest.mark.skipif(not PLANS, reason="the real plans of ../shared are not here")
def test_accents_on_real_plans():
    right = total = 0
    for path in PLANS:
        lines = [tone_marks(nfc(line)) for line in path.read_text(encoding="utf-8").split("\n")]
        if judge(lines).kind != "good":
            continue
        for line, original in zip(restore([stripped(line) for line in lines]), lines, strict=True):
            pairs = list(zip(words(line.text), words(original), strict=True))
            right += sum(a == b for a, b in pairs)
            total += len(pairs)
    assert right / total >= 0.975


@pytest.mark.skipif(not PLANS, reason="the real plans of ../shared are not here")
def test_good_plans_do_not_change_and_the_bad_scan_becomes_readable():
    kinds = {}
    for path in PLANS:
        lines = path.read_text(encoding="utf-8").split("\n")
        found = restore(lines)
        kinds[path.stem[:3]] = judge(lines).kind
        if kinds[path.stem[:3]] == "good":
            assert [line.text for line in found] == [nfc(line) for line in lines]
        else:
            after = judge([line.text for line in found])
            assert after.kind == "good"
            assert after.valid >= 0.93
            text = "\n".join(line.text for line in found)
            for phrase in (
                "215/KH-UBND",
                "85/2016/NĐ-CP",
                "09/CT-TTg",
                "II. NỘI DUNG",
                "III. GIẢI PHÁP TRIỂN KHAI",
                "nguồn nhân lực",
            ):
                assert phrase in text
    assert kinds == {"000": "good", "001": "noisy", "002": "good", "003": "good", "004": "good"}


def test_accents_in_the_text_are_kept():
    line = "phong Văn hóa chu tri"
    assert fold(restored(line, "accents")) == fold(line)
    assert "Văn hóa" in restored(line, "accents")
