"""Web pages and OpenDocument texts: what a browser or Writer would show, in order, as lines."""

import pytest
from office_parts import odt

from documents.errors import UnreadableDocument
from documents.reading.html import read_html, read_mhtml
from documents.reading.limits import Limits
from documents.reading.odt import read_odt


def shown(tmp_path, page: str | bytes) -> list[str]:
    path = tmp_path / "a.html"
    path.write_bytes(page if isinstance(page, bytes) else f"<html><meta charset=utf-8><body>{page}".encode())
    return [line for line in read_html(path, Limits()).lines if line]


@pytest.mark.parametrize(
    ("page", "lines", "reason"),
    [
        ("<p>Một\n   hai</p>ba<div>bốn</div>", ["Một hai", "ba", "bốn"], "blocks part, blanks do not"),
        ("<p>Một<br>hai", ["Một", "hai"], "a break; unclosed tags"),
        ("<p>Số&nbsp;12 &amp; 13 &#7871;", ["Số 12 & 13 ế"], "entities"),
        ("<h2>I. MỤC TIÊU</h2><p><b>1. Chung</b></p>", ["## I. MỤC TIÊU", "**1. Chung**"], "headings and bold paragraphs"),
        ("<p><b>Chủ trì:</b> Văn phòng", ["Chủ trì: Văn phòng"], "bold words inside"),
        ("<p>a<script>alert('x')</script><style>p{}</style>b", ["ab"], "scripts and styles are not shown"),
        ("<p>a<span style='display: none'>ẩn</span><i hidden>ẩn</i></p><template>x</template>", ["a"], "nor is what is hidden"),
        ("<nav>Trang chủ</nav><p>Nội dung</p><footer>Bản quyền</footer>", ["Nội dung"], "nor what frames a site"),
        ("<div>Liên kết</div><main><p>Kế hoạch dài hơn</p></main>", ["Kế hoạch dài hơn"], "the main part is the page"),
        ("<ol start=3><li>ba<li>bốn<ol type=a><li>x</ol></ol>", ["3. ba", "4. bốn", "a. x"], "numbers of lists"),
        ("<ul><li>x<ul><li>y</ul></ul>", ["- x", "- y"], "bullets"),
        ("<ul style='list-style: none'><li>x</ul>", ["x"], "a list without marks"),
        ("<pre>một\nhai</pre>", ["một", "hai"], "text that is set as it stands"),
        ("<p style='text-transform:uppercase'>kế hoạch", ["KẾ HOẠCH"], "capitals by style"),
        (
            "<table><tr><th>TT<th>Việc<th>Chủ trì<tr><td>1<td>a<td rowspan=2>VP<tr><td>2<td>b</table>",
            ["| **TT** | **Việc** | **Chủ trì** |", "| 1 | a | VP |", "| 2 | b | VP |"],
            "a cell over two rows",
        ),
        ("<table><tr><td colspan=2>A<td>B<tr><td>1<td>2<td>3</table>", ["| A |  | B |", "| 1 | 2 | 3 |"], "over two columns"),
        ("<table><tr><td>A<td>B<tr><td rowspan=0>1<td>2<tr><td>3</table>", ["| A | B |", "| 1 | 2 |", "|  | 3 |"], "to the end"),
        (
            "<table><tr><td>UBND PHƯỜNG A<td>CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM</table>",
            ["UBND PHƯỜNG A", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"],
            "a letterhead",
        ),
        ("<table><tr><td>Cột<td><table><tr><td>A<td>B</table></table>", ["Cột", "| A | B |"], "a table in a column of the page"),
        (
            "<table><tr><th>TT<th>Việc<th>Hạn<tr><td>1<td>Số hóa hồ sơ<table><tr><td>đợt 1<td>đợt 2</table><td>Quý I"
            "<tr><td>2<td>Tập huấn<td>Quý II</table>",
            ["| **TT** | **Việc** | **Hạn** |", "| 1 | Số hóa hồ sơ đợt 1 đợt 2 | Quý I |", "| 2 | Tập huấn | Quý II |"],
            "a small table in one cell of a large one",
        ),
        (
            "<ul><li><a href=1>Trang chủ</a><li><a href=2>Tin tức</a><li><a href=3>Liên hệ</a></ul><p>Nội dung của kế hoạch này",
            ["Nội dung của kế hoạch này"],
            "a list of nothing but links",
        ),
        (
            "<p>Các văn bản<ul><li><a href=1>Kế hoạch số 12/KH-UBND</a><li><a href=2>Kế hoạch số 13/KH-UBND</a>"
            "<li><a href=3>Kế hoạch số 14/KH-UBND</a></ul>",
            ["Các văn bản", "- Kế hoạch số 12/KH-UBND", "- Kế hoạch số 13/KH-UBND", "- Kế hoạch số 14/KH-UBND"],
            "links to documents are words of the text",
        ),
        ("<div role=navigation>Trang chủ</div><p>Nội dung dài hơn", ["Nội dung dài hơn"], "a role"),
        ("<div class='breadcrumb x'>Trang chủ</div><p>Nội dung dài hơn", ["Nội dung dài hơn"], "a path by its class"),
        (
            "<div class='footer'>Kế hoạch dài hơn nhiều</div><p>Ngắn",
            ["Kế hoạch dài hơn nhiều", "Ngắn"],
            "most words are no frame",
        ),
        (
            "<style>.x, #y {color: red; display:none}</style><p>a<p class=x>ẩn<p id=y>ẩn<p class=z>b",
            ["a", "b"],
            "hidden by a rule",
        ),
        ("<p>Quý I <del>2025</del><s>2024</s><strike>2023</strike>2026", ["Quý I 2026"], "words that are struck out"),
        ("<table><tr><td>A<td colspan=9999>B</table>", ["| A | B |" + "  |" * 199], "a span is bounded"),
    ],
)
def test_what_a_browser_shows(tmp_path, page, lines, reason):
    found = shown(tmp_path, page)
    assert found == lines, reason


TCVN3 = "<html><meta charset='iso-8859-1'><p>KÕ ho¹ch chuyÓn ®æi sè cña ñy ban nh©n d©n ph­êng n¨m nay".encode("latin-1")


@pytest.mark.parametrize(
    ("page", "line", "reason"),
    [
        (
            "<html><meta charset='windows-1258'><p>Kê\u0301 hoa\u0323ch".encode("cp1258"),
            "Kế hoạch",
            "a code page that the page names",
        ),
        ("\ufeff<html><body><p>Kế hoạch".encode("utf-16-le"), "Kế hoạch", "UTF-16 by its mark"),
        ("<html><p>Kế hoạch".encode(), "Kế hoạch", "UTF-8 that the page does not name"),
        ("<html><meta charset='us-ascii'><p>Kế hoạch".encode(), "Kế hoạch", "a page that names a wrong code"),
        (TCVN3, "Kế hoạch chuyển đổi số của ủy ban nhân dân phường năm nay", "letters of the old fonts"),
    ],
)
def test_encodings_of_pages(tmp_path, page, line, reason):
    from documents.reading.readers import read_source

    path = tmp_path / "a.html"
    path.write_bytes(page)
    text, _ = read_source(path)
    assert [found for found in text.lines if found] == [line], reason


def test_a_page_in_one_file(tmp_path):
    path = tmp_path / "a.mht"
    path.write_bytes(
        b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="x"\n\n--x\nContent-Type: text/html; charset="utf-8"\n'
        b"Content-Transfer-Encoding: quoted-printable\n\n<html><p>K=E1=BA=BF ho=E1=BA=A1ch</p></html>\n--x--\n"
    )
    text = read_mhtml(path, Limits())
    assert (text.lines, text.format) == (("Kế hoạch",), "mhtml")


LIST = (
    '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" style:num-suffix="."/>'
    '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
    '<text:list-level-style-bullet text:level="3" text:bullet-char="-"/></text:list-style>'
)
BOLD = '<style:style style:name="B" style:family="paragraph"><style:text-properties fo:font-weight="bold"/></style:style>'


def item(text: str, inner: str = "") -> str:
    return f"<text:list-item><text:p>{text}</text:p>{inner}</text:list-item>"


def listed(items: str, more: str = "") -> str:
    return f'<text:list text:style-name="L" {more}>{items}</text:list>'


def row(*cells: str) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def grid(*rows: str) -> str:
    return f"<table:table>{''.join(rows)}</table:table>"


def td(text: str, more: str = "") -> str:
    return f"<table:table-cell {more}><text:p>{text}</text:p></table:table-cell>"


@pytest.mark.parametrize(
    ("body", "lines", "reason"),
    [
        ("<text:p>Một</text:p><text:p/><text:p>Hai</text:p>", ["Một", "Hai"], "paragraphs"),
        ('<text:h text:outline-level="2">Mục tiêu</text:h>', ["## Mục tiêu"], "a heading"),
        ('<text:p text:style-name="B">Mục tiêu</text:p>', ["**Mục tiêu**"], "bold"),
        ('<text:p>Số<text:s text:c="3"/>12<text:line-break/>hai</text:p>', ["Số 12", "hai"], "blanks and breaks"),
        ("<text:p>UBND<text:tab/>CỘNG HÒA</text:p>", ["UBND    CỘNG HÒA"], "a tab"),
        (listed(item("a") + item("b")), ["1. a", "2. b"], "numbers of a list"),
        (listed(item("a", listed(item("x") + item("y"))) + item("b")), ["1. a", "a) x", "b) y", "2. b"], "a list in a list"),
        (listed(item("a")) + listed(item("b")), ["1. a", "1. b"], "a new list begins anew"),
        (listed(item("a")) + listed(item("b"), 'text:continue-numbering="true"'), ["1. a", "2. b"], "a list that goes on"),
        (
            "<text:tracked-changes><text:changed-region><text:deletion><text:p>cũ</text:p></text:deletion>"
            "</text:changed-region></text:tracked-changes><text:p>mới</text:p>",
            ["mới"],
            "deleted text is not shown",
        ),
        (
            '<text:p>Theo<text:note text:id="n"><text:note-citation>1</text:note-citation><text:note-body>'
            "<text:p>Kế hoạch 5</text:p></text:note-body></text:note> đó</text:p><text:p>Hết</text:p>",
            ["Theo[1] đó", "Hết", "[1] Kế hoạch 5"],
            "a footnote stands behind the text",
        ),
        (
            grid(row(td("TT"), td("Việc"), td("Hạn")), row(td("1"), td("a", 'table:number-columns-spanned="2"'))),
            ["| TT | Việc | Hạn |", "| 1 | a |  |"],
            "a table with a cell over two columns",
        ),
        (
            grid(row(td("Nơi nhận:"), td("TM. ỦY BAN NHÂN DÂN"))),
            ["Nơi nhận:", "TM. ỦY BAN NHÂN DÂN"],
            "recipients and signature",
        ),
        (
            grid(row(td("A"), td("", 'table:number-columns-repeated="16384"')), row(td("B"), td("x"))),
            ["| A |" + "  |" * 199, "| B | x |" + "  |" * 198],
            "repeated cells are bounded",
        ),
        (
            "<text:table-of-content><text:p>I. Mục 1</text:p></text:table-of-content><text:p>I. Mục</text:p>",
            ["I. Mục"],
            "contents",
        ),
    ],
)
def test_what_writer_shows(tmp_path, body, lines, reason):
    text = read_odt(odt(tmp_path / "a.odt", body, LIST + BOLD), Limits())
    assert [line for line in text.lines if line] == lines, reason


@pytest.mark.parametrize(
    ("page", "reason"),
    [("<div>" * 300_000, "blocks"), ("<table><tr><td>" * 100_000, "tables"), ("<ul><li>" * 100_000, "lists")],
)
def test_elements_in_each_other_without_end_are_refused(tmp_path, page, reason):
    with pytest.raises(UnreadableDocument, match="lồng nhau quá sâu"):
        shown(tmp_path, page + "a")


def test_tags_that_nobody_closed_are_not_deep(tmp_path):
    assert len(shown(tmp_path, "<p>một<br>hai" * 2_000)) == 4_000
