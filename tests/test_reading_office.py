"""Files that LibreOffice converts: what their names say counts for nothing, and what hangs is ended."""

import os
import sys
from pathlib import Path

import pytest
from programs import need

from documents.errors import UnreadableDocument
from documents.reading import office
from documents.reading.limits import Limits
from documents.reading.readers import read_source

RTF = r"{\rtf1\ansi\deff0{\fonttbl{\f0 Times New Roman;}}\f0 K\u7870?ho\u7841?ch s\u7889? 47\par Ch\u7911? tr\u236?: UBND\par}"
WORD_XML = (
    '<?xml version="1.0" encoding="UTF-8"?><?mso-application progid="Word.Document"?>'
    '<w:wordDocument xmlns:w="http://schemas.microsoft.com/office/word/2003/wordml"><w:body>'
    "<w:p><w:r><w:t>Chủ trì: UBND</w:t></w:r></w:p></w:body></w:wordDocument>"
)


@pytest.mark.parametrize(
    ("name", "content", "form", "reason"),
    [
        ("a.rtf", RTF, "rtf", "the ending it should have"),
        ("a.txt", RTF, "rtf", "the ending of a plain text"),
        ("a.pdf", RTF, "rtf", "that of a PDF"),
        ("a", RTF, "rtf", "none"),
        ("a.txt", WORD_XML, "wordml", "Word 2003 XML under another ending"),
    ],
)
def test_the_ending_does_not_count(tmp_path, name, content, form, reason):
    need("libreoffice")
    path = tmp_path / name
    path.write_text(content, "utf-8")
    text, _ = read_source(path)
    assert text.format == form, reason
    assert "Chủ trì: UBND" in text.lines, reason


def fake(folder: Path, script: str) -> str:
    """A program in the place of LibreOffice, which is given ``command``, its arguments."""
    path = folder / "soffice"
    path.write_text(f"#!{sys.executable}\nimport os, subprocess, sys, time\nfrom pathlib import Path\n{script}", "utf-8")
    path.chmod(0o755)
    return str(path)


CHILD = "subprocess.Popen(['sleep', '600']{extra})"
DETACHED = (
    "if os.fork() == 0:\n    os.setsid()\n    if os.fork() == 0:\n        os.execvp('sleep', ['sleep', '600'])\n    os._exit(0)"
)


@pytest.mark.parametrize(
    ("script", "reason"),
    [
        (CHILD.format(extra=""), "a child of the starter"),
        (CHILD.format(extra=", start_new_session=True"), "one in a session of its own"),
        (DETACHED, "one handed to another parent"),
    ],
)
def test_what_hangs_is_ended_with_all_that_it_started(tmp_path, monkeypatch, script, reason):
    program = fake(tmp_path, f"{script}\ntime.sleep(600)\n")
    monkeypatch.setattr(office, "program", lambda: program)
    path = tmp_path / "a.rtf"
    path.write_text(RTF, "utf-8")
    monkeypatch.setenv("CANCU_TEST_MARK", str(tmp_path))
    with pytest.raises(UnreadableDocument, match="quá lâu"):
        office.read_doc(path, Limits(page_seconds=1.0))
    mark = f"CANCU_TEST_MARK={tmp_path}".encode()
    left = [entry.name for entry in Path("/proc").glob("[0-9]*") if entry.name != str(os.getpid()) and mark in environment(entry)]
    assert left == [], reason


def environment(entry: Path) -> bytes:
    try:
        return (entry / "environ").read_bytes()
    except OSError:
        return b""


def test_markup_taken_for_words_is_refused(tmp_path, monkeypatch):
    from docx import Document

    made = Document()
    made.add_paragraph(r"{\rtf1\ansi Kế hoạch}")
    made.save(tmp_path / "made.docx")
    target = "Path(sys.argv[sys.argv.index('--outdir') + 1]) / 'source.docx'"
    copy = f"import shutil\nshutil.copy({str(tmp_path / 'made.docx')!r}, {target})"
    program = fake(tmp_path, copy)
    monkeypatch.setattr(office, "program", lambda: program)
    path = tmp_path / "a.rtf"
    path.write_text(RTF, "utf-8")
    with pytest.raises(UnreadableDocument, match="không nhận ra định dạng") as refused:
        office.read_doc(path, Limits())
    assert refused.value.source == "a.rtf"
