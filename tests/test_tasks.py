"""Tasks: who, with whom, until when; each case is a way in which plans say it, with the reason why it must be read so."""

from __future__ import annotations

import pytest
from plan_samples import plan

from documents.model import Task
from documents.tasks.wording import roles_in_list
from documents.understand import understand


def tasks_of(*body: str) -> tuple[Task, ...]:
    return plan(*body).tasks


def test_a_block_of_labels_serves_all_bullets_above_it() -> None:
    found = tasks_of(
        "I. NHIỆM VỤ",
        "1. Hạ tầng số",
        "- Nâng cấp mạng nội bộ của phường.",
        "- Thay thế máy tính hỏng của các phòng.",
        "+ Đơn vị chủ trì: Văn phòng HĐND và UBND.",
        "+ Đơn vị phối hợp: Công an phường; Phòng Kinh tế.",
        "+ Thời gian hoàn thành: Quý II/2026.",
        "+ Sản phẩm: Biên bản nghiệm thu.",
    )
    assert len(found) == 2
    for task in found:
        assert task.lead == ("Văn phòng HĐND và UBND",)
        assert task.coordinate == ("Công an phường", "Phòng Kinh tế")
        assert task.deadline is not None and (task.deadline.kind, task.deadline.end) == ("quarter", "2026-06-30")
        assert task.product == "Biên bản nghiệm thu"
    assert [t.lines for t in found] == [(11, 11), (12, 16)], "the block belongs to the lines of the last bullet"


def test_a_block_serves_only_bullets_without_one_of_their_own() -> None:
    found = tasks_of(
        "I. NHIỆM VỤ",
        "- Nâng cấp mạng nội bộ của phường.",
        "+ Đơn vị chủ trì: Văn phòng HĐND và UBND.",
        "- Lập hồ sơ đề xuất cấp độ cho hệ thống.",
        "+ Đơn vị chủ trì: Công an phường.",
    )
    assert [t.lead for t in found] == [("Văn phòng HĐND và UBND",), ("Công an phường",)]


def test_labels_in_brackets_behind_a_duty() -> None:
    (task,) = tasks_of("I. NHIỆM VỤ", "- Sao lưu dữ liệu ra thiết bị ngoài (chủ trì: Văn phòng; hoàn thành: tháng 5/2026).")
    assert task.text == "Sao lưu dữ liệu ra thiết bị ngoài"
    assert task.lead == ("Văn phòng",)
    assert task.deadline is not None and task.deadline.end == "2026-05-31"


def test_labels_as_sentences_behind_a_duty() -> None:
    (task,) = tasks_of("I. NHIỆM VỤ", "- Lập bệnh án điện tử. *Chủ trì:* Phòng Kinh tế. *Thời gian:* Quý III/2026.")
    assert (task.text, task.lead) == ("Lập bệnh án điện tử.", ("Phòng Kinh tế",))
    assert task.deadline is not None and task.deadline.end == "2026-09-30"


def test_several_labels_on_one_line() -> None:
    (task,) = tasks_of("I. NHIỆM VỤ", "- Cài đặt phần mềm diệt vi rút.", "Chủ trì: Văn phòng; Thời gian: Tháng 6/2026.")
    assert task.lead == ("Văn phòng",)
    assert task.deadline is not None and task.deadline.kind == "month"


OWN_WORDS = [
    # words of a duty without block, lead, coordinate, deadline kind, reason
    (
        "Công an phường chủ trì, phối hợp với Văn phòng HĐND và UBND rà soát camera.",
        ["Công an phường"],
        ["Văn phòng HĐND và UBND"],
        None,
        "the sentence begins with who has to do it",
    ),
    ("Các cơ quan, đơn vị rà soát văn bản đã ban hành.", ["Các cơ quan, đơn vị"], [], None, "a group of units has to do it"),
    (
        "Phối hợp với Sở Nội vụ tổ chức tập huấn trong tháng 4/2026.",
        [],
        ["Sở Nội vụ"],
        "month",
        "only partner and time are named",
    ),
    ("Từng bước số hóa hồ sơ còn hiệu lực.", [], [], None, "an adverb is no unit"),
    (
        "Mở 05 lớp tập huấn (Phòng Kinh tế chủ trì, phối hợp với Công an phường).",
        ["Phòng Kinh tế"],
        ["Công an phường"],
        None,
        "who leads stands in a bracket",
    ),
    ("Nâng cấp đường truyền trước ngày 30/6/2026.", [], [], "before", "nobody is named"),
]


