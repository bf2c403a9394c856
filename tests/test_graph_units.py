"""Between units: whom a group means, and who took the place of a unit that has ended."""

from __future__ import annotations

import pytest

from documents.model import Unit
from documents.understand import understand
from graph.build import document_quads
from graph.units import is_member
from graph.validate import validate_document

GROUPS = [
    # the group, a unit and its kind, whether it is a member, why
    ("Các phòng, đơn vị", "Phòng Tài chính", "phòng/ban", True, "an office"),
    ("Các phòng, đơn vị", "Trung tâm Lưu trữ", "đơn vị sự nghiệp/trung tâm", True, "a unit"),
    ("Các phòng, đơn vị", "Sở Nội vụ", "sở/ngành", False, "another kind"),
    ("các sở, ban, ngành", "Sở Nội vụ", "sở/ngành", True, "a department"),
    ("UBND các phường, xã", "Ủy ban nhân dân phường Bến Mơ", "ủy ban nhân dân", True, "a place of that kind"),
    ("UBND các phường, xã", "Huyện Bình Giang", "địa phương", False, "a place of another kind"),
    ("UBND các phường, xã", "Sở Nội vụ", "sở/ngành", False, "no place at all"),
    ("Các phòng, đơn vị liên quan", "Phòng Tài chính", "phòng/ban", False, "only some of them, and not said which"),
    ("Các cơ quan, đơn vị", "Trung tâm Lưu trữ", "đơn vị sự nghiệp/trung tâm", False, "its first word is of no kind"),
    ("Các phòng, đơn vị", "Các phòng, ban", "nhóm đơn vị", False, "a group itself"),
    ("Phòng Tài chính", "Phòng Nội vụ", "phòng/ban", False, "one unit is no group"),
]  # fmt: skip


@pytest.mark.parametrize(("group", "unit", "kind", "member", "reason"), GROUPS, ids=[f"{r[0]}: {r[4]}" for r in GROUPS])
def test_members_of_a_group(group: str, unit: str, kind: str, member: bool, reason: str) -> None:
    assert is_member(group, Unit(unit, (unit,), kind, (1,))) is member


PLAN = """ỦY BAN NHÂN DÂN
THÀNH PHỐ HẢI PHÒNG
Số: 9/KH-UBND
Hải Phòng, ngày 05 tháng 3 năm 2023

KẾ HOẠCH
Chuyển đổi số năm 2023

I. NHIỆM VỤ
1. Hạ tầng số
- Nâng cấp mạng dùng chung. Chủ trì: Sở Thông tin và Truyền thông; phối hợp: các sở, ban, ngành.
"""


def test_a_unit_that_has_ended_leads_to_its_successor() -> None:
    document = understand(PLAN.split("\n"), "plan.txt", "0" * 64)
    said = {
        (q.subject.value, q.predicate.value.rpartition("/")[2].rpartition("#")[2], q.object.value)
        for q in document_quads(document)
    }
    unit = "https://w3id.org/cancu/id/unit/"
    old = f"{unit}so-thong-tin-va-truyen-thong-thanh-pho-hai-phong"
    new = f"{unit}so-khoa-hoc-va-cong-nghe-thanh-pho-hai-phong"
    change = "https://w3id.org/cancu/list/changes/so-2025"
    assert {(old, "isReplacedBy", new), (old, "changedBy", change), (new, "resultedFrom", change)} <= said
    assert {o for s, p, o in said if p == "assignedTo"} == {old}, "the plan keeps the unit of its time"


def test_members_are_marked_as_inferred() -> None:
    document = understand(PLAN.split("\n"), "plan.txt", "0" * 64)
    quads = document_quads(document)
    nodes = {q.subject for q in quads if q.predicate.value.endswith("#predicate") and q.object.value.endswith("hasMember")}
    assert len(nodes) == 1
    marks = {q.predicate.value.rpartition("#")[2]: q.object.value for q in quads if q.subject in nodes}
    assert (marks["method"], marks["confidence"]) == ("same-kind", "0.6")
    assert validate_document(document) == ()
