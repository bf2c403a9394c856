"""Questions in plain Vietnamese, answered from the documents with the lines that say so.

Public verb: :func:`ask`. It reads a question (:mod:`questions.understand`), finds what carries an answer
(:mod:`questions.execute`), refuses where nothing does (:mod:`questions.abstain`) and says it (:mod:`questions.wording`).
"""

from __future__ import annotations

from questions.answering import ask
from questions.model import Answer, Question

__all__ = ["Answer", "Question", "ask"]
