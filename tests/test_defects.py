"""Findings: what a careful clerk would flag, and what looks like it and is right."""

from __future__ import annotations

import pytest
from plan_samples import FIRST, plan

from documents.model import Defect
from documents.understand import understand


def found_in(*body: str) -> list[tuple[str, tuple[int, ...]]]:
    return [(d.kind, d.lines) for d in plan(*body).defects]


SPELLING = [
    ("Ứng dụng trí tuệ nhận tạo trong kiểm tra văn bản.", 1, "a wrong accent that makes another word"),
    ("Ban hành kế hoạch chuyên đổi số của phường.", 1, "a syllable of a known phrase"),
    ("Theo dõi việc thực hiện Chi thị của cấp trên.", 1, "a document type"),
    ("Pường cũng đã tổ chức tập huấn.", 1, "no Vietnamese syllable"),
    ("Bảo đảm an toàn thông tinmạng cho hệ thống.", 1, "two words run together"),
    ("Báo cáo về Về việc thực hiện.", 1, "a word twice"),
    ("Trình Ủy ban nhân phường xem xét.", 1, "a name without its last word"),
    ("Cài đặt phần mềm Kasbersky cho máy tính.", 1, "a product"),
    ("Cài đặt VneID cho người dân.", 1, "a product whose capitals are its own"),
    ("Truy cập baocao.benmo.gov để cập nhật.", 1, "an address without its end"),
    ("Ban hành văn bản chỉ đạo của phường.", 0, "“văn bản chỉ đạo” is no misspelt “ban chỉ đạo”"),
    ("Người dân xã Hòn Nhạn và bà Hoàng Thị Mẩy tham gia.", 0, "names of places and people"),
    ("Triển khai Office, Zalo, Internet, Blockchain, CĐS và TMĐT.", 0, "foreign words and abbreviations"),
    ("Cán bộ bộ phận một cửa từ từ hướng dẫn.", 0, "words that are rightly doubled"),
    ("Truy cập baocao.benmo.gov.vn, gửi vanthu@benmo.gov.vn.", 0, "right addresses"),
    ("Phòng họp trực tuyến kết hợp trực tiếp.", 0, "an ordinary sentence"),
]


@pytest.mark.parametrize(("text", "count", "reason"), SPELLING, ids=[x[2] for x in SPELLING])
def test_misspelt_words(text: str, count: int, reason: str) -> None:
    assert found_in("I. NHIỆM VỤ", f"- {text}") == [("typo-in-name", (FIRST + 1,))] * count, reason


def test_a_badly_recognised_text_is_not_reported_word_by_word() -> None:
    words = ["I. NHIỆM VỤ", *(f"- Ứng dụng trí tuệ nhận tạo lần thứ {n}." for n in range(3))]
    assert plan(*words).defects
    assert not plan(*words, noisy=True).defects


def test_one_misspelling_in_many_places_is_one_finding() -> None:
    found = found_in("I. NHIỆM VỤ", "- Kế hoạch chuyên đổi số của phường.", "- Báo cáo chuyên đổi số của phường.")
    assert found == [("typo-in-name", (FIRST + 1, FIRST + 2))]


DATES = [
    ("Căn cứ Nghị định số 85/2016/NĐ-CP ngày 01/7/2025 của Chính phủ;", ["wrong-year"], "the number tells another year"),
    ("Căn cứ Nghị định số 85/2016/NĐ-CP ngày 01/7/2016 của Chính phủ;", [], "number and date agree"),
    (
        "Thực hiện Kế hoạch số 9/KH-UBND ngày 31/12/2025 của UBND thành phố về Chuyển đổi số thành phố năm 2025.",
        ["wrong-year"],
        "a plan for a year is not issued on its last day",
    ),
    (
        "Thực hiện Kế hoạch số 9/KH-UBND ngày 31/12/2025 của UBND thành phố về Chuyển đổi số thành phố năm 2026.",
        [],
        "the plan for the coming year",
    ),
    ("Thuê dịch vụ 05 năm (2023-2029).", ["date-conflict"], "seven years are not five"),
    ("Thuê dịch vụ 05 năm (2024-2028).", [], "first and last year count"),
    ("Mục tiêu đến hết năm 2024, mỗi thôn có một tổ.", ["wrong-year"], "the year was over before the plan began"),
    ("Mục tiêu đến hết năm 2026, mỗi thôn có một tổ.", [], "the plan's own year"),
    ("Triển khai chương trình đã thực hiện từ năm 2024.", [], "a year that is over, but no goal"),
    ("Báo cáo trước ngày 31/6/2026.", ["impossible-date"], "June has thirty days"),
    ("Báo cáo trước ngày 30 tháng 02 năm 2026.", ["impossible-date"], "a day of February in words"),
    ("Báo cáo trước ngày 29/02/2028.", [], "a leap year"),
    ("Gọi tổng đài 1022/13/2026 để được giúp.", [], "figures that no word makes a date"),
    ("Nâng cấp mạng, hoàn thành trước ngày 30/6/2025.", ["wrong-year"], "a deadline that was over when the plan was issued"),
]


