"""The named graph of one document: complete, labelled, evidenced, and the same every time."""

import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from graph_samples import LINES, ward_plan

from documents.identity import document_key
from documents.model import Citation, Mention, Unit
from documents.structure.subdivision import subdivisions
from graph import iri
from graph.build import document_graph, document_quads, nquads
from graph.statements import day, decimal, term
from ontology.knowledge import knowledge
from ontology.namespaces import PREFIXES

KEY = "uy-ban-nhan-dan-phuong-ben-truc/2026/12-kh-ubnd"


@pytest.fixture(scope="module")
def store():
    store = ox.Store()
    store.extend(document_quads(ward_plan()))
    return store


def ask(store, pattern):
    return bool(store.query(f"ASK {{ {pattern} }}", prefixes=PREFIXES, use_default_graph_as_union=True))


def test_it_is_one_named_graph(store):
    assert [graph.value for graph in store.named_graphs()] == [iri.graph_iri(KEY)]
    assert not any(isinstance(node, ox.BlankNode) for quad in store for node in (quad.subject, quad.object))


def test_every_node_has_label_and_type(store):
    nodes = {quad.subject for quad in store} | {
        quad.object
        for quad in store
        if isinstance(quad.object, ox.NamedNode) and quad.object.value.startswith("https://w3id.org/cancu/")
    }
    terms = {quad.predicate for quad in store} | {quad.object for quad in store if quad.predicate == term("rdf:type")}
    predicates = {quad.object for quad in store if quad.predicate == term("rdf:predicate")}
    for node in nodes - terms - predicates:
        for needed in ("rdf:type", "rdfs:label"):
            assert list(store.quads_for_pattern(node, term(needed), None)), f"{node} has no {needed}"


def test_everything_said_of_the_document_has_evidence(store):
    for kind in ("Task", "Target", "Citation", "Mention", "Assignment", "Deadline", "Passage", "Finding", "Statement"):
        query = f"SELECT ?n {{ ?n a cancu:{kind} MINUS {{ ?n cancu:evidence ?e }} }}"
        assert not list(store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)), kind


def test_evidence_is_the_words_on_the_lines(store):
    query = "SELECT ?a ?b ?w { ?e a cancu:Evidence ; cancu:firstLine ?a ; cancu:lastLine ?b ; oa:exact ?w ; oa:hasSource ?s }"
    found = list(store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True))
    assert found
    for solution in found:
        first, last = int(solution["a"].value), int(solution["b"].value)
        assert solution["w"].value == " ".join(LINES[first - 1 : last])


