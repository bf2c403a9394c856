"""Units: lists of them taken apart, one name for each, what kind they are; each row with the reason why it must be read so."""

from __future__ import annotations

import pytest

from documents.tasks.unit import canonical, kind_of, partners, split_units, starts_with_unit, verb_behind_units
from documents.tasks.unit_names import UnitNames, key

LISTS = [
    # list as written, units, reason
    ("Sở Tài chính, Sở Nội vụ", ["Sở Tài chính", "Sở Nội vụ"], "a comma before a head word separates"),
    (
        "Sở Tài chính; Sở Nội vụ và các cơ quan liên quan",
        ["Sở Tài chính", "Sở Nội vụ", "các cơ quan liên quan"],
        "“các” opens a unit in small letters",
    ),
    ("Phòng Kinh tế, Hạ tầng và Đô thị", ["Phòng Kinh tế, Hạ tầng và Đô thị"], "fields of one office stay together"),
    ("Các phòng, ban, đơn vị", ["Các phòng, ban, đơn vị"], "a collective phrase stays whole"),
    ("Văn phòng HĐND và UBND, Công an phường", ["Văn phòng HĐND và UBND", "Công an phường"], "one office of two bodies"),
    ("Đoàn ĐBQH và HĐND thành phố", ["Đoàn ĐBQH và HĐND thành phố"], "one delegation's name"),
    ("Vụ Kinh tế số và Xã hội số", ["Vụ Kinh tế số và Xã hội số"], "“Xã hội” is no commune"),
    ("Bộ Thông tin và Truyền thông", ["Bộ Thông tin và Truyền thông"], "“và” inside a name"),
    ("Sở Y tế / Sở Nội vụ", ["Sở Y tế", "Sở Nội vụ"], "a stroke with blanks separates"),
    (
        "Phòng Kinh tế (chủ trì), Phòng Văn hóa - Xã hội",
        ["Phòng Kinh tế (chủ trì)", "Phòng Văn hóa - Xã hội"],
        "a dash belongs to the name",
    ),
    ("VTV, VOV, TTXVN, các địa phương", ["VTV", "VOV", "TTXVN", "các địa phương"], "names that are nothing but capitals"),
    (
        "các Sở: Tài chính, Văn hóa, Thể thao và Du lịch, Nội vụ và các cơ quan liên quan",
        ["Sở Tài chính", "Sở Văn hóa, Thể thao và Du lịch", "Sở Nội vụ", "các cơ quan liên quan"],
        "one head word over several names",
    ),
    ("-", [], "a dash names nobody"),
    ("", [], "an empty cell"),
]


@pytest.mark.parametrize(("text", "units", "reason"), LISTS, ids=[x[2] for x in LISTS])
def test_lists_of_units(text: str, units: list[str], reason: str) -> None:
    assert list(split_units(text)) == units, reason


NAMES = [
    ("Văn phòng HĐND & UBND phường", "Văn phòng HĐND và UBND", "the own ward is left off, “&” is “và”"),
    ("các cơ quan, đơn vị", "Các cơ quan, đơn vị", "a capital at the beginning"),
    ("Trung tâm Phục vụ hành chính công (TTPVHCC)", "Trung tâm Phục vụ hành chính công", "the abbreviation in brackets"),
    ("Các phòng, đơn vị thuộc Sở", "Các phòng, đơn vị thuộc Sở", "a group keeps whose it is"),
    ("Phòng Tổ chức thuộc Sở", "Phòng Tổ chức", "one office does not"),
    ("Đề nghị Công an phường", "Công an phường", "the request is no part of the name"),
    ("Bà Nguyễn Thị Hạ – Giám đốc Sở", "Giám đốc Sở", "the person is left off, the office counts"),
    ("Uỷ ban nhân dân xã Bến Mơ", "Ủy ban nhân dân xã Bến Mơ", "tone mark in its one place, the place's name stays"),
    ("Tổ công nghệ số cộng đồng trên địa bàn phường", "Tổ công nghệ số cộng đồng", "“trên địa bàn” says only where"),
]


@pytest.mark.parametrize(("written", "name", "reason"), NAMES, ids=[x[2] for x in NAMES])
def test_canonical_name(written: str, name: str, reason: str) -> None:
    assert canonical(written) == name, reason


