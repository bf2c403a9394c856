"""An invented city and its plans, as documents that were understood, and a corpus that holds them in memory.

Everything here is made up (names, numbers, amounts) but for the national directives that are cited by number.
"""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from documents.identity import document_key
from documents.model import (
    Citation,
    CitedLink,
    Deadline,
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
from embeddings.passage import Passage
from questions.catalogue import catalogue_of
from questions.matching import rank
from questions.model import Sought
from questions.words import tokens

OFFICE = "Văn phòng HĐND và UBND"
CULTURE = "Phòng Văn hóa - Xã hội"
CENTRE = "Trung tâm Phục vụ hành chính công"


class MemoryCorpus:
    """Documents in a list; its search is the word matching of the questions themselves, over tasks and paragraphs."""

    def __init__(self, *documents: Document) -> None:
        self._documents = documents

    def documents(self) -> tuple[Document, ...]:
        return self._documents

    def search(self, query: str, k: int) -> list[Any]:
        ranked = rank(catalogue_of(self), Sought(tokens(query)), (), lambda item: 0.0 if item.citation else 1.0, {}, k)
        return [
            SimpleNamespace(
                score=match.score,
                matched=(),
                highlights=(),
                sentence=None,
                passage=Passage(
                    id=f"{match.item.document}#P{at:04d}",
                    document=match.item.document,
                    source=match.item.source,
                    kind=match.item.kind,
                    text=match.item.text,
                    context="",
                    lines=match.item.lines,
                ),
            )
            for at, match in enumerate(ranked, 1)
        ]


def month(text: str, number: int, year: int = 2026) -> Deadline:
    """A deadline within one month of 30 days or more."""
    return Deadline(text, "month", f"{year}-{number:02d}-01", f"{year}-{number:02d}-28")


class Writer:
    """Writes a document line by line, so that everything knows its lines."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.paragraphs: list[Paragraph] = []
        self.tasks: list[Task] = []
        self.targets: list[Target] = []
        self.citations: list[Citation] = []
        self.sections: list[Section] = []

    def line(self, text: str, kind: str = "paragraph") -> tuple[int, int]:
        self.lines += [text, ""]
        at = (len(self.lines) - 1, len(self.lines) - 1)
        section = len(self.sections) - 1 if self.sections else None
        self.paragraphs.append(Paragraph(kind, at, text, section))
        return at

    def section(self, number: str, title: str, role: str) -> None:
        at = self.line(f"{number}. {title}", "heading")
        self.sections.append(Section("heading", number, title, number, (at[0], 10_000), None, role))
        if len(self.sections) > 1:
            before = self.sections[-2]
            self.sections[-2] = Section(
                "heading", before.number, before.title, before.path, (before.lines[0], at[0] - 1), None, before.role
            )

    def task(self, text: str, kind: str = "task", **fields: Any) -> None:
        section = self.sections[-1]
        at = self.line(text, "bullet")
        name = f"T{len(self.tasks) + 1:03d}"
        self.tasks.append(Task(name, at, kind, section.path, section.title, "khac", text, **fields))

    def target(self, text: str, comparator: str, value: float, unit: str = "%") -> None:
        at = self.line(text, "bullet")
        self.targets.append(Target(f"G{len(self.targets) + 1:03d}", at, text, comparator, value, unit, "khac"))

    def cite(self, text: str, mention: str, number: str, type: str, issuer: str, relation: str, title: str | None = None) -> None:
        at = self.line(text)
        self.citations.append(Citation(number, type, issuer, None, (), title, relation, (Mention(mention, at, relation),)))

    def document(self, source: str, header: Header, units: tuple[str, ...] = (), links: tuple[CitedLink, ...] = ()) -> Document:
        return Document(
            source=source,
            sha256=source,
            lines=tuple(self.lines),
            header=header,
            sections=tuple(self.sections),
            paragraphs=tuple(self.paragraphs),
            citations=tuple(self.citations),
            links=links,
            units=tuple(Unit(name, (name,), "phòng/ban") for name in units),
            tasks=tuple(self.tasks),
            targets=tuple(self.targets),
        )


def ward_of_hoa_mai() -> Document:
    """The plan of 2026 of a ward: targets, tasks, an appendix, bases."""
    w = Writer()
    w.line("ỦY BAN NHÂN DÂN PHƯỜNG HÒA MAI")
    w.line("Số: 15/KH-UBND")
    w.section("I", "CĂN CỨ", "bases")
    w.cite(
        "- Nghị quyết số 57-NQ/TW ngày 22/12/2024 của Bộ Chính trị;",
        "Nghị quyết số 57-NQ/TW", "57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "basis",
    )  # fmt: skip
    w.cite(
        "- Kế hoạch số 77/KH-UBND của Ủy ban nhân dân thành phố Vân Giang về chuyển đổi số năm 2026.",
        "Kế hoạch số 77/KH-UBND", "77/KH-UBND", "Kế hoạch", "Ủy ban nhân dân thành phố Vân Giang", "basis",
    )  # fmt: skip
    w.section("II", "KẾT QUẢ THỰC HIỆN NĂM 2025", "results")
    w.line("Năm 2025, tỷ lệ hồ sơ nộp trực tuyến của phường đạt 61,4%; phường có 27 tổ dân phố và 140 tổ viên tổ công nghệ số.")
    w.section("III", "CHỈ TIÊU", "targets")
    w.target("Tỷ lệ hồ sơ nộp trực tuyến đạt từ 75% trở lên.", ">=", 75)
    w.target("100% công chức được tập huấn kỹ năng số.", "=", 100)
    w.section("IV", "NHIỆM VỤ", "tasks")
    w.task(
        "Xây dựng quy chế quản lý camera an ninh theo Nghị định số 85/2016/NĐ-CP.",
        lead=("Công an phường",), coordinate=(OFFICE,), deadline=month("Tháng 6/2026", 6), cites=("85/2016/NĐ-CP",),
    )  # fmt: skip
    at = w.tasks[-1].lines
    mention = Mention("Nghị định số 85/2016/NĐ-CP", at, "complies")
    w.citations.append(Citation("85/2016/NĐ-CP", "Nghị định", "Chính phủ", None, (), None, "complies", (mention,)))
    w.section("V", "PHỤ LỤC", "appendix")
    w.task(
        "Thay máy tính cho bộ phận một cửa", "appendix", lead=(OFFICE,), coordinate=("Các phòng, ban",),
        deadline=month("Tháng 3/2026", 3), product="Biên bản bàn giao 20 máy",
    )  # fmt: skip
    w.task(
        "Mở lớp kỹ năng số cho người cao tuổi",
        "appendix",
        lead=(CULTURE,),
        deadline=month("Tháng 9/2026", 9),
        product="02 lớp học",
    )
    w.task("Phát loa tuyên truyền dịch vụ công", "appendix", lead=(CULTURE,), deadline=Deadline("Thường xuyên", "ongoing"))
    header = Header(
        "Kế hoạch", "15/KH-UBND", None, "Chuyển đổi số phường Hòa Mai năm 2026", "Ủy ban nhân dân phường Hòa Mai", "phường/xã",
        "2026-01-08", None, 2026, "Hòa Mai", Signer("Ngô Văn Sáu", "Chủ tịch"), Period("2026-01-01", "2026-12-31"),
    )  # fmt: skip
    return w.document("hoa-mai.txt", header, (OFFICE, CULTURE, "Công an phường"))


def ward_of_suoi_ngoc() -> Document:
    """The plan of another ward with units of the same names; its number is blank."""
    w = Writer()
    w.line("ỦY BAN NHÂN DÂN PHƯỜNG SUỐI NGỌC")
    w.line("Số: /KH-UBND")
    w.section("I", "CHỈ TIÊU", "targets")
    w.target("Tỷ lệ hồ sơ nộp trực tuyến tối thiểu 70%.", ">=", 70)
    w.section("II", "TỔ CHỨC THỰC HIỆN", "responsibilities")
    w.task("Chủ trì theo dõi, báo cáo việc thực hiện Kế hoạch.", "responsibility", lead=(CULTURE,))
    w.task("Hướng dẫn người dân nộp hồ sơ trực tuyến tại quầy.", "responsibility", lead=(CENTRE,))
    w.cite(
        "Kế hoạch này thay thế Kế hoạch số 31/KH-UBND ngày 02/3/2025 của Ủy ban nhân dân phường.",
        "Kế hoạch số 31/KH-UBND", "31/KH-UBND", "Kế hoạch", "Ủy ban nhân dân phường Suối Ngọc", "replaces",
    )  # fmt: skip
    header = Header(
        "Kế hoạch", None, "Số: /KH-UBND", "Chuyển đổi số phường Suối Ngọc năm 2026",
        "Ủy ban nhân dân phường Suối Ngọc", "phường/xã",
        None, None, 2026, "Suối Ngọc", Signer("Đỗ Thị Lành", "Phó Chủ tịch"), Period("2026-01-01", "2026-12-31"),
    )  # fmt: skip
    return w.document("suoi-ngoc.txt", header, (CULTURE, CENTRE))


def city_of_van_giang() -> Document:
    """The city's plan of 2026: money by department, and the chain to the Resolution."""
    w = Writer()
    w.line("ỦY BAN NHÂN DÂN THÀNH PHỐ VÂN GIANG")
    w.line("Số: 77/KH-UBND")
    w.section("I", "CĂN CỨ", "bases")
    sentence = "- Kế hoạch hành động số 39-KH/TU của Ban Thường vụ Thành ủy thực hiện Nghị quyết số 57-NQ/TW của Bộ Chính trị;"
    w.cite(sentence, "Kế hoạch hành động số 39-KH/TU", "39-KH/TU", "Kế hoạch", "Ban Thường vụ Thành ủy", "basis")
    at = w.citations[-1].mentions[0].lines
    mention = Mention("Nghị quyết số 57-NQ/TW", at, "implements")
    w.citations.append(Citation("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", None, (), None, "implements", (mention,)))
    links = (CitedLink(0, 1, "implements", at, sentence),)
    w.section("II", "DANH MỤC NHIỆM VỤ", "appendix")

    def money(approved: str, this_year: str) -> tuple[Money, ...]:
        labels = ("Dự toán được duyệt", "Phân bổ năm 2026")
        return tuple(
            Money(label, None if text == "-" else int(text.replace(".", "")) * 1_000_000, "triệu đồng", text)
            for label, text in zip(labels, (approved, this_year), strict=True)
        )

    for text, lead, approved, this_year in (
        ("Số hóa hồ sơ bệnh án", "Sở Y tế", "12.500", "4.000"),
        ("Phần mềm quản lý trạm y tế", "Sở Y tế", "3.250", "1.250"),
        ("Bản đồ số quy hoạch đô thị", "Sở Xây dựng", "8.000", "-"),
    ):
        w.task(
            text,
            "project",
            lead=(lead,),
            deadline=Deadline("2026-2027", "range", "2026-01-01", "2027-12-31"),
            budget=money(approved, this_year),
        )
    header = Header(
        "Kế hoạch", "77/KH-UBND", None, "Chuyển đổi số thành phố Vân Giang năm 2026",
        "Ủy ban nhân dân thành phố Vân Giang", "thành phố",
        "2025-12-20", None, 2025, "Vân Giang", Signer("Lý Quang Minh", "Chủ tịch"), Period("2026-01-01", "2026-12-31"),
    )  # fmt: skip
    return w.document("van-giang.txt", header, ("Sở Y tế", "Sở Xây dựng"), links)


CORPUS = MemoryCorpus(ward_of_hoa_mai(), ward_of_suoi_ngoc(), city_of_van_giang())
KEYS = {document.source: document_key(document) for document in CORPUS.documents()}