STATED = [
    ('?d a cancu:Plan ; eli:id_local "12/KH-UBND" ; cancu:source "phuong.txt"', "class, number and source"),
    ('?d a cancu:Plan ; cancu:cites/eli:id_local "85/2016/NĐ-CP"', "cites, as in the contract"),
    ('?d cancu:basedOn [ a cancu:Plan ; eli:id_local "158/KH-UBND" ]', "the relation of a citation as a property"),
    ('?a eli:id_local "158/KH-UBND" ; cancu:implements [ eli:id_local "21-KH/TU" ]', "a link between two cited documents"),
    ("?s a rdf:Statement ; rdf:predicate cancu:implements ; cancu:evidence/cancu:firstLine 5", "and where that stands"),
    ('?s rdf:predicate cancu:implements ; cancu:method "nested"', "that a cited title says it"),
    ('?s rdf:predicate cancu:cites ; cancu:method "explicit"', "that the task itself says it"),
    ('?t a cancu:Task ; cancu:partOf/cancu:source "phuong.txt" ; cancu:assignedTo/rdfs:label "Văn phòng HĐND và UBND"', "lead"),
    ('?t cancu:coordinatedWith [ rdfs:label "Công an phường" ]', "who helps"),
    (
        '?t cancu:assignment [ cancu:role [ a skos:Concept ] ; cancu:unit [ skos:altLabel "Văn phòng HĐND & UBND" ] ]',
        "roles, spellings",
    ),
    ('?t cancu:deadline [ rdfs:label "tháng 02/2026" ; time:hasEnd [ time:inXSDDate "2026-02-28"^^xsd:date ] ]', "deadline"),
    ('?t cancu:dueDate "2026-02-28"^^xsd:date', "its last day"),
    ('?t cancu:budget [ schema:value 12500000 ; schema:currency "VND" ; cancu:words "12,5" ]', "money"),
    ('?t cancu:budget ?m . ?m cancu:words "-" FILTER NOT EXISTS { ?m schema:value ?v }', "a dash is no amount"),
    ("?t a cancu:Task ; cancu:cites [ a cancu:Directive ]", "a task cites"),
    ('?t a cancu:Task ; cancu:inSection [ cancu:path "I.1" ; eli:is_part_of [ cancu:path "I" ] ]', "sections nest"),
    ('?g a schema:QuantitativeValue ; schema:value 80.0 ; schema:unitText "%" ; cancu:comparator ">="', "a target"),
    ('?f a cancu:Finding ; cancu:findingKind "wrong-year"', "what is wrong in the source"),
    ('?d eli:id_local "85/2016/NĐ-CP" ; eli:date_document "2025-07-01"^^xsd:date', "a wrong date as it is stated"),
    (
        '?c a cito:Citation ; cancu:statedDate "2025-07-01"^^xsd:date ; cito:hasCitedEntity [ eli:id_local "85/2016/NĐ-CP" ]',
        "by whom",
    ),
    ('?d cancu:source "phuong.txt" ; prov:wasDerivedFrom [ dcterms:identifier ?sha ]', "the original"),
    ('?d cancu:signedBy [ rdfs:label "Lê Thị Mẫu" ; schema:jobTitle "Chủ tịch" ]', "who signed"),
    ('?d cancu:level [ rdfs:label "phường/xã" ] ; cancu:year "2026"^^xsd:gYear', "level and year"),
    ('?d cancu:period [ time:hasBeginning [ time:inXSDDate "2026-01-01"^^xsd:date ] ]', "what it covers"),
    ('?u rdfs:label "Văn phòng HĐND và UBND" ; org:unitOf [ rdfs:label "Ủy ban nhân dân phường Bến Trúc" ]', "whose office"),
]


@pytest.mark.parametrize(("pattern", "why"), STATED, ids=[s[1] for s in STATED])
def test_stated(store, pattern, why):
    assert ask(store, pattern)


def test_tasks_and_targets_are_passages(store):
    for local in ("T001", "G001", "P0001"):
        assert ask(store, f"<{iri.part_iri(KEY, local)}> a cancu:Passage ; cancu:partOf <{iri.document_iri(KEY)}>")


def test_the_same_document_gives_the_same_bytes():
    assert nquads(document_quads(ward_plan())) == nquads(document_quads(ward_plan()))


def test_another_process_gives_the_same_bytes():
    code = "import sys; sys.path.insert(0, 'tests'); from graph_samples import ward_plan; from graph.build import *; "
    code += "sys.stdout.buffer.write(nquads(document_quads(ward_plan())))"
    run = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parent.parent, capture_output=True, check=True)
    assert run.stdout == nquads(document_quads(ward_plan()))


def test_canonical_form_sorts_and_drops_repeats():
    quads = document_quads(ward_plan())
    assert nquads([*reversed(quads), *quads]) == nquads(quads)


def test_rdflib_sees_the_same_statements():
    graph = document_graph(ward_plan())
    assert len(graph) == len(document_quads(ward_plan()))
    assert str(graph.identifier) == iri.graph_iri(KEY)


def test_a_second_version_says_of_what():
    store = ox.Store()
    store.extend(document_quads(ward_plan(), f"{KEY}~0123abcd"))
    assert ask(store, f"<{iri.document_iri(KEY)}~0123abcd> dcterms:isVersionOf <{iri.document_iri(KEY)}>")


