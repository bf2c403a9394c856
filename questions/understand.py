"""A question → :class:`questions.model.Question`: its kind, what it asks for, what it is about, and the words left to match."""

from __future__ import annotations

import re
from collections.abc import Sequence

from questions import linking
from questions.fields import same_unit
from questions.library import Card, Library, unit_names
from questions.linking import Named
from questions.model import Described, Question
from questions.phrases import ASKS, BESIDES, KINDS, LISTED, OPEN, ROLES, first_shown, shows, spent
from questions.reading import Reading, read
from questions.words import tokens

_LEVELS = (
    ("phường/xã", r"(?:cac|hai|cap|o|tung|moi|nhung) (?:phuong|xa)(?! \w+ (?:chu tri|nao la))"),
    ("sở/ngành", r"(?:cac|hai|cap|moi|nhung) so(?! \d)"),
    ("thành phố", r"cap thanh pho"),
)
_BY_UNIT = ("list", "count", "sum")
"""Kinds of question in which a unit chooses rows; elsewhere its name is one more thing that evidence should say."""
_TRACED = r"(?:can cu|theo|dua (?:tren|vao)|thuc hien|trien khai|cu the hoa|xuat phat|co so)"
_DECREED = r"(?:phe duyet|ban hanh|cong bo|quy dinh|thanh lap)(?: \w+)? (?:tai|theo|bang|kem theo|boi)"


def understand(text: str, library: Library) -> Question:
    """Read ``text`` against what the corpus contains. Never raises: what is no question becomes an open search."""
    reading = read(text, library)
    phrase = reading.text
    kind, asks = _kind(_asking_sentence(reading))
    own, cited, unknown = linking.numbers(text, reading, library)
    issuers = [n for n in linking.issuers(reading, library) if not _only_described(n, reading, kind, asks)]
    described = tuple(d for d in linking.described(reading, library) if d.asked or not _in_scope(d, issuers, library))
    named_units = linking.units(reading, library, issuers)
    units = _receivers(named_units, reading, kind)
    issuers = [n for n in issuers if not any(u.start < n.start and n.end <= u.end for u in units)]
    years = linking.years(reading)
    levels = () if issuers else shows(_LEVELS, phrase)
    roles = shows(ROLES, phrase)
    if kind == "fact" and "lead" in asks and roles[:1] == ("responsibilities",) and "chu tri" not in phrase:
        kind, asks = "list", ("unit",)
    if kind == "fact" and len({library.cards[n.what].document.header.issuer for n in issuers if _is_local(n, library)}) > 1:
        kind = "compare"
    if kind == "fact" and len(years) == 2 and all(any(y in card.years for card in library.cards.values()) for y in years):
        kind = "compare"
    documents, groups, about_units, lost, named = _scope(library, kind, own, issuers, units, years, levels, reading)
    of_one = len({library.cards[n.what].document.header.issuer for n in issuers}) < 2
    by_year = bool(groups) and len(groups) == len(years) > 1 and of_one
    taken = [*issuers, *units]
    lost = [*unknown, *linking.missing_names(reading, library, taken), *lost]
    words, background = _content(
        reading,
        library,
        kind,
        [*issuers, *named_units] if kind in _BY_UNIT else issuers,
        described,
        own,
        years if documents else [],
    )
    return Question(
        text=text,
        kind=kind,
        asks=asks,
        words=words,
        background=background,
        documents=documents,
        groups=groups,
        group_years=tuple(years) if by_year else (),
        units=about_units,
        numbers=tuple(cited),
        years=tuple(years),
        described=described,
        levels=levels,
        role=roles[0] if roles else None,
        parts=linking.parts(reading),
        span=linking.time(reading),
        missing=tuple(dict.fromkeys(lost)),
        expanded=phrase.replace(" ,", ","),
        named=named,
    )


def _asking_sentence(reading: Reading) -> str:
    """The last sentence that asks something: what stands before it describes the situation."""
    sentences = [sentence for _, sentence in reading.sentences()]
    return next((s for s in reversed(sentences) if shows(ASKS, s) or shows(KINDS, s)), reading.text)


_BEFORE_ASKING = r"(?:nho|xin|lam on)(?: \w+)? (?:cho biet|cho hoi|hoi|chi giup)|cho hoi|cho biet|muon hoi|muon biet"
_PURPOSE = re.compile(rf"(?:de|nham|phuc vu|chuan bi) [^,]* ,|(?:\S+ ){{4,}}?(?=(?:{_BEFORE_ASKING})(?!\w))")
"""What a question tells before it asks: a purpose, or all before "xin hỏi"."""


def _situation(reading: Reading) -> set[int]:
    """The positions of the words that only tell the situation: sentences that ask nothing, and a purpose put in front."""
    at: set[int] = set()
    for span, sentence in reading.sentences():
        if not (shows(ASKS, sentence) or shows(KINDS, sentence)):
            at.update(span)
        elif found := _PURPOSE.match(sentence):
            at.update(range(span.start, span.start + sum(part != "," for part in found.group().split())))
    return at if len(at) < len(reading.words) else set()


