"""Which document is meant: the same key for the read and the cited document, different keys for different ones."""

from dataclasses import replace

import pytest
from graph_samples import ward_plan

from documents.identity import Surroundings, body, cited_key, document_key, expand, is_national, slug, surroundings
from documents.model import Citation, Document, Header
from ontology.knowledge import Directive, number_key

WARD = Surroundings(
    "uy ban nhan dan phuong hai duong",
    "phuong hai duong",
    "thanh pho hai phong",
    "uy-ban-nhan-dan-phuong-hai-duong/2026/4-kh-ubnd",
)
OFFICE = Surroundings("so xay dung thanh pho hai phong", "", "thanh pho hai phong", "x")

BODIES = [
    ("UBND phường", WARD, "uy ban nhan dan phuong hai duong", "the ward's own body, abbreviated"),
    ("Ủy ban nhân dân phường Hải Dương", WARD, "uy ban nhan dan phuong hai duong", "in full"),
    ("Uỷ ban nhân dân phường", WARD, "uy ban nhan dan phuong hai duong", "the other place of the tone mark"),
    ("UBND thành phố", WARD, "uy ban nhan dan thanh pho hai phong", "the city of the ward"),
    ("UBND TP Hải Phòng", WARD, "uy ban nhan dan thanh pho hai phong", "TP for thành phố"),
    ("Sở Xây dựng Hải Phòng", WARD, "so xay dung thanh pho hai phong", "a bare province gets its kind"),
    ("Sở Văn hóa Hải Phòng (trước hợp nhất)", WARD, "so van hoa thanh pho hai phong", "a remark in brackets is no name"),
    ("Ban Thường vụ Thành ủy", WARD, "thanh uy hai phong", "the Party organisation of the city"),
    ("Ban Thường vụ Thành ủy Hải Phòng", WARD, "thanh uy hai phong", "with its place"),
    ("Ban Chấp hành Đảng bộ thành phố Hải Phòng", WARD, "thanh uy hai phong", "the committee of the same organisation"),
    ("Ban Chấp hành Đảng bộ thành phố", WARD, "thanh uy hai phong", "the same without its place"),
    ("Ban chấp hành Đảng bộ tỉnh Hải Dương", WARD, "tinh uy hai duong", "another province's organisation stays its own"),
    ("Phòng Văn hóa - Xã hội", WARD, "phong van hoa xa hoi", "xã hội is no commune"),
    ("Các cơ quan, địa phương", WARD, "cac co quan, dia phuong", "địa phương is no ward"),
    ("Ban Chỉ đạo của thành phố về chuyển đổi số", OFFICE, "ban chi dao cua thanh pho ve chuyen doi so", "về is no city"),
]


@pytest.mark.parametrize(("written", "within", "name", "why"), BODIES, ids=[b[3] for b in BODIES])
def test_body(written, within, name, why):
    assert body(written, within).name == name


CITED = [
    ("85/2016/NĐ-CP", None, None, WARD, "cp/2016/85-2016-nd-cp", "a year inside the number is enough"),
    ("85/2016/NĐ-CP", "Chính phủ", "2025-07-01", WARD, "cp/2016/85-2016-nd-cp", "a wrong date does not change the document"),
    ("85/2016/ND-CP", None, None, WARD, "cp/2016/85-2016-nd-cp", "lost accents"),
    ("67/2006/QH11", "Quốc hội", None, WARD, "qh/2006/67-2006-qh11", "a law, with its legislature"),
    ("57-NQ/TW", "Bộ Chính trị", "2024-12-22", WARD, "tw/2024/57-nq-tw", "a national code stands for the issuer"),
    ("57-NQ/TW", None, "2024-12-22", OFFICE, "tw/2024/57-nq-tw", "whoever cites it"),
    ("12-KH/TU", "Ban Thường vụ Thành ủy", "2025-08-26", WARD, "thanh-uy-hai-phong/2025/12-kh-tu", "one of two dates"),
    ("12 -KH/TU", None, "2025-08-28", OFFICE, "thanh-uy-hai-phong/2025/12-kh-tu", "the other date, a blank, no issuer"),
    ("238/KH-UBND", "UBND thành phố", "2025-09-13", WARD, "uy-ban-nhan-dan-thanh-pho-hai-phong/2025/238-kh-ubnd", "short"),
    ("35/KH-UBND", "UBND phường", "2025-09-01", WARD, "uy-ban-nhan-dan-phuong-hai-duong/2025/35-kh-ubnd", "own ward"),
    ("16/KH-SXD", None, "2025-03-17", OFFICE, "so-xay-dung-thanh-pho-hai-phong/2025/16-kh-sxd", "a department's code"),
    ("35/KH-UBND", None, "2025-09-01", WARD, f"{WARD.key}/dan-chieu/2025/35-kh-ubnd", "whose it is stands nowhere"),
]


@pytest.mark.parametrize(("number", "issuer", "date", "within", "key", "why"), CITED, ids=[c[5] for c in CITED])
def test_cited_key(number, issuer, date, within, key, why):
    assert cited_key(Citation(number, None, issuer, date), {}, within=within) == key


