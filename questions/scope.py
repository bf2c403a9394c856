"""Which documents a question is about, and the sides of a comparison."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ontology.knowledge import knowledge
from questions.catalogue import Card, Catalogue, unit_names
from questions.fields import same_unit
from questions.linking import Named
from questions.reading import Reading
from questions.words import tokens


def scope(
    catalogue: Catalogue,
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
    cards = catalogue.cards
    unit_names = tuple(dict.fromkeys(n.what for n in units))
    if own:
        whose = {cards[key].document.header.issuer for key in own}
        others = dict.fromkeys(
            cards[n.what].document.header.issuer or "" for n in issuers if is_local(n, catalogue) or _is_long(n)
        )
        as_units = tuple(name for name in others if name and name not in whose)
        sides = tuple((key,) for key in own) if kind == "compare" and len(own) > 1 else ()
        return tuple(own), sides, tuple(dict.fromkeys((*unit_names, *as_units))), [], True
    named = {n.what: n for n in issuers}
    local = [n.what for n in issuers if is_local(n, catalogue)]
    chosen = local or [key for key in named if _spoken_of(named[key], reading, catalogue)]
    if not local and chosen and all(_is_bare(named[key], reading) for key in chosen):
        levels_meant = {cards[key].document.header.level for key in chosen}
        chosen += [key for key, card in cards.items() if card.document.header.level in levels_meant and key not in chosen]
    lost: list[str] = []
    groups: tuple[tuple[str, ...], ...] = ()
    if kind == "compare":
        groups = _sides(catalogue, named, local, years, levels)
        if groups:
            return tuple(key for side in groups for key in side), groups, unit_names, [], True
    if chosen:
        in_year = [key for key in chosen if not years or any(_speaks_of_year(catalogue, cards[key], y) for y in years)]
        if in_year:
            return tuple(in_year), groups, unit_names, lost, True
        as_units = tuple(dict.fromkeys(cards[key].document.header.issuer or "" for key in chosen))
        of_years = [key for key, card in cards.items() if set(years) & card.years or _column_of(card, years)]
        mentioned = [key for key in of_years if _names_unit(catalogue, key, chosen)]
        if mentioned:
            return tuple(mentioned), groups, (*unit_names, *as_units), lost, True
        return tuple(chosen), groups, unit_names, [f"{issuer} năm {years[0]}" for issuer in as_units], True
    if levels:
        at_level = [key for key, card in cards.items() if card.document.header.level in levels]
        in_years = [key for key in at_level if not years or set(years) & cards[key].years]
        if in_years:
            return tuple(in_years), groups, unit_names, [], False
    if years:
        of_year = [key for key, card in cards.items() if set(years) & card.years]
        by_column = [key for key, card in cards.items() if _column_of(card, years, unit_names)] if unit_names else []
        if by_column and not of_year:
            return tuple(by_column), groups, unit_names, lost, False
        if unit_names and of_year and not any(_unit_in(cards[key], name) for key in of_year for name in unit_names):
            lost.append(f"{unit_names[0]} năm {years[0]}")
        if unit_names and not of_year:
            lost.append(f"{unit_names[0]} năm {years[0]}")
        if of_year:
            return tuple(of_year), groups, unit_names, lost, False
        if not any(f"nam {y}" in catalogue.idf or str(y) in catalogue.vocabulary for y in years):
            lost += [f"năm {y}" for y in years]
    return (), groups, unit_names, lost, False


_BARE = 2
"""Words of "thành phố", which is no name of an organisation by itself."""


def _is_bare(named: Named, reading: Reading) -> bool:
    """Whether the city is only called "thành phố": then its Party's documents are meant as well."""
    return reading.words[named.start : named.end] == ("thanh", "pho")


def _is_long(named: Named) -> bool:
    """Whether a name says more than "thành phố"."""
    return named.end - named.start > _BARE + 1


def is_local(named: Named, catalogue: Catalogue) -> bool:
    """Whether the issuer stands below the province: named, it is meant; the city is named in passing everywhere."""
    return knowledge().below_province(catalogue.cards[named.what].document.header.level)


def _spoken_of(named: Named, reading: Reading, catalogue: Catalogue) -> bool:
    """Whether the city is spoken of as whose document it is, not just as a place that a title names.

    "Của thành phố" and "kế hoạch chuyển đổi số thành phố" speak of its document; "bản đồ số thành phố" does not.
    """
    before = " ".join(reading.words[max(0, named.start - 7) : named.start])
    kind = " ".join(tokens(catalogue.cards[named.what].document.header.type or "")) or "ke hoach"
    owned = re.search(rf"(?:^| )(?:cua|o|tai|do|ubnd|{kind}(?: \w+){{0,5}})$", before)
    return named.start == 0 or reading.words[named.start] == "ubnd" or bool(owned)


def _speaks_of_year(catalogue: Catalogue, card: Card, year: int) -> bool:
    """Whether the document is of that year, or a part of it is."""
    return year in card.years or any(catalogue.items[at].year == year for at in catalogue.by_document.get(card.key, ()))


def _column_of(card: Card, years: Sequence[int], units: Sequence[str] = ()) -> bool:
    """Whether a column of money is about one of the years ("Kinh phí đã sử dụng năm 2023"), in the rows of ``units`` if given."""
    rows = (task for task in card.document.tasks if task.budget)
    rows = (t for t in rows if not units or any(same_unit(name, unit) for name in t.lead for unit in units))
    return any(str(year) in money.label for task in rows for money in task.budget for year in years)


def _names_unit(catalogue: Catalogue, key: str, chosen: Sequence[str]) -> bool:
    """Whether the document names the issuer of one of the other documents as a unit."""
    issuers = [catalogue.cards[other].document.header.issuer or "" for other in chosen if other != key]
    return any(_unit_in(catalogue.cards[key], issuer) for issuer in issuers)


def _unit_in(card: Card, name: str) -> bool:
    """Whether the document gives work to the organisation or names it among its units."""
    return any(same_unit(name, other) for other in unit_names(card.document))


def _sides(
    catalogue: Catalogue, named: dict[str, Named], local: Sequence[str], years: Sequence[int], levels: Sequence[str]
) -> tuple[tuple[str, ...], ...]:
    """The sides of a comparison: documents by issuer, else by year, else each document of the level, else none."""
    cards = catalogue.cards
    by_issuer: dict[str, list[str]] = {}
    for key in named:
        by_issuer.setdefault(cards[key].document.header.issuer or key, []).append(key)
    if len(by_issuer) > 1:
        return tuple(
            tuple(k for k in keys if not years or len(keys) == 1 or set(years) & cards[k].years) or tuple(keys)
            for keys in by_issuer.values()
        )
    if len(years) > 1:
        sides = [_of_year(catalogue, year, local) for year in years]
        if all(sides):
            return tuple(sides)
    if levels:
        return tuple((key,) for key, card in cards.items() if card.document.header.level in levels)
    return ()


def _of_year(catalogue: Catalogue, year: int, local: Sequence[str]) -> tuple[str, ...]:
    """The documents of a year among the ``local`` ones, else those with a part about it, else others that name the issuer."""
    cards = catalogue.cards
    of_year = [key for key, card in cards.items() if year in card.years]
    return tuple(
        [key for key in of_year if not local or key in local]
        or [key for key in local if _speaks_of_year(catalogue, cards[key], year)]
        or [key for key in of_year if _names_unit(catalogue, key, local)]
        or of_year
    )
