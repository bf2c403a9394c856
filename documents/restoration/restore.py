"""Readable Vietnamese again: accents for text typed without them, repair of text recognised as English.

A noisy-channel model: each damaged word has candidates with their costs (:mod:`documents.restoration.channel`, or simply the
words with the same accentless form), and the trigram model of :mod:`documents.restoration.syllable_model` says which of them go
together. The answer is, word by word, the candidate with the highest posterior probability (forward-backward over the sentence),
which is also its confidence.

Numbers, dates, document numbers, percentages, addresses and abbreviations in capitals are never changed into others; only the few
rules at the top of this file, each with its reason, touch them. Good text is returned as it is.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from documents.reading.quality import judge
from documents.restoration.decode import Position, posteriors
from documents.restoration.slots import Slot, accent_slots, recognition_slots, weigh_capitals
from documents.restoration.slots import sentences as grouped_into_sentences
from documents.restoration.syllable_model import OTHER, SyllableModel, syllable_model
from documents.text import fold, fold_same_length, nfc, tone_marks

CHANNEL_WEIGHT = 1.0
"""How much the channel counts beside the language model (chosen on held-back pages; letters of a word are not misread
independently)."""

HABIT_WEIGHT = 0.8
"""How much it counts what the other places of the same text with the same reading were taken for."""

_CODES = {
    "ND": "NĐ",
    "QD": "QĐ",
    "HD": "HĐ",
    "HDND": "HĐND",
    "BCD": "BCĐ",
    "BCDTW": "BCĐTW",
    "BLDTBXH": "BLĐTBXH",
    "BGDDT": "BGDĐT",
}
"""Parts of document numbers and abbreviations that exist only with Đ (nghị định, quyết định, hội đồng, ban chỉ đạo, lao động,
đào tạo)."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A word that was put right: where it stands in the original line, what it was, what it is now, how sure (0..1)."""

    start: int
    end: int
    original: str
    restored: str
    confidence: float


@dataclass(frozen=True, slots=True)
class RestoredLine:
    """A line as it reads now, beside the line as it was."""

    text: str
    original: str
    repairs: tuple[Repair, ...] = ()


_CODE = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"^(\s*)([IVXl1L]{1,5})(?=\.\s?[^\W\d_])")
_NUMBER_LABEL = re.compile(r"^(\s*)[$S][6O6éố]\s?[:.]\s?(?=\d)")


def restore(lines: Iterable[str], mode: str = "auto") -> list[RestoredLine]:
    """Each line restored, one for one.

    ``mode``: "auto" judges the text and leaves good or foreign text as it is; "accents" puts accents on words typed without them;
    "recognition" repairs text that was recognised badly. Raises ``ValueError`` for any other mode.
    """
    originals = [nfc(line) for line in lines]
    if mode == "auto":
        mode = _mode_of(originals)
    if mode == "none":
        return [RestoredLine(line, line) for line in originals]
    if mode not in ("accents", "recognition"):
        raise ValueError(f"unknown mode {mode!r}")
    model = syllable_model()
    slots = [
        slot
        for i, line in enumerate(originals)
        for slot in (accent_slots(i, line, model) if mode == "accents" else recognition_slots(i, line, model))
    ]
    sentences = grouped_into_sentences(slots, originals)
    weigh_capitals(sentences, model)
    repairs: dict[int, list[Repair]] = {}
    for slot, word, sure in _chosen(sentences, model):
        if slot.fixed or word <= OTHER or model.vocabulary[word] == slot.read.lower():
            continue
        restored = slot.printed(model.vocabulary[word], word)
        if tone_marks(slot.read) != restored:
            repairs.setdefault(slot.line, []).append(Repair(slot.start, slot.end, slot.read, restored, round(sure, 3)))
    _by_rule(originals, repairs, mode)
    return [_restored(line, repairs.get(i, [])) for i, line in enumerate(originals)]


def _chosen(sentences: list[list[Slot]], model: SyllableModel) -> list[tuple[Slot, int, float]]:
    """Each word with the candidate chosen and its probability.

    Two rounds: in the second, what a reading was taken for elsewhere in the same text (with certainty) makes it likelier here: a
    plan that says "phường" a hundred times hardly means "phương" once.
    """
    open_slots = [[Position(slot.options) for slot in sentence] for sentence in sentences]
    found = posteriors(model, open_slots, CHANNEL_WEIGHT)
    habits: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for sentence, chosen in zip(sentences, found, strict=True):
        for slot, (word, sure) in zip(sentence, chosen, strict=True):
            if not slot.fixed and len(slot.options) > 1:
                habits[fold(slot.read)][word] += sure
    changed = False
    for sentence, places in zip(sentences, open_slots, strict=True):
        for i, slot in enumerate(sentence):
            habit = habits.get(fold(slot.read)) if not slot.fixed else None
            if habit is not None and len(habit) > 1:
                total = sum(habit.values())
                places[i] = Position(
                    tuple(
                        (word, cost - HABIT_WEIGHT * log((habit.get(word, 0.0) + 0.3) / (total + 0.3)))
                        for word, cost in slot.options
                    )
                )
                changed = True
    if changed:
        found = posteriors(model, open_slots, CHANNEL_WEIGHT)
    return [
        (slot, word, sure)
        for sentence, chosen in zip(sentences, found, strict=True)
        for slot, (word, sure) in zip(sentence, chosen, strict=True)
    ]


def _mode_of(lines: Sequence[str]) -> str:
    """What to do with the text: "accents", "recognition" or "none"."""
    quality = judge(lines)
    if quality.kind == "little":
        letters = "".join(lines)
        plain = fold_same_length(letters) == letters.lower()
        return "accents" if quality.words and plain and quality.bare >= 0.7 else "none"
    return {"unaccented": "accents", "noisy": "recognition"}.get(quality.kind, "none")


def _by_rule(lines: Sequence[str], repairs: dict[int, list[Repair]], mode: str) -> None:
    """The repairs that need no model: Đ in codes, I in Roman section numbers, the label before a document's number."""
    for i, line in enumerate(lines):
        found: list[Repair] = []
        misread = mode == "recognition"
        if misread and (roman := _ROMAN.match(line)):
            right = roman[2].replace("l", "I").replace("1", "I").replace("L", "I")
            if right != roman[2] and not roman[2].isdigit() and roman[2] != "L":
                found.append(Repair(roman.start(2), roman.end(2), roman[2], right, 0.9))
        if misread and (label := _NUMBER_LABEL.match(line)):
            found.append(Repair(label.end(1), label.end(), label.group()[len(label[1]) :], "Số: ", 0.9))
        for code in _CODE.finditer(line):
            if code.group() in _CODES:
                found.append(Repair(code.start(), code.end(), code.group(), _CODES[code.group()], 0.95))
        if found:
            kept = [r for r in repairs.get(i, []) if all(r.end <= f.start or f.end <= r.start for f in found)]
            repairs[i] = kept + found


def _restored(line: str, repairs: list[Repair]) -> RestoredLine:
    repairs = sorted(repairs, key=lambda repair: repair.start)
    parts, at = [], 0
    for repair in repairs:
        parts += [line[at : repair.start], repair.restored]
        at = repair.end
    return RestoredLine("".join([*parts, line[at:]]), line, tuple(repairs))
