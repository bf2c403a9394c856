"""How questions are read: kind, what they ask for, whom and which time they name; a reason per row."""

from __future__ import annotations

from datetime import date

import pytest
from questions_samples import CORPUS, KEYS

from questions.catalogue import catalogue_of
from questions.linking import in_parts, parts, time, years
from questions.model import Described
from questions.reading import read
from questions.understand import understand
from questions.words import tokens, within_one_edit

LIBRARY = catalogue_of(CORPUS)

KINDS = [
    ("Ai chủ trì nhiệm vụ này?", "fact", "lead"),
    ("đơn vị nào phụ trách việc thay máy tính", "fact", "lead"),
    ("phong nao duoc giao mo lop ky nang so", "fact", "lead"),
    ("Cơ quan nào phối hợp với Công an phường?", "fact", "coordinate"),
    ("Hạn chót của nhiệm vụ là khi nào?", "fact", "when"),
    ("bao giờ thì xong?", "fact", "when"),
    ("thang may phai xong", "fact", "when"),
    ("Sản phẩm hoàn thành của nhiệm vụ là gì?", "fact", "product"),
    ("Nhiệm vụ này hết bao nhiêu tiền?", "fact", "money"),
    ("kinh phí năm 2026 của việc số hóa bệnh án là bao nhiêu", "fact", "money"),
    ("Chỉ tiêu hồ sơ trực tuyến là bao nhiêu phần trăm?", "fact", "quantity"),
    ("ty le ho so truc tuyen", "fact", "quantity"),
    ("Ai ký kế hoạch?", "fact", "signer"),
    ("nguoi ky la ai", "fact", "signer"),
    ("Kế hoạch ban hành ngày nào?", "fact", "date"),
    ("Quy chế ban hành kèm theo quyết định số mấy?", "fact", "document"),
    ("Kế hoạch này thay thế kế hoạch nào?", "fact", "replaces"),
    ("Ai là tổ trưởng tổ công nghệ số?", "fact", "holder"),
    ("Phần mềm của hãng nào?", "fact", "passage"),
    ("Những nhiệm vụ nào do Văn phòng chủ trì?", "list", "task"),
    ("liệt kê các chỉ tiêu", "list", "target"),
    ("Kế hoạch căn cứ vào những văn bản nào?", "list", "document"),
    ("nhung don vi nao duoc giao trach nhiem", "list", "unit"),
    ("Có bao nhiêu nhiệm vụ?", "count", "task"),
    ("Có mấy đơn vị được giao việc?", "count", "unit"),
    ("Tổng kinh phí là bao nhiêu?", "sum", "money"),
    ("So sánh chỉ tiêu của hai phường", "compare", "quantity"),
    ("hai phường khác nhau thế nào về hồ sơ trực tuyến", "compare", "passage"),
    ("Nhiệm vụ này theo nghị định nào?", "trace", "document"),
    ("Kế hoạch truy ngược lên nghị quyết nào?", "trace", "document"),
    ("trợ lý ảo cho công chức", "search", ""),
    ("Các nhiệm vụ của Văn phòng", "list", "task"),
    ("các mục tiêu cụ thể của phường", "list", "target"),
    ("Kinh tế số nào?", "fact", "passage"),
    ("phát chuyên mục chuyển đổi số mấy lần một tuần", "fact", "often"),
    ("thời hạn hoàn thành việc thay máy tính", "fact", "when"),
    ("sản phẩm của việc thay máy tính", "fact", "product"),
    ("Sở Y tế được bố trí bao nhiêu?", "fact", "money"),
    ("Có phải phường Hòa Mai thay máy tính không?", "yesno", "passage"),
    ("phường Hòa Mai đã có quy chế chưa", "yesno", "passage"),
    ("Tôi mới về phường. Trước đây việc này do ai làm tôi không rõ. Khi nào phải thay máy tính?", "fact", "when"),
]


@pytest.mark.parametrize(("question", "kind", "ask"), KINDS, ids=[row[0] for row in KINDS])
def test_kind_and_what_is_asked(question: str, kind: str, ask: str) -> None:
    found = understand(question, LIBRARY)
    assert found.kind == kind
    assert ask in found.asks if ask and ask != "passage" else True