@pytest.mark.parametrize(("text", "kinds", "reason"), DATES, ids=[x[2] for x in DATES])
def test_dates_and_years(text: str, kinds: list[str], reason: str) -> None:
    assert [kind for kind, _ in found_in("I. NHIỆM VỤ", f"- {text}")] == kinds, reason


SPANS = [
    (("2024-2026", "2023-2025", "2025-2027", "2023-2026"), 1, "all other spans count their first year"),
    (("2023-2026", "2024-2027", "2025-2027"), 0, "the document counts as it likes"),
    (("2023-2026",), 0, "one span alone may count its first year or not"),
]


@pytest.mark.parametrize(("spans", "count", "reason"), SPANS, ids=[x[2] for x in SPANS])
def test_spans_of_years_are_measured_by_their_neighbours(spans: tuple[str, ...], count: int, reason: str) -> None:
    found = found_in("I. NHIỆM VỤ", *(f"- Thuê dịch vụ họp số thứ {n} trong 03 năm ({span})." for n, span in enumerate(spans)))
    assert found == [("date-conflict", (FIRST + len(spans),))] * count, reason


OWN_TIME = [
    ("Thời hạn hoàn thành: 2026 - 2027", 1, "the words promise another end than the column"),
    ("Thời hạn hoàn thành: Quý II/2026", 0, "the words and the column agree"),
    ("Thời hạn báo cáo: ngày 20 hằng tháng", 0, "the time of something else"),
]


@pytest.mark.parametrize(("said", "count", "reason"), OWN_TIME, ids=[x[2] for x in OWN_TIME])
def test_a_row_with_a_time_of_its_own(said: str, count: int, reason: str) -> None:
    heading = "TT\tNhiệm vụ\tCơ quan chủ trì\tThời gian"
    found = found_in("PHỤ LỤC", heading, f"1\tLập hồ sơ cấp độ. {said}.\tVăn phòng\tQuý II/2026")
    assert found == [("date-conflict", (FIRST + 2,))] * count, reason


def test_one_event_with_two_years_in_a_yearly_plan() -> None:
    found = found_in(
        "I. NHIỆM VỤ",
        "- Hưởng ứng Ngày Chuyển đổi số quốc gia năm 2026.",
        "- Tổng kết Ngày Chuyển đổi số quốc gia năm 2025.",
    )
    assert found == [("wrong-year", (FIRST + 1, FIRST + 2))]


FORMS = [
    ("Đạt 85,87; số còn lại đạt 90%.", ["number-form"], "a share without sign beside one with it"),
    ("Đạt 85,87 điểm; tăng 3%.", [], "what is counted stands behind the figure"),
    ("Nâng đường truyền lên 01 Gbps/s.", ["number-form"], "per second twice"),
    ("Nâng đường truyền lên 01 Gbps.", [], "per second once"),
    ("Triển khai Đề án 06 và Đề án 06/CP.", ["number-form"], "one scheme in two forms"),
    ("Triển khai Đề án 06 và Đề án 57/CP.", [], "two schemes"),
    (
        "Thực hiện Quyết định số 88/BTTTT-THH ngày 9/2/2026 của Bộ trưởng.",
        ["number-form"],
        "a decision with the number of a letter",
    ),
    ("Thực hiện Quyết định số 88/QĐ-BTTTT ngày 9/2/2026 của Bộ trưởng.", [], "a decision with its letters"),
    ("Thực hiện Công văn số 88/BTTTT-THH ngày 9/2/2026 của Bộ.", [], "a letter with its number"),
]


