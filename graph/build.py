"""``Document`` → RDF: one named graph per document, every node with label and type, every statement with its evidence.

Links that users speak of (cites, implements, assigned to) are plain properties, so that queries stay short; beside each
stands a node that says where it comes from: a Citation with its mentions, an Assignment with its role, a Statement. What a
document says about another one (its date, its title) stands in the graph of the one that says it: two sources may disagree,
and both are kept.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

import pyoxigraph as ox

from documents.identity import appendix_of, cited_key, document_key, expand, slug
from documents.model import RELATIONS, Citation, Document, Span, Task
from embeddings.passage import passages
from graph import iri
from graph.parts import Sections, cited_name, cited_part, parts_cited_by, say_parts
from graph.statements import Statements, Value, day, decimal, is_day, term, text, whole
from graph.units import say_between_units
from ontology.knowledge import Directive, DocumentType, issuer_of_number, knowledge
from ontology.numbers import number_key, number_parts

if TYPE_CHECKING:
    from rdflib import Graph

ROLE_PROPERTIES = {"lead": "cancu:assignedTo", "coordinate": "cancu:coordinatedWith", "support": "cancu:supportedBy"}

FIELD_LABELS = {
    "number": "số, ký hiệu",
    "type": "loại văn bản",
    "title": "trích yếu",
    "issuer": "cơ quan ban hành",
    "level": "cấp ban hành",
    "date": "ngày ban hành",
    "place": "nơi ban hành",
    "signer": "người ký",
    "period": "thời gian thực hiện",
    "number_note": "ghi chú về số",
    "date_note": "ghi chú về ngày",
}

_STANDS_WITH = {"level": "issuer", "number_note": "number", "date_note": "date"}
"""Header fields whose evidence is that of another one."""


def document_quads(document: Document, key: str | None = None) -> list[ox.Quad]:
    """The named graph of ``document``, which stands under ``key`` (by default its own key); each quad once."""
    graph = Statements(document, key or document_key(document))
    _header(graph)
    _provenance(graph)
    sections = say_parts(graph)
    cited = _citations(graph)
    _links(graph, cited)
    for unit in document.units:
        graph.unit(unit.name)
    say_between_units(graph)
    _tasks(graph, sections, cited)
    _targets(graph, sections)
    _passages(graph, sections)
    _findings(graph)
    return graph.quads()


def nquads(quads: Iterable[ox.Quad]) -> bytes:
    """The canonical form of ``quads``: N-Quads, sorted, each line once (there are no blank nodes to rename)."""
    return "".join(sorted({f"{quad} .\n" for quad in quads})).encode("utf-8")


def document_graph(document: Document, key: str | None = None) -> Graph:
    """The same statements as :func:`document_quads` as an rdflib graph, named as the document's graph is."""
    from rdflib import Graph, URIRef

    quads = document_quads(document, key)
    graph = Graph(identifier=URIRef(iri.graph_iri(key or document_key(document))))
    return graph.parse(data="".join(f"{quad.triple} .\n" for quad in quads), format="nt")


def document_type(name: str | None, number: str | None) -> DocumentType | None:
    """The type called ``name``, else the one that the codes of ``number`` say."""
    found = knowledge().document_type(name) if name else None
    parts = number_parts(number) if number and not found else None
    if parts and parts.type_code:
        found = next((t for t in knowledge().document_types if parts.type_code in t.codes), None)
    return found


def document_label(type: str | None, number: str | None, title: str | None, source: str | None = None) -> str:
    """What a document is called: "Kế hoạch số 04/KH-UBND", without number "Kế hoạch chuyển đổi số ..."."""
    if number:
        return f"{type or 'Văn bản'} số {number}"
    return " ".join(part for part in (type or "Văn bản", title or source) if part)


def _describe(graph: Statements, node: ox.NamedNode, label: str, type: str | None, number: str | None) -> Value | None:
    """Label, classes and number of a document; returns its type as a concept."""
    known = document_type(type, number)
    role = {"plan": ["cancu:Plan"], "directive": ["cancu:Directive"]}.get(known.role if known else "", [])
    graph.node(node, label, "eli:LegalResource", *role)
    graph.say(node, "eli:id_local", text(number) if number else None)
    return graph.concept("document-types", known.id, known.label) if known else None


