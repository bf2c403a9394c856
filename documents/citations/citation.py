"""The citations of a document: its references gathered into distinct documents, with relation and links between them.

Identity inside one document: the number (in whatever spelling), else type and title. A later mention by serial alone
("Nghị quyết 57") belongs to the one cited document of that type whose number begins so.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from difflib import SequenceMatcher

from documents.citations.place import places_before, places_behind
from documents.citations.reference import Reference, numbered, short
from documents.citations.relation import announces, by_type, change_before, relation_before, relation_in_clause, without_places
from documents.citations.unnumbered import basis_title, charter, unnumbered
from documents.cue import alternatives, listed, opens
from documents.head.issuer import complete_issuer
from documents.letters import CAPITAL
from documents.model import RELATIONS, Citation, CitedLink, Header, Mention, Section, Span
from documents.structure.item import Item
from documents.text import collapse, fold
from ontology.knowledge import issuer_of_number, knowledge, normal_number, number_key
from ontology.numbers import number_parts

_FIRST = 6
"""A line that goes on with the bases of a preamble names a document within so many letters."""

_LONGEST_BETWEEN = 240
"""Words of a title between two documents of one list are no longer, in letters."""
_PROVINCE = "thành phố"
"""The level of provinces: no body of its kind stands above one, so a number of that kind cited without issuer is its own."""
_NEARLY = 0.9
"""How alike (0..1) the letters of a misread issuer and the proven one are at least."""


@dataclass(slots=True)
class _Gathered:
    reference: Reference
    mentions: list[Mention] = field(default_factory=list)
    numbers: list[str] = field(default_factory=list)
    dates: list[str] = field(default_factory=list)
    issuers: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cited:
    """The result: the citations in order of first mention, the links between them, and the numbers cited per item index."""

    citations: tuple[Citation, ...]
    links: tuple[CitedLink, ...]
    by_item: tuple[tuple[int, tuple[int, ...]], ...]

    def numbers_in(self, items: Sequence[int]) -> tuple[str, ...]:
        """Numbers of the documents cited in the items with these indexes, in order of first mention, each once."""
        found = dict(self.by_item)
        order = dict.fromkeys(c for i in items for c in found.get(i, ()))
        return tuple(n for n in (self.citations[c].number for c in order) if n)


def cited(
    items: Sequence[Item], section_of: Sequence[int | None], sections: Sequence[Section], header: Header, body: range
) -> Cited:
    """The citations of a document. ``body`` are the indexes of the items that count (not letterhead, not recipients)."""
    gathered: dict[tuple[str, str], _Gathered] = {}
    links: list[tuple[tuple[str, str], tuple[str, str], str, Span, str]] = []
    by_item: dict[int, list[tuple[str, str]]] = {}
    preamble = False
    self_key = number_key(header.number) if header.number else None
    own_title = f"{header.type or ''} {header.title or ''}".strip() or None
    announced: str | None = None
    for i in body:
        item = items[i]
        index = section_of[i]
        role = sections[index].role if index is not None else None
        references = _references(item, role, own_title)
        preamble = role is None and (
            opens("opens-body", fold(item.text[:20])) is not None
            or (preamble and items[i - 1].raw.endswith((";", ",")) and _goes_on(item, references))
        )
        announced = announces(item.text) or (announced if references and references[0].start < _FIRST else None)
        relations = _relations(item, references, role, preamble, announced)
        keys: list[tuple[str, str] | None] = []
        for reference, (relation, nested_in) in zip(references, relations, strict=True):
            if self_key and reference.number and number_key(reference.number) == self_key and _same_issuer(reference, header):
                keys.append(None)
                continue
            key = _key(reference, gathered)
            keys.append(key)
            entry = gathered.setdefault(key, _Gathered(reference))
            span = (item.line_at(reference.start), item.line_at(max(reference.start, reference.end - 1)))
            places = tuple(dict.fromkeys((*places_before(item.text, reference.start), *places_behind(item.text, reference.end))))
            entry.mentions.append(Mention(reference.words, span, relation, nested_in is not None, places))
            _note(entry, reference)
            by_item.setdefault(i, []).append(key)
            parent = keys[nested_in] if nested_in is not None else None
            if parent is not None and parent != key:
                links.append(
                    (parent, key, "implements" if relation not in ("amends", "replaces") else relation, item.lines, item.text)
                )
        for start, end, kind, serial in short(item.text):
            if any(r.start < end and start < r.end for r in references) or _in_committee(item.text, kind, start):
                continue
            match = [
                k
                for k, e in gathered.items()
                if e.reference.type == kind and re.match(rf"0*{int(serial)}\D", e.reference.number or "")
            ]
            if len(match) == 1:
                relation = relation_before(item.text, start) or "mentions"
                gathered[match[0]].mentions.append(
                    Mention(
                        collapse(item.text[start:end]),
                        (item.line_at(start), item.line_at(end - 1)),
                        relation,
                        places=places_before(item.text, start),
                    )
                )
                by_item.setdefault(i, []).append(match[0])
            elif not match and (scheme := _known_scheme(item.text, start, end, kind)):
                key = _key(scheme, gathered)
                relation = by_type(relation_before(item.text, start) or "mentions", kind, item.text, start)
                span = (item.line_at(start), item.line_at(end - 1))
                mention = Mention(scheme.words, span, relation, places=places_before(item.text, start))
                gathered.setdefault(key, _Gathered(scheme)).mentions.append(mention)
                by_item.setdefault(i, []).append(key)
    gathered, moved = _laws_joined(gathered)
    order = {key: n for n, key in enumerate(gathered)}
    order |= {key: order[there] for key, there in moved.items()}
    citations = tuple(_citation(entry, header) for entry in gathered.values())
    seen = dict.fromkeys((order[a], order[b], rel, span, collapse(text)) for a, b, rel, span, text in links)
    return Cited(
        citations,
        tuple(CitedLink(*link) for link in seen),
        tuple((i, tuple(dict.fromkeys(order[k] for k in keys_))) for i, keys_ in sorted(by_item.items())),
    )


def _goes_on(item: Item, references: Sequence[Reference]) -> bool:
    """Whether a line goes on with the bases of a preamble: it begins with a document, or with what amended the one before."""
    return bool(references) and (references[0].start < _FIRST or re.match(listed("amended-by"), item.text) is not None)


def _references(item: Item, role: str | None, own_title: str | None) -> list[Reference]:
    found = list(numbered(item.text))
    found = [r for r in found if not _in_committee(item.text, r.type, r.start)]
    found.extend(unnumbered(item.text, own_title, found))
    if (named := charter(item.text)) and not any(r.start <= named.start < r.stop for r in found):
        found.append(named)
    if not found and role == "bases" and (named := basis_title(item.text)):
        found.append(named)
    if not found and opens("relation-basis", fold(item.text[:20])) and (named := basis_title(item.text, "charter-type")):
        found.append(named)
    return sorted(found, key=lambda r: r.start)


def _in_committee(text: str, kind: str | None, start: int) -> bool:
    """Whether the reference is part of a committee's name ("Tổ công tác Đề án 06/CP")."""
    before = fold(text[max(0, start - 200) : start])
    return kind == "Đề án" and bool(re.search(rf"{alternatives('committee')}[^.;,]{{0,120}}$", before))