@pytest.mark.parametrize(("text", "kinds", "reason"), FORMS, ids=[x[2] for x in FORMS])
def test_forms_of_numbers(text: str, kinds: list[str], reason: str) -> None:
    assert [kind for kind, _ in found_in("I. NHIỆM VỤ", f"- {text}")] == kinds, reason


def test_a_basis_without_number() -> None:
    found = found_in(
        "I. CĂN CỨ LẬP KẾ HOẠCH",
        "- Luật Giao dịch điện tử ngày 22/6/2023;",
        "- Chiến lược quốc gia phát triển kinh tế số và xã hội số đến năm 2030;",
        "- Kế hoạch số 9/KH-UBND ngày 5/1/2026 của UBND thành phố;",
    )
    assert found == [("blank-number", (FIRST + 2,))], "laws are known by their name"


def test_a_cited_document_whose_number_is_left_blank() -> None:
    assert ("blank-number", (FIRST + 1,)) in found_in("I. NHIỆM VỤ", "- Thực hiện Quyết định số    /QĐ-UBND ngày   /02/2026.")


def test_an_annex_that_leaves_its_number_blank() -> None:
    assert ("blank-number", (FIRST + 2,)) in found_in(
        "I. NHIỆM VỤ", "- Nâng cấp mạng nội bộ.", "(Ban hành kèm theo Kế hoạch số     /KH-UBND ngày   /3/2026)"
    )


UNITS = [
    (
        [
            "II. TỔ CHỨC THỰC HIỆN",
            "1. Phòng Văn hóa và Thông tin",
            "- Đôn đốc các phòng.",
            "2. Phòng Văn hóa - Xã hội",
            "- Báo cáo tháng.",
        ],
        1,
        "a commune has one office for a field",
    ),
    (
        [
            "II. TỔ CHỨC THỰC HIỆN",
            "1. Phòng Kinh tế",
            "- Đôn đốc chung.",
            "2. Phòng Kinh tế, Hạ tầng và Đô thị",
            "- Báo cáo tháng.",
        ],
        0,
        "the short form of one office",
    ),
    (["I. NHIỆM VỤ", "- Tuyên truyền đến người dân trên địa bàn xã."], 1, "an urban ward is no xã"),
    (["I. NHIỆM VỤ", "- Lồng ghép vào hội nghị của thôn."], 1, "an urban ward has no hamlets"),
    (["I. NHIỆM VỤ", "- Tuyên truyền đến các xã, phường, hợp tác xã, xã hội."], 0, "“xã” in lists and longer words"),
    (
        [
            "I. NHIỆM VỤ",
            "- Kiện toàn Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số và Đề án 06.",
            "- Họp Ban Chỉ đạo về phát triển khoa học, công nghệ, đổi mới sáng tạo, chuyển đổi số, cải cách hành chính.",
        ],
        1,
        "one committee with and without a field",
    ),
]


@pytest.mark.parametrize(("body", "count", "reason"), UNITS, ids=[x[2] for x in UNITS])
def test_names_of_units(body: list[str], count: int, reason: str) -> None:
    assert sum(kind == "unit-conflict" for kind, _ in found_in(*body)) == count, reason


def test_a_province_in_the_plan_of_a_city() -> None:
    lines = [
        "UBND THÀNH PHỐ HẢI PHÒNG",
        "KẾ HOẠCH",
        "Chuyển đổi số",
        "",
        "I. NHIỆM VỤ",
        "- Đạt chỉ tiêu tỉnh giao.",
        "- Họp với các tỉnh.",
    ]
    assert [(d.kind, d.lines) for d in understand(lines, "p.txt", "0").defects if d.kind == "unit-conflict"] == [
        ("unit-conflict", (6,))
    ]


def test_half_a_quoted_name() -> None:
    body = [f"- Triển khai phong trào “Bình dân học vụ số” đợt {n}." for n in range(3)]
    found = found_in("I. NHIỆM VỤ", *body, "- Hưởng ứng phong trào “Bình dân học vụ”.")
    assert found == [("typo-in-name", (FIRST + 4,))]