PARTNERS = [
    (
        "Chủ trì, phối hợp với Sở Nội vụ và các đơn vị liên quan tổ chức tập huấn.",
        ["Sở Nội vụ", "các đơn vị liên quan"],
        "up to the verb",
    ),
    ("Phối hợp chặt chẽ với Công an phường triển khai định danh.", ["Công an phường"], "an adverb in between"),
    ("Phối hợp cùng Ban Quản lý Khu kinh tế rà soát hạ tầng.", ["Ban Quản lý Khu kinh tế"], "“Quản lý” in capitals is no verb"),
    ("Phối hợp với Sở Xây dựng (qua Văn phòng) cập nhật bản đồ.", ["Sở Xây dựng"], "a bracket ends the list"),
    ("Phối hợp chặt chẽ giữa truyền thông và nghiệp vụ.", [], "no unit is named"),
    ("Nâng cấp mạng nội bộ.", [], "nobody is named"),
]


@pytest.mark.parametrize(("text", "units", "reason"), PARTNERS, ids=[x[2] for x in PARTNERS])
def test_partners_of_a_duty(text: str, units: list[str], reason: str) -> None:
    assert list(partners(text)) == units, reason


VERBS = [
    ("Sở Xây dựng chủ trì lập bản đồ", "Sở Xây dựng", "“Xây dựng” behind a head word is a field"),
    ("Phòng Quản lý đô thị tham mưu ban hành", "Phòng Quản lý đô thị", "a verb in capitals is part of the name"),
    ("Các cơ quan, đơn vị nghiêm túc thực hiện", "Các cơ quan, đơn vị", "an adverb of duty ends the list"),
    ("Trung tâm giám sát thành phố vận hành hệ thống", "Trung tâm giám sát thành phố", "a verb right behind “Trung tâm”"),
]


@pytest.mark.parametrize(("text", "units", "reason"), VERBS, ids=[x[2] for x in VERBS])
def test_verb_behind_units(text: str, units: str, reason: str) -> None:
    at = verb_behind_units(text)
    assert at is not None and text[:at] == units, reason


def test_no_verb_behind_units() -> None:
    assert verb_behind_units("Sở Tài chính, Sở Nội vụ") is None


BEGINNINGS = [
    ("Sở Nội vụ", True, "a department"),
    ("Số hóa hồ sơ", False, "số is not sở: accents count"),
    ("Ban hành quy chế", False, "a verb that begins like a body"),
    ("Bản đồ số", False, "a map is no hamlet"),
    ("Tổ chức hội nghị", False, "a verb that begins like a team"),
    ("Phòng, chống mã độc", False, "a verb that begins like an office"),
    ("Từng bước mở dữ liệu", False, "“từng” alone opens a group, “từng bước” does not"),
]


@pytest.mark.parametrize(("text", "expected", "reason"), BEGINNINGS, ids=[x[2] for x in BEGINNINGS])
def test_what_begins_like_a_unit(text: str, expected: bool, reason: str) -> None:
    assert starts_with_unit(text) is expected, reason


KINDS = [
    ("Sở Nội vụ", "sở/ngành"),
    ("Phòng Kinh tế", "phòng/ban"),
    ("Văn phòng Ủy ban nhân dân thành phố", "sở/ngành"),
    ("Công an phường", "công an"),
    ("Các đơn vị trực thuộc", "nhóm đơn vị"),
    ("Ban Chỉ đạo chuyển đổi số", "ban chỉ đạo"),
    ("Báo Lạc Hải", "đơn vị sự nghiệp/trung tâm"),
    ("Nhà máy Lạc Hải", "khác"),
    ("Ủy ban nhân dân phường Bến Mơ", "ủy ban nhân dân"),
    ("UBND các phường, xã", "nhóm đơn vị"),
    ("Ủy ban nhân dân các cấp", "nhóm đơn vị"),
    ("Ban Quản lý các khu công nghiệp", "sở/ngành"),
]


@pytest.mark.parametrize(("name", "kind"), KINDS)
def test_kind_by_the_longest_head_word(name: str, kind: str) -> None:
    assert kind_of(name) == kind


def test_forms_of_one_unit_have_one_key() -> None:
    forms = ("Văn phòng HĐND và UBND", "Văn phòng HĐND & UBND", "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân")
    assert len({key(canonical(form)) for form in forms}) == 1


def names_of(*written: str, aliases: dict[str, str] | None = None, noisy: bool = False) -> list[str]:
    names = UnitNames(aliases or {}, noisy)
    keys = [names.learn(form, (n,)) for n, form in enumerate(written, 1)]
    return [names.name(k) for k in keys]


def test_the_most_frequent_form_is_the_name() -> None:
    assert names_of("Phòng Hạ tầng số", "Phòng hạ tầng số", "Phòng Hạ tầng số") == ["Phòng Hạ tầng số"] * 3