def _known_scheme(text: str, start: int, end: int, kind: str) -> Reference | None:
    """The reference to a document that the register knows by this short title ("Đề án 06"), where the words before it carry it
    out or go by it; ``None`` for others."""
    words = collapse(text[start:end])
    known = any(d.short_title and fold(d.short_title) == fold(words) for d in knowledge().directives.values())
    return Reference(start, end, end, words, kind, None, title=words) if known and relation_before(text, start) else None


def _same_issuer(reference: Reference, header: Header) -> bool:
    """Whether a reference with the document's own number is the document itself: no other issuer and no other date is given."""
    if reference.date and header.date and reference.date != header.date:
        return False
    if not reference.issuer or not header.issuer:
        return True
    completed = complete_issuer(reference.issuer, header.issuer) or ""
    ours, theirs = set(fold(header.issuer).split()), set(fold(completed).split())
    return ours <= theirs or theirs <= ours


def _relations(
    item: Item, references: Sequence[Reference], role: str | None, starts_basis: bool, announced: str | None
) -> list[tuple[str, int | None]]:
    """For each reference its relation to the document and the index of the reference whose title it stands in (or ``None``).
    ``announced`` is the relation that the line above a list states ("bãi bỏ các văn bản sau:")."""
    out: list[tuple[str, int | None]] = []
    top: str | None = None
    for n, reference in enumerate(references):
        direct = relation_before(item.text, reference.start)
        holder = _holder(references, n, item.text, out)
        if n and starts_basis and re.search(listed("amended-by"), item.text[references[n - 1].end : reference.start]):
            holder = None  # "Luật A được sửa đổi theo Luật B": both are the basis
        if holder is not None:
            carried = out[holder][0] if direct is None else direct
            relation = (
                "implements"
                if (direct in (None, "implements", "basis", "complies") and role != "bases") or direct == "implements"
                else carried
            )
            out.append((relation, holder))
            continue
        if role == "bases" or (starts_basis and direct in (None, "basis", "implements", "reports", "complies", "accompanies")):
            relation = direct if direct in ("replaces", "amends") else "basis"
        elif role == "results" and direct in (None, "reports", "implements", "basis", "accompanies"):
            relation = "reports" if direct in (None, "reports") or reference.number else direct
        elif direct == "accompanies" and (changed := change_before(item.text, reference.start)):
            relation = changed
        elif direct is not None:
            relation = by_type(direct, reference.type, item.text, reference.start, reference.number is not None)
        elif re.search(r"(?:^|\s)với\s*$", item.text[max(0, reference.start - 10) : reference.start]):
            relation = "mentions"
        elif top is not None and _listed(item.text[references[n - 1].stop : reference.start]):
            relation = top
        elif announced is not None and not n:
            relation = announced
        else:
            said = relation_in_clause(item.text, reference.start) or "mentions"
            relation = by_type(said, reference.type, item.text, reference.start)
        top = relation
        out.append((relation, None))
    return out


