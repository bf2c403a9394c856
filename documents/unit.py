"""Units: who is given work. Splitting lists of them, one canonical name for every written form, and their kind.

"Sở Tài chính, Sở Nội vụ và các cơ quan liên quan" is three units; "Phòng Kinh tế, Hạ tầng và Đô thị" and "Các phòng, ban, đơn vị"
are one each: a comma or "và" separates units only where a new head word of a unit stands behind it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache

from documents.cue import alternatives, opens, pattern
from documents.model import Unit
from documents.text import collapse, fold, fold_same_length, tone_marks
from ontology.knowledge import knowledge

OTHER_KIND = "khác"

_LOCAL = r"(?:phường|xã|thị trấn|quận|huyện|sở|thành phố|tỉnh|bộ|tp)"
_TAIL = re.compile(rf"(?:\s*,)?\s+(?:(?:thuộc|trực thuộc|của)\s+{_LOCAL}|trên địa bàn(?:\s+{_LOCAL})?)$", re.I)
_OWN_TAIL = re.compile(r"\s+(?:phường|xã|thị trấn|sở)$", re.I)
_DROP_OWN = ("phòng", "văn phòng", "trung tâm", "ban", "tổ", "đội")
_LEADING = re.compile(r"(?:đề nghị|yêu cầu|giao|do|là|bởi|các đơn vị:|gồm|bao gồm)\s+", re.I)
_MOST_WORDS = 22
"""A run of more words is a clause, not the name of a unit (the longest committee names have about twenty)."""
_PERSON = re.compile(r"^(?:ông|bà|đồng chí|đ/c)\s+[^–—-]+[–—-]\s*", re.I)
_BRACKET = re.compile(r"\s*\([^)]*\)\s*$")
_AND = re.compile(r"\s*&\s*")


def split_units(text: str) -> tuple[str, ...]:
    """The units that a list of units names, as written, in order. Takes running text or a table cell; may be empty."""
    text = collapse(text).strip(" .;,:*")
    if not text or text in ("-", "–", "…"):
        return ()
    parts: list[str] = []
    for block in re.split(r"\s*;\s*|\s*\n\s*", text):
        parts.extend(_split_block(block.strip(" .,")))
    return tuple(part for part in parts if part)


def _split_block(block: str) -> list[str]:
    folded = fold_same_length(block)
    cuts = []
    for match in re.finditer(r"\s*,\s+(?:và\s+)?|\s+và\s+|\s+cùng\s+(?:với\s+)?|\s*/\s+", block):
        if _starts_unit(block[match.end() :]) and not _inside_name(folded, match.start(), match.end()):
            cuts.append(match)
    parts, at = [], 0
    for cut in cuts:
        parts.append(block[at : cut.start()].strip(" ,."))
        at = cut.end()
    parts.append(block[at:].strip(" ,."))
    return parts


def _inside_name(folded: str, start: int, end: int) -> bool:
    """Whether the separator stands inside one name: "Văn phòng HĐND và UBND", "Đoàn ĐBQH và HĐND", inside brackets."""
    before, after = folded[:start], folded[end:]
    if before.count("(") > before.count(")"):
        return True
    council = re.search(r"(?:hdnd|hoi dong nhan dan|dbqh|dai bieu quoc hoi|dang uy)$", before)
    office = re.search(r"(?:van phong|doan|thuong truc)[^,;]*$", before)
    return bool(council and office and re.match(r"(?:ubnd|uy ban nhan dan|hdnd|hoi dong nhan dan)", after))


def _starts_unit(text: str) -> bool:
    if not starts_with_unit(text):
        return False
    if text[0].isupper():
        return True
    # a small letter opens a unit only where the words themselves can be nothing else
    return bool(
        re.match(r"(?:cac|nhung|toan the|doanh nghiep|hop tac xa|to chuc chinh tri|uy ban nhan dan|ubnd)\b", fold(text[:40]))
    )


@cache
def _heads() -> re.Pattern[str]:
    # with accents: without them Sở is số, Ban is bản and Phòng is phong
    words = sorted(
        {tone_marks(w.lower()) for kind in knowledge().unit_kinds for w in kind.head_words}, key=lambda w: (-len(w), w)
    )
    return re.compile("(?:" + "|".join(re.escape(w) for w in words) + r")(?!\w)")


def starts_with_unit(text: str) -> bool:
    """Whether ``text`` begins with a word with which names of units begin."""
    return bool(_heads().match(tone_marks(text.lower()))) and not opens("not-unit", fold(text))


@cache
def kind_of(name: str) -> str:
    """The kind of a unit by the head word of its canonical name ("phòng/ban"), "khác" when no head word is known."""
    shown = tone_marks(name.lower())
    best = ("", OTHER_KIND)
    for kind in knowledge().unit_kinds:
        for word in kind.head_words:
            head = tone_marks(word.lower())
            if len(head) > len(best[0]) and re.match(rf"{re.escape(head)}(?!\w)", shown):
                best = (head, kind.label)
    return best[1]


def canonical(name: str) -> str:
    """One form of a name: single blanks, "&" as "và", no bracket or "trên địa bàn ..." behind it, first letter capital.

    Words that only repeat whose unit it is ("Văn phòng HĐND và UBND phường" in the ward's own plan) are left off; the name of a
    place behind them is kept.
    """
    text = _PERSON.sub("", collapse(name)).strip(" .,;:*–—-")
    text = _BRACKET.sub("", text)
    text = tone_marks(_AND.sub(" và ", text))
    if lead := _LEADING.match(text):
        text = text[lead.end() :]
    if not text.lower().startswith("các ") and (tail := _TAIL.search(text)):
        text = text[: tail.start()]
    own = _OWN_TAIL.search(text)
    if own and text.lower().startswith(_DROP_OWN) and text[: own.start()].lower() not in _DROP_OWN:
        text = text[: own.start()]
    text = text.strip(" ,.;")
    return text[:1].upper() + text[1:]


def key(name: str) -> str:
    """What two forms of one name have in common: folded words without "và", dashes and points."""
    expanded = re.sub(r"\bubnd\b", "uy ban nhan dan", re.sub(r"\bhdnd\b", "hoi dong nhan dan", fold(name)))
    return " ".join(w for w in re.findall(r"[a-z0-9]+", expanded) if w != "va")


@cache
def _known() -> frozenset[str]:
    return frozenset(u.label for u in knowledge().units)


@cache
def _nearest_known(name: str) -> str | None:
    """The one unit of the ontology whose folded letters are nearly those of ``name`` (at least 0.92 alike), or ``None``."""
    letters = key(name)
    scored = sorted(
        ((SequenceMatcher(None, letters, key(label), autojunk=False).ratio(), label) for label in _known()), reverse=True
    )
    return scored[0][1] if scored and scored[0][0] >= 0.92 else None


@dataclass
class UnitNames:
    """The names of one document's units: learns each written form, answers with one canonical name per unit.

    ``aliases`` are names known beforehand (key → canonical name), such as the issuer's own short forms. ``noisy``: the text was
    recognised badly, so a name that is nearly one that the ontology knows is taken for that one.
    """

    aliases: dict[str, str] = field(default_factory=dict)
    noisy: bool = False
    _names: dict[str, dict[str, int]] = field(default_factory=dict)
    _forms: dict[str, dict[str, list[int]]] = field(default_factory=dict)

    def learn(self, written: str, lines: Iterable[int] = ()) -> str:
        """Take note of a written form on ``lines``; returns the key by which :meth:`name` answers."""
        name = canonical(written)
        if self.noisy:
            name = _nearest_known(name) or name
        found = key(self.aliases.get(key(name), name))
        if found not in self._names:
            found = self._whole(found, name)
        forms = self._names.setdefault(found, {})
        chosen = self.aliases.get(key(name), name)
        forms[chosen] = forms.get(chosen, 0) + 1
        self._forms.setdefault(found, {}).setdefault(collapse(written), []).extend(lines)
        return found

    def _whole(self, found: str, written: str) -> str:
        """A name that lost its head word ("Công nghệ số cộng đồng") is the one known unit that ends in it."""
        if starts_with_unit(written):
            return found
        ends = [k for k in self._names if k.endswith(" " + found) and len(k.split()) - len(found.split()) <= 2]
        return ends[0] if len(ends) == 1 else found

    def _shorter(self, found: str) -> str | None:
        """The key of the same group named without the body that it belongs to ("Các phòng, đơn vị thuộc Sở" where the document also
        says "Các phòng, đơn vị"), or ``None``."""
        forms = self._names[found]
        for form in forms:
            if form.lower().startswith("các ") and (tail := _TAIL.search(form) or _OWN_TAIL.search(form)):
                short = key(form[: tail.start()])
                if short in self._names:
                    return short
        return None

    def name(self, found: str) -> str:
        """The canonical name for a key: the form that the ontology knows, else the most frequent one, then the one with most
        capitals, then the first in order."""
        if (shorter := self._shorter(found)) is not None:
            return self.name(shorter)
        forms = self._names[found]
        return min(forms, key=lambda n: (n not in _known(), -forms[n], -sum(w[:1].isupper() for w in n.split()), n))

    def units(self) -> tuple[Unit, ...]:
        """All units learned, in order of first mention."""
        gathered: dict[str, dict[str, list[int]]] = {}
        for found in self._names:
            target = gathered.setdefault(self.name(found), {})
            for form, at in self._forms[found].items():
                target.setdefault(form, []).extend(at)
        return tuple(
            Unit(name, tuple(forms), kind_of(name), tuple(sorted({n for at in forms.values() for n in at})))
            for name, forms in gathered.items()
        )


def partners(text: str) -> tuple[str, ...]:
    """The units that a duty's own words name as partners ("phối hợp với Sở Nội vụ và các đơn vị liên quan tổ chức ...")."""
    folded = fold_same_length(text)
    out: list[str] = []
    for match in pattern("coordinate-verb").finditer(folded):
        rest = text[match.end() :].lstrip()
        if not rest or not (_starts_unit(rest) or _starts_place(rest)):
            continue
        out.extend(split_units(rest[: _end_of_units(rest)]))
    return tuple(dict.fromkeys(u for u in out if len(u.split()) <= _MOST_WORDS))


def _starts_place(text: str) -> bool:
    folded = fold(text[:40])
    return bool(re.match(r"(?:thanh pho|tinh)(?![a-z])(?!\s+ve)", folded)) or starts_with_unit(text)


def _end_of_units(text: str) -> int:
    """Where a list of units ends in running text: at a duty's verb, a stop, or a bracket."""
    at = verb_behind_units(text)
    stop = re.search(r"[.;:(“\"|]|\s-\s", text[: at if at is not None else 160])
    if stop and not (stop.group() == " - " and text[stop.end() : stop.end() + 1].isupper()):
        return stop.start()
    return at if at is not None else min(len(text), 160)


_HEAD_BEFORE_VERB = re.compile(
    r"(?:^|[,;]\s+|\s(?:và|cùng|với)\s+)(?:sở|ban|phòng|trung tâm|tổ|bộ|đội|cục|vụ|ủy ban|phòng kinh tế)\s*$|^(?:đơn vị|cơ quan|bộ phận|tổ chức)\s*$"
)


def verb_behind_units(text: str) -> int | None:
    """Where the verb of a duty stands behind the units that ``text`` begins with, or ``None``. Verbs that are words of a name ("Ban
    Quản lý", "Sở Xây dựng", "Tổ chức", "Trung tâm giám sát") do not count: they stand right behind a head word or in capitals."""
    window = text[:260]
    folded = fold_same_length(window)
    verbs = re.compile(
        rf",?\s+(?:chu tri|co trach nhiem|chiu trach nhiem|phoi hop|can cu|tap trung|lam dau moi|giup|{alternatives('duty-verb')})(?![a-z])"
    )
    for match in verbs.finditer(folded):
        begin = match.start() + len(match.group()) - len(match.group().lstrip(", "))
        if window[begin].isupper() or _HEAD_BEFORE_VERB.search(window[: match.start()].lower()):
            continue
        return match.start()
    return None
