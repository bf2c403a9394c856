"""Deadlines, money and targets: the words as written and what they mean."""

from __future__ import annotations

import pytest
from plan_samples import plan

from documents.tasks import deadline
from documents.tasks.measure import values
from documents.tasks.money import cell, is_unit_note, unit_in, unit_note

DEADLINES = [
    # words, year of the plan, kind, start, end, reason
    ("Tháng 2/2026", None, "month", "2026-02-01", "2026-02-28", "a month"),
    ("Tháng 02 năm 2024", None, "month", "2024-02-01", "2024-02-29", "a leap year"),
    ("Quý I/2026", None, "quarter", "2026-01-01", "2026-03-31", "a quarter"),
    ("Quý III", 2026, "quarter", "2026-07-01", "2026-09-30", "the plan's year where none is written"),
    ("2026", None, "year", "2026-01-01", "2026-12-31", "a year"),
    ("Năm 2025", None, "year", "2025-01-01", "2025-12-31", "a year in words"),
    ("2024-2026", None, "range", "2024-01-01", "2026-12-31", "years"),
    ("Thuê dịch vụ 03 năm (2023-2025)", None, "range", "2023-01-01", "2025-12-31", "a range inside words"),
    ("Thường xuyên", None, "ongoing", None, None, "no end"),
    ("Theo kế hoạch thành phố", None, "other", None, None, "words that name no time"),
    ("Hằng quý", None, "other", None, None, "a duty that comes back"),
    ("trước ngày 30/11/2026", None, "before", None, "2026-11-30", "the day counts"),
    ("Trước quý II/2026", None, "before", None, "2026-03-31", "the quarter does not"),
    ("trước tháng 3/2026", None, "before", None, "2026-02-28", "the month does not"),
    ("15/12/2026", None, "date", "2026-12-15", "2026-12-15", "a day"),
    ("30/2/2026", None, "other", None, None, "a day that the calendar lacks"),
    ("Quý II, III/2026", None, "range", "2026-04-01", "2026-09-30", "two quarters with one year"),
    ("Quý I-II/2026", None, "range", "2026-01-01", "2026-06-30", "quarters with a hyphen"),
    ("Quý 1-2/2026", None, "range", "2026-01-01", "2026-06-30", "quarters in figures"),
    ("Quý I, II, III/2026", None, "range", "2026-01-01", "2026-09-30", "three quarters"),
    ("Quý II và Quý IV/2025", None, "range", "2025-04-01", "2025-12-31", "from the first quarter to the last"),
    ("Tháng 2-4/2026", None, "range", "2026-02-01", "2026-04-30", "months, not the second of April"),
    ("02-04/2026", None, "range", "2026-02-01", "2026-04-30", "months without their word"),
    ("04-02/2026", None, "other", None, None, "months in the wrong order or a day: nobody knows"),
    ("tháng 6 - tháng 8 năm 2025", None, "range", "2025-06-01", "2025-08-31", "months with one year"),
    ("Tháng 6-8", 2025, "range", "2025-06-01", "2025-08-31", "months of the plan's year"),
    ("Tháng 11/2025-02/2026", None, "range", "2025-11-01", "2026-02-28", "months of two years"),
    ("tháng 3, tháng 4 năm 2026", None, "range", "2026-03-01", "2026-04-30", "months in a row"),
    ("30-4-2026", None, "date", "2026-04-30", "2026-04-30", "a day with hyphens"),
    ("6 tháng đầu năm", 2026, "range", "2026-01-01", "2026-06-30", "half of the plan's year"),
    ("Chậm nhất ngày 15/6/2026", None, "before", None, "2026-06-15", "the last day"),
    ("tuần 3 tháng 5/2026", None, "month", "2026-05-01", "2026-05-31", "no day is guessed for a week"),
    ("định kỳ 6 tháng", None, "other", None, None, "a duty that comes back after months"),
]


@pytest.mark.parametrize(("text", "year", "kind", "start", "end", "reason"), DEADLINES, ids=[d[5] for d in DEADLINES])
def test_deadline(text: str, year: int | None, kind: str, start: str | None, end: str | None, reason: str) -> None:
    found = deadline.parse(text, year)
    assert found is not None
    assert (found.kind, found.start, found.end) == (kind, start, end), reason
    assert found.text == text


@pytest.mark.parametrize("text", ["", " ", "-", "–"])
def test_no_deadline(text: str) -> None:
    assert deadline.parse(text) is None


def test_columns_for_beginning_and_end() -> None:
    span = deadline.between("Quý I", "Quý IV", 2025)
    assert span and (span.kind, span.start, span.end) == ("range", "2025-01-01", "2025-12-31")
    same = deadline.between("Quý I", "Quý I", 2025)
    assert same and (same.kind, same.end) == ("quarter", "2025-03-31")