def directive(number: str, issuer: str | None, date: str | None) -> dict[str, Directive]:
    return {number_key(number): Directive(number, "Nghị quyết", issuer, date, None)}


def test_the_register_supplies_a_missing_year():
    register = directive("57-NQ/TW", "Bộ Chính trị", "2024-12-22")
    assert cited_key(Citation("57-NQ/TW", None), register, within=WARD) == "tw/2024/57-nq-tw"
    assert cited_key(Citation("57-NQ/TW", None), {}, within=WARD) == "tw/khong-nam/57-nq-tw"


def test_the_register_does_not_overrule_what_is_stated():
    register = directive("57-NQ/TW", "Bộ Chính trị", "2024-12-22")
    assert cited_key(Citation("57-NQ/TW", None, None, "2009-01-01"), register, within=WARD) == "tw/2009/57-nq-tw"


def test_the_register_says_nothing_of_another_wards_number():
    register = directive("35/KH-UBND", "Ủy ban nhân dân thành phố Hải Phòng", "2024-02-02")
    own = Citation("35/KH-UBND", None, "UBND phường")
    assert cited_key(own, register, within=WARD) == "uy-ban-nhan-dan-phuong-hai-duong/khong-nam/35-kh-ubnd"


def read(issuer: str, number: str | None, **header: object) -> Document:
    return Document("tep.txt", "0" * 64, (), Header("Kế hoạch", number, issuer=issuer, **{"year": 2026, **header}))


def test_one_number_of_two_wards_is_two_documents():
    one, other = (document_key(read(f"Ủy ban nhân dân phường {w}", "35/KH-UBND")) for w in ("Bến Trúc", "Gò Lụa"))
    assert one != other and one.endswith("/2026/35-kh-ubnd")


def test_read_and_cited_documents_meet():
    city = read("Ủy ban nhân dân thành phố Lạc Hải", "158/KH-UBND", date="2025-12-22")
    ward = ward_plan()
    assert document_key(city) in [cited_key(one, within=surroundings(ward)) for one in ward.citations]


@pytest.mark.parametrize(
    ("header", "key", "why"),
    [
        ({"title": "Chuyển đổi số năm 2026"}, "ke-hoach/so-xay-dung-thanh-pho-lac-hai/2026/chuyen-doi-so-nam-2026", "title"),
        ({}, "ke-hoach/so-xay-dung-thanh-pho-lac-hai/2026/tep", "no title: the file"),
        ({"year": None}, "ke-hoach/so-xay-dung-thanh-pho-lac-hai/khong-nam/tep", "no year either"),
    ],
)
def test_a_document_without_number(header, key, why):
    assert document_key(read("Sở Xây dựng thành phố Lạc Hải", None, **header)) == key


def test_a_document_that_says_nothing_goes_by_its_source():
    nothing = Document("thư mục/ghi chép.txt", "0" * 64, (), Header())
    assert document_key(nothing) == "khong-ro/khong-ro/khong-nam/thu-muc-ghi-chep"
    assert document_key(replace(nothing, source="khác/ghi chép.txt")) != document_key(nothing)


def test_a_number_whose_issuer_is_unknown_is_not_mixed_up_with_another():
    one = Document("a.txt", "0" * 64, (), Header(number="35/KH-UBND", year=2026))
    assert document_key(one) != document_key(replace(one, source="b.txt"))


def test_citations_without_number_meet_only_when_they_say_whose_they_are():
    placed = Citation(None, "Kế hoạch", "Ủy ban nhân dân thành phố Hải Phòng", title="về việc hưởng ứng Ngày Chuyển đổi số")
    bare = Citation(None, "Kế hoạch", title="cải cách hành chính")
    elsewhere = replace(WARD, key="elsewhere")
    assert cited_key(placed, {}, within=WARD) == cited_key(placed, {}, within=elsewhere)
    assert cited_key(bare, {}, within=WARD) != cited_key(bare, {}, within=elsewhere)


def test_long_titles_stay_apart():
    one, other = (read("Sở Xây dựng thành phố Lạc Hải", None, title="rất dài " * 20 + end) for end in ("một", "hai"))
    assert document_key(one) != document_key(other)
    assert max(len(part) for part in document_key(one).split("/")) < 80


def test_the_place_of_a_document_outside_the_list_of_provinces():
    lines = ("của thành phố Lạc Hải và Thành phố Lạc Hải", "tại thành phố đã nêu; tỉnh Hậu Nam")
    found = surroundings(replace(read("Ủy ban nhân dân phường Bến Trúc", "1/KH-UBND"), lines=lines))
    assert (found.province, found.commune) == ("thanh pho lac hai", "phuong ben truc")


def test_slug_and_expand():
    assert slug("Sở Xây dựng – Đà Nẵng (2026)") == "so-xay-dung-da-nang-2026"
    assert expand("VP HĐND & UBND").endswith("Hội đồng nhân dân và Ủy ban nhân dân")


@pytest.mark.parametrize(("name", "national"), [("Chính phủ", True), ("Bộ Khoa học và Công nghệ", True), ("Sở Nội vụ", False)])
def test_is_national(name, national):
    assert is_national(name) is national
