"""The parts of the restoration: which lines are bad, blanks in the wrong place, wrong accents, numbers and codes, names."""

import random

import pytest

from documents.reading.quality import judge, line_kinds
from documents.restoration import codes
from documents.restoration.repair import Repair, repaired, repaired_again
from documents.restoration.restore import is_misread, restoration_notes, restore, with_accents
from documents.text import fold_same_length

GOOD = (
    "Căn cứ Kế hoạch của thành phố về phát triển chính quyền số và bảo đảm an toàn thông tin mạng;",
    "Ủy ban nhân dân phường giao Văn phòng chủ trì, phối hợp với các phòng chuyên môn theo dõi, đôn đốc;",
    "các trường học, trạm y tế trên địa bàn báo cáo kết quả trước ngày 25 tháng cuối quý.",
)
BAD = (
    "Uy ban nhan dan phuong giao Van phong chu tri, phdi hop v6i cac phong chuyén mén theo d6i;",
    "don dbc viéc thuc hién K& hoach phat trién chinh quyén s6 va bao dam an toan théng tin.",
)


def bare(line: str) -> str:
    return "".join(fold_same_length(c) if c.islower() else fold_same_length(c).upper() for c in line)


def made(line: str, repairs: object) -> str:
    return repaired(line, repairs).text


def test_one_bad_page_is_restored_and_the_rest_stays():
    lines = [*GOOD, "", *BAD, "", *GOOD, *map(bare, GOOD), *GOOD]
    found = restore(lines)
    kinds = line_kinds(lines)
    assert [kinds[0], kinds[4], kinds[-4], kinds[-1]] == ["good", "noisy", "unaccented", "good"]
    assert [line.text for line in found[:4]] == [*GOOD, ""]
    assert found[4].text.startswith("Ủy ban nhân dân phường giao Văn phòng chủ trì, phối hợp với các phòng")
    assert [line.text for line in found[7:10]] == [line.text for line in found[-3:]] == list(GOOD)
    right = sum(a == b for a, b in zip(found[10].text.split(), GOOD[0].split(), strict=True))
    assert right >= 0.9 * len(GOOD[0].split())
    assert is_misread(found)
    assert "đối chiếu bản gốc" in restoration_notes(found)[0]


@pytest.mark.parametrize(
    "line",
    [
        "Bolivia (Tháng 4 1917)\nChina (Tháng 8 1917)\nCosta Rica (Tháng 5 1918)\nPeru (Tháng 12 1917)\nCuba (gồm có Haiti)",
        "Website: www.example.org; Smart City, Open Data, Cloud Computing, Big Data, Blockchain",
        "The committee shall report every quarter on the progress made towards the targets",
        "Đắk Lắk, Kon Tum, Krông Pắc, Cư M'gar, Buôn Ma Thuột, Pleiku, A Lưới, Mường Tè",
        "Mau don de nghi cap lai giay phep so 05.docx",
        "Võ Nguyên Giáp, Trần Thị Hoàng Mai, Nguyễn Ðức Toàn",
        "UBND, HĐND, CNTT, CĐS, ATTT, TTHC, DVCTT, VNeID, IOC",
        "Quý I-II/2026\nQuý III, quý IV năm 2026\nPhần VI\nXI. Điều khoản thi hành\nQuốc hội khóa XVI, kỳ họp thứ 10",
        "mạng 5G, Office 365, Windows 11, điểm 12b khoản 3 Điều 4, mẫu số 1a, 1b, 1c, nguyên tắc 3-2-1, phòng 302 nhà A1",
        "từ 7h30 đến 11h30, điện thoại 0225.3842.111, tài khoản 3713.0.1234567, van.thu@example.org, diện tích 500 m2",
    ],
)
def test_what_stands_in_good_text_and_is_no_damage(line):
    lines = line.split("\n")
    assert [found.text for found in restore([*GOOD, *lines, *GOOD])[3 : 3 + len(lines)]] == lines


def test_old_style_tone_marks_stay():
    line = "Nền hoà bình, hoá đơn, thuỷ lợi, uỷ ban, khoẻ mạnh, toà án, quý báu"
    assert restore([line, *GOOD])[0].text == line


@pytest.mark.parametrize(
    ("line", "meant"),
    [
        ("KHO ẢN 2. Việc chuy ển đổi số th ực hiện theo đi ểm a", "KHOẢN 2. Việc chuyển đổi số thực hiện theo điểm a"),
        ("tr ách nhi ệm c ủa các cơ quan, ng ười dân", "trách nhiệm của các cơ quan, người dân"),
        ("QUY ẾT ĐỊNH phê duyệt", "QUYẾT ĐỊNH phê duyệt"),
        ("chợ lớn ở Hà Nội; đi ăn ở quán; tu ý; bị ốm; lý do", "chợ lớn ở Hà Nội; đi ăn ở quán; tu ý; bị ốm; lý do"),
        ("lắp đặt bêtông, ôtô, đo độ pH và nồng độ axít", "lắp đặt bêtông, ôtô, đo độ pH và nồng độ axít"),
    ],
)
def test_split_syllables(line, meant):
    found = restore([*GOOD, line])[3]
    assert found.text == meant
    assert made(line, found.repairs) == meant


