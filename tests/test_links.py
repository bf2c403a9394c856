"""Inferred links: made of pairs of documents, kept in a graph of their own, the same in whatever order documents come."""

from __future__ import annotations

import random
from dataclasses import replace

import pyoxigraph as ox
import pytest
from trace_samples import plan, task

from documents.identity import document_key
from documents.model import Period, Section
from graph import link_store
from graph.build import document_quads
from graph.corpus import Corpus
from graph.document_graph import document_graph
from graph.inquiry import Inquiry
from graph.link import Link
from graph.link_graph import KEY, graph_name, link_quads, links_at, links_of, tasks_above
from graph.links import LinkMaker
from graph.neighbours import Standing, are_compared, is_above, may_oblige
from graph.store import GraphStore
from graph.trace import trace

BACKUP = "Sao lưu dữ liệu hộ tịch hằng tuần ra thiết bị để riêng, không nối mạng"
LESSONS = "Mở lớp hướng dẫn người cao tuổi dùng điện thoại thông minh để nộp hồ sơ trực tuyến"
CAMERAS = "Lắp đặt camera giám sát tại các ngã tư đông người qua lại"
TREES = "Trồng thêm cây xanh dọc tuyến đường mới mở"


def make(source, issuer, level, texts, number="7/KH-UBND", date="2026-01-05", **more):
    tasks = tuple(task(f"T{n:03d}", text, n) for n, text in enumerate(texts, 1))
    made = plan(
        source, texts, type="Kế hoạch", number=number, issuer=issuer, date=date, title="Việc trong năm", tasks=tasks, **more
    )
    return replace(made, header=replace(made.header, level=level, place="Cần Thơ", year=int(date[:4])))


def decree():
    lines = (
        "Điều 1. Phạm vi điều chỉnh", "Nghị định này quy định việc lưu giữ dữ liệu.", "Điều 2. Sao lưu dữ liệu",
        "1. Cơ quan nhà nước có trách nhiệm sao lưu dữ liệu hằng tuần ra thiết bị để riêng, không nối mạng.",
    )  # fmt: skip
    sections = (
        Section("article", "1", "Phạm vi điều chỉnh", "1", (1, 2)),
        Section("article", "2", "Sao lưu dữ liệu", "2", (3, 4)),
        Section("clause", "1", lines[3][3:], "2.1", (4, 4), 1),
    )
    head = {
        "type": "Nghị định",
        "number": "9/2024/NĐ-CP",
        "issuer": "Chính phủ",
        "date": "2024-02-01",
        "title": "Lưu giữ dữ liệu",
    }
    made = plan("nd.txt", lines, **head, sections=sections)
    return replace(made, header=replace(made.header, level="trung ương", place="Hà Nội", year=2024))


WARD = make(
    "phuong.txt",
    "Ủy ban nhân dân phường Hòa Bình, thành phố Cần Thơ",
    "phường/xã",
    (BACKUP, LESSONS, BACKUP + " và ghi sổ", TREES),
)
CITY = make("thanh-pho.txt", "Ủy ban nhân dân thành phố Cần Thơ", "thành phố", (CAMERAS, LESSONS, BACKUP), number="9/KH-UBND")
OTHER_WARD = make("phuong-khac.txt", "Ủy ban nhân dân phường Sao Mai, thành phố Cần Thơ", "phường/xã", (LESSONS, TREES))
ALL = (WARD, CITY, OTHER_WARD, decree())
BY_KEY = {document_key(one): one for one in ALL}


def filled(folder, *steps):
    """A store with the links after each step: "+key" puts a document in, "-key" takes it out."""
    store, linked = GraphStore(folder), link_store.Linked({}, 0)
    for step in steps:
        out, put = [[k[1:] for k in step if k[0] == sign] for sign in "-+"]
        for key in put:
            store.put(key, document_quads(BY_KEY[key], key))
        for key in out:
            store.drop(key)
        linked = link_store.update(store, linked, [*out, *put], put, BY_KEY.__getitem__, LinkMaker())
        assert linked.quads == len(store.graph(KEY)), "the count is kept without counting"
    return store, linked


