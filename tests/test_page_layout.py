"""From words with places to lines: columns, tables, what is no text, tables over pages, hanging marks."""

from __future__ import annotations

from dataclasses import replace

import numpy
import pytest

from documents.reading.page_cells import cell_text
from documents.reading.page_furniture import Page, without_furniture
from documents.reading.page_joining import source_text
from documents.reading.page_layout import page_lines
from documents.reading.page_lines import BLANK, Line, Word, lines_of
from documents.reading.ruling import Rule, Rules, ruled_tables, rules_of
from documents.reading.source_text import table_row
from documents.structure.aligned import with_tabs

HEIGHT = 10.0


def words(x: float, y: float, text: str, wide: float = 5.0, blank: float = 4.0) -> list[Word]:
    """The words of a line that begins at ``x`` with its top at ``y``: letters ``wide``, blanks ``blank`` points."""
    found = []
    for word in text.split():
        found.append(Word(word, (x, y, x + wide * len(word), y + HEIGHT)))
        x += wide * len(word) + blank
    return found


def texts(lines: list[Line]) -> list[str]:
    return [line.text for line in lines]


LETTERHEAD = [
    *words(60, 50, "ỦY BAN NHÂN DÂN"),
    *words(300, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    *words(60, 66, "PHƯỜNG BẾN TRÚC"),
    *words(330, 66, "Độc lập - Tự do - Hạnh phúc"),
    *words(80, 90, "Số: 12/KH-UBND"),
    *words(320, 90, "Bến Trúc, ngày 14 tháng 01 năm 2026"),
]
BODY = [
    *words(250, 130, "KẾ HOẠCH"),
    *words(100, 160, "Thực hiện Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành"),
    *words(60, 176, "phố về chuyển đổi số năm 2026, Ủy ban nhân dân phường ban hành Kế hoạch này."),
]


def test_letterhead_is_read_column_by_column() -> None:
    assert texts(lines_of([*BODY, *LETTERHEAD])) == [
        "ỦY BAN NHÂN DÂN",
        "PHƯỜNG BẾN TRÚC",
        "Số: 12/KH-UBND",
        "",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Bến Trúc, ngày 14 tháng 01 năm 2026",
        "",
        "KẾ HOẠCH",
        "",
        "Thực hiện Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành",
        "phố về chuyển đổi số năm 2026, Ủy ban nhân dân phường ban hành Kế hoạch này.",
    ]


def test_columns_that_nearly_meet_are_parted_where_the_others_are() -> None:
    near = [*words(60, 50, "ỦY BAN NHÂN DÂN THÀNH PHỐ LẠC"), *words(222, 50, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")]
    below = [*words(110, 66, "HẢI"), *words(260, 66, "Độc lập - Tự do - Hạnh phúc")]
    assert texts(lines_of([*near, *below]))[:2] == ["ỦY BAN NHÂN DÂN THÀNH PHỐ LẠC", "HẢI"]


def test_recipients_and_signature_come_one_after_the_other() -> None:
    found = texts(
        lines_of(
            [
                *words(60, 40, "Trên đây là Kế hoạch của phường, yêu cầu các phòng thực hiện nghiêm túc, đúng hạn./."),
                *words(60, 80, "Nơi nhận:"),
                *words(340, 80, "TM. ỦY BAN NHÂN DÂN"),
                *words(60, 96, "- Sở Khoa học và Công nghệ;"),
                *words(370, 96, "CHỦ TỊCH"),
                *words(60, 112, "- Lưu: VT."),
                *words(360, 180, "Lê Thị Ngọc Diệp"),
            ]
        )
    )
    assert [t for t in found if t] == [
        "Trên đây là Kế hoạch của phường, yêu cầu các phòng thực hiện nghiêm túc, đúng hạn./.",
        "Nơi nhận:",
        "- Sở Khoa học và Công nghệ;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Lê Thị Ngọc Diệp",
    ]


def test_justified_lines_are_not_columns() -> None:
    spread = [
        *words(60, 50, "Sở Nội vụ chủ trì bồi dưỡng kỹ năng", blank=18),
        *words(60, 66, "cho công chức phường, xã trong năm 2026", blank=4),
    ]
    assert texts(lines_of(spread)) == ["Sở Nội vụ chủ trì bồi dưỡng kỹ năng", "cho công chức phường, xã trong năm 2026"]


@pytest.mark.parametrize(
    ("marks", "reason"),
    [
        (("I.", "1.", "a)"), "numbers of three depths"),
        (("1.1.", "1.2", "đ)"), "numbers of parts of parts"),
        (("-", "+", "•"), "bullets"),
        (("l.", "œ", "e"), "marks that recognition misread"),
    ],
)
def test_marks_in_hanging_position_stay_with_their_paragraphs(marks: tuple[str, ...], reason: str) -> None:
    shown = []
    for n, mark in enumerate(marks):
        shown += words(60, 50 + 32 * n, mark)
        shown += words(110, 50 + 32 * n, "Phòng Văn hóa - Xã hội rà soát máy tính của công chức và báo cáo")
        shown += words(110, 66 + 32 * n, "kết quả trước ngày 30 tháng 6.")
    found = [t for t in texts(lines_of(shown)) if t]
    assert [t.split()[0] for t in found[::2]] == list(marks), reason
    assert found[1::2] == ["kết quả trước ngày 30 tháng 6."] * 3


@pytest.mark.parametrize(
    ("read", "meant"),
    [("\uf0b7", "-"), ("◆", "-"), (":", "-"), ("ˆ", "-"), ("“", "-"), ("2,", "2."), ("•", "•"), ("a)", "a)"), ("Số", "Số")],
)
def test_hanging_marks_are_written_as_marks_are(read: str, meant: str) -> None:
    found = texts(lines_of([*words(60, 50, read), *words(90, 50, "Rà soát máy tính của công chức")]))
    assert found == [f"{meant} Rà soát máy tính của công chức"]
    near = texts(lines_of([*words(60, 50, read), *words(60 + 5 * len(read) + 4, 50, "Rà soát máy tính")]))
    assert near == [f"{read} Rà soát máy tính"]


def test_numbers_of_rows_are_told_by_the_page_before() -> None:
    head, tail = rows(1, HEAD, ("6", "Rà soát", "Sở"), ("7", "Thay thế", "Sở")), rows(2, ("II", "Đào tạo", "Sở"))
    assert source_text([head, tail], "pdf", recognised=(1, 2)).lines[-1] == "| 8 | Đào tạo | Sở |"
    assert source_text([head, tail], "pdf").lines[-1] == "| II | Đào tạo | Sở |"  # a typed number stands as it is


def test_marks_behind_a_tab_are_no_columns_below_a_letterhead() -> None:
    hanging = [
        *words(60, 200, "-"),
        *words(100, 200, "Đơn vị chủ trì: Công an phường."),
        *words(60, 216, "2."),
        *words(100, 216, "Mục sau"),
    ]
    found = texts(lines_of([*LETTERHEAD, *BODY, *hanging]))
    assert found[:3] == ["ỦY BAN NHÂN DÂN", "PHƯỜNG BẾN TRÚC", "Số: 12/KH-UBND"]
    assert found[-2:] == ["- Đơn vị chủ trì: Công an phường.", "2. Mục sau"]


def rules(x: list[float], y: list[float]) -> Rules:
    """The ruling lines of a table with all its borders."""
    return Rules(tuple(Rule(at, x[0], x[-1]) for at in y), tuple(Rule(at, y[0], y[-1]) for at in x))


def test_rows_of_a_ruled_table_are_lines_with_its_cells() -> None:
    shown = [
        *words(60, 40, "Danh mục nhiệm vụ:"),
        *words(63, 103, "TT"),
        *words(93, 103, "Nhiệm vụ"),
        *words(303, 103, "Chủ trì"),
        *words(63, 131, "1"),
        *words(93, 125, "Rà soát máy tính"),
        *words(93, 137, "của công chức"),
        *words(303, 131, "Văn phòng"),
        *words(60, 180, "Ghi chú dưới bảng."),
    ]
    found = page_lines(shown, rules([60, 90, 300, 500], [100, 120, 150]), 72)
    assert [t for t in texts(found) if t] == [
        "Danh mục nhiệm vụ:",
        "| TT | Nhiệm vụ | Chủ trì |",
        "| 1 | Rà soát máy tính của công chức | Văn phòng |",
        "Ghi chú dưới bảng.",
    ]
    assert [line.table for line in found if line.cells] == [0, 0]


def test_a_frame_around_text_is_no_table() -> None:
    assert ruled_tables(rules([60, 500], [100, 200]), 72) == ()


def test_a_cell_over_several_rows_is_repeated_beside_rows_of_their_own_number() -> None:
    across = [Rule(at, 60, 500) for at in (100, 120, 160)] + [Rule(140, 60, 300)]
    down = [Rule(at, 100, 160) for at in (60, 90, 300, 500)]
    shown = [
        *words(63, 103, "TT"),
        *words(93, 103, "Nhiệm vụ"),
        *words(303, 103, "Chủ trì"),
        *words(63, 123, "1"),
        *words(93, 123, "Rà soát"),
        *words(63, 143, "2"),
        *words(93, 143, "Thay thế"),
        *words(303, 133, "Văn phòng"),
    ]
    assert texts(page_lines(shown, Rules(tuple(across), tuple(down)), 72))[1:] == [
        "| 1 | Rà soát | Văn phòng |",
        "| 2 | Thay thế | Văn phòng |",
    ]


def test_ruling_lines_are_found_on_a_picture_and_rows_of_letters_are_not() -> None:
    picture = numpy.full((400, 600), 255, dtype=numpy.uint8)
    for y in (100, 150, 200):
        picture[y : y + 2, 50:550] = 0
    for x in (50, 300, 548):
        picture[100:202, x : x + 2] = 0
    for x in range(60, 540, 9):  # letters: short strokes side by side
        picture[300:320, x : x + 8] = 0
    found = rules_of(picture, 150)
    assert [round(r.at) for r in found.across] == [100, 150, 200]
    assert [round(r.at) for r in found.down] == [50, 300, 548]
    (table,) = ruled_tables(found, 150)
    assert (table.rows, table.columns) == (2, 2)


def page(number: int, *shown: tuple[float, str]) -> Page:
    """A page 800 points high with lines at these heights."""
    return Page(number, tuple(Line(text, (60, y, 60 + 5 * len(text), y + HEIGHT)) for y, text in shown), 800)


@pytest.mark.parametrize(
    ("shown", "kept", "apart"),
    [
        ([(30, "2"), (200, "- Rà soát."), (400, "2")], ["- Rà soát.", "2"], ["2"]),  # a number in the margin only
        ([(30, "- 3 -"), (200, "Nội dung")], ["Nội dung"], ["- 3 -"]),
        ([(770, "Trang 2/5"), (200, "Nội dung")], ["Nội dung"], ["Trang 2/5"]),
        ([(30, "1. Mục tiêu"), (200, "Nội dung")], ["1. Mục tiêu", "Nội dung"], []),  # a heading at the top of a page stays
    ],
)
def test_page_numbers_are_left_out(shown: list[tuple[float, str]], kept: list[str], apart: list[str]) -> None:
    pages, left_out = without_furniture([page(1, *shown)])
    assert (texts(list(pages[0].lines)), left_out) == (kept, apart)


def test_headers_that_pages_repeat_are_left_out() -> None:
    pages = [page(n, (30, f"CÔNG BÁO/Số {n}"), (200, f"Nội dung {n}")) for n in range(1, 5)]
    found, apart = without_furniture(pages)
    assert [texts(list(p.lines)) for p in found] == [[f"Nội dung {n}"] for n in range(1, 5)]
    assert apart == [f"CÔNG BÁO/Số {n}" for n in range(1, 5)]


@pytest.mark.parametrize(
    ("heights", "kept", "reason"),
    [
        ((770, 770), 0, "two lines alike at one height are a footer, whatever the other pages show"),
        ((770, 740), 2, "two sentences alike at the ends of pages of different length are text"),
        ((770,), 1, "a line that stands once is text"),
    ],
)
def test_footers_stand_at_one_height(heights: tuple[int, ...], kept: int, reason: str) -> None:
    foot = "Kế hoạch năm 2026 - lưu hành nội bộ"
    pages = [page(n, (200, f"Nội dung {n}"), *([(heights[n], foot)] if n < len(heights) else [])) for n in range(5)]
    found, _ = without_furniture(pages)
    assert sum(foot in texts(list(p.lines)) for p in found) == kept, reason


@pytest.mark.parametrize(
    ("lines", "apart"),
    [
        (
            [
                "Người ký: Ủy ban nhân dân phường Bến Trúc",
                "Cơ quan: Thành phố Lạc Hải",
                "Thời gian ký: 14.01.2026 10:20:11 +07:00",
            ],
            3,
        ),
        (["Ký bởi: Văn phòng", "Ngày ký: 14/01/2026"], 2),
        (["Cơ quan: Văn phòng", "Đơn vị: Phòng Văn hóa"], 0),  # labels of a task; nothing says who signed
        (["Ngày ký: 14/01/2026"], 0),  # one field alone may be a sentence of the text
    ],
)
def test_stamps_of_digital_signatures_are_left_out(lines: list[str], apart: int) -> None:
    shown = [(200 + 12 * n, text) for n, text in enumerate(lines)]
    pages, left_out = without_furniture([page(1, (100, "Kế hoạch năm 2026"), *shown, (600, "Nội dung"))])
    assert len(left_out) == apart
    assert len(pages[0].lines) == 2 + len(lines) - apart


def rows(number: int, *cells: tuple[str, ...]) -> Page:
    """A page that is a table."""
    lines = tuple(Line(table_row(row), (60, 100 + 20 * n, 500, 118 + 20 * n), row, 0) for n, row in enumerate(cells))
    return Page(number, lines, 800)


HEAD = ("TT", "Nhiệm vụ", "Chủ trì")


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        (
            (HEAD, ("2", "Thay thế", "Văn phòng")),
            ["| TT | Nhiệm vụ | Chủ trì |", "| 1 | Rà soát máy | Văn phòng |", "| 2 | Thay thế | Văn phòng |"],
        ),
        (
            (("", "tính của công chức", ""), ("2", "Thay thế", "")),
            ["| TT | Nhiệm vụ | Chủ trì |", "| 1 | Rà soát máy tính của công chức | Văn phòng |", "| 2 | Thay thế |  |"],
        ),
    ],
    ids=["headings are repeated", "a row is cut"],
)
def test_tables_go_on_over_pages(second: tuple[tuple[str, ...], ...], expected: list[str]) -> None:
    found = source_text([rows(1, HEAD, ("1", "Rà soát máy", "Văn phòng")), rows(2, *second)], "pdf")
    assert list(found.lines) == expected
    assert found.tables == ((1, 3),)
    assert found.pages == (1, 1, 2)


SPAN = ("TT", "Nhiệm vụ", "Cơ quan thực hiện", "", "Sản phẩm")
BELOW = ("", "", "Chủ trì", "Phối hợp", "")
FIRST = ("1", "Rà soát máy", "Công an phường", "Văn phòng", "Báo cáo")


@pytest.mark.parametrize(
    ("second", "expected", "reason"),
    [
        (
            (SPAN, BELOW, ("2", "Thay thế", "Văn phòng", "", "Kế hoạch")),
            ["| 2 | Thay thế | Văn phòng |  | Kế hoạch |"],
            "both rows of the headings come again",
        ),
        (
            (SPAN, ("", "", "Chủ trì Phối hợp", "", ""), ("", "tính bảng", "", "", ""), ("2", "Thay thế", "", "", "")),
            ["| 1 | Rà soát máy tính bảng | Công an phường | Văn phòng | Báo cáo |", "| 2 | Thay thế |  |  |  |"],
            "a border was not found, and a cut row goes on below the headings",
        ),
        (
            (SPAN, ("", "chủ trì phối hợp với công an", "", "", "")),
            ["| 1 | Rà soát máy chủ trì phối hợp với công an | Công an phường | Văn phòng | Báo cáo |"],
            "the rest of a row that says more than headings is none",
        ),
        (
            (("2", "Chủ trì", "Phối hợp", "", ""),),
            ["| 2 | Chủ trì | Phối hợp |  |  |"],
            "a row with a number is no heading",
        ),
    ],
)
def test_headings_in_two_rows_that_pages_repeat(second: tuple[tuple[str, ...], ...], expected: list[str], reason: str) -> None:
    found = source_text([rows(1, SPAN, BELOW, FIRST), rows(2, *second)], "pdf")
    assert list(found.lines)[-len(expected) :] == expected, reason
    assert sum("Sản phẩm" in line for line in found.lines) == 1, reason


def test_a_cell_over_the_end_of_a_page_applies_to_its_rows_on_the_next() -> None:
    first, second = rows(1, HEAD, ("1", "Rà soát", "Văn phòng")), rows(2, HEAD, *((n, "Việc", "") for n in "2345"))
    merged = [replace(line, spanned=frozenset({2}) if n in (1, 2) else frozenset()) for n, line in enumerate(second.lines)]
    found = source_text([first, replace(second, lines=tuple(merged))], "pdf")
    assert [line.split(" | ")[-1] for line in found.lines[2:]] == ["Văn phòng |", "Văn phòng |", " |", " |"]


def test_columns_that_one_page_lacks_are_those_of_the_other() -> None:
    first = [replace(line, edges=(0.1, 0.5, 0.7)) for line in rows(1, (*HEAD, "Hạn"), ("1", "Rà soát", "Sở", "Quý I")).lines]
    second = rows(2, ("2", "Thay thế", "Quý II"))
    same = replace(second, lines=tuple(replace(line, edges=(0.1, 0.702)) for line in second.lines))
    other = replace(second, lines=tuple(replace(line, edges=(0.3, 0.702)) for line in second.lines))
    shown = Page(1, tuple(first), 800)
    assert source_text([shown, same], "pdf").lines[-1] == "| 2 | Thay thế |  | Quý II |"
    assert source_text([shown, other], "pdf").lines[-1] == "| 2 | Thay thế | Quý II |"
    reversed_pages = source_text([Page(1, same.lines, 800), Page(2, tuple(first[1:]), 800)], "pdf")
    assert reversed_pages.lines == ("| 2 | Thay thế |  | Quý II |", "| 1 | Rà soát | Sở | Quý I |")


def test_a_low_row_of_headings_keeps_its_columns_where_its_border_is_too_short() -> None:
    down = [Rule(at, 100, 180) for at in (60, 90, 200, 400)] + [Rule(300, 150, 180)]
    across = [Rule(at, 60, 400) for at in (100, 150, 180)] + [Rule(125, 200, 400)]
    shown = [
        *words(63, 103, "TT"),
        *words(93, 103, "Nhiệm vụ"),
        *words(240, 103, "Cơ quan thực hiện công việc"),
        *words(230, 130, "Chủ trì"),
        *words(320, 130, "Phối hợp"),
        *words(63, 160, "1"),
        *words(93, 160, "Rà soát"),
        *words(203, 160, "Công an"),
        *words(303, 160, "Văn phòng"),
    ]
    assert texts(page_lines(shown, Rules(tuple(across), tuple(down)), 72)) == [
        "| TT | Nhiệm vụ | Cơ quan thực hiện công việc |  |",
        "|  |  | Chủ trì | Phối hợp |",
        "| 1 | Rà soát | Công an | Văn phòng |",
    ]


@pytest.mark.parametrize(
    ("shown", "expected"),
    [
        (["Phòng Văn hóa - Xã hội", "Công an phường"], "Phòng Văn hóa - Xã hội; Công an phường"),
        (["Phòng Kinh tế, Hạ tầng", "và Đô thị;", "Trạm Y tế"], "Phòng Kinh tế, Hạ tầng và Đô thị; Trạm Y tế"),
        (["Công an phường,", "Trạm Y tế"], "Công an phường, Trạm Y tế"),  # already parted
        (["Văn phòng", "HĐND và UBND phường"], "Văn phòng HĐND và UBND phường"),  # one name that wraps
        (["Văn phòng HĐND và", "UBND phường"], "Văn phòng HĐND và UBND phường"),
        (["Công an phường; Sở", "Khoa học và Công nghệ"], "Công an phường; Sở Khoa học và Công nghệ"),
        (["Tham mưu cho", "Ủy ban nhân dân phường"], "Tham mưu cho Ủy ban nhân dân phường"),  # a sentence that names a unit
        (["Phòng Văn hóa", "phòng họp"], "Phòng Văn hóa phòng họp"),  # a common noun
    ],
)
def test_units_one_below_the_other_in_a_cell_are_parted(shown: list[str], expected: str) -> None:
    placed = [word for n, line in enumerate(shown) for word in words(60, 50 + 14 * n, line)]
    assert cell_text(placed) == expected


def test_another_table_on_the_next_page_stays_one_of_its_own() -> None:
    found = source_text(
        [rows(1, HEAD, ("1", "Rà soát", "A")), rows(2, ("TT", "Dự án", "Kinh phí", "Năm"), ("1", "Kho", "5", "2026"))], "pdf"
    )
    assert found.tables == ((1, 2), (4, 5))


def test_blank_lines_stand_between_paragraphs_only() -> None:
    found = lines_of(
        [
            *words(60, 50, "Dòng thứ nhất"),
            *words(60, 66, "dòng thứ hai"),
            *words(60, 100, "Đoạn sau"),
            *words(60, 116, "dòng cuối"),
        ]
    )
    assert found.count(BLANK) == 1 and texts(found)[2] == ""


def test_empty_cells_of_a_heading_in_two_rows_are_no_columns_of_blanks() -> None:
    """The rows of a table, as readers give them, stay as they are."""
    shown = (
        table_row(["TT", "Nội dung nhiệm vụ", "Thời gian", "", "Phân công", "", "Ghi chú"]),
        table_row(["", "", "Bắt đầu", "Hoàn thành", "Chủ trì", "Phối hợp", ""]),
        table_row(["1", "Rà soát máy tính", "Quý I", "Quý II", "Văn phòng", "Công an phường", ""]),
    )
    assert with_tabs(shown) == shown
