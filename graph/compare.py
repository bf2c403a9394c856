"""Comparison of two plans (two years, or two levels): which tasks both have, which are new, which are gone, what changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from documents.model import Document, Span, Task
from documents.text import fold
from graph.align import Alignment, align
from graph.errors import GraphError

_CHANGES = ("lead", "deadline", "product", "budget", "numbers")

_LABELS = {
    "lead": "đơn vị chủ trì",
    "deadline": "thời hạn",
    "product": "sản phẩm",
    "budget": "kinh phí",
    "numbers": "chỉ tiêu",
}


STATUSES = {
    "kept": ("giữ nguyên", "giống nhau"),
    "changed": ("thay đổi", "khác nhau"),
    "added": ("thêm mới", "chỉ có ở kế hoạch thứ hai"),
    "dropped": ("không còn", "chỉ có ở kế hoạch thứ nhất"),
}
"""Status → what officers call it between two plans of one body, and between those of two bodies."""


class SameDocument(GraphError):
    """A document was to be compared with itself."""


@dataclass(frozen=True, slots=True)
class Change:
    """A field of a task that differs: what the first and the second plan say (``None``: nothing)."""

    field: str
    before: str | None
    after: str | None

    def record(self) -> dict[str, Any]:
        """The change as a JSON value, with the field's name in Vietnamese."""
        return {"field": self.field, "label": _LABELS[self.field], "before": self.before, "after": self.after}


@dataclass(frozen=True, slots=True)
class Compared:
    """A task in the comparison. ``status``: "kept", "changed", "added" (only in the second) or "dropped" (only in the first).

    ``source``, ``lines`` and ``text`` are of the first plan's task, of an added one those of the second's; ``other`` is the task
    of the second plan where both have one, ``score`` how probable it is that the two are one duty. ``one_body``: both plans are
    of one body, so that what the second lacks was given up.
    """

    status: str
    source: str
    lines: Span
    text: str
    other: tuple[str, Span, str] | None = None
    changes: tuple[Change, ...] = ()
    score: float | None = None
    one_body: bool = True

    def record(self) -> dict[str, Any]:
        """The JSON value that `cancu compare` prints."""
        other = {"source": self.other[0], "lines": list(self.other[1]), "text": self.other[2]} if self.other else None
        return {
            "status": self.status, "label": STATUSES[self.status][not self.one_body], "source": self.source,
            "lines": list(self.lines), "text": self.text, "other": other,
            "changes": [change.record() for change in self.changes],
            "score": None if self.score is None else round(self.score, 4),
        }  # fmt: skip


def compare(first: Document, second: Document, corpus: Sequence[Document] = ()) -> list[Compared]:
    """The tasks of ``first`` in order (kept, changed or dropped), then those that only ``second`` has.

    Each task is paired at most once, the most probable pairs first. ``corpus`` are all documents: the more there are, the better
    it is known which words say little. Raises :class:`SameDocument` where both are one.
    """
    if first.source == second.source:
        raise SameDocument(f"“{first.source}” chỉ là một văn bản: cần hai văn bản khác nhau để so sánh.")
    wanted = {first.source, second.source}
    pairs = align(list(corpus) or [first, second], about=first)
    pairs = _one_to_one([pair for pair in pairs if {pair.a.source, pair.b.source} == wanted])
    by_first = {one.id: (other, score) for one, other, score in _tasks(pairs, first, second)}
    one_body = bool(first.header.issuer) and first.header.issuer == second.header.issuer
    shift = _years_between(first, second)
    found = []
    for task in first.tasks:
        if task.id not in by_first:
            found.append(Compared("dropped", first.source, task.lines, task.text, one_body=one_body))
            continue
        other, score = by_first[task.id]
        changes = changes_between(task, other, shift)
        there = (second.source, other.lines, other.text)
        found.append(
            Compared("changed" if changes else "kept", first.source, task.lines, task.text, there, changes, score, one_body)
        )
    paired = {other.id for other, _ in by_first.values()}
    added = [task for task in second.tasks if task.id not in paired]
    return found + [Compared("added", second.source, task.lines, task.text, one_body=one_body) for task in added]


def _years_between(first: Document, second: Document) -> int:
    """How many years the second plan is later, where both are for one year each; else 0."""
    periods = [document.header.period for document in (first, second)]
    years = [int(one.start[:4]) for one in periods if one is not None and one.start[:4] == one.end[:4]]
    return years[1] - years[0] if len(years) == 2 else 0


def _one_to_one(pairs: Sequence[Alignment]) -> list[Alignment]:
    """The pairs of the same duty, each task in at most one, the most probable first."""
    used: set[str] = set()
    chosen = []
    for pair in pairs:
        if pair.grade == 2 and not {pair.a.node, pair.b.node} & used:
            used |= {pair.a.node, pair.b.node}
            chosen.append(pair)
    return chosen


def _tasks(pairs: Sequence[Alignment], first: Document, second: Document) -> list[tuple[Task, Task, float]]:
    """The tasks of the pairs, that of ``first`` in front."""
    one, other = ({task.id: task for task in document.tasks} for document in (first, second))
    found = []
    for pair in pairs:
        a, b = (pair.a, pair.b) if pair.a.source == first.source else (pair.b, pair.a)
        found.append((one[a.node.partition("#")[2]], other[b.node.partition("#")[2]], pair.score))
    return found


def changes_between(one: Task, other: Task, shift: int = 0) -> tuple[Change, ...]:
    """The fields in which two tasks of the same duty differ; ``shift`` are the years by which the second plan is later.

    A duty due in the second quarter of either plan's year is due at the same time, and an amount written otherwise is the same.
    """
    found = []
    for field in _CHANGES:
        before, after = _said(one, field), _said(other, field)
        if fold(before or "") == fold(after or ""):
            continue
        if field == "deadline" and _days(one, shift) == _days(other) is not None:
            continue
        if field == "budget" and _amounts(one) == _amounts(other) != ():
            continue
        found.append(Change(field, before, after))
    return tuple(found)


def _days(task: Task, shift: int = 0) -> tuple[str, str] | None:
    """First and last day of a deadline, ``shift`` years later; ``None`` without days."""
    due = task.deadline
    if due is None or due.end is None:
        return None
    return _later(due.start or "", shift), _later(due.end, shift)


def _later(day: str, years: int) -> str:
    moved = f"{int(day[:4]) + years}{day[4:]}" if day else day
    return f"{moved[:8]}28" if moved[5:] == "02-29" else moved


def _amounts(task: Task) -> tuple[int, ...]:
    """The sums of a task's budget, by size."""
    return tuple(sorted(money.amount_vnd for money in task.budget if money.amount_vnd is not None))


def _said(task: Task, field: str) -> str | None:
    """What a task says in a field, as one string that can be compared."""
    if field == "lead":
        return ", ".join(sorted(task.lead)) or None
    if field == "deadline":
        return task.deadline.text if task.deadline else None
    if field == "product":
        return task.product
    if field == "budget":
        return "; ".join(f"{money.label}: {money.as_written}" for money in task.budget) or None
    return ", ".join(_percentages(task.text)) or None


def _percentages(text: str) -> list[str]:
    """The rates that a task names: "đạt 80%" → ["80%"]."""
    words = text.replace(" %", "%").split()
    return [word.strip("().,;:") for word in words if word.strip("().,;:").endswith("%")]
