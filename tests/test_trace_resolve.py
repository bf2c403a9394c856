"""Which cited document is which, whatever the writing and whatever the order."""

from __future__ import annotations

import random

import pytest
from trace_samples import cite, directive, gold_document, needs_shared, plan, register

from documents.identity import document_key
from graph.resolve import resolve

WARD_A = "Ủy ban nhân dân phường Hòa Bình"
WARD_B = "Ủy ban nhân dân phường Sao Mai"
CITY = "Ủy ban nhân dân thành phố Cần Thơ"


def ward_plan(source, issuer, *citations, number="12/KH-UBND"):
    return plan(
        source, type="Kế hoạch", number=number, issuer=issuer, level="phường/xã", date="2026-02-03",
        title="Chuyển đổi số năm 2026", citations=citations,
    )  # fmt: skip


def resolved(documents, directives=None):
    """Source and index of each citation → (name, issuer-free method) of what it names."""
    found = resolve(documents, directives or {})
    key = {document_key(one): one.source for one in documents}
    return {
        (key[document], index): (found.instruments[one.key], one.method) for (document, index), one in found.citations.items()
    }


SAME = [
    # (first writing, second writing, is it one document, reason)
    (("57-NQ/TW", None, "2024-12-22"), ("57-NQ/TW", "Bộ Chính trị", None), True, "the code proves the body, one date is known"),
    (("71-NQ/CP", "Chính phủ", "2025-04-01"), ("71/NQ-CP", "Chính phủ", "2025-04-01"), True, "separators are damaged"),
    (("749/QĐ-TTg", None, "2020-06-03"), ("749/QĐ-TTg", None, "2024-06-03"), False, "numbers begin anew each year"),
    (("82/2024/NĐ-CP", None, None), ("82/2024/NĐ-CP", None, "2025-07-10"), True, "the number carries its own year"),
    (("226/KH-UBND", "UBND thành phố", "2025-09-13"), ("226/KH-UBND", CITY, "2025-09-13"), True, "the city is understood"),
    (("35/KH-UBND", WARD_A, "2025-08-28"), ("35/KH-UBND", WARD_B, "2025-08-28"), False, "each ward has its own 35"),
    (
        ("08-NQ/TU", "Ban Thường vụ Thành ủy", "2021-10-26"),
        ("08-NQ/TU", "Thành ủy Cần Thơ", "2021-10-26"),
        True,
        "one committee",
    ),
    (("05-NQ/TU", "Tỉnh ủy Sóc Trăng", "2021-03-26"), ("05-NQ/TU", "Thành ủy Cần Thơ", "2021-03-26"), False, "two committees"),
]


@pytest.mark.parametrize(("one", "other", "same", "reason"), SAME, ids=[row[3] for row in SAME])
def test_two_writings(one, other, same, reason):
    pointing = cite("999/KH-UBND", "Kế hoạch", CITY, "2025-01-01")  # so that the text names its city
    documents = [
        ward_plan("a.txt", WARD_A, cite(one[0], None, one[1], one[2]), pointing),
        ward_plan("b.txt", WARD_B, cite(other[0], None, other[1], other[2]), pointing),
    ]
    found = resolved(documents)
    assert (found["a.txt", 0][0].key == found["b.txt", 0][0].key) is same, reason


def test_the_own_ward_is_meant_by_ubnd_phuong():
    cited = cite("35/KH-UBND", "Kế hoạch", "UBND phường", "2025-08-28")
    found = resolved([ward_plan("a.txt", WARD_A, cited), ward_plan("b.txt", WARD_B, cited)])
    assert found["a.txt", 0][0].key != found["b.txt", 0][0].key


def test_a_cited_document_is_the_one_that_was_read():
    upper = plan("tp.txt", type="Kế hoạch", number="401/KH-UBND", issuer=CITY, level="thành phố", date="2025-12-31", title="Số")
    found = resolved([ward_plan("a.txt", WARD_A, cite("401/KH-UBND", "Kế hoạch", "UBND thành phố Cần Thơ", "2025-12-31")), upper])
    assert found["a.txt", 0][0].source == "tp.txt"
    assert found["a.txt", 0][0].key == document_key(upper)


def test_what_fits_two_documents_is_ambiguous_and_names_both():
    documents = [
        ward_plan("a.txt", WARD_A, number="35/KH-UBND"),
        ward_plan("b.txt", WARD_B, number="35/KH-UBND"),
        plan("c.txt", type="Báo cáo", issuer=None, title="x", citations=(cite("35/KH-UBND", "Kế hoạch"),)),
    ]
    found = resolve(documents, {})
    one = next(one for (document, _), one in found.citations.items())
    assert one.method == "ambiguous"
    assert set(one.candidates) == {document_key(documents[0]), document_key(documents[1])}
    assert found.instruments[one.key].source is None


