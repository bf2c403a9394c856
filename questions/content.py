"""What a question is about: its sentences that ask, the situation that they are put in, and the words left to match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from questions import linking
from questions.catalogue import Catalogue
from questions.linking import Named
from questions.model import Described
from questions.phrases import ASKS, KINDS, shows, spent
from questions.reading import Reading
from questions.words import accented, syllable

GATHERED = ("list", "count", "sum")
"""Kinds of question in which a unit chooses rows; elsewhere its name is one more thing that evidence should say."""


def asking_sentence(reading: Reading) -> str:
    """The last sentence that asks something: what stands before it describes the situation."""
    sentences = [sentence for _, sentence in reading.sentences()]
    return next((s for s in reversed(sentences) if shows(ASKS, s) or shows(KINDS, s)), reading.text)


_BEFORE_ASKING = (
    r"(?:nho|xin|lam on)(?: \w+)? (?:cho biet|liet ke|ke|tim|loc|"
    r"cho hoi|hoi|chi giup)|cho hoi|cho biet|muon hoi|muon biet"
)
_NEEDS = r"can (?:liet ke|danh sach|biet|tim|xem)"
_WHO_ASKS = (
    r"(?:toi|em|minh|chung toi|nha toi|gia dinh toi) (?:la|lam|moi|dang|o|thuoc|cong tac|vua|duoc)(?!\w)[^,]*(?:,[^,]*)? ,(?= \S)"
)
_TO_DO = re.compile(r"(?: ,)? (?:de|cho) (?:toi|em|minh|chung toi|anh|chi)(?! biet| hoi)(?: \S+)*$")
"""What the answer is wanted for, behind a question: "để tôi lên lịch"."""
_PURPOSE = re.compile(rf"{_WHO_ASKS}|(?:de|nham|phuc vu|chuan bi) [^,]* ,|(?:\S+ ){{4,}}?(?=(?:{_BEFORE_ASKING}|{_NEEDS})(?!\w))")
"""What a question tells before it asks: a purpose, or all before "xin hỏi"."""


def situation(reading: Reading) -> set[int]:
    """The positions of the words that only tell the situation: sentences that ask nothing, and a purpose put in front."""
    at: set[int] = set()
    for span, sentence in reading.sentences():
        if not (shows(ASKS, sentence) or shows(KINDS, sentence)):
            at.update(span)
        elif found := _PURPOSE.match(sentence):
            at.update(range(span.start, span.start + sum(part != "," for part in found.group().split())))
        if (found := _TO_DO.search(sentence)) and found.start():
            first = span.start + sum(part != "," for part in sentence[: found.start()].split())
            at.update(range(first, span.stop))
    return at if len(at) < len(reading.words) else set()


@dataclass(frozen=True, slots=True)
class Content:
    """The words to match, those of the situation, and the former as typed where they have accents."""

    words: tuple[str, ...]
    background: tuple[str, ...]
    exact: tuple[str, ...]


_POINTING_BACK = re.compile(
    r"(?<!\w)(?:viec|nhiem vu|du an|he thong|noi dung|cong viec|hang muc|phan mem|de an) (?:nay|do|ay|tren)(?!\w)"
)
"""How a question points back to what it told before."""
_TOO_LITTLE = 0.3
"""The share of what all words say that the sentences that ask must say themselves; else the situation counts as well."""


def content(
    reading: Reading,
    catalogue: Catalogue,
    kind: str,
    taken: Sequence[Named],
    described: Sequence[Described],
    numbers: Sequence[str],
    years: Sequence[int],
) -> Content:
    """The words that say what the question is about: not its grammar, not the names and times used for choosing documents."""
    used = {at for n in taken for at in range(n.start, n.end)}
    for one in described:
        for name in filter(None, (one.issuer, one.type if one.asked else "")):
            for start, end, _ in linking.spans(reading, name.split()):
                used.update(range(start, end))
    for start, end in spent(reading.text, kind in GATHERED):
        used.update(range(reading.position(start), reading.position(end)))
    used |= linking.time_words(reading) | linking.part_words(reading)
    told_before = situation(reading)
    digits = {part for number in numbers for part in re.findall(r"\d+", number)}
    kept: list[str] = []
    before: list[str] = []
    exact: list[str] = []
    for at, word in enumerate(reading.words):
        if at in used or reading.function[at] or word in digits or (word.isdigit() and int(word) in years):
            continue
        if (
            word == "nam"
            or (word in ("nay", "ngoai", "toi", "sau") and at and reading.words[at - 1] == "nam")
            or (word in ("phuong", "quy", "thang") and at + 1 in used)
        ):
            continue
        (before if at in told_before else kept).append(word)
        if at not in told_before and syllable(reading.written[at]) == word:
            exact += accented(reading.written[at])
    asked, told = (sum(catalogue.weight(word) for word in set(words)) for words in (kept, before))
    back = told_before and _POINTING_BACK.search(reading.text)
    if (back or asked < _TOO_LITTLE * (asked + told)) and kind not in GATHERED:
        return Content((*before, *kept), (), tuple(exact))
    return Content(tuple(kept), tuple(before), tuple(exact))
