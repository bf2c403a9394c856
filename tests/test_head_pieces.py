"""Heads as pages of the web print them: run together on a line, broken in the middle of words, with a table of facts above."""

from __future__ import annotations

import pytest

from documents.head.issuing import without_office
from documents.head.letterhead import letterhead
from documents.head.page_facts import page_facts
from documents.head.pieces import Segment, segments
from documents.model import Header
from documents.understand import understand

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc"
BODY = ("Căn cứ Luật Tổ chức chính quyền địa phương;", "QUYẾT ĐỊNH:", "Điều 1. Ban hành quy chế.")


def header_of(*lines: str) -> Header:
    return understand(lines, "document.txt", "0").header


RUN_TOGETHER = [
    (
        "columns, number and date on one line",
        f"ỦY BAN NHÂN DÂN TỈNH CÀ MAU ------- {STATE} ------- Số: 7/QĐ-UBND Cà Mau, ngày 03 tháng 02 năm 2020",
    ),
    ("rules of stars", f"ỦY BAN NHÂN DÂN TỈNH CÀ MAU ***** {STATE} ******* Số: 7/QĐ-UBND Cà Mau, ngày 03 tháng 02 năm 2020"),
    ("without rules", f"ỦY BAN NHÂN DÂN TỈNH CÀ MAU {STATE} Số: 7/QĐ-UBND Cà Mau, ngày 03 tháng 02 năm 2020"),
]


@pytest.mark.parametrize(("style", "line"), RUN_TOGETHER, ids=[x[0] for x in RUN_TOGETHER])
def test_a_letterhead_on_one_line(style: str, line: str) -> None:
    found = header_of(line, "QUYẾT ĐỊNH", "Về việc ban hành quy chế", "ỦY BAN NHÂN DÂN TỈNH CÀ MAU", *BODY)
    assert (found.issuer, found.number, found.date) == ("Ủy ban nhân dân tỉnh Cà Mau", "7/QĐ-UBND", "2020-02-03"), style
    assert (found.place, found.type, found.title) == ("Cà Mau", "Quyết định", "Về việc ban hành quy chế")


def test_a_whole_document_on_one_line() -> None:
    title = "VỀ VIỆC BAN HÀNH QUY CHẾ LÀM VIỆC"
    found = header_of(f"{RUN_TOGETHER[0][1]} QUYẾT ĐỊNH {title} ỦY BAN NHÂN DÂN TỈNH CÀ MAU {' '.join(BODY)}")
    assert (found.type, found.title, found.issuer) == ("Quyết định", title, "Ủy ban nhân dân tỉnh Cà Mau")
    assert (found.number, found.date) == ("7/QĐ-UBND", "2020-02-03")


def test_the_date_behind_the_subject_of_a_dispatch() -> None:
    line = "Số: 12/STC-NS V/v giao dự toán tỉnh Đồng Nai Hà Nội, ngày 05 tháng 4 năm 2021"
    assert [s.text for s in segments([line], 9)] == [
        "Số: 12/STC-NS",
        "V/v giao dự toán tỉnh Đồng Nai",
        "Hà Nội, ngày 05 tháng 4 năm 2021",
    ]


