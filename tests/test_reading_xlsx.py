"""Workbooks: sheets as tables, values as a Vietnamese Excel shows them."""

import datetime
import json

import pytest

from documents.reading.limits import Limits
from documents.reading.xlsx import read_xlsx, shown_value

DAY = datetime.datetime(2026, 3, 31)


@pytest.mark.parametrize(
    ("value", "form", "text", "reason"),
    [
        (12, "General", "12", "a whole number"),
        (12.5, "General", "12,5", "a comma before decimals"),
        (0.1 + 0.2, "General", "0,3", "as many digits as Excel shows"),
        (1250000, "#,##0", "1.250.000", "dots between thousands"),
        (1250.5, "#,##0.00", "1.250,50", "two decimals"),
        (118084, "General", "118084", "no dots unless the format has them"),
        (0.85, "0%", "85%", "a share"),
        (0.855, "0.0%", "85,5%", "a share with a decimal"),
        (5, "00", "5", "leading zeros are no part of a value"),
        (12.5, '#,##0.0 "triệu đồng"', "12,5", "words of a format"),
        (DAY, "dd/mm/yyyy", "31/3/2026", "a day"),
        (DAY, "mm/yyyy", "3/2026", "a month"),
        (DAY, "yyyy", "2026", "a year"),
        (datetime.datetime(2026, 3, 31, 8, 5), "dd/mm/yyyy hh:mm", "31/3/2026 08:05", "day and time"),
        (True, "General", "TRUE", "a truth value"),
        ("  Quý I/2026 ", "General", "Quý I/2026", "words"),
        (None, "General", "", "nothing"),
    ],
)
def test_values_as_they_are_shown(value, form, text, reason):
    assert shown_value(value, form) == text, reason


def book(path, fill):
    import openpyxl

    file = openpyxl.Workbook()
    fill(file)
    file.save(path)
    return path


def appendix(file) -> None:
    sheet = file.active
    sheet.title = "Phụ lục I"
    sheet["A1"] = "PHỤ LỤC I"
    sheet["A2"] = "DANH MỤC NHIỆM VỤ"
    sheet.merge_cells("A2:E2")
    for place, text in {"A4": "STT", "B4": "Nhiệm vụ", "C4": "Chủ trì", "D4": "Thời gian", "D5": "Từ", "E5": "Đến"}.items():
        sheet[place] = text
    for merged in ("A4:A5", "B4:B5", "C4:C5", "D4:E4", "A6:E6", "C7:C8"):
        sheet.merge_cells(merged)
    sheet["A6"] = "I. Hạ tầng số"
    for place, value in {
        "A7": 1,
        "B7": "Nâng cấp mạng",
        "C7": "Văn phòng",
        "D7": DAY,
        "A8": 2,
        "B8": "Mua máy",
        "E8": DAY,
    }.items():
        sheet[place] = value
    sheet["A10"] = "Ghi chú: số liệu ước tính."
    other = file.create_sheet("Tính nháp")
    other["A1"], other.sheet_state = "nháp", "hidden"


def test_an_appendix(tmp_path):
    text = read_xlsx(book(tmp_path / "a.xlsx", appendix), Limits())
    assert [line for line in text.lines if line] == [
        "PHỤ LỤC I",
        "DANH MỤC NHIỆM VỤ",
        "| STT | Nhiệm vụ | Chủ trì | Thời gian |  |",
        "|  |  |  | Từ | Đến |",
        "| I. | **Hạ tầng số** |  |  |  |",
        "| 1 | Nâng cấp mạng | Văn phòng | 31/3/2026 |  |",
        "| 2 | Mua máy | Văn phòng |  | 31/3/2026 |",
        "Ghi chú: số liệu ước tính.",
    ]
    assert text.notes == ("Bỏ qua 1 trang tính ẩn.",)
    assert text.pages == ()


def test_sheets_are_pages(tmp_path):
    def fill(file) -> None:
        for name in ("Một", "Hai"):
            sheet = file.create_sheet(name)
            for row in (("STT", "Việc", "Hạn"), (1, "a", "b")):
                sheet.append(row)
        del file["Sheet"]

    text = read_xlsx(book(tmp_path / "a.xlsx", fill), Limits())
    found = [(line, page) for line, page in zip(text.lines, text.pages, strict=True) if line]
    assert found[0] == ("**Một**", 1)
    assert ("**Hai**", 2) in found
    assert found[-1] == ("| 1 | a | b |", 2)