NUMBERING = [
    (["I. A B C", "- Một việc nhỏ.", "I. D E F", "- Hai việc nhỏ."], 1, "one number twice"),
    (["I. A B C", "- Một việc nhỏ.", "III. D E F", "- Hai việc nhỏ."], 1, "a number left out"),
    (["I. A B C", "- Một việc nhỏ.", "II. D E F", "- Hai việc nhỏ."], 0, "in order"),
    (
        ["I. A B C", "1. Mạng", "- Một việc nhỏ.", f"2. {'Việc có lời ngay bên cạnh. ' * 12}", "3. Dữ liệu", "- Hai việc nhỏ."],
        0,
        "a number with its text beside it counts, though it is no heading",
    ),
    (
        [f"{n}. Phần {x}\n- Một việc nhỏ." for n, x in zip((1, 2, 3, 1, 2, 3), "ABCDEF", strict=True)],
        1,
        "numbers that begin again are reported once",
    ),
    (["1. Mạng", "a) Một việc nhỏ.", "b) Hai việc nhỏ.", "d) Ba việc nhỏ.", "đ) Bốn việc nhỏ."], 1, "a letter left out"),
    (["1. Mạng", "a) Một việc nhỏ.", "b) Hai việc nhỏ.", "c) Ba.", "d) Bốn.", "e) Năm việc nhỏ."], 0, "offices that know no “đ”"),
    (["PHỤ LỤC I", "DANH MỤC A", "- Một việc nhỏ.", "PHỤ LỤC 2", "DANH MỤC B", "- Hai việc nhỏ."], 1, "two styles of appendices"),
    (["PHỤ LỤC I", "DANH MỤC A", "- Một việc nhỏ.", "PHỤ LỤC II", "DANH MỤC B", "- Hai việc nhỏ."], 0, "one style of appendices"),
]


@pytest.mark.parametrize(("body", "count", "reason"), NUMBERING, ids=[x[2] for x in NUMBERING])
def test_numbers_of_sections(body: list[str], count: int, reason: str) -> None:
    assert sum(kind == "numbering" for kind, _ in found_in(*"\n".join(body).split("\n"))) == count, reason


def table(*rows: str) -> list[Defect]:
    heading = "TT\tTên nhiệm vụ\tThời gian\tDự toán"
    return [d for d in plan("PHỤ LỤC", "", "A. DANH MỤC (02 nhiệm vụ)", heading, *rows).defects if d.kind != "blank-number"]


TABLES = [
    (["1\tLập hồ sơ\tQuý I\t100", "2\tNâng cấp mạng\tQuý I\t50", "\tTỔNG\t\t150"], [], "everything adds up"),
    (["1\tLập hồ sơ\tQuý I\t100", "2\tNâng cấp mạng\tQuý I\t50", "\tTỔNG\t\t160"], ["sum-mismatch"], "a wrong total"),
    (
        ["I\tSở Y tế\t\t120", "1\tLập hồ sơ\tQuý I\t100", "2\tNâng cấp mạng\tQuý I\t50", "\tTỔNG\t\t150"],
        ["sum-mismatch"],
        "a wrong sum of a group",
    ),
    (["1\tLập hồ sơ\tQuý I\t100"], ["sum-mismatch"], "the heading promises two tasks"),
    (["1\tLập hồ sơ\tQuý I\t100", "3\tNâng cấp mạng\tQuý I\t50"], ["numbering"], "a running number left out"),
    (
        ["I\tSở Y tế\t\t100", "1\tLập hồ sơ\tQuý I\t100", "II\tSở Nội vụ\t\t50", "2\tNâng cấp mạng\tQuý I\t50"],
        [],
        "every group has its number",
    ),
    (
        [
            *("I\tSở Y tế\t\t100", "1\tLập hồ sơ\tQuý I\t100", "\tSở Tư pháp\t\t50", "2\tNâng cấp mạng\tQuý I\t50"),
            *("II\tSở Nội vụ\t\t10", "\tTỔNG\t\t160"),
        ],
        ["numbering"],
        "a group without number among numbered ones",
    ),
    (
        ["I\tSở Y tế\t\t151", "1\tLập hồ sơ\tQuý I\t100", "2\tNâng cấp mạng\tQuý I\t50", "\tTỔNG\t\t150"],
        ["sum-mismatch"],
        "a group of whole numbers that is off by one: nothing was rounded",
    ),
    (
        ["I\tSở Y tế\t\t151", "1\tLập hồ sơ\tQuý I\t100,4", "2\tNâng cấp mạng\tQuý I\t50,3", "\tTỔNG\t\t151"],
        [],
        "a group whose decimals were rounded",
    ),
    (
        ["1\tLập hồ sơ\tQuý I\t100", "\tSao lưu dữ liệu\tQuý I\t20", "2\tNâng cấp mạng\tQuý I\t50", "\tTỔNG\t\t170"],
        ["numbering"],
        "a row without number between 1 and 2",
    ),
    (["1\tLập hồ sơ\tQuý I\t1,5", "2\tNâng cấp mạng\tQuý I\t2,5", "\tCộng\t\t4"], [], "decimals add up"),
]


