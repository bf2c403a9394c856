"""Pages beside lines: from the file through the record and the graph to hits, answers and lists."""

import json

import pytest
from office_parts import docx, p

from api.local import LocalBackend
from documents import read
from documents.record import from_record, to_record
from graph.pages import with_pages

TASK = "1. Văn phòng chủ trì số hóa hồ sơ lưu trữ, hoàn thành trong tháng 3/2026."
TURN = f"<w:p><w:r><w:lastRenderedPageBreak/><w:t>{TASK}</w:t></w:r></w:p>"
BODY = (
    p("ỦY BAN NHÂN DÂN PHƯỜNG CỒN VÀNH")
    + p("Số: 19/KH-UBND")
    + p("KẾ HOẠCH")
    + p("Số hóa hồ sơ năm 2026")
    + p("I. NHIỆM VỤ")
    + TURN
)


@pytest.fixture
def backend(tmp_path):
    (tmp_path / "van-ban").mkdir()
    docx(tmp_path / "van-ban" / "ke-hoach.docx", BODY)
    (tmp_path / "van-ban" / "khac.txt").write_text("KẾ HOẠCH\nTrồng cây năm 2026\n- Hội Nông dân chủ trì trồng cây.\n", "utf-8")
    opened = LocalBackend.open(tmp_path / "data", create=True)
    opened.ingest([tmp_path / "van-ban"], lambda *_: None)
    yield opened
    opened.close()


def test_a_record_keeps_pages(tmp_path):
    document = read(docx(tmp_path / "a.docx", BODY))
    assert from_record(json.loads(json.dumps(to_record(document)))) == document
    line = next(n for n, text in enumerate(document.lines, 1) if text.startswith("1. Văn phòng"))
    assert (document.page(line), document.page(1), document.page(0), document.page(len(document.lines) + 1)) == (2, 1, None, None)


def test_lists_and_records_name_format_and_pages(backend):
    listed = {one["source"]: (one["format"], one["pages"]) for one in backend.documents()}
    assert listed == {"ke-hoach.docx": ("Word (.docx)", 2), "khac.txt": ("văn bản thuần (.txt, .md)", None)}
    record = backend.document("ke-hoach.docx")
    assert [task["page"] for task in record["tasks"]] == [2]
    assert record["text"][record["tasks"][0]["lines"][0] - 1].startswith("1. Văn phòng")


def test_hits_answers_and_tasks_name_the_page(backend):
    pages = {(hit["source"], hit.get("page")) for hit in backend.search("số hóa hồ sơ lưu trữ", 5, {"kind": "task"})["hits"]}
    assert ("ke-hoach.docx", 2) in pages and ("khac.txt", 1) not in pages
    assert {(task["source"], task.get("page")) for task in backend.tasks({})} == {("ke-hoach.docx", 2)}
    answer = backend.ask("ai chủ trì số hóa hồ sơ lưu trữ theo 19/KH-UBND")
    assert answer["sources"][0]["page"] == 2
    assert "trang 2, dòng" in answer["answer"]


def test_the_graph_knows_the_page_of_evidence(backend):
    query = 'ASK { ?t a cancu:Task ; cancu:evidence/cancu:page 2 ; cancu:partOf/cancu:source "ke-hoach.docx" }'
    assert json.loads(backend.sparql(query).body)["boolean"] is True


def test_pages_are_added_where_lines_are_named():
    form = {"source": "a", "n": [{"lines": [3, 4]}, {"source": "b", "lines": [1]}, {"lines": 7}, {"lines": []}], "lines": None}
    assert with_pages(form, lambda source, line: line * 10 if source == "a" else None) == {
        "source": "a",
        "n": [{"lines": [3, 4], "page": 30}, {"source": "b", "lines": [1]}, {"lines": 7}, {"lines": []}],
        "lines": None,
    }