def test_rows_beyond_the_limit_are_told(tmp_path):
    def fill(file) -> None:
        for n in range(60):
            file.active.append([n, "việc", "hạn"])

    text = read_xlsx(book(tmp_path / "a.xlsx", fill), Limits(rows=20))
    assert len([line for line in text.lines if line]) == 20
    assert "chỉ đọc 20 dòng" in text.notes[0]


def test_a_claimed_size_costs_nothing(tmp_path):
    import zipfile

    small = book(tmp_path / "a.xlsx", lambda file: file.active.append(["STT", "Việc", "Hạn"]))
    large = tmp_path / "b.xlsx"
    with zipfile.ZipFile(small) as old, zipfile.ZipFile(large, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name.endswith("sheet1.xml"):
                assert b'<dimension ref="A1:C1"' in content
                content = content.replace(b'<dimension ref="A1:C1"', b'<dimension ref="A1:XFD1048576"')
            new.writestr(name, content)
    assert [line for line in read_xlsx(large, Limits()).lines if line] == ["STT    Việc    Hạn"]


def hide_row(sheet):
    sheet.row_dimensions[3].hidden = True


def hide_column(sheet):
    sheet.column_dimensions["C"].hidden = True


def hide_by_filter(sheet):
    sheet.auto_filter.ref = "A1:C4"
    sheet.auto_filter.add_filter_column(0, ["1", "3"])
    sheet.row_dimensions[3].hidden = True


def hide_what_is_empty(sheet):
    sheet.row_dimensions[9].hidden = True


HEADING = "| TT | Việc | Chủ trì | Hạn |"
ROWS = ["| 1 | Một | A | Quý I |", "| 2 | Hai | A | Quý I |", "| 3 | Ba | A | Quý I |"]
NARROW = ["| TT | Việc | Hạn |", "| 1 | Một | Quý I |", "| 2 | Hai | Quý I |", "| 3 | Ba | Quý I |"]


@pytest.mark.parametrize(
    ("hide", "lines", "note", "reason"),
    [
        (hide_row, [HEADING, ROWS[0], ROWS[2]], "bỏ qua 1 dòng ẩn", "a row that somebody hid"),
        (
            hide_column,
            [row.replace(" Chủ trì |", "").replace(" A |", "") for row in (HEADING, *ROWS)],
            "bỏ qua 1 cột ẩn",
            "a column",
        ),
        (hide_by_filter, [HEADING, *ROWS], "đã đọc cả 1 dòng đang bị bộ lọc ẩn đi", "a filter hides for the moment only"),
        (hide_what_is_empty, [HEADING, *ROWS], None, "an empty row is no loss"),
    ],
)
def test_hidden_rows_and_columns(tmp_path, hide, lines, note, reason):
    import openpyxl

    made = openpyxl.Workbook()
    sheet = made.active
    for row in (("TT", "Việc", "Chủ trì", "Hạn"), (1, "Một", "A", "Quý I"), (2, "Hai", "A", "Quý I"), (3, "Ba", "A", "Quý I")):
        sheet.append(row)
    hide(sheet)
    made.save(tmp_path / "a.xlsx")
    text = read_xlsx(tmp_path / "a.xlsx", Limits())
    assert [line for line in text.lines if line] == lines, reason
    assert (bool(text.notes), note is None or note in text.notes[0]) == (note is not None, True), reason


@pytest.mark.parametrize("command", ["extract", "restore"])
def test_notes_of_reading_go_to_standard_error(tmp_path, command):
    from click.testing import CliRunner

    from api.__main__ import main

    def fill(file):
        for row in (("TT", "Việc", "Chủ trì"), (1, "Một", "A"), (2, "Hai", "A")):
            file.active.append(row)
        hide_row(file.active)

    made = book(tmp_path / "a.xlsx", fill)
    result = CliRunner().invoke(main, [command, str(made), "--json"])
    assert (result.exit_code, "bỏ qua 1 dòng ẩn" in result.stderr) == (0, True)
    json.loads(result.stdout)
