"""The graphs of documents keep to the shapes of the ontology."""

from dataclasses import replace
from pathlib import Path

import pytest
from graph_samples import ward_plan

import documents
from graph.build import document_graph
from graph.validate import validate_document, violations

EXAMPLES = sorted(p for p in (Path(__file__).resolve().parent.parent / "examples").glob("*-*") if p.suffix in (".txt", ".md"))


def test_the_sample_keeps_to_the_shapes():
    assert validate_document(ward_plan()) == ()


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda p: p.stem)
def test_the_examples_keep_to_the_shapes(path):
    assert validate_document(documents.read(path, path.name)) == ()


def test_a_task_without_evidence_is_noticed():
    from rdflib import URIRef

    graph = document_graph(ward_plan())
    task = URIRef(str(graph.identifier).replace("#graph", "#T001"))
    graph.remove((task, URIRef("https://w3id.org/cancu/ontology#evidence"), None))
    assert str(task) in {violation.node for violation in violations(graph)}


def test_violations_are_the_same_every_time():
    nameless = replace(ward_plan(), tasks=(replace(ward_plan().tasks[0], text=""),))
    assert validate_document(nameless) == validate_document(nameless)