READ_AS = [
    ("CNTT của phường", "cong nghe thong tin cua phuong", "an abbreviation of the list"),
    ("cntt", "cong nghe thong tin", "an abbreviation without capitals, known by having no vowel"),
    ("SYT", "so y te", "initials of a unit of the corpus"),
    ("phường HM", "phuong hoa mai", "initials of a place"),
    ("p. Hòa Mai", "phuong hoa mai", "a kind of place in short"),
    ("thay máy tínhh", "thay may tinh", "a letter too many"),
    ("Ủy ban nhân dân phường", "ubnd phuong", "a long name in the form compared"),
    ("kĩ năng", "ky nang", "i and y"),
    ("tháng 03/2026", "thang 3 2026", "leading zeros"),
    ("75%", "75 phan tram", "the sign in words"),
    ("VP HĐND&UBND", "van phong hdnd ubnd", "a unit's name cut by a blank and a sign"),
    ("ủy ban nhân dân phường", "ubnd phuong", "a long name without capitals"),
    ("bao nhiu tiền", "bao nhieu tien", "a chat spelling"),
    ("liệc kê", "liet ke", "a coda mistaken in a phrase of questions"),
    ("đơn vị lào trủ trì", "don vi nao chu tri", "onsets mistaken"),
    ("quí mấy", "quy may", "i for y behind qu"),
]


@pytest.mark.parametrize(("question", "words", "reason"), READ_AS, ids=[row[2] for row in READ_AS])
def test_a_question_is_read_in_full(question: str, words: str, reason: str) -> None:
    assert " ".join(read(question, LIBRARY).words) == words


TIMES = [
    ("quý I/2026", ("2026-01-01", "2026-03-31"), "a quarter in Roman"),
    ("quy 4 nam 2025", ("2025-10-01", "2025-12-31"), "a quarter without accents"),
    ("trước ngày 30/11/2026", ("", "2026-11-30"), "before a day"),
    ("trong tháng 2", ("____-02-01", "____-02-28"), "a month of any year"),
    ("tháng 1 và tháng 3 năm 2026", ("2026-01-01", "2026-03-31"), "from month to month"),
    ("phải xong trong năm 2025", ("2025-01-01", "2025-12-31"), "a year in which to finish"),
    ("ngày 5/3/2026", None, "a date is no month"),
    ("6 tháng cuối năm", None, "a number of months"),
    ("xong trong ba tháng đầu năm 2026", ("2026-01-01", "2026-03-31"), "the first months in which to finish"),
    ("trong 6 tháng cuối năm 2026", ("2026-07-01", "2026-12-31"), "the last months in which to finish"),
    ("quý này", ("2026-04-01", "2026-06-30"), "the present quarter"),
    ("tháng này", ("2026-05-01", "2026-05-31"), "the present month"),
]
TODAY = date(2026, 5, 20)


@pytest.mark.parametrize(("question", "span", "reason"), TIMES, ids=[row[2] for row in TIMES])
def test_times(question: str, span: tuple[str, str] | None, reason: str) -> None:
    assert time(read(question, LIBRARY).text, TODAY) == span


YEARS = [
    ("năm 2026", [2026], "said"),
    ("đến năm 2030", [], "a horizon"),
    ("năm ngoái", [2025], "last year"),
    ("năm nay và năm ngoái", [2026, 2025], "this year and the last"),
]


@pytest.mark.parametrize(("question", "found", "reason"), YEARS, ids=[row[2] for row in YEARS])
def test_years(question: str, found: list[int], reason: str) -> None:
    assert years(read(question, LIBRARY), TODAY) == found


PARTS = [
    ("danh mục A, B và C", ("A", "B", "C"), "lettered"),
    ("phụ lục II", ("2",), "an appendix by its Roman number"),
    ("phụ lục 1, phần B", ("1", "B"), "both"),
    ("phụ lục", (), "an appendix without number"),
]


@pytest.mark.parametrize(("question", "found", "reason"), PARTS, ids=[row[2] for row in PARTS])
def test_parts(question: str, found: tuple[str, ...], reason: str) -> None:
    assert parts(read(question, LIBRARY)) == found