IN_TEXT = [
    ("Xây dựng kế hoạch, hoàn thành trong tháng 02/2026.", "month", "2026-02-28"),
    ("Gửi báo cáo về Sở trước ngày **30/11/2026** để tổng hợp.", "before", "2026-11-30"),
    ("Định kỳ hằng quý báo cáo kết quả.", "other", None),
    ("Thường xuyên tham gia diễn tập.", "ongoing", None),
    ("Hướng dẫn người dân cài đặt VNeID (thường xuyên).", "ongoing", None),
    ("Báo cáo kết quả trước ngày 15 tháng 12 hằng năm.", "other", None),
    ("Gửi số liệu trước 16 giờ hằng ngày.", "other", None),
    ("Định kỳ ngày 05 và ngày 20 hằng tháng báo cáo.", "other", None),
    ("Theo dõi, đôn đốc, định kỳ hằng năm báo cáo kết quả.", "other", None),
    ("Nộp hồ sơ trước ngày 30-4-2021 để xét duyệt.", "before", "2021-04-30"),
    ("Gửi danh sách trước 17 giờ ngày 20/10/2025.", "before", "2025-10-20"),
    ("Bàn giao mặt bằng chậm nhất ngày 15 tháng 6 năm 2026.", "before", "2026-06-15"),
    ("Đấu nối đường truyền, hoàn thành trong 6 tháng đầu năm 2025.", "range", "2025-06-30"),
    ("Kiểm kê kho lưu trữ trong tháng 3, tháng 4 năm 2026.", "range", "2026-04-30"),
    ("Kiểm tra máy trạm, xong trong tuần 3 tháng 5/2026.", "month", "2026-05-31"),
    ("Sao lưu dữ liệu định kỳ 6 tháng một lần.", "other", None),
    ("Báo cáo tiến độ vào ngày 20 hằng tháng.", "other", None),
    ("Họp giao ban thứ Sáu hằng tuần.", "other", None),
    ("Đăng trên Trang thông tin mỗi tháng 01 bài.", "other", None),
]


@pytest.mark.parametrize(("text", "kind", "end"), IN_TEXT)
def test_deadline_in_a_duty(text: str, kind: str, end: str | None) -> None:
    found = deadline.in_text(text)
    assert found is not None and (found.kind, found.end) == (kind, end)


@pytest.mark.parametrize(
    "text", ["Rà soát Kế hoạch năm 2026 của phường.", "Nâng cấp mạng nội bộ.", "Là tiêu chí xét thi đua hàng năm."]
)
def test_years_and_habits_that_are_no_deadline(text: str) -> None:
    assert deadline.in_text(text) is None


PERIODS = [
    ("Chuyển đổi số phường năm 2026", ("2026-01-01", "2026-12-31")),
    ("Ứng dụng công nghệ thông tin 6 tháng cuối năm 2025", ("2025-07-01", "2025-12-31")),
    ("Phát triển dữ liệu giai đoạn 2026-2030", ("2026-01-01", "2030-12-31")),
    ("Tổ chức hội nghị", None),
    ("Thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị", None),
    ("Thực hiện Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị trong năm 2025", ("2025-01-01", "2025-12-31")),
]


@pytest.mark.parametrize(("title", "days"), PERIODS)
def test_period_of_a_plan(title: str, days: tuple[str, str] | None) -> None:
    assert deadline.period(title) == days


MONEY = [
    ("118.084", "trieu dong", 118_084_000_000, "points between thousands"),
    ("1.950,5", "trieu dong", 1_950_500_000, "a comma before decimals"),
    ("500", "trieu dong", 500_000_000, "no point"),
    ("2.500.000", "dong", 2_500_000, "đồng"),
    ("2.500.000", None, None, "no amount where no unit is known"),
    ("35.000.000 đồng", None, 35_000_000, "the cell says its unit"),
    ("1.200", "nghin dong", 1_200_000, "thousands"),
    ("1,2 tỷ đồng", "trieu dong", 1_200_000_000, "a unit of its own"),
    ("-", "trieu dong", None, "a dash is an entry without amount"),
]


@pytest.mark.parametrize(("text", "unit", "amount", "reason"), MONEY, ids=[m[3] for m in MONEY])
def test_money(text: str, unit: str | None, amount: int | None, reason: str) -> None:
    found = cell("Dự toán", text, unit)
    assert found is not None and found.amount_vnd == amount, reason
    assert found.as_written == text


@pytest.mark.parametrize("text", ["", "80,0%", "Quý I", "1.2.3"])
def test_what_is_no_money(text: str) -> None:
    assert cell("Dự toán", text, "trieu dong") is None


def test_unit_of_a_table() -> None:
    assert unit_in("Đơn vị tính: Triệu đồng") == "trieu dong"
    assert unit_in("Ghi chú") is None


