"""Every format is read back to the same statements; parts are closed under naming; the same input gives the same bytes."""

from __future__ import annotations

import io
import random

import networkx as nx
import pyoxigraph as ox
import pytest
from rdflib import RDF, RDFS, Dataset, Graph
from trace_samples import cite, plan, task

from documents.identity import document_key
from graph import iri
from graph.build import document_quads
from graph.export import (
    FORMATS,
    NothingToExport,
    UnsupportedFormat,
    part_around,
    part_of_document,
    part_of_statements,
    unit_nodes,
    write,
)

WARD = "Ủy ban nhân dân phường Hòa Bình"
LINES = ('Căn cứ Nghị định số 85/2016/NĐ-CP "về an toàn";', "1. Lập hồ sơ cấp độ & sao lưu", "", "2. Tập huấn kỹ năng số")


def documents():
    first = plan(
        "a.txt", LINES, type="Kế hoạch", number="15/KH-UBND", issuer=WARD, level="phường/xã", date="2026-01-20",
        title="Chuyển đổi số", citations=(cite("85/2016/NĐ-CP", "Nghị định", "Chính phủ", None, None, "basis"),),
        tasks=(task("T001", LINES[1][3:], 2, lead=("Văn phòng HĐND và UBND",), topic="an-toan"), task("T002", LINES[3][3:], 4)),
    )  # fmt: skip
    second = plan(
        "b.txt", LINES, type="Kế hoạch", number="16/KH-UBND", issuer=WARD, level="phường/xã", date="2026-02-20", title="Dữ liệu",
        citations=(cite("85/2016/NĐ-CP", "Nghị định", "Chính phủ", None, None, "complies"),),
        tasks=(task("T001", LINES[1][3:], 2, lead=("Văn phòng HĐND và UBND",)),),
    )  # fmt: skip
    return [first, second]


@pytest.fixture(scope="module")
def quads():
    return [quad for document in documents() for quad in document_quads(document)]


def as_set(content, form):
    """The statements in exported bytes, read by rdflib: quads where the format has graphs, else triples."""
    if form in ("trig", "nquads", "jsonld"):
        read = Dataset()
        read.parse(data=content, format={"jsonld": "json-ld"}.get(form, form))
        return {(s, p, o, g.identifier if hasattr(g, "identifier") else g) for s, p, o, g in read.quads() if g is not None}
    return set(Graph().parse(data=content, format=form))


def expected(quads, form):
    lines = "".join(f"{quad} .\n" for quad in quads)
    if form in ("trig", "nquads", "jsonld"):
        return as_set(lines, "nquads")
    return set(Graph().parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt"))


@pytest.mark.parametrize("form", [form for form in FORMATS if form != "graphml"])
def test_read_back_it_is_the_same(quads, form):
    found = as_set(write(quads, form), form)
    assert found == expected(quads, form)
    assert len(found) > 50


def test_graphml_keeps_nodes_literals_and_links(quads):
    network = nx.read_graphml(io.BytesIO(write(quads, "graphml")), force_multigraph=True)
    key = document_key(documents()[0])
    task = iri.part_iri(key, "T001")
    assert network.nodes[task]["type"].split("\n").count("cancu:Task") == 1
    assert "cấp độ & sao lưu" in network.nodes[task]["cancu:text"]
    assert "cancu:assignedTo" in {name for _, _, name in network.out_edges(task, keys=True)}
    assert all(data.get("label") and data.get("type") for _, data in network.nodes(data=True))


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_statements_give_the_same_bytes(quads, form):
    shuffled = quads + quads[:10]
    random.Random(7).shuffle(shuffled)
    assert write(shuffled, form) == write(quads, form)


def parts(quads):
    key = document_key(documents()[0])
    yield "task", part_around(quads, [iri.part_iri(key, "T001")], 1)
    yield "directive", part_around(quads, [iri.document_iri("cp/2016/85-2016-nd-cp")], 2)
    yield "document", part_of_document(quads, key)
    yield "unit", part_around(quads, unit_nodes(quads, "van phong HDND va UBND"), 1)


@pytest.mark.parametrize("form", ["turtle", "nquads"])
def test_every_node_of_a_part_has_label_and_type(quads, form):
    for name, part in parts(quads):
        assert 0 < len(part) < len(set(quads)), name
        assert as_set(write(part, form), form) == expected(part, form)
        read = Graph().parse(data=write(part, "turtle"), format="turtle")
        nodes = set(read.subjects()) | {o for _, p, o in read if p not in (RDF.type, RDF.predicate) and hasattr(o, "defrag")}
        for node in nodes:
            if not hasattr(node, "defrag"):
                continue
            assert read.value(node, RDFS.label) is not None, (name, node)
            assert read.value(node, RDF.type) is not None, (name, node)


def test_a_part_around_a_directive_reaches_the_plans_that_cite_it(quads):
    near = part_around(quads, [iri.document_iri("cp/2016/85-2016-nd-cp")], 1)
    subjects = {quad.subject.value for quad in near}
    assert {iri.document_iri(document_key(one)) for one in documents()} <= subjects


def test_depth_grows_the_part(quads):
    start = [iri.part_iri(document_key(documents()[0]), "T001")]
    sizes = [len(part_around(quads, start, depth)) for depth in (0, 1, 2)]
    assert sizes == sorted(set(sizes))


def test_topics_and_days_do_not_join_everything(quads):
    start = [iri.part_iri(document_key(documents()[0]), "T001")]
    other = document_key(documents()[1])
    assert not any(quad.subject.value == iri.part_iri(other, "T001") for quad in part_around(quads, start, 1))


def test_statements_of_a_query_keep_their_graphs(quads):
    wanted = next(quad for quad in quads if quad.predicate.value.endswith("#assignedTo"))
    part = part_of_statements(quads, [wanted.triple])
    assert wanted in part
    assert {quad.predicate for quad in part} > {wanted.predicate}
    made = ox.Triple(wanted.subject, ox.NamedNode("http://example.org/p"), wanted.object)
    assert made in {quad.triple for quad in part_of_statements(quads, [made])}


def test_unsupported_formats_and_empty_parts_are_said(quads):
    with pytest.raises(UnsupportedFormat, match="docx"):
        write(quads, "docx")
    with pytest.raises(NothingToExport):
        part_around(quads, ["http://example.org/nobody"])
    with pytest.raises(NothingToExport):
        part_of_document(quads, "nobody/2020/1")
    assert unit_nodes(quads, "Phòng không có") == []
