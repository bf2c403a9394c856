"""Which files are taken in, under which source, and what is refused before it is opened."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from graph_samples import plan_text

from documents.errors import UnreadableDocument
from graph import intake
from graph.intake import content_of, files_to_read, source_of

ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture
def pipe(tmp_path):
    """A named pipe that nobody writes into: who opens it waits for ever."""
    os.mkfifo(tmp_path / "pipe.txt")
    return tmp_path / "pipe.txt"


def test_reading_a_pipe_ends(tmp_path, pipe):
    (tmp_path / "a.txt").write_text(plan_text("Bến Trúc", "1"), "utf-8")
    command = [
        sys.executable,
        "-m",
        "api",
        "ingest",
        str(pipe),
        "/dev/zero",
        str(tmp_path / "a.txt"),
        "--data",
        str(tmp_path / "d"),
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 1 and "1 văn bản đã đọc" in done.stdout
    assert "pipe.txt: không phải tệp thông thường" in done.stderr and "/dev/zero: không phải" in done.stderr


def test_what_became_a_pipe_is_refused_before_it_is_opened(pipe):
    with pytest.raises(UnreadableDocument, match="không phải tệp thông thường"):
        content_of(pipe, "pipe.txt")


def test_a_pipe_is_never_compared(tmp_path, pipe):
    (tmp_path / "other").mkdir()
    (tmp_path / "other" / "pipe.txt").write_text("x", "utf-8")
    files, failures = files_to_read([tmp_path / "other" / "pipe.txt", pipe, tmp_path])
    assert [source for source, _ in files] == ["pipe.txt", "other/pipe.txt"]
    assert [failure.source for failure in failures] == [str(pipe)]


def test_size_is_bounded_for_files_and_for_bytes(tmp_path, monkeypatch):
    monkeypatch.setattr(intake, "MAX_FILE_BYTES", 3)
    (tmp_path / "a.txt").write_bytes(b"1234")
    for file in (tmp_path / "a.txt", b"1234"):
        with pytest.raises(UnreadableDocument, match="lớn quá"):
            content_of(file, "a.txt")
    assert content_of(b"123", "a.txt") == b"123"


def test_an_empty_folder_says_what_is_read(tmp_path):
    _, failures = files_to_read([tmp_path])
    assert ".txt" in failures[0].hint and ".md" in failures[0].hint
    assert ".docx" in failures[0].hint and ".xlsx" in failures[0].hint


NAMES = [
    ("a.txt", "a.txt", "a name"),
    ("kế hoạch/a.txt", "kế hoạch/a.txt", "a folder is part of the source"),
    (" a.txt ", "a.txt", "blanks at the ends"),
    ("a\n\t\u202eb.txt", "ab.txt", "control characters and direction marks"),
    ("b\\a.txt", "b/a.txt", "separators of another system"),
    ("Ke\u0302 hoạch.txt", "Kê hoạch.txt", "one normal form"),
    ("a\udcff.txt", "a\ufffd\ufffd\ufffd.txt", "a byte that is no letter"),
    ("12:30.txt", "12:30.txt", "a colon that names no drive"),
    ("../a.txt", None, "upwards"),
    ("b/../../a.txt", None, "upwards from within"),
    ("/etc/passwd", None, "absolute"),
    ("C:\\a.txt", None, "absolute on another system"),
    (".ssh/config", None, "hidden"),
    ("", None, "nothing"),
    ("\n", None, "nothing but control characters"),
    ("a" * 300 + ".txt", None, "longer than file systems take"),
    ("a/" * 600 + "a.txt", None, "deeper than any folder"),
]


@pytest.mark.parametrize(("name", "expected", "reason"), NAMES, ids=[row[2] for row in NAMES])
def test_a_source_cannot_leave_its_folder(name, expected, reason):
    if expected is None:
        with pytest.raises(UnreadableDocument, match="tên tệp không dùng được"):
            source_of(name)
    else:
        assert source_of(name) == expected


def test_a_file_without_a_usable_name_is_a_failure_and_the_rest_is_read(tmp_path):
    for name in (".hidden.txt", "a.txt"):
        (tmp_path / name).write_text("x", "utf-8")
    files, failures = files_to_read([tmp_path / ".hidden.txt", tmp_path / "a.txt"])
    assert [source for source, _ in files] == ["a.txt"] and [failure.source for failure in failures] == [".hidden.txt"]


PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\nendobj\n%%EOF\n"


@pytest.mark.parametrize(
    ("name", "content", "taken", "reason"),
    [
        ("ke-hoach", "Kế hoạch".encode(), True, "a text without an ending"),
        ("ban-ve.dat", PDF, True, "a PDF under another ending"),
        ("trang.aspx", b"<!DOCTYPE html><p>x</p>", True, "a web page under another ending"),
        ("ke-hoach.docx", b"MZ\x90\0\x03\0\0\0", True, "its ending promises a document: its reading says what is wrong"),
        ("goi.zip", b"PK\x03\x04" + b"\0" * 60, True, "an archive may hold documents: its reading says what to do"),
        ("du-lieu.json", b"{}", False, "data is text, but no document"),
        ("chay.exe", b"MZ\x90\0\x03\0\0\0", False, "a program"),
        ("am-thanh.mp3", b"ID3\x03\0\0\0\0\0\0", False, "sound"),
    ],
)
def test_a_folder_gives_its_documents_by_content(tmp_path, name, content, taken, reason):
    (tmp_path / name).write_bytes(content)
    skipped: list[tuple[str, str]] = []
    files, _ = files_to_read([tmp_path], lambda source, why: skipped.append((source, why)))
    assert [source for source, _ in files] == ([name] if taken else []), reason
    assert [source for source, _ in skipped] == ([] if taken else [name])
    assert all(why.strip() for _, why in skipped)
