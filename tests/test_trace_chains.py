"""Chains upwards and downwards: every kind of hop, order, limits, and how WHAT is understood."""

from __future__ import annotations

import dataclasses
import json

import pytest
from trace_samples import SHARED, cite, directive, gold_document, needs_shared, plan, register, task

from documents.identity import document_key
from documents.model import CitedLink, Mention
from graph import iri
from graph.document_graph import TaskPair, document_graph, task_node
from graph.trace import AmbiguousStart, StartNotFound, Wanted, explicit_chain, trace, trace_record

CITY = "Ủy ban nhân dân thành phố Cần Thơ"
WARD = "Ủy ban nhân dân phường Hòa Bình"

WARD_LINES = (
    "KẾ HOẠCH chuyển đổi số",
    "Căn cứ Kế hoạch số 401/KH-UBND ngày 31/12/2025 của UBND thành phố;",
    "Triển khai Kế hoạch số 226/KH-UBND về thực hiện Chương trình số 21-CTr/TU của Thành ủy.",
    "1. Lập hồ sơ đề xuất cấp độ cho trang thông tin. Việc này theo Nghị định số 85/2016/NĐ-CP.",
    "2. Mở lớp kỹ năng số cho tổ dân phố.",
    "3. Chi trả theo Nghị định số 179/2025/NĐ-CP.",
)


@pytest.fixture
def ward():
    return plan(
        "phuong.txt", WARD_LINES, type="Kế hoạch", number="15/KH-UBND", issuer=WARD, level="phường/xã", date="2026-01-20",
        title="Chuyển đổi số phường Hòa Bình năm 2026",
        citations=(
            cite("401/KH-UBND", "Kế hoạch", CITY, "2025-12-31", None, "basis", at=2),
            cite("226/KH-UBND", "Kế hoạch", CITY, None, "về thực hiện Chương trình số 21-CTr/TU", "implements", at=3),
            cite("21-CTr/TU", "Chương trình", "Thành ủy Cần Thơ", None, None, "mentions", at=3),
            cite("85/2016/NĐ-CP", "Nghị định", "Chính phủ", None, None, "complies", at=4),
            cite("179/2025/NĐ-CP", "Nghị định", "Chính phủ", None, None, "implements", at=6),
        ),
        links=(CitedLink(1, 2, "implements", (3, 3), WARD_LINES[2]),),
        tasks=(
            task("T001", WARD_LINES[3][3:], 4, cites=("85/2016/NĐ-CP",), lead=("Văn phòng",)),
            task("T002", WARD_LINES[4][3:], 5),
            task("T003", WARD_LINES[5][3:], 6, cites=("179/2025/NĐ-CP",)),
        ),
    )  # fmt: skip


@pytest.fixture
def city():
    lines = ("Căn cứ Nghị quyết số 57-NQ/TW của Bộ Chính trị;", "1. Phổ cập kỹ năng số cho người dân.")
    return plan(
        "thanh-pho.txt", lines, type="Kế hoạch", number="401/KH-UBND", issuer=CITY, level="thành phố", date="2025-12-31",
        title="Chuyển đổi số thành phố Cần Thơ năm 2026",
        citations=(cite("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2024-12-22", None, "basis", at=1),),
        tasks=(task("T001", lines[1][3:], 2),),
    )  # fmt: skip


KNOWN = register(
    directive("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2024-12-22", "về đột phá"),
    directive("85/2016/NĐ-CP", "Nghị định", "Chính phủ", "2016-07-01", "về an toàn", implements=("86/2015/QH13",)),
    directive("86/2015/QH13", "Luật", "Quốc hội", "2015-11-19", "An toàn thông tin mạng"),
)


@pytest.fixture
def graph(ward, city):
    return document_graph([ward, city], KNOWN)


def paths(found, graph):
    return [tuple(chain["documents"]) for chain in trace_record(found, graph)["chains"]]


def hop(found, graph, start, end):
    hops = (h for chain in trace_record(found, graph)["chains"] for h in chain["hops"])
    return next(h for h in hops if (h["from"], h["to"]) == (start, end))


