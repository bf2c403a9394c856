"""What a question names, found in the corpus: documents by issuer, year or number, units, places, times.

A name is linked when the corpus has it; a name that the corpus lacks is reported as missing, so that the answer can say so
instead of answering about something else.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from documents.text import fold
from ontology.knowledge import knowledge, normal_number, number_key
from questions.catalogue import Card, Catalogue
from questions.model import Described
from questions.phrases import document_types
from questions.reading import NUMBER, Reading
from questions.words import LINKING

_BARE = re.compile(
    r"(?<!\w)(?P<type>{types})(?: so)? (?P<serial>\d{{1,5}})(?: (?P<year>(?:19|20)\d\d))?(?!\w)(?! (?:nam|thang)\b)"
)
_PLACES = ("phuong", "xa", "quan", "huyen", "tinh", "so", "phong", "cuc", "vien", "hoi")
_GRADES = {"một": 1, "i": 1, "1": 1, "ii": 2, "2": 2, "iii": 3, "3": 3, "iv": 4, "4": 4}


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of the question's words (first position, position after the last) and what it names."""

    start: int
    end: int
    what: str


def spans(reading: Reading, name: Sequence[str], least: int | None = None) -> list[tuple[int, int, int]]:
    """Where ``name`` stands in the question, words that join parts left out: (start, end, how many of its words).

    With ``least`` a beginning of the name of that many words is enough.
    """
    core = [at for at, word in enumerate(reading.words) if word not in LINKING]
    found = []
    for index, at in enumerate(core):
        size = 0
        while size < len(name) and index + size < len(core) and reading.words[core[index + size]] == name[size]:
            size += 1
        if size == len(name) or (least and size >= least):
            found.append((at, core[index + size - 1] + 1, size))
    return found


def issuers(reading: Reading, catalogue: Catalogue) -> list[Named]:
    """The issuers of documents that the question names; ``what`` is the document's key. The longest name at a place wins."""
    found: list[tuple[int, int, int, str]] = []
    for card in catalogue.cards.values():
        for name in card.names:
            found += [(start, end, size, card.key) for start, end, size in spans(reading, name)]
            if name[0] not in ("ubnd", "phuong", "thanh") and len(name) > 3:
                found += [(start, end, size, card.key) for start, end, size in spans(reading, name, least=3)]
                found += [(start, end, size, card.key) for start, end, size in _with_gap(reading, name)]
        found += [(start, end, size, card.key) for name in card.names for start, end, size in _bare_place(reading, name)]
        short = "".join(word[0] for word in card.names[0]) if card.names else ""
        found += [(at, at + 1, 1, card.key) for at, word in enumerate(reading.words) if len(short) > 2 and word == short]
    best = [f for f in found if not any(_inside(f, other) for other in found)]
    return [Named(start, end, key) for start, end, _, key in dict.fromkeys(best)]


