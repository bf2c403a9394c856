"""Queries of outsiders: answered, bounded, and unable to leave the own graph."""

import contextlib
import http.server
import threading

import pyoxigraph as ox
import pytest

from graph.errors import QueryFailed, QueryRefused, QuerySyntax, QueryTimeout
from graph.sparql import SparqlWorker, refuse_harmful


@pytest.fixture(scope="module")
def worker(tmp_path_factory):
    folder = tmp_path_factory.mktemp("sparql")
    store = ox.Store(str(folder / "store"))
    node = ox.NamedNode
    store.extend(
        ox.Quad(node(f"https://x/{i}"), node("https://x/p"), ox.Literal(f"giá trị {i}"), node(f"https://x/g{i % 2}"))
        for i in range(300)
    )
    store.backup(str(folder / "checkpoint"))
    worker = SparqlWorker(folder / "checkpoint", lambda folder, held: "the only one")
    yield worker
    worker.close()


def test_select_over_the_union_of_graphs(worker):
    found = worker.query('SELECT ?s { ?s <https://x/p> "giá trị 7" }')
    assert found.kind == "select" and not found.truncated
    assert found.results == {
        "head": {"vars": ["s"]},
        "results": {"bindings": [{"s": {"type": "uri", "value": "https://x/7"}}]},
    }


def test_ask(worker):
    assert worker.query("ASK { ?s ?p ?o }").results == {"head": {}, "boolean": True}


def test_construct_and_describe_give_triples(worker):
    made = worker.query("CONSTRUCT { ?s <https://x/q> ?o } { ?s ?p ?o } ORDER BY ?s LIMIT 2")
    assert made.kind == "graph" and made.ntriples.count("\n") == 2 and "https://x/q" in made.ntriples
    assert "giá trị 7" in worker.query("DESCRIBE <https://x/7>").ntriples


def test_literals_keep_language_and_type(worker):
    found = worker.query('SELECT ("a"@vi AS ?l) (1 AS ?n) ("b" AS ?t) (1/0 AS ?none) {}').results["results"]["bindings"]
    assert found == [
        {
            "l": {"type": "literal", "value": "a", "xml:lang": "vi"},
            "n": {"type": "literal", "value": "1", "datatype": "http://www.w3.org/2001/XMLSchema#integer"},
            "t": {"type": "literal", "value": "b"},
        }
    ]


def test_the_usual_prefixes_are_declared(worker):
    assert worker.query("ASK { ?d a cancu:Plan ; eli:id_local ?n ; rdfs:label ?l }").results["boolean"] is False


def test_rows_are_bounded(worker):
    found = worker.query("SELECT * { ?s ?p ?o }", max_rows=10)
    assert len(found.results["results"]["bindings"]) == 10 and found.truncated
    assert not worker.query("SELECT * { ?s ?p ?o }", max_rows=300).truncated
    assert worker.query("CONSTRUCT WHERE { ?s ?p ?o }", max_rows=10).truncated


DOUBLING = "{}{}".format(
    'BIND("0123456789abcdef" AS ?x0) ', " ".join(f"BIND(CONCAT(?x{i}, ?x{i}) AS ?x{i + 1})" for i in range(21))
)
"""Binds ?x21 to 32 MiB of text in a few words."""


@pytest.mark.parametrize(
    ("query", "why"),
    [
        (f"SELECT ?x21 {{ {DOUBLING} }}", "one huge value"),
        (f"CONSTRUCT {{ <https://x/a> <https://x/b> ?x21 }} {{ {DOUBLING} }}", "a huge triple"),
        (f"SELECT ?s ?x15 {{ ?s ?p ?o . {DOUBLING} }}", "many large values"),
        (f"SELECT * {{ ?s ?p ?o . {DOUBLING} FILTER(STRLEN(?x21) > 0) }}", "many columns"),
    ],
)
def test_bytes_are_bounded(worker, query, why):
    with pytest.raises(QueryFailed, match="lớn quá 16 MB"):
        worker.query(query)
    assert worker.query("ASK { ?s ?p ?o }").results["boolean"] is True


def test_a_worker_that_was_closed_answers_no_more(tmp_path):
    worker = SparqlWorker(tmp_path, lambda folder, held: "x")
    worker.close()
    with pytest.raises(QueryFailed, match="đã đóng"):
        worker.query("ASK {}")


def test_time_is_bounded_and_the_next_query_is_answered(worker):
    with pytest.raises(QueryTimeout):
        worker.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }", timeout=0.5)
    assert worker.query("ASK { ?s ?p ?o }").results["boolean"] is True


def test_a_worker_that_dies_is_replaced(worker):
    worker.query("ASK {}")
    worker._process.kill()
    worker._process.wait()
    assert worker.query("ASK { ?s ?p ?o }").results["boolean"] is True


def test_syntax_errors_say_where(worker):
    with pytest.raises(QuerySyntax, match="1:"):
        worker.query("SELECT WHERE {")


