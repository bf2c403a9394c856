"""PDF: text with its places, tables, turned pages, bad and damaged files, and that no damaged file harms the program."""

from __future__ import annotations

import random
from pathlib import Path
from types import SimpleNamespace

import pytest
from pdf_documents import Sheet, Text, image_bomb, lines, pdf, raw_pdf, ruled, simple_pdf

from documents.errors import UnreadableDocument
from documents.reading.limits import Limits
from documents.reading.pdf import read_pdf
from documents.reading.readers import read_source

PARAGRAPH = lines(
    "Thực hiện Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân",
    "thành phố Lạc Hải, Ủy ban nhân dân phường ban hành Kế hoạch như sau:",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pdf")


def test_lines_have_pages_and_places(folder: Path) -> None:
    number = Text(295, 40, "2")
    path = pdf(folder / "two.pdf", [Sheet(PARAGRAPH), Sheet([number, *lines("- Rà soát, thay thế máy tính của công chức.")])])
    found = read_pdf(path, Limits())
    assert found.lines == (*(text.words for text in PARAGRAPH), "", "- Rà soát, thay thế máy tính của công chức.")
    assert found.pages == (1, 1, 2, 2)
    region = found.regions[0]
    assert region is not None and 80 < region[0] < 90 and 65 < region[1] < 85
    assert found.apart == ("2",) and found.recognised == () and found.notes == ()


def test_tables_are_rows_whatever_order_their_words_have_in_the_file(folder: Path) -> None:
    cells = [
        Text(303, 115, "Chủ trì"),
        Text(63, 145, "1"),
        Text(303, 145, "Văn phòng"),
        Text(93, 115, "Nhiệm vụ"),
        Text(93, 152, "của công chức"),
        Text(63, 115, "TT"),
        Text(93, 138, "Rà soát máy tính"),
    ]
    path = pdf(folder / "table.pdf", [Sheet([*cells, *ruled([60, 90, 300, 500], [100, 122, 160])])])
    found = read_pdf(path, Limits())
    assert found.lines == ("| TT | Nhiệm vụ | Chủ trì |", "| 1 | Rà soát máy tính của công chức | Văn phòng |")
    assert found.tables == ((1, 2),)


@pytest.mark.parametrize("rotation", [0, 90, 180, 270])
def test_pages_that_are_shown_turned_are_read_in_their_order(folder: Path, rotation: int) -> None:
    path = pdf(folder / f"turned{rotation}.pdf", [Sheet(PARAGRAPH, rotation=rotation)])
    assert read_pdf(path, Limits()).lines == tuple(text.words for text in PARAGRAPH)


def test_a_lying_table_on_an_upright_page_is_read(folder: Path) -> None:
    cells = [
        Text(y, 600 - x, words, upwards=True)
        for x, y, words in ((63, 115, "TT"), (93, 115, "Nhiệm vụ"), (63, 140, "1"), (93, 140, "Rà soát"))
    ]
    borders = [*ruled([100, 122, 150], [600 - 400, 600 - 90, 600 - 60])]
    found = read_pdf(pdf(folder / "lying.pdf", [Sheet([*cells, *borders])]), Limits())
    assert found.lines == ("| TT | Nhiệm vụ |", "| 1 | Rà soát |")


def test_scripts_and_attachments_are_named_and_left_alone(folder: Path) -> None:
    script = b"/Names << /JavaScript << /Names [(a) << /S /JavaScript /JS (app.alert\\(1\\)) >>] >> >>"
    path = folder / "script.pdf"
    path.write_bytes(simple_pdf(catalogue=script))
    found = read_source(path)[0]
    assert found.lines == ("Thuc hien Ke hoach so 12",)
    assert any("script" in note and "không chạy" in note for note in found.notes)
    attached = read_source(pdf(folder / "attached.pdf", [Sheet(PARAGRAPH)], attachment=True))[0]
    assert any("1 tệp đính kèm" in note for note in attached.notes)
    assert not any("ben trong" in line for line in attached.lines)


GOOD = simple_pdf()
PASSWORD = simple_pdf(
    trailer=b"/Encrypt << /Filter /Standard /V 1 /R 2 /P -44 /O <" + b"41" * 32 + b"> /U <" + b"42" * 32 + b"> >> /ID [<00><00>]"
)
LOOP = raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
NO_PAGES = raw_pdf(b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [] /Count 0 >>")


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("password", PASSWORD, "mật khẩu"),
        ("truncated", GOOD[: len(GOOD) // 2], "bị hỏng hoặc bị cắt cụt"),
        ("only-head", b"%PDF-1.7\n", "bị hỏng hoặc bị cắt cụt"),
        ("no-pages", NO_PAGES, "bị hỏng"),
        ("pages-in-a-circle", LOOP, "các trang đều bị hỏng"),
    ],
)
def test_what_cannot_be_read_is_refused_with_the_reason(folder: Path, name: str, data: bytes, reason: str) -> None:
    path = folder / f"{name}.pdf"
    path.write_bytes(data)
    with pytest.raises(UnreadableDocument, match=reason):
        read_source(path)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("wrong-references", GOOD.replace(b"xref\n0", b"xrxf\n9")),
        ("garbage-behind", GOOD + bytes(range(256)) * 8),
        ("garbage-in-front", b"\n" * 40 + GOOD),
        ("huge-page", GOOD.replace(b"[0 0 595 842]", b"[0 0 9e5 9e5]")),
    ],
)
def test_what_can_be_mended_is_read(folder: Path, name: str, data: bytes) -> None:
    path = folder / f"{name}.pdf"
    path.write_bytes(data)
    assert read_source(path)[0].lines == ("Thuc hien Ke hoach so 12",)