@pytest.mark.parametrize(
    ("section", "wanted", "inside"),
    [
        ("Phụ lục 2.B", ("2",), True),
        ("Phụ lục II.B", ("2", "B"), True),
        ("Phụ lục 2.B", ("1",), False),
        ("Phụ lục 2.B", ("A", "B"), True),
        ("", ("A",), False),
    ],
)
def test_a_section_lies_in_the_parts_asked_for(section: str, wanted: tuple[str, ...], inside: bool) -> None:
    assert in_parts(section, wanted) is inside


def test_what_is_told_before_the_question_counts_less() -> None:
    found = understand("Tôi mới nhận việc theo dõi camera. Khi nào phải thay máy tính ở phường Hòa Mai?", LIBRARY)
    assert found.words == ("thay", "may", "tinh")
    assert "camera" in found.background


def test_a_question_that_points_back_means_what_was_told() -> None:
    found = understand("Phường Hòa Mai thay máy tính cho bộ phận một cửa. Việc này do ai chủ trì?", LIBRARY)
    assert {"may", "tinh"} <= set(found.words)


def test_everyday_words_have_official_ones() -> None:
    assert [one.label for one in understand("chép sổ khai sinh vào máy tính", LIBRARY).officially] == ["hộ tịch", "số hóa"]


SCOPES = [
    ("chỉ tiêu của phường Hòa Mai", ["hoa-mai.txt"], "by issuer"),
    ("Kế hoạch số 15/KH-UBND", ["hoa-mai.txt"], "by number"),
    ("ke hoach 77 do ai ky", ["van-giang.txt"], "by bare number"),
    ("chỉ tiêu của các phường", ["hoa-mai.txt", "suoi-ngoc.txt"], "by level"),
    ("Phường Hòa Mai theo kế hoạch nào của thành phố?", ["hoa-mai.txt"], "the city only says whose the plan asked for is"),
    ("bản đồ số thành phố Vân Giang", [], "the city named in passing is no scope"),
    ("kế hoạch của thành phố Vân Giang", ["van-giang.txt"], "the city as the owner"),
]


@pytest.mark.parametrize(("question", "sources", "reason"), SCOPES, ids=[row[2] for row in SCOPES])
def test_documents_in_scope(question: str, sources: list[str], reason: str) -> None:
    assert sorted(understand(question, LIBRARY).documents) == sorted(KEYS[source] for source in sources)


MISSING = [
    ("Phường Đồng Tâm giao ai?", ["Phường Đồng Tâm"], "a ward nobody knows"),
    ("Nghị định số 999/2031/NĐ-CP", ["999/2031/NĐ-CP"], "a number nobody cites"),
    ("Phường phải làm gì?", [], "a common noun is no name"),
    ("số hóa hồ sơ", [], "số is not sở"),
    ("Kế hoạch số 77/KH-UBND", [], "a known number"),
]


@pytest.mark.parametrize(("question", "missing", "reason"), MISSING, ids=[row[2] for row in MISSING])
def test_what_the_corpus_lacks_is_named(question: str, missing: list[str], reason: str) -> None:
    assert list(understand(question, LIBRARY).missing) == missing


def test_described_documents() -> None:
    found = understand(
        "theo quyết định nào của Bộ Chính trị, qua kế hoạch nào của thành phố và của Ban Thường vụ Thành ủy", LIBRARY
    )
    assert found.described == (
        Described("quyet dinh", "bo chinh tri"),
        Described("ke hoach", "thanh pho"),
        Described("ke hoach", "ban thuong vu thanh uy"),
    )


def test_words_that_ask_are_not_matched() -> None:
    found = understand("Ai chủ trì thay máy tính ở phường Hòa Mai và khi nào hoàn thành?", LIBRARY)
    assert found.words == ("thay", "may", "tinh")


def test_tokens_keep_syllables_and_expand_capitals() -> None:
    assert tokens("CĐS: 1.250 triệu, đ/c Cần") == ("chuyen", "doi", "so", "1250", "trieu", "d", "c", "can")


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("tinh", "tinhh", True),
        ("tinh", "itnh", True),
        ("tinh", "tin", True),
        ("tinh", "tanh", True),
        ("tinh", "tang", False),
        ("a", "abc", False),
    ],
)
def test_one_typing_error(a: str, b: str, same: bool) -> None:
    assert within_one_edit(a, b) is same
    assert within_one_edit(b, a) is same
