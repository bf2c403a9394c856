"""Twenty traces whose upstream documents were written down by reading the plans, and all who cite a document downwards."""

from __future__ import annotations

import pytest
from trace_samples import gold_document, needs_shared

from documents.model import Document
from graph.document_graph import DocumentGraph, document_graph
from graph.trace import trace, trace_record
from ontology.numbers import number_key

DEPARTMENT = {"359/KH-UBND", "350/KH-UBND", "179/2025/NĐ-CP", "5264/QĐ-UBND", "03-NQ/TU", "12-KH/TU", "238/KH-UBND", "57-NQ/TW"}
"""What the department's plan (000) says it is based on or carries out, and what that carries out."""
WARD = {
    "57-NQ/TW", "71/NQ-CP", "749/QĐ-TTg", "411/QĐ-TTg", "2629/QĐ-TTg", "5511/BKHCN-CĐSQG", "8177/BKHCN-CĐSQG", "12-KH/TU",
    "238/KH-UBND", "359/KH-UBND", "179/2025/NĐ-CP", "03-NQ/TU", "02-KH/BCĐTW",
}  # fmt: skip
"""The same of the ward's plan (002)."""
CULTURE = {"06-NQ/TU", "03-NQ/TU", "215/KH-UBND", "06/CP"}
"""The same of the plan of the department of culture (004)."""
MONEY = {"73/2019/NĐ-CP", "82/2024/NĐ-CP"}
SAFETY = {"85/2016/NĐ-CP", "09/CT-TTg"}

BY_HAND = [
    ("000_085fb5a52887291e.txt", DEPARTMENT | MONEY | {"4577/BKHCN-CĐSQG"}, "the whole plan, with what its tasks comply with"),
    ("000_085fb5a52887291e.txt:27", DEPARTMENT, "a task that cites nothing"),
    ("000_085fb5a52887291e.txt:37", DEPARTMENT, "a task with a basis of its own"),
    ("000_085fb5a52887291e.txt:87", DEPARTMENT, "a task that carries out the data strategy"),
    ("000_085fb5a52887291e.txt:146", DEPARTMENT, "the assistant that checks texts"),
    ("000_085fb5a52887291e.txt:164", DEPARTMENT, "the task that names the whole chain"),
    ("000_085fb5a52887291e.txt:208", DEPARTMENT | MONEY | {"4577/BKHCN-CĐSQG"}, "money, and a ministry's letter"),
    ("000_085fb5a52887291e.txt:232", DEPARTMENT, "a row of the budget"),
    ("04/KH-UBND", WARD | MONEY | {"5264/QĐ-UBND"}, "the ward's plan by its number"),
    ("002_5377eb22d7956e9d.txt:275", WARD, "a task that cites nothing"),
    ("002_5377eb22d7956e9d.txt:287", WARD, "a task that carries out a decree"),
    ("002_5377eb22d7956e9d.txt:315", WARD | {"5264/QĐ-UBND"}, "the data strategy, named without its number"),
    ("002_5377eb22d7956e9d.txt:375", WARD, "the task that makes the resolution known"),
    ("002_5377eb22d7956e9d.txt:391", WARD, "the city's plan, named without its number"),
    ("002_5377eb22d7956e9d.txt:407", WARD | MONEY, "money"),
    ("002_5377eb22d7956e9d.txt:483", WARD, "a row of the appendix"),
    ("hồ sơ cấp độ an toàn hệ thống thông tin phường Hải Dương", WARD, "a phrase that means a row"),
    ("004_e38544976509826e.txt", CULTURE | SAFETY, "a plan without number"),
    ("004_e38544976509826e.txt:107", CULTURE, "a task that cites nothing"),
    ("004_e38544976509826e.txt:189", CULTURE | SAFETY, "the task on levels of safety"),
    ("238/KH-UBND", {"12-KH/TU", "57-NQ/TW"}, "a plan that nobody gave us: what its title says"),
]  # fmt: skip


@pytest.fixture(scope="module")
def plans() -> list[Document]:
    return [gold_document(stem) for stem in ("000", "002", "004")]


@pytest.fixture(scope="module")
def graph(plans) -> DocumentGraph:
    return document_graph(plans, {})


@needs_shared
@pytest.mark.parametrize(("what", "upstream", "reason"), BY_HAND, ids=[row[2] for row in BY_HAND])
def test_the_documents_upstream(graph, what, upstream, reason):
    chains = trace(graph, what, limit=500).chains
    numbers = {graph.resolution.instruments[node].number for chain in chains if chain.in_the_text for node in chain.nodes[1:]}
    assert numbers - {None} == upstream, reason


@needs_shared
def test_every_task_reaches_what_its_own_words_cite(graph):
    for key, document in graph.documents.items():
        for task in document.tasks:
            hops = graph.hops_of(f"{key}#{task.id}")
            cited = {number_key(number) for number in task.cites}
            reached = {number_key(graph.instrument(hop.end).number or "") for hop in hops}
            assert cited <= reached, (document.source, task.lines)


@needs_shared
def test_downwards_every_plan_that_cites_a_document_is_found(graph):
    for key, instrument in graph.resolution.instruments.items():
        citing = {
            document.source
            for at, document in graph.documents.items()
            for index, citation in enumerate(document.citations)
            if citation.mentions and at != key and graph.resolution.citations[at, index].key == key
        }
        record = trace_record(trace(graph, key, down=True), graph)
        assert {one["evidence"]["source"] for one in record["citing"]} >= citing, instrument.name
        assert record["citing_total"] == len(record["citing"])
