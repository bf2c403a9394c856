"""Small documents for the tests of the graph: built by hand, or as files that the reader reads."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from documents.model import (
    Citation,
    CitedLink,
    Deadline,
    Defect,
    Document,
    Header,
    Mention,
    Money,
    Paragraph,
    Period,
    Section,
    Signer,
    Target,
    Task,
    Unit,
)

if TYPE_CHECKING:
    from graph.corpus import Corpus

WARD_PLAN = "uy-ban-nhan-dan-phuong-ben-truc/2026/12-kh-ubnd"
"""The key of the ward's plan, built by hand or read from a.txt."""

LINES = (
    "ỦY BAN NHÂN DÂN PHƯỜNG BẾN TRÚC",
    "Số: 12/KH-UBND",
    "KẾ HOẠCH",
    "Chuyển đổi số phường Bến Trúc năm 2026",
    "Căn cứ Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải về thực hiện Kế hoạch số 21-KH/TU;",
    "I. NHIỆM VỤ",
    "1. Rà soát hồ sơ cấp độ theo Nghị định số 85/2016/NĐ-CP ngày 01/7/2025.",
    "Chủ trì: Văn phòng HĐND & UBND; phối hợp: Công an phường; thời gian: tháng 02/2026.",
    "2. Tối thiểu 80% hồ sơ được nộp trực tuyến.",
    "TM. ỦY BAN NHÂN DÂN",
)


def ward_plan(source: str = "phuong.txt") -> Document:
    """A ward's plan with one of everything: nested citation, wrong date, unit in two spellings, money, target, defect."""
    return Document(
        source=source,
        sha256="ab" * 32,
        lines=LINES,
        header=Header(
            type="Kế hoạch",
            number="12/KH-UBND",
            title="Chuyển đổi số phường Bến Trúc năm 2026",
            issuer="Ủy ban nhân dân phường Bến Trúc",
            level="phường/xã",
            date="2026-01-09",
            year=2026,
            place="Bến Trúc",
            signer=Signer("Lê Thị Mẫu", "Chủ tịch"),
            period=Period("2026-01-01", "2026-12-31"),
            lines=(("number", (2, 2)), ("type", (3, 3)), ("title", (4, 4)), ("issuer", (1, 1))),
        ),
        sections=(
            Section("heading", "I", "NHIỆM VỤ", "I", (6, 9), role="tasks"),
            Section("heading", "1", "Rà soát", "I.1", (7, 8), parent=0),
        ),
        paragraphs=(
            Paragraph("paragraph", (5, 5), LINES[4]),
            Paragraph("heading", (6, 6), LINES[5], 0),
            Paragraph("paragraph", (7, 7), LINES[6], 1),
            Paragraph("paragraph", (9, 9), LINES[8], 0),
        ),
        citations=(
            Citation(
                "158/KH-UBND",
                "Kế hoạch",
                "Ủy ban nhân dân thành phố Lạc Hải",
                "2025-12-22",
                title="về thực hiện Kế hoạch số 21-KH/TU",
                relation="basis",
                mentions=(Mention("Kế hoạch số 158/KH-UBND", (5, 5), "basis"),),
            ),
            Citation(
                "21-KH/TU",
                "Kế hoạch",
                "Thành ủy",
                "2025-08-20",
                relation="mentions",
                mentions=(Mention("Kế hoạch số 21-KH/TU", (5, 5), "mentions"),),
            ),
            Citation(
                "85/2016/NĐ-CP",
                "Nghị định",
                "Chính phủ",
                "2025-07-01",
                relation="complies",
                mentions=(Mention("Nghị định số 85/2016/NĐ-CP", (7, 7), "complies"),),
            ),
        ),
        links=(CitedLink(0, 1, "implements", (5, 5), "Kế hoạch số 158/KH-UBND ... về thực hiện Kế hoạch số 21-KH/TU"),),
        units=(
            Unit("Văn phòng HĐND và UBND", ("Văn phòng HĐND & UBND",), "phòng/ban", (8,)),
            Unit("Công an phường", ("Công an phường",), "công an", (8,)),
        ),
        tasks=(
            Task(
                "T001",
                (7, 8),
                "task",
                "I.1",
                "Rà soát",
                "an-toan",
                "Rà soát hồ sơ cấp độ",
                lead=("Văn phòng HĐND và UBND",),
                coordinate=("Công an phường",),
                deadline=Deadline("tháng 02/2026", "month", "2026-02-01", "2026-02-28"),
                product="Báo cáo",
                budget=(Money("Dự toán", 12_500_000, "triệu đồng", "12,5"), Money("Cấp sau", None, "triệu đồng", "-")),
                cites=("85/2016/NĐ-CP",),
            ),
        ),
        targets=(Target("G001", (9, 9), "Tối thiểu 80% hồ sơ", ">=", 80.0, "%", "chinh-quyen-so", "I"),),
        defects=(Defect((7,), "wrong-year", "Nghị định năm 2016 ghi ngày của năm 2025."),),
    )


def plan_text(ward: str, number: str, task: str = "Rà soát hồ sơ cấp độ an toàn hệ thống thông tin") -> str:
    """A short plan of a ward as a text file."""
    return f"""ỦY BAN NHÂN DÂN
PHƯỜNG {ward.upper()}
Số: {number}/KH-UBND
{ward}, ngày 09 tháng 01 năm 2026
KẾ HOẠCH
Chuyển đổi số phường {ward} năm 2026

Căn cứ Kế hoạch số 158/KH-UBND ngày 22/12/2025 của Ủy ban nhân dân thành phố Lạc Hải về chuyển đổi số năm 2026;
Ủy ban nhân dân phường {ward} ban hành kế hoạch như sau:
I. NHIỆM VỤ
1. An toàn thông tin
- {task} theo Nghị định số 85/2016/NĐ-CP.
- Đơn vị chủ trì: Văn phòng HĐND và UBND.
- Thời gian thực hiện: Tháng 02/2026.
II. TỔ CHỨC THỰC HIỆN
Văn phòng HĐND và UBND theo dõi, báo cáo.
"""


def write_plans(folder: Path) -> list[Path]:
    """Three plans of three wards, one below a folder of its own."""
    made = []
    for name, ward, number in (("a.txt", "Bến Trúc", "12"), ("b.txt", "Gò Lụa", "12"), ("sub/c.txt", "Cồn Sậy", "07")):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(plan_text(ward, number), "utf-8")
        made.append(path)
    return made


def texts(corpus: Corpus) -> set[tuple[str, str]]:
    """What can be found: the words and keys of all passages that a broad query finds."""
    hits = [
        hit
        for query in ("rà soát hồ sơ cấp độ", "mua sắm máy quét", "văn phòng", "kế hoạch phường")
        for hit in corpus.search(query, 100)
    ]
    return {(hit.passage.document, hit.passage.text) for hit in hits}


def everything(corpus: Corpus) -> tuple[bytes, set[tuple[str, str]], str]:
    """The store, what can be found, and the state of what is kept."""
    return corpus.store.nquads(), texts(corpus), corpus.generation
