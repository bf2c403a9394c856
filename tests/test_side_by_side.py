"""Cells that stand beside each other and were read line by line: taken apart, and the targets that they hold."""

import pytest

from documents.restoration.restore import restore
from documents.structure.run_together import loose_rows
from documents.structure.side_by_side import column_bars, columns_apart, has_columns
from documents.understand import understand

CELLS = [
    # the lines as read, the left and the right cell, reason
    (
        [
            "Tỷ lệ hồ sơ trình Ủy ban nhân",
            "dân thành phố gửi qua mạng | Tỷ lệ hồ sơ trình Ủy ban nhân",
            "đạt 100%, trừ hồ sơ mật dân phường gửi qua mạng đạt 90%",
        ],
        "Tỷ lệ hồ sơ trình Ủy ban nhân dân thành phố gửi qua mạng đạt 100%, trừ hồ sơ mật",
        "Tỷ lệ hồ sơ trình Ủy ban nhân dân phường gửi qua mạng đạt 90%",
        "the first line is of the left cell alone, the last one of both without a bar",
    ),
    (
        [
            "Xây dựng và vận hành hệ thống | Phòng Văn hóa - Xã hội chủ",
            "camera giám sát tại các nút trì, Công an phường phối",
            "giao thông chính | hợp thực hiện",
        ],
        "Xây dựng và vận hành hệ thống camera giám sát tại các nút giao thông chính",
        "Phòng Văn hóa - Xã hội chủ trì, Công an phường phối hợp thực hiện",
        "a word goes over the end of the line of its cell",
    ),
    (
        ["Bồi dưỡng kỹ năng số cho | Mở lớp tại nhà văn", "cán bộ, công chức | hóa các khu dân", "cư trên địa bàn phường"],
        "Bồi dưỡng kỹ năng số cho cán bộ, công chức",
        "Mở lớp tại nhà văn hóa các khu dân cư trên địa bàn phường",
        "the right cell is longer",
    ),
]


@pytest.mark.parametrize(("lines", "left", "right", "reason"), CELLS, ids=[x[3] for x in CELLS])
def test_cells_are_taken_apart(lines: list[str], left: str, right: str, reason: str) -> None:
    assert columns_apart(lines) == (left, right), reason


def test_more_lines_than_a_row_has_stay_together() -> None:
    assert columns_apart(["thủ tục | hành chính"] * 50)[1] == ""


def test_the_bar_behind_the_number_of_a_row_parts_no_words() -> None:
    for line, parted in (
        ("3 | trường mạng đạt", False),
        ("hồ sơ | của phường", True),
        ("a) | nội dung", False),
        ("hồ sơ |", False),
    ):
        assert has_columns(line) is parted, line
        assert bool(column_bars(line)) is parted, line


TABLE = [
    "STT Chỉ tiêu cụ thể của phường",
    "1 | Tối thiểu 60% hộ dân có tài khoản S60%",
    "2 | Tỷ lệ trường học dạy kỹ năng số >85%",
    "Tỷ lệ tổ dân phố có mạng băng rộng đạt trên 95% >95%",
    "3 | Tất cả camera của thành phố | 100% camera của phường từ",
    "từ loại 2 trở lên được kiểm tra | loại 1 trở lên được kiểm tra",
    "an toàn 100% an toàn thông tin",
]


def test_rows_of_a_table_whose_columns_ran_together() -> None:
    last = list(loose_rows(TABLE, (2, len(TABLE))))[-1]
    assert last.text == "Tất cả camera của thành phố từ loại 2 trở lên được kiểm tra an toàn 100%"
    assert last.value == "100% camera của phường từ loại 1 trở lên được kiểm tra an toàn thông tin"


def test_targets_of_such_a_table() -> None:
    document = understand(
        ["KẾ HOẠCH", "Chuyển đổi số", "I. MỤC TIÊU", *TABLE, "II. NHIỆM VỤ", "- Lắp camera."], "ke-hoach.txt", "0" * 64
    )
    found = [(t.comparator, t.value, t.text) for t in document.targets]
    assert [f[:2] for f in found] == [(">=", 60), (">=", 85), (">", 95), ("=", 100)]
    assert found[-1][2].startswith("100% camera của phường"), "the document's own level says the indicator anew"


def test_a_greater_sign_stays_where_nothing_says_that_signs_were_lost() -> None:
    rows = [TABLE[0], "1 | Tối thiểu 60% hộ dân có tài khoản 60%", TABLE[2]]
    document = understand(["KẾ HOẠCH", "Chuyển đổi số", "I. MỤC TIÊU", *rows], "ke-hoach.txt", "0" * 64)
    assert [(t.comparator, t.value) for t in document.targets] == [(">=", 60), (">", 85)]


def test_each_column_is_restored_by_its_own_words() -> None:
    read = [
        "Ty 1& ho so trinh Uy ban nhan | Ty 1& ho so cép x4 tir cap do 1 tro",
        "dan thanh phd dat muc do 3 tré | 1én dugc giai quyét dung han",
        "- Nang cip mang ndi bd va trang thiét bi cdng nghé théng tin cho céc co quan, don vi thudc phudng.",
    ]
    found = [line.text for line in restore(read, "recognition")]
    assert found[0].endswith("từ cấp độ 1 trở"), found[0]
    assert "| lên được giải quyết" in found[1]
