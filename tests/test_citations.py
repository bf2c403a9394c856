"""Citations: each row is a way to cite with the reason why it must be read so."""

from __future__ import annotations

import pytest
from plan_samples import plan

from documents.model import Citation
from documents.understand import understand


def cited(*body: str) -> dict[str | None, Citation]:
    return {c.number: c for c in plan(*body).citations}


CASES = [
    # sentence, number, type, date, issuer, relation, reason
    (
        "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;",
        "57-NQ/TW",
        "Nghị quyết",
        "2024-12-22",
        "Bộ Chính trị",
        "basis",
        "the plain form",
    ),
    (
        "Căn cứ Nghị định số 85 /2016 /NĐ-CP ngày 01 tháng 7 năm 2016;",
        "85/2016/NĐ-CP",
        "Nghị định",
        "2016-07-01",
        "Chính phủ",
        "basis",
        "blanks inside, date in words",
    ),
    ("Căn cứ Nghị định 85/2016/NĐ-CP;", "85/2016/NĐ-CP", "Nghị định", None, "Chính phủ", "basis", "'số' is missing"),
    (
        "Căn cứ Quyết định số 749/QĐ- TTg ngày 03/6/2020;",
        "749/QĐ-TTg",
        "Quyết định",
        "2020-06-03",
        "Thủ tướng Chính phủ",
        "basis",
        "a blank behind the hyphen",
    ),
    (
        "Căn cứ Công văn số 55/STTTT-CNTT ngày 2/2/2024;",
        "55/STTTT-CNTT",
        "Công văn",
        "2024-02-02",
        None,
        "basis",
        "a dispatch has no type code",
    ),
    (
        "Căn cứ KH số 9/KH-UBND ngày 5/1/2026 của UBND thành phố Lạc Hải;",
        "9/KH-UBND",
        "Kế hoạch",
        "2026-01-05",
        "Ủy ban nhân dân thành phố Lạc Hải",
        "basis",
        "the type abbreviated",
    ),
    (
        "Kế hoạch này thay thế Kế hoạch số 3/KH-UBND ngày 4/2/2025 của Ủy ban nhân dân phường.",
        "3/KH-UBND",
        "Kế hoạch",
        "2025-02-04",
        "Ủy ban nhân dân phường Bến Mơ",
        "replaces",
        "'phường' alone is the own one",
    ),
    (
        "Hệ thống được bảo vệ theo quy định tại khoản 2 Điều 12 Nghị định số 85/2016/NĐ-CP.",
        "85/2016/NĐ-CP",
        "Nghị định",
        None,
        "Chính phủ",
        "complies",
        "a place inside the decree stands between",
    ),
    (
        "Lập dự án theo Nghị định số 73/2019/NĐ-CP ngày 05/9/2019 của Chính phủ.",
        "73/2019/NĐ-CP",
        "Nghị định",
        "2019-09-05",
        "Chính phủ",
        "complies",
        "one keeps the rules of a decree",
    ),
    (
        "Triển khai các việc theo Kế hoạch số 9/KH-UBND ngày 5/1/2026 của UBND thành phố.",
        "9/KH-UBND",
        "Kế hoạch",
        "2026-01-05",
        "Ủy ban nhân dân thành phố",
        "implements",
        "one carries out a plan",
    ),
    ("Gửi kèm Báo cáo số 12/BC-UBND ngày 3/3/2026.", "12/BC-UBND", "Báo cáo", "2026-03-03", None, "accompanies", "sent along"),
]


@pytest.mark.parametrize(("text", "number", "kind", "date", "issuer", "relation", "reason"), CASES, ids=[c[6] for c in CASES])
def test_citation(text: str, number: str, kind: str, date: str | None, issuer: str | None, relation: str, reason: str) -> None:
    found = cited(text)
    assert list(found) == [number], reason
    citation = found[number]
    assert (citation.type, citation.date, citation.issuer, citation.relation) == (kind, date, issuer, relation), reason
    assert citation.lines == (9,)


def test_one_head_noun_over_two_numbers() -> None:
    found = cited("Căn cứ các Nghị định số 73/2019/NĐ-CP ngày 05/9/2019, số 82/2024/NĐ-CP ngày 10/7/2024 của Chính phủ;")
    assert {n: (c.type, c.date) for n, c in found.items()} == {
        "73/2019/NĐ-CP": ("Nghị định", "2019-09-05"),
        "82/2024/NĐ-CP": ("Nghị định", "2024-07-10"),
    }


