"""Units: who is given work. Splitting lists of them, the form of a name, its kind, and where they end in running text.

"Sở Tài chính, Sở Nội vụ và các cơ quan liên quan" is three units; "Phòng Kinh tế, Hạ tầng và Đô thị" and "Các phòng, ban, đơn vị"
are one each: a comma or "và" separates units only where a new head word of a unit stands behind it.
"""

from __future__ import annotations

import re
from functools import cache

from documents.cue import alternatives, opens, pattern, spelled
from documents.text import collapse, fold, fold_same_length, tone_marks
from ontology.knowledge import knowledge

OTHER_KIND = "khác"
GROUP_KIND = "nhóm đơn vị"
"""The kind of what addresses several units at once; it stays one addressee."""

_MOST_WORDS = 22
"""A run of more words is a clause, not the name of a unit (the longest committee names have about twenty)."""
_WINDOW = 160
"""A list of units in running text is followed so far, in letters."""
_ONE_HEAD = re.compile(r"(?:giám đốc |thủ trưởng )?các\s+(?P<head>sở|bộ)\s*:\s*", re.I)
_ACRONYM = re.compile(r"(?!(?:HĐND|UBND)\b)[A-ZĐ]{2,8}(?![\w&])(?!\s+[a-zđà-ỹ])")
"""A name that is nothing but capitals ("VTV, VOV, TTXVN"); councils and committees go on with their place."""
_BRACKET = re.compile(r"\s*\([^)]*\)\s*$")
_AND = re.compile(r"\s*&\s*")
_CITY = re.compile(r"(?<!\w)TP(?:\.|(?!\w))(?=\s|$)")
_SEPARATOR = re.compile(r"\s*,\s+(?:và\s+)?|\s+và\s+|\s+cùng\s+(?:với\s+)?|\s*/\s+")


def split_units(text: str) -> tuple[str, ...]:
    """The units that a list of units names, as written, in order. Takes running text or a table cell; may be empty."""
    text = collapse(text).strip(" .;,:*")
    if not text or text in ("-", "–", "…"):
        return ()
    parts: list[str] = []
    for block in re.split(r"\s*;\s*|\s*\n\s*", text):
        parts.extend(_under_one_head(block) or _split_block(block.strip(" .,")))
    return tuple(part for part in parts if part)


def _under_one_head(block: str) -> list[str]:
    """The units of a list whose head word stands once ("các Sở: Tài chính, Nông nghiệp và Môi trường và các xã"), each with it;
    [] for any other list."""
    match = _ONE_HEAD.match(block)
    if match is None:
        return []
    parts: list[str] = []
    head, rest = match["head"].capitalize(), block[match.end() :]
    while rest := rest.strip(" .,"):
        if rest.startswith("và "):
            rest = rest[3:]
        if starts_with_unit(rest) and not _known_under(head, rest):
            return [*parts, *_split_block(rest)]
        own = _known_under(head, rest) or re.split(r",\s|\svà\s(?=các\s)", rest, maxsplit=1)[0]
        parts.append(f"{head} {own}")
        rest = rest[len(own) :]
    return parts


def _known_under(head: str, text: str) -> str:
    """The longest name that the ontology knows behind ``head`` with which ``text`` begins ("" for none)."""
    shown = tone_marks(text.lower())
    known = (
        tone_marks(u.label.lower()).removeprefix(f"{head.lower()} ") for u in knowledge().units if u.label.startswith(f"{head} ")
    )
    found = max((n for n in known if re.match(rf"{re.escape(n)}(?!\w)", shown)), key=len, default="")
    return text[: len(found)]


def _split_block(block: str) -> list[str]:
    folded = fold_same_length(block)
    cuts = []
    for match in _SEPARATOR.finditer(block):
        after = block[match.end() :]
        alike = _ACRONYM.match(after) and re.search(rf"(?:^|[\s,]){_ACRONYM.pattern}$", block[: match.start()])
        if (_starts_unit(after) or alike) and not _inside_name(folded, match.start(), match.end()):
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
    council = re.search(rf"{alternatives('council')}$", before)
    office = re.search(rf"{alternatives('joint-office')}[^,;]*$", before)
    return bool(council and office and opens("elected-body", after))


def _starts_unit(text: str) -> bool:
    if not starts_with_unit(text):
        return False
    if text[0].isupper():
        return True
    # a small letter opens a unit only where the words themselves can be nothing else
    return opens("small-unit", fold(text[:40])) is not None


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
    """The kind of a unit by the head word of its canonical name ("phòng/ban"), "khác" when no head word is known; the bodies of
    several places ("UBND các phường, xã") are a group."""
    shown = tone_marks(name.lower())
    if _several_places().search(shown):
        return GROUP_KIND
    best = ("", OTHER_KIND)
    for kind in knowledge().unit_kinds:
        for word in kind.head_words:
            head = tone_marks(word.lower())
            if len(head) > len(best[0]) and re.match(rf"{re.escape(head)}(?!\w)", shown):
                best = (head, kind.label)
    return best[1]


@cache
def _several_places() -> re.Pattern[str]:
    """The bodies of several places at once: "UBND các phường, xã", "Công an các xã"."""
    return re.compile(rf"(?<!\w)các\s+(?:cấp(?!\w)|{spelled('area')}(?:$|\s*,|\s+và\s))")


