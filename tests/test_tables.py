"""Tables: headings in two rows, rows cut by pages, groups, totals, columns of money; phenomena of real annexes."""

from __future__ import annotations

import pytest
from plan_samples import plan

from documents.model import Document
from documents.structure.aligned import with_tabs
from documents.structure.item import items
from documents.structure.table import Table, joined, tables
from documents.understand import understand


def table_of(*rows: str) -> Table:
    found = items(rows)
    (table,) = tables(found, range(len(found)))
    return table


def row(*cells: str) -> str:
    return "\t".join(cells)


HEADINGS = [
    ("STT", "order"),
    ("Số TT", "order"),
    ("Nội dung nhiệm vụ", "task"),
    ("Tên dự án", "task"),
    ("Cơ quan chủ trì", "lead"),
    ("Đơn vị thực hiện", "lead"),
    ("Cơ quan phối hợp", "coordinate"),
    ("Đầu mối hỗ trợ", "support"),
    ("Thời gian hoàn thành", "deadline"),
    ("Bắt đầu", "start"),
    ("Sản phẩm, kết quả", "product"),
    ("Kinh phí (triệu đồng)", "money"),
    ("Dự toán được duyệt", "money"),
    ("Tỷ lệ bố trí vốn", "share"),
    ("Chỉ tiêu", "target"),
    ("Ghi chú", "note"),
]


@pytest.mark.parametrize(("heading", "role"), HEADINGS)
def test_what_a_column_holds(heading: str, role: str) -> None:
    table = table_of(
        row("STT" if role != "order" else heading, "Nhiệm vụ" if role != "task" else heading, heading),
        row("1", "Lập kế hoạch", "x"),
    )
    assert role in {column.role for column in table.columns}


def test_a_second_row_of_headings_splits_columns() -> None:
    table = table_of(
        row("STT", "Nội dung nhiệm vụ", "Thời gian", "", "Cơ quan chủ trì"),
        row("", "", "Bắt đầu", "Hoàn thành", ""),
        row("1", "Lập hồ sơ cấp độ", "Quý I", "Quý II", "Văn phòng"),
    )
    assert [c.role for c in table.columns] == ["order", "task", "start", "deadline", "lead"]
    assert [r.cells[2:4] for r in table.rows] == [("Quý I", "Quý II")]


BROKEN = (
    row("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian"),
    row("1.", "Nâng cấp mạng nội bộ", "Sở Thông tin", "Quý I"),
    "",
    row("STT", "Nội dung nhiệm vụ", "Cơ quan chủ trì", "Thời gian"),
    row("", "của Ủy ban nhân dân phường", "và Truyền thông", ""),
    row("2.", "Sao lưu dữ liệu", "Văn phòng", "Quý II"),
)


def test_a_row_goes_on_behind_a_repeated_heading() -> None:
    table = table_of(*BROKEN)
    assert [r.cells for r in table.rows] == [
        ("1.", "Nâng cấp mạng nội bộ của Ủy ban nhân dân phường", "Sở Thông tin và Truyền thông", "Quý I"),
        ("2.", "Sao lưu dữ liệu", "Văn phòng", "Quý II"),
    ]
    assert [r.lines for r in table.rows] == [(2, 5), (6, 6)]


def test_a_row_whose_rest_is_one_cell() -> None:
    """Behind a page break a line of tabs with one filled cell is a row, not a paragraph."""
    table = table_of(*BROKEN[:4], row("", "của phường.", "", ""), BROKEN[5])
    assert table.rows[0].cells[1] == "Nâng cấp mạng nội bộ của phường."


def test_a_cut_row_is_whole_for_citations() -> None:
    rows = (
        BROKEN[0],
        row("1.", "Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ", "Văn phòng", "Quý I"),
        BROKEN[0],
        row("", "tướng Chính phủ.", "", ""),
    )
    found = items(rows)
    whole = joined(found, tables(found, range(len(found))))
    assert whole[1].text.startswith("1. | Thực hiện Quyết định số 749/QĐ-TTg ngày 03/6/2020 của Thủ tướng Chính phủ. | Văn phòng")
    assert whole[1].line_at(whole[1].text.index("tướng")) == 4
    assert whole[3].text == ""


