"""Rules on when tasks are due: before the document, after its period, after what the upper plan allows."""

from __future__ import annotations

from collections.abc import Iterator

from graph.checks.case import DATED, Case, Examine, of_field, of_task
from graph.document_graph import level_rank
from graph.finding import Finding, shown
from graph.instrument import title_words
from ontology.knowledge import knowledge

_SURE = 0.6
"""Two tasks must be one duty with this probability before their deadlines are compared,"""
_IN_WORDS = 0.6
_TELLING, _NEARLY_ALL = 4, 0.9
"""and this share of their words must be in both, or nearly all words of the shorter one if these are not too few: tasks that open
alike may be two things."""


def before_issue(case: Case) -> Iterator[Finding]:
    """A task was due before the document was issued."""
    issued = case.document.header.date
    where = of_field(case.document, "date")
    for task in case.document.tasks:
        due = task.deadline
        if issued and due and due.end and due.kind in DATED and due.end < issued:
            yield case.finding(
                "deadline-before-issue", task.lines,
                f"Thời hạn “{due.text}” (đến {shown(due.end)}) trước ngày ban hành {shown(issued)}.",
                (of_task(case.document, task), *((where,) if where else ())), "Kiểm tra lại năm của thời hạn.",
            )  # fmt: skip


def after_period(case: Case) -> Iterator[Finding]:
    """A task begins only after the time that the plan covers; what a notice or report covers is the time it looks back on."""
    kind = knowledge().document_type(case.document.header.type or "")
    period = case.document.header.period if kind is not None and kind.role == "plan" else None
    for task in case.document.tasks:
        due = task.deadline
        if period and due and due.start and due.end and due.kind in DATED and due.start > period.end:
            yield case.finding(
                "deadline-after-period", task.lines,
                f"Thời hạn “{due.text}” sau thời gian của kế hoạch ({shown(period.start)} – {shown(period.end)}).",
                (of_task(case.document, task),),
            )  # fmt: skip


def after_parent(case: Case) -> Iterator[Finding]:
    """A task is due after the same duty in the plan that this one carries out."""
    own = {task.id: task for task in case.document.tasks if task.deadline and task.deadline.end and task.deadline.kind in DATED}
    if not own:
        return
    rank = level_rank(case.document.header.level)
    for key in case.survey.parents(case.key):
        parent = case.graph.documents[key]
        if level_rank(parent.header.level) >= rank:
            continue
        above = {task.id: task for task in parent.tasks if task.deadline and task.deadline.kind in DATED}
        for pair in case.survey.same_duties(case.key, key):
            ends = (pair.a.node, pair.b.node) if pair.a.node.startswith(f"{case.key}#") else (pair.b.node, pair.a.node)
            here, there = own.get(ends[0].partition("#")[2]), above.get(ends[1].partition("#")[2])
            if pair.score < _SURE or here is None or there is None or here.deadline is None or there.deadline is None:
                continue
            if not _same_words(here.text, there.text):
                continue
            end, limit = here.deadline.end or "", there.deadline.end or ""
            # A limit that had passed when the plan was made is that of an earlier year's round.
            if limit and end > limit and limit >= (case.day or ""):
                yield case.finding(
                    "deadline-after-parent", here.lines,
                    f"Thời hạn “{here.deadline.text}” sau hạn “{there.deadline.text}” của cùng nhiệm vụ tại {parent.source}.",
                    (of_task(case.document, here), of_task(parent, there)),
                )  # fmt: skip


def _same_words(one: str, other: str) -> bool:
    first, second = title_words(one), title_words(other)
    shared, shorter = len(first & second), min(len(first), len(second))
    return shared >= _IN_WORDS * len(first | second) or (shorter >= _TELLING and shared >= _NEARLY_ALL * shorter)


RULES: dict[str, Examine] = {
    "deadline-before-issue": before_issue,
    "deadline-after-period": after_period,
    "deadline-after-parent": after_parent,
}
"""The rules on deadlines, by code."""