NOTES = [
    ("Đơn vị: triệu đồng", "trieu dong", True, "without “tính”"),
    ("(Đơn vị: nghìn đồng)", "nghin dong", True, "in brackets"),
    ("ĐVT: tỷ đồng", "ty dong", True, "abbreviated"),
    ("Đơn vị tính: 1.000 đồng", "nghin dong", True, "thousands in figures"),
    ("Đơn vị tính: VNĐ", "dong", True, "the currency's sign"),
    ("III. NHU CẦU VỐN (triệu đồng)", "trieu dong", False, "behind a heading"),
    ("PHỤ LỤC 2 (Đơn vị: triệu đồng)", "trieu dong", False, "a note behind a heading"),
    ("Đơn vị: Phòng Kinh tế", None, False, "the label of who does it"),
    ("Ký hợp đồng mua sắm", None, False, "the end of another word"),
    ("Bố trí 500 triệu đồng", None, False, "an amount is no note"),
]


@pytest.mark.parametrize(("text", "unit", "alone", "reason"), NOTES, ids=[n[3] for n in NOTES])
def test_note_on_the_unit_of_a_table(text: str, unit: str | None, alone: bool, reason: str) -> None:
    assert (unit_note(text), is_unit_note(text)) == (unit, alone), reason


@pytest.mark.parametrize("note", ["Đơn vị: triệu đồng", "(Đơn vị: triệu đồng)", "ĐVT: Triệu đồng"])
def test_unit_of_money_above_a_table(note: str) -> None:
    rows = ["TT\tNội dung\tĐơn vị chủ trì\tKinh phí", "1\tMua máy quét tài liệu\tVăn phòng\t1.200"]
    found = plan("II. NỘI DUNG", note, *rows)
    assert [[(m.amount_vnd, m.unit) for m in t.budget] for t in found.tasks] == [[(1_200_000_000, "triệu đồng")]]


def test_no_amount_without_unit() -> None:
    rows = ["TT\tNội dung\tĐơn vị chủ trì\tKinh phí", "1\tMua máy quét tài liệu\tVăn phòng\t1.200"]
    assert [(m.amount_vnd, m.as_written) for t in plan("II. NỘI DUNG", *rows).tasks for m in t.budget] == [(None, "1.200")]


TARGETS = [
    ("100% văn bản được ký số", [("=", 100, "%")], "a bare percentage"),
    ("Tối thiểu 80% hồ sơ", [(">=", 80, "%")], "at least"),
    ("đạt trên 90%", [(">", 90, "%")], "more than"),
    ("đạt ≥ 84%", [(">=", 84, "%")], "a sign"),
    ("đạt 80 % trở lên", [(">=", 80, "%")], "at least, behind the value"),
    ("không quá 5%", [("<=", 5, "%")], "at most"),
    ("tối thiểu đạt 25%", [(">=", 25, "%")], "a verb between the comparison and the value"),
    ("đạt 72,5%", [("=", 72.5, "%")], "a decimal comma"),
    ("90% ở cấp thành phố, 75% ở cấp xã", [("=", 90, "%"), ("=", 75, "%")], "two values in one sentence"),
    ("hoạt động trở lại trong vòng 24 giờ", [("<=", 24, "giờ")], "a time limit"),
    ("sao lưu theo nguyên tắc 3-2-1", [], "no value to reach"),
    ("doanh thu tăng 20 - 25%/năm", [(">=", 20, "%")], "the least of two shares"),
    ("đạt 80-85% hộ", [(">=", 80, "%")], "without blanks"),
    ("hao hụt không quá 10-15%", [("<=", 15, "%")], "the most of two shares"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), TARGETS, ids=[t[2] for t in TARGETS])
def test_target_values(text: str, expected: list[tuple[str, float, str]], reason: str) -> None:
    assert [(v.comparator, v.value, v.unit) for v in values(text)] == expected, reason


IN_TASKS = [
    ("Tổ chức tối thiểu 01 cuộc diễn tập an toàn thông tin.", [(">=", 1, "cuộc")], "an event to be held so many times"),
    ("Phát sóng chuyên mục, tối thiểu 2 lần/tuần.", [], "a frequency is no target"),
    ("Lưu dữ liệu, có ít nhất 03 bản sao.", [], "a property of what is made"),
    (
        "Phê duyệt hồ sơ cho 100% hệ thống. 100% hệ thống được bảo vệ.",
        [("=", 100, "%"), ("=", 100, "%")],
        "one value in two sentences is two targets",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), IN_TASKS, ids=[x[2] for x in IN_TASKS])
def test_targets_inside_tasks(text: str, expected: list[tuple[str, float, str]], reason: str) -> None:
    found = plan("I. NHIỆM VỤ", f"- {text}").targets
    assert [(t.comparator, t.value, t.unit) for t in found] == expected, reason