def test_too_many_pages_are_refused_before_any_is_read(folder: Path) -> None:
    path = pdf(folder / "many.pdf", [Sheet(size=(100, 100))] * 30)
    reached: list[int] = []
    with pytest.raises(UnreadableDocument, match="có 30 trang, quá giới hạn 29 trang"):
        read_pdf(path, Limits(pages=29, progress=reached.append))
    assert reached == []


def test_progress_tells_every_page(folder: Path) -> None:
    reached: list[int] = []
    read_pdf(pdf(folder / "three.pdf", [Sheet(PARAGRAPH)] * 3), Limits(progress=reached.append))
    assert reached == [1, 2, 3]


def test_a_file_that_takes_too_long_is_read_in_part(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = pdf(folder / "long.pdf", [Sheet(PARAGRAPH)] * 3)
    passed = [0.0]
    monkeypatch.setattr("documents.reading.pdf.time", SimpleNamespace(monotonic=lambda: passed[0]))

    def slow(page: int) -> None:
        passed[0] += 100

    found = read_pdf(path, Limits(seconds=100, progress=slow))
    assert set(found.pages) == {1}
    assert any("chỉ đọc 1 trong 3 trang" in note for note in found.notes)


def test_an_image_bomb_ends_within_the_limits(folder: Path) -> None:
    path = folder / "bomb.pdf"
    path.write_bytes(image_bomb(30_000))
    with pytest.raises(UnreadableDocument):
        read_source(path)
    path.write_bytes(GOOD)
    assert read_source(path)[0].lines  # the process reads on, or another one does


def test_damaged_files_are_read_or_refused(folder: Path) -> None:
    rng = random.Random(4)
    whole = pdf(folder / "whole.pdf", [Sheet(PARAGRAPH, size=(300, 200))]).read_bytes()
    path = folder / "damaged.pdf"
    outcomes = set()
    for sample in (GOOD, whole):
        for _ in range(40):
            data = bytearray(sample)
            for _ in range(rng.randint(1, 12)):
                at = rng.randrange(len(data))
                match rng.randrange(3):
                    case 0:
                        data[at] = rng.randrange(256)
                    case 1:
                        del data[at : at + rng.randint(1, 60)]
                    case _:
                        data[at:at] = data[rng.randrange(len(data)) :][: rng.randint(1, 60)]
            path.write_bytes(b"%PDF-" + bytes(data)[5:])
            try:
                found = read_source(path, limits=Limits(page_seconds=20))[0]
                assert len(found.lines) == len(found.pages)
                outcomes.add("read")
            except UnreadableDocument as error:
                assert error.reason
                outcomes.add("refused")
    assert outcomes == {"read", "refused"}
