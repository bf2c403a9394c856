"""The rows of an answer as SPARQL over the store: the same filters, the nodes that the words kept, the properties asked for."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from graph import iri
from ontology.namespaces import PREFIXES, concept
from questions.catalogue import Catalogue
from questions.evidence import Item
from questions.fields import same_unit
from questions.heads import HEADED
from questions.model import Found, Question, Row

_FIELDS = (
    ("lead", "lead", "cancu:assignedTo/rdfs:label"),
    ("coordinate", "coordinated", "cancu:coordinatedWith/rdfs:label"),
    ("support", "supported", "cancu:supportedBy/rdfs:label"),
    ("when", "deadline", "cancu:deadline/cancu:words"),
    ("product", "product", "cancu:product"),
)


@dataclass(frozen=True, slots=True)
class Slot:
    """A filter on tasks: by ``names`` in the role ``role``, else by the days within which the deadline ends."""

    role: str = ""
    names: frozenset[str] = frozenset()
    span: tuple[str, str] = ("", "")

    def holds(self, item: Item) -> bool:
        """Whether the task of ``item`` passes."""
        if item.task is None:
            return False
        if self.role:
            return bool(self.names & set(getattr(item.task, self.role)))
        due = item.task.deadline
        return bool(due and due.end and self.span[0] <= due.end <= self.span[1])


def queries(question: Question, catalogue: Catalogue, found: Found) -> tuple[str, ...]:
    """The queries that give the rows of ``found``: for its tasks, its chain, the heads it quotes, its other lines.

    Each is a whole SPARQL 1.1 query with its prefixes; an answer without rows has none.
    """
    tasks = _tasks(found.rows, catalogue)
    made = []
    if found.chain:
        made.append(_path(found.chain))
    elif HEADED & set(question.asks) and not tasks and found.rows:
        made.append(_heads(found.rows))
    if tasks:
        made.append(_task_query(question, catalogue, found, tasks))
    others = [row for row in found.rows if not row.node]
    if others and not found.chain:
        made.append(_lines(others))
    targets = [row for row in found.rows if row.node and row.node.startswith("G")]
    if targets:
        made.append(_target_query(targets))
    return tuple(made)


def _query(select: str, body: Sequence[str], end: str = "") -> str:
    """A query with the prefixes that it uses."""
    text = "\n".join((f"SELECT {select} WHERE {{", *(f"  {line}" for line in body), f"}}{end}"))
    used = sorted((name, space) for name, space in PREFIXES.items() if f"{name}:" in text)
    return "\n".join((*(f"PREFIX {name}: <{space}>" for name, space in used), text))


def _literal(words: str) -> str:
    """``words`` as a plain literal of SPARQL."""
    escaped = words.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("\r", "\\r")
    return f'"{escaped}"'


def _one_of(variable: str, values: Sequence[str]) -> str:
    return f"VALUES ?{variable} {{ {' '.join(values)} }}"


def _node(document: str, local: str) -> str:
    return f"<{iri.part_iri(document, local)}>"


def _tasks(rows: Sequence[Row], catalogue: Catalogue) -> list[Item]:
    """The task items behind the rows, in their order."""
    wanted = {(row.document, row.node): at for at, row in enumerate(rows) if row.node}
    keys = dict.fromkeys(row.document for row in rows)
    items = (catalogue.items[at] for key in keys for at in catalogue.by_document.get(key, ()))
    found = [item for item in items if item.task and (item.document, item.task.id) in wanted]
    return sorted(found, key=lambda item: wanted[item.document, item.task.id if item.task else ""])


def _task_query(question: Question, catalogue: Catalogue, found: Found, tasks: Sequence[Item]) -> str:
    """The tasks with the fields asked for; of a count their number, of a sum the total of the columns."""
    slots = _slots(question, tasks)
    documents = question.documents or tuple(dict.fromkeys(item.document for item in tasks))
    body = [
        _one_of("document", [f"<{iri.document_iri(key)}>" for key in documents]),
        "?task a cancu:Task ; cancu:partOf ?document ; cancu:text ?text .",
        *(line for line, _ in slots),
    ]
    if not slots or not _alone(catalogue, documents, [check for _, check in slots], tasks):
        nodes = [_node(item.document, item.task.id) for item in tasks if item.task]
        body.append(f"{_one_of('task', nodes)}  # những nhiệm vụ mà bước đối chiếu từ ngữ giữ lại")
    if question.kind == "count" and question.asks[:1] == ("task",):
        return _query("(COUNT(DISTINCT ?task) AS ?count)", body)
    if question.kind == "sum" and found.columns:
        body += [
            "?task cancu:budget ?money . ?money schema:name ?column ; schema:value ?amount .",
            f"FILTER(?column IN ({', '.join(map(_literal, found.columns))}))",
        ]
        inner = ["{ SELECT DISTINCT ?task ?money ?amount WHERE {", *(f"  {line}" for line in body), "} }"]
        return _query("(SUM(?amount) AS ?total)", inner)
    asked = [field for field in _FIELDS if field[0] in question.asks] or list(_FIELDS)
    body += [f"OPTIONAL {{ ?task {path} ?{name} }}" for _, name, path in asked]
    if "money" in question.asks:
        body.append("OPTIONAL { ?task cancu:budget ?money . ?money schema:name ?column ; schema:value ?amount }")
    names = [name for _, name, _ in asked] + (["column", "amount"] if "money" in question.asks else [])
    return _query(f"DISTINCT ?task ?text {' '.join(f'?{name}' for name in names)}", body, " ORDER BY ?task")


def _slots(question: Question, tasks: Sequence[Item]) -> list[tuple[str, Slot]]:
    """The filters of the question that all ``tasks`` meet as the store has them, each with the check that it makes."""
    slots: list[tuple[str, Slot]] = []
    for role in ("lead", "coordinate", "support") if question.units else ():
        names = sorted({n for i in tasks for n in getattr(i.task, role) if any(same_unit(n, u) for u in question.units)})
        named = Slot(role=role, names=frozenset(names))
        if names and all(named.holds(item) for item in tasks):
            said = ", ".join(map(_literal, names))
            part = f"?task cancu:assignment [ cancu:role <{concept('roles', role)}> ; cancu:words ?name ] ."
            slots.append((f"{part} FILTER(?name IN ({said}))", named))
            break
    if question.span and "____" not in "".join(question.span) and all(question.span):
        due = Slot(span=question.span)
        if all(due.holds(item) for item in tasks):
            start, end = (f'"{day}"^^xsd:date' for day in question.span)
            slots.append((f"?task cancu:dueDate ?due . FILTER(?due >= {start} && ?due <= {end})", due))
    return slots


def _alone(catalogue: Catalogue, documents: Sequence[str], checks: Sequence[Slot], tasks: Sequence[Item]) -> bool:
    """Whether the filters alone give exactly ``tasks``, so that no node has to be named."""
    items = (catalogue.items[at] for key in documents for at in catalogue.by_document.get(key, ()))
    passing = {(i.document, i.task.id) for i in items if i.task and all(check.holds(i) for check in checks)}
    return passing == {(item.document, item.task.id) for item in tasks if item.task}


def _target_query(rows: Sequence[Row]) -> str:
    nodes = [_node(row.document, row.node) for row in rows]
    body = [
        _one_of("target", nodes),
        "?target a cancu:Target ; cancu:text ?text ; cancu:comparator ?comparator ; schema:value ?value .",
        "OPTIONAL { ?target schema:unitText ?unit }",
    ]
    return _query("?target ?text ?comparator ?value ?unit", body, " ORDER BY ?target")


def _path(chain: Sequence[str]) -> str:
    """The citations from each document of a chain to the next, by number or (where that is blank) by source."""
    pairs = " ".join(f"({_literal(one)} {_literal(other)})" for one, other in pairwise(chain))
    if not pairs:
        return _query("?document ?label", [f"?document eli:id_local|cancu:source {_literal(chain[0])} ; rdfs:label ?label ."])
    body = [
        f"VALUES (?from ?to) {{ {pairs} }}",
        "?lower eli:id_local|cancu:source ?from ; cancu:cites ?upper .",
        "?upper eli:id_local|cancu:source ?to .",
    ]
    return _query("DISTINCT ?from ?to ?lower ?upper", body)


def _heads(rows: Sequence[Row]) -> str:
    documents = dict.fromkeys(f"<{iri.document_iri(row.document)}>" for row in rows)
    body = [
        _one_of("document", list(documents)),
        "?document rdfs:label ?label .",
        "OPTIONAL { ?document eli:date_document ?date }",
        "OPTIONAL { ?document cancu:signedBy/rdfs:label ?signer }",
    ]
    return _query("DISTINCT ?document ?label ?date ?signer", body)


def _lines(rows: Sequence[Row]) -> str:
    """What the store has quoted on the lines of rows that are no task and no target."""
    places = " ".join(f"(<{iri.document_iri(r.document)}> {r.lines[0]} {r.lines[1]})" for r in rows)
    body = [
        f"VALUES (?document ?from ?to) {{ {places} }}",
        "?document cancu:source ?source .",
        "?passage cancu:partOf ?document ; cancu:text ?text ; cancu:evidence ?evidence .",
        "?evidence cancu:firstLine ?first ; cancu:lastLine ?last .",
        "FILTER(?first <= ?to && ?last >= ?from)",
    ]
    return _query("DISTINCT ?source ?first ?last ?text", body, " ORDER BY ?source ?first")