def _listed(between: str) -> bool:
    between = without_places(between)
    near = len(between) <= 40 and re.match(r"\s*(?:\([^)]*\))?\s*(?:[,;]|và\b|cùng\b)", between)
    far = len(between) <= _LONGEST_BETWEEN and re.fullmatch(r"[^.:]*(?:[,;]\s*(?:và\s+|các\s+)?|\svà\s+)", between)
    return bool(near or far)


def _holder(references: Sequence[Reference], n: int, text: str, known: Sequence[tuple[str, int | None]]) -> int | None:
    """The reference in whose title reference ``n`` stands: the nearest one before it that its words have not left yet."""
    if n == 0:
        return None
    reference, m = references[n], n - 1
    before = references[m]
    between = text[before.end : reference.start]
    if ";" in between or "|" in between or re.search(rf"\.\s+[{CAPITAL}]", between):
        return None
    if before.start <= reference.start < before.stop:
        return m
    left = text[before.stop : reference.start]
    direct = relation_before(text, reference.start)
    opens_title = re.search(listed("nesting"), between)
    if direct in ("implements", "amends", "replaces") and opens_title and not _listed(between):
        return m
    if _listed(left) and "và" in left:
        # "thực hiện Nghị quyết A và Nghị quyết B": B hangs where A hangs
        return known[m][1]
    return None


def _key(reference: Reference, gathered: dict[tuple[str, str], _Gathered]) -> tuple[str, str]:
    if reference.number:
        return ("number", number_key(reference.number))
    words = _content(reference)
    if reference.type in knowledge().cues["law-type"]:
        named = [k for k, e in gathered.items() if _same_law(e, reference)]
        if len(named) == 1:
            return named[0]
        words |= {reference.date} if reference.date else set()
    for key, entry in gathered.items():
        other = entry.reference
        if (
            other.type == reference.type
            and len(words) >= 6
            and any(_alike(words, _words(t)) for t in (*entry.titles, other.title or ""))
        ):
            return key
    return ("title", f"{fold(reference.type or '')} {' '.join(sorted(words))}")