def test_a_product_that_says_the_target_again_is_one_target() -> None:
    row = "1\tĐạt 80% hồ sơ trực tuyến\tVăn phòng\tQuý I\t80% hồ sơ trực tuyến"
    found = plan("PHỤ LỤC", "TT\tNhiệm vụ\tChủ trì\tThời gian\tSản phẩm", row).targets
    assert [(t.value, t.text) for t in found] == [(80, "Đạt 80% hồ sơ trực tuyến")]


AMOUNTS = [
    ("Mở 12 lớp/năm cho nông dân.", [("=", 12, "lớp/năm")], "so many in a year"),
    ("Kiểm tra ít nhất 02 lần/năm.", [(">=", 2, "lần/năm")], "so often in a year at least"),
    ("Số hộ bán hàng qua mạng tăng ít nhất 1,5 lần.", [(">=", 1.5, "lần")], "a decimal"),
    ("Tổ chức tối thiểu 03 hội nghị tập huấn.", [(">=", 3, "hội nghị")], "two syllables are one thing"),
    ("Tổ chức ít nhất 02 cuộc diễn tập.", [(">=", 2, "cuộc")], "a counter stands alone"),
    ("Thu nhập bình quân đạt 52 triệu đồng/người/năm.", [("=", 52, "triệu đồng/người/năm")], "an amount of money for each"),
    ("Tỷ lệ mắc dưới 120/100.000 dân.", [("<", 120, "/100.000 dân")], "a rate that is no percentage"),
    ("Có thêm ít nhất 02 xã đạt chuẩn.", [(">=", 2, "xã")], "a count, without the words behind its unit"),
    ("Tỷ lệ truy cập với tốc độ trên 01 Gbps đạt 80%.", [("=", 80, "%")], "beside a share a number says of what it is"),
    ("Phủ sóng di động 4G, 5G đến mọi thôn.", [], "a number that is a name"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), AMOUNTS, ids=[x[2] for x in AMOUNTS])
def test_amounts_in_the_part_with_targets(text: str, expected: list[tuple[str, float, str]], reason: str) -> None:
    found = plan("I. MỤC TIÊU", f"- {text}").targets
    assert [(t.comparator, t.value, t.unit) for t in found] == expected, reason


INDICATORS = [
    # rows of a table, comparator, value and unit of its targets, reason
    (
        [
            "TT\tChỉ tiêu\tĐơn vị\tKết quả\tCơ quan chủ trì",
            "1\tSố sàn dữ liệu\tSàn\t≥ 05\tCông an",
            "2\tQuy mô kinh tế số\t% GRDP\t30\tSở",
        ],
        [(">=", 5, "Sàn"), ("=", 30, "%")],
        "a column with the unit, one with the value, one with who answers for it",
    ),
    (
        [
            "STT\tChỉ tiêu\tĐVT\tƯớc thực hiện 2025\tNăm 2026\tNăm 2030",
            "1\tHồ sơ trực tuyến\t%\t61\t70\t90",
            "2\tTrạm 5G\tTrạm\t3\t5\t1.200",
        ],
        [("=", 70, "%"), ("=", 90, "%"), ("=", 5, "Trạm"), ("=", 1200, "Trạm")],
        "what was reached is no target, each year of the plan has one",
    ),
    (
        ["STT\tChỉ tiêu\tĐVT\tMục tiêu\t", "\t\t\t2026\t2030", "1\tHồ sơ trực tuyến\t%\t70\t≥ 90"],
        [("=", 70, "%"), (">=", 90, "%")],
        "the years stand in a second row of headings",
    ),
    (
        ["STT\tMục tiêu cụ thể\tThành phố\tPhường", "1\tTỷ lệ hồ sơ xử lý trên mạng\t90%\t75%"],
        [("=", 75, "%")],
        "of two levels the last one is the document's own",
    ),
    (
        ["STT\tMục tiêu cụ thể\tPhường", "1\tTối thiểu 80% hồ sơ xử lý trên mạng\t80%"],
        [(">=", 80, "%")],
        "the words of the row compare the value",
    ),
    (["STT\tChỉ tiêu\tKết quả", "1\tHạ tầng số\tHiện đại, đồng bộ"], [], "a goal in words has no value"),
    (
        ["STT\tChỉ tiêu\tNăm 2026", "I\tKinh tế số\t", "1\tTỷ trọng kinh tế số\ttrên 12%"],
        [(">", 12, "%")],
        "a group row has no value",
    ),
]


@pytest.mark.parametrize(("rows", "expected", "reason"), INDICATORS, ids=[x[2] for x in INDICATORS])
def test_tables_of_indicators(rows: list[str], expected: list[tuple[str, float, str]], reason: str) -> None:
    found = plan("I. MỤC TIÊU", *rows).targets
    assert [(t.comparator, t.value, t.unit) for t in found] == expected, reason
