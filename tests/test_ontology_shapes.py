"""The shapes: valid SHACL, kept by a whole graph, and broken by each way in which a graph can be wrong."""

from functools import cache
from pathlib import Path

import pytest
from graph_samples import ward_plan

import ontology
from graph.build import document_graph
from graph.validate import violations
from ontology.namespaces import CANCU, PREFIXES

rdflib = pytest.importorskip("rdflib")
ROOM = Path(ontology.__file__).parent


@cache
def sample() -> bytes:
    return document_graph(ward_plan()).serialize(format="nt").encode()


def changed(update: str) -> "rdflib.Graph":
    """The sample's graph after the SPARQL update ``update``, which must change something."""
    graph = rdflib.Graph().parse(sample(), format="nt")
    before = set(graph)
    graph.update(update, initNs=PREFIXES)
    assert set(graph) != before, "the update changes nothing"
    return graph


def test_the_shapes_are_valid_shacl():
    from pyshacl import validate

    shapes = rdflib.Graph().parse(ROOM / "shapes.ttl", format="turtle")
    conforms, _, text = validate(rdflib.Graph(), shacl_graph=shapes, meta_shacl=True)
    assert conforms, text


def test_every_class_of_ours_has_a_shape():
    shapes = rdflib.Graph().parse(ROOM / "shapes.ttl", format="turtle")
    aimed_at = {str(name) for name in shapes.objects(None, rdflib.SH.targetClass)}
    classes = {name for name in CANCU if name.rpartition("#")[2][0].isupper()}
    documents = {CANCU.Plan, CANCU.Directive}  # below eli:LegalResource, whose shape holds for them
    assert classes - documents <= aimed_at
    assert PREFIXES["eli"] + "LegalResource" in aimed_at


def test_a_whole_graph_keeps_to_the_shapes():
    assert violations(rdflib.Graph().parse(sample(), format="nt")) == ()


