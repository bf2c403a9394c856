"""Rules on targets: not lower than those of the plan that is carried out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from documents.model import Document, Target
from graph.checks.case import Case, Examine
from graph.document_graph import Evidence
from graph.finding import Finding
from graph.instrument import title_words, title_years

_ALIKE = 0.6
"""Two targets speak of the same thing when they share so much of their words."""
_TELLING = 4
_AT_MOST = ("<", "<=")
_MEASURE = frozenset(
    ["dat", "tren", "toi", "thieu", "it", "nhat", "tu", "tro", "len", "ty", "le", "duoc", "phan", "dau", "bao", "dam"]
)
"""Words of measuring, which tell nothing of what is measured."""


@dataclass(frozen=True, slots=True)
class _Aim:
    """A target, the words of what it measures and the year until which it holds (``None``: not told)."""

    target: Target
    words: frozenset[str]
    year: str | None


def below_parent(case: Case) -> Iterator[Finding]:
    """A target is lower than the same target, for the same or an earlier year, of the plan that this one carries out."""
    own = _aims(case.document)
    if not own:
        return
    for key in case.survey.parents(case.key):
        parent = case.graph.documents[key]
        above = _aims(parent)
        for aim in own:
            same = _same(aim, above)
            if same is None or not _is_lower(aim.target, same.target):
                continue
            here, there = aim.target, same.target
            yield case.finding(
                "target-below-parent", here.lines,
                f"Chỉ tiêu {_said(here)} thấp hơn mức {_said(there)} của cùng chỉ tiêu tại {parent.source}.",
                (_shows(case.document, here), _shows(parent, there)),
                f"Đặt mức không thấp hơn {_said(there)}.",
            )  # fmt: skip


def _aims(document: Document) -> list[_Aim]:
    """The targets that can be compared: one value of its unit on its lines, enough words, and a share unless it is a limit."""
    on_lines = Counter((target.lines, target.unit) for target in document.targets)
    found = []
    for target in document.targets:
        words = frozenset(word for word in title_words(target.text) if not word.isdigit()) - _MEASURE
        comparable = target.unit == "%" or target.comparator in _AT_MOST
        if comparable and len(words) >= _TELLING and on_lines[target.lines, target.unit] == 1:
            found.append(_Aim(target, words, _year(document, target)))
    return found


def _year(document: Document, target: Target) -> str | None:
    """The year until which a target holds: its own words, the headings above it, the document's period."""
    above = [s for s in document.sections if s.lines[0] <= target.lines[0] <= s.lines[1]]
    for text in (target.text, *(section.title for section in reversed(above))):
        if years := title_years(text):
            return max(years)
    return document.header.period.end[:4] if document.header.period else None


def _same(aim: _Aim, above: Sequence[_Aim]) -> _Aim | None:
    """The one target that measures the same for the same year or an earlier one; ``None`` where several do."""
    best = [
        other
        for other in above
        if other.target.unit == aim.target.unit
        and (other.target.comparator in _AT_MOST) == (aim.target.comparator in _AT_MOST)
        and len(aim.words & other.words) >= _ALIKE * len(aim.words | other.words)
        and (other.year is None or aim.year is None or other.year <= aim.year)
    ]
    return best[0] if len(best) == 1 else None


def _is_lower(here: Target, there: Target) -> bool:
    return here.value > there.value if there.comparator in _AT_MOST else here.value < there.value


def _said(target: Target) -> str:
    sign = "" if target.comparator == "=" else {">=": "≥ ", "<=": "≤ "}.get(target.comparator, f"{target.comparator} ")
    value = f"{target.value:g}".replace(".", ",")
    return f"{sign}{value}{'' if target.unit == '%' else ' '}{target.unit or ''}".strip()


def _shows(document: Document, target: Target) -> Evidence:
    return Evidence(document.source, target.lines, target.text)


RULES: dict[str, Examine] = {"target-below-parent": below_parent}
"""The rules on targets, by code."""
