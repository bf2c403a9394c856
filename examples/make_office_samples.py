"""Makes the samples that are no text files: a plan in Word, a notice as a web page, an appendix in Excel.

    python examples/make_office_samples.py [FOLDER]

Writes into FOLDER (default: this one). Needs python-docx and openpyxl. Everything local in the texts is invented, as in all
samples here.
"""

from __future__ import annotations

import sys
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

PLAN = "ke-hoach-31-kh-snv-2026.docx"
NOTICE = "thong-bao-64-tb-ubnd-2026.html"
APPENDIX = "phu-luc-ke-hoach-27-kh-ubnd-2026.xlsx"

_LISTS = (("upperRoman", "%1."), ("decimal", "%2."), ("bullet", "-"))


def _numbered(file: Any) -> str:
    """Adds a list of three levels ("I.", "1.", "-") whose numbers Word counts by itself; returns its number."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    root = file.part.numbering_part.element
    abstract = OxmlElement("w:abstractNum")
    abstract.set(qn("w:abstractNumId"), "90")
    for level, (form, text) in enumerate(_LISTS):
        node = OxmlElement("w:lvl")
        node.set(qn("w:ilvl"), str(level))
        for name, value in (("w:start", "1"), ("w:numFmt", form), ("w:lvlText", text)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            node.append(child)
        abstract.append(node)
    root.insert(0, abstract)
    return str(root.add_num(90).numId)


def _paragraph(file: Any, text: str, number: str = "", level: int = 0, bold: bool = False, centred: bool = False) -> None:
    from docx.enum.text import WD_ALIGN_PARAGRAPH
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph = file.add_paragraph()
    paragraph.add_run(text).bold = bold
    if centred:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    if number:
        listed = paragraph._p.get_or_add_pPr().get_or_add_numPr()
        for name, value in (("w:ilvl", str(level)), ("w:numId", number)):
            child = OxmlElement(name)
            child.set(qn("w:val"), value)
            listed.append(child)


def _columns(file: Any, *rows: tuple[list[str], list[str]]) -> None:
    """Two columns without lines, as letterhead and signature stand."""
    table = file.add_table(rows=len(rows), cols=2)
    for row, pair in zip(table.rows, rows, strict=True):
        for cell, lines in zip(row.cells, pair, strict=True):
            cell.paragraphs[0].add_run(lines[0]).bold = lines[0].isupper()
            for line in lines[1:]:
                cell.add_paragraph().add_run(line).bold = line.isupper()


def plan(path: Path) -> None:
    """The plan of a department: letterhead and signature in tables, lists that Word numbers, a table whose cells span rows."""
    from docx import Document

    file = Document()
    listed = _numbered(file)
    _columns(
        file,
        (
            ["ỦY BAN NHÂN DÂN THÀNH PHỐ LẠC HẢI", "SỞ NỘI VỤ"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ),
        (["Số: 31/KH-SNV"], ["Lạc Hải, ngày 09 tháng 02 năm 2026"]),
    )
    _paragraph(file, "KẾ HOẠCH", bold=True, centred=True)
    _paragraph(file, "Bồi dưỡng kỹ năng số cho cán bộ, công chức, viên chức năm 2026", bold=True, centred=True)
    _paragraph(
        file,
        "Thực hiện Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải về chuyển đổi số thành phố "
        "Lạc Hải năm 2026, Sở Nội vụ ban hành kế hoạch bồi dưỡng kỹ năng số như sau:",
    )
    for level, text in (
        (0, "MỤC TIÊU"),
        (2, "Tối thiểu 90% công chức cấp phường hoàn thành khóa bồi dưỡng kỹ năng số cơ bản."),
        (2, "Mỗi cơ quan có ít nhất 02 viên chức được bồi dưỡng chuyên sâu về phân tích dữ liệu."),
        (0, "NHIỆM VỤ"),
        (1, "Tổ chức lớp học"),
        (2, "Mở lớp bồi dưỡng kỹ năng số cơ bản cho công chức cấp phường, hoàn thành trong quý II/2026."),
        (2, "Mời giảng viên của Trường Chính trị thành phố biên soạn bộ bài giảng trực tuyến, hoàn thành trước ngày 30/4/2026."),
        (1, "Kiểm tra, đánh giá"),
        (2, "Xây dựng ngân hàng câu hỏi và tổ chức sát hạch kỹ năng số trên mạng, hoàn thành trong tháng 10/2026."),
        (0, "PHÂN CÔNG"),
    ):
        _paragraph(file, text, listed, level, bold=level < 2)
    rows = (
        ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian", "Sản phẩm"),
        ("1", "Khảo sát nhu cầu bồi dưỡng của từng cơ quan", "Phòng Công chức, viên chức", "Tháng 3/2026", "Báo cáo khảo sát"),
        ("2", "Lập danh sách học viên các lớp", "", "Tháng 4/2026", "Danh sách được duyệt"),
        ("3", "Bố trí phòng máy và đường truyền cho lớp học", "Văn phòng Sở", "Quý II/2026", "Phòng học"),
    )
    table = file.add_table(rows=0, cols=5)
    table.style = "Table Grid"
    for texts in rows:
        for cell, text in zip(table.add_row().cells, texts, strict=True):
            cell.text = text
    table.cell(1, 2).merge(table.cell(2, 2))
    _columns(
        file,
        (
            ["Nơi nhận:", "- Ủy ban nhân dân thành phố (để báo cáo);", "- Các cơ quan, đơn vị;", "- Lưu: VT, CCVC."],
            ["GIÁM ĐỐC", "", "Đinh Công Trứ"],
        ),
    )
    file.sections[0].footer.paragraphs[0].text = "Kế hoạch 31/KH-SNV"
    file.save(str(path))


NOTICE_TEXT = """<!DOCTYPE html>
<html lang="vi">
<head><meta charset="utf-8"><title>Cổng thông tin điện tử thành phố Lạc Hải</title>
<style>td { padding: 4px } .an { display: none }</style></head>
<body>
<nav><a href="/">Trang chủ</a> <a href="/van-ban">Văn bản</a></nav>
<main>
<table><tr>
<td><b>ỦY BAN NHÂN DÂN<br>THÀNH PHỐ LẠC HẢI</b><br>Số: 64/TB-UBND</td>
<td><b>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM<br>Độc lập - Tự do - Hạnh phúc</b><br><i>Lạc Hải, ngày 16 tháng 3 năm 2026</i></td>
</tr></table>
<p align="center"><b>THÔNG BÁO</b></p>
<p align="center"><b>Kết luận của Phó Chủ tịch Ủy ban nhân dân thành phố tại cuộc họp về liên thông dữ liệu đất đai</b></p>
<p>Thực hiện Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải về chuyển đổi số thành phố Lạc Hải
năm 2026, sau khi nghe báo cáo, Phó Chủ tịch Ủy ban nhân dân thành phố kết luận như sau:</p>
<ol>
<li>Giao Sở Nông nghiệp và Môi trường chủ trì, phối hợp với Sở Khoa học và Công nghệ hoàn thành đồng bộ dữ liệu đất đai với
cơ sở dữ liệu dân cư của thành phố trước ngày 30/6/2026.</li>
<li>Giao Ủy ban nhân dân các phường chủ trì đối soát thông tin chủ sử dụng đất trên bản đồ địa chính số, hoàn thành trong quý
III/2026.</li>
<li>Giao Công an thành phố chủ trì hướng dẫn làm sạch thông tin căn cước trong hồ sơ đất đai, hoàn thành trước ngày
31/5/2026.</li>
</ol>
<p class="an" style="display:none">Đường dẫn nội bộ</p>
<table>
<tr><td><b>Nơi nhận:</b><br>- Các sở nêu tên;<br>- Lưu: VT.</td>
<td><b>TL. CHỦ TỊCH<br>CHÁNH VĂN PHÒNG</b><br><br>Hà Thị Bích Liễu</td></tr>
</table>
</main>
<footer>Bản quyền thuộc Cổng thông tin điện tử</footer>
<script>document.title = "Thông báo";</script>
</body>
</html>
"""


def notice(path: Path) -> None:
    """A notice as the city's web site would show it, with what frames a page around it."""
    path.write_text(NOTICE_TEXT, "utf-8")


