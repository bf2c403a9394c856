"""The label lines below a task: "Đơn vị chủ trì: ...", "Thời gian hoàn thành: ...", alone or several in one line."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from documents.cue import alternatives, phrases
from documents.text import fold, fold_same_length

_ON_A_LINE = "label-lead-on-a-line"
"""Words that name who leads before a colon, but say nothing as the heading of a column."""
LABELS = ("lead", "coordinate", "support", "start", "deadline", "product")


@dataclass(frozen=True, slots=True)
class Label:
    """One labelled value: ``name`` is one of :data:`LABELS`, ``value`` the words behind the colon."""

    name: str
    value: str


def label_of(text: str) -> Label | None:
    """The label that ``text`` (without its mark) begins with, or ``None``; text without a colon has none."""
    found = labels_in(text)
    return found[0] if found else None


def labels_in(text: str) -> tuple[Label, ...]:
    """All labels of a label line ("Chủ trì: A; phối hợp: B; thời gian: quý I"); empty when the line does not begin with one."""
    folded = fold_same_length(text)
    if ":" not in folded[:60] or not _label().match(folded):
        return ()
    starts = [m for m in _label().finditer(folded) if m.start() == 0 or folded[: m.start()].rstrip()[-1:] in ";.,("]
    out = []
    for match, after in zip(starts, [*starts[1:], None], strict=True):
        end = after.start() if after else len(text)
        value = text[match.end() : end].strip().rstrip(";,. ").strip()
        out.append(Label(_name(match["label"]), value))
    return tuple(out)


def trailing_labels(text: str) -> tuple[str, tuple[Label, ...]]:
    """A duty with its labels behind it, in brackets ("... (chủ trì: Văn phòng; hoàn thành: quý I/2026)") or as sentences ("...
    Chủ trì: Văn phòng. Thời gian: quý I/2026."): its own words and its labels, which are empty where it has none."""
    match = re.search(r"\s*\((?P<in>[^()]*:[^()]*(?:\([^()]*\)[^()]*)*)\)\s*[.;]?$", text)
    if match and (found := labels_in(match["in"].strip())):
        return text[: match.start()], found
    for label in _label().finditer(fold_same_length(text)):
        before = text[: label.start()].rstrip()
        # behind a semicolon a label may begin small, but not one that is as well a verb ("; thực hiện: ...")
        small = before.endswith(";") and fold(label["label"]) not in phrases(_ON_A_LINE)
        opens = before.endswith((".", ";")) and text[label.start()].isupper()
        if (opens or small) and (found := labels_in(text[label.start() :])):
            return before.rstrip(" ;"), found
    return text, ()


def label_name(header: str, *names: str) -> str | None:
    """Which of the label lists ``names`` ("lead", "task", ...) a table's column header belongs to: the list with the longest
    phrase that the header begins with, else holds; ``None`` when it holds none."""
    folded = fold(header).strip()
    for find in (str.startswith, str.__contains__):
        hits = [(len(p), name) for name in names for p in phrases(f"label-{name}") if find(folded, p) and _whole(folded, p)]
        if hits:
            return max(hits, key=lambda h: (h[0], -names.index(h[1])))[1]
    return None


def _whole(text: str, phrase: str) -> bool:
    return re.search(rf"(?<![a-z0-9]){re.escape(phrase)}(?![a-z0-9])", text) is not None


@cache
def _label() -> re.Pattern[str]:
    names = alternatives(*(f"label-{name}" for name in LABELS), _ON_A_LINE)
    return re.compile(rf"(?P<label>{names})(?:\s*\([^)]*\))?\s*:\s*")


def _name(phrase: str) -> str:
    folded = " ".join(phrase.split())
    return next((name for name in LABELS if folded in phrases(f"label-{name}")), "lead")
