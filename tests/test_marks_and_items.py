"""Marks, joined lines and sections: each row is a phenomenon of real files with the reason why it must come out so."""

from __future__ import annotations

import pytest

from documents.structure.item import items
from documents.structure.mark import mark_of, roman_value
from documents.understand import understand

MARKS = [
    # text, kind, number, rest, reason
    ("II. NHIỆM VỤ", "roman", "II", "NHIỆM VỤ", "the part of a plan"),
    ("1. Hạ tầng số", "number", "1", "Hạ tầng số", "a numbered heading"),
    ("6.2. Định kỳ sao lưu", "number2", "6.2", "Định kỳ sao lưu", "two levels"),
    ("7.1.3 Kết nối", "number3", "7.1.3", "Kết nối", "three levels without a last stop"),
    ("a) Kết quả đạt được", "point", "a", "Kết quả đạt được", "a point"),
    ("đ) Hệ thống khác", "point", "đ", "Hệ thống khác", "đ is a letter of the Vietnamese order"),
    ("a, Kết quả:", "point", "a", "Kết quả:", "offices write a comma for the bracket"),
    ("- Rà soát văn bản", "dash", None, "Rà soát văn bản", "a bullet"),
    ("-Rà soát văn bản", "dash", None, "Rà soát văn bản", "no blank behind the dash"),
    ("+ Đơn vị chủ trì: Văn phòng", "plus", None, "Đơn vị chủ trì: Văn phòng", "a sub-bullet"),
    (
        "- + Đơn vị chủ trì: Văn phòng",
        "plus",
        None,
        "Đơn vị chủ trì: Văn phòng",
        "a trace of list conversion: the inner mark counts",
    ),
    ("- 4. Đảm bảo an toàn", "number", "4", "Đảm bảo an toàn", "a numbered heading that became a bullet"),
    ("Điều 15. Thẩm quyền", "article", "15", "Thẩm quyền", "an article"),
    ("Phần II", "part", "II", "", "a part, title on the next line"),
    ("PHỤ LỤC: DANH MỤC NHIỆM VỤ", "appendix", None, "DANH MỤC NHIỆM VỤ", "an annex without number"),
    ("Phụ lục I", "appendix", "I", "", "an annex with number"),
    (
        "Phụ lục II ban hành kèm theo Quyết định",
        None,
        None,
        "Phụ lục II ban hành kèm theo Quyết định",
        "a reference in a sentence",
    ),
    ("Phần mềm quản lý văn bản", None, None, "Phần mềm quản lý văn bản", "phần mềm is a word"),
    ("100% hồ sơ được số hóa", None, None, "100% hồ sơ được số hóa", "a percentage is no number of a list"),
    ("1. 100% hồ sơ được số hóa", "number", "1", "100% hồ sơ được số hóa", "a number before a percentage"),
    ("1.200 hồ sơ được số hóa", None, None, "1.200 hồ sơ được số hóa", "thousands are no number of a list"),
    ("2.1- Ban hành chính sách", "number2", "2.1", "Ban hành chính sách", "the Party's dash behind a number of two levels"),
    ("28/8/2025 là hạn cuối", None, None, "28/8/2025 là hạn cuối", "a date is no mark"),
    ("- 100% hồ sơ được số hóa", "dash", None, "100% hồ sơ được số hóa", "a bullet that begins with a percentage"),
    ("Công khai kết quả", None, None, "Công khai kết quả", "a capital C is no Roman hundred"),
]


@pytest.mark.parametrize(("text", "kind", "number", "rest", "reason"), MARKS, ids=[m[4] for m in MARKS])
def test_mark(text: str, kind: str | None, number: str | None, rest: str, reason: str) -> None:
    mark, left = mark_of(text)
    assert (mark.kind if mark else None, mark.number if mark else None, left) == (kind, number, rest), reason


@pytest.mark.parametrize(
    ("number", "value"), [("I", 1), ("IV", 4), ("IX", 9), ("XIV", 14), ("XVIII", 18), ("XL", 40), ("", None), ("A", None)]
)
def test_roman_value(number: str, value: int | None) -> None:
    assert roman_value(number) == value


JOINS = [
    (["Rà soát các văn bản của Ủy ban", "", "nhân dân phường."], 1, "a sentence cut by a blank line goes on in small letters"),
    (["Rà soát các văn bản về", "", "Ngày Chuyển đổi số."], 1, "'về' wants another word, even a capital one"),
    (["Rà soát các văn bản.", "Ban hành quy chế."], 2, "two sentences on two lines are two paragraphs"),
    (["- Rà soát, bổ sung,", "", "4", "", "ban hành quy chế."], 1, "a page number between the halves of a sentence"),
    (["- Rà soát", "- Ban hành"], 2, "each bullet is its own"),
    (["Kế hoạch số", "12-KH/TU ngày 01/8/2025"], 1, "'số' at the end of a line wants its number"),
    (["Quyết định số 749/QĐ-", "TTg ngày 03/6/2020"], 1, "a number broken at its hyphen"),
    (["-----", "Nội dung"], 1, "a ruled line is nothing"),
    (["1\tViệc một", "2\tViệc hai"], 2, "rows are never joined"),
]