def test_a_wrong_date_of_a_registered_directive_is_still_that_directive():
    known = register(directive("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2024-12-22", "về đột phá"))
    found = resolved([ward_plan("a.txt", WARD_A, cite("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2025-12-22"))], known)
    one, method = found["a.txt", 0]
    assert (one.origin, one.year, method) == ("registered", 2024, "repaired")
    assert set(one.dates) == {"2024-12-22", "2025-12-22"}


WORDS = [
    ("Kế hoạch", None, "Chuyển đổi số thành phố Cần Thơ năm 2026", "401/KH-UBND", "title and year fit"),
    ("Kế hoạch", None, "Chuyển đổi số thành phố Cần Thơ năm 2027", None, "another year"),
    (
        "Kế hoạch",
        "UBND thành phố Cần Thơ",
        "thực hiện Kế hoạch hành động số 21-KH/TU",
        "226/KH-UBND",
        "number inside the title",
    ),
    ("Nghị quyết", None, "Chuyển đổi số thành phố Cần Thơ năm 2026", None, "another type"),
    ("Chiến lược", "thành phố", None, "4100/QĐ-UBND", "a decision is cited as the strategy that it approves"),
    ("Kế hoạch", None, "cải cách hành chính", None, "too few and too general words"),
    ("Kế hoạch", WARD_B, "Chuyển đổi số thành phố Cần Thơ năm 2026", None, "another body"),
]


@pytest.mark.parametrize(("type", "issuer", "title", "number", "reason"), WORDS, ids=[row[4] for row in WORDS])
def test_without_number(type, issuer, title, number, reason):
    known = (
        cite("401/KH-UBND", "Kế hoạch", CITY, "2025-12-31", "về chuyển đổi số thành phố Cần Thơ năm 2026"),
        cite("226/KH-UBND", "Kế hoạch", CITY, "2025-09-13", "về việc thực hiện Kế hoạch hành động số 21-KH/TU, ngày 26/8/2025"),
        cite("4100/QĐ-UBND", "Quyết định", CITY, "2025-12-26", "phê duyệt Chiến lược dữ liệu của thành phố giai đoạn đến 2030"),
        cite(
            "77/KH-UBND",
            "Kế hoạch",
            CITY,
            "2025-01-26",
            "về cải cách hành chính và hiện đại hóa công sở năm 2025",
        ),
    )
    asked = cite(None, type, issuer, None, title, words=None if title else "Chiến lược dữ liệu thành phố ban hành")
    found = resolved([ward_plan("a.txt", WARD_A, *known), ward_plan("b.txt", WARD_B, asked, known[0], number="9/KH-UBND")])
    one, method = found["b.txt", 0]
    assert (one.number, method) == (number, "words" if number else "stub"), reason


def test_the_order_of_documents_changes_nothing():
    documents = [
        ward_plan(
            "a.txt", WARD_A, cite("35/KH-UBND"), cite("57-NQ/TW", date="2024-12-22"), cite("12-KH/TU", "Kế hoạch", "Thành ủy")
        ),
        ward_plan("b.txt", WARD_B, cite("57-NQ/TW"), cite("12-KH/TU", "Kế hoạch", "Thành ủy Cần Thơ", "2025-08-28")),
        ward_plan("c.txt", WARD_A, cite("12-KH/TU", date="2025-08-28"), number="35/KH-UBND"),
    ]
    first = resolve(documents, {})
    for seed in range(5):
        shuffled = documents[:]
        random.Random(seed).shuffle(shuffled)
        assert resolve(shuffled, {}) == first


@needs_shared
def test_gold_citations_meet_across_plans():
    documents = [gold_document(stem) for stem in ("000", "002", "004")]
    found = resolve(documents, {})
    sources = {document_key(one): one.source[:3] for one in documents}
    citing = {}
    for (key, _), one in found.citations.items():
        citing.setdefault(found.instruments[one.key].name, set()).add(sources[key])
    assert citing["03-NQ/TU"] == {"000", "002", "004"}
    assert citing["12-KH/TU"] == citing["359/KH-UBND"] == citing["238/KH-UBND"] == citing["5264/QĐ-UBND"] == {"000", "002"}
    assert not [one for one in found.citations.values() if one.method == "ambiguous"]