@pytest.mark.parametrize(("text", "lead", "coordinate", "kind", "reason"), OWN_WORDS, ids=[x[4] for x in OWN_WORDS])
def test_own_words(text: str, lead: list[str], coordinate: list[str], kind: str | None, reason: str) -> None:
    (task,) = tasks_of("I. NHIỆM VỤ", f"- {text}")
    assert (list(task.lead), list(task.coordinate)) == (lead, coordinate), reason
    assert (task.deadline.kind if task.deadline else None) == kind, reason


def test_a_plus_below_a_dash_is_part_of_its_duty() -> None:
    (task,) = tasks_of(
        "I. NHIỆM VỤ",
        "- Lập hồ sơ cho các hệ thống:",
        "+ Hệ thống một cửa của phường.",
        "+ Trang thông tin điện tử, hoàn thành trong quý I/2026.",
    )
    assert task.text.endswith("Trang thông tin điện tử, hoàn thành trong quý I/2026.")
    assert task.deadline is not None and task.deadline.end == "2026-03-31", "the time may stand in the sub-bullet"


NOT_TASKS = [
    ("(Chi tiết tại phụ lục kèm theo)", "a remark in brackets"),
    ("Đơn vị tính: Triệu đồng", "the unit of a table"),
    ("Các nội dung gồm:", "words that only lead in"),
    ("Ghi chú: số liệu tạm tính", "a note"),
]


@pytest.mark.parametrize(("text", "reason"), NOT_TASKS, ids=[x[1] for x in NOT_TASKS])
def test_what_is_no_task(text: str, reason: str) -> None:
    assert [t.text for t in tasks_of("I. NHIỆM VỤ", text, "- Nâng cấp mạng nội bộ.")] == ["Nâng cấp mạng nội bộ."], reason


RESPONSIBLE = [
    # body below "II. TỔ CHỨC THỰC HIỆN", leads of the tasks in order, reason
    (["1. Công an phường", "- Bảo đảm an ninh mạng."], [["Công an phường"]], "the heading names who has the duties below"),
    (
        ["1. Công an phường, Phòng Kinh tế", "- Bảo đảm an ninh mạng."],
        [["Công an phường", "Phòng Kinh tế"]],
        "a heading with two units",
    ),
    (
        ["1. Đề nghị Ủy ban MTTQ phường", "- Tuyên truyền đến đoàn viên."],
        [["Ủy ban MTTQ phường"]],
        "a heading that asks someone outside the own body",
    ),
    (["- Giao Phòng Kinh tế bố trí kinh phí cho nhiệm vụ."], [["Phòng Kinh tế"]], "a bullet that gives the duty"),
    (["- Phòng Kinh tế: Bố trí kinh phí cho nhiệm vụ."], [["Phòng Kinh tế"]], "units before a colon"),
    (
        ["- Văn phòng HĐND và UBND theo dõi, đôn đốc các phòng."],
        [["Văn phòng HĐND và UBND"]],
        "the sentence begins with the unit",
    ),
    (
        ["1. Công an phường", "- Bảo đảm an ninh mạng.", "Yêu cầu các phòng, đơn vị nghiêm túc thực hiện Kế hoạch này./."],
        [["Công an phường"], ["Các phòng, đơn vị"]],
        "the closing paragraph asks others than the heading above it",
    ),
    (
        [
            "1. Công an phường",
            "- Bảo đảm an ninh mạng.",
            "Ủy ban nhân dân phường chỉ đạo các phòng, đơn vị triển khai thực hiện./.",
        ],
        [["Công an phường"], ["Các phòng, đơn vị"]],
        "the committee speaks in the closing paragraph",
    ),
]


@pytest.mark.parametrize(("body", "leads", "reason"), RESPONSIBLE, ids=[x[2] for x in RESPONSIBLE])
def test_responsibilities(body: list[str], leads: list[list[str]], reason: str) -> None:
    found = tasks_of("II. TỔ CHỨC THỰC HIỆN", *body)
    assert [list(t.lead) for t in found] == leads, reason
    assert {t.kind for t in found} == {"responsibility"}