def _header(graph: Statements) -> None:
    document, header, here = graph.document, graph.document.header, graph.here
    type_concept = _describe(
        graph, here, document_label(header.type, header.number, header.title, document.source), header.type, header.number
    )
    level = knowledge().level(header.level)
    signer = period = period_label = None
    if header.signer:
        signer = graph.node(graph.part("signer"), header.signer.name, "schema:Person")
        graph.say(signer, "schema:jobTitle", text(header.signer.position) if header.signer.position else None)
    if header.period:
        period_label = f"{header.period.start} – {header.period.end}"
        period = graph.node(graph.part("period"), period_label, "time:ProperInterval")
        graph.interval(period, header.period.start, header.period.end)
    words: tuple[tuple[str, str, str | None, Value | None], ...] = (
        ("number", "eli:id_local", header.number, text(header.number or "")),
        ("type", "eli:type_document", header.type, type_concept),
        ("title", "eli:title", header.title, text(header.title or "")),
        ("issuer", "eli:passed_by", header.issuer, graph.unit(header.issuer) if header.issuer else None),
        ("level", "cancu:level", header.level, graph.concept("levels", level.id, level.label) if level else None),
        ("date", "eli:date_document", header.date, day(header.date or "")),
        ("place", "cancu:place", header.place, text(header.place or "")),
        ("signer", "cancu:signedBy", header.signer.name if header.signer else None, signer),
        ("period", "cancu:period", period_label, period),
        ("number_note", "cancu:numberNote", header.number_note, text(header.number_note or "")),
        ("date_note", "cancu:dateNote", header.date_note, text(header.date_note or "")),
    )
    for field, predicate, said, value in words:
        if not said or value is None:
            continue
        where = header.where(_STANDS_WITH.get(field, field))
        if where:
            graph.statement(f"header-{slug(field)}", f"{FIELD_LABELS[field]}: {said}", (here, predicate, value), where)
        else:
            graph.say(here, predicate, value)
    if header.year:
        graph.say(here, "cancu:year", ox.Literal(f"{header.year:04d}", datatype=term("xsd:gYear")))


def _provenance(graph: Statements) -> None:
    document, here = graph.document, graph.here
    graph.say(here, "cancu:source", text(document.source))
    graph.say(here, "cancu:readingNote", *(text(note) for note in document.notes))
    if document.noisy:
        graph.say(here, "cancu:noisy", ox.Literal("true", datatype=term("xsd:boolean")))
    original = graph.node(ox.NamedNode(iri.original_iri(document.sha256)), document.source, "prov:Entity")
    graph.say(original, "dcterms:identifier", text(f"sha256:{document.sha256}"))
    name = graph.node(ox.NamedNode(iri.graph_iri(graph.key)), f"Đồ thị của {document.source}", "prov:Entity")
    graph.say(name, "prov:wasDerivedFrom", original)
    graph.say(here, "prov:wasDerivedFrom", original)
    if (whole := appendix_of(document)) is not None:
        header = document.header
        node = graph.node(
            ox.NamedNode(iri.document_iri(whole)), document_label(header.type, header.number, None), "eli:LegalResource"
        )
        graph.say(here, "cancu:partOf", node)
    first, mark, _ = graph.key.partition(iri.VERSION_MARK)
    if mark:
        work = ox.NamedNode(iri.document_iri(first))
        header = document.header
        label = document_label(header.type, header.number, header.title, document.source)
        graph.say(here, "dcterms:isVersionOf", graph.node(work, label, "eli:LegalResource"))


def _citations(graph: Statements) -> tuple[ox.NamedNode, ...]:
    """Say each citation and what it says of the cited document; returns the cited documents, in order."""
    keys = [cited_key(citation, within=graph.within) for citation in graph.document.citations]
    cited = tuple(ox.NamedNode(iri.document_iri(key)) for key in keys)
    for position, (citation, other) in enumerate(zip(graph.document.citations, cited, strict=True), 1):
        local = f"C{position:03d}"
        _cited_document(graph, citation, other)
        words = citation.as_written[0] if citation.mentions else document_label(citation.type, citation.number, citation.title)
        said = f"{knowledge().relation(citation.relation).label}: {words}"
        node = graph.node(graph.part(local), said, "cancu:Citation", "cito:Citation")
        graph.say(node, "cito:hasCitingEntity", graph.here)
        graph.say(node, "cito:hasCitedEntity", other)
        graph.say(node, "cancu:relation", _relation(graph, citation.relation))
        graph.say(node, "cancu:words", *(text(form) for form in citation.as_written))
        graph.say(node, "cancu:statedDate", *(day(stated) for stated in _dates(citation)))
        graph.say(node, "cancu:statedTitle", text(citation.title) if citation.title else None)
        _cite(graph, graph.here, _own_relation(citation), other)
        for count, mention in enumerate(citation.mentions, 1):
            place = graph.node(graph.part(f"{local}-{count}"), mention.text, "cancu:Mention")
            graph.say(place, "cancu:words", text(mention.text))
            graph.say(place, "cancu:relation", _relation(graph, mention.relation))
            graph.prove(place, mention.lines)
            graph.say(node, "cancu:mention", place)
            graph.prove(node, mention.lines)
            parts = [cited_part(graph, other, cited_name(citation), part) for part in mention.places]
            graph.say(place, "cancu:citesPart", *parts)
            graph.say(node, "cancu:citesPart", *parts)
            if not mention.nested:
                _cite(graph, graph.here, mention.relation, other)
                graph.say(graph.here, "cancu:citesPart", *parts)
    return cited


