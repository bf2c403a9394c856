"""What is due: the tasks of all plans by deadline, as of a day. The day is an argument; no clock is read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from documents.model import Document, Span, Task

SOON = 30
"""Days ahead that count as soon."""

STATUSES = {"overdue": "quá hạn", "due": "đang đến hạn", "soon": "sắp đến hạn"}
"""Status → what officers call it."""


@dataclass(frozen=True, slots=True)
class Due:
    """A task with its deadline.

    ``status``: "overdue" (the end has passed), "due" (the day lies between start and end), "soon" (it begins or ends within the
    days looked ahead). ``days`` are the days from the day asked to the end, negative when it has passed.
    """

    status: str
    source: str
    lines: Span
    text: str
    lead: tuple[str, ...]
    deadline: str
    end: str
    days: int

    def record(self) -> dict[str, Any]:
        """The JSON value that `cancu due` prints."""
        return {
            "status": self.status, "label": STATUSES[self.status], "source": self.source, "lines": list(self.lines),
            "text": self.text, "lead": list(self.lead), "deadline": self.deadline, "end": self.end, "days": self.days,
        }  # fmt: skip


def due(documents: Sequence[Document], as_of: date, ahead: int = SOON) -> list[Due]:
    """The tasks that are overdue or due on the day ``as_of`` or within ``ahead`` days, the longest overdue first.

    A plan that was not yet issued on that day does not count; nor do duties without an end ("thường xuyên").
    """
    found = []
    for document in documents:
        issued = document.header.date
        if issued is not None and date.fromisoformat(issued) > as_of:
            continue
        found += [one for task in document.tasks if (one := _due(document, task, as_of, ahead)) is not None]
    return sorted(found, key=lambda one: (one.end, one.source, one.lines))


def _due(document: Document, task: Task, as_of: date, ahead: int) -> Due | None:
    deadline = task.deadline
    if deadline is None or deadline.end is None:
        return None
    end = date.fromisoformat(deadline.end)
    start = date.fromisoformat(deadline.start) if deadline.start else end
    if end < as_of:
        status = "overdue"
    elif start <= as_of:
        status = "due"
    elif min(start, end) <= as_of + timedelta(days=ahead):
        status = "soon"
    else:
        return None
    days = (end - as_of).days
    return Due(status, document.source, task.lines, task.text, task.lead, deadline.text, deadline.end, days)
