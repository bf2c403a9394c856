"""Readable Vietnamese again: accents for text typed without them, repair of text that was recognised badly.

A noisy-channel model: each damaged word has candidates with their costs (:mod:`documents.restoration.channel`, or simply the
words with the same accentless form), and the trigram model of :mod:`documents.restoration.syllable_model` says which of them go
together. The answer is, word by word, the candidate with the highest posterior probability (forward-backward over the sentence),
which is also its confidence.

What is wrong is judged line by line: a text may have one bad page. Lines recognised as English and lines without accents are
decoded; lines of good Vietnamese are looked through for split syllables (:mod:`documents.restoration.spacing`) and for pages with
wrong accents (:mod:`documents.restoration.touch_up`), and stay as they are otherwise. Numbers, dates, document numbers,
percentages, addresses and abbreviations in capitals are never changed into others; only the rules of
:mod:`documents.restoration.codes`, each with its reason, touch them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from math import log

from documents.reading.quality import judge, line_kinds
from documents.restoration import codes
from documents.restoration.decode import Position, posteriors
from documents.restoration.names import ByFirst, Pairs, agreed_pairs, by_first, favoured, name_pairs, term_pairs
from documents.restoration.repair import Repair, RestoredLine, repaired, repaired_again
from documents.restoration.slots import Slot, accent_slots, is_legible, recognition_slots, weigh_capitals
from documents.restoration.slots import sentences as grouped_into_sentences
from documents.restoration.spacing import respaced
from documents.restoration.syllable_model import OTHER, SyllableModel, syllable_model
from documents.restoration.touch_up import touched_up
from documents.text import fold, fold_same_length, nfc, tone_marks

__all__ = ["MODES", "Repair", "RestoredLine", "is_misread", "restoration_notes", "restore", "with_accents"]

MODES = ("auto", "accents", "recognition", "touch-up")

CHANNEL_WEIGHT = 1.0
"""How much the channel counts beside the language model (chosen on held-back pages; letters of a word are not misread
independently)."""

HABIT_WEIGHT = 1.0
"""How much it counts what the other places of the same text with the same reading were taken for."""

SURE_OF_NO_NUMBER = 0.98
"""A number is taken for a misread word ("14" for "là") only where it is as sure as this."""

MISREAD_SHARE = 0.02
"""A text with more repaired words than this was misread, and what it says is worth less than what a good text says."""


def restore(lines: Iterable[str], mode: str = "auto") -> list[RestoredLine]:
    """Each line restored, one for one.

    ``mode``: "auto" judges each line and leaves good and foreign text as it is; the others treat all lines alike: "accents" puts
    accents on words typed without them; "recognition" repairs text that was recognised as English, "touch-up" text that was
    recognised as Vietnamese. Raises ``ValueError`` for any other mode.
    """
    if mode not in MODES:
        raise ValueError(f"unknown mode {mode!r}")
    originals = [nfc(line) for line in lines]
    modes = _modes(originals) if mode == "auto" else [mode] * len(originals)
    found = [repaired(line, _apart(_by_rule(line, how))) for line, how in zip(originals, modes, strict=True)]
    light = [how == "touch-up" for how in modes]
    model = syllable_model() if any(how != "none" for how in modes) else None
    if model is None:
        return found
    for step in (respaced, touched_up):
        repairs = step([line.text for line in found], light, model) if any(light) else {}
        found = [repaired_again(line, repairs.get(i, ())) for i, line in enumerate(found)]
    repairs = _decoded([line.text for line in found], modes, model)
    return [repaired_again(line, repairs.get(i, ())) for i, line in enumerate(found)]


def with_accents(question: str) -> RestoredLine:
    """A question (or a few words) typed without accents with them, terms of the field first; each repair with its confidence.

    Words that bear an accent stay as they are.
    """
    return restore([question], "accents")[0]


def is_misread(lines: Sequence[RestoredLine]) -> bool:
    """Whether so many words were repaired that the text was recognised badly (and not only typed with slips)."""
    words = sum(len(line.original.split()) for line in lines)
    return sum(len(line.repairs) for line in lines) > MISREAD_SHARE * max(words, 1)


def restoration_notes(lines: Sequence[RestoredLine]) -> tuple[str, ...]:
    """What to tell the officer about the repairs (Vietnamese)."""
    repaired_lines = [line for line in lines if line.repairs]
    if not repaired_lines:
        return ()
    count = sum(len(line.repairs) for line in repaired_lines)
    return (f"Đã phục hồi {count} chỗ nhận dạng hoặc gõ hỏng trên {len(repaired_lines)} dòng; cần đối chiếu bản gốc.",)


def _modes(lines: Sequence[str]) -> list[str]:
    """What to do with each line: "accents", "recognition", "touch-up" or "none"."""
    quality = judge(lines)
    if quality.kind == "little":  # a question, a heading: too little to tell recognition from typing
        letters = "".join(lines)
        plain = fold_same_length(letters) == letters.lower()
        return ["accents" if quality.words and plain and quality.bare >= 0.7 else "none"] * len(lines)
    how = {"unaccented": "accents", "noisy": "recognition", "good": "touch-up"}
    return [how.get(kind, "none") for kind in line_kinds(lines)]


def _by_rule(line: str, mode: str) -> Iterator[Repair]:
    if mode in ("recognition", "touch-up"):
        yield from codes.misread_digits(line)
    if mode in ("recognition", "accents"):
        yield from codes.codes_with_d(line)
    if mode == "recognition":
        yield from codes.misread_abbreviations(line)
        yield from codes.labels(line)


def _apart(repairs: Iterable[Repair]) -> list[Repair]:
    """The repairs without those that overlap an earlier one."""
    found: list[Repair] = []
    for repair in repairs:
        if all(repair.end <= other.start or other.end <= repair.start for other in found):
            found.append(repair)
    return found


_SLOTS: Mapping[str, Callable[[int, str, SyllableModel], list[Slot]]] = {
    "accents": accent_slots,
    "recognition": recognition_slots,
}


def _decoded(lines: Sequence[str], modes: Sequence[str], model: SyllableModel) -> dict[int, list[Repair]]:
    """The repairs of the lines that are to be decoded."""
    slots = [
        slot
        for i, (line, how) in enumerate(zip(lines, modes, strict=True))
        if how in _SLOTS
        for slot in _SLOTS[how](i, line, model)
    ]
    if not slots:
        return {}
    sentences = grouped_into_sentences(slots, lines)
    weigh_capitals(sentences, model)
    legible = [
        line for line, how in zip(lines, modes, strict=True) if how == "touch-up" or (how == "recognition" and is_legible(line))
    ]
    repairs: dict[int, list[Repair]] = {}
    for slot, word, sure in _chosen(sentences, name_pairs(legible, model), model):
        if slot.fixed or word <= OTHER or model.vocabulary[word] == slot.read.lower():
            continue
        if slot.read.isdigit() and sure < SURE_OF_NO_NUMBER:
            continue
        restored = slot.printed(model.vocabulary[word], word)
        if tone_marks(slot.read) != restored:
            repairs.setdefault(slot.line, []).append(Repair(slot.start, slot.end, slot.read, restored, round(sure, 3)))
    return repairs


def _chosen(sentences: list[list[Slot]], names: Pairs, model: SyllableModel) -> list[tuple[Slot, int, float]]:
    """Each word with the candidate chosen and its probability.

    Two rounds: in the second, what a reading was taken for elsewhere in the same text (with certainty) makes it likelier here: a
    plan that says "phường" a hundred times hardly means "phương" once. So do names.
    """
    terms = by_first(term_pairs(model))
    by_name = by_first(names)
    open_slots = [_positions(sentence, by_name, terms) for sentence in sentences]
    found = posteriors(model, open_slots, CHANNEL_WEIGHT)
    habits: dict[str, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    for sentence, chosen in zip(sentences, found, strict=True):
        for slot, (word, sure) in zip(sentence, chosen, strict=True):
            if not slot.fixed and len(slot.options) > 1:
                habits[fold(slot.read)][word] += sure
    by_name = by_first({**agreed_pairs(sentences, found, model), **names})
    open_slots = [_positions(sentence, by_name, terms, habits) for sentence in sentences]
    found = posteriors(model, open_slots, CHANNEL_WEIGHT)
    return [
        (slot, word, sure)
        for sentence, chosen in zip(sentences, found, strict=True)
        for slot, (word, sure) in zip(sentence, chosen, strict=True)
    ]


def _positions(
    sentence: Sequence[Slot],
    names: ByFirst,
    terms: ByFirst,
    habits: Mapping[str, Mapping[int, float]] | None = None,
) -> list[Position]:
    """The candidates of the words of a sentence, with what names, terms and habits say of them."""
    spoken_for = favoured(sentence, names, terms)
    places = []
    for i, slot in enumerate(sentence):
        options = slot.options
        habit = habits.get(fold(slot.read)) if habits and not slot.fixed else None
        if habit is not None and len(habit) > 1:
            total = sum(habit.values())
            options = tuple(
                (word, cost - HABIT_WEIGHT * log((habit.get(word, 0.0) + 0.3) / (total + 0.3))) for word, cost in options
            )
        if spoken_for:
            options = tuple((word, cost - spoken_for.get((i, word), 0.0)) for word, cost in options)
        places.append(Position(options))
    return places