def _own_relation(citation: Citation) -> str:
    """The strongest relation that the document itself states, not one that only a title quoted in it states."""
    own = [mention.relation for mention in citation.mentions if not mention.nested]
    return min(own, key=RELATIONS.index) if own else "mentions" if citation.mentions else citation.relation


def _dates(citation: Citation) -> tuple[str, ...]:
    return ((citation.date,) if citation.date else ()) + citation.other_dates


def _relation(graph: Statements, relation: str) -> ox.NamedNode:
    return graph.concept("relations", relation, knowledge().relation(relation).label)


def _cite(graph: Statements, citing: ox.NamedNode, relation: str, cited: ox.NamedNode) -> None:
    if citing == cited:  # a document that names itself does not cite
        return
    graph.say(citing, "cancu:cites", cited)
    graph.say(citing, _property(relation), cited)


def _property(relation: str) -> str:
    """The property beside ``cancu:cites`` for ``relation``; ``cancu:cites`` itself where the relation says no more."""
    return f"cancu:{knowledge().relation(relation).graph_property}"


def _cited_document(graph: Statements, citation: Citation, node: ox.NamedNode) -> None:
    """What the citing text, and the register, say of the cited document; it is named as it is cited first."""
    known = _registered(citation, node)
    number = known.number if known else citation.number
    label = document_label(citation.type, number, citation.title)
    if graph.is_new(node):
        graph.say(node, "eli:type_document", _describe(graph, node, label, citation.type, number))
    if node != graph.here:
        graph.also_called(node, document_label(citation.type, citation.number, citation.title))
    graph.say(node, "eli:date_document", *(day(stated) for stated in _dates(citation)))
    graph.say(node, "eli:title", text(citation.title) if citation.title else None)
    code = issuer_of_number(citation.number) if citation.number else None
    issuer = citation.issuer or (code.name if code and code.proves else None)
    graph.say(node, "eli:passed_by", graph.unit(expand(issuer)) if issuer else None)
    if known:
        graph.say(node, "cancu:registeredTitle", text(known.title) if known.title else None)
        graph.say(node, "cancu:registeredDate", day(known.date) if known.date else None)


def _registered(citation: Citation, node: ox.NamedNode) -> Directive | None:
    """The register's entry for exactly this document: same number, and the key that the entry itself would have."""
    known = knowledge().directives.get(number_key(citation.number)) if citation.number else None
    if known is None:
        return None
    same = Citation(known.number, known.type, known.issuer, known.date)
    return known if iri.document_iri(cited_key(same)) == node.value else None


def _links(graph: Statements, cited: tuple[ox.NamedNode, ...]) -> None:
    """The links that cited titles state between two cited documents."""
    for count, link in enumerate(graph.document.links, 1):
        one, other = cited[link.source], cited[link.target]
        graph.say(one, "cancu:cites", other)
        triple = (one, _property(link.relation), other)
        node = graph.statement(f"N{count:03d}", link.text, triple, link.lines, method="nested")
        graph.say(node, "cancu:words", text(link.text))
        graph.say(node, "cancu:relation", _relation(graph, link.relation))


def _item(graph: Statements, node: ox.NamedNode, words: str, span: Span, sections: Sections, topic: str) -> None:
    """What tasks and targets have in common."""
    graph.say(node, "cancu:text", text(words))
    graph.say(node, "cancu:partOf", graph.here)
    graph.say(node, "cancu:inSection", sections.get(span[0]))
    graph.say(node, "cancu:topic", graph.concept("topics", topic, knowledge().topic(topic).label))
    graph.prove(node, span)


def _tasks(graph: Statements, sections: Sections, cited: tuple[ox.NamedNode, ...]) -> None:
    for task in graph.document.tasks:
        node = graph.node(graph.part(task.id), task.text, "cancu:Task")
        _item(graph, node, task.text, task.lines, sections, task.topic)
        graph.say(node, "cancu:taskKind", text(task.kind))
        graph.say(node, "cancu:product", text(task.product) if task.product else None)
        _assignments(graph, task, node)
        _deadline(graph, task, node)
        _budget(graph, task, node)
        for count, number in enumerate(task.cites, 1):
            other = _cited_by_task(graph, number, cited)
            graph.statement(f"{task.id}-C{count}", f"{task.id} dẫn {number}", (node, "cancu:cites", other), task.lines)
        for citation, other in zip(graph.document.citations, cited, strict=True):
            for place in parts_cited_by(task, citation):
                graph.say(node, "cancu:citesPart", cited_part(graph, other, cited_name(citation), place))