@pytest.mark.parametrize(("rows", "kinds", "reason"), TABLES, ids=[x[2] for x in TABLES])
def test_tables(rows: list[str], kinds: list[str], reason: str) -> None:
    assert [d.kind for d in table(*rows)] == kinds, reason


def test_a_phrase_that_the_document_writes_in_two_ways() -> None:
    heading = "TT\tNhiệm vụ\tCơ quan chủ trì"
    rows = ["1\tChỉnh lý, số hóa hồ sơ\tVăn phòng", "2\tChính lý, số hóa sổ sách\tVăn phòng"]
    assert found_in("PHỤ LỤC", heading, *rows) == [("typo-in-name", (FIRST + 3,))]


def test_two_mistakes_in_one_word_are_two_findings() -> None:
    found = found_in("I. NHIỆM VỤ", "- Kế hoạch chuyên đổi số của phường.", "- Làm chuyên biến nhận thức của người dân.")
    assert found == [("typo-in-name", (FIRST + 1,)), ("typo-in-name", (FIRST + 2,))]


PAGE_BREAKS = [
    ("1\tLập hồ sơ cấp độ\tVăn phòng", "\tcho hệ thống\t", 0, "running text that goes on on the next page is no harm"),
    ("1\tLập hồ sơ\tSở Thông tin", "\t\tvà Truyền thông", 1, "the name of a unit"),
    (
        "1\tThực hiện Quyết định số 9/QĐ-TTg ngày 4/2/2025 của Thủ\tVăn phòng",
        "\ttướng Chính phủ\t",
        1,
        "the issuer of a citation",
    ),
    ("1\tThực hiện Quyết định số 9/QĐ-TTg. Lập hồ sơ\tVăn phòng", "\tcho hệ thống\t", 0, "the citation ended before the break"),
]


@pytest.mark.parametrize(("before", "after", "count", "reason"), PAGE_BREAKS, ids=[x[3] for x in PAGE_BREAKS])
def test_rows_cut_by_a_page(before: str, after: str, count: int, reason: str) -> None:
    heading = "TT\tNhiệm vụ\tCơ quan chủ trì"
    found = found_in("PHỤ LỤC", heading, before, heading, after, "2\tSao lưu\tVăn phòng")
    assert sum(kind == "page-break" for kind, _ in found) == count, reason


def test_a_cell_cut_by_a_page() -> None:
    heading = "TT\tNhiệm vụ\tCơ quan chủ trì"
    rows = ["1\tLập hồ sơ cấp độ\tSở Thông tin", heading, "\tcho hệ thống\tvà Truyền thông", "2\tSao lưu dữ liệu\tVăn phòng"]
    found = found_in("PHỤ LỤC", heading, *rows)
    assert ("page-break", (FIRST + 2, FIRST + 4)) in found


def test_the_title_of_a_citation_cut_by_a_page() -> None:
    body = [f"- Việc thứ {n} của phường trong năm." for n in range(12)]
    cut = ["- Triển khai Quyết định số 505/QĐ-TTg ngày 22/4/2022 của Thủ tướng Chính phủ về", "", "Ngày Chuyển đổi số quốc gia;"]
    assert ("page-break", (FIRST + 13, FIRST + 15)) in found_in("I. NHIỆM VỤ", *body, *cut)


def test_findings_are_in_order_and_distinct() -> None:
    found = plan("I. NHIỆM VỤ", "- Kế hoạch chuyên đổi số.", "I. GIẢI PHÁP", "- Ứng dụng trí tuệ nhận tạo.").defects
    assert list(found) == sorted(set(found), key=lambda d: (d.lines, d.kind, d.text))