def test_words_that_ran_together_are_parted_where_there_are_many():
    together = "các cơquan quảnlý nhànước thựchiện tổchức kiểmtra"
    parted = "các cơ quan quản lý nhà nước thực hiện tổ chức kiểm tra"
    assert restore([together, *GOOD])[0].text == parted
    one = "các cơ quan kiểmtra"
    assert restore([one, *GOOD])[0].text == one


def test_a_syllable_parted_at_the_end_of_a_line():
    found = restore([*GOOD, "Kế hoạch phát tri-", "ển chính quyền số", "phát triển kinh tế-", "xã hội"])
    assert [line.text for line in found[3:]] == [
        "Kế hoạch phát triển",
        "chính quyền số",
        "phát triển kinh tế-",
        "xã hội",
    ]


MISREAD = (
    "Căn cứ kế hoạch cúa thành phố về chuyến đối số và kiếm tra việc bố sung dứ liệu,",
    "các phòng chuyên môn phố biến cho cán bộ, công chức; kiếm soát thú tục hành chính;",
    "báo đám an toàn thông tín, nâng cao hiệu quá và tống hợp kết quả thực hiện.",
)


def test_wrong_accents_of_a_bad_page():
    found = restore(MISREAD)
    text = " ".join(line.text for line in found)
    for phrase in (
        "chuyển đổi số",
        "kiểm tra",
        "bổ sung dữ liệu",
        "phổ biến",
        "kiểm soát thủ tục",
        "bảo đảm",
        "hiệu quả và tổng hợp",
    ):
        assert phrase in text
    assert all(0.5 < repair.confidence <= 1 for line in found for repair in line.repairs)


def test_single_slips_of_a_good_text_are_the_writers_own():
    lines = [*GOOD * 8, "Chi thị về chuyền đổi số"]
    assert [line.text for line in restore(lines)] == lines


@pytest.mark.parametrize(
    ("line", "meant", "reason"),
    [
        ("Kế hoạch số 2l5/KH-UBND", "215/KH-UBND", "l between digits of a serial number"),
        ("Nghị định 85/2O16/NĐ-CP", "85/2016/NĐ-CP", "O in the year of a number"),
        ("Nghị quyết số 5O-NQ/TW", "50-NQ/TW", "party numbers"),
        ("ngày 28/8/2O25", "28/8/2025", "a day that the calendar has"),
        ("ngày 3l/02/2025", "3l/02/2025", "a day that it has not: who knows what was meant"),
        ("đạt 1OO% hồ sơ", "100%", "only digits stand before a percent sign"),
        ("kinh phí 1.5OO.000 đồng", "1.5OO.000", "amounts stay as they are"),
        ("I/KH-UBND", "I/KH-UBND", "no digit at all"),
        ("Phụ lục IO", "Phụ lục IO", "no number of a document"),
        ("đường QL10, nhà A1O", "QL10, nhà A1O", "names with digits"),
        ("Quý I-II/2026", "Quý I-II/2026", "Roman quarters are no day and month"),
        ("II-III-2026", "II-III-2026", "nor are they with hyphens"),
        ("I.I.2026", "I.I.2026", "nor with points"),
        ("ngày l5-10/2026", "ngày l5-10/2026", "a date has the same sign twice"),
        ("ngày 2l/1O/2026", "ngày 21/10/2026", "a date of the calendar"),
    ],
)
def test_letters_among_digits(line, meant, reason):
    assert meant in made(line, codes.misread_digits(line)), reason


@pytest.mark.parametrize(
    ("line", "meant", "reason"),
    [
        ("Nghi dinh 85/2016/ND-CP", "Nghi dinh 85/2016/NĐ-CP", "a code listed only with Đ"),
        ("12-HD/BTGTW", "12-HD/BTGTW", "HD is the code of Hướng dẫn"),
        ("HDND, UBND, LDTBXH", "HĐND, UBND, LĐTBXH", "abbreviations of four letters and more"),
        ("PGD, DTC, CDS", "PGD, DTC, CDS", "short ones mean other things as well"),
        ("12/QD-UBND", "12/QĐ-UBND", "a code inside a number"),
    ],
)
def test_codes_with_d(line, meant, reason):
    assert made(line, codes.codes_with_d(line)) == meant, reason


