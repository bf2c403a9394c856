"""The names of one document's units: every written form learned, one canonical name for each unit."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import cache

from documents.model import Unit
from documents.tasks.unit import canonical, is_group, kind_of, own_tail, starts_with_unit, whose
from documents.text import collapse, fold
from ontology.knowledge import knowledge

_LEAST_WORDS = 5
"""The name of a group with fewer words may mean any such units."""
_NEARLY = 0.92
"""How alike (0..1) the letters of a badly recognised name and those of a known unit have to be."""


def key(name: str) -> str:
    """What two forms of one name have in common: folded words without "và", dashes and points."""
    expanded = re.sub(r"\bubnd\b", "uy ban nhan dan", re.sub(r"\bhdnd\b", "hoi dong nhan dan", fold(name)))
    return " ".join(w for w in re.findall(r"[a-z0-9]+", expanded) if w != "va")


@cache
def _known() -> frozenset[str]:
    return frozenset(u.label for u in knowledge().units)


@cache
def _known_by_key() -> dict[str, str]:
    """The names of the ontology's units, by key where it belongs to one of them only."""
    found: dict[str, str] = {}
    for label in sorted(_known()):
        found[key(label)] = "" if key(label) in found else label
    return {k: label for k, label in found.items() if label}


_PROVINCE = re.compile(r"(?P<kind>thanh pho|tinh) (?P<place>.+)")
_SHORT = re.compile(r"(?P<head>(?:[^\Wa-zà-ỹđ]*+[a-zà-ỹđ]\w*+\s++)+)(?P<letters>[A-ZĐ]{2,}+(?:(?:\s*-\s*|\s+và\s+)[A-ZĐ]++)*)")
"""Words with small letters, then initials ("Phòng VH-XH"). No part can match in two ways: names may be thousands of letters."""


def _stands_for(head: str, letters: str, form: str) -> bool:
    """Whether ``form`` is a name in full that begins with the folded words ``head`` and goes on with words of those initials."""
    folded = fold(form)
    if not folded.startswith(head.strip() + " "):
        return False
    rest = re.findall(r"\w+", form[len(head.strip()) :])
    return "".join(w[0].upper() for w in rest if w.lower() != "và") == letters


def _written_out(name: str) -> str:
    """A name that is nothing but an abbreviation, in full ("Bộ TTTT", "SXD"); a name that differs from a known one only in
    capitals and small words, as that one."""
    full = knowledge().abbreviations.get(name)
    if full and starts_with_unit(full):
        return full
    return _known_by_key().get(key(name), name)


@cache
def _nearest_known(name: str) -> str | None:
    """The unit of the ontology whose folded letters are most like those of ``name`` (by ``_NEARLY`` at least), or ``None``."""
    letters = key(name)
    scored = sorted(
        ((SequenceMatcher(None, letters, key(label), autojunk=False).ratio(), label) for label in _known()), reverse=True
    )
    return scored[0][1] if scored and scored[0][0] >= _NEARLY else None


@dataclass(frozen=True, slots=True)
class Headless:
    """A name that lost its head word: as written, where, and the unit whose name it is the end of."""

    written: str
    lines: tuple[int, ...]
    whole: str


