"""How many things there are by what a heading says itself: "CÁC NHIỆM VỤ CHUYỂN TIẾP (39 nhiệm vụ)"."""

from __future__ import annotations

import re

from documents.text import fold
from questions.catalogue import Catalogue
from questions.fields import row_of
from questions.model import Question, Row
from questions.words import tokens

_COUNTED = re.compile(
    r"\((?:gom |co |tong so )?(\d{1,4}) (nhiem vu|du an|chi tieu|muc tieu|don vi|van ban|de an|noi dung|hang muc)\)"
)
_ENOUGH = 0.75
"""The share of the question's words that the heading must say."""


def stated_count(question: Question, catalogue: Catalogue) -> tuple[str, Row, bool] | None:
    """The number, the row of the heading that states it, and whether it says all that the question names besides.

    ``None`` where no heading, or more than one, states how many there are of what is counted, or the question narrows it down to
    a unit or a time.
    """
    if question.units or question.span:
        return None
    title = {word for card in catalogue.cards.values() for word in tokens(card.document.header.title or "")}
    words = {word for word in question.words if word not in title and not word.isdigit()}
    total = sum(catalogue.weight(word) for word in words)
    found = []
    for item in catalogue.items:
        if item.paragraph is None or (question.documents and not _in_scope(item.document, question)):
            continue
        number = _COUNTED.search(fold(item.text))
        if not number or number[2] not in question.expanded:
            continue
        share = sum(catalogue.weight(word) for word in words if word in item.terms) / total if total else 0.0
        if share >= _ENOUGH:
            found.append((share, str(int(number[1])), row_of(item, 1.0)))
    best = max((share for share, _, _ in found), default=0.0)
    closest = [entry for entry in found if entry[0] == best]
    return (closest[0][1], closest[0][2], best == 1.0) if len(closest) == 1 else None


def _in_scope(document: str, question: Question) -> bool:
    """Whether the document is one that the question is about; a level ("các sở, ngành") may be part of the heading itself."""
    return document in question.documents or (bool(question.levels) and not question.named)
