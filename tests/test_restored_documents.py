"""A badly recognised document from file to search and graph: repaired and original words are kept apart, and both are found."""

from dataclasses import replace
from hashlib import sha256

import pyoxigraph as ox
import pytest
from embeddings_samples import SyllableModel

import documents
from documents.model import Document
from documents.understand import understand
from embeddings.passage import passages
from embeddings.search import SearchIndex
from embeddings.tokens import Abbreviations
from graph.build import document_quads
from ontology.namespaces import PREFIXES

READ = """UY BAN NHAN DAN
PHUONG BEN TRUC
$6: 12/KH-UBND Bén Truc, ngay 14 thang 01 nam 2026

KE HOACH
Chuyén d6i s6 phudng Bén Truc nam 2026

I. NHIEM VU
1. Ha ting s6
- Nang cip mang ndi bd va trang thiét bi cdng nghé théng tin cho céc co quan, don vi thudc phudng.
- Ra so4t, thay thé may tinh cdu hinh thip cia cdng chirc lam viéc tai Trung tdm Phuc vu hanh chinh cdng.
2. An toan thong tin
- Té chirc danh gia, phan loai, phé duyét cip do an toan hé théng théng tin theo quy dinh tai Nghi dinh s6 85/2016/ND-CP.
"""


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> Document:
    file = tmp_path_factory.mktemp("scan") / "quet.txt"
    file.write_text(READ, encoding="utf-8")
    return documents.read(file, "quet.txt")


def test_the_document_keeps_both(document: Document) -> None:
    assert document.noisy
    assert document.original == tuple(READ.rstrip("\n").split("\n"))
    assert len(document.lines) == len(document.original)
    assert "Nâng cấp mạng nội bộ và trang thiết bị công nghệ thông tin" in document.lines[9]
    assert document.header.number == "12/KH-UBND"
    assert any("đối chiếu bản gốc" in note for note in document.notes)


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("nâng cấp mạng nội bộ", "repaired words"),
        ("nang cap mang noi bo", "repaired words without accents"),
        ("ndi bd", "words that only the scan has"),
    ],
)
def test_search_finds_repaired_and_original_words(document: Document, tmp_path, query: str, reason: str) -> None:
    other = "\n".join(["KẾ HOẠCH", "I. NHIỆM VỤ", "- Xây dựng nhà văn hóa thôn.", "- Trồng cây xanh ven đường."])
    more = understand(tuple(other.split("\n")), "khac.txt", sha256(other.encode()).hexdigest())
    index = SearchIndex.build(tmp_path, [*passages(document), *passages(more)], SyllableModel(), Abbreviations.of({}))
    best = index.search(query, 1)[0].passage
    assert best.lines[0] == 10, reason
    assert "ndi" not in best.text, "what is shown is the repaired text"


@pytest.mark.parametrize("first", [0, 1])
def test_of_two_like_texts_the_one_whose_scan_says_so_is_found(document: Document, tmp_path, first: int) -> None:
    found = next(p for p in passages(document) if p.lines[0] == 10)
    pair = [
        replace(found, as_read="ndi" if n == first else "", id=f"d{n}#P0001", document=f"d{n}", source=f"{n}.txt") for n in (0, 1)
    ]
    index = SearchIndex.build(tmp_path, pair, SyllableModel(), Abbreviations.of({}))
    assert index.search("ndi", 1)[0].passage.source == f"{first}.txt"


def test_the_scan_of_a_good_text_is_not_searched_twice(document: Document) -> None:
    assert all(not p.as_read for p in passages(understand(document.lines, "x.txt", "0")))
    assert all("mang" not in p.as_read.split() for p in passages(document)), "words that fold alike are found anyway"


def test_the_graph_says_which_words_are_the_scans(document: Document) -> None:
    store = ox.Store()
    store.extend(document_quads(document))
    found = store.query(
        "SELECT ?read ?restored { ?t a cancu:Task ; cancu:evidence ?e . "
        "?e oa:exact ?read ; cancu:text ?restored ; cancu:firstLine 10 }",
        prefixes=PREFIXES,
        use_default_graph_as_union=True,
    )
    (row,) = {(str(row["read"].value), str(row["restored"].value)) for row in found}
    assert "mang ndi bd" in row[0]
    assert "mạng nội bộ" in row[1]


def test_lines_without_repairs_are_not_told_as_restored() -> None:
    lines = ("KẾ HOẠCH", "I. NHIỆM VỤ", "- Xây dựng nhà văn hóa.", "- Trồng cây xanh.")
    original = ("KẾ HOẠCH", "I. NHIỆM VỤ", "- Xây dựng nhà văn hóa.", "- Tr ồng cây xanh.")
    store = ox.Store()
    store.extend(document_quads(understand(lines, "x.txt", "0" * 64, original=original)))
    found = store.query(
        "SELECT ?n { ?e oa:exact ?read ; cancu:text ?restored ; cancu:firstLine ?n }",
        prefixes=PREFIXES,
        use_default_graph_as_union=True,
    )
    assert {int(row["n"].value) for row in found} <= {4}