def test_rows_without_headings_are_no_table() -> None:
    found = items([row("Sở Nội vụ", "12", "3"), row("Sở Tài chính", "4", "5")])
    assert tables(found, range(len(found))) == ()


MONEY = (
    row("TT", "Tên nhiệm vụ", "Thời gian thực hiện", "Dự toán", "Chuyển nguồn sang 2026", "Tỷ lệ"),
    row("I", "Sở Y tế", "", "300", "", ""),
    row("1", "Bệnh án điện tử", "2025-2026", "100", "40", "40%"),
    row("2", "Tổng đài tư vấn", "2026", "200", "-", "0%"),
    row("", "Báo Lạc Hải", "", "50", "", ""),
    row("3", "Tòa soạn điện tử", "2026", "50", "", ""),
    row("", "TỔNG CỘNG", "", "350", "40", ""),
)


def test_groups_totals_and_data_are_told_apart() -> None:
    table = table_of(*MONEY)
    assert [r.kind for r in table.rows] == ["group", "data", "data", "group", "data", "total"]
    assert [r.group for r in table.rows if r.kind == "data"] == ["Sở Y tế", "Sở Y tế", "Báo Lạc Hải"]


def test_a_numbered_row_that_begins_like_a_total_is_data() -> None:
    """ "Tổng đài" has a number of its own; "Công an" only looks like "Cộng" without accents."""
    table = table_of(*MONEY[:2], row("3", "Tổng đài tư vấn", "2026", "200", "", ""), row("II", "Công an phường", "", "5", "", ""))
    assert [r.kind for r in table.rows] == ["group", "data", "group"]


def test_a_task_that_begins_like_a_total_is_none() -> None:
    table = table_of(row("Nhiệm vụ", "Đơn vị", "Thời hạn"), row("Tổng hợp báo cáo", "Văn phòng Sở", "Hằng quý"))
    assert [r.kind for r in table.rows] == ["data"]


def test_a_column_of_units_beside_tasks_says_who_leads() -> None:
    table = table_of(row("Đơn vị", "Nhiệm vụ", "Thời hạn"), row("Phòng Kinh tế", "Lập danh mục", "31/3/2026"))
    assert [c.role for c in table.columns] == ["lead", "task", "deadline"]
    measured = table_of(row("Đơn vị", "Nhiệm vụ", "Thời hạn"), row("lớp", "Mở lớp tập huấn", "31/3/2026"))
    assert [c.role for c in measured.columns] == [None, "task", "deadline"]


def test_figures_beside_money_are_money() -> None:
    assert [c.role for c in table_of(*MONEY).columns] == ["order", "task", "deadline", "money", "money", "share"]


def test_years_beside_money_are_no_money() -> None:
    table = table_of(row("TT", "Tên nhiệm vụ", "Khởi công", "Dự toán"), row("1", "Xây trạm phát sóng", "2026", "90"))
    assert table.columns[2].role is None


def test_a_group_name_cut_by_a_page_is_one_group() -> None:
    table = table_of(
        BROKEN[0],
        row("I", "<b>KHÔNG GIAN TRẢI NGHIỆM</b>", "", ""),
        BROKEN[0],
        row("", "<b>DỊCH VỤ SỐ</b>", "", ""),
        row("1", "Lập không gian trải nghiệm", "Văn phòng", "Quý I"),
    )
    assert [r.group for r in table.rows if r.kind == "data"] == ["KHÔNG GIAN TRẢI NGHIỆM DỊCH VỤ SỐ"]