BROKEN = [
    ("the motto behind its third word", ["CỘNG HÒA XÃ", "HỘI CHỦ NGHĨA VIỆT NAM"], "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ("the place behind its first word", ["Cà", "Mau, ngày 3 tháng 2 năm 2020"], "Cà Mau, ngày 3 tháng 2 năm 2020"),
    ("the date behind the place", ["Cà Mau,", "ngày 3 tháng 2 năm 2020"], "Cà Mau, ngày 3 tháng 2 năm 2020"),
    ("number behind its word", ["Số:", "7/QĐ-UBND"], "Số: 7/QĐ-UBND"),
]


@pytest.mark.parametrize(("where", "lines", "whole"), BROKEN, ids=[x[0] for x in BROKEN])
def test_what_a_page_broke_in_two_is_one_piece(where: str, lines: list[str], whole: str) -> None:
    assert [s.text for s in segments(lines, 9)] == [whole], where


@pytest.mark.parametrize("rest", ["VIỆT NAM", "vietnam", "TỆ IỆT NAM"])
def test_the_misread_rest_of_a_broken_motto_is_no_part_of_the_issuer(rest: str) -> None:
    above = ["ỦY BAN NHÂN DÂN", "PHƯỜNG AN VÂN", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA", rest, "Độc lập - Tự do - Hạnh phúc"]
    found = letterhead([Segment(text, n, False) for n, text in enumerate(above, 1)])
    assert [name for name, _ in found.bodies] == ["ỦY BAN NHÂN DÂN PHƯỜNG AN VÂN"]


OFFICES = [
    ("BỘ TRƯỞNG BỘ Y TẾ", "Bộ Y tế"),
    ("CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU", "ỦY BAN NHÂN DÂN TỈNH CÀ MAU"),
    ("BỘ TRƯỞNG, CHỦ NHIỆM ỦY BAN DÂN TỘC", "Ủy ban Dân tộc"),
    ("THỐNG ĐỐC NGÂN HÀNG NHÀ NƯỚC", "Ngân hàng Nhà nước Việt Nam"),
    ("TỔNG KIỂM TOÁN NHÀ NƯỚC", "Kiểm toán nhà nước"),
    ("THỦ TƯỚNG CHÍNH PHỦ", "THỦ TƯỚNG CHÍNH PHỦ"),
    ("SỞ NỘI VỤ", "SỞ NỘI VỤ"),
]


@pytest.mark.parametrize(("name", "body"), OFFICES, ids=[x[0] for x in OFFICES])
def test_the_body_of_an_office(name: str, body: str) -> None:
    assert without_office(name).casefold() == body.casefold()


WITHOUT_LETTERHEAD = [
    ("office above the bases", ["CHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH CÀ MAU", *BODY], "Ủy ban nhân dân tỉnh Cà Mau"),
    (
        "session behind the council",
        ["HỘI ĐỒNG NHÂN DÂN TỈNH CÀ MAU KHÓA X, KỲ HỌP THỨ 5", *BODY],
        "Hội đồng nhân dân tỉnh Cà Mau",
    ),
    ("the Prime Minister", ["THỦ TƯỚNG CHÍNH PHỦ", *BODY], "Thủ tướng Chính phủ"),
    ("a paragraph that enacts", ["Căn cứ Luật Giá;", "Bộ trưởng Bộ Nội vụ ban hành Quyết định như sau:"], "Bộ Nội vụ"),
    ("a paragraph that guides", ["Căn cứ Luật Giá;", "Bộ Tài chính hướng dẫn lập dự toán."], "Bộ Tài chính"),
]


@pytest.mark.parametrize(("where", "lines", "issuer"), WITHOUT_LETTERHEAD, ids=[x[0] for x in WITHOUT_LETTERHEAD])
def test_the_issuer_without_a_letterhead(where: str, lines: list[str], issuer: str) -> None:
    assert header_of("QUYẾT ĐỊNH", "Về việc quy định chi tiêu", "", *lines).issuer == issuer, where


FACTS = [
    (
        "one pair a line",
        ["Số hiệu: 7/QĐ-UBND", "Nơi ban hành: Tỉnh Cà Mau", "Ngày ban hành: 03/02/2020", "Người ký: Trần Văn An"],
    ),
    ("bars", ["Số hiệu: | 7/QĐ-UBND | Nơi ban hành: | Tỉnh Cà Mau |", "Ngày ban hành: | 03/02/2020 | Người ký: | Trần Văn An |"]),
    ("run on", ["Số hiệu: 7/QĐ-UBND Nơi ban hành: Tỉnh Cà Mau Ngày ban hành: 03/02/2020 Người ký: Trần Văn An"]),
    (
        "value below",
        ["Số hiệu:", "7/QĐ-UBND", "Nơi ban hành:", "Tỉnh Cà Mau", "Ngày ban hành:", "03/02/2020", "Người ký:", "Trần Văn An"],
    ),
]


@pytest.mark.parametrize(("style", "lines"), FACTS, ids=[x[0] for x in FACTS])
def test_the_facts_of_a_page(style: str, lines: list[str]) -> None:
    found = page_facts(lines)
    assert (found.number, found.issuer, found.date, found.signer) == ("7/QĐ-UBND", "Tỉnh Cà Mau", "2020-02-03", "Trần Văn An"), (
        style
    )


def test_the_document_itself_counts_before_the_page() -> None:
    page = ["Số hiệu: 9/QĐ-UBND", "Cơ quan ban hành: Tỉnh Bắc Ninh", "Ngày ban hành: 01/01/2001", ""]
    found = header_of(*page, RUN_TOGETHER[0][1], "QUYẾT ĐỊNH", "Về việc ban hành quy chế", *BODY)
    assert (found.number, found.date, found.issuer) == ("7/QĐ-UBND", "2020-02-03", "Ủy ban nhân dân tỉnh Cà Mau")
    headless = header_of(*page, "QUYẾT ĐỊNH", "Về việc ban hành quy chế", *BODY)
    assert (headless.number, headless.date) == ("9/QĐ-UBND", "2001-01-01")
    assert headless.issuer == "Ủy ban nhân dân tỉnh Bắc Ninh", "the page tells the place, the number the body"


KIND_IN_DATELINE = [
    ("Quận 8", "Ủy ban nhân dân quận 8"),
    ("Thành phố Hồ Chí Minh", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
    ("Tp. Hồ Chí Minh", "Ủy ban nhân dân thành phố Hồ Chí Minh"),
    ("Thị trấn Mường Lạc", "Ủy ban nhân dân thị trấn Mường Lạc"),
]


@pytest.mark.parametrize(("place", "issuer"), KIND_IN_DATELINE)
def test_the_kind_of_the_place_on_the_dateline(place: str, issuer: str) -> None:
    found = header_of(
        "ỦY BAN NHÂN DÂN", "Số: 7/CT-UBND", f"{place}, ngày 03 tháng 02 năm 2020", "CHỈ THỊ", "Về nếp sống", "", "Nội dung."
    )
    assert (found.place, found.issuer) == (place, issuer)


def test_a_dispatch_without_the_sign_of_its_subject() -> None:
    found = header_of(
        "SỞ NỘI VỤ", "Số: 12/SNV-TC", "Rà soát biên chế", "", "Cà Mau, ngày 03 tháng 02 năm 2020", "", "Kính gửi: Các sở"
    )
    assert (found.type, found.title) == ("Công văn", "Rà soát biên chế")


def test_a_paragraph_that_begins_with_a_year_is_no_period_of_the_title() -> None:
    found = header_of(
        "SỞ NỘI VỤ", "KẾ HOẠCH", "RÀ SOÁT BIÊN CHẾ", "Năm 2023, các đơn vị", "đã rà soát và báo cáo,", "kết quả tốt."
    )
    assert found.title == "RÀ SOÁT BIÊN CHẾ"


def test_the_body_between_type_and_title_on_one_line() -> None:
    found = header_of("QUYẾT ĐỊNH", "CỦA ỦY BAN NHÂN DÂN TỈNH VỀ VIỆC BAN HÀNH QUY CHẾ", "ỦY BAN NHÂN DÂN TỈNH CÀ MAU", *BODY)
    assert found.title == "VỀ VIỆC BAN HÀNH QUY CHẾ"


@pytest.mark.parametrize(("office", "position"), [("Chủ tịch", "Chủ tịch"), ("Bộ trưởng (Chủ nhiệm)", "Bộ trưởng (Chủ nhiệm)")])
def test_a_signature_as_collections_of_laws_print_it(office: str, position: str) -> None:
    lines = ["QUYẾT ĐỊNH", "Về việc ban hành quy chế", "", *BODY, "", office, "", "(Đã ký)", "", "Trần Văn An"]
    signer = header_of(*lines).signer
    assert signer is not None and (signer.name, signer.position) == ("Trần Văn An", position)


def test_the_number_tells_the_department_whose_line_a_page_lost() -> None:
    found = header_of("ỦY BAN NHÂN DÂN", "Số: 7/HD-SNV", "Cà Mau, ngày 03 tháng 02 năm 2020", "HƯỚNG DẪN", "Về hồ sơ", "", *BODY)
    assert found.issuer == "Sở Nội vụ tỉnh Cà Mau"


def test_a_bracket_and_the_note_below_a_title_that_lines_break() -> None:
    found = header_of("SỞ NỘI VỤ", "KẾ HOẠCH", "RÀ SOÁT BIÊN CHẾ (GIAI ĐOẠN", "II)", "", *BODY)
    assert found.title == "RÀ SOÁT BIÊN CHẾ (GIAI ĐOẠN II)"
    noted = header_of("SỞ NỘI VỤ", "QUY CHẾ", "LÀM VIỆC CỦA SỞ", "(Ban hành", "kèm theo Quyết định số 7/QĐ-SNV)", "", *BODY)
    assert noted.title == "LÀM VIỆC CỦA SỞ"
