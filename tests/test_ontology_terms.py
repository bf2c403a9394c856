"""The vocabulary: what Python calls a term is declared in the ontology, explained in both languages, and rests on a standard."""

from pathlib import Path

import pyoxigraph as ox
import pytest

import ontology
from ontology.namespaces import ALL, CANCU, EXTERNAL, PREFIXES, concept
from ontology.turtle import read_nodes

ROOM = Path(ontology.__file__).parent
TURTLE = sorted([*ROOM.glob("*.ttl"), *ROOM.glob("lists/*.ttl")])
VOCABULARY = read_nodes(ROOM / "cancu.ttl")
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
OWL = "http://www.w3.org/2002/07/owl#"
TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
OWN = sorted(iri for iri in VOCABULARY if iri.startswith(CANCU.iri))


@pytest.mark.parametrize("space", [CANCU, *EXTERNAL], ids=lambda s: s.prefix)
def test_names_in_python_and_in_the_ontology_are_the_same(space):
    assert {iri for iri in VOCABULARY if iri.startswith(space.iri)} == set(space)


def test_a_misspelt_term_is_refused():
    with pytest.raises(AttributeError, match="asignedTo"):
        _ = CANCU.asignedTo


def test_terms_are_plain_strings():
    assert CANCU.Task == "https://w3id.org/cancu/ontology#Task"
    assert concept("topics", "an-toan") == "https://w3id.org/cancu/list/topics/an-toan"


def test_prefixes_are_distinct():
    assert len(PREFIXES) == len(set(PREFIXES.values())) == len(ALL)


@pytest.mark.parametrize("iri", OWN, ids=lambda iri: iri.rpartition("#")[2])
def test_every_term_is_explained_in_both_languages(iri):
    node = VOCABULARY[iri]
    for predicate in (RDFS + "label", SKOS + "definition"):
        assert len(node.all(predicate, "vi")) == 1
        assert len(node.all(predicate, "en")) == 1


@pytest.mark.parametrize("iri", OWN, ids=lambda iri: iri.rpartition("#")[2])
def test_every_term_is_a_class_or_a_property_of_one_kind(iri):
    kinds = set(VOCABULARY[iri].all(TYPE))
    assert kinds in ({OWL + "Class"}, {OWL + "ObjectProperty"}, {OWL + "DatatypeProperty"})


def test_every_class_of_ours_rests_on_a_standard():
    classes = [iri for iri in OWN if OWL + "Class" in VOCABULARY[iri].all(TYPE)]
    assert classes
    for iri in classes:
        above = VOCABULARY[iri].all(RDFS + "subClassOf")
        assert above and not any(parent.startswith(CANCU.iri) for parent in above), iri


def test_the_links_between_documents_are_all_citations():
    links = (CANCU.basedOn, CANCU.implements, CANCU.replaces, CANCU.amends, CANCU.compliesWith, CANCU.accompanies)
    for iri in links:
        assert CANCU.cites in VOCABULARY[iri].all(RDFS + "subPropertyOf"), iri


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: p.name)
def test_the_files_use_only_declared_terms_of_ours(path):
    used = set()
    for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        for node in (triple.subject, triple.predicate, triple.object):
            if isinstance(node, ox.NamedNode) and node.value.startswith(CANCU.iri):
                used.add(node.value)
    assert used <= set(CANCU) | {CANCU.iri}


@pytest.mark.parametrize("path", TURTLE, ids=lambda p: p.name)
def test_rdflib_reads_the_files_too(path):
    from rdflib import Graph

    graph = Graph().parse(path, format="turtle")
    assert len(graph) == len({str(triple) for triple in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)})


def test_importing_the_terms_and_lists_stays_cheap():
    """The command line starts with these: nothing heavy may come along."""
    import subprocess
    import sys

    code = "import sys, ontology.namespaces, ontology.knowledge as k; k.knowledge(); print(sorted(sys.modules))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOM.parent).stdout
    assert not [name for name in ("rdflib", "pyshacl", "torch", "faiss", "numpy", "networkx") if f"'{name}'" in loaded]