def _cited_by_task(graph: Statements, number: str, cited: tuple[ox.NamedNode, ...]) -> ox.NamedNode:
    wanted = number_key(number)
    for citation, node in zip(graph.document.citations, cited, strict=True):
        if citation.number and number_key(citation.number) == wanted:
            return node
    citation = Citation(number, None)
    node = ox.NamedNode(iri.document_iri(cited_key(citation, within=graph.within)))
    _cited_document(graph, citation, node)
    return node


def _assignments(graph: Statements, task: Task, node: ox.NamedNode) -> None:
    labels = {role.id: role.label for role in knowledge().roles}
    for role, names in (("lead", task.lead), ("coordinate", task.coordinate), ("support", task.support)):
        for count, name in enumerate(names, 1):
            unit = graph.unit(name)
            graph.say(node, ROLE_PROPERTIES[role], unit)
            label = f"{labels.get(role, role)}: {name}"
            part = graph.node(graph.part(f"{task.id}-{role}-{count}"), label, "cancu:Assignment")
            graph.say(node, "cancu:assignment", part)
            graph.say(part, "cancu:unit", unit)
            graph.say(part, "cancu:role", graph.concept("roles", role, labels.get(role, role)))
            graph.say(part, "cancu:words", text(name))
            graph.prove(part, task.lines)


def _deadline(graph: Statements, task: Task, node: ox.NamedNode) -> None:
    if not task.deadline:
        return
    due = task.deadline
    part = graph.node(graph.part(f"{task.id}-deadline"), due.text, "cancu:Deadline", "time:TemporalEntity")
    graph.say(node, "cancu:deadline", part)
    graph.say(node, "cancu:dueDate", day(due.end) if due.end and is_day(due.end) else None)
    graph.say(part, "cancu:words", text(due.text))
    graph.say(part, "cancu:deadlineKind", text(due.kind))
    graph.interval(part, due.start, due.end)
    graph.prove(part, task.lines)


def _budget(graph: Statements, task: Task, node: ox.NamedNode) -> None:
    for count, money in enumerate(task.budget, 1):
        label = f"{money.label}: {money.as_written}"
        part = graph.node(graph.part(f"{task.id}-M{count}"), label, "schema:MonetaryAmount")
        graph.say(node, "cancu:budget", part)
        graph.say(part, "schema:name", text(money.label))
        graph.say(part, "schema:currency", text("VND"))
        graph.say(part, "schema:value", None if money.amount_vnd is None else whole(money.amount_vnd))
        graph.say(part, "schema:unitText", text(money.unit) if money.unit else None)
        graph.say(part, "cancu:words", text(money.as_written))
        graph.prove(part, task.lines)


def _targets(graph: Statements, sections: Sections) -> None:
    for target in graph.document.targets:
        node = graph.node(graph.part(target.id), target.text, "cancu:Target", "schema:QuantitativeValue")
        _item(graph, node, target.text, target.lines, sections, target.topic)
        graph.say(node, "cancu:comparator", text(target.comparator))
        graph.say(node, "schema:value", decimal(target.value))
        graph.say(node, "schema:unitText", text(target.unit) if target.unit else None)


def _passages(graph: Statements, sections: Sections) -> None:
    """The passages that search finds; a task or target is its own passage."""
    items = {task.id for task in graph.document.tasks} | {target.id for target in graph.document.targets}
    for passage in passages(graph.document):
        local = passage.id.partition("#")[2]
        node = graph.part(local)
        graph.node(node, passage.text, "cancu:Passage")
        graph.say(node, "cancu:passageKind", text(passage.kind))
        if local not in items:
            graph.say(node, "cancu:text", text(passage.text))
            graph.say(node, "cancu:partOf", graph.here)
            graph.say(node, "cancu:inSection", sections.get(passage.lines[0]))
            graph.prove(node, passage.lines)


def _findings(graph: Statements) -> None:
    for count, defect in enumerate(graph.document.defects, 1):
        node = graph.node(graph.part(f"F{count:03d}"), defect.text, "cancu:Finding")
        graph.say(node, "cancu:findingKind", text(defect.kind))
        graph.say(node, "cancu:text", text(defect.text))
        graph.say(node, "cancu:partOf", graph.here)
        graph.prove(node, *((line, line) for line in defect.lines))
