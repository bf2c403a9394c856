"""Word documents: what Word would show, in order, as lines."""

import pytest
from office_parts import W, cell, docx, in_list, numbering, p, table

from documents.reading.docx import read_docx
from documents.reading.limits import Limits


def lines_of(path) -> list[str]:
    return [line for line in read_docx(path, Limits()).lines if line]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


FIELD = (
    '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r>'
    '<w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>5</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>'
)
BOX = "<w:txbxContent>" + p("DỰ THẢO") + "</w:txbxContent>"


@pytest.mark.parametrize(
    ("body", "lines", "reason"),
    [
        (p("Một") + p("") + p("Hai"), ["Một", "Hai"], "empty paragraphs say nothing"),
        (p("một", run="<w:caps/>"), ["MỘT"], "capitals are shown as such"),
        (p("Mục tiêu", run="<w:b/>"), ["**Mục tiêu**"], "a paragraph wholly in bold"),
        (f"<w:p>{run('Chủ trì:', '<w:b/>')}{run(' Văn phòng')}</w:p>", ["Chủ trì: Văn phòng"], "bold words inside are words"),
        (p("Mục tiêu", run='<w:b w:val="0"/>'), ["Mục tiêu"], "bold switched off"),
        (p("Mục tiêu", '<w:outlineLvl w:val="1"/>'), ["## Mục tiêu"], "a level of the outline"),
        (p("Một") + p("ẩn", run="<w:vanish/>"), ["Một"], "hidden text is not shown"),
        (
            f"<w:p>{run('Số ')}<w:ins>{run('12')}</w:ins><w:del><w:r><w:delText>11</w:delText></w:r></w:del>{run('/KH')}</w:p>",
            ["Số 12/KH"],
            "tracked changes",
        ),
        (
            f"<w:p><w:moveFrom>{run('cũ')}</w:moveFrom><w:moveTo>{run('mới')}</w:moveTo></w:p>",
            ["mới"],
            "moved text stands where it went",
        ),
        (
            f"<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr>{run('Văn ')}</w:p>" + p("phòng"),
            ["Văn phòng"],
            "a deleted paragraph mark joins",
        ),
        (f"<w:p>{run('Trang ')}{FIELD}{run('.')}</w:p>", ["Trang 5."], "a field shows its result"),
        (f"<w:p>{run('Một')}<w:r><w:br/></w:r>{run('Hai')}</w:p>", ["Một", "Hai"], "a break parts lines"),
        (f"<w:p>{run('UBND')}<w:r><w:tab/></w:r>{run('CỘNG HÒA')}</w:p>", ["UBND    CỘNG HÒA"], "a tab parts columns of a line"),
        (f"<w:p>{run('12')}<w:r><w:noBreakHyphen/></w:r>{run('KH')}</w:p>", ["12-KH"], "a hyphen that does not break"),
        (
            f"<w:p><w:hyperlink>{run('Cổng')}</w:hyperlink><w:smartTag>{run(' dịch vụ')}</w:smartTag></w:p>",
            ["Cổng dịch vụ"],
            "words inside links and tags",
        ),
        (f"<w:p>{run('Một')}<w:r><w:pict>{BOX}</w:pict></w:r></w:p>", ["Một", "DỰ THẢO"], "a text box follows its paragraph"),
        (
            f"<w:p><w:r><mc:AlternateContent><mc:Choice>{BOX}</mc:Choice><mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r></w:p>",
            ["DỰ THẢO"],
            "a box that is kept in two forms is shown once",
        ),
        (f"<w:sdt><w:sdtContent>{p('Trong khung')}</w:sdtContent></w:sdt>", ["Trong khung"], "a content control"),
        (
            '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj></w:sdtPr><w:sdtContent>'
            + p("I. Mục 1")
            + "</w:sdtContent></w:sdt>"
            + p("I. Mục"),
            ["I. Mục"],
            "a table of contents repeats headings",
        ),
    ],
)
def test_what_word_shows(tmp_path, body, lines, reason):
    assert lines_of(docx(tmp_path / "a.docx", body)) == lines, reason


TWO_LEVELS = numbering(("decimal", "%1."), ("decimal", "%1.%2."))