def test_links_of_all_kinds(tmp_path):
    store, _ = filled(tmp_path, [f"+{key}" for key in BY_KEY])
    ward, city = document_key(WARD), document_key(CITY)
    found = {(link.start, link.end): link for link in links_of(store, ward)}
    assert found[f"{ward}#T001", f"{city}#T003"].kind == "same", "the more local task comes first"
    assert found[f"{ward}#T001", f"{ward}#T003"].kind in ("same", "part"), "a repetition inside the plan"
    assert found[f"{ward}#T001", f"{document_key(decree())}#dieu-2"].kind == "article"
    assert all(0 < link.confidence <= 1 and link.reason for link in found.values())


def test_plans_of_two_wards_are_left_to_whoever_asks(tmp_path):
    store, _ = filled(tmp_path, [f"+{key}" for key in BY_KEY])
    ends = {frozenset(link.documents) for link in links_of(store, document_key(OTHER_WARD))}
    assert frozenset((document_key(WARD), document_key(OTHER_WARD))) not in ends
    assert frozenset((document_key(CITY), document_key(OTHER_WARD))) in ends


def test_any_order_gives_the_links_of_a_store_made_at_once(tmp_path):
    whole, _ = filled(tmp_path / "whole", [f"+{key}" for key in BY_KEY])
    for seed in range(4):
        order = sorted(BY_KEY)
        random.Random(seed).shuffle(order)
        extra = order[0]
        steps = [[f"+{key}"] for key in order] + [[f"-{extra}"], [f"+{extra}"]]
        other, _ = filled(tmp_path / str(seed), *steps)
        assert other.nquads() == whole.nquads()


def test_a_document_takes_its_links_with_it(tmp_path):
    keys = sorted(BY_KEY)
    store, linked = filled(tmp_path / "a", [f"+{key}" for key in keys], [f"-{keys[0]}"])
    without, _ = filled(tmp_path / "b", [f"+{key}" for key in keys[1:]])
    assert store.nquads() == without.nquads()
    assert keys[0] not in linked.standings
    empty, linked = filled(tmp_path / "c", [f"+{key}" for key in keys], [f"-{key}" for key in keys])
    assert len(empty) == linked.quads == 0


def test_only_pairs_with_the_new_document_are_compared(tmp_path):
    seen = []

    class Counting(LinkMaker):
        def between(self, key_a, a, key_b, b):
            seen.append(frozenset((key_a, key_b)))
            return super().between(key_a, a, key_b, b)

    keys = sorted(BY_KEY)
    store, linked = filled(tmp_path, [f"+{key}" for key in keys if key != document_key(CITY)])
    link_store.update(store, linked, (), [document_key(CITY)], BY_KEY.__getitem__, Counting())
    assert seen and all(document_key(CITY) in pair for pair in seen)
    assert len(seen) == len(set(seen)), "no pair twice"


def test_links_are_read_back_as_they_were_written(tmp_path):
    store, _ = filled(tmp_path, [f"+{key}" for key in BY_KEY])
    kept = {quad for key in BY_KEY for quad in link_quads(links_of(store, key))}
    assert kept <= set(store.graph(KEY))
    assert len(set(store.graph(KEY)) - kept) == 3, "what the graph says of itself"
    some = links_at(store, f"{document_key(WARD)}#T001")
    assert some and some == sorted(some, key=lambda link: (-link.confidence, link.start, link.end))


def test_every_node_of_the_graph_of_links_has_label_and_type(tmp_path):
    store, _ = filled(tmp_path, [f"+{key}" for key in BY_KEY])
    dataset = ox.Store()
    dataset.extend(store.quads())
    query = """SELECT ?x { { SELECT DISTINCT ?x { GRAPH <NAME> { { ?x ?p ?o } UNION { ?s ?p ?x FILTER(isIRI(?x) && ?p NOT IN
        (<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>, <http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate>)) } } } }
        FILTER NOT EXISTS { ?x a ?t ; <http://www.w3.org/2000/01/rdf-schema#label> ?l } }"""
    bare = dataset.query(query.replace("NAME", graph_name().value), use_default_graph_as_union=True)
    assert [row["x"].value for row in bare] == []


ABOVE = [
    ({}, 1, "the same duty in the city's plan"),
    ({"level": None}, 0, "an unknown level is above nothing"),
    ({"level": "phường/xã", "issuer": "Ủy ban nhân dân phường Sao Mai, thành phố Cần Thơ"}, 0, "a neighbour is not above"),
    ({"period": Period("2027-01-01", "2027-12-31")}, 0, "a plan of the next year"),
    ({"period": Period("2025-01-01", "2030-12-31")}, 1, "a plan of several years, this one among them"),
    ({"issuer": "Ủy ban nhân dân thành phố Đà Nẵng", "place": "Đà Nẵng"}, 0, "another city"),
    ({"level": "trung ương", "issuer": "Chính phủ", "place": "Hà Nội"}, 1, "the centre is above every place"),
]


