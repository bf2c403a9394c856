"""What the doors ask of a data folder: over a real folder with two small plans."""

from __future__ import annotations

import pytest

from graph.corpus import Corpus
from graph.errors import GraphError
from graph.inquiry import Inquiry

DUTY = "Sao lưu dữ liệu hộ tịch hằng tuần ra thiết bị để riêng, không nối mạng"


def plan(issuer: str, number: str, basis: str, task: str) -> str:
    return f"""{issuer.upper()}
-------
Số: {number}
Cần Thơ, ngày 05 tháng 01 năm 2026

KẾ HOẠCH
Chuyển đổi số năm 2026

Căn cứ {basis};

I. NHIỆM VỤ
1. {task}.
- Đơn vị chủ trì: Văn phòng.
- Thời gian hoàn thành: trước ngày 30/6/2026.
"""


@pytest.fixture(scope="module")
def asked(tmp_path_factory):
    folder = tmp_path_factory.mktemp("inquiry")
    texts = {
        "phuong.txt": plan(
            "Ủy ban nhân dân phường Hòa Bình", "17/KH-UBND", "Nghị quyết số 57-NQ/TW ngày 21/12/2024 của Bộ Chính trị", DUTY
        ),
        "thanh-pho.txt": plan(
            "Ủy ban nhân dân thành phố Cần Thơ",
            "23/KH-UBND",
            "Quyết định số 749/QĐ-TTg ngày 04/6/2020 của Thủ tướng Chính phủ",
            DUTY,
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, "utf-8")
    corpus = Corpus.open(folder / "data", create=True)
    corpus.ingest([folder / name for name in texts])
    yield Inquiry(corpus)
    corpus.close()


def ways(record: dict) -> list[tuple[list[str], list[str]]]:
    return [(chain["documents"], [hop["method"] for hop in chain["hops"]]) for chain in record["chains"]]


def test_a_task_leads_over_the_same_duty_of_the_city(asked):
    line = next(n for n, text in enumerate(plan("", "", "", DUTY).split("\n"), 1) if DUTY in text)
    assert ways(asked.trace(f"phuong.txt:{line}")) == [
        (["17/KH-UBND", "57-NQ/TW"], ["inherited"]),
        (["17/KH-UBND", "23/KH-UBND", "749/QĐ-TTg"], ["aligned", "inherited"]),
    ]
    assert ways(asked.trace("phuong.txt")) == [(["17/KH-UBND", "57-NQ/TW"], ["explicit"])], "a plan is no task"


def test_a_query_with_more_results_than_allowed_is_not_exported_in_part(asked, monkeypatch):
    query = "SELECT ?task { ?task a cancu:Task }"
    assert asked.export("nquads", query=query)
    whole = asked._corpus.sparql
    monkeypatch.setattr(asked._corpus, "sparql", lambda text: whole(text, max_rows=1))
    with pytest.raises(GraphError, match="Thu hẹp"):
        asked.export("nquads", query=query)


def test_one_document_is_checked_against_all(asked):
    everything = asked.check()
    one = asked.check("phuong.txt")
    assert {finding["source"] for finding in everything} == {"phuong.txt", "thanh-pho.txt"}
    assert one == [finding for finding in everything if finding["source"] == "phuong.txt"]


def test_what_is_due_on_a_day(asked):
    import datetime

    assert [(one["source"], one["status"], one["days"]) for one in asked.due(datetime.date(2026, 7, 1))] == [
        ("phuong.txt", "overdue", -1),
        ("thanh-pho.txt", "overdue", -1),
    ]
