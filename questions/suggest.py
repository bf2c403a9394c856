"""What may be asked: questions that the corpus can answer, made of its own nodes, and completions of what is being typed.

A question is only suggested after it was asked and answered from the very node that it was made of, so that no suggestion leads
nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from documents.model import Task
from documents.text import fold
from ontology.knowledge import number_key
from questions.answering import ask
from questions.catalogue import Card, Catalogue, Corpus, catalogue_of

MOST = 8
"""Suggestions and completions that are given unless more are asked for."""
_TRIED = 60
"""Questions that are tried at most for one call; each takes a few hundredths of a second."""
_LONGEST_TASK = 110
"""Characters of a task that a question can carry and still be one that somebody would ask."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What a beginning may become: ``kind`` is "document" or "unit", ``text`` the whole, ``label`` what it is."""

    kind: str
    text: str
    label: str

    def to_json(self) -> dict[str, Any]:
        """``{"kind", "text", "label"}``."""
        return {"kind": self.kind, "text": self.text, "label": self.label}


@dataclass(frozen=True, slots=True)
class _Made:
    """A question made of a node: ``document`` is the key of its document, ``node`` the task it must be answered from, if one."""

    question: str
    document: str
    node: str = ""


def suggestions(corpus: Corpus, begun: str = "", most: int = MOST) -> tuple[str, ...]:
    """At most ``most`` questions that ``corpus`` answers, of all its documents in turn; with ``begun`` those that have its words.

    The words of ``begun`` are compared without accents, each as the beginning of a word.
    """
    catalogue = catalogue_of(corpus)
    wanted = fold(begun).split()
    kept: list[str] = []
    tried = 0
    for made in _in_turn(catalogue):
        if len(kept) >= most or tried >= _TRIED:
            break
        said = fold(made.question).split()
        if not all(any(word.startswith(begin) for word in said) for begin in wanted):
            continue
        tried += 1
        answer = ask(corpus, made.question)
        if not answer.abstained and any(
            row.document == made.document and (not made.node or row.node == made.node) for row in answer.rows
        ):
            kept.append(made.question)
    return tuple(kept)


def completions(corpus: Corpus, begun: str, most: int = MOST) -> tuple[Completion, ...]:
    """Document numbers and names of units that begin with ``begun`` (accents, blanks and dashes do not matter), best first.

    The corpus's own documents come before those that it only cites; a unit is found by the beginning of any of its words.
    """
    catalogue = catalogue_of(corpus)
    begin = fold(begun).strip()
    if not begin:
        return ()
    found: dict[str, Completion] = {}
    if any(char.isdigit() for char in begin):
        for number, label in _numbers(catalogue):
            if number_key(number).startswith(number_key(begun)):
                found.setdefault(number_key(number), Completion("document", number, label))
    words = begin.split()
    for name in sorted(catalogue.units.values(), key=lambda n: (not fold(n).startswith(begin), len(n), n)):
        said = fold(name).split()
        if all(any(word.startswith(one) for word in said) for one in words):
            found.setdefault(fold(name), Completion("unit", name, "Đơn vị"))
    return tuple(found.values())[:most]


def _numbers(catalogue: Catalogue) -> Iterator[tuple[str, str]]:
    """All numbers of documents, those of the corpus first, each with what the document is called."""
    for card in catalogue.cards.values():
        if card.document.header.number:
            yield card.document.header.number, card.label
    for card in catalogue.cards.values():
        for citation in card.document.citations:
            if citation.number:
                whose = f" của {citation.issuer}" if citation.issuer else ""
                yield citation.number, f"{citation.type or 'Văn bản'} số {citation.number}{whose}"


def _in_turn(catalogue: Catalogue) -> Iterator[_Made]:
    """The questions of all documents, one of each document in turn."""
    for row in zip_longest(*(_questions(card) for card in catalogue.cards.values())):
        yield from (made for made in row if made is not None)


def _questions(card: Card) -> Iterator[_Made]:
    """The questions that a document's head, units and tasks call for, the different kinds first."""
    document, label = card.document, card.label
    yield from (_Made(f"Ai ký {label}?", card.key),) if document.header.signer else ()
    yield from (_Made(f"{label} căn cứ vào những văn bản nào?", card.key),) if document.citations else ()
    leads = dict.fromkeys(name for task in document.tasks for name in task.lead)
    by_unit = (_Made(f"{name} được giao những nhiệm vụ nào trong {label}?", card.key) for name in leads)
    by_task = (made for task in document.tasks for made in _of_task(task, card.key))
    for pair in zip_longest(by_unit, by_task):
        yield from (made for made in pair if made is not None)


def _of_task(task: Task, key: str) -> Iterator[_Made]:
    """What may be asked of one task."""
    text = task.text.rstrip(" .;:")
    if len(text) > _LONGEST_TASK:
        return
    if task.lead:
        yield _Made(f"Ai chủ trì nhiệm vụ “{text}”?", key, task.id)
    if task.deadline and task.deadline.end:
        yield _Made(f"Nhiệm vụ “{text}” phải hoàn thành khi nào?", key, task.id)
    if task.budget:
        yield _Made(f"Nhiệm vụ “{text}” được bố trí bao nhiêu kinh phí?", key, task.id)
