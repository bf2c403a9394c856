"""The same document as PDF and as scans gives the same header, citations and tasks (made by LibreOffice); for Word,
OpenDocument and web pages see test_reading_equivalence.py."""

from __future__ import annotations

from pathlib import Path

import pytest
from equivalence import AIMS, comparison, made
from office_documents import word_document
from programs import need

from documents import read

EXAMPLES = Path(__file__).parent.parent / "examples"
WRAPPED = EXAMPLES / "ke-hoach-12-kh-ubnd-ben-truc-2026.txt"
TABLES = EXAMPLES / "ke-hoach-12-kh-ubnd-go-lua-2026.md"
MONEY = EXAMPLES / "ke-hoach-158-kh-ubnd-2025.txt"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("formats")


@pytest.mark.parametrize(
    ("text", "form"),
    [
        (WRAPPED, "pdf"),
        (TABLES, "pdf"),
        (MONEY, "pdf"),
        (TABLES, "scan"),  # all that a scan makes hard stands in this one: two columns, Roman numerals, a table
        (WRAPPED, "noisy"),
    ],
    ids=lambda value: value.stem if isinstance(value, Path) else value,
)
def test_formats_read_the_same(folder: Path, text: Path, form: str) -> None:
    need("libreoffice", "font")
    if form != "pdf":
        need("recognition")
    found = comparison(read(text), read(made(text, form, folder)))
    assert found.tasks >= AIMS[form], found.differences
    assert found.citations >= AIMS[form], found.differences
    assert found.header >= (1.0 if form == "pdf" else 0.85), found.differences


@pytest.mark.parametrize("text", [WRAPPED, TABLES, MONEY], ids=lambda path: path.stem)
def test_what_word_numbers_itself_reads_the_same(tmp_path: Path, text: Path) -> None:
    """Numbers in hanging position, footers, headings in merged cells on every page, units in paragraphs of their own."""
    need("libreoffice", "font")
    word_document(text.read_text("utf-8").split("\n"), tmp_path / f"{text.stem}.docx", word_styles=True)
    found = comparison(read(text), read(made(text, "pdf", tmp_path)))
    assert found.tasks >= AIMS["pdf"], found.differences
    assert found.citations >= AIMS["pdf"], found.differences
    assert found.header == 1.0, found.differences
