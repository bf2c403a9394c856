"""What is due as of a day: the tasks of all plans by deadline, with whom they are and how many days are left.

The day is an argument; no clock is read. A leader asks first for what is late and what has to be done now; work that goes
on, duties without an end and what plans of bygone years left open stand apart.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from documents.model import Document, Span, Task

SOON = 30
"""Days ahead that count as soon."""

_CLOSED_AFTER = 365
"""Days after the end of its period from which on a plan's open tasks are no longer its body's business of today."""

STATUSES = {
    "overdue": "quá hạn",
    "due": "đến hạn",
    "soon": "sắp bắt đầu",
    "running": "đang thực hiện",
    "ongoing": "thường xuyên",
    "lapsed": "quá hạn, kế hoạch đã kết thúc",
}
"""Status → what officers call it, in the order of the list."""

WITH_AN_END = ("overdue", "due", "soon", "running")
"""What is listed unless everything is asked for."""


@dataclass(frozen=True, slots=True)
class Due:
    """A task with its deadline.

    ``status``: "overdue" (the end has passed), "due" (it ends on the day asked or within the days looked ahead), "soon" (it
    begins within them), "running" (it has begun and ends later), "ongoing" (without an end, in a plan that is in force),
    "lapsed" (overdue in a plan that ended a year ago or was followed by its body's next plan). ``days`` are the days from
    the day asked to the end, negative when it has passed, ``None`` without an end. ``plan`` is the number of the plan, its
    file where that is blank.
    """

    status: str
    source: str
    lines: Span
    text: str
    lead: tuple[str, ...]
    deadline: str
    end: str | None
    days: int | None
    plan: str
    issuer: str | None = None

    def record(self) -> dict[str, Any]:
        """The JSON value that `cancu due` prints."""
        return {
            "status": self.status, "label": STATUSES[self.status], "source": self.source, "lines": list(self.lines),
            "text": self.text, "lead": list(self.lead), "deadline": self.deadline, "end": self.end, "days": self.days,
            "plan": self.plan, "issuer": self.issuer,
        }  # fmt: skip


def due(documents: Sequence[Document], as_of: date, ahead: int = SOON, everything: bool = False) -> list[Due]:
    """The tasks that are overdue on the day ``as_of``, end or begin within ``ahead`` days, or have begun and end later.

    By status, the longest overdue and the next due first. ``everything`` adds the duties without an end of plans in force, and
    what plans of bygone years left open. A plan that was not yet issued on that day does not count.
    """
    found = []
    for document in documents:
        issued = document.header.date
        if issued is not None and date.fromisoformat(issued) > as_of:
            continue
        closed = _is_closed(document, documents, as_of)
        for task in document.tasks:
            one = _due(document, task, as_of, ahead, closed)
            if one is not None and (everything or one.status in WITH_AN_END):
                found.append(one)
    return sorted(found, key=_order)


def _order(one: Due) -> tuple[int, str, str, Span]:
    return list(STATUSES).index(one.status), one.end or "", one.source, one.lines


def _is_closed(document: Document, documents: Sequence[Document], as_of: date) -> bool:
    """Whether a plan is one of bygone years: its period ended a year ago, or its body has a like plan for the time asked."""
    header = document.header
    if header.period is None or date.fromisoformat(header.period.end) >= as_of:
        return False
    if date.fromisoformat(header.period.end) + timedelta(days=_CLOSED_AFTER) < as_of:
        return True
    return any(
        other.header.issuer == header.issuer
        and other.header.type == header.type
        and other.header.period is not None
        and header.period.end < other.header.period.start <= as_of.isoformat() <= other.header.period.end
        for other in documents
        if other is not document and header.issuer
    )


def _due(document: Document, task: Task, as_of: date, ahead: int, closed: bool) -> Due | None:
    deadline = task.deadline
    if deadline is None:
        return None
    end = date.fromisoformat(deadline.end) if deadline.end else None
    start = date.fromisoformat(deadline.start) if deadline.start else None
    status = _ongoing(document, as_of) if end is None else _status(start or end, end, as_of, ahead)
    if status is None:
        return None
    return Due(
        "lapsed" if closed and status == "overdue" else status,
        document.source,
        task.lines,
        task.text,
        task.lead,
        deadline.text,
        deadline.end,
        (end - as_of).days if end else None,
        document.header.number or document.source,
        document.header.issuer,
    )


def _status(start: date, end: date, as_of: date, ahead: int) -> str | None:
    """The status of a task that ends; ``None`` where it begins only later."""
    horizon = as_of + timedelta(days=ahead)
    if end < as_of:
        return "overdue"
    if end <= horizon:
        return "due"
    if start <= as_of:
        return "running"
    return "soon" if start <= horizon else None


def _ongoing(document: Document, as_of: date) -> str | None:
    """The status of a duty without an end: it holds while its plan does."""
    period = document.header.period
    return "ongoing" if period is None or period.start <= as_of.isoformat() <= period.end else None