def canonical(name: str) -> str:
    """One form of a name: single blanks, "&" as "và", no bracket or "trên địa bàn ..." behind it, first letter capital.

    Words that only repeat whose unit it is ("Văn phòng HĐND và UBND phường" in the ward's own plan) are left off; the name of a
    place behind them is kept.
    """
    text = _person().sub("", collapse(name)).strip(" .,;:*–—-")
    text = _BRACKET.sub("", text)
    text = tone_marks(_CITY.sub("thành phố", _AND.sub(" và ", text)))
    if lead := _leading().match(text):
        text = text[lead.end() :]
    if not is_group(text) and (tail := whose(text)):
        text = text[: tail.start()]
    own = own_tail(text)
    if own and (short := text[: own.start()].lower()).startswith(_drops_own()) and short not in _drops_own():
        text = text[: own.start()]
    text = text.strip(" ,.;")
    return text[:1].upper() + text[1:]


def is_group(name: str) -> bool:
    """Whether a name means several units ("Các phòng, đơn vị")."""
    return name.lower().startswith("các ")


def whose(name: str) -> re.Match[str] | None:
    """The words behind a name that only say to whom the unit belongs (" thuộc Sở", ", trên địa bàn phường"), or ``None``."""
    return _whose().search(name)


def own_tail(name: str) -> re.Match[str] | None:
    """The kind of place with which a name ends (" phường"), or ``None``."""
    return _own_tail().search(name)


@cache
def _whose() -> re.Pattern[str]:
    local = rf"(?:{spelled('area')}|(?i:sở|bộ|tp)(?!\w))"
    return re.compile(rf"(?:\s*,)?\s+(?:(?:thuộc|trực thuộc|của)\s+{local}|trên địa bàn(?:\s+{local})?)$", re.I)


@cache
def _own_tail() -> re.Pattern[str]:
    return re.compile(rf"(?<!các)\s+(?:{spelled('area-commune')}|(?i:sở|huyện|quận|thị xã))$")


@cache
def _drops_own() -> tuple[str, ...]:
    return knowledge().cues["drops-own"]


@cache
def _leading() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in knowledge().cues["leading"])
    return re.compile(rf"(?:{words})\s+", re.I)


@cache
def _person() -> re.Pattern[str]:
    words = "|".join(re.escape(w) for w in knowledge().cues["person"])
    return re.compile(rf"^(?:{words})\s+[^–—-]+[–—-]\s*", re.I)


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
    return bool(re.match(r"(?:thanh pho|tinh)(?![a-z])(?!\s+ve)", fold(text[:40]))) or starts_with_unit(text)


def _end_of_units(text: str) -> int:
    """Where a list of units ends in running text: at a duty's verb, a stop, or a bracket."""
    at = verb_behind_units(text)
    one = _ONE_HEAD.match(text)
    if one is not None:
        return one.end() + _end_of_units(text[one.end() :])
    stop = re.search(r"[.;:()“\"|]|\s-\s", text[: at if at is not None else _WINDOW])
    if stop and not (stop.group() == " - " and text[stop.end() : stop.end() + 1].isupper()):
        return stop.start()
    return at if at is not None else min(len(text), _WINDOW)


def verb_behind_units(text: str) -> int | None:
    """Where the verb of a duty stands behind the units that ``text`` begins with, or ``None``.

    Verbs that are words of a name ("Ban Quản lý", "Sở Xây dựng", "Tổ chức", "Trung tâm giám sát") do not count: they stand right
    behind a head word or in capitals.
    """
    window = text[:260]
    known = _behind_known(window)
    for match in _verb().finditer(fold_same_length(window)):
        begin = match.start() + len(match.group()) - len(match.group().lstrip(", "))
        named = _head_before_verb().search(window[: match.start()])
        if match.start() != known and (window[begin].isupper() or (named and not opens("never-in-name", fold(window[begin:])))):
            continue
        return match.start() if known is None else min(match.start(), known)
    return known


def _behind_known(text: str) -> int | None:
    """Where the sentence goes on behind a list of nothing but well-known units ("Sở Kế hoạch và Đầu tư bố trí ...", "UBND các
    phường đối soát ..."), whatever its verb; ``None`` where the list does not end so."""
    shown = tone_marks(text)
    at = 0
    while (name := _known_name().match(shown, at)) is not None:
        at = name.end()
        if (more := _SEPARATOR.match(shown, at)) is not None:
            at = more.end()
            continue
        after = shown[at + 1 :]
        goes_on = shown[at : at + 1] == " " and after[:1].islower()
        return at if goes_on and not opens("behind-name", fold(after)) else None
    return None


@cache
def _known_name() -> re.Pattern[str]:
    """The names of departments and ministries, and the committees of several places."""
    labels = sorted(
        {tone_marks(u.label) for u in knowledge().units if re.match(r"(?:Sở|Bộ)\s", u.label)}, key=lambda n: (-len(n), n)
    )
    area = spelled("area")
    places = rf"(?i:ủy ban nhân dân|UBND)\s+các\s+{area}(?:(?:\s*,\s*|\s+và\s+)(?:các\s+)?{area})*"
    places += r"(?:\s+(?i:trực thuộc trung ương))?"
    return re.compile(rf"(?:{'|'.join(map(re.escape, labels))}|{places})(?!\w)")


@cache
def _verb() -> re.Pattern[str]:
    return re.compile(rf",?\s+{alternatives('duty-verb')}(?![a-z])")


@cache
def _head_before_verb() -> re.Pattern[str]:
    head = rf"(?:^|[,;]\s+|\s(?:và|cùng|với)\s+){spelled('unit-head')}"
    return re.compile(rf"(?:{head}|^{spelled('any-unit')}|(?<!\w){spelled('plural')}|{spelled('name-before-verb')})\s*$")