def test_a_known_name_wins_over_the_form_of_the_document() -> None:
    assert names_of("Sở Công thương") == ["Sở Công Thương"]
    assert names_of("Bộ TTTT") == ["Bộ Thông tin và Truyền thông"]


def test_the_issuers_own_short_form() -> None:
    full = "Ủy ban nhân dân phường Bến Mơ"
    assert names_of("UBND phường", aliases={key("Ủy ban nhân dân phường"): full}) == [full]


def test_a_group_without_its_owner_is_the_same_group() -> None:
    assert names_of("Các phòng, đơn vị thuộc Sở", "Các phòng, đơn vị") == ["Các phòng, đơn vị"] * 2


def test_a_name_without_its_head_word_belongs_to_the_one_unit_that_ends_so() -> None:
    names = UnitNames()
    names.learn("Tổ Công nghệ số cộng đồng", (1,))
    lost = names.learn("Công nghệ số cộng đồng", (2,))
    assert names.name(lost) == "Tổ Công nghệ số cộng đồng"
    assert [(h.written, h.lines, h.whole) for h in names.headless()] == [
        ("Công nghệ số cộng đồng", (2,), "Tổ Công nghệ số cộng đồng")
    ]


def test_a_badly_recognised_name_is_the_known_one() -> None:
    assert names_of("Phòng Văn hóa - Xã hộl", noisy=True) == ["Phòng Văn hóa - Xã hội"]
    assert names_of("Phòng Văn hóa - Xã hộl") == ["Phòng Văn hóa - Xã hộl"]


def test_units_keep_every_written_form_and_line() -> None:
    names = UnitNames()
    for n, form in enumerate(("Phòng Hạ tầng số", "phòng Hạ tầng số", "Phòng Hạ tầng số"), 1):
        names.learn(form, (n,))
    (unit,) = names.units()
    assert unit.as_written == ("Phòng Hạ tầng số", "phòng Hạ tầng số")
    assert unit.lines == (1, 2, 3)


def test_a_group_with_more_words_inside_is_the_same_group() -> None:
    names = UnitNames()
    long, short, list_ = (
        names.learn(n) for n in ("Các đơn vị sự nghiệp trực thuộc", "Các đơn vị trực thuộc", "Các phòng, đơn vị trực thuộc")
    )
    assert names.name(short) == names.name(long) == "Các đơn vị sự nghiệp trực thuộc"
    assert names.name(list_) == "Các phòng, đơn vị trực thuộc"


SAME = [
    (["Phòng VH-XH", "Phòng Văn hóa - Xã hội"], ["Phòng Văn hóa - Xã hội"], "initials of a name in full"),
    (["Phòng VH&TT", "Phòng Văn hóa và Thông tin"], ["Phòng Văn hóa và Thông tin"], "initials with “&”"),
    (["Phòng CNTT", "Phòng Công nghệ thông tin"], ["Phòng Công nghệ thông tin"], "initials without a sign between them"),
    (["Phòng CNTT", "Phòng Kinh tế"], ["Phòng CNTT", "Phòng Kinh tế"], "initials of another name"),
    (["Công an tỉnh", "Công an Nam Sơn"], ["Công an tỉnh"], "the province that the document belongs to"),
    (["Cục Thống kê", "Cục Thống kê tỉnh Nam Sơn"], ["Cục Thống kê"], "the province with its kind"),
    (["Cục Thống kê", "Cục Thống kê Hà Trung"], ["Cục Thống kê", "Cục Thống kê Hà Trung"], "another province"),
    (["Báo Nam Sơn"], ["Báo Nam Sơn"], "nothing shorter is named"),
    (["Văn phòng HĐND và UBND huyện", "Văn phòng HĐND và UBND"], ["Văn phòng HĐND và UBND"], "the own district"),
    (["Văn phòng Đoàn ĐBQH và HĐND TP"], ["Văn phòng Đoàn ĐBQH và HĐND thành phố"], "“TP” written out"),
]


@pytest.mark.parametrize(("written", "units", "reason"), SAME, ids=[x[2] for x in SAME])
def test_one_unit_under_several_names(written: list[str], units: list[str], reason: str) -> None:
    names = UnitNames(province="tỉnh Nam Sơn")
    for form in written:
        names.learn(form)
    assert [unit.name for unit in names.units()] == units, reason


def test_offices_of_the_party_in_a_province_are_of_one_kind() -> None:
    assert kind_of("Ban Tuyên giáo Thành ủy") == kind_of("Văn phòng Thành ủy") == kind_of("Văn phòng Đoàn ĐBQH và HĐND tỉnh")
