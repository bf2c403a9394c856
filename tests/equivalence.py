"""One document in several formats: making the files, and comparing what was read out of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from office_documents import converted, scanned, word_document
from scoring import common_words, plain

from documents.model import Document, Task

AIMS = {"docx": 0.99, "odt": 0.99, "html": 0.99, "pdf": 0.97, "scan": 0.95, "noisy": 0.88}
"""The F1 of tasks that each format has to reach against the text file."""

HEADER = ("type", "number", "title", "issuer", "level", "date", "signer")
NOISY_DPI, NOISY_SEED = 200, 20250828
_SAME_WORDS = 0.9
"""Share of common words from which two tasks are the same one."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Share of equal header fields, F1 of citations and of tasks, and what differs."""

    header: float
    citations: float
    tasks: float
    differences: tuple[str, ...]


def made(text: Path, form: str, folder: Path) -> Path:
    """The text file at ``text`` as a file of the format ``form`` (a key of :data:`AIMS`) in ``folder``; made once."""
    endings = {"scan": ".scan.pdf", "noisy": ".noisy.pdf"}
    path = folder / f"{text.stem}{endings.get(form, '.' + form)}"
    if path.is_file():
        return path
    if form == "docx":
        return word_document(text.read_text("utf-8").split("\n"), path)
    if form in endings:
        pdf = made(text, "pdf", folder)
        return scanned(pdf, path) if form == "scan" else scanned(pdf, path, dpi=NOISY_DPI, seed=NOISY_SEED)
    return converted(made(text, "docx", folder), form, folder)


def comparison(expected: Document, found: Document) -> Comparison:
    """How much of what was read out of the text file was read out of the other one too."""
    differences: list[str] = []
    same = 0
    for name in HEADER:
        a, b = getattr(expected.header, name), getattr(found.header, name)
        if _plain_field(a) == _plain_field(b):
            same += 1
        else:
            differences.append(f"{name}: {a!r} / {b!r}")
    cited = [{(c.number or plain(c.title), c.date, c.relation) for c in d.citations} for d in (expected, found)]
    differences += [
        f"citation {sign} {c}"
        for sign, some in (("-", cited[0] - cited[1]), ("+", cited[1] - cited[0]))
        for c in sorted(map(str, some))
    ]
    right, unmatched = _tasks(expected.tasks, found.tasks)
    differences += unmatched
    return Comparison(
        same / len(HEADER),
        _f1(len(cited[0] & cited[1]), len(cited[0]), len(cited[1])),
        _f1(right, len(expected.tasks), len(found.tasks)),
        tuple(differences),
    )


def _plain_field(value: object) -> str:
    return re.sub(r"\s+", " ", str(value or "")).strip().lower()


def _f1(right: int, expected: int, found: int) -> float:
    return 2 * right / (expected + found) if expected + found else 1.0


def _tasks(expected: Sequence[Task], found: Sequence[Task]) -> tuple[int, list[str]]:
    """How many tasks stand in both with the same words, kind, units and deadline; and a line for each that does not."""
    left = list(found)
    right = 0
    lines = []
    for task in expected:
        scored = [(common_words(task.text, other.text), -n) for n, other in enumerate(left)]
        best = max(scored, default=(0.0, 0))
        if best[0] < _SAME_WORDS:
            lines.append(f"task - {task.text[:100]}")
            continue
        other = left.pop(-best[1])
        if _facts(task) == _facts(other):
            right += 1
        else:
            lines.append(f"task ~ {task.text[:60]}: {_facts(task)} / {_facts(other)}")
    return right, lines + [f"task + {task.text[:100]}" for task in left]


def _facts(task: Task) -> tuple[object, ...]:
    deadline = task.deadline
    return (
        task.kind,
        tuple(map(plain, task.lead)),
        tuple(map(plain, task.coordinate)),
        deadline and (deadline.kind, deadline.start, deadline.end),
        plain(task.product),
        tuple(m.amount_vnd for m in task.budget),
    )