def test_a_markdown_table() -> None:
    table = table_of("| TT | Nhiệm vụ | Chủ trì |", "|---|---|---|", "| 1 | Lập **hồ sơ** | Văn phòng |")
    assert [r.cells for r in table.rows] == [("1", "Lập hồ sơ", "Văn phòng")]


def test_two_tables_one_behind_the_other() -> None:
    found = items(
        [
            row("TT", "Nhiệm vụ", "Chủ trì"),
            row("1", "Lập hồ sơ", "Văn phòng"),
            row("TT", "Tên dự án", "Dự toán"),
            row("1", "Trung tâm dữ liệu", "900"),
        ]
    )
    assert [len(t.rows) for t in tables(found, range(len(found)))] == [1, 1]


def annex(*rows: str) -> Document:
    return understand(
        [
            "KẾ HOẠCH",
            "Chuyển đổi số năm 2026",
            "",
            "I. NHIỆM VỤ",
            "- Rà soát văn bản của phường.",
            "",
            "PHỤ LỤC",
            "",
            "Đơn vị tính: Triệu đồng",
            *rows,
        ],
        "annex.txt",
        "0",
    )


def test_rows_become_projects_with_owner_and_budget() -> None:
    found = [t for t in annex(*MONEY).tasks if t.kind == "project"]
    assert [(t.text, t.lead) for t in found] == [
        ("Bệnh án điện tử", ("Sở Y tế",)),
        ("Tổng đài tư vấn", ("Sở Y tế",)),
        ("Tòa soạn điện tử", ("Báo Lạc Hải",)),
    ]
    assert [(b.label, b.amount_vnd, b.as_written) for b in found[1].budget] == [
        ("Dự toán", 200_000_000, "200"),
        ("Chuyển nguồn sang 2026", None, "-"),
    ]
    assert found[2].budget[0].unit == "triệu đồng"


ALIGNED = [
    (
        ["STT  Nội dung       Chủ trì", "1    Lập hồ sơ      Văn phòng", "     cấp độ", "", "II. KINH PHÍ"],
        ["STT\tNội dung\tChủ trì", "1\tLập hồ sơ\tVăn phòng", "\tcấp độ\t", "", "II. KINH PHÍ"],
        "columns set with blanks, a cell on two lines, and what stands below",
    ),
    (
        ["STT  Nội dung  Chủ trì", "Các phòng có trách nhiệm thực hiện Kế hoạch."],
        ["STT\tNội dung\tChủ trì", "Các phòng có trách nhiệm thực hiện Kế hoạch."],
        "a sentence below the headings lies under no single one",
    ),
    (
        ["Số: 5/KH-UBND     Hà Lam, ngày 5 tháng 1 năm 2026"],
        ["Số: 5/KH-UBND     Hà Lam, ngày 5 tháng 1 năm 2026"],
        "a letterhead",
    ),
    (["Nội dung  họp  giao ban"], ["Nội dung  họp  giao ban"], "one heading among words"),
]


@pytest.mark.parametrize(("lines", "expected", "reason"), ALIGNED, ids=[x[2] for x in ALIGNED])
def test_columns_set_with_blanks(lines: list[str], expected: list[str], reason: str) -> None:
    assert list(with_tabs(lines)) == expected, reason


def test_groups_of_a_table_without_running_numbers() -> None:
    table = table_of(
        row("Nhiệm vụ", "Chủ trì", "Thời gian"), row("A. Rác thải", "", ""), row("Thu gom rác", "Phòng Kinh tế", "Quý I")
    )
    assert [(r.kind, r.group) for r in table.rows] == [("group", None), ("data", "A. Rác thải")]


def test_a_bullet_in_the_cell_of_a_task_is_no_part_of_it() -> None:
    found = plan("II. NỘI DUNG", "TT\tNội dung\tCơ quan chủ trì", "1\t- Dựng không gian trải nghiệm số\tVăn phòng")
    assert [task.text for task in found.tasks] == ["Dựng không gian trải nghiệm số"]
