"""Every rule finds its planted fault, says where and why, and says nothing of documents in order."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import pytest
from trace_samples import cite, directive, gold_document, needs_shared, plan, register, task

from documents.model import Deadline, Defect, Paragraph, Period, Target
from graph.check import RULES, check
from ontology.rules import SEVERITIES, check_rules

WARD = "Ủy ban nhân dân phường Hòa Bình"
CITY = "Ủy ban nhân dân thành phố Cần Thơ"

KNOWN = register(
    directive("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2024-12-22", "về đột phá phát triển khoa học, công nghệ"),
    directive("85/2016/NĐ-CP", "Nghị định", "Chính phủ", "2016-07-01", "về an toàn"),
    directive(
        "11/2010/NĐ-CP",
        "Nghị định",
        "Chính phủ",
        "2010-02-03",
        "về cũ",
        replaced_by=("85/2016/NĐ-CP",),
        in_force_until="2016-06-30",
    ),
    directive("9/2020/NĐ-CP", "Nghị định", "Chính phủ", "2020-01-01", "về nhà ở"),
    directive("10/2021/NĐ-CP", "Nghị định", "Chính phủ", "2021-01-01", "sửa đổi về nhà ở", amends=("9/2020/NĐ-CP",)),
    directive("13/2025/NĐ-CP", "Nghị định", "Chính phủ", "2025-12-01", "về mới", in_force_from="2026-07-01"),
)


def ward(*citations, tasks=(), **header):
    fields = {"type": "Kế hoạch", "number": "7/KH-UBND", "issuer": WARD, "level": "phường/xã", "date": "2026-01-05"} | header
    return plan("p.txt", [f"dòng {n}" for n in range(1, 9)], citations=citations, tasks=tasks, **fields)


def other(*citations, source="q.txt", **header):
    fields = {"type": "Kế hoạch", "number": "8/KH-UBND", "issuer": CITY, "level": "thành phố", "date": "2026-01-06"} | header
    return plan(source, [f"hàng {n}" for n in range(1, 9)], citations=citations, **fields)


def decree(number, date, relation="basis", at=2):
    return cite(number, "Nghị định", "Chính phủ", date, None, relation, at=at)


def due(text, kind, start, end):
    return Deadline(text, kind, start, end)


COMPLETE = task("T001", "Việc có đủ", 4, lead=("Văn phòng",), deadline=due("Quý I/2026", "quarter", "2026-01-01", "2026-03-31"))
CITED_BY_TITLE = "về chuyển đổi số thành phố Cần Thơ năm"


def lead_of(name):
    return dataclasses.replace(COMPLETE, lead=(name,))


def plan_cite(number, date=None, title=None, relation="basis"):
    return cite(number, "Kế hoạch", CITY, date, title, relation, at=3)


SAME_DUTY = "Mở lớp kỹ năng số cơ bản cho thành viên tổ công nghệ cộng đồng"


def aim(value, at):
    text = f"Tỷ lệ hồ sơ thủ tục hành chính nộp trực tuyến đạt tối thiểu {value}%"
    return Target("G001", (at, at), text, ">=", value, "%", "chinh-quyen-so")


PLANTED = [
    # (rule, documents, line, word of the message, reason)
    ("wrong-year-of-number", [ward(decree("85/2016/NĐ-CP", "2025-07-01"))], 2, "2016", "the number says 2016, the date 2025"),
    (
        "date-against-register",
        [ward(cite("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2024-12-20", at=2))],
        2,
        "22/12/2024",
        "two days off",
    ),
    (
        "date-against-others",
        [ward(plan_cite("30/KH-UBND", "2025-05-01")), other(plan_cite("30/KH-UBND", "2025-05-02"))],
        3,
        "q.txt",
        "two plans, two dates, no register",
    ),
    (
        "date-against-others",
        [
            ward(plan_cite("8/KH-UBND", "2026-01-07")),
            dataclasses.replace(other(), header=dataclasses.replace(other().header, lines=(("date", (1, 1)),))),
        ],
        3,
        "06/01/2026",
        "the cited plan itself has another date",
    ),
    (
        "year-of-title",
        [
            ward(plan_cite("30/KH-UBND", "2025-05-01", f"{CITED_BY_TITLE} 2026")),
            other(plan_cite("30/KH-UBND", "2025-05-01", f"{CITED_BY_TITLE} 2025")),
        ],
        3,
        "2025",
        "the same plan for two years",
    ),
    ("basis-out-of-force", [ward(decree("11/2010/NĐ-CP", "2010-02-03"))], 2, "85/2016/NĐ-CP", "replaced long before"),
    (
        "basis-replaced",
        [
            ward(plan_cite("30/KH-UBND", "2025-05-01")),
            other(plan_cite("30/KH-UBND", "2025-05-01", None, "replaces"), date="2025-12-01"),
        ],
        3,
        "8/KH-UBND",
        "a read plan replaced it",
    ),
    ("cited-before-issue", [ward(plan_cite("30/KH-UBND", "2026-02-01"))], 3, "01/02/2026", "cited before it was issued"),
    (
        "ambiguous-reference",
        [
            ward(cite("30/KH-UBND", "Kế hoạch", at=3)),
            other(plan_cite("30/KH-UBND", "2025-05-01")),
            other(cite("30/KH-UBND", "Kế hoạch", "Sở Y tế thành phố Cần Thơ", "2025-05-01"), source="r.txt", number="9/KH-UBND"),
        ],
        3,
        "30/KH-UBND",
        "two bodies have this number",
    ),
    ("number-twice", [ward(), dataclasses.replace(ward(), source="p2.txt", sha256="0")], 1, "p2.txt", "two files, one number"),
    (
        "deadline-before-issue",
        [ward(tasks=(dataclasses.replace(COMPLETE, deadline=due("Quý III/2025", "quarter", "2025-07-01", "2025-09-30")),))],
        4,
        "30/09/2025",
        "due months before the plan",
    ),
    (
        "deadline-after-period",
        [
            ward(
                tasks=(dataclasses.replace(COMPLETE, deadline=due("Tháng 2/2027", "month", "2027-02-01", "2027-02-28")),),
                period=Period("2026-01-01", "2026-12-31"),
            )
        ],
        4,
        "Tháng 2/2027",
        "due after the year of the plan",
    ),
    ("lead-dissolved", [ward(tasks=(lead_of("Sở Thông tin và Truyền thông"),))], 4, "Sở Khoa học và Công nghệ", "merged in 2025"),
    (
        "lead-dissolved",
        [ward(tasks=(lead_of("Ủy ban nhân dân các quận, huyện"),))],
        4,
        "cấp huyện",
        "no districts since July 2025",
    ),
    (
        "no-lead",
        [ward(tasks=(lead_of("Văn phòng"), dataclasses.replace(COMPLETE, id="T002", lines=(5, 5), lead=())))],
        5,
        "1/2",
        "nobody leads",
    ),
    (
        "impossible-date",
        [dataclasses.replace(ward(), paragraphs=(Paragraph("paragraph", (6, 6), "Xong trước ngày 31/9/2026."),))],
        6,
        "31/9/2026",
        "September has thirty days",
    ),
    (
        "parent-of-other-year",
        [ward(plan_cite("30/KH-UBND", "2025-01-06", f"{CITED_BY_TITLE} 2025"), period=Period("2026-01-01", "2026-12-31"))],
        3,
        "năm 2025",
        "a plan for 2026 rests on the one for 2025",
    ),
    (
        "title-against-register",
        [ward(cite("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2024-12-22", "về trồng rừng đầu nguồn ven biển", at=2))],
        2,
        "trồng rừng",
        "another title",
    ),
    (
        "title-against-others",
        [
            ward(plan_cite("30/KH-UBND", "2025-05-01", "về trồng rừng đầu nguồn ven biển")),
            other(plan_cite("30/KH-UBND", "2025-05-01", "về mở lớp dạy nghề may mặc")),
        ],
        3,
        "q.txt",
        "two titles of nothing in common",
    ),
    ("issuer-against-number", [ward(cite("85/2016/NĐ-CP", "Nghị định", "Bộ Công an", at=2))], 2, "Chính phủ", "NĐ-CP"),
    (
        "issuer-against-others",
        [
            ward(cite("30/KH-UBND", "Kế hoạch", "Sở Y tế thành phố Cần Thơ", "2025-05-01", f"{CITED_BY_TITLE} 2026", at=3)),
            other(plan_cite("30/KH-UBND", "2025-05-01", f"{CITED_BY_TITLE} 2026")),
        ],
        3,
        "Sở Y tế",
        "one plan of two bodies",
    ),
    ("type-against-number", [ward(cite("12/CT-TTg", "Nghị định", None, at=2))], 2, "Chỉ thị", "CT is no decree"),
    ("basis-amended", [ward(decree("9/2020/NĐ-CP", "2020-01-01"))], 2, "10/2021/NĐ-CP", "amended, and that is left out"),
    ("basis-not-in-force", [ward(decree("13/2025/NĐ-CP", "2025-12-01"))], 2, "01/07/2026", "in force only in July"),
    (
        "deadline-after-parent",
        [
            ward(
                plan_cite("8/KH-UBND", "2026-01-01", None, "implements"),
                tasks=(
                    dataclasses.replace(
                        COMPLETE, text=SAME_DUTY, deadline=due("Quý IV/2026", "quarter", "2026-10-01", "2026-12-31")
                    ),
                ),
            ),
            dataclasses.replace(
                other(date="2026-01-01"),
                tasks=(dataclasses.replace(COMPLETE, text=SAME_DUTY, lines=(2, 2)),),
            ),
        ],
        4,
        "Quý I/2026",
        "the city wants it by March",
    ),
    ("lead-not-of-body", [ward(tasks=(lead_of("Sở Y tế thành phố Cần Thơ"),))], 4, "Sở Y tế", "a ward charges a department"),
    (
        "two-leads",
        [ward(tasks=(lead_of("Văn phòng"), dataclasses.replace(COMPLETE, id="T002", lines=(5, 5), lead=("Công an phường",))))],
        4,
        "Công an phường",
        "the same words twice",
    ),
    (
        "no-product",
        [
            ward(
                tasks=(
                    dataclasses.replace(COMPLETE, product="Báo cáo"),
                    dataclasses.replace(COMPLETE, id="T002", text="Việc khác hẳn", lines=(5, 5)),
                )
            )
        ],
        5,
        "1/2",
        "the other row has one",
    ),
    (
        "target-below-parent",
        [
            dataclasses.replace(ward(plan_cite("8/KH-UBND", "2026-01-01", None, "implements")), targets=(aim(60, 7),)),
            dataclasses.replace(other(date="2026-01-01"), targets=(aim(80, 3),)),
        ],
        7,
        "≥ 80%",
        "the city wants more",
    ),
    ("no-deadline", [ward(tasks=(dataclasses.replace(COMPLETE, deadline=None),))], 4, "1/1", "no deadline"),
]


def found(documents, code=None):
    return [one for one in check(documents, KNOWN) if one.source == "p.txt" and code in (None, one.code)]


@pytest.mark.parametrize(("code", "documents", "line", "word", "reason"), PLANTED, ids=[f"{row[0]}: {row[4]}" for row in PLANTED])
def test_a_planted_fault_is_found(code, documents, line, word, reason):
    findings = found(documents, code)
    assert len(findings) == 1, reason
    one = findings[0]
    assert one.lines[0] == line
    assert word in one.message
    assert one.evidence
    assert (one.severity, one.kind) == (check_rules()[code].severity, check_rules()[code].kind)


def test_every_rule_is_planted():
    assert {row[0] for row in PLANTED} == set(RULES)


CLEAN = [
    (
        ward(
            decree("85/2016/NĐ-CP", "2016-07-01"), cite("57-NQ/TW", "Nghị quyết", "Bộ Chính trị", "2024-12-22"), tasks=(COMPLETE,)
        ),
        "all right",
    ),
    (ward(decree("85/2016/NĐ-CP", None), tasks=(COMPLETE,)), "a date left out is no wrong date"),
    (ward(decree("11/2010/NĐ-CP", "2010-02-03", "mentions"), tasks=(COMPLETE,)), "an old decree may be spoken of"),
    (ward(decree("11/2010/NĐ-CP", "2010-02-03"), tasks=(COMPLETE,), date="2012-03-04", period=None), "it was in force then"),
    (
        ward(tasks=(lead_of("Sở Thông tin và Truyền thông"),), date="2024-01-05", issuer=CITY, level="thành phố"),
        "it existed then",
    ),
    *(
        (
            ward(tasks=(lead_of(name),), issuer="Sở Y tế thành phố Cần Thơ", level="sở/ngành", number="7/KH-SYT"),
            f"a department may charge {name}",
        )
        for name in ("Sở", "Sở Y tế", "Văn phòng Sở", "Trung tâm Kiểm soát bệnh tật")
    ),
    *(
        (ward(tasks=(lead_of(name),)), f"a ward may charge {name}")
        for name in ("Ủy ban nhân dân", "UBND phường", "Công an phường", "Bộ phận Một cửa", "Trạm Y tế", "Các tổ dân phố")
    ),
    *(
        (ward(tasks=(lead_of(name),), issuer=CITY, level="thành phố"), f"a city may charge {name}")
        for name in ("Bộ Chỉ huy Quân sự thành phố", "Cục Thuế thành phố", "Sở Y tế", "Ủy ban nhân dân các phường, xã")
    ),
    (
        ward(tasks=(dataclasses.replace(COMPLETE, deadline=due("2024-2028", "range", "2024-01-01", "2028-12-31")),)),
        "projects run for years",
    ),
    (
        ward(tasks=(dataclasses.replace(COMPLETE, deadline=due("Tháng 01/2026", "month", "2026-01-01", "2026-01-31")),)),
        "the month of issue",
    ),
    (ward(tasks=(dataclasses.replace(COMPLETE, kind="responsibility", lead=(), deadline=None),)), "standing duties have neither"),
]


@pytest.mark.parametrize(("document", "reason"), CLEAN, ids=[row[1] for row in CLEAN])
def test_documents_in_order_have_no_finding(document, reason):
    if document.header.date and document.header.date < "2026":
        document = dataclasses.replace(
            document,
            tasks=tuple(
                dataclasses.replace(t, deadline=due("Quý IV/2026", "quarter", "2026-10-01", "2026-12-31")) for t in document.tasks
            ),
        )
    assert found([document]) == [], reason


def test_the_readers_own_findings_come_first_and_are_not_repeated():
    defect = Defect((2,), "wrong-year", "Nghị định 85/2016/NĐ-CP: số ghi năm 2016 nhưng ngày ghi 1/7/2025.")
    document = dataclasses.replace(ward(decree("85/2016/NĐ-CP", "2025-07-01")), defects=(defect,))
    findings = [one for one in found([document]) if one.kind == "wrong-year"]
    assert [(one.code, one.severity, one.message) for one in findings] == [("wrong-year", "error", defect.text)]


def test_findings_are_sorted_and_deterministic():
    documents = [document for row in PLANTED[:3] for document in row[1]]
    documents = [
        dataclasses.replace(one, source=f"{n}.txt", header=dataclasses.replace(one.header, number=f"{n}/KH-UBND"))
        for n, one in enumerate(documents, 1)
    ]
    first = [one.record() for one in check(documents, KNOWN)]
    assert first == [one.record() for one in check(list(reversed(documents)), KNOWN)]
    keys = [(one["source"], SEVERITIES.index(one["severity"]), one["lines"]) for one in first]
    assert keys == sorted(keys)


def test_every_rule_is_described_and_has_a_section():
    page = (Path(__file__).resolve().parent.parent / "docs" / "checks.md").read_text(encoding="utf-8")
    for code, rule in check_rules().items():
        assert f"### `{code}`" in page, code
        section = page.split(f"### `{code}`", 1)[1].split("\n#", 1)[0]
        assert rule.severity in section.partition("\n\n")[2].partition("\n")[0], code
        assert rule.label in section, code
    assert set(RULES) <= set(check_rules())


@needs_shared
def test_the_annotated_plans():
    """By eye: these are the faults between the three plans that rules across documents can be certain of."""
    documents = [gold_document(stem) for stem in ("000", "002", "004")]
    ruled = {(one.source[:3], one.code, one.lines[0]) for one in check(documents) if one.code in RULES}
    assert ("002", "year-of-title", 224) in ruled
    assert ("000", "year-of-title", 9) not in ruled, "a plan issued in December is for the next year"
    errors = [one for one in check(documents) if one.severity == "error" and one.code in RULES]
    assert not [one for one in errors if one.source.startswith("002")]
