"""Files made to do harm, and files that are damaged: refused with the reason, within bounds, while the next file is read."""

import io
import os
import random
import zipfile
from pathlib import Path

import pytest
from office_parts import archive, cell, docx, in_list, numbering, odt, p, table

import documents
from documents.errors import UnreadableDocument
from documents.reading.format import format_of
from documents.reading.limits import Limits
from documents.reading.readers import read_source, reader_of
from documents.reading.worker import Worker

LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>&i;</w:t></w:r></w:p>'
    "</w:body></w:document>"
)


def good(folder: Path) -> Path:
    return docx(folder / "tot.docx", p("KẾ HOẠCH"))


def with_document(folder: Path, xml: str) -> Path:
    path = good(folder)
    with zipfile.ZipFile(path) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    return archive(folder / "x.docx", {**parts, "word/document.xml": xml})


def bomb(folder: Path) -> Path:
    return with_document(folder, "<w:document>" + " " * 400_000_000)


def deep(folder: Path) -> Path:
    return docx(folder / "x.docx", "<w:sdt><w:sdtContent>" * 3000 + p("x") + "</w:sdtContent></w:sdt>" * 3000)


def cut(folder: Path) -> Path:
    path = good(folder)
    path.write_bytes(path.read_bytes()[:-100])
    return path


def locked(folder: Path) -> Path:
    path = folder / "x.docx"
    name = "EncryptedPackage".encode("utf-16-le").ljust(64, b"\0")
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 504 + name)
    return path


def locked_archive(folder: Path) -> Path:
    path = good(folder)
    data = bytearray(path.read_bytes())
    for mark, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        start = -1
        while (start := data.find(mark, start + 1)) >= 0:
            data[start + at] |= 1
    path.write_bytes(data)
    return path


def program(folder: Path) -> Path:
    path = folder / "ke-hoach.docx"
    path.write_bytes(b"MZ\x90\0\x03\0\0\0" + b"\0" * 300)
    return path


def pictures(folder: Path) -> Path:
    link = (
        '<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image" '
        'Target="media/a.png"/>'
    )
    return docx(folder / "x.docx", p(), links=link)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (bomb, "bom nén"),
        (lambda folder: with_document(folder, LAUGHS), "DTD"),
        (deep, "sâu"),
        (cut, "không mở được gói tệp"),
        (lambda folder: with_document(folder, "<w:document"), "bị hỏng"),
        (locked, "đặt mật khẩu"),
        (locked_archive, "đặt mật khẩu"),
        (program, "chương trình Windows"),
        (pictures, "chỉ có ảnh"),
        (lambda folder: docx(folder / "x.docx", p()), "không có chữ"),
        (
            lambda folder: archive(folder / "x.docx", {"[Content_Types].xml": "wordprocessingml.document.main"}),
            "thiếu phần nội dung",
        ),
        (
            lambda folder: archive(folder / "x.odt", {"mimetype": "application/vnd.oasis.opendocument.text"}),
            "thiếu phần nội dung",
        ),
    ],
)
def test_what_is_refused(tmp_path, make, reason):
    with pytest.raises(UnreadableDocument) as refused:
        read_source(make(tmp_path), "thu-muc/tep")
    assert reason in refused.value.reason
    assert refused.value.hint.endswith(".")
    assert refused.value.source == "thu-muc/tep"
    assert read_source(good(tmp_path))[0].lines == ("KẾ HOẠCH",), "the next file is read"


def test_too_large_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "lon.docx"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(UnreadableDocument, match="500 MB, quá giới hạn"):
        read_source(path)


def test_nothing_outside_the_file_is_fetched(tmp_path):
    """A part that lies elsewhere is left alone: neither an address nor a file beside the document is opened."""
    secret = tmp_path / "bi-mat.xml"
    secret.write_text("<x>bí mật</x>")
    kind = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    links = "".join(
        f'<Relationship Id="e{n}" Type="{kind}/{what}" Target="{target}" TargetMode="External"/>'
        for n, (what, target) in enumerate(
            [("header", "http://127.0.0.1:9/a.xml"), ("footnotes", secret.as_uri()), ("styles", "../../bi-mat.xml")]
        )
    )
    text, _ = read_source(docx(tmp_path / "x.docx", p("KẾ HOẠCH"), links=links))
    assert (text.lines, text.apart) == (("KẾ HOẠCH",), ())


def test_the_worker_is_ended_when_a_file_takes_too_long(tmp_path):
    worker = Worker()
    try:
        body = p("KẾ HOẠCH") * 60_000
        with pytest.raises(UnreadableDocument, match="quá lâu"):
            worker.read(docx(tmp_path / "cham.docx", body), "docx", Limits(page_seconds=0.05))
        assert worker.read(good(tmp_path), "docx", Limits()).lines == ("KẾ HOẠCH",)
    finally:
        worker.close()