def test_a_plan_goes_up_by_all_its_chains_shortest_first(graph):
    found = trace(graph, "15/KH-UBND")
    assert paths(found, graph) == [
        ("15/KH-UBND", "179/2025/NĐ-CP"),
        ("15/KH-UBND", "85/2016/NĐ-CP"),
        ("15/KH-UBND", "401/KH-UBND", "57-NQ/TW"),
        ("15/KH-UBND", "226/KH-UBND", "21-CTr/TU"),
        ("15/KH-UBND", "85/2016/NĐ-CP", "86/2015/QH13"),
    ]


METHODS = [
    ("15/KH-UBND", "15/KH-UBND", "401/KH-UBND", "basis", "explicit", [2, 2], "the plan says so itself"),
    ("15/KH-UBND", "15/KH-UBND", "85/2016/NĐ-CP", "complies", "explicit", [4, 4], "a task's own words cite it"),
    ("15/KH-UBND", "226/KH-UBND", "21-CTr/TU", "implements", "nested", [3, 3], "the cited title says so"),
    ("15/KH-UBND", "85/2016/NĐ-CP", "86/2015/QH13", "implements", "registered", None, "only the register says so"),
    ("phuong.txt:4", "15/KH-UBND", "85/2016/NĐ-CP", "complies", "explicit", [4, 4], "the task cites it"),
    ("phuong.txt:4", "15/KH-UBND", "401/KH-UBND", "basis", "inherited", [2, 2], "its plan is based on it"),
    ("phuong.txt:5", "401/KH-UBND", "57-NQ/TW", "basis", "explicit", [1, 1], "the read plan in the middle says so"),
]


@pytest.mark.parametrize(("what", "start", "end", "kind", "method", "lines", "reason"), METHODS, ids=[row[-1] for row in METHODS])
def test_each_hop_says_how_and_where(graph, what, start, end, kind, method, lines, reason):
    one = hop(trace(graph, what), graph, start, end)
    assert (one["kind"], one["method"], one["evidence"]["lines"]) == (kind, method, lines), reason
    assert 0 < one["confidence"] <= 1
    assert one["evidence"]["text"]


def test_evidence_is_the_sentence_and_not_the_whole_paragraph(graph):
    assert hop(trace(graph, "phuong.txt:4"), graph, "15/KH-UBND", "85/2016/NĐ-CP")["evidence"]["text"] == (
        "Việc này theo Nghị định số 85/2016/NĐ-CP."
    )


def test_a_task_inherits_weakly_what_only_another_task_carries_out(graph):
    found = trace(graph, "phuong.txt:5")
    others = hop(found, graph, "15/KH-UBND", "179/2025/NĐ-CP")["confidence"]
    assert others < hop(found, graph, "15/KH-UBND", "401/KH-UBND")["confidence"]
    assert ("15/KH-UBND", "85/2016/NĐ-CP") not in paths(found, graph), "another task's reference that is neither basis nor duty"


def test_what_the_register_adds_does_not_hide_where_the_text_ends(graph):
    found = trace(graph, "phuong.txt:4")
    assert ("15/KH-UBND", "85/2016/NĐ-CP") in paths(found, graph)
    assert ("15/KH-UBND", "85/2016/NĐ-CP", "86/2015/QH13") in paths(found, graph)
    in_text = [chain for chain in found.chains if chain.in_the_text]
    assert all(hop.method != "registered" for chain in in_text for hop in chain.hops)


def test_downwards_from_a_directive(graph):
    found = trace(graph, "57-NQ/TW", down=True)
    assert paths(found, graph) == [("15/KH-UBND", "401/KH-UBND", "57-NQ/TW")]
    record = trace_record(trace(graph, "85/2016/NĐ-CP", down=True), graph)
    assert [task["text"] for chain in record["chains"] for task in chain["tasks"]] == [WARD_LINES[3][3:]]
    assert {one["from"] for one in record["citing"]} == {"15/KH-UBND"}


