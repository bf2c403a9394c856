"""Rules on what tasks do not say: who leads, until when, with what result. One finding for a document."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from documents.model import Task
from graph.checks.case import ASSIGNED, Case, Examine, of_task
from graph.finding import Finding


def without_lead(case: Case) -> Iterator[Finding]:
    """Tasks that nobody is given."""
    assigned = [task for task in case.document.tasks if task.kind in ASSIGNED]
    yield from _together(
        case, "no-lead", [task for task in assigned if not task.lead], len(assigned),
        "không nêu đơn vị chủ trì", "Nêu rõ đơn vị chủ trì của từng nhiệm vụ.",
    )  # fmt: skip


def without_deadline(case: Case) -> Iterator[Finding]:
    """Tasks without any deadline."""
    assigned = [task for task in case.document.tasks if task.kind in ASSIGNED]
    yield from _together(
        case, "no-deadline", [task for task in assigned if task.deadline is None], len(assigned),
        "không nêu thời hạn", "Nêu rõ thời hạn của từng nhiệm vụ.",
    )  # fmt: skip


def without_product(case: Case) -> Iterator[Finding]:
    """Tasks without a product, in the parts of the document where others state theirs."""
    parts = {task.section for task in case.document.tasks if task.product}
    there = [task for task in case.document.tasks if task.kind in ASSIGNED and task.section in parts]
    yield from _together(
        case, "no-product", [task for task in there if not task.product], len(there),
        "không nêu sản phẩm, trong khi các nhiệm vụ cùng phần có nêu", "Nêu rõ sản phẩm của từng nhiệm vụ.",
    )  # fmt: skip


def _together(case: Case, code: str, missing: Sequence[Task], of: int, what: str, suggestion: str) -> Iterator[Finding]:
    if missing:
        lines = tuple(task.lines[0] for task in missing)
        evidence = [of_task(case.document, task) for task in missing]
        yield case.finding(code, lines, f"{len(missing)}/{of} nhiệm vụ {what}.", evidence, suggestion)


RULES: dict[str, Examine] = {
    "no-lead": without_lead,
    "no-deadline": without_deadline,
    "no-product": without_product,
}
"""The rules on what is missing, by code."""
