"""Orders: whom notices, directives and single lines give work, and what only looks like an order."""

from __future__ import annotations

import pytest
from plan_samples import plan

from documents.understand import understand

NOTICE = (
    "VĂN PHÒNG CHÍNH PHỦ",
    "Số: 41/TB-VPCP",
    "Hà Nội, ngày 5 tháng 3 năm 2025",
    "THÔNG BÁO",
    "Kết luận tại cuộc họp về dữ liệu dùng chung",
    "",
    "Sau khi nghe các bộ báo cáo, Phó Thủ tướng kết luận như sau:",
)


ORDERS = [
    (["1. Giao Bộ Tài chính chủ trì, phối hợp với Bộ Tư pháp soạn quy chế."], [["Bộ Tài chính"]], "a ministry is given work"),
    (["1. Yêu cầu Bộ Xây dựng báo cáo tiến độ trước ngày 15/7/2025."], [["Bộ Xây dựng"]], "it is asked for it"),
    (["1. Bộ Nội vụ khẩn trương rà soát danh mục nghề."], [["Bộ Nội vụ"]], "it is the subject"),
    (["1. Về vốn đầu tư", "Giao Bộ Tài chính rà soát các dự án chậm."], [["Bộ Tài chính"]], "below a heading with a topic"),
    (["1. Về dữ liệu", "- Bộ Y tế tham mưu kế hoạch kết nối."], [["Bộ Y tế"]], "a bullet below such a heading"),
    (["1. Biểu dương các bộ đã hoàn thành báo cáo đúng hạn."], [], "praise is no duty"),
    (["1. Bộ Y tế rà soát hồ sơ.", "Văn phòng Chính phủ thông báo để các bộ biết, thực hiện./."], [["Bộ Y tế"]], "a formula"),
]


@pytest.mark.parametrize(("body", "leads", "reason"), ORDERS, ids=[o[2] for o in ORDERS])
def test_orders_of_a_central_notice(body: list[str], leads: list[list[str]], reason: str) -> None:
    found = understand([*NOTICE, *body], "thong-bao.txt", "0")
    assert [list(t.lead) for t in found.tasks] == leads, reason


def test_closing_formula_of_a_notice_is_no_task() -> None:
    body = ["1. Bộ Y tế rà soát hồ sơ.", "2. Bộ Nội vụ rà soát biên chế.", "Yêu cầu các bộ nghiêm túc thực hiện Thông báo này./."]
    assert len(understand([*NOTICE, *body], "thong-bao.txt", "0").tasks) == 2


def test_closing_order_of_a_directive() -> None:
    lines = [
        "ỦY BAN NHÂN DÂN TỈNH NAM SƠN", "Số: 3/CT-UBND", "Nam Sơn, ngày 4 tháng 5 năm 2025", "CHỈ THỊ", "Về an toàn hồ đập", "",
        "Thời gian qua mưa lớn. Chủ tịch UBND tỉnh yêu cầu:", "1. Sở Xây dựng kiểm tra các đập.",
        "2. Chỉ thị này có hiệu lực từ ngày ký.", "Giao Văn phòng UBND tỉnh theo dõi, đôn đốc./.",
    ]  # fmt: skip
    found = understand(lines, "chi-thi.txt", "0")
    assert [list(t.lead) for t in found.tasks] == [["Sở Xây dựng"], ["Văn phòng UBND tỉnh"]]


def test_duties_of_several_bodies_in_an_article_of_a_central_document() -> None:
    lines = [
        "BỘ TÀI CHÍNH - BỘ XÂY DỰNG", "Số: 7/2013/TTLT-BTC-BXD", "Hà Nội, ngày 4 tháng 5 năm 2013", "THÔNG TƯ LIÊN TỊCH",
        "Hướng dẫn quản lý nhà công vụ", "", "Điều 1. Phạm vi điều chỉnh", "1. Bộ Xây dựng quản lý nhà công vụ.",
        "Điều 2. Trách nhiệm của các cơ quan", "1. Bộ Xây dựng tổng hợp nhu cầu nhà ở.",
        "2. Bộ Tài chính bố trí kinh phí sửa chữa.",
    ]  # fmt: skip
    found = understand(lines, "thong-tu.txt", "0")
    assert [(t.lines[0], list(t.lead)) for t in found.tasks] == [(10, ["Bộ Xây dựng"]), (11, ["Bộ Tài chính"])]


def test_what_a_report_asks_of_those_above_is_no_task() -> None:
    found = plan("Phần II. NHIỆM VỤ", "1. Phòng Kinh tế rà soát chợ.", "III. KIẾN NGHỊ", "Đề nghị Sở Y tế cấp thuốc cho trạm.")
    assert [t.lines[0] for t in found.tasks] == [10]


WHO = [
    ("- Sở Kế hoạch và Đầu tư bố trí vốn cho trạm bơm.", ["Sở Kế hoạch và Đầu tư"], [], "a known name ends before the verb"),
    ("- Giao UBND các phường đối soát sổ địa chính.", ["UBND các phường"], [], "committees of several places"),
    (
        "- Công an phường chủ trì, phối hợp Sở Kế hoạch và Đầu tư bố trí tối thiểu 10% kinh phí.",
        ["Công an phường"],
        ["Sở Kế hoạch và Đầu tư"],
        "the partner's name holds no share",
    ),
    ("- Công an phường: phát tờ rơi tại chợ.", ["Công an phường"], [], "before a colon"),
    ("- Phòng Văn hóa - Xã hội: treo băng rôn.", ["Phòng Văn hóa - Xã hội"], [], "before a colon, with a dash"),
    ("- Nội dung thi đua: phát tờ rơi tại chợ.", [], [], "no unit before the colon"),
]


@pytest.mark.parametrize(("body", "lead", "coordinate", "reason"), WHO, ids=[w[3] for w in WHO])
def test_who_in_a_duty_of_the_tasks_part(body: str, lead: list[str], coordinate: list[str], reason: str) -> None:
    (task,) = plan("I. NHIỆM VỤ", "1. Việc chung", body).tasks
    assert (list(task.lead), list(task.coordinate)) == (lead, coordinate), reason


WRAPPED = [
    (["- Mỗi trường dựng ít nhất", "02 bài giảng điện tử."], 1, "a count behind “ít nhất”"),
    (["- Trang bị cho trạm", "5 máy quét."], 1, "things in small letters"),
    (["- Mở các lớp gồm", "3 Lớp kỹ năng số."], 1, "behind “gồm”"),
    (["- Sửa đường thôn.", "- Thay bóng đèn ngõ."], 2, "two bullets"),
    (["1. Sửa đường thôn;", "2. Thay bóng đèn ngõ."], 2, "numbered lines"),
]


@pytest.mark.parametrize(("body", "count", "reason"), WRAPPED, ids=[w[2] for w in WRAPPED])
def test_a_wrapped_figure_begins_no_task(body: list[str], count: int, reason: str) -> None:
    assert len(plan("I. NHIỆM VỤ", "Các việc phải làm ngay:", *body).tasks) == count, reason
