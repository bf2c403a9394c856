"""How well a document was read: found values against expected ones.

Both sides have the JSON form that ``documents.record.to_gold`` gives. Records are paired first (citations by number, tasks and
targets by lines and words), then the fields of the pairs are compared. Running text is compared without accents, case and
punctuation, names of the letterhead as they are.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]

HEADER_FIELDS = ("type", "number", "issuer", "date", "title", "signer")
SAME_WORDS = 0.8
"""Share of common words from which two task texts are the same task."""


def plain(value: object) -> str:
    """Words only: lower case, no accents, no punctuation."""
    text = unicodedata.normalize("NFD", str(value or "").lower().replace("đ", "d"))
    kept = (c if c.isalnum() else " " for c in text if not unicodedata.combining(c))
    return " ".join("".join(kept).split())


def common_words(a: str, b: str) -> float:
    """F1 of the words of two texts, counted with repetition."""
    left, right = Counter(plain(a).split()), Counter(plain(b).split())
    shared = (left & right).total()
    return 2 * shared / (left.total() + right.total()) if shared else 0.0


def number_key(number: str | None) -> str:
    """A document number for comparison: no blanks, accents, kinds of dash or leading zeros."""
    text = unicodedata.normalize("NFD", (number or "").upper().replace("Đ", "D"))
    text = "".join(c for c in text if not unicodedata.combining(c) and not c.isspace())
    return text.translate({ord(c): "-" for c in "‐‑‒–—−"}).lstrip("0")


def touching(a: list[int], b: list[int]) -> bool:
    """Whether two ranges of lines share a line."""
    return a[0] <= b[-1] and b[0] <= a[-1]


@dataclass
class Count:
    """Right, found and expected values; ``f1`` of nothing expected and nothing found is 1."""

    right: int = 0
    found: int = 0
    expected: int = 0

    @property
    def f1(self) -> float:
        total = self.found + self.expected
        return 2 * self.right / total if total else 1.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0


@dataclass
class Score:
    """Counts by name of figure; scores of several documents add up."""

    counts: dict[str, Count] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def add(self, name: str, right: int, found: int, expected: int) -> None:
        count = self.counts.setdefault(name, Count())
        count.right += right
        count.found += found
        count.expected += expected

    def same(self, name: str, expected: object, found: object, where: str) -> None:
        """One field of a pair: right or not; a miss is noted with its place."""
        right = expected == found
        self.add(name, int(right), 1, 1)
        if not right:
            self.misses.append(f"{name} {where}: expected {expected!r}, found {found!r}")

    def bags(self, name: str, expected: Iterable[Any], found: Iterable[Any], where: str) -> None:
        """A list field of a pair, without order."""
        left, right = Counter(expected), Counter(found)
        self.add(name, (left & right).total(), right.total(), left.total())
        if left != right:
            self.misses.append(f"{name} {where}: expected {sorted(map(str, left))}, found {sorted(map(str, right))}")

    def __add__(self, other: Score) -> Score:
        total = Score(misses=self.misses + other.misses)
        for part in (self, other):
            for name, count in part.counts.items():
                total.add(name, count.right, count.found, count.expected)
        return total


def pairs(
    expected: list[Record], found: list[Record], likeness: Callable[[Record, Record], float]
) -> tuple[list[tuple[Record, Record]], list[Record], list[Record]]:
    """Pairs of the most alike first, then what is left on either side; likeness 0 is never paired."""
    order = sorted(
        ((likeness(a, b), i, j) for i, a in enumerate(expected) for j, b in enumerate(found)), key=lambda x: (-x[0], x[1], x[2])
    )
    left, right, out = set(range(len(expected))), set(range(len(found))), []
    for value, i, j in order:
        if value > 0 and i in left and j in right:
            left.discard(i)
            right.discard(j)
            out.append((expected[i], found[j]))
    return out, [expected[i] for i in sorted(left)], [found[j] for j in sorted(right)]


def citation_likeness(a: Record, b: Record) -> float:
    """Same number; without numbers the same type on a shared line, the better the more the titles agree."""
    if a["number"] or b["number"]:
        return float(number_key(a["number"]) == number_key(b["number"]))
    if plain(a["type"]) == plain(b["type"]) and set(a["lines"]) & set(b["lines"]):
        return 1.0 + common_words(a["title"] or "", b["title"] or "")
    return 0.0


def task_likeness(a: Record, b: Record) -> float:
    """Shared lines and (nearly) the same words."""
    words = common_words(a["text"], b["text"]) if touching(a["lines"], b["lines"]) else 0.0
    return words if words >= SAME_WORDS else 0.0


def target_likeness(a: Record, b: Record) -> float:
    """Shared lines, the same value and comparison."""
    same = touching(a["lines"], b["lines"]) and (a["value"], a["comparator"]) == (b["value"], b["comparator"])
    return 1.0 + common_words(a["text"], b["text"]) if same else 0.0


def defect_likeness(a: Record, b: Record) -> float:
    """Same kind; the share of common lines."""
    shared = set(a["lines"]) & set(b["lines"])
    return len(shared) / len(set(a["lines"]) | set(b["lines"])) if a["kind"] == b["kind"] else 0.0


def deadline_key(task: Record) -> tuple[str | None, ...] | None:
    """What makes two deadlines the same: kind, start and end."""
    deadline = task["deadline"]
    return (deadline["kind"], deadline["start"], deadline["end"]) if deadline else None


def score_document(expected: Record, found: Record) -> Score:
    """Every figure for one document."""
    score = Score()
    source = expected["source"]
    for name in HEADER_FIELDS:
        values = [side["document"][name] for side in (expected, found)]
        if name == "signer":
            values = [(value or {}).get("name") for value in values]
        if name == "title":
            values = [plain(value) for value in values]
        score.same("header", values[0], values[1], f"{source} {name}")

    def matched(name: str, likeness: Callable[[Record, Record], float]) -> list[tuple[Record, Record]]:
        out, missing, extra = pairs(expected[name], found[name], likeness)
        score.add(name, len(out), len(found[name]), len(expected[name]))
        for kind, records in (("missing", missing), ("extra", extra)):
            for record in records:
                what = record.get("text") or record.get("number") or record.get("title")
                score.misses.append(f"{name} {source}:{record['lines'][0]}: {kind} {what!r}")
        return out

    for a, b in matched("citations", citation_likeness):
        where = f"{source}:{a['lines'][0]} {a['number'] or a['title']}"
        score.same("citation date", a["date"], b["date"], where)
        score.same("citation relation", a["relation"], b["relation"], where)
        score.bags("citation lines", a["lines"], b["lines"], where)
    for a, b in matched("tasks", task_likeness):
        where = f"{source}:{a['lines'][0]}"
        for name in ("lead", "coordinate", "support"):
            score.bags(name, map(plain, a[name]), map(plain, b[name]), where)
        score.same("deadline", deadline_key(a), deadline_key(b), where)
        for name in ("product", "topic", "kind"):
            score.same(name, plain(a[name]), plain(b[name]), where)
        score.bags("budget", (x["amount_vnd"] for x in a["budget"]), (x["amount_vnd"] for x in b["budget"]), where)
        score.bags("task citations", map(number_key, a["cites"]), map(number_key, b["cites"]), where)
    matched("targets", target_likeness)
    matched("defects", defect_likeness)
    return score
