"""The format is told by content: first bytes, members of archives, streams of compound files, tags."""

import zipfile
from io import BytesIO

import pytest

from documents.reading.format import FORMATS, format_of
from documents.reading.readers import IN_PROCESS, READERS

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504


def archive(**members: str) -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            file.writestr(name, content)
    return out.getvalue()


def stream(name: str) -> bytes:
    return OLE + name.encode("utf-16-le").ljust(64, b"\0")


WORD = '<Types><Override PartName="/a.xml" ContentType="application/{}+xml"/></Types>'


@pytest.mark.parametrize(
    ("data", "found", "reason"),
    [
        (b"K\xe1\xba\xbf ho\xe1\xba\xa1ch\n", "txt", "no sign of anything else"),
        (b"MZ l\xc3\xa0 m\xc3\xa3 v\xc3\xb9ng\n", "txt", "a text may begin like a program"),
        (b"B\xe1\xba\xa3n %PDF-1.7 \xc4\x91\xc3\xa3 k\xc3\xbd\n", "txt", "a text may speak of PDF"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj", "pdf", "by its first bytes"),
        (b"junk\n%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n", "pdf", "readers look at the first 1,024 bytes"),
        (b"{\\rtf1\\ansi K}", "rtf", "by its first bytes"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "png", "by its first bytes"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "jpeg", "by its first bytes"),
        (b"MM\0*\0\0\0\x08", "tiff", "most significant byte first"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "webp", "an image in a RIFF container"),
        (b"MZ\x90\0\x03\0\0\0" + b"PK\x03\x04word/document.xml", "exe", "a program that carries a document is a program"),
        (
            archive(**{"[Content_Types].xml": WORD.format("vnd.openxmlformats-officedocument.wordprocessingml.document.main")}),
            "docx",
            "the main part may have any name",
        ),
        (
            archive(**{"[Content_Types].xml": WORD.format("vnd.openxmlformats-officedocument.spreadsheetml.sheet.main")}),
            "xlsx",
            "by its catalogue",
        ),
        (
            archive(**{"[Content_Types].xml": WORD.format("vnd.ms-word.document.macroEnabled.main")}),
            "docx",
            "macros are not looked at",
        ),
        (archive(**{"[Content_Types].xml": WORD.format("vnd.ms-excel.sheet.binary.macroEnabled.main")}), "xlsb", "no XML inside"),
        (archive(mimetype="application/vnd.oasis.opendocument.text"), "odt", "by its MIME type"),
        (archive(mimetype="application/epub+zip"), "epub", "by its MIME type"),
        (archive(**{"ke-hoach.docx": "x"}), "zip", "an archive that holds a document is an archive"),
        (b"PK\x03\x04\x14\0\6\0" + b"\0" * 30 + b"word/document.xml", "docx", "a cut archive still shows what it was"),
        (b"PK\x03\x04" + b"\0" * 40 + b"notes.bin", "zip", "a cut archive of anything"),
        (stream("WordDocument"), "doc", "by its stream"),
        (stream("Workbook"), "xls", "by its stream"),
        (stream("Book"), "xls", "Excel 5"),
        (stream("EncryptedPackage") + stream("DataSpaces"), "encrypted", "a .docx with a password is a compound file"),
        (OLE, "ole", "none of the streams"),
        (b"<!DOCTYPE html><html><body>x", "html", "by its doctype"),
        ("\ufeff<html><body>Kế hoạch".encode("utf-16-le"), "html", "in UTF-16"),
        (b'<?xml version="1.0"?>\n<!-- a --><html xmlns="http://www.w3.org/1999/xhtml">', "html", "XHTML"),
        (b"<p>K\xe1\xba\xbf ho\xe1\xba\xa1ch</p>\n<table><tr><td>1</td></tr></table>\n", "html", "a fragment from end to end"),
        (b"<table> l\xc3\xa0 th\xe1\xba\xbb b\xe1\xba\xa3ng.\nD\xc3\xb2ng hai.\n", "txt", "a text may begin with a tag"),
        (b"# K\xe1\xba\xbf ho\xe1\xba\xa1ch\n<b>x</b>\n", "txt", "Markdown with tags inside"),
        (b'MIME-Version: 1.0\nContent-Type: multipart/related; boundary="a"\n\n--a\n', "mhtml", "a web page in one file"),
        (
            b'<?xml version="1.0"?>\n<?mso-application progid="Word.Document"?>\n<w:wordDocument>',
            "wordml",
            "Word 2003 saved as XML",
        ),
        (b"", "txt", "nothing shows nothing"),
    ],
)
def test_format_is_told_by_content(data, found, reason):
    assert format_of(data).id == found, reason


def test_every_format_has_a_reader_or_advice():
    assert {one.id for one in FORMATS.values() if one.is_read} == set(READERS)
    assert set(READERS) > IN_PROCESS


@pytest.mark.parametrize(
    ("member", "form"), [("xl/worksheets/sheet1.xml", "xlsx"), ("word/styles.xml", "docx"), ("bai.txt", "zip")]
)
def test_a_file_that_was_cut_off_is_told_by_what_is_left(member, form):
    whole = archive(**{member: "x" * 10_000, "khac.xml": "y" * 10_000})
    assert format_of(whole[: len(whole) // 2]).id == form