@pytest.mark.parametrize(("header", "expected", "reason"), ABOVE, ids=[case[2] for case in ABOVE])
def test_what_stands_above_a_task(tmp_path, header, expected, reason):
    city = replace(CITY, header=replace(CITY.header, **header))
    both = {document_key(one): one for one in (WARD, city)}
    store = GraphStore(tmp_path)
    link_store.update(store, link_store.Linked({}, 0), (), sorted(both), both.__getitem__, LinkMaker())
    node = f"{document_key(WARD)}#T001"
    found = tasks_above(store, document_graph(list(both.values()), {}), node)
    assert [(pair.a, pair.b, pair.grade) for pair in found] == [(node, f"{document_key(city)}#T003", 2)] * expected, reason


def test_a_trace_walks_over_the_kept_links(tmp_path):
    store, _ = filled(tmp_path, [f"+{key}" for key in BY_KEY])
    found = trace(document_graph(list(ALL), {}), "phuong.txt:1", above=lambda graph, node: tasks_above(store, graph, node))
    hops = [hop for chain in found.chains for hop in chain.hops if hop.method == "aligned"]
    assert [(hop.kind, hop.end.partition("#")[0]) for hop in hops] == [("aligned", document_key(CITY))]


def where(
    level="phường/xã", province="thanh pho can tho", issuer="ubnd phuong a", begins="2026-01-01", ends="2026-12-31", **more
):
    rank = {"trung ương": 1, "thành phố": 2, "sở/ngành": 3, "phường/xã": 4, None: None}[level]
    return Standing(rank, province, issuer, begins, ends, more.get("tasks", True), more.get("articles", False))


COMPARED = [
    (where(), where("thành phố", issuer="ubnd thanh pho"), True, "the city is above the ward"),
    (where(), where("thành phố", "tinh phu tho", "ubnd tinh"), False, "another province"),
    (where(), where("trung ương", "", "chinh phu"), True, "the centre is above every place"),
    (where(), where(issuer="ubnd phuong b"), False, "a neighbour"),
    (where(), where(begins="2025-01-01", ends="2025-12-31"), True, "the same ward a year earlier"),
    (
        where(),
        where("thành phố", issuer="ubnd thanh pho", begins="2027-01-01", ends="2027-12-31"),
        False,
        "the city's plan for a later year",
    ),
    (where(), where("thành phố", tasks=False), False, "no tasks to compare"),
    (where(), where(None, issuer=""), True, "of unknown level: it counts as more local"),
]


@pytest.mark.parametrize(("one", "other", "expected", "reason"), COMPARED, ids=[case[3] for case in COMPARED])
def test_which_plans_are_compared(one, other, expected, reason):
    assert are_compared(one, other) is are_compared(other, one) is expected, reason


def test_who_stands_above_and_who_may_oblige():
    assert is_above(where("thành phố"), where())
    assert not is_above(where(), where("thành phố"))
    assert may_oblige(where("trung ương", "", "chinh phu", tasks=False, articles=True), where())
    assert not may_oblige(where("thành phố", "tinh phu tho", articles=True), where()), "another province's decision"
    assert not may_oblige(where("trung ương", "", articles=False), where()), "without articles"


def test_a_link_inside_a_document_has_one_document():
    assert Link("a#T001", "a#T002", "same", 0.9, "vì").documents == ("a",)
    assert Link("a#T001", "b#T002", "same", 0.9, "vì").documents == ("a", "b")


@pytest.mark.usefixtures("data")
def test_a_data_folder_keeps_them(data, plans):
    with Corpus.open(data) as corpus:
        made = corpus.store.nquads()
        assert graph_name() in {quad.graph_name for quad in corpus.store.quads()}
        assert len(corpus.store) == corpus.statistics().triples
        taken = corpus.entries()[0]
        corpus.remove(taken.source)
        assert links_of(corpus.store, taken.key or "") == []
        corpus.ingest([plans])
        assert corpus.store.nquads() == made
        corpus.rebuild()
        assert corpus.store.nquads() == made
        assert b"lien-ket" in Inquiry(corpus).export("nquads")


pytest_plugins = ("graph_folder",)
