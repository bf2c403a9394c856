"""The subject index of directives: which articles govern a task's kind of work."""

from __future__ import annotations

import pytest

from graph.subject_index import governed, governing, is_indexed, subject_index
from ontology.namespaces import DCTERMS
from ontology.turtle import concepts

LAW = "67/2006/QH11"


def test_every_entry_governs_something():
    known = {node.iri for node in concepts("works")}
    for node in concepts("provisions"):
        named = [iri for one in (DCTERMS.subject, DCTERMS.relation, DCTERMS.requires) for iri in node.all(one)]
        assert set(named) <= known, f"{node.local} names an unknown kind of work"
    assert all(entry.article.isdigit() and (entry.subject or entry.loosely) for entry in subject_index())


@pytest.mark.parametrize(
    ("text", "directive", "article", "clause", "why"),
    [
        ("Nâng cấp mạng LAN của cơ quan", LAW, "26", "1", "infrastructure is the subject of the clause"),
        ("Mở lớp tập huấn về an toàn thông tin", "86/2015/QH13", "49", None, "training in matters of security"),
        ("Mở lớp tập huấn nghề may", "86/2015/QH13", "49", "none", "training in other matters does not fall under it"),
        ("Nâng cấp mạng LAN của cơ quan", "85/2016/NĐ-CP", "24", "none", "no common work"),
    ],
)
def test_what_governs_a_task(text, directive, article, clause, why):
    found = governing(text, directive, article)
    assert (found[0].clause if found else "none") == clause, why


def test_a_directive_that_the_index_does_not_know():
    assert is_indexed("67/2006/qh11") and not is_indexed("1/1999/NĐ-CP")
    features = governed(["Nâng cấp mạng LAN"], ["Nâng cấp mạng LAN"], "1/1999/NĐ-CP", ["1", "2"])
    assert features["governed"].shape == (1, 2) and not features["governed"].any() and features["not in the index"].all()