def _same_law(entry: _Gathered, law: Reference) -> bool:
    """Whether a law cited without its number, or without its date, is the one of ``entry``: the same name and no other day."""
    if entry.reference.type != law.type or not law.title or (law.date and entry.dates and law.date not in entry.dates):
        return False
    return any(fold(title) == fold(law.title) for title in entry.titles)


def _laws_joined(
    gathered: dict[tuple[str, str], _Gathered],
) -> tuple[dict[tuple[str, str], _Gathered], dict[tuple[str, str], tuple[str, str]]]:
    """The documents with each law that was first named without its number joined to the one that has the number, and which key
    stands for which."""
    moved: dict[tuple[str, str], tuple[str, str]] = {}
    for key, entry in gathered.items():
        law = entry.reference
        if law.type not in knowledge().cues["law-type"] or entry.numbers:
            continue
        day = replace(law, date=entry.dates[0] if entry.dates else None)
        named = [k for k, e in gathered.items() if e.numbers and _same_law(e, day)]
        if len(named) == 1:
            moved[key] = named[0]
    joined: dict[tuple[str, str], _Gathered] = {}
    for key, entry in gathered.items():
        there = moved.get(key, key)
        if there not in joined:
            joined[there] = gathered[there]
        if there != key:
            gathered[there].mentions.extend(entry.mentions)
            gathered[there].dates.extend(d for d in entry.dates if d not in gathered[there].dates)
    return joined, moved


def _content(reference: Reference) -> set[str]:
    return _words(f"{reference.title or ''} {reference.issuer or ''}")


def _words(title: str) -> set[str]:
    return set(re.findall(r"[a-z0-9]+", fold(title))) - {"ve", "viec", "cua", "va", "trong", "cac"}


def _alike(a: set[str], b: set[str]) -> bool:
    years = [{w for w in words if re.fullmatch(r"(?:19|20)\d\d", w)} for words in (a, b)]
    return bool(a and b) and years[0] == years[1] and 2 * len(a & b) / (len(a) + len(b)) >= 0.86


def _note(entry: _Gathered, reference: Reference) -> None:
    for store, value in (
        (entry.numbers, reference.number),
        (entry.dates, reference.date),
        (entry.issuers, reference.issuer),
        (entry.titles, reference.title),
    ):
        if value and value not in store:
            store.append(value)


def _citation(entry: _Gathered, header: Header) -> Citation:
    number = next((n for n in entry.numbers if n == normal_number(n)), entry.numbers[0] if entry.numbers else None)
    reference = entry.reference
    proven = issuer_of_number(number) if number else None
    relation = min((m.relation for m in entry.mentions), key=RELATIONS.index)
    issuer = complete_issuer(entry.issuers[0], header.issuer) if entry.issuers else None
    if issuer is None and number and (joint := _joint_issuers(number)):
        issuer = joint
    if proven is not None and proven.proves and (issuer is None or _misread(issuer, proven.name)):
        issuer = proven.name
    if (
        issuer is None
        and proven is not None
        and (relation == "reports" or header.level == _PROVINCE)
        and header.issuer
        and fold(header.issuer).startswith(fold(proven.name))
    ):
        issuer = header.issuer
    return Citation(
        number=number,
        type=reference.type,
        issuer=issuer,
        date=entry.dates[0] if entry.dates else None,
        other_dates=tuple(entry.dates[1:]),
        title=entry.titles[0] if entry.titles else None,
        relation=relation,
        mentions=tuple(sorted(entry.mentions, key=lambda m: m.lines)),
    )


def _joint_issuers(number: str) -> str | None:
    """The bodies that issued a joint document together, as its number lists them ("TTLT-BTC-BNV"), or ``None``."""
    parts = number_parts(number)
    codes = [knowledge().issuer_codes.get(code) for code in parts.codes[1:]] if parts else []
    names = [code.name for code in codes if code is not None]
    joint = parts is not None and parts.type_code in knowledge().cues["joint-code"] and len(codes) > 1
    return ", ".join(names) if joint and len(names) == len(codes) else None


def _misread(issuer: str, proven: str) -> bool:
    """Whether the name of an issuer is nearly that of the body which the number proves: letters were lost or misread."""
    said, right = fold(issuer), fold(proven)
    return said != right and SequenceMatcher(None, said, right, autojunk=False).ratio() >= _NEARLY
