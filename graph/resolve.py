"""Which cited document is which: one identity for all the writings of a document across documents.

A document is its number, its issuer and its year. Writings that say less ("Kế hoạch 04/KH-UBND" without a date) belong to the
one fuller identity they fit; when they fit several they stay *ambiguous* and name the candidates, and when they fit none
they are a document of their own that nobody gave us the text of (a stub). A citation without a number is resolved when
exactly one known document fits its words (:mod:`graph.unnumbered`).

The outcome depends on the set of documents only, not on their order: identities are the writings than which none says more.
The rule "link when exactly one candidate is left" is that of freelawproject/eyecite (``resolve.py``).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

from documents.head.issuer import level_of
from documents.identity import Surroundings, appendix_of, cited_key, surroundings
from documents.model import Citation, Document
from documents.text import fold
from graph.instrument import SURE, Body, Instrument, Resolution, Resolved, body, title_words
from graph.unnumbered import resolve_by_words
from ontology.entries import Directive
from ontology.knowledge import knowledge
from ontology.numbers import issuer_of_number, normal_number, number_key, number_parts

_NATIONAL = "trung ương"

APPENDED = -1
"""The index under which a file of an appendix alone names the document that it belongs to, before its citations."""

REPAIRED = 0.95
"""Confidence of a citation resolved by its number after a repair of form or date."""

_Signature = tuple[Body, int | None]
"""Body and year: with the number, who a document is."""


@dataclass(frozen=True, slots=True)
class _Claim:
    """What one place says about one numbered document; ``at`` is the citation (document key, index)."""

    body: Body
    year: int | None
    number: str
    key: str
    date: str | None
    title: str | None
    type: str | None
    issuer: str | None
    origin: str
    level: str | None = None
    source: str | None = None
    at: tuple[str, int] | None = None

    @property
    def signature(self) -> _Signature:
        return self.body, self.year


def resolve(documents: Sequence[Document], directives: Mapping[str, Directive] | None = None) -> Resolution:
    """Find out which document each citation of ``documents`` names.

    ``directives`` is the register of known directives (the ontology's where ``None``). The result is the same whatever the order
    of ``documents``.
    """
    if directives is None:
        directives = knowledge().directives
    ordered, again = _first_of_each(documents)
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for document, where in ordered:
        for claim in _claims(document, where, directives):
            claims[number_key(claim.number)].append(claim)
    for document, where in again:
        claims[number_key(document.header.number or "")].append(_read(document, where))
    for directive in directives.values():
        claims[number_key(directive.number)].append(_registered(directive))
    instruments: dict[str, Instrument] = {}
    found: dict[tuple[str, int], Resolved] = {}
    by_number = {number: _identify(claims[number], instruments, found) for number in sorted(claims)}
    for document, where in ordered:
        if where.key not in instruments and (not document.header.number or appendix_of(document)):
            instruments[where.key] = _read_by_file(document, where)
    resolve_by_words(ordered, instruments, found)
    aliases: dict[str, str] = {}
    for document, where in ordered:
        for index, citation in enumerate(document.citations):
            aliases.setdefault(cited_key(citation, directives, within=where), found[where.key, index].key)
    return Resolution(instruments, found, by_number, {key: to for key, to in aliases.items() if key not in instruments})


def _first_of_each(
    documents: Sequence[Document],
) -> tuple[list[tuple[Document, Surroundings]], list[tuple[Document, Surroundings]]]:
    """The documents by source with their surroundings, and apart those with the key of an earlier one (another file of it)."""
    first: dict[str, tuple[Document, Surroundings]] = {}
    again = []
    for document in sorted(documents, key=lambda one: (one.source, one.sha256)):
        where = surroundings(document)
        if where.key in first:
            again.append((document, where))
        else:
            first[where.key] = (document, where)
    return list(first.values()), [pair for pair in again if pair[0].header.number]


def _claims(document: Document, where: Surroundings, directives: Mapping[str, Directive]) -> Iterable[_Claim]:
    """The claims of ``document``: about itself and about every numbered document it cites."""
    header = document.header
    if header.number and (plan := appendix_of(document)) is not None:
        said = _read(document, where)
        yield replace(said, key=plan, title=None, type=None, origin="cited", source=None, at=(where.key, APPENDED))
    elif header.number:
        yield _read(document, where)
    for index, citation in enumerate(document.citations):
        if citation.number:
            yield _Claim(
                _body(citation.number, citation.issuer, where), _year(citation.number, citation.date), citation.number,
                cited_key(citation, directives, within=where), citation.date, citation.title, citation.type, citation.issuer,
                "cited", at=(where.key, index),
            )  # fmt: skip


def _read(document: Document, where: Surroundings) -> _Claim:
    """What a document with a number says about itself."""
    header, number = document.header, document.header.number or ""
    return _Claim(
        _body(number, header.issuer, where), _year(number, header.date) or header.year, number, where.key, header.date,
        header.title, header.type, header.issuer, "read", header.level, document.source,
    )  # fmt: skip


def _body(number: str, issuer: str | None, where: Surroundings | None) -> Body:
    """The body that issued ``number``: a national one goes by its code, any other as it is named in the setting ``where``.

    A body without a place that heads no level ("Ban Chỉ đạo") is that of the place which speaks.
    """
    code = issuer_of_number(number)
    if code is not None and code.level == _NATIONAL:
        return Body((fold(code.code),))
    named = body(issuer, where)
    if named.words[:1] == ("ban",) and not named.kind and where is not None:
        own = body(where.issuer)
        return Body(named.words, own.kind, own.place)
    return named


def _registered(directive: Directive) -> _Claim:
    named = Citation(directive.number, directive.type, directive.issuer, directive.date)
    return _Claim(
        _body(directive.number, directive.issuer, None), _year(directive.number, directive.date), directive.number,
        cited_key(named, {}), directive.date, directive.title, directive.type, directive.issuer, "registered",
    )  # fmt: skip


def _year(number: str, date: str | None) -> int | None:
    """The year that the number itself carries ("82/2024/NĐ-CP"), else that of the date."""
    parts = number_parts(number)
    year = (parts and parts.year) or (date or "")[:4]
    return int(year) if year else None


def _fits(less: _Signature, more: _Signature) -> bool:
    """Whether the signature ``less`` can be a shorter way to say ``more``."""
    return (less[1] is None or less[1] == more[1]) and less[0].fits(more[0])


def _says_more(less: _Signature, more: _Signature) -> bool:
    return _fits(less, more) and not _fits(more, less)


def _identify(
    claims: list[_Claim], instruments: dict[str, Instrument], found: dict[tuple[str, int], Resolved]
) -> tuple[str, ...]:
    """Sort the claims about one number into identities; add them to ``instruments`` and ``found``; return their keys."""
    tops = _fullest(claims)
    members: dict[_Signature, list[_Claim]] = {top: [] for top in tops}
    unsure: list[tuple[_Claim, list[_Signature]]] = []
    fitting = {one: [top for top in tops if _fits(one, top)] for one in {claim.signature for claim in claims}}
    for claim in claims:
        above = fitting[claim.signature]
        if len(above) == 1:
            members[above[0]].append(claim)
        else:
            unsure.append((claim, above))
    _join_misdated(members)
    keys: dict[_Signature, str] = {}
    for top, group in members.items():
        instrument = _instrument(top, group)
        keys[top] = instrument.key
        instruments[instrument.key] = instrument
        for claim in group:
            if claim.at is not None:
                same = claim.number == instrument.number and _fits(claim.signature, top)
                found[claim.at] = Resolved(instrument.key, "number" if same else "repaired", SURE if same else REPAIRED)
    stubs = set()
    for claim, above in unsure:
        candidates = tuple(sorted({keys[top] for top in above if top in keys}))
        stub = _instrument(claim.signature, [claim])
        instruments.setdefault(stub.key, stub)
        stubs.add(stub.key)
        if claim.at is not None:
            found[claim.at] = Resolved(stub.key, "ambiguous", 1.0 / len(candidates), candidates)
    return tuple(sorted({*keys.values(), *stubs}))


def _fullest(claims: list[_Claim]) -> list[_Signature]:
    """The signatures than which none says more; of equal ones (one name split otherwise) the first."""
    signatures = sorted({claim.signature for claim in claims}, key=lambda one: (one[0], one[1] or 0))
    full = [one for one in signatures if one[0].complete and one[1] is not None]
    known = set(full)
    partial = [one for one in signatures if one not in known]
    tops = full + [one for one in partial if not any(_says_more(one, other) for other in signatures)]
    equal = (any(_fits(top, other) and _fits(other, top) for other in tops[:n]) for n, top in enumerate(tops))
    return [top for top, again in zip(tops, equal, strict=True) if top in known or not again]


def _join_misdated(members: dict[_Signature, list[_Claim]]) -> None:
    """Give writings with a wrong year to the document that is meant: same number and body, and same day or same title.

    Only to a document that was read or is in the register: between two writings nobody can tell which one errs.
    """
    anchors = [top for top, group in members.items() if any(claim.origin != "cited" for claim in group)]
    for top in [top for top in members if top not in anchors]:
        fitting = [one for one in anchors if top[0].fits(one[0]) and _same_text(members[top], members[one])]
        if len(fitting) == 1:
            members[fitting[0]].extend(members.pop(top))


def _same_text(some: list[_Claim], others: list[_Claim]) -> bool:
    days = {claim.date[5:] for claim in others if claim.date}
    if any(claim.date and claim.date[5:] in days for claim in some):
        return True
    titles = [words for claim in others if len(words := title_words(claim.title)) >= 4]
    return any(
        len(words & known) >= 0.8 * min(len(words), len(known))
        for claim in some
        if len(words := title_words(claim.title)) >= 4
        for known in titles
    )


_ORIGINS = {"read": 0, "registered": 1, "cited": 2}


def _instrument(signature: _Signature, claims: list[_Claim]) -> Instrument:
    """One identity out of all that is said of it."""
    ordered = sorted(claims, key=lambda claim: (_ORIGINS[claim.origin], claim.source or "", claim.at or ("", 0)))
    first = ordered[0]
    # The key that says most stands for all: of claims as full as the identity, the most frequent.
    full = [claim.key for claim in ordered if claim.signature == signature] or [claim.key for claim in ordered]
    number = normal_number(first.number) if first.origin == "cited" else first.number
    titles = tuple(dict.fromkeys(claim.title for claim in ordered if claim.title))
    kind = next((claim.type for claim in ordered if claim.type), None)
    issuer = first.issuer if first.origin != "cited" and first.issuer else _longest(claim.issuer for claim in ordered)
    own = [claim.date for claim in ordered if claim.date and claim.origin != "cited"]
    code = issuer_of_number(number)
    if issuer is None and code is not None and code.proves:
        issuer = code.name
    return Instrument(
        key=first.key if first.origin == "read" else _frequent(full)[0],
        number=number,
        type=kind,
        issuer=issuer,
        year=signature[1],
        level=next((claim.level for claim in ordered if claim.level), None) or _level(signature[0], issuer, number),
        origin=first.origin,
        body=body(issuer) if code is not None and code.level == _NATIONAL else signature[0],
        label=" ".join(part for part in (kind, number, titles[0] if titles else None) if part),
        sources=tuple(dict.fromkeys(claim.source for claim in ordered if claim.source)),
        numbers=tuple(sorted({claim.number for claim in claims})),
        dates=tuple(dict.fromkeys(own + _frequent(claim.date for claim in ordered if claim.date))),
        titles=titles,
    )  # fmt: skip


def _level(said: Body, issuer: str | None, number: str) -> str | None:
    """The level of the body as the code of its number proves it, else as its name shows it."""
    code = issuer_of_number(number)
    if code is not None and code.level == _NATIONAL:
        return code.level
    if said.kind in _local_places():
        return _local_places()[said.kind]
    if said.kind and said.words[:2] in (("uy", "ban"), ("hoi", "dong"), ("thanh", "uy"), ("tinh", "uy")):
        return "thành phố"
    return level_of(issuer) or (code.level if code is not None else None)


@cache
def _local_places() -> dict[str, str]:
    """The kinds of places below a province, folded, each with the label of its level."""
    known = knowledge()
    return {fold(kind): level.label for level in known.levels if known.below_province(level.label) for kind in level.places}


def _frequent(values: Iterable[str]) -> list[str]:
    count = Counter(values)
    return sorted(count, key=lambda value: (-count[value], value))


def _longest(names: Iterable[str | None]) -> str | None:
    known = sorted({name for name in names if name}, key=lambda name: (-len(name), name))
    return known[0] if known else None


def _read_by_file(document: Document, where: Surroundings) -> Instrument:
    """A read document whose number is blank, or a file of an appendix alone, which has that of its document."""
    header = document.header
    return Instrument(
        key=where.key,
        number=header.number,
        type=header.type,
        issuer=header.issuer,
        year=int(header.date[:4]) if header.date else header.year,
        level=header.level,
        origin="read",
        body=body(header.issuer, where),
        label=" ".join(part for part in (header.type, header.title) if part) or document.source,
        sources=(document.source,),
        dates=(header.date,) if header.date else (),
        titles=(header.title,) if header.title else (),
    )