def _kind(phrase: str) -> tuple[str, tuple[str, ...]]:
    """The kind of the question and what it asks for."""
    kinds, asks = shows(KINDS, phrase), shows(ASKS, phrase)
    kind = kinds[0] if kinds else "fact" if asks else "search"
    if kind == "search" and re.search(rf"(?<!\w)(?:{OPEN})", phrase):
        kind, asks = "fact", ("passage",)
    if "holder" in asks and kind == "fact":
        asks = ("holder",)
    if kind == "sum" and "money" not in asks:
        asks = ("money", *asks)
    if kind in ("list", "count"):
        listed = first_shown(LISTED, phrase)
        if listed:
            asks = tuple(dict.fromkeys((listed, *asks, *shows(BESIDES, phrase))))
        elif "document" in asks:
            asks = ("document",)
        else:
            asks = ("task", *asks)
    elif "document" in asks and kind == "fact" and re.search(rf"{_TRACED}(?: \w+){{0,8}} (?:nao|gi|so may)(?!\w)", phrase):
        kind = "fact" if re.search(_DECREED, phrase) else "trace"
    if kind == "fact" and "lead" in asks and ({"signer", "coordinate", "support"} & set(asks)):
        asks = tuple(a for a in asks if a != "lead" or re.search(r"chu tri|phu trach", phrase))
    if "money" in asks and "quantity" in asks:
        asks = tuple(a for a in asks if a != "quantity")
    return kind, asks


def _in_scope(one: Described, issuers: Sequence[Named], library: Library) -> bool:
    """Whether a document that is only spoken of is the one that the question is about."""
    names = {name for n in issuers for name in library.cards[n.what].names}
    return tuple(one.issuer.split()) in names


def _receivers(units: Sequence[Named], reading: Reading, kind: str) -> list[Named]:
    """The units that have the work: of several, not the one that only gives it ("Sở giao những việc nào cho Trung tâm")."""
    givers = [n for n in units if n.end < len(reading.words) and reading.words[n.end] == "giao"]
    return [n for n in units if n not in givers] if kind in _BY_UNIT and len(givers) < len(units) else list(units)


def _only_described(named: Named, reading: Reading, kind: str, asks: Sequence[str]) -> bool:
    """Whether a name only says whose the document asked for is: "kế hoạch nào của thành phố"."""
    before = " ".join(reading.words[max(0, named.start - 5) : named.start])
    return bool(re.search(r" so \d+ cua$", before)) or (
        "document" in asks and bool(re.search(r"(?:nao|gi)(?: cua| do)?$", before))
    )


def _scope(
    library: Library,
    kind: str,
    own: Sequence[str],
    issuers: Sequence[Named],
    units: Sequence[Named],
    years: Sequence[int],
    levels: Sequence[str],
    reading: Reading,
) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...], tuple[str, ...], list[str], bool]:
    """Which documents the question is about, the sides of a comparison, the units to filter by, and what is missing.

    A document number decides; then the issuer, a local one before the city (which is named in passing everywhere); a year chooses
    among an issuer's documents. The last value says whether the documents were named outright.
    """
    cards = library.cards
    unit_names = tuple(dict.fromkeys(n.what for n in units))
    if own:
        return tuple(own), (), unit_names, [], True
    named = {n.what: n for n in issuers}
    local = [n.what for n in issuers if _is_local(n, library)]
    chosen = local or [key for key in named if _spoken_of(named[key], reading, library)]
    lost: list[str] = []
    groups: tuple[tuple[str, ...], ...] = ()
    if kind == "compare":
        groups = _sides(library, named, local, years, levels)
        if groups:
            return tuple(key for side in groups for key in side), groups, unit_names, [], True
    if chosen:
        in_year = [key for key in chosen if not years or any(_speaks_of_year(library, cards[key], y) for y in years)]
        if in_year:
            return tuple(in_year), groups, unit_names, lost, True
        as_units = tuple(dict.fromkeys(cards[key].document.header.issuer or "" for key in chosen))
        mentioned = [key for key, card in cards.items() if set(years) & card.years and _names_unit(library, key, chosen)]
        if mentioned:
            return tuple(mentioned), groups, (*unit_names, *as_units), lost, True
        return tuple(chosen), groups, unit_names, [f"{issuer} năm {years[0]}" for issuer in as_units], True
    if levels:
        at_level = [key for key, card in cards.items() if card.document.header.level in levels]
        return tuple(at_level), groups, unit_names, [], False
    if years:
        of_year = [key for key, card in cards.items() if set(years) & card.years]
        if unit_names and of_year and not any(_unit_in(cards[key], name) for key in of_year for name in unit_names):
            lost.append(f"{unit_names[0]} năm {years[0]}")
        if unit_names and not of_year:
            lost.append(f"{unit_names[0]} năm {years[0]}")
        if of_year:
            return tuple(of_year), groups, unit_names, lost, False
        if not any(f"nam {y}" in library.idf or str(y) in library.vocabulary for y in years):
            lost += [f"năm {y}" for y in years]
    return (), groups, unit_names, lost, False


