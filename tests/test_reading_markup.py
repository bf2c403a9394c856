"""What a line says without Markdown, HTML and LaTeX marks; table rows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from documents.structure.markup import Plain, cells, plain


@pytest.mark.parametrize(
    ("line", "expected", "reason"),
    [
        ("## II. NHIỆM VỤ", Plain("II. NHIỆM VỤ", 2), "heading level"),
        ("####### bảy", Plain("####### bảy"), "seven signs are no heading"),
        ("#1 trong nhóm", Plain("#1 trong nhóm"), "no blank, no heading"),
        ("**1. Mục tiêu chung**", Plain("1. Mục tiêu chung", 0, True), "a whole bold line is a heading of sorts"),
        ("- **Chủ trì:** Văn phòng", Plain("- Chủ trì: Văn phòng"), "bold label"),
        ("*nghiêng* và **đậm** và ***cả hai***", Plain("nghiêng và đậm và cả hai"), "three kinds"),
        (r"\- \*Ghi chú\* 3\. Điều", Plain("- *Ghi chú* 3. Điều"), "escaped signs are the signs"),
        ("2 * 3 * 4 = 24", Plain("2 * 3 * 4 = 24"), "stars between blanks are multiplication"),
        ("ten_bien_dai và CSDL_QG", Plain("ten_bien_dai và CSDL_QG"), "an underscore inside a name is no mark"),
        ("<p>Đơn vị <b>chủ trì</b>:<br/>Văn phòng</p>", Plain("Đơn vị chủ trì: Văn phòng"), "tags go, a break is a blank"),
        ("<ul><li>Một</li><li>Hai</li></ul>", Plain("Một Hai"), "list items stay apart"),
        ("Sở KH&amp;CN, &lt;Mã&gt;", Plain("Sở KH&CN, <Mã>"), "entities"),
        ("Sở KH&CN", Plain("Sở KH&CN"), "a bare ampersand"),
        ("tỷ lệ < 5% và > 3%", Plain("tỷ lệ < 5% và > 3%"), "comparison signs are no tags"),
        ("<khoảng trống> điền sau", Plain("<khoảng trống> điền sau"), "an unknown tag is text"),
        (r"đạt $\geq 80\%$ hồ sơ", Plain("đạt ≥ 80% hồ sơ"), "LaTeX comparison"),
        (r"$\leq$ 5 ngày, A $\rightarrow$ B", Plain("≤ 5 ngày, A → B"), "LaTeX signs"),
        ("giá 5$ hoặc 6$", Plain("giá 5$ hoặc 6$"), "dollars are no formula"),
        ("<script>alert(1)</script>", Plain("<script>alert(1)</script>"), "a script is text like any other"),
        ("  nhiều   khoảng\ttrắng ", Plain("nhiều khoảng trắng"), "blanks"),
        ("", Plain(""), "nothing"),
    ],
)
def test_plain(line, expected, reason):
    assert plain(line) == expected, reason


@pytest.mark.parametrize(
    ("line", "expected", "reason"),
    [
        ("1\tNhiệm vụ\tVăn phòng\tQuý I/2026", ("1", "Nhiệm vụ", "Văn phòng", "Quý I/2026"), "tabs"),
        ("1\t\tVăn phòng\t", ("1", "", "Văn phòng", ""), "empty cells keep their places"),
        ("\tthụt đầu dòng", (), "a tab before the words is an indent"),
        ("| 1 | Nhiệm vụ |", ("1", "Nhiệm vụ"), "Markdown row"),
        ("|---|:--:|", (), "the rule below a Markdown head is no row"),
        ("a | b", (), "one bar is no table"),
        ("câu thường", (), "no table"),
    ],
)
def test_cells(line, expected, reason):
    assert cells(line) == expected, reason


@given(st.text(alphabet="*_<>&#\\$|`ab/li strong=\"'%\t"))
def test_hostile_lines_never_crash_and_never_grow(line):
    assert len(plain(line).text) <= len(line)
    cells(line)


@pytest.mark.parametrize("piece", ["*a", "**a ", "<b ", "<p <", "$\\geq", "_a_ ", "&lt", "\\*", "[", "***"])
def test_long_hostile_lines_come_to_an_end(piece):
    # Linear in the length: a pattern that goes back and forth would not come to an end here.
    line = piece * 200_000
    assert len(plain(line).text) <= len(line)