@pytest.mark.parametrize(
    ("parts", "body", "lines", "reason"),
    [
        (
            numbering(("decimal", "%1.")),
            p("a", in_list(1)) + p("x") + p("b", in_list(1)),
            ["1. a", "x", "2. b"],
            "counted on behind other text",
        ),
        (numbering(("lowerLetter", "%1)")), p("x", in_list(1)) + p("y", in_list(1)), ["a) x", "b) y"], "letters"),
        (
            numbering(("upperRoman", "%1.")),
            "".join(p("x", in_list(1)) for _ in range(4)),
            ["I. x", "II. x", "III. x", "IV. x"],
            "Roman numerals",
        ),
        (numbering(("bullet", "\uf0b7")), p("x", in_list(1)), ["• x"], "a bullet of the Symbol font"),
        (numbering(("bullet", "-")), p("x", in_list(1)), ["- x"], "a dash"),
        (
            TWO_LEVELS,
            p("a", in_list(1)) + p("b", in_list(1, 1)) + p("c", in_list(1, 1)) + p("d", in_list(1)) + p("e", in_list(1, 1)),
            ["1. a", "1.1. b", "1.2. c", "2. d", "2.1. e"],
            "a deeper level begins anew",
        ),
        (
            numbering(("decimal", "%1."), override='<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'),
            p("a", in_list(1)) + p("b", in_list(2)) + p("c", in_list(2)),
            ["1. a", "1. b", "2. c"],
            "another list of the same form that begins anew",
        ),
        (
            numbering(("decimal", "%1.")),
            p("a", in_list(1)) + p("b", in_list(2)),
            ["1. a", "2. b"],
            "another number of the same list goes on",
        ),
        (numbering(("none", "%1")), p("a", in_list(1)), ["a"], "a level without numbers"),
        (numbering(("decimal", "%1.")), p("", in_list(1)) + p("a", in_list(1)), ["1. a"], "an empty paragraph has no number"),
        (numbering(("decimal", "%1.")), p("a", in_list(0)), ["a"], "list 0 is none"),
        (numbering(("decimal", "Điều %1.")), p("Phạm vi", in_list(1)), ["Điều 1. Phạm vi"], "words around the number"),
    ],
)
def test_numbers_of_lists(tmp_path, parts, body, lines, reason):
    assert lines_of(docx(tmp_path / "a.docx", body, {"numbering": parts})) == lines, reason


STYLES = (
    '<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/><w:rPr><w:b/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="Muc"><w:name w:val="Mục"/><w:basedOn w:val="H1"/>'
    '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>'
    '<w:style w:type="character" w:styleId="Dam"><w:name w:val="Đậm"/><w:rPr><w:b/></w:rPr></w:style>'
)


def test_styles_give_headings_numbers_and_bold(tmp_path):
    body = (
        p("Mục tiêu", '<w:pStyle w:val="Muc"/>')
        + p("Mục tiêu 3", '<w:pStyle w:val="T1"/>')
        + p("Chú ý", run='<w:rStyle w:val="Dam"/>')
        + p("Nhiệm vụ", '<w:pStyle w:val="Muc"/>')
    )
    found = lines_of(docx(tmp_path / "a.docx", body, {"styles": STYLES, "numbering": numbering(("upperRoman", "%1."))}))
    assert found == ["# I. Mục tiêu", "**Chú ý**", "# II. Nhiệm vụ"]


SPAN = '<w:gridSpan w:val="2"/>'
BEGIN, GO_ON = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


