"""What stands on several lines of one cell: entries of a list, or one name over several lines."""

import openpyxl
import pytest
from office_parts import cell, docx, odt, p, table

import documents
from documents.reading.grid import Cell

UNITS = ("Phòng Văn hóa - Xã hội", "Phòng Kinh tế, Hạ tầng và Đô thị", "Công an phường")


@pytest.mark.parametrize(
    ("lines", "text", "reason"),
    [
        (UNITS, "; ".join(UNITS), "a unit on each line"),
        (("- Công an phường", "- Các tổ dân phố"), "Công an phường; Các tổ dân phố", "with bullets"),
        (("Công an phường.", "Trạm Y tế"), "Công an phường; Trạm Y tế", "each ended with a full stop"),
        (("Công an phường;", "Trạm Y tế"), "Công an phường; Trạm Y tế", "parted already"),
        (("Đảng ủy", "UBND phường"), "Đảng ủy; UBND phường", "a head word that is a name in full"),
        (("Công an phường", "các đơn vị liên quan"), "Công an phường; các đơn vị liên quan", "a group in small letters"),
        (("Phòng Kinh tế,", "Hạ tầng và Đô thị"), "Phòng Kinh tế, Hạ tầng và Đô thị", "one name on two lines"),
        (("Văn phòng", "HĐND và UBND phường", "Công an"), "Văn phòng HĐND và UBND phường; Công an", "a head word alone goes on"),
        (("Văn phòng HĐND và", "UBND phường"), "Văn phòng HĐND và UBND phường", "“và” goes on"),
        (("Ủy ban nhân dân", "các xã, phường"), "Ủy ban nhân dân các xã, phường", "whose committee"),
        (("Phối hợp với", "Công an phường"), "Phối hợp với Công an phường", "words before a unit"),
        (("Ban hành kế hoạch", "Tổ chức tập huấn"), "Ban hành kế hoạch Tổ chức tập huấn", "verbs that look like head words"),
        (("ĐƠN VỊ", "CHỦ TRÌ"), "ĐƠN VỊ CHỦ TRÌ", "a heading on two lines"),
        ((), "", "an empty cell"),
    ],
)
def test_lines_of_a_cell(lines, text, reason):
    assert Cell(list(lines)).text == text, reason


HEADING = "PHỤ LỤC DANH MỤC NHIỆM VỤ"
HEADINGS = ("TT", "Nhiệm vụ", "Đơn vị chủ trì", "Đơn vị phối hợp", "Thời hạn")
FIRST = ("1", "Ban hành quy chế an toàn thông tin của phường", "Công an phường", "", "Quý I/2026")
ROW = ("2", "Nâng cấp mạng nội bộ của phường", "Văn phòng HĐND và UBND phường", UNITS, "Quý II/2026")


def _lines(value):
    return (value,) if isinstance(value, str) else value


def _docx(path):
    return docx(path, p(HEADING) + table(*("".join(cell(*_lines(value)) for value in row) for row in (HEADINGS, FIRST, ROW))))


def _odt(path):
    def one(value):
        words = "".join(f"<text:p>{line}</text:p>" for line in _lines(value))
        return f"<table:table-cell>{words}</table:table-cell>"

    rows = "".join(f"<table:table-row>{''.join(map(one, row))}</table:table-row>" for row in (HEADINGS, FIRST, ROW))
    return odt(path, f"<text:p>{HEADING}</text:p><table:table>{rows}</table:table>")


def _html(path, part):
    rows = "".join(
        f"<tr>{''.join(f'<td>{part.join(_lines(value))}</td>' for value in row)}</tr>" for row in (HEADINGS, FIRST, ROW)
    )
    path.write_text(f"<html><meta charset=utf-8><body><p>{HEADING}</p><table>{rows}</table></body></html>", "utf-8")
    return path


def _xlsx(path):
    book = openpyxl.Workbook()
    for row in ((HEADING,), HEADINGS, FIRST, ROW):
        book.active.append(["\n".join(_lines(value)) for value in row])
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("write", "name", "reason"),
    [
        (_docx, "a.docx", "paragraphs of Word"),
        (_odt, "a.odt", "paragraphs of Writer"),
        (_xlsx, "a.xlsx", "lines that Alt+Enter parts"),
        (lambda path: _html(path, "<br>"), "a.html", "breaks of a web page"),
        (lambda path: _html(path, "<p>"), "b.html", "paragraphs of a web page"),
    ],
)
def test_each_line_of_a_cell_is_a_unit(tmp_path, write, name, reason):
    _, task = documents.read(write(tmp_path / name)).tasks
    assert (task.lead, task.coordinate) == (("Văn phòng HĐND và UBND",), UNITS), reason
