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
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from documents.channel import recognition_channel
from documents.decode import Position, posteriors
from documents.quality import judge
from documents.syllable_model import NUMBER, OTHER, SyllableModel, syllable_model
from documents.syllables import is_bare_syllable, is_syllable
from documents.text import fold, fold_same_length, nfc, tone_marks

CHANNEL_WEIGHT = 1.0
"""How much the channel counts beside the language model (chosen on held-back pages; letters of a word are not misread
independently)."""

STRANGER_COST = 3.0
"""Per letter: the cost of a word outside the list standing for itself."""

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
_WORD = re.compile(r"[^\W_](?:[¢€$@&'’‘!§£©]*[^\W_])*(?:[¢€&§£©]|(?<=[OoUu])['’‘])?")
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
    positions = [[Position(slot.options) for slot in sentence] for sentence in sentences]
    repairs: dict[int, list[Repair]] = {}
    for sentence, chosen in zip(sentences, posteriors(model, positions, CHANNEL_WEIGHT), strict=True):
        for slot, (word, sure) in zip(sentence, chosen, strict=True):
            if slot.fixed or word <= OTHER:
                continue
            restored = _in_case(model.vocabulary[word], slot)
            if tone_marks(slot.read) != restored:
                repairs.setdefault(slot.line, []).append(Repair(slot.start, slot.end, slot.read, restored, round(sure, 3)))
    if mode == "recognition":
        _by_rule(originals, repairs)
    return [_restored(line, repairs.get(i, [])) for i, line in enumerate(originals)]


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


def _in_case(word: str, slot: _Slot) -> str:
    if slot.case == "upper":
        return word.upper()
    return word[0].upper() + word[1:] if slot.case == "title" else word


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
        if not options or abbreviation:
            slots.append(_fixed(number, found, model))
        else:
            ids = tuple((i, 0.0) for i in options[:24])
            slots.append(_Slot(number, found.start(), found.end(), read, _case_of(read), ids, False))
    return slots


def _recognition_slots(number: int, line: str, model: SyllableModel) -> list[_Slot]:
    words = [found.group() for found, kept in _pieces(line) if not kept]
    letters = [c for word in words for c in word if c.isalpha()]
    shouted = len(letters) > 3 and sum(c.isupper() for c in letters) > 0.6 * len(letters)
    accented = [word for word in words if fold_same_length(word) != word.lower()]
    good = len(words) > 1 and len(accented) >= 0.5 * len(words) and sum(map(is_syllable, words)) >= 0.9 * len(words)
    beyond = any(ord(c) > 0xFF for c in "".join(accented))
    slots = []
    for found, kept in _pieces(line):
        read = found.group()
        if kept or read.isdigit():
            slots.append(_fixed(number, found, model, NUMBER))
        elif (good and beyond) or any(ord(c) > 0xFF and c.isalpha() for c in read) or _stays(read, shouted):
            slots.append(_fixed(number, found, model))
        else:
            case = "upper" if shouted and len(read) > 1 else "title" if read[0].isupper() else "lower"
            options = _options(read, case, model)
            slots.append(_Slot(number, found.start(), found.end(), read, case, options, False))
    return slots


def _stays(read: str, shouted: bool) -> bool:
    """Abbreviations in capitals and single letters are not guessed at; a single capital or consonant says too little."""
    if len(read) == 1:
        return read not in "éèêâàaiuydv6"
    letters = [c for c in read if c.isalpha()]
    return not shouted and len(letters) > 1 and all(c.isupper() for c in letters) and "’" not in read and "'" not in read


def _options(read: str, case: str, model: SyllableModel) -> tuple[tuple[int, float], ...]:
    """The candidates of a word as read, and the word itself as a stranger."""
    channel = recognition_channel()
    options = dict(channel.candidates(read, case))
    if case == "title":  # a lower-case accented a or o is often read as a capital: "Ap dung", "TAm"
        for word, cost in channel.candidates(read, "lower"):
            options[word] = min(cost, options.get(word, 99.0))
    ranked = sorted(options.items(), key=lambda pair: pair[1] - 0.5 * float(model.log1[pair[0]]))[:20]
    return (*ranked, (OTHER, STRANGER_COST * len(read)))


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


def _by_rule(lines: Sequence[str], repairs: dict[int, list[Repair]]) -> None:
    """The repairs that need no model: Đ in codes, I in Roman section numbers, the label before a document's number."""
    for i, line in enumerate(lines):
        found: list[Repair] = []
        if roman := _ROMAN.match(line):
            right = roman[2].replace("l", "I").replace("1", "I").replace("L", "I")
            if right != roman[2] and not roman[2].isdigit() and roman[2] != "L":
                found.append(Repair(roman.start(2), roman.end(2), roman[2], right, 0.9))
        if label := _NUMBER_LABEL.match(line):
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