def test_nested_titles_become_links_between_the_cited_documents() -> None:
    document = plan(
        "Căn cứ Kế hoạch số 96/KH-UBND ngày 05/9/2025 của UBND tỉnh Đông Trà về triển khai Kế hoạch hành động số 21-KH/TU của "
        "Tỉnh ủy về thực hiện Nghị quyết số 57-NQ/TW;"
    )
    names = [c.number for c in document.citations]
    assert [(names[x.source], names[x.target], x.relation) for x in document.links] == [
        ("96/KH-UBND", "21-KH/TU", "implements"),
        ("21-KH/TU", "57-NQ/TW", "implements"),
    ]


def test_a_list_behind_a_semicolon_is_no_nesting() -> None:
    document = plan(
        "Thực hiện Kế hoạch số 9/KH-UBND ngày 5/1/2026 về chuyển đổi số; Kế hoạch số 10/KH-UBND ngày 6/1/2026 về khoa học:"
    )
    assert not document.links
    assert {c.relation for c in document.citations} == {"implements"}


def test_two_dates_of_one_number_are_kept_and_found() -> None:
    document = plan(
        "Căn cứ Kế hoạch hành động số 21-KH/TU ngày 28/8/2025 của Ban Thường vụ Thành ủy;",
        "Căn cứ Kế hoạch số 96/KH-UBND ngày 13/9/2025 về việc thực hiện Kế hoạch hành động số 21-KH/TU, ngày 26/8/2025;",
    )
    action = next(c for c in document.citations if c.number == "21-KH/TU")
    assert (action.date, action.other_dates) == ("2025-08-28", ("2025-08-26",))
    assert [d.kind for d in document.defects] == ["date-conflict"]


def test_a_damaged_number_is_the_same_document_and_a_finding() -> None:
    document = plan(
        "Căn cứ Nghị quyết số 71/NQ-CP ngày 01/4/2025 của Chính phủ;",
        "Thực hiện Nghị quyết số 71-NQ/CP ngày 01/4/2025 của Chính phủ.",
    )
    assert [c.number for c in document.citations] == ["71/NQ-CP"]
    assert [(d.kind, d.lines) for d in document.defects] == [("number-form", (10,))]


def test_the_year_of_a_number_against_its_date() -> None:
    document = plan("Căn cứ Nghị định số 85/2016/NĐ-CP ngày 01/7/2025 của Chính phủ;")
    assert [d.kind for d in document.defects] == ["wrong-year"]
    assert document.citations[0].date == "2025-07-01", "recorded as written, never mended"


NOT_CITED = [
    ("Kế hoạch số 7/KH-UBND ngày 9/3/2026 của Ủy ban nhân dân phường Bến Mơ được phổ biến.", "the document itself"),
    ("Xây dựng kế hoạch tuyên truyền chuyển đổi số năm 2026.", "a plan still to be made"),
    ("Các đơn vị thực hiện nghiêm Kế hoạch này.", "this plan"),
    ("Tổ công tác Đề án 06/CP của phường họp hằng tháng.", "the name of a team"),
    ("Đạt 80/100 điểm, tỷ lệ 3/4, mạng 5G, ngày 12/5/2026.", "numbers that are no document numbers"),
    ("Triển khai Kế hoạch Chuyển đổi số phường năm 2026.", "the own title in short"),
]


@pytest.mark.parametrize(("text", "reason"), NOT_CITED, ids=[n[1] for n in NOT_CITED])
def test_not_a_citation(text: str, reason: str) -> None:
    assert plan("Nội dung cụ thể như sau:", text).citations == (), reason


def test_later_mention_by_serial_belongs_to_the_one_cited_document() -> None:
    found = cited(
        "Căn cứ Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;", "Báo cáo việc thực hiện Nghị quyết 57 hằng tháng."
    )
    assert found["57-NQ/TW"].lines == (9, 10)


def test_law_without_number_has_its_name_as_title() -> None:
    (law,) = cited("Căn cứ Luật Tổ chức chính quyền địa phương ngày 16 tháng 6 năm 2025;").values()
    assert (law.type, law.title, law.date) == ("Luật", "Tổ chức chính quyền địa phương", "2025-06-16")