def test_the_closing_paragraph_begins_where_it_asks() -> None:
    (task,) = tasks_of(
        "II. TỔ CHỨC THỰC HIỆN", "Trên đây là Kế hoạch chuyển đổi số năm 2026. Đề nghị các phòng, đơn vị chủ động thực hiện."
    )
    assert task.text == "Đề nghị các phòng, đơn vị chủ động thực hiện."


FORMULAS = [
    "Kế hoạch này thay thế Kế hoạch số 3/KH-UBND ngày 4/2/2025 của Ủy ban nhân dân phường.",
    "Trong quá trình thực hiện nếu có vướng mắc, các phòng phản ánh về Văn phòng.",
    "Trên đây là Kế hoạch chuyển đổi số phường Bến Mơ năm 2026./.",
]


@pytest.mark.parametrize("text", FORMULAS)
def test_formulas_lay_no_duty_on_anyone(text: str) -> None:
    assert tasks_of("II. TỔ CHỨC THỰC HIỆN", text) == ()


DIRECTIVE = ["ỦY BAN NHÂN DÂN TỈNH LẠC HẢI", "", "Số: 7/CT-UBND", "", "CHỈ THỊ", "Về việc đẩy mạnh chuyển đổi số", "", "Yêu cầu:"]


def test_a_directive_gives_duties_without_a_part_for_them() -> None:
    body = [
        "1. Giám đốc các sở, Chủ tịch UBND các huyện",
        "a) Trực tiếp chỉ đạo công tác chuyển đổi số.",
        "2. Sở Tài chính tham mưu bố trí kinh phí.",
        "3. Giao Sở Khoa học và Công nghệ theo dõi, đôn đốc.",
        "4. Nội dung này đã được thống nhất.",
    ]
    found = understand([*DIRECTIVE, *body], "chi-thi.txt", "0").tasks
    assert [t.lead for t in found] == [
        ("Giám đốc các sở", "Chủ tịch UBND các huyện"),
        ("Sở Tài chính",),
        ("Sở Khoa học và Công nghệ",),
    ]


def test_articles_on_responsibility_in_a_regulation() -> None:
    body = ["Điều 9. Trách nhiệm của Sở Khoa học và Công nghệ", "1. Chủ trì kiểm tra việc thực hiện.", "2. Tổng hợp báo cáo."]
    head = [
        "ỦY BAN NHÂN DÂN TỈNH LẠC HẢI",
        "",
        "Số: 8/2026/QĐ-UBND",
        "",
        "QUYẾT ĐỊNH",
        "Ban hành Quy chế bảo đảm an toàn thông tin",
        "",
    ]
    found = understand([*head, *body], "quy-che.txt", "0").tasks
    assert [(t.lead, t.section) for t in found] == [(("Sở Khoa học và Công nghệ",), "Điều 9")] * 2


def test_articles_of_a_resolution_are_parts_of_a_plan() -> None:
    body = [
        "Điều 1. Nhiệm vụ, giải pháp",
        "1. Nâng cấp mạng nội bộ của xã.",
        "Điều 2. Tổ chức thực hiện",
        "1. Giao Ủy ban nhân dân xã tổ chức thực hiện Nghị quyết.",
        "Nghị quyết này được Hội đồng nhân dân xã thông qua ngày 28/7/2026.",
    ]
    head = ["HỘI ĐỒNG NHÂN DÂN XÃ ĐỒNG VĂN", "", "Số: 8/NQ-HĐND", "", "NGHỊ QUYẾT", "Về chuyển đổi số", ""]
    found = understand([*head, *body], "nghi-quyet.txt", "0").tasks
    assert [(t.kind, t.lead) for t in found] == [("task", ()), ("responsibility", ("Ủy ban nhân dân xã",))]


def test_articles_of_a_decree_lay_no_task_on_one_unit() -> None:
    body = ["Điều 9. Trách nhiệm của Bộ Khoa học và Công nghệ", "1. Chủ trì kiểm tra việc thực hiện."]
    head = ["CHÍNH PHỦ", "", "Số: 8/2026/NĐ-CP", "", "NGHỊ ĐỊNH", "Quy định về nền tảng số", ""]
    assert understand([*head, *body], "nghi-dinh.txt", "0").tasks == ()