def test_downwards_what_the_texts_say_comes_before_what_the_register_says(ward):
    law = directive("85/2016/NĐ-CP", "Nghị định", "Chính phủ", "2016-07-01", "về an toàn")
    circular = directive("3/2017/TT-BTTTT", "Thông tư", "Bộ Thông tin và Truyền thông", "2017-04-24", "hướng dẫn",
                         implements=("85/2016/NĐ-CP",))  # fmt: skip
    graph = document_graph([dataclasses.replace(ward, noisy=True)], register(law, circular))
    chains = trace(graph, "85/2016/NĐ-CP", down=True).chains
    assert [chain.in_the_text for chain in chains] == [True, False]
    assert chains[0].confidence < chains[1].confidence, "though the scan is trusted less"


def test_aligned_tasks_lead_on_through_the_upper_task(ward, city):
    pair = TaskPair(task_node(document_key(ward), ward.tasks[1]), task_node(document_key(city), city.tasks[0]), 0.8, 2)
    graph = document_graph([dataclasses.replace(ward, citations=(), links=(), tasks=ward.tasks[1:2]), city], KNOWN, [pair])
    found = trace(graph, "phuong.txt:5")
    assert paths(found, graph) == [("15/KH-UBND", "401/KH-UBND", "57-NQ/TW")]
    assert found.chains[0].hops[0].method == "aligned"
    assert found.chains[0].confidence == pytest.approx(0.8 * 0.9)
    assert hop(found, graph, "15/KH-UBND", "401/KH-UBND")["to_task"]["text"] == "Phổ cập kỹ năng số cho người dân."


def test_what_rests_on_alignment_comes_after_what_the_texts_say(ward, city, graph):
    upper = task_node(document_key(city), city.tasks[0])
    found = trace(graph, "phuong.txt:5", above=lambda _, node: [TaskPair(node, upper, 0.8, 2)])
    assert [chain.aligned for chain in found.chains] == [False] * (len(found.chains) - 1) + [True]
    assert found.chains[-1].hops[0].end == upper
    assert found.chains[:-1] == trace(graph, "phuong.txt:5").chains, "alignment hides nothing"
    asked = []
    trace(graph, "phuong.txt", above=lambda _, node: asked.append(node) or [])
    trace(graph, "phuong.txt:5", down=True, above=lambda _, node: asked.append(node) or [])
    assert asked == [], "only for a task, only upwards"


def test_one_chain_over_each_aligned_task_the_surest_to_the_highest(ward, city, graph):
    both = dataclasses.replace(city, citations=(
        *city.citations,
        cite("9-NQ/TU", "Nghị quyết", "Thành ủy Cần Thơ", "2024-01-02", None, "basis", at=1),
    ))  # fmt: skip
    graph = document_graph([ward, both], KNOWN)
    upper = task_node(document_key(city), city.tasks[0])
    found = trace(graph, "phuong.txt:5", above=lambda _, node: [TaskPair(node, upper, 0.8, 2)])
    (aligned,) = [chain for chain in found.chains if chain.aligned]
    assert graph.instrument(aligned.nodes[-1]).name == "57-NQ/TW"


def test_circles_end():
    def one(source, number, other):
        return plan(source, (f"Căn cứ {other}",), type="Kế hoạch", number=number, issuer=CITY, date="2025-01-01",
                    citations=(cite(other, "Kế hoạch", CITY, "2025-01-01", None, "basis"),))  # fmt: skip

    graph = document_graph([one("a.txt", "1/KH-UBND", "2/KH-UBND"), one("b.txt", "2/KH-UBND", "1/KH-UBND")], {})
    assert paths(trace(graph, "a.txt"), graph) == [("1/KH-UBND", "2/KH-UBND")]
    assert paths(trace(graph, "a.txt", down=True), graph) == [("2/KH-UBND", "1/KH-UBND")]


def test_the_limit_keeps_the_shortest(graph):
    assert paths(trace(graph, "15/KH-UBND", limit=1), graph) == [("15/KH-UBND", "179/2025/NĐ-CP")]