def test_the_base_can_be_set(monkeypatch):
    monkeypatch.setenv("CANCU_BASE", "https://example.org/id/")
    subjects = {quad.subject.value for quad in document_quads(ward_plan())}
    assert f"https://example.org/id/{KEY}" in subjects
    assert not any(s.startswith(iri.DEFAULT_BASE) for s in subjects)


@pytest.mark.parametrize("relation", knowledge().relations, ids=lambda relation: relation.id)
def test_a_relation_is_worded_and_linked_as_the_ontology_says(relation):
    cited = Citation("85/2016/NĐ-CP", "Nghị định", relation=relation.id, mentions=(Mention(relation.id, (1, 1), relation.id),))
    quads = document_quads(replace(ward_plan(), citations=(cited,), links=(), tasks=()))
    labels = {quad.object.value for quad in quads if (quad.subject.value, quad.predicate) == (relation.iri, term("rdfs:label"))}
    assert labels == {relation.label}
    here = [quad for quad in quads if quad.subject.value == iri.document_iri(KEY)]
    links = {quad.predicate for quad in here if "85-2016" in getattr(quad.object, "value", "")}
    assert links == {term("cancu:cites"), term(f"cancu:{relation.graph_property}")}


def test_a_restored_scan_keeps_the_words_as_read():
    plan = ward_plan()
    noisy = replace(plan, noisy=True, original=tuple(line.replace("ồ", "o") for line in plan.lines))
    store = ox.Store()
    store.extend(document_quads(noisy))
    assert ask(store, "?e cancu:firstLine 7 ; oa:exact ?read ; cancu:text ?restored FILTER(?read != ?restored)")
    assert ask(store, '?d cancu:source "phuong.txt" ; cancu:noisy true')


def test_every_mention_adds_its_relation():
    mentions = (Mention("Kế hoạch số 9/KH-UBND", (5, 5), "basis"), Mention("Kế hoạch số 9/KH-UBND", (7, 7), "replaces"))
    citation = Citation("9/KH-UBND", "Kế hoạch", "UBND phường", "2025-01-01", relation="basis", mentions=mentions)
    store = ox.Store()
    store.extend(document_quads(replace(ward_plan(), citations=(citation,), links=())))
    assert ask(store, '?d cancu:basedOn ?x ; cancu:replaces ?x ; cancu:cites ?x . ?x eli:id_local "9/KH-UBND"')


UNITS = [
    (
        "Văn phòng",
        "Ủy ban nhân dân phường Bến Trúc",
        "Văn phòng",
        "Sở Xây dựng thành phố Lạc Hải",
        False,
        "each has its own office",
    ),
    ("Văn phòng HĐND & UBND", None, "Văn phòng HĐND và UBND phường", None, True, "spellings of one office"),
    ("Công an phường", None, "Công an phường Bến Trúc", "Ủy ban nhân dân thành phố Lạc Hải", True, "a body named with its ward"),
    ("Sở Nội vụ", None, "Sở Nội vụ thành phố Lạc Hải", "Sở Xây dựng thành phố Lạc Hải", True, "a department of the city"),
    ("UBND thành phố", None, "Ủy ban nhân dân thành phố Lạc Hải", "Sở Xây dựng thành phố Lạc Hải", True, "the city's committee"),
    (
        "Văn phòng Sở",
        "Sở Xây dựng thành phố Lạc Hải",
        "Văn phòng",
        "Sở Xây dựng thành phố Lạc Hải",
        True,
        "the department's office",
    ),
    ("Phòng Văn hóa - Xã hội", None, "Phòng Văn hoá – Xã hội", None, True, "dash and tone mark"),
    ("Bộ Nội vụ", None, "Bộ Nội vụ", "Sở Xây dựng thành phố Lạc Hải", True, "a ministry exists once"),
]


