"""Which documents can have to do with each other: where a document stands by level, place, body and time, without its text.

A plan is compared with the plans above and below it (of its province, or national), and with those that its own body made for
other years. Between the many plans of one level only those who ask for it compare.
"""

from __future__ import annotations

from dataclasses import dataclass

from documents.identity import surroundings
from documents.model import Document
from ontology.knowledge import knowledge


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a document stands: the rank of its level (1 for the centre; ``None``: unknown), province, issuer ("" where
    unknown), first and last day of its period, and whether it has tasks and articles."""

    rank: int | None
    province: str
    issuer: str
    begins: str | None
    ends: str | None
    has_tasks: bool
    has_articles: bool

    @classmethod
    def of(cls, document: Document) -> Standing:
        """The standing of ``document``."""
        header, within = document.header, surroundings(document)
        begins = header.period.start if header.period else header.date
        ends = header.period.end if header.period else f"{header.year}-12-31" if header.year else None
        level = knowledge().level(header.level)
        return cls(
            level.rank if level else None,
            within.province or "",
            within.issuer or "",
            begins,
            ends,
            bool(document.tasks),
            any(section.kind == "article" for section in document.sections),
        )


def is_above(upper: Standing, lower: Standing) -> bool:
    """Whether ``upper`` may have caused what ``lower`` plans: of a higher level, for the same province, and not later.

    A lower plan of unknown level counts as most local.
    """
    if upper.rank is None or upper.rank >= (lower.rank or len(knowledge().levels)):
        return False
    if upper.begins and lower.ends and upper.begins > lower.ends:
        return False
    return _one_province(upper, lower) or upper.rank == 1


def are_compared(one: Standing, other: Standing) -> bool:
    """Whether links between the tasks of two plans are kept: one is above the other, or both are of one body."""
    if not one.has_tasks or not other.has_tasks:
        return False
    same_body = bool(one.issuer) and (one.issuer, one.province) == (other.issuer, other.province)
    return same_body or is_above(one, other) or is_above(other, one)


def may_oblige(directive: Standing, plan: Standing) -> bool:
    """Whether the articles of ``directive`` can lay duties on whoever made ``plan``."""
    if not directive.has_articles or not plan.has_tasks:
        return False
    return directive.rank in (1, None) or _one_province(directive, plan)


def _one_province(one: Standing, other: Standing) -> bool:
    return len({one.province, other.province} - {""}) < 2