STARTS = [
    ("15/KH-UBND", "15/KH-UBND", None, "a number"),
    ("15-KH/UBND", "15/KH-UBND", None, "a number badly written"),
    ("Kế hoạch số 15/KH-UBND của phường Hòa Bình", "15/KH-UBND", None, "a number with type and body"),
    ("phuong.txt", "15/KH-UBND", None, "a file"),
    ("phuong.txt:4", "15/KH-UBND", "T001", "a line of a task"),
    ("phuong.txt:2", "15/KH-UBND", None, "a line outside the tasks"),
    ("ho so de xuat cap do", "15/KH-UBND", "T001", "a phrase without accents"),
    ("kế hoạch chuyển đổi số phường Hòa Bình năm 2026", "15/KH-UBND", None, "a title"),
    ("21-CTr/TU", "21-CTr/TU", None, "a document that is only cited"),
]


@pytest.mark.parametrize(("what", "name", "local", "reason"), STARTS, ids=[row[3] for row in STARTS])
def test_what_is_meant(graph, what, name, local, reason):
    node = trace(graph, what).start.node
    assert graph.instrument(node).name == name
    assert (node.partition("#")[2] or None) == local


def test_iris_are_understood(graph, ward):
    key = document_key(ward)
    assert trace(graph, iri.document_iri(key)).start.node == key
    assert trace(graph, iri.part_iri(key, "T001")).start.node == f"{key}#T001"
    with pytest.raises(StartNotFound):
        trace(graph, iri.document_iri("nobody/2020/1-kh-ubnd"))


@pytest.mark.parametrize("what", ["999/KH-UBND", "phuong.txt:99", "khac.txt", "khac.txt:4", "xyzzy quux", ""])
def test_nothing_is_meant(graph, what):
    with pytest.raises(StartNotFound):
        trace(graph, what)


def test_what_looks_like_a_number_or_a_file_is_not_searched_for(graph, ward):
    def search(phrase):
        raise AssertionError(phrase)

    for what in ("999/KH-UBND", "khac.txt:4"):
        with pytest.raises(StartNotFound):
            trace(graph, what, search=search)


def test_a_nested_hop_is_shown_in_the_words_of_the_starting_document(ward):
    other = dataclasses.replace(
        ward, source="a.txt", sha256="0", tasks=(), header=dataclasses.replace(ward.header, number="16/KH-UBND")
    )
    graph = document_graph([other, ward], {})
    for what, source in (("15/KH-UBND", "phuong.txt"), ("16/KH-UBND", "a.txt")):
        assert hop(trace(graph, what), graph, "226/KH-UBND", "21-CTr/TU")["evidence"]["source"] == source


def test_several_are_meant(ward):
    other = dataclasses.replace(
        ward, source="khac.txt", sha256="0", header=dataclasses.replace(ward.header, issuer="Ủy ban nhân dân phường Sao Mai")
    )
    graph = document_graph([ward, other], {})
    with pytest.raises(AmbiguousStart) as caught:
        trace(graph, "15/KH-UBND")
    assert len(caught.value.candidates) == 2
    assert graph.instrument(trace(graph, "15/KH-UBND phường Sao Mai").start.node).source == "khac.txt"


def test_a_directive_is_found_by_its_short_title(ward):
    entry = directive("06/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", "2022-01-06", "phê duyệt Đề án")
    cited = cite("06/QĐ-TTg", "Quyết định", "Thủ tướng Chính phủ", "2022-01-06", None, "basis", at=2)
    graph = document_graph([dataclasses.replace(ward, citations=(cited,), links=(), tasks=())], register(entry))
    found = trace(graph, "đề án 06", down=True)
    assert found.start.how == "title"
    assert paths(found, graph) == [("15/KH-UBND", "06/QĐ-TTg")]


def test_search_decides_which_task_a_phrase_means(graph, ward):
    node = task_node(document_key(ward), ward.tasks[1])
    found = trace(graph, "kỹ năng số, cấp độ", search=lambda phrase: [node, task_node(document_key(ward), ward.tasks[0])])
    assert found.start.node == node
    assert trace_record(found, graph)["others"][0]["text"] == WARD_LINES[3][3:]