def test_tasks_are_numbered_by_place_and_carry_their_citations() -> None:
    found = tasks_of(
        "I. NHIỆM VỤ",
        "- Triển khai Nghị định số 179/2025/NĐ-CP ngày 01/7/2025 của Chính phủ.",
        "- Nâng cấp mạng nội bộ.",
    )
    assert [t.id for t in found] == ["T001", "T002"]
    assert [t.cites for t in found] == [("179/2025/NĐ-CP",), ()]


def test_measures_are_tasks_and_funding_is_none() -> None:
    found = tasks_of("I. GIẢI PHÁP", "- Tăng cường kiểm tra.", "II. KINH PHÍ THỰC HIỆN", "- Ngân sách phường bảo đảm kinh phí.")
    assert [t.text for t in found] == ["Tăng cường kiểm tra."]


def test_a_paragraph_that_says_how_the_document_must_be_belongs_to_the_one_above() -> None:
    found = tasks_of(
        "I. NHIỆM VỤ",
        "1. Ngày hội số",
        "Phòng Kinh tế tham mưu ban hành Kế hoạch tổ chức Ngày hội số của phường.",
        "Kế hoạch tổ chức bảo đảm tiết kiệm, không phô trương.",
        "Kế hoạch năm trước được tổng kết trong tháng 6/2026.",
    )
    assert [t.lines for t in found] == [(11, 12), (13, 13)], "only how the new plan must be"


def test_a_heading_that_is_nothing_but_units_gives_them_the_duties_below_it() -> None:
    found = tasks_of(
        "I. NHIỆM VỤ, GIẢI PHÁP",
        "1. Tháo gỡ khó khăn",
        "a) Văn phòng HĐND và UBND:",
        "- Niêm yết công khai thủ tục.",
        "b) Công an phường, Phòng Kinh tế",
        "- Rà soát hộ kinh doanh.",
        "c) Phòng Văn hóa - Xã hội khẩn trương lập danh sách người cao tuổi.",
        "2. Cải cách thủ tục",
        "- Cắt giảm giấy tờ.",
    )
    assert [t.lead for t in found] == [
        ("Văn phòng HĐND và UBND",),
        ("Công an phường", "Phòng Kinh tế"),
        ("Phòng Văn hóa - Xã hội",),
        (),
    ]


def test_bullets_below_a_letter_that_leads_in_to_them_are_its_parts() -> None:
    found = tasks_of(
        "I. NHIỆM VỤ",
        "1. Thể chế",
        f"a) Sửa đổi quy chế quản lý cơ sở dữ liệu {'của các phòng, ban, đơn vị ' * 4}để:",
        "- Tháo gỡ vướng mắc;",
        "- Đơn giản hóa thủ tục.",
        "b) Ban hành quy định về chữ ký số.",
    )
    assert [t.lines for t in found] == [(11, 13), (14, 14)]


LEADING_WORDS = [
    ("Định kỳ hằng quý, Văn phòng HĐND và UBND báo cáo kết quả.", ("Văn phòng HĐND và UBND",), "how often stands first"),
    ("Giao Công an phường sớm rà soát camera.", ("Công an phường",), "the verb that gives the duty stands first"),
    ("Lãnh đạo, chỉ đạo rà soát quy định của phường.", (), "“lãnh đạo” is what is to be done, not who"),
    ("Hằng năm rà soát quy định của phường.", (), "how often, and nobody"),
]


@pytest.mark.parametrize(("duty", "lead", "reason"), LEADING_WORDS, ids=[x[2] for x in LEADING_WORDS])
def test_who_leads_by_the_first_words(duty: str, lead: tuple[str, ...], reason: str) -> None:
    assert [t.lead for t in tasks_of("I. NHIỆM VỤ", f"- {duty}")] == [lead], reason


def test_what_to_do_if_something_happens_is_no_duty() -> None:
    found = tasks_of(
        "I. TỔ CHỨC THỰC HIỆN",
        "1. Công an phường chủ trì rà soát camera.",
        "2. Trong quá trình thực hiện, nếu có vướng mắc, các đơn vị báo cáo về Văn phòng.",
        "3. Trong quá trình thực hiện cần bám sát hướng dẫn của Sở Nội vụ.",
    )
    assert [t.lines for t in found] == [(10, 10), (12, 12)]


