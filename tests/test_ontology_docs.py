"""What docs/ontology.md shows is so."""

import ast
import re
from pathlib import Path

import pytest

DOCS = (Path(__file__).resolve().parent.parent / "docs" / "ontology.md").read_text("utf-8")
CODE = re.search(r"```python\n(.*?)```", DOCS, re.DOTALL).group(1)
SHOWN = re.findall(r'^(\S.*?)\s+# ("[^"]*"|None)', CODE, re.MULTILINE)


@pytest.mark.parametrize(("expression", "value"), SHOWN, ids=[expression for expression, _ in SHOWN])
def test_the_examples_in_python(expression, value):
    names: dict[str, object] = {}
    setup = [line for line in CODE.splitlines() if re.match(r"from |known = ", line)]
    exec("\n".join(setup), names)
    assert eval(expression, names) == ast.literal_eval(value)


def test_there_are_examples():
    assert len(SHOWN) >= 5


def test_every_list_is_described():
    lists = (Path(__file__).resolve().parent.parent / "ontology" / "lists").glob("*.ttl")
    assert not [path.name for path in lists if f"`{path.name}`" not in DOCS]


def test_the_small_graph_is_turtle_with_declared_terms():
    from rdflib import Graph

    from ontology.namespaces import CANCU, LISTS, PREFIXES

    sample = re.search(r"```turtle\n(.*?)```", DOCS, re.DOTALL).group(1)
    prefixes = {**PREFIXES, "topic": f"{LISTS}topics/", "role": f"{LISTS}roles/"}
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items())
    graph = Graph().parse(data=head + sample, format="turtle", publicID="https://w3id.org/cancu/id/")
    used = {str(node) for triple in graph for node in triple if str(node).startswith(CANCU.iri)}
    assert len(graph) > 15
    assert used <= set(CANCU)