def test_what_only_a_quoted_title_says_is_marked_as_nested() -> None:
    document = plan("Đã ban hành Kế hoạch số 20/KH-UBND ngày 4/8/2025 của UBND phường về thực hiện Nghị quyết số 57-NQ/TW.")
    issued, resolution = document.citations
    assert [m.nested for m in issued.mentions] == [False]
    assert [m.nested for m in resolution.mentions] == [True]


def test_laws_of_one_name_are_told_apart_by_their_days() -> None:
    laws = plan("Căn cứ Luật Đất đai ngày 26 tháng 11 năm 2003; Luật Đất đai ngày 29 tháng 11 năm 2013;").citations
    assert [(law.title, law.date) for law in laws] == [("Đất đai", "2003-11-26"), ("Đất đai", "2013-11-29")]


def test_a_law_named_first_without_its_number_is_the_one_that_has_it() -> None:
    found = plan("Thi hành Luật Lưu trữ;", "Căn cứ Luật Lưu trữ số 33/2024/QH15;").citations
    assert len(found) == 1
    found = plan("Thực hiện Luật Đầu tư công.", "Căn cứ Luật Đầu tư công số 58/2024/QH15.", "Theo Luật Đầu tư công.").citations
    assert [(law.number, len(law.mentions)) for law in found] == [("58/2024/QH15", 3)]


@pytest.mark.parametrize(
    ("text", "expected", "reason"),
    [
        ("Căn cứ Nghị quyết số 57\n-NQ/TW ngày 22/12/2024;", {"57-NQ/TW": "basis"}, "the line ends before the sign"),
        ("Căn cứ Nghị định số 73\n/2019/NĐ-CP ngày 05/9/2019;", {"73/2019/NĐ-CP": "basis"}, "the line ends before the year"),
        ("Thực hiện Nghị quyết số 71/NQ CP của Chính phủ.", {"71/NQ-CP": "implements"}, "a blank for the second sign"),
        ("Kinh phí 30/KH mỗi năm, tỷ lệ 70/30.", {}, "figures with a unit are no numbers"),
        (
            "Thực hiện các Công điện: số 86/CĐ-TTg, số 87/CĐ-TTg của Thủ tướng Chính phủ.",
            {"86/CĐ-TTg": "implements", "87/CĐ-TTg": "implements"},
            "one head noun and a colon",
        ),
        (
            "Kế hoạch này thay thế các văn bản sau:\n1. Kế hoạch số 3/KH-UBND.\n2. Kế hoạch số 4/KH-UBND.",
            {"3/KH-UBND": "replaces", "4/KH-UBND": "replaces"},
            "the line above a list says how its documents are meant",
        ),
        ("Cán bộ đã xem xét Tờ trình số 9/TTr-UBND.", {"9/TTr-UBND": "mentions"}, "nobody carries out a submission"),
        ("Kế hoạch số 2/KH-UBND của UBND phường là cơ sở kiểm tra.", {"2/KH-UBND": "mentions"}, "“là” ends the issuer"),
    ],
)
def test_relations_and_damage(text: str, expected: dict[str, str], reason: str) -> None:
    found = {c.number: c.relation for c in plan(*text.split("\n")).citations}
    assert found == expected, reason


def test_a_strategy_named_by_title_is_only_mentioned_where_one_goes_by_it() -> None:
    assert [c.relation for c in plan("Xây dựng kho dữ liệu theo Chiến lược dữ liệu đã được ban hành.").citations] == ["mentions"]
    assert [c.relation for c in plan("Triển khai Chiến lược dữ liệu quốc gia đến năm 2030.").citations] == ["implements"]


RELATIONS = [
    ("Quản lý máy chủ theo Chỉ thị số 9/CT-TTg ngày 5/2/2021.", "complies", "one keeps what a directive orders"),
    ("Thực hiện các nhiệm vụ theo Quyết định số 9/QĐ-TTg ngày 5/2/2021.", "implements", "its duties are carried out"),
    ("Hoàn thành nhiệm vụ được giao tại Quyết định số 9/QĐ-TTg ngày 5/2/2021.", "implements", "duties that it gives"),
    ("Đạt các chỉ tiêu đề ra trong Chỉ thị số 9/CT-TTg ngày 5/2/2021.", "implements", "targets that it sets"),
    ("Lập dự toán theo Quyết định số 9/QĐ-TTg ngày 5/2/2021.", "complies", "rules of a decision, no duties of it"),
]


