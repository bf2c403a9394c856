"""The samples of ``examples/`` that are no text files: they can be made anew, and what stands in them is read."""

import sys
from pathlib import Path

import pytest

import documents

EXAMPLES = Path(__file__).parents[1] / "examples"
sys.path.insert(0, str(EXAMPLES))

PLAN, NOTICE, APPENDIX = (
    "ke-hoach-31-kh-snv-2026.docx",
    "thong-bao-64-tb-ubnd-2026.html",
    "phu-luc-ke-hoach-27-kh-ubnd-2026.xlsx",
)


@pytest.mark.parametrize(
    ("source", "header", "cited"),
    [
        (PLAN, ("Kế hoạch", "31/KH-SNV", "Sở Nội vụ thành phố Lạc Hải", "2026-02-09", "Đinh Công Trứ"), ["158/KH-UBND"]),
        (
            NOTICE,
            ("Thông báo", "64/TB-UBND", "Ủy ban nhân dân thành phố Lạc Hải", "2026-03-16", "Hà Thị Bích Liễu"),
            ["158/KH-UBND"],
        ),
        (APPENDIX, ("Kế hoạch", "27/KH-UBND", "Ủy ban nhân dân phường Cồn Vành", "2026-02-11", None), []),
    ],
)
def test_header_and_citations(source, header, cited):
    found = documents.read(EXAMPLES / source)
    head = found.header
    assert (head.type, head.number, head.issuer, head.date, head.signer and head.signer.name) == header
    assert [one.number for one in found.citations] == cited


@pytest.mark.parametrize(
    ("source", "start", "lead", "end", "reason"),
    [
        (PLAN, "Mở lớp bồi dưỡng", (), "2026-06-30", "an item of a list that Word numbers"),
        (PLAN, "Khảo sát nhu cầu", ("Phòng Công chức, viên chức",), "2026-03-31", "a row of a table"),
        (PLAN, "Lập danh sách học viên", ("Phòng Công chức, viên chức",), "2026-04-30", "its unit spans two rows"),
        (NOTICE, "Giao Công an thành phố", ("Công an thành phố",), "2026-05-31", "an item of a numbered list"),
        (APPENDIX, "Quét ba chiều", ("Phòng Văn hóa - Xã hội",), "2026-06-30", "a row with dates as numbers"),
        (APPENDIX, "Lập bản đồ số", ("Phòng Văn hóa - Xã hội",), "2026-09-30", "its unit spans two rows"),
    ],
)
def test_tasks(source, start, lead, end, reason):
    tasks = [task for task in documents.read(EXAMPLES / source).tasks if task.text.startswith(start)]
    assert [(task.lead, task.deadline and task.deadline.end) for task in tasks] == [(lead, end)], reason


def test_money_of_the_appendix():
    tasks = documents.read(EXAMPLES / APPENDIX).tasks
    assert [[money.amount_vnd for money in task.budget] for task in tasks] == [[245_500_000], [120_000_000], [1_080_000_000]]


def test_what_is_hidden_or_frames_the_page_is_not_read():
    text = "\n".join(documents.read(EXAMPLES / NOTICE).lines)
    assert not any(words in text for words in ("Trang chủ", "Đường dẫn nội bộ", "Bản quyền", "document.title", "padding"))


def test_the_samples_can_be_made_anew(tmp_path):
    import make_office_samples

    make_office_samples.make(tmp_path)
    for name in (PLAN, NOTICE, APPENDIX):
        assert documents.read(tmp_path / name).lines == documents.read(EXAMPLES / name).lines, name
