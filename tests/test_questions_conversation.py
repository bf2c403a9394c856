"""Questions beyond a single fact: whether something is so, whose is meant, several things at once, one question after another."""

from __future__ import annotations

import pytest
from questions_samples import CORPUS

from documents.text import fold
from questions import ask

WHETHER = [
    ("Phường Hòa Mai có thay máy tính cho bộ phận một cửa không?", "Có.", "said"),
    ("Có phải phường Hòa Mai đặt chỉ tiêu hồ sơ nộp trực tuyến 90% không?", "Không đúng", "another figure"),
    ("Có phải phường Hòa Mai đặt chỉ tiêu hồ sơ nộp trực tuyến 75% không?", "Có.", "the same figure"),
]


@pytest.mark.parametrize(("question", "begins", "reason"), WHETHER, ids=[row[2] for row in WHETHER])
def test_whether_something_is_so(question: str, begins: str, reason: str) -> None:
    answer = ask(CORPUS, question).to_json()
    assert not answer["abstained"], answer["answer"]
    assert answer["answer"].startswith(begins), answer["answer"]


def test_what_nothing_says_is_not_denied_but_refused() -> None:
    assert ask(CORPUS, "Phường Hòa Mai có lắp trạm sạc xe điện không?").abstained


def test_whose_is_meant_is_asked_back_with_the_answers_of_each() -> None:
    answer = ask(CORPUS, "Phường đặt chỉ tiêu hồ sơ nộp trực tuyến bao nhiêu phần trăm?").to_json()
    assert sorted(answer["choices"]) == ["Ủy ban nhân dân phường Hòa Mai", "Ủy ban nhân dân phường Suối Ngọc"]
    assert "75%" in answer["answer"] and "70%" in answer["answer"]
    assert "Câu hỏi có thể nói về" in answer["answer"]


def test_a_named_ward_is_not_asked_back() -> None:
    assert "choices" not in ask(CORPUS, "Tỷ lệ hồ sơ nộp trực tuyến của phường Hòa Mai đạt bao nhiêu phần trăm?").to_json()


def test_two_things_of_one_document_stand_side_by_side() -> None:
    answer = ask(CORPUS, "So sánh thời hạn thay máy tính và mở lớp kỹ năng số của phường Hòa Mai").to_json()
    assert "Tháng 3/2026" in answer["answer"] and "Tháng 9/2026" in answer["answer"]
    assert len(answer["rows"]) == 2


def test_who_signed_stands_side_by_side() -> None:
    answer = ask(CORPUS, "So sánh người ký kế hoạch của phường Hòa Mai và phường Suối Ngọc").to_json()
    assert "Ngô Văn Sáu" in answer["answer"] and "Đỗ Thị Lành" in answer["answer"]


def test_who_signed_and_when_are_said_together() -> None:
    answer = ask(CORPUS, "Kế hoạch của phường Hòa Mai do ai ký, ký ngày nào?").answer
    assert "Ngô Văn Sáu" in answer and "08/1/2026" in answer


def test_a_list_says_what_is_asked_of_each_thing() -> None:
    answer = ask(CORPUS, "Liệt kê các nhiệm vụ của Sở Y tế kèm kinh phí").answer
    assert "12.500" in answer and "3.250" in answer


def test_a_sum_says_of_how_many() -> None:
    assert "của 2 nhiệm vụ" in ask(CORPUS, "Tổng dự toán được duyệt của Sở Y tế là bao nhiêu?").answer


FOLLOWING = [
    ("Phường Hòa Mai đặt chỉ tiêu hồ sơ nộp trực tuyến bao nhiêu?", "Còn phường Suối Ngọc?", "70%", "another ward"),
    ("Ai chủ trì xây dựng quy chế quản lý camera an ninh?", "ai phối hợp?", "Văn phòng HĐND và UBND", "another field"),
    ("Ai chủ trì thay máy tính ở phường Hòa Mai?", "thế khi nào xong?", "Tháng 3/2026", "another field, elliptic"),
]


@pytest.mark.parametrize(("before", "question", "words", "reason"), FOLLOWING, ids=[row[3] for row in FOLLOWING])
def test_a_question_may_follow_another(before: str, question: str, words: str, reason: str) -> None:
    answer = ask(CORPUS, question, before)
    assert fold(words) in fold(answer.answer), answer.answer


def test_a_question_that_stands_by_itself_forgets_the_one_before() -> None:
    alone = ask(CORPUS, "Ai ký Kế hoạch số 15/KH-UBND?")
    assert ask(CORPUS, "Ai ký Kế hoạch số 15/KH-UBND?", "Phường Suối Ngọc có bao nhiêu chỉ tiêu?").answer == alone.answer


def test_the_evidence_comes_first_among_the_hits() -> None:
    answer = ask(CORPUS, "Ai chủ trì thay máy tính ở phường Hòa Mai?").to_json()
    assert answer["hits"][0]["lines"] == answer["sources"][0]["lines"]


REFUSED = [
    ("Ai chủ trì lắp drone ở phường Hòa Mai?", "a thing that no document knows"),
    ("Phòng Tư pháp phường Hòa Mai chủ trì nhiệm vụ gì?", "a department that no document knows"),
    ("Phường Hòa Mai đạt tỷ lệ hồ sơ nộp trực tuyến bao nhiêu vào năm 2031?", "a year without a plan"),
    ("Ai là giám đốc Trung tâm Phục vụ hành chính công phường Suối Ngọc?", "an office nobody is named for"),
    ("Hướng dẫn người dân nộp hồ sơ ở phường Suối Ngọc vào ngày nào?", "no day stands there"),
]


@pytest.mark.parametrize(("question", "reason"), REFUSED, ids=[row[1] for row in REFUSED])
def test_what_is_not_said_is_refused(question: str, reason: str) -> None:
    answer = ask(CORPUS, question)
    assert answer.abstained, answer.answer