@pytest.mark.parametrize(("text", "relation", "reason"), RELATIONS, ids=[r[2] for r in RELATIONS])
def test_relation_by_what_is_done(text: str, relation: str, reason: str) -> None:
    assert [c.relation for c in cited(text).values()] == [relation], reason


SHARED = [
    (
        "Theo Công văn số 31/SNV-VP, 32/SNV-VP ngày 4/8/2025 của Sở Nội vụ.",
        [("31/SNV-VP", "2025-08-04", "Sở Nội vụ"), ("32/SNV-VP", "2025-08-04", "Sở Nội vụ")],
        "one day and issuer behind two numbers",
    ),
    (
        "Theo Công văn số 31/SNV-VP và Công văn số 32/SNV-VP ngày 4/8/2025 của Sở Nội vụ.",
        [("31/SNV-VP", None, "Sở Nội vụ"), ("32/SNV-VP", "2025-08-04", "Sở Nội vụ")],
        "the second is named in full: the day is its own",
    ),
    (
        "Căn cứ Thông tư liên tịch số 5/2009/TTLT-BTC-BNV;",
        [("5/2009/TTLT-BTC-BNV", None, "Bộ Tài chính, Bộ Nội vụ")],
        "a joint circular has two issuers",
    ),
    (
        "Căn cứ Quyết định số 5/QĐ-UBQGCĐS của Thủ tướng Chính phủ - Chủ tịch Ủy ban Quốc gia về chuyển đổi số;",
        [("5/QĐ-UBQGCĐS", None, "Ủy ban Quốc gia về chuyển đổi số")],
        "signed at the head of a committee",
    ),
]


@pytest.mark.parametrize(("text", "expected", "reason"), SHARED, ids=[r[2] for r in SHARED])
def test_days_and_issuers_of_several(text: str, expected: list[tuple[str, str | None, str]], reason: str) -> None:
    assert [(c.number, c.date, c.issuer) for c in cited(text).values()] == expected, reason


def test_congresses_keep_their_ordinal() -> None:
    found = plan(
        "Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVIII.", "Thực hiện Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XVII."
    ).citations
    assert [c.issuer for c in found] == ["Đại hội Đảng bộ tỉnh lần thứ XVIII", "Đại hội Đảng bộ tỉnh lần thứ XVII"]


TITLES = [
    ("Thực hiện Kế hoạch số 9/KH-UBND về trồng cây đã được ban hành.", "về trồng cây"),
    ("Thực hiện Quyết định số 9/QĐ-UBND về cấp nước đã được UBND tỉnh phê duyệt.", "về cấp nước"),
    ("Thực hiện Chiến lược biển đảo đã được phê duyệt.", "biển đảo"),
]


@pytest.mark.parametrize(("text", "title"), TITLES)
def test_a_title_ends_before_its_approval(text: str, title: str) -> None:
    assert [c.title for c in cited(text).values()] == [title]


SCHEMES = [
    ("Tiếp tục thực hiện Đề án 06 ở các thôn.", 1, "the short title that the register knows"),
    ("Tiếp tục thực hiện Đề án 07 ở các thôn.", 0, "a scheme that nobody knows"),
    ("Kiện toàn Tổ triển khai Đề án 06 ở các thôn.", 0, "the name of a team"),
]


@pytest.mark.parametrize(("text", "count", "reason"), SCHEMES, ids=[r[2] for r in SCHEMES])
def test_a_scheme_by_its_short_title(text: str, count: int, reason: str) -> None:
    assert [c.as_written for c in cited(text).values()] == [("Đề án 06",)] * count, reason


def test_a_decision_of_no_stated_issuer_in_the_plan_of_a_province_is_its_own() -> None:
    head = ("ỦY BAN NHÂN DÂN TỈNH LẠC AN", "Số: 7/KH-UBND", "Lạc An, ngày 9 tháng 3 năm 2026", "KẾ HOẠCH", "Trồng cây", "")
    found = understand((*head, "Căn cứ Quyết định số 9/QĐ-UBND ngày 4/2/2025;"), "plan.txt", "0").citations
    assert [c.issuer for c in found] == ["Ủy ban nhân dân tỉnh Lạc An"]
    assert cited("Căn cứ Quyết định số 9/QĐ-UBND ngày 4/2/2025;")["9/QĐ-UBND"].issuer is None, "a ward may mean its province"