@pytest.mark.parametrize(("lines", "count", "reason"), JOINS, ids=[j[2] for j in JOINS])
def test_items_join_lines(lines: list[str], count: int, reason: str) -> None:
    assert len(items(lines)) == count, reason


def test_a_number_broken_at_its_hyphen_is_whole_again() -> None:
    (item,) = items(["Quyết định số 749/QĐ-", "TTg ngày 03/6/2020"])
    assert "749/QĐ-TTg" in item.text
    assert item.lines == (1, 2)
    assert item.line_at(item.text.index("ngày")) == 2


def test_a_bullet_that_begins_with_a_figure_is_no_rest_of_a_number() -> None:
    """A heading may end with "số", and the bullet below it begins with a percentage."""
    assert len(items(["2.1. Về hạ tầng số", "", "- 100 % cán bộ được trang bị máy tính.", "- 80% hộ có Internet."])) == 3


def test_full_lines_of_a_wrapped_page_join_before_a_capital() -> None:
    """At the page's width a line that ends full goes on, although the next word is a name."""
    full = "Phối hợp với các cơ quan, đơn vị liên quan của thành phố triển khai nền tảng tại Lạc"
    lines = []
    for n in range(8):
        lines += [f"- {full}", f"Hải trong năm 202{n}."]
    assert len(items(lines)) == 8


PLAN = [
    "ỦY BAN NHÂN DÂN",
    "PHƯỜNG BẾN MƠ",
    "",
    "Số: 7/KH-UBND",
    "Bến Mơ, ngày 9 tháng 3 năm 2026",
    "",
    "KẾ HOẠCH",
    "Chuyển đổi số phường Bến Mơ năm 2026",
    "",
    "I. MỤC TIÊU",
    "- Đạt tối thiểu 80% hồ sơ nộp trực tuyến.",
    "II. NHIỆM VỤ",
    "1. Hạ tầng số",
    "- Nâng cấp mạng nội bộ của phường.",
    "2. An toàn thông tin",
    "2.1. Xây dựng hồ sơ đề xuất cấp độ cho các hệ thống.",
    "2.2. Sao lưu dữ liệu định kỳ ra thiết bị ngoài.",
    "III. TỔ CHỨC THỰC HIỆN",
    "1. Văn phòng HĐND và UBND",
    "- Theo dõi, đôn đốc việc thực hiện.",
    "",
]


FULL = "- Nâng cấp mạng nội bộ, thay thế thiết bị hỏng của các phòng, ban, đơn vị."
GOES_ON = [
    ("Duy trì hệ thống thư điện tử của phường.", 1, "a sentence that begins below a bullet's full line"),
    ("- Duy trì hệ thống thư điện tử của phường.", 2, "a new bullet"),
    ("Căn cứ Luật An toàn thông tin mạng;", 2, "a word that begins a paragraph"),
    ("II. TỔ CHỨC THỰC HIỆN", 2, "a heading"),
]


@pytest.mark.parametrize(("line", "count", "reason"), GOES_ON, ids=[x[2] for x in GOES_ON])
def test_what_stands_below_a_bullets_full_line(line: str, count: int, reason: str) -> None:
    wrapped = ["Tập trung nguồn lực để hoàn thành các chỉ tiêu quan trọng đã đề ra,"] * 12
    assert len(items([*wrapped, "", FULL, line])) == 1 + count, reason


def test_sections_have_paths_roles_and_ranges() -> None:
    document = understand(PLAN, "plan.txt", "0")
    found = {s.path: (s.role, s.lines) for s in document.sections}
    assert found["II.1"] == ("tasks", (13, 14))
    assert found["II.2"] == ("tasks", (15, 17))
    assert found["III.1"] == ("responsibilities", (19, 20))
    assert found["I"][0] == "targets"


def test_a_numbered_line_with_nothing_below_is_a_duty_not_a_heading() -> None:
    document = understand(PLAN, "plan.txt", "0")
    assert [(t.section, t.lines) for t in document.tasks if t.section == "II.2"] == [("II.2", (16, 16)), ("II.2", (17, 17))]


def test_a_paragraph_has_an_end():
    found = items(["và các"] * 9000)
    assert len(found) > 1, "joining without end takes time that grows with the square of the lines"
    assert [line for item in found for line in range(item.lines[0], item.lines[1] + 1)] == list(range(1, 9001))


def test_the_line_of_an_offset():
    item = items(["Kế hoạch này được ban hành", "để thực hiện nghị quyết", "của Đảng bộ"])[0]
    assert [item.line_at(item.text.index(word)) for word in ("Kế", "hành", "để", "quyết", "của", "bộ")] == [1, 1, 2, 2, 3, 3]