@pytest.mark.parametrize(("name", "issuer", "other", "other_issuer", "same", "why"), UNITS, ids=[u[5] for u in UNITS])
def test_units_are_understood_in_their_context(name, issuer, other, other_issuer, same, why):
    from documents.identity import surroundings

    def node(name, issuer):
        plan = ward_plan()
        header = replace(plan.header, issuer=issuer or "Ủy ban nhân dân phường Bến Trúc")
        plan = replace(plan, header=header, lines=(*plan.lines, "thành phố Lạc Hải"))
        kind = "sở/ngành" if name.startswith("Sở") else None
        return iri.unit_iri(name, kind, surroundings(plan))

    assert (node(name, issuer) == node(other, other_issuer)) is same


def test_one_node_has_one_name_in_a_document():
    plan = ward_plan()
    units = (Unit("Văn phòng HĐND và UBND", (), "phòng/ban"), Unit("Văn phòng HĐND và UBND phường", (), "phòng/ban"))
    store = ox.Store()
    store.extend(document_quads(replace(plan, units=units)))
    query = "SELECT ?u (COUNT(DISTINCT ?l) AS ?n) { ?u a cancu:Unit ; rdfs:label ?l } GROUP BY ?u"
    assert {s["n"].value for s in store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)} == {"1"}


def test_one_document_cited_in_two_ways_is_one_node_with_one_number():
    one, other = (
        Citation(number, "Nghị quyết", None, "2025-04-01", mentions=(Mention(number, (line, line), "basis"),))
        for number, line in (("71/NQ-CP", 5), ("71-NQ/CP", 7))
    )
    store = ox.Store()
    store.extend(document_quads(replace(ward_plan(), citations=(one, other), links=())))
    query = "SELECT ?n ?l { ?d cancu:source ?s ; cancu:cites ?x . ?x eli:id_local ?n ; rdfs:label ?l FILTER(CONTAINS(?n, '71')) }"
    found = [tuple(v.value for v in row) for row in store.query(query, prefixes=PREFIXES, use_default_graph_as_union=True)]
    assert found == [("71/NQ-CP", "Nghị quyết số 71/NQ-CP")]
    assert ask(store, '?x eli:id_local "71/NQ-CP" ; skos:altLabel "Nghị quyết số 71-NQ/CP"')


def test_a_document_that_names_itself_does_not_cite_itself():
    own = Citation("12/KH-UBND", "Kế hoạch", "UBND phường", "2026-01-09", mentions=(Mention("Kế hoạch này", (7, 7), "mentions"),))
    store = ox.Store()
    store.extend(document_quads(replace(ward_plan(), citations=(own,), links=())))
    assert not ask(store, "?d cancu:cites ?d")
    assert ask(store, '?d cancu:source "phuong.txt" ; rdfs:label "Kế hoạch số 12/KH-UBND"')


def test_sections_with_one_number_stay_apart():
    plan = ward_plan()
    twice = replace(plan, sections=(*plan.sections, plan.sections[1]))
    assert iri.part_locals(subdivisions(twice)) == ("muc-i", "muc-i-1", "muc-i-1_2")


def test_iris_are_taken_apart():
    assert iri.split_iri(iri.part_iri(KEY, "T001")) == (KEY, "T001")
    assert iri.split_iri(iri.document_iri(KEY)) == (KEY, None)
    assert iri.key_of("https://example.org/other") is None
    assert document_key(ward_plan()) == KEY


def test_literals():
    assert decimal(80.0).value == "80" and decimal(0.1).value == "0.1" and decimal(1e21).value == "1" + "0" * 21
    assert day("2026-02-28").datatype == term("xsd:date")
    assert day("2026-02-30").datatype == term("xsd:string"), "a day that no calendar has stays words"
    with pytest.raises(AttributeError):
        term("cancu:NoSuchTerm")