@dataclass
class UnitNames:
    """The names of one document's units: learns each written form, answers with one canonical name per unit.

    ``aliases`` are names known beforehand (key → canonical name), such as the issuer's own short forms. ``noisy``: the text was
    recognised badly, so a name that is nearly one that the ontology knows is taken for that one. ``province`` is the one that the
    document belongs to ("thành phố Hải Phòng"): "Công an Hải Phòng" is there the same as "Công an thành phố".
    """

    aliases: dict[str, str] = field(default_factory=dict)
    noisy: bool = False
    province: str | None = None
    _names: dict[str, dict[str, int]] = field(default_factory=dict)
    _forms: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    _headless: dict[str, str] = field(default_factory=dict)

    def learn(self, written: str, lines: Iterable[int] = ()) -> str:
        """Take note of a written form on ``lines``; returns the key by which :meth:`name` answers."""
        name = _written_out(canonical(written))
        if self.noisy:
            name = _nearest_known(name) or name
        found = key(self.aliases.get(key(name), name))
        if found not in self._names and (whole := self._whole(found, name)) is not None:
            self._headless[collapse(written)] = found = whole
        forms = self._names.setdefault(found, {})
        chosen = self.aliases.get(key(name), name)
        forms[chosen] = forms.get(chosen, 0) + 1
        self._forms.setdefault(found, {}).setdefault(collapse(written), []).extend(lines)
        return found

    def _whole(self, found: str, written: str) -> str | None:
        """The key of the one known unit in which a name ends that lost its head word ("Công nghệ số cộng đồng"), or ``None``."""
        if starts_with_unit(written):
            return None
        ends = [k for k in self._names if k.endswith(" " + found) and len(k.split()) - len(found.split()) <= 2]
        return ends[0] if len(ends) == 1 else None

    def headless(self) -> tuple[Headless, ...]:
        """The names that lost their head word, in order of first mention."""
        return tuple(
            Headless(written, tuple(sorted(set(self._forms[found][written]))), self.name(found))
            for written, found in self._headless.items()
        )

    def _shorter(self, found: str) -> str | None:
        """The key of the same group named without the body that it belongs to ("Các phòng, đơn vị thuộc Sở" where the document
        also says "Các phòng, đơn vị"), or ``None``."""
        forms = self._names[found]
        for form in forms:
            if is_group(form) and (tail := whose(form) or own_tail(form)):
                short = key(form[: tail.start()])
                if short in self._names:
                    return short
        return None

    def _without_province(self, found: str) -> str | None:
        """The key of the same unit named without the province that the document belongs to, or ``None``."""
        province = _PROVINCE.fullmatch(key(self.province or ""))
        if province is None or not found.endswith(f" {province['place']}"):
            return None
        base = found.removesuffix(f" {province['place']}").removesuffix(f" {province['kind']}")
        return next((k for k in (f"{base} {province['kind']}", base) if k in self._names and k != found), None)

    def _in_full(self, found: str) -> str | None:
        """The key of the one unit of the document whose name in full has the initials of this one ("Phòng VH-XH"), or
        ``None``."""
        short = next((m for form in self._names[found] if (m := _SHORT.fullmatch(form))), None)
        if short is None:
            return None
        head, letters = fold(short["head"]), "".join(re.findall(r"[A-ZĐ]", short["letters"]))
        named = [k for k, forms in self._names.items() if k != found and any(_stands_for(head, letters, f) for f in forms)]
        return named[0] if len(named) == 1 else None

    def _fuller(self, found: str) -> str | None:
        """The key of the one group whose name says the same with more words inside ("Các đơn vị trực thuộc" where the document
        also says "Các đơn vị sự nghiệp trực thuộc"), or ``None``; names that list several kinds of units are left as they are."""
        words = found.split()
        if len(words) < _LEAST_WORDS or not any(is_group(form) and "," not in form for form in self._names[found]):
            return None
        edge = _LEAST_WORDS // 2 + 1
        fuller = [
            other
            for other, forms in self._names.items()
            if len(other) > len(found)
            and other.split()[:edge] == words[:edge]
            and other.split()[edge - len(words) :] == words[edge:]
            and not any("," in form for form in forms)
        ]
        return fuller[0] if len(fuller) == 1 else None

    def name(self, found: str) -> str:
        """The canonical name for a key: the form that the ontology knows, else the most frequent one, then the one with most
        capitals, then the first in order."""
        for same in (self._shorter(found), self._without_province(found), self._in_full(found)):
            if same is not None:
                return self.name(same)
        found = self._fuller(found) or found
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