LATER = [
    (
        "Căn cứ Quyết định số 9/QĐ-UBND ngày 4/12/2026 của UBND thành phố;",
        ["date-conflict"],
        "a day after the plan",
    ),
    ("Căn cứ Nghị định số 9/2027/NĐ-CP;", ["date-conflict"], "the year of its number is still to come"),
    ("Căn cứ Quyết định số 9/QĐ-UBND ngày 9/3/2026 của UBND thành phố;", [], "the same day"),
    ("Căn cứ Nghị định số 9/2026/NĐ-CP;", [], "the same year"),
]


@pytest.mark.parametrize(("text", "kinds", "reason"), LATER, ids=[x[2] for x in LATER])
def test_documents_cited_before_they_were_issued(text: str, kinds: list[str], reason: str) -> None:
    assert [kind for kind, _ in found_in(text)] == kinds, reason


PROSE_SUMS = [
    ("Kinh phí 3.400.000 đồng, trong đó 2.300.000 đồng của xã và 1.200.000 đồng của thôn.", 1, "more than the whole"),
    (
        "Kinh phí 3,5 tỷ đồng, trong đó: 2.300 triệu đồng của xã, 1.200 triệu đồng của thôn.",
        0,
        "units differ, the sum is right",
    ),
    ("Kinh phí 3,5 tỷ đồng, trong đó: 2.300 triệu đồng của xã, 1.150 triệu đồng của thôn.", 1, "nearly all"),
    ("Kinh phí 9 tỷ đồng, trong đó 2 tỷ đồng mua máy, 1 tỷ đồng đào tạo.", 0, "only some of its parts"),
    ("Kinh phí 9 tỷ đồng, trong đó 9.500 triệu đồng mua máy. Năm sau 5 tỷ đồng.", 0, "one part is no sum"),
]


@pytest.mark.parametrize(("text", "count", "reason"), PROSE_SUMS, ids=[x[2] for x in PROSE_SUMS])
def test_sums_in_a_sentence(text: str, count: int, reason: str) -> None:
    found = found_in("I. KINH PHÍ", f"- {text}")
    assert sum(kind == "sum-mismatch" for kind, _ in found) == count, reason


SLIPS = [
    ("Các xã cần có phải pháp cụ thể.", 1, "a known slip"),
    ("Phân đầu hoàn thành trong năm.", 1, "a known slip with a capital"),
    ("Làm rõ việc phân đầu mối.", 0, "the same letters inside a sentence are other words"),
    ("Khắc phục các một số tồn tại.", 1, "'các' and 'một số' exclude each other"),
    ("Người dân trên địa bàn thành phố Hải phòng.", 1, "a province's name in small letters behind its kind"),
    ("Người dân trên địa bàn thành phố Hải Phòng.", 0, "the name as it is written"),
    ("Người dân mong muốn hòa bình.", 0, "a word that is a name elsewhere"),
    ("Quy định của thành phố, thành phố.", 1, "the same kind of place listed twice"),
    ("Các thành phố, thành phố Hải Phòng.", 0, "the second has a name"),
]


@pytest.mark.parametrize(("text", "count", "reason"), SLIPS, ids=[x[2] for x in SLIPS])
def test_slips_of_the_pen(text: str, count: int, reason: str) -> None:
    assert sum(kind == "typo-in-name" for kind, _ in found_in("I. NHIỆM VỤ", f"- {text}")) == count, reason


def test_a_head_without_number_whose_annex_has_it() -> None:
    lines = (
        *("ỦY BAN NHÂN DÂN TỈNH LẠC AN", "", "KẾ HOẠCH", "Trồng cây năm 2026", "", "I. NHIỆM VỤ", "- Trồng cây.", ""),
        *("PHỤ LỤC", "(Ban hành kèm theo Kế hoạch số 7/KH-UBND ngày 9/3/2026 của UBND tỉnh)", "- Cây xanh."),
    )
    found = understand(lines, "plan.txt", "0")
    assert found.header.number == "7/KH-UBND"
    assert [(d.kind, d.lines) for d in found.defects] == [("blank-number", (3,))]


def test_groups_without_number_are_one_finding() -> None:
    groups = [
        f"{n}\tSở {name}\t\t5\n{at}\tLập hồ sơ\tQuý I\t5"
        for at, (n, name) in enumerate(
            (("I", "Y tế"), ("II", "Nội vụ"), ("", "Tư pháp"), ("III", "Xây dựng"), ("", "Tài chính")), 1
        )
    ]
    found = [d for d in table(*"\n".join(groups).split("\n")) if d.kind == "numbering"]
    assert [len(d.lines) for d in found] == [2]
