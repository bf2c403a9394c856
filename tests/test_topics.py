"""Topics: which words of a heading or a duty tell its topic, and which do not."""

from __future__ import annotations

import pytest

from documents.model import Section
from documents.tasks.topic import of_duty, of_heading, of_text, scores

TEXTS = [
    # words of a duty, topic, reason
    ("Nâng cấp mạng LAN và đường truyền của cơ quan.", "ha-tang", "infrastructure"),
    ("Lập hồ sơ đề xuất cấp độ an toàn hệ thống thông tin.", "an-toan", "security"),
    ("Tập huấn kỹ năng số cho Tổ công nghệ số cộng đồng.", "nhan-luc", "an addressee is not the subject"),
    ("Tuyên truyền trên Cổng thông tin điện tử của phường.", "nhan-thuc", "where it is published is not the subject"),
    ("Cung cấp dịch vụ công trực tuyến cho người dân.", "chinh-quyen-so", "for whom is not the subject"),
    ("Phát triển dịch vụ công nghệ số.", "kinh-te-so", "“dịch vụ công nghệ” is no “dịch vụ công”"),
    ("Kiểm tra, đôn đốc việc thực hiện Kế hoạch.", "lanh-dao", "direction"),
    ("Bố trí kinh phí cho các nhiệm vụ.", "khac", "money"),
    ("Sở Văn hóa, Thể thao và Du lịch lập dự toán.", "khac", "a unit's name does not vote"),
    ("Ban hành kế hoạch của đơn vị.", "lanh-dao", "the making of a plan where nothing else speaks"),
    ("Ban hành kế hoạch tập huấn cho công chức.", "nhan-luc", "what a plan is about comes first"),
    ("Xây dựng hệ thống quản lý hồ sơ đối ngoại.", "chinh-quyen-so", "a system where nothing else speaks"),
    ("Trồng cây trong khuôn viên.", "khac", "no keyword at all"),
    ("Thuê phần mềm để vận hành CSDL đất đai.", "du-lieu", "an abbreviation weighs as much as its words"),
    ("Báo cáo về Phòng Văn hóa – Xã hội.", "khac", "a unit's name with another dash"),
    ("", "khac", "nothing"),
]


@pytest.mark.parametrize(("text", "topic", "reason"), TEXTS, ids=[x[2] for x in TEXTS])
def test_topic_of_a_duty(text: str, topic: str, reason: str) -> None:
    assert of_text(text) == topic, (reason, scores(text))


HEADINGS = [
    ("Hạ tầng số", "ha-tang"),
    ("Đảm bảo an toàn, an ninh thông tin mạng", "an-toan"),
    ("Kinh tế số và xã hội số", None),
    ("Đào tạo, tuyên truyền", None),
    ("Nội dung thực hiện", None),
]


@pytest.mark.parametrize(("title", "topic"), HEADINGS)
def test_topic_of_a_heading_with_one(title: str, topic: str | None) -> None:
    assert of_heading(title) == topic


def section(title: str, role: str, parent: int | None = None) -> Section:
    return Section("heading", "1", title, "1", (1, 9), parent, role)


def test_the_heading_counts_before_the_words() -> None:
    sections = [section("NHIỆM VỤ", "tasks"), section("Hạ tầng số", "tasks", 0)]
    assert of_duty("Tập huấn cho công chức.", "task", 1, None, sections, ()) == "ha-tang"
    assert of_duty("Tập huấn cho công chức.", "task", 0, None, sections, ()) == "nhan-luc"


def test_a_part_with_measures_on_money_is_other() -> None:
    sections = [section("Giải pháp về tài chính", "solutions")]
    assert of_duty("Thu hút doanh nghiệp công nghệ số.", "task", 0, None, sections, ()) == "khac"


def test_a_group_row_that_names_no_unit_counts() -> None:
    assert of_duty("Lập danh sách.", "appendix", None, "NHÂN LỰC SỐ", (), ()) == "nhan-luc"
    assert of_duty("Lập danh sách máy tính.", "project", None, "Sở Giáo dục và Đào tạo", (), ()) == "ha-tang"


def test_a_steering_committee_directs() -> None:
    sections = [section("Ban Chỉ đạo phường", "responsibilities")]
    words = "Hằng năm đánh giá quá trình chuyển đổi số, bảo đảm an toàn thông tin."
    assert of_duty(words, "responsibility", 0, None, sections, ("Ban Chỉ đạo phường",)) == "lanh-dao"
    assert of_duty(words, "responsibility", 0, None, sections, ("Công an phường",)) == "an-toan"
