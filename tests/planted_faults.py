"""Faults planted into the examples: which words of which example become which, and what has to be found.

The examples are first freed of the faults that they come with (``REPAIRS``). Nothing of their text is stored here but the words
that are exchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

EXAMPLES = Path(__file__).resolve().parent.parent / "examples"

WARD = "ke-hoach-12-kh-ubnd-ben-truc-2026.txt"
WARD_TABLE = "ke-hoach-12-kh-ubnd-go-lua-2026.md"
CITY = "ke-hoach-158-kh-ubnd-2025.txt"
PARTY = "ke-hoach-21-kh-tu-2025.txt"
OFFICE = "ke-hoach-so-khcn-2026.txt"
RESOLUTION = "nghi-quyet-08-nq-tu-2025.txt"
RULES = "quyet-dinh-45-2025-qd-ubnd.txt"
NAMES = (WARD, WARD_TABLE, CITY, PARTY, OFFICE, RESOLUTION, RULES)

REPAIRS = {
    WARD: [("05/9/2020", "05/9/2019")],
    WARD_TABLE: [("21-KH/TU ngày 28/8/2025", "21-KH/TU ngày 20/8/2025"), ("| 5 | Số", "| 4 | Số"), ("| 6 | Tập", "| 5 | Tập"),
                 ("| 7 | Hỗ", "| 6 | Hỗ")],
    CITY: [("12.710,5", "12.170,5")],
}  # fmt: skip
"""What puts right the faults that the examples come with."""


@dataclass(frozen=True)
class Fault:
    """In ``base``, ``old`` (which stands there once) becomes ``new``; a finding with ``code`` has to say so. ``reason`` says what
    is wrong then. ``found_in`` is where the finding stands when it is another document."""

    base: str
    old: str
    new: str
    code: str
    reason: str
    found_in: str | None = None


def _lines(*lines: str) -> str:
    return "\n".join(lines)


FAULTS = (
    # one number, several dates
    Fault(
        WARD_TABLE,
        "21-KH/TU ngày 20/8/2025 của Ban Thường vụ Thành ủy về",
        "21-KH/TU ngày 22/8/2025 của Ban Thường vụ Thành ủy về",
        "date-conflict",
        "one plan with two dates in two bases",
    ),
    Fault(
        CITY,
        "Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải)",
        "Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải; khoảng 05 năm (2021-2030))",
        "date-conflict",
        "a span of ten years called five",
    ),
    Fault(PARTY, "57-NQ/TW ngày 22/12/2024", "57-NQ/TW ngày 21/12/2024", "date-against-register", "a day early"),
    Fault(RESOLUTION, "57-NQ/TW ngày 22/12/2024", "57-NQ/TW ngày 22/11/2024", "date-against-register", "a month early"),
    Fault(CITY, "749/QĐ-TTg ngày 03/6/2020", "749/QĐ-TTg ngày 06/3/2020", "date-against-register", "day and month exchanged"),
    Fault(OFFICE, "82/2024/NĐ-CP ngày 10/7/2024", "82/2024/NĐ-CP ngày 01/7/2024", "date-against-register", "1 for 10 July"),
    Fault(
        WARD,
        "158/KH-UBND ngày 22/12/2025",
        "158/KH-UBND ngày 25/12/2025",
        "date-against-others",
        "the city's plan dates itself otherwise",
    ),
    Fault(
        OFFICE,
        "45/2025/QĐ-UBND ngày 30/10/2025",
        "45/2025/QĐ-UBND ngày 31/10/2025",
        "date-against-others",
        "the decision dates itself otherwise",
    ),
    Fault(
        CITY,
        "21-KH/TU ngày 20/8/2025",
        "21-KH/TU ngày 02/8/2025",
        "date-against-others",
        "the Party's plan dates itself otherwise",
    ),
    # days that no calendar has
    Fault(WARD, "trước ngày 31/3/2026", "trước ngày 31/4/2026", "impossible-date", "April has thirty days"),
    Fault(CITY, "trước ngày 30/6/2026", "trước ngày 30/02/2026", "impossible-date", "no 30 February"),
    Fault(RULES, "trước ngày 31/3/2026", "trước ngày 31/13/2026", "impossible-date", "no thirteenth month"),
    Fault(OFFICE, "Trước ngày 30/10/2026", "Trước ngày 31/11/2026", "impossible-date", "November has thirty days"),
    # years
    Fault(WARD, "85/2016/NĐ-CP ngày 01/7/2016", "85/2016/NĐ-CP ngày 01/7/2025", "wrong-year", "a decree of 2016 dated 2025"),
    Fault(OFFICE, "73/2019/NĐ-CP ngày 05/9/2019", "73/2019/NĐ-CP ngày 05/9/2029", "wrong-year", "a decree of 2019 dated 2029"),
    Fault(
        RULES,
        "85/2016/NĐ-CP ngày 01 tháng 7 năm 2016",
        "85/2016/NĐ-CP ngày 01 tháng 7 năm 2015",
        "wrong-year",
        "a year too early",
    ),
    Fault(
        WARD,
        "chuyển đổi số thành phố Lạc Hải năm 2026,",
        "chuyển đổi số thành phố Lạc Hải năm 2024,",
        "year-of-title",
        "the city's plan is for 2026",
    ),
    Fault(
        WARD_TABLE,
        "về chuyển đổi số thành phố Lạc Hải năm 2026.",
        "về chuyển đổi số thành phố Lạc Hải năm 2025.",
        "year-of-title",
        "the city's plan is for 2026",
    ),
    Fault(
        WARD_TABLE,
        "158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải về chuyển đổi số thành phố Lạc Hải năm 2026",
        "140/KH-UBND ngày 05/12/2024 của Ủy ban nhân dân thành phố Lạc Hải về chuyển đổi số thành phố Lạc Hải năm 2025",
        "parent-of-other-year",
        "a plan for 2026 that rests on the one for 2025",
    ),
    Fault(
        OFFICE,
        "158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải về chuyển đổi số thành phố Lạc Hải năm 2026",
        "131/KH-UBND ngày 12/01/2025 của Ủy ban nhân dân thành phố Lạc Hải về chuyển đổi số thành phố Lạc Hải năm 2025",
        "parent-of-other-year",
        "a plan for 2026 that rests on the one for 2025",
    ),
    # cited before it was issued
    Fault(PARTY, "08-NQ/TU ngày 15/7/2025", "08-NQ/TU ngày 15/9/2025", "cited-before-issue", "a month after the plan"),
    Fault(
        CITY,
        "Hải, ngày 22 tháng 12 năm 2025",
        "Hải, ngày 22 tháng 7 năm 2025",
        "cited-before-issue",
        "cites decisions of the autumn",
    ),
    Fault(
        RULES,
        "05/2017/QĐ-TTg ngày 16 tháng 3 năm 2017",
        "125/2025/NĐ-CP ngày 16 tháng 11 năm 2025",
        "cited-before-issue",
        "a decree after the decision that rests on it",
    ),
    # who is cited
    Fault(
        CITY,
        "phê duyệt Chương trình chuyển đổi số quốc gia đến năm 2025, định hướng năm 2030",
        "về tổ chức lễ hội mùa xuân và bắn pháo hoa",
        "title-against-register",
        "another title than the programme's",
    ),
    Fault(
        OFFICE,
        "ban hành Quy chế bảo đảm an toàn hệ thống thông tin, Sở",
        "ban hành định mức cây xanh đường phố đô thị loại một, Sở",
        "title-against-others",
        "the decision has another title",
    ),
    Fault(
        CITY,
        "749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ",
        "749/QĐ-TTg ngày 03/6/2020 của Bộ Tài chính",
        "issuer-against-number",
        "TTg is the Prime Minister",
    ),
    Fault(
        WARD,
        "73/2019/NĐ-CP ngày 05/9/2019 của Chính phủ",
        "73/2019/NĐ-CP ngày 05/9/2019 của Bộ Nội vụ",
        "issuer-against-number",
        "a decree is the government's",
    ),
    Fault(
        CITY,
        "09/CT-TTg ngày 23/02/2024 của Thủ tướng Chính phủ",
        "09/CT-TTg ngày 23/02/2024 của Bộ Công an",
        "issuer-against-number",
        "TTg is the Prime Minister",
    ),
    Fault(
        OFFICE,
        "158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải",
        "158/KH-UBND ngày 22/12/2025 của Sở Tài chính thành phố Lạc Hải",
        "issuer-against-others",
        "the plan is the city's",
    ),
    Fault(CITY, "Nghị quyết số 71/NQ-CP", "Nghị định số 71/NQ-CP", "type-against-number", "NQ is a resolution"),
    Fault(WARD, "Nghị định số 73/2019/NĐ-CP", "Nghị quyết số 73/2019/NĐ-CP", "type-against-number", "NĐ is a decree"),
    Fault(CITY, "Chỉ thị số 09/CT-TTg", "Công điện số 09/CT-TTg", "type-against-number", "CT is a directive"),
    # force
    Fault(
        WARD,
        "Nghị định số 73/2019/NĐ-CP ngày 05/9/2019",
        "Nghị định số 102/2009/NĐ-CP ngày 06/11/2009",
        "basis-out-of-force",
        "replaced in 2020",
    ),
    Fault(
        RULES,
        "Căn cứ Luật Tổ chức chính quyền địa phương;",
        "Căn cứ Nghị định số 130/2018/NĐ-CP ngày 27 tháng 9 năm 2018 của Chính phủ;",
        "basis-out-of-force",
        "replaced in 2025",
    ),
    Fault(
        CITY,
        "Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ sửa đổi, bổ sung cập nhật",
        "Nghị quyết số 03/NQ-CP ngày 09/01/2025 của Chính phủ về",
        "basis-out-of-force",
        "replaced in April 2025",
    ),
    Fault(
        WARD,
        "Quyết định số 45/2025/QĐ-UBND của Ủy ban nhân dân thành phố, hoàn",
        "thực hiện Quyết định số 19/2021/QĐ-UBND ngày 12/5/2021 của Ủy ban nhân dân thành phố, hoàn",
        "basis-replaced",
        "the decision of 2025 replaced it",
    ),
    Fault(
        WARD_TABLE,
        "- Kế hoạch số 158/KH-UBND ngày",
        _lines(
            "- Quyết định số 19/2021/QĐ-UBND ngày 12/5/2021 của Ủy ban nhân dân thành phố Lạc Hải;",
            "",
            "- Kế hoạch số 158/KH-UBND ngày",
        ),
        "basis-replaced",
        "the decision of 2025 replaced it",
    ),
    Fault(
        CITY,
        "73/2019/NĐ-CP ngày 05/9/2019 và Nghị định số 82/2024/NĐ-CP ngày 10/7/2024 của Chính phủ",
        "73/2019/NĐ-CP ngày 05/9/2019 của Chính phủ",
        "basis-amended",
        "amended in 2024, which is left out",
    ),
    Fault(
        OFFICE,
        "73/2019/NĐ-CP ngày 05/9/2019 và Nghị định số 82/2024/NĐ-CP ngày 10/7/2024 của Chính phủ",
        "73/2019/NĐ-CP ngày 05/9/2019 của Chính phủ",
        "basis-amended",
        "amended in 2024, which is left out",
    ),
    # numbers
    Fault(CITY, "Nghị quyết số 71/NQ-CP", "Nghị quyết số 71-NQ/CP", "number-form", "separators of the Party's style"),
    Fault(WARD, "Số: 12/KH-UBND", "Số:     /KH-UBND", "blank-number", "no number"),
    Fault(PARTY, "Số 21-KH/TU", "Số      -KH/TU", "blank-number", "no number"),
    # numbering
    Fault(WARD, "III. KINH PHÍ THỰC HIỆN", "IV. KINH PHÍ THỰC HIỆN", "numbering", "part III left out"),
    Fault(PARTY, "4. Dữ liệu số", "5. Dữ liệu số", "numbering", "section 4 left out"),
    Fault(WARD_TABLE, "| 3 | Cài", "| 7 | Cài", "numbering", "a row with a wrong number"),
    Fault(CITY, "2\tBan hành mức hỗ trợ", "4\tBan hành mức hỗ trợ", "numbering", "a row with a wrong number"),
    # sums
    Fault(
        CITY,
        "I\tSở Khoa học và Công nghệ\t\t22.450",
        "I\tSở Khoa học và Công nghệ\t\t24.250",
        "sum-mismatch",
        "a group that is not its rows",
    ),
    Fault(CITY, "38.370\t12.170,5", "38.730\t12.170,5", "sum-mismatch", "a total that is not its groups"),
    Fault(CITY, "2026\t1.500\t-", "2026\t1.900\t-", "sum-mismatch", "a row too high for its group"),
    # names and spelling
    Fault(PARTY, "Chuyển toàn bộ cơ quan đảng", "Chuyên đổi số toàn bộ cơ quan đảng", "typo-in-name", "chuyên for chuyển"),
    Fault(
        WARD_TABLE,
        "| Phòng Văn hóa - Xã hội | Các khu phố",
        "| Phòng Văn hóa và Thông tin | Các khu phố",
        "unit-conflict",
        "one office with two names",
    ),
    Fault(WARD, "thông tin điện tử của phường.", "thông tin điện tử của xã.", "unit-conflict", "a ward that is called a commune"),
    # deadlines
    Fault(WARD, "tháng 3/2026. ", "tháng 3/2025. ", "deadline-before-issue", "a year too early"),
    Fault(
        OFFICE,
        "+ Thời gian hoàn thành: Tháng 3/2026.",
        "+ Thời gian hoàn thành: Tháng 3/2027.",
        "deadline-after-period",
        "a year too late",
    ),
    Fault(
        CITY,
        "nghiệp viễn thông\tQuý I - Quý IV/2026",
        "nghiệp viễn thông\tTháng 5/2027",
        "deadline-after-period",
        "a year too late",
    ),
    Fault(CITY, "Tháng 9/2026", "Tháng 9/2025", "deadline-before-issue", "a year too early"),
    Fault(WARD_TABLE, "Tháng 3/2026", "Quý IV/2026", "deadline-after-parent", "the city wants it by June"),
    Fault(
        CITY,
        "Sở Khoa học và Công nghệ\tCác sở, ban, ngành\tQuý I/2026",
        "Sở Khoa học và Công nghệ\tCác sở, ban, ngành\tTháng 01/2026",
        "deadline-after-parent",
        "the department has time until March",
        OFFICE,
    ),
    # leads
    Fault(
        CITY,
        "6\tDiễn tập thực chiến ứng cứu sự cố\tCông an thành phố",
        "6\tDiễn tập thực chiến ứng cứu sự cố\tSở Thông tin và Truyền thông",
        "lead-dissolved",
        "merged in 2025",
    ),
    Fault(
        CITY,
        "Sở Tài chính\tSở Khoa học và Công nghệ; Sở Nội vụ",
        "Sở Kế hoạch và Đầu tư\tSở Khoa học và Công nghệ; Sở Nội vụ",
        "lead-dissolved",
        "merged in 2025",
    ),
    Fault(
        WARD_TABLE,
        "| Phòng Kinh tế, Hạ tầng và Đô thị | Thuế",
        "| Sở Công Thương | Thuế",
        "lead-not-of-body",
        "a ward cannot charge a department",
    ),
    Fault(
        WARD_TABLE,
        "| Trung tâm Phục vụ hành chính công phường |",
        "| Trung tâm Phục vụ hành chính công phường Bến Trúc |",
        "lead-not-of-body",
        "the centre of another ward",
    ),
    Fault(
        OFFICE,
        "+ Đơn vị chủ trì: Phòng Quản lý khoa học.",
        "+ Đơn vị chủ trì: Sở Tài chính.",
        "lead-not-of-body",
        "a department cannot charge another one",
    ),
    Fault(
        WARD_TABLE,
        "| 6 | Hỗ trợ",
        _lines(
            "| 6 | Tập huấn kỹ năng số cho Tổ công nghệ số cộng đồng | Công an phường | Các khu phố | Quý III/2026 | Danh sách |",
            "| 7 | Hỗ trợ",
        ),
        "two-leads",
        "the same row for another lead",
    ),
    Fault(
        CITY,
        "7\tCập nhật dữ liệu đất đai",
        _lines(
            "7\tDiễn tập thực chiến ứng cứu sự cố\tSở Khoa học và Công nghệ\tCác sở\tTháng 9/2026\tBáo cáo",
            "8\tCập nhật dữ liệu đất đai",
        ),
        "two-leads",
        "the same row for another lead",
    ),
    # what is missing
    Fault(
        WARD_TABLE,
        "| Văn phòng HĐND và UBND | Các phòng, đơn vị thuộc phường | 28/02/2026",
        "| | Các phòng, đơn vị thuộc phường | 28/02/2026",
        "no-lead",
        "a row without lead",
    ),
    Fault(WARD_TABLE, "| Quý III/2026 | Kế hoạch |", "| | Kế hoạch |", "no-deadline", "a row without deadline"),
    Fault(WARD_TABLE, "| Quý III/2026 | Kế hoạch |", "| Quý III/2026 | |", "no-product", "a row without product"),
    Fault(CITY, "Tháng 9/2026\tBáo cáo kết quả diễn tập", "Tháng 9/2026\t", "no-product", "a row without product"),
    # targets
    Fault(
        WARD,
        "Tối thiểu 82% hồ sơ thủ tục hành chính của phường được nộp trực tuyến",
        "Tối thiểu 70% hồ sơ thủ tục hành chính được nộp trực tuyến",
        "target-below-parent",
        "the city wants 80 %",
    ),
    Fault(
        WARD_TABLE,
        "nộp trực tuyến đạt từ 85% trở lên",
        "nộp trực tuyến đạt từ 75% trở lên",
        "target-below-parent",
        "the city wants 80 %",
    ),
    Fault(
        CITY,
        "nộp trực tuyến đạt tối thiểu 80%",
        "nộp trực tuyến đạt tối thiểu 75%",
        "target-below-parent",
        "the Party's plan wants 80 %",
    ),
)
"""The planted faults."""


def clean(name: str) -> str:
    """The text of an example without the faults that it comes with."""
    text = (EXAMPLES / name).read_text("utf-8")
    for old, new in REPAIRS.get(name, ()):
        assert text.count(old) == 1, (name, old)
        text = text.replace(old, new)
    return text


def planted(fault: Fault) -> str:
    """The clean text of the fault's example with the fault in it."""
    text = clean(fault.base)
    assert text.count(fault.old) == 1, (fault.base, fault.old, text.count(fault.old))
    return text.replace(fault.old, fault.new)