def test_a_phrase_that_no_task_speaks_of_is_not_found(graph, ward):
    with pytest.raises(StartNotFound):
        trace(graph, "nuôi ong lấy mật", search=lambda phrase: [task_node(document_key(ward), ward.tasks[0])])


def test_the_one_chain_that_is_asked_for(graph, ward):
    key = document_key(ward)

    def names(chain):
        return chain and [graph.resolution.instruments[node].name for node in chain.nodes]

    assert names(explicit_chain(graph, key, Wanted(type="Chương trình"))) == ["15/KH-UBND", "226/KH-UBND", "21-CTr/TU"]
    assert names(explicit_chain(graph, key, Wanted(issuer="Bộ Chính trị"))) == ["15/KH-UBND", "401/KH-UBND", "57-NQ/TW"]
    assert names(explicit_chain(graph, key, Wanted(level="thành phố"), near=(3, 3))) == ["15/KH-UBND", "226/KH-UBND"]
    assert names(explicit_chain(graph, f"{key}#T001")) == ["15/KH-UBND", "85/2016/NĐ-CP"]
    assert names(explicit_chain(graph, key, Wanted(number="86/2015/QH13"))) is None, "the register is not the text"
    assert explicit_chain(graph, key, Wanted(issuer="Bộ Chính trị"), via=[Wanted(number="226/KH-UBND")]) is None


def test_a_scan_is_trusted_less(ward):
    graph = document_graph([dataclasses.replace(ward, noisy=True)], {})
    assert all(chain.confidence < 1 for chain in trace(graph, "15/KH-UBND").chains)


def test_a_citation_inside_a_task_without_number_counts(city):
    title = "Chuyển đổi số thành phố Cần Thơ năm 2026"
    lines = ("1. Chỉ đạo việc thực hiện Kế hoạch Chuyển đổi số thành phố Cần Thơ năm 2026.",)
    said = dataclasses.replace(
        cite(None, "Kế hoạch", None, None, title, "mentions"), mentions=(Mention(f"Kế hoạch {title}", (1, 1), "mentions"),)
    )
    ward = plan("p.txt", lines, type="Kế hoạch", number="3/KH-UBND", issuer=WARD, date="2026-02-01", citations=(said,),
                tasks=(task("T001", lines[0][3:], 1),))  # fmt: skip
    graph = document_graph([ward, city], {})
    assert paths(trace(graph, "p.txt:1"), graph) == [("3/KH-UBND", "401/KH-UBND", "57-NQ/TW")]


@needs_shared
def test_the_ward_task_reaches_the_resolution():
    graph = document_graph([gold_document(stem) for stem in ("000", "002", "004")], {})
    found = trace(graph, "hồ sơ cấp độ an toàn hệ thống thông tin phường Hải Dương")
    assert ("04/KH-UBND", "238/KH-UBND", "12-KH/TU", "57-NQ/TW") in paths(found, graph)
    assert hop(found, graph, "04/KH-UBND", "238/KH-UBND")["evidence"]["lines"] == [223, 223]


@needs_shared
def test_chains_of_the_trace_questions():
    sources = {path.name: path.name[:3] for path in (SHARED / "gold").glob("0*.json")}
    documents = [gold_document(stem) for stem in sources.values()]
    graph = document_graph(documents, {})
    known = {one.name for one in graph.resolution.instruments.values() if one.sources}
    questions = [json.loads(line) for line in (SHARED / "questions" / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
    asked = [one["chain"] for one in questions if one["chain"] and one["chain"][0] in known]
    assert asked
    for chain in asked:
        start = next(one.key for one in graph.resolution.instruments.values() if one.name == chain[0] and one.sources)
        via = [Wanted(number=name) for name in chain[1:-1]]
        found = explicit_chain(graph, start, Wanted(number=chain[-1]), via)
        assert [graph.resolution.instruments[node].name for node in found.nodes] == chain
