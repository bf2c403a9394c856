"""The same document as a text file, in Word, in OpenDocument and as a web page says the same."""

from pathlib import Path

import pytest
from equivalence import AIMS, comparison, made
from programs import need

import documents

EXAMPLES = Path(__file__).parents[1] / "examples"
TEXTS = sorted(path for path in EXAMPLES.iterdir() if path.suffix in (".txt", ".md") and path.name != "README.md")
CONVERTED = ("ke-hoach-12-kh-ubnd-go-lua-2026.md", "quyet-dinh-45-2025-qd-ubnd.txt")
"""LibreOffice takes seconds for each: a plan with a table, and a regulation by articles."""


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_word(tmp_path, text):
    found = comparison(documents.read(text), documents.read(made(text, "docx", tmp_path)))
    assert (found.header, found.citations) == (1.0, 1.0), found.differences
    assert found.tasks >= AIMS["docx"], found.differences


@pytest.mark.parametrize("name", CONVERTED)
@pytest.mark.parametrize("form", ["odt", "html", "doc", "rtf"])
def test_converted_by_libreoffice(tmp_path, name, form):
    need("libreoffice")
    text = EXAMPLES / name
    found = comparison(documents.read(text), documents.read(made(text, form, tmp_path)))
    assert (found.header, found.citations) == (1.0, 1.0), found.differences
    assert found.tasks >= AIMS["docx"], found.differences