def _is_local(named: Named, library: Library) -> bool:
    """Whether the issuer is a ward or a department: named, it is meant; the city is named in passing everywhere."""
    return library.cards[named.what].document.header.level in ("phường/xã", "sở/ngành")


def _spoken_of(named: Named, reading: Reading, library: Library) -> bool:
    """Whether the city is spoken of as whose document it is, not just as a place that a title names.

    "Của thành phố" and "kế hoạch chuyển đổi số thành phố" speak of its document; "bản đồ số thành phố" does not.
    """
    before = " ".join(reading.words[max(0, named.start - 7) : named.start])
    kind = " ".join(tokens(library.cards[named.what].document.header.type or "")) or "ke hoach"
    owned = re.search(rf"(?:^| )(?:cua|o|tai|do|ubnd|{kind}(?: \w+){{0,5}})$", before)
    return named.start == 0 or reading.words[named.start] == "ubnd" or bool(owned)


def _speaks_of_year(library: Library, card: Card, year: int) -> bool:
    """Whether the document is of that year, or a part of it is."""
    return year in card.years or any(library.items[at].year == year for at in library.by_document.get(card.key, ()))


def _names_unit(library: Library, key: str, chosen: Sequence[str]) -> bool:
    """Whether the document names the issuer of one of the other documents as a unit."""
    issuers = [library.cards[other].document.header.issuer or "" for other in chosen if other != key]
    return any(_unit_in(library.cards[key], issuer) for issuer in issuers)


def _unit_in(card: Card, name: str) -> bool:
    """Whether the document gives work to the organisation or names it among its units."""
    return any(same_unit(name, other) for other in unit_names(card.document))


def _sides(
    library: Library, named: dict[str, Named], local: Sequence[str], years: Sequence[int], levels: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """The sides of a comparison: documents by issuer, else by year, else each document of the level, else none."""
    cards = library.cards
    by_issuer: dict[str, list[str]] = {}
    for key in named:
        by_issuer.setdefault(cards[key].document.header.issuer or key, []).append(key)
    if len(by_issuer) > 1:
        return tuple(
            tuple(k for k in keys if not years or len(keys) == 1 or set(years) & cards[k].years) or tuple(keys)
            for keys in by_issuer.values()
        )
    if len(years) > 1:
        sides = [_of_year(library, year, local) for year in years]
        if all(sides):
            return tuple(sides)
    if levels:
        return tuple((key,) for key, card in cards.items() if card.document.header.level in levels)
    return ()


def _of_year(library: Library, year: int, local: Sequence[str]) -> tuple[str, ...]:
    """The documents of a year among the ``local`` ones, else those with a part about it, else others that name the issuer."""
    cards = library.cards
    of_year = [key for key, card in cards.items() if year in card.years]
    return tuple(
        [key for key in of_year if not local or key in local]
        or [key for key in local if _speaks_of_year(library, cards[key], year)]
        or [key for key in of_year if _names_unit(library, key, local)]
        or of_year
    )


_TOO_LITTLE = 0.4
"""The share of what all words say that the sentences that ask must say themselves; else the situation counts as well."""


def _content(
    reading: Reading,
    library: Library,
    kind: str,
    taken: Sequence[Named],
    described: Sequence[Described],
    numbers: Sequence[str],
    years: Sequence[int],
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The words that say what the question is about: not its grammar, not the names and times used for choosing documents.

    The second value are those of the situation that the question is put in.
    """
    used = {at for n in taken for at in range(n.start, n.end)}
    for one in described:
        for name in filter(None, (one.issuer, one.type if one.asked else "")):
            for start, end, _ in linking.spans(reading, name.split()):
                used.update(range(start, end))
    for start, end in spent(reading.text, kind in _BY_UNIT):
        used.update(range(reading.position(start), reading.position(end)))
    used |= linking.time_words(reading) | linking.part_words(reading)
    situation = _situation(reading)
    digits = {part for number in numbers for part in re.findall(r"\d+", number)}
    kept: list[str] = []
    before: list[str] = []
    for at, word in enumerate(reading.words):
        if at in used or reading.function[at] or word in digits or (word.isdigit() and int(word) in years):
            continue
        if word == "nam" or (word in ("phuong", "quy", "thang") and at + 1 in used):
            continue
        (before if at in situation else kept).append(word)
    asked, told = (sum(library.weight(word) for word in set(words)) for words in (kept, before))
    if asked < _TOO_LITTLE * (asked + told) and kind not in _BY_UNIT:
        return (*before, *kept), ()
    return tuple(kept), tuple(before)
