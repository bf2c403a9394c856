"""Records: nothing is lost on the way to JSON and back; a record of another form is refused."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import documents
from documents.model import Document, Header
from documents.record import FORMAT, from_record, to_gold, to_record
from documents.understand import understand

SAMPLES = [
    path
    for folder in (Path(__file__).parents[1] / "examples", Path(__file__).parent / "small_documents")
    for path in sorted(folder.iterdir())
    if path.suffix in {".txt", ".md"} and path.name != "README.md"
]


@pytest.mark.parametrize("path", SAMPLES, ids=lambda p: p.stem)
def test_round_trip(path: Path) -> None:
    document = documents.read(path, path.name)
    again = from_record(json.loads(json.dumps(to_record(document), ensure_ascii=False)))
    assert again == document


def test_an_empty_document() -> None:
    empty = Document("leer.txt", "0", (), Header())
    assert from_record(json.loads(json.dumps(to_record(empty)))) == empty


def test_a_record_of_another_form_is_refused() -> None:
    record = to_record(understand(["KẾ HOẠCH", "Chuyển đổi số"], "plan.txt", "0"))
    with pytest.raises(ValueError, match=str(FORMAT)):
        from_record({**record, "format": FORMAT + 1})
    with pytest.raises(ValueError, match="hỏng"):
        from_record({"format": FORMAT, "document": {"source": "plan.txt"}})
    with pytest.raises(ValueError, match="hỏng"):
        from_record({"format": FORMAT})


def test_the_gold_form_has_the_fields_of_the_schema() -> None:
    found = to_gold(
        understand(["KẾ HOẠCH", "Chuyển đổi số năm 2026", "", "I. NHIỆM VỤ", "- Đạt 80% hồ sơ trực tuyến."], "plan.txt", "0")
    )
    assert set(found) == {"source", "document", "citations", "units", "tasks", "targets", "defects"}
    assert set(found["document"]) == {
        *("type", "number", "number_note", "title", "issuer", "level", "date", "date_note", "place", "signer", "period"),
    }
    assert set(found["tasks"][0]) == {
        *("id", "lines", "kind", "section", "section_title", "topic", "text", "lead", "coordinate", "support"),
        *("deadline", "product", "budget", "cites"),
    }
    assert set(found["targets"][0]) == {"lines", "text", "comparator", "value", "unit", "topic"}
    assert json.loads(json.dumps(found)) == found
