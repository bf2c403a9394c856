"""Stages side by side, money of several units, counts that a heading states, recipients, documents named in one breath."""

from __future__ import annotations

import pytest
from questions_samples import OFFICE, MemoryCorpus, Writer

from documents.model import Citation, Deadline, Document, Header, Mention, Money, Period
from questions import ask
from questions.catalogue import catalogue_of
from questions.fields import row_of
from questions.model import Found
from questions.understand import understand
from questions.wording import worded


def _money(text: str) -> tuple[Money, ...]:
    return (Money("Dự toán được duyệt", int(text.replace(".", "")) * 1_000_000, "triệu đồng", text),)


def _city() -> Document:
    """The plan of an invented city: stages of one project, departments with money, two decrees in one sentence, recipients."""
    w = Writer()
    w.section("I", "NHIỆM VỤ CHUYỂN TIẾP (3 nhiệm vụ)", "appendix")
    for text, lead, amount in (
        ("Xây dựng bảo tàng số", "Thành đoàn Hải Phòng", "2.000"),
        ("Bản đồ số cây xanh", "Sở Nông Lâm", "1.500"),
        ("Cảm biến mực nước hồ", "Sở Nông Lâm", "700"),
    ):
        span = Deadline("2025-2026", "range", "2025-01-01", "2026-12-31")
        w.task(text, "project", lead=(lead,), deadline=span, budget=_money(amount))
    w.section("II", "NHIỆM VỤ MỚI DÙNG VỐN ĐẦU TƯ CÔNG", "appendix")
    for text, lead, amount in (
        ("Xây dựng bảo tàng số giai đoạn 2", "Thành đoàn Hải Phòng", "3.400"),
        ("Trạm quan trắc bụi", "Sở Nông Lâm", "5.000"),
    ):
        w.task(
            text, "project", lead=(lead,), deadline=Deadline("2026", "year", "2026-01-01", "2026-12-31"), budget=_money(amount)
        )
    w.section("III", "TỔ CHỨC THỰC HIỆN", "responsibilities")
    first, second = "Nghị định số 73/2019/NĐ-CP ngày 05/9/2019", "Nghị định số 82/2024/NĐ-CP ngày 10/7/2024"
    at = w.line(f"Thuê dịch vụ phần mềm theo quy định tại {first}, {second} của Chính phủ.")
    for number, written in (("73/2019/NĐ-CP", first), ("82/2024/NĐ-CP", second)):
        mention = Mention(written, at, "complies")
        w.citations.append(Citation(number, "Nghị định", "Chính phủ", None, (), None, "complies", (mention,)))
    w.lines += ["Nơi nhận:", "- Sở Nông Lâm;", "- Thành đoàn;", "- Lưu: VT.", "CHỦ TỊCH"]
    header = Header(
        "Kế hoạch", "88/KH-UBND", None, "Chuyển đổi số thành phố Lạc Hà năm 2026",
        "Ủy ban nhân dân thành phố Lạc Hà", "thành phố",
        "2025-12-20", None, 2026, "Lạc Hà", None, Period("2026-01-01", "2026-12-31"),
    )  # fmt: skip
    return w.document("lac-ha.txt", header, ("Sở Nông Lâm", "Thành đoàn Hải Phòng", OFFICE))


CITY = MemoryCorpus(_city())

GATHERED = [
    # question, words of the answer, rows, reason
    ("bảo tàng số đợt đầu với đợt hai, đợt nào tốn hơn?", ["2.000", "3.400"], 2, "stages numbered in words"),
    ("So sánh kinh phí bảo tàng số giai đoạn 1 và giai đoạn 2", ["2.000", "3.400"], 2, "the first stage need not say so"),
    ("Tổng dự toán của Thành đoàn là bao nhiêu?", ["5.400", "2.000 + 3.400"], 2, "a unit without its place"),
    (
        "bên nông lâm có những việc dở dang nào?",
        ["cây xanh", "mực nước hồ"],
        2,
        "a unit by its field, a heading by everyday words",
    ),
    (
        "Dự toán của Thành đoàn Hải Phòng và Sở Nông Lâm chênh nhau thế nào?",
        ["5.400", "7.200"],
        5,
        "the money of each of two units",
    ),
    ("Có bao nhiêu nhiệm vụ chuyển tiếp?", ["Có 3 nhiệm vụ"], 4, "the heading that states the number goes with its rows"),
    ("Thuê dịch vụ phần mềm theo nghị định nào?", ["73/2019/NĐ-CP", "82/2024/NĐ-CP"], 1, "two decrees in one breath"),
    ("Nơi nhận kế hoạch của thành phố Lạc Hà gồm những đơn vị nào?", ["Sở Nông Lâm", "Thành đoàn"], 3, "recipients"),
]


@pytest.mark.parametrize(("question", "words", "rows", "reason"), GATHERED, ids=[row[3] for row in GATHERED])
def test_everything_is_gathered_and_no_more(question: str, words: list[str], rows: int, reason: str) -> None:
    answer = ask(CITY, question).to_json()
    assert not [word for word in words if word not in answer["answer"]], answer["answer"]
    assert len(answer["rows"]) == rows


def test_a_part_told_before_the_question_is_the_part_listed() -> None:
    told = "Tôi đang rà soát các dự án dùng vốn đầu tư công của thành phố Lạc Hà. Nhờ cho biết gồm những nhiệm vụ nào."
    assert [row.text for row in ask(CITY, told).rows] == ["Xây dựng bảo tàng số giai đoạn 2", "Trạm quan trắc bụi"]


DOUBTS = [
    ("Cơ quan nào chủ trì trạm quan trắc bụi?", 0.6, False, "a row that says all of it"),
    ("Cơ quan nào chủ trì trạm quan trắc bụi?", 0.45, True, "a row that says less than half of it"),
    ("Những nhiệm vụ nào về bụi?", 0.8, True, "a list of the nearest rows"),
    ("Những nhiệm vụ nào về bụi?", 1.0, False, "a list whose rows fit in all"),
]


@pytest.mark.parametrize(("question", "support", "unsure", "reason"), DOUBTS, ids=[row[3] for row in DOUBTS])
def test_an_answer_says_where_it_is_unsure(question: str, support: float, unsure: bool, reason: str) -> None:
    catalogue = catalogue_of(CITY)
    understood = understand(question, catalogue)
    item = next(item for item in catalogue.items if item.task and "quan trắc" in item.text)
    found = Found((row_of(item),), (item.text,), support=support)
    assert ("Chưa chắc" in worded(understood, catalogue, found)) is unsure
