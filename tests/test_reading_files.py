"""Files as they come: what is refused and why, how lines are counted, what is cleaned."""

import os
import random
from pathlib import Path

import pytest

from documents import errors
from documents.errors import UnreadableDocument
from documents.reading.readers import read_source
from documents.reading.source_text import SourceText

PLAN = "KẾ HOẠCH\nỨng dụng công nghệ thông tin năm 2026\n- Phòng Văn hóa chủ trì, hoàn thành trước ngày 30/6/2026.\n"


def read_lines(path: Path, name: str | None = None) -> SourceText:
    return read_source(path, name)[0]


def written(tmp_path: Path, data: bytes | str, name: str = "plan.txt") -> Path:
    path = tmp_path / name
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "trống"),
        (b" \n\t\r\n \xc2\xa0 \n", "khoảng trắng"),
        (b"PK\x03\x04" + b"\0" * 40 + b"notes.bin", "ZIP"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500, "OLE"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 20, "ELF"),
        (b"MZ\x90\0\x03\0\0\0", ".exe"),
        (b"\x1f\x8b\x08\0" + bytes(range(60)), "gzip"),
        (bytes(range(256)) * 20, "nhị phân"),
        (random.Random(3).randbytes(4000), "nhị phân"),
    ],
)
def test_what_is_no_text_is_refused_with_its_reason(tmp_path, data, words):
    with pytest.raises(UnreadableDocument) as refused:
        read_lines(written(tmp_path, data), "thu-muc/plan.txt")
    assert words in refused.value.reason
    assert refused.value.source == "thu-muc/plan.txt"
    assert str(refused.value).startswith("thu-muc/plan.txt: ")


def test_text_that_begins_like_a_program_is_text(tmp_path):
    assert read_lines(written(tmp_path, "MZ là tên viết tắt của mã vùng\n")).lines == ("MZ là tên viết tắt của mã vùng",)


def test_missing_folder_and_special_files(tmp_path):
    with pytest.raises(UnreadableDocument, match="không có tệp"):
        read_lines(tmp_path / "khong-co.txt")
    with pytest.raises(UnreadableDocument, match="là thư mục"):
        read_lines(tmp_path)
    os.mkfifo(tmp_path / "pipe")
    with pytest.raises(UnreadableDocument, match="không phải tệp thông thường"):
        read_lines(tmp_path / "pipe")
    (tmp_path / "loop").symlink_to(tmp_path / "loop")
    with pytest.raises(UnreadableDocument, match="không mở được"):
        read_lines(tmp_path / "loop")
    with pytest.raises(UnreadableDocument):
        read_lines(Path("a\0b"))


@pytest.mark.skipif(os.geteuid() == 0, reason="the administrator may read everything")
def test_file_without_permission(tmp_path):
    path = written(tmp_path, PLAN)
    path.chmod(0)
    with pytest.raises(UnreadableDocument, match="quyền đọc"):
        read_lines(path)


def test_too_large_is_refused_by_its_size(tmp_path, monkeypatch):
    path = tmp_path / "large.txt"
    with path.open("wb") as file:
        file.truncate(errors.MAX_FILE_BYTES + 1)
    monkeypatch.setattr(Path, "open", lambda *_: pytest.fail("was opened"))
    with pytest.raises(UnreadableDocument, match="quá giới hạn 200 MB"):
        read_lines(path)


def test_too_many_lines(tmp_path, monkeypatch):
    monkeypatch.setattr("documents.reading.text.MAX_LINES", 3)
    with pytest.raises(UnreadableDocument, match="4 dòng"):
        read_lines(written(tmp_path, "a\nb\nc\nd\n"))


def test_long_line_is_cut_with_a_note(tmp_path):
    text = read_lines(written(tmp_path, "đầu\n" + "a" * (errors.MAX_LINE_CHARACTERS + 5) + "\ncuối\n"))
    assert [len(line) for line in text.lines] == [3, errors.MAX_LINE_CHARACTERS, 4]
    assert "Dòng 2 quá dài" in text.notes[0]


@pytest.mark.parametrize(
    ("text", "lines", "reason"),
    [
        ("một\nhai\n", ("một", "hai"), "the last line feed ends a line"),
        ("một\nhai", ("một", "hai"), "no line feed at the end"),
        ("một\n\n\nhai\n\n", ("một", "", "", "hai", ""), "blank lines count"),
        ("một\r\nhai\r\n", ("một", "hai"), "CR LF is one end"),
        ("một\r\r\nhai\rba\n", ("một ", "hai ba"), "a lone CR is a blank beside line feeds"),
        ("một\rhai\rba", ("một", "hai", "ba"), "only CR: the ends of an old Macintosh file"),
        ("một\vhai\x0cba\x85bốn\u2028năm\u2029sáu\n", ("một hai ba bốn năm sáu",), "other separators do not count"),
    ],
)
def test_lines_are_counted_by_line_feeds(tmp_path, text, lines, reason):
    assert read_lines(written(tmp_path, text)).lines == lines, reason


@pytest.mark.parametrize(
    ("text", "line", "note"),
    [
        ("Nghị quye\u0302\u0301t", "Nghị quyết", None),
        ("Kế\u00a0hoạch\u2009số\u30001", "Kế hoạch số 1", None),
        ("\ufeffKế hoạch", "Kế hoạch", None),
        ("Kế ho\u00adạch \u200bsố\u200f", "Kế hoạch số", "ký tự ẩn"),
        ("Kế\x01 hoạch\x7f\x9b", "Kế hoạch", "ký tự điều khiển"),
        ("ÐỀ ÁN", "ĐỀ ÁN", "trông giống"),
        ("\uf0b7 Chủ trì", "• Chủ trì", "trông giống"),
    ],
)
def test_what_is_cleaned(tmp_path, text, line, note):
    read = read_lines(written(tmp_path, text))
    assert read.lines == (line,)
    assert (note is None and not read.notes) or note in read.notes[0]


def test_hash_is_of_the_bytes(tmp_path):
    one, other = written(tmp_path, "a\n", "1"), written(tmp_path, "a\r\n", "2")
    assert read_lines(one).lines == read_lines(other).lines
    assert read_source(one)[1] != read_source(other)[1]


SIGNS = (b"\0\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\x85", b"\x1a", b"\xe2\x80\xa8")


@pytest.mark.parametrize("seed", range(150))
def test_damaged_files_are_read_or_refused_but_never_crash(tmp_path, seed):
    """Seeded mutations of good files: bytes changed, cut, doubled, moved, in every encoding."""
    rng = random.Random(seed)
    codec = rng.choice(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "cp1258"])
    data = bytearray((PLAN * rng.randint(1, 5)).encode(codec, "replace"))
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(data) + 1)
        kind = rng.randrange(5)
        if kind == 0 and at < len(data):
            data[at] = rng.randrange(256)
        elif kind == 1:
            del data[at : at + rng.randrange(20)]
        elif kind == 2:
            data[at:at] = rng.randbytes(rng.randrange(12))
        elif kind == 3:
            data[at:at] = data[:at][-rng.randrange(1, 30) :]
        else:
            data[at:at] = rng.choice(
                [b"\0\0", b"\xff\xfe", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\x85", b"\x1a", b"\xe2\x80\xa8"]
            )
        data = data or bytearray(b"x")
    try:
        text = read_lines(written(tmp_path, bytes(data)))
    except UnreadableDocument as refused:
        assert refused.reason.strip()
    else:
        assert any(line.strip() for line in text.lines)
        assert not any(char in line for line in text.lines for char in "\n\r\0\ufeff\u200b")
        "".join(text.lines).encode("utf-8")  # no lone surrogate is left
