"""Rules on tasks: deadlines that cannot be kept, leads that are no longer there, tasks without lead or deadline."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from documents.model import Task
from documents.text import fold
from graph.document_graph import Evidence
from graph.finding import Case, Finding, Rule, shown
from ontology.entries import UnitEntry
from ontology.knowledge import knowledge

_TWO_TIER = "2025-07-01"
"""Since this day local government has two tiers (Luật 72/2025/QH15): no districts, no departments of before the mergers."""

_DISTRICTS = ("quan", "huyen", "thi xa")
_DATED = ("date", "month", "quarter", "year", "before")
"""Kinds of deadline that name an end; a range may reach back to when a project began."""

_ASSIGNED = ("task", "appendix", "project")
"""Kinds of task that one expects to be given to somebody until some day."""


def _evidence(case: Case, task: Task) -> Evidence:
    return Evidence(case.document.source, task.lines, task.text)


def late_before_it_began(case: Case) -> Iterator[Finding]:
    """A task was due before the document was issued."""
    issued = case.document.header.date
    for task in case.document.tasks:
        due = task.deadline
        if issued and due and due.end and due.kind in _DATED and due.end < issued:
            yield Finding(
                "deadline-before-issue", "impossible-date", "error", case.document.source, task.lines,
                f"Thời hạn “{due.text}” (đến {shown(due.end)}) trước ngày ban hành {shown(issued)}.",
                (_evidence(case, task),), "Kiểm tra lại năm của thời hạn.",
            )  # fmt: skip


def due_after_the_period(case: Case) -> Iterator[Finding]:
    """A task is due after the period that the plan covers."""
    period = case.document.header.period
    for task in case.document.tasks:
        due = task.deadline
        if period and due and due.start and due.end and due.kind in _DATED and due.start > period.end:
            yield Finding(
                "deadline-after-period", "wrong-year", "warning", case.document.source, task.lines,
                f"Thời hạn “{due.text}” sau thời gian của kế hoạch ({shown(period.start)} – {shown(period.end)}).",
                (_evidence(case, task),),
            )  # fmt: skip


def dissolved_lead(case: Case) -> Iterator[Finding]:
    """A task is given to a body that no longer existed on the document's day."""
    if case.day is None:
        return
    gone = {fold(unit.label): unit for unit in knowledge().units if unit.successors}
    for task in case.document.tasks:
        for lead in task.lead:
            unit = gone.get(fold(lead))
            if unit is not None and case.day > (unit.valid_to or _TWO_TIER):
                yield Finding(
                    "lead-dissolved", "unit-dissolved", "warning", case.document.source, task.lines,
                    f"Đơn vị chủ trì “{lead}” đã sáp nhập vào {', '.join(unit.successors)}{_until(unit)}.",
                    (_evidence(case, task),), f"Giao {', '.join(unit.successors)}.",
                )  # fmt: skip
            elif case.day > _TWO_TIER and _is_district(lead):
                yield Finding(
                    "lead-dissolved", "unit-dissolved", "warning", case.document.source, task.lines,
                    f"Đơn vị chủ trì “{lead}”: từ {shown(_TWO_TIER)} không còn cấp huyện.",
                    (_evidence(case, task),), "Giao Ủy ban nhân dân cấp xã.",
                )  # fmt: skip


def _until(unit: UnitEntry) -> str:
    return f", hoạt động đến {shown(unit.valid_to)}" if unit.valid_to else ""


def _is_district(lead: str) -> bool:
    words = fold(lead)
    return words.startswith("uy ban nhan dan") and any(f" {kind} " in f"{words.replace(',', ' ')} " for kind in _DISTRICTS)


def without_lead(case: Case) -> Iterator[Finding]:
    """Tasks that nobody is given, in one finding."""
    missing = [task for task in case.document.tasks if not task.lead and task.kind in _ASSIGNED]
    if missing:
        message = f"{_share(case, missing)} không nêu đơn vị chủ trì."
        yield _together(case, "no-lead", missing, message, "Nêu rõ đơn vị chủ trì của từng nhiệm vụ.")


def without_deadline(case: Case) -> Iterator[Finding]:
    """Tasks without any deadline, in one finding."""
    missing = [task for task in case.document.tasks if task.deadline is None and task.kind in _ASSIGNED]
    if missing:
        message = f"{_share(case, missing)} không nêu thời hạn."
        yield _together(case, "no-deadline", missing, message, "Nêu rõ thời hạn của từng nhiệm vụ.")


def _share(case: Case, missing: Sequence[Task]) -> str:
    total = sum(task.kind in _ASSIGNED for task in case.document.tasks)
    return f"{len(missing)}/{total} nhiệm vụ"


def _together(case: Case, code: str, tasks: Sequence[Task], message: str, suggestion: str) -> Finding:
    lines = tuple(task.lines[0] for task in tasks)
    evidence = tuple(_evidence(case, task) for task in tasks)
    return Finding(code, code, "info", case.document.source, lines, message, evidence, suggestion)


RULES = (
    Rule("deadline-before-issue", "impossible-date", "error", "Thời hạn trước ngày ban hành", late_before_it_began),
    Rule("deadline-after-period", "wrong-year", "warning", "Thời hạn sau thời gian của kế hoạch", due_after_the_period),
    Rule("lead-dissolved", "unit-dissolved", "warning", "Đơn vị chủ trì không còn vào ngày của văn bản", dissolved_lead),
    Rule("no-lead", "no-lead", "info", "Nhiệm vụ không nêu đơn vị chủ trì", without_lead),
    Rule("no-deadline", "no-deadline", "info", "Nhiệm vụ không nêu thời hạn", without_deadline),
)
"""The rules on tasks."""