@pytest.mark.parametrize(
    ("line", "meant", "reason"),
    [
        ("IL. NOI DUNG", "II. NOI DUNG", "only I looks like it"),
        ("ll. Noi dung", "ll. Noi dung", "may as well be 11"),
        ("l. Muc tieu", "l. Muc tieu", "may as well be 1"),
        ("l. MUC TIEU", "I. MUC TIEU", "parts have capitals"),
        ("VI. TO CHUC", "VI. TO CHUC", "is right"),
    ],
)
def test_numbers_of_parts(line, meant, reason):
    assert made(line, codes.labels(line)) == meant, reason


def test_abbreviations_with_figures_for_letters():
    for line, meant in (("(I0C)", "(IOC)"), ("trợ lý ảo (Al)", "trợ lý ảo (AI)"), ("10T hàng, A1, H0", "10T hàng, A1, H0")):
        assert made(line, codes.misread_abbreviations(line)) == meant


@pytest.mark.parametrize("seed", range(10))
def test_numbers_next_to_errors_stay(seed):
    """In badly recognised text no number becomes another one, whatever stands around it."""
    rng = random.Random(seed)
    numbers = [str(rng.choice((3, 5, 7, 12, 25, 90, 2025, 118))) for _ in range(6)]
    lines = [
        f"Chi tiéu {numbers[0]}% hd so dugc xir ly truc tuyén; phdi hop trong {numbers[1]} thang cudi nam;",
        f"kinh phi {numbers[2]} triéu dong theo khoan {numbers[3]} Diéu {numbers[4]} Nghi dinh {numbers[5]}/2016/ND-CP",
        "giao Van phong chu tri, bao cdo két qua v6i Uy ban nhan dan phuong trudc ngay 6 thang 9 nam 2025",
    ]
    found = restore(lines, "recognition")
    for line, original in zip(found, lines, strict=True):
        digits = [word for word in original.replace("%", " ").replace("/", " ").split() if word.strip(";.").isdigit()]
        shown = line.text.replace("%", " ").replace("/", " ").split()
        assert [word for word in shown if word.strip(";.").isdigit()] == digits


def test_a_word_read_as_a_number():
    found = restore([*BAD, "Day 14 mot trong nhung nhiém vu quan trong cua phuong"], "recognition")
    assert "Đây là một trong những nhiệm vụ" in found[-1].text


def test_the_name_that_the_same_text_shows_elsewhere():
    letterhead = "UY BAN NHAN DAN PHUONG DUONG KINH"
    signed = "Ủy ban nhân dân phường Dương Kinh đã ký lên văn bản này"
    assert restore([letterhead, *BAD, signed], "recognition")[0].text == "ỦY BAN NHÂN DÂN PHƯỜNG DƯƠNG KINH"


def test_questions_get_the_terms_of_the_field():
    found = with_accents("nhiem vu an toan thong tin cap phuong")
    assert found.text == "nhiệm vụ an toàn thông tin cấp phường"
    assert all(0 < repair.confidence <= 1 for repair in found.repairs)
    assert with_accents("nhiệm vụ của Văn phòng").text == "nhiệm vụ của Văn phòng"


def test_repairs_of_repairs_are_told_of_the_original():
    first = repaired("kho ản 2l5 chuyễn", [Repair(0, 6, "kho ản", "khoản", 0.9), Repair(7, 10, "2l5", "215", 0.95)])
    both = repaired_again(first, [Repair(10, 16, "chuyễn", "chuyển", 0.8), Repair(0, 5, "khoản", "Khoản", 0.7)])
    assert both.text == "Khoản 215 chuyển"
    assert [(r.original, r.restored, r.confidence) for r in both.repairs] == [
        ("kho ản", "Khoản", 0.7),
        ("2l5", "215", 0.95),
        ("chuyễn", "chuyển", 0.8),
    ]
    assert all(both.original[r.start : r.end] == r.original for r in both.repairs)
    assert repaired(both.original, both.repairs).text == both.text


@pytest.mark.parametrize(
    ("lines", "kind"),
    [
        (["Céng hßa x· héi chñ nghÜa ViÖt Nam §éc lËp - Tù do - H¹nh phóc"], "legacy"),
        (["Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam"], "legacy"),
        (["Nghá»‹ quyáº¿t sá»‘ 57 vá» chuyá»ƒn Ä‘á»•i sá»‘"], "legacy"),
        (GOOD, "good"),
    ],
)
def test_pages_in_old_fonts_are_told(lines, kind):
    assert judge(lines).kind == kind


def test_split_syllables_are_counted():
    assert judge(["tr ách nhi ệm th ực hiện c ủa KHO ẢN"]).split > 0.3
    assert judge(GOOD).split == 0
