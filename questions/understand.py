"""A question → :class:`questions.model.Question`: its kind, what it asks for, what it is about, and the words left to match."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache

from documents.head.issuer import places_of
from documents.text import fold
from ontology.knowledge import knowledge
from questions import linking
from questions.catalogue import Catalogue
from questions.content import GATHERED, asking_sentence, content, situation
from questions.linking import Named
from questions.model import Described, Question
from questions.phrases import ASKS, BESIDES, INTERROGATIVE, KINDS, LISTED, OPEN, ROLES, SUMS_OF_MONEY, WHETHER, first_shown, shows
from questions.reading import Reading, read
from questions.scope import is_local, scope
from questions.synonyms import official

_TRACED = r"(?:can cu|theo|dua (?:tren|vao)|thuc hien|trien khai|cu the hoa|xuat phat|co so)"
_DECREED = r"(?:phe duyet|ban hanh|cong bo|quy dinh|thanh lap)(?: \w+)? (?:tai|theo|bang|kem theo|boi)"


@cache
def _levels() -> tuple[tuple[str, str], ...]:
    """What speaks of each level, lowest first; the city's is meant only as "cấp thành phố": it is named in passing everywhere."""
    known, found = knowledge(), []
    for level in reversed(known.levels):
        names = "|".join(fold(alias) for alias in level.aliases if alias.startswith("cấp "))
        patterns = [rf"(?:{names})(?! \d)"] if names else []
        if level.places and known.below_province(level.label):
            places = places_of(level)
            patterns.append(rf"(?:cac|hai|cap|o|tung|moi|nhung) (?:{places})(?! \w+ (?:chu tri|nao la))")
        elif known.below_province(level.label):
            bodies = "|".join(fold(alias) for alias in level.aliases if " " not in alias)
            patterns.append(rf"(?:cac|hai|cap|moi|nhung) (?:{bodies})(?! \d)")
        if patterns:
            found.append((level.label, f"(?:{'|'.join(patterns)})"))
    return tuple(found)


def understand(text: str, catalogue: Catalogue, today: date | None = None) -> Question:
    """Read ``text`` against what the corpus contains, as asked ``today`` (default: the day it is).

    Never raises: what is no question becomes an open search.
    """
    reading = read(text, catalogue)
    today = today or date.today()
    phrase = reading.text
    kind, asks = _kind(asking_sentence(reading))
    own, cited, unknown = linking.numbers(text, reading, catalogue)
    issuers = [n for n in linking.issuers(reading, catalogue) if not _only_described(n, reading, kind, asks)]
    described = tuple(d for d in linking.described(reading, catalogue) if d.asked or not _in_scope(d, issuers, catalogue))
    named_units = linking.units(reading, catalogue, issuers)
    units = _receivers(named_units, reading, kind)
    issuers = [n for n in issuers if not any(u.start < n.start and n.end <= u.end for u in units)]
    years = linking.years(reading, today)
    levels = () if issuers else shows(_levels(), phrase)
    roles = shows(ROLES, phrase)
    if kind == "fact" and "lead" in asks and roles[:1] == ("responsibilities",) and "chu tri" not in phrase:
        kind, asks = "list", ("unit",)
    if kind == "fact" and len({catalogue.cards[n.what].document.header.issuer for n in issuers if is_local(n, catalogue)}) > 1:
        kind = "compare"
    if kind == "fact" and len(years) == 2 and all(any(y in card.years for card in catalogue.cards.values()) for y in years):
        kind = "compare"
    documents, groups, about_units, lost, named = scope(catalogue, kind, own, issuers, units, years, levels, reading)
    of_one = len({catalogue.cards[n.what].document.header.issuer for n in issuers}) < 2
    by_year = bool(groups) and len(groups) == len(years) > 1 and of_one
    taken = [*issuers, *units]
    lost = [*unknown, *linking.missing_names(reading, catalogue, taken, situation(reading)), *lost]
    about = content(
        reading,
        catalogue,
        kind,
        [*issuers, *named_units] if kind in GATHERED else issuers,
        described,
        own,
        years if documents else [],
    )
    return Question(
        text=text,
        kind=kind,
        asks=asks,
        words=about.words,
        background=about.background,
        exact=about.exact,
        officially=official(reading.words),
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
        span=_time(reading, today),
        missing=tuple(dict.fromkeys(lost)),
        expanded=phrase.replace(" ,", ","),
        named=named,
    )