def test_many_threads_get_their_own_answers(worker):
    answers = {}

    def run(i):
        found = worker.query(f'SELECT ?s {{ ?s ?p "giá trị {i}" }}').results["results"]["bindings"]
        answers[i] = found[0]["s"]["value"]

    threads = [threading.Thread(target=run, args=(i,)) for i in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == {i: f"https://x/{i}" for i in range(8)}


UPDATES = [
    "INSERT DATA { <https://x/a> <https://x/b> 1 }",
    "DELETE WHERE { ?s ?p ?o }",
    "PREFIX x: <https://x/> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }",
    "# a remark\nLOAD <http://example.org/>",
    "CLEAR ALL",
    "drop graph <https://x/g0>",
    "WITH <https://x/g0> INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
]


@pytest.mark.parametrize("query", UPDATES)
def test_updates_are_refused(worker, query):
    with pytest.raises(QueryRefused):
        worker.query(query)


HIDDEN = [
    ("SELECT * { SERVICE <http://h/> { ?s ?p ?o } }", "plain"),
    ("SELECT * { sErViCe SILENT <http://h/> { ?s ?p ?o } }", "any case, silent"),
    ("SELECT * { SERVICE ?h { ?s ?p ?o } }", "at a variable address"),
    ("PREFIX :<http://h/> SELECT * { SERVICE:x { ?s ?p ?o } }", "no blank after it"),
    ("PREFIX ex:<http://h/> SELECT * { SERVICEex:x { ?s ?p ?o } }", "a name right behind it"),
    ("PREFIX :<http://h/> SELECT * { ?s ?p 1SERVICE:x { ?s ?p ?o } }", "a number right before it"),
    ("SELECT * { ?s ?p true.SERVICE<http://h/>{ ?s ?p ?o } }", "after a dot"),
    ("SELECT * { # a remark\r SERVICE <http://h/> { ?s ?p ?o } }", "a remark that ends with a carriage return"),
    ("SELECT * { ?s ?p 'it\\'s' . SERVICE <http://h/> { ?s ?p ?o } } #'", "an escaped quote"),
    ("SELECT * { ?s ?p ?a FILTER(?a<'b>') SERVICE <http://h/> { ?s ?p ?o } } #'", "comparisons around a string look like an IRI"),
    ("PREFIX ex:<http://x/> SELECT * { ?s ex:a\\'b ?o . SERVICE <http://h/> { ?s ?p ?o } ?s ex:c\\'d ?o }", "quotes in names"),
    ("SELECT * { <http://x/\\u0041#> ?p ?o . SERVICE <http://h/> { ?s ?p ?o } }", "a hash in an IRI is no remark"),
    ('SELECT * { ?s ?p """a""b""" . SERVICE <http://h/> { ?s ?p ?o } }', "quotes inside a long string"),
    ("SELECT * { ?s ?p 'open\n . SERVICE <http://h/> { ?s ?p ?o } }", "a string that does not end"),
    ("ASK { FILTER EXISTS { SERVICE <http://h/> { ?s ?p ?o } } }", "inside a filter"),
    ("SELECT * { { SELECT * { SERVICE <http://h/> { ?s ?p ?o } } } }", "in a subquery"),
]


@pytest.mark.parametrize(("query", "why"), HIDDEN, ids=[h[1] for h in HIDDEN])
def test_service_is_refused_however_it_is_written(query, why):
    with pytest.raises(QueryRefused):
        refuse_harmful(query)


@pytest.mark.parametrize("spelling", ["\\u0053ERVICE", "\\U00000053ERVICE", "\u017fERVICE", "\uff33ERVICE"])
def test_other_spellings_are_no_service_to_the_engine_either(worker, spelling):
    with pytest.raises((QueryRefused, QuerySyntax)):
        worker.query(f"SELECT * {{ {spelling} <http://127.0.0.1/> {{ ?s ?p ?o }} }}")


HARMLESS = [
    'SELECT * { ?s ?p "SERVICE <http://h/> {}" }',
    "SELECT * { ?s ?p 'a \\' SERVICE' }",
    "SELECT * { ?service ?p ?o } # SERVICE",
    "SELECT * { <http://h/SERVICE#service> ?p ?o }",
    "PREFIX ex: <http://x/> SELECT * { ?s ex:service ?o }",
    "SELECT * { ?s ?p ?o FILTER(?o < 3 && ?o > 1) }",
    'SELECT * { ?s ?p """long "SERVICE" text""" }',
    "SELECT ?insert { ?insert ?delete ?load }",
]


@pytest.mark.parametrize("query", HARMLESS)
def test_the_word_elsewhere_is_harmless(worker, query):
    assert worker.query(query).kind == "select"


def test_excessive_queries_are_refused():
    with pytest.raises(QueryRefused):
        refuse_harmful("SELECT * { ?s ?p ?o } #" + "x" * 200_000)


@pytest.mark.parametrize("opening", ["{", "(", "SELECT * { ", "ASK { FILTER("])
def test_nesting_without_end_harms_only_the_worker(worker, opening):
    with pytest.raises((QueryFailed, QuerySyntax, QueryTimeout)):
        worker.query("SELECT * { " + opening * 6_000)
    assert worker.query("ASK { ?s ?p ?o }").results["boolean"] is True


@pytest.mark.parametrize("piece", ['"', "'", '"""a', '"\\', "<a", "# \n", "PREFIX ", "'\"\n", "#\r"])
def test_checking_takes_no_longer_for_hostile_texts(piece):
    # Linear in the length: a pattern that goes back and forth would not come to an end here.
    with contextlib.suppress(QueryRefused):
        refuse_harmful(piece * (99_000 // len(piece)))


def test_a_query_that_slipped_through_reaches_no_network(worker, monkeypatch):
    called = []

    class Listener(http.server.BaseHTTPRequestHandler):
        def do_POST(self):
            called.append(self.path)

        do_GET = do_POST

    server = http.server.HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    monkeypatch.setattr("graph.sparql.refuse_harmful", lambda query: None)
    try:
        with pytest.raises(QueryFailed):
            worker.query(f"SELECT * {{ SERVICE <http://127.0.0.1:{server.server_port}/> {{ ?s ?p ?o }} }}")
    finally:
        server.shutdown()
        server.server_close()
    assert not called