def test_a_long_heading_in_bold_is_no_duty() -> None:
    title = "Tăng cường lãnh đạo, chỉ đạo, " * 9
    found = tasks_of("I. NHIỆM VỤ", f"**1. {title}kiểm tra**", "- Lập tổ kiểm tra của phường.")
    assert [t.lines for t in found] == [(11, 11)]


WHO_IN_WORDS = [
    ("Tiêm chủng cho trẻ em, do Trạm Y tế phường chủ trì.", ("Trạm Y tế phường",), (), "behind “do”"),
    ("Làm mới 2 km đường; Phòng Kinh tế chủ trì, xong trong quý III/2026.", ("Phòng Kinh tế",), (), "in a clause of its own"),
    (
        "Dạy kỹ năng số cho người dân (Phòng Kinh tế chủ trì, phối hợp với Hội Nông dân).",
        ("Phòng Kinh tế",),
        ("Hội Nông dân",),
        "in a bracket that ends the list of partners",
    ),
    (
        "Giám sát ca bệnh. Phân công: Trạm Y tế chủ trì, các trường học phối hợp.",
        ("Trạm Y tế",),
        ("Các trường học",),
        "both roles in the value of one label",
    ),
    ("Nâng cao vai trò chủ trì của người đứng đầu.", (), (), "“chủ trì” without a unit before it"),
]


@pytest.mark.parametrize(("duty", "lead", "coordinate", "reason"), WHO_IN_WORDS, ids=[x[3] for x in WHO_IN_WORDS])
def test_who_leads_and_helps_in_running_words(duty: str, lead: tuple[str, ...], coordinate: tuple[str, ...], reason: str) -> None:
    (task,) = tasks_of("I. NHIỆM VỤ", f"- {duty}")
    assert (task.lead, task.coordinate) == (lead, coordinate), reason


def test_a_block_that_names_who_does_it_without_the_word_unit() -> None:
    found = tasks_of("I. NHIỆM VỤ", "- Hỗ trợ hợp tác xã.", "Thực hiện: Phòng Kinh tế. Hoàn thành: tháng 10/2026.")
    assert [(t.lead, t.deadline and t.deadline.end) for t in found] == [(("Phòng Kinh tế",), "2026-10-31")]


def test_an_article_gives_work_but_its_formula_does_not() -> None:
    lines = [
        "ỦY BAN NHÂN DÂN TỈNH HÀ LAM",
        "Số: 5/QĐ-UBND",
        "QUYẾT ĐỊNH",
        "Ban hành Kế hoạch chuyển đổi số",
        "Điều 1. Ban hành kèm theo Quyết định này Kế hoạch chuyển đổi số.",
        "Điều 2. Giao Sở Nội vụ chủ trì, phối hợp với Sở Tài chính đôn đốc, báo cáo trước ngày 20 hằng tháng.",
        "Điều 3. Chánh Văn phòng và Giám đốc các sở chịu trách nhiệm thi hành Quyết định này./.",
    ]
    (task,) = understand(lines, "q.txt", "0").tasks
    assert (task.lines, task.lead, task.coordinate) == ((6, 6), ("Sở Nội vụ",), ("Sở Tài chính",))
    assert task.deadline is not None and task.deadline.kind == "other"


BOTH_ROLES = [
    ("Sở A (chủ trì); Sở B (phối hợp)", (("Sở A",), ("Sở B",)), "each unit with its role behind it"),
    ("Sở A (chủ trì), Sở B, Sở C (phối hợp)", (("Sở A",), ("Sở B", "Sở C")), "one role behind two units"),
    ("Sở A; phối hợp: Sở B", (("Sở A",), ("Sở B",)), "a label in the middle"),
    ("Sở A chủ trì, các huyện phối hợp", (("Sở A",), ("các huyện",)), "verbs"),
    ("Sở A, Sở B", None, "nothing of roles"),
]


@pytest.mark.parametrize(("value", "expected", "reason"), BOTH_ROLES, ids=[x[2] for x in BOTH_ROLES])
def test_one_list_that_says_who_leads_and_who_helps(value: str, expected: object, reason: str) -> None:
    assert roles_in_list(value) == expected, reason