def _bare_place(reading: Reading, name: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where the place of an issuer is named without its kind ("Gò Lụa"): in capitals where the question has accents."""
    if len(name) < 3 or name[0] not in ("phuong", "xa", "quan", "huyen"):
        return []
    accented = any(ord(char) > 127 for char in "".join(reading.written))
    found = []
    for start, end, size in spans(reading, name[1:]):
        kind = reading.words[start - 1] if start else ""
        capitals = all(word[:1].isupper() for word in reading.written[start:end])
        if (capitals or not accented) and kind not in ("tinh", "pho", "huyen", "quan", "tp"):
            found.append((start, end, size))
    return found


def _with_gap(reading: Reading, name: Sequence[str]) -> list[tuple[int, int, int]]:
    """Where the question leaves words out behind the first two of the name: "sở văn hóa du lịch"."""
    core = [at for at, word in enumerate(reading.words) if word not in LINKING]
    found = []
    for index, at in enumerate(core[:-1]):
        if (reading.words[at], reading.words[core[index + 1]]) != tuple(name[:2]):
            continue
        place = size = 0
        while index + size < len(core) and reading.words[core[index + size]] in name[place:]:
            place += name[place:].index(reading.words[core[index + size]]) + 1
            size += 1
        if size > 3:
            found.append((at, core[index + size - 1] + 1, size))
    return found


def _inside(a: tuple[int, int, int, str], b: tuple[int, int, int, str]) -> bool:
    """Whether ``a`` lies in the longer stretch ``b``."""
    return b[0] <= a[0] and a[1] <= b[1] and b[1] - b[0] > a[1] - a[0]


def units(reading: Reading, catalogue: Catalogue, taken: Iterable[Named]) -> list[Named]:
    """The organisations of the corpus that the question names; ``what`` is the canonical name, the longest one at a place.

    The issuers ``taken`` go before, but for a name that begins before one: "Công an phường" of "phường Hải Dương".
    """
    issuers = [(n.start, n.end) for n in taken]
    used: list[tuple[int, int]] = []
    found: list[Named] = []
    for key in sorted(catalogue.units, key=lambda k: (-len(k), k)):
        if len(key) < 2 or key[0] == "ubnd" or key[:2] == ("xa", "hoi"):
            continue
        for start, end, _ in spans(reading, key):
            if key[0] in _SEVERAL and reading.words[end : end + 2] not in (("chu", "tri"), ("phoi", "hop")):
                continue
            free = all(end <= a or b <= start for a, b in used) and not _cut_off(reading, start, key, catalogue)
            if free and all(end <= a or b <= start or start < a for a, b in issuers):
                used.append((start, end))
                found.append(Named(start, end, catalogue.units[key]))
    for before, table in ((_OWNED_BY, _without_place(catalogue)), (_TRADE, _by_trade(catalogue))):
        for key, name in sorted(table.items(), key=lambda entry: (-len(entry[0]), entry[0])):
            for start, end, _ in spans(reading, key):
                free = all(end <= a or b <= start for a, b in (*used, *issuers))
                if free and start and reading.words[start - 1] in before and start - 1 not in reading.stops:
                    used.append((start, end))
                    found.append(Named(start, end, name))
    for key in sorted(catalogue.units, key=lambda k: (-len(k), k)):
        for start, end, _ in _with_gap(reading, key) if len(key) > 4 and key[0] not in _SEVERAL else ():
            if all(end <= a or b <= start for a, b in (*used, *issuers)):
                used.append((start, end))
                found.append(Named(start, end, catalogue.units[key]))
    return sorted(found, key=lambda n: n.start)


_SEVERAL = frozenset(("cac", "nhung", "moi"))
"""Words with which a plan names several units at once; such a name is one only where a question says what it does."""
_OWNED_BY = frozenset(("cua", "cho", "do", "ben", "tai"))
"""Words before the name of whoever has something: there a name without its place is no common noun ("đại học")."""


_TRADE = frozenset(("ben", "nganh"))
"""Words that name a department by its field: "bên y tế"."""


def _by_trade(catalogue: Catalogue) -> dict[tuple[str, ...], str]:
    """The departments by their field alone: "Sở Y tế" → y te."""
    return {key[1:]: name for key, name in catalogue.units.items() if key[0] == "so" and len(key) > 2}


def _without_place(catalogue: Catalogue) -> dict[tuple[str, ...], str]:
    """The organisations by their names without the province at the end, where only one is called so: "Thành đoàn"."""
    places = {tuple(fold(place.label).split()) for place in (*knowledge().places, *knowledge().former_places)}
    short: dict[tuple[str, ...], set[str]] = {}
    for key, name in catalogue.units.items():
        for size in (1, 2, 3, 4):
            if len(key) - size >= 2 and key[-size:] in places:
                short.setdefault(key[:-size], set()).add(name)
    return {key: min(names) for key, names in short.items() if len(names) == 1 and key not in catalogue.units}


def _cut_off(reading: Reading, start: int, name: Sequence[str], catalogue: Catalogue) -> bool:
    """Whether the first word of a name at ``start`` belongs to the word before it: "văn bản chỉ đạo" has no "Ban Chỉ đạo"."""
    if not start or reading.function[start - 1] or start - 1 in reading.stops:
        return False
    with_before, with_behind = f"{reading.words[start - 1]} {name[0]}", f"{name[0]} {name[1]}"
    return len(catalogue.postings.get(with_before, ())) > len(catalogue.postings.get(with_behind, ()))


def numbers(text: str, reading: Reading, catalogue: Catalogue) -> tuple[list[str], list[str], list[str]]:
    """Document numbers in the question: (keys of documents that bear them, numbers cited in the corpus, unknown numbers)."""
    own: list[str] = []
    cited: list[str] = []
    unknown: list[str] = []
    for written in NUMBER.findall(text):
        number = normal_number(written)
        key = number_key(number)
        bearers = [card.key for card in catalogue.cards.values() if card.number == key]
        mentions = [c.number for c in _citations(catalogue) if c.number and number_key(c.number) == key]
        own += bearers
        cited += mentions[:1] if not bearers else []
        unknown += [] if bearers or mentions else [number]
    for found in re.finditer(_BARE.pattern.format(types="|".join(map(re.escape, document_types()))), reading.text):
        label, serial = document_types()[found["type"]], found["serial"]
        if re.fullmatch(r"(?:19|20)\d\d", serial):
            continue
        if any(re.match(rf"0*{serial}\D", written) for written in NUMBER.findall(text)):
            continue
        bearers = [c.key for c in catalogue.cards.values() if _serial(c.document.header.number) == serial and _is(c, label)]
        mentions = [
            c.number
            for c in _citations(catalogue)
            if c.number and _serial(c.number) == serial and fold(c.type or "").startswith(label[:6])
        ]
        own += bearers
        if not bearers:
            cited += list(dict.fromkeys(mentions))[:1]
            if not mentions and int(serial) > 31:
                unknown.append(f"{found['type']} số {serial}")
    return list(dict.fromkeys(own)), list(dict.fromkeys(cited)), list(dict.fromkeys(unknown))


def _citations(catalogue: Catalogue) -> Iterable:
    return (item.citation for item in catalogue.items if item.citation)


def _serial(number: str | None) -> str:
    found = re.match(r"0*(\d+)", number or "")
    return found.group(1) if found else ""


def _is(card: Card, label: str) -> bool:
    return fold(card.document.header.type or "").startswith(label[:6])


_THIS_YEAR = (("nam nay", 0), ("nam ngoai", -1), ("nam vua qua", -1), ("nam sau", 1), ("nam toi", 1), ("sang nam(?! 20)", 1))
"""How a question speaks of a year from where it stands."""


def years(reading: Reading, today: date) -> list[int]:
    """The years that the question speaks of, but for those of a horizon ("đến năm 2030") or inside a number or a date."""
    found = [today.year + step for words, step in _THIS_YEAR if re.search(rf"(?<!\w){words}(?!\w)", reading.text)]
    for match in re.finditer(r"(?<!\w)(20\d\d)(?!\w)", reading.text):
        before = reading.text[: match.start()]
        if not re.search(r"(?:den|huong|giai doan|tam nhin|\d)(?: nam)? $", before) or (
            re.search(r"(?:va|nam) $", before) and not re.search(r"(?:den|huong|tam nhin) nam $", before)
        ):
            found.append(int(match.group(1)))
    return list(dict.fromkeys(found))


_QUARTER = re.compile(r"quy (i{1,3}|iv|[1-4])(?: nam)?(?: (20\d\d))?(?!\w)")
_BEFORE = re.compile(r"truoc(?: ngay)? (\d{1,2}) (?:thang )?(\d{1,2})(?: nam)?(?: (20\d\d))?(?!\w)")
_IN_YEAR = re.compile(r"(?:hoan thanh|xong|ket thuc|den han|keo dai)(?: \w+){0,3} nam (20\d\d)(?!\w)")
_MONTH = re.compile(r"(?<!\d )thang (1[0-2]|[1-9])(?: nam)?(?: (20\d\d))?(?!\w)(?! tieu dung)")
ANY_YEAR = "____"
"""Stands for the year of a day where the question gives none."""


_MONTHS_OF = re.compile(
    r"(?:trong|xong|het|suot)(?: \w+){0,2}? (3|6|9|ba|sau|chin) thang (dau|cuoi)(?: nam)?(?: (20\d\d))?(?!\w)"
)
_FIGURES = {"3": 3, "ba": 3, "6": 6, "sau": 6, "9": 9, "chin": 9}


_STEPS = {"nay": 0, "toi": 1, "sau": 1, "truoc": -1, "vua qua": -1}
_THIS_QUARTER = re.compile(r"(?<!\w)(quy|thang) (nay|toi|sau|truoc|vua qua)(?!\w)")
"""A quarter or month told from the day that it is."""
_OVERDUE = re.compile(r"(?<!\w)(?:qua han|tre han|cham han|da het han)(?!\w)")


def time(text: str, today: date) -> tuple[str, str] | None:
    """Between which days something is due, as the folded text asks: "quý I/2026", "tháng 2", "trước 30/11/2026"."""
    if _OVERDUE.search(text):
        return "", (today - timedelta(days=1)).isoformat()
    if found := _THIS_QUARTER.search(text):
        length = 1 if found[1] == "thang" else 3
        at = today.year * 12 + (today.month - 1) // length * length + length * _STEPS[found[2]]
        at_year, first = at // 12, at % 12 + 1
        final = first + length - 1
        return f"{at_year}-{first:02d}-01", f"{at_year}-{final:02d}-{calendar.monthrange(at_year, final)[1]}"
    if found := _QUARTER.search(text):
        quarter, year = _GRADES[found[1]], found[2] or ANY_YEAR
        return f"{year}-{quarter * 3 - 2:02d}-01", f"{year}-{quarter * 3:02d}-{calendar.monthrange(2026, quarter * 3)[1]}"
    if found := _BEFORE.search(text):
        return "", f"{found[3] or ANY_YEAR}-{int(found[2]):02d}-{int(found[1]):02d}"
    if found := _MONTHS_OF.search(text):
        count, year = _FIGURES[found[1]], found[3] or ANY_YEAR
        first, final = (1, count) if found[2] == "dau" else (13 - count, 12)
        return f"{year}-{first:02d}-01", f"{year}-{final:02d}-{calendar.monthrange(2026, final)[1]}"
    if found := _IN_YEAR.search(text):
        return f"{found[1]}-01-01", f"{found[1]}-12-31"
    if months := list(_MONTH.finditer(text)):
        first, final = min(int(m[1]) for m in months), max(int(m[1]) for m in months)
        year = next((m[2] for m in months if m[2]), ANY_YEAR)
        return f"{year}-{first:02d}-01", f"{year}-{final:02d}-{calendar.monthrange(2026, final)[1]}"
    return None


_LETTERED = re.compile(
    r"(?<!\w)(?:danh muc|muc|nhom|phan|bang)(?: nhiem vu)? ([a-e](?:(?: ,| va)* [a-e](?!\w)(?! \w+ \w+ nao))*)(?!\w)"
)
_NUMBERED = re.compile(r"(?<!\w)phu luc(?: so)? (i{1,3}|iv|vi{0,3}|[1-9])(?!\w)")


def parts(reading: Reading) -> tuple[str, ...]:
    """The parts of an appendix and the appendices that the question names: "danh mục A, B" → A B, "phụ lục II" → 2."""
    lettered = _LETTERED.search(reading.text)
    numbered = [_arabic(found[1]) for found in _NUMBERED.finditer(reading.text)]
    letters = re.findall(r"(?<!\w)[a-e](?!\w)", lettered[1]) if lettered else []
    return (*numbered, *(letter.upper() for letter in letters))


def part_words(reading: Reading) -> set[int]:
    """The positions of the words that :func:`parts` reads."""
    spans = [found.span() for pattern in (_LETTERED, _NUMBERED) for found in pattern.finditer(reading.text)]
    return {at for start, end in spans for at in range(reading.position(start), reading.position(end))}


def _arabic(number: str) -> str:
    """A number of an appendix in figures: "ii" → "2"."""
    romans = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii")
    return str(romans.index(number)) if number in romans else number


def in_parts(section: str, wanted: Iterable[str]) -> bool:
    """Whether the path of a section ("Phụ lục 2.B") lies in the parts asked for: in each numbered appendix and lettered part."""
    steps = {_arabic(step.split()[-1].lower()) if " " in step else step for step in section.split(".") if step}
    numbers, letters = ({w for w in wanted if w.isdigit()}, {w for w in wanted if not w.isdigit()})
    return (not numbers or bool(numbers & steps)) and (not letters or bool(letters & steps))


def time_words(reading: Reading) -> set[int]:
    """The positions of the words that :func:`time` reads."""
    spans = [
        found.span()
        for pattern in (_QUARTER, _BEFORE, _IN_YEAR, _MONTH, _MONTHS_OF, _THIS_QUARTER, _OVERDUE)
        for found in pattern.finditer(reading.text)
    ]
    return {at for start, end in spans for at in range(reading.position(start), reading.position(end))}


def missing_names(reading: Reading, catalogue: Catalogue, taken: Iterable[Named], told: Iterable[int] = ()) -> list[str]:
    """Names of places and departments that the question gives and the corpus has nowhere: "phường Hồng Bàng".

    What is ``told`` about whoever asks (positions of words) names nobody who is asked about.
    """
    used = {*told, *(at for n in taken for at in range(n.start, n.end))}
    found = []
    for at, head in enumerate(reading.words[:-1]):
        if head not in _PLACES or at in used or at + 1 in used or at in reading.stops or reading.function[at + 1]:
            continue
        if head == "so" and reading.written[at].lower() != "sở":
            continue
        following = reading.words[at + 1]
        proper = reading.written[at + 1][0].isupper() and fold(reading.written[at + 1]) == following
        if proper and not (catalogue.has_phrase((head, following)) and _is_written(reading, at, catalogue)):
            end = at + 2
            while end < len(reading.words) and reading.written[end][0].isupper() and end - 1 not in reading.stops:
                end += 1
            found.append(" ".join(reading.written[at:end]))
    return found


def _is_written(reading: Reading, at: int, catalogue: Catalogue) -> bool:
    """Whether the corpus has the two words with these accents: "phường An" is no "phương án"."""
    said = f"{reading.written[at]} {reading.written[at + 1]}".lower()
    if said.isascii() or fold(reading.written[at]) != reading.words[at]:
        return True
    return any(said in item.text.lower() for item in catalogue.items)


_OTHERWISE_ASKED = "so|phong|ban|don vi|co quan|ngay|thang|quy|khi|luc"
"""Words that "nào" asks for instead of the document before them."""


def _asking(types: str) -> str:
    """What asks for a document right behind its type."""
    return rf"(?: (?!(?:{types}|{_OTHERWISE_ASKED})(?!\w))\w+){{0,6}}? (?:nao|gi|so may|so bao nhieu|may)(?!\w)"


def described(reading: Reading, catalogue: Catalogue) -> tuple[Described, ...]:
    """The documents that the question describes: their type, whose they are, and whether they are asked for."""
    text = reading.text
    types = "|".join(map(re.escape, (*document_types(), "van ban")))
    found = []
    for match in re.finditer(rf"(?<!\w)({types})(?!\w)(?! so \d| \d)", text):
        tail = text[match.end() :]
        if re.search(r"(?:thong tin|che do|he thong) $", text[: match.start()]):
            continue
        asked = re.match(_asking(types), tail)
        behind = tail[asked.end() :] if asked else tail
        asked = asked or re.search(r"(?:^| )(?:cac|nhung|tat ca|bao nhieu) $", text[: match.start()])
        whose = re.match(r"(?: so)?(?: do)? cua((?: \w+){1,16})", behind)
        kind = document_types()[match[1]] if match[1] != "van ban" else ""
        issuers = [_issuer_in(part, catalogue) for part in whose[1].split(" va cua ")] if whose else [""]
        found += [Described(kind, issuer, asked is not None) for issuer in issuers if asked or issuer]
    return tuple(dict.fromkeys(found))


def _issuer_in(words: str, catalogue: Catalogue) -> str:
    """The beginning of ``words`` that names a known issuer or a part of one ("thành phố"); else up to where they break off."""
    said = [word for word in words.split() if word not in LINKING]
    best = 0
    for name in catalogue.issuers:
        for start in range(len(name)):
            size = 0
            while start + size < len(name) and size < len(said) and name[start + size] == said[size]:
                size += 1
            best = max(best, size)
    return " ".join(said[:best]) if best else _before_break(words).strip()


def _before_break(text: str) -> str:
    """The words up to a pause or a word that opens another thought."""
    return re.split(r" ,| (?:la|ve|duoc|qua|quy dinh|truy|can cu|nao|gi|co|thi|de|trong|thuc hien|thay)(?!\w)", text)[0]