def appendix(path: Path) -> None:
    """The appendix of a ward's plan: headings in two rows, a group over the whole width, dates and money as numbers."""
    import openpyxl
    from openpyxl.styles import Font

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Phụ lục"
    sheet["A1"] = "PHỤ LỤC"
    sheet["A2"] = "Danh mục nhiệm vụ số hóa di tích, lễ hội phường Cồn Vành năm 2026"
    sheet["A3"] = "(Kèm theo Kế hoạch số 27/KH-UBND ngày 11/02/2026 của Ủy ban nhân dân phường Cồn Vành)"
    rows: tuple[tuple[object, ...], ...] = (
        ("STT", "Nhiệm vụ", "Đơn vị chủ trì", "Thời gian", None, "Kinh phí (triệu đồng)"),
        (None, None, None, "Bắt đầu", "Hoàn thành", None),
        ("I", "Số hóa di tích", None, None, None, None),
        (1, "Quét ba chiều cổng đình Cồn Vành", "Phòng Văn hóa - Xã hội", date(2026, 3, 2), date(2026, 6, 30), 245.5),
        (2, "Lập bản đồ số các di tích trên địa bàn", None, date(2026, 4, 1), date(2026, 9, 30), 120),
        ("II", "Số hóa lễ hội", None, None, None, None),
        (1, "Ghi hình lễ rước nước", "Trung tâm Văn hóa", date(2026, 3, 16), date(2026, 4, 30), 1080),
        (None, "Tổng cộng", None, None, None, 1445.5),
    )
    for number, row in enumerate(rows, 5):
        for column, value in enumerate(row, 1):
            cell = sheet.cell(number, column, value)
            cell.font = Font(bold=number < 7 or isinstance(row[0], str))
            if isinstance(value, date):
                cell.number_format = "dd/mm/yyyy"
            elif isinstance(value, int | float) and column == 6:
                cell.number_format = "#,##0.0"
    for merged in ("A2:F2", "A3:F3", "A5:A6", "B5:B6", "C5:C6", "D5:E5", "F5:F6", "B7:F7", "C8:C9", "B10:F10"):
        sheet.merge_cells(merged)
    book.save(path)


def _still(path: Path) -> None:
    """Puts an office file together anew without the time of its making, so that each making gives the same bytes."""
    with zipfile.ZipFile(path) as old:
        parts = [(name, old.read(name)) for name in old.namelist() if name != "docProps/core.xml"]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as new:
        for name, content in parts:
            if name in ("_rels/.rels", "[Content_Types].xml"):
                content = _without_core(content)
            new.writestr(zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0)), content, zipfile.ZIP_DEFLATED)


def _without_core(content: bytes) -> bytes:
    """A catalogue without the part that holds author and times."""
    import re

    return re.sub(rb"<(?:Relationship|Override)\b[^>]*core(?:-properties|\.xml)[^>]*/>", b"", content)


def make(folder: Path) -> None:
    """Writes the three samples into ``folder``."""
    plan(folder / PLAN)
    notice(folder / NOTICE)
    appendix(folder / APPENDIX)
    for name in (PLAN, APPENDIX):
        _still(folder / name)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent)