BROKEN = [
    # what is wrong, the update that makes it so, words of the message
    ("a node without label", "DELETE { ?t rdfs:label ?l } WHERE { ?t a cancu:Task ; rdfs:label ?l }", "không có nhãn"),
    ("a node without class", "INSERT DATA { <urn:x> rdfs:label 'x' }", "không có lớp"),
    ("a task without words", "DELETE { ?t cancu:text ?l } WHERE { ?t a cancu:Task ; cancu:text ?l }", "đúng một nội dung"),
    ("a task with two texts", "INSERT { ?t cancu:text 'khác' } WHERE { ?t a cancu:Task }", "đúng một nội dung"),
    ("a task of no document", "DELETE { ?t cancu:partOf ?d } WHERE { ?t a cancu:Task ; cancu:partOf ?d }", "đúng một văn bản"),
    ("a task without topic", "DELETE { ?t cancu:topic ?d } WHERE { ?t a cancu:Task ; cancu:topic ?d }", "lĩnh vực"),
    (
        "an unknown topic",
        "DELETE { ?t cancu:topic ?d } INSERT { ?t cancu:topic <urn:x> } WHERE { ?t a cancu:Task ; cancu:topic ?d }",
        "lĩnh vực",
    ),
    ("an unknown kind of task", "INSERT { ?t cancu:taskKind 'việc' } WHERE { ?t a cancu:Task }", "Loại nhiệm vụ"),
    ("a task without evidence", "DELETE { ?t cancu:evidence ?e } WHERE { ?t a cancu:Task ; cancu:evidence ?e }", "chứng cứ"),
    ("a due date that is no date", "INSERT { ?t cancu:dueDate 'tháng 2' } WHERE { ?t a cancu:Task }", "Hạn chót"),
    ("two deadlines", "INSERT { ?t cancu:deadline <urn:x> } WHERE { ?t cancu:deadline ?d }", "nhiều thời hạn"),
    (
        "a leader that is no unit",
        "INSERT { ?t cancu:assignedTo ?d } WHERE { ?t a cancu:Task ; cancu:partOf ?d }",
        "không phải là đơn vị",
    ),
    (
        "a leader without assignment",
        "DELETE { ?t cancu:assignment ?a } "
        "WHERE { ?t cancu:assignment ?a . ?a cancu:role ?r . FILTER (STRENDS(STR(?r), '/lead')) }",
        "không có phân công",
    ),
    ("an assignment without unit", "DELETE { ?a cancu:unit ?u } WHERE { ?a cancu:unit ?u }", "không có đơn vị"),
    ("an unknown role", "INSERT { ?a cancu:role <urn:x> } WHERE { ?a a cancu:Assignment }", "Vai trò"),
    ("a target without value", "DELETE { ?g schema:value ?v } WHERE { ?g a cancu:Target ; schema:value ?v }", "đúng một giá trị"),
    ("a target in words", "INSERT { ?g schema:value 'tám mươi' } WHERE { ?g a cancu:Target }", "đúng một giá trị"),
    ("an unknown comparator", "INSERT { ?g cancu:comparator '~' } WHERE { ?g a cancu:Target }", "so sánh"),
    ("money in dollars", "INSERT { ?m schema:currency 'USD' } WHERE { ?m a schema:MonetaryAmount }", "không phải là đồng"),
    (
        "less than no money",
        "DELETE { ?m schema:value ?v } INSERT { ?m schema:value -5 } WHERE { ?m a schema:MonetaryAmount ; schema:value ?v }",
        "Số tiền",
    ),
    ("a citation without words", "DELETE { ?c cancu:words ?w } WHERE { ?c a cancu:Citation ; cancu:words ?w }", "câu chữ"),
    ("a citation without place", "DELETE { ?c cancu:mention ?m } WHERE { ?c cancu:mention ?m }", "chỗ nhắc đến"),
    ("a citation of nothing", "DELETE { ?c cito:hasCitedEntity ?d } WHERE { ?c cito:hasCitedEntity ?d }", "được viện dẫn"),
    ("an unknown relation", "INSERT { ?c cancu:relation <urn:x> } WHERE { ?c a cancu:Citation }", "Cách viện dẫn"),
    ("a mention without lines", "DELETE { ?m cancu:evidence ?e } WHERE { ?m a cancu:Mention ; cancu:evidence ?e }", "chứng cứ"),
    (
        "evidence that ends before it begins",
        "DELETE { ?e cancu:lastLine ?l } INSERT { ?e cancu:lastLine 0 } WHERE { ?e cancu:lastLine ?l }",
        "Dòng đầu",
    ),
    ("evidence without words", "DELETE { ?e oa:exact ?w } WHERE { ?e oa:exact ?w }", "nguyên văn"),
    ("evidence from nowhere", "DELETE { ?e oa:hasSource ?s } WHERE { ?e oa:hasSource ?s }", "tệp gốc"),
    ("a document from two files", "INSERT { ?d cancu:source 'khác.txt' } WHERE { ?d cancu:source ?s }", "đúng một nguồn"),
    (
        "a read document without original",
        "DELETE { ?d prov:wasDerivedFrom ?o } WHERE { ?d cancu:source ?s ; prov:wasDerivedFrom ?o }",
        "tệp gốc",
    ),
    ("two numbers", "INSERT { ?d eli:id_local '99/KH-UBND' } WHERE { ?d cancu:source ?s }", "nhiều số"),
    (
        "a number with a blank",
        "DELETE { ?d eli:id_local ?n } INSERT { ?d eli:id_local '99 /KH-UBND' } WHERE { ?d eli:id_local ?n }",
        "khoảng trắng",
    ),
    (
        "a document of which nothing is known",
        "INSERT DATA { <urn:x> a eli:LegalResource ; rdfs:label 'x' }",
        "không có nguồn, số, tên",
    ),
    (
        "a link without citation",
        "DELETE { ?d cancu:cites ?o } WHERE { ?d cancu:implements ?o ; cancu:cites ?o }",
        "không đi cùng viện dẫn",
    ),
    ("a document that cites itself", "INSERT { ?d cancu:cites ?d } WHERE { ?d cancu:source ?s }", "chính nó"),
    (
        "a restated fact that does not hold",
        "DELETE { ?d eli:title ?v } WHERE { ?d cancu:source ?s ; eli:title ?v }",
        "không có trong đồ thị",
    ),
    ("a confidence above one", "INSERT { ?s cancu:confidence 1.5 } WHERE { ?s a cancu:Statement }", "từ 0 đến 1"),
    (
        "a section of no document",
        "DELETE { ?s cancu:partOf ?d } WHERE { ?s a eli:LegalResourceSubdivision ; cancu:partOf ?d }",
        "đúng một văn bản",
    ),
    (
        "a section without its lines",
        "DELETE { ?s cancu:firstLine ?l } WHERE { ?s a eli:LegalResourceSubdivision ; cancu:firstLine ?l }",
        "Dòng đầu của mục",
    ),
    ("a section of an unknown kind", "INSERT { ?s cancu:sectionKind 'đoạn' } WHERE { ?s cancu:order ?n }", "Loại mục"),
    (
        "a part that was neither read nor cited",
        "DELETE { ?s cancu:order ?n } WHERE { ?s cancu:order ?n }",
        "không được đọc thấy và cũng không được viện dẫn",
    ),
    ("a whole document cited as a part", "INSERT { ?d cancu:citesPart ?d } WHERE { ?d cancu:source ?s }", "phần của văn bản"),
    (
        "a period that ends before it begins",
        "DELETE { ?d cancu:period ?p } "
        "INSERT { ?d cancu:period <urn:p> . "
        "<urn:p> a time:ProperInterval ; rdfs:label 'p' ; time:hasBeginning ?b ; time:hasEnd ?a } "
        "WHERE { ?d cancu:period ?p . ?p time:hasBeginning ?a ; time:hasEnd ?b }",
        "Ngày đầu sau ngày cuối",
    ),
    (
        "a month without its last day",
        "DELETE { ?x time:hasEnd ?e } WHERE { ?x a cancu:Deadline ; time:hasEnd ?e }",
        "phải có ngày cuối",
    ),
    ("a finding without lines", "DELETE { ?f cancu:evidence ?e } WHERE { ?f a cancu:Finding ; cancu:evidence ?e }", "chứng cứ"),
    ("a day without date", "DELETE { ?i time:inXSDDate ?d } WHERE { ?i time:inXSDDate ?d }", "Mốc thời gian"),
    ("two last days", "INSERT { ?x time:hasEnd <urn:i> } WHERE { ?x a cancu:Deadline ; time:hasEnd ?e }", "nhiều ngày cuối"),
    ("an unknown kind of passage", "INSERT { ?p cancu:passageKind 'câu' } WHERE { ?p a cancu:Passage }", "Loại đoạn"),
    ("a mention of no citation", "DELETE { ?c cancu:mention ?m } WHERE { ?c cancu:mention ?m }", "không thuộc viện dẫn nào"),
    ("an unknown level", "INSERT { ?d cancu:level <urn:x> } WHERE { ?d cancu:source ?s }", "Cấp ban hành"),
    (
        "a unit that is no organisation",
        "DELETE { ?u a org:Organization , org:OrganizationalUnit } WHERE { ?u a cancu:Unit }",
        "không phải là tổ chức",
    ),
    ("a successor that is no unit", "INSERT { ?u dcterms:isReplacedBy <urn:x> } WHERE { ?u a cancu:Unit }", "kế thừa"),
    ("a member that is no unit", "INSERT { ?u org:hasMember <urn:x> } WHERE { ?u a cancu:Unit }", "Thành viên của nhóm"),
    ("a change that is none", "INSERT { ?u org:changedBy <urn:x> } WHERE { ?u a cancu:Unit }", "Đợt sắp xếp"),
    ("an unknown kind of unit", "INSERT { ?u cancu:unitKind <urn:x> } WHERE { ?u a cancu:Unit }", "Loại đơn vị"),
]


@pytest.mark.parametrize(("wrong", "update", "message"), BROKEN, ids=[row[0] for row in BROKEN])
def test_a_broken_graph_is_noticed(wrong, update, message):
    found = violations(changed(update))
    assert any(message in violation.message for violation in found), found
