"""Rules on who leads: units that are gone, units that the body cannot give work to, and one duty given to two."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from documents.head.issuer import area_of, level_of
from documents.identity import body, expand, surroundings
from documents.model import Document, Task
from documents.text import fold
from graph.checks.case import Case, Examine, of_field, of_task
from graph.document_graph import Evidence, level_rank
from graph.finding import Finding, shown
from ontology.entries import UnitEntry
from ontology.knowledge import knowledge

_TWO_TIER = "2025-07-01"
"""Since this day local government has two tiers (Luật 72/2025/QH15): no districts, no departments of before the mergers."""

_NATIONAL = "trung ương"
_DEPARTMENT = "sở/ngành"
_COMMUNE = "phường/xã"
_SURE = 0.75
"""Two tasks of one document must be one duty with this probability before their leads are compared."""
_ONE_DUTY = ("task", "appendix")
"""Kinds of task that are given once; rows of a budget with like names are projects of different bodies."""


@cache
def _ended() -> dict[str, UnitEntry]:
    """The units that have ended, by folded name."""
    return {fold(unit.label): unit for unit in knowledge().units if unit.successors}


def dissolved(case: Case) -> Iterator[Finding]:
    """A task is given to a body that no longer existed on the document's day."""
    if case.day is None:
        return
    for task in case.document.tasks:
        for lead in task.lead:
            unit = _ended().get(fold(lead))
            if unit is not None and case.day > (unit.valid_to or _TWO_TIER):
                until = f", hoạt động đến {shown(unit.valid_to)}" if unit.valid_to else ""
                evidence = [of_task(case.document, task)]
                if unit.ended_by is not None:
                    evidence.append(Evidence("; ".join(unit.ended_by.sources), None, unit.ended_by.label))
                yield case.finding(
                    "lead-dissolved", task.lines,
                    f"Đơn vị chủ trì “{lead}” đã sáp nhập vào {', '.join(unit.successors)}{until}.",
                    evidence, f"Giao {', '.join(unit.successors)}.",
                )  # fmt: skip
            elif case.day > _TWO_TIER and _is_district(lead):
                yield case.finding(
                    "lead-dissolved", task.lines,
                    f"Đơn vị chủ trì “{lead}”: từ {shown(_TWO_TIER)} không còn cấp huyện.",
                    (of_task(case.document, task),), "Giao Ủy ban nhân dân cấp xã.",
                )  # fmt: skip


def _is_district(lead: str) -> bool:
    words = f"{fold(lead).replace(',', ' ')} "
    kinds = [fold(kind) for kind in knowledge().level_with_id("huyen").places]
    return words.startswith("uy ban nhan dan") and any(f" {kind} " in words for kind in kinds)


def of_another_body(case: Case) -> Iterator[Finding]:
    """A task is given to a body above the one that gives it, to a department beside it, or to units of another commune."""
    document = case.document
    if document.noisy or not knowledge().level(document.header.level):
        return
    issuer = of_field(document, "issuer")
    for task in document.tasks:
        # What a document proposes to others it does not give them ("Đề nghị Sở ...").
        if fold(task.text).startswith(("de nghi", "kien nghi")) or "de nghi" in fold(task.section_title or ""):
            continue
        wrong = [lead for lead in task.lead if _is_foreign(lead, document)]
        if wrong:
            yield case.finding(
                "lead-not-of-body", task.lines,
                f"Giao “{wrong[0]}” chủ trì, trong khi đây không phải đơn vị thuộc "
                f"{document.header.issuer or 'cơ quan ban hành'}.",
                (of_task(document, task), *((issuer,) if issuer else ())),
                "Ghi là đề nghị phối hợp, hoặc giao đơn vị thuộc cơ quan ban hành.",
            )  # fmt: skip


def _is_foreign(lead: str, document: Document) -> bool:
    """Whether the unit ``lead`` stands above the document's issuer or belongs to somebody else of its level."""
    kind = knowledge().unit_kind(lead)
    own = document.header.level
    if kind is None or own is None:
        return False
    where, name = surroundings(document), body(lead, surroundings(document)).name
    if where.issuer.startswith(name):
        return False  # a short form of the issuer itself ("Sở", "Ủy ban nhân dân")
    if kind.label in ("bộ, cơ quan ngang bộ", "cơ quan trung ương"):
        return own != _NATIONAL and fold(expand(lead)) in _national_bodies()
    if kind.label == "sở/ngành":
        return own in (_COMMUNE, _DEPARTMENT)
    level = level_of(lead)
    if kind.label == "ủy ban nhân dân" and level is not None:
        return level_rank(level) < level_rank(own)
    area, ours = area_of(lead), area_of(document.header.issuer or "")
    if own == _COMMUNE and level == _COMMUNE and area and ours:
        return fold(area) != fold(ours)
    return False


@cache
def _national_bodies() -> frozenset[str]:
    """The folded names of the bodies of the country: "Bộ Chỉ huy Quân sự" is none though it begins like one."""
    units = (fold(unit.label) for unit in knowledge().units if unit.level == _NATIONAL)
    return frozenset((*units, *(fold(code.name) for code in knowledge().issuer_codes.values() if code.proves)))


def given_twice(case: Case) -> Iterator[Finding]:
    """Two places of a document give one duty to two different leads."""
    document = case.document
    given = {task.id: task for task in document.tasks if task.lead and task.kind in _ONE_DUTY}
    if len(given) < 2:
        return
    said: set[tuple[str, str]] = set()
    for one, other in _repeated(case, given):
        if (one.id, other.id) in said or _have_a_lead_in_common(one, other):
            continue
        said.add((one.id, other.id))
        yield case.finding(
            "two-leads", sorted({*one.lines, *other.lines}),
            f"Cùng một nhiệm vụ được giao cho {', '.join(one.lead)} (dòng {one.lines[0]}) "
            f"và {', '.join(other.lead)} (dòng {other.lines[0]}).",
            (of_task(document, one), of_task(document, other)), "Giao một đơn vị chủ trì, đơn vị còn lại phối hợp.",
        )  # fmt: skip


def _repeated(case: Case, given: dict[str, Task]) -> Iterator[tuple[Task, Task]]:
    """The pairs of tasks that are one duty: of the same words, or found to be so."""
    by_words: dict[str, Task] = {}
    for task in given.values():
        first = by_words.setdefault(fold(task.text), task)
        if first is not task:
            yield first, task
    for pair in case.survey.repeated(case.key):
        ends = [given.get(node.partition("#")[2]) for node in (pair.a.node, pair.b.node)]
        if pair.score >= _SURE and ends[0] and ends[1]:
            first, second = sorted((ends[0], ends[1]), key=lambda task: (task.lines, task.id))
            yield first, second


def _have_a_lead_in_common(one: Task, other: Task) -> bool:
    """Whether both have a lead in common, or one is given to a group of units that may well hold the other's."""
    names = [{fold(lead) for lead in task.lead} for task in (one, other)]
    groups = any(name.startswith("cac ") or " cac " in name for found in names for name in found)
    inside = any(a in b or b in a for a in names[0] for b in names[1])
    return bool(names[0] & names[1]) or groups or inside


RULES: dict[str, Examine] = {
    "lead-dissolved": dissolved,
    "lead-not-of-body": of_another_body,
    "two-leads": given_twice,
}
"""The rules on leads, by code."""