def _time(reading: Reading, today: date) -> tuple[str, str] | None:
    """The time asked for: that of the sentence that asks, else the one of the situation told before it."""
    told = situation(reading)
    asking = " ".join(f"{word} ," if at in reading.stops else word for at, word in enumerate(reading.words) if at not in told)
    return linking.time(asking, today) or linking.time(reading.text, today)


_ELLIPSIS = re.compile(r"(?:the con|vay con|con|the|vay|roi|va|nhung)(?: thi)? ")
_TO_SEARCH_BY = 2
"""Content words that a question has at least if it stands by itself."""


def follow(question: Question, before: Question) -> Question:
    """``question`` completed by the one ``before`` it, where it is one of those that only make sense behind it.

    "Còn phường Dương Kinh?" keeps what was asked and changes whose document it is about; "Ai phối hợp?" keeps what it is about.
    """
    short = len(question.words) < _TO_SEARCH_BY and not question.numbers
    if not short or not (_ELLIPSIS.match(question.expanded) or not question.words or not question.documents):
        return question
    asks_anew = question.kind != "search" and question.asks != ("passage",)
    return replace(
        question,
        kind=question.kind if asks_anew else before.kind,
        asks=question.asks if asks_anew else before.asks,
        words=tuple(dict.fromkeys((*before.words, *question.words))),
        background=before.background,
        exact=(*before.exact, *question.exact),
        officially=(*before.officially, *question.officially),
        documents=question.documents or before.documents,
        groups=() if question.documents else before.groups,
        group_years=() if question.documents else before.group_years,
        units=question.units or before.units,
        numbers=before.numbers,
        years=question.years or (() if question.documents else before.years),
        described=question.described or before.described,
        role=question.role or before.role,
        parts=question.parts or before.parts,
        span=question.span or before.span,
        named=question.named or before.named,
    )


def _kind(phrase: str) -> tuple[str, tuple[str, ...]]:
    """The kind of the question and what it asks for."""
    kinds, asks = shows(KINDS, phrase), shows(ASKS, phrase)
    kind = kinds[0] if kinds else "fact" if asks else "search"
    if re.search(WHETHER, phrase) and not kinds and not re.search(INTERROGATIVE, phrase):
        return "yesno", ("passage",)
    if kind == "search" and re.search(rf"(?<!\w)(?:{OPEN})", phrase):
        kind, asks = "fact", ("passage",)
    if "holder" in asks and kind == "fact":
        asks = ("holder",)
    if (kind == "sum" and "money" not in asks) or (kind == "compare" and not asks and re.search(SUMS_OF_MONEY, phrase)):
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
    if "often" in asks:
        asks = tuple(a for a in asks if a not in ("when", "quantity", "document"))
    if "money" in asks and "quantity" in asks:
        asks = tuple(a for a in asks if a != "quantity")
    return kind, asks


def _in_scope(one: Described, issuers: Sequence[Named], catalogue: Catalogue) -> bool:
    """Whether a document that is only spoken of is the one that the question is about."""
    names = {name for n in issuers for name in catalogue.cards[n.what].names}
    return tuple(one.issuer.split()) in names


def _receivers(units: Sequence[Named], reading: Reading, kind: str) -> list[Named]:
    """The units that have the work: of several, not the one that only gives it ("Sở giao những việc nào cho Trung tâm")."""
    givers = [n for n in units if n.end < len(reading.words) and reading.words[n.end] == "giao"]
    return [n for n in units if n not in givers] if kind in GATHERED and len(givers) < len(units) else list(units)


def _only_described(named: Named, reading: Reading, kind: str, asks: Sequence[str]) -> bool:
    """Whether a name only says whose the document asked for is: "kế hoạch nào của thành phố"."""
    before = " ".join(reading.words[max(0, named.start - 5) : named.start])
    return bool(re.search(r"(?<! doi) so (?!(?:19|20)\d\d )\d+ cua$", before)) or (
        "document" in asks and bool(re.search(r"(?:nao|gi)(?: cua| do)?$", before))
    )
