"""Documents for the tests of tracing: written out here in few words, or converted from the shared gold where it is present."""

from __future__ import annotations

import json
import re
from hashlib import sha256
from pathlib import Path

import pytest

from documents.model import (
    Citation,
    CitedLink,
    Deadline,
    Defect,
    Document,
    Header,
    Mention,
    Money,
    Paragraph,
    Period,
    Target,
    Task,
    Unit,
)
from ontology.entries import Directive

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
needs_shared = pytest.mark.skipif(not (SHARED / "gold").is_dir(), reason="the shared gold annotations are not here")


def cite(number=None, type=None, issuer=None, date=None, title=None, relation="mentions", at=1, words=None):
    """A citation with one mention on line ``at``."""
    text = words or (f"{type or 'Văn bản'} số {number}" if number else title or type)
    return Citation(number, type, issuer, date, (), title, relation, (Mention(text, (at, at), relation),))


def task(id, text, at, **fields):
    """A task on line ``at``."""
    last = fields.pop("to", at)
    fields = {"kind": "task", "section": None, "section_title": None, "topic": "khac"} | fields
    return Task(id=id, lines=(at, last), text=text, **fields)


def plan(source, lines=(), **fields):
    """A document whose header fields and parts are given by name."""
    header = {name: fields.pop(name) for name in list(fields) if name in Header.__dataclass_fields__ and name != "lines"}
    lines = tuple(lines)
    digest = sha256("\n".join((source, *lines)).encode()).hexdigest()
    fields.setdefault("paragraphs", tuple(Paragraph("paragraph", (n, n), text) for n, text in enumerate(lines, 1) if text))
    return Document(source=source, sha256=digest, lines=lines, header=Header(**header), **fields)


def directive(number, type, issuer, date, title=None, **fields):
    """An entry of a register, keyed as the register is."""
    return Directive(number, type, issuer, date, title, sources=("sổ mẫu",), **fields)


def register(*entries):
    from ontology.numbers import number_key

    return {number_key(entry.number): entry for entry in entries}


_CARRIES_OUT = re.compile(r"(?:thực hiện|triển khai)[^;.]*?số\s+(\d+[\w/-]+)")


def _mentions(citation, lines):
    """The mentions of a gold citation, placed by the written form that the line shows."""
    for number in citation["lines"]:
        shown = [form for form in citation["as_written"] if form in " ".join(lines[number - 1 :][:3]).replace("  ", " ")]
        yield Mention(shown[0] if shown else citation["as_written"][0], (number, number), citation["relation"])


def _links(citations):
    """The nested links that the titles of cited documents state: the first number after "thực hiện" in a title."""
    numbers = [citation.number for citation in citations]
    for n, citation in enumerate(citations):
        found = _CARRIES_OUT.search(citation.title or "")
        if found and found[1].rstrip("-/") in numbers:
            target = numbers.index(found[1].rstrip("-/"))
            if target != n:
                yield CitedLink(n, target, "implements", citation.mentions[0].lines, f"{citation.as_written[0]} {citation.title}")


def gold_document(stem):
    """The gold annotation of the shared document that begins with ``stem``, as a :class:`Document`."""
    path = next((SHARED / "gold").glob(f"{stem}_*.json"))
    gold = json.loads(path.read_text(encoding="utf-8"))
    lines = tuple((SHARED / "corpus" / gold["source"]).read_text(encoding="utf-8").split("\n"))
    head = gold["document"]
    header = Header(
        head["type"], head["number"], head["number_note"], head["title"], head["issuer"], head["level"], head["date"],
        head["date_note"], int(head["period"]["start"][:4]) if head["period"] else None, head["place"], None,
        Period(**head["period"]) if head["period"] else None,
    )  # fmt: skip
    citations = tuple(
        Citation(
            c["number"], c["type"], c["issuer"], c["date"], tuple(c["other_dates"]), c["title"], c["relation"],
            tuple(_mentions(c, lines)),
        )
        for c in gold["citations"]
    )  # fmt: skip
    tasks = tuple(
        Task(
            t["id"], tuple(t["lines"]), t["kind"], t["section"], t["section_title"], t["topic"], t["text"], tuple(t["lead"]),
            tuple(t["coordinate"]), tuple(t["support"]), Deadline(**t["deadline"]) if t["deadline"] else None, t["product"],
            tuple(Money(**m) for m in t["budget"]), tuple(t["cites"]),
        )
        for t in gold["tasks"]
    )  # fmt: skip
    targets = tuple(
        Target(f"G{n:03d}", tuple(t["lines"]), t["text"], t["comparator"], t["value"], t["unit"], t["topic"])
        for n, t in enumerate(gold["targets"], 1)
    )
    return Document(
        source=gold["source"], sha256=sha256("\n".join(lines).encode()).hexdigest(), lines=lines, header=header,
        paragraphs=tuple(Paragraph("paragraph", (n, n), " ".join(s.split())) for n, s in enumerate(lines, 1) if s.strip()),
        citations=citations, links=tuple(_links(citations)),
        units=tuple(Unit(u["name"], tuple(u["as_written"]), u["kind"]) for u in gold["units"]),
        tasks=tasks, targets=targets, defects=tuple(Defect(tuple(d["lines"]), d["kind"], d["text"]) for d in gold["defects"]),
    )  # fmt: skip