def test_the_worker_may_not_use_more_memory_than_allowed(tmp_path):
    worker = Worker()
    limits = Limits(memory_bytes=300_000_000)
    try:
        with pytest.raises(UnreadableDocument, match=r"300 MB bộ nhớ|bị hỏng"):
            worker.read(docx(tmp_path / "nang.docx", p("KẾ HOẠCH") * 400_000), "docx", limits)
        assert worker.read(good(tmp_path), "docx", limits).lines == ("KẾ HOẠCH",)
    finally:
        worker.close()


def test_one_worker_serves_many_files_and_leaves_nothing_behind(tmp_path):
    worker = Worker()
    path = good(tmp_path)
    worker.read(path, "docx", Limits())
    assert worker._process is not None
    first = worker._process.pid
    worker.read(path, "docx", Limits())
    assert worker._process.pid == first
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(first, 0)


def test_a_bad_file_keeps_no_other_out(tmp_path):
    from graph.corpus import Corpus

    folder = tmp_path / "van-ban"
    folder.mkdir()
    plan = (
        p("Số: 12/KH-UBND")
        + p("KẾ HOẠCH")
        + p("Chuyển đổi số năm 2026")
        + p("1. Văn phòng chủ trì số hóa hồ sơ trong tháng 3/2026.")
    )
    docx(folder / "a.docx", plan)
    (folder / "b.docx").write_bytes(b"MZ\x90\0\x03\0\0\0")
    (folder / "c.txt").write_text("KẾ HOẠCH\nRà soát thủ tục hành chính năm 2026\n", "utf-8")
    with Corpus.open(tmp_path / "data", create=True) as corpus:
        report = corpus.ingest([folder])
        assert [read.source for read in report.documents] == ["a.docx", "c.txt"]
        assert [failure.source for failure in report.failures] == ["b.docx"]
        assert corpus.document("a.docx").lines[0] == "Số: 12/KH-UBND", "the text as read is kept"


def rich(folder: Path, form: str) -> Path:
    """A small file of a format that has something of everything in it."""
    body = p("KẾ HOẠCH", run="<w:b/>") + p("Lập", in_list(1)) + table(cell("TT") + cell("Việc"), cell("1") + cell("a"))
    if form == "docx":
        return docx(folder / "a", body, {"numbering": numbering(("decimal", "%1."))})
    if form == "odt":
        return odt(
            folder / "a", "<text:p>KẾ HOẠCH</text:p><text:list><text:list-item><text:p>x</text:p></text:list-item></text:list>"
        )
    if form == "xlsx":
        import openpyxl

        book = openpyxl.Workbook()
        for row in (("STT", "Việc", "Hạn"), (1, "a", 2.5)):
            book.active.append(row)
        book.active.merge_cells("A2:B2")
        book.save(folder / "a")
        return folder / "a"
    path = folder / "a"
    page = "<html><body><h1>KẾ HOẠCH</h1><ol><li>x</ol><table><tr><td rowspan=2>1<td>a<tr><td>b</table></body></html>"
    path.write_text(page, "utf-8")
    return path


def mutated(data: bytes, rng: random.Random, form: str) -> bytes:
    """The file damaged: as a whole, or (so that more than the archive's frame is tried) one of its parts put in anew."""
    if form == "html" or rng.random() < 0.4:
        return damaged(data, rng)
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        parts = {name: file.read(name) for name in file.namelist()}
    name = rng.choice(sorted(parts))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for part, content in parts.items():
            file.writestr(part, damaged(content, rng) if part == name else content)
    return out.getvalue()


def damaged(data: bytes, rng: random.Random) -> bytes:
    found = bytearray(data)
    for _ in range(rng.randint(1, 6)):
        at = rng.randrange(len(found) + 1)
        kind = rng.randrange(4)
        if kind == 0 and at < len(found):
            found[at] = rng.randrange(256)
        elif kind == 1:
            del found[at : at + rng.randrange(40)]
        elif kind == 2:
            found[at:at] = found[:at][-rng.randrange(1, 60) :]
        else:
            found[at:at] = rng.choice([b"<", b"</w:p>", b"&x;", b"\0", b'w:val="99999999"', b"<td colspan=999>", b"]]>"])
        found = found or bytearray(b"x")
    return bytes(found)


@pytest.mark.parametrize("form", ["docx", "odt", "xlsx", "html"])
@pytest.mark.parametrize("seed", range(25))
def test_damaged_files_are_read_or_refused_but_never_crash(tmp_path, form, seed):
    """In this process, without the guard: what a reader raises must be its own refusal."""
    path = rich(tmp_path, form)
    path.write_bytes(mutated(path.read_bytes(), random.Random(seed), form))
    if format_of(path.read_bytes()).id != form:
        return
    try:
        text = reader_of(form)(path, Limits())
    except UnreadableDocument as refused:
        assert refused.reason.strip()
    else:
        assert all("\n" not in line for line in text.lines)


def test_documents_read_goes_through_the_readers(tmp_path):
    found = documents.read(docx(tmp_path / "a.docx", p("KẾ HOẠCH") + p("Chuyển đổi số năm 2026")), "a.docx")
    assert (found.format, found.source, found.header.type) == ("docx", "a.docx", "Kế hoạch")