@pytest.mark.parametrize(
    ("xml", "lines", "reason"),
    [
        (
            table(cell("TT") + cell("Việc") + cell("Chủ trì"), cell("1") + cell("Lập", "kế hoạch") + cell("VP")),
            ["| TT | Việc | Chủ trì |", "| 1 | Lập kế hoạch | VP |"],
            "paragraphs of a cell are one",
        ),
        (table(cell("A") + cell("B|C")), ["| A | B\\|C |"], "a bar among the words"),
        (
            table(
                cell("TT") + cell("Việc") + cell("Chủ trì"),
                cell("1") + cell("a") + cell("VP", properties=BEGIN),
                cell("2") + cell("b") + cell(properties=GO_ON),
            ),
            ["| TT | Việc | Chủ trì |", "| 1 | a | VP |", "| 2 | b | VP |"],
            "one unit leads two tasks",
        ),
        (
            table(
                cell("TT") + cell("Việc") + cell("Sản phẩm"),
                cell("1", properties=BEGIN) + cell("a", properties=BEGIN) + cell("x"),
                cell(properties=GO_ON) + cell(properties=GO_ON) + cell("y"),
            ),
            ["| TT | Việc | Sản phẩm |", "| 1 | a | x |", "|  |  | y |"],
            "one task with two products goes on",
        ),
        (
            table(
                cell("TT", properties=BEGIN) + cell("Thời gian", properties=SPAN),
                cell(properties=GO_ON) + cell("Từ") + cell("Đến"),
            ),
            ["| TT | Thời gian |  |", "|  | Từ | Đến |"],
            "headings in two rows",
        ),
        (
            table(cell("TT") + cell("Việc") + cell("Hạn"), cell("II. Dữ liệu", properties='<w:gridSpan w:val="3"/>')),
            ["| TT | Việc | Hạn |", "| II. | **Dữ liệu** |  |"],
            "a row over the whole width names a group",
        ),
        (table(cell("Chỉ một ô")), ["Chỉ một ô"], "a frame is no table"),
        (
            table(
                cell("UBND PHƯỜNG A", "Số: 1/KH-UBND")
                + cell("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "A, ngày 01 tháng 02 năm 2026")
            ),
            ["UBND PHƯỜNG A", "Số: 1/KH-UBND", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "A, ngày 01 tháng 02 năm 2026"],
            "a letterhead in two columns",
        ),
        (
            table(cell("Nơi nhận:", "- Lưu VT.") + cell("TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn A")),
            ["Nơi nhận:", "- Lưu VT.", "TM. ỦY BAN NHÂN DÂN", "Nguyễn Văn A"],
            "recipients and signature",
        ),
        (
            "<w:tbl><w:tr><w:tc>" + p("Ô ngoài") + table(cell("A") + cell("B"), cell("1") + cell("2")) + "</w:tc></w:tr></w:tbl>",
            ["Ô ngoài", "| A | B |", "| 1 | 2 |"],
            "a table inside a frame",
        ),
        (
            "<w:tbl><w:tr><w:trPr><w:del/></w:trPr>"
            + cell("cũ")
            + cell("x")
            + "</w:tr><w:tr>"
            + cell("mới")
            + cell("y")
            + "</w:tr></w:tbl>",
            ["| mới | y |"],
            "a deleted row",
        ),
    ],
)
def test_tables(tmp_path, xml, lines, reason):
    assert lines_of(docx(tmp_path / "a.docx", p("Đầu") + xml)) == ["Đầu", *lines], reason


def test_lists_inside_cells_are_counted(tmp_path):
    item = "<w:tc>" + p("Lập", in_list(1)) + p("Trình", in_list(1)) + "</w:tc>"
    path = docx(tmp_path / "a.docx", table(cell("A") + item), {"numbering": numbering(("lowerLetter", "%1)"))})
    assert lines_of(path) == ["| A | a) Lập b) Trình |"]


def test_notes_headers_and_footers_stand_apart(tmp_path):
    body = f'<w:p>{run("Theo Kế hoạch")}<w:r><w:footnoteReference w:id="2"/></w:r></w:p>' + p("Hết")
    note = f'<w:footnote w:id="-1">{p("kẻ")}</w:footnote><w:footnote w:id="2">{p("Kế hoạch số 5")}</w:footnote>'
    header = f'<?xml version="1.0"?><w:hdr {W}>{p("Đầu trang")}</w:hdr>'
    text = read_docx(docx(tmp_path / "a.docx", body, {"footnotes": note, "header": header}), Limits())
    assert [line for line in text.lines if line] == ["Theo Kế hoạch[1]", "Hết", "[1] Kế hoạch số 5"]
    assert text.apart == ("Đầu trang",)


def test_pages_are_those_that_word_noted(tmp_path):
    turn = "<w:r><w:lastRenderedPageBreak/></w:r>"
    body = (
        p("Trang một")
        + f"<w:p>{turn}{run('Trang hai')}</w:p>"
        + p("Vẫn hai")
        + f"<w:p>{run('Ngắt')}{turn}{run(' giữa')}</w:p>"
        + p("Trang ba")
    )
    text = read_docx(docx(tmp_path / "a.docx", body), Limits())
    assert [(line, page) for line, page in zip(text.lines, text.pages, strict=True) if line] == [
        ("Trang một", 1),
        ("Trang hai", 2),
        ("Vẫn hai", 2),
        ("Ngắt giữa", 2),
        ("Trang ba", 3),
    ]
    assert read_docx(docx(tmp_path / "b.docx", p("Không biết trang")), Limits()).pages == ()


def test_tables_are_told_by_their_lines(tmp_path):
    text = read_docx(docx(tmp_path / "a.docx", p("Đầu") + table(cell("A") + cell("B"), cell("1") + cell("2"))), Limits())
    first, last = text.tables[0]
    assert text.lines[first - 1 : last] == ("| A | B |", "| 1 | 2 |")


OLD = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'


@pytest.mark.parametrize(
    ("body", "line", "reason"),
    [
        (p("KÕ ho¹ch chuyÓn ®æi sè", run=OLD.format(".VnTime")), "Kế hoạch chuyển đổi số", "TCVN3 by its font"),
        (p("KÕ ho¹ch", run=OLD.format(".VnTimeH")), "KẾ HOẠCH", "a font that shows capitals only"),
        (p("Keá hoaïch", run=OLD.format("VNI-Times")), "Kế hoạch", "VNI by its font"),
        (
            f"<w:p>{run('Ke', OLD.format('VNI-Times'))}{run('á', OLD.format('VNI-Times'))}</w:p>",
            "Kế",
            "letter and mark in two runs",
        ),
        (f"<w:p>{run('Kế hoạch ')}{run('®æi', OLD.format('.VnTime'))}</w:p>", "Kế hoạch đổi", "two fonts in one paragraph"),
        (p("Kế hoạch", run=OLD.format(".VnTime")), "Kế hoạch", "Unicode letters under an old font's name"),
    ],
)
def test_old_fonts(tmp_path, body, line, reason):
    assert lines_of(docx(tmp_path / "a.docx", body)) == [line], reason
