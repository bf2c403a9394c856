"""Cue words of the ontology as patterns.

Most are looked for in folded text (lower case, no accents), so that lost accents do no harm. Where folding would confuse words
(sở and số, ban and bản, tổ and to) the pattern keeps the accents: :func:`spelled`.
"""

from __future__ import annotations

import re
from functools import cache

from documents.text import fold, tone_marks
from ontology.knowledge import knowledge


@cache
def phrases(name: str) -> tuple[str, ...]:
    """The folded phrases of the cue list ``name``, longest first. Raises ``KeyError`` for a list that the ontology lacks."""
    return tuple(sorted({fold(p) for p in knowledge().cues[name]}, key=lambda p: (-len(p), p)))


@cache
def alternatives(*names: str) -> str:
    """A regular expression that matches any phrase of the named lists as whole words in folded text, the longest one first."""
    found = sorted({p for name in names for p in phrases(name)}, key=lambda p: (-len(p), p))
    return "(?<![a-z0-9])(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in found) + ")(?![a-z0-9])"


@cache
def pattern(*names: str) -> re.Pattern[str]:
    """The compiled form of :func:`alternatives`."""
    return re.compile(alternatives(*names))


@cache
def spelled(*names: str) -> str:
    """A regular expression for any phrase of the named lists as whole words with their accents, in any case; the text has to be
    in NFC with tone marks in their one place (:func:`documents.text.tone_marks`)."""
    found = sorted({tone_marks(p.lower()) for name in names for p in knowledge().cues[name]}, key=lambda p: (-len(p), p))
    return r"(?<!\w)(?i:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in found) + r")(?!\w)"


@cache
def capitalised(*names: str) -> str:
    """The same, but only where the first letter is a capital and the others stand as in the list."""
    found = sorted({p[:1].upper() + p[1:] for name in names for p in knowledge().cues[name]}, key=lambda p: (-len(p), p))
    return r"(?<!\w)(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in found) + r")(?!\w)"


@cache
def listed(*names: str) -> str:
    """The same, but only as the words stand in the list."""
    found = sorted({p for name in names for p in knowledge().cues[name]}, key=lambda p: (-len(p), p))
    return r"(?<!\w)(?:" + "|".join(re.escape(p).replace(r"\ ", r"\s+") for p in found) + r")(?!\w)"


def opens(name: str, folded: str) -> str | None:
    """The phrase of list ``name`` with which ``folded`` begins, or ``None``."""
    match = pattern(name).match(folded)
    return match.group() if match else None


def holds(name: str, folded: str) -> bool:
    """Whether a phrase of list ``name`` stands anywhere in ``folded``."""
    return pattern(name).search(folded) is not None
