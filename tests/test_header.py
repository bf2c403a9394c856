"""The header: what the letterhead, the annex, the words and the signature say, and what stays empty."""

from __future__ import annotations

import re

import pytest

from documents.head.document_type import type_written
from documents.head.issuer import area_of, complete_issuer, expand, level_of, places_of, proper_case, province_of
from documents.model import Header
from documents.text import fold
from documents.understand import understand
from ontology.knowledge import knowledge


def header_of(*lines: str) -> Header:
    return understand(lines, "document.txt", "0").header


TWO_COLUMNS = [
    ("tabs", ["UBND TỈNH BẮC NINH\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ NỘI VỤ\tĐộc lập - Tự do - Hạnh phúc"]),
    ("Markdown", ["| UBND TỈNH BẮC NINH<br>SỞ NỘI VỤ | CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM |", "|---|---|"]),
    ("blanks", ["UBND TỈNH BẮC NINH      CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SỞ NỘI VỤ      Độc lập - Tự do - Hạnh phúc"]),
    (
        "one below the other",
        ["UBND TỈNH BẮC NINH", "SỞ NỘI VỤ", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
    ),
]


@pytest.mark.parametrize(("style", "lines"), TWO_COLUMNS, ids=[x[0] for x in TWO_COLUMNS])
def test_two_columns_however_they_were_joined(style: str, lines: list[str]) -> None:
    found = header_of(
        *lines, "Số: 31/KH-SNV\tBắc Ninh, ngày 7 tháng 2 năm 2025", "", "KẾ HOẠCH", "Đào tạo năm 2025", "", "Căn cứ luật;"
    )
    assert (found.type, found.number, found.date, found.place) == ("Kế hoạch", "31/KH-SNV", "2025-02-07", "Bắc Ninh"), style
    assert found.issuer == "Sở Nội vụ tỉnh Bắc Ninh"
    assert found.level == "sở/ngành"
    assert found.title == "Đào tạo năm 2025"
    assert found.period is not None and found.period.end == "2025-12-31"


def test_a_title_over_several_lines_ends_before_the_preamble() -> None:
    found = header_of(
        "UBND XÃ BẾN MƠ",
        "KẾ HOẠCH",
        "Bảo đảm an toàn thông tin mạng",
        "trên địa bàn xã năm 2026",
        "",
        "Thực hiện Kế hoạch số 1/KH-UBND;",
    )
    assert found.title == "Bảo đảm an toàn thông tin mạng trên địa bàn xã năm 2026"


def test_a_title_line_that_wants_more_goes_on_with_a_body() -> None:
    found = header_of(
        "UBND XÃ BẾN MƠ", "KẾ HOẠCH", "ỨNG DỤNG CÔNG NGHỆ TẠI", "TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG", "", "Căn cứ luật;"
    )
    assert found.title == "ỨNG DỤNG CÔNG NGHỆ TẠI TRUNG TÂM PHỤC VỤ HÀNH CHÍNH CÔNG"


def test_a_blank_number_is_quoted_and_still_proves_who_issued() -> None:
    found = header_of(
        "Số:      /KH-UBND", "Bến Mơ, ngày    tháng 3 năm 2026", "KẾ HOẠCH", "Chuyển đổi số xã Bến Mơ", "", "Nội dung."
    )
    assert found.number is None and "/KH-UBND" in (found.number_note or "")
    assert found.date is None and "tháng 3 năm 2026" in (found.date_note or "")
    assert found.year == 2026
    assert found.issuer == "Ủy ban nhân dân xã Bến Mơ"


def test_the_number_of_a_headless_plan_stands_in_its_annex() -> None:
    found = header_of(
        "KẾ HOẠCH",
        "Chuyển đổi số thành phố Hải Phòng năm 2024",
        "",
        "I. NHIỆM VỤ",
        "- Nâng cấp mạng.",
        "PHỤ LỤC I",
        "(Ban hành kèm theo Kế hoạch số 32/KH-UBND ngày 19/12/2023 của Ủy ban nhân dân thành phố)",
    )
    assert (found.number, found.date, found.issuer) == ("32/KH-UBND", "2023-12-19", "Ủy ban nhân dân thành phố Hải Phòng")


def test_the_issuer_by_the_plans_own_words() -> None:
    found = header_of(
        "KẾ HOẠCH", "Chuyển đổi số năm 2026", "", "Sở Xây dựng thành phố Hải Phòng ban hành Kế hoạch chuyển đổi số như sau:"
    )
    assert found.issuer == "Sở Xây dựng thành phố Hải Phòng"


def test_signer_by_hand_and_by_digital_signature() -> None:
    body = [
        "UBND XÃ BẾN MƠ",
        "KẾ HOẠCH",
        "Chuyển đổi số",
        "",
        "Nội dung kế hoạch.",
        "",
        "TM. ỦY BAN NHÂN DÂN",
        "KT. CHỦ TỊCH",
        "PHÓ CHỦ TỊCH",
    ]
    by_hand = header_of(*body, "", "ThS. Vũ Thị Hạ").signer
    assert by_hand is not None and (by_hand.name, by_hand.position) == ("Vũ Thị Hạ", "Phó Chủ tịch")
    digital = header_of(*body, "Lê Văn Bình <binhlv@benmo.gov.vn> đã ký lúc 10:02").signer
    assert digital is not None and digital.name == "Lê Văn Bình"


def test_a_text_without_header_has_an_empty_one() -> None:
    found = header_of("Trời hôm nay nhiều mây.", "Ngày mai có mưa.")
    assert found == Header(number_note=found.number_note), "only the remark that there is no number"
    assert header_of() == Header()


LEVELS = [
    ("Bộ Chính trị", "trung ương"),
    ("Ban Chỉ đạo Trung ương về phát triển khoa học", "trung ương"),
    ("Ủy ban nhân dân thành phố Hải Phòng", "thành phố"),
    ("Thành ủy Hải Phòng", "thành phố"),
    ("Sở Nội vụ tỉnh Bắc Ninh", "sở/ngành"),
    ("Công an tỉnh", "sở/ngành"),
    ("Ủy ban nhân dân phường Hải Dương", "phường/xã"),
    ("Đảng ủy xã Bến Mơ", "phường/xã"),
    ("Ủy ban nhân dân đặc khu Cát Hải", "phường/xã"),
    ("Ủy ban nhân dân thị trấn Kẻ Sặt, huyện Bình Giang", "phường/xã"),
    ("Ủy ban nhân dân huyện Bình Giang", "quận/huyện"),
    ("Quận ủy Cầu Giấy", "quận/huyện"),
    ("Hội đồng nhân dân thị xã Kinh Môn", "quận/huyện"),
    ("Ủy ban nhân dân thành phố Vinh, tỉnh Nghệ An", "quận/huyện"),
    ("Văn phòng", None),
]


@pytest.mark.parametrize(("issuer", "level"), LEVELS)
def test_level(issuer: str, level: str | None) -> None:
    assert level_of(issuer) == level


NOT_PLACES = [("phuong-xa", "xa hoi"), ("phuong-xa", "phuong an"), ("huyen", "quan ly"), ("tinh-thanh-pho", "tinh nang")]


@pytest.mark.parametrize(("level", "words"), NOT_PLACES)
def test_words_that_only_look_like_places(level: str, words: str) -> None:
    pattern = re.compile(places_of(knowledge().level_with_id(level)))
    assert pattern.match(words) is None
    assert all(pattern.match(fold(kind)) for kind in knowledge().level_with_id(level).places)


CASES = [
    ("SỞ VĂN HÓA, THỂ THAO VÀ DU LỊCH", "", "Sở Văn hóa, Thể thao và Du lịch"),
    ("ỦY BAN NHÂN DÂN PHƯỜNG BẾN MƠ", "", "Ủy ban nhân dân phường Bến Mơ"),
    ("CÔNG TY AN BÌNH", "hợp đồng với Công ty An Bình và", "Công ty An Bình"),
    ("BỆNH VIỆN ĐA KHOA ĐỨC GIANG", "", "Bệnh viện Đa khoa Đức Giang"),
    ("BỆNH VIỆN PHỤ SẢN TỈNH LẠC AN", "", "Bệnh viện Phụ sản tỉnh Lạc An"),
    ("UBND TP HẢI PHÒNG", "", "Ủy ban nhân dân thành phố Hải Phòng"),
]


@pytest.mark.parametrize(("name", "text", "shown"), CASES)
def test_names_in_capitals(name: str, text: str, shown: str) -> None:
    assert proper_case(name, text) == shown


def test_names_of_places() -> None:
    assert area_of("Ủy ban nhân dân phường Hải Dương") == "phường Hải Dương"
    assert area_of("Ủy ban nhân dân phường") is None
    assert expand("UBND TP Hải Phòng") == "Ủy ban nhân dân thành phố Hải Phòng"
    assert expand("UBND Thành phố Hà Nội") == "Ủy ban nhân dân thành phố Hà Nội"
    assert expand("Sở Nội vụ Tỉnh Lạc An") == "Sở Nội vụ tỉnh Lạc An"
    assert province_of("Kế hoạch của tỉnh Bắc Ninh và tỉnh Bắc Ninh, tỉnh Cà Mau", None) == "tỉnh Bắc Ninh"
    assert province_of("Không nói đến đâu", None) is None


@pytest.mark.parametrize(
    ("cited", "own", "full"),
    [
        ("UBND thành phố", "Sở Xây dựng thành phố Hải Phòng", "Ủy ban nhân dân thành phố Hải Phòng"),
        ("Ủy ban nhân dân phường", "Ủy ban nhân dân phường Bến Mơ", "Ủy ban nhân dân phường Bến Mơ"),
        ("UBND tỉnh", "Ủy ban nhân dân phường Bến Mơ", "Ủy ban nhân dân tỉnh"),
        (None, "Sở Nội vụ", None),
    ],
)
def test_a_cited_issuer_is_completed_from_the_own_one(cited: str | None, own: str, full: str | None) -> None:
    assert complete_issuer(cited, own) == full


LIKE_TYPES = [
    ("ỦY BAN NHÂN DÂN", "PHƯỜNG AN VÂN", "phường An Vân", "folded, the ward's first words are those of 'phương án'"),
    ("UBND TỈNH LẠC AN", "PHƯỜNG AN LẬP", None, "the same below a body of its own"),
    ("ỦY BAN NHÂN DÂN", "XÃ ĐỀ ÂN", "xã Đề Ân", "a commune whose name is nearly 'đề án'"),
    ("UY BAN NHAN DAN", "PHUONG AN VAN", None, "no accents at all: the line belongs to the body above it"),
]


@pytest.mark.parametrize(("above", "place", "area", "reason"), LIKE_TYPES, ids=[x[3] for x in LIKE_TYPES])
@pytest.mark.parametrize("columns", [True, False])
def test_names_of_places_that_fold_to_a_type(above: str, place: str, area: str | None, reason: str, columns: bool) -> None:
    mottos = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
    head = [f"{above}\t{mottos[0]}", f"{place}\t{mottos[1]}"] if columns else [above, place, *mottos]
    found = header_of(
        *head, "Số: 7/KH-UBND", "An Vân, ngày 5 tháng 1 năm 2026", "", "KẾ HOẠCH", "Trồng cây năm 2026", "", "I. NHIỆM VỤ"
    )
    assert (found.type, found.number, found.date) == ("Kế hoạch", "7/KH-UBND", "2026-01-05"), reason
    assert found.title == "Trồng cây năm 2026"
    assert area is None or found.issuer == f"Ủy ban nhân dân {area}"


WRITTEN_TYPES = [
    ("PHƯƠNG ÁN", "Phương án", "as in the list"),
    ("KE HOACH", "Kế hoạch", "accents were lost"),
    ("NGHỊ QUYÊT", "Nghị quyết", "one accent was lost"),
    ("PHƯỜNG AN", None, "another word: an accent that the type lacks"),
    ("Thống Tư", None, "another tone"),
    ("ĐẾ AN", None, "another tone"),
]


@pytest.mark.parametrize(("words", "label", "reason"), WRITTEN_TYPES)
def test_types_with_their_accents(words: str, label: str | None, reason: str) -> None:
    assert type_written(words) == label, reason
