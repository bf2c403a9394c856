"""Readable Vietnamese again: accents for text typed without them, repair of text recognised as English.

A noisy-channel model: each damaged word has candidates with their costs (:mod:`documents.channel`, or simply the words with
the same accentless form), and the trigram model of :mod:`documents.syllable_model` says which of them go together. The answer
is, word by word, the candidate with the highest posterior probability (forward-backward over the sentence), which is also its
confidence.

Numbers, dates, document numbers, percentages, addresses and abbreviations in capitals are never changed into others; only the few
rules at the top of this file, each with its reason, touch them. Good text is returned as it is.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import log

from documents.channel import recognition_channel
from documents.decode import Position, posteriors
from documents.quality import judge
from documents.syllable_model import NUMBER, OTHER, STEP, SyllableModel, syllable_model
from documents.syllables import is_bare_syllable, is_syllable
from documents.text import fold, fold_same_length, nfc, tone_marks

CHANNEL_WEIGHT = 1.0
"""How much the channel counts beside the language model (chosen on held-back pages; letters of a word are not misread
independently)."""

STRANGER_COST = 3.0
"""Per letter: the cost of a word outside the list standing for itself."""

CAPITAL_WEIGHT = 0.8
"""How much it counts whether a word usually bears a capital inside a sentence (chosen on held-back text)."""

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


# what is kept whole: addresses, document numbers, dates and other numbers with their signs
_KEPT = re.compile(
    r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.[\w.-]+"
    r"|(?P<number>\d[\w.]*\s?(?:/[\wĐ.]+)*[/-][^\W\d_][\wĐ-]*(?:[-/][^\W\d_][\wĐ]*)*)"
    r"|\d[\d.,:/%-]*\d%?|\d+%?"
)
_WORD = re.compile(r"[&¢€@£©]?[^\W_](?:[¢€$@&'’‘!§£©]*[^\W_])*(?:[¢€&§£©]|(?<=[OoUu])['’‘])?|(?<!\S)[¢€](?!\S)")
_CODE = re.compile(r"[^\W\d_]+")
_ROMAN = re.compile(r"^(\s*)([IVXl1L]{1,5})(?=\.\s?[^\W\d_])")
_NUMBER_LABEL = re.compile(r"^(\s*)[$S][6O6éố]\s?[:.]\s?(?=\d)")
_BULLET = re.compile(r"^\s*([-+•*–]|\(?[0-9a-zđ]{1,2}[.)]|[IVX]+\.)\s")
_STOP = re.compile(r"[.;:!?]")
_SHORT_WRAP = 0.62
"""A line shorter than this share of the longest ones ends its paragraph."""


@dataclass(slots=True)
class _Slot:
    """A word in its line: where, as read, how it was printed, and what may stand there."""

    line: int
    start: int
    end: int
    read: str
    case: str
    options: tuple[tuple[int, float], ...]
    fixed: bool
    small: frozenset[int] = frozenset()
    """Candidates whose first letter is a small one that was read as a capital."""


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
        for slot in (_accent_slots(i, line, model) if mode == "accents" else _recognition_slots(i, line, model))
    ]
    sentences = _sentences(slots, originals)
    _weigh_capitals(sentences, model)
    repairs: dict[int, list[Repair]] = {}
    for slot, word, sure in _chosen(sentences, model):
        if slot.fixed or word <= OTHER:
            continue
        restored = _in_case(model.vocabulary[word], slot, word)
        if tone_marks(slot.read) != restored:
            repairs.setdefault(slot.line, []).append(Repair(slot.start, slot.end, slot.read, restored, round(sure, 3)))
    _by_rule(originals, repairs, mode)
    return [_restored(line, repairs.get(i, [])) for i, line in enumerate(originals)]


def _chosen(sentences: list[list[_Slot]], model: SyllableModel) -> list[tuple[_Slot, int, float]]:
    """Each word with the candidate chosen and its probability.

    Two rounds: in the second, what a reading was taken for elsewhere in the same text (with certainty) makes it likelier here: a
    plan that says "phường" a hundred times hardly means "phương" once.
    """
    open_slots = [[Position(slot.options) for slot in sentence] for sentence in sentences]
    found = posteriors(model, open_slots, CHANNEL_WEIGHT)
    habits: dict[str, Counter[int]] = defaultdict(Counter)
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
                    tuple((word, cost - HABIT_WEIGHT * log((habit[word] + 0.3) / (total + 0.3))) for word, cost in slot.options)
                )
                changed = True
    if changed:
        found = posteriors(model, open_slots, CHANNEL_WEIGHT)
    return [
        (slot, word, sure)
        for sentence, chosen in zip(sentences, found, strict=True)
        for slot, (word, sure) in zip(sentence, chosen, strict=True)
    ]


def _weigh_capitals(sentences: list[list[_Slot]], model: SyllableModel) -> None:
    """Adds to the costs how unusual the word's first letter, capital or small, is inside a sentence.

    A text without capitals (a question typed fast) says nothing by small letters.
    """
    inside = [slot for sentence in sentences for slot in sentence[1:] if not slot.fixed]
    if not any(slot.case == "title" for slot in inside):
        return
    with_capital, without = (row.astype(float) / STEP * CAPITAL_WEIGHT for row in model.capital)
    for slot in inside:
        if slot.case == "upper":
            continue
        table = with_capital if slot.case == "title" else without
        slot.options = tuple(
            (word, cost + float(without[word] if word in slot.small else table[word]) if word > OTHER else cost)
            for word, cost in slot.options
        )


def restore_text(text: str, mode: str = "auto") -> str:
    """One piece of text restored (a question typed without accents)."""
    return "\n".join(line.text for line in restore(text.split("\n"), mode))


def _mode_of(lines: Sequence[str]) -> str:
    """What to do with the text: "accents", "recognition" or "none"."""
    quality = judge(lines)
    if quality.kind == "little":
        letters = "".join(lines)
        plain = fold_same_length(letters) == letters.lower()
        return "accents" if quality.words and plain and quality.bare >= 0.7 else "none"
    return {"unaccented": "accents", "noisy": "recognition"}.get(quality.kind, "none")


def _case_of(read: str) -> str:
    if len(read) > 1 and read.isupper():
        return "upper"
    return "title" if read[0].isupper() else "lower"


def _in_case(word: str, slot: _Slot, number: int) -> str:
    """The word printed as the slot was; ``number`` is its id."""
    if slot.case == "upper":
        return word.upper()
    return word[0].upper() + word[1:] if slot.case == "title" and number not in slot.small else word


def _fixed(line: int, found: re.Match[str], model: SyllableModel, word: int | None = None) -> _Slot:
    """A word that stays: it is context only."""
    read = found.group()
    if word is None:
        word = model.ids.get(tone_marks(read.lower()), OTHER)
    return _Slot(line, found.start(), found.end(), read, "lower", ((word, 0.0),), True)


def _pieces(line: str) -> list[tuple[re.Match[str], bool]]:
    """The words of a line in order, with whether each is something that is kept whole."""
    pieces: list[tuple[re.Match[str], bool]] = []
    at = 0
    for kept in [*_KEPT.finditer(line), None]:
        end = kept.start() if kept else len(line)
        if kept and (kept.start() < at or _inside_word(line, kept)):
            continue
        pieces += [(word, False) for word in _WORD.finditer(line, at, end)]
        if kept:
            pieces.append((kept, True))
            at = kept.end()
    return pieces


def _inside_word(line: str, kept: re.Match[str]) -> bool:
    """Whether digits are letters of a word that was read wrong ("s6", "d6i", "1ap"), no number."""
    text = kept.group()
    if not text.isdigit() or len(text) > 2:
        return False
    before = line[kept.start() - 1] if kept.start() else " "
    after = line[kept.end()] if kept.end() < len(line) else " "
    return (before.isalpha() and before.islower()) or (
        len(text) == 1 and after.isalpha() and (before.isalpha() or after.islower())
    )


def _accent_slots(number: int, line: str, model: SyllableModel) -> list[_Slot]:
    slots = []
    for found, kept in _pieces(line):
        read = found.group()
        if kept or any(c.isdigit() for c in read):
            slots.append(_fixed(number, found, model, NUMBER))
            continue
        bare = read.lower()
        options = model.by_fold.get(bare, ()) if fold(read) == bare else ()
        abbreviation = read.isupper() and not line.isupper() and (len(read) < 2 or not is_bare_syllable(read))
        if not options or abbreviation or not (read.isupper() or read[1:].islower() or len(read) == 1):
            slots.append(_fixed(number, found, model))
        else:
            ids = tuple((i, 0.0) for i in options[:24])
            slots.append(_Slot(number, found.start(), found.end(), read, _case_of(read), ids, False))
    return slots


def _recognition_slots(number: int, line: str, model: SyllableModel) -> list[_Slot]:
    pieces = _pieces(line)
    words = [found.group() for found, kept in pieces if not kept]
    shouted = _shouted(words)
    accented = [word for word in words if fold_same_length(word) != word.lower()]
    good = len(words) > 1 and len(accented) >= 0.5 * len(words) and sum(map(is_syllable, words)) >= 0.9 * len(words)
    good = good and any(ord(c) > 0xFF for c in "".join(accented))
    slots = []
    at = -1
    for found, kept in pieces:
        read = found.group()
        at += not kept
        if kept or read.isdigit():
            slots.append(_fixed(number, found, model, NUMBER))
        elif good or any(ord(c) > 0xFF and c.isalpha() for c in read) or _stays(line, found, shouted[at]):
            slots.append(_fixed(number, found, model))
        else:
            case = "upper" if shouted[at] and len(read) > 1 else "title" if read[0].isupper() else "lower"
            options, small = _options(read, case, model)
            slots.append(_Slot(number, found.start(), found.end(), read, case, options, False, small))
    return slots


def _shouted(words: list[str]) -> list[bool]:
    """Which words stand in a run of words in capitals ("UY BAN NHAN DAN"); abbreviations among small words do not."""
    capital = [sum(c.isupper() for c in word) > 0.5 * len(word) for word in words]
    shouted = [False] * len(words)
    begin = 0
    for i in range(len(words) + 1):
        if i < len(words) and capital[i]:
            continue
        run = words[begin:i]
        if len(run) > 1 and sum(len(word) > 1 and is_bare_syllable(word) for word in run) >= 0.5 * len(run):
            shouted[begin:i] = [True] * len(run)
        begin = i + 1
    return shouted


_MARK_AFTER = re.compile(r"[).\]]")
"""After a single letter: it is the mark of a point ("b)"), no word."""


def _stays(line: str, found: re.Match[str], shouted: bool) -> bool:
    """Abbreviations in capitals are not guessed at, nor single capitals, vowels that may be words of their own excepted."""
    read = found.group()
    if len(read) == 1:
        return not (read.islower() or read in "¢€6") or _MARK_AFTER.match(line, found.end()) is not None
    letters = [c for c in read if c.isalpha()]
    return not shouted and len(letters) > 1 and all(c.isupper() for c in letters) and "’" not in read and "'" not in read


def _options(read: str, case: str, model: SyllableModel) -> tuple[tuple[tuple[int, float], ...], frozenset[int]]:
    """The candidates of a word as read, the word itself as a stranger among them; and those that begin with a small letter."""
    channel = recognition_channel()
    options = dict(channel.candidates(read, case))
    small: set[int] = set()
    if case == "title":  # a small accented letter is often read as a capital: "Ap dung", "TAm", "Iy"
        for word, cost in channel.candidates(read, "lower"):
            if cost < options.get(word, 99.0):
                options[word] = cost
                small.add(word)
    ranked = sorted(options.items(), key=lambda pair: pair[1] - 0.5 * float(model.log1[pair[0]]))[:20]
    return (*ranked, (OTHER, STRANGER_COST * len(read))), frozenset(small)


def _sentences(slots: list[_Slot], lines: Sequence[str]) -> list[list[_Slot]]:
    """The words grouped into sentences: a sentence runs over wrapped lines, and ends at a stop, a bullet or a blank line."""
    lengths = sorted(len(line.strip()) for line in lines if line.strip())
    usual = lengths[int(len(lengths) * 0.8)] if lengths else 0
    sentences: list[list[_Slot]] = []
    previous: _Slot | None = None
    for slot in slots:
        if previous is None or _parted(previous, slot, lines, usual):
            sentences.append([])
        sentences[-1].append(slot)
        previous = slot
    return sentences


def _parted(previous: _Slot, slot: _Slot, lines: Sequence[str], usual: int) -> bool:
    if previous.line == slot.line:
        return bool(_STOP.search(lines[slot.line], previous.end, slot.start))
    if slot.line != previous.line + 1 or _STOP.search(lines[previous.line], previous.end):
        return True
    if lines[slot.line][: slot.start].strip() or _BULLET.match(lines[slot.line]):
        return True
    return len(lines[previous.line].strip()) < _SHORT_WRAP * usual


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
